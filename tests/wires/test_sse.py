"""Server-sent events: the standard's reading, whatever the bytes were cut into."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.core.errors import InputError
from stockade.wires.sse import Parser, render
from tests.wires.flows import cuts, pieces


def reference(raw):
    """Read a whole stream line by line, as the standard tells it; an event without a name has none."""
    text = raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    found, name, data = [], "", []
    *lines, _ = text.split(b"\n")
    for line in lines:
        if not line:
            if any(data) or len(data) > 1:
                found.append((name, b"\n".join(data)))
            name, data = "", []
            continue
        field, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if field == b"data":
            data.append(value)
        elif field == b"event":
            name = value.decode("utf-8", "replace")
    return found


lines = st.sampled_from(
    [
        b"data: one",
        b"data:two",
        "data: é€😀".encode(),
        b"data",
        b"data:",
        b"data:  spaced",
        b"event: ping",
        b"event: \xff",
        b": comment",
        b"id: 7",
        b"retry: 1",
        b"unknown",
        b"",
        b"",
        b"",
    ]
)
streams = st.lists(st.tuples(lines, st.sampled_from([b"\n", b"\r\n", b"\r"])), max_size=20).map(
    lambda parts: b"".join(line + end for line, end in parts)
)


@given(streams, cuts, st.booleans())
def test_pieces_do_not_matter_and_the_standard_is_kept(raw, at, marked):
    raw = b"\xef\xbb\xbf" * marked + raw + b"\n\n"
    expected = reference(raw)
    for cutting in (pieces(raw, at), [raw], [raw[i : i + 1] for i in range(len(raw))]):
        parser = Parser()
        assert [e for piece in cutting for e in parser.events(piece)] == expected
        assert not parser.pending


@given(
    st.lists(st.tuples(st.text("abé: \n", max_size=9), st.sampled_from(["", "message_start"])), max_size=5),
    cuts,
)
def test_what_is_rendered_is_parsed_again(events, at):
    raw = b"".join(render(data.encode(), name) for data, name in events)
    parser = Parser()
    found = [e for piece in pieces(raw, at) for e in parser.events(piece)]
    assert found == [(name, data.encode()) for data, name in events if data]


def test_feed_gives_the_data_alone():
    assert Parser().feed(b"event: x\ndata: 1\n\ndata: 2\n\n") == [b"1", b"2"]


def test_a_line_end_in_data_begins_no_field():
    assert render(b"a\r\nevent: x\rb\nc") == b"data: a\ndata: event: x\ndata: b\ndata: c\n\n"


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_an_event_without_its_end_is_pending(end):
    parser = Parser()
    assert parser.feed(b"data: 1" + end + end) == [b"1"]
    assert not parser.pending
    assert parser.feed(b"data: 2" + end) == []
    assert parser.pending


def test_an_event_has_a_size_whole_or_not():
    with pytest.raises(InputError) as caught:
        Parser(10).feed(b"data: " + b"x" * 20 + b"\n\n")
    assert caught.value.code == "event_too_large"
    parser = Parser(10)
    assert parser.feed(b"data: xxx") == []
    with pytest.raises(InputError):
        parser.feed(b"xxx")


def test_many_small_events_at_once_are_not_too_large():
    assert Parser(10).feed(b"data: 1\n\n" * 10) == [b"1"] * 10


def test_a_crlf_cut_in_two_is_one_line_end():
    parser = Parser()
    assert parser.feed(b"data: 1\r\n\r") == [b"1"]
    assert parser.feed(b"\ndata: 2\r\n\r\n") == [b"2"]
