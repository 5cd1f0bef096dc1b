"""The report as data: what its JSON holds, in which order, and the schema that says so.

Equal reports give equal bytes: no timestamps, no paths, keys and lists in a fixed order. Offsets are those of the
contract's text; days are days, months are months (one month = 30 days), dates are ISO 8601.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from clausecheck.errors import UsageError
from clausecheck.messages import LABELS, fill
from clausecheck.model import (
    SCHEMA_VERSION,
    Clause,
    Contract,
    ContractWarning,
    Document,
    ElementResult,
    Evidence,
    Finding,
    Reason,
    Report,
    Result,
    Searched,
    Status,
    Term,
    Text,
)

LANGUAGES = ("ja", "en")

WORST_FIRST = (Status.CONFLICTING, Status.MISSING, Status.WEAK, Status.UNDETERMINED, Status.PRESENT, Status.NOT_APPLICABLE)

LONG_WORD = 15  # characters; a longer one may be cut
SHORT_QUOTE = 60  # characters of a mention that stand inside a sentence of the report


@dataclass(frozen=True, slots=True)
class ReviewReport(Report):
    """A report that turns itself into the forms its readers use."""

    def to_dict(self, language: str | None = None) -> dict[str, Any]:
        """The report as plain values, keys in the order of the schema; texts in ``language`` (default: the report's)."""
        return to_dict(self, language)

    def to_json(self, language: str | None = None) -> str:
        """The same as JSON text; equal reports give equal bytes."""
        return to_json(self, language)

    def to_dataframe(self, language: str | None = None) -> Any:
        """A pandas table with one row a finding; UsageError where pandas is not installed."""
        return to_dataframe(self, language)

    def _repr_html_(self) -> str:
        return to_html_table(self)


# --- the whole report ----------------------------------------------------------------------------------------------


def to_dict(report: Report, language: str | None = None) -> dict[str, Any]:
    """The report as plain values, keys in the order of the schema.

    Args:
        report: what ``review`` returned.
        language: ``ja`` or ``en``, of titles, reasons and messages; default: the report's own.

    Raises:
        UsageError: there is no such report language.
    """
    language = report_language(report, language)
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "clausecheck", "version": report.tool_version},
        "library": {
            "name": report.library.name,
            "version": report.library.version,
            "sha256": report.library.sha256,
            "profile": report.library.profile,
        },
        "contract": _contract(report, language),
        "term": term_to_dict(report.term),
        "findings": [finding_to_dict(f, report.contract, language) for f in report.findings],
        "summary": summary(report.findings),
    }


def to_json(report: Report, language: str | None = None) -> str:
    """The report as JSON text that ends with a line break; equal reports give equal bytes."""
    return dump(to_dict(report, language))


def dump(value: Any) -> str:
    """JSON text as clausecheck writes it: two blanks of indent, characters as they are, a line break at the end."""
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    # half of a surrogate pair, from a damaged source, has no UTF-8 form; as an escape it survives
    return re.sub("[\ud800-\udfff]", lambda m: f"\\u{ord(m.group()):04x}", text)


def report_language(report: Report, language: str | None) -> str:
    """The language to write in; UsageError for one that has no texts."""
    if language is None:
        return report.language if report.language in LANGUAGES else "en"
    if language not in LANGUAGES:
        raise UsageError(f"no report language {language!r}; use {' or '.join(LANGUAGES)}")
    return language


def report_schema() -> dict[str, Any]:
    """The published JSON Schema (draft 2020-12) of the report."""
    schema: dict[str, Any] = json.loads((files("clausecheck") / "report_schema.json").read_text(encoding="utf-8"))
    return schema


def all_warnings(report: Report) -> tuple[ContractWarning, ...]:
    """The report's warnings, then those of reading and splitting that it does not repeat."""
    return tuple(dict.fromkeys((*report.warnings, *contract_warnings(report.contract))))


def contract_warnings(contract: Contract) -> tuple[ContractWarning, ...]:
    """What reading and splitting could not see or had to assume, without repetition."""
    return tuple(dict.fromkeys((*contract.document.warnings, *contract.warnings)))


# --- contract ------------------------------------------------------------------------------------------------------


def _contract(report: Report, language: str) -> dict[str, Any]:
    contract = report.contract
    return {
        **_source(contract.document, contract.language),
        "contract_type": report.contract_type,
        "our_side": report.our_side,
        "parties": [{"label": p.label, "name": p.name, "role": p.role} for p in report.parties],
        **_layout(contract, all_warnings(report), language),
    }


def contract_to_dict(contract: Contract, language: str | None = None) -> dict[str, Any]:
    """A contract as read, before any review: what the report says of it without type, side and parties."""
    language = language or contract.language
    return {**_source(contract.document, contract.language), **_layout(contract, contract_warnings(contract), language)}


def _source(document: Document, language: str) -> dict[str, Any]:
    return {"name": document.name, "sha256": document.sha256, "format": document.format, "language": language}


def _layout(contract: Contract, warnings: Iterable[ContractWarning], language: str) -> dict[str, Any]:
    return {
        "pages": contract.document.pages,
        "coverage": {
            "in_clauses": contract.coverage.in_clauses,
            "understood": contract.coverage.understood,
            "pages_without_text": list(contract.coverage.pages_without_text),
            "languages": [{"language": language, "share": share} for language, share in contract.coverage.languages],
        },
        "clauses": [_clause(c) for c in contract.clauses],
        "warnings": [{"code": w.code, "message": w.message.get(language)} for w in warnings],
    }


def _clause(clause: Clause) -> dict[str, Any]:
    return {
        "id": clause.id,
        "number": clause.number,
        "heading": clause.heading,
        "level": clause.level.value,
        "kind": clause.kind.value,
        "parent": clause.parent,
        "page": clause.page,
        "start": clause.start,
        "end": clause.end,
    }


# --- term ----------------------------------------------------------------------------------------------------------


def term_to_dict(term: Term) -> dict[str, Any]:
    """How long the contract binds; None = not stated. ``start`` and ``end`` say what they hang on."""
    return {
        "initial_months": whole(term.initial_months),
        "start": term.start,
        "end": term.end,
        "end_date": _date(term.end_date),
        "indefinite": term.indefinite,
        "auto_renewal": term.auto_renewal,
        "renewal_months": whole(term.renewal_months),
        "renewal_capped": term.renewal_capped,
        "optout_days": whole(term.optout_days),
        "exit_notice_days": whole(term.exit_notice_days),
        "max_lock_in_months": whole(term.max_lock_in_months),
        "last_day_to_refuse": _date(term.last_day_to_refuse),
        "evidence": [evidence_to_dict(e) for e in term.evidence],
        "arithmetic": list(term.arithmetic),
    }


def whole(number: float | None) -> int | float | None:
    """The number, as an int where it is whole, so that 12.0 months read as 12; what is no finite number is None."""
    if number is None or not math.isfinite(number):
        return None
    return int(number) if number == int(number) else round(float(number), 3)


def _date(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None


# --- findings ------------------------------------------------------------------------------------------------------


def finding_to_dict(finding: Finding, contract: Contract, language: str) -> dict[str, Any]:
    """One finding as plain values; every element is listed, found or not."""
    return {
        "provision": finding.provision,
        "title": finding.title.get(language),
        "status": finding.status.value,
        "found": finding.found,
        "mention_only": bool(finding.mention_only),
        "severity": finding.severity.value,
        "clauses": list(finding.clauses),
        "elements": [
            {"id": e.id, "need": e.need.value, "result": e.result.value, "evidence": [evidence_to_dict(x) for x in e.evidence]}
            for e in finding.elements
        ],
        "red_flags": [
            {
                "id": flag.id,
                "effect": flag.effect,
                "message": flag.message.get(language),
                "evidence": [evidence_to_dict(e) for e in flag.evidence],
            }
            for flag in finding.red_flags
        ],
        "reasons": [{"code": r.code, "message": r.message.get(language)} for r in all_reasons(finding)],
        "searched": [
            {"clause": s.clause, "heading": s.heading, "why_not": s.why_not.get(language)} for s in all_searched(finding, contract)
        ],
        "suggestion": {
            "language": finding.suggestion.language,
            "text": finding.suggestion.text,
            "where": finding.suggestion.where.get(language),
        }
        if finding.suggestion
        else None,
        "cautions": [c.get(language) for c in finding.cautions],
        "sources": [s.en for s in finding.sources],
    }


def evidence_to_dict(evidence: Evidence) -> dict[str, Any]:
    """A quotation, verbatim, and where it stands."""
    return {
        "clause": evidence.clause,
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
        "page": evidence.page,
        "pattern": evidence.pattern,
    }


def all_reasons(finding: Finding) -> tuple[Reason, ...]:
    """The finding's reasons, then those of its elements that it does not already give, with the element's name."""
    reasons = list(dict.fromkeys(finding.reasons))
    for element in finding.elements:
        for reason in element.reasons:
            if not any(r.code == reason.code and reason.message.en in r.message.en for r in reasons):
                reasons.append(Reason(reason.code, fill(LABELS["element_reason"], element=element.title, reason=reason.message)))
    return tuple(reasons)


def all_searched(finding: Finding, contract: Contract) -> tuple[Searched, ...]:
    """The places looked at, and those where words of the provision stand in text that never counts."""
    headings = {c.id: c.heading for c in contract.clauses} if finding.mention_only else {}
    mentions = []
    for mention in finding.mention_only:
        why = LABELS.get(f"mention_{mention.pattern.removeprefix('mention:')}", LABELS["mention_other"])
        quote = shorten(clean(mention.quote), SHORT_QUOTE)
        mentions.append(Searched(mention.clause, headings.get(mention.clause_id, ""), fill(LABELS["mention_why"], why=why, quote=quote)))
    return tuple(dict.fromkeys((*finding.searched, *mentions)))


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by status, worst first, then by severity; the order of the library breaks ties."""
    severities = ("critical", "high", "medium", "low", "none")
    return sorted(findings, key=lambda f: (WORST_FIRST.index(f.status), severities.index(f.severity.value)))


def summary(findings: Iterable[Finding]) -> dict[str, Any]:
    """How many findings have each status, and the worst status there is (None without findings)."""
    return summary_of(f.status.value for f in findings)


def summary_of(values: Iterable[str]) -> dict[str, Any]:
    """``summary`` of the statuses alone."""
    statuses = [Status(value) for value in values]
    order = (Status.PRESENT, Status.WEAK, Status.MISSING, Status.CONFLICTING, Status.NOT_APPLICABLE, Status.UNDETERMINED)
    worst = min(statuses, key=WORST_FIRST.index, default=None)
    return {**{s.value: statuses.count(s) for s in order}, "worst": worst.value if worst else None}


# --- quotations inside sentences -----------------------------------------------------------------------------------

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_BLANK = re.compile(r"\s+")
_WIDE = "[\u2e80-\u2fff\u3001-\u9fff\uf900-\ufaff\uff00-\uffef]"
_BLANK_IN_WIDE = re.compile(rf"(?<={_WIDE})\s+(?={_WIDE})")


def clean(text: str) -> str:
    """The text on one line, without characters that would steer a terminal or reverse the reading order."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    text = _BLANK_IN_WIDE.sub(lambda m: "" if "\n" in m.group() else " ", _UNSEEN.sub("", text))
    return _BLANK.sub(" ", text).strip()


def unsteered(text: str) -> str:
    """The text, its blanks and line breaks kept, without characters that would reverse the reading order or steer a screen."""
    return text if text.isascii() and text.isprintable() else _UNSEEN.sub("", text)


def shorten(text: str, limit: int, *, focus: tuple[int, int] | None = None) -> str:
    """The text with parts left out (…) where it is longer than ``limit`` characters.

    ``focus`` (start, end) names words that must stay: what stands around them is kept, and only where they are themselves
    longer than the limit does their middle go. Without it the beginning and the end are kept.
    """
    if len(text) <= limit:
        return text
    if focus is None or focus[1] - focus[0] >= limit:
        start, end = focus or (0, len(text))
        kept = _without_middle(text[start:end], limit)
        return f"{'… ' if start else ''}{kept}{' …' if end < len(text) else ''}"
    start, end = focus
    head = min(start, (limit - (end - start)) // 3)  # the beginning says who is spoken of
    around = limit - (end - start) - head
    low, high = max(start - around // 2, 0), min(end + around // 2, len(text))
    if low <= head:
        low, high = 0, min(high + head, len(text))
    low, high = _to_word(text, low, forward=True, stop=start), _to_word(text, high, forward=False, stop=end)
    opening = text[: _to_word(text, head, forward=False, stop=0)].rstrip() if low > head else ""
    left = f"{opening} … " if opening else "… " if low else ""
    return f"{left}{text[low:high].strip()}{' …' if high < len(text) else ''}"


def _without_middle(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    head = (limit - 3) * 2 // 3
    tail = len(text) - (limit - 3 - head)
    left = text[: _to_word(text, head, forward=False, stop=0)]
    right = text[_to_word(text, tail, forward=True, stop=len(text)) :]
    return f"{left.rstrip()} … {right.lstrip()}"


def _to_word(text: str, at: int, *, forward: bool, stop: int) -> int:
    """The place, moved to the next or last blank if it lies inside a word of letters; never past ``stop``."""
    if not 0 < at < len(text) or not (text[at - 1].isascii() and text[at].isascii()) or " " in (text[at - 1], text[at]):
        return at
    blank = text.find(" ", at, min(at + LONG_WORD, stop)) if forward else text.rfind(" ", max(at - LONG_WORD, stop), at)
    return blank if blank >= 0 else at


# --- tables --------------------------------------------------------------------------------------------------------


def to_rows(report: Report, language: str | None = None) -> list[dict[str, Any]]:
    """One flat row a finding, for tables."""
    language = report_language(report, language)
    return [
        {
            "contract": report.contract.name,
            "provision": f.provision,
            "title": f.title.get(language),
            "status": f.status.value,
            "severity": f.severity.value,
            "found": f.found,
            "mention_only": bool(f.mention_only),
            "clauses": "; ".join(f.clauses),
            "satisfied": _ids(f.elements, Result.SATISFIED),
            "weak": _ids(f.elements, Result.WEAK),
            "negated": _ids(f.elements, Result.NEGATED),
            "absent": _ids(f.elements, Result.ABSENT),
            "red_flags": "; ".join(flag.id for flag in f.red_flags),
            "reasons": " / ".join(r.message.get(language) for r in all_reasons(f)),
            "suggestion": f.suggestion.text if f.suggestion else "",
        }
        for f in report.findings
    ]


COLUMNS = (
    "contract",
    "provision",
    "title",
    "status",
    "severity",
    "found",
    "mention_only",
    "clauses",
    "satisfied",
    "weak",
    "negated",
    "absent",
    "red_flags",
    "reasons",
    "suggestion",
)


def _ids(elements: Iterable[ElementResult], result: Result) -> str:
    return "; ".join(e.id for e in elements if e.result is result)


def to_dataframe(report: Report, language: str | None = None) -> Any:
    """A pandas table with one row a finding; UsageError where pandas is not installed."""
    try:
        import pandas  # type: ignore[import-not-found, import-untyped, unused-ignore]
    except ImportError:
        raise UsageError("a data frame needs pandas, which is not installed; pip install 'clausecheck[pandas]'") from None
    return pandas.DataFrame(to_rows(report, language), columns=list(COLUMNS))


def to_html_table(report: Report, language: str | None = None) -> str:
    """The findings as a small HTML table, for notebooks; everything from the contract is escaped."""
    language = report_language(report, language)
    return "\n".join(_table_lines(report, language)) + "\n"


_INK = {"present": "#2e8b57", "weak": "#b8860b", "missing": "#c0392b", "conflicting": "#a01040"}


def _table_lines(report: Report, language: str) -> Iterator[str]:
    def label(name: str | Text) -> str:
        return (LABELS[name] if isinstance(name, str) else name).get(language)

    def cell(tag: str, text: str, style: str = "text-align:left") -> str:
        return f'<{tag} style="{style}">{html.escape(clean(text))}</{tag}>'

    yield f'<table class="clausecheck" lang="{language}">'
    yield f"<caption>{html.escape(clean(report.contract.name))}</caption>"
    heads = ("number", "provision", "status", "severity", "clauses", "why")
    yield f"<thead><tr>{''.join(cell('th', label(n)) for n in heads)}</tr></thead>"
    yield "<tbody>"
    for number, f in enumerate(report.findings, 1):
        why = " / ".join(r.message.get(language) for r in all_reasons(f))
        status = cell("td", label(f"status_{f.status.value}"), f"text-align:left;font-weight:600;color:{_INK.get(f.status.value, '#777')}")
        rest = (label(f"severity_{f.severity.value}"), ", ".join(f.clauses), why)
        yield f"<tr>{cell('td', str(number))}{cell('td', f.title.get(language))}{status}{''.join(cell('td', t) for t in rest)}</tr>"
    yield "</tbody>"
    yield f"<tfoot><tr><td colspan='6'>{html.escape(label('disclaimer'))}</td></tr></tfoot>"
    yield "</table>"
