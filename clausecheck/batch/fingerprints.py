"""What a result depends on, as hashes: the program, the options, and for each provision all that can change its finding."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clausecheck import __version__
from clausecheck.library_files import hash_of_library

if TYPE_CHECKING:
    from clausecheck.library import Library

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]+")


@lru_cache(maxsize=1)
def program() -> str:
    """The hash of the program itself: its version and sources."""
    digest = hashlib.sha256(__version__.encode())
    root = Path(str(files("clausecheck")))
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def basis_of(library: str | None, profile: str | None) -> str:
    """The hash of program, library and profile, without loading the library; LibraryError where there is none."""
    return hashlib.sha256(f"{program()}\0{hash_of_library(library, profile)}".encode()).hexdigest()


def key_of(content_sha256: str, options: Mapping[str, Any]) -> str:
    """The key of a content under these options and this program."""
    said = json.dumps(options, sort_keys=True)
    return hashlib.sha256(f"{content_sha256}\0{said}\0{program()}".encode()).hexdigest()


def of_provisions(library: Library) -> dict[str, str]:
    """Of each provision of the library, in its order: the hash of all that its finding rests on.

    That is its own text, the concepts it names and those that they name, the parameters it names, and the provisions whose
    findings its conditions look at.
    """
    from clausecheck.provision import LANGUAGES, looks_at

    concepts = {name for language in LANGUAGES for name in library.concepts[language]}
    entries = {
        name: {code: e.model_dump(mode="json") for code in LANGUAGES if (e := library.concepts[code].get(name)) is not None}
        for name in concepts
    }
    named_by = {name: set(_names(entry)) & concepts for name, entry in entries.items()}
    own: dict[str, str] = {}
    needs: dict[str, set[str]] = {}
    for provision in library.provisions:
        body = provision.model_dump(mode="json", exclude={"vocabulary"})
        named = set(_names(body))
        words = {name: entries[name] for name in sorted(closure(named & concepts, named_by))}
        limits = {name: library.parameters[name] for name in sorted(named & set(library.parameters))}
        own[provision.id] = hashlib.sha256(json.dumps([body, words, limits], sort_keys=True).encode()).hexdigest()
        needs[provision.id] = looks_at(provision) & {p.id for p in library.provisions}
    profile = f"{library.name}\0{library.profile.name}\0{library.profile.side}"
    return {
        name: hashlib.sha256("\0".join([profile, *(own[n] for n in sorted(closure({name}, needs)))]).encode()).hexdigest()[:20]
        for name in own
    }


def closure(wanted: set[str], needs: Mapping[str, set[str]]) -> set[str]:
    """These names and all that they need."""
    found, waiting = set[str](), set(wanted)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting |= needs.get(name, set())
    return found


def _names(value: Any) -> Iterator[str]:
    """Every word in the texts of plain data that may be a name."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield from _NAME.findall(one)
        elif isinstance(one, Mapping):
            waiting += one.keys()
            waiting += one.values()
        elif isinstance(one, (list, tuple)):
            waiting += one
