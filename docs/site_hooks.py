"""What the site changes of a page: a link out of the documentation, to a file of the repository, becomes the file's name."""

from __future__ import annotations

import re
from typing import Any

_OUTSIDE = re.compile(r"\[([^\]]*)\]\((?:\.\./)+([A-Za-z][\w./-]*)\)")


def on_page_markdown(markdown: str, *, page: Any, **_: Any) -> str:
    """The Markdown of a page as the site shows it."""
    depth = page.file.src_uri.count("/")

    def told(found: re.Match[str]) -> str:
        above = found[0].count("../")
        return f"{found[1]} (`{found[2]}`)" if above > depth else found[0]

    return _OUTSIDE.sub(told, markdown)
