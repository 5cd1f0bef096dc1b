"""The sample contracts: built from their sources, read alike from Word and PDF, and judged as they were written to be."""

from __future__ import annotations

import datetime as dt
import importlib.util
import re
import sys
import zipfile
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

import clausecheck
from clausecheck.model import Contract

SAMPLES = Path(__file__).parents[1] / "samples"
NAMES = ("supply_ja_good", "supply_ja_poor", "supply_en_good", "supply_en_poor")

# Good drafts hold every required element of the four lead provisions. In the poor ones: relief for natural disasters where performance is
# impossible; ordinary termination only; labour law instead of human rights (the words stand in the preamble only); ten years that renew
# themselves and cannot be refused.
GOOD = {"force_majeure": "present", "termination_on_concern": "present", "human_rights": "present", "term_length": "present"}
POOR = {"force_majeure": "weak", "termination_on_concern": "missing", "human_rights": "missing", "term_length": "weak"}


@cache
def read(name: str) -> Contract:
    return clausecheck.read_contract(SAMPLES / name)


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    pytest.importorskip("reportlab", reason="the test extra is not installed")
    spec = importlib.util.spec_from_file_location("make_samples", SAMPLES / "make_samples.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_samples"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def built(builder: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    builder.main(folder)
    return folder


@pytest.mark.parametrize("name", [*NAMES, "supply_en_redline"])
def test_word_files_are_those_of_the_sources(name: str, built: Path) -> None:
    with zipfile.ZipFile(built / f"{name}.docx") as new, zipfile.ZipFile(SAMPLES / f"{name}.docx") as kept:
        for part in ("word/document.xml", "word/numbering.xml", "docProps/core.xml"):
            assert new.read(part) == kept.read(part), f"run `python samples/make_samples.py`: {part} differs"


@pytest.mark.parametrize("name", NAMES)
def test_pdfs_are_those_of_the_sources(name: str, built: Path) -> None:
    """By their text: where the Japanese font is not installed, the bytes differ."""
    new = clausecheck.read_contract(built / f"{name}.pdf").text
    assert re.sub(r"\s", "", new) == re.sub(r"\s", "", read(f"{name}.pdf").text), "run `python samples/make_samples.py`"


@pytest.mark.parametrize("name", NAMES)
def test_word_draws_the_numbers(name: str) -> None:
    """The numbers are no text of the Word files: a reader has to work them out from the styles."""
    with zipfile.ZipFile(SAMPLES / f"{name}.docx") as archive:
        document = archive.read("word/document.xml").decode()
    assert "<w:numPr>" not in document
    assert not re.search(r"<w:t[^>]*>(第\d+条（|\d+\.\d* )", document)


@pytest.mark.parametrize("name", NAMES)
def test_word_and_pdf_hold_the_same_clauses(name: str) -> None:
    word, pdf = (
        [(c.number, c.heading) for c in read(f"{name}.{suffix}").clauses if c.level == "clause" and c.number and c.kind != "annex"]
        for suffix in ("docx", "pdf")
    )
    assert word == pdf
    assert 8 <= len(word) <= 25
    ja = "_ja_" in name
    assert [number.strip("第条.") for number, _ in word] == [str(i + 1) for i in range(len(word))]
    assert word[0][0] == ("第1条" if ja else word[0][0])


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
@pytest.mark.parametrize("name", NAMES)
def test_lead_provisions(name: str, suffix: str) -> None:
    report = clausecheck.review(read(f"{name}.{suffix}"), side="buyer")
    statuses = {f.provision: str(f.status) for f in report.findings if f.provision in GOOD}
    assert statuses == (GOOD if name.endswith("good") else POOR)


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
@pytest.mark.parametrize("name", ["supply_ja_good", "supply_en_good"])
def test_good_drafts_are_good_in_the_whole_library(name: str, suffix: str) -> None:
    findings = clausecheck.review(read(f"{name}.{suffix}"), side="buyer").findings
    assert not {f.provision: str(f.status) for f in findings if f.status not in ("present", "not_applicable")}


@pytest.mark.parametrize("name", NAMES)
def test_terms(name: str) -> None:
    term = clausecheck.review(read(f"{name}.docx"), side="buyer").term
    assert term.start_date == dt.date(2026, 4, 1)
    assert term.auto_renewal
    if name.endswith("good"):
        assert (term.initial_months, term.renewal_months, term.optout_days, term.exit_notice_days) == (24, 12, 90, 90)
        assert (term.end_date, term.last_day_to_refuse) == (dt.date(2028, 3, 31), dt.date(2027, 12, 31))
    else:
        assert (term.initial_months, term.renewal_months, term.optout_days) == (120, 60, None)
        assert (term.end_date, term.max_lock_in_months) == (dt.date(2036, 3, 31), 180)


@pytest.mark.parametrize(("revisions", "status", "months"), [("final", "present", 24), ("original", "weak", 120)])
def test_the_redline_is_judged_as_accepted_or_as_rejected(revisions: str, status: str, months: int) -> None:
    """It mends the poor draft's clauses on force majeure and on the term, and nothing else."""
    report = clausecheck.review(SAMPLES / "supply_en_redline.docx", side="buyer", revisions=revisions)
    statuses = {f.provision: str(f.status) for f in report.findings if f.provision in POOR}
    assert statuses == {**POOR, "force_majeure": status, "term_length": status}
    assert report.term.initial_months == months
    assert "tracked_changes" in [w.code for w in report.warnings]


def test_the_rejected_redline_is_the_poor_draft() -> None:
    original = clausecheck.read_contract(SAMPLES / "supply_en_redline.docx", revisions="original").text
    poor = read("supply_en_poor.docx").text
    assert original.replace("10.1 ", "").split() == poor.split()
