"""JSON that arrives in pieces: every string goes through a lane of its own, and the document stays JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockade.wires.json_text import JsonLane
from tests.wires.flows import LANES, MAIL, SECRET, Plain, an_exchange, cuts, factory, pieces, values


def run(make, parts):
    lane = JsonLane(make)
    return "".join(lane.feed(p) for p in parts) + lane.close(), lane


def texts_of(value):
    if isinstance(value, dict):
        return [t for k, v in value.items() for t in (k, *texts_of(v))]
    if isinstance(value, list):
        return [t for v in value for t in texts_of(v)]
    return [value] if isinstance(value, str) else []


documents = st.tuples(values, st.booleans(), st.sampled_from([None, 2])).map(
    lambda d: json.dumps(d[0], ensure_ascii=d[1], indent=d[2])
)


@settings(max_examples=50)
@given(documents, cuts)
def test_lanes_see_every_string_as_a_reader_does_and_nothing_changes(document, at):
    for cutting in (pieces(document, at), list(document)):
        seen = []
        out, lane = run(lambda: Plain(seen), cutting)  # noqa: B023 - used at once
        assert out == document
        assert not lane.blocked
        numbers = [t for t in seen if t.lstrip("-").replace(".", "").replace("e", "").isdigit()]
        strings = [t for t in texts_of(json.loads(document)) if t]
        assert [t for t in seen if t not in numbers] == [t for t in strings if t not in numbers]


@settings(max_examples=50)
@given(values, cuts)
def test_what_lanes_change_is_escaped(value, at):
    document = json.dumps(value)
    out, _ = run(lambda: LANES["holding"]([]), pieces(document, at))
    assert texts_of(json.loads(out)) == [t.upper() for t in texts_of(value)]


@given(st.lists(st.text('ab"\\\n', max_size=5), max_size=3), cuts, st.booleans())
def test_restored_values_keep_the_document_json_at_every_cut(around, at, ascii_only):
    exchange = an_exchange(MAIL)
    (mark,) = exchange.surrogates.pairs
    meant = {"to": mark, mark: [f"{t}{mark}{t}" for t in around]}
    document = json.dumps(meant, ensure_ascii=ascii_only)
    for cutting in (pieces(document, at), list(document)):
        out, _ = run(lambda: factory(exchange)("text", ""), cutting)
        assert json.loads(out) == {"to": MAIL, MAIL: [f"{t}{MAIL}{t}" for t in around]}


@given(st.sampled_from([f"a {SECRET} b", SECRET, f'"{SECRET}'.replace("t", "\\u0074")]), cuts)
def test_not_one_character_of_a_blocked_string_comes_out(text, at):
    document = '{"a": "fine", "b": "' + text.replace('"', '\\"') + '", "c": "after"}'
    out, lane = run(lambda: factory(an_exchange())("text", ""), pieces(document, at))
    assert lane.blocked
    assert "tk" not in out
    assert "after" not in out
    assert "\\u0074" not in out
    assert lane.feed('"more"') == lane.close() == ""


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('"\\u0061\\n\\/\\"\\\\"', 'a\n/"\\'),
        ('"\\ud83d\\ude00"', "😀"),
        ('"\\ud83dx"', "\ufffdx"),
        ('"\\ude00"', "\ufffd"),
        ('"\\ud83d\\u0061"', "\ufffda"),
        ('"\\uzzzz"', "\\uzzzz"),
        ('"\\x41"', "\\x41"),
        ('"\\ud83d\\uzzzz"', "\ufffd\\uzzzz"),
    ],
)
def test_escapes_are_read_whole_at_every_cut(written, read):
    for cut in range(len(written)):
        seen = []
        out, _ = run(lambda: Plain(seen), [written[:cut], written[cut:]])  # noqa: B023 - used at once
        assert (out, seen) == (written, [read])
    seen = []
    run(lambda: Plain(seen), list(written))
    assert seen == [read]


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("[1234567, true, null, false, -1.5e3]", []),
        ("[4111111111111111]", ["4111111111111111"]),
        ("[4111111111111111.0]", ["4111111111111111"]),
        ("[123456789012345678901]", ["123456789012345678901"]),
        ("4111111111111111", ["4111111111111111"]),
        ("[1e400, 1e4000000]", ["1e4000000"]),
        ("[NaN, 1]", ["NaN, 1]"]),
        ("send it to jo", ["send it to jo"]),
        ("{a: 'b'}", ["a: 'b'}"]),
        ("[" + "1" * 100 + "]", ["1" * 100 + "]"]),
        ("", []),
        ("{", []),
    ],
)
def test_long_numbers_and_what_is_no_json_are_texts_too(written, seen):
    for cutting in ([written], list(written)):
        shown = []
        out, _ = run(lambda: Plain(shown), cutting)  # noqa: B023 - used at once
        assert (out, shown) == (written, seen)


def test_a_number_that_changes_becomes_a_string():
    class Masking(Plain):
        def feed(self, piece):
            return "*" * len(piece)

    out, _ = run(lambda: Masking([]), ["[41111111", "11111111, 5]"])
    assert json.loads(out) == ["*" * 16, 5]


@pytest.mark.parametrize(
    ("cut", "out"),
    [
        ('{"a": "b', '{"A": "B'),
        ('["x\\', '["X\\\\'),
        ('["\\u00', '["\\\\U00'),
        ('["say \\"', '["SAY \\"'),
        ("[41111111", "[41111111"),
        ("[tru", "[TRU"),
    ],
)
def test_a_document_that_breaks_off_keeps_what_was_held_and_its_escapes(cut, out):
    assert run(lambda: LANES["holding"]([]), list(cut))[0] == out


def test_a_lane_that_stops_at_its_end_shows_nothing_more():
    class Late(Plain):
        def close(self):
            self.blocked = True
            return "secret"

    for document in ('"abc"', '"abc', "41111111", "raw text"):
        out, lane = run(lambda: Late([]), [document])
        assert lane.blocked
        assert "secret" not in out
