"""Knows what a page of a Word document shows: paragraphs with the numbers Word draws, tables, notes, boxes, revisions.

An own walk over the XML: drawn numbers, tracked changes, content controls, fields and boxes are what ready-made readers
lose. Headers, footers and comments are no part of the text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from clausecheck.errors import DamagedFileError, LimitError, NoTextError
from clausecheck.messages import warning
from clausecheck.model import Block, BlockKind, ContractWarning, Document, Text
from clausecheck.readers.word_asides import COMMENT_MARKS, Asides, Span, place, text_of
from clausecheck.readers.word_fields import FieldNumbers, Fields
from clausecheck.readers.word_numbering import BULLET, Counters, Numbering, W, indents, whole_number
from clausecheck.readers.word_package import WordPackage
from clausecheck.readers.word_styles import HIDDEN, STRUCK, ParagraphStyle, Styles, list_of, run_toggles
from clausecheck.readers.word_symbols import formula, readable_symbols, symbol
from clausecheck.readers.word_tables import Cell, Piece, cells_of, columns_of, join_row_number, reading_order, separator
from clausecheck.readers.word_unseen import has_ground, may_be_unseen, unseen

MAX_PARAGRAPHS = 200_000  # some four thousand pages
_DEPTH = 100  # containers inside each other; Word itself nests few
_HEADING_LENGTH = 200  # a longer paragraph in a heading style is a clause, not its heading,
_SENTENCE_LENGTH = 40  # and so is a shorter one that ends as a sentence does
_CONTENTS_LENGTH = 300  # so is a longer one inside a table of contents

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_VAL = W + "val"
_ID = W + "id"
_P, _R, _T, _TBL = W + "p", W + "r", W + "t", W + "tbl"
_PPR, _RPR, _RUBY_BASE = W + "pPr", W + "rPr", W + "rubyBase"
_SDT, _SDT_CONTENT = W + "sdt", W + "sdtContent"
_BOX = W + "txbxContent"
_CHOICE, _FALLBACK, _ALTERNATE = _MC + "Choice", _MC + "Fallback", _MC + "AlternateContent"
_ADDED = frozenset({W + "ins", W + "moveTo"})
_REMOVED = frozenset({W + "del", W + "moveFrom"})
_WRAPPERS = frozenset(W + n for n in ("hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo")) | {_M + "oMathPara"}
_OBJECTS = frozenset({
    "{urn:schemas-microsoft-com:office:office}OLEObject",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
    W + "control",
})  # fmt: skip

_R_NAMES = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_R_ID = _R_NAMES + "id"
_SIMPLE_FIELD = W + "fldSimple"
_NAMES_TOLD = 5  # of embedded and linked files

_RAW_BLANKS = re.compile(r"[\t\r\n]+")  # line ends of the XML are blanks on the page


@dataclass(slots=True)
class _Properties:
    """What decides how a paragraph is drawn, its style and its own properties taken together."""

    style: ParagraphStyle
    list_id: str
    list_level: int
    outline: int | None
    indent: float  # points from the margin to where the first line starts
    section: bool  # ends a section
    drop_cap: bool  # a large first letter: the paragraph goes on in the next one


@dataclass(slots=True)
class _Carried:
    """Text that runs on into the next paragraph: its paragraph mark is deleted or hidden, or it is a drop cap."""

    parts: list[str]
    properties: _Properties
    after: list[tuple[str, Any]]
    marks: list[tuple[int, Span, bool]]
    begun: Piece | None = None  # the drawn beginning, where the mark is only hidden
    elements: tuple[Any, ...] = ()


class DocxReader:
    """Reads Word files (.docx, .docm), strict or transitional."""

    formats = ("docx", "docm")

    def read(self, data: bytes, name: str, *, revisions: str = "final") -> Document:
        """Each paragraph as one block, in reading order; ``revisions`` "final" or "original" picks the side of tracked changes."""
        return self.trace(data, name, revisions=revisions)[0]

    def trace(self, data: bytes, name: str, *, revisions: str = "final") -> tuple[Document, Any, list[tuple[Any, ...]]]:
        """The document, the root of its XML, and for each block the w:p elements that its text comes from (several where
        tracked changes or a hidden mark join paragraphs), for those who write into a copy."""
        package = WordPackage(data, name)
        source, root = package.document()
        body = root.find(W + "body")
        if body is None:
            raise DamagedFileError(f"{name}: the Word document has no body; get a whole copy")
        numbering = Numbering(package.part("numbering"))
        some_unseen = may_be_unseen(source, package.source("styles"))
        styles = Styles(package.part("styles"), numbering)
        walk = _Walk(package, numbering, styles, original=revisions == "original")
        walk.some_unseen = some_unseen
        walk.some_hidden = walk.some_unseen or b"vanish" in source or b"strike" in source or not styles.hide_nothing()
        walk.grounds = root.find(W + "background") is not None
        walk.story(body)
        return _assemble(data, name, walk), root, [piece.elements for piece in walk.out]


def _assemble(data: bytes, name: str, walk: _Walk) -> Document:
    blocks: list[Block] = []
    start = 0
    for piece in walk.out:
        end = start + len(piece.text)
        blocks.append(Block(start, end, piece.kind, piece.label, piece.level, None, piece.indent))
        start = end + 1
    text = "\n".join(piece.text for piece in walk.out)
    if not any(len(piece.text) > len(piece.label) for piece in walk.out):
        raise NoTextError(f"{name}: the Word file holds no text; if it shows pictures of pages, run OCR on them first")
    asides, package = walk.asides, walk.package
    place(zip((block.start for block in blocks), walk.out, strict=True), walk.pending, len(text))
    return Document(
        name,
        "docx",
        hashlib.sha256(data).hexdigest(),
        text,
        tuple(blocks),
        warnings=tuple(walk.warnings()),
        revisions=asides.revisions(text) if asides.changes else (),
        comments=asides.comments(package.part("comments"), package.part("commentsExtended")),
        margins=walk.margins(),
    )


class _Walk:
    """One pass over the document. ``out`` receives the blocks of the container being read."""

    def __init__(self, package: WordPackage, numbering: Numbering, styles: Styles, *, original: bool) -> None:
        self.out: list[Piece] = []
        self.asides = Asides()
        self.pending: list[tuple[int, Span, bool]] = []  # marks between paragraphs, which go to the next one that is shown
        self.some_hidden = True
        self.some_unseen = False
        self.grounds = 0  # coloured grounds under the place where the walk is: a page, tables, cells, boxes
        self.package = package
        self._numbering = numbering
        self._styles = styles
        self._original = original
        self._shown, self._unshown = (_REMOVED, _ADDED) if original else (_ADDED, _REMOVED)
        self._counters = self._body_counters = Counters(numbering)
        self._note_counters = Counters(numbering)
        self._notes: dict[str, dict[str, Any]] = {}
        self._resolved: dict[Any, _Properties] = {}
        self._depth = 0
        self._kind = BlockKind.PARAGRAPH  # of plain paragraphs where the walk is
        self._contents = 0  # open content controls that hold a table of contents
        self._carried: _Carried | None = None
        # the paragraph being read
        self._elements: tuple[Any, ...] = ()
        self._parts: list[str] = []
        self._length = 0  # characters in the parts
        self._marks: list[tuple[int, Span, bool]] = []  # where changes and comments begin and end
        self._after: list[tuple[str, Any]] = []  # boxes and notes, which follow their paragraph
        self._in_contents = False
        self._style_toggles = 0
        self._toggles = 0  # HIDDEN and STRUCK of the run being read
        self._unseen = self._ground = False  # what the paragraph's style draws is not seen; a colour lies under the paragraph
        self._held: list[tuple[int, str]] = []  # text within the code of a field, with its place: shown if the field has no end
        self._field_numbers = FieldNumbers()
        self._linked: list[str] = []
        self._fields = Fields(self._field_numbers, self._linked)
        # counts for the warnings
        self._paragraphs = 0
        self._changes = 0
        self._left_out = {HIDDEN: 0, STRUCK: 0}
        self._last_toggles = 0
        self._objects: list[str] = []  # names, "" where there is none
        self._chunks: list[str] = []

    def margins(self) -> tuple[str, ...]:
        """The text of the headers and footers, each once."""
        found: dict[str, None] = {}
        for root in self.package.texts_of("header", "footer"):
            walk = _Walk(self.package, self._numbering, self._styles, original=self._original)
            walk.some_hidden = True
            walk.story(root)
            if text := "\n".join(piece.text for piece in walk.out):
                found[text] = None
        return tuple(found)

    def warnings(self) -> Iterator[ContractWarning]:
        if self._changes:
            yield warning("tracked_changes", count=self._changes)
        if self._left_out[HIDDEN]:
            yield warning("hidden_text", count=self._left_out[HIDDEN])
        if self._left_out[STRUCK]:
            yield warning("struck_out_text", count=self._left_out[STRUCK])
        comments = self.package.part("comments")
        count = sum(1 for _ in comments.iterchildren(W + "comment")) if comments is not None else 0
        if count:
            yield warning("comments", count=count)
        for code, names in (("embedded_object", self._objects), ("alt_chunk", self._chunks)):
            if names:
                yield warning(code, count=len(names), names=_listed(names))
        if linked := [*self.package.linked, *self._linked]:
            yield warning("linked_file", names=_listed(linked))

    # --- containers of paragraphs ------------------------------------------------------------------------------------

    def story(self, element: Any) -> None:
        """A whole body, box or note; a field left open in it ends with it."""
        fields, self._fields = self._fields, Fields(self._field_numbers, self._linked)
        self._container(element)
        self._flush()
        for piece in self._fields.lines:  # a table of contents without end is none: its lines must not be lost to the review
            piece.kind = self._kind
        self._fields = fields

    def _container(self, element: Any) -> None:
        self._enter()
        for child in element:
            tag = child.tag
            if tag == _P:
                self._paragraph(child)
            elif tag == _TBL:
                self._flush()
                self._table(child)
            elif tag == _SDT:
                self._contents += (contents := _holds_contents(child))
                for content in child.iterchildren(_SDT_CONTENT):
                    self._container(content)
                self._contents -= contents
            elif tag == W + "customXml":
                self._container(child)
            elif tag in self._shown:
                self._changes += 1
                span = self.asides.shown(child)
                self._mark_between(span, ends=False)
                self._container(child)
                self._mark_between(span, ends=True)
            elif tag in self._unshown:
                self._leave_out(child)
            elif tag == _ALTERNATE:
                self._alternate(child, self._container)
            elif tag in (W + "altChunk", W + "subDoc"):
                self._chunks.append(self.package.target(child.get(_R_ID, "")))
            elif tag in COMMENT_MARKS:
                span, starts, ends = self.asides.comment(child)
                if starts:
                    self._mark_between(span, ends=False)
                if ends:
                    self._mark_between(span, ends=True)
        self._depth -= 1

    def _mark_between(self, span: Span, *, ends: bool) -> None:
        """Something begins before the next paragraph, or has ended with the last."""
        if ends and self.out and span.start is None:
            self.out[-1].marks.append((len(self.out[-1].text), span, True))
        else:
            self.pending.append((0, span, ends))

    def _leave_out(self, change: Any, text: str | None = None) -> None:
        """A change of whole paragraphs, rows or cells that this side does not show."""
        self._changes += 1
        self.pending += [(0, span, True) for span in self.asides.unshown(change, text)]

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > _DEPTH:
            raise LimitError(f"{self.package.name}: tables or fields are nested too deep; save the file anew in Word")

    def _alternate(self, element: Any, read: Any) -> None:
        """The first choice that shows anything; programs that know none of them show the fallback."""
        for kind in (_CHOICE, _FALLBACK):
            for option in element.iterchildren(kind):
                before = len(self.out), len(self._parts), len(self._after), len(self._objects)
                read(option)
                if (len(self.out), len(self._parts), len(self._after), len(self._objects)) != before:
                    return

    # --- tables --------------------------------------------------------------------------------------------------------

    def _table(self, element: Any) -> None:
        self._enter()
        self.grounds += (ground := self.some_unseen and self._table_has_ground(element))
        rows = [cells for row in self._rows(element) if (cells := self._row(row))]
        self.grounds -= ground
        self._depth -= 1
        for cells in rows:
            join_row_number(cells)
        self.out.extend(piece for cell in reading_order(rows) for piece in cell.pieces)

    def _table_has_ground(self, element: Any) -> bool:
        properties = element.find(W + "tblPr")
        style = properties.find(W + "tblStyle") if properties is not None else None
        return has_ground(properties) or (style is not None and self._styles.ground(style.get(_VAL, "")))

    def _rows(self, element: Any) -> Iterator[Any]:
        for child in element:
            if child.tag == W + "tr":
                properties = child.find(W + "trPr")
                if properties is not None:
                    changes = list(properties.iterchildren(*_ADDED, *_REMOVED))
                    unseen = next((change for change in changes if change.tag in self._unshown), None)
                    if unseen is not None:
                        self._leave_out(unseen, text_of(child))
                        continue
                    if changes:
                        self._changes += len(changes)
                        span = self.asides.shown(changes[0])
                        self.pending.append((0, span, False))
                        yield child
                        self.pending.append((0, span, True))
                        continue
                yield child
            elif child.tag in (_SDT, _SDT_CONTENT, W + "customXml"):
                yield from self._rows(child)

    def _row(self, row: Any) -> list[Cell]:
        cells: list[Cell] = []
        column = 0
        properties = row.find(W + "trPr")
        if properties is not None and (before := properties.find(W + "gridBefore")) is not None:
            column = columns_of(before)
        for element in cells_of(row):
            span, shown, change = self._cell_properties(element.find(W + "tcPr"))
            if shown:
                pieces = self._cell(element)
                if change is not None:
                    self._changes += 1
                if change is not None and pieces:
                    change = self.asides.shown(change)
                    pieces[0].marks.append((0, change, False))
                    pieces[-1].marks.append((len(pieces[-1].text), change, True))
                cells.append(Cell(column, span, pieces))
            elif change is not None:
                self._leave_out(change, text_of(element))
            column += span
        return [cell for cell in cells if cell.pieces]

    def _cell_properties(self, properties: Any | None) -> tuple[int, bool, Any | None]:
        """Columns covered, whether the cell is drawn (not if it continues the one above or beside it), and its tracked change."""
        span, shown, change = 1, True, None
        for child in properties if properties is not None else ():
            tag = child.tag
            if tag == W + "gridSpan":
                span = columns_of(child)
            elif tag in (W + "vMerge", W + "hMerge"):
                shown = shown and child.get(_VAL, "continue") != "continue"
            elif tag in (W + "cellIns", W + "cellDel"):
                change = child
                shown = shown and (tag == W + "cellDel") == self._original
        return span, shown, change

    def _cell(self, element: Any) -> list[Piece]:
        out, kind = self.out, self._kind
        self.out = []
        if kind is BlockKind.PARAGRAPH:
            self._kind = BlockKind.TABLE_CELL
        self.grounds += (ground := self.some_unseen and has_ground(element.find(W + "tcPr")))
        self._container(element)
        self._flush()
        self.grounds -= ground
        pieces, self.out, self._kind = self.out, out, kind
        return pieces

    # --- paragraphs ------------------------------------------------------------------------------------------------

    def _paragraph(self, element: Any) -> None:
        self._paragraphs += 1
        if self._paragraphs > MAX_PARAGRAPHS:
            raise LimitError(f"{self.package.name}: more than {MAX_PARAGRAPHS} paragraphs; split the contract")
        if not len(element) and self._carried is None and not self._numbering.has(self._styles.paragraph(None).list_id):
            return
        own = element[0] if len(element) and element[0].tag == _PPR else element.find(_PPR)
        properties, mark = self._properties(own)
        self._elements = (element,)
        self._parts, self._after, self._marks, self._length = [], [], [], 0
        self._in_contents = properties.style.contents
        self._fields.outline = properties.outline or 0
        self._style_toggles = properties.style.toggles
        if self.some_unseen:
            self._unseen = properties.style.unseen
            self._ground = self.grounds > 0 or properties.style.ground or has_ground(own)
            if self._unseen and not self._ground:
                self._style_toggles |= HIDDEN
        self._toggles = self._style_toggles
        self._inline(element)
        if self._held:
            self._put_back_held()
        self._fields.end_codes()
        parts, after, marks, begun = self._parts, self._after, self._marks, None
        if (carried := self._carried) is not None:
            before = sum(map(len, carried.parts)) if marks or mark is not None else 0
            self._length += before
            carried.parts.extend(parts)
            carried.after.extend(after)
            carried.marks.extend((at + before, span, ends) for at, span, ends in marks)
            parts, after, marks, begun = carried.parts, carried.after, carried.marks, carried.begun
            self._elements = (*carried.elements, element)
            self._carried = None
        gone, hidden = self._mark(mark, marks) if mark is not None else (False, bool(properties.style.toggles & HIDDEN))
        if hidden and not gone and begun is None and any(not part.isspace() for part in parts):
            begun = self._begin(properties)
        if gone or hidden or (properties.drop_cap and parts):
            self._carried = _Carried(parts, properties, after, marks, begun, self._elements)
        else:
            self._put("".join(parts), properties, after, marks, begun)

    def _put_back_held(self) -> None:
        """The paragraph ends: what seemed to be the code of a field is text if the field has not ended."""
        held, self._held = self._held, []
        if not self._fields.codes:
            return
        text = "".join(self._parts)
        for at, more in reversed(held):
            text = text[:at] + more + text[at:]
            self._marks = [(place + len(more) if place > at else place, span, ends) for place, span, ends in self._marks]
        self._parts, self._length = [text], len(text)

    def _properties(self, own: Any | None) -> tuple[_Properties, Any | None]:
        """The paragraph's properties on this side of the revisions, and those of its mark."""
        mark = list_id = level = None
        named: str | None = None
        own_outline: int | None = -1
        left: int | None = None
        first: int | None = None
        section = drop_cap = False
        if own is not None:
            mark = own.find(_RPR)
            if self._original and (change := own.find(W + "pPrChange")) is not None:
                before = change.find(_PPR)
                own = before if before is not None else own
            for child in own.iterchildren(*_PROPERTIES):
                tag = child.tag
                if tag == W + "pStyle":
                    named = child.get(_VAL)
                elif tag == W + "numPr":
                    list_id, level = list_of(child)
                    if self._original and child.find(W + "ins") is not None:
                        list_id = "0"
                elif tag == W + "outlineLvl":
                    own_outline = whole_number(child.get(_VAL))
                elif tag == W + "ind":
                    left, first = indents(child)
                elif tag == W + "framePr":
                    drop_cap = child.get(W + "dropCap", "none") != "none"
                else:
                    section = True
        key = (named, list_id, level, own_outline, left, first, section, drop_cap)
        known = self._resolved.get(key)
        if known is None:
            known = self._resolved[key] = self._resolve(*key)
        return known, mark

    def _resolve(
        self,
        named: str | None,
        list_id: str | None,
        level: int | None,
        own_outline: int | None,
        left: int | None,
        first: int | None,
        section: bool,
        drop_cap: bool,
    ) -> _Properties:
        style = self._styles.paragraph(named)
        from_style = list_id is None
        list_id = style.list_id if list_id is None else list_id
        level = style.list_level if level is None else level
        drawn = self._numbering.level(list_id, level)
        order = [(drawn.left, drawn.first) if drawn else (None, None), (style.left, style.first)]
        if from_style and style.own_indent:
            order.reverse()
        for other_left, other_first in order:
            left = other_left if left is None else left
            first = other_first if first is None else first
        outline = style.outline if own_outline == -1 else own_outline
        outline = outline if outline is not None and 0 <= outline < 9 else None
        return _Properties(style, list_id, level, outline, ((left or 0) + (first or 0)) / 20, section, drop_cap)

    def _mark(self, mark: Any, marks: list[tuple[int, Span, bool]]) -> tuple[bool, bool]:
        """Whether the paragraph mark is removed on this side of the revisions, and whether it is hidden."""
        gone = False
        for child in mark.iterchildren(*_ADDED, *_REMOVED):
            self._changes += 1
            gone = gone or child.tag in self._unshown
            marks += [(self._length, span, True) for span in self.asides.unshown(child, "\n")]
        hidden = self.some_hidden and bool(run_toggles(mark, self._styles, self._style_toggles) & HIDDEN)
        return gone, hidden

    def _begin(self, properties: _Properties) -> Piece:
        """The number the paragraph begins with (text = number and what parts it from the text), and its place."""
        kind = self._kind
        if properties.outline is not None or properties.style.title:
            kind = BlockKind.HEADING if kind is BlockKind.PARAGRAPH else kind
        piece = Piece("", kind, "", properties.outline, properties.indent)
        if self._numbering.has(properties.list_id):
            level = self._numbering.level(properties.list_id, properties.list_level)
            label = self._counters.advance(properties.list_id, properties.list_level)
            piece.level = properties.list_level
            if label and level is not None:
                piece.label = label
                piece.text = label if level.suffix == "nothing" else label + separator(label)
        return piece

    def _put(
        self,
        text: str,
        properties: _Properties,
        after: list[tuple[str, Any]],
        marks: list[tuple[int, Span, bool]],
        begun: Piece | None,
    ) -> None:
        drawn = readable_symbols(text)
        text = drawn.strip("\n").rstrip()
        if begun is None:
            # A paragraph that is there only to end a section draws no number and counts for none.
            piece = self._begin(properties) if text or not properties.section else Piece("", self._kind)
        else:  # a heading and the text that runs on behind its hidden mark: together no mere heading
            piece = begun
            piece.kind = BlockKind.PARAGRAPH if piece.kind is BlockKind.HEADING else piece.kind
        shown = bool(text.strip())
        if shown or (piece.label and _is_number(piece.label)):
            # Entries of a table of contents bear their numbers as text: a drawn one shows a clause in a wrong style.
            contents = self._in_contents and len(text) <= _CONTENTS_LENGTH and not piece.label
            if contents and self._kind is not BlockKind.FOOTNOTE:
                piece.kind = BlockKind.TOC
                if self._fields.contents:
                    self._fields.lines.append(piece)
            elif piece.kind is BlockKind.HEADING and not (shown and _may_be_heading(text)):
                piece.kind = BlockKind.PARAGRAPH
            piece.text = piece.text + text.lstrip() if shown and piece.label else text or piece.label
            piece.elements = self._elements
            if marks or self.pending:
                # Leading line ends went, and blanks too where a number was put before.
                shift = len(piece.text) - len(text.lstrip()) - (len(drawn) - len(drawn.lstrip())) if shown else 0
                piece.marks += self.pending
                piece.marks += [(max(at + shift, 0), span, ends) for at, span, ends in marks]
                self.pending = []
            self.out.append(piece)
        else:
            self.pending += [(0, span, ends) for _, span, ends in marks]
        for kind, element in after:
            self._put_after(kind, element)

    def _put_after(self, kind: str, element: Any) -> None:
        if kind == "box":
            saved, self._kind = self._kind, self._kind if self._kind is BlockKind.FOOTNOTE else BlockKind.PARAGRAPH
            self.grounds += 1
            self.story(element)
            self.grounds -= 1
            self._kind = saved
            return
        if self._kind is BlockKind.FOOTNOTE:  # a note on a note: Word makes none
            return
        if kind not in self._notes:
            part = self.package.part(f"{kind}s")
            self._notes[kind] = {e.get(_ID, ""): e for e in part.iterchildren(W + kind)} if part is not None else {}
        note = self._notes[kind].pop(element, None)  # each once
        if note is not None:
            saved, self._kind, self._counters = self._kind, BlockKind.FOOTNOTE, self._note_counters
            self.story(note)
            self._kind, self._counters = saved, self._body_counters

    def _flush(self) -> None:
        """The container ends: text carried over is a paragraph of its own."""
        if (carried := self._carried) is not None:
            self._carried = None
            self._in_contents = False
            self._elements = carried.elements
            text = "".join(carried.parts)
            if text.strip():
                self._put(text, carried.properties, carried.after, carried.marks, carried.begun)
            else:
                self.pending += [(0, span, ends) for _, span, ends in carried.marks]
                for kind, element in carried.after:
                    self._put_after(kind, element)

    # --- inside a paragraph --------------------------------------------------------------------------------------------

    def _inline(self, element: Any) -> None:
        for child in element:
            tag = child.tag
            if tag == _R:
                self._run(child)
            elif tag in _WRAPPERS:
                if tag == _SIMPLE_FIELD and (drawn := self._fields.drawn(child.get(W + "instr", ""))):
                    self._add(drawn)
                else:
                    self._nested(child)
            elif tag in self._shown:
                self._changes += 1
                span = self.asides.shown(child)
                self._marks.append((self._length, span, False))
                self._nested(child)
                self._marks.append((self._length, span, True))
            elif tag in self._unshown:
                self._changes += 1
                self._marks += [(self._length, span, True) for span in self.asides.unshown(child)]
            elif tag == _SDT:
                for content in child.iterchildren(_SDT_CONTENT):
                    self._nested(content)
            elif tag == _M + "oMath":
                self._add(formula(child))
            elif tag == _ALTERNATE:
                self._alternate(child, self._nested)
            elif tag in COMMENT_MARKS:
                self._comment(child)

    def _comment(self, mark: Any) -> None:
        span, starts, ends = self.asides.comment(mark)
        if starts:
            self._marks.append((self._length, span, False))
        if ends:
            self._marks.append((self._length, span, True))

    def _nested(self, element: Any) -> None:
        self._enter()
        self._inline(element)
        self._depth -= 1

    def _run(self, element: Any) -> None:
        self._toggles = self._style_toggles
        for child in element:
            tag = child.tag
            if tag == _T:
                if text := child.text:
                    self._add(_RAW_BLANKS.sub(" ", text) if "\n" in text or "\t" in text else text)
            elif tag == _RPR:
                if self.some_hidden:
                    self._toggles = self._run_toggles(child)
            else:
                self._run_part(child, tag)
        self._toggles = self._style_toggles

    def _run_toggles(self, properties: Any) -> int:
        if self._original and (change := properties.find(W + "rPrChange")) is not None:
            before = change.find(_RPR)
            properties = before if before is not None else properties
        if not self.some_unseen:
            return run_toggles(properties, self._styles, self._style_toggles)
        above = self._style_toggles & ~HIDDEN if self._unseen else self._style_toggles
        on = run_toggles(properties, self._styles, above)
        said = unseen(properties)
        if said is None and (style := properties.find(W + "rStyle")) is not None:
            said = self._styles.unseen(style.get(_VAL, ""))
        return on | HIDDEN if (self._unseen if said is None else said) and not self._ground else on

    def _run_part(self, element: Any, tag: str) -> None:
        if (sign := _SIGNS.get(tag)) is not None:
            self._add(sign)
        elif tag == W + "fldChar":
            drawn = self._fields.sign(element)
            if not self._fields.codes:
                self._held.clear()
            if drawn:
                self._add(drawn)
        elif tag == W + "instrText" or (tag == W + "delInstrText" and self._original):
            self._fields.code(element.text or "")
        elif tag == W + "delText":
            if self._original and element.text:
                self._add(element.text)
        elif tag == W + "sym":
            self._add(symbol(element.get(W + "char", ""), element.get(W + "font", "")))
        elif tag == W + "ruby":
            for base in element.iterchildren(_RUBY_BASE):
                toggles = self._toggles
                self._nested(base)
                self._toggles = toggles
        elif tag in (W + "footnoteReference", W + "endnoteReference"):
            if not self._toggles & (HIDDEN | STRUCK) and not self._fields.codes:
                self._after.append((tag.removeprefix(W).removesuffix("Reference"), element.get(_ID, "")))
        elif tag in (W + "drawing", W + "pict", W + "object"):
            if not self._toggles & HIDDEN:
                self._drawing(element)
        elif tag == _ALTERNATE:
            self._alternate(element, self._run_parts)
        elif tag in COMMENT_MARKS:
            self._comment(element)

    def _run_parts(self, element: Any) -> None:
        for child in element:
            if child.tag == _T:
                self._add(child.text or "")
            else:
                self._run_part(child, child.tag)

    def _drawing(self, element: Any) -> None:
        """The text boxes in a drawing, outermost only: an inner one is met again when its box is read."""
        if next(element.iter(_BOX, *_OBJECTS), None) is None:
            return
        self._enter()
        for child in element:
            tag = child.tag
            if tag == _BOX:
                if next(child.iter(_T), None) is not None:
                    self._after.append(("box", child))
            elif tag == _ALTERNATE:
                self._alternate(child, self._drawing)
            elif tag in _OBJECTS:
                if not (tag.endswith("}OLEObject") and child.get("Type") == "Link"):  # a link is told as one
                    self._objects.append(self.package.target(child.get(_R_ID, "") or child.get(_R_NAMES + "dm", "")))
            elif len(child):
                self._drawing(child)
        self._depth -= 1

    def _add(self, text: str) -> None:
        """Text of the run being read, unless it is the code of a field, hidden or struck out."""
        if self._fields.codes:
            self._held.append((self._length, text))
            return
        if toggles := self._toggles:
            if text.strip():
                what = HIDDEN if toggles & HIDDEN else STRUCK
                self._left_out[what] += what != self._last_toggles
                self._last_toggles = what
            return
        self._last_toggles = 0
        if self._contents or self._fields.contents:
            self._in_contents = True
        if "\u00ad" in text:  # a soft hyphen is drawn only where a line breaks at it
            text = text.replace("\u00ad", "")
        self._parts.append(text)
        self._length += len(text)


# --- small parts ---------------------------------------------------------------------------------------------------

_PROPERTIES = tuple(W + n for n in ("pStyle", "numPr", "outlineLvl", "ind", "sectPr", "framePr"))
_SIGNS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",  # pages and columns too: the text goes on below
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}


def _holds_contents(element: Any) -> bool:
    """Whether a content control is Word's own table of contents."""
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(_VAL) == "Table of Contents"


def _listed(names: list[str]) -> Text:
    """The names for a warning: the first few, each once; a stroke where there is none."""
    known = [name for name in dict.fromkeys(names) if name]
    some, more = known[:_NAMES_TOLD], len(known) > _NAMES_TOLD
    ja, en = "\u3001".join(some), ", ".join(some)
    return Text(ja + "\u2026" * more or "-", en + ", ..." * more or "-")


def _may_be_heading(text: str) -> bool:
    return len(text) <= (_SENTENCE_LENGTH if text.endswith((".", ";", "\u3002", "\uff0e")) else _HEADING_LENGTH)


def _is_number(label: str) -> bool:
    return label != BULLET and any(c.isalnum() for c in label)
