from __future__ import annotations

from stockade.detectors.normalize.confusables import CONFUSABLES


def test_no_plain_character_is_folded_to_another():
    assert not [char for char in CONFUSABLES if char.isascii()]


def test_what_looks_plain_becomes_plain():
    assert all(plain.isascii() for plain in CONFUSABLES.values())


def test_look_alikes_of_the_usual_scripts_are_known():
    assert "".join(CONFUSABLES[char] for char in "раураӏ") == "paypal"[:5] + "l"
    assert "".join(CONFUSABLES[char] for char in "ΑΒΕΖ") == "ABEZ"
    assert CONFUSABLES["ß"] == "ss"
    assert CONFUSABLES["\u037e"] == ";"
    assert CONFUSABLES["\u3164"] == ""
