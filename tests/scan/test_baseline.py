from __future__ import annotations

import datetime

import pytest

from stockade.core.errors import InputError
from stockade.core.finding import Finding, Rule
from stockade.reports import Place, Result
from stockade.scan.baseline import FILE_NAME, Known, read, relative, write

TODAY = datetime.date(2026, 6, 1)
RULE = Rule("secret.acme", "Acme key")
PRINT = "0123456789abcdef" * 2


def result(path: str, print_: str = PRINT) -> Result:
    return Result(Finding(RULE, 1.0), Place(path, 3, 1, 3, 9), fingerprint=print_)


def test_what_is_written_reads_back_sorted_and_once(tmp_path):
    path = str(tmp_path / FILE_NAME)
    entries = [
        Known("b" * 32, "secret.acme", "z.py", TODAY, "a\treason\nwith breaks"),
        Known("a" * 32, "secret.acme", "b.py"),
        Known("a" * 32, "secret.acme", "b.py", reason="again"),
    ]
    assert write(path, entries) == 2
    text = (tmp_path / FILE_NAME).read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert lines == sorted(lines)
    assert [e.reason for e in read(path).entries] == ["again", "a reason with breaks"]
    assert read(path).entries[1].expires == TODAY


def test_a_finding_is_known_by_value_rule_and_file_not_by_line(tmp_path):
    path = str(tmp_path / FILE_NAME)
    write(path, [Known(PRINT, "secret.acme", "src/a.py")])
    known = read(path)
    assert known.knows(result(str(tmp_path / "src" / "a.py")), TODAY)
    assert not known.knows(result(str(tmp_path / "src" / "b.py")), TODAY)
    assert not known.knows(result(str(tmp_path / "src" / "a.py"), "f" * 32), TODAY)


def test_an_entry_ends_on_its_day(tmp_path):
    path = str(tmp_path / FILE_NAME)
    write(path, [Known(PRINT, "secret.acme", "a.py", TODAY)])
    known, found = read(path), result(str(tmp_path / "a.py"))
    before = TODAY - datetime.timedelta(days=1)
    assert known.knows(found, before)
    assert not known.knows(found, TODAY)
    assert known.has_expired(found, TODAY)
    assert not known.has_expired(found, before)


def test_two_branches_merge_as_text(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    write(str(one), [Known("a" * 32, "r", "a")])
    write(str(two), [Known("b" * 32, "r", "b")])
    merged = one.read_text("utf-8") + "=======\n" + two.read_text("utf-8") + ">>>>>>> side\n"
    one.write_text(merged, "utf-8")
    assert [e.path for e in read(str(one)).entries] == ["a", "b"]


@pytest.mark.parametrize(
    "line", ["nonsense", "abc\trule\tpath\t-", f"{PRINT}\trule\tpath\tsoon", f"{PRINT}\trule"]
)
def test_a_line_that_is_no_entry_is_refused_with_its_number(tmp_path, line):
    path = tmp_path / FILE_NAME
    path.write_text(f"# header\n{line}\n", "utf-8")
    with pytest.raises(InputError, match="line 2"):
        read(str(path))


def test_what_cannot_be_read_or_written_is_said(tmp_path):
    with pytest.raises(InputError):
        read(str(tmp_path / "missing"))
    with pytest.raises(InputError):
        write(str(tmp_path / "missing" / "x"), [])


def test_paths_are_seen_from_the_folder_of_the_baseline(tmp_path):
    assert relative(str(tmp_path / "a" / "b.zip!in/c"), str(tmp_path)) == "a/b.zip!in/c"
