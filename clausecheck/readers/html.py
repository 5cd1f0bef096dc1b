"""Knows what a browser shows of an HTML page: visible text, drawn list numbers, headings and table cells.

Nothing is fetched and no entity of the document's own is expanded. Style sheets are not run: only what an element
itself says (``hidden``, ``style="display:none"``) hides it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from clausecheck.errors import DamagedFileError, LimitError, NoTextError
from clausecheck.messages import warning
from clausecheck.model import Block, BlockKind, Document
from clausecheck.readers.decoding import decode
from clausecheck.readers.text import MAX_LINES, lost_warning, too_many_lines

_CHARSET = re.compile(rb"(?:<meta[^>]{0,200}?charset\s*=\s*[\"']?|<\?xml[^>]{0,100}?encoding\s*=\s*[\"'])([A-Za-z0-9_.:-]{2,40})", re.I)
_SHIFT_JIS = frozenset({"shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "ms_kanji"})
_LATIN = frozenset({"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"})  # browsers read these as Windows-1252

# What an EDGAR submission puts around its HTML; left in, each such tag would hold all that follows it.
_EDGAR = re.compile(
    r"^[ \t]*<(?:TYPE|SEQUENCE|FILENAME|DESCRIPTION)>.*$|</?(?:TEXT|DOCUMENT|SEC-[A-Z]{1,20}|IMS-[A-Z]{1,20})>"
    r"|<(?:PAGE|C|FN)>|<S>(?=\s{0,99}<C>)",
    re.M,
)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")

# fmt: off
_UNSEEN = frozenset((
    "head", "script", "style", "template", "noscript", "title", "meta", "link", "object", "embed", "applet", "iframe", "svg",
    "math", "canvas", "audio", "video", "map", "area", "select", "datalist", "option", "button", "textarea", "rt", "rp",
    "rtc",
))
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr",
    "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "p", "pre", "section", "summary", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "ul", "caption",
))
# fmt: on
_STRUCK = frozenset({"del", "s", "strike"})
_HEADINGS = {f"h{level}": level - 1 for level in range(1, 7)}
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.I)
_LINE_THROUGH = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.I)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b(none|decimal|(?:lower|upper)-(?:alpha|latin|roman))\b", re.I)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BLANK = " \t\r\n\f\xa0\u3000"
_ROW_NUMBER = re.compile(
    r"[(\[\uff08]?[0-9\uff10-\uff19A-Za-z]{1,5}(?:[.\uff0e][0-9\uff10-\uff19]{1,3}){0,4}[.)\]\uff09\uff0e]{0,2}"
    r"|[-\u2022\u00b7\u25cf\u25cb\u25a0\u2013\u30fb]"
)

MAX_CHARACTERS = 20_000_000  # of the source; a tree takes some twenty times its room


@dataclass(slots=True)
class _List:
    """An ol or ul that is open."""

    kind: str  # decimal, lower-alpha, ... or "bullet" or "none"
    next: int = 1
    step: int = 1


@dataclass(slots=True)
class _Row:
    """A table row that is open: the pieces of its cells, to be put out when it closes."""

    cells: list[list[str]] = field(default_factory=list)


class HtmlReader:
    """Reads HTML files."""

    formats = ("html",)

    def read(self, data: bytes, name: str, *, revisions: str = "final") -> Document:
        """The visible text, one line per block: headings, paragraphs, list items with their numbers as labels, table cells."""
        del revisions
        decoded = decode(data, name, _declared(data))
        page = _Page(name)
        tree = _tree(decoded.text, name)
        if tree is not None:
            page.walk(tree)
        if not page.blocks:
            raise NoTextError(f"{name or 'text'}: holds no visible text")
        warnings = lost_warning(decoded.lost, decoded.encoding)
        if page.struck:
            warnings += (warning("struck_out_text", count=page.struck),)
        return Document(
            name=name,
            format="html",
            sha256=hashlib.sha256(data).hexdigest(),
            text="\n".join(page.parts),
            blocks=tuple(page.blocks),
            warnings=warnings,
        )


def _declared(data: bytes) -> str:
    found = _CHARSET.search(data[:4096])
    if not found:
        return ""
    encoding = found[1].decode("ascii").lower()
    return "cp932" if encoding in _SHIFT_JIS else "cp1252" if encoding in _LATIN else encoding


def _tree(source: str, name: str) -> Any:
    from lxml import etree
    from lxml import html as lxml_html

    if len(source) > MAX_CHARACTERS:
        raise LimitError(f"{name or 'text'}: more than {MAX_CHARACTERS // 1_000_000} million characters of HTML; save the page as text")
    source = _EDGAR.sub("", _XML_DECLARATION.sub("", source)).replace("\0", "")
    if not source.strip():
        return None
    # huge_tree, since old filings leave tags open by the hundred; what is too much even so must not be cut off in silence.
    parser = lxml_html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8")
    try:
        tree = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        raise DamagedFileError(f"{name or 'text'}: the HTML is damaged; save the page again, or as text") from None
    if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log):
        raise LimitError(f"{name or 'text'}: elements nested too deep or too long; save the page as text")
    return tree


class _Page:
    """The text and blocks of a page, gathered while its elements open and close in order."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.parts: list[str] = []
        self.blocks: list[Block] = []
        self.struck = 0
        self._at = 0
        self._pieces: list[str] = []  # of the block that is open
        self._label = ""
        self._lists: list[_List] = []
        self._rows: list[_Row] = []
        self._headings: list[int] = []
        self._preformatted = 0
        self._furniture = 0  # inside nav or footer

    def walk(self, root: Any) -> None:
        from lxml import etree

        skip: Any = None  # the unseen element we are in
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if not isinstance(element.tag, str):
                continue
            tag = element.tag.lower()
            if skip is not None:
                if event == "end" and element is skip:
                    skip = None
                    self._text(element.tail)
                continue
            if event == "start":
                if self._is_unseen(element, tag):
                    skip = element
                    continue
                self._open(element, tag)
                self._text(element.text)
            else:
                self._close(tag)
                if element is not root:
                    self._text(element.tail)
        self._flush()

    def _is_unseen(self, element: Any, tag: str) -> bool:
        style = element.get("style") or ""
        if tag in _UNSEEN or element.get("hidden") is not None or (style and _HIDDEN.search(style)):
            return True
        if tag in _STRUCK or (style and _LINE_THROUGH.search(style)):
            if any(text.strip() for text in element.itertext()):
                self.struck += 1
            return True
        return False

    def _open(self, element: Any, tag: str) -> None:
        if tag == "br":
            self._break()
            return
        if tag not in _BLOCKS:
            return
        self._flush()
        if tag in _HEADINGS:
            self._headings.append(_HEADINGS[tag])
        elif tag in ("ol", "ul", "menu", "dir"):
            self._lists.append(_open_list(element, tag))
        elif tag == "li":
            self._label = self._item_label(element)
        elif tag == "tr":
            self._rows.append(_Row())
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].cells.append([])
        elif tag == "pre":
            self._preformatted += 1
        elif tag in ("nav", "footer"):
            self._furniture += 1

    def _close(self, tag: str) -> None:
        if tag not in _BLOCKS:
            return
        self._flush()
        if tag in _HEADINGS and self._headings:
            self._headings.pop()
        elif tag in ("ol", "ul", "menu", "dir") and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._label = ""
        elif tag == "tr" and self._rows:
            self._end_row(self._rows.pop())
        elif tag == "pre":
            self._preformatted -= 1
        elif tag in ("nav", "footer"):
            self._furniture -= 1

    def _item_label(self, element: Any) -> str:
        current = self._lists[-1] if self._lists else _List("bullet")
        style = _LIST_STYLE.search(element.get("style") or "")
        kind = style[1].lower() if style else current.kind
        if kind == "none":
            return ""
        if kind == "bullet":
            return "-"
        value = _integer(element.get("value"))
        number = current.next if value is None else value
        current.next = number + current.step
        return f"{_drawn(number, kind)}."

    def _text(self, text: str | None) -> None:
        if text:
            self._pieces.append(text)

    def _break(self) -> None:
        self._pieces.append("\n" if self._preformatted else "\x00")

    def _flush(self) -> None:
        """End the open block, and put out its lines."""
        if not self._pieces:
            return
        source = "".join(self._pieces)
        self._pieces.clear()
        lines = list(_rendered(source, preformatted=self._preformatted > 0))
        if not lines:
            return
        if self._rows and self._rows[-1].cells:
            if self._label:
                lines[0] = f"{self._label} {lines[0]}"
                self._label = ""
            self._rows[-1].cells[-1].extend(lines)
            return
        if self._furniture:
            kind = BlockKind.HEADER
        elif self._headings:
            kind = BlockKind.HEADING
        else:
            kind = BlockKind.LINE if len(lines) > 1 or self._preformatted else BlockKind.PARAGRAPH
        for line in lines:
            self._put(line, kind)

    def _end_row(self, row: _Row) -> None:
        filled = [cell for cell in row.cells if cell]
        if self._rows and self._rows[-1].cells:  # a table inside a cell: its lines belong to that cell
            for cell in filled:
                self._rows[-1].cells[-1].extend(cell)
            return
        if len(filled) == 2 and len(filled[0]) == 1 and _is_row_number(filled[0][0], filled[1][0]):
            # The layout many converters give a clause: its number in one cell, its text in the next.
            filled = [[f"{filled[0][0]} {filled[1][0]}", *filled[1][1:]]]
        kind = BlockKind.PARAGRAPH if len(filled) == 1 else BlockKind.TABLE_CELL
        for cell in filled:
            for line in cell:
                self._put(line, BlockKind.HEADER if self._furniture else kind)

    def _put(self, line: str, kind: BlockKind) -> None:
        label, level = "", None
        if kind is BlockKind.HEADING:
            level = self._headings[-1]
        elif self._lists:
            level = len(self._lists) - 1
        if self._label:
            label, self._label = self._label, ""
            line = f"{label} {line}"
        if len(self.blocks) >= MAX_LINES:
            raise too_many_lines(self._name)
        lead = len(line) - len(line.lstrip(_BLANK))
        self.blocks.append(Block(self._at + lead, self._at + len(line), kind, label=label, level=level))
        self.parts.append(line)
        self._at += len(line) + 1


def _rendered(source: str, *, preformatted: bool) -> Iterator[str]:
    """The lines a browser draws, without the blank ones."""
    if preformatted:
        for line in source.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
            if line.strip(_BLANK):
                yield line.rstrip(_BLANK)
        return
    for line in source.split("\x00"):
        shown = _SPACE.sub(_space, line).strip(_BLANK)
        if shown:
            yield shown


def _space(found: re.Match[str]) -> str:
    """One space; none for a line end between two characters of a script that writes without spaces."""
    whole, start, end = found.string, found.start(), found.end()
    if "\n" in found[0] and start > 0 and end < len(whole) and _is_wide(whole[start - 1]) and _is_wide(whole[end]):
        return ""
    return " "


def _is_wide(character: str) -> bool:
    return character >= "\u2e80" and unicodedata.east_asian_width(character) in "WF"


def _is_row_number(first: str, second: str) -> bool:
    if not _ROW_NUMBER.fullmatch(first):
        return False
    return not first.isalnum() or len(second) > 40


def _open_list(element: Any, tag: str) -> _List:
    style = _LIST_STYLE.search(element.get("style") or "")
    kind = style[1].lower() if style else ""
    if tag != "ol":
        return _List(kind or "bullet")
    kinds = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
    kind = kind or kinds.get(element.get("type") or "", "decimal")
    start = _integer(element.get("start"))
    if element.get("reversed") is None:
        return _List(kind, 1 if start is None else start)
    items = sum(1 for child in element if child.tag == "li")
    return _List(kind, items if start is None else start, -1)


def _integer(value: str | None) -> int | None:
    return int(value) if value and re.fullmatch(r"\s*-?[0-9]{1,9}\s*", value) else None


def _drawn(number: int, kind: str) -> str:
    if number < 1 or kind == "decimal":
        return str(number)
    if kind.endswith("roman"):
        text = _roman(number) if number < 4000 else str(number)
    else:
        text = ""
        while number:
            number, digit = divmod(number - 1, 26)
            text = chr(ord("a") + digit) + text
    return text.upper() if kind.startswith("upper") else text


# fmt: off
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)
# fmt: on


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text
