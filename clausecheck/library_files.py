"""Where a provision library lies: its folder, its files, and one hash of them all, without reading what they say."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from clausecheck.errors import LibraryError

Stamp = tuple[tuple[str, int, int], ...]  # path, time of the last change, size


def library_root(path: str | Path | None = None) -> Path:
    """The folder of a library: the shipped one, or the one given."""
    if path is None:
        return Path(str(files("clause_library")))
    root = Path(path)
    if not (root / "provisions").is_dir():
        raise LibraryError(f"{root}: no folder provisions/ here; a library holds provisions/, vocabulary/ and profiles/")
    return root


def library_files(root: Path) -> list[Path]:
    """Its vocabularies, provisions and profiles, in a fixed order."""
    return [p for folder in ("vocabulary", "provisions", "profiles") for p in sorted((root / folder).glob("*.yaml"))]


def stamp(paths: list[Path]) -> Stamp:
    """What changes when one of the files does."""
    return tuple((p.as_posix(), (s := p.stat()).st_mtime_ns, s.st_size) for p in paths)


def hash_of_library(path: str | Path | None, profile: str | Path | None) -> str:
    """The hash of a library's files and of the profile chosen; equal hashes load as equal libraries.

    Raises:
        LibraryError: there is no library, or a file of it cannot be read.
    """
    root = library_root(path)
    paths = library_files(root)
    if profile is not None and Path(profile).is_file():  # a profile outside the library
        paths.append(Path(profile))
    try:
        return _hash(root, str(profile), stamp(paths))
    except OSError as error:
        raise LibraryError(f"{root}: a file of the library cannot be read ({error.strerror or type(error).__name__})") from None


@lru_cache(maxsize=8)
def _hash(root: Path, profile: str, now: Stamp) -> str:
    digest = hashlib.sha256(f"{profile}\0".encode())
    for name, _, _ in now:
        content = Path(name).read_bytes()
        shown = Path(name).relative_to(root).as_posix() if Path(name).is_relative_to(root) else name
        digest.update(f"{shown}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()
