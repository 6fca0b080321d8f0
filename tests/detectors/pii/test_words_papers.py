from __future__ import annotations

import pytest

from stockade.detectors.pii import words, words_papers

LISTS = [name for name in vars(words_papers) if name.isupper()]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_words_of_many_languages_and_each_once(name):
    said = [" ".join(word.split()) for word in getattr(words_papers, name).split(",")]
    assert all(said)
    assert len(said) == len(set(said))
    context = words.context(name, getattr(words_papers, name))
    scripts = {word[0].isascii() for word in context.words}
    assert len(context.words) >= 12
    assert scripts == {True, False}


@pytest.mark.parametrize("name", LISTS)
def test_no_word_is_so_short_that_it_is_everywhere(name):
    context = words.context(name, getattr(words_papers, name))
    assert [word for word in context.words if len(word.encode()) < 2] == []
