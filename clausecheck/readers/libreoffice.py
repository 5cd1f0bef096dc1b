"""Knows how to have an installed LibreOffice turn other office formats into .docx: .doc, .rtf, .odt and their XML kin.

LibreOffice is no dependency. Where it is missing, the error says what to do instead.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from clausecheck.errors import DamagedFileError, UnsupportedFormatError
from clausecheck.messages import warning
from clausecheck.model import Document

TIMEOUT = 60  # seconds; a contract takes two

_PROGRAMS = ("soffice", "libreoffice")
_NOWHERE = "http://127.0.0.1:9"  # linked pictures must not be fetched


class OfficeReader:
    """Reads .doc, .rtf, .odt and one-file XML documents of Word and OpenDocument, through LibreOffice."""

    formats = ("doc", "rtf", "odt", "xml")

    def read(self, data: bytes, name: str, *, revisions: str = "final") -> Document:
        """What the Word reader gives for the converted file, under the name and checksum of the original."""
        program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
        if program is None:
            raise UnsupportedFormatError(
                f"{name}: an old or foreign office format; save it as .docx and review that, or install LibreOffice"
            )
        converted = _converted(program, data, name)
        from clausecheck.readers.docx import DocxReader

        document = DocxReader().read(converted, name, revisions=revisions)
        return replace(document, sha256=hashlib.sha256(data).hexdigest(), warnings=(*document.warnings, warning("converted")))


def _suffix(data: bytes) -> str:
    if data.startswith(b"PK"):
        return ".odt"
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return ".doc"
    return ".rtf" if data.lstrip()[:5] == b"{\\rtf" else ".xml"


def _converted(program: str, data: bytes, name: str) -> bytes:
    """The .docx LibreOffice makes of the file, in a profile of its own and in no more than the time allowed."""
    with tempfile.TemporaryDirectory(prefix="clausecheck-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, "contract" + _suffix(data))
        source.write_bytes(data)
        result = Path(folder, "out", "contract.docx")
        command = [
            program,
            f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "docx",
            "--outdir",
            str(result.parent),
            str(source),
        ]
        environment = os.environ | {"http_proxy": _NOWHERE, "https_proxy": _NOWHERE, "HOME": folder}
        quiet = subprocess.DEVNULL
        try:
            process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, env=environment, start_new_session=True)
        except OSError as error:
            raise UnsupportedFormatError(f"{name}: LibreOffice could not be started; save the file as .docx and review that") from error
        try:
            process.wait(TIMEOUT)
        except subprocess.TimeoutExpired:
            raise DamagedFileError(f"{name}: LibreOffice took over {TIMEOUT} s; save the file as .docx and review that") from None
        finally:
            if process.poll() is None:
                with suppress(OSError, AttributeError):  # the program is a script that starts others; Windows has no groups
                    os.killpg(process.pid, signal.SIGKILL)
                process.kill()
                process.wait()
        if process.returncode != 0 or not result.is_file():
            raise DamagedFileError(f"{name}: LibreOffice could not read the file; save it as .docx and review that")
        return result.read_bytes()
