"""Whole reports of the sample contracts, as a reader sees them: a change in a pattern shows here as a change of sentences.

Regenerate after a wanted change, then read the difference before committing it:

    CLAUSECHECK_GOLDEN=write python -m pytest tests/test_golden.py -k golden_report

With the variable set every file of tests/golden/ is written anew, and ``test_the_flag_is_off`` fails, so that it is never left on.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from clausecheck.library import load_library
from clausecheck.model import Finding, Report
from clausecheck.pipeline import review
from clausecheck.report import dump, to_dict
from clausecheck.reports import BINARY, render

SAMPLES = Path(__file__).parents[1] / "samples"
GOLDEN = Path(__file__).parent / "golden"
KINDS = ("txt", "json", "md", "html", "sarif", "junit", "docx.txt", "xlsx.txt")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FLAG = "CLAUSECHECK_GOLDEN"
NAMES = ("supply_ja_good", "supply_ja_poor", "supply_en_good", "supply_en_poor", "supply_en_redline")


def shown(name: str) -> dict[str, str]:
    """What is kept of a sample's report: what was decided, by id and code, and every format as far as it can be read."""
    report = review(SAMPLES / f"{name}.docx", load_library(None, "supplier_agreement"))
    report = replace(
        report, tool_version="-", library=replace(report.library, version="-", sha256="-")
    )  # change with every edit, and say nothing
    text = render(report, "text")
    assert isinstance(text, str)
    kept = {f"{name}.txt": text, f"{name}.json": dump({"term": _term(report), "findings": [_decided(f) for f in report.findings]})}
    for format in ("md", "html", "sarif", "junit", "docx", "xlsx"):
        file = f"{name}.{format}{'.txt' if format in BINARY else ''}"
        kept[file] = _readable(render(report, format, source=SAMPLES / f"{name}.docx"), format)
    return kept


def _readable(written: str | bytes, format: str) -> str:
    """The report as lines that a reader can compare: style and script left out, of a package the texts."""
    if isinstance(written, str):
        page = re.sub(r"<(style|script)>.*?</\1>", "", written, flags=re.S)
        return re.sub(r"sha256-[\w+/=]+", "sha256-", page) if format == "html" else page
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        if format == "xlsx":
            shared = etree.fromstring(package.read("xl/sharedStrings.xml"))
            return "\n---\n".join("".join(s.itertext()) for s in shared) + "\n"
        added = etree.fromstring(package.read("word/document.xml")).iter(f"{W}ins", f"{W}commentRangeStart")
        lines = []
        for element in added:
            text = "".join(t.text or "" for t in element.iter(f"{W}t"))
            lines.append(f"{element.tag.removeprefix(W)}: {text if len(element) else element.get(f'{W}id')}")
        if "word/comments.xml" in package.namelist():
            for comment in etree.fromstring(package.read("word/comments.xml")):
                lines += ["", f"comment {comment.get(f'{W}id')}"] + ["".join(p.itertext()) for p in comment]
        return "\n".join(lines) + "\n"


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
    assert {p.name for p in GOLDEN.iterdir()} == {f"{name}.{kind}" for name in NAMES for kind in KINDS}


def test_the_flag_is_off() -> None:
    assert not os.environ.get(FLAG), f"{FLAG} is set: the golden files were written anew, so nothing was compared; unset it"
