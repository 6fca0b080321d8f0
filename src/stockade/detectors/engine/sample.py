"""A string that a pattern matches, made from the pattern: so that probes need not stand in the source.

Knows the part of the syntax that the key tables use: literals, escapes, classes, groups, alternatives and
bounded repeats. Always the same string for the same pattern.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache

_CLASSES = {
    "d": "0123456789",
    "w": "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
}
_MULTIPLIER = 1_103_515_245


@dataclass(slots=True)
class _Sampler:
    """Reads the pattern from left to right and writes one match of it."""

    pattern: str
    at: int
    state: int

    def pick(self, count: int) -> int:
        self.state = (self.state * _MULTIPLIER + 12345) & 0x7FFFFFFF
        return (self.state >> 12) % count

    def alternatives(self) -> str:
        """Write one alternative of a group; stands behind its closing bracket afterwards."""
        options = [self.sequence()]
        while self.at < len(self.pattern) and self.pattern[self.at] == "|":
            self.at += 1
            options.append(self.sequence())
        self.at += 1
        return options[self.pick(len(options))]

    def sequence(self) -> str:
        written: list[str] = []
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            start = self.at
            atom = self.atom()
            after = self.at
            for _ in range(self.repeats() - 1):
                stop = self.at
                self.at = start
                atom += self.atom()
                self.at = stop
            if self.at > after and self.pattern[after] == "?":
                atom = ""
            written.append(atom)
        return "".join(written)

    def atom(self) -> str:
        char = self.pattern[self.at]
        self.at += 1
        if char == "(":
            if self.pattern.startswith("?:", self.at):
                self.at += 2
            return self.alternatives()
        if char == "[":
            members = self.members()
            return members[self.pick(len(members))]
        if char == "\\":
            return self.escaped()
        return char

    def escaped(self) -> str:
        char = self.pattern[self.at]
        self.at += 1
        if char == "b":
            return ""
        members = _CLASSES.get(char, char)
        return members[self.pick(len(members))]

    def members(self) -> str:
        start = self.at
        while self.pattern[self.at] != "]":
            self.at += 2 if self.pattern[self.at] == "\\" else 1
        self.at += 1
        return _members(self.pattern[start : self.at])

    def repeats(self) -> int:
        """Read a repeat and return how often; an optional atom is left out by the caller."""
        if self.at >= len(self.pattern):
            return 1
        if self.pattern[self.at] == "?":
            self.at += 1
            return 1
        if self.pattern[self.at] != "{":
            return 1
        end = self.pattern.index("}", self.at)
        least, _, most = self.pattern[self.at + 1 : end].partition(",")
        self.at = end + 1
        return min(int(most or least), max(int(least), 24))


@cache
def _members(inside: str) -> str:
    """Return the characters of a class, given what stands between its brackets and the closing one."""
    members: list[str] = []
    at = 0
    while inside[at] != "]":
        char = inside[at]
        at += 1
        if char == "\\":
            members += _CLASSES.get(inside[at], inside[at])
            at += 1
        elif inside[at] == "-" and inside[at + 1] != "]":
            members += (chr(code) for code in range(ord(char), ord(inside[at + 1]) + 1))
            at += 2
        else:
            members.append(char)
    return "".join(members)


def sample(pattern: str) -> str:
    """Return a string that *pattern* matches as a whole."""
    return _Sampler(pattern, 0, zlib.crc32(pattern.encode())).alternatives()
