"""What a batch remembers between runs: results by content, in an SQLite file that is checked before it is believed.

A result is kept under its key: the hash of the file's bytes, of the options and of the program. Each finding stands there
with the fingerprint of its provision, so that a changed provision makes only its own findings stale. Every row carries a
checksum; a row that does not fit it counts as not there. Texts of contracts are not kept, only what reports say.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from clausecheck.errors import UsageError

FORMAT = 3  # of the tables; another one is not read
_TABLES = """
CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value BLOB NOT NULL, sum BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS contracts(key TEXT PRIMARY KEY, contract BLOB NOT NULL, findings BLOB NOT NULL, marks TEXT NOT NULL,
    state BLOB NOT NULL, sum BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS failures(key TEXT PRIMARY KEY, error TEXT NOT NULL, message TEXT NOT NULL, sum BLOB NOT NULL);
"""
_INPUTS = """
CREATE TEMP TABLE inputs(seq INTEGER PRIMARY KEY, path TEXT UNIQUE NOT NULL, key TEXT NOT NULL, failed TEXT, message TEXT);
CREATE INDEX temp.by_key ON inputs(key);
CREATE TEMP TABLE dates(date TEXT NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL, clause TEXT NOT NULL, arithmetic TEXT NOT NULL);
CREATE TEMP TABLE agreements(seq INTEGER PRIMARY KEY, supplier TEXT NOT NULL, kind TEXT NOT NULL, statuses TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """One contract as remembered."""

    base: dict[str, Any]  # the report without its findings
    row: dict[str, Any]  # what the register says of it
    sketch: tuple[int, ...]  # of its text, for finding near duplicates
    findings: dict[str, dict[str, Any]]  # provision -> finding as the report gives it


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
        """Opens or makes the file; one that is damaged, or of another format, is put aside and begun anew (``rebuilt`` says so).

        Raises:
            UsageError: another run holds it, or it cannot be opened.
        """
        self.path = path
        self.rebuilt = ""
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._db = self._open()
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise UsageError(f"{path.parent}: another run is at work in this folder; wait for it, or choose another with -o") from None
            raise UsageError(f"{path}: cannot be opened ({error}); choose another folder with -o") from None
        except sqlite3.DatabaseError as error:
            self.rebuilt = str(error)
            self._set_aside()
            self._db = self._open()
        self._db.executescript(_INPUTS)

    def _open(self) -> sqlite3.Connection:
        os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        db = sqlite3.connect(self.path, isolation_level=None, timeout=1.0)
        try:
            db.execute("PRAGMA locking_mode=EXCLUSIVE")  # one run a folder; the system frees it when a run is killed
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=NORMAL")
            db.execute("PRAGMA temp_store=FILE")
            db.execute("PRAGMA cache_size=-8000")
            state = db.execute("PRAGMA quick_check(1)").fetchone()[0]
            if state != "ok":
                raise sqlite3.DatabaseError("it is damaged")
            tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            known = db.execute("PRAGMA user_version").fetchone()[0]
            if tables and known != FORMAT:
                raise sqlite3.DatabaseError("it is of another version of clausecheck" if known else "it is damaged")
            db.executescript(_TABLES)
            db.execute(f"PRAGMA user_version={FORMAT}")
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
        """Forgets the rows and dates noted before."""
        self._db.execute("DELETE FROM agreements")
        self._db.execute("DELETE FROM dates")

    def add_row(self, seq: int, supplier: str, kind: str, statuses: str) -> None:
        """Notes an agreement for ``drafts``."""
        self._db.execute("INSERT INTO agreements VALUES(?,?,?,?)", (seq, supplier, kind, statuses))

    def drafts(self) -> Iterator[tuple[str, str, list[tuple[int, str]]]]:
        """(supplier, type, [(number, statuses)]) of all agreements of each supplier and type."""
        rows = self._db.execute("SELECT supplier, kind, seq, statuses FROM agreements ORDER BY supplier, kind, seq")
        for (supplier, kind), group in groupby(rows, key=lambda r: (r[0], r[1])):
            yield supplier, kind, [(seq, statuses) for _, _, seq, statuses in group]

    def add_date(self, seq: int, date: str, kind: str, clause: str, arithmetic: str) -> None:
        """Notes a date of an agreement that lies ahead."""
        self._db.execute("INSERT INTO dates VALUES(?,?,?,?,?)", (date, seq, kind, clause, arithmetic))

    def dates(self) -> Iterator[tuple[int, str, str, str, str, str, str, str]]:
        """(number, key, path, supplier, date, kind, clause, arithmetic) of every date noted, soonest first."""
        yield from self._db.execute(
            "SELECT d.seq, i.key, i.path, a.supplier, d.date, d.kind, d.clause, d.arithmetic FROM dates d"
            " JOIN inputs i ON i.seq = d.seq JOIN agreements a ON a.seq = d.seq ORDER BY d.date, d.seq, d.kind"
        )

    # -- results
    def lacking(self, key: str, marks: Mapping[str, str], state: bytes) -> list[str] | None:
        """The provisions whose finding is not there or stale; None if nothing is known of the contract.

        Args:
            key: of the content.
            marks: provision -> fingerprint, of all provisions that are asked for.
            state: their hash (``state_of``), by which the usual case is told at once.
        """
        row = self._db.execute("SELECT contract, findings, marks, state, sum FROM contracts WHERE key=?", (key,)).fetchone()
        if row is None or _sum(key, *row[:4]) != row[4]:
            return None
        if row[3] == state:
            return []
        known = json.loads(row[2])
        return [p for p, mark in marks.items() if known.get(p) != mark]

    def put(self, key: str, contract: bytes | None, findings: bytes, marks: Mapping[str, str]) -> None:
        """Keeps a result: the packed contract and its packed findings with the marks of their provisions.

        Without a contract the findings replace those of the same provisions; all that ``marks`` does not name are dropped.
        """
        if contract is None:
            row = self._db.execute("SELECT contract, findings FROM contracts WHERE key=?", (key,)).fetchone()
            if row is None:
                return
            contract = row[0]
            merged = {**unpack(row[1]), **unpack(findings)}
            findings = pack({p: merged[p] for p in marks if p in merged})
        said, state = json.dumps(dict(marks), separators=(",", ":")), state_of(marks)
        self._db.execute("BEGIN")
        try:
            self._db.execute(
                "INSERT OR REPLACE INTO contracts VALUES(?,?,?,?,?,?)",
                (key, contract, findings, said, state, _sum(key, contract, findings, said, state)),
            )
            self._db.execute("DELETE FROM failures WHERE key=?", (key,))
            self._db.execute("COMMIT")
        except BaseException:
            self._db.execute("ROLLBACK")
            raise

    def fail(self, key: str, error: str, message: str) -> None:
        """Keeps the reason why a content cannot be reviewed."""
        self._db.execute("INSERT OR REPLACE INTO failures VALUES(?,?,?,?)", (key, error, message, _sum(key, error, message)))

    def failure(self, key: str) -> tuple[str, str] | None:
        """(error, message) of a content that could not be reviewed."""
        found = self._db.execute("SELECT error, message, sum FROM failures WHERE key=?", (key,)).fetchone()
        return (found[0], found[1]) if found and _sum(key, *found[:2]) == found[2] else None

    def forget_failures(self) -> None:
        """What could not be reviewed is tried again."""
        self._db.execute("DELETE FROM failures")

    def contract(self, key: str) -> Stored | None:
        """What is remembered of a content."""
        row = self._db.execute("SELECT contract, findings, marks, state, sum FROM contracts WHERE key=?", (key,)).fetchone()
        if row is None or _sum(key, *row[:4]) != row[4]:
            return None
        known = unpack(row[0])
        return Stored(known["base"], known["row"], tuple(known["sketch"]), unpack(row[1]))

    # -- notes
    def note(self, name: str) -> Any:
        """A note of an earlier run; None if there is none."""
        found = self._db.execute("SELECT value, sum FROM meta WHERE name=?", (name,)).fetchone()
        return unpack(found[0]) if found and _sum(name, found[0]) == found[1] else None

    def set_note(self, name: str, value: Any) -> None:
        """Keeps plain data for the next run."""
        packed = pack(value)
        self._db.execute("INSERT OR REPLACE INTO meta VALUES(?,?,?)", (name, packed, _sum(name, packed)))


def state_of(marks: Mapping[str, str]) -> bytes:
    """The hash of all marks together."""
    return hashlib.blake2b(json.dumps(dict(marks)).encode(), digest_size=16).digest()


def pack(value: Any) -> bytes:
    """A value of plain data as it is stored."""
    return zlib.compress(json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode(), 3)


def unpack(body: bytes) -> Any:
    return json.loads(zlib.decompress(body))


def _sum(*parts: str | bytes) -> bytes:
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8) + data)
    return digest.digest()
