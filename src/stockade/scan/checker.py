"""Looks into blobs: unpacks, decodes, detects, and says where things are. Pure but for the time it takes.

Small texts are scanned together, because the cost of a call is that of a kilobyte. A check that fails makes
its file unchecked; it never makes it clean.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from stockade.core.finding import DETECTOR_FAILED, Detector, Finding, Rule, Span
from stockade.core.limits import FINDINGS_MAX
from stockade.core.screen import detect_many
from stockade.detectors.catalogue import structured_specs
from stockade.detectors.secrets.files import SecretFiles
from stockade.detectors.secrets.key_lines import KeyLines
from stockade.detectors.structured import StructuredDetector
from stockade.reports import Place, Result, Unchecked
from stockade.scan.archives import may_be_archive, unpacked
from stockade.scan.blob import Blob
from stockade.scan.fingerprint import fingerprint
from stockade.scan.marks import has_marks, is_marked
from stockade.scan.places import Lines, redacted, revealed
from stockade.scan.readable import Form, readable
from stockade.scan.settings import OVERLAP_CHARS, PIECE_CHARS, Settings

# Texts are scanned together up to so many characters.
_GROUP_CHARS = 128_000
# In what is no text, names and values stand together by chance: only sure findings count.
_STRINGS_CONFIDENCE_MIN = 0.8
# Another scanner takes the header for the secret of a private key.
_KEY_HEADER = re.compile(rb"-----(BEGIN [A-Z0-9 ]{0,60}PRIVATE KEY(?: BLOCK)?)-----")


@dataclass(frozen=True, slots=True)
class Found:
    """One result, with what later steps compare; the value itself only if the settings ask for it.

    Attributes:
        result: what is reported.
        digest: the same for the same value of the same rule.
        sha1s: of the value and of a key's header, as one neighbour's baseline holds them.
        value: the matched text; never printed.
    """

    result: Result
    digest: bytes = field(default=b"", repr=False)
    sha1s: tuple[str, ...] = field(default=(), repr=False)
    value: str = field(default="", repr=False)


@dataclass(slots=True)
class Outcome:
    """What came of some blobs."""

    found: list[Found] = field(default_factory=list)
    unchecked: list[Unchecked] = field(default_factory=list)
    files: int = 0
    size: int = 0
    marked: int = 0
    opaque: int = 0

    def add(self, other: Outcome) -> None:
        """Take in what came of others."""
        self.found += other.found
        self.unchecked += other.unchecked
        self.files += other.files
        self.size += other.size
        self.marked += other.marked
        self.opaque += other.opaque


@dataclass(frozen=True, slots=True)
class _Text:
    """A piece of readable text, and whose it is."""

    blob: Blob
    text: str = field(repr=False)
    form: Form
    # What of the piece was seen with the piece before it.
    seen: int = 0
    # Where the piece begins in its text.
    offset: int = 0
    whole: str = field(default="", repr=False)


class Checker:
    """Checks blobs for secrets and, if asked to, for personal data.

    Args:
        settings: what is looked for and what is reported.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        # Personal data has no triggers to look for first: then everything is looked at in full.
        structured = StructuredDetector(structured_specs()) if settings.pii else SecretFiles()
        self._detectors: tuple[Detector, ...] = (structured, KeyLines())

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule that is looked for."""
        return tuple(rule for detector in self._detectors for rule in detector.rules)

    def check(self, blobs: Iterable[Blob]) -> Outcome:
        """Return what is found in *blobs*."""
        outcome = Outcome()
        group: list[_Text] = []
        size = 0
        for blob in blobs:
            outcome.files += 1
            outcome.size += len(blob.data)
            for text in self._texts(blob, outcome):
                group.append(text)
                size += len(text.text)
                if size >= _GROUP_CHARS:
                    self._detect(group, outcome)
                    group, size = [], 0
        self._detect(group, outcome)
        return outcome

    def _texts(self, blob: Blob, outcome: Outcome) -> Iterator[_Text]:
        for member in unpacked(blob) if may_be_archive(blob.data) else (blob,):
            if isinstance(member, Unchecked):
                outcome.unchecked.append(member)
                continue
            found = readable(member.data)
            if found.form is Form.OPAQUE:
                outcome.opaque += 1
                continue
            yield from _pieces(member, found.text, found.form)

    def _detect(self, group: Sequence[_Text], outcome: Outcome) -> None:
        if not group:
            return
        # NUL joins texts that are scanned together, so no text may hold one.
        texts = [one.text.replace("\0", " ") if "\0" in one.text else one.text for one in group]
        found, failed = detect_many(texts, self._detectors)
        if (failed or sum(map(len, found)) >= FINDINGS_MAX) and len(group) > 1:
            # One text must not cost the others their check.
            for one in group:
                self._detect([one], outcome)
            return
        for one, findings in zip(group, found, strict=True):
            place = Place(one.blob.path, commit=one.blob.commit)
            if failed:
                outcome.unchecked.append(Unchecked(place, f"a check failed: {', '.join(failed)}"))
            elif len(findings) >= FINDINGS_MAX:
                outcome.unchecked.append(Unchecked(place, f"more than {FINDINGS_MAX} findings"))
            if findings:
                self._report(one, findings, outcome)

    def _report(self, one: _Text, findings: Sequence[Finding], outcome: Outcome) -> None:
        counted = [f for f in findings if self._counts(f, one)]
        if not counted:
            return
        whole = one.whole or one.text
        lines = Lines(whole)
        marks = self._settings.honour_marks and has_marks(whole)
        for finding in _outermost(counted):
            span = Span(finding.span.start + one.offset, finding.span.end + one.offset)
            if marks and is_marked(whole, span.start, span.end):
                outcome.marked += 1
                continue
            place = Place(one.blob.path, commit=one.blob.commit)
            if one.form is Form.TEXT:
                place = lines.place(one.blob.path, span, one.blob.commit)
            if _is_added(one.blob, place):
                moved = Finding(finding.rule, finding.confidence, span)
                outcome.found.append(self._found(moved, place, whole[span.start : span.end]))

    def _counts(self, finding: Finding, one: _Text) -> bool:
        settings = self._settings
        least = settings.confidence_min
        if one.form is Form.STRINGS:
            least = max(least, _STRINGS_CONFIDENCE_MIN)
        return (
            # A check that did not run is told as such, not as a finding.
            finding.rule is not DETECTOR_FAILED
            and finding.rule.severity >= settings.severity_min
            and finding.confidence >= least
            # What ends in the part that was seen before was reported then.
            and (finding.span.end > one.seen or not one.seen)
        )

    def _found(self, finding: Finding, place: Place, value: str) -> Found:
        settings, rule = self._settings, finding.rule
        raw = value.encode("utf-8", "surrogatepass")
        result = Result(
            finding,
            place,
            revealed(value) if settings.reveal else redacted(rule, value),
            fingerprint(rule.id, value) if settings.fingerprints else "",
        )
        digest = hashlib.blake2b(raw, digest_size=16, key=rule.id.encode()[:64]).digest()
        return Found(result, digest, _sha1s(raw), value if settings.keep_values else "")


def _sha1s(raw: bytes) -> tuple[str, ...]:
    header = _KEY_HEADER.match(raw)
    hashed = (raw, header[1]) if header is not None else (raw,)
    return tuple(hashlib.sha1(one, usedforsecurity=False).hexdigest() for one in hashed)


def _pieces(blob: Blob, text: str, form: Form) -> Iterator[_Text]:
    """Cut a long text into pieces that overlap by more than the longest finding."""
    if len(text) <= PIECE_CHARS:
        yield _Text(blob, text, form)
        return
    start = 0
    while start < len(text):
        begin = max(0, start - OVERLAP_CHARS)
        piece = text[begin : start + PIECE_CHARS]
        yield _Text(blob, piece, form, seen=start - begin, offset=begin, whole=text)
        start += PIECE_CHARS


def _outermost(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the findings that lie in no wider one of another detector."""
    furthest = -1
    for finding in sorted(findings, key=lambda f: (f.span.start, -f.span.end)):
        if finding.span.end > furthest:
            furthest = finding.span.end
            yield finding


def _is_added(blob: Blob, place: Place) -> bool:
    """Say whether a place touches the lines of *blob* that count."""
    if blob.added is None or not place.line:
        return True
    return any(first <= place.end_line and place.line < behind for first, behind in blob.added)
