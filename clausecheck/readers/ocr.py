"""Knows how to have an installed OCRmyPDF and Tesseract give the pages of a scan a text layer.

Both are optional (extra ``ocr``; Tesseract is a program of its own). Where one is missing, the error says what to install.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from clausecheck.errors import DamagedFileError, LimitError, UnsupportedFormatError

MAX_PAGES = 500
SECONDS = 60  # for the file, and
SECONDS_A_PAGE = 15  # a page takes three
LANGUAGES = ("jpn", "eng")

_CONFIDENCE = re.compile(rb"x_wconf (\d{1,3})")
_WIDE = "[\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]"  # kana, ideograms and their punctuation
_IDEOGRAM = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_FIRST_NUMBER = re.compile(r"\s*\(?[0-9\uff10-\uff19]{1,3}[).\uff09\uff0e]? ")
_SPACED_DIGITS = re.compile(r"(?<![0-9])[0-9](?: [0-9](?![0-9]))+")  # "2 0 2 6"
_GAP = re.compile(f"(?<={_WIDE}) +| +(?={_WIDE})")
_MOST_MEGAPIXELS = 150  # of one page; A3 at 600 dpi has 70
_NO_PROGRAM, _LOCKED = 3, 8  # exit codes of OCRmyPDF


def recognised(data: bytes, name: str, pages: Sequence[int]) -> tuple[bytes, float | None]:
    """The PDF with a text layer on these pages (1-based), and Tesseract's mean confidence in its words (0 to 100).

    Raises:
        UnsupportedFormatError: OCRmyPDF, Tesseract or one of its languages is not installed.
        LimitError: too many pages, or not done in the time allowed.
        DamagedFileError: OCRmyPDF cannot work on the file.
    """
    command = _command(name)
    if len(pages) > MAX_PAGES:
        raise LimitError(f"{name}: {len(pages)} pages to read by OCR, more than {MAX_PAGES}; split the file")
    with tempfile.TemporaryDirectory(prefix="clausecheck-", ignore_cleanup_errors=True) as folder:
        source, result = Path(folder, "scan.pdf"), Path(folder, "text.pdf")
        source.write_bytes(data)
        options = {
            "--language": "+".join(LANGUAGES),
            "--mode": "force",  # a stamp or a fax line counts as text, else
            "--pages": ",".join(map(str, pages)),
            "--output-type": "pdf",
            "--optimize": "0",
            "--jobs": str(min(len(pages), os.cpu_count() or 1)),
            "--tesseract-timeout": str(4 * SECONDS_A_PAGE),
            "--max-image-mpixels": str(_MOST_MEGAPIXELS),
        }
        flags = ["--quiet", "--invalidate-digital-signatures", "--keep-temporary-files"]
        parts = [part for option in options.items() for part in option]
        _run([*command, *parts, *flags, str(source), str(result)], folder, name, SECONDS + SECONDS_A_PAGE * len(pages))
        if not result.is_file():
            raise DamagedFileError(f"{name}: OCR gave no result; print the file to a new PDF and try again")
        # What it keeps of its work says of each word how sure Tesseract is.
        sure = [int(found) for path in sorted(Path(folder).rglob("*.hocr")) for found in _CONFIDENCE.findall(path.read_bytes())]
        return result.read_bytes(), sum(sure) / len(sure) if sure else None


def without_gaps(text: str) -> str:
    """A line without the blanks Tesseract puts between the characters of Japanese text.

    The blank behind a number that begins the line stays: it parts the number of a paragraph from its words.
    """
    if not _IDEOGRAM.search(text):
        return text
    number = _FIRST_NUMBER.match(text)
    at = number.end() if number else 0
    return text[:at] + _GAP.sub("", _SPACED_DIGITS.sub(lambda run: run[0].replace(" ", ""), text[at:]))


def _command(name: str) -> list[str]:
    """How OCRmyPDF is called, once all that it needs is there."""
    if importlib.util.find_spec("ocrmypdf") is not None:
        command = [sys.executable, "-m", "ocrmypdf"]
    elif program := shutil.which("ocrmypdf"):
        command = [program]
    else:
        raise UnsupportedFormatError(f"{name}: --ocr needs OCRmyPDF; install it with pip install 'clausecheck[ocr]'")
    tesseract = shutil.which("tesseract")
    if tesseract is None:
        raise UnsupportedFormatError(f"{name}: --ocr needs Tesseract with the languages {' and '.join(LANGUAGES)}; install it")
    try:
        known = subprocess.run([tesseract, "--list-langs"], capture_output=True, timeout=SECONDS, check=False).stdout.split()
    except (OSError, subprocess.TimeoutExpired):
        raise UnsupportedFormatError(f"{name}: Tesseract could not be started; install it anew") from None
    if lacking := [language for language in LANGUAGES if language.encode() not in known]:
        raise UnsupportedFormatError(f"{name}: Tesseract lacks the language {' and '.join(lacking)}; install its data")
    return command


def _run(command: list[str], folder: str, name: str, seconds: int) -> None:
    quiet = subprocess.DEVNULL
    environment = os.environ | {"TMPDIR": folder, "TEMP": folder, "TMP": folder}
    try:
        process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, env=environment, start_new_session=True)
    except OSError as error:
        raise UnsupportedFormatError(f"{name}: OCRmyPDF could not be started; install it anew") from error
    try:
        code = process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise LimitError(f"{name}: OCR took over {seconds} s; split the file") from None
    finally:
        if process.poll() is None:
            with suppress(OSError, AttributeError):  # it starts others; Windows has no groups
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.wait()
    if code == _NO_PROGRAM:
        raise UnsupportedFormatError(f"{name}: OCRmyPDF lacks a program it needs; run ocrmypdf on the file to see which")
    if code == _LOCKED:
        raise DamagedFileError(f"{name}: the PDF is locked; save a copy without restrictions and review that")
    if code:
        raise DamagedFileError(f"{name}: OCRmyPDF could not read the file (exit code {code}); print it to a new PDF and try again")
