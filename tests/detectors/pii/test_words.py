from __future__ import annotations

import re

import pytest

from stockade.detectors.engine.vocabulary import words_pattern
from stockade.detectors.pii import words, words_people


def pattern_of(context):
    return re.compile(b"(?i)" + words_pattern(word.encode() for word in context.words))


def test_words_are_folded_as_texts_are():
    context = words.context("a", "Téléphone, Ωmega ,телефон")
    assert context.words[0] == "telephone"
    assert all(word == word.strip().lower() for word in context.words)


def test_a_word_stands_once_and_no_word_is_empty():
    assert words.context("a", "tel,TEL,,tel ").words == ("tel",)


@pytest.mark.parametrize(
    "text",
    [
        "Telefon",
        "téléphone:",
        "telefono",
        "TELEFONE",
        "teléfono",
        "телефон",
        "電話",
        "전화",
        "หมาย โทร",
        "هاتف",
    ],
)
def test_telephone_is_known_in_many_languages(text):
    context = words.context("phone", words_people.PHONE)
    assert pattern_of(context).search(words.folded(text).encode())


@pytest.mark.parametrize("text", ["инн", "Инн", "ИНН"])
def test_a_word_is_known_in_capitals_too(text):
    context = words.context("inn", "инн")
    assert pattern_of(context).search(words.folded(text).encode())
