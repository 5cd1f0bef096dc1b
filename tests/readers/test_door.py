"""Which reader a file is given to, and what is said of files that no reader is there for."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from clausecheck import readers
from clausecheck.errors import ContractReadError, DamagedFileError, EncryptedFileError, LimitError, NoTextError, UnsupportedFormatError
from clausecheck.readers import READERS, format_of, read_document, read_text

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def archive(**parts: bytes) -> bytes:
    """A zip; in the names of its parts, "__" stands for "/"."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, data in parts.items():
            file.writestr(name.replace("__", "/"), data)
    return buffer.getvalue()


def archive_of(parts: dict[str, bytes]) -> bytes:
    return archive(**parts)


WORD_TYPES = b'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
SHEET_TYPES = b'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'

FORMATS = [  # content, name, format
    pytest.param(b"%PDF-1.7\n", "a.pdf", "pdf", id="pdf"),
    pytest.param(b"junk\r\n" * 100 + b"%PDF-1.4", "a.txt", "pdf", id="pdf mark within the first kilobyte, whatever the name"),
    pytest.param(archive_of({"word/document.xml": b""}), "a.docx", "docx", id="docx"),
    pytest.param(archive_of({"word/document.xml": b""}), "a.pdf", "docx", id="docx under a wrong name"),
    pytest.param(archive_of({"[Content_Types].xml": WORD_TYPES, "other/doc2.xml": b""}), "a", "docx", id="docx by content type"),
    pytest.param("甲は乙に".encode(), "a.txt", "txt", id="txt"),
    pytest.param(b"x", "a.unknown", "txt", id="unknown suffix"),
    pytest.param(b"x", "README", "txt", id="no suffix"),
    pytest.param(b"# x", "a.MD", "md", id="md"),
    pytest.param(b"# x", "a.markdown", "md", id="markdown"),
    pytest.param(b"x", "a.htm", "html", id="htm"),
    pytest.param(b"\xef\xbb\xbf \n<!DOCTYPE html>", "a.txt", "html", id="html by content"),
    pytest.param(b"<?xml version='1.0'?><!-- c --><html>", "a.doc", "html", id="html that calls itself .doc"),
    pytest.param(b"<DOCUMENT>\n<TYPE>EX-10.1\n<TEXT>\n<HTML>", "a.txt", "html", id="EDGAR html"),
    pytest.param(b"<DOCUMENT>\n<TYPE>EX-10.1\n<TEXT>\nTHIS AGREEMENT", "a.txt", "txt", id="EDGAR text"),
    pytest.param(b"PK is a company.", "a.txt", "txt", id="text that begins like an archive"),
    pytest.param(b"BM GmbH and the Buyer", "a.txt", "txt", id="text that begins like a bitmap"),
]


@pytest.mark.parametrize(("data", "name", "expected"), FORMATS)
def test_format(data: bytes, name: str, expected: str) -> None:
    assert format_of(data, name) == expected


REFUSED = [  # content, name, error, what the message tells to do
    pytest.param(OLE, "a.doc", UnsupportedFormatError, "save it as .docx", id="old Word"),
    pytest.param(OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", EncryptedFileError, "without one", id="password-protected Word"),
    pytest.param(b"{\\rtf1\\ansi x}", "a.docx", UnsupportedFormatError, "save it as .docx", id="rtf"),
    pytest.param(
        archive(mimetype=b"application/vnd.oasis.opendocument.text"), "a.odt", UnsupportedFormatError, "save it as .docx", id="odt"
    ),
    pytest.param(archive_of({"[Content_Types].xml": SHEET_TYPES}), "a.docx", UnsupportedFormatError, "save", id="a spreadsheet"),
    pytest.param(archive(x=b"y"), "a.zip", UnsupportedFormatError, "save", id="any archive"),
    pytest.param(archive(x=b"y" * 500)[:-30], "a.docx", DamagedFileError, "whole copy", id="truncated docx"),
    pytest.param(
        b"<?xml version='1.0'?>\n<?mso-application progid=\"Word.Document\"?>",
        "a.xml",
        UnsupportedFormatError,
        "install LibreOffice",
        id="Word XML",
    ),
    pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(50), "a.png", UnsupportedFormatError, "OCR", id="png"),
    pytest.param(b"\xff\xd8\xff\xe0" + bytes(50), "a.pdf", UnsupportedFormatError, "OCR", id="jpeg that calls itself .pdf"),
    pytest.param(b"not a pdf", "a.pdf", DamagedFileError, "whole copy", id="text that calls itself .pdf"),
    pytest.param(b"", "a.docx", DamagedFileError, "whole copy", id="empty docx"),
    pytest.param(b"", "a.txt", NoTextError, "empty", id="empty text"),
    pytest.param(b"\x7fELF" + bytes(500) + bytes(range(256)) * 4, "a", UnsupportedFormatError, "save it", id="a program"),
]


@pytest.mark.parametrize(("data", "name", "error", "advice"), REFUSED)
def test_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, name: str, error: type[ContractReadError], advice: str
) -> None:
    monkeypatch.setenv("PATH", "")  # no LibreOffice
    (tmp_path / name).write_bytes(data)
    with pytest.raises(error, match=re.escape(advice)) as caught:
        read_document(tmp_path / name)
    message = str(caught.value)
    assert type(caught.value) is error and message.startswith(f"{name}: ") and "\n" not in message and str(tmp_path) not in message


PROGRAMS = [  # a stand-in for LibreOffice, and what is said of it
    pytest.param("exit 1", "could not read", id="it fails"),
    pytest.param("exit 0", "could not read", id="it says nothing is wrong and writes no file"),
    pytest.param("sleep 100 & sleep 100", "took over", id="it hangs, and its children too"),
]


@pytest.mark.parametrize(("script", "word"), PROGRAMS)
def test_libreoffice_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, word: str) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("clausecheck.readers.libreoffice.TIMEOUT", 0.5)
    (tmp_path / "a.rtf").write_bytes(b"{\\rtf1 x}")
    with pytest.raises(DamagedFileError, match=word):
        read_document(tmp_path / "a.rtf")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_rtf_through_libreoffice(tmp_path: Path) -> None:
    pytest.importorskip("clausecheck.readers.docx")
    data = b"{\\rtf1\\ansi{\\b 1. Term}\\par The Buyer shall pay in \\u26399? 30 days.\\par}"
    (tmp_path / "a.rtf").write_bytes(data)
    document = read_document(tmp_path / "a.rtf")
    assert "The Buyer shall pay in \u671f 30 days." in document.text
    assert (document.name, document.sha256) == ("a.rtf", hashlib.sha256(data).hexdigest())
    assert document.warnings[-1].code == "converted"


def test_paths_that_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    os.mkfifo(tmp_path / "pipe")
    long = "x" * 5000
    for path in (tmp_path, tmp_path / "none.txt", tmp_path / "loop", tmp_path / "pipe", tmp_path / long, "nul\0byte", "", "/dev/zero"):
        with pytest.raises(ContractReadError) as caught:
            read_document(path)
        assert "\n" not in str(caught.value) and len(str(caught.value)) < 400


def test_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(ContractReadError, match="permissions"):
        read_document(path)


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MAX_BYTES", 1_000_000)
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 1_000_001)
    with pytest.raises(LimitError, match="1 MB"):
        read_document(path)


def test_name_is_safe_to_print(tmp_path: Path) -> None:
    path = tmp_path / "a\nb\x1b[31m.txt"
    path.write_text("The Buyer pays.")
    document = read_document(str(path))
    assert document.name == "a?b?[31m.txt"


def test_read_document_reads(tmp_path: Path) -> None:
    path = tmp_path / "甲乙契約.txt"
    path.write_bytes("第1条\r\n甲は売る。".encode("cp932"))
    document = read_document(path)
    assert (document.name, document.format, document.text) == ("甲乙契約.txt", "txt", "第1条\n甲は売る。")


def test_read_text() -> None:
    given = "## 第1条\r\n 甲は売る。 \n"
    assert read_text(given).text == given and read_text(given).format == "txt"
    assert read_text("# A\n*b*", "x", "md").text == "A\nb"
    assert read_text("<p>caf\u00e9", format="html").text == "caf\u00e9"
    for format in ("pdf", "docx", "nonsense"):
        with pytest.raises(UnsupportedFormatError):
            read_text("x", format=format)
    with pytest.raises(NoTextError):
        read_text(" \n")


def test_every_format_has_its_reader() -> None:
    for format in READERS:
        if format == "docx":
            pytest.importorskip("clausecheck.readers.docx")
        assert format in readers.reader(format).formats


def test_the_door_imports_no_reading_library() -> None:
    code = "import sys, clausecheck.readers; print(sorted({'lxml', 'docx', 'pypdfium2', 'pdfplumber'} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    assert result.stdout.strip() == "[]"
