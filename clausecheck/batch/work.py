"""The review of one file for a batch, as plain data that can cross to another process or machine."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from typing import Any

from clausecheck.batch.fingerprints import of_provisions
from clausecheck.batch.sketch import sketch
from clausecheck.batch.store import pack
from clausecheck.errors import ClausecheckError
from clausecheck.library import Library, load_library
from clausecheck.model import Report
from clausecheck.pipeline import only, review
from clausecheck.report import all_warnings, to_dict


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
        """What of them changes a result, beside the library: files by their content."""
        return {
            "type": self.contract_type,
            "side": self.side,
            "revisions": self.revisions,
            "language": self.language,
            "attachments": [sha256_of(path) for path in self.attachments],
            **({"ocr": True} if self.ocr else {}),
        }


@dataclass(frozen=True, slots=True)
class Job:
    """One content to review: all provisions, or those whose finding is stale."""

    key: str
    path: str
    sha256: str
    provisions: tuple[str, ...]
    whole: bool  # nothing is known of the contract yet


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job."""

    key: str
    body: bytes | None = None  # packed contract, where the job was whole
    findings: tuple[tuple[str, str, bytes], ...] = ()  # provision, fingerprint, packed finding
    error: str = ""
    message: str = ""


def do(job: Job, options: Options) -> Done:
    """Reviews the job's file; an error that the file causes comes back as a value."""
    try:
        library = load_library(options.library, options.profile)
        wanted = set(job.provisions)
        report = review(
            job.path,
            only(library, wanted),
            contract_type=options.contract_type,
            side=options.side,
            attachments=options.attachments,
            revisions=options.revisions,
            language=options.language,
            ocr=options.ocr,
        )
        if report.contract.document.sha256 != job.sha256:
            return Done(job.key, error="ChangedFileError", message="the file changed while it was being read; run again")
        said = to_dict(report, options.language)
        marks = of_provisions_of(library)
        findings = tuple((f["provision"], marks[f["provision"]], pack(f)) for f in said["findings"] if f["provision"] in wanted)
        body = None
        if job.whole:
            base = {"contract": said["contract"], "term": said["term"]}
            body = pack({"base": base, "row": row(report), "sketch": sketch(report.contract.text)})
        return Done(job.key, body, findings)
    except ClausecheckError as error:
        return Done(job.key, error=type(error).__name__, message=str(error))
    except MemoryError:
        return Done(job.key, error="MemoryError", message="the file needs more memory than the limit (--memory)")
    except RecursionError:
        return Done(job.key, error="RecursionError", message="the file is nested too deeply")
    except Exception as error:
        return Done(
            job.key,
            error=type(error).__name__,
            message="internal error; review this file alone with CLAUSECHECK_DEBUG=1, and please report it",
        )


_marks: dict[str, dict[str, str]] = {}


def of_provisions_of(library: Library) -> dict[str, str]:
    """``of_provisions``, remembered for the library's content."""
    if library.sha256 not in _marks:
        _marks[library.sha256] = of_provisions(library)
    return _marks[library.sha256]


def row(report: Report) -> dict[str, Any]:
    """What a register says of a contract, its findings aside."""
    term = report.term
    supplier = counterpart(report)
    day = term.start_date or term.end_date
    return {
        "name": report.contract.name,
        "language": report.contract.language,
        "type": report.contract_type,
        "side": report.our_side,
        "parties": [p.name or p.label for p in report.parties],
        "supplier": supplier,
        "year": day.year if day else None,
        "pages": report.contract.document.pages,
        "warnings": [w.code for w in all_warnings(report)],
    }


def counterpart(report: Report) -> str:
    """The name of the other side: the supplier, or the buyer where we supply; "" where the contract names none."""
    wanted = "buyer" if report.our_side == "supplier" else "supplier"
    named = [p for p in report.parties if p.role == wanted]
    return named[0].name if named else ""


def sha256_of(path: str | os.PathLike[str]) -> str:
    """The hash of a file's bytes; OSError if it cannot be read."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
