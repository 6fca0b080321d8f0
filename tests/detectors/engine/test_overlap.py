from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stockade.core.finding import Rule
from stockade.detectors.engine.overlap import strongest
from stockade.detectors.engine.spec import Hit

RULES = tuple(Rule(f"pii.{name}", name) for name in "abc")
hits = st.lists(
    st.builds(
        lambda start, length, sure, rule: Hit(start, start + length, sure, rule),
        st.integers(0, 20),
        st.integers(1, 8),
        st.sampled_from([0.5, 0.7, 0.9]),
        st.sampled_from(RULES),
    ),
    max_size=12,
)


def inside(one: Hit, other: Hit) -> bool:
    return other.start <= one.start and one.end <= other.end


def test_of_two_claims_on_the_same_place_the_surer_stays():
    weak, sure = Hit(0, 5, 0.6, RULES[0]), Hit(0, 5, 0.9, RULES[1])
    assert strongest([weak, sure]) == [sure]


def test_claims_that_merely_overlap_both_stay():
    left, right = Hit(0, 5, 0.6, RULES[0]), Hit(3, 8, 0.9, RULES[1])
    assert strongest([right, left]) == [left, right]


@given(hits)
def test_no_character_that_was_claimed_is_left_unclaimed(many):
    claimed = {place for hit in many for place in range(hit.start, hit.end)}
    kept = strongest(many)
    assert {place for hit in kept for place in range(hit.start, hit.end)} == claimed


@given(hits)
def test_no_claim_that_stays_lies_inside_another(many):
    kept = strongest(many)
    assert all(not inside(one, other) for one in kept for other in kept if one is not other)
    assert kept == sorted(kept, key=lambda hit: hit.start)


@given(hits, st.randoms())
def test_the_order_of_the_claims_does_not_matter(many, random):
    mixed = list(many)
    random.shuffle(mixed)
    assert strongest(mixed) == strongest(many)
