"""Knows the package around a Word document: the zip, its parts, how they name each other, and what to refuse in them.

Nothing is unpacked to disk or fetched. Strict and transitional files give the same element names.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from lxml import etree

from clausecheck.errors import DamagedFileError, EncryptedFileError, LimitError, UnsupportedFormatError
from clausecheck.readers.word_numbering import W

MAX_UNPACKED = 100_000_000  # bytes, of all members together
MAX_MEMBERS = 20_000
MAX_MARKS = 2_500_000  # tags and attributes of one part: each costs some 200 bytes once parsed
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_GET_COPY = "get a whole copy"
_NO_CONTENT = ("hyperlink", "attachedTemplate")  # what a document may name without showing any of it
_LONGEST_NAME = 60
_TEXT = re.compile(rb"[:<]t[ />]")
_UNPRINTABLE = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\ud800-\\udfff]")
_DRIVE = re.compile(r"[A-Za-z]:")

# The two vocabularies of the standard differ in their namespaces only; all are read as the transitional one.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class WordPackage:
    """The parts of one Word file. Raises a ContractReadError naming the file for whatever is wrong with it."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        _refuse_other_content(data, name)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, KeyError, OverflowError, struct.error) as error:
            raise DamagedFileError(f"{name}: the Word file is damaged or cut off; {_GET_COPY}") from error
        if len(members) > MAX_MEMBERS:
            raise LimitError(f"{name}: more than {MAX_MEMBERS} files inside the Word file; save it anew in Word")
        if sum(member.file_size for member in members) > MAX_UNPACKED:
            raise LimitError(f"{name}: more than {MAX_UNPACKED // 1_000_000} MB when unpacked; leave out its images or split the file")
        self._members: dict[str, zipfile.ZipInfo] = {}
        self._kept: dict[str, bytes] = {}  # parts read and not parsed yet
        for member in members:
            path = member.filename.replace("\\", "/")
            if path.startswith("/") or ".." in path.split("/") or _DRIVE.match(path):
                raise DamagedFileError(f"{name}: a file inside points out of the Word file; {_GET_COPY} from whoever made it")
            self._members[path.lower()] = member
        self._main = self._related("", "officeDocument").get("officeDocument", "word/document.xml")
        if self._main not in self._members:
            if any(path.startswith(("xl/", "ppt/", "visio/")) for path in self._members):
                raise UnsupportedFormatError(f"{name}: a file of another Office program; save the contract as .docx or .pdf")
            raise DamagedFileError(f"{name}: no document inside the Word file (word/document.xml is missing); {_GET_COPY}")
        self.linked: list[str] = []  # names of files outside that the document shows a part of; none is fetched
        self._targets: dict[str, str] = {}  # relationship id -> name of the file it leads to
        self._by_kind: dict[str, list[str]] = {}
        self._parts = self._related(self._main, "")

    def document(self) -> tuple[bytes, Any]:
        """The main part: its bytes, and its root element."""
        data = self._read(self._main)
        root = self._parse(data, self._main)
        if root.tag != W + "document":
            raise UnsupportedFormatError(f"{self.name}: the main part is not a Word document; save the contract as .docx or .pdf")
        return data, root

    def part(self, kind: str) -> Any | None:
        """The root of the part the document names as this kind ("styles", "numbering", "footnotes", ...), if it has one."""
        path = self._path(kind)
        return self._parse(self._kept.pop(path, b"") or self._read(path), path) if path in self._members else None

    def source(self, kind: str) -> bytes:
        """The bytes of the part of this kind; nothing where there is none."""
        path = self._path(kind)
        if path in self._members:
            self._kept[path] = self._read(path)
        return self._kept.get(path, b"")

    def _path(self, kind: str) -> str:
        return self._parts.get(kind, posixpath.join(posixpath.dirname(self._main), f"{kind.lower()}.xml"))

    def texts_of(self, *kinds: str) -> Iterator[Any]:
        """The roots of all parts of these kinds that the document names and that hold text; most headers hold none."""
        for kind in kinds:
            for path in dict.fromkeys(self._by_kind.get(kind, ())):
                if path in self._members and _TEXT.search(data := self._read(path)):
                    yield self._parse(data, path)

    def target(self, identity: str) -> str:
        """The name of the file that a relationship of the document leads to; "" where there is none."""
        return self._targets.get(identity, "")

    def _related(self, source: str, only: str) -> dict[str, str]:
        """Kind -> lower-case path of the parts that the part ``source`` ("" = the package) names; the first of each kind."""
        folder, file = posixpath.split(source)
        path = posixpath.join(folder, "_rels", f"{file}.rels")
        found: dict[str, str] = {}
        if path not in self._members:
            return found
        for element in self._parse(self._read(path), path).iter(_RELATIONSHIP):
            kind = element.get("Type", "").rpartition("/")[2]
            if only and kind != only:
                continue
            target = unquote(element.get("Target", "")).replace("\\", "/")
            if source:
                self._targets[element.get("Id", "")] = name = file_name(target)
            if element.get("TargetMode") == "External":
                if source and kind not in _NO_CONTENT:
                    self.linked.append(name)
                continue
            full = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found.setdefault(kind, full.lower())
            if source:
                self._by_kind.setdefault(kind, []).append(full.lower())
        return found

    def _read(self, path: str) -> bytes:
        member = self._members[path]
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise DamagedFileError(f"{self.name}: {path} inside the Word file is packed in a way Word does not know; save it anew in Word")
        if member.flag_bits & 1:
            raise EncryptedFileError(f"{self.name}: the Word file asks for a password; save a copy without one and review that")
        try:
            with self._zip.open(member) as file:
                data = file.read(member.file_size + 1)
                if len(data) == member.file_size:
                    file.read(1)  # the end of the file, where its checksum is compared
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, KeyError) as error:
            raise DamagedFileError(f"{self.name}: {path} inside the Word file is damaged; {_GET_COPY}") from error
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            data = _DECLARATION.sub("", data.decode("utf-16", "replace")).encode("utf-8", "replace")
        if b"purl.oclc.org/ooxml" in data:
            for strict, transitional in _STRICT:
                data = data.replace(strict, transitional)
        return data

    def _parse(self, data: bytes, path: str) -> Any:
        root: Any
        if data.count(b"<") + data.count(b"=") > MAX_MARKS:
            raise LimitError(f"{self.name}: {path} inside the Word file is too large; split the contract")
        if b"<!DOCTYPE" in data:  # the standard allows none; entities could grow without end
            raise DamagedFileError(f"{self.name}: {path} declares a document type, which a Word file may not; save it anew in Word")
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            collect_ids=False,
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            if "depth" in str(error):
                raise LimitError(f"{self.name}: {path} inside the Word file is nested too deep; save it anew in Word") from error
            raise DamagedFileError(f"{self.name}: {path} inside the Word file is not well-formed XML; {_GET_COPY}") from error
        if root is None or root.getroottree().docinfo.doctype:
            raise DamagedFileError(f"{self.name}: {path} inside the Word file is not what it should be; {_GET_COPY}")
        return root


def file_name(target: str) -> str:
    """The last part of a path or address, fit to be shown in a message."""
    name = _UNPRINTABLE.sub("?", target.replace("\\", "/").rstrip("/").rpartition("/")[2])
    return name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME] + "\u2026"


def _refuse_other_content(data: bytes, name: str) -> None:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise EncryptedFileError(f"{name}: the Word file asks for a password; save a copy without one and review that")
        raise UnsupportedFormatError(f"{name}: an old .doc file (Word 97-2003) or the like; save it as .docx and review that")
    if not data:
        raise DamagedFileError(f"{name}: the file is empty; {_GET_COPY}")
    if not data.startswith(b"PK"):
        raise DamagedFileError(f"{name}: not a Word file (.docx); {_GET_COPY}, or give it the name it should have")
