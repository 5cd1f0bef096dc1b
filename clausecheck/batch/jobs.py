"""What a batch hands to a worker and what comes back: plain values that can cross to another process or machine."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from typing import Any

from clausecheck.errors import UsageError


@dataclass(frozen=True, slots=True)
class Options:
    """How every file of a batch is reviewed; part of the key of every result."""

    library: str | None = None
    profile: str | None = None
    contract_type: str | None = None
    side: str | None = None
    revisions: str = "final"
    language: str | None = None
    attachments: tuple[str, ...] = ()
    ocr: bool = False

    def key(self) -> dict[str, Any]:
        """What of them changes a result, beside the library: files by their content; UsageError if one cannot be read."""
        try:
            attached = [sha256_of(path) for path in self.attachments]
        except OSError as error:
            raise UsageError(f"{error.filename}: the attachment cannot be read ({error.strerror})") from None
        return {
            "type": self.contract_type,
            "side": self.side,
            "revisions": self.revisions,
            "language": self.language,
            "attachments": attached,
            **({"ocr": True} if self.ocr else {}),
        }


@dataclass(frozen=True, slots=True)
class Job:
    """One content to review: all provisions, or those whose finding is stale."""

    key: str
    path: str
    sha256: str
    basis: str  # program and library that the result is meant for
    provisions: tuple[str, ...] | None = None  # None: all, nothing is known of the contract yet


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job."""

    key: str
    contract: bytes | None = None  # packed, where all provisions were asked for: the report without its findings, register row, sketch
    findings: bytes | None = None  # packed: provision -> finding as the report gives it
    error: str = ""
    message: str = ""


def sha256_of(path: str | os.PathLike[str]) -> str:
    """The hash of a file's bytes; OSError if it cannot be read."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
