"""Rewriting a text step by step, with the way back to every source character.

A language's folding is a row of steps. Applying them is fast; only when someone asks where a stretch of folded text came
from are they run once more, with their edits written down.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Protocol

from clausecheck.languages.base import Folded

Edit = tuple[int, int, str]  # start, end and what replaces it


class Step(Protocol):
    """One pass over the text. ``edits`` must give, in order, the changes that lead from ``text`` to ``apply(text)``."""

    def apply(self, text: str) -> str: ...

    def apply_all(self, texts: Sequence[str]) -> list[str]:
        """What ``apply`` gives for each of many texts; a contract has thousands of short ones."""
        ...

    def edits(self, text: str) -> Iterator[Edit]: ...


class Characters:
    """Replaces single characters, whatever stands around them."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self._table = dict(table)
        # Most characters stay, and a search passes over them several times faster than str.translate.
        self._any = re.compile("[" + "".join(re.escape(c) for c in sorted(table)) + "]")

    def apply(self, text: str) -> str:
        return self._any.sub(lambda m: self._table[m[0]], text)

    def apply_all(self, texts: Sequence[str]) -> list[str]:
        table = self._table
        return apply_joined(lambda text: self._any.sub(lambda m: table[m[0]], text), texts)

    def edits(self, text: str) -> Iterator[Edit]:
        for m in self._any.finditer(text):
            yield m.start(), m.end(), self._table[m[0]]


class Spellings:
    """Replaces what a pattern finds; no match may be empty. Texts without any character of ``only_if`` are left alone."""

    def __init__(self, pattern: str, replace: Callable[[re.Match[str]], str], *, only_if: str = "") -> None:
        self._pattern = re.compile(pattern)
        self._replace = replace
        self._only_if = only_if

    def _needed(self, text: str) -> bool:
        return not self._only_if or any(c in text for c in self._only_if)

    def apply(self, text: str) -> str:
        return self._pattern.sub(self._replace, text) if self._needed(text) else text

    def apply_all(self, texts: Sequence[str]) -> list[str]:
        return apply_joined(self.apply, texts)

    def edits(self, text: str) -> Iterator[Edit]:
        if not self._needed(text):
            return
        for m in self._pattern.finditer(text):
            yield m.start(), m.end(), self._replace(m)


_BARRIER = "\x00"


def apply_joined(apply: Callable[[str], str], texts: Sequence[str]) -> list[str]:
    """The texts changed by one call on all of them, for steps that see a NUL as they see the end of a text."""
    joined = _BARRIER.join(texts)
    if joined.count(_BARRIER) != len(texts) - 1:  # one holds a NUL
        return [apply(text) for text in texts]
    return apply(joined).split(_BARRIER)


def rewrite_all(texts: Sequence[str], steps: Sequence[Step]) -> list[Folded]:
    """What ``rewrite`` gives for each text."""
    folded: Sequence[str] = texts
    for step in steps:
        folded = step.apply_all(folded)
    return [Folded(new) if new == old else Folded(new, build=partial(trace, old, steps, new)) for old, new in zip(texts, folded, strict=True)]


def rewrite(text: str, steps: Sequence[Step]) -> Folded:
    """The text after all steps; the way back is worked out on first use."""
    folded = text
    for step in steps:
        folded = step.apply(folded)
    if folded == text:
        return Folded(text)
    return Folded(folded, build=partial(trace, text, steps, folded))


def trace(text: str, steps: Sequence[Step], folded: str) -> tuple[array[int], array[int]]:
    """Source start and end of every character of ``folded``, the text rewritten. Every span has at least one source character."""
    starts, ends = _counted(len(text))
    for step in steps:
        if text == folded:
            break  # what is left changes nothing
        changed_starts, changed_ends, at = array("l"), array("l"), 0
        pieces: list[str] = []
        done = 0  # how far ``pieces`` has come; ``at``: how far the places have
        for start, end, new in step.edits(text):
            old = text[start:end]
            if len(old) == len(new):  # character for character: every place stays
                pieces += text[done:start], new
                done = end
                continue
            # What an edit leaves as it was (引き渡 -> 引渡) keeps its own place.
            low, high = _kept(old, new)
            left, right = start + low, end - high
            changed_starts += starts[at:left]
            changed_ends += ends[at:left]
            middle = len(new) - low - high
            if middle:
                if left == right:  # an insertion belongs to the character before it, or else to the one after
                    left, right = (left - 1, right) if left > start else (left, right + 1)
                changed_starts += array("l", [starts[left]]) * middle
                changed_ends += array("l", [ends[right - 1]]) * middle
                right = end - high
            pieces += text[done:start], new
            at = done = end
            changed_starts += starts[right:end]
            changed_ends += ends[right:end]
        if at:
            changed_starts += starts[at:]
            changed_ends += ends[at:]
            starts, ends = changed_starts, changed_ends
        if done:
            pieces.append(text[done:])
            text = "".join(pieces)
    return starts, ends


_COUNT = array("l", range(4096))


def _counted(length: int) -> tuple[array[int], array[int]]:
    """0 to ``length`` - 1, and 1 to ``length``; copied, for counting takes ten times longer."""
    global _COUNT
    if length >= len(_COUNT):
        _COUNT = array("l", range(2 * length))
    return _COUNT[:length], _COUNT[1 : length + 1]


def _kept(old: str, new: str) -> tuple[int, int]:
    """How many characters an edit leaves alone at the beginning and at the end."""
    most = min(len(old), len(new))
    low = 0
    while low < most and old[low] == new[low]:
        low += 1
    high = 0
    while high < most - low and old[-1 - high] == new[-1 - high]:
        high += 1
    return low, high
