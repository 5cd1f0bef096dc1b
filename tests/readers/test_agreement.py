"""A Word file and the PDFs made of it give the same clause list. The whole set of contracts: tests/benchmarks/agreement.py."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from clausecheck import read_contract

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "benchmarks"))

import agreement  # noqa: E402

SAMPLES = sorted(path for path in (ROOT / "samples").glob("*.docx") if path.stem not in agreement.KNOWN)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_pdf_made_by_an_office_program(tmp_path: Path) -> None:
    agreement.office_pdfs(SAMPLES, tmp_path)
    for path in SAMPLES:
        made = read_contract(tmp_path / f"{path.stem}.pdf")
        assert agreement.differences(agreement.entries(read_contract(path)), agreement.entries(made)) == [], path.stem


@pytest.mark.skipif(not shutil.which("chromium"), reason="Chromium is not installed")
def test_pdf_made_by_a_browser(tmp_path: Path) -> None:
    contract = read_contract(ROOT / "samples" / "supply_ja_good.docx")
    made = read_contract(agreement.browser_pdf(contract, tmp_path))
    assert agreement.differences(agreement.entries(contract), agreement.entries(made)) == []
