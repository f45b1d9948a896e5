"""Texts of every kind of letter, made by a seed alone: to draw one costs a hundred times as much."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

_RANGES: tuple[tuple[tuple[int, int], ...], ...] = (
    ((0x20, 0x7E),),
    ((0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A)),
    ((0x20, 0xFF),),
    ((0x01, 0xFF), (0x100, 0x24F), (0x300, 0x36F), (0x370, 0x5FF)),
    ((0x01, 0xD7FF), (0xE000, 0xFFFF)),
    ((0x10000, 0x10FFFF), (0x1F300, 0x1FAFF)),
    ((0x01, 0x7F), (0x80, 0xFF), (0x100, 0xD7FF), (0xE000, 0xFFFF), (0x10000, 0x10FFFF)),
)
"""Letters of one text: some of these ranges, each as likely as the others; never NUL, and no half of a pair."""
_ODD = (
    *(" ", "  a", "a ", "\t", "a\nb", "\r\n", "\x7f", "\x85", "\xa0", "\u2028", "\ufeff", "\u200b", "\ufffd", "\uffff"),
    *(
        "'",
        '"',
        "\\",
        "`",
        "%",
        "%20",
        "%2F",
        "+",
        "&",
        "=",
        "a=b&c",
        ";",
        "#",
        "?",
        "/",
        "//",
        "..",
        "*",
        "~",
        "|",
        "^",
    ),
    *("<", ">", "<b>", "{", "}", "{}", "[", "]", "$", "${a}", "@", ":", ",", ".", "-", "_", "(", ")", "!"),
    *("0", "1", "-1", "007", "1.0", "1e9", "0x10", "NaN", "inf", "true", "false", "null", "None", "undefined", "[]"),
    *(
        "A",
        "a",
        "z",
        "I",
        "i",
        "\u0130",
        "\u0131",
        "ß",
        "ﬁ",
        "Å",
        "é",
        "e\u0301",
        "\u03a9",
        "Ж",
        "中",
        "한",
        "ア",
        "\u05e2",
        "ש",
        "ﷺ",
    ),
    *("😀", "👩\u200d👩\u200d👧", "🇩🇪", "\U0001d49c", "\U0010ffff", "\u202eabc", "a\u0300\u0301\u0302"),
)
"""Texts that programs are known to trip over."""
_ODD_ONES = 3
"""One text in so many is one of those."""
_LENGTHS = (1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 10, 13, 18, 25, 40)


def letters(choose: Random, count: int) -> str:
    """A text of so many letters, of one kind or of all."""
    ranges = choose.choice(_RANGES)
    return "".join(chr(choose.randint(*choose.choice(ranges))) for _ in range(count))


def texts(choose: Random, count: int) -> list[str]:
    """Texts, each once, the empty one first."""
    odd: Sequence[str] = choose.sample(_ODD, min(count // _ODD_ONES, len(_ODD)))
    made = (letters(choose, choose.choice(_LENGTHS)) for _ in range(2 * count))
    others = list(dict.fromkeys([*odd, *made]))[: count - 1]
    choose.shuffle(others)
    return ["", *others]
