"""Knows what a PDF itself calls a heading: its bookmarks, and the headings of its structure tree where it is tagged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any

from clausecheck.readers.pdf_lines import Line

_MOST_BOOKMARKS = 3_000
_MOST_NODES = 3_000  # of a page's structure tree
_DEEPEST = 40
_LONGEST = 200  # characters: a longer one is a paragraph that bears the mark by mistake
_MOST_LINES = 4
_HEADING = re.compile(r"H([1-6])?|Title")


def mark_bookmarks(pdf: Any, pages: Sequence[Sequence[Line]]) -> None:
    """Give the lines that bookmarks point at, by their words, the bookmark's level."""
    import pypdfium2

    taken: dict[int, int] = {}  # lines of each page that are behind the last bookmark found
    try:
        for entry in islice(pdf.get_toc(max_depth=6), _MOST_BOOKMARKS):
            target = entry.get_dest()
            page = target.get_index() if target is not None else None
            words = _packed(entry.get_title())
            if page is None or not 0 <= page < len(pages) or not 0 < len(words) <= _LONGEST:
                continue
            lines = pages[page]
            for first in range(taken.get(page, 0), len(lines)):
                if count := _spelled(words, lines, first):
                    for line in lines[first : first + count]:
                        line.level = entry.level
                    taken[page] = first + count
                    break
    except pypdfium2.PdfiumError:
        return  # a damaged outline; the text does not depend on it


def _spelled(words: str, lines: Sequence[Line], first: int) -> int:
    """How many lines from the first on spell the words; 0 if they do not."""
    for count in range(1, _MOST_LINES + 1):
        if first + count > len(lines):
            return 0
        part = _packed(lines[first + count - 1].text)
        if not part or not words.startswith(part):
            return 0
        words = words[len(part) :]
        if not words:
            return count
    return 0


def _packed(text: str) -> str:
    return "".join(text.split()).casefold()


def tagged_headings(page: Any) -> dict[int, int]:
    """Marked-content ids of the page that belong to headings, with the level (0 = outermost)."""
    import pypdfium2.raw as pdfium

    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return {}
    found: dict[int, int] = {}
    left = _MOST_NODES
    try:
        roots = range(min(pdfium.FPDF_StructTree_CountChildren(tree), left))
        stack: list[tuple[Any, int | None, int]] = [(pdfium.FPDF_StructTree_GetChildAtIndex(tree, at), None, 0) for at in roots]
        while stack and left > 0:
            node, level, depth = stack.pop()
            left -= 1
            if not node or depth > _DEEPEST:
                continue
            if level is None and (kind := _HEADING.fullmatch(_type_of(node, pdfium))):
                level = int(kind[1] or 1) - 1
            if level is not None:
                for at in range(min(max(pdfium.FPDF_StructElement_GetMarkedContentIdCount(node), 0), 200)):
                    mark = pdfium.FPDF_StructElement_GetMarkedContentIdAtIndex(node, at)
                    if mark >= 0:
                        found[mark] = level
            for at in range(min(max(pdfium.FPDF_StructElement_CountChildren(node), 0), left)):
                stack.append((pdfium.FPDF_StructElement_GetChildAtIndex(node, at), level, depth + 1))
    finally:
        pdfium.FPDF_StructTree_Close(tree)
    return found


def _type_of(node: Any, pdfium: Any) -> str:
    import ctypes

    buffer = ctypes.create_string_buffer(64)
    length = pdfium.FPDF_StructElement_GetType(node, buffer, len(buffer))
    return buffer.raw[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
