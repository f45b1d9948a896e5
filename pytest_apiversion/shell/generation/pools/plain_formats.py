"""Texts of the formats that many contracts use, made by a seed alone."""

from __future__ import annotations

import base64
import datetime as dt
import ipaddress
import string
import uuid
from collections.abc import Callable, Mapping
from random import Random

_FIRST, _LAST = dt.date(1, 1, 1).toordinal(), dt.date(9999, 12, 31).toordinal()
_NEAR = dt.date(1970, 1, 1).toordinal(), dt.date(2100, 12, 31).toordinal()
_DAYS = ("2000-02-29", "1999-12-31", "1970-01-01", "2038-01-19", "2100-02-28", "0001-01-01", "9999-12-31")
"""Days that programs are known to trip over."""
_ODD_DAYS = 1 / 8
_TOP = ("com", "org", "net", "io", "dev", "info", "test", "example")
_NAME = string.ascii_lowercase + string.digits
_LOCAL = f"{_NAME}!#$%&'*+-/=?^_`{{|}}~"
"""What RFC 5322 §3.2.3 has in the part before the `@`."""
_PATH = f"{_NAME}-._~"
_MOST_BYTES = 24
_SEPARATORS = (("", ""), ("/", ""), ("/", "?"), ("/", "#"))


def _date(choose: Random) -> str:
    if choose.random() < _ODD_DAYS:
        return choose.choice(_DAYS)
    return dt.date.fromordinal(choose.randint(*choose.choice(((_FIRST, _LAST), _NEAR)))).isoformat()


def _time(choose: Random) -> str:
    hour, minute, second = choose.randrange(24), choose.randrange(60), choose.randrange(60)
    digits = choose.choice((0, 0, 1, 2, 3, 6))
    part = f".{choose.randrange(10**digits):0{digits}d}" if digits else ""
    off = choose.choice("+-") + f"{choose.randrange(24):02d}:{choose.choice((0, 30, 45, choose.randrange(60))):02d}"
    return f"{hour:02d}:{minute:02d}:{second:02d}{part}{choose.choice(('Z', 'Z', off))}"


def _date_time(choose: Random) -> str:
    return f"{_date(choose)}T{_time(choose)}"


def _uuid(choose: Random) -> str:
    return str(uuid.UUID(int=choose.getrandbits(128), version=choose.choice((1, 4, 4))))


def _word(choose: Random, letters: str, most: int) -> str:
    return "".join(choose.choices(letters, k=choose.randint(1, most)))


def _hostname(choose: Random) -> str:
    return ".".join([*(_word(choose, _NAME, 8) for _ in range(choose.randint(1, 2))), choose.choice(_TOP)])


def _email(choose: Random) -> str:
    return f"{_word(choose, _LOCAL, 10)}@{_hostname(choose)}"


def _uri(choose: Random) -> str:
    made = f"https://{_hostname(choose)}"
    slash, more = choose.choice(_SEPARATORS)
    made += f"{slash}{_word(choose, _PATH, 8)}" if slash else ""
    return f"{made}{more}{_word(choose, _NAME, 6)}" if more else made


def _ipv4(choose: Random) -> str:
    return str(ipaddress.IPv4Address(choose.getrandbits(choose.choice((8, 16, 32, 32, 32)))))


def _ipv6(choose: Random) -> str:
    return str(ipaddress.IPv6Address(choose.getrandbits(choose.choice((16, 32, 64, 128, 128)))))


def _byte(choose: Random) -> str:
    return base64.b64encode(choose.randbytes(choose.randint(1, _MOST_BYTES))).decode()


MADE: Mapping[str, tuple[str, Callable[[Random], str]]] = {
    "date": ("2000-01-01", _date),
    "date-time": ("2000-01-01T00:00:00Z", _date_time),
    "uuid": ("00000000-0000-4000-8000-000000000000", _uuid),
    "hostname": ("0.com", _hostname),
    "email": ("0@0.com", _email),
    "uri": ("https://0.com", _uri),
    "ipv4": ("0.0.0.0", _ipv4),  # noqa: S104  nobody listens there
    "ipv6": ("::", _ipv6),
    "byte": ("", _byte),
}
"""Format -> its simplest text, and what makes one."""


def formatted(choose: Random, name: str, count: int) -> list[str]:
    """Texts of a format in `MADE`, each once, the simplest first."""
    simplest, make = MADE[name]
    return list(dict.fromkeys([simplest, *(make(choose) for _ in range(count - 1))]))
