"""METI's items: every provision answers one, none is named that will never be there, and the table and the report follow them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import clausecheck
from clausecheck.errors import LibraryError
from clausecheck.items import by_item, coverage, load_items
from clausecheck.reports import render_coverage, render_provision
from clausecheck.reports.digest import METI

# The 29 provisions of the library when it is whole.
WHOLE = {
    "force_majeure", "termination_on_concern", "human_rights", "term_length", "antisocial_forces", "export_control_sanctions",
    "end_use_restriction", "resale_reexport_cascade", "confidentiality", "access_control", "return_or_destruction",
    "reverse_engineering_and_samples", "audit_and_information", "subcontracting_and_visibility", "origin_and_change_notification",
    "supply_continuity", "hardship_price_adjustment", "change_in_law", "change_of_control", "assignment", "ip_and_improvements",
    "non_solicitation", "anti_corruption", "data_and_cyber_security", "governing_law", "dispute_resolution",
    "liability_and_indemnity", "survival", "renewal_notice",
}  # fmt: skip


def test_the_items_name_every_provision_and_no_other() -> None:
    items = load_items(clausecheck.load_library())
    assert {p for item in items for p in item.provisions} == WHOLE
    assert len({item.id for item in items}) == len(items)
    assert [item.id for item in items if not item.provisions and item.outside is None] == []  # an item nobody answers says why


def test_the_seventeen_practices_and_three_parts_are_there() -> None:
    ids = {item.id for item in load_items(clausecheck.load_library())}
    assert {f"METI-BP-{n}" for n in range(1, 18)} | {f"METI-GL-{n}" for n in range(1, 4)} <= ids


def test_coverage_lacks_only_what_the_library_lacks() -> None:
    library = clausecheck.load_library()
    lacking = {p for row in coverage(library) for p in row.lacking}
    assert lacking == WHOLE - library.files.keys()  # nothing, once all 29 are there


def test_a_provision_answers_the_items_it_cites() -> None:
    library = clausecheck.load_library()
    answered = {(p, row.item.id) for row in coverage(library) for p in row.provisions}
    cited = {(p.id, s.id) for p in library.provisions for s in p.sources if s.id.startswith("METI-BP-")}
    assert cited <= answered


@pytest.mark.parametrize(("language", "title"), [("ja", "⑰ 適切な契約期間"), ("en", "⑰ Contract period")])
def test_the_table_in_words(language: str, title: str) -> None:
    library = clausecheck.load_library()
    assert title in render_coverage(coverage(library), library, language)


def test_a_report_by_item() -> None:
    library = clausecheck.load_library()
    report = clausecheck.review(clausecheck.parse_contract("This Agreement shall be governed by the laws of Japan.", language="en"))
    rows = {row.item.id: [f.provision for f in row.findings] for row in by_item(report, library)}
    assert rows["METI-BP-15-2"] == ["termination_on_concern"]
    assert "METI-BP-10" not in rows  # nothing of a contract answers it


def test_a_library_without_the_file_has_no_items(tmp_path: Path) -> None:
    for folder in ("provisions", "vocabulary", "profiles"):
        (tmp_path / folder).mkdir()
    (tmp_path / "profiles" / "default.yaml").write_text("name: default\ntitle: {ja: 標準, en: Default}\nside: either\n", encoding="utf-8")
    library = clausecheck.load_library(tmp_path)
    assert load_items(library) == () and render_coverage(coverage(library), library) == ""
    (tmp_path / "items.yaml").write_text("items:\n  - {id: X}\n", encoding="utf-8")
    with pytest.raises(LibraryError, match=r"items\.yaml"):
        load_items(library)


@pytest.mark.parametrize("provision", sorted(p.id for p in clausecheck.load_library().provisions))
@pytest.mark.parametrize(
    ("language", "labels"), [("ja", ("必要な契約", "要素ごとの文案", "文例")), ("en", ("Required for", "Wording for each", "Sources"))]
)
def test_the_page_of_a_provision_says_what_when_and_how(provision: str, language: str, labels: tuple[str, ...]) -> None:
    page = render_provision(clausecheck.load_library().provision(provision), language)
    assert [label for label in labels if label not in page] == []


def test_a_japanese_report_cites_every_source_in_japanese() -> None:
    library = clausecheck.load_library()
    named = {s.id: s.ja for p in library.provisions for s in p.sources if not METI.fullmatch(s.id)}
    assert named and not [source for source, ja in named.items() if not re.search("[\u3041-\u9fff]", ja)]
