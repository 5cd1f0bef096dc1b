"""Where a provision lives in a contract: the homes of its core, what is headed by its name, and what refers to them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any

import re2

from clausecheck.concepts import Concepts, spans
from clausecheck.languages.base import Passage
from clausecheck.model import ClauseKind
from clausecheck.passages import Sentence
from clausecheck.provision import Provision
from clausecheck.view import Match, View

SHORT_CLAUSE = 5  # paragraphs; a clause of so many is one subject
LONG_UNIT = 10  # sentences; an unheaded stretch longer than this is not one subject
BEFORE_CORE, AFTER_CORE = 2, 5  # sentences of such a stretch that belong to a core sentence


class Reach:
    """The part of a contract in which a provision's elements count: the homes of its core and what refers to them."""

    def __init__(self, view: View, provision: Provision, core: Sequence[Match]) -> None:
        self._view = view
        passages = view.passages
        self.headed: set[str] = set()  # clauses whose heading names the provision, and all below
        for clause_id in named_by_heading(view, provision):
            if passages.clauses[clause_id].kind in (ClauseKind.BODY, ClauseKind.ANNEX):
                self._add(self.headed, clause_id)
        self.home: set[str] = set()
        self._around = 0  # single sentences that count, as bits
        for match in core:
            if match.result is None:
                continue
            self._settle(match.sentence)
        lent = [s for m in core if m.result is not None for s in view.defined(m.sentence)]
        self._core = 0
        for match in core:
            if match.result is not None:
                self._core |= 1 << match.sentence.index | (1 << match.sentence.lead.index if match.sentence.lead is not None else 0)
        for sentence in lent:
            self._core |= 1 << sentence.index
            self._around |= 1 << sentence.index
        for sentence in lent:  # "the events listed in Schedule B"
            for clause in passages.referred(sentence):
                if clause.kind is ClauseKind.ANNEX:
                    self._add(self.home, clause.id)
        self._names = provision.mentions
        self._bits: dict[tuple[str, bool], int] = {}

    def _add(self, to: set[str], clause_id: str) -> None:
        to.add(clause_id)
        for child in self._view.passages.children.get(clause_id, ()):
            self._add(to, child.id)

    def _settle(self, sentence: Sentence) -> None:
        """The home of a core sentence: the headed clause above it, else its paragraph, or its clause where that is short."""
        passages = self._view.passages
        clause = sentence.unit.clause
        chain = [clause, *passages.ancestors(clause)]
        headed = [c for c in chain if c.id in self.headed]
        if headed:
            self._add(self.home, headed[-1].id)
            return
        settled = clause
        if clause.level.value in ("item", "subitem") and clause.parent and (sentence.lead is not None or self._few(clause.parent)):
            settled = passages.clauses[clause.parent]  # but one of many items that say a thing of their own is a paragraph ("14(g)")
        if settled.parent and not settled.heading and (settled.level.value != "clause" or settled.kind is ClauseKind.ANNEX):
            parent = passages.clauses[settled.parent]
            if parent.level.value == "clause" and self._few(parent.id):
                settled = parent
        own = list(passages.units_of(settled.id, deep=False))
        if settled is clause and sum(len(u.sentences) for u in own) > LONG_UNIT:  # one long run of text: only what stands around the core
            sentences = sentence.unit.sentences
            at = sentences.index(sentence)
            for near in sentences[max(0, at - BEFORE_CORE) : at + 1 + AFTER_CORE]:
                self._around |= 1 << near.index
            return
        self._add(self.home, settled.id)

    def _few(self, clause_id: str) -> bool:
        """The clause has so few parts, none with a heading of its own, that it is one subject."""
        parts = self._view.passages.children.get(clause_id, [])
        return len(parts) <= SHORT_CLAUSE and not any(part.heading for part in parts)

    def holds(self, sentence: Sentence, where: str | None, says: str = "fact") -> bool:
        """The sentence lies in the provision's reach (``where``: home by default, core, heading_home, contract)."""
        return bool(self.bits(where or "home", says) >> sentence.index & 1)

    def bits(self, where: str, says: str = "fact") -> int:
        """The sentences in the provision's reach, as bits.

        Outside its home a sentence that only names the provision may give a right or duty, or define; it lists nothing.
        """
        acts = says in ("duty", "right", "relief")
        known = self._bits.get((where, acts))
        if known is None:
            known = self._bits[where, acts] = self._reckon(where, acts)
        return known

    def _reckon(self, where: str, acts: bool) -> int:
        passages = self._view.passages
        if where == "contract":
            return self._view.everywhere
        if where == "core":
            bits = self._core
            for sentence in passages.chosen(self._core & passages.openings):
                bits |= passages.items[sentence.index]
            return bits
        bits = self._around
        for clause in self.home:
            bits |= passages.own_bits(clause)
        if where == "heading_home" or self.home or self._around:
            for clause in self.headed:
                bits |= passages.own_bits(clause)
        if where == "heading_home":
            return bits
        for sentence in self._numbered:
            bits |= 1 << sentence.index
        for sentence in self._naming:
            if acts or (not bits >> sentence.index & 1 and sentence.passage is Passage.DEFINITION and term_used(self._view, sentence)):
                bits |= 1 << sentence.index
        return bits

    @cached_property
    def _numbered(self) -> list[Sentence]:
        """The sentences that name a home clause by its number, or from outside the whole clause around it."""
        passages = self._view.passages
        around = {passages.top(passages.clauses[c]).id for c in self.home} - self.home

        def names(sentence: Sentence, clauses: frozenset[str]) -> bool:
            if not self.home.isdisjoint(clauses):
                return True
            whole = around & clauses
            return bool(whole) and passages.top(sentence.unit.clause).id not in whole

        return [s for s, clauses in passages.references if names(s, clauses)] if self.home else []

    @cached_property
    def _naming(self) -> list[Sentence]:
        """The sentences that name the provision by its own words."""
        view = self._view
        if not self._names or not (self.home or self._around):
            return []
        return [s for s in view.passages.chosen(view.may_hold(self._names)) if any(view.places(name, s) for name in self._names)]


def named_by_heading(view: View, provision: Provision) -> Sequence[str]:
    """The ids of the clauses whose heading names the provision, in order."""
    known = view.named.get(provision.id)
    if known is None:
        terms = provision.anchors_in(view.passages.language.code)
        headings = view.passages.headings
        found: dict[str, None] = {}
        if terms and headings:
            ends = view.heading_ends
            pattern = _heading_pattern(view.concepts, tuple(terms))
            for start, end in spans(pattern, view.joined_headings):
                number = bisect_right(ends, start)
                for i in range(number, bisect_right(ends, end - 1) + 1):  # one that runs over a line's end is looked for in each line
                    if end - 1 <= ends[number] or spans(pattern, headings[i][1]):
                        found[headings[i][0].id] = None
        known = view.named[provision.id] = tuple(found)
    return known


@lru_cache(maxsize=512)
def _heading_pattern(concepts: Concepts, terms: tuple[str, ...]) -> Any:
    """A pattern over all headings, a line each."""
    return re2.compile(("(?m)" + "|".join(concepts.term(t) for t in terms)).encode(), concepts.options)


def term_used(view: View, definition: Sentence) -> bool:
    """A term that the sentence defines is used in operative text elsewhere."""
    terms = [t for t in definition.unit.language.defined_terms(definition.text) if len(t) >= 2]
    if definition.lead is not None and not terms:
        terms = [t for t in definition.unit.language.defined_terms(definition.lead.text) if len(t) >= 2]
    stems = [t.removesuffix("s") for t in terms]
    for unit in view.passages.units:
        text = unit.folded.text
        for stem in stems:
            if stem in text:
                for sentence in unit.sentences:
                    if sentence is not definition and stem in sentence.text and sentence.passage is Passage.OPERATIVE:
                        return True
    return False
