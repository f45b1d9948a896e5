"""What the site adds to the pages: their list, in the order of the first page, and names for files that are not part of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

_SECTIONS = {"tutorials": "Tutorial", "guides": "Guides", "reference": "Reference", "explanation": "Explanation"}
_PAGE = re.compile(r"\]\(([a-z]+/[\w-]+\.md)")
_OUTSIDE = re.compile(r"\[([^\]]*)\]\((?:\.\./)+([A-Za-z][\w./-]*)\)")


def on_config(config: Any) -> Any:
    """The list of pages: a section for each folder, its pages in the order in which the first page leads to them."""
    folder = Path(config.docs_dir)
    told = _PAGE.findall((folder / "index.md").read_text("utf-8"))
    config.nav = ["index.md"]
    for name, title in _SECTIONS.items():
        pages = sorted(file.relative_to(folder).as_posix() for file in (folder / name).glob("*.md"))
        pages.sort(key=lambda page: told.index(page) if page in told else len(told))
        config.nav.append({title: pages})
    return config


def on_page_markdown(markdown: str, *, page: Any, **_: Any) -> str:
    """The Markdown of a page; a link out of the documentation becomes the name of the repository's file."""
    depth = page.file.src_uri.count("/")

    def told(found: re.Match[str]) -> str:
        return f"{found[1]} (`{found[2]}`)" if found[0].count("../") > depth else found[0]

    return _OUTSIDE.sub(told, markdown)
