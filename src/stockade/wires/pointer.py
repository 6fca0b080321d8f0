"""Every string of a JSON value, where it sits (RFC 6901), and how to put another one there.

Keys are strings that somebody wrote, too: those that are not plain names are listed with ``#key`` after
their pointer and can be rewritten. Nothing here knows a provider or says who wrote what.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from stockade.core.errors import InputError
from stockade.core.limits import JSON_DEPTH_MAX, LEAVES_MAX

KEY_SUFFIX = "#key"

# A field name as programs write it. No digit and no punctuation, so neither a secret nor an address fits;
# longer ones are read, so that nobody tells a story in one.
_PLAIN = re.compile(r"[A-Za-z_$][A-Za-z_]{0,31}")

# Shorter numbers hold nobody's card, account or telephone.
_NUMBER_MIN = 10**7

_CONTAINERS = (dict, list)
_NUMBERS = (int, float)


class Place(NamedTuple):
    """Where one text sits.

    Attributes:
        container: the object or array that holds it.
        key: its name or index in there.
        pointer: RFC 6901, with ``#key`` after it where the text is the key itself.
        text: the string, or the digits of a long number.
        is_key: the text is the key, not the value.
    """

    container: Any
    key: str | int
    pointer: str
    text: str
    is_key: bool = False

    def __repr__(self) -> str:
        """Return a form without the text."""
        return f"Place(pointer={self.pointer!r})"


def escape(key: str) -> str:
    """Return *key* as one reference token of a pointer."""
    if "~" in key or "/" in key:
        return key.replace("~", "~0").replace("/", "~1")
    return key


def is_plain(key: str) -> bool:
    """Say whether *key* is a mere field name, with no room for anything that is looked for."""
    return _PLAIN.fullmatch(key) is not None


# Called with container, key, pointer, text and whether the text is the key itself.
Emit = Callable[[Any, "str | int", str, str, bool], None]


def walk(value: Any, pointer: str, emit: Emit, depth: int = 1) -> None:
    """Call *emit* for every text below *value*, keys that are not plain names included, in document order.

    Raises:
        InputError: nested deeper than any real request.
    """
    if depth > JSON_DEPTH_MAX:
        raise too_deep(pointer)
    for key, item in value.items() if type(value) is dict else enumerate(value):
        where = f"{pointer}/{key}"
        if type(key) is str and not is_plain(key):
            where = f"{pointer}/{escape(key)}"
            emit(value, key, where + KEY_SUFFIX, key, True)
        kind = type(item)
        if kind is str:
            emit(value, key, where, item, False)
        elif kind in _CONTAINERS:
            walk(item, where, emit, depth + 1)
        elif kind in _NUMBERS and (text := digits(item)):
            emit(value, key, where, text, False)


def digits(number: float) -> str:
    """Return a long number as text; empty for one too short to identify anybody."""
    if -_NUMBER_MIN < number < _NUMBER_MIN:
        return ""
    whole = type(number) is int or number.is_integer()  # not so for what is too large to be a number at all
    return str(int(number)) if whole else repr(number)


def places(body: Any) -> list[Place]:
    """Return every text of *body*.

    Raises:
        InputError: nested deeper, or holding more texts, than any real request.
    """
    found: list[Place] = []

    def emit(container: Any, key: str | int, pointer: str, text: str, is_key: bool) -> None:  # noqa: FBT001
        if len(found) >= LEAVES_MAX:
            raise too_many_values()
        found.append(Place(container, key, pointer, text, is_key))

    if type(body) is dict or type(body) is list:
        walk(body, "", emit)
    return found


def leaves(body: Any) -> Iterator[tuple[str, str]]:
    """Yield ``(pointer, text)`` for every text of *body*."""
    return ((place.pointer, place.text) for place in places(body))


def replace(body: Any, texts: Mapping[str, str]) -> Any:
    """Put *texts* in place of what stands at their pointers, touch nothing else, and return *body*.

    A pointer that names both a value and a key (``/a#key``) means the value.

    Raises:
        InputError: a pointer names no text of *body* (code ``no_such_place``).
    """
    wanted = dict(texts)
    found: dict[str, Place] = {}
    if wanted:
        for place in places(body):
            if place.pointer in wanted and (place.pointer not in found or not place.is_key):
                found[place.pointer] = place
    missing = next((pointer for pointer in wanted if pointer not in found), None)
    if missing is not None:
        raise InputError(
            "there is no text at the place to be replaced", code="no_such_place", pointer=missing
        )
    put(((place.container, place.key, place.is_key), wanted[pointer]) for pointer, place in found.items())
    return body


def put(changes: Iterable[tuple[tuple[Any, str | int, bool], str]]) -> None:
    """Write texts to ``(container, key, is_key)``; keys last, so that no value loses its place."""
    keys: dict[int, tuple[dict[str, Any], dict[str, str]]] = {}
    for (container, key, is_key), text in changes:
        if is_key:
            assert type(key) is str
            keys.setdefault(id(container), (container, {}))[1][key] = text
        else:
            container[key] = text
    for container, renamed in keys.values():
        replace_keys(container, renamed)


def replace_keys(container: dict[str, Any], renamed: Mapping[str, str]) -> None:
    """Rename keys of *container* in place; order and values stay, and no value is lost to a collision."""
    entries = list(container.items())
    taken = {key for key in container if key not in renamed}
    container.clear()
    for key, value in entries:
        name = renamed.get(key)
        if name is None:
            container[key] = value
            continue
        # Two addresses may both have become "[EMAIL_ADDRESS]": the second one gets a number.
        free, number = name, 2
        while free in taken:
            free, number = f"{name}_{number}", number + 1
        taken.add(free)
        container[free] = value


def too_deep(pointer: str = "") -> InputError:
    """Return the error for a body nested too deep."""
    return InputError(
        f"the body is nested deeper than {JSON_DEPTH_MAX} levels",
        code="too_deep",
        pointer=pointer,
        hint="flatten it, or send the nested part as text",
    )


def too_many_values() -> InputError:
    """Return the error for a body with too many texts."""
    return InputError(
        f"the body holds more than {LEAVES_MAX} texts",
        code="too_many_values",
        hint="send fewer, longer texts, or several requests",
    )
