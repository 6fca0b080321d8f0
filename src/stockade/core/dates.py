"""A date moved by some days, written the way it was written.

English month names and the usual orders of numbers are understood. Two-digit years, times and other languages
are not: a date that cannot be moved for certain is not moved at all.
"""

from __future__ import annotations

import datetime
import re

_NAMES = ("January February March April May June July August September October November December").split()
_NUMBERS = {name[:3].lower(): number for number, name in enumerate(_NAMES, 1)}
_NAME = rf"(?P<m>{'|'.join(_NAMES)}|{'|'.join(name[:3] for name in _NAMES)})\.?"
_SLASHED = re.compile(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})")
_FORMS = (
    re.compile(r"(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})"),
    _SLASHED,
    re.compile(r"(?P<d>\d{1,2})([-.])(?P<m>\d{1,2})\2(?P<y>\d{4})"),
    re.compile(rf"(?P<d>\d{{1,2}})[ -]{_NAME},?[ -](?P<y>\d{{4}})", re.IGNORECASE),
    re.compile(rf"{_NAME} (?P<d>\d{{1,2}}),? (?P<y>\d{{4}})", re.IGNORECASE),
)


def move(value: str, days: int) -> str:
    """Return the date in *value* moved by *days*, in the same form; empty if it is no date."""
    match = next((match for form in _FORMS if (match := form.fullmatch(value))), None)
    if match is None:
        return ""
    spans = {name: match.span(name) for name in ("y", "m", "d")}
    if match.re is _SLASHED and int(match["m"]) > 12:
        # Month first is how a slash is read, unless that is no month.
        spans["m"], spans["d"] = spans["d"], spans["m"]
    year, month, day = (value[slice(*spans[name])] for name in ("y", "m", "d"))
    try:
        number = int(month) if month.isdigit() else _NUMBERS[month[:3].lower()]
        moved = datetime.date(int(year), number, int(day)) + datetime.timedelta(days)
    except (ValueError, OverflowError):
        return ""
    written = {
        "y": f"{moved.year:04d}",
        "m": _number(moved.month, month) if month.isdigit() else _name(moved.month, month),
        # Beside a name, two digits show a leading zero only where there is one.
        "d": _number(moved.day, day if month.isdigit() or day[0] == "0" else ""),
    }
    for name in sorted(spans, key=spans.__getitem__, reverse=True):
        start, end = spans[name]
        value = value[:start] + written[name] + value[end:]
    return value


def _number(number: int, like: str) -> str:
    return f"{number:02d}" if len(like) == 2 else str(number)


def _name(month: int, like: str) -> str:
    name = _NAMES[month - 1] if len(like) > 3 or like.lower() == "may" else _NAMES[month - 1][:3]
    return name.upper() if like.isupper() else name
