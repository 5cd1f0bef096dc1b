"""The provision library: what a contract must say, as data a lawyer can read.

One YAML file a provision (``provisions/``), one vocabulary file a language (``vocabulary/``), one file a profile
(``profiles/``), of the types in ``provision``. This module reads them and says of every fault where it is. It knows no
provision and no language; patterns are compiled by the language modules.
"""

from __future__ import annotations

import gc
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from clausecheck.errors import LibraryError, UsageError
from clausecheck.library_files import Stamp, library_files, library_root, stamp
from clausecheck.provision import (
    LANGUAGES,
    Both,
    ConceptEntry,
    LibraryTest,
    Profile,
    Provision,
    TestFile,
    VocabularyFile,
    all_conditions,
    all_finds,
    looks_at,
)

MAX_FILE_BYTES = 2_000_000

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True)
class Library:
    """A loaded library: provisions in reading order, the concepts of each language, parameters with the profile's overrides."""

    name: str
    version: str
    sha256: str
    profile: Profile
    provisions: tuple[Provision, ...]
    concepts: Mapping[str, Mapping[str, ConceptEntry]]  # language -> name -> entry, provision-local ones included
    parameters: Mapping[str, float]
    root: Path
    files: Mapping[str, Path] = field(default_factory=dict)  # provision id -> its file

    @cached_property
    def by_id(self) -> dict[str, Provision]:
        return {p.id: p for p in self.provisions}

    def provision(self, name: str) -> Provision:
        """The provision of this id; UsageError naming the known ones if there is none."""
        try:
            return self.by_id[name]
        except KeyError:
            raise UsageError(f"no provision {name!r} in library {self.name}; known: {', '.join(self.by_id)}") from None

    @cached_property
    def asked(self) -> frozenset[str]:
        """The concepts that its provisions ask for by name; all others only lend their words to these."""
        asked = {name for p in self.provisions for _, find in all_finds(p) for name in find.concepts}
        asked |= {name for p in self.provisions for name in p.mentions}
        return frozenset(asked | {name for p in self.provisions for e in p.elements if e.families for name in e.families.of})

    @cached_property
    def judging_order(self) -> tuple[Provision, ...]:
        """The provisions after those their conditions look at; otherwise in reading order."""
        rest, done, ordered = list(self.provisions), set[str](), list[Provision]()
        known = {p.id for p in rest}
        while rest:
            ready = next((p for p in rest if looks_at(p) & known <= done | {p.id}), rest[0])
            rest.remove(ready)
            done.add(ready.id)
            ordered.append(ready)
        return tuple(ordered)

    def value(self, of: float | str | None) -> float | None:
        """A number, or the value of the parameter of that name."""
        return self.parameters[of] if isinstance(of, str) else of




def load_tests(library: Library) -> dict[str, list[LibraryTest]]:
    """The tests beside the provisions, by provision id; LibraryError for a malformed file."""
    found: dict[str, list[LibraryTest]] = {}
    for path in sorted((library.root / "tests").glob("*.yaml")):
        name = shown(path, library.root)
        file = validate(TestFile, read_file(path, library.root), name)
        if file.provision not in library.by_id:
            raise LibraryError(
                f"{name}:{_line_naming(path, 'provision')}: tests of unknown provision {file.provision}; known: {', '.join(library.by_id)}"
            )
        found.setdefault(file.provision, []).extend(file.tests)
    return found


# --- reading -------------------------------------------------------------------------------------------------------


def shown(path: Path, root: Path) -> str:
    """A file of the library as messages name it: relative to the library's folder."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name


def parse_yaml(text: str, where: str, *, positions: bool = False) -> Any:
    """The YAML 1.2 document as plain values (or with line positions); LibraryError with file:line if it is malformed."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    if len(text) > MAX_FILE_BYTES:
        raise LibraryError(f"{where}:1: the file is larger than {MAX_FILE_BYTES} bytes; split it")
    try:
        if not positions:
            try:
                return YAML(typ="safe").load(text)  # libyaml, several times faster
            except (YAMLError, ValueError, RecursionError):
                pass  # it refuses some of YAML 1.2 ("[a?, b]"); what is truly malformed, the full reader says better
        return YAML(typ="rt" if positions else "safe", pure=True).load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problem = (error.problem or "malformed YAML").replace("\n", " ").strip()
        raise LibraryError(f"{where}:{line}: {problem}; quote texts that hold ': ', ' #', '{{' or '['") from None
    except (YAMLError, ValueError, RecursionError) as error:
        raise LibraryError(f"{where}:1: {type(error).__name__}: not a YAML file a library can hold") from None


def locate(node: Any, path: Iterable[int | str]) -> int:
    """The line (1-based) of the value at this path in a document parsed with positions; the nearest known one."""
    line = 1
    for step in path:
        try:
            mark = node.lc.data[step] if hasattr(node, "lc") and node.lc.data and step in node.lc.data else None
            if mark:
                line = mark[0] + 1
            node = node[step]
        except (KeyError, IndexError, TypeError, AttributeError):
            break
        if hasattr(node, "lc") and not mark and node.lc.line is not None:
            line = node.lc.line + 1
    return line


def validate(kind: type[T], text: str, where: str) -> T:
    """The file's content as ``kind``; LibraryError(file:line: path: problem) for the first fault."""
    data = parse_yaml(text, where)
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        line = locate(parse_yaml(text, where, positions=True), first["loc"])
        spot = ".".join(str(step) for step in first["loc"]) or "the file"
        hint = {"extra_forbidden": "unknown key; see clause_library/README.md", "missing": "required key is missing"}.get(
            first["type"], first["msg"]
        )
        raise LibraryError(f"{where}:{line}: {spot}: {hint}") from None


def read_file(path: Path, root: Path) -> str:
    """The text of a file of the library; LibraryError if it is too large or no UTF-8."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise LibraryError(f"{shown(path, root)}:1: the file is larger than {MAX_FILE_BYTES} bytes; split it")
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LibraryError(f"{shown(path, root)}:1: cannot be read as UTF-8 text ({type(error).__name__})") from None


def load_library(path: str | Path | None = None, profile: str | Path | None = None) -> Library:
    """The library in this folder (default: the shipped one), with a profile applied.

    Args:
        path: a folder that holds provisions/, vocabulary/ and profiles/.
        profile: a name in profiles/ or a YAML file. Default: ``default``.

    Raises:
        LibraryError: file:line of the first fault.
        UsageError: there is no such profile.
    """
    root = library_root(path)
    with collector_paused():
        return _load(root, str(profile) if profile is not None else None, stamp(library_files(root)))


@contextmanager
def collector_paused() -> Iterator[None]:
    """Loading and reviewing make many small values and hardly a cycle; the collector's walks over them cost a fifth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@lru_cache(maxsize=8)
def _load(root: Path, profile_name: str | None, now: Stamp) -> Library:
    concepts: dict[str, dict[str, ConceptEntry]] = {language: {} for language in LANGUAGES}
    provisions: list[Provision] = []
    where: dict[str, Path] = {}
    digest = hashlib.sha256()
    for path in library_files(root):
        text = read_file(path, root)
        digest.update(shown(path, root).encode() + b"\0" + text.encode() + b"\0")
        name = shown(path, root)
        if path.parent.name == "vocabulary":
            vocabulary = validate(VocabularyFile, text, name)
            concepts[vocabulary.language].update(vocabulary.concepts)
        elif path.parent.name == "provisions":
            provision = validate(Provision, text, name)
            if provision.id != path.stem:
                raise LibraryError(
                    f"{name}:{_line_naming(path, 'id')}: id {provision.id} differs from the file name; rename the file {provision.id}.yaml"
                )
            provisions.append(provision)
            where[provision.id] = path
    parameters: dict[str, float] = {}
    for provision in provisions:
        for language, local in provision.vocabulary.items():
            for concept, terms in local.items():
                if concept in concepts[language]:
                    raise LibraryError(
                        f"{shown(where[provision.id], root)}:{_line_naming(where[provision.id], concept)}: "
                        f"concept {concept} is defined elsewhere too; choose another name"
                    )
                concepts[language][concept] = terms if isinstance(terms, ConceptEntry) else ConceptEntry(terms=terms)
        parameters.update({k: v.default for k, v in provision.parameters.items()})
    chosen, profile_path = _profile(root, profile_name)
    known = {p.id for p in provisions}
    for name in [*chosen.provisions, *chosen.severity]:
        if name not in known:
            raise LibraryError(
                f"{shown(profile_path, root)}:{_line_naming(profile_path, name)}: "
                f"unknown provision {name}; known: {', '.join(sorted(known))}"
            )
    for parameter, value in chosen.parameters.items():
        if parameter not in parameters:
            raise LibraryError(
                f"{shown(profile_path, root)}:{_line_naming(profile_path, parameter)}: "
                f"unknown parameter {parameter}; the provisions define: {', '.join(sorted(parameters)) or 'none'}"
            )
        parameters[parameter] = value
    digest.update(chosen.model_dump_json().encode())
    order = {name: i for i, name in enumerate(READING_ORDER)}
    selected = [p for p in provisions if (p.id in chosen.provisions if chosen.provisions else p.status == "stable")]
    selected = [p.model_copy(update={"severity": chosen.severity[p.id]}) if p.id in chosen.severity else p for p in selected]
    selected.sort(key=lambda p: (order.get(p.theme, len(order)), p.rank, p.id))
    for provision in selected:
        _check_names(provision, concepts, parameters, known, where[provision.id], root)
    shipped = path_is_shipped(root)
    return Library(
        "clausecheck" if shipped else root.name,
        LIBRARY_VERSION if shipped else "",
        digest.hexdigest(),
        chosen,
        tuple(selected),
        concepts,
        parameters,
        root,
        where,
    )


LIBRARY_VERSION = "2026.11"
READING_ORDER = ("lead", "compliance", "technology", "supply", "business", "general")


def path_is_shipped(root: Path) -> bool:
    return root == library_root()


def _profile(root: Path, name: str | None) -> tuple[Profile, Path]:
    if name is None:
        path = root / "profiles" / "default.yaml"
        if not path.exists():
            return Profile(name="default", title=Both(ja="default", en="default")), path
    else:
        path = Path(name) if name.endswith((".yaml", ".yml")) else root / "profiles" / f"{name}.yaml"
        if not path.exists():
            known = ", ".join(sorted(p.stem for p in (root / "profiles").glob("*.yaml"))) or "none"
            raise UsageError(f"no profile {name!r}; known: {known}; or give a YAML file")
    return validate(Profile, read_file(path, root), shown(path, root)), path






def _check_names(
    provision: Provision,
    concepts: Mapping[str, Mapping[str, ConceptEntry]],
    parameters: Mapping[str, float],
    known: set[str],
    path: Path,
    root: Path,
) -> None:
    """LibraryError for the first name that a find or condition uses and nothing defines."""

    def check(kind: str, name: object, defined: Iterable[str], hint: str) -> None:
        if isinstance(name, str) and name not in defined:
            raise LibraryError(f"{shown(path, root)}:{_line_naming(path, name)}: unknown {kind} {name}; {hint}")

    every = {name for language in LANGUAGES for name in concepts[language]}
    elements, flags = [e.id for e in provision.elements], [f.id for f in provision.red_flags]
    counts = [e.families for e in provision.elements if e.families]
    for _, find in all_finds(provision):
        for concept in find.concepts:
            check("concept", concept, every, "define it in vocabulary/ or under `vocabulary:`")
        counts += [find.count] if find.count else []
        for limit in (find.measure.at_most, find.measure.at_least) if find.measure else ():
            check("parameter", limit, parameters, "define it under `parameters:` of a provision")
    for count in counts:
        for concept in count.of:
            check("concept", concept, every, "define it in vocabulary/ or under `vocabulary:`")
        check("parameter", count.at_least, parameters, "define it under `parameters:` of a provision")
    for concept in provision.mentions:
        check("concept", concept, every, "define it in vocabulary/ or under `vocabulary:`")
    for condition in all_conditions(provision):
        for limit in (condition.above, condition.below, condition.at_least, condition.at_most):
            check("parameter", limit, parameters, "define it under `parameters:` of a provision")
        check("element", condition.element, elements, "a condition may name the elements of its own provision")
        check("flag", condition.flag, flags, "a condition may name the red flags of its own provision")
        for concept in condition.families:
            check("concept", concept, every, "define it in vocabulary/ or under `vocabulary:`")
        check("provision", condition.provision, known, "no file of that name in provisions/")
    for name in [n for f in provision.red_flags for n in f.negates] + [n for i in provision.incorporation for n in i.elements]:
        check("element", name, elements, "name an element of this provision")


def _line_naming(path: Path, name: str) -> int:
    """The first line of the file that holds the word and is not a comment."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line.split(" #")[0]) and not line.lstrip().startswith("#"):
            return number
    return 1


def library_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a provision file, for editors."""
    schema = Provision.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
