"""Writes into a copy of a Word file: comments at exact words, tracked insertions and replacements; everything else stays as it is.

Only the main part, the comments, the two lists that name the comments and, where new paragraphs need a list of their own, the
numbering change; every other part keeps its bytes. The XML of untouched paragraphs keeps its content. Offsets are those of the
contract's text.
"""

from __future__ import annotations

import copy
import datetime as dt
import io
import posixpath
import re
import zipfile
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from clausecheck.errors import UsageError
from clausecheck.model import Block
from clausecheck.readers.docx import DocxReader
from clausecheck.readers.word_numbering import W
from clausecheck.reports.word_lists import Lists

AUTHOR = "clausecheck"

_NS = W[1:-1]
_PPR, _RPR, _P, _R, _T = W + "pPr", W + "rPr", W + "p", W + "r", W + "t"
_TEXTS = {"final": (_T,), "original": (_T, W + "delText")}
_UNSEEN_IN = {
    "final": frozenset((W + "del", W + "moveFrom")),
    "original": frozenset((W + "ins", W + "moveTo")),
}
_NEVER_SEEN = frozenset((W + "rt", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"))
# Around these no marks may stand directly: the run that holds them is marked as a whole.
_SEALED = frozenset((W + "rubyBase",))
# What a run may hold, and what may stand between runs, where words are struck.
_BARE = frozenset(W + n for n in ("rPr", "t", "tab", "br", "noBreakHyphen", "softHyphen", "lastRenderedPageBreak"))
_BARE_MARKS = frozenset(W + n for n in ("bookmarkStart", "bookmarkEnd", "proofErr", "commentRangeStart", "commentRangeEnd"))
# Of the properties of a run, those that belong to the look of a document and not to one word.
_LOOK = frozenset(W + n for n in ("rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "color", "kern", "sz", "szCs", "lang"))
_NOT_COPIED = frozenset(W + n for n in ("sectPr", "rPr", "pPrChange", "framePr", "pageBreakBefore"))

_COMMENTS = "word/comments.xml"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_COMMENTS_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_MACRO_TYPE = b"application/vnd.ms-word.document.macroEnabled.main+xml"
_PLAIN_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_STRICT = ((b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"),)
_OVERRIDE = (
    f'<Override xmlns="http://schemas.openxmlformats.org/package/2006/content-types" PartName="/{_COMMENTS}" '
    f'ContentType="{_COMMENTS_TYPE}"/>'
).encode()
_MACROS = re.compile(rb"<(?:Override|Relationship)\b[^<>]*vba[^<>]*/>", re.I)  # a .docx holds none
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Looks:
    """A paragraph of the document that a new one is modelled on, and what its text looks like."""

    paragraph: Any  # w:p
    numbered: bool = True  # False: without the number that the model draws
    list: tuple[str, int] | None = None  # the list and level to count in instead of the model's


@dataclass(slots=True)
class _Mark:
    """Where a comment begins or ends: before the character ``at`` of a w:t."""

    text: Any
    at: int
    comment: int
    opens: bool
    sign: Any = None  # set in its place, where no comment begins or ends here


@dataclass(frozen=True, slots=True)
class _Strike:
    """Words to be struck, between two signs, and those that come in their place."""

    begins: Any
    ends: Any
    text: str
    comment: int


@dataclass(slots=True)
class WordCopy:
    """A Word file being annotated. ``blocks[i]`` of the text comes from the paragraphs ``paragraphs[i]``."""

    data: bytes
    blocks: tuple[Block, ...]
    text: str
    root: Any
    paragraphs: list[tuple[Any, ...]]
    revisions: str
    author: str = AUTHOR
    date: dt.datetime | None = None
    _next: int = 0  # id of the next tracked change
    _comments: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    _marks: list[_Mark] = field(default_factory=list)
    _strikes: list[_Strike] = field(default_factory=list)
    _first_comment: int = 0
    _starts: list[int] = field(default_factory=list)
    _letters: dict[int, list[tuple[Any, int]] | None] = field(default_factory=dict)
    _lists: Lists | None = None

    # --- reading ---------------------------------------------------------------------------------------------------

    @classmethod
    def of(cls, data: bytes, name: str, text: str, *, author: str = AUTHOR, date: dt.datetime | None = None) -> WordCopy:
        """The file, read as it was for the report; UsageError where its text is not that of the report."""
        for revisions in ("final", "original"):
            document, root, paragraphs = DocxReader().trace(data, name, revisions=revisions)
            if text.startswith(document.text):  # attachments follow the contract's own text
                made = cls(data, document.blocks, document.text, root, paragraphs, revisions, author, date)
                made._starts = [b.start for b in made.blocks]
                made._next = 1 + max((int(i) for i in root.xpath("//@w:id", namespaces={"w": _NS}) if i.isdigit()), default=0)
                made._first_comment = made._free_comment()
                return made
        raise UsageError(f"{name}: the file is not the one that was reviewed; review it again")

    def block(self, offset: int) -> int:
        """The index of the block that holds this place of the text."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def writable(self, index: int) -> bool:
        """Whether the block stands in the main part (footnotes do not)."""
        return bool(self.paragraphs[index]) and self.paragraphs[index][-1].getroottree().getroot() is self.root

    def drawn(self, index: int) -> bool:
        """Whether Word draws the block's number or bullet: it does not stand in the paragraph."""
        label = self.blocks[index].label
        if not label or not self.paragraphs[index]:
            return False
        return not "".join(self._shown(self.paragraphs[index])).strip().startswith(label)

    def counts(self, index: int) -> bool:
        """Whether Word draws a number (no bullet), which a new paragraph of the kind gets by itself."""
        return self.drawn(index) and any(c.isalnum() for c in self.blocks[index].label)

    @property
    def lists(self) -> Lists:
        """The lists that number its paragraphs."""
        if self._lists is None:
            self._lists = Lists(self.data, "")
        return self._lists

    def _shown(self, paragraphs: Sequence[Any]) -> Iterator[str]:
        for text in self._texts(paragraphs):
            yield text.text or ""

    def _texts(self, paragraphs: Sequence[Any]) -> Iterator[Any]:
        """The w:t elements of the paragraphs that this side of the tracked changes shows, boxes inside them left out."""
        unseen = _UNSEEN_IN[self.revisions] | _NEVER_SEEN
        for paragraph in paragraphs:
            for text in paragraph.iter(*_TEXTS[self.revisions]):
                above = text.getparent()
                while above is not paragraph and above.tag != _P and above.tag not in unseen:
                    above = above.getparent()
                if above is paragraph:
                    yield text

    def _places(self, index: int) -> list[tuple[Any, int]] | None:
        """For each character of the block where it stands in the XML (None: unknown); characters drawn by Word have the
        place of the first one that is not."""
        if index not in self._letters:
            self._letters[index] = self._align(index) if self.writable(index) else None
        return self._letters[index]

    def _align(self, index: int) -> list[tuple[Any, int]] | None:
        block = self.blocks[index]
        shown = self.text[block.start : block.end]
        skip = len(block.label) if self.drawn(index) else 0
        wanted = [(i, c) for i, c in enumerate(shown) if i >= skip and not c.isspace()]
        source = [(text, i, c) for text in self._texts(self.paragraphs[index]) for i, c in enumerate(text.text or "") if not c.isspace()]
        if not wanted or not source:
            return None
        pairs: dict[int, tuple[Any, int]] = {}
        if len(wanted) == len(source):
            pairs = {w[0]: (s[0], s[1]) for w, s in zip(wanted, source, strict=True)}
        elif len(wanted) * len(source) <= 25_000_000:  # hidden words, symbols drawn otherwise
            a, b = "".join(c for _, c in wanted), "".join(c for _, _, c in source)
            for i, j, size in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
                pairs |= {wanted[i + k][0]: source[j + k][:2] for k in range(size)}
        if len(pairs) * 2 < len(wanted):
            return None
        places: list[tuple[Any, int]] = []
        here = pairs[min(pairs)]
        for i in range(len(shown)):
            here = pairs.get(i, here)
            places.append(here)
        return places

    # --- comments --------------------------------------------------------------------------------------------------

    def comment(self, start: int, end: int, lines: Sequence[str]) -> None:
        """A comment at ``text[start:end]``; at the whole paragraph where the words cannot be told apart, and at the paragraph
        before where they stand in a note, which can hold none."""
        first = self.block(start)
        last = self.block(max(end - 1, start))
        number = self._add_comment(lines)
        opening = self._places(first)
        closing = self._places(last)
        if opening is None or closing is None:
            self._comment_paragraph(next((i for i in range(first, -1, -1) if self.writable(i)), first), number)
            return
        a, b = start - self.blocks[first].start, min(end, self.blocks[last].end) - 1 - self.blocks[last].start
        a, b = min(max(a, 0), len(opening) - 1), min(max(b, 0), len(closing) - 1)
        self._marks.append(_Mark(*opening[a], number, True))
        text, at = closing[b]
        self._marks.append(_Mark(text, at + 1, number, False))

    def _add_comment(self, lines: Sequence[str]) -> int:
        number = self._first_comment + len(self._comments)
        self._comments.append((number, tuple(lines)))
        return number

    def _comment_paragraph(self, index: int, number: int) -> None:
        if not self.writable(index):
            self._comments.pop()
            return
        paragraph = self.paragraphs[index][-1]
        properties = paragraph.find(_PPR)
        paragraph.insert(0 if properties is None else 1, _range("commentRangeStart", number))
        paragraph.extend(_ends(number))

    def _place_marks(self) -> None:
        """Splits runs and sets the marks, from the last to the first, so that earlier places stay what they are."""
        order = {text: i for i, text in enumerate(self.root.iter(_T, W + "delText"))}
        # at one place what opens is set first, so that it ends up behind what closes
        for mark in sorted(self._marks, key=lambda m: (order[m.text], m.at, m.opens, m.comment), reverse=True):
            before = _split(mark.text, mark.at)
            if mark.sign is not None:
                elements = [mark.sign]
            else:
                elements = [_range("commentRangeStart", mark.comment)] if mark.opens else _ends(mark.comment)
            if before is None:
                continue
            run, after = before
            parent = run.getparent()
            at = parent.index(run) + (1 if after else 0)
            for element in reversed(elements):
                parent.insert(at, element)

    # --- replacements ----------------------------------------------------------------------------------------------

    def replace(self, start: int, end: int, text: str, comment: Sequence[str]) -> bool:
        """Strikes ``text[start:end]`` and puts other words in its place, both as tracked changes, with a comment.

        Whether it could be done: the words must stand in one paragraph, in plain runs that are no tracked change, field or link.
        """
        index = self.block(start)
        places = self._places(index)
        if places is None or end > self.blocks[index].end:
            return False
        (first, at), (last, to) = places[start - self.blocks[index].start], places[end - 1 - self.blocks[index].start]
        runs = [leaf.getparent() for leaf in (first, last)]
        paragraph = runs[0].getparent()
        if paragraph is None or paragraph.tag != _P or runs[1].getparent() is not paragraph:
            return False
        between = list(paragraph)[paragraph.index(runs[0]) : paragraph.index(runs[1]) + 1]
        if not all(map(_plain, between)):
            return False
        begins, ends = etree.Element("begins"), etree.Element("ends")
        number = self._add_comment(comment)
        self._marks += [_Mark(first, at, number, True, begins), _Mark(last, to + 1, number, False, ends)]
        self._strikes.append(_Strike(begins, ends, text, number))
        return True

    def _strike(self) -> None:
        """Turns what stands between the signs into tracked deletions, with the new words behind them."""
        for strike in self._strikes:
            paragraph = strike.begins.getparent()
            look = _look_of(paragraph)
            at = strike.begins
            while (at := at.getnext()) is not None and at is not strike.ends:
                if at.tag == _R and at.find(W + "commentReference") is None:
                    deleted = etree.Element(W + "del", self._change())
                    at.addprevious(deleted)
                    deleted.append(at)
                    for leaf in at.iter(_T):
                        leaf.tag = W + "delText"
                    at = deleted
            strike.begins.addprevious(_range("commentRangeStart", strike.comment))
            for new in (self._inserted(strike.text, look), *self._ends_inserted(strike.comment)):
                strike.ends.addprevious(new)
            paragraph.remove(strike.begins)
            paragraph.remove(strike.ends)

    # --- insertions ------------------------------------------------------------------------------------------------

    def insert_after(self, index: int, paragraphs: Sequence[tuple[str, Looks]], comment: Sequence[str] = (), after: Any = None) -> Any:
        """New tracked paragraphs behind the block (or behind the w:p ``after``), with a comment on all of them; the last one."""
        place = self.paragraphs[index][-1] if after is None else after
        number = self._add_comment(comment) if comment else None
        for i, (text, looks) in enumerate(paragraphs):
            new = self._paragraph(text, looks)
            if number is not None and i == 0:
                new.insert(1, _range("commentRangeStart", number))
            if number is not None and i + 1 == len(paragraphs):
                new.extend(self._ends_inserted(number))
            place.addnext(new)
            place = new
        return place

    def append(self, index: int, text: str, comment: Sequence[str] = ()) -> None:
        """A tracked insertion at the end of the block's last paragraph."""
        paragraph = self.paragraphs[index][-1]
        added = self._inserted(text, _look_of(paragraph))
        if comment:
            number = self._add_comment(comment)
            paragraph.append(_range("commentRangeStart", number))
            paragraph.append(added)
            paragraph.extend(self._ends_inserted(number))
        else:
            paragraph.append(added)

    def _ends_inserted(self, number: int) -> list[Any]:
        """The end of a comment on inserted words: it goes with them when they are rejected."""
        end, reference = _ends(number)
        inserted = etree.Element(W + "ins", self._change())
        inserted.append(reference)
        return [end, inserted]

    def _paragraph(self, text: str, looks: Looks) -> Any:
        new = etree.Element(_P)
        properties = etree.SubElement(new, _PPR)
        model = looks.paragraph.find(_PPR)
        for child in model if model is not None else ():
            if child.tag not in _NOT_COPIED and not (child.tag == W + "numPr" and (looks.list or not looks.numbered)):
                kept = copy.deepcopy(child)
                for change in kept.findall(W + "ins"):  # a number that was itself a tracked change
                    kept.remove(change)
                properties.append(kept)
        if looks.list or not looks.numbered:
            _set_number(properties, *(looks.list or ("0", 0)))
        look = _look_of(looks.paragraph)
        mark = etree.SubElement(properties, _RPR)
        etree.SubElement(mark, W + "ins", self._change())
        for child in look if look is not None else ():
            mark.append(copy.deepcopy(child))
        new.append(self._inserted(text, look))
        return new

    def _inserted(self, text: str, look: Any | None) -> Any:
        inserted = etree.Element(W + "ins", self._change())
        run = etree.SubElement(inserted, _R)
        if look is not None and len(look):
            run.append(copy.deepcopy(look))
        leaf = etree.SubElement(run, _T, {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
        leaf.text = _NOT_IN_XML.sub("", text)
        return inserted

    def _change(self) -> dict[str, str]:
        number, self._next = self._next, self._next + 1
        return {W + "id": str(number), W + "author": self.author} | ({W + "date": _date(self.date)} if self.date else {})

    # --- writing ---------------------------------------------------------------------------------------------------

    def _free_comment(self) -> int:
        with zipfile.ZipFile(io.BytesIO(self.data)) as package:
            known = _Parts(package).comments
            ids = re.findall(rb"<\w+:comment\b[^>]*?\bid=[\"'](\d+)", package.read(known)) if known else []
        return 1 + max(map(int, ids), default=-1)

    def save(self) -> bytes:
        """The file as bytes; parts that nothing was written to have theirs. Macros do not come along."""
        self._place_marks()
        self._strike()
        result = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self.data)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
            parts = _Parts(old)
            add_part = bool(self._comments) and not parts.comments
            macros = _MACRO_TYPE in old.read("[Content_Types].xml")
            for info in old.infolist():
                part = old.read(info)
                if macros and "vba" in info.filename.lower():
                    continue
                if info.filename == parts.main:
                    part = _written(self.root, part)
                elif info.filename == parts.numbering and self._lists and self._lists.changed:
                    part = _written(self._lists.root, part)
                elif info.filename == parts.comments and self._comments:
                    part = _put_last(part, self._comments_xml())
                elif info.filename == parts.relations:
                    part = _MACROS.sub(b"", part) if macros else part
                    part = _put_last(part, _relation(part, parts.main)) if add_part else part
                elif info.filename == "[Content_Types].xml":
                    part = _MACROS.sub(b"", part.replace(_MACRO_TYPE, _PLAIN_TYPE)) if macros else part
                    part = _put_last(part, _OVERRIDE) if add_part else part
                entry = zipfile.ZipInfo(info.filename, info.date_time)
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, info.external_attr
                new.writestr(entry, part)
            if add_part:
                entry = zipfile.ZipInfo(_COMMENTS, (1980, 1, 1, 0, 0, 0))
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
                head = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments xmlns:w="{_NS}">'
                new.writestr(entry, head.encode() + self._comments_xml() + b"</w:comments>")
        return result.getvalue()

    def _comments_xml(self) -> bytes:
        made = []
        initials = "".join(word[0] for word in self.author.split()[:3]).upper() or "C"
        date = f" w:date={quoteattr(_date(self.date))}" if self.date else ""
        for number, lines in self._comments:
            body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(_NOT_IN_XML.sub("", line))}</w:t></w:r></w:p>' for line in lines)
            made.append(
                f'<w:comment xmlns:w="{_NS}" w:id="{number}" w:author={quoteattr(self.author)}{date} '
                f"w:initials={quoteattr(initials)}>{body}</w:comment>"
            )
        return "".join(made).encode("utf-8")


class _Parts:
    """Where the main part, its relations, comments and numbering stand in the package; ``comments`` is "" where there are none."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._names = {name.lower(): name for name in package.namelist()}
        self._package = package
        self.main = self._target("_rels/.rels", "officeDocument", "") or "word/document.xml"
        folder, _, file = self.main.rpartition("/")
        self.relations = f"{folder}/_rels/{file}.rels".lstrip("/")
        self.relations = self._names.get(self.relations.lower(), self.relations)
        self.comments = self._target(self.relations, "comments", folder)
        self.numbering = self._target(self.relations, "numbering", folder) or f"{folder}/numbering.xml".lstrip("/")

    def _target(self, relations: str, kind: str, folder: str) -> str:
        if relations.lower() not in self._names:
            return ""
        text = self._package.read(self._names[relations.lower()]).decode("utf-8", "replace")
        for relation in re.findall(r"<[^<>]*Relationship\b[^<>]*>", text):
            target = re.search(r"Target=[\"']([^\"']+)", relation)
            if target and re.search(rf"Type=[\"'][^\"']*/{kind}[\"']", relation):
                path = target[1].lstrip("/") if target[1].startswith("/") else posixpath.normpath(posixpath.join(folder, target[1]))
                return self._names.get(path.lower(), "")
        return ""


def _written(root: Any, old: bytes) -> bytes:
    """The part as changed, in the namespaces that it had."""
    data: bytes = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
    for plain, strict in _STRICT:
        if strict in old:
            data = data.replace(plain, strict)
    return data


def _plain(element: Any) -> bool:
    """A run of nothing but words, or a mark that has no content of its own: it may be struck."""
    if element.tag != _R:
        return element.tag in _BARE_MARKS
    return all(child.tag in _BARE for child in element)


def _date(date: dt.datetime | None) -> str:
    return date.strftime("%Y-%m-%dT%H:%M:%SZ") if date else ""


def _range(kind: str, number: int) -> Any:
    return etree.Element(W + kind, {W + "id": str(number)})


def _ends(number: int) -> list[Any]:
    run = etree.Element(_R)
    etree.SubElement(run, W + "commentReference", {W + "id": str(number)})
    return [_range("commentRangeEnd", number), run]


def _split(text: Any, at: int) -> tuple[Any, bool] | None:
    """Parts the run before character ``at`` of its w:t; the run to set a mark at, and whether behind it."""
    run = text.getparent()
    if run is None or run.tag != _R:
        return None
    if run.getparent().tag in _SEALED:
        while run.getparent() is not None and run.getparent().tag != _P and not (run.tag == _R and run.find(W + "ruby") is not None):
            run = run.getparent()
        return run, at > 0
    content = [c for c in run if c.tag != _RPR]
    words = text.text or ""
    if at <= 0 and content[0] is text:
        return run, False
    if at >= len(words) and content[-1] is text:
        return run, True
    rest = etree.Element(_R, dict(run.attrib))
    properties = run.find(_RPR)
    if properties is not None:
        rest.append(copy.deepcopy(properties))
    behind = content[content.index(text) + 1 :]
    if 0 < at < len(words):
        tail = etree.SubElement(rest, text.tag, {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
        tail.text, text.text = words[at:], words[:at]
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    elif at <= 0:
        behind.insert(0, text)
    for child in behind:
        rest.append(child)
    run.addnext(rest)
    return run, True


def _look_of(paragraph: Any) -> Any | None:
    """The look of the run with most of the paragraph's text: what new words in its style take over."""
    best, length = None, 0
    for run in paragraph.iter(_R):
        size = sum(len(t.text or "") for t in run.iterchildren(_T))
        if size > length:
            best, length = run, size
    if best is None or (properties := best.find(_RPR)) is None:
        return None
    look = etree.Element(_RPR)
    for child in properties:
        if child.tag in _LOOK:
            look.append(copy.deepcopy(child))
    return look


def _set_number(properties: Any, number_id: str, level: int) -> None:
    """Counts the paragraph in this list ("0": in none, whatever its style says)."""
    number = etree.Element(W + "numPr")
    etree.SubElement(number, W + "ilvl", {W + "val": str(level)})
    etree.SubElement(number, W + "numId", {W + "val": number_id})
    # the schema has an order: style, keepNext, keepLines, pageBreakBefore, framePr, widowControl, numPr, ...
    first = [W + n for n in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")]
    at = sum(child.tag in first for child in properties)
    properties.insert(at, number)


def _put_last(part: bytes, xml: bytes) -> bytes:
    """The part with more inside its root element, at the end; the rest keeps its bytes."""
    end = part.rstrip().rfind(b"</")
    if end >= 0 and b"<" not in part[end + 2 :]:
        return part[:end] + xml + part[end:]
    root = re.search(rb"<([\w:]+)([^<>]*)/>\s*$", part)
    if root is None:
        raise UsageError("the Word file is built in an unusual way; open it in Word and save it anew")
    return part[: root.start()] + b"<" + root[1] + root[2] + b">" + xml + b"</" + root[1] + b">"


def _relation(part: bytes, main: str) -> bytes:
    ids = re.findall(rb"\bId=[\"']rId(\d+)", part)
    number = 1 + max(map(int, ids), default=0)
    target = "comments.xml" if main.startswith("word/") else f"/{_COMMENTS}"
    return (
        f'<Relationship xmlns="http://schemas.openxmlformats.org/package/2006/relationships" Id="rId{number}" '
        f'Type="{_COMMENTS_RELATION}" Target="{target}"/>'
    ).encode()
