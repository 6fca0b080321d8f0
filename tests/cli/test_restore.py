from __future__ import annotations

EMAIL = "jane.doe" + "@corp.example"
LETTER = f"Dear Jane,\r\nwrite to {EMAIL} \U0001f600 — or {EMAIL.upper()}.\n\n"


def test_the_values_come_back_byte_for_byte(run, tmp_path):
    sealed, safe = tmp_path / "m", tmp_path / "safe.txt"
    safe.write_bytes(run("anonymize", "-", "--map", str(sealed), stdin=LETTER).out.encode())
    assert run("restore", str(safe), "--map", str(sealed)).out == LETTER


def test_another_installation_cannot_open_the_map(run, tmp_path, monkeypatch):
    sealed = tmp_path / "m"
    run("anonymize", "-", "--map", str(sealed), stdin=LETTER)
    monkeypatch.setenv("STOCKADE_HOME", str(tmp_path / "elsewhere"))
    ran = run("restore", "-", "--map", str(sealed), stdin="x")
    assert ran.code == 3
    assert "do not open" in ran.err


def test_a_map_that_was_changed_or_is_none_is_refused(run, tmp_path):
    sealed = tmp_path / "m"
    run("anonymize", "-", "--map", str(sealed), stdin=LETTER)
    changed = bytearray(sealed.read_bytes())
    changed[-1] ^= 1
    sealed.write_bytes(changed)
    assert run("restore", "-", "--map", str(sealed), stdin="x").code == 3
    sealed.write_bytes(b"")
    assert run("restore", "-", "--map", str(sealed), stdin="x").code == 3
    assert run("restore", "-", "--map", str(tmp_path / "missing"), stdin="x").code == 2
