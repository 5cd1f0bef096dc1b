"""The one door to all formats: looks at the content, then at the name, and hands over to the reader for it.

Reading libraries are imported by the reader that needs them, when it is needed.
"""

from __future__ import annotations

import errno
import importlib
import io
import os
import re
import stat
import zipfile
from pathlib import Path
from typing import Protocol, cast

from clausecheck.errors import ContractReadError, DamagedFileError, EncryptedFileError, LimitError, NoTextError, UnsupportedFormatError
from clausecheck.model import Document

MAX_BYTES = 100_000_000

READERS = {  # format -> module and class
    "docx": ("clausecheck.readers.docx", "DocxReader"),
    "pdf": ("clausecheck.readers.pdf", "PdfReader"),
    "txt": ("clausecheck.readers.text", "TextReader"),
    "md": ("clausecheck.readers.text", "MarkdownReader"),
    "html": ("clausecheck.readers.html", "HtmlReader"),
    "doc": ("clausecheck.readers.libreoffice", "OfficeReader"),
    "rtf": ("clausecheck.readers.libreoffice", "OfficeReader"),
    "odt": ("clausecheck.readers.libreoffice", "OfficeReader"),
    "xml": ("clausecheck.readers.libreoffice", "OfficeReader"),
}
SUFFIXES = {
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".pdf": "pdf",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}  # any other: txt

_UNPRINTABLE = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\ud800-\\udfff]")  # in names; they must not break or colour a message

_HEAD = 1024  # bytes in which a format gives itself away
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"\0\0\x01\0", b"8BPS")
_HTML = re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_SGML_HTML = re.compile(rb"\s*<DOCUMENT>\s*<TYPE>[^<]{0,200}.{0,2000}?<TEXT>\s*(?:<[^>]{0,200}>\s*){0,3}<html\b", re.I | re.S)
_WORD_XML = re.compile(rb"\s*<\?xml.{0,600}?(?:progid=\"Word\.Document\"|<pkg:package|<w:wordDocument|<office:document)", re.S)


class Reader(Protocol):
    """What a format has to offer. ``revisions`` says which side of tracked changes is read: "final" or "original"."""

    formats: tuple[str, ...]

    def read(self, data: bytes, name: str, *, revisions: str = "final") -> Document: ...


def read_document(path: str | os.PathLike[str], *, revisions: str = "final", ocr: bool = False) -> Document:
    """The text a person sees in the file, with its layout; with ``ocr`` also that of the scanned pages of a PDF.

    Raises a ContractReadError that says what is wrong and what to do; nothing else for whatever the file holds.
    """
    name = _UNPRINTABLE.sub("?", os.path.basename(os.fspath(path)))
    data = _read_bytes(path, name)
    return reader(format_of(data, name), ocr=ocr).read(data, name, revisions=revisions)


def read_text(text: str, name: str = "", format: str = "txt") -> Document:
    """A contract handed over as a string. As "txt" the document's text is exactly the string, so offsets are the caller's."""
    if format == "txt":
        from clausecheck.readers.text import text_document

        return text_document(text, name)
    if format not in ("md", "html"):
        raise UnsupportedFormatError(f"{name or 'text'}: no text can be read as {format!r}; use txt, md or html")
    return reader(format).read(text.encode("utf-8", "replace"), name)


def reader(format: str, *, ocr: bool = False) -> Reader:
    """The reader for a format of ``READERS``; only that of PDF knows OCR."""
    module, name = READERS[format]
    made = getattr(importlib.import_module(module), name)
    return cast(Reader, made(ocr=True) if ocr and format == "pdf" else made())


def format_of(data: bytes, name: str) -> str:
    """Which reader's content this is; raises an error that says what to do where there is none."""
    suffix = Path(name).suffix.lower()
    by_name = SUFFIXES.get(suffix, "txt")
    if not data:
        if by_name in ("docx", "pdf"):
            raise DamagedFileError(f"{name}: the file is empty; get a whole copy")
        raise NoTextError(f"{name}: the file is empty")
    head = data[:_HEAD]
    if re.search(rb"%PDF-\d", head):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _zip_format(data, name, by_name)
    if office := _office_format(data, head, name):
        return office
    _refuse_image(head, name)
    if by_name in ("docx", "pdf"):
        raise DamagedFileError(f"{name}: the content is not that of a {suffix} file; get a whole copy, or give it the name it should have")
    bare = data[3:] if data.startswith(b"\xef\xbb\xbf") else data
    if _HTML.match(bare[:4096]) or _SGML_HTML.match(bare[:8192]):
        return "html"
    return by_name


def _zip_format(data: bytes, name: str, by_name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names:
                return "docx"
            if "[Content_Types].xml" in names:
                with archive.open("[Content_Types].xml") as types:
                    if b"wordprocessingml" in types.read(1_000_000):
                        return "docx"
            if "mimetype" in names:
                with archive.open("mimetype") as kind:
                    if kind.read(200).startswith(b"application/vnd.oasis.opendocument.text"):
                        return "odt"
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, KeyError) as error:
        if by_name == "docx":
            raise DamagedFileError(f"{name}: the .docx file is damaged or cut off; get a whole copy") from error
    raise UnsupportedFormatError(f"{name}: an archive or a file of another program, not a Word file; save the contract as .docx or .pdf")


def _office_format(data: bytes, head: bytes, name: str) -> str:
    """Which format LibreOffice has to read for us, or ""."""
    if head.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise EncryptedFileError(f"{name}: the Word file asks for a password; save a copy without one and review that")
        return "doc"
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    return "xml" if _WORD_XML.match(head) else ""


def _refuse_image(head: bytes, name: str) -> None:
    heic = head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"avif")
    webp = head.startswith(b"RIFF") and head[8:12] == b"WEBP"
    bitmap = head.startswith(b"BM") and b"\0" in head[:14]
    if head.startswith(_IMAGES) or heic or webp or bitmap:
        raise UnsupportedFormatError(f"{name}: an image; run OCR on it to get a searchable PDF (ocrmypdf, for one) and review that")


def _read_bytes(path: str | os.PathLike[str], name: str) -> bytes:
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            raise ContractReadError(f"{name or 'path'}: a folder, not a file; name the files in it")
        if not stat.S_ISREG(status.st_mode):
            raise ContractReadError(f"{name}: not a regular file; save the contract to a file")
        if status.st_size > MAX_BYTES:
            raise _too_large(name)
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        name = name[:100]
        what = {
            errno.ENOENT: "no such file; check the path",
            errno.ENOTDIR: "no such file; check the path",
            errno.EACCES: "may not be read; check its permissions",
            errno.EPERM: "may not be read; check its permissions",
            errno.ELOOP: "a link that leads back to itself; name the file it should lead to",
            errno.ENAMETOOLONG: "the path is too long",
        }.get(error.errno or 0, f"could not be read ({error.strerror or type(error).__name__})")
        raise ContractReadError(f"{name or 'path'}: {what}") from error
    except ValueError as error:  # a path with a NUL
        raise ContractReadError(f"{name!r}: not a possible path") from error
    if len(data) > MAX_BYTES:
        raise _too_large(name)
    return data


def _too_large(name: str) -> LimitError:
    return LimitError(f"{name}: larger than {MAX_BYTES // 1_000_000} MB; split the file or leave out its images")
