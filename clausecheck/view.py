"""A contract as a library sees it: passages with their concepts, definitions that lend words, and the sides of the parties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ahocorasick_rs import AhoCorasick

from clausecheck.concepts import Concepts
from clausecheck.languages.base import Passage, Statement
from clausecheck.library import Library
from clausecheck.model import Clause, Evidence, Result, Text
from clausecheck.passages import Passages, Sentence, Unit


@dataclass(frozen=True, slots=True)
class Match:
    """A find that holds, or nearly holds, in one sentence."""

    pattern: str  # "fm_relief.1"
    sentence: Sentence
    start: int  # of the act (or first concept) in sentence.text
    end: int
    result: Result | None  # satisfied, weak, negated; None: refused
    code: str = ""  # why weak, negated or refused
    message: Text | None = None
    values: tuple[tuple[str, object], ...] = ()
    statement: Statement | None = None
    holder: str = ""  # us | them | both | ""
    followed: bool = False  # words of the clauses it refers to count as its own
    scope: str = "sentence"  # words of its paragraph or clause count as its own

    @property
    def evidence(self) -> Evidence:
        return self.sentence.evidence(self.pattern, self.start, self.end)


@dataclass
class View:
    """A contract under a library: passages with their concepts, and the sides of the parties."""

    passages: Passages
    concepts: Concepts
    library: Library
    sides: Mapping[str, str] = field(default_factory=dict)  # folded party label -> buyer | supplier
    our_side: str = "either"
    attached: bool = False
    explain: bool = False  # near matches are wanted too
    names: Mapping[str, str] = field(default_factory=dict)  # buyer, supplier -> the party's label as printed
    stated: Mapping[str, Sequence[tuple[int, int]]] = field(default_factory=dict)  # fact -> spans of the contract's text that state it
    bit: Mapping[str, int] = field(default_factory=dict)
    whole: int = 0  # mask of the concepts that may occur anywhere in the contract
    _under: dict[tuple[str, str], bool] = field(default_factory=dict)
    _found: dict[str, list[Match]] = field(default_factory=dict)  # by pattern id: what was found anywhere
    _holding: dict[int, list[Unit]] = field(default_factory=dict)
    _lent: dict[int, list[Sentence]] = field(default_factory=dict)  # by sentence: the definitions of the terms it uses
    _lent_to: dict[int, int] = field(default_factory=dict)  # by unit: the concepts that definitions may lend it

    def __post_init__(self) -> None:
        self.bit = self.concepts.bit
        for unit in self.passages.units:
            unit.present, unit.hints = self.concepts.hints(unit.folded.text)
            unit.always, unit.masks = self.concepts.always, self.concepts.masks
            self.whole |= unit.present

    # -- concepts in sentences
    def places(self, name: str, sentence: Sentence) -> list[tuple[int, int]]:
        known = sentence.positions.get(name)
        if known is None:
            known = self.concepts.places(name, sentence.text) if self.bit.get(name, 0) & sentence.present else []
            sentence.positions[name] = known
        return known

    def units_holding(self, mask: int) -> list[Unit]:
        """The units that may hold one of these concepts, and the items of the lists that such a unit opens, in order."""
        known = self._holding.get(mask)
        if known is None:
            passages = self.passages
            seen = {u.index for u in passages.units if u.present & mask}
            for index in list(seen):
                clause = passages.units[index].clause.id
                # a list may go on behind a page's foot, in another unit of the same clause
                seen.update(u.index for u in passages.units_of(clause, deep=False) if u.index > index)
                for child in passages.children.get(clause, ()):
                    seen.update(u.index for u in passages.units_of(child.id))
            known = self._holding[mask] = [passages.units[i] for i in sorted(seen)]
        return known

    def under(self, clause: Clause, name: str) -> bool:
        """The heading of the clause, or of one above it, holds the concept."""
        key = (clause.id, name)
        if key not in self._under:
            own = bool(clause.heading) and bool(self.concepts.places(name, self.passages.language.fold(clause.heading).text))
            self._under[key] = own or (clause.parent is not None and self.under(self.passages.clauses[clause.parent], name))
        return self._under[key]

    # -- defined terms
    @cached_property
    def _definitions(self) -> tuple[list[list[Sentence]], AhoCorasick | None]:
        """The definitions of the contract (the sentence and the items of its list), and what finds their terms in a text."""
        found: list[list[Sentence]] = []
        terms: list[str] = []
        for unit in self.passages.units:
            if not unit.language.may_define(unit.folded.text):
                continue
            for sentence in unit.sentences:
                lead = sentence.lead
                if not unit.language.may_define(sentence.text):
                    continue
                if sentence.passage is not Passage.DEFINITION or (lead is not None and lead.passage is Passage.DEFINITION):
                    continue
                if unit.language.names_thing(sentence.text):
                    continue
                names = [t for t in unit.language.defined_terms(sentence.text)[:3] if len(t) >= 2]
                below = self.passages.children.get(unit.clause.id, ())
                items = [s for child in below for u in self.passages.units_of(child.id) for s in u.sentences if s.lead is sentence]
                for name in names:
                    terms.append(name)
                    found.append([sentence, *items])
        return found, AhoCorasick(terms) if terms else None

    def lent(self, unit: Unit) -> int:
        """Mask of the concepts that definitions may lend to the sentences of a unit."""
        known = self._lent_to.get(unit.index)
        if known is None:
            found, terms = self._definitions
            known = 0
            for i, _, _ in terms.find_matches_as_indexes(unit.folded.text, overlapping=True) if terms is not None else ():
                for sentence in found[i]:
                    known |= sentence.present
            self._lent_to[unit.index] = known
        return known

    def defined(self, sentence: Sentence) -> list[Sentence]:
        """The sentences that define the terms which an operative sentence uses (as terms: capitalised, where the script has capitals)."""
        known = self._lent.get(id(sentence))
        if known is None:
            known = []
            found, terms = self._definitions
            if terms is not None and sentence.passage is Passage.OPERATIVE:
                text = sentence.text
                for i, a, b in terms.find_matches_as_indexes(text, overlapping=True):
                    if (
                        found[i][0] is sentence
                        or (text[a - 1 : a].isalnum() and text[a].isascii())
                        or (text[b : b + 1].isalpha() and text[b].isascii() and text[b] != "s")
                    ):
                        continue
                    at, _ = sentence.source(a, b)
                    if not self.passages.text[at].islower():
                        known += [s for s in found[i] if s not in known]
            self._lent[id(sentence)] = known
        return known

    # -- sides
    def side_of(self, statement: Statement) -> str:
        """us | them | both | "" (not said, or the side is not known)."""
        if statement.mutual:
            return "both"
        if self.our_side == "either" or not statement.holder:
            return ""
        label = statement.holder
        side = self.sides.get(label) or self.sides.get(label.removeprefix("the ")) or self.passages.language.role(label)
        if not side:
            return ""
        return "us" if side == self.our_side else "them"

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self.sides)
