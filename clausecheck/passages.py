"""A contract as the passages that are judged: units of clause text, their sentences, and what each sentence is for.

A ``Unit`` is the text of one clause of the tree without its children (one 項, one item); folded once, split into sentences
only when someone asks. Offsets of a sentence lead back to ``contract.text`` exactly.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from clausecheck import languages
from clausecheck.languages.base import DateMention, Duration, Folded, Language, Passage, Reference
from clausecheck.model import Block, BlockKind, Clause, ClauseKind, Contract, Evidence, Level
from clausecheck.segment import all_own_spans

JUDGED = frozenset({ClauseKind.BODY, ClauseKind.ANNEX, ClauseKind.DEFINITIONS, ClauseKind.RECITAL, ClauseKind.PREAMBLE})
# An item that stands in running text: "(c) the other party ..."; and the first one of such a list.
_ITEM = re.compile(r"\(?(?:[a-z]|[ivx]{2,5}|[0-9]{1,2})\) ")
_FIRST_ITEM = re.compile(r"\(?\b(?:a|i|1)\) ")
_BULLETS = frozenset("・•●◆◇▪‣-*")
_MAX_LINES = 200  # of one list
_FEW_NUMBERS = 5  # numbered clauses below which a text is a piece of a contract
_BESIDE = 400  # characters on each side of a page break that tell whether a sentence crosses it
MAX_HEADING = 40  # characters
_LEND_TO_ITEMS = (Passage.DEFINITION, Passage.SURVIVAL_LIST, Passage.NOTE)  # an item is what the opening of its list is
MAX_QUOTE = 600  # characters; a longer sentence is quoted around its words


@dataclass(eq=False, slots=True)
class Sentence:
    """One sentence of a unit, folded. ``lead`` is the sentence that opens the list this one is an item of."""

    unit: Unit
    start: int  # in unit.folded.text
    text: str
    lead: Sentence | None = None
    index: int = -1  # among the sentences of the contract
    _passage: Passage | None = None
    _durations: list[Duration] | None = None
    positions: dict[str, list[tuple[int, int]]] = field(default_factory=dict)  # concept -> places; filled by match

    @property
    def passage(self) -> Passage:
        if self._passage is None:
            self._passage = self._judge_passage()
        return self._passage

    def _judge_passage(self) -> Passage:
        unit = self.unit
        if unit.clause.deleted:
            return Passage.DELETED
        if unit.clause.kind in (ClauseKind.RECITAL, ClauseKind.PREAMBLE):
            return Passage.RECITAL
        if unit.clause.kind is ClauseKind.NOTE:
            return Passage.NOTE
        kind = unit.language.passage(self.text)
        if kind is Passage.OPERATIVE and unit.is_heading:
            return Passage.HEADING
        if kind is Passage.OPERATIVE and self.lead is not None and self.lead.passage in _LEND_TO_ITEMS:
            return self.lead.passage
        if kind is Passage.OPERATIVE and unit.clause.kind is ClauseKind.DEFINITIONS and not unit.operative_in_definitions(self.text):
            return Passage.DEFINITION
        return kind

    @property
    def durations(self) -> list[Duration]:
        if self._durations is None:
            self._durations = self.unit.language.durations(self.text)
        return self._durations

    @property
    def dates(self) -> list[DateMention]:
        return self.unit.language.dates(self.text)

    @property
    def references(self) -> list[Reference]:
        return self.unit.contract.references_in(self)

    def source(self, start: int = 0, end: int | None = None) -> tuple[int, int]:
        """The span of ``contract.text`` behind a span of this sentence (default: all of it)."""
        stop = len(self.text) if end is None else end
        a, b = self.unit.folded.source(self.start + start, self.start + stop)
        return self.unit.start + a, self.unit.start + b

    def evidence(self, pattern: str, start: int = 0, end: int | None = None) -> Evidence:
        """The sentence as evidence, quoted whole or, where long, cut at commas around ``start:end``."""
        stop = len(self.text) if end is None else end
        low, high = 0, len(self.text)
        if high > MAX_QUOTE:
            room = max(0, (MAX_QUOTE - (stop - start)) // 2)
            low, high = max(0, start - room), min(high, stop + room)
            for mark in self.unit.language.pauses:
                cut = self.text.find(mark, low, start)
                if low and cut >= 0:
                    low = cut + len(mark)
                    break
            if high < len(self.text):
                for mark in self.unit.language.pauses:
                    cut = self.text.rfind(mark, stop, high)
                    if cut >= 0:
                        high = cut
                        break
        while low < high and self.text[low] == " ":
            low += 1
        while high > low and self.text[high - 1] == " ":
            high -= 1
        a, b = self.source(low, high)
        focus = self.source(start, stop) if 0 < stop - start < high - low else None
        clause = self.unit.clause
        contract = self.unit.contract
        return Evidence(clause.citation, clause.id, contract.text[a:b], a, b, contract.page_at(a, clause), pattern, focus)


@dataclass(eq=False)
class Unit:
    """The own text of one clause: a stretch of ``contract.text``, folded."""

    contract: Passages
    clause: Clause
    language: Language
    start: int
    folded: Folded
    index: int = 0

    @cached_property
    def lead(self) -> Sentence | None:
        """The sentence that opens the list this unit is an item of."""
        return self.contract.lead_of(self)

    @cached_property
    def sentences(self) -> list[Sentence]:
        lead, text = self.lead, self.folded.text
        found: list[Sentence] = []
        listed = not self.language.blank  # a list without numbers shows where lines are not wrapped within a sentence
        for a, b in self.language.sentences(text):
            if listed and found and (pieces := self._lines(found[-1], a, b)):
                opening = found[-1] if found[-1].lead in (None, lead) else found[-1].lead
                found += [Sentence(self, x, text[x:y], opening) for x, y in pieces]
                continue
            sentence = Sentence(self, a, text[a:b], None if lead is not None and found and self._closed(found[-1], a) else lead)
            if _ITEM.match(sentence.text) and not _FIRST_ITEM.match(sentence.text):
                sentence.lead = self._opening(found) or lead
            found.append(sentence)
        return found

    def _closed(self, before: Sentence, start: int) -> bool:
        """Whether what follows the full stop of an item, a paragraph below the list say, is a sentence of its own and no item."""
        if not before.text.rstrip().endswith(self.language.stops[0]):
            return False
        first = self.start + self.folded.source(start, start + 1)[0]
        return self.language.leaves_list(self.contract.text[first : first + _BESIDE])

    def _lines(self, before: Sentence, start: int, end: int) -> list[tuple[int, int]]:
        """The lines of a list without numbers, after the sentence that opens it: lines that end like no sentence, or begin with a bullet.

        Only where lines are not wrapped within a sentence: text without blanks between words.
        """
        opening = before if before.lead is None or before.lead is self.lead else before.lead
        if not self.language.leads_list(opening.text):
            return []
        text = self.folded.text
        first, last = self.folded.source(start, end)
        source = self.contract.text
        if "\n" not in source[max(0, self.start + first - 8) : self.start + first].replace("\u3000", " "):
            return []
        bullet = source[self.start + first] in _BULLETS
        if text[start:end].endswith(self.language.stops[0]) and not bullet:
            return []
        cuts: list[int] = []
        at = source.find("\n", self.start + first, self.start + last)
        while at >= 0 and len(cuts) < _MAX_LINES:
            cut = bisect_left(range(end), at - self.start, lo=start, key=lambda j: self.folded.source(j, j + 1)[0])
            if cut < end and (not bullet or text[cut] in _BULLETS):
                cuts.append(cut)
            at = source.find("\n", at + 1, self.start + last)
        edges = [start, *dict.fromkeys(cuts), end]
        return [(x, y) for x, y in pairwise(edges) if x < y]

    def _opening(self, before: list[Sentence]) -> Sentence | None:
        """The sentence of this clause whose list, begun within it at "(a)", goes on with the next sentence "(b) ..."."""
        above = [u for u in self.contract._by_clause.get(self.clause.id, ()) if u.start < self.start]
        earlier = [s for u in above[-2:] for s in u.sentences] + before
        for sentence in reversed(earlier[-8:]):
            first = _FIRST_ITEM.search(sentence.text)
            if first is not None:
                return sentence if self.language.leads_list(sentence.text[: first.start()].rstrip()) else None
        return None

    @property
    def is_heading(self) -> bool:
        """All that a numbered clause holds is a few words without an end: its heading, glued to the number."""
        clause, text = self.clause, self.folded.text.strip()
        return (
            bool(clause.number)
            and not clause.heading
            and clause.level is Level.CLAUSE
            and len(text) < MAX_HEADING
            and not text.endswith(self.language.stops)
            and clause.id not in self.contract.children
            and not (clause.kind is ClauseKind.ANNEX and clause.parent)  # an entry of an annex's list
        )

    @cached_property
    def bits(self) -> int:
        """The bits of its sentences among those of the contract."""
        sentences = self.sentences
        if sentences and sentences[0].index < 0:
            _ = self.contract.sentences  # numbers them
        return ((1 << len(sentences)) - 1) << sentences[0].index if sentences else 0

    def operative_in_definitions(self, sentence: str) -> bool:
        """A sentence of the definitions clause that states a rule of its own: it defines nothing by its form."""
        return not self.language.defined_terms(sentence) and (self.clause.number == "" or self.language.states_rule(sentence))


class Passages:
    """All units of a contract in order, with the look-ups the stages need."""

    def __init__(self, contract: Contract) -> None:
        self.of = contract
        self.text = contract.text
        self.language = languages.get(contract.language)
        self.clauses = {c.id: c for c in contract.clauses}
        self.order = {c.id: i for i, c in enumerate(contract.clauses)}
        spans = all_own_spans(contract)
        self.units: list[Unit] = []
        self._by_clause: dict[str, list[Unit]] = {}
        self._deep: dict[str, int] = {}
        stretches = [(c, a, text) for c in contract.clauses if c.kind in JUDGED for a, text in self._stretches(spans.get(c.id, ()))]
        for (clause, a, _), folded in zip(stretches, self.language.fold_all([text for _, _, text in stretches]), strict=True):
            if folded.text and not folded.text.isspace():
                unit = Unit(self, clause, self.language, a, folded, len(self.units))
                self.units.append(unit)
                self._by_clause.setdefault(clause.id, []).append(unit)
        self.children: dict[str, list[Clause]] = {}
        for clause in contract.clauses:
            if clause.parent:
                self.children.setdefault(clause.parent, []).append(clause)

    def _stretches(self, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, str]]:
        """The stretches of a clause's text, each with its start; those that only page furniture parts within a sentence are one.

        The furniture between them becomes blanks, so that every place stays where it is.
        """
        if len(spans) < 2:
            for a, b in spans:
                yield a, self.text[a:b]
            return
        text = self.text
        start, end = spans[0]
        pieces = [text[start:end]]
        for a, b in spans[1:]:
            if text[a:b].isspace():
                continue
            if self._furniture(end, a) and self.language.goes_on(text[max(start, end - _BESIDE) : end], text[a : min(b, a + _BESIDE)]):
                pieces += " " * (a - end), text[a:b]
            else:
                yield start, "".join(pieces)
                start, pieces = a, [text[a:b]]
            end = b
        yield start, "".join(pieces)

    def _furniture(self, start: int, end: int) -> bool:
        """Headers, footers and page numbers are all that stands there."""
        at = start
        starts, blocks = self._furniture_blocks
        for i in range(bisect_left(starts, start), len(starts)):
            if starts[i] >= end:
                break
            if self.text[at : starts[i]].strip():
                return False
            at = blocks[i].end
        return at > start and not self.text[at:end].strip()

    @cached_property
    def _furniture_blocks(self) -> tuple[list[int], list[Block]]:
        blocks = [b for b in self.of.document.blocks if b.kind is BlockKind.HEADER]
        return [b.start for b in blocks], blocks

    @cached_property
    def headings(self) -> list[tuple[Clause, str]]:
        """The clauses that have a heading, each with its folded heading, in order."""
        headed = [c for c in self.of.clauses if c.heading]
        return [(c, folded.text) for c, folded in zip(headed, self.language.fold_all([c.heading for c in headed]), strict=True)]

    @cached_property
    def folded_headings(self) -> dict[str, str]:
        """The folded heading of each clause that has one, by the clause's id."""
        return {clause.id: folded for clause, folded in self.headings}

    # -- the tree
    @cached_property
    def tops(self) -> list[Clause]:
        """The clauses (第N条, Article) of the contract and its annexes, in order."""
        kinds = (ClauseKind.BODY, ClauseKind.DEFINITIONS, ClauseKind.ANNEX)
        return [c for c in self.of.clauses if c.level is Level.CLAUSE and c.kind in kinds]

    def units_of(self, clause_id: str, *, deep: bool = True) -> Iterator[Unit]:
        """The units of a clause and, if ``deep``, of all that is below it, in order."""
        yield from self._by_clause.get(clause_id, ())
        if deep:
            for child in self.children.get(clause_id, ()):
                yield from self.units_of(child.id)

    def ancestors(self, clause: Clause) -> Iterator[Clause]:
        """The clauses above this one, nearest first."""
        while clause.parent:
            clause = self.clauses[clause.parent]
            yield clause

    def top(self, clause: Clause) -> Clause:
        """The clause (第N条, Article) this one belongs to, or itself."""
        found = clause
        for above in self.ancestors(clause):
            if above.level is Level.CHAPTER:
                break
            found = above
        return found

    def lead_of(self, unit: Unit) -> Sentence | None:
        """The last sentence of the parent, where it opens a list that this unit is an item of."""
        if not unit.clause.parent or unit.clause.level not in (Level.ITEM, Level.SUBITEM, Level.PARAGRAPH):
            return None
        above = [u for u in self._by_clause.get(unit.clause.parent, ()) if u.start < unit.start]
        if not above or not above[0].sentences:
            return None
        for before in reversed(above):
            for sentence in reversed(before.sentences):
                if unit.language.leads_list(sentence.text):
                    return sentence
        return None

    # -- sentences, and sets of them: integers with a bit for each sentence
    @cached_property
    def sentences(self) -> list[Sentence]:
        """Every sentence of every unit, by its ``index``."""
        found = [s for u in self.units for s in u.sentences]
        for i, sentence in enumerate(found):
            sentence.index = i
        return found

    @cached_property
    def joined(self) -> str:
        """All sentences, a line each: for what is looked for in all of them at once, and stands in no two."""
        return "\n".join([s.text for s in self.sentences])

    def bits_by(self, hits: Callable[[str], Iterable[tuple[int, int, int]]]) -> dict[int, int]:
        """By the number of what is hit: the sentences in which it stands. ``hits`` gives (number, start, end), in order of the ends."""
        found: dict[int, int] = {}
        sentences = self.sentences
        bit, at, stop = 1, 0, len(sentences[0].text) if sentences else 0
        for stretch in stretches(self.joined):
            for number, _, end in hits(stretch):
                while end > stop:
                    at += 1
                    bit <<= 1
                    stop += 1 + len(sentences[at].text)
                found[number] = found.get(number, 0) | bit
            stop -= len(stretch) + 1
        return found

    def chosen(self, bits: int) -> Iterator[Sentence]:
        """The sentences of a set, in order."""
        sentences = self.sentences
        while bits:
            low = bits & -bits
            yield sentences[low.bit_length() - 1]
            bits ^= low

    def own_bits(self, clause_id: str) -> int:
        """The sentences of a clause's own text."""
        bits = 0
        for unit in self._by_clause.get(clause_id, ()):
            bits |= unit.bits
        return bits

    def deep_bits(self, clause_id: str) -> int:
        """The sentences of a clause and of all that is below it."""
        bits = self._deep.get(clause_id)
        if bits is None:
            bits = self.own_bits(clause_id)
            for child in self.children.get(clause_id, ()):
                bits |= self.deep_bits(child.id)
            self._deep[clause_id] = bits
        return bits

    @cached_property
    def items(self) -> dict[int, int]:
        """By the index of a sentence that opens a list: the sentences that are items of it."""
        found: dict[int, int] = {}
        for sentence in self.sentences:
            if sentence.lead is not None:
                found[sentence.lead.index] = found.get(sentence.lead.index, 0) | 1 << sentence.index
        return found

    @cached_property
    def openings(self) -> int:
        """The sentences that open a list."""
        bits = 0
        for index in self.items:
            bits |= 1 << index
        return bits

    @cached_property
    def _numbers(self) -> dict[str, list[Clause]]:
        found: dict[str, list[Clause]] = {}
        for clause in self.of.clauses:
            if clause.kind in JUDGED and clause.number:
                found.setdefault(number_key(self.language.code, clause.number), []).append(clause)
                found.setdefault(number_key(self.language.code, clause.citation), []).append(clause)
        return found

    @cached_property
    def _ranked(self) -> dict[Level, tuple[list[Clause], dict[str, int]]]:
        """The judged clauses of each level in order, and where each stands among them."""
        ranked: dict[Level, tuple[list[Clause], dict[str, int]]] = {}
        for clause in self.of.clauses:
            if clause.kind in JUDGED:
                clauses, places = ranked.setdefault(clause.level, ([], {}))
                places[clause.id] = len(clauses)
                clauses.append(clause)
        return ranked

    def referred(self, sentence: Sentence) -> list[Clause]:
        """The clauses a sentence refers to by number or as 前条 / "the preceding Section"; unknown numbers give none."""
        references = sentence.references
        if not references:
            return []
        found: list[Clause] = []
        here = self.top(sentence.unit.clause)
        for reference in references:
            if reference.beside:
                continue
            if reference.relative == "this_clause":
                found.append(here)
            elif reference.relative in ("previous_clause", "next_clause"):
                tops, places = self._ranked.get(here.level, ([], {}))
                i = places.get(here.id, -9) + (-1 if reference.relative == "previous_clause" else 1)
                if 0 <= i < len(tops):
                    found.append(tops[i])
            elif reference.relative == "previous_paragraph":
                siblings = [c for c in self.children.get(sentence.unit.clause.parent or "", []) if c.start < sentence.unit.clause.start]
                if siblings:
                    several = reference.numbers[0] if reference.numbers else "1"  # how many of them; "" for all
                    found.extend(siblings[-int(several) :] if several and int(several) else siblings)
                elif sentence.unit.clause.parent:
                    found.append(self.clauses[sentence.unit.clause.parent])
                continue
            for number in reference.numbers:
                known = {c.id for c in found}
                found.extend(c for c in self._numbers.get(number, ()) if c.id not in known)
        return found

    @cached_property
    def references(self) -> list[tuple[Sentence, frozenset[str]]]:
        """The sentences that refer to clauses of this contract, each with the ids of those clauses."""
        found: list[tuple[Sentence, frozenset[str]]] = []
        for index in self._references:
            sentence = self.sentences[index]
            clauses = frozenset(c.id for c in self.referred(sentence))
            if clauses:
                found.append((sentence, clauses))
        return found

    def dangling(self, sentence: Sentence) -> list[str]:
        """The numbers by which a sentence names clauses that the contract does not have; none where few clauses are numbered at all."""
        if len(self._numbers) < _FEW_NUMBERS:
            return []
        return [n for reference in self.references_in(sentence) for n in reference.numbers if n.isdigit() and n not in self._numbers]

    def mistitled(self, sentence: Sentence) -> list[str]:
        """The numbers with which a sentence gives a title that not their clause bears, but another one of this contract."""
        wrong: list[str] = []
        for number, title in (t for reference in self.references_in(sentence) for t in reference.titles):
            own = [self._headings[c.id] for c in self._numbers.get(number, ()) if c.id in self._headings]
            marks = self.language.title_marks(title)
            if own and not any(marks & self.language.title_marks(heading) for heading in own):
                # a remark in brackets may hold a heading's words; a title is hardly more than them
                wrong += [number for h in self._headings.values() if 1 < len(h) <= len(title) <= 2 * len(h) and h in title][:1]
        return wrong

    @cached_property
    def _headings(self) -> dict[str, str]:
        """The folded headings of the judged clauses that have one, by clause id."""
        return {c.id: self.language.fold(c.heading).text for c in self.of.clauses if c.kind in JUDGED and c.heading}

    def references_in(self, sentence: Sentence) -> list[Reference]:
        """The mentions of clauses in a sentence; offsets are those of ``sentence.text``."""
        if sentence.index < 0:
            _ = self.sentences  # numbers them
        return self._references.get(sentence.index, [])

    @cached_property
    def _references(self) -> dict[int, list[Reference]]:
        """The mentions of clauses, by the index of their sentence, in order."""
        found: dict[int, list[Reference]] = {}
        at, start, sentences = 0, 0, self.sentences
        for reference in self.language.references(self.joined):
            while reference.start > start + len(sentences[at].text):
                start += 1 + len(sentences[at].text)
                at += 1
            if reference.end <= start + len(sentences[at].text):
                shifted = replace(reference, start=reference.start - start, end=reference.end - start)
                found.setdefault(at, []).append(shifted)
        return found

    @cached_property
    def _pages(self) -> tuple[list[int], list[int | None]]:
        blocks = self.of.document.blocks
        return [b.start for b in blocks], [b.page for b in blocks]

    def page_at(self, offset: int, clause: Clause) -> int | None:
        """The page on which the character stands."""
        starts, pages = self._pages
        i = bisect_right(starts, offset) - 1
        return pages[i] if 0 <= i < len(pages) and pages[i] is not None else clause.page


_AT_ONCE = 100_000  # characters; what is found in a long contract at once would take a hundred bytes a character


def stretches(text: str) -> Iterator[str]:
    """The text in stretches of whole lines; between each and the next a line end is left out."""
    at = 0
    while len(text) - at > _AT_ONCE and (end := text.find("\n", at + _AT_ONCE)) >= 0:
        yield text[at:end]
        at = end + 1
    yield text[at:] if at else text


_PLAIN_NUMBER = re.compile(r"(?:[0-9]{1,4}|\.|\([a-z0-9]{1,5}\)){1,8}")  # "12.3(a)": folding changes nothing


@lru_cache(maxsize=8192)
def number_key(code: str, printed: str) -> str:
    """The comparable form of a printed number, as ``Reference.numbers`` gives it: "第12条" -> "12", "Article IV" -> "iv"."""
    if _PLAIN_NUMBER.fullmatch(printed):
        plain = printed.strip(" .():")
        return plain.removesuffix(".0") if plain.count(".") == 1 else plain  # "4.0" is headed so and referred to as Section 4
    language = languages.get(code)
    folded = language.fold(printed).text
    references = language.references(folded)
    if references and references[0].numbers:
        return references[0].numbers[0]
    return folded.strip(" .():").removeprefix("section ").removeprefix("article ")
