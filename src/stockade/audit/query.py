"""Finding entries: by time, key, rule, action, request or kind, one line at a time.

It reads the log from its start and holds one entry; what cannot match is put aside before it is decoded. It
does not check signatures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from stockade.audit.entry import Entry, ascii_json, entry_of
from stockade.audit.verify import read_lines
from stockade_verify.entries import Line


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an entry has to be; a field left out admits everything.

    Attributes:
        since_ms, until_ms: when it was written; the second is the first moment that is too late.
        key: the id of the gateway key.
        rule: a rule that was found or watched, ``*`` for any part of its name.
        action: what was decided.
        request_id: the request it belongs to.
        kind: what kind of entry.
    """

    since_ms: int | None = None
    until_ms: int | None = None
    key: str = ""
    rule: str = ""
    action: str = ""
    request_id: str = ""
    kind: str = ""

    def admits(self, entry: Entry) -> bool:
        """Say whether *entry* is wanted."""
        body = entry.body
        return (
            (not self.kind or entry.kind == self.kind)
            and (not self.key or entry.key == self.key)
            and (not self.request_id or body.get("request_id") == self.request_id)
            and (not self.action or body.get("action") == self.action)
            and (not self.rule or any(fnmatchcase(rule, self.rule) for rule in rules_in(entry)))
        )

    def may_admit(self, line: Line) -> bool:
        """Say whether *line* is worth decoding."""
        early = self.since_ms is not None and line.at_ms < self.since_ms
        late = self.until_ms is not None and line.at_ms >= self.until_ms
        if early or late:
            return False
        named = (self.request_id, self.action)
        return all(not text or ascii_json(text) in line.body for text in named) and (
            not self.key or line.key == ascii_json(self.key)
        )


def query(directory: Path, wanted: Wanted) -> Iterator[Entry]:
    """Yield the entries of the log in *directory* that are wanted, in their order.

    Raises:
        TamperedError: a line is not the entry that should stand there.
        StoreError: the log cannot be read.
    """
    for _, line in read_lines(directory):
        if wanted.may_admit(line):
            entry = entry_of(line)
            if wanted.admits(entry):
                yield entry


def rules_in(entry: Entry) -> dict[str, int]:
    """Return the rules that an entry says were found or watched, with how often."""
    counts: dict[str, int] = {}
    found = entry.body.get("findings")
    for by_rule in found.values() if isinstance(found, Mapping) else ():
        if isinstance(by_rule, Mapping):
            for rule, count in by_rule.items():
                counts[rule] = counts.get(rule, 0) + (count if isinstance(count, int) else 1)
    watched = entry.body.get("monitored")
    for rule in watched if isinstance(watched, Mapping) else ():
        counts.setdefault(rule, 0)
    return counts
