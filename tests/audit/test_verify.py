from __future__ import annotations

import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockade.audit.entry import GENESIS, ascii_json, chained, encoded
from stockade.audit.verify import Verified, last_line, read, segments, verify
from stockade.core.errors import StoreError, TamperedError


def log_lines(count, seq=0, previous=GENESIS, at_ms=1_000):
    made = []
    for number in range(seq + 1, seq + count + 1):
        line, previous = chained(number, at_ms + number, encoded("screened", {"n": number}), previous)
        made.append(line)
    return made, previous


LINES, HEAD = log_lines(8)
NAMES = ("audit-000001.jsonl", "audit-000002.jsonl", "audit-000003.jsonl")


@pytest.fixture
def log(tmp_path):
    """Eight entries in three segments."""
    for name, part in zip(NAMES, (LINES[:3], LINES[3:6], LINES[6:]), strict=True):
        (tmp_path / name).write_bytes(b"".join(part))
    return tmp_path


def write(folder, lines):
    for path in folder.glob("audit-*"):
        path.unlink()
    (folder / NAMES[0]).write_bytes(b"".join(lines))


def bad_from(folder, **known):
    with pytest.raises(TamperedError) as caught:
        verify(folder, **known)
    assert caught.value.hint or known
    return caught.value.sequence


def test_a_log_as_it_was_written_verifies(log):
    assert verify(log) == Verified(8, HEAD, 8)
    assert verify(log, head=(8, HEAD)) == Verified(8, HEAD, 8)
    assert verify(log, head=(5, log_lines(5)[1])).last_seq == 8


def test_an_empty_log_verifies_as_empty(tmp_path):
    (tmp_path / "notes.txt").write_text("not ours")
    assert verify(tmp_path) == Verified(0, GENESIS, 0)
    (tmp_path / NAMES[0]).touch()
    assert verify(tmp_path) == Verified(0, GENESIS, 0)
    assert list(read(tmp_path)) == []


def test_a_log_that_is_not_there_cannot_be_read(tmp_path):
    with pytest.raises(StoreError):
        verify(tmp_path / "none")
    with pytest.raises(StoreError):
        list(read(tmp_path / "none"))


def test_a_segment_that_cannot_be_read_is_an_error_of_ours(tmp_path):
    (tmp_path / NAMES[0]).mkdir()
    with pytest.raises(StoreError):
        verify(tmp_path)


def test_every_changed_bit_is_found(tmp_path):
    lines, head = log_lines(3)
    whole = b"".join(lines)
    path = tmp_path / NAMES[0]
    starts = [0, len(lines[0]), len(lines[0]) + len(lines[1]), len(whole)]
    missed = []
    # The very last byte is left to the next test: a line without an end is waited for.
    for place in range(len(whole) - 1):
        expected = next(n for n in (1, 2, 3) if place < starts[n])
        for bit in range(8):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :])
            try:
                verify(tmp_path)
                missed.append((place, bit))
            except TamperedError as found:
                # A changed line end takes the line after it along, not an earlier one.
                if found.sequence != expected:
                    missed.append((place, bit, found.sequence))
    assert missed == []
    path.write_bytes(whole)
    assert verify(tmp_path).head_hash == head


@pytest.mark.parametrize("end", [b"", b"\r", b"\x00", b" ", b"\n\n", b"\r\n"])
def test_a_changed_end_of_the_log_is_found(tmp_path, end):
    write(tmp_path, [*LINES[:7], LINES[7][:-1] + end])
    assert bad_from(tmp_path) in {8, 9}


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_every_changed_member_of_every_entry_is_found(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("log")
    place = data.draw(st.integers(0, 7))
    changes = [
        (b'"at_ms":1', b'"at_ms":2'),
        (b"screened", b"Screened"),
        (b'"seq":', b'"seq":1'),
        (b'"n":', b'"m":'),
        (LINES[place][-80:-79], b"!"),
        (b',"previous"', b', "previous"'),
        (b'{"n"', b'{"a":1,"n"'),
    ]
    old, new = data.draw(st.sampled_from(changes))
    changed = LINES[place].replace(old, new, 1)
    write(folder, [*LINES[:place], changed, *LINES[place + 1 :]])
    assert bad_from(folder) == place + 1
    shutil.rmtree(folder)


@pytest.mark.parametrize("place", range(7))
def test_a_deleted_line_is_found(tmp_path, place):
    write(tmp_path, LINES[:place] + LINES[place + 1 :])
    assert bad_from(tmp_path) == place + 1


@pytest.mark.parametrize("place", range(8))
def test_a_doubled_line_is_found(tmp_path, place):
    write(tmp_path, LINES[: place + 1] + LINES[place:])
    assert bad_from(tmp_path) == place + 2


@pytest.mark.parametrize("place", range(7))
def test_swapped_lines_are_found(tmp_path, place):
    write(tmp_path, [*LINES[:place], LINES[place + 1], LINES[place], *LINES[place + 2 :]])
    assert bad_from(tmp_path) == place + 1


@pytest.mark.parametrize("place", range(8))
def test_an_inserted_line_is_found(tmp_path, place):
    previous = log_lines(place)[1]
    forged, _ = chained(place + 1, 1, encoded("forged", {}), previous)
    write(tmp_path, [*LINES[:place], forged, *LINES[place:]])
    assert bad_from(tmp_path) == place + 2


def test_a_segment_taken_away_or_moved_is_found(log):
    (log / NAMES[1]).rename(log / "audit-000009.jsonl")
    assert bad_from(log) == 4
    (log / "audit-000009.jsonl").unlink()
    assert bad_from(log) == 4


def test_a_log_cut_short_is_found_with_a_known_head(log):
    (log / NAMES[2]).write_bytes(LINES[6])
    assert verify(log) == Verified(7, log_lines(7)[1], 7)
    assert bad_from(log, head=(8, HEAD)) == 8


def test_a_log_written_anew_is_found_with_a_known_head(tmp_path):
    write(tmp_path, log_lines(9, at_ms=2_000)[0])
    assert verify(tmp_path).entries == 9
    assert bad_from(tmp_path, head=(8, HEAD)) == 8


def test_what_a_disk_refused_to_keep_does_not_count(tmp_path):
    lines, head = log_lines(3)
    kept = sum(map(len, lines))
    words = ascii_json("recovered"), ascii_json({"kept": {NAMES[0]: kept}, "reason": "sync_failed"})
    line, own = chained(4, 1, words, head)
    for rest in (b"", b"half a li", log_lines(2, 3, head)[0][0], b"\xff\n\n"):
        (tmp_path / NAMES[0]).write_bytes(b"".join(lines) + rest)
        (tmp_path / NAMES[1]).write_bytes(line)
        assert verify(tmp_path) == Verified(4, own, 4)
        assert [entry.seq for entry in read(tmp_path)] == [1, 2, 3, 4]
        assert [entry.seq for entry in read(tmp_path, 4)] == [4]
    (tmp_path / NAMES[0]).write_bytes(b"".join(lines)[:-1])
    assert bad_from(tmp_path) == 3


@pytest.mark.parametrize(
    "body", [{"kept": 1}, {"kept": {NAMES[0]: -1}}, {"kept": {NAMES[0]: "0"}}, {"kept": {NAMES[0]: None}}, {}]
)
def test_an_odd_word_about_what_counts_changes_nothing(tmp_path, body):
    lines, head = log_lines(3)
    line, own = chained(4, 1, (ascii_json("recovered"), ascii_json(body)), head)
    (tmp_path / NAMES[0]).write_bytes(b"".join(lines))
    (tmp_path / NAMES[1]).write_bytes(line)
    assert verify(tmp_path) == Verified(4, own, 4)


def test_reading_starts_where_it_is_told(log):
    for start in range(11):
        assert [entry.seq for entry in read(log, start)] == list(range(max(start, 1), 9))
    assert [entry.body for entry in read(log, 7)] == [{"n": 7}, {"n": 8}]


def test_reading_checks_what_it_reads(log):
    (log / NAMES[1]).write_bytes(b"".join([LINES[3], LINES[4].replace(b'"n":5', b'"n":6'), LINES[5]]))
    entries = read(log)
    assert [next(entries).seq for _ in range(4)] == [1, 2, 3, 4]
    with pytest.raises(TamperedError):
        next(entries)


@pytest.mark.parametrize("size", [1, 60_000, 70_000, 200_000])
def test_the_last_line_is_found_whatever_its_length(tmp_path, size):
    first, previous = chained(1, 1, encoded("a", {}), GENESIS)
    second, own = chained(2, 1, encoded("a", {"value": "x" * size}), previous)
    (tmp_path / NAMES[0]).write_bytes(first + second + b"torn")
    assert last_line(segments(tmp_path)[0]).hash == own
    (tmp_path / NAMES[0]).write_bytes(first)
    assert last_line(segments(tmp_path)[0]).hash == previous
    (tmp_path / NAMES[0]).write_bytes(b"")
    assert last_line(segments(tmp_path)[0]) is None
