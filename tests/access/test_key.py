"""Gateway keys: minted, shown once, read back, and never shown again."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
import random
import re
import secrets
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockade.access.key import (
    MODELS_MAX,
    GatewayKey,
    KeyClass,
    KeyRequest,
    KeyState,
    ParsedKey,
    check_pepper,
    digest,
    mint,
    parse,
)
from stockade.access.limits import Limits
from stockade.access.scope import Scope
from stockade.core.errors import ConfigError

PEPPER = bytes(range(32))
NOW = 1_700_000_000_000
CLASSES = st.sampled_from(list(KeyClass))


def minted(request, *, entropy=secrets.token_bytes):
    return mint(request, pepper=PEPPER, entropy=entropy, now_ms=NOW)


def text_of(key_class=KeyClass.PRODUCTION):
    return minted(KeyRequest(key_class))[1].reveal()


@given(CLASSES, st.integers(0))
def test_what_was_minted_can_be_read(key_class, seed):
    key, shown = minted(KeyRequest(key_class), entropy=random.Random(seed).randbytes)
    assert parse(shown.reveal()) == ParsedKey(key.id, key_class)


@given(CLASSES, st.data())
def test_any_changed_character_makes_it_invalid(key_class, data):
    text = text_of(key_class)
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters().filter(lambda letter: letter != text[place]))
    assert parse(text[:place] + other + text[place + 1 :]) is None


def test_every_character_counts():
    text = text_of()
    for place, letter in enumerate(text):
        for other in "aZ0-_ ":
            if other != letter:
                assert parse(text[:place] + other + text[place + 1 :]) is None


@given(st.text(max_size=100))
def test_text_that_is_not_a_key_is_none(text):
    assert parse(text) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "",
        lambda text: text + "\n",
        lambda text: " " + text,
        lambda text: text + " ",
        lambda text: text[:-1],
        lambda text: text + "0",
        lambda text: text.upper(),
        lambda text: text + text,
        lambda text: text.replace("sk-stk-", "sk-"),
        lambda text: text.replace("-production-", "-read-only-"),
        lambda text: "Bearer " + text,
        lambda text: text * 10_000,
        lambda text: text[:20] + "\ud800" + text[21:],
        lambda text: "".join(chr(0xFF10 + int(c)) if c.isdigit() else c for c in text),
    ],
)
def test_near_misses_are_not_keys(change):
    assert parse(change(text_of())) is None


def test_the_text_has_the_published_form():
    for key_class, word in zip(KeyClass, ["production", "development", "readonly", "scoped"], strict=True):
        text = text_of(key_class)
        found = re.fullmatch(rf"sk-stk-{word}-[a-z2-7]{{10}}-[0-9A-Za-z]{{40}}([0-9a-f]{{8}})", text)
        assert found is not None
        assert found[1] == f"{zlib.crc32(text[:-8].encode()):08x}"


def test_every_part_comes_from_the_entropy():
    lowest, highest = (
        minted(KeyRequest(KeyClass.SCOPED), entropy=lambda n, b=b: bytes([b]) * n)[1].reveal()
        for b in (0, 255)
    )
    assert lowest.startswith("sk-stk-scoped-aaaaaaaaaa-" + "0" * 40)
    assert highest.startswith("sk-stk-scoped-7777777777-")
    assert len({text_of() for _ in range(200)}) == 200


def test_the_secret_uses_all_letters_evenly():
    source = random.Random(7).randbytes
    letters = "".join(
        minted(KeyRequest(KeyClass.SCOPED), entropy=source)[1].reveal().split("-")[4][:40] for _ in range(500)
    )
    counts = [letters.count(letter) for letter in set(letters)]
    assert len(counts) == 62
    # 20,000 draws over 62 letters: 323 each, five deviations are 90.
    assert all(230 < count < 415 for count in counts)


def test_a_source_that_gives_too_little_makes_no_key():
    with pytest.raises(AssertionError):
        minted(KeyRequest(KeyClass.SCOPED), entropy=lambda n: bytes(n - 1))


def test_what_is_remembered_is_what_was_asked_for():
    request = KeyRequest(
        KeyClass.SCOPED,
        tenant="legal",
        name="Night batch ✓",
        models=("gpt-*", "local"),
        expires_at_ms=NOW + 1,
        requests_per_minute=60,
    )
    key, shown = minted(request)
    assert key == GatewayKey(
        id=parse(shown.reveal()).id,
        key_class=KeyClass.SCOPED,
        tenant="legal",
        name="Night batch ✓",
        models=("gpt-*", "local"),
        digest=digest(shown.reveal(), pepper=PEPPER),
        state=KeyState.ACTIVE,
        created_at_ms=NOW,
        expires_at_ms=NOW + 1,
        requests_per_minute=60,
    )


def test_the_digest_depends_on_the_pepper():
    assert digest("text", pepper=PEPPER) != digest("text", pepper=PEPPER[::-1])


def test_a_short_pepper_is_refused():
    with pytest.raises(ConfigError, match="32 bytes"):
        check_pepper(b"short")
    with pytest.raises(ConfigError):
        mint(KeyRequest(KeyClass.SCOPED), pepper=b"", entropy=secrets.token_bytes, now_ms=NOW)


@pytest.mark.parametrize(
    ("wish", "named"),
    [
        ({"tenant": ""}, "tenant"),
        ({"tenant": "-a"}, "tenant"),
        ({"tenant": "a b"}, "tenant"),
        ({"tenant": "a\n"}, "tenant"),
        ({"tenant": "a" * 65}, "tenant"),
        ({"tenant": "ä"}, "tenant"),
        ({"name": "a\nb"}, "name"),
        ({"name": "\x1b[2J"}, "name"),
        ({"name": "\ud800"}, "name"),
        ({"name": "a" * 101}, "name"),
        ({"models": ("",)}, "models"),
        ({"models": ("a b",)}, "models"),
        ({"models": ("a" * 201,)}, "models"),
        ({"models": ("a",) * (MODELS_MAX + 1)}, "models"),
        ({"expires_at_ms": NOW}, "expiry"),
        ({"expires_at_ms": -1}, "expiry"),
        ({"requests_per_minute": -1}, "requests per minute"),
        ({"requests_per_minute": 1_000_001}, "requests per minute"),
    ],
)
def test_a_key_that_cannot_be_is_not_minted(wish, named):
    with pytest.raises(ConfigError, match=f"this {named}$") as refused:
        minted(KeyRequest(KeyClass.SCOPED, **wish))
    assert refused.value.hint


def test_no_form_but_one_holds_the_text():
    key, shown = minted(KeyRequest(KeyClass.PRODUCTION))
    text = shown.reveal()
    secret = text.split("-")[4]
    forms = [repr(key), str(key), json.dumps(key.as_dict()), repr(shown), str(shown), f"{shown}"]
    forms += [repr(parse(text)), repr([shown]), repr(dataclasses.replace(key, name="x"))]
    for form in forms:
        assert secret not in form
        assert key.digest.hex() not in form
        assert repr(key.digest) not in form
    assert "digest" not in key.as_dict()


@pytest.mark.parametrize("take", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_minted_key_is_not_copied_or_pickled(take):
    with pytest.raises(TypeError):
        take(minted(KeyRequest(KeyClass.PRODUCTION))[1])


def test_a_key_shows_itself_in_words_that_json_knows():
    key, _ = minted(
        KeyRequest(
            KeyClass.READ_ONLY, models=("a",), owner="ml-platform",
            scope=Scope(tools=("search_*",)), limits=Limits(concurrency=2),
        )
    )  # fmt: skip
    assert json.loads(json.dumps(key.as_dict())) == {
        "id": key.id,
        "class": "read-only",
        "tenant": "default",
        "name": "",
        "models": ["a"],
        "state": "active",
        "created_at_ms": NOW,
        "expires_at_ms": 0,
        "requests_per_minute": 0,
        "owner": "ml-platform",
        "scope": {"routes": [], "tools": ["search_*"], "hours": [], "networks": []},
        "limits": {"tokens_per_minute": 0, "concurrency": 2, "spend_micros": 0, "period": "month"},
        "last_used_at_ms": 0,
        "replaced_by": "",
    }


@pytest.mark.parametrize(
    "wishes",
    [
        {"owner": "a\nb"}, {"owner": "x" * 101}, {"scope": Scope(routes=("chat",))},
        {"scope": Scope(networks=("10.0.0.1/8",))}, {"scope": Scope(hours=("always",))},
        {"limits": Limits(concurrency=-1)}, {"limits": Limits(spend_micros=10**13)},
    ],
)  # fmt: skip
def test_an_owner_a_scope_or_limits_that_make_no_sense_are_refused(wishes):
    with pytest.raises(ConfigError) as refused:
        minted(KeyRequest(KeyClass.PRODUCTION, **wishes))
    assert refused.value.hint
