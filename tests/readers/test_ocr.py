"""Scans through OCR: what is read, what is said of it, and what is said where a program is missing or fails.

One page is really read, where OCRmyPDF and Tesseract are installed; stand-ins do the rest.
"""

from __future__ import annotations

import importlib.util
import io
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

import clausecheck
from clausecheck.cli import run
from clausecheck.errors import ContractReadError, NoTextError
from clausecheck.model import Status
from clausecheck.readers import ocr, read_document
from clausecheck.readers.pdf import PdfReader

TYPED = ["1. Deliveries", "The Supplier shall deliver the Products under each order of the Buyer.", "2. Payment"]
SCANNED = ["3. Governing Law", "This Agreement is governed by the laws of Japan.", "4. Term", "This Agreement continues for two years."]


def contract(*, typed: bool = True, scanned: bool = True, readable: bool = False) -> bytes:
    """A page of text, and a page that is an image of text (or, ``readable``, text on an image: what OCR makes of it)."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 300), invariant=True)
    if typed:
        for i, line in enumerate(TYPED):
            canvas.drawString(40, 250 - 20 * i, line)
        canvas.showPage()
    if scanned:
        image = Image.new("L", (1240, 625), 255)
        draw = ImageDraw.Draw(image)
        for i, line in enumerate(SCANNED):
            draw.text((80, 60 + 60 * i), line, font=ImageFont.load_default(size=30), fill=0)
        canvas.drawImage(ImageReader(image), 0, 0, 595, 300)
        for i, line in enumerate(SCANNED if readable else []):
            canvas.drawString(40, 250 - 20 * i, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def installed() -> bool:
    program = shutil.which("tesseract")
    if program is None or not (importlib.util.find_spec("ocrmypdf") or shutil.which("ocrmypdf")):
        return False
    known = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False).stdout.split()
    return set(ocr.LANGUAGES) <= set(known)


@pytest.mark.skipif(not installed(), reason="needs OCRmyPDF and Tesseract with jpn and eng")
def test_a_scanned_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(contract())
    document = read_document(path, ocr=True)
    assert "governed by the laws of Japan" in document.text and TYPED[1] in document.text
    (said,) = document.warnings
    assert said.code == "ocr_text_sure" and ": 2 (mean confidence " in said.message.en
    ((start, end),) = document.recognised
    assert "Governing Law" in document.text[start:end] and "Deliveries" not in document.text[start:end]
    assert run(["clauses", str(path), "--ocr"]) == 0
    assert "Governing Law" in capsys.readouterr().out


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> dict[str, float | None]:
    """OCR that finds the text of the scanned page, with the confidence put here."""
    told: dict[str, float | None] = {"confidence": 91.4}
    typed = [True]

    def recognised(data: bytes, name: str, pages: list[int]) -> tuple[bytes, float | None]:
        typed[0] = pages == [2]
        return contract(typed=typed[0], readable=True), told["confidence"]

    monkeypatch.setattr(ocr, "recognised", recognised)
    return told


@pytest.mark.parametrize(
    ("confidence", "code", "status"),
    [
        (91.4, "ocr_text_sure", Status.MISSING),
        (None, "ocr_text", Status.MISSING),
        pytest.param(60.2, "ocr_text_unsure", Status.UNDETERMINED, id="what a bad scan does not show may well be in it"),
    ],
)
def test_what_is_said(tmp_path: Path, stand_in: dict[str, float | None], confidence: float | None, code: str, status: Status) -> None:
    stand_in["confidence"] = confidence
    path = tmp_path / "scan.pdf"
    path.write_bytes(contract())
    report = clausecheck.review(path, ocr=True)
    assert [w.code for w in report.contract.document.warnings] == [code]
    findings = {f.provision: f for f in report.findings}
    assert findings["confidentiality"].status is status
    assert any("OCR" in caution.en for caution in findings["governing_law"].cautions), "its words stand on the scanned page"
    assert not any("OCR" in caution.en for caution in findings["confidentiality"].cautions)


def test_an_attachment_keeps_its_marks(tmp_path: Path, stand_in: dict[str, float | None]) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(contract(typed=False))
    report = clausecheck.review(clausecheck.parse_contract("1. Payment\nThe Buyer shall pay."), attachments=[path], ocr=True)
    ((start, end),) = report.contract.document.recognised
    assert report.contract.text[start:end].split("\n")[0] == SCANNED[0]


def test_only_when_asked_for(tmp_path: Path, stand_in: dict[str, float | None], capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(contract(typed=False))
    for command in ("clauses", "review", "deadlines"):
        assert run([command, str(path)]) == 3
        message = capsys.readouterr().err
        assert "--ocr" in message and "clausecheck[ocr]" in message and message.count("\n") == 1
        assert run([command, str(path), "--ocr"]) in (0, 1)
        capsys.readouterr()
    with pytest.raises(NoTextError):
        PdfReader().read(path.read_bytes(), "scan.pdf")


LINES = [
    ("第 1 条 (目的 )", "第1条(目的)"),
    ("1 本契約の有効期間は、 2 0 2 6 年 4 月 1 日から 1 年間", "1 本契約の有効期間は、2026年4月1日から1年間"),
    ("(2) 甲は ABC Trading Ltd と", "(2) 甲はABC Trading Ltdと"),
    ("10 . 甲は", "10 .甲は"),
    ("金 10 50 円", "金10 50円"),  # two numbers stay two
    ("1 2 The Buyer shall", "1 2 The Buyer shall"),  # no Japanese line
]


@pytest.mark.parametrize(("line", "without"), LINES)
def test_gaps_in_japanese(line: str, without: str) -> None:
    assert ocr.without_gaps(line) == without


PROGRAMS = [  # stand-ins for Tesseract and OCRmyPDF, and what is said of them
    pytest.param(None, None, "needs OCRmyPDF", id="nothing is installed"),
    pytest.param(None, "exit 0", "needs Tesseract", id="no Tesseract"),
    pytest.param("echo eng", "exit 0", "lacks the language jpn", id="a Japanese scan read as English would give nonsense"),
    pytest.param("echo eng; echo jpn", "exit 3", "lacks a program", id="OCRmyPDF misses something"),
    pytest.param("echo eng; echo jpn", "exit 8", "locked", id="the file is locked"),
    pytest.param("echo eng; echo jpn", "exit 7", "exit code 7", id="it fails"),
    pytest.param("echo eng; echo jpn", "exit 0", "no result", id="it says nothing is wrong and writes no file"),
    pytest.param("echo eng; echo jpn", "sleep 100 & sleep 100", "took over", id="it hangs, and its children too"),
]


@pytest.mark.parametrize(("tesseract", "ocrmypdf", "word"), PROGRAMS)
def test_programs_that_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tesseract: str | None, ocrmypdf: str | None, word: str
) -> None:
    for name, script in (("tesseract", tesseract), ("ocrmypdf", ocrmypdf)):
        if script is not None:
            (tmp_path / name).write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n")
            (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(ocr.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(ocr, "SECONDS_A_PAGE", 0)
    monkeypatch.setattr(ocr, "SECONDS", 2)
    with pytest.raises(ContractReadError, match=word) as caught:
        PdfReader(ocr=True).read(contract(typed=False), "a.pdf")
    assert str(caught.value).startswith("a.pdf: ") and "\n" not in str(caught.value)


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "_command", lambda name: [])
    with pytest.raises(ContractReadError, match="500"):
        ocr.recognised(b"", "a.pdf", range(1, 502))
