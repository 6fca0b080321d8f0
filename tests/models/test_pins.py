"""A pin pins, and cannot point outside its own directory."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockade.core.errors import ConfigError
from stockade.models.pins import BUILTIN, chat_template, pinned
from tests.models.wheel import pin_for


def test_the_builtin_model_is_pinned_and_freely_licensed():
    pin = pinned()
    assert (pin.name, pin.licence) == (BUILTIN, "Apache-2.0")
    assert pin.file.endswith(".gguf")


def test_an_unknown_model_is_refused_with_the_known_one_named():
    with pytest.raises(ConfigError) as caught:
        pinned("gpt-17")
    assert BUILTIN in caught.value.hint


@pytest.mark.parametrize("field", ["name", "package", "version", "wheel", "file", "member"])
@pytest.mark.parametrize(
    "value", ["", "..", "../x", "/etc/passwd", "a\\b", ".hidden", "a b", "x\n", "-option"]
)
def test_a_pin_that_could_leave_its_directory_is_refused(field, value):
    with pytest.raises(ConfigError):
        replace(pin_for(), **{field: value})


def test_a_member_may_lie_in_folders_of_plain_names_only():
    assert replace(pin_for(), member="a/b/c.gguf").member == "a/b/c.gguf"
    for member in ("a//b", "a/../b", "/a", "a/"):
        with pytest.raises(ConfigError):
            replace(pin_for(), member=member)


@pytest.mark.parametrize("field", ["sha256", "wheel_sha256"])
@pytest.mark.parametrize("value", ["", "ab", "A" * 64, "g" * 64, "a" * 63, "a" * 65])
def test_a_pin_without_a_hash_is_refused(field, value):
    with pytest.raises(ConfigError):
        replace(pin_for(), **{field: value})


@pytest.mark.parametrize("field", ["bytes", "wheel_bytes"])
def test_a_pin_without_a_size_is_refused(field):
    with pytest.raises(ConfigError):
        replace(pin_for(), **{field: 0})


def test_the_chat_format_knows_tools_and_their_answers():
    template = chat_template()
    assert all(word in template for word in ("<tools>", "<tool_call>", "<tool_response>"))
