"""What a batch remembers between runs: results by content, in an SQLite file that is checked before it is believed.

A result is kept under its key: the hash of the file's bytes, of the options and of the program. Findings are kept one by
one with the fingerprint of their provision, so that a changed provision makes only its own findings stale. Every row
carries a checksum; a row that does not fit it counts as not there. Texts of contracts are not kept, only what reports say.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

FORMAT = 2  # of the tables; another one is not read
_TABLES = """
CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS contracts(key TEXT PRIMARY KEY, body BLOB NOT NULL, sum BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS findings(key TEXT, provision TEXT, fingerprint TEXT, body BLOB NOT NULL, sum BLOB NOT NULL,
    PRIMARY KEY(key, provision)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS failures(key TEXT PRIMARY KEY, error TEXT NOT NULL, message TEXT NOT NULL) WITHOUT ROWID;
"""
_INPUTS = """
CREATE TEMP TABLE inputs(seq INTEGER PRIMARY KEY, path TEXT UNIQUE NOT NULL, key TEXT NOT NULL, failed TEXT, message TEXT);
CREATE INDEX temp.by_key ON inputs(key);
CREATE TEMP TABLE agreements(seq INTEGER PRIMARY KEY, supplier TEXT NOT NULL, kind TEXT NOT NULL, statuses TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """One contract as remembered."""

    base: dict[str, Any]  # the report without its findings
    row: dict[str, Any]  # what the register says of it
    sketch: tuple[int, ...]  # of its text, for finding near duplicates


@dataclass(frozen=True, slots=True)
class Input:
    """One file of this run."""

    seq: int
    path: str
    key: str
    error: str | None = None
    message: str | None = None


class Store:
    """The remembered results of one output folder, and the list of this run's files."""

    def __init__(self, path: Path) -> None:
        """Opens or makes the file; one that is damaged, or of another format, is put aside and begun anew (``rebuilt`` says so)."""
        self.path = path
        self.rebuilt = ""
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._db = self._open()
        except sqlite3.DatabaseError as error:
            self.rebuilt = str(error)
            self._set_aside()
            self._db = self._open()
        self._db.executescript(_INPUTS)
        self._written = 0

    def _open(self) -> sqlite3.Connection:
        fresh = not self.path.exists()
        if fresh:
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        db = sqlite3.connect(self.path, isolation_level=None)
        try:
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=NORMAL")
            db.execute("PRAGMA temp_store=FILE")
            db.execute("PRAGMA cache_size=-8000")
            state = db.execute("PRAGMA quick_check(1)").fetchone()[0]
            if state != "ok":
                raise sqlite3.DatabaseError("it is damaged")
            db.executescript(_TABLES)
            known = db.execute("SELECT value FROM meta WHERE name='format'").fetchone()
            if known is None:
                if db.execute("SELECT 1 FROM contracts LIMIT 1").fetchone():
                    raise sqlite3.DatabaseError("it is damaged")
                db.execute("INSERT INTO meta VALUES('format', ?)", (str(FORMAT),))
            elif known[0] != str(FORMAT):
                raise sqlite3.DatabaseError("it is of another version of clausecheck")
        except BaseException:
            db.close()
            raise
        return db

    def _set_aside(self) -> None:
        for suffix in ("-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(f"{self.path}{suffix}")
        os.replace(self.path, f"{self.path}.damaged")

    def close(self) -> None:
        """Writes everything to the file and closes it."""
        self._db.close()

    # -- this run's files
    def add_input(self, path: str, key: str, error: str | None = None, message: str | None = None) -> int | None:
        """Notes a file of this run; its number, or None if the path was named before."""
        cursor = self._db.execute("INSERT OR IGNORE INTO inputs(path, key, failed, message) VALUES(?,?,?,?)", (path, key, error, message))
        return cursor.lastrowid if cursor.rowcount == 1 else None

    def inputs(self) -> Iterator[Input]:
        """The files of this run in order, with the reason where one could not be read."""
        rows = self._db.execute(
            "SELECT i.seq, i.path, i.key, coalesce(i.failed, f.error), coalesce(i.message, f.message)"
            " FROM inputs i LEFT JOIN failures f ON f.key = i.key ORDER BY i.seq"
        )
        for row in rows:
            yield Input(*row)

    def path_of(self, key: str) -> str:
        """The path of the first file of this run with this content."""
        return str(self._db.execute("SELECT path FROM inputs WHERE key=? ORDER BY seq LIMIT 1", (key,)).fetchone()[0])

    def path_at(self, seq: int) -> str:
        """The path of a file of this run by its number."""
        return str(self._db.execute("SELECT path FROM inputs WHERE seq=?", (seq,)).fetchone()[0])

    def contents(self) -> Iterator[tuple[str, str]]:
        """(key, path of its first file) of every content of this run that has a result."""
        rows = self._db.execute(
            "SELECT key, path FROM inputs i WHERE seq = (SELECT min(seq) FROM inputs j WHERE j.key = i.key)"
            " AND EXISTS (SELECT 1 FROM contracts c WHERE c.key = i.key) ORDER BY seq"
        )
        yield from rows

    def count_inputs(self) -> int:
        """How many files this run has."""
        return int(self._db.execute("SELECT count(*) FROM inputs").fetchone()[0])

    def count_contents(self) -> int:
        """How many different contents they have."""
        return int(self._db.execute("SELECT count(DISTINCT key) FROM inputs").fetchone()[0])

    # -- rows of the portfolio
    def begin_rows(self) -> None:
        """Forgets the rows noted before."""
        self._db.execute("DELETE FROM agreements")

    def add_row(self, seq: int, supplier: str, kind: str, statuses: str) -> None:
        """Notes an agreement for ``drafts``."""
        self._db.execute("INSERT INTO agreements VALUES(?,?,?,?)", (seq, supplier, kind, statuses))

    def drafts(self) -> Iterator[tuple[str, str, list[tuple[int, str]]]]:
        """(supplier, type, [(number, statuses)]) of all agreements of each supplier and type."""
        rows = self._db.execute("SELECT supplier, kind, seq, statuses FROM agreements ORDER BY supplier, kind, seq")
        for (supplier, kind), group in groupby(rows, key=lambda r: (r[0], r[1])):
            yield supplier, kind, [(seq, statuses) for _, _, seq, statuses in group]

    # -- results
    def lacking(self, key: str, fingerprints: Mapping[str, str]) -> list[str] | None:
        """The provisions whose finding is not there or stale; None if nothing is known of the contract."""
        row = self._db.execute("SELECT body, sum FROM contracts WHERE key=?", (key,)).fetchone()
        if row is None or not _sound(*row):
            return None
        known = {
            p: f
            for p, f, body, check in self._db.execute("SELECT provision, fingerprint, body, sum FROM findings WHERE key=?", (key,))
            if _sound(body, check)
        }
        return [p for p, fingerprint in fingerprints.items() if known.get(p) != fingerprint]

    def put(self, key: str, body: bytes | None, findings: Iterable[tuple[str, str, bytes]]) -> None:
        """Keeps a result: the packed contract (None: it is there already) and (provision, fingerprint, packed finding)."""
        self._db.execute("BEGIN")
        try:
            if body is not None:
                self._db.execute("INSERT OR REPLACE INTO contracts VALUES(?,?,?)", (key, body, _sum(body)))
            self._db.executemany(
                "INSERT OR REPLACE INTO findings VALUES(?,?,?,?,?)", [(key, p, mark, packed, _sum(packed)) for p, mark, packed in findings]
            )
            self._db.execute("DELETE FROM failures WHERE key=?", (key,))
            self._db.execute("COMMIT")
        except BaseException:
            self._db.execute("ROLLBACK")
            raise

    def fail(self, key: str, error: str, message: str) -> None:
        """Keeps the reason why a content cannot be reviewed."""
        self._db.execute("INSERT OR REPLACE INTO failures VALUES(?,?,?)", (key, error, message))

    def failure(self, key: str) -> tuple[str, str] | None:
        """(error, message) of a content that could not be reviewed."""
        found = self._db.execute("SELECT error, message FROM failures WHERE key=?", (key,)).fetchone()
        return (found[0], found[1]) if found else None

    def forget_failures(self) -> None:
        """What could not be reviewed is tried again."""
        self._db.execute("DELETE FROM failures")

    def contract(self, key: str) -> Stored | None:
        """What is remembered of a content."""
        row = self._db.execute("SELECT body, sum FROM contracts WHERE key=?", (key,)).fetchone()
        if row is None or not _sound(*row):
            return None
        body = unpack(row[0])
        return Stored(body["base"], body["row"], tuple(body["sketch"]))

    def findings(self, key: str) -> dict[str, dict[str, Any]]:
        """The remembered findings of a content by provision, as the report gives them."""
        rows = self._db.execute("SELECT provision, body, sum FROM findings WHERE key=?", (key,))
        return {p: unpack(body) for p, body, check in rows if _sound(body, check)}

    # -- notes
    def note(self, name: str) -> str:
        """A note of an earlier run, "" if there is none."""
        found = self._db.execute("SELECT value FROM meta WHERE name=?", (name,)).fetchone()
        return found[0] if found else ""

    def set_note(self, name: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta VALUES(?,?)", (name, value))


def pack(value: Any) -> bytes:
    """A value of plain data as it is stored."""
    return zlib.compress(json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode(), 1)


def unpack(body: bytes) -> Any:
    return json.loads(zlib.decompress(body))


def _sum(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=8).digest()


def _sound(body: bytes, check: bytes) -> bool:
    return _sum(body) == check
