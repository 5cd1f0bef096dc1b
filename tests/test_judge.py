"""Statuses on texts: the order of decision, where elements count, flags, conditions, sides, severity. Cases: judge_cases.yaml."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import small_library
from ruamel.yaml import YAML

from clausecheck.messages import warning
from clausecheck.model import Finding, Severity, Status
from clausecheck.pipeline import parse_contract, review

GROUPS = YAML(typ="safe", pure=True).load((Path(__file__).parent / "judge_cases.yaml").read_text(encoding="utf-8"))
CASES = [pytest.param(group["provision"], case, id=f"{group['rule']}::{case['why']}") for group in GROUPS for case in group["cases"]]
KEYS = set(
    [
        "why",
        "en",
        "ja",
        "status",
        "elements",
        "flags",
        "reasons",
        "not_reasons",
        "severity",
        "found",
        "mention",
        "clauses",
        "type",
        "side",
        "attach",
        "suggests",
    ]
)


def judged(changes: dict[str, Any], case: dict[str, Any], language: str) -> tuple[Finding, str]:
    contract = parse_contract(case[language], language=language)
    attachments = [parse_contract(case["attach"][language], name="code", language=language)] if "attach" in case else []
    report = review(
        contract,
        small_library.library(changes),
        contract_type=case.get("type", "supply"),
        side=case.get("side", "buyer"),
        attachments=attachments,
    )
    return report.findings[0], report.contract.text


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize(("provision", "case"), CASES)
def test_case(provision: dict[str, Any], case: dict[str, Any], language: str) -> None:
    assert not set(case) - KEYS, "a key that nobody looks at"
    finding, text = judged(provision, case, language)
    assert finding.status == case["status"], [r.message.en for r in finding.reasons]
    results = {e.id: e.result.value for e in finding.elements}
    assert {name: results[name] for name in case.get("elements", {})} == case.get("elements", {})
    if "flags" in case:
        assert {f.id: f.effect for f in finding.red_flags} == case["flags"]
    codes = {r.code for r in finding.reasons}
    assert set(case.get("reasons", ())) <= codes
    assert not set(case.get("not_reasons", ())) & codes
    assert finding.severity == case.get("severity", finding.severity)
    assert finding.found == case.get("found", finding.found)
    assert bool(finding.mention_only) == case.get("mention", bool(finding.mention_only))
    if "clauses" in case:
        assert list(finding.clauses) == case["clauses"][language]
    if "suggests" in case:
        assert finding.suggestion is not None and finding.suggestion.text == case["suggests"][language]
    for evidence in [*finding.mention_only, *(e for part in (*finding.elements, *finding.red_flags) for e in part.evidence)]:
        assert text[evidence.start : evidence.end] == evidence.quote


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize(("provision", "case"), CASES)
def test_what_every_finding_keeps(provision: dict[str, Any], case: dict[str, Any], language: str) -> None:
    """The definitions of the statuses, whatever the text."""
    finding, _ = judged(provision, case, language)
    status, core = finding.status, [e.result for e in finding.elements if e.core]
    needed = [e for e in finding.elements if e.need != "recommended" and e.needed]
    effects = {f.effect for f in finding.red_flags}
    negated_by_flag = {
        name for f in provision.get("red_flags", ()) if f["id"] in {x.id for x in finding.red_flags} for name in f.get("negates", ())
    }
    if not negated_by_flag and "negated" not in core:  # what a flag negates had been found; what one place denies another may grant
        assert finding.found == any(r in ("satisfied", "weak") for r in core)
    assert (status is Status.MISSING) <= (not finding.found)
    assert (status is Status.PRESENT) <= (all(e.result == "satisfied" for e in needed) and not effects & {"conflict", "degrade"})
    assert (status is Status.WEAK) <= (any(e.result in ("weak", "absent") for e in needed) or "degrade" in effects)
    assert (status is Status.CONFLICTING) <= (any(e.result == "negated" for e in needed) or "conflict" in effects)
    assert (finding.severity is Severity.NONE) == (status in (Status.PRESENT, Status.NOT_APPLICABLE, Status.UNDETERMINED))
    assert (finding.suggestion is not None) == (status in (Status.MISSING, Status.WEAK, Status.CONFLICTING))
    assert bool(finding.searched) == (status in (Status.MISSING, Status.UNDETERMINED))
    assert bool(finding.reasons) or status is Status.PRESENT
    for element in finding.elements:
        assert (element.result == "absent") <= (not element.evidence)


STEPS = [("critical", "critical", "high"), ("high", "high", "medium"), ("medium", "medium", "low"), ("low", "low", "low")]


@pytest.mark.parametrize(("severity", "missing", "weak"), STEPS)
def test_severity_steps(severity: str, missing: str, weak: str) -> None:
    changes = {"severity": severity}
    assert judged(changes, {"en": "Nothing is agreed."}, "en")[0].severity == missing
    assert judged(changes, {"en": "Supplier shall endeavor to paint the fence."}, "en")[0].severity == weak
    assert judged(changes, {"en": "Supplier shall paint the fence."}, "en")[0].severity == "none"


def test_unread_pages_make_a_gap_undetermined() -> None:
    """What could not be read may hold the provision: it is never called missing."""
    contract = replace(parse_contract("Nothing is agreed.", language="en"), warnings=(warning("pages_without_text", pages="2"),))
    library = small_library.library({})
    finding = review(contract, library, contract_type="supply").findings[0]
    assert finding.status is Status.UNDETERMINED and "unreadable" in {r.code for r in finding.reasons}
    found = replace(parse_contract("Supplier shall paint the fence.", language="en"), warnings=contract.warnings)
    assert review(found, library, contract_type="supply").findings[0].status is Status.PRESENT


def test_conditions_may_look_at_another_provision() -> None:
    """Whatever their order in the library: the one that is looked at is judged first."""
    other = {"id": "gate", "elements": [{"id": "gate_painted", "core": True, "says": "duty", "find": [{"act": "PAINT", "all": ["GATE"]}]}]}
    changes = {
        "elements": [
            {"id": "painted", "core": True, "says": "duty", "find": [{"act": "PAINT", "all": ["FENCE"]}]},
            {"id": "coloured", "find": [{"any": ["COLOUR"]}], "satisfied_when": [{"provision": "gate", "result": ["present"]}]},
        ]
    }
    library = small_library.library(changes, more=[other])
    for gate, status in (
        ("", "weak"),
        (" Supplier shall paint the gate.", "present"),
        (" Supplier shall endeavor to paint the gate.", "weak"),
    ):
        report = review(parse_contract("Supplier shall paint the fence." + gate, language="en"), library, contract_type="supply")
        assert [f.provision for f in report.findings] == ["fence", "gate"]
        assert report.findings[0].status == status
        if status == "present":
            element = report.findings[0].elements[1]
            assert element.reasons[0].code == "cross_link" and "gate" in element.evidence[0].quote


def test_explain_keeps_what_nearly_matched() -> None:
    library = small_library.library(
        {"elements": [{"id": "painted", "core": True, "says": "duty", "find": [{"act": "PAINT", "all": ["FENCE"], "without": ["RAIN"]}]}]}
    )
    contract = parse_contract("Supplier shall paint the fence unless it rains.", language="en")
    assert review(contract, library).findings[0].elements[0].near == ()
    (near,) = review(contract, library, explain=True).findings[0].elements[0].near
    assert near.pattern == "painted.1 (guard:RAIN)" and near.quote in contract.text


def test_explain_changes_no_status() -> None:
    for param in CASES:
        provision, case = param.values
        library = small_library.library(provision)
        contract = parse_contract(case["en"], language="en")
        plain, explained = (review(contract, library, contract_type="supply", side="buyer", explain=e).findings[0] for e in (False, True))
        assert (plain.status, plain.found, [e.result for e in plain.elements]) == (
            explained.status,
            explained.found,
            [e.result for e in explained.elements],
        )
