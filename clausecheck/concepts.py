"""The vocabulary of a library, compiled: which concepts a folded text may hold, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import re2
from ahocorasick_rs import AhoCorasick

from clausecheck import languages
from clausecheck.errors import LibraryError
from clausecheck.languages.base import Language
from clausecheck.library import ConceptEntry, Find, Library
from clausecheck.literals import required
from clausecheck.tokens import TokenMatcher

_MAX_DEPTH = 8
_MEMORY = 256 << 20


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
