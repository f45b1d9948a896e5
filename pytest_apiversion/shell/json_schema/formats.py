"""The `format`s that are held, and ECMA-262 patterns as Python reads them."""

from __future__ import annotations

import datetime as dt
import ipaddress
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DATE_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?"
    r"(?:[Zz]|([-+])([0-9]{2}):([0-9]{2}))"
)
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_EMAIL = re.compile(
    r"(?:[^\s@\"(),:;<>\[\]\\]+|\"(?:[^\"\\]|\\.)*\")@(?:[^\s@\"(),:;<>\[\]\\.]+(?:\.[^\s@\"(),:;<>\[\]\\.]+)*|\[[^\]\s]+\])"
)
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*")
_LEAP = 60


def is_date(text: str) -> bool:
    """RFC 3339 `full-date`, a day of the calendar."""
    found = _DATE.fullmatch(text)
    if not found:
        return False
    try:
        dt.date(*map(int, found.groups()))
    except ValueError:
        return text.startswith("0000-") and is_date("0004" + text[4:])  # RFC 3339 has a year 0, a leap year
    return True


def is_date_time(text: str) -> bool:
    """RFC 3339 `date-time`; a leap second only where one can be, at the last minute of a UTC day."""
    found = _DATE_TIME.fullmatch(text)
    if not found or not is_date(found[1]):
        return False
    hour, minute, second = int(found[2]), int(found[3]), int(found[4])
    off_hour, off_minute = int(found[6] or 0), int(found[7] or 0)
    if hour > 23 or minute > 59 or second > _LEAP or off_hour > 23 or off_minute > 59:  # noqa: PLR2004  a clock
        return False
    if second < _LEAP:
        return True
    offset = (off_hour * 60 + off_minute) * (-1 if found[5] == "-" else 1)
    return (hour * 60 + minute - offset) % 1440 == 1439  # noqa: PLR2004  23:59


def is_uuid(text: str) -> bool:
    """RFC 9562 §4 text, of any version."""
    return bool(_UUID.fullmatch(text))


def is_email(text: str) -> bool:
    """RFC 5321 `Mailbox`, read leniently (international letters pass)."""
    return bool(_EMAIL.fullmatch(text))


def is_uri(text: str) -> bool:
    """RFC 3986 `URI`: with a scheme, and of its characters only."""
    return bool(_URI.fullmatch(text))


def is_ipv4(text: str) -> bool:
    """Four decimal numbers, dotted."""
    try:
        ipaddress.IPv4Address(text)
    except ValueError:
        return False
    return text.isascii()


def is_ipv6(text: str) -> bool:
    """RFC 4291 §2.2 text, without a zone."""
    try:
        ipaddress.IPv6Address(text)
    except ValueError:
        return False
    return text.isascii() and "%" not in text


FORMATS: dict[str, Callable[[str], bool]] = {
    "date-time": is_date_time,
    "date": is_date,
    "uuid": is_uuid,
    "email": is_email,
    "uri": is_uri,
    "ipv4": is_ipv4,
    "ipv6": is_ipv6,
}
"""Formats of texts by name."""

RANGES = {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1)}
"""Formats of integers by name: the least and the greatest."""

OTHER_NAMES = {"guid": "uuid"}
"""What some generators call a format (NSwag) -> its name in JSON Schema; read of requests only, which would be texts of any kind."""
