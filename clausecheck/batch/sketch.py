"""A small sketch of a text by which near copies are found: two drafts of one form share most of theirs."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

SIZE = 96  # hashes kept: the smallest ones of all its word groups
_WORDS = re.compile(r"[a-z]+|[\u3040-\u30ff\u3400-\u9fff]")
WORDS_TOGETHER = 5
ALIKE = 0.75  # share of word groups in common from which two texts are near copies


def sketch(text: str) -> tuple[int, ...]:
    """The smallest hashes of the text's groups of five words (characters, in Japanese); figures and signs do not count."""
    words = _WORDS.findall(text.lower())
    groups = {zlib.crc32(" ".join(words[i : i + WORDS_TOGETHER]).encode()) for i in range(max(1, len(words) - WORDS_TOGETHER + 1))}
    return tuple(sorted(groups)[:SIZE])


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """The share of word groups that two texts have in common, estimated from their sketches (0 to 1)."""
    smallest = sorted(set(one) | set(other))[:SIZE]
    both = set(one) & set(other)
    return sum(1 for value in smallest if value in both) / len(smallest) if smallest else 0.0


class Groups:
    """Near copies among many texts, one text after another, comparing each only with the first of the groups it may belong to."""

    def __init__(self) -> None:
        self._by_value: dict[int, list[int]] = {}  # a hash -> the groups whose first text holds it
        self._first: list[tuple[int, ...]] = []
        self.members: list[list[int]] = []

    def add(self, number: int, values: tuple[int, ...]) -> int:
        """Puts a text (by number) into a group; the group's number."""
        tried = set[int]()
        for value in values[:8]:  # near copies share at least one of their smallest eight, all but surely
            for group in self._by_value.get(value, ()):
                if group not in tried:
                    tried.add(group)
                    if likeness(values, self._first[group]) >= ALIKE:
                        self.members[group].append(number)
                        return group
        group = len(self._first)
        self._first.append(values)
        self.members.append([number])
        for value in values[:8]:
            self._by_value.setdefault(value, []).append(group)
        return group
