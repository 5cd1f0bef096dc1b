"""How patterns are run cheaply: compiled once, and tried only on texts that hold the literals they cannot be without."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, Implementation

from clausecheck.literals import required

_MOST_PATTERNS = 4096  # compiled ones that are kept; ``re`` itself keeps few, and one contract's party names push out the rest

compiled = lru_cache(maxsize=_MOST_PATTERNS)(re.compile)


def search(pattern: str, text: str) -> re.Match[str] | None:
    """``re.search`` with a pattern that stays compiled."""
    return compiled(pattern).search(text)


def match(pattern: str, text: str) -> re.Match[str] | None:
    """``re.match`` with a pattern that stays compiled."""
    return compiled(pattern).match(text)


def finditer(pattern: str, text: str) -> Iterator[re.Match[str]]:
    """``re.finditer`` with a pattern that stays compiled."""
    return compiled(pattern).finditer(text)


def places(word: str, text: str) -> Iterator[int]:
    """Where ``\\b word \\b`` stands in the text; a contract's own names are looked for so, for compiling a pattern costs more."""
    at = text.find(word)
    while at >= 0:
        whole = _edge(text, at) and _edge(text, at + len(word))
        if whole:
            yield at
        at = text.find(word, at + (len(word) if whole else 1))


def _edge(text: str, at: int) -> bool:
    """A word begins or ends at the place."""
    return _in_word(text[at - 1 : at] if at else "") != _in_word(text[at : at + 1])


def _in_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def around(pattern: re.Pattern[str], text: str, signs: Iterable[re.Pattern[str]], reach: int) -> Iterator[re.Match[str]]:
    """``pattern.finditer(text)`` for a pattern whose matches all hold a match of one of ``signs``, and neither begin nor look further
    than ``reach`` characters away from the end of that sign: it is tried only there."""
    done = 0
    for place in sorted({m.end() for sign in signs for m in sign.finditer(text)}):
        while place > done:
            found = pattern.search(text, max(done, place - reach), min(len(text), place + reach))
            if found is None or found.start() >= place:
                done = place  # nothing begins before it
                break
            yield found
            done = max(found.end(), done + 1)


Sign = tuple[int, int, int]  # start and end of a word, and the bits of what it announces


def together(signs: Sequence[Sign]) -> int:
    """The bits of all that these words announce."""
    found = 0
    for sign in signs:
        found |= sign[2]
    return found


def stretched(signs: Sequence[Sign], spans: Iterable[tuple[int, int]], most: int) -> Iterator[tuple[int, int, int]]:
    """Of each stretch of a text (given in order): the bits of all words in its first ``most`` characters, and which of ``signs`` these
    words are (from, to)."""
    at, all_signs = 0, len(signs)
    for start, end in spans:
        while at < all_signs and signs[at][0] < start:
            at += 1
        first, words = at, 0
        if end > start + most:
            end = start + most
        while at < all_signs and signs[at][1] <= end:
            words |= signs[at][2]
            at += 1
        yield words, first, at


def paired(rows: Sequence[tuple[int, int, int]], words: int) -> int:
    """The bits that head the rows of which both other members have a bit in common with ``words``."""
    found = 0
    for head, one, other in rows:
        if words & one and words & other:
            found |= head
    return found


class Gate:
    """Which of many patterns, and of many choices of plain words, may stand in a text: one pass tells of all of them."""

    def __init__(self, patterns: Iterable[re.Pattern[str]], choices: Iterable[tuple[str, ...]] = ()) -> None:
        self._known: list[re.Pattern[str] | tuple[str, ...]] = [*patterns, *choices]  # kept, for their bits go by identity: hashing a pattern reads all of its code
        self._bits = {id(one): 1 << i for i, one in enumerate(self._known)}
        self._always = 0
        self._masks: dict[str, int] = {}  # of each literal: those that it announces
        for one in self._known:
            literals = one if isinstance(one, tuple) else required(one.pattern)
            if literals is None:
                self._always |= self.bit(one)
            for literal in literals or ():
                self._masks[literal] = self._masks.get(literal, 0) | self.bit(one)
        self._by_number = list(self._masks.values())
        self._automaton = AhoCorasick(list(self._masks), implementation=Implementation.DFA)

    def bit(self, one: re.Pattern[str] | tuple[str, ...]) -> int:
        """The bit of one of them; all bits for one that the gate does not know: it is always tried."""
        return self._bits.get(id(one), -1)

    def mask(self, text: str) -> int:
        """The bits of those that may stand in the text."""
        mask, masks = self._always, self._by_number
        for number, _, _ in self._automaton.find_matches_as_indexes(text, overlapping=True):
            mask |= masks[number]
        return mask

    def signs(self, texts: Sequence[str]) -> list[list[Sign]]:
        """In each text, by one look at all of them: the words that announce something, by their ends. No gate that always opens."""
        found: list[list[Sign]] = [[] for _ in texts]
        if not texts:
            return found
        masks, at, base, stop = self._by_number, 0, 0, len(texts[0])
        here = found[0]
        for number, start, end in self._automaton.find_matches_as_indexes("\n".join(texts), overlapping=True):
            while end > stop:
                at += 1
                base = stop + 1
                stop = base + len(texts[at])
                here = found[at]
            here.append((start - base, end - base, masks[number]))
        return found
