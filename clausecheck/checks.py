"""The linter and test runner of a provision library: a customer's own as well as the shipped one.

Every check is one small function that yields issues with a stable code, the place (file:line) and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from clausecheck import languages
from clausecheck.errors import ClausecheckError, LibraryError
from clausecheck.library import LANGUAGES, Library, LibraryTest, Provision, all_finds, load_library, load_tests, locate, parse_yaml, shown
from clausecheck.match import concepts_of
from clausecheck.model import Finding, Need, Result, Status
from clausecheck.pipeline import parse_contract, review
from clausecheck.place import DEFAULT_NAMES, put_names

MAX_TERM = 1_500  # characters of a compiled term; larger ones cost memory and time


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
    return [_run(library, provision, test) for provision in library.provisions if provision.id in wanted for test in tests.get(provision.id, [])]


test_library.__test__ = False  # type: ignore[attr-defined]


def _finding(library: Library, provision: str, text: str, language: str, side: str, kind: str, attach: str = "") -> tuple[Finding, Any]:
    contract = parse_contract(text, name="test", language=language)
    attachments = [parse_contract(attach, name="attachment", language=language)] if attach else []
    report = review(contract, library, contract_type=kind, side=side, attachments=attachments)
    return next(f for f in report.findings if f.provision == provision), report


def _run(library: Library, provision: Provision, test: LibraryTest) -> TestOutcome:
    name = f"{provision.id}[{test.language}]::{test.name}"
    try:
        finding, report = _finding(library, provision.id, test.text, test.language, test.side, test.type, test.attach)
    except ClausecheckError as error:
        return TestOutcome(name, False, f"{type(error).__name__}: {error}")
    wrong: list[str] = []
    if finding.status is not test.status:
        lacking = ", ".join(f"{e.id} {e.result.value}" for e in finding.elements if e.need is not Need.RECOMMENDED and e.result is not Result.SATISFIED)
        wrong.append(f"status {finding.status.value}, expected {test.status.value}" + (f" [{lacking}]" if lacking else ""))
    results = {e.id: e.result for e in finding.elements}
    for expected, ids in ((Result.SATISFIED, test.satisfied), (Result.WEAK, test.weak), (Result.NEGATED, test.negated), (Result.ABSENT, test.absent)):
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
        shown_value = got.isoformat() if hasattr(got, "isoformat") else got
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
    issues = [issue for check in CHECKS for issue in check(library, tests)]
    issues.sort(key=lambda i: (i.severity != "error", i.file, i.line, i.code))
    return issues


def _from_error(error: LibraryError) -> Issue:
    match = re.match(r"(?P<file>[^:]+):(?P<line>\d+): (?P<rest>.*)", str(error))
    if match is None:
        return Issue("unreadable", "error", "library", 1, str(error))
    return Issue("malformed", "error", match["file"], int(match["line"]), match["rest"])


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
        if concept in provision.vocabulary.get(language, {}):  # type: ignore[call-overload]
            return _spot(library, provision, "vocabulary", language, concept)
    return shown(path, library.root), 1


def patterns_compile(library: Library, tests: Tests) -> Iterator[Issue]:
    """pattern-does-not-compile, pattern-matches-empty, pattern-too-large, pattern-not-folded."""
    import re2

    options = re2.Options()
    options.log_errors = False
    for code in LANGUAGES:
        language = languages.get(code)
        entries = library.concepts[code]
        concepts = None
        for name, entry in entries.items():
            for term in [*entry.terms, *entry.except_]:
                file, line = _vocabulary_spot(library, code, name)
                try:
                    concepts = concepts or concepts_of(library, code)
                    pattern = concepts.term(term)
                    compiled = re2.compile(pattern, options)
                except LibraryError as error:
                    yield Issue("unknown-concept", "error", file, line, f"{name}: {str(error).split(': ', 1)[-1]}")
                    continue
                except (ValueError, re2.error) as error:
                    yield Issue("pattern-does-not-compile", "error", file, line, f"{name}: {error}", "look-around and back-references are not possible; write a literal bracket as \\(")
                    continue
                if compiled.search(""):
                    yield Issue("pattern-matches-empty", "error", file, line, f"{name}: a term matches empty text")
                if len(pattern) > MAX_TERM * 8:
                    yield Issue("pattern-too-large", "warning", file, line, f"{name}: a term compiles to {len(pattern)} characters")
                for word in re.findall(r"[^\W\d_a-zA-Z]{2,}" if code == "ja" else r"[a-z]{3,}", re.sub(r"\{[A-Z_0-9]+\}|\\.|~", " ", term)):
                    folded = language.fold(word).text
                    if not folded.startswith(word):
                        yield Issue("pattern-not-folded", "error", file, line, f"{name}: {word!r} can never match", f"write {folded!r}")


def languages_complete(library: Library, tests: Tests) -> Iterator[Issue]:
    """missing-language: a concept, anchor or exemplar that one language lacks."""
    for provision in library.provisions:
        for code in LANGUAGES:
            for label, find in all_finds(provision):
                for concept in find.concepts:
                    if concept not in library.concepts[code]:
                        yield Issue("missing-language", "error", *_spot(library, provision, "elements"), f"{label}: concept {concept} has no {code} terms")
            if not provision.anchors.get(code):  # type: ignore[call-overload]
                yield Issue("missing-language", "error", *_spot(library, provision, "anchors"), f"no {code} anchors")
            if not any(e.language == code for e in provision.exemplars):
                yield Issue("missing-language", "error", *_spot(library, provision, "exemplars"), f"no {code} exemplar")


def names_resolve(library: Library, tests: Tests) -> Iterator[Issue]:
    """unknown-element, unknown-flag, unknown-provision: a condition or test that names what is not there."""
    for provision in library.provisions:
        elements = {e.id for e in provision.elements}
        flags = {f.id for f in provision.red_flags}
        conditions = [c for e in provision.elements for c in [*e.condition, *e.satisfied_when, *(c for w in e.weak_when for c in w.when)]]
        conditions += [c for f in provision.red_flags for c in [*f.when, *(c for e in f.effect_when for c in e.when)]]
        for condition in conditions:
            stack = [condition]
            while stack:
                c = stack.pop()
                stack += [*c.any, *c.no]
                if c.element and c.element not in elements:
                    yield Issue("unknown-element", "error", *_spot(library, provision, "elements"), f"condition names element {c.element}")
                if c.flag and c.flag not in flags:
                    yield Issue("unknown-flag", "error", *_spot(library, provision, "red_flags"), f"condition names flag {c.flag}")
                for limit in (c.above, c.below, c.at_least, c.at_most):
                    if isinstance(limit, str) and limit not in library.parameters:
                        yield Issue("unknown-parameter", "error", *_spot(library, provision, "red_flags"), f"condition names parameter {limit}")
        for flag in provision.red_flags:
            for name in set(flag.negates) - elements:
                yield Issue("unknown-element", "error", *_spot(library, provision, "red_flags"), f"{flag.id} negates unknown element {name}")


def exemplars_present(library: Library, tests: Tests) -> Iterator[Issue]:
    """exemplar-not-present, suggestion-not-counted, unknown-placeholder: wording we offer must itself pass."""
    for provision in library.provisions:
        kind = next((t for t, need in provision.applies.items() if need == "required"), "supply")
        for i, exemplar in enumerate(provision.exemplars):
            file, line = _spot(library, provision, "exemplars", i)
            for name in re.findall(r"\{(\w+)\}", exemplar.text):
                if name not in DEFAULT_NAMES["en"]:
                    yield Issue("unknown-placeholder", "error", file, line, f"placeholder {{{name}}}", "use {buyer} and {supplier}")
            heading = languages.get(exemplar.language).printed_heading(1, exemplar.heading)
            text = put_names(f"{heading}\n{exemplar.text}", DEFAULT_NAMES[exemplar.language])
            for side in ("buyer", "either"):
                finding, _ = _finding(library, provision.id, text, exemplar.language, side, kind)
                if finding.status is not Status.PRESENT:
                    why = "; ".join(r.message.en for r in finding.reasons)[:200]
                    yield Issue("exemplar-not-present", "error", file, line, f"{exemplar.language} exemplar is judged {finding.status.value} (side {side}): {why}")
                    break
        for i, element in enumerate(provision.elements):
            file, line = _spot(library, provision, "elements", i)
            if element.need is Need.REQUIRED and element.suggest is None and element.fact is None:
                yield Issue("suggestion-missing", "error", file, line, f"required element {element.id} has no suggested wording")
            if element.suggest is None:
                continue
            for code in LANGUAGES:
                wording = getattr(element.suggest, code)
                for name in re.findall(r"\{(\w+)\}", wording):
                    if name not in DEFAULT_NAMES["en"]:
                        yield Issue("unknown-placeholder", "error", file, line, f"{element.id}: placeholder {{{name}}}", "use {buyer} and {supplier}")
                before = [e for e in provision.elements[:i] if e.need is not Need.RECOMMENDED or e.core]
                core = [e for e in provision.elements if e.core and e not in before and e is not element]
                parts = [getattr(e.suggest, code) for e in [*core, *before, element] if e.suggest]
                text = put_names(("" if code == "ja" else " ").join(p.strip() for p in parts), DEFAULT_NAMES[code])
                finding, _ = _finding(library, provision.id, text, code, "buyer", kind)
                result = next(e.result for e in finding.elements if e.id == element.id)
                if result is not Result.SATISFIED:
                    yield Issue("suggestion-not-counted", "error", file, line, f"{element.id}: the {code} suggestion is judged {result.value}")


def tests_pass(library: Library, tests: Tests) -> Iterator[Issue]:
    """test-failed, no-test, no-negative-test, element-without-test, test-without-why."""
    for provision in library.provisions:
        path = library.root / "tests" / f"{provision.id}.yaml"
        file = shown(path, library.root)
        own = tests.get(provision.id, [])
        if not own:
            yield Issue("no-test", "error", *_spot(library, provision, "id"), f"no tests/{provision.id}.yaml", "give at least present, weak, missing and look-alike in each language")
            continue
        for code in LANGUAGES:
            have = {t.status for t in own if t.language == code}
            for status in (Status.PRESENT, Status.WEAK, Status.MISSING):
                if status not in have:
                    yield Issue("no-negative-test" if status is not Status.PRESENT else "no-positive-test", "error", file, 1, f"no {code} test with status {status.value}")
            tested = {e for t in own if t.language == code for e in [*t.satisfied, *t.weak, *t.negated]}
            for element in provision.elements:
                if element.id not in tested:
                    yield Issue("element-without-test", "error", file, 1, f"no {code} test says what {element.id} finds")
        for i, test in enumerate(own):
            outcome = _run(library, provision, test)
            if not outcome.ok:
                yield Issue("test-failed", "error", file, _line(path, "tests", i), f"{outcome.name}: {outcome.message}")
            if not test.why and test.status in (Status.MISSING, Status.CONFLICTING):
                yield Issue("test-without-why", "warning", file, _line(path, "tests", i), f"{outcome.name}: say what this case guards")


def sources_given(library: Library, tests: Tests) -> Iterator[Issue]:
    """source-missing: a provision must name where it comes from."""
    for provision in library.provisions:
        if not provision.sources:
            yield Issue("source-missing", "error", *_spot(library, provision, "id"), "no sources", "name the guideline item, law or practice")


def concepts_used(library: Library, tests: Tests) -> Iterator[Issue]:
    """concept-never-used: a vocabulary entry that no find reaches."""
    if library.profile.provisions:
        return
    used = {c for p in library.provisions for _, f in all_finds(p) for c in f.concepts} | {m for p in library.provisions for m in p.mentions}
    used |= {c for p in library.provisions for e in p.elements if e.families for c in e.families.of}
    for code in LANGUAGES:
        entries = library.concepts[code]
        inner = {n for e in entries.values() for t in [*e.terms, *e.except_] for n in re.findall(r"\{([A-Z][A-Z0-9_]*)\}", t)}
        for name in entries:
            if name not in used and name not in inner:
                yield Issue("concept-never-used", "warning", *_vocabulary_spot(library, code, name), f"{name}: no provision asks for it")


CHECKS: tuple[Check, ...] = (patterns_compile, languages_complete, names_resolve, sources_given, concepts_used, exemplars_present, tests_pass)
