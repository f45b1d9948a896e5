"""A shop as an OpenStack service with microversions: `OpenStack-API-Version: compute 2.10`, echoed and varied on always."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import ClassVar

from werkzeug.wrappers import Request, Response

from tests.apps import kit
from tests.presets.kit import Life, Shop, Shown

_HEADER = "OpenStack-API-Version"


class OpenStack(Shop):
    """The shop; its minimum was raised from 2.1 to 2.10, and 2.20 is its maximum."""

    lives: ClassVar[Mapping[str, Life]] = {
        "2.1": Life(sunset=dt.date(2026, 6, 1)),
        "2.10": Life(),
        "2.20": Life(),
    }

    def select(self, request: Request) -> tuple[str, str]:
        """The version of the header: any from the minimum to the maximum is one."""
        service, _, text = request.headers.get(_HEADER, "").partition(" ")
        lowest, highest = (_numbers(name) for name in (self.living[0], self.living[-1]))
        if service != "compute" and self.bug("default-refused"):
            raise kit.ApiError(406, "range", "a microversion is required")
        if text == "latest" and self.bug("latest-refused"):
            raise kit.ApiError(400, "", "no microversion")
        if service != "compute":
            asked = highest if self.bug("default-latest") else lowest
        elif text == "latest":
            asked = lowest if self.bug("latest-is-minimum") else highest
        elif not re.fullmatch(r"([1-9][0-9]*)\.([1-9][0-9]*|0)", text):
            raise kit.ApiError(406 if self.bug("malformed-406") else 400, "", "no microversion")
        else:
            asked = _numbers(text)
        if not lowest <= asked <= highest:
            gone = _text(asked) in self.lives
            if (gone and self.bug("below-minimum-served")) or (not gone and self.bug("above-maximum-served")):
                asked = lowest
            else:
                raise kit.ApiError(406, "range", "this microversion is not supported")
        if self.bug("no-versions-between") and _text(asked) not in self.lives:
            raise kit.ApiError(406, "range", "this microversion is not supported")
        name = [each for each in self.living if _numbers(each) <= asked][-1]
        request.environ["shop.asked"] = name if self.bug("echo-rounds") else _text(asked)
        return name, request.path

    def mark(self, request: Request, response: Response, version: str) -> None:
        """Two headers, always."""
        if not (self.bug("no-echo-on-errors") and response.status_code >= 400):
            response.headers[_HEADER] = f"compute {request.environ['shop.asked']}"
        if not self.bug("no-vary"):
            response.headers["Vary"] = _HEADER

    def render_error(self, request: Request, error: kit.ApiError) -> Response:
        """A list of errors; one about the range names its ends."""
        lowest = next(iter(self.lives)) if self.bug("old-minimum") else self.living[0]
        ends = {"min_version": lowest, "max_version": self.living[-1]}
        if error.code != "range" or self.bug("no-ends"):
            ends = {}
        return kit.reply({"errors": [{"status": error.status, "title": error.message, **ends}]}, error.status)


def _numbers(text: str) -> tuple[int, int]:
    major, _, minor = text.partition(".")
    return int(major), int(minor)


def _text(numbers: tuple[int, int]) -> str:
    return f"{numbers[0]}.{numbers[1]}"


SHOWN = Shown(
    preset="openstack",
    server=OpenStack,
    bugs={
        "above-maximum-served": "AV203",
        "malformed-406": "AV204",
        "default-latest": "AV207",
        "default-refused": "AV207",
        "old-minimum": "AV218",
        "no-echo-on-errors": "AV210",
        "latest-is-minimum": "AV221",
        "latest-refused": "AV221",
        "echo-rounds": "AV223",
        "no-versions-between": "AV223",
        "no-ends": "AV401",
        "below-minimum-served": "AV601",
        "no-vary": "AV701",
    },
)
