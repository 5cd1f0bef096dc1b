"""Reports written out for people and programs, one module a format; ``digest`` holds what all of them say.

``render`` is the door: it knows the formats by name.
"""

from __future__ import annotations

from collections.abc import Callable

from clausecheck.errors import UsageError
from clausecheck.model import Report
from clausecheck.report import to_json
from clausecheck.reports.clauses import render_clauses
from clausecheck.reports.explain import render_explanation
from clausecheck.reports.provision import render_provision
from clausecheck.reports.text import render_text

__all__ = ["FORMATS", "render", "render_clauses", "render_explanation", "render_provision", "render_text"]


def render(report: Report, format: str, language: str | None = None, *, color: bool = False) -> str | bytes:
    """The report in one format: text for ``text`` and ``json``.

    Args:
        report: what ``review`` returned.
        format: a name in ``FORMATS``.
        language: ``ja`` or ``en``; default: the report's own.
        color: mark statuses with terminal colours (text form only).

    Raises:
        UsageError: there is no such format or language.
    """
    if format == "text":
        return render_text(report, language, color=color)
    try:
        write = FORMATS[format]
    except KeyError:
        raise UsageError(f"no format {format!r}; there are: {', '.join(FORMATS)}") from None
    return write(report, language)


FORMATS: dict[str, Callable[[Report, str | None], str | bytes]] = {"text": render_text, "json": to_json}
