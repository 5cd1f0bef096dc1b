"""The vocabulary of a library, compiled: which concepts a folded text may hold, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import re2
from ahocorasick_rs import AhoCorasick, Implementation

from clausecheck import languages
from clausecheck.errors import LibraryError
from clausecheck.languages.base import Language
from clausecheck.library import Library
from clausecheck.literals import Needs, Wording, announced
from clausecheck.provision import ConceptEntry, Find
from clausecheck.tokens import TokenMatcher

_MAX_DEPTH = 8
_MEMORY = 256 << 20
_WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a find asks for, as groups of concepts of which one must be there."""

    first: tuple[str, ...]  # in the sentence itself or the opening of its list
    groups: tuple[tuple[str, ...], ...]  # with the act, one of each
    rest: tuple[tuple[str, ...], ...]  # the groups beside the first
    counted: tuple[str, ...]


class Owner(NamedTuple):
    """What a literal announces where it stands."""

    name: str  # of the concept
    wording: Wording | None  # the concept's, if the literal is one; None: its patterns must be tried
    beside: tuple[int, ...] = ()  # of each of these sets of literals (see ``Concepts.within``) one must be there too


_MOST_PATTERNS = 40  # held after a provision of a long contract


class Concepts:
    """The compiled vocabulary of one language: finds which concepts a text may hold, and where.

    A first pass looks for the literals that no match can be without (``hits``); only where those stand are the concepts
    themselves looked for. A term that is nothing but a few strings needs no pattern even then. Only concepts that are
    ``asked`` for (default: all) are announced; the others lend their words to these.
    """

    def __init__(self, entries: Mapping[str, ConceptEntry], language: Language, asked: Collection[str] | None = None) -> None:
        self.language = language
        self._entries = entries
        options = re2.Options()
        options.log_errors = False
        options.max_mem = _MEMORY
        options.never_capture = True  # only where a term stands is asked for; groups cost an engine five times slower
        self.options = options
        self._sources: dict[str, str] = {}
        self._patterns: dict[str, tuple[Any, Any]] = {}
        self._tokens: dict[str, TokenMatcher] = {}
        self._plans: dict[int, tuple[Find, Plan]] = {}
        self.always: set[str] = set()  # concepts that no literal announces
        self.literals: list[str] = []
        self.owners: list[list[Owner]] = []  # of each literal: what it announces
        self.within: list[list[int]] = []  # of each literal: the sets, by number, that it is one of
        numbers: dict[str, int] = {}
        sets: dict[frozenset[str], int] = {}

        def number(literal: str) -> int:
            if literal not in numbers:
                numbers[literal] = len(self.literals)
                self.literals.append(literal)
                self.owners.append([])
                self.within.append([])
            return numbers[literal]

        def set_number(literals: frozenset[str]) -> int:
            if literals not in sets:
                sets[literals] = len(sets)
                for literal in sorted(literals):
                    self.within[number(literal)].append(sets[literals])
            return sets[literals]

        for name, entry in entries.items():
            if asked is not None and name not in asked:
                continue
            if entry.tokens:
                self.always.add(name)
            words: dict[str, Wording | None] = {}
            ways: dict[Needs, None] = {}
            for order, term in enumerate(entry.terms):
                try:
                    known = announced(self.term(term), language.frequent)
                except ValueError as error:
                    raise self._broken(name, error) from None
                if known.literals is None:
                    self.always.add(name)
                    continue
                if not known.exact:
                    ways.update(dict.fromkeys(known.ways))
                    continue
                for literal in known.literals:
                    if literal not in words:
                        words[literal] = Wording(literal, known.head, known.tail, order)
                    elif (other := words[literal]) is not None and (other.head, other.tail) != (known.head, known.tail):
                        words[literal] = None
            for literal, wording in words.items():
                self.owners[number(literal)].append(Owner(name, None if name in self.always else wording))
            for first, *others in ways:
                beside = tuple(set_number(literals) for literals in others)
                for literal in sorted(first):
                    self.owners[number(literal)].append(Owner(name, None, beside))
        self._automaton = AhoCorasick(self.literals, implementation=Implementation.ContiguousNFA) if self.literals else None

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def no_party(self, name: str) -> bool:
        """A party's own name is none of its words."""
        return name in self._entries and self._entries[name].no_party

    def source(self, name: str, depth: int = 0) -> str:
        """The RE2 pattern of a concept, references to others filled in; LibraryError if it is unknown or circular."""
        if depth > _MAX_DEPTH:
            raise LibraryError(f"vocabulary/{self.language.code}.yaml:1: concept {name} refers to itself")
        entry = self._entries.get(name)
        if entry is None:
            raise LibraryError(f"vocabulary/{self.language.code}.yaml:1: unknown concept {name}")
        known = self._sources.get(name)
        if known is None:
            known = self._sources[name] = "(?:" + "|".join(self.term(term, depth) for term in entry.terms) + ")"
        return known

    def term(self, term: str, depth: int = 0) -> str:
        """The RE2 pattern of one term."""
        names: list[str] = []

        def keep(match: re.Match[str]) -> str:
            names.append(match[1])
            return f"\x00{len(names) - 1}\x01"

        pattern = self.language.compile_term(re.sub(r"\{([A-Z][A-Z0-9_]*)\}", keep, term))
        return re.sub(r"\x00(\d+)\x01", lambda m: self.source(names[int(m[1])], depth + 1), pattern)

    def compiled(self, name: str) -> Any:
        """The pattern of a concept over UTF-8; LibraryError if it does not compile."""
        return self._compiled(name)[0]

    def _compiled(self, name: str) -> tuple[Any, Any]:
        """The pattern of a concept, and that of the readings it excepts or None."""
        known = self._patterns.get(name)  # another thread may let it go at any time
        if known is None:
            entry = self._entries[name]
            try:
                pattern = re2.compile(self.source(name).encode(), self.options)
                barred = re2.compile("|".join(self.term(t) for t in entry.except_).encode(), self.options) if entry.except_ else None
            except re2.error as error:
                raise self._broken(name, error) from None
            known = self._patterns[name] = pattern, barred
        return known

    def ease(self) -> None:
        """Lets patterns go where many are held: on a long contract each grows to a quarter of a megabyte, and none shrinks."""
        if len(self._patterns) > _MOST_PATTERNS:
            self._patterns.clear()
            re2.purge()  # the engine keeps some of its own

    def _broken(self, name: str, error: Exception) -> LibraryError:
        problem = " ".join(str(error).split())[:200]
        return LibraryError(
            f"vocabulary/{self.language.code}.yaml:1: concept {name}: {problem}; `clausecheck library check` names the line"
        )

    def plan(self, find: Find) -> Plan:
        """What a find asks for (remembered)."""
        known = self._plans.get(id(find))
        if known is None or known[0] is not find:
            counted = tuple(find.count.of) if find.count else ()
            groups = (*((name,) for name in find.all), *(tuple(group) for group in (find.any, find.also) if group))
            first = (find.act,) if find.act else groups[0] if groups and (find.all or find.any) else counted
            known = self._plans[id(find)] = (find, Plan(first, groups, tuple(group for group in groups if group != first), counted))
        return known[1]

    def hits(self, text: str) -> list[tuple[int, int, int]]:
        """The literals that stand in a folded text: [(index in ``literals``, start, end)]."""
        return self._automaton.find_matches_as_indexes(text, overlapping=True) if self._automaton is not None else []

    def places(self, name: str, text: str) -> list[tuple[int, int]]:
        """Where a concept stands in a folded text; readings named under ``except`` are left out."""
        if name not in self._entries:
            return []
        found = spans(self.compiled(name), text)
        if self._entries[name].tokens:
            if name not in self._tokens:
                self._tokens[name] = TokenMatcher(name, self.language.code, self._entries[name].tokens)
            found = sorted({*found, *self._tokens[name].places(text)})
        return self.unbarred(name, text, found)

    def worded(self, name: str, text: str, wordings: Iterable[Wording]) -> list[tuple[int, int]]:
        """``places`` of a concept of which only these literal wordings may stand in the text."""
        spots: list[tuple[int, int, int]] = []
        for wording in wordings:
            literal = wording.literal
            at = text.find(literal)
            while at >= 0:
                end = at + len(literal)
                if (not wording.head or _edge(text, at)) and (not wording.tail or _edge(text, end)):
                    spots.append((at, wording.order, -end))
                at = text.find(literal, at + 1)
        if len(spots) > 1:  # as an engine does: from the left, the first term first, the longer wording of a term first
            spots.sort()
        found: list[tuple[int, int]] = []
        done = 0
        for at, _, end in spots:
            if at >= done:
                done = -end
                found.append((at, done))
        return self.unbarred(name, text, found)

    def unbarred(self, name: str, text: str, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The places without those whose reading the concept excepts."""
        if not found or not self._entries[name].except_:
            return found
        barred = spans(self._compiled(name)[1], text)
        return [(a, b) for a, b in found if not any(a < y and x < b for x, y in barred)] if barred else found


def spans(pattern: Any, text: str) -> list[tuple[int, int]]:
    """Where a pattern over UTF-8 stands in a text; empty matches are none."""
    encoded = text.encode()
    found = _byte_spans(pattern, encoded)
    if len(encoded) == len(text):
        return found
    places: list[tuple[int, int]] = []
    done = characters = 0  # bytes passed, and the characters they are
    for a, b in found:
        start = characters + len(encoded[done:a].decode())
        characters = start + len(encoded[a:b].decode())
        done = b
        places.append((start, characters))
    return places


def _byte_spans(pattern: Any, encoded: bytes) -> list[tuple[int, int]]:
    """Where a pattern stands in UTF-8, without the empty matches."""
    try:
        match, anywhere = pattern._regexp.Match, re2._Anchor.UNANCHORED
    except AttributeError:  # another build of the engine; what it wraps is three times faster than its wrapping
        return [(a, b) for a, b in (m.span() for m in pattern.finditer(encoded)) if b > a]
    found: list[tuple[int, int]] = []
    at, size = 0, len(encoded)
    while True:
        start, end = match(anywhere, encoded, at, size)[0]
        if start < 0:
            return found
        if end > start:
            found.append((start, end))
            at = end
        else:
            at = end + 1
        if at > size:
            return found


def _edge(text: str, at: int) -> bool:
    """A word of ASCII letters and digits begins or ends at the place, as ``\\b`` has it."""
    return (at > 0 and text[at - 1] in _WORD) != (at < len(text) and text[at] in _WORD)


@lru_cache(maxsize=8)
def _concepts(sha256: str, asked: frozenset[str], language: str, holder: _Holder) -> Concepts:
    return Concepts(holder.library.concepts[language], languages.get(language), asked)


@dataclass(frozen=True)
class _Holder:
    """Carries a library through the cache without being part of its key."""

    library: Library = field(compare=False, hash=False)


def concepts_of(library: Library, language: str) -> Concepts:
    """The compiled vocabulary of a library in one language (cached by the library's content and what it asks for)."""
    return _concepts(library.sha256, library.asked, language, _Holder(library))
