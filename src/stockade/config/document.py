"""A YAML text as plain values, with the line of every one of them.

YAML is read as its 1.2 core schema says: ``off`` is a word and not a boolean, ``08:15`` is not a number.
Duplicate keys, tags, merge keys and texts that grow when their aliases are followed are refused. It does not
know what the values mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from stockade.core.errors import ConfigError

# Where a value sits: keys and indexes from the outside in.
Place: TypeAlias = tuple[str | int, ...]

DOCUMENT_BYTES_MAX = 1024 * 1024
# A configuration with a hundred upstreams has about 2,000 values; aliases that multiply reach millions.
_VALUES_MAX = 20_000
_DEPTH_MAX = 32

_TAG = "tag:yaml.org,2002:"
# The YAML 1.2 core schema, without infinities and with integers that every reader can hold. Anchored at the
# end: PyYAML only matches from the start.
_TYPES = (
    ("bool", re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z"), "tTfF"),
    ("int", re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})\Z"), "-+0123456789"),
    (
        "float",
        re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?\Z"),
        "-+.0123456789",
    ),
    ("null", re.compile(r"(?:~|null|Null|NULL|)\Z"), "~nN"),
)


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says.

    Attributes:
        name: what the file is called in messages.
        data: its values.
        lines: the line, from 1, of every value.
        text: the file; may hold what it must not, so it is never part of ``repr``.
        scalars: start, end and text of every value that is a text.
    """

    name: str
    data: dict[str, object] = field(default_factory=dict, repr=False)
    lines: dict[Place, int] = field(default_factory=dict, repr=False)
    text: str = field(default="", repr=False)
    scalars: tuple[tuple[int, int, str], ...] = field(default=(), repr=False)


class _CoreLoader(yaml.SafeLoader):
    """The safe loader with the types of the YAML 1.2 core schema."""

    yaml_implicit_resolvers = {
        first: [(_TAG + name, pattern) for name, pattern, starts in _TYPES if first in starts]
        for first in "-+.0123456789tTfF~nN"
    } | {"": [(_TAG + "null", re.compile(r"\Z"))]}


def parse_document(raw: bytes, name: str) -> Document:
    """Read a YAML document whose outermost value is a mapping.

    Args:
        raw: the file.
        name: what to call it in messages.

    Raises:
        ConfigError: it cannot be read; the message has the line.
    """
    text = _decoded(raw, name)
    reader = _Reader(name)
    try:
        node = _CoreLoader(text).get_single_node()
        data = {} if node is None else reader.value(node, ())
    except yaml.MarkedYAMLError as failed:
        raise _not_yaml(failed, name) from None
    except yaml.reader.ReaderError as failed:
        line = text.count("\n", 0, failed.position) + 1
        raise ConfigError(
            f"{name} line {line}: a control character", hint="remove it, or write it as an escape"
        ) from None
    except RecursionError:
        raise reader.refusal("nested too deeply", "no setting lies deeper than a few levels") from None
    if node is None or not isinstance(data, dict):
        raise ConfigError(
            f"{name} {'is empty' if node is None else 'is not a mapping of settings'}",
            hint="write `key: value` lines, or leave the file out to use the defaults",
        )
    return Document(name, data, reader.lines, text, tuple(reader.scalars))


def parse_value(text: str) -> object:
    """Read one value, as an environment variable holds it; what is not YAML is a text.

    Raises:
        ConfigError: it is nested too deeply or too large.
    """
    try:
        node = _CoreLoader(text).get_single_node()
    except (yaml.YAMLError, RecursionError):
        return text
    return "" if node is None else _Reader("the value").value(node, ())


class _Reader:
    """Turns nodes into values, and remembers where they stood."""

    def __init__(self, name: str) -> None:
        self.lines: dict[Place, int] = {}
        self.scalars: list[tuple[int, int, str]] = []
        self._name = name
        self._line = 1
        self._count = 0

    def refusal(self, said: str, hint: str) -> ConfigError:
        """Return the error for the line that is being read."""
        return ConfigError(f"{self._name} line {self._line}: {said}", hint=hint)

    def value(self, node: Node, place: Place) -> object:
        """Return the value of *node*, which sits at *place*."""
        self._line = node.start_mark.line + 1
        self.lines.setdefault(place, self._line)
        self._count += 1
        if self._count > _VALUES_MAX:
            raise self.refusal("too many values", "aliases count each time they are used")
        if len(place) > _DEPTH_MAX:
            raise self.refusal("nested too deeply", "no setting lies deeper than a few levels")
        if isinstance(node, MappingNode) and node.tag == _TAG + "map":
            return self._mapping(node, place)
        if isinstance(node, SequenceNode) and node.tag == _TAG + "seq":
            return [self.value(child, (*place, index)) for index, child in enumerate(node.value)]
        if isinstance(node, ScalarNode) and node.tag.startswith(_TAG):
            return self._scalar(node)
        raise self.refusal("a YAML tag", "write plain values; tags are not used here")

    def _mapping(self, node: MappingNode, place: Place) -> dict[str, object]:
        made: dict[str, object] = {}
        for key_node, value_node in node.value:
            self._line = key_node.start_mark.line + 1
            if not isinstance(key_node, ScalarNode):
                raise self.refusal("a key that is not a word", "write `key: value`")
            key = str(key_node.value)
            if key == "<<" and key_node.style is None:
                raise self.refusal("a merge key (<<)", "write the settings out in each place")
            if key in made:
                # The key may be a misplaced secret, so it is not repeated.
                first = self.lines[(*place, key)]
                raise self.refusal(f"a key that stands in line {first} already", "keep one of the two")
            self.lines[(*place, key)] = self._line
            made[key] = self.value(value_node, (*place, key))
        return made

    def _scalar(self, node: ScalarNode) -> object:
        text, kind = str(node.value), node.tag.removeprefix(_TAG)
        if kind == "str":
            self.scalars.append((node.start_mark.index, node.end_mark.index, text))
            return text
        known = next((pattern for name, pattern, _ in _TYPES if name == kind), None)
        if known is None or not known.fullmatch(text):
            raise self.refusal("a YAML tag", "write plain values; tags are not used here")
        if kind == "bool":
            return text.lower() == "true"
        if kind == "null":
            return None
        return int(text) if kind == "int" else float(text)


def _decoded(raw: bytes, name: str) -> str:
    if len(raw) > DOCUMENT_BYTES_MAX:
        raise ConfigError(f"{name} is larger than {DOCUMENT_BYTES_MAX} bytes", hint="is it the right file?")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as failed:
        line = raw.count(b"\n", 0, failed.start) + 1
        raise ConfigError(f"{name} line {line}: not UTF-8", hint="save the file as UTF-8") from None


def _not_yaml(failed: yaml.MarkedYAMLError, name: str) -> ConfigError:
    mark = failed.problem_mark or failed.context_mark
    line = f" line {mark.line + 1}" if mark is not None else ""
    # What the composer says quotes names from the file; what scanner and parser say names characters.
    quotes = isinstance(failed, yaml.composer.ComposerError)
    problem = "" if quotes or not failed.problem else f" ({failed.problem})"
    return ConfigError(f"{name}{line}: not valid YAML{problem}", hint="check the indentation and the quotes")
