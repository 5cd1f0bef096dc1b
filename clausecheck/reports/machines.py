"""Reports for pipelines: SARIF 2.1.0 (code scanning, editors) and JUnit (build servers).

Rule ids are the ids of the provisions and never change their meaning. SARIF lists what is to be mended only: viewers show every
result as an alarm; how many provisions are present stands in the properties of the run.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from clausecheck.model import Evidence, Report, Severity, Status
from clausecheck.report import clean, dump, summary
from clausecheck.reports.digest import Digest, Entry, digest

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LINES = ("txt", "md")  # formats whose text is the file's own, so that lines and columns mean something
_SCORE = {Severity.CRITICAL: "9.0", Severity.HIGH: "7.0", Severity.MEDIUM: "5.0", Severity.LOW: "3.0", Severity.NONE: "0.0"}


def render_sarif(report: Report, language: str | None = None, *, uri: str | None = None) -> str:
    """A SARIF 2.1.0 log with one result for each finding that is to be mended.

    ``uri`` is how the file is named in it (a path relative to the root of the repository); default: the file's name.
    """
    d = digest(report, language)
    return dump(
        {
            "$schema": _SCHEMA,
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {
                        "driver": {
                            "name": "clausecheck",
                            "semanticVersion": report.tool_version,
                            "rules": [_rule(entry) for entry in d.entries],
                        }
                    },
                    "artifacts": [
                        {
                            "location": {"uri": _uri(report, uri)},
                            "hashes": {"sha-256": report.contract.document.sha256},
                        }
                    ],
                    "columnKind": "unicodeCodePoints",
                    "results": [_result(entry, d, _uri(report, uri)) for entry in d.entries if entry.to_mend],
                    "properties": {"provenance": d.provenance, "notice": d.disclaimer, "summary": summary(report.findings)},
                }
            ],
        }
    )


def _uri(report: Report, uri: str | None) -> str:
    from urllib.parse import quote

    return quote(uri or report.contract.name or "contract")


def _rule(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.finding.provision,
        "shortDescription": {"text": entry.title},
        "properties": {"tags": [entry.finding.theme or "other", *(s.en for s in entry.finding.sources)]},
    }


def _result(entry: Entry, d: Digest, uri: str) -> dict[str, Any]:
    finding = entry.finding
    lines = [f"{entry.number}. {entry.title}: {entry.status}", *entry.reasons]
    if entry.proposal:
        lines += [d.words.say("to_add", where=entry.proposal.where) + ":"]
        lines += filter(None, (entry.proposal.heading, *entry.proposal.lines))
    places = [q.evidence for f in entry.flags for q in f.quotes] or [q.evidence for q in entry.quotes]
    quoted = " ".join(e.quote for e in places[:1])
    mark = hashlib.sha256(f"{finding.provision}\0{finding.status}\0{' '.join(quoted.split())}".encode("utf-8", "replace"))
    return {
        "ruleId": finding.provision,
        "ruleIndex": entry.number - 1,
        "level": _level(entry),
        "message": {"text": "\n".join(map(clean, lines))},
        "locations": [_location(e, d, uri) for e in places[:10]] or [{"physicalLocation": {"artifactLocation": {"uri": uri}}}],
        "partialFingerprints": {"clausecheck/v1": mark.hexdigest()[:32]},
        "properties": {
            "status": finding.status.value,
            "severity": finding.severity.value,
            "security-severity": _SCORE[finding.severity],
            "elements": {e.id: e.result.value for e in finding.elements},
        },
    }


def _level(entry: Entry) -> str:
    if entry.finding.status in (Status.MISSING, Status.CONFLICTING):
        return "error" if entry.finding.severity in (Severity.CRITICAL, Severity.HIGH) else "warning"
    return "note" if entry.finding.severity is Severity.LOW else "warning"


def _location(evidence: Evidence, d: Digest, uri: str) -> dict[str, Any]:
    contract = d.report.contract
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if contract.format in _LINES:
        starts = [0, *(i + 1 for i, c in enumerate(contract.text) if c == "\n")]
        first, last = bisect_right(starts, evidence.start) - 1, bisect_right(starts, max(evidence.end - 1, evidence.start)) - 1
        physical["region"] = {
            "startLine": first + 1,
            "startColumn": evidence.start - starts[first] + 1,
            "endLine": last + 1,
            "endColumn": evidence.end - starts[last] + 1,
            "snippet": {"text": clean(evidence.quote)},
        }
    place = {"fullyQualifiedName": d.words.cited(evidence.clause), "kind": "element"}
    return {"physicalLocation": physical, "logicalLocations": [place], "message": {"text": clean(evidence.quote)}}


# --- JUnit -----------------------------------------------------------------------------------------------------------


def render_junit(report: Report, language: str | None = None, *, uri: str | None = None) -> str:
    """JUnit XML: one test case for each provision; missing, conflicting and weak ones fail, unreadable ones are errors."""
    d = digest(report, language)
    name = clean(uri or report.contract.name or "contract")
    failed = sum(e.finding.status in (Status.MISSING, Status.CONFLICTING, Status.WEAK) for e in d.entries)
    errors = sum(e.finding.status is Status.UNDETERMINED for e in d.entries)
    skipped = sum(e.finding.status is Status.NOT_APPLICABLE for e in d.entries)
    counts = f'tests="{len(d.entries)}" failures="{failed}" errors="{errors}"'
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="clausecheck" {counts}>']
    lines.append(f'  <testsuite name={_attribute(name)} {counts} skipped="{skipped}">')
    lines += ["    <properties>", f'      <property name="provenance" value={_attribute(d.provenance)}/>', "    </properties>"]
    for entry in d.entries:
        case = f"    <testcase classname={_attribute(name)} name={_attribute(f'{entry.finding.provision}: {entry.title}')}"
        outcome = _outcome(entry, d)
        lines += [f"{case}>", outcome, "    </testcase>"] if outcome else [f"{case}/>"]
    lines.append(f"    <system-out>{_text(d.disclaimer)}</system-out>")
    return "\n".join([*lines, "  </testsuite>", "</testsuites>"]) + "\n"


def join_junit(texts: Sequence[str]) -> str:
    """The suites of several files in one, with the counts added up."""
    head = re.compile(r'<testsuites name="clausecheck" tests="(\d+)" failures="(\d+)" errors="(\d+)">\n')
    counts, suites = [0, 0, 0], []
    for text in texts:
        begin = head.search(text)
        assert begin is not None, "not written by render_junit"
        counts = [total + int(more) for total, more in zip(counts, begin.groups(), strict=True)]
        suites.append(text[begin.end() : text.index("</testsuites>")])
    names = zip(("tests", "failures", "errors"), counts, strict=True)
    said = " ".join(f'{name}="{count}"' for name, count in names)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="clausecheck" {said}>\n{"".join(suites)}</testsuites>\n'


def _outcome(entry: Entry, d: Digest) -> str:
    status = entry.finding.status
    if status is Status.PRESENT:
        return ""
    message = _attribute(" ".join([entry.status + ":", *entry.reasons[:1]]))
    if status is Status.NOT_APPLICABLE:
        return f"      <skipped message={message}/>"
    body = [*entry.reasons, *(q.said for q in entry.quotes[:3])]
    if entry.proposal:
        body += [d.words.say("to_add", where=entry.proposal.where) + ":", *filter(None, (entry.proposal.heading, *entry.proposal.lines))]
    kind = "error" if status is Status.UNDETERMINED else "failure"
    said = "\n".join(map(_text, body))
    return f'      <{kind} type="{status.value}" message={message}>{said}</{kind}>'


def _text(text: str) -> str:
    return escape(clean(text))


def _attribute(text: str) -> str:
    return quoteattr(clean(text))
