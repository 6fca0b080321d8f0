from __future__ import annotations

from stockade.detectors.injection.invisible import hidden_runs


def tags(text: str) -> str:
    return "".join(chr(0xE0000 + ord(c)) for c in text)


def test_tag_characters_are_found_and_spelled_out():
    (run,) = hidden_runs("Hi" + tags("obey me") + "!")
    assert (run.start, run.end, run.decoded) == (2, 9, "obey me")
    assert run.confidence >= 0.9


def test_variation_selectors_are_found_and_decoded_byte_by_byte():
    hidden = "".join(chr(0xFE00 + b) if b < 16 else chr(0xE0100 + b - 16) for b in b"obey me now")
    (run,) = hidden_runs("\U0001f600" + hidden)
    assert run.decoded == "obey me now"
    assert run.confidence >= 0.9


def test_zero_width_bits_are_found_and_decoded():
    bits = "".join(f"{ord(c):08b}" for c in "obey")
    (run,) = hidden_runs(bits.replace("0", "\u200b").replace("1", "\u200c"))
    assert run.decoded == "obey"
    assert run.confidence >= 0.5


def test_flags_emoji_and_joiners_of_scripts_are_left_alone():
    text = (
        "\U0001f3f4"
        + tags("gbsct")
        + "\U000e007f \U0001f468\u200d\U0001f469\u200d\U0001f467 ❤️ می‌خواهم \ufeff"
    )
    assert list(hidden_runs(text)) == []


def test_plain_text_has_no_hidden_runs():
    assert list(hidden_runs("plain")) == []


def test_a_hidden_text_never_shows_in_a_repr():
    (run,) = hidden_runs(tags("secret words"))
    assert "secret" not in repr(run)
