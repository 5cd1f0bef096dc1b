"""Which files a batch is about: folders, globs, lists and files, in a fixed order, each once."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from clausecheck.errors import UsageError

SUFFIXES = frozenset((".docx", ".docm", ".pdf", ".txt", ".md", ".html", ".htm", ".doc", ".rtf", ".odt"))
_SIGNS = frozenset("*?[")


def gather(named: Iterable[str | os.PathLike[str]], *, without: Path | None = None) -> Iterator[Path]:
    """The files that these arguments name, in the order of the arguments and by name within one.

    Args:
        named: a file; a folder, for the contracts in it and below it (by suffix; hidden files, Word's lock files ``~$...`` and linked
            folders are left out); a glob such as ``2024/**/*.pdf``; or ``@FILE``, a text file with one of these a line.
        without: a folder whose files are never inputs (where the results go).

    Raises:
        UsageError: an argument names nothing, or a list cannot be read.
    """
    barred = Path(os.path.realpath(without)) if without is not None else None
    for argument in named:
        yield from _one(os.fspath(argument), barred, depth=0)


def _one(argument: str, barred: Path | None, depth: int) -> Iterator[Path]:
    path = Path(argument)
    if path.is_dir():
        yield from _below(path, barred)
    elif os.path.lexists(path):
        yield path
    elif argument.startswith("@"):
        yield from _listed(Path(argument[1:]), barred, depth)
    elif _SIGNS & set(argument):
        found = False
        for name in sorted(glob.iglob(argument, recursive=True)):
            found = True
            if Path(name).is_dir():
                continue
            if not _aside(Path(name), barred):
                yield Path(name)
        if not found:
            raise UsageError(f"{argument}: no file fits this pattern")
    else:
        raise UsageError(f"{argument}: there is no such file or folder")


def _listed(path: Path, barred: Path | None, depth: int) -> Iterator[Path]:
    if depth:
        raise UsageError(f"{path}: a list may not name another list")
    try:
        with open(path, encoding="utf-8-sig") as lines:
            for line in lines:
                if line.strip() and not line.startswith("#"):
                    yield from _one(line.strip(), barred, depth + 1)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: the list cannot be read as UTF-8 text ({type(error).__name__})") from None


def _below(folder: Path, barred: Path | None) -> Iterator[Path]:
    for root, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            if path.suffix.lower() in SUFFIXES and not name.startswith((".", "~$")) and not _aside(path, barred):
                yield path


def _aside(path: Path, barred: Path | None) -> bool:
    return barred is not None and Path(os.path.realpath(path)).is_relative_to(barred)
