"""What a scan is asked to do, and its bounds. Plain values: they travel to worker processes."""

from __future__ import annotations

from dataclasses import dataclass

from stockade.core.finding import Severity

# 200 MB: dumps and logs are looked into; what is larger is said not to have been.
FILE_BYTES_MAX = 200_000_000
# One archive, with everything inside it: 42.zip expands to 4.5 PB.
ARCHIVE_BYTES_MAX = 500_000_000
ARCHIVE_MEMBERS_MAX = 20_000
ARCHIVE_DEPTH_MAX = 4
# A piece of text that is scanned at once, and how much of it the next piece sees again: a whole key.
PIECE_CHARS = 4_000_000
OVERLAP_CHARS = 20_000


@dataclass(frozen=True, slots=True)
class Settings:
    """How each file is checked.

    Attributes:
        pii: whether personal data is looked for, too.
        severity_min: what is less severe is not reported.
        confidence_min: what is less sure is not reported.
        honour_marks: whether a mark on a line ("pragma: allowlist secret") silences its findings.
        fingerprints: whether fingerprints are made; they are slow on purpose.
        reveal: whether matched values are shown.
        keep_values: whether matched values are handed on (to be verified); never printed.
        file_bytes_max: larger files are not checked.
    """

    pii: bool = False
    severity_min: Severity = Severity.MEDIUM
    confidence_min: float = 0.5
    honour_marks: bool = True
    fingerprints: bool = False
    reveal: bool = False
    keep_values: bool = False
    file_bytes_max: int = FILE_BYTES_MAX
