"""The linter and test runner of a provision library: a customer's own as well as the shipped one.

Every check is one small function that yields issues with a stable code, the place (file:line) and what to do.
"""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from clausecheck import languages
from clausecheck.concepts import Concepts, concepts_of
from clausecheck.errors import ClausecheckError, LibraryError, UsageError
from clausecheck.library import Library, load_library, load_tests, locate, parse_yaml, shown
from clausecheck.match import holds
from clausecheck.model import Finding, Need, Result, Status
from clausecheck.passages import Passages
from clausecheck.pipeline import ADDED_FACTS, attach, only, parse_contract, review
from clausecheck.place import put_names
from clausecheck.provision import LANGUAGES, Code, ConceptEntry, Find, LibraryTest, Provision, all_conditions, all_finds
from clausecheck.term import read_term
from clausecheck.tokens import TokenMatcher
from clausecheck.view import View

MAX_COMPILED = 12_000  # characters of a compiled term; larger ones cost memory and time
SLOW_TEXT = 20_000  # characters of the text on which a concept is timed
MAX_SECONDS = 0.2  # of processor time on it; what ships needs about a hundredth


@dataclass(frozen=True, slots=True)
class Issue:
    """One fault of a library."""

    code: str
    severity: str  # error | warning
    file: str
    line: int
    message: str
    hint: str = ""

    def format(self) -> str:
        return f"{self.file}:{self.line}: {self.code}: {self.message}" + (f" ({self.hint})" if self.hint else "")


@dataclass(frozen=True, slots=True)
class TestOutcome:
    """How one test beside a provision went."""

    __test__ = False
    name: str  # "force_majeure[ja]::one-sided"
    ok: bool
    message: str = ""


# --- tests beside the provisions -----------------------------------------------------------------------------------
def test_library(path: str | Path | None = None, ids: Iterable[str] = ()) -> list[TestOutcome]:
    """The outcome of every test of the library (or of these provisions), in library order.

    Raises:
        LibraryError: the library or a test file is malformed.
        UsageError: an unknown provision id.
    """
    library = load_library(path)
    wanted = {library.provision(name).id for name in ids} or set(library.by_id)
    tests = load_tests(library)
    return [
        _run(library, provision, test) for provision in library.provisions if provision.id in wanted for test in tests.get(provision.id, [])
    ]


test_library.__test__ = False  # type: ignore[attr-defined]


def _finding(library: Library, provision: str, text: str, language: str, side: str, kind: str, attach: str = "") -> tuple[Finding, Any]:
    contract = parse_contract(text, name="test", language=language)
    attachments = [parse_contract(attach, name="attachment", language=language)] if attach else []
    report = review(contract, only(library, [provision]), contract_type=kind, side=side, attachments=attachments)
    return next(f for f in report.findings if f.provision == provision), report


def _run(library: Library, provision: Provision, test: LibraryTest) -> TestOutcome:
    name = f"{provision.id}[{test.language}]::{test.name}"
    try:
        finding, report = _finding(library, provision.id, test.text, test.language, test.side, test.type, test.attach)
    except ClausecheckError as error:
        return TestOutcome(name, False, f"{type(error).__name__}: {error}")
    wrong: list[str] = []
    if finding.status is not test.status:
        lacking = ", ".join(
            f"{e.id} {e.result.value}" for e in finding.elements if e.need is not Need.RECOMMENDED and e.result is not Result.SATISFIED
        )
        wrong.append(f"status {finding.status.value}, expected {test.status.value}" + (f" [{lacking}]" if lacking else ""))
    results = {e.id: e.result for e in finding.elements}
    for expected, ids in (
        (Result.SATISFIED, test.satisfied),
        (Result.WEAK, test.weak),
        (Result.NEGATED, test.negated),
        (Result.ABSENT, test.absent),
    ):
        for element in ids:
            if element not in results:
                wrong.append(f"no element {element}")
            elif results[element] is not expected:
                wrong.append(f"{element} {results[element].value}, expected {expected.value}")
    flags = {f.id for f in finding.red_flags}
    wrong += [f"flag {f} not raised" for f in test.flags if f not in flags]
    wrong += [f"flag {f} raised" for f in test.no_flags if f in flags]
    codes = {r.code for r in finding.reasons} | {r.code for e in finding.elements for r in e.reasons}
    wrong += [f"reason {r} not given" for r in test.reasons if r not in codes]
    if test.mention_only is not None and bool(finding.mention_only) != test.mention_only:
        wrong.append(f"mention_only {bool(finding.mention_only)}")
    if test.found is not None and finding.found != test.found:
        wrong.append(f"found {finding.found}")
    for field, value in test.term.items():
        got = getattr(report.term, field, None)
        shown_value = got.isoformat() if isinstance(got, dt.date) else got
        if shown_value != value:
            wrong.append(f"term.{field} {shown_value}, expected {value}")
    for evidence in [e for r in finding.elements for e in r.evidence]:
        if report.contract.text[evidence.start : evidence.end] != evidence.quote:
            wrong.append(f"quote of {evidence.pattern} is not verbatim")
    return TestOutcome(name, not wrong, "; ".join(wrong))


# --- the linter ----------------------------------------------------------------------------------------------------
def check_library(path: str | Path | None = None) -> list[Issue]:
    """Every fault of the library, errors first, each with file and line; an empty list if there is none."""
    try:
        library = load_library(path)
        tests = load_tests(library)
    except LibraryError as error:
        return [_from_error(error)]
    issues = [issue for check in STATIC for issue in check(library, tests)]
    if not any(issue.code in STOPPERS for issue in issues):  # what does not compile cannot be tried out
        issues += [issue for check in TRIED for issue in check(library, tests)]
    issues.sort(key=lambda i: (i.severity != "error", i.file, i.line, i.code))
    return issues


# What the loader says, and the code it is listed under. The loader stops at the first fault, so these come alone.
_LOADER = (
    ("found duplicate key", "duplicate-key", "write each key once"),
    ("unknown key", "unknown-key", "clause_library/README.md lists the keys"),
    ("required key is missing", "missing-key", "clause_library/README.md lists the keys"),
    ("differs from the file name", "filename-differs-from-id", ""),
    ("unknown concept", "unknown-concept", ""),
    ("unknown parameter", "unknown-parameter", ""),
    ("unknown element", "unknown-element", ""),
    ("unknown flag", "unknown-flag", ""),
    ("unknown provision", "unknown-provision", ""),
    ("is defined elsewhere too", "duplicate-concept", ""),
    ("is defined twice", "duplicate-id", "give each element its own id"),
    ("no element is core", "no-core", "mark the element without which there is no such provision with `core: true`"),
    ("unknown contract type", "unknown-contract-type", ""),
    ("quote texts that hold", "malformed-yaml", ""),
)


def _from_error(error: LibraryError) -> Issue:
    match = re.match(r"(?P<file>[^:]+):(?P<line>\d+): (?P<rest>.*)", str(error))
    if match is None:
        return Issue("unreadable", "error", "library", 1, str(error), "give the folder of a library")
    code, hint = next(
        ((code, hint) for words, code, hint in _LOADER if words in match["rest"]), ("malformed", "see clause_library/README.md")
    )
    message, _, own_hint = match["rest"].partition("; ")
    return Issue(code, "error", match["file"], int(match["line"]), message, own_hint or hint)


@lru_cache(maxsize=64)
def _tree(path: Path, stamp: int) -> Any:
    return parse_yaml(path.read_text(encoding="utf-8"), path.name, positions=True)


def _line(path: Path, *steps: int | str) -> int:
    return locate(_tree(path, path.stat().st_mtime_ns), steps)


def _spot(library: Library, provision: Provision, *steps: int | str) -> tuple[str, int]:
    path = library.files[provision.id]
    return shown(path, library.root), _line(path, *steps)


Tests = dict[str, list[LibraryTest]]
Check = Callable[[Library, Tests], Iterator[Issue]]


def _vocabulary_spot(library: Library, language: str, concept: str) -> tuple[str, int]:
    path = library.root / "vocabulary" / f"{language}.yaml"
    if path.exists():
        tree = _tree(path, path.stat().st_mtime_ns)
        if concept in tree.get("concepts", {}):
            return shown(path, library.root), _line(path, "concepts", concept)
    for provision in library.provisions:
        if concept in provision.vocabulary.get(cast(Code, language), {}):
            return _spot(library, provision, "vocabulary", language, concept)
    return shown(path, library.root), 1


@dataclass(frozen=True, slots=True)
class _Term:
    """A term of the vocabulary or a word of `anchors`, with where it stands."""

    language: str
    name: str  # the concept; "anchors" for those
    text: str
    file: str
    line: int


def _terms(library: Library) -> Iterator[_Term]:
    for code in LANGUAGES:
        for name, entry in library.concepts[code].items():
            spot = _vocabulary_spot(library, code, name)
            for term in [*entry.terms, *entry.except_]:
                yield _Term(code, name, term, *spot)
        for provision in library.provisions:
            spot = _spot(library, provision, "anchors", code)
            for term in provision.anchors_in(code):
                yield _Term(code, "anchors", term, *spot)


def _references(term: str) -> list[str]:
    return re.findall(r"\{([A-Z][A-Z0-9_]*)\}", term)


def references_resolve(library: Library, tests: Tests) -> Iterator[Issue]:
    """unknown-concept, circular-concept: a {CONCEPT} inside a term that is not there, or leads back to itself."""
    for term in _terms(library):
        for name in _references(term.text):
            if name not in library.concepts[term.language]:
                yield Issue(
                    "unknown-concept",
                    "error",
                    term.file,
                    term.line,
                    f"{term.name}: unknown concept {name} in a {term.language} term",
                    "define it in vocabulary/",
                )
    for code in LANGUAGES:
        entries = library.concepts[code]
        for name in entries:
            if name in _reached(entries, name):
                yield Issue(
                    "circular-concept",
                    "error",
                    *_vocabulary_spot(library, code, name),
                    f"{name}: its {code} terms lead back to {name}",
                    "write one of them out",
                )


def _reached(entries: Mapping[str, ConceptEntry], name: str) -> set[str]:
    """The concepts that the terms of a concept lead to."""
    reached: set[str] = set()
    rest = [name]
    while rest:
        entry = entries.get(rest.pop())
        inner = {n for t in [*entry.terms, *entry.except_] for n in _references(t)} if entry else set()
        rest += inner - reached
        reached |= inner
    return reached


def patterns_compile(library: Library, tests: Tests) -> Iterator[Issue]:
    """pattern-does-not-compile, pattern-matches-empty, pattern-too-large, pattern-not-folded; tokens-do-not-compile."""
    import re2

    options = re2.Options()
    options.log_errors = False
    plain = {code: Concepts({}, languages.get(code)) for code in LANGUAGES}
    for term in _terms(library):
        try:
            alone = plain[term.language].term(re.sub(r"\{[A-Z][A-Z0-9_]*\}", "0", term.text))  # each concept is looked at in its own place
            compiled = re2.compile(alone, options)
        except (ValueError, re2.error) as error:
            problem = error.args[0].decode() if error.args and isinstance(error.args[0], bytes) else str(error)
            yield Issue(
                "pattern-does-not-compile",
                "error",
                term.file,
                term.line,
                f"{term.name}: {problem}",
                "look-around and back-references are not possible; write a literal bracket as \\(",
            )
            continue
        if any(m.start() == m.end() for m in compiled.finditer("a. ")):
            yield Issue(
                "pattern-matches-empty",
                "error",
                term.file,
                term.line,
                f"{term.name}: {term.text!r} matches empty text",
                "leave a part that must be there",
            )
        if len(alone) > MAX_COMPILED:
            yield Issue(
                "pattern-too-large",
                "warning",
                term.file,
                term.line,
                f"{term.name}: a term compiles to {len(alone)} characters",
                "split it into several terms",
            )
        if term.language == "en" and term.text != term.text.lower():
            continue
        for word in re.findall(
            r"[^\W\d_a-zA-Z]{2,}" if term.language == "ja" else r"[a-z]{3,}", re.sub(r"\{[A-Z_0-9]+\}|\\.|~|[^\W\d_]\?", " ", term.text)
        ):
            folded = languages.get(term.language).fold(word).text
            if not folded.startswith(word):
                yield Issue(
                    "pattern-not-folded", "error", term.file, term.line, f"{term.name}: {word!r} can never match", f"write {folded!r}"
                )
    for code in LANGUAGES:
        for name, entry in library.concepts[code].items():
            if entry.tokens:
                yield from _tokens_compile(library, code, name, entry)


def _tokens_compile(library: Library, code: str, name: str, entry: ConceptEntry) -> Iterator[Issue]:
    spot = _vocabulary_spot(library, code, name)
    try:
        TokenMatcher(name, code, entry.tokens)
    except LibraryError as error:
        yield Issue(
            "tokens-do-not-compile", "error", *spot, str(error).split(": ", 1)[-1], "spaCy's Matcher syntax; see clause_library/README.md"
        )
    except ImportError:
        yield Issue(
            "tokens-not-tried",
            "warning",
            *spot,
            f"{name}: spaCy is not installed, so its token patterns were not tried",
            "install spacy, or write `terms`",
        )


def patterns_fast(library: Library, tests: Tests) -> Iterator[Issue]:
    """pattern-slow: a concept that takes long on a text made to nearly match it everywhere."""
    for code in LANGUAGES:
        concepts = concepts_of(library, code)
        for name, entry in library.concepts[code].items():
            if not entry.terms:
                continue
            words = "".join(re.sub(r"\{[A-Z0-9_]+\}|\\.|[^\w]", " ", t) for t in entry.terms)
            text = (words + " aaaa 1 ") * (SLOW_TEXT // (len(words) + 8) + 1)
            spent = MAX_SECONDS + 1
            for _ in range(3):  # a busy machine makes anything slow once
                start = time.process_time()
                concepts.places(name, text[:SLOW_TEXT])
                spent = min(spent, time.process_time() - start)
                if spent <= MAX_SECONDS:
                    break
            if spent > MAX_SECONDS:
                yield Issue(
                    "pattern-slow",
                    "warning",
                    *_vocabulary_spot(library, code, name),
                    f"{name}: {spent:.2f} s on {SLOW_TEXT} characters of {code} text",
                    "use smaller gaps and fewer nested repeats",
                )


def _possible(library: Library, code: str, find: Find) -> bool:
    """A find can hold in this language: a way of saying it may be the other language's alone."""
    have = library.concepts[code]
    groups = [[find.act]] if find.act else []
    groups += [[name] for name in find.all] + [g for g in (find.any, find.also, find.count.of if find.count else []) if g]
    return all(any(name in have for name in group) for group in groups)


def languages_complete(library: Library, tests: Tests) -> Iterator[Issue]:
    """missing-language: a concept, anchor or exemplar that one language lacks."""
    for provision in library.provisions:
        for code in LANGUAGES:
            ways: dict[str, list[tuple[str, Find]]] = {}
            for label, find in all_finds(provision):
                ways.setdefault(label.rsplit(".", 1)[0], []).append((label, find))
            named = {e.id for e in provision.elements} | {f.id for f in provision.red_flags} | {m.code for m in provision.near_misses}
            for name, finds in ways.items():
                if name in named and not any(_possible(library, code, find) for _, find in finds):
                    lacking = next(c for _, find in finds for c in find.concepts if c not in library.concepts[code])
                    yield Issue(
                        "missing-language",
                        "error",
                        *_find_spot(library, provision, finds[0][0]),
                        f"{finds[0][0]}: concept {lacking} has no {code} terms, and {name} no other way in {code}",
                        f"add it to vocabulary/{code}.yaml",
                    )
            for concept in {*provision.mentions, *(c for e in provision.elements if e.families for c in e.families.of)}:
                if concept not in library.concepts[code]:
                    yield Issue(
                        "missing-language",
                        "error",
                        *_spot(library, provision, "elements"),
                        f"concept {concept} has no {code} terms",
                        f"add it to vocabulary/{code}.yaml",
                    )
            if not provision.anchors_in(code):
                yield Issue(
                    "missing-language",
                    "error",
                    *_spot(library, provision, "anchors"),
                    f"no {code} anchors",
                    "give the words of its headings in both languages",
                )
            if not any(e.language == code for e in provision.exemplars):
                yield Issue(
                    "missing-language",
                    "error",
                    *_spot(library, provision, "exemplars"),
                    f"no {code} exemplar",
                    "write the wording to suggest in both languages",
                )


def _find_spot(library: Library, provision: Provision, label: str) -> tuple[str, int]:
    """Where the find of this label ("fm_relief.2", "fm_relief.negated_by.1", "fm_waiver.unless.1") stands."""
    name, *rest = label.split(".")
    number = int(rest[-1]) - 1 if rest and rest[-1].isdigit() else 0
    for part, rows in (("elements", provision.elements), ("red_flags", provision.red_flags), ("near_misses", provision.near_misses)):
        for i, row in enumerate(rows):
            if name == getattr(row, "id", getattr(row, "code", None)):
                step = rest[0] if len(rest) > 1 and not rest[0].isdigit() else "find"
                return _spot(library, provision, part, i, step, number)
    return _spot(library, provision, name, 0, "find", number)


def facts_known(library: Library, tests: Tests) -> Iterator[Issue]:
    """unknown-fact: an element, a find or a condition that asks for a fact no contract is read for."""
    known = _facts()
    for provision in library.provisions:
        asked = [e.fact for e in provision.elements] + [c.fact for c in all_conditions(provision)]
        asked += [name for _, find in all_finds(provision) for name in (find.fact, find.not_fact)]
        for name in dict.fromkeys(a for a in asked if a and a not in known):
            yield Issue(
                "unknown-fact",
                "error",
                *_spot(library, provision, "elements"),
                f"unknown fact {name}",
                f"near it: {', '.join(get_close_matches(name, sorted(known), 4, 0.3)) or 'none'}; clause_library/README.md lists all",
            )


@lru_cache(maxsize=1)
def _facts() -> frozenset[str]:
    of_an_empty_contract = read_term(Passages(parse_contract("-", language="en")), our_side="either", parties=())
    return frozenset({*of_an_empty_contract.facts, *ADDED_FACTS})


def profiles_load(library: Library, tests: Tests) -> Iterator[Issue]:
    """unknown-provision, unknown-parameter, unknown-key ... in a profile."""
    for path in sorted((library.root / "profiles").glob("*.yaml")):
        try:
            load_library(library.root, path.stem)
        except LibraryError as error:
            yield _from_error(error)
        except UsageError as error:
            yield Issue("unreadable", "error", shown(path, library.root), 1, str(error), "see clause_library/README.md")


def exemplars_present(library: Library, tests: Tests) -> Iterator[Issue]:
    """exemplar-not-present, suggestion-not-counted, unknown-placeholder: wording we offer must itself pass."""
    for provision in library.provisions:
        kind = next((t for t, need in provision.applies.items() if need == "required"), "supply")
        for i, exemplar in enumerate(provision.exemplars):
            file, line = _spot(library, provision, "exemplars", i)
            for name in re.findall(r"\{(\w+)\}", exemplar.text):
                if name not in languages.get("en").customary_names:
                    yield Issue("unknown-placeholder", "error", file, line, f"placeholder {{{name}}}", "use {buyer} and {supplier}")
            heading = languages.get(exemplar.language).printed_heading(1, exemplar.heading)
            text = put_names(f"{heading}\n{exemplar.text}", languages.get(exemplar.language).customary_names)
            for side in ("buyer", "either"):
                finding, _ = _finding(library, provision.id, text, exemplar.language, side, kind)
                if finding.status is not Status.PRESENT:
                    why = "; ".join(r.message.en for r in finding.reasons)[:200]
                    yield Issue(
                        "exemplar-not-present",
                        "error",
                        file,
                        line,
                        f"{exemplar.language} exemplar is judged {finding.status.value} (side {side}): {why}",
                        "wording we offer must itself pass; correct it or the finds",
                    )
                    break
        for i, element in enumerate(provision.elements):
            file, line = _spot(library, provision, "elements", i)
            if element.need is Need.REQUIRED and element.suggest is None and element.fact is None:
                yield Issue(
                    "suggestion-missing",
                    "error",
                    file,
                    line,
                    f"required element {element.id} has no suggested wording",
                    "write `suggest` in both languages",
                )
            if element.suggest is None:
                continue
            for code in LANGUAGES:
                wording = getattr(element.suggest, code)
                for name in re.findall(r"\{(\w+)\}", wording):
                    if name not in languages.get("en").customary_names:
                        yield Issue(
                            "unknown-placeholder",
                            "error",
                            file,
                            line,
                            f"{element.id}: placeholder {{{name}}}",
                            "use {buyer} and {supplier}",
                        )
                before = [e for e in provision.elements[:i] if e.need is not Need.RECOMMENDED or e.core]
                core = [e for e in provision.elements if e.core and e not in before and e is not element]
                parts = [getattr(e.suggest, code) for e in [*core, *before, element] if e.suggest]
                text = put_names(languages.get(code).blank.join(p.strip() for p in parts), languages.get(code).customary_names)
                finding, _ = _finding(library, provision.id, text, code, "buyer", kind)
                result = next(e.result for e in finding.elements if e.id == element.id)
                if result is not Result.SATISFIED:
                    yield Issue(
                        "suggestion-not-counted",
                        "error",
                        file,
                        line,
                        f"{element.id}: the {code} suggestion is judged {result.value}",
                        "wording we offer must itself count; correct it or the finds",
                    )


def replacements_heal(library: Library, tests: Tests) -> Iterator[Issue]:
    """replacement-raises-flag, unknown-placeholder, unknown-element: a sentence offered in the place of another must be better."""
    known = {f"{p.id}.{e.id}" for p in library.provisions for e in p.elements}
    for provision in library.provisions:
        kind = next((t for t, need in provision.applies.items() if need == "required"), "supply")
        for i, flag in enumerate(provision.red_flags):
            if flag.instead is None:
                continue
            file, line = _spot(library, provision, "red_flags", i)
            for name in flag.instead.keeps:
                if name not in known:
                    hint = "write `provision.element`"
                    yield Issue("unknown-element", "error", file, line, f"{flag.id}: unknown element {name}", hint)
            for code in LANGUAGES:
                wording, names = getattr(flag.instead.text, code), languages.get(code).customary_names
                for name in set(re.findall(r"\{(\w+)\}", wording)) - set(names):
                    said = f"{flag.id}: placeholder {{{name}}}"
                    yield Issue("unknown-placeholder", "error", file, line, said, "use {buyer} and {supplier}")
                exemplar = next((e for e in provision.exemplars if e.language == code), None)
                if exemplar is None:
                    continue
                heading = languages.get(code).printed_heading(1, exemplar.heading)
                text = put_names(f"{heading}\n{exemplar.text.strip()}{languages.get(code).blank}{wording}", names)
                finding, _ = _finding(library, provision.id, text, code, "buyer", kind)
                if any(f.id == flag.id for f in finding.red_flags):
                    said = f"{flag.id}: the {code} wording to put instead raises it again"
                    yield Issue("replacement-raises-flag", "error", file, line, said, "wording we offer must itself pass")


def tests_pass(library: Library, tests: Tests) -> Iterator[Issue]:
    """test-failed, no-test, no-positive-test, no-negative-test, element-without-test, duplicate-test-name, test-without-why."""
    for provision in library.provisions:
        path = library.root / "tests" / f"{provision.id}.yaml"
        file = shown(path, library.root)
        own = tests.get(provision.id, [])
        if not own:
            yield Issue(
                "no-test",
                "error",
                *_spot(library, provision, "id"),
                f"no tests/{provision.id}.yaml",
                "give at least present, weak, missing and look-alike in each language",
            )
            continue
        for code in LANGUAGES:
            have = {t.status for t in own if t.language == code}
            for status in (Status.PRESENT, Status.WEAK, Status.MISSING):
                if status not in have:
                    yield Issue(
                        "no-negative-test" if status is not Status.PRESENT else "no-positive-test",
                        "error",
                        file,
                        1,
                        f"no {code} test with status {status.value}",
                        "give at least present, weak and missing in each language",
                    )
            tested = {e for t in own if t.language == code for e in [*t.satisfied, *t.weak, *t.negated]}
            for element in provision.elements:
                if element.id not in tested:
                    yield Issue(
                        "element-without-test",
                        "error",
                        file,
                        1,
                        f"no {code} test says what {element.id} finds",
                        "name it under satisfied, weak or negated of a test",
                    )
        names: set[tuple[str, str]] = set()
        for i, test in enumerate(own):
            if (test.language, test.name) in names:
                yield Issue(
                    "duplicate-test-name",
                    "error",
                    file,
                    _line(path, "tests", i),
                    f"{provision.id}[{test.language}]::{test.name} is there twice",
                    "give each test of a language its own name",
                )
            names.add((test.language, test.name))
            outcome = _run(library, provision, test)
            if not outcome.ok:
                yield Issue(
                    "test-failed",
                    "error",
                    file,
                    _line(path, "tests", i),
                    f"{outcome.name}: {outcome.message}",
                    "`clausecheck explain` shows what nearly matched",
                )
            if not test.why and test.status in (Status.MISSING, Status.CONFLICTING):
                yield Issue(
                    "test-without-why", "warning", file, _line(path, "tests", i), f"{outcome.name}: no `why`", "say what this case guards"
                )


def finds_exercised(library: Library, tests: Tests) -> Iterator[Issue]:
    """pattern-never-exercised: a find whose words stand together in no sentence of the provision's tests in that language."""
    for provision in library.provisions:
        views = {code: [_view(library, t) for t in tests.get(provision.id, []) if t.language == code] for code in LANGUAGES}
        for label, find in all_finds(provision):
            unseen = [
                code
                for code, seen in views.items()
                if seen
                and all(c in library.concepts[code] for c in find.concepts)  # else: missing-language
                and not any(holds(view, find, sentence) for view in seen for sentence in view.passages.sentences)
            ]
            if unseen:
                yield Issue(
                    "pattern-never-exercised",
                    "warning",
                    *_find_spot(library, provision, label),
                    f"{label}: no {' and no '.join(unseen)} test holds its words",
                    f"add one to tests/{provision.id}.yaml",
                )


def _view(library: Library, test: LibraryTest) -> View:
    contract = parse_contract(test.text, name="test", language=test.language)
    if test.attach:
        contract = attach(contract, [parse_contract(test.attach, name="attachment", language=test.language)])
    return View(Passages(contract), concepts_of(library, test.language), library, kind=test.type)


def sources_given(library: Library, tests: Tests) -> Iterator[Issue]:
    """source-missing: a provision must name where it comes from."""
    for provision in library.provisions:
        if not provision.sources:
            yield Issue(
                "source-missing", "error", *_spot(library, provision, "id"), "no sources", "name the guideline item, law or practice"
            )


def concepts_used(library: Library, tests: Tests) -> Iterator[Issue]:
    """concept-never-used: a vocabulary entry that no find reaches."""
    if library.profile.provisions:
        return
    for code in LANGUAGES:
        entries = library.concepts[code]
        inner = {n for e in entries.values() for t in [*e.terms, *e.except_] for n in _references(t)}
        for name in entries:
            if name not in library.asked and name not in inner:
                yield Issue(
                    "concept-never-used",
                    "warning",
                    *_vocabulary_spot(library, code, name),
                    f"{name}: no provision asks for it",
                    "remove it, or use it in a find",
                )


STATIC: tuple[Check, ...] = (
    references_resolve,
    patterns_compile,
    languages_complete,
    facts_known,
    profiles_load,
    sources_given,
    concepts_used,
)
STOPPERS = frozenset(
    {"unknown-concept", "circular-concept", "pattern-does-not-compile", "tokens-do-not-compile", "tokens-not-tried", "unknown-fact"}
)
TRIED: tuple[Check, ...] = (patterns_fast, exemplars_present, replacements_heal, tests_pass, finds_exercised)
