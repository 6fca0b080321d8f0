"""Restoring: the caller's own values come back, whatever the model did to the mark, and only those."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.core.restore import Restorer
from stockade.core.surrogate import Style, Surrogates

PAIRS = {
    "[PERSON_7F3A]": "Jane Doe",
    "[EMAIL_ADDRESS_0B1C]": "jane@corp.example",
    "[PERSON_7F3A_2]": "J. Doe",
}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Dear [PERSON_7F3A],", "Dear Jane Doe,"),
        ("[PERSON_7F3A]'s mail", "Jane Doe's mail"),
        ("**[PERSON_7F3A]**", "**Jane Doe**"),
        ("`[PERSON_7F3A]`", "`Jane Doe`"),
        ("[person_7f3a]", "Jane Doe"),
        ("\\[PERSON\\_7F3A\\]", "Jane Doe"),
        ("PERSON_7F3A", "Jane Doe"),
        ("[PERSON 7F3A]", "Jane Doe"),
        ("[PERSON-7F3A]", "Jane Doe"),
        ("[PERSON_7F3A_2]", "J. Doe"),
        ("[PERSON_7F3A, EMAIL_ADDRESS_0B1C]", "[Jane Doe, jane@corp.example]"),
        ("[email_address_0b1c](mailto:[EMAIL_ADDRESS_0B1C])", "jane@corp.example(mailto:jane@corp.example)"),
        ("İ [PERSON_7F3A]", "İ Jane Doe"),
    ],
)
def test_a_changed_mark_is_still_restored(written: str, meant: str) -> None:
    assert Restorer(PAIRS).restore(written) == meant


@pytest.mark.parametrize(
    "foreign",
    [
        "[PERSON_7F3B]",
        "[PERSON_7F3]",
        "[PERSON_7F3A9]",
        "[PERSON]",
        "XPERSON_7F3A",
        "PERSON_7F3Ax",
        "[PHONE_7F3A]",
    ],
)
def test_an_altered_or_foreign_mark_is_left_as_it_is(foreign: str) -> None:
    assert Restorer(PAIRS).restore(f"a {foreign} b") == f"a {foreign} b"


def test_values_are_escaped_inside_json() -> None:
    restorer = Restorer({"[NOTE_AAAA]": 'say "hi"\n\\o/'})
    arguments = '{"note": "[NOTE_AAAA]!"}'
    assert json.loads(restorer.restore(arguments, in_json=True)) == {"note": 'say "hi"\n\\o/!'}


def test_a_restored_value_is_not_restored_again() -> None:
    restorer = Restorer({"[A_AAAA]": "[B_BBBB]", "[B_BBBB]": "secret"})
    assert restorer.restore("[A_AAAA]") == "[B_BBBB]"


def test_repr_shows_no_value() -> None:
    assert "Jane" not in repr(Restorer(PAIRS))


def test_without_surrogates_nothing_is_touched_or_held() -> None:
    restorer = Restorer({})
    assert not restorer
    assert restorer.restore("[PERSON_7F3A]") == "[PERSON_7F3A]"
    assert restorer.stream().feed("[PERSON") == "[PERSON"
    assert Restorer(PAIRS).restore("") == ""


def test_a_surrogate_of_another_request_is_left_as_it_is() -> None:
    other = Surrogates(b"o" * 32)
    foreign = other.issue("PERSON", "Jane Doe")
    mine = Surrogates(b"k" * 32)
    mine.issue("PERSON", "Jane Doe")
    assert Restorer(mine.pairs).restore(foreign) == foreign


def test_many_literal_surrogates_use_one_pattern() -> None:
    pairs = {f"name{n}.x@example.com": f"real{n}@corp.example" for n in range(100)}
    text = " ".join(pairs)
    assert Restorer(pairs).restore(text.upper()) == " ".join(pairs.values())


def pieces_of(text: str, cuts: list[int]) -> list[str]:
    edges = sorted({0, len(text), *(c % (len(text) + 1) for c in cuts)})
    return [text[a:b] for a, b in pairwise(edges)]


def stream(restorer: Restorer, parts: list[str], *, in_json: bool = False) -> str:
    flow = restorer.stream(in_json=in_json)
    return "".join(flow.feed(p) for p in parts) + flow.close()


ISSUED = {style: Surrogates(b"k" * 32, style=style) for style in Style}
for _surrogates in ISSUED.values():
    for _label, _value in (
        ("PERSON", "Jane Doe"),
        ("EMAIL_ADDRESS", "jane@corp.example"),
        ("EMAIL_ADDRESS", "JANE@corp.example"),
        ("CREDIT_CARD", "4111 1111 1111 1111"),
        ("PHONE_NUMBER", "+1 212 555 7788"),
    ):
        _surrogates.issue(_label, _value)

fragments = st.one_of(
    st.sampled_from([p for s in ISSUED.values() for p in s.pairs]),
    st.sampled_from([p[:-2] for s in ISSUED.values() for p in s.pairs]),
    st.sampled_from([p.lower() for s in ISSUED.values() for p in s.pairs]),
    st.sampled_from(["[", "]", "\\", "_", " ", "'s ", "**", "[PERSON", "PER", "EMAIL", ", ", "İ", "\n"]),
    st.text(max_size=6),
)


@given(
    st.sampled_from(list(Style)), st.lists(fragments, max_size=8), st.lists(st.integers(0, 400), max_size=12)
)
def test_pieces_do_not_matter(style: Style, texts: list[str], cuts: list[int]) -> None:
    restorer = Restorer(ISSUED[style].pairs)
    whole = "".join(texts)
    assert stream(restorer, pieces_of(whole, cuts)) == restorer.restore(whole)
    assert stream(restorer, list(whole)) == restorer.restore(whole)


value = st.text(st.sampled_from('"\\\\\n\x00/ué\u2028x [PERSON_7F3A]'), max_size=12)


@given(
    st.dictionaries(st.sampled_from([*PAIRS]), value, min_size=1), st.lists(fragments, max_size=6), st.data()
)
def test_json_stays_json_at_every_cut_and_says_the_restored_text(pairs, texts, data) -> None:
    restorer = Restorer(pairs)
    # A document that writes its marks plainly: no escape stands inside of one.
    whole = "".join(texts).replace("\\", "")
    document = json.dumps({"a": whole, "b": [whole]}, ensure_ascii=False)
    cuts = data.draw(st.lists(st.integers(0, 400), max_size=8))
    shown = stream(restorer, pieces_of(document, cuts), in_json=True)
    assert shown == restorer.restore(document, in_json=True)
    meant = restorer.restore(whole)
    assert json.loads(shown) == {"a": meant, "b": [meant]}


@given(st.sampled_from(list(Style)), st.lists(fragments, max_size=8))
def test_no_more_is_held_than_the_longest_surrogate_escaped(style: Style, texts: list[str]) -> None:
    pairs = ISSUED[style].pairs
    flow = Restorer(pairs).stream()
    longest = max(len(p) + sum(not c.isalnum() for c in p) for p in pairs) + 4
    for piece in "".join(texts):
        flow.feed(piece)
        assert len(flow._held) <= longest


def test_a_stream_holds_back_at_most_the_longest_surrogate() -> None:
    flow = Restorer(PAIRS).stream()
    out = flow.feed("A long sentence without any mark, then [EMAIL_ADDR")
    assert out == "A long sentence without any mark, then "
    assert flow.feed("ess is a word") == "[EMAIL_ADDRess is a word"
