from __future__ import annotations

import json
from hashlib import sha256

import pytest

from stockade_verify import ForgedError, UnreadableError
from stockade_verify.entries import LEAF_BYTES_MAX, divide, last_line, leaf_of, raw_lines, segments

GOOD = b'{"at_ms":1,"body":{"b":1},"key":"k","key_seq":1,"kind":"a","run":1,"seq":1}\n'


def test_a_line_divides_into_its_members():
    line = divide(GOOD)
    assert (line.at_ms, line.body, line.key, line.key_seq) == (1, b'{"b":1}', b'"k"', 1)
    assert (line.kind, line.run, line.seq) == (b'"a"', 1, 1)
    assert "body" not in repr(line)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"{}\n",
        GOOD[:-1],
        GOOD + b"\n",
        b" " + GOOD,
        GOOD.replace(b'"seq":1', b'"seq":01'),
        GOOD.replace(b'"seq":1', b'"seq":0'),
        GOOD.replace(b'"seq":1', b'"seq":' + b"9" * 5_000),
        GOOD.replace(b'"run":1', b'"run":0'),
        GOOD.replace(b'"key_seq":1', b'"key_seq":-1'),
        GOOD.replace(b'"at_ms":1', b'"at_ms":-0'),
        GOOD.replace(b'"at_ms":1', b'"at_ms":1.0'),
        GOOD.replace(b'{"b":1}', b"[1]"),
        GOOD.replace(b'"kind":"a"', b'"kind":"a\xc3\xa9"'),
        GOOD.replace(b'"body"', b'"body_sha256"'),
        b"\x00" * 300 + b"\n",
        b"[" * 100_000 + b"\n",
        b'{"at_ms":1,"body":{' + b'},"key":"' * 50_000 + b"\n",
    ],
    ids=range(19),
)
def test_what_is_no_line_is_not_divided(line):
    assert divide(line) is None


def test_a_value_that_looks_like_the_end_of_a_line_is_a_value():
    body = json.dumps({"b": '},"key":"","key_seq":0,"kind":"x","run":9,"seq":9}'}, separators=(",", ":"))
    line = divide(GOOD.replace(b'{"b":1}', body.encode()))
    assert (line.seq, line.body) == (1, body.encode())


def test_the_leaf_of_a_line_is_the_line():
    assert leaf_of(GOOD) == GOOD[:-1]
    longest = GOOD.replace(b'"b":1', b'"b":"%b"' % (b"x" * (LEAF_BYTES_MAX + 1 - len(GOOD) - 2 + 1)))
    assert len(longest) == LEAF_BYTES_MAX + 1
    assert leaf_of(longest) == longest[:-1]


def test_the_leaf_of_a_long_line_names_the_hash_of_its_body():
    body = b'{"b":"%b"}' % (b"x" * 70_000)
    leaf = leaf_of(GOOD.replace(b'{"b":1}', body))
    named = b'"body_sha256":"%b"' % sha256(body).hexdigest().encode()
    assert leaf == GOOD.replace(b'"body":{"b":1}', named)[:-1]
    assert divide(leaf + b"\n") is None  # so it can never stand in a log itself
    with pytest.raises(ForgedError):
        leaf_of(b"x" * 70_000 + b"\n")


def test_files_come_in_the_order_of_their_numbers(tmp_path):
    for name in (
        "audit-000010.jsonl",
        "audit-000002.jsonl",
        "audit-1000000.jsonl",
        "notes.txt",
        "audit-2.jsonl",
    ):
        (tmp_path / name).write_bytes(GOOD)
    assert [segment.number for segment in segments(tmp_path)] == [2, 10, 1_000_000]


def recovered(body):
    text = json.dumps(body, separators=(",", ":")).encode()
    return GOOD.replace(b'"a"', b'"recovered"').replace(b'{"b":1}', text)


def test_what_was_given_up_counts_only_so_far(tmp_path):
    (tmp_path / "audit-000001.jsonl").write_bytes(GOOD + b"what no disk promised")
    (tmp_path / "audit-000002.jsonl").write_bytes(recovered({"kept": {"audit-000001.jsonl": len(GOOD)}}))
    files = segments(tmp_path)
    assert [segment.kept for segment in files] == [len(GOOD), None]
    assert next(raw_lines(files)) == GOOD
    assert last_line(files[0]).seq == 1
    assert len(list(raw_lines(files))) == 2


@pytest.mark.parametrize(
    "body", [{"kept": 1}, {"kept": {"audit-000001.jsonl": -1}}, {"kept": {"audit-000001.jsonl": "0"}}, {}]
)
def test_an_odd_word_about_what_counts_changes_nothing(tmp_path, body):
    (tmp_path / "audit-000001.jsonl").write_bytes(GOOD)
    (tmp_path / "audit-000002.jsonl").write_bytes(recovered(body))
    assert [segment.kept for segment in segments(tmp_path)] == [None, None]


def test_a_body_that_is_not_json_says_nothing_about_what_counts(tmp_path):
    (tmp_path / "audit-000002.jsonl").write_bytes(recovered({}).replace(b"{}", b'{"kept":}'))
    assert segments(tmp_path)[0].kept is None


def test_an_unfinished_line_is_given_as_it_stands(tmp_path):
    (tmp_path / "audit-000001.jsonl").write_bytes(GOOD + b'{"at')
    for patient in (True, False):
        assert list(raw_lines(segments(tmp_path), patient=patient)) == [GOOD, b'{"at']


@pytest.mark.parametrize("size", [1, 60_000, 70_000, 200_000])
def test_the_last_line_is_found_whatever_its_length(tmp_path, size):
    second = GOOD.replace(b'"seq":1', b'"seq":2').replace(b'"b":1', b'"b":"%b"' % (b"x" * size))
    path = tmp_path / "audit-000001.jsonl"
    path.write_bytes(GOOD + second + b"torn")
    assert last_line(segments(tmp_path)[0]).seq == 2
    path.write_bytes(GOOD)
    assert last_line(segments(tmp_path)[0]).seq == 1
    path.write_bytes(b"")
    assert last_line(segments(tmp_path)[0]) is None


def test_what_cannot_be_read_is_said(tmp_path):
    with pytest.raises(UnreadableError):
        segments(tmp_path / "none")
    (tmp_path / "audit-000001.jsonl").write_bytes(GOOD)
    files = segments(tmp_path)
    (tmp_path / "audit-000001.jsonl").unlink()
    with pytest.raises(UnreadableError):
        list(raw_lines(files))
    (tmp_path / "audit-000001.jsonl").mkdir()
    with pytest.raises(UnreadableError):
        segments(tmp_path)
