"""Clauses against provisions: where a library's concepts stand together as its finds ask, and how they are put.

The one place where modality, negation, direction and guards are applied to a match. Results are values; nothing is
decided here about a status.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

import re2
from ahocorasick_rs import AhoCorasick

from clausecheck import languages
from clausecheck.errors import LibraryError
from clausecheck.languages.base import Duration, Language, Modality, Passage, Statement
from clausecheck.library import ConceptEntry, Count, Element, Find, Library, Provision
from clausecheck.literals import required
from clausecheck.model import Clause, ClauseKind, Evidence, Result, Text
from clausecheck.passages import Passages, Sentence, Unit
from clausecheck.tokens import TokenMatcher

SHORT_CLAUSE = 5  # paragraphs; a clause of so many is one subject
LONG_UNIT = 10  # sentences; an unheaded stretch longer than this is not one subject
BEFORE_CORE, AFTER_CORE = 2, 5  # sentences of such a stretch that belong to a core sentence
_MAX_DEPTH = 8
_MEMORY = 256 << 20


# --- concepts ------------------------------------------------------------------------------------------------------
class Concepts:
    """The compiled vocabulary of one language: finds which concepts a text may hold, and where.

    Sets of concepts are bit masks (``bits``). A first pass looks for the literals that no match can be without; only
    where those stand are the patterns themselves tried.
    """

    def __init__(self, entries: Mapping[str, ConceptEntry], language: Language) -> None:
        self.language = language
        self._entries = entries
        options = re2.Options()
        options.log_errors = False
        options.max_mem = _MEMORY
        options.never_capture = True  # only where a term stands is asked for; groups cost an engine five times slower
        self._options = options
        self._patterns: dict[str, Any] = {}
        self._except: dict[str, Any] = {}
        self._tokens: dict[str, TokenMatcher] = {}
        self._plans: dict[int, tuple[Find, int, list[int], list[int]]] = {}
        self.bit = {name: 1 << i for i, name in enumerate(sorted(entries))}
        self.always = 0  # concepts that no literal announces
        masks: dict[str, int] = {}
        for name in self.bit:
            if entries[name].tokens:
                self.always |= self.bit[name]
            for term in entries[name].terms:
                try:
                    literals = required(self.term(term))
                except ValueError as error:
                    raise self._broken(name, error) from None
                if literals is None:
                    self.always |= self.bit[name]
                for literal in literals or ():
                    masks[literal] = masks.get(literal, 0) | self.bit[name]
        self.masks = list(masks.values())  # of each literal: the concepts it announces
        self._automaton = AhoCorasick(list(masks)) if masks else None

    def source(self, name: str, depth: int = 0) -> str:
        """The RE2 pattern of a concept, references to others filled in; LibraryError if it is unknown or circular."""
        if depth > _MAX_DEPTH:
            raise LibraryError(f"vocabulary/{self.language.code}.yaml:1: concept {name} refers to itself")
        entry = self._entries.get(name)
        if entry is None:
            raise LibraryError(f"vocabulary/{self.language.code}.yaml:1: unknown concept {name}")
        return "(?:" + "|".join(self.term(term, depth) for term in entry.terms) + ")"

    def term(self, term: str, depth: int = 0) -> str:
        """The RE2 pattern of one term."""
        names: list[str] = []

        def keep(match: re.Match[str]) -> str:
            names.append(match[1])
            return f"\x00{len(names) - 1}\x01"

        pattern = self.language.compile_term(re.sub(r"\{([A-Z][A-Z0-9_]*)\}", keep, term))
        return re.sub(r"\x00(\d+)\x01", lambda m: self.source(names[int(m[1])], depth + 1), pattern)

    def compiled(self, name: str) -> Any:
        if name not in self._patterns:
            entry = self._entries[name]
            try:
                self._patterns[name] = re2.compile(self.source(name), self._options)
                if entry.except_:
                    self._except[name] = re2.compile("|".join(self.term(t) for t in entry.except_), self._options)
            except re2.error as error:
                raise self._broken(name, error) from None
        return self._patterns[name]

    def _broken(self, name: str, error: Exception) -> LibraryError:
        problem = " ".join(str(error).split())[:200]
        return LibraryError(
            f"vocabulary/{self.language.code}.yaml:1: concept {name}: {problem}; `clausecheck library check` names the line"
        )

    def bits(self, names: Iterable[str]) -> int:
        """The mask of these concepts."""
        mask = 0
        for name in names:
            mask |= self.bit.get(name, 0)
        return mask

    def plan(self, find: Find) -> tuple[int, list[int], list[int]]:
        """Masks of what a find asks: (what the sentence itself must hold, what must stand with it, what is counted)."""
        known = self._plans.get(id(find))
        if known is None or known[0] is not find:
            bits = self.bits
            first = bits([find.act]) if find.act else bits(find.all[:1]) or bits(find.any or (find.count.of if find.count else []))
            rest = [bits([name]) for name in find.all] + [bits(group) for group in (find.any, find.also) if group]
            counted = [bits([name]) for name in find.count.of] if find.count else []
            known = self._plans[id(find)] = (find, first, rest, counted)
        return known[1:]

    def hints(self, text: str) -> tuple[int, list[tuple[int, int, int]]]:
        """(mask of the concepts that may stand in a folded text, the literals that say so: [(index in ``masks``, start, end)])."""
        if self._automaton is None:
            return self.always, []
        found: list[tuple[int, int, int]] = self._automaton.find_matches_as_indexes(text, overlapping=True)
        mask = self.always
        for index in {hit[0] for hit in found}:
            mask |= self.masks[index]
        return mask, found

    def places(self, name: str, text: str) -> list[tuple[int, int]]:
        """Where a concept stands in a folded text; readings named under ``except`` are left out."""
        if name not in self._entries:
            return []
        pattern = self.compiled(name)
        found = [m.span() for m in pattern.finditer(text)]
        found = [(a, b) for a, b in found if b > a]
        if self._entries[name].tokens:
            if name not in self._tokens:
                self._tokens[name] = TokenMatcher(name, self.language.code, self._entries[name].tokens)
            found = sorted({*found, *self._tokens[name].places(text)})
        refused = self._except.get(name)
        if found and refused is not None:
            barred = [m.span() for m in refused.finditer(text)]
            found = [(a, b) for a, b in found if not any(a < y and x < b for x, y in barred)]
        return found


@lru_cache(maxsize=8)
def _concepts(sha256: str, language: str, holder: _Holder) -> Concepts:
    return Concepts(holder.library.concepts[language], languages.get(language))


@dataclass(frozen=True)
class _Holder:
    """Carries a library through the cache without being part of its key."""

    library: Library = field(compare=False, hash=False)


def concepts_of(library: Library, language: str) -> Concepts:
    """The compiled vocabulary of a library in one language (cached by the library's content)."""
    return _concepts(library.sha256, language, _Holder(library))


# --- matches -------------------------------------------------------------------------------------------------------
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
                        or (text[a - 1 : a].isalnum()
                        and text[a].isascii())
                        or (text[b : b + 1].isalpha()
                        and text[b].isascii()
                        and text[b] != "s")
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


# --- finding -------------------------------------------------------------------------------------------------------
def matches(view: View, finds: Iterable[tuple[str, Find]], element: Element | None, within: Reach | None) -> list[Match]:
    """Every match and near match of these finds, in document order.

    Args:
        view: the contract under the library.
        finds: (pattern id, find) pairs.
        element: whose modality and holder rules apply; None: none do (flags, guards).
        within: where matches count; None: anywhere in the contract.
    """
    found: list[Match] = []
    for pattern, find in finds:
        where = find.where or (element.where if element else "home")
        says = find.says or (element.says if element else "fact")
        if within is None or where == "contract":
            found += _anywhere(view, pattern, find, element)
        elif view.explain:
            for match in _anywhere(view, pattern, find, element):
                if match.result is not None and not within.holds(match.sentence, where, says):
                    match = replace(match, result=None, code="outside", message=None)
                found.append(match)
        else:
            tried = (
                _try(view, find, pattern, s, element) for s in _candidates(view, find, within.units(where)) if within.holds(s, where, says)
            )
            found += [m for m in tried if m is not None]
    found.sort(key=lambda m: (m.sentence.unit.index, m.sentence.start, m.start))
    return found


def _anywhere(view: View, pattern: str, find: Find, element: Element | None) -> list[Match]:
    """Every match of one find in the whole contract; remembered, since core elements are asked for twice."""
    known = view._found.get(pattern)
    if known is None:
        tried = (_try(view, find, pattern, s, element) for s in _candidates(view, find, None))
        known = view._found[pattern] = [m for m in tried if m is not None]
    return known


def holds(view: View, find: Find, sentence: Sentence) -> bool:
    """The find's concepts stand with this sentence, whatever is said of them (for guards and weakenings)."""
    return _meets(view, find, sentence) is not None


def _candidates(view: View, find: Find, units: Sequence[Unit] | None) -> Iterator[Sentence]:
    """The sentences (of these units) in which a find may hold: they, their list's opening or their surroundings may have all it asks."""
    first, rest, counted = view.concepts.plan(find)
    if not first & view.whole or not all(mask & view.whole for mask in rest):
        return  # nowhere in this contract (or this language has no words for it)
    if units is not None and not any(first & (unit.present | unit.opened) for unit in units):
        return
    needed = _needed(view, find.count) if find.count else 0
    wide = find.follow or find.scope != "sentence"

    def enough(present: int) -> bool:
        return not needed or sum(1 for mask in counted if mask & present) >= needed

    for unit in view.units_holding(first) if units is None else units:
        lent = view.lent(unit) if find.act else 0
        present = unit.present | lent
        if present & first and not wide and all(mask & present for mask in rest):
            above = 0
        else:
            above = unit.opened
            present |= above
            if not first & (unit.present | above) or not (wide or all(mask & present for mask in rest)):
                continue
        for sentence in unit.sentences:
            lead = sentence.lead
            above = lead.present if lead is not None else 0
            if not first & (sentence.present | above):
                continue
            present = sentence.present | above | lent
            if wide or (all(mask & present for mask in rest) and (lead is not None or enough(present))):
                yield sentence


def _needed(view: View, count: Count) -> int:
    """How many different concepts a count asks for."""
    return count.at_least if isinstance(count.at_least, int) else int(view.library.value(count.at_least) or 1)


def _listed(view: View, count: Count, item: Sentence) -> int:
    """How many concepts of a count stand in the list that holds this item, its opening included."""
    if item.lead is None:
        return 0
    lead = item.lead
    below = view.passages.children.get(lead.unit.clause.id, ())
    items = [lead, *(s for child in below for u in view.passages.units_of(child.id) for s in u.sentences if s.lead is lead)]
    return sum(1 for name in count.of if any(view.places(name, s) for s in items))


def _meets(view: View, find: Find, sentence: Sentence) -> tuple[Sentence, int, int] | None:
    """Where the act (or first concept) stands, if all concepts of the find are there; None otherwise."""
    anchor: tuple[Sentence, int, int] | None = None
    own = False  # something stands in the sentence itself, not only in its list's opening

    def locate(names: Iterable[str]) -> tuple[Sentence, int, int] | None:
        nonlocal own
        for name in names:
            places = view.places(name, sentence)
            if find.near is not None and anchor is not None and anchor[0] is sentence:
                places = [p for p in places if p[0] - anchor[2] <= find.near and anchor[1] - p[1] <= find.near]
            if places:
                own = True
                return (sentence, *places[0])
        if sentence.lead is not None:
            for name in names:
                places = view.places(name, sentence.lead)
                if places:
                    return (sentence.lead, *places[0])
        if find.act and view.lent(sentence.unit) & view.concepts.bits(names):  # the definition of a term that it uses lends its words
            for definition in view.defined(sentence):
                for name in names:
                    places = view.places(name, definition)
                    if places and not any(view.places(barred, definition) for barred in find.without):
                        return (definition, *places[0])
        if find.scope != "sentence" or find.follow:
            for other in _around(view, find, sentence):
                for name in names:
                    if view.bit.get(name, 0) & other.present:
                        for s in other.sentences:
                            places = view.places(name, s)
                            if not places or s.passage in _SILENT:
                                continue
                            if (
                                find.follow
                                and other.clause.id != sentence.unit.clause.id
                                and any(view.places(barred, s) for barred in find.without)
                            ):
                                continue  # the clause referred to speaks of something that the find leaves out
                            return (s, *places[0])
        return None

    def groups() -> bool:
        """Everything beside the act is there."""
        nonlocal anchor
        for names in (*([name] for name in find.all), *(group for group in (find.any, find.also) if group)):
            place = locate(names)
            if place is None:
                return False
            anchor = anchor or place
        if find.count:
            places = [p for p in (locate([name]) for name in find.count.of) if p is not None]
            needed = _needed(view, find.count)
            if len(places) < needed and not (places and _listed(view, find.count, sentence) >= needed):
                return False
            anchor = anchor or places[0]
        return True

    def act() -> bool:
        nonlocal anchor, own
        place = _act_place(view, find, sentence)
        if place is None:
            return False
        anchor = place
        own = own or place[0] is sentence
        return True

    # The act is mostly the commoner word: unless a distance from it is asked for, the rarer ones are looked for first.
    steps = (act, groups) if find.near is not None else (groups, act)
    if not all(step() for step in steps if find.act or step is groups):
        return None
    return anchor if own else None


_SILENT = frozenset({Passage.DELETED, Passage.NOTE, Passage.QUESTION, Passage.RECITAL, Passage.TOC, Passage.SIGNATURE, Passage.HEADING})


def _act_place(view: View, find: Find, sentence: Sentence) -> tuple[Sentence, int, int] | None:
    assert find.act is not None
    barred = [p for name in find.without_near for p in view.places(name, sentence)]
    for source in (sentence, sentence.lead):
        if source is None:
            continue
        for a, b in view.places(find.act, source):
            if source is sentence and any(a - 12 < y and x < b + 12 for x, y in barred):
                continue
            return (source, a, b)
    return None


def _around(view: View, find: Find, sentence: Sentence) -> Iterator[Unit]:
    """The units that count as the sentence's surroundings for this find."""
    unit = sentence.unit
    if find.scope == "paragraph":
        yield unit
        yield from (u for u in view.passages.units_of(unit.clause.id) if u is not unit)
    elif find.scope == "clause":
        yield from view.passages.units_of(view.passages.top(unit.clause).id)
    if find.follow:
        for clause in view.passages.referred(sentence):
            if clause.id != unit.clause.id:
                yield from view.passages.units_of(clause.id)


def _try(view: View, find: Find, pattern: str, sentence: Sentence, element: Element | None) -> Match | None:
    if find.fact is not None and not _states(view, find.fact, sentence):
        return None
    if find.not_fact is not None and _states(view, find.not_fact, sentence):
        return None
    place = _meets(view, find, sentence)
    if place is None:
        return None
    source, start, end = place
    in_own = source is sentence
    at = (start, end) if in_own else (0, len(sentence.text))

    def refused(code: str, statement: Statement | None = None) -> Match:
        return Match(pattern, sentence, *at, None, code, None, (), statement)

    for name in find.without:
        if view.places(name, sentence) or (sentence.lead is not None and view.places(name, sentence.lead)):
            return refused(f"guard:{name}")
    for name in find.not_under:
        if view.under(sentence.unit.clause, name):
            return refused(f"guard:{name}")
    if find.any_passage and sentence.passage in _SILENT:
        return refused(f"passage:{sentence.passage.value}")
    if not find.any_passage:
        passage = sentence.passage
        says = find.says or (element.says if element else "fact")
        lent = passage is Passage.DEFINITION and says in ("list", "fact") and _term_used(view, sentence)
        if passage is not Passage.OPERATIVE and not lent:
            return refused(f"passage:{passage.value}")
    if element is None and find.says is None and not find.negated:
        return Match(pattern, sentence, *at, Result.SATISFIED)
    judged = _judge(view, find, pattern, sentence, source, start, end, at, element)
    if judged is not None and judged.code == "not_negated" and find.act and in_own and not find.without_near:
        for a, b in view.places(find.act, sentence):  # "shall procure that its suppliers shall not commit": the second act is denied
            if (a, b) != (start, end):
                other = _judge(view, find, pattern, sentence, source, a, b, (a, b), element)
                if other is not None and other.result is not None:
                    return other
    return judged


def _states(view: View, fact: str, sentence: Sentence) -> bool:
    """The sentence is one of those from which the fact was read."""
    spans = view.stated.get(fact, ())
    if not spans:
        return False
    start, end = sentence.source()
    return any(a < end and start < b for a, b in spans)


def _judge(
    view: View,
    find: Find,
    pattern: str,
    sentence: Sentence,
    source: Sentence,
    start: int,
    end: int,
    at: tuple[int, int],
    element: Element | None,
) -> Match | None:
    """Modality, polarity, holder and measure of the act."""
    says = find.says or (element.says if element else "fact")
    text, shift = sentence.text, 0
    if source is not sentence:
        text = source.text + " " + sentence.text if view.passages.language.code == "en" else source.text + sentence.text
    elif sentence.lead is not None:
        joint = sentence.lead.text + (" " if view.passages.language.code == "en" else "")
        text, shift = joint + sentence.text, len(joint)
    statement = view.passages.language.statement(text, start + shift, end + shift, view.labels)
    result, code, message = Result.SATISFIED, "", None
    values: tuple[tuple[str, object], ...] = ()

    def match(result: Result | None, code: str) -> Match:
        return Match(pattern, sentence, *at, result, code, message, values, statement, holder, find.follow, find.scope)

    holder = view.side_of(statement)
    if find.put_as and statement.modality.value not in find.put_as:
        return match(None, "put_otherwise")
    if find.holder is not None and holder in ("us", "them") and holder != find.holder:
        return match(None, "other_side")
    if find.negated:
        if not statement.negated:
            return match(None, "not_negated")
        if says == "duty" and statement.modality is Modality.SOFT and not (element and element.efforts):
            result, code = Result.WEAK, "soft_modality"
    elif says in ("duty", "right"):
        if statement.subordinate and statement.modality is not Modality.RIGHT:
            return match(None, "subordinate")
        if statement.negated:
            return match(None, "excepted") if says == "right" and statement.excepted else match(Result.NEGATED, "negated")
        if says == "duty":
            if statement.modality is Modality.SOFT and not (element and element.efforts):
                result, code = Result.WEAK, "soft_modality"
            elif statement.modality is Modality.RIGHT:
                result, code = Result.WEAK, "permissive"
            elif statement.modality is Modality.CONSENT:
                result, code = Result.WEAK, "needs_consent"
        else:
            if statement.modality is Modality.CONSENT:
                result, code = Result.WEAK, "needs_consent"
            elif statement.modality is Modality.SOFT:
                result, code = Result.WEAK, "soft_modality"
    elif says == "list" and statement.excluded:
        return match(Result.NEGATED, "excluded")
    if element is not None and element.holder != "any" and holder in ("us", "them") and holder != element.holder:
        result, code = Result.WEAK, "one_sided" if element.holder == "us" else "wrong_side"
    if find.weak and result is Result.SATISFIED:
        result, code = Result.WEAK, find.weak
        message = find.weak_message.text if find.weak_message else None
    if find.external and not view.attached and result is Result.SATISFIED:
        result, code = Result.WEAK, "external_reference"
    if find.measure and result is Result.SATISFIED:
        broken = _measure(view, find, sentence, start if source is sentence else 0)
        if broken:
            if find.measure.refuse:
                return match(None, broken[0])
            code, values = broken
            result = Result.WEAK
            message = find.measure.message.text if find.measure.message and code == find.measure.code else None
    if element is not None and result is Result.SATISFIED:
        for weaken in element.weaken:
            if holds(view, weaken.when, sentence) and not any(holds(view, find_, sentence) for find_ in weaken.unless):
                result, code, message = Result.WEAK, weaken.code, weaken.message.text
                break
    return match(result, code)


def _measure(view: View, find: Find, sentence: Sentence, start: int) -> tuple[str, tuple[tuple[str, object], ...]] | None:
    """(code, values) if the duration beside the match breaks its limit; None if it holds."""
    measure = find.measure
    assert measure is not None
    sentences = [sentence] if measure.scope == "sentence" else sentence.unit.sentences
    best: tuple[int, Duration] | None = None
    for s in sentences:
        spots = [p[0] for name in measure.near for p in view.places(name, s)] or ([start] if not measure.near else [])
        for duration in s.durations:
            distance = min((abs(duration.start - spot) for spot in spots), default=10_000) + (0 if s is sentence else 5_000)
            if measure.near and not spots:
                continue
            if best is None or distance < best[0]:
                best = (distance, duration)
    if best is None:
        return ("no_period", ()) if measure.needed else None
    days = best[1].days
    if days is None:
        return ("placeholder", ())
    for limit, broken in ((view.library.value(measure.at_most), operator.gt), (view.library.value(measure.at_least), operator.lt)):
        if limit is not None and broken(days * (24 if measure.unit == "hours" else 1), limit):
            return measure.code, (("days", _plain(days)), ("limit", _plain(limit)))
    return None


def _plain(number: float) -> float | int:
    return int(number) if number == int(number) else number


def families(view: View, count: Count, core: Sequence[Match]) -> tuple[set[str], list[Match]]:
    """The concepts of ``count`` in the sentences that hold the core (their lists and the clauses they name too), a match for each."""
    seen: set[str] = set()
    found: list[Match] = []
    spots: list[Sentence] = []
    for match in core:
        spots.append(match.sentence)
        if match.sentence.lead is not None:
            spots.append(match.sentence.lead)
        for clause in view.passages.referred(match.sentence) if match.followed else ():
            if clause.id != match.sentence.unit.clause.id:
                spots.extend(s for u in view.passages.units_of(clause.id) for s in u.sentences)
        if match.scope != "sentence":
            clause = match.sentence.unit.clause
            around = view.passages.units_of(clause.id if match.scope == "paragraph" else view.passages.top(clause).id)
            spots.extend(s for u in around for s in u.sentences if s.passage not in _SILENT)
        spots.extend(view.defined(match.sentence))
        for child in view.passages.children.get(match.sentence.unit.clause.id, ()):
            spots.extend(s for u in view.passages.units_of(child.id) for s in u.sentences if s.lead is match.sentence)
    for sentence in spots:
        for name in count.of:
            if name not in seen:
                places = view.places(name, sentence)
                if places:
                    seen.add(name)
                    found.append(Match(f"family:{name}", sentence, *places[0], Result.SATISFIED))
    return seen, found


def _term_used(view: View, definition: Sentence) -> bool:
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


# --- where a provision lives ---------------------------------------------------------------------------------------
class Reach:
    """The part of a contract in which a provision's elements count: the homes of its core and what refers to them."""

    def __init__(self, view: View, provision: Provision, core: Sequence[Match]) -> None:
        self._view = view
        passages = view.passages
        heading = anchor_test(view, provision)
        self.headed: set[str] = set()  # clauses whose heading names the provision, and all below
        for clause, folded in passages.headings:
            if clause.kind in (ClauseKind.BODY, ClauseKind.ANNEX) and heading(folded):
                self._add(self.headed, clause.id)
        self.home: set[str] = set()
        self._around: set[int] = set()
        self._around_sentences: list[Sentence] = []
        for match in core:
            if match.result is None:
                continue
            self._settle(match.sentence)
        self._core = {id(m.sentence) for m in core if m.result is not None}
        self._core |= {id(m.sentence.lead) for m in core if m.result is not None and m.sentence.lead is not None}
        lent = [s for m in core if m.result is not None for s in view.defined(m.sentence)]
        self._core |= {id(s) for s in lent}
        self._around |= {id(s) for s in lent}
        self._around_sentences += lent
        for sentence in lent:  # "the events listed in Schedule B"
            for clause in passages.referred(sentence):
                if clause.kind is ClauseKind.ANNEX:
                    self._add(self.home, clause.id)
        self._names = provision.mentions
        self._units: dict[str, list[Unit]] = {}

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
        if clause.level.value in ("item", "subitem") and clause.parent:
            settled = passages.clauses[clause.parent]
        if settled.parent and not settled.heading and (settled.level.value != "clause" or settled.kind is ClauseKind.ANNEX):
            parent = passages.clauses[settled.parent]
            siblings = passages.children.get(parent.id, [])
            if parent.level.value == "clause" and len(siblings) <= SHORT_CLAUSE and not any(s.heading for s in siblings):
                settled = parent
        own = list(passages.units_of(settled.id, deep=False))
        if settled is clause and sum(len(u.sentences) for u in own) > LONG_UNIT:  # one long run of text: only what stands around the core
            sentences = sentence.unit.sentences
            at = sentences.index(sentence)
            self._around_sentences += sentences[max(0, at - BEFORE_CORE) : at + 1 + AFTER_CORE]
            self._around |= {id(s) for s in self._around_sentences}
            return
        self._add(self.home, settled.id)

    def holds(self, sentence: Sentence, where: str | None, says: str = "fact") -> bool:
        """The sentence lies in the provision's reach (``where``: home by default, core, heading_home, contract).

        Outside its home a sentence that only names the provision may give a right or duty, or define; it lists nothing.
        """
        if where == "contract":
            return True
        if where == "core":
            return id(sentence) in self._core or (sentence.lead is not None and id(sentence.lead) in self._core)
        clause = sentence.unit.clause
        if clause.id in self.home or id(sentence) in self._around:
            return True
        if where == "heading_home":
            return clause.id in self.headed
        if clause.id in self.headed and (self.home or self._around):
            return True
        if id(sentence) in self._by_number:
            return True
        if id(sentence) not in self._by_name:
            return False
        return says in ("duty", "right", "relief") or (sentence.passage is Passage.DEFINITION and _term_used(self._view, sentence))

    def units(self, where: str) -> list[Unit]:
        """The units that ``holds`` may say yes to, in order."""
        if where not in self._units:
            passages = self._view.passages
            if where == "contract":
                chosen = passages.units
            elif where == "core":
                chosen = (
                    [
                        u
                        for u in passages.units
                        if any(id(s) in self._core for s in u.sentences) or (u.lead is not None and id(u.lead) in self._core)
                    ]
                    if self._core
                    else []
                )
            else:
                clauses = self.home | self.headed
                chosen = [u for u in passages.units if u.clause.id in clauses or u.index in self._near_units]
            self._units[where] = chosen
        return self._units[where]

    @cached_property
    def _near_units(self) -> set[int]:
        """Units outside the home in which some sentence counts."""
        return {s.unit.index for s in [*self._around_sentences, *self._numbered, *self._naming]}

    @cached_property
    def _by_number(self) -> set[int]:
        return {id(s) for s in self._numbered}

    @cached_property
    def _by_name(self) -> set[int]:
        return {id(s) for s in self._naming}

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
        names = view.concepts.bits(self._names)
        if not names or not (self.home or self._around):
            return []
        units = (u for u in view.passages.units if u.present & names)
        return [s for u in units for s in u.sentences if s.present & names and any(view.places(name, s) for name in self._names)]


def anchor_test(view: View, provision: Provision) -> Any:
    """A function that says whether a folded heading names the provision."""
    language = view.passages.language
    terms = provision.anchors.get(language.code, [])  # type: ignore[call-overload]
    if not terms:
        return lambda heading: False
    pattern = _heading_pattern(view.concepts, tuple(terms))
    return lambda folded: pattern.search(folded) is not None


@lru_cache(maxsize=512)
def _heading_pattern(concepts: Concepts, terms: tuple[str, ...]) -> Any:
    return re2.compile("|".join(concepts.term(t) for t in terms), concepts._options)
