"""Knows plain text and Markdown: which lines are headings, and which are page furniture left in by an export.

Plain text is never changed, except that the line ends of a file become "\\n". Markdown is shown as a person reads it
rendered, so its marks are taken out of the text.
"""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from statistics import median

from clausecheck.errors import LimitError, NoTextError
from clausecheck.messages import warning
from clausecheck.model import Block, BlockKind, ContractWarning, Document
from clausecheck.readers.decoding import decode
from clausecheck.readers.wrapped import Placed, columns, wrapped

MAX_LINES = 200_000  # some four thousand pages
MAX_CHARACTERS = 50_000_000

_LINE_OR_PAGE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+|\f")
_RARE_ENDS = "\r\f\v\x85\u2028\u2029"
_HEADING = re.compile(r"(#{1,6})[ \t\u3000]+(?=\S)")
_TAB = 8
_WIDEST = 200  # characters: lines that are longer, by more than a tenth of them, are paragraphs
_FULL = 0.2  # share of the lines that end near the margin where a text has one

# --- page furniture ----------------------------------------------------------------------------------------------

_DASH = "[-\u2010-\u2015\u2212]"
_ROMAN = "(?=[ivxl])(?:xl|x{0,3})(?:ix|iv|v?i{0,3})"
PAGE_NUMBER = re.compile(  # a page number by its form alone
    rf"""(?ix)
        {_DASH}{{1,3}} \s* (?:[a-z]{{1,2}}-)? (?:\d{{1,4}}|{_ROMAN}) \s* {_DASH}{{1,3}}    # - 3 -, -A-3-
      | (?:page|p\.) \s* (?:[a-z]{{1,2}}-)? (?:\d{{1,4}}|{_ROMAN}) (?: \s* (?:/|of) \s* \d{{1,4}})?    # Page 3 of 12
    """
)
BARE_NUMBER = re.compile(rf"(?:[A-Za-z]{{1,2}}-)?(?:[0-9]{{1,4}}|{_ROMAN})")  # a page number if its place says so too
_STOPPED_NUMBER = re.compile(r"[0-9]{1,4}\.")
PAGE_OF_PAGES = re.compile(r"[0-9]{1,4}\s*(?:/|of)\s*[0-9]{1,4}")
_EDGAR_FOOT = re.compile(r"Source: [^\r\n]{3,120}?, [0-9A-Za-z/() -]{1,40}, [0-9]{1,2}/[0-9]{1,2}/[0-9]{4}")
_EDGAR_TAG = "PAGE|TABLE|CAPTION|S|C|FN|F[0-9]+|TEXT|DOCUMENT|PRE|R"
_EDGAR_LINE = re.compile(rf"(?:</?(?:{_EDGAR_TAG})>\s*)+[0-9]{{0,4}}|<(?:TYPE|SEQUENCE|FILENAME|DESCRIPTION)>.*|</?SEC-[A-Z]+>.*")
_PAGE_TAG = re.compile(r"<PAGE>")
_PAGE_STEP = 800  # characters between the numbers of two pages, at least
_EVEN = 0.6  # how far most steps may be from the usual one, as a share of it
_MOST = 0.6  # share of the numbers with a stop that stand beside a break, if they are those of pages
_RUNNING = 80  # characters of a running head
_BLANK_LINES = 3  # so many blank lines beside a bare number: a page break


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    text: str
    kind: BlockKind = BlockKind.LINE
    level: int | None = None
    page: int | None = None
    indent: float = 0
    gap: int = 0  # line ends between the line before and this one
    breaks: bool = False  # a page mark, or the first line after one
    wrapped: bool = False  # goes on in the sentence of the line above


class TextReader:
    """Reads plain text files."""

    formats = ("txt",)

    def read(self, data: bytes, name: str, *, revisions: str = "final") -> Document:
        """One block per line that is not blank; page from form feeds or <PAGE> marks, indent in columns."""
        del revisions
        decoded = decode(data, name)
        text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
        return text_document(text, name, hashlib.sha256(data).hexdigest(), lost_warning(decoded.lost, decoded.encoding))


def lost_warning(count: int, encoding: str) -> tuple[ContractWarning, ...]:
    """The warning that characters of the file could not be read, where that is so."""
    return (warning("characters_lost", count=count, encoding=encoding),) if count else ()


def too_many_lines(name: str, most: int = MAX_LINES) -> LimitError:
    return LimitError(f"{name or 'text'}: more than {most} lines; split the file")


def text_document(text: str, name: str, sha256: str = "", warnings: tuple[ContractWarning, ...] = ()) -> Document:
    """The document whose text is exactly ``text``. NoTextError if it is blank."""
    if not text or text.isspace():
        raise NoTextError(f"{name or 'text'}: holds no text")
    if len(text) > MAX_CHARACTERS:
        raise LimitError(f"{name or 'text'}: more than {MAX_CHARACTERS // 1_000_000} million characters; split the file")
    lines = list(islice(_lines(text), MAX_LINES + 1))
    if len(lines) > MAX_LINES:
        raise too_many_lines(name)
    _mark_furniture(lines)
    _mark_wrapped(lines)
    blocks = tuple(
        Block(line.start, line.end, line.kind, "", line.level, line.page, line.indent, line.wrapped) for line in _split_feet(lines, text)
    )
    return Document(
        name=name,
        format="txt",
        sha256=sha256 or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        text=text,
        blocks=blocks,
        pages=lines[-1].page if lines else None,
        warnings=warnings,
    )


def _lines(text: str) -> Iterator[_Line]:
    by_form_feed = "\f" in text
    by_tag = not by_form_feed and _PAGE_TAG.search(text) is not None
    page = 1 if by_form_feed or by_tag else None
    seen = False  # text on the current page
    fresh = False  # at the top of a page
    last = 0
    for begin, raw in _pieces(text):
        if raw == "\f":
            if page is not None and seen:
                page, seen = page + 1, False
            fresh = True
            continue
        stripped = raw.strip()
        if not stripped:
            continue
        start = begin
        first = stripped[0]
        indent = 0
        if raw[0] != first:
            start += raw.index(first)
            indent = _indent(raw[: start - begin])
        line = _Line(start, start + len(stripped), stripped, BlockKind.LINE, None, page, indent, text.count("\n", last, start))
        last = line.end
        if first == "#" and (mark := _HEADING.match(stripped)):
            line.kind, line.level = BlockKind.HEADING, len(mark[1]) - 1
            line.start += mark.end()
            line.text = _without_closing(stripped[mark.end() :])
            line.end = line.start + len(line.text)
        elif first == "<" and _EDGAR_LINE.fullmatch(stripped):
            line.kind = BlockKind.HEADER
            if stripped.startswith("<PAGE>"):
                line.breaks = True
                if by_tag and page is not None and seen:
                    page, seen = page + 1, False
        else:
            seen = True
        if fresh:
            line.breaks, fresh = True, False
        yield line


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text that are not empty, and the form feeds between them, each with its offset."""
    if any(c in text for c in _RARE_ENDS):
        for found in _LINE_OR_PAGE.finditer(text):
            yield found.start(), found[0]
        return
    at = 0
    for line in text.split("\n"):
        if line:
            yield at, line
        at += len(line) + 1


def _without_closing(heading: str) -> str:
    """A heading without the marks some writers close it with: "Title ##"."""
    bare = heading.rstrip("#")
    return bare.rstrip() if bare != heading and bare[-1:].isspace() else heading


def _indent(blank: str) -> int:
    columns = 0
    for character in blank:
        columns += _TAB - columns % _TAB if character == "\t" else 2 if character == "\u3000" else 1
    return columns


def _mark_wrapped(lines: list[_Line]) -> None:
    """Mark the lines that go on in the sentence of the line above, where the text has a margin."""
    if sorted(line.end - line.start for line in lines)[len(lines) * 9 // 10] > _WIDEST:
        return
    down = 0
    body: list[_Line] = []
    placed: list[Placed] = []
    for line in lines:
        if line.kind is BlockKind.LINE:
            down += max(line.gap, 1)
            body.append(line)
            placed.append(Placed(line.text, line.indent, line.indent + columns(line.text), down))
    for line, goes_on in zip(body, wrapped(placed, share=_FULL), strict=True):
        line.wrapped = goes_on


def _mark_furniture(lines: list[_Line]) -> None:
    """Mark feet and page numbers as HEADER."""
    bare: list[int] = []
    stopped: list[int] = []  # "6.": of a page only where breaks say so, for so a clause may begin
    for at, line in enumerate(lines):
        if line.kind is not BlockKind.LINE:
            continue
        text = line.text
        if len(text) <= 24 and PAGE_NUMBER.fullmatch(text):
            line.kind = BlockKind.HEADER
            line.breaks = True
        elif len(text) <= 14 and (BARE_NUMBER.fullmatch(text) or PAGE_OF_PAGES.fullmatch(text)):
            bare.append(at)
        elif len(text) <= 5 and _STOPPED_NUMBER.fullmatch(text):
            stopped.append(at)
        elif text.startswith("Source: ") and _EDGAR_FOOT.fullmatch(text):
            line.kind, line.breaks = BlockKind.HEADER, True
    if len(lines) == len(bare):
        return  # nothing but numbers
    beside = [at for at in stopped if lines[at].breaks or (at + 1 < len(lines) and lines[at + 1].breaks)]
    if len(beside) >= max(3, _MOST * len(stopped)) and counting_pages([(lines[at].start, int(lines[at].text[:-1])) for at in beside]):
        bare += beside
    numbers = [(lines[at].start, int(lines[at].text)) for at in bare if lines[at].text.isdecimal()]
    chained = counting_pages(numbers)
    for at in bare:
        line = lines[at]
        after = lines[at + 1] if at + 1 < len(lines) else None
        at_break = line.breaks or (at > 0 and lines[at - 1].breaks) or (after is not None and after.breaks)
        blank = at > 0 and (line.gap > _BLANK_LINES or (after is not None and after.gap > _BLANK_LINES))
        outermost = at in (0, len(lines) - 1) and line.text.isdecimal()
        if line.start in chained or at_break or blank or outermost:
            line.kind = BlockKind.HEADER
    _mark_running(lines)


def _mark_running(lines: list[_Line]) -> None:
    """Mark as HEADER the short lines that stand, each time the same, at the head or the foot of at least three pages."""
    breaks = {at for at, line in enumerate(lines) if line.kind is BlockKind.HEADER}
    beside: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for at, line in enumerate(lines):
        if line.kind is BlockKind.LINE and 3 <= len(line.text) <= _RUNNING and not line.text.endswith((".", ";", ":", ",", "。", "、")):
            every[line.text] += 1
            beside[line.text] += at == 0 or at - 1 in breaks or at + 1 in breaks
    running = {text for text, count in beside.items() if count >= 3 and count >= 0.6 * every[text]}
    for line in lines if running else ():
        if line.kind is BlockKind.LINE and line.text in running:
            line.kind = BlockKind.HEADER


def counting_pages(numbers: list[tuple[int, int]]) -> set[int]:
    """Which of the bare numbers of a text, given as (offset, number) in order, number its pages: their offsets.

    They go up by one (or two, where a number is lost), at least three in a row, at steps as even as pages are long.
    """
    parents: list[int | None] = []
    lengths: list[int] = []
    latest: dict[int, int] = {}  # number -> place in the list
    for place, (offset, number) in enumerate(numbers):
        parent = None
        for pages in (1, 2):
            before = latest.get(number - pages)
            if before is not None and offset - numbers[before][0] >= _PAGE_STEP * pages:
                parent = before
                break
        parents.append(parent)
        lengths.append(1 if parent is None else lengths[parent] + 1)
        latest[number] = place
    chosen: set[int] = set()
    for end in sorted(range(len(numbers)), key=lambda place: -lengths[place]):
        if lengths[end] < 3:
            break
        chain: list[int] = []
        at: int | None = end
        while at is not None and numbers[at][0] not in chosen:
            chain.append(at)
            at = parents[at]
        steps = [(numbers[b][0] - numbers[a][0]) / (numbers[b][1] - numbers[a][1]) for b, a in pairwise(chain)]
        if len(chain) >= 3:
            usual = median(steps)
            if sum(abs(step - usual) <= _EVEN * usual for step in steps) >= 0.7 * len(steps):
                chosen.update(numbers[place][0] for place in chain)
    return chosen


def _split_feet(lines: list[_Line], text: str) -> Iterator[_Line]:
    """The lines, with page feet that an export glued to or into a line as pieces of their own."""
    feet = {line.text for line in lines if line.kind is BlockKind.HEADER and line.text.startswith("Source: ")}
    if not feet:  # one line per page: no foot stands alone
        feet = {foot for foot, count in Counter(_EDGAR_FOOT.findall(text)).items() if count >= 2}
    if not feet:
        yield from lines
        return
    any_foot = re.compile("|".join(map(re.escape, sorted(feet, key=len, reverse=True)[:20])))
    for line in lines:
        if line.kind is not BlockKind.LINE or "Source: " not in line.text:
            yield line
            continue
        at = 0
        for match in any_foot.finditer(line.text):
            yield from _piece(line, at, match.start(), BlockKind.LINE)
            yield from _piece(line, match.start(), match.end(), BlockKind.HEADER)
            at = match.end()
        yield from _piece(line, at, len(line.text), BlockKind.LINE)


def _piece(line: _Line, start: int, end: int, kind: BlockKind) -> Iterator[_Line]:
    text = line.text[start:end]
    if text.strip():
        begin = line.start + start + len(text) - len(text.lstrip())
        text = text.strip()
        yield _Line(begin, begin + len(text), text, kind, page=line.page, indent=line.indent, wrapped=line.wrapped and start == 0)


# --- Markdown ----------------------------------------------------------------------------------------------------

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:(?!---[ \t]*$|\.\.\.[ \t]*$).*\n){0,200}?(?:---|\.\.\.)[ \t]*(?:\n|$)", re.M)
_FENCE = re.compile(r"[ ]{0,3}(?:`{3,}|~{3,})")
_RULE = re.compile(r"[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_UNDERLINE = re.compile(r"[ ]{0,3}(=+|-{2,})[ \t]*")
_QUOTE = re.compile(r"[ ]{0,3}>[ ]?")
_BULLET = re.compile(r"([ \t]*)[-*+][ \t]+(?:\[[ xX]\][ \t]+)?")
_ORDERED = re.compile(r"([ \t]*)(\d{1,9})([.)])[ \t]+")
_TABLE_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_CELL_BREAK = re.compile(r"(?<!\\)\|")
_LINK_TARGET = re.compile(r"[ ]{0,3}\[([^\[\]]{1,200})\]:[ \t]*\S+.*")

_IMAGE = re.compile(r"!\[[^\[\]]{0,500}\]\([^()\s]{0,2000}(?:[ \t]+\"[^\"]{0,200}\")?\)")
_LINK = re.compile(r"\[([^\[\]]{1,1000})\]\([^()\s]{0,2000}(?:[ \t]+\"[^\"]{0,200}\")?\)")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_TAG = re.compile(r"</?(?:b|i|u|em|strong|ins|mark|small|sub|sup|span|font|a|center|p|div|code|kbd)(?:\s[^<>]{0,500})?>", re.I)
_HTML_BREAK = re.compile(r"<br\s*/?>", re.I)
_STRUCK = re.compile(r"~~(?=\S)[^~\n]{1,2000}~~|<(del|s|strike)>[^<\n]{0,2000}</\1>", re.I)
_CODE = re.compile(r"(?<!`)`([^`\n]{1,1000})`(?!`)")
_EMPHASIS = re.compile(r"\\.|\*+|_+")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_REFERENCE = re.compile(r"\[([^\[\]]{1,500})\]\[([^\[\]]{0,200})\]")


class MarkdownReader:
    """Reads Markdown files."""

    formats = ("md",)

    def read(self, data: bytes, name: str, *, revisions: str = "final") -> Document:
        """The text as rendered: no marks, no front matter; headings, table cells, notes (quotations and comments) and lines."""
        del revisions
        decoded = decode(data, name)
        source = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
        if len(source) > MAX_CHARACTERS or source.count("\n") > MAX_LINES or source.count("|") > MAX_LINES:
            raise too_many_lines(name)
        page = _Rendered(source)
        if not any(part.strip() for part in page.parts):
            raise NoTextError(f"{name or 'text'}: holds no text")
        warnings = lost_warning(decoded.lost, decoded.encoding)
        if page.struck:
            warnings += (warning("struck_out_text", count=page.struck),)
        return Document(
            name=name,
            format="md",
            sha256=hashlib.sha256(data).hexdigest(),
            text="\n".join(page.parts),
            blocks=tuple(page.blocks),
            warnings=warnings,
        )


class _Rendered:
    """Markdown turned into lines of plain text and their blocks."""

    def __init__(self, source: str) -> None:
        self.parts: list[str] = []  # lines of the text
        self.blocks: list[Block] = []
        self.struck = 0
        self._at = 0
        front = _FRONT_MATTER.match(source)
        lines = (source[front.end() :] if front else source).split("\n")
        self._targets = {
            found[1].casefold() for line in lines if line[:4].lstrip().startswith("[") and (found := _LINK_TARGET.fullmatch(line))
        }
        filled = [line for line in lines if line.strip()]
        # A contract pasted as one quotation is no remark.
        self._quotes_are_notes = sum(line.lstrip().startswith(">") for line in filled) * 2 < len(filled)
        self._run(lines)

    def _run(self, lines: list[str]) -> None:
        at = 0
        fenced = False
        counters: dict[int, tuple[int, int]] = {}  # width of the indent -> number as written, number as drawn
        while at < len(lines):
            line = lines[at].expandtabs(4)
            following = lines[at + 1] if at + 1 < len(lines) else ""
            at += 1
            if _FENCE.match(line):
                fenced = not fenced
            elif fenced:
                self._add(line, BlockKind.LINE, raw=True)
            elif not line.strip():
                self._add("", BlockKind.LINE)
            elif line.lstrip().startswith("<!--"):
                at = self._comment(lines, at - 1)
            elif (mark := _HEADING.match(line.lstrip())) and not line.startswith("    "):
                self._add(_without_closing(line.strip()[mark.end() :]), BlockKind.HEADING, level=len(mark[1]) - 1)
                counters.clear()
            elif (
                (under := _UNDERLINE.fullmatch(following))
                and not _BULLET.match(line)
                and not _ORDERED.match(line)
                and not line.lstrip().startswith((">", "|"))
                and not _RULE.fullmatch(line)
            ):
                self._add(line.strip(), BlockKind.HEADING, level=0 if under[1][0] == "=" else 1)
                at += 1
            elif "|" in line and len(following) < 2_000 and "|" in following and _TABLE_RULE.fullmatch(following.strip()):
                at = self._table(lines, at - 1)
            elif _RULE.fullmatch(line) or _LINK_TARGET.fullmatch(line):
                self._add("", BlockKind.LINE)
            elif quote := _QUOTE.match(line):
                self._add(line[quote.end() :], BlockKind.NOTE if self._quotes_are_notes else BlockKind.LINE)
            else:
                self._add(self._marked(line, counters), BlockKind.LINE)

    def _marked(self, line: str, counters: dict[int, tuple[int, int]]) -> str:
        """The line with its list mark as drawn: "- " for bullets, and numbers counted up where all are written alike."""
        if bullet := _BULLET.match(line):
            return f"{bullet[1]}- {line[bullet.end() :]}"
        if ordered := _ORDERED.match(line):
            width, written = len(ordered[1]), int(ordered[2])
            before = counters.get(width)
            drawn = before[1] + 1 if before and before[0] == written else written
            counters[width] = (written, drawn)
            for deeper in [key for key in counters if key > width]:
                del counters[deeper]
            return f"{ordered[1]}{drawn}{ordered[3]} {line[ordered.end() :]}"
        if not line.startswith((" ", "\u3000")):
            counters.clear()  # a paragraph of its own ends the list
        return line

    def _comment(self, lines: list[str], at: int) -> int:
        """Add the comment that begins on this line as notes; the line to go on with."""
        line = lines[at].lstrip()[4:]
        while True:
            inside, closed, rest = line.partition("-->")
            if inside.strip():
                self._add(inside.strip(), BlockKind.NOTE)
            at += 1
            if closed:
                if rest.strip():
                    self._add(rest, BlockKind.LINE)
                return at
            if at >= len(lines):
                return at
            line = lines[at]

    def _table(self, lines: list[str], at: int) -> int:
        first = at
        while at < len(lines) and "|" in lines[at]:
            if at != first + 1:  # the line of dashes
                for cell in _CELL_BREAK.split(lines[at].strip().strip("|")):
                    if cell.strip():
                        self._add(cell.strip(), BlockKind.TABLE_CELL)
            at += 1
        return at

    def _add(self, line: str, kind: BlockKind, *, level: int | None = None, raw: bool = False) -> None:
        shown = line.rstrip() if raw else self._inline(line).rstrip()
        for part in shown.split("\n"):
            content = part.strip()
            if content:
                lead = len(part) - len(part.lstrip())
                indent = _indent(part[:lead]) if kind is BlockKind.LINE else None
                start = self._at + lead
                self.blocks.append(Block(start, start + len(content), kind, level=level, indent=indent))
            self.parts.append(part)
            self._at += len(part) + 1

    def _inline(self, line: str) -> str:
        if "~~" in line or "<" in line:
            line, count = _STRUCK.subn("", line)
            self.struck += count
            line = _TAG.sub("", _AUTOLINK.sub(r"\1", _HTML_BREAK.sub("\n", line)))
        if "[" in line:
            line = _LINK.sub(r"\1", _IMAGE.sub("", line))
            if self._targets:
                line = _REFERENCE.sub(lambda m: m[1] if (m[2] or m[1]).casefold() in self._targets else m[0], line)
        if "*" in line or "_" in line:
            line = _without_emphasis(line)
        if "`" in line:
            line = _CODE.sub(r"\1", line)
        if "\\" in line:
            line = _ESCAPED.sub(r"\1", line).removesuffix("\\")
        if "&" in line:
            line = _ENTITY.sub(lambda m: html.unescape(m[0]), line)
        return line


def _without_emphasis(line: str) -> str:
    """The line without pairs of emphasis marks; blanks ("____"), redactions ("[***]") and lone marks stay."""
    opened: dict[str, re.Match[str]] = {}
    cuts: list[tuple[int, int]] = []
    for mark in _EMPHASIS.finditer(line):
        kind = mark[0]
        if kind[0] == "\\" or len(kind) > 3:
            continue
        before = line[mark.start() - 1 : mark.start()]
        after = line[mark.end() : mark.end() + 1]
        inside_word = before.isalnum() and after.isalnum() if kind[0] == "_" else before.isdigit() and after.isdigit()
        if inside_word:
            continue
        start = opened.get(kind)
        closes = before and not before.isspace() and unicodedata.category(before) not in ("Ps", "Pi")
        if start is not None and closes and mark.start() > start.end():
            cuts += [start.span(), mark.span()]
            opened = {other: found for other, found in opened.items() if found.start() < start.start()}
        elif after and not after.isspace() and unicodedata.category(after) not in ("Pe", "Pf") and after not in ",.;:\u3001\u3002":
            opened[kind] = mark
    at = 0
    parts: list[str] = []
    for first, last in sorted(cuts):
        parts.append(line[at:first])
        at = last
    return "".join(parts) + line[at:]
