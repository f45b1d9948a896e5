"""ECMA-262 patterns as Python reads them."""

from __future__ import annotations

import re
from functools import lru_cache

_CLASSES = {"d": "0-9", "w": "A-Za-z0-9_"}
_NAMED = re.compile(r"\(\?<(?=[A-Za-z_$])")
_BACK = re.compile(r"\\k<([A-Za-z_$][\w$]*)>")


@lru_cache(maxsize=4096)
def python_pattern(pattern: str) -> re.Pattern[str] | None:  # noqa: C901, PLR0912  one branch a construct
    r"""An ECMA-262 pattern, compiled for Python; None where Python has no such pattern.

    What means something else in Python is put into words both agree on: `\d`, `\w` and `\b` are ASCII, `$` is the very end.
    """
    out: list[str] = []
    inside = False
    position = 0
    while position < len(pattern):
        char = pattern[position]
        if char == "\\" and position + 1 < len(pattern):
            following = pattern[position + 1]
            position += 2
            if following in _CLASSES:
                out.append(_CLASSES[following] if inside else f"[{_CLASSES[following]}]")
            elif following in "DW" and not inside:
                out.append(f"[^{_CLASSES[following.lower()]}]")
            elif following == "/":
                out.append("/")
            elif following == "c" and position < len(pattern) and pattern[position].isalpha():
                out.append(re.escape(chr(ord(pattern[position]) % 32)))
                position += 1
            elif following == "b" and not inside:
                out.append(r"(?a:\b)")
            elif following == "B" and not inside:
                out.append(r"(?a:\B)")
            elif following in "AZzGaUN":
                return None
            elif following == "u" and pattern[position : position + 1] == "{":
                digits, closed, _ = pattern[position + 1 :].partition("}")
                if not closed or not re.fullmatch("[0-9A-Fa-f]{1,6}", digits) or int(digits, 16) > 0x10FFFF:  # noqa: PLR2004
                    return None
                out.append(re.escape(chr(int(digits, 16))))
                position += len(digits) + 2
            else:
                out.append("\\" + following)
            continue
        if char == "[" and not inside:
            inside = True
            if pattern.startswith(("[]", "[^]"), position):  # ECMA's empty class and its opposite
                empty = pattern.startswith("[]", position)
                out.append(r"(?!)" if empty else r"[\s\S]")
                position += 2 if empty else 3
                inside = False
                continue
        elif char == "[" and inside:
            char = r"\["
        elif char == "]":
            inside = False
        elif char == "$" and not inside:
            char = r"\Z"
        out.append(char)
        position += 1
    text = _BACK.sub(r"(?P=\1)", _NAMED.sub("(?P<", "".join(out)))
    try:
        return re.compile(text)
    except (re.error, OverflowError, RecursionError):
        return None
