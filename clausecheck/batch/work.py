"""The review of one file for a batch: the engine is loaded where this module is, in the workers."""

from __future__ import annotations

from typing import Any

from clausecheck.batch.fingerprints import basis_of
from clausecheck.batch.jobs import Done, Job, Options
from clausecheck.batch.sketch import sketch
from clausecheck.batch.store import pack
from clausecheck.concepts import concepts_of
from clausecheck.errors import ClausecheckError
from clausecheck.library import Library, load_library
from clausecheck.model import Report
from clausecheck.pipeline import only, review
from clausecheck.provision import LANGUAGES
from clausecheck.report import all_warnings, to_dict

_EASE_AFTER = 2_000_000  # characters of contracts, in which the compiled patterns of a worker grow by some hundred megabytes
_read = 0  # characters since they were let go


def do(job: Job, options: Options) -> Done:
    """Reviews the job's file; an error that the file causes comes back as a value."""
    try:
        if basis_of(options.library, options.profile) != job.basis:
            return Done(job.key, error="ChangedLibraryError", message="library or program differ from those the run began with; run again")
        library = load_library(options.library, options.profile)
        wanted = None if job.provisions is None else set(job.provisions)
        report = review(
            job.path,
            library if wanted is None else only(library, wanted),
            contract_type=options.contract_type,
            side=options.side,
            attachments=options.attachments,
            revisions=options.revisions,
            language=options.language,
            ocr=options.ocr,
        )
        if report.contract.document.sha256 != job.sha256:
            return Done(job.key, error="ChangedFileError", message="the file changed while it was being read; run again")
        _ease(library, len(report.contract.text))
        said = to_dict(report, options.language)
        findings = {f["provision"]: f for f in said["findings"] if wanted is None or f["provision"] in wanted}
        contract = None
        if wanted is None:
            base = {"contract": said["contract"], "term": said["term"]}
            contract = pack({"base": base, "row": row(report), "sketch": sketch(report.contract.text)})
        return Done(job.key, contract, pack(findings))
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


def _ease(library: Library, read: int) -> None:
    """Lets compiled patterns go now and then: none of them shrinks, and a worker reads thousands of contracts."""
    global _read
    _read += read
    if _read >= _EASE_AFTER:
        _read = 0
        for language in LANGUAGES:
            concepts_of(library, language).ease()


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
        "start_date": term.start_date.isoformat() if term.start_date else None,
        "pages": report.contract.document.pages,
        "warnings": [w.code for w in all_warnings(report)],
    }


def counterpart(report: Report) -> str:
    """The name of the other side: the supplier, or the buyer where we supply; "" where the contract names none."""
    wanted = "buyer" if report.our_side == "supplier" else "supplier"
    named = [p for p in report.parties if p.role == wanted]
    return named[0].name if named else ""
