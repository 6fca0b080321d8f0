from __future__ import annotations

import stat

EMAIL = "jane.doe" + "@corp.example"
LETTER = f"Dear Jane,\r\nwrite to {EMAIL} \U0001f600 — or {EMAIL.upper()}.\n\n"


def test_the_text_leaves_with_surrogates_and_the_map_is_sealed(run, tmp_path):
    sealed = tmp_path / "names.map"
    ran = run("anonymize", "-", "--map", str(sealed), stdin=LETTER)
    assert ran.code == 0
    assert EMAIL not in ran.out
    assert "[EMAIL_ADDRESS_" in ran.out
    assert EMAIL.encode() not in sealed.read_bytes()
    assert stat.S_IMODE(sealed.stat().st_mode) == 0o600


def test_the_style_can_be_chosen(run):
    assert "[EMAIL_ADDRESS_0]" in run("anonymize", "-", "--style", "numbered", stdin=LETTER).out
    assert "@example." in run("anonymize", "-", "--style", "realistic", stdin=LETTER).out


def test_one_conversation_shares_its_surrogates(run):
    first = run("anonymize", "-", "--conversation", "a", stdin=EMAIL).out
    assert run("anonymize", "-", "--conversation", "a", stdin=EMAIL).out == first
    assert run("anonymize", "-", "--conversation", "b", stdin=EMAIL).out != first


def test_a_map_that_cannot_be_written_is_told_before_anything_is_shown(run, tmp_path):
    ran = run("anonymize", "-", "--map", str(tmp_path / "no" / "folder.map"), stdin=LETTER)
    assert (ran.code, ran.out) == (2, "")
