"""Who the parties are and what kind of contract it is: invented openings (party_cases.yaml) and the words for roles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from clausecheck.languages import get
from clausecheck.parties import contract_type, find_parties, one_off_sale
from clausecheck.passages import Passages
from clausecheck.provision import CONTRACT_TYPES
from clausecheck.readers import read_text
from clausecheck.segment import parse

CASES = YAML(typ="safe", pure=True).load(Path(__file__).with_name("party_cases.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_opening(case: dict[str, Any]) -> None:
    passages = Passages(parse(read_text(case["text"], "case")))
    parties = find_parties(passages)
    assert [[p.label, p.role] for p in parties] == case["parties"], case["why"]
    if "names" in case:
        assert [p.name for p in parties] == case["names"]
    type_, detected = contract_type(passages, parties)
    assert type_ in CONTRACT_TYPES
    assert (type_, detected) == (case["type"], case.get("detected", True)), case["why"]
    if "one_off" in case:
        assert one_off_sale(passages, type_) is case["one_off"], case["why"]


@pytest.mark.parametrize(
    ("language", "label", "role"),
    [
        ("en", "buyer", "buyer"),
        ("en", "the purchaser", "buyer"),
        ("en", "licensee", "buyer"),
        ("en", "licensor", "supplier"),
        ("en", "service provider", "supplier"),
        ("en", "customer's contractor", "supplier"),  # the last word names the bearer
        ("en", "company", ""),
        ("ja", "買主", "buyer"),
        ("ja", "発注者", "buyer"),
        ("ja", "受託者", "supplier"),
        ("ja", "ベンダ", "supplier"),
        ("ja", "被許諾者", "buyer"),
        ("ja", "許諾者", "supplier"),
        ("ja", "甲", ""),
    ],
)
def test_roles(language: str, label: str, role: str) -> None:
    assert get(language).role(label) == role


def test_no_parties_in_a_text_without_any() -> None:
    assert find_parties(Passages(parse(read_text("NOTES\n\n1. Color. Blue is preferred.\n", "case")))) == ()
