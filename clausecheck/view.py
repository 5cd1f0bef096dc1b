"""A contract as a library sees it: passages with their concepts, definitions that lend words, and the sides of the parties."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

from ahocorasick_rs import AhoCorasick

from clausecheck.concepts import Concepts
from clausecheck.languages.base import Passage, Statement
from clausecheck.library import Library
from clausecheck.literals import Wording
from clausecheck.model import Clause, Evidence, Result, Text
from clausecheck.passages import Passages, Sentence


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
    opening: tuple[int, int] | None = None  # where the act stands, if it is in the opening of the list that the sentence is an item of

    @property
    def evidence(self) -> Evidence:
        return self.sentence.evidence(self.pattern, self.start, self.end)

    @property
    def opened(self) -> Evidence | None:
        """The opening of the list as evidence, where it is what holds the act."""
        lead = self.sentence.lead
        return lead.evidence(self.pattern, *self.opening) if self.opening is not None and lead is not None else None


@dataclass
class View:
    """A contract under a library: passages with their concepts, and the sides of the parties."""

    passages: Passages
    concepts: Concepts
    library: Library
    sides: Mapping[str, str] = field(default_factory=dict)  # folded party label -> buyer | supplier | both (either in turn)
    our_side: str = "either"
    attached: bool = False
    explain: bool = False  # near matches are wanted too
    names: Mapping[str, str] = field(default_factory=dict)  # buyer, supplier -> the party's label as printed
    stated: Mapping[str, Sequence[tuple[int, int]]] = field(default_factory=dict)  # fact -> spans of the contract's text that state it
    kind: str = "supply"  # the contract's type
    likeness: dict[str, list[float]] = field(default_factory=dict)  # by provision: of its title to each clause's heading
    named: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by provision: the clauses whose heading names it
    columns: dict[str, int] = field(default_factory=dict)  # by concept: the sentences in which it may stand
    _under: dict[tuple[str, str], bool] = field(default_factory=dict)
    _found: dict[str, list[Match]] = field(default_factory=dict)  # by pattern id: what was found anywhere
    _announced: dict[str, list[tuple[int, Wording]]] = field(default_factory=dict)  # by concept: (sentences, its wording there)
    _patterned: dict[str, int] = field(default_factory=dict)  # by concept: the sentences in which its patterns must be tried
    _reached: dict[tuple[str, ...], int] = field(default_factory=dict)
    _borrowed: dict[tuple[str, ...], int] = field(default_factory=dict)
    _lent: dict[int, list[Sentence]] = field(default_factory=dict)  # by sentence: the definitions of the terms it uses
    _statements: dict[tuple[int, int, int, int], Statement] = field(default_factory=dict)

    def __post_init__(self) -> None:
        stands = self.passages.bits_by(self.concepts.hits)  # by literal
        columns, announced, owners, within = self.columns, self._announced, self.concepts.owners, self.concepts.within
        worded: list[tuple[str, int, Wording]] = []
        sets: dict[int, int] = {}  # by set of literals: the sentences in which one of them stands
        for literal, bits in stands.items():
            for number in within[literal]:
                sets[number] = sets.get(number, 0) | bits
        for literal, bits in stands.items():
            for name, wording, beside in owners[literal]:
                here = bits
                for number in beside:
                    here &= sets.get(number, 0)
                if here:
                    if wording is None:
                        columns[name] = columns.get(name, 0) | here
                    else:
                        worded.append((name, here, wording))
        self._patterned = columns.copy()
        for name, here, wording in worded:
            columns[name] = columns.get(name, 0) | here
            announced.setdefault(name, []).append((here, wording))
        for name in self.concepts.always:
            columns[name] = self.everywhere

    @cached_property
    def everywhere(self) -> int:
        """All sentences, as a set of bits (see ``Passages.sentences``)."""
        return (1 << len(self.passages.sentences)) - 1

    # -- headings
    @cached_property
    def joined_headings(self) -> str:
        """All headings, folded, a line each."""
        return "\n".join([folded for _, folded in self.passages.headings])

    @cached_property
    def heading_ends(self) -> list[int]:
        """Where each heading ends in ``joined_headings``."""
        ends: list[int] = []
        at = -1
        for _, folded in self.passages.headings:
            at += 1 + len(folded)
            ends.append(at)
        return ends

    @cached_property
    def _headings_with(self) -> dict[str, list[int]]:
        """By concept: the headings (by number) in which it may stand."""
        found: dict[str, dict[int, None]] = {}
        for literal, start, _ in self.concepts.hits(self.joined_headings):
            number = bisect_right(self.heading_ends, start)
            for name, _, _ in self.concepts.owners[literal]:
                found.setdefault(name, {})[number] = None
        numbered = {name: list(numbers) for name, numbers in found.items()}
        for name in self.concepts.always:
            numbered[name] = list(range(len(self.passages.headings)))
        return numbered

    def headings_holding(self, names: Iterable[str]) -> list[Clause]:
        """The clauses whose heading holds one of these concepts, in order."""
        headings = self.passages.headings
        numbers = {n for name in names for n in self._headings_with.get(name, ()) if self.concepts.places(name, headings[n][1])}
        return [headings[n][0] for n in sorted(numbers)]

    # -- concepts in sentences
    def places(self, name: str, sentence: Sentence) -> Sequence[tuple[int, int]]:
        """Where the concept stands in the sentence."""
        if not self.columns.get(name, 0) >> sentence.index & 1:
            return ()
        known = sentence.positions.get(name)
        if known is None:
            known = self._look(name, sentence)
            if known and self.sides and self.concepts.no_party(name):
                known = [(a, b) for a, b in known if sentence.text[a:b] not in self.sides]
            sentence.positions[name] = known
            if not known:
                self.columns[name] &= ~(1 << sentence.index)
        return known

    def _look(self, name: str, sentence: Sentence) -> list[tuple[int, int]]:
        if self._patterned.get(name, 0) >> sentence.index & 1:
            return self.concepts.places(name, sentence.text)
        wordings = [wording for bits, wording in self._announced.get(name, ()) if bits >> sentence.index & 1]
        return self.concepts.worded(name, sentence.text, wordings) if wordings else self.concepts.places(name, sentence.text)

    def may_hold(self, names: Iterable[str]) -> int:
        """The sentences in which one of these concepts may stand."""
        bits, columns = 0, self.columns
        for name in names:
            bits |= columns.get(name, 0)
        return bits

    def may_have(self, names: tuple[str, ...]) -> int:
        """The sentences that may hold one of these concepts themselves or have it from the opening of their list."""
        bits = self._reached.get(names)
        if bits is None:
            bits = self.may_hold(names)
            opening = bits & self.passages.openings
            while opening:
                low = opening & -opening
                bits |= self.passages.items[low.bit_length() - 1]
                opening ^= low
            self._reached[names] = bits
        return bits

    def under(self, clause: Clause, name: str) -> bool:
        """The heading of the clause, or of one above it, holds the concept."""
        key = (clause.id, name)
        if key not in self._under:
            own = bool(clause.heading) and bool(self.concepts.places(name, self.passages.folded_headings[clause.id]))
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

    @cached_property
    def _users(self) -> list[tuple[int, int]]:
        """Of each defined term: (the sentences that define it, those that name it)."""
        found, terms = self._definitions
        if terms is None:
            return []
        users = self.passages.bits_by(partial(terms.find_matches_as_indexes, overlapping=True))
        return [(sum(1 << s.index for s in found[i]), bits) for i, bits in users.items()]

    @cached_property
    def _naming(self) -> int:
        """The sentences that name a defined term."""
        bits = 0
        for _, users in self._users:
            bits |= users
        return bits

    def may_borrow(self, names: tuple[str, ...]) -> int:
        """The sentences to which the definition of a term that they use may lend one of these concepts."""
        bits = self._borrowed.get(names)
        if bits is None:
            held, bits = self.may_hold(names), 0
            if held:
                for definition, users in self._users:
                    if definition & held:
                        bits |= users
            self._borrowed[names] = bits
        return bits

    def defined(self, sentence: Sentence) -> list[Sentence]:
        """The sentences that define the terms which an operative sentence uses (as terms: capitalised, where the script has capitals)."""
        known = self._lent.get(id(sentence))
        if known is None:
            known = []
            found, terms = self._definitions
            if terms is not None and self._naming >> sentence.index & 1 and sentence.passage is Passage.OPERATIVE:
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
        if side in ("", "both"):
            return side
        return "us" if side == self.our_side else "them"

    @cached_property
    def labels(self) -> tuple[str, ...]:
        return tuple(self.sides)
