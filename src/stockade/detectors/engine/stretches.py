"""Where a long text may be cut, so that what wakes a pattern in one place does not have it tried everywhere.

Every start is tried anew behind white space, and no match goes on across a wide character; so a cut there
changes nothing about what is found. It knows no patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Longer stretches wake more patterns, shorter ones cost more calls; between 1 and 4 KiB it hardly matters.
STRETCH_BYTES = 2048
# A match that begins in a stretch may end this far behind it: what names a value, and a value with spaces.
MARGIN_BYTES = 320
CUT = re.compile(rb"[ \t\n\r\x0b\x0c\x00]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf7][\x80-\xbf]{3}")


def stretches(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield where each stretch of *data* begins and ends, and how far its matches may reach."""
    start, length = 0, len(data)
    while length - start > STRETCH_BYTES + MARGIN_BYTES:
        cut = CUT.search(data, start + STRETCH_BYTES)
        if cut is None:
            break
        stop = cut.end()
        reach = CUT.search(data, stop + MARGIN_BYTES)
        yield start, stop, length if reach is None else reach.end()
        start = stop
    yield start, length, length
