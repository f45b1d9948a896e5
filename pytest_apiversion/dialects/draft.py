"""An HTTP-date or `true`: `Deprecation` as it was before RFC 9745, in the drafts 00 to 02."""

from __future__ import annotations

from pytest_apiversion.core.policy.dialect import Dialect, Problem, Reading
from pytest_apiversion.dialects.imf_fixdate import read as read_date
from pytest_apiversion.dialects.imf_fixdate import write
from pytest_apiversion.dialects.literal_true import read as read_true


def read(text: str) -> Reading:
    """The instant of a date; `true` says none and is right as well."""
    reading = read_date(text)
    if reading.value is not None or not read_true(text).problems:
        return reading if reading.value is not None else Reading()
    if reading.problems[0].rule != "syntax":
        return reading
    message = f"{text[:60]!r} is neither 'true' nor an IMF-fixdate such as 'Wed, 01 Jul 2026 00:00:00 GMT'"
    return Reading(problems=(Problem(rule="syntax", message=message),))


DIALECT = Dialect(name="draft", source="draft-ietf-httpapi-deprecation-header-02 §2.1", write=write, read=read)
