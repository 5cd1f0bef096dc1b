"""Whole reports of the sample contracts, as a reader sees them: a change in a pattern shows here as a change of sentences.

Regenerate after a wanted change, then read the difference before committing it:

    CLAUSECHECK_GOLDEN=write python -m pytest tests/test_golden.py -k golden_report

With the variable set every file of tests/golden/ is written anew, and ``test_the_flag_is_off`` fails, so that it is never left on.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from clausecheck.library import load_library
from clausecheck.model import Finding, Report
from clausecheck.pipeline import review
from clausecheck.report import dump, to_dict
from clausecheck.reports import render

SAMPLES = Path(__file__).parents[1] / "samples"
GOLDEN = Path(__file__).parent / "golden"
FLAG = "CLAUSECHECK_GOLDEN"
NAMES = ("supply_ja_good", "supply_ja_poor", "supply_en_good", "supply_en_poor", "supply_en_redline")


def shown(name: str) -> dict[str, str]:
    """What is kept of a sample's report: its text form, and as JSON what was decided, by id and code."""
    report = review(SAMPLES / f"{name}.docx", load_library(None, "supplier_agreement"))
    report = replace(
        report, tool_version="-", library=replace(report.library, version="-", sha256="-")
    )  # change with every edit, and say nothing
    text = render(report, "text")
    assert isinstance(text, str)
    return {f"{name}.txt": text, f"{name}.json": dump({"term": _term(report), "findings": [_decided(f) for f in report.findings]})}


def _term(report: Report) -> dict[str, object]:
    return {key: value for key, value in to_dict(report)["term"].items() if key != "evidence"}


def _decided(finding: Finding) -> dict[str, object]:
    return {
        "provision": finding.provision,
        "status": finding.status.value,
        "found": finding.found,
        "severity": finding.severity.value,
        "clauses": list(finding.clauses),
        "elements": {
            e.id: " ".join(dict.fromkeys([e.result.value, *(r.code for r in e.reasons), *(x.pattern for x in e.evidence)]))
            for e in finding.elements
        },
        "red_flags": {f.id: f.effect for f in finding.red_flags},
        "reasons": [r.code for r in finding.reasons],
        "mention_only": [e.pattern for e in finding.mention_only],
    }


@pytest.mark.parametrize("name", NAMES)
def test_golden_report(name: str) -> None:
    for file, now in shown(name).items():
        path = GOLDEN / file
        if os.environ.get(FLAG):
            GOLDEN.mkdir(exist_ok=True)
            path.write_text(now, encoding="utf-8", newline="\n")
        kept = path.read_text(encoding="utf-8") if path.exists() else ""
        assert now.splitlines() == kept.splitlines(), f"golden/{file} differs; if that is wanted: see the top of this file"


def test_no_golden_file_is_left_over() -> None:
    assert {p.name for p in GOLDEN.iterdir()} == {f"{name}.{kind}" for name in NAMES for kind in ("txt", "json")}


def test_the_flag_is_off() -> None:
    assert not os.environ.get(FLAG), f"{FLAG} is set: the golden files were written anew, so nothing was compared; unset it"
