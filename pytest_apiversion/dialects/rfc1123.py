"""`Wed, 1 Jul 2026 00:00:00 GMT`: an HTTP-date whose day may have one digit, as Java's `RFC_1123_DATE_TIME` writes it.

A sender of HTTP has to write two digits; what a framework writes is not always a service's to say.
"""

from __future__ import annotations

import re

from pytest_apiversion.core.policy.dialect import Dialect, Reading
from pytest_apiversion.dialects import imf_fixdate

_ONE_DIGIT = re.compile(r"([A-Z][a-z]{2}, )([1-9] .*)", re.DOTALL)


def read(text: str) -> Reading:
    """The instant, as IMF-fixdate is read, with one digit or two for the day."""
    match = _ONE_DIGIT.fullmatch(text)
    return imf_fixdate.read(f"{match[1]}0{match[2]}" if match else text)


DIALECT = Dialect(name="rfc1123", source="RFC 1123 §5.2.14, RFC 822 §5.1", write=imf_fixdate.write, read=read)
