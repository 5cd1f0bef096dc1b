"""Knows what stands beside the text of a Word document: tracked changes and comments, who made them, when and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from clausecheck.model import Comment, Revision, RevisionKind
from clausecheck.readers.word_numbering import W, is_on
from clausecheck.readers.word_tables import Piece

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_ID = W + "id"
_SHORT = 200  # of an author's name or a date, which are what the file says
_KINDS = {
    W + "ins": RevisionKind.INSERTION,
    W + "del": RevisionKind.DELETION,
    W + "moveTo": RevisionKind.MOVE_TO,
    W + "moveFrom": RevisionKind.MOVE_FROM,
    W + "cellIns": RevisionKind.INSERTION,
    W + "cellDel": RevisionKind.DELETION,
}
COMMENT_MARKS = frozenset(W + name for name in ("commentRangeStart", "commentRangeEnd", "commentReference"))
_SIGNS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_TEXTS = (W + "t", W + "delText", *_SIGNS, W + "p")


@dataclass(slots=True)
class Span:
    """A tracked change or a comment in the making: which text, and from which place to which."""

    element: Any
    text: str = ""  # of a change
    shown: bool = False  # its text is read from start to end
    start: int | None = None
    end: int | None = None


@dataclass(slots=True)
class Asides:
    """The tracked changes and comments met on a walk. A mark is a character of a paragraph, the span, and whether it ends there."""

    changes: list[Span] = field(default_factory=list)
    _comments: dict[str, Span] = field(default_factory=dict)

    def shown(self, element: Any) -> Span:
        """A change whose text is read; the caller marks where it begins and ends."""
        self.changes.append(span := Span(element, shown=True))
        return span

    def unshown(self, element: Any, text: str | None = None) -> list[Span]:
        """A change that is not read, and the comments inside it: all stand at one place."""
        self.changes.append(span := Span(element, text_of(element) if text is None else text))
        inner = [self.comment(mark)[0] for mark in element.iter(*COMMENT_MARKS)] if len(element) else []
        return [span, *inner]

    def comment(self, mark: Any) -> tuple[Span, bool, bool]:
        """The comment that a mark in the text speaks of, and whether the mark begins and whether it ends it."""
        span = self._comments.setdefault(mark.get(_ID, ""), Span(mark))
        if mark.tag == W + "commentReference" and span.element is not mark:  # the range has told the place
            return span, False, False
        return span, mark.tag != W + "commentRangeEnd", mark.tag != W + "commentRangeStart"

    def revisions(self, text: str) -> tuple[Revision, ...]:
        """The changes in the order of their places; neighbours by one author at one time are one."""
        made: list[Revision] = []
        placed = [s for s in self.changes if s.start is not None and s.end is not None]
        for span in sorted(placed, key=lambda s: s.start or 0):
            start, end = span.start or 0, span.end or 0
            words = span.text or (text[start:end] if span.shown else "")
            if not words:
                continue
            one = Revision(_KINDS[span.element.tag], *_signed(span.element), words, start, end)
            last = made[-1] if made else None
            if last and (last.kind, last.author, last.date) == (one.kind, one.author, one.date) and _adjoin(last, one):
                made[-1] = Revision(one.kind, one.author, one.date, last.text + one.text, last.start, max(last.end, one.end))
            else:
                made.append(one)
        return tuple(made)

    def comments(self, part: Any | None, extended: Any | None) -> tuple[Comment, ...]:
        """All comments of the part that holds them, in its order."""
        if part is None:
            return ()
        done = set()
        for element in extended.iterchildren(_W15 + "commentEx") if extended is not None else ():
            if element.get(_W15 + "done", "0") in ("1", "true", "on"):
                done.add(element.get(_W15 + "paraId"))
        made = []
        for element in part.iterchildren(W + "comment"):
            span = self._comments.get(element.get(_ID, ""))
            start = span.start if span is not None else None
            end = span.end if span is not None and span.end is not None else start
            marked = any(p.get(_W14 + "paraId") in done for p in element.iter(W + "p")) if done else False
            made.append(Comment(*_signed(element), text_of(element), start, end, marked))
        return tuple(made)


def place(pieces: Iterable[tuple[int, Piece]], rest: Sequence[tuple[int, Span, bool]], length: int) -> None:
    """Gives every span its place in the text: of each piece its offset there; ``rest`` came behind the last."""
    for offset, piece in pieces:
        for at, span, ends in piece.marks:
            _put(span, offset + min(at, len(piece.text)), ends)
    for _, span, ends in rest:
        _put(span, length, ends)


def _put(span: Span, at: int, ends: bool) -> None:
    if ends:
        span.start = at if span.start is None else span.start
        span.end = max(at, span.start) if span.end is None else max(at, span.end)
    elif span.start is None:
        span.start = at


def _adjoin(last: Revision, one: Revision) -> bool:
    return one.start == last.end or (one.start == last.end + 1 and last.text.endswith("\n"))


def _signed(element: Any) -> tuple[str, str]:
    return element.get(W + "author", "")[:_SHORT], element.get(W + "date", "")[:_SHORT]


def text_of(element: Any) -> str:
    """The words inside, whichever side of the changes they are on; hidden ones left out, paragraphs parted by line ends."""
    parts: list[str] = []
    for child in element.iter(*_TEXTS):
        if child.tag == W + "p":
            if parts:
                parts.append("\n")
        elif (sign := _SIGNS.get(child.tag)) is not None:
            parts.append(sign if child.getparent().tag == W + "r" else "")
        elif not _hidden(child.getparent()):
            parts.append(child.text or "")
    return "".join(parts).strip("\n")


def _hidden(run: Any) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and is_on(vanish)
