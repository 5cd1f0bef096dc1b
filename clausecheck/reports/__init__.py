"""Reports written out for people and programs, one module a format; ``digest`` holds what all of them say.

``render`` is the door: it knows the formats by name.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from clausecheck.errors import UsageError
from clausecheck.model import Report
from clausecheck.report import dump
from clausecheck.reports.clauses import render_clauses
from clausecheck.reports.comparison import render_comparison
from clausecheck.reports.explain import render_explanation
from clausecheck.reports.provision import render_coverage, render_provision
from clausecheck.reports.text import render_text

__all__ = [
    "BINARY",
    "FORMATS",
    "SUFFIXES",
    "join",
    "render",
    "render_clauses",
    "render_comparison",
    "render_coverage",
    "render_explanation",
    "render_provision",
    "render_text",
]


def render(
    report: Report,
    format: str,
    language: str | None = None,
    *,
    color: bool = False,
    source: str | os.PathLike[str] | None = None,
    author: str = "clausecheck",
    date: dt.datetime | None = None,
) -> str | bytes:
    """The report in one format: bytes for ``docx`` and ``xlsx``, text for the others.

    Args:
        report: what ``review`` returned.
        format: a name in ``FORMATS``.
        language: ``ja`` or ``en``; default: the report's own.
        color: mark statuses with terminal colours (text form only).
        source: the file that was reviewed. With it ``docx`` is a copy of a Word draft with comments and tracked insertions
            (without it, or for other inputs, a memo), and ``sarif`` and ``junit`` name the file as it was given.
        author: who the comments and tracked insertions are by.
        date: when; without one they bear no date.

    Raises:
        UsageError: there is no such format or language, or ``source`` is not the file that was reviewed.
    """
    if format not in FORMATS:
        raise UsageError(f"no format {format!r}; there are: {', '.join(FORMATS)}")
    if format == "text":
        return render_text(report, language, color=color)
    if format == "docx":
        return _word(report, language, source, author, date)
    if format in ("sarif", "junit"):
        from clausecheck.reports.machines import render_junit, render_sarif

        return (render_sarif if format == "sarif" else render_junit)(report, language, uri=_relative(source))
    module, function = FORMATS[format]
    written: str | bytes = getattr(import_module(module), function)(report, language)
    return written


def join(reports: Sequence[str | bytes], format: str) -> str:
    """Several reports of one format as one text: a JSON array, one SARIF log of many runs, one JUnit file, texts one after the other.

    Raises:
        UsageError: reports of this format cannot be one file.
    """
    texts = [r for r in reports if isinstance(r, str)]
    if format == "html" or len(texts) < len(reports):
        raise UsageError(f"several {format} reports cannot be one file; give -o an existing folder")
    if format == "json":
        return "[\n" + ",\n".join(t.rstrip("\n") for t in texts) + "\n]\n"
    if format == "sarif":
        logs = [json.loads(t) for t in texts]
        return dump({**logs[0], "runs": [run for log in logs for run in log["runs"]]})
    if format == "junit":
        from clausecheck.reports.machines import join_junit

        return join_junit(texts)
    return "\n\n".join(texts)


def _word(report: Report, language: str | None, source: str | os.PathLike[str] | None, author: str, date: dt.datetime | None) -> bytes:
    """The draft itself with the findings in it where it is a Word file that is at hand, else a memo."""
    data = Path(source).read_bytes() if source is not None else b""
    if source is not None and hashlib.sha256(data).hexdigest() != report.contract.document.sha256:
        raise UsageError(f"{Path(source).name}: the file is not the one that was reviewed; review it again")
    if data.startswith(b"PK") and report.contract.format == "docx":
        from clausecheck.reports.word_draft import render_word_draft

        return render_word_draft(report, data, language, author=author, date=date)
    from clausecheck.reports.word_memo import render_word_memo

    return render_word_memo(report, language, author=author, date=date)


def _relative(source: str | os.PathLike[str] | None) -> str | None:
    """The path as a pipeline names it: from the working folder down; None where the file lies elsewhere."""
    if source is None:
        return None
    path = Path(os.path.abspath(source))
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else None


FORMATS: dict[str, tuple[str, str]] = {  # name -> module and function; a format's libraries load when it is written
    "text": ("clausecheck.reports.text", "render_text"),
    "json": ("clausecheck.report", "to_json"),
    "md": ("clausecheck.reports.markdown", "render_markdown"),
    "html": ("clausecheck.reports.html", "render_html"),
    "docx": ("clausecheck.reports.word_memo", "render_word_memo"),
    "xlsx": ("clausecheck.reports.excel", "render_excel"),
    "sarif": ("clausecheck.reports.machines", "render_sarif"),
    "junit": ("clausecheck.reports.machines", "render_junit"),
}
SUFFIXES = {"text": ".txt", "junit": ".xml"}  # others have the name of the format
BINARY = ("docx", "xlsx")
