"""When a key may be used: ``mon-fri 08:00-18:00 Europe/Berlin``.

A window that ends before it begins runs into the next day and belongs to the day it began on. The time zone's
rules are those of the machine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from stockade.core.errors import ConfigError

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = "|".join(DAYS)
_FORM = re.compile(
    rf"(?:({_DAY})(?:-({_DAY}))?[ ])?([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-4]):([0-5][0-9])"
    r"(?:[ ]([A-Za-z][A-Za-z0-9_+/-]{0,63}))?"
)


@dataclass(frozen=True, slots=True)
class Hours:
    """A weekly window.

    Attributes:
        days: 0 is Monday.
        start: minutes after midnight.
        end: minutes after midnight, up to 1440.
        zone: the time zone.
    """

    days: frozenset[int]
    start: int
    end: int
    zone: ZoneInfo

    def contains(self, now_ms: int) -> bool:
        """Say whether *now_ms* lies in it."""
        now = datetime.fromtimestamp(now_ms / 1000, self.zone)
        minute = now.hour * 60 + now.minute
        if self.start < self.end:
            return now.weekday() in self.days and self.start <= minute < self.end
        if minute >= self.start:
            return now.weekday() in self.days
        return minute < self.end and (now - timedelta(days=1)).weekday() in self.days


@lru_cache(maxsize=1024)
def parse_hours(text: str) -> Hours:
    """Read a window.

    Raises:
        ConfigError: it has another form, or names a time zone that is not known.
    """
    found = _FORM.fullmatch(text)
    malformed = ConfigError("these hours are malformed", hint="write: mon-fri 08:00-18:00 Europe/Berlin")
    if found is None:
        raise malformed
    first, last, zone = found[1] or "mon", found[2] or found[1] or "sun", found[7] or "UTC"
    start, end = int(found[3]) * 60 + int(found[4]), int(found[5]) * 60 + int(found[6])
    if end > 1440 or start == end:
        raise malformed
    begin, length = DAYS.index(first), (DAYS.index(last) - DAYS.index(first)) % 7 + 1
    try:
        known = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ConfigError(
            "these hours name a time zone that this machine does not know",
            hint="use UTC, or a name such as Europe/Berlin (the tzdata package has them all)",
        ) from None
    return Hours(frozenset((begin + step) % 7 for step in range(length)), start, end, known)
