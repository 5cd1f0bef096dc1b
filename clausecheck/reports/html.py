"""The report as one HTML file that needs nothing else: no network, and no script to read it.

The contract stands on one side with the evidence marked, the findings on the other, linked both ways. Texts pass through jinja2's
escaping; a content security policy lets only our own style and script run, whatever a contract holds.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from clausecheck.model import Block, BlockKind, ClauseKind, Report, Result, Severity, Status
from clausecheck.report import unsteered
from clausecheck.reports.digest import Digest, Quote, Told, digest
from clausecheck.reports.words import Words

_ORDER = (Status.CONFLICTING, Status.MISSING, Status.WEAK, Status.UNDETERMINED, Status.PRESENT, Status.NOT_APPLICABLE)
_QUIET = (BlockKind.HEADER, BlockKind.NOTE, BlockKind.TOC, BlockKind.FOOTNOTE)
_KIND = {Result.SATISFIED: "g", Result.WEAK: "w", Result.NEGATED: "b", Result.ABSENT: "n"}
_WEIGHT = "ngwb"  # where marks lie over each other the heaviest shows
_MOST_QUOTES = 3
_CJK = "\u2e7f"  # letters behind it are written without blanks between words


@dataclass(frozen=True, slots=True)
class _Span:
    """Evidence in the contract's text."""

    start: int
    end: int
    kind: str  # g good, w weak, b bad, n neutral
    number: int  # of the finding; 0 = the term
    title: str


@dataclass(slots=True)
class _Piece:
    text: str
    kind: str = ""
    title: str = ""
    anchors: list[str] = field(default_factory=list)
    refs: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Paragraph:
    classes: str
    pieces: list[_Piece]


def render_html(report: Report, language: str | None = None) -> str:
    """The self-contained page of one report."""
    d = digest(report, language)
    statuses = [s for s in _ORDER if any(e.finding.status is s for e in d.entries)]
    severities = [s for s in Severity if any(e.finding.severity is s for e in d.entries)]
    spans = _spans(d)
    return _page(
        "report.html",
        d.words,
        d=d,
        counts=[(s.value, d.words.name("status", s.value), sum(e.finding.status is s for e in d.entries)) for s in statuses],
        severities=[(s.value, d.words.name("severity", s.value)) for s in severities],
        paragraphs=list(_paragraphs(report, spans)),
        titles={e.number: e.title for e in d.entries},
        quotes=lambda quotes, told: _quotes(quotes, d, told),
        nothing_told=lambda: Told(d.words),
    )


# --- pages -------------------------------------------------------------------------------------------------------------


@cache
def _environment() -> Environment:
    return Environment(autoescape=True, trim_blocks=False, keep_trailing_newline=True)


@cache
def _part(name: str) -> str:
    return (files("clausecheck") / "reports" / "templates" / name).read_text(encoding="utf-8")


def _page(template: str, words: Words, **values: Any) -> str:
    style, script = _part("report.css"), _part("report.js")
    return (
        _environment()
        .from_string(_part(template))
        .render(
            words=words,
            say=words.say,
            style=Markup(style),
            script=Markup(script),
            style_hash=_hash(style),
            script_hash=_hash(script),
            **values,
        )
    )


def _hash(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


def _quotes(quotes: Sequence[Quote], d: Digest, told: Told) -> Markup:
    """The quotations, each a link to its place; what was ``told`` in the finding before is not written out again."""
    made = []
    language = d.report.contract.language
    for quoted in quotes[:_MOST_QUOTES]:
        link = Markup('<a href="#{}">{}</a>').format(_anchor(quoted), quoted.cited)
        said = Markup('<span lang="{}">{}</span>').format(language, d.words.say("quoted", quote=quoted.text))
        again = told.again(quoted, quoted.text)
        made.append(Markup("<blockquote>{}: {}</blockquote>").format(link, d.words.say("quoted_above") if again else said))
    return Markup("").join(made)


def _anchor(quoted: Quote) -> str:
    return f"q{quoted.evidence.start}-{quoted.evidence.end}"


# --- the contract with its marks -----------------------------------------------------------------------------------------


def _spans(d: Digest) -> list[_Span]:
    spans = []
    for entry in d.entries:
        for line in entry.elements:
            kind = _KIND[line.element.result]
            title = f"{entry.number}. {entry.title} / {line.title}: {line.result}"
            spans += [_Span(q.evidence.start, q.evidence.end, kind, entry.number, title) for q in line.quotes]
        for flag in entry.flags:
            kind = "b" if flag.flag.effect in ("degrade", "conflict") else "n"
            title = f"{entry.number}. {entry.title} / {flag.message}"
            spans += [_Span(q.evidence.start, q.evidence.end, kind, entry.number, title) for q in flag.quotes]
    spans += [_Span(q.evidence.start, q.evidence.end, "n", 0, d.words.say("term")) for q in d.term_quotes]
    return spans


def _paragraphs(report: Report, spans: Iterable[_Span]) -> Iterable[_Paragraph]:
    """The blocks of the text, cut where marks begin and end; every character of the text stands in exactly one piece."""
    text = report.contract.text
    ordered = sorted(spans, key=lambda s: (s.start, s.end))
    bare = (ClauseKind.RECITAL, ClauseKind.SIGNATURE)  # text, where nothing heads it
    level = {c.start: c.level.value for c in report.contract.clauses if c.kind not in bare or c.heading}
    open_spans: list[_Span] = []
    taken = 0
    seen: set[str] = set()
    waiting: _Paragraph | None = None
    for block in report.contract.document.blocks:
        while taken < len(ordered) and ordered[taken].start < block.end:
            open_spans.append(ordered[taken])
            taken += 1
        open_spans = [s for s in open_spans if s.end > block.start]
        here = [s for s in open_spans if s.start < block.end]
        cuts = sorted({block.start, block.end, *(min(max(p, block.start), block.end) for s in here for p in (s.start, s.end))})
        pieces = []
        for a, b in pairwise(cuts):
            over = [s for s in here if s.start < b and s.end > a]
            piece = _Piece(unsteered(text[a:b]).replace("\u00a0", " "))  # a text that knows no other blanks must still break
            if over and (block.kind is not BlockKind.HEADER or any(s.start >= block.start for s in over)):
                piece.kind = max((s.kind for s in over), key=_WEIGHT.index)
                piece.title = "\n".join(dict.fromkeys(s.title for s in over))[:600]
                piece.refs = sorted({s.number for s in over if s.end == b and s.number})
                for s in over:
                    name = f"q{s.start}-{s.end}"
                    if name not in seen:
                        seen.add(name)
                        piece.anchors.append(name)
            pieces.append(piece)
        paragraph = _Paragraph(_classes(block, level), list(_with_anchors(pieces)))
        if waiting is None:
            waiting = paragraph
        elif block.wrapped and block.start not in level and "quiet" not in (waiting.classes, paragraph.classes) and pieces:
            _join(waiting, paragraph)
        else:
            yield waiting
            waiting = paragraph
    if waiting is not None:
        yield waiting


def _join(first: _Paragraph, second: _Paragraph) -> None:
    """Adds to a line the one that goes on in its sentence."""
    before, after = first.pieces[-1], second.pieces[0]
    blank = "" if before.text[-1:] > _CJK and after.text[:1] > _CJK else " "
    if (before.kind, before.title) == (after.kind, after.title) and not before.refs and not after.anchors:  # the same words go on
        first.pieces[-1] = _Piece(before.text + blank + after.text, before.kind, before.title, before.anchors, after.refs)
        first.pieces += second.pieces[1:]
    else:
        first.pieces += [_Piece(blank), *second.pieces]


def _with_anchors(pieces: Iterable[_Piece]) -> Iterable[_Piece]:
    """An element has one id: further ones get empty marks before it."""
    for piece in pieces:
        for extra in piece.anchors[1:]:
            yield _Piece("", piece.kind, "", [extra])
        piece.anchors = piece.anchors[:1]
        yield piece


def _classes(block: Block, level: dict[int, str]) -> str:
    kind = level.get(block.start, "")
    if block.kind in _QUIET:
        return "quiet"
    if kind in ("chapter", "clause") or block.kind is BlockKind.HEADING:
        return "head" if block.end - block.start < 120 else ""
    indent = {"paragraph": 1, "item": 2, "subitem": 3}.get(kind, min(block.level or 0, 3) if block.label else 0)
    return f"in{indent}" if indent else ""
