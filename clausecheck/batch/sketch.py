"""A small sketch of a text by which near copies are found: two drafts of one form share most of theirs."""

from __future__ import annotations

import re
import sqlite3
import zlib
from array import array
from collections.abc import Iterator, Sequence
from itertools import groupby

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


TELLING = 8  # of the smallest hashes by which a near copy is looked up, two neighbours together
MOST = 50  # groups looked at under one pair; what more texts share is boilerplate and tells nothing


class Groups:
    """Near copies among many texts, one text after another, each compared with the first texts of the groups it may belong to.

    They are kept in a temporary database, so that a million texts need no memory.
    """

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            "CREATE TABLE firsts(seq INTEGER PRIMARY KEY, sketch BLOB NOT NULL);"
            "CREATE TABLE pairs(pair INTEGER, first INTEGER, PRIMARY KEY(pair, first)) WITHOUT ROWID;"
            "CREATE TABLE members(first INTEGER, seq INTEGER, PRIMARY KEY(first, seq)) WITHOUT ROWID;"
        )

    def add(self, number: int, values: tuple[int, ...]) -> int:
        """Puts a text (by its number) into a group; the number of the group's first text."""
        telling = values[:TELLING]
        pairs = {zlib.crc32(f"{a} {b}".encode()) for a, b in zip(telling, telling[1:] or telling, strict=False)}
        found = number
        tried = set[int]()
        full = set[int]()
        for pair in sorted(pairs):
            rows = self._db.execute("SELECT first FROM pairs WHERE pair=? ORDER BY first LIMIT ?", (pair, MOST)).fetchall()
            if len(rows) == MOST:
                full.add(pair)
            tried |= {first for (first,) in rows}
        for first in sorted(tried):
            (packed,) = self._db.execute("SELECT sketch FROM firsts WHERE seq=?", (first,)).fetchone()
            if likeness(values, array("Q", packed)) >= ALIKE:
                found = first
                break
        else:
            self._db.execute("INSERT INTO firsts VALUES(?,?)", (number, array("Q", values).tobytes()))
            self._db.executemany("INSERT INTO pairs VALUES(?,?)", [(pair, number) for pair in pairs - full])
        self._db.execute("INSERT INTO members VALUES(?,?)", (found, number))
        return found

    def together(self) -> Iterator[list[int]]:
        """The groups of more than one text, by their first."""
        rows = self._db.execute(
            "SELECT first, seq FROM members"
            " WHERE first IN (SELECT first FROM members GROUP BY first HAVING count(*) > 1) ORDER BY first, seq"
        )
        for _, group in groupby(rows, key=lambda r: r[0]):
            yield [seq for _, seq in group]
