"""Splits a document into its clause tree: preamble, clauses and what lies below them, annexes, signature.

Knows no words of any language: the numbering modules find marks and frames, the outline weighs them, this module builds the tree.
Every character of the document lies in exactly one top-level node.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from clausecheck.coverage import coverage_of, coverage_warnings
from clausecheck.languages.base import NumberMark
from clausecheck.languages.en import numbering as english
from clausecheck.languages.ja import numbering as japanese
from clausecheck.languages.marks import Candidate, Frame, FrameKind, Numbering, Scan
from clausecheck.messages import warning
from clausecheck.model import Block, BlockKind, Clause, ClauseKind, Contract, ContractWarning, Document, Level
from clausecheck.outline import CLAUSE_DEPTH, Node, Top, contents_spans, holds, inner_nodes, node_of
from clausecheck.toplevel import counted_ones, excerpt, sure_tops, weighed_tops

_NUMBERINGS: dict[str, Numbering] = {"ja": japanese, "en": english}
_ASIDE = (BlockKind.HEADER, BlockKind.NOTE, BlockKind.TOC)

_WEAK = 0.2  # the strength of a list mark within running text
_COMMAS = (",", "\u3001")
_IN_TEXT = frozenset((  # forms of marks that lists within a sentence have
    *("paren_digit", "paren_lower_alpha", "paren_lower_roman", "paren_upper_alpha", "paren_upper_roman"),
    *("paren_latin", "paren_roman", "paren_kana", "paren_iroha", "paren_kanji", "circled"),
))  # fmt: skip

_JUDGED = (ClauseKind.BODY, ClauseKind.DEFINITIONS)
_LONG_OPENING = 1500  # characters: longer than a preamble needs to be
# Bytes (Latin letters have one, Japanese ones three): longer than what names who signs, and of all such paragraphs behind the signatures.
_LONG_PARAGRAPH, _LONG_REST = 120, 600
_FEW_TITLES, _TITLE_LENGTH = 3, 80  # titles without a number that divide a text, and the characters of one
_MOST_OF_IT = 0.5  # of a text: below a title that holds so much, numbers divide it
_SAMPLE = 2000  # characters that tell the language of a text
_LAYOUT_BLANKS = re.compile("(?<=[\u3000-\u9fff\uff00-\uff60]) | (?=[\u3000-\u9fff\uff00-\uff60])")
_TITLE_END = re.compile(r"[.:]\s")
_SENTENCE_END = re.compile('[.:;\u3002\uff0e\uff1a][)\uff09"\u201d]?\\s*\\Z')
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+")
_LATIN = re.compile(r"[A-Za-z]+")


def detect_language(text: str) -> str:
    """ "ja" where Japanese makes up most of the text, else "en"; one kanji or kana counts as much as three letters."""
    step = len(text) // _SAMPLE
    sample = text[::step] if step > 1 else text
    ja = 0 if sample.isascii() else len("".join(_CJK.findall(sample)))
    return "ja" if ja and ja * 3 >= len("".join(_LATIN.findall(sample))) else "en"


def parse(document: Document, language: str | None = None) -> Contract:
    """The document as a contract; warnings of the reader are kept and those of the split added."""
    language = language if language in _NUMBERINGS else detect_language(document.text)
    clauses = split_clauses(document, language)
    coverage = coverage_of(document, clauses)
    return Contract(document, language, clauses, (*document.warnings, *_warnings(clauses), *coverage_warnings(coverage)), coverage)


def split_clauses(document: Document, language: str) -> tuple[Clause, ...]:
    """The clause tree in document order; parents come before their children."""
    if not document.blocks:
        return ()
    numbering = _NUMBERINGS.get(language, english)
    return _Builder(document, numbering).build()


def own_text_spans(contract: Contract, clause: Clause) -> list[tuple[int, int]]:
    """The stretches of text that belong to the clause itself; for many clauses use ``all_own_spans``."""
    return all_own_spans(contract).get(clause.id, [])


def all_own_spans(contract: Contract) -> dict[str, list[tuple[int, int]]]:
    """For every clause the stretches from its body's start to its end, without its children and without headers, notes and contents."""
    aside = [(b.start, b.end) for b in contract.document.blocks if b.kind in _ASIDE]
    aside_ends = [e for _, e in aside]
    children: dict[str, list[Clause]] = {}
    for c in contract.clauses:
        if c.parent is not None:
            children.setdefault(c.parent, []).append(c)
    out: dict[str, list[tuple[int, int]]] = {}
    text = contract.text
    marked = "\n#" in text or "\n*" in text
    for c in contract.clauses:
        spans: list[tuple[int, int]] = []
        at = c.body_start
        for child in children.get(c.id, ()):
            if child.start > at:
                spans.append((at, child.start))
            at = max(at, child.end)
        if at < c.end:
            spans.append((at, c.end))
        if marked:
            spans = [(a, _unmarked(text, a, b)) for a, b in spans]
        out[c.id] = [s for span in spans for s in _without(span, aside, aside_ends)] if aside else spans
    return out


def _unmarked(text: str, start: int, end: int) -> int:
    """The end of a stretch without the Markdown sign of the heading that follows it ("...\\n## ")."""
    at = end
    while at > start and text[at - 1] in "#* \t":
        at -= 1
    return at if at == start or text[at - 1] == "\n" else end


def _without(span: tuple[int, int], aside: Sequence[tuple[int, int]], ends: Sequence[int]) -> list[tuple[int, int]]:
    start, end = span
    out: list[tuple[int, int]] = []
    i = bisect_right(ends, start)
    while i < len(aside) and aside[i][0] < end:
        if aside[i][0] > start:
            out.append((start, aside[i][0]))
        start = max(start, aside[i][1])
        i += 1
    if start < end:
        out.append((start, end))
    return out


_TITLE = 60  # characters: no more than this stands before a text that is one clause


# --- building ------------------------------------------------------------------------------------------------------
class _Builder:
    def __init__(self, document: Document, numbering: Numbering) -> None:
        self.document = document
        self.text = document.text
        self.numbering = numbering
        self.first = document.blocks[0].start
        self.last = document.blocks[-1].end
        blocks = document.blocks
        self.starts = [b.start for b in blocks if b.kind not in _ASIDE]
        self.skip = [(b.start, b.end) for b in blocks if b.kind in _ASIDE]

    def build(self) -> tuple[Clause, ...]:
        scan = self.numbering.scan(self._without_furniture(), self.starts, self.skip)
        self._labels(scan.candidates)
        self._without_wrapped(scan)
        toc = self._contents(scan)
        found = _outside(scan.candidates, toc)
        frames = [f for f in scan.frames if not _inside(f.start, toc) and f.kind is not FrameKind.TOC]
        notes = [f for f in frames if f.kind is FrameKind.NOTE]
        frames = [f for f in frames if f.kind is not FrameKind.NOTE]
        found = _outside(found, [(f.start, f.until) for f in notes if f.until])
        borders = [f.start for f in frames if f.kind in (FrameKind.ANNEX, FrameKind.SIGNATURE, FrameKind.CONTRACT, FrameKind.SUPPLEMENT)]
        recital = next((f.start for f in frames if f.kind is FrameKind.RECITAL), None)
        tops = self._tops(found, borders, notes, recital)
        if any(not f.until for f in notes):
            self._end_notes(notes, tops, frames)
            found = _outside(found, _merge([(f.start, f.until) for f in notes]))
        opened = excerpt(found, tops, self.first)
        headed = [] if opened else self._unnumbered(frames, tops)
        if opened or headed:
            tops = opened or headed
        elif not tops:
            tops = counted_ones(found)
        nodes = self._frame_nodes(tops, frames)
        nodes = self._chapters(nodes, found)
        nodes = self._contents_nodes(nodes, tops, toc)
        nodes = self._unnumbered_start(nodes, tops, notes)
        nodes = self._behind_signatures(nodes, tops)
        nodes = self._assemble(nodes, tops, found, notes)
        return self._clauses(nodes)

    def _without_furniture(self) -> str:
        """The text with page breaks for headers and footers: what stands above one is not read on into it. Places stay."""
        pieces: list[str] = []
        done = 0
        for b in self.document.blocks:
            if b.kind is BlockKind.HEADER:
                pieces += self.text[done : b.start], "\f" * (b.end - b.start)
                done = b.end
        return "".join((*pieces, self.text[done:])) if pieces else self.text

    def _labels(self, found: Sequence[Candidate]) -> None:
        """Numbers drawn by Word are sure, and carry their list level."""
        labelled: dict[int, Block] = {b.start: b for b in self.document.blocks if b.label}
        if not labelled:
            return
        for c in found:
            b = labelled.get(c.start)
            if b is not None:
                c.strength += 1.0
                c.level, c.left = b.level, b.indent
                c.line_start = True

    def _without_wrapped(self, scan: Scan) -> None:
        """What a wrapped line begins with is a mention, or a mark within the running text; what it goes on from is no heading."""
        lines = {b.start for b in self.document.blocks if b.wrapped}
        if not lines:
            return
        blocks = self.document.blocks
        broken_off = {above.end for above, below in pairwise(blocks) if below.wrapped}
        # A title may take two lines, and its text begin on the second; a sentence goes on.
        sentences = {
            above.end
            for above, below, after in zip(blocks, blocks[1:], blocks[2:], strict=False)
            if below.wrapped and after.wrapped and not _TITLE_END.search(self.text, below.start, below.end)
        }
        kept: list[Candidate] = []
        for c in scan.candidates:
            if c.start in lines and c.line_start:
                above = self.text[max(c.start - 40, 0) : c.start].rstrip()
                if c.mark.form in _IN_TEXT:
                    if above[-1:] not in _COMMAS:
                        c.line_start, c.strength = False, min(c.strength, _WEAK)
                elif not c.mark.printed[:1].isdecimal() or self.numbering.refers(above):
                    continue
            m = c.mark
            to_end = m.heading != "" and m.heading_end in broken_off and self.text.startswith(m.heading, m.heading_end - len(m.heading))
            if to_end and (m.heading_end in sentences or not any(char.isupper() for char in m.heading)):
                begin, title = m.heading_end - len(m.heading), _TITLE_END.search(m.heading)
                if title:  # the title stands before the sentence, on the same line
                    c.mark = replace(m, heading=m.heading[: title.start()], heading_end=begin + title.end())
                else:
                    c.mark = replace(m, heading="", heading_end=m.end)
            kept.append(c)
        scan.candidates[:] = kept
        scan.frames[:] = [f for f in scan.frames if f.start not in lines or f.kind is FrameKind.NOTE]

    def _contents(self, scan: Scan) -> list[tuple[int, int]]:
        spans = contents_spans(self.text, scan.candidates, scan.frames)
        run: tuple[int, int] | None = None
        for b in self.document.blocks:
            if b.kind is BlockKind.TOC:
                run = (run[0], b.end) if run else (b.start, b.end)
            elif run and b.kind is not BlockKind.HEADER:
                spans.append(run)
                run = None
        if run:
            spans.append(run)
        return _merge(spans)

    # --- top level
    def _tops(self, found: list[Candidate], borders: list[int], notes: list[Frame], recital: int | None) -> list[Top]:
        articles = [c for c in found if c.mark.form == "article"]
        sure = [c for c in articles if c.mark.level is Level.CLAUSE and c.line_start]
        bare = next((c for c in found if c.mark.form == "bare"), None)
        leads = sure and (sure[0].mark.heading or len(self.text[self.first : sure[0].start].strip()) < _TITLE)
        if len(sure) >= 2 or (sure and (bare is None or (leads and sure[0].start < bare.start))):
            return sure_tops(self.text, articles, [f for f in notes if not f.until])
        return weighed_tops(found, borders, recital)

    def _end_notes(self, notes: list[Frame], tops: list[Top], frames: list[Frame]) -> None:
        """Commentaries end where the next clause or part of the document begins."""
        ends = sorted(
            [t.candidate.start for t in tops]
            + [f.start for f in frames if f.kind in (FrameKind.ANNEX, FrameKind.SIGNATURE, FrameKind.SUPPLEMENT)]
        )
        for f in notes:
            if not f.until:
                i = bisect_right(ends, f.start)
                f.until = ends[i] if i < len(ends) else self.last

    def _unnumbered(self, frames: list[Frame], tops: list[Top]) -> list[Top]:
        """Headings that the source itself marks serve as clauses where they, and not the numbers, divide the text."""
        heads = [b for b in self.document.blocks if b.kind is BlockKind.HEADING and b.start > self.first]
        if len(heads) < 2:
            return self._titled(frames, tops)
        levels = sorted({b.level for b in heads if b.level is not None})
        if levels:
            pick = next((v for v in levels if sum(b.level == v for b in heads) >= 2), levels[0])
            heads = [b for b in heads if b.level in (pick, None)]
        if tops:
            starts = {t.candidate.start for t in tops}
            if (
                len(heads) < 3
                or tops[0].candidate.mark.level is not None
                or any(b.start in starts for b in heads)
                or len(heads) < len(tops)
                or tops[0].candidate.start < heads[0].start
            ):
                return []
        out: list[Top] = []
        taken = {f.start for f in frames}
        for b in heads:
            if b.start not in taken:
                heading = " ".join(self.text[b.start : b.end].split())
                out.append(
                    Top(Candidate(b.start, NumberMark("", (0,), "heading", Level.CLAUSE, b.start, heading, b.end), True, 1.0), not out)
                )
        return out if len(out) >= 2 else []

    def _titled(self, frames: list[Frame], tops: list[Top]) -> list[Top]:
        """Titles alone on their lines, or before their text, that divide a text which no number divides."""
        if tops and tops[-1].candidate.start - tops[0].candidate.start > _MOST_OF_IT * (self.last - self.first):
            return []
        quarter = self.first + (self.last - self.first) // 4
        ends = [f.start for f in frames if f.kind in (FrameKind.SIGNATURE, FrameKind.ANNEX, FrameKind.CONTRACT) and f.start > quarter]
        last = min(ends, default=self.last)
        first = self.numbering.opening_end(self.text, self.first, last) or self.first + 1
        taken = {f.start for f in frames}
        ranks: dict[int, list[tuple[int, str, int]]] = {}
        for start in self.starts:
            if first <= start < last and start not in taken:
                heading, end, rank = self.numbering.title_at(self.text, start)
                if heading and len(heading) <= _TITLE_LENGTH:
                    ranks.setdefault(rank, []).append((start, heading, end))
        for rank in sorted(ranks):
            often = Counter(heading for _, heading, _ in ranks[rank])
            titles = [title for title in ranks[rank] if often[title[1]] == 1]  # what comes again is the head of each page
            following = (*(start for start, _, _ in titles[1:]), last)
            titles = [t for t, stop in zip(titles, following, strict=False) if self.numbering.reads_as_text(self.text[t[2] : stop])]
            if len(titles) < _FEW_TITLES or not self._divides([start for start, _, _ in titles], tops):
                continue
            marks = [(start, NumberMark("", (0,), "heading", Level.CLAUSE, start, heading, end)) for start, heading, end in titles]
            return [Top(Candidate(start, mark, True, 1.0), n == 0) for n, (start, mark) in enumerate(marks)]
        return []

    def _divides(self, titles: Sequence[int], tops: Sequence[Top]) -> bool:
        """Whether titles, and not the numbers found, divide the text: all numbers stand in one list below one of them."""
        if not tops:
            return True
        below = bisect_right(titles, tops[0].candidate.start)
        if tops[0].candidate.mark.level is not None or not 0 < below == bisect_right(titles, tops[-1].candidate.start):
            return False
        end = titles[below] if below < len(titles) else self.last
        return end - titles[below - 1] < _MOST_OF_IT * (self.last - self.first)

    def _chapters(self, nodes: list[Node], found: list[Candidate]) -> list[Node]:
        """編 章 節 款 and Parts; a single Part is no division."""
        chapters = [c for c in found if c.mark.level is Level.CHAPTER and c.line_start]
        if len({c.mark.value for c in chapters}) < 2 and not any(c.mark.form == "chapter" for c in chapters):
            return nodes
        for c in chapters:
            rank = self.numbering.chapter_rank(c.mark.printed)
            body = max(c.mark.end, c.mark.heading_end)
            nodes.append(Node(c.start, 2 + rank, Level.CHAPTER, ClauseKind.BODY, c.mark.printed.strip(), "chapter", c.mark.heading, body))
        nodes.sort(key=lambda n: n.start)
        part = ClauseKind.BODY
        for n in nodes:
            if n.depth < 2:
                part = ClauseKind.ANNEX if n.kind is ClauseKind.ANNEX else ClauseKind.BODY
            elif n.form == "chapter":
                n.kind = part
        return nodes

    # --- frames
    def _frame_nodes(self, tops: list[Top], frames: list[Frame]) -> list[Node]:
        starts = [t.candidate.start for t in tops]
        first_top = starts[0] if starts else None
        # text that no number divides is judged as a whole
        kind_now = ClauseKind.PREAMBLE if tops else ClauseKind.BODY
        nodes: list[Node] = [Node(self.first, 0, Level.CLAUSE, kind_now, body_start=self.first)]
        recital = not tops
        for f in frames:
            if f.start < self.first:
                continue
            before = bisect_left(starts, f.start)
            begun = before > 0 if starts else f.start > self.first + (self.last - self.first) // 4
            bridged = 0 < before < len(tops) and not tops[before].first
            if f.kind is FrameKind.RECITAL:
                if not begun and not recital and (first_top is None or f.start < first_top):
                    nodes.append(Node(f.start, 0, Level.CLAUSE, ClauseKind.RECITAL, heading=f.heading, body_start=f.end))
                    recital = True
            elif f.kind is FrameKind.CHAPTER:
                nodes.append(Node(f.start, 3, Level.CHAPTER, ClauseKind.BODY, f.number, "chapter", f.heading, f.end))
            elif not begun or bridged:
                continue
            elif f.kind is FrameKind.ANNEX:
                nodes.append(Node(f.start, 1, Level.CLAUSE, ClauseKind.ANNEX, f.number, "annex", f.heading, f.end))
                kind_now = ClauseKind.ANNEX
            elif f.kind is FrameKind.SIGNATURE:
                if kind_now not in (ClauseKind.SIGNATURE, ClauseKind.ANNEX):
                    nodes.append(Node(f.start, 0, Level.CLAUSE, ClauseKind.SIGNATURE, body_start=f.end))
                    kind_now = ClauseKind.SIGNATURE
            elif f.kind is FrameKind.SUPPLEMENT:
                nodes.append(Node(f.start, 2, Level.CHAPTER, ClauseKind.BODY, f.number, "supplement", f.heading, f.end))
                kind_now = ClauseKind.BODY
            elif f.kind is FrameKind.CONTRACT:
                nodes.append(Node(f.start, 0, Level.CLAUSE, ClauseKind.PREAMBLE, heading=f.heading, body_start=f.end))
                kind_now = ClauseKind.PREAMBLE
        nodes.sort(key=lambda n: n.start)
        return nodes

    def _contents_nodes(self, nodes: list[Node], tops: list[Top], toc: list[tuple[int, int]]) -> list[Node]:
        """Tables of contents, and the part of the frame that goes on behind each."""
        starts = sorted([n.start for n in nodes] + [t.candidate.start for t in tops])
        added: list[Node] = []
        for start, end in toc:
            i = bisect_left(starts, end)
            following = starts[i] if i < len(starts) else self.last
            blank = not self.text[end:following].strip()
            added.append(Node(start, 0, Level.CLAUSE, ClauseKind.TOC, body_start=start, until=following if blank else end))
            if not blank:
                kind = [n.kind for n in nodes if n.start <= start and n.depth == 0][-1]
                added.append(Node(end, 0, Level.CLAUSE, kind, body_start=end))
        return sorted(nodes + added, key=lambda n: n.start)

    def _unnumbered_start(self, nodes: list[Node], tops: list[Top], notes: list[Frame]) -> list[Node]:
        """Text of some length between the opening words and the first number is a clause: it must be judged."""
        starts = sorted(
            [n.start for n in nodes if n.kind not in (ClauseKind.PREAMBLE, ClauseKind.RECITAL)] + [t.candidate.start for t in tops]
        )
        if not tops or not starts:
            return nodes
        added: list[Node] = []
        for k, n in enumerate(nodes):
            if n.kind not in (ClauseKind.PREAMBLE, ClauseKind.RECITAL) or n.depth:
                continue
            i = bisect_right(starts, n.start)
            end = min(starts[i] if i < len(starts) else self.last, nodes[k + 1].start if k + 1 < len(nodes) else self.last)
            length = len(_LAYOUT_BLANKS.sub("", " ".join(self.text[n.start : end].split())))  # as long in Word and in the PDF of it
            if length < _LONG_OPENING:
                continue
            at = self.numbering.opening_end(self.text, n.start, end)
            if at is None and length > 3 * _LONG_OPENING:
                at = n.start + _LONG_OPENING
            if at is not None:
                for start in self.starts[bisect_left(self.starts, at) :]:
                    if start - at >= 400:
                        break
                    if _SENTENCE_END.search(self.text, max(start - 8, 0), start):
                        at = start
                        break
                noted = sum(max(min(f.until, end) - max(f.start, at), 0) for f in notes)
                if end - at - noted >= _LONG_OPENING // 2 and at > n.start:
                    added.append(Node(at, CLAUSE_DEPTH, Level.CLAUSE, ClauseKind.BODY, body_start=at))
        return sorted(nodes + added, key=lambda n: n.start)

    def _behind_signatures(self, nodes: list[Node], tops: list[Top]) -> list[Node]:
        """Sentences of some length behind the signatures, with no heading of an annex, are one: they must be judged."""
        starts = sorted([n.start for n in nodes] + [t.candidate.start for t in tops])
        added: list[Node] = []
        for n in nodes:
            if n.kind is not ClauseKind.SIGNATURE:
                continue
            i = bisect_right(starts, n.start)
            end = starts[i] if i < len(starts) else self.last
            read = [
                (start, size)
                for start, stop in self._paragraphs(n.body_start, end)
                if start > n.start
                and (size := len(self.text[start:stop].encode())) >= _LONG_PARAGRAPH
                and self.numbering.reads_as_text(self.text[start:stop])
            ]
            if read and sum(length for _, length in read) >= _LONG_REST:
                added.append(Node(read[0][0], 1, Level.CLAUSE, ClauseKind.ANNEX, form="annex", body_start=read[0][0]))
        return sorted(nodes + added, key=lambda n: n.start) if added else nodes

    def _paragraphs(self, start: int, end: int) -> list[tuple[int, int]]:
        """The paragraphs between these places: blocks, with the lines that go on in them."""
        spans: list[tuple[int, int]] = []
        for b in self.document.blocks:
            if b.kind is BlockKind.HEADER or not start <= b.start < end:
                continue
            if b.wrapped and spans:
                spans[-1] = (spans[-1][0], b.end)
            else:
                spans.append((b.start, b.end))
        return spans

    def _assemble(self, frames: list[Node], tops: list[Top], found: list[Candidate], notes: list[Frame]) -> list[Node]:
        """Merge frame parts with clauses, and fill each clause with its inner marks."""
        outer: list[tuple[Node, Top | None]] = [(n, None) for n in frames]
        frame_starts = [n.start for n in frames]
        for t in tops:
            c = t.candidate
            i = bisect_right(frame_starts, c.start) - 1
            while i > 0 and frames[i].kind is ClauseKind.TOC:
                i -= 1
            holder = frames[i] if i >= 0 else None
            kind = ClauseKind.BODY
            if holder is not None and holder.kind is ClauseKind.ANNEX:
                kind = ClauseKind.ANNEX
            elif self.numbering.is_definitions(c.mark.heading):
                kind = ClauseKind.DEFINITIONS
            node = node_of(c, CLAUSE_DEPTH, c.mark.form, kind)
            if c.mark.form == "decimal":
                if c.mark.value[1] != 0:  # the heading of the clause itself is not printed: 5.1 follows 4.6
                    node.number, node.heading, node.body_start, node.deleted, node.form = str(c.mark.value[0]), "", c.start, False, "bare"
            elif c.mark.form == "heading":
                node.form = ""
            if holder is not None and holder.form == "supplement":
                node.level = Level.PARAGRAPH
            outer.append((node, t))
        outer.sort(key=lambda p: (p[0].start, p[0].depth))
        out: list[Node] = []
        found = [c for c in found if c.mark.level is None]
        marks = [c.start for c in found]
        for k, (node, top) in enumerate(outer):
            out.append(node)
            end = outer[k + 1][0].start if k + 1 < len(outer) else self.last
            if node.depth == 0:
                continue
            whole = node.form != "" if top is None else not (top.candidate.mark.form == "decimal" and top.candidate.mark.value[1])
            inside = found[bisect_left(marks, node.start + whole) : bisect_left(marks, end)]
            if inside:
                value = top.candidate.mark.value[0] if top is not None else None
                out.extend(inner_nodes(inside, value, node, self._announces, self.numbering.FIRST_UNNUMBERED))
        for f in notes:
            out.append(Node(f.start, 99, Level.SUBITEM, ClauseKind.NOTE, heading=f.heading, body_start=f.end, until=f.until))
        out.sort(key=lambda n: n.start)
        return out

    def _announces(self, start: int, end: int) -> bool:
        return self.numbering.announces_items(self.text[max(start, end - 160) : end])

    def _clauses(self, nodes: list[Node]) -> tuple[Clause, ...]:
        """Ids, ends, parents and citations."""
        kept: list[Node] = []
        for n in nodes:  # of two frame parts at one place the later decides
            if kept and kept[-1].start == n.start and kept[-1].depth == 0 and n.depth <= CLAUSE_DEPTH:
                kept.pop()
            kept.append(n)
        ends = [0] * len(kept)
        parents: list[int | None] = [None] * len(kept)
        stack: list[int] = []
        for i, n in enumerate(kept):
            while stack and (not holds(kept[stack[-1]], n) or (kept[stack[-1]].until and kept[stack[-1]].until <= n.start)):
                j = stack.pop()
                ends[j] = min(n.start, kept[j].until) if kept[j].until else n.start
            parents[i] = stack[-1] if stack else None
            stack.append(i)
        for j in stack:
            ends[j] = min(self.last, kept[j].until) if kept[j].until else self.last
        pages = _Pages(self.document.blocks)
        ids = [f"c{i}" for i in range(1, len(kept) + 1)]
        out: list[Clause] = []
        cites: list[str] = []
        for i, n in enumerate(kept):
            p = parents[i]
            above = "" if p is None or (kept[p].level is Level.CHAPTER and kept[p].form != "supplement") else cites[p]
            item = n.level in (Level.ITEM, Level.SUBITEM)
            cites.append(
                self.numbering.cite(above, n.form, n.number, item)
                if n.number or n.form in ("implied", "supplement")
                else above or (n.heading if n.kind in _JUDGED else "")
            )
            end = max(ends[i], n.start)
            parent = ids[p] if p is not None else None
            body_start, heading = min(max(n.body_start, n.start), end), n.heading
            bare = n.depth > CLAUSE_DEPTH and heading and n.mark_end and not n.deleted
            if bare and not self.text[body_start:end].strip("#* \t\r\n\u3000"):
                body_start, heading = n.mark_end, ""  # a short entry of a list is text, not a heading without text
            out.append(
                Clause(
                    ids[i],
                    n.number,
                    heading,
                    n.level,
                    n.kind,
                    parent,
                    pages.at(n.start),
                    n.start,
                    end,
                    body_start,
                    cites[i],
                    n.deleted,
                )
            )
        return tuple(out)


class _Pages:
    """The page on which a place lies."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._starts = [b.start for b in blocks]
        self._pages = [b.page for b in blocks]
        self._known = any(page is not None for page in self._pages)

    def at(self, place: int) -> int | None:
        if not self._known:
            return None
        i = bisect_right(self._starts, place) - 1
        return self._pages[i] if i >= 0 else None


def _merge(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1] + 2:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif end > start:
            out.append((start, end))
    return out


def _inside(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    i = bisect_right(spans, (at, 1 << 62)) - 1
    return i >= 0 and spans[i][0] <= at < spans[i][1]


def _outside(found: list[Candidate], spans: Sequence[tuple[int, int]]) -> list[Candidate]:
    return [c for c in found if not _inside(c.start, spans)] if spans else found


def _warnings(clauses: Sequence[Clause]) -> tuple[ContractWarning, ...]:
    if any(c.level is Level.CLAUSE and (c.number or c.heading) and c.kind in _JUDGED for c in clauses):
        return ()
    return (warning("no_clauses"),)
