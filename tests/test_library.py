"""The provision library: every test beside the provisions, the linter on what ships, and each fault of a library at its line.

A failing ``test_beside_a_provision`` is a provision to mend (clause_library/), not this file.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import small_library

import clausecheck
from clausecheck import checks
from clausecheck.checks import Issue, TestOutcome, check_library
from clausecheck.errors import LibraryError, UsageError
from clausecheck.library import library_schema, load_library, load_tests
from clausecheck.library_files import library_files, library_root
from clausecheck.model import Severity

ROOT = Path(__file__).parents[1]


# --- the tests beside the provisions -------------------------------------------------------------------------------
@cache
def outcomes() -> dict[str, TestOutcome]:
    return {o.name: o for o in checks.test_library()}


def names() -> list[str]:
    library = load_library()
    return [f"{p}[{t.language}]::{t.name}" for p, tests in load_tests(library).items() for t in tests if p in library.by_id]


@pytest.mark.parametrize("name", names())
def test_beside_a_provision(name: str) -> None:
    outcome = outcomes()[name]
    assert outcome.ok, f"{name}: {outcome.message}"


# --- what ships ----------------------------------------------------------------------------------------------------
@cache
def issues() -> tuple[Issue, ...]:
    return tuple(check_library())


ERRORS = [
    "malformed-yaml",
    "unreadable",
    "duplicate-key",
    "unknown-key",
    "missing-key",
    "malformed",
    "filename-differs-from-id",
    "duplicate-id",
    "duplicate-concept",
    "no-core",
    "unknown-contract-type",
    "unknown-concept",
    "unknown-parameter",
    "unknown-element",
    "unknown-flag",
    "unknown-provision",
    "unknown-fact",
    "circular-concept",
    "pattern-does-not-compile",
    "tokens-do-not-compile",
    "pattern-matches-empty",
    "pattern-not-folded",
    "missing-language",
    "source-missing",
    "suggestion-missing",
    "unknown-placeholder",
    "exemplar-not-present",
    "suggestion-not-counted",
    "replacement-raises-flag",
    "no-test",
    "no-positive-test",
    "no-negative-test",
    "element-without-test",
    "duplicate-test-name",
    "test-failed",
]
WARNINGS = ["tokens-not-tried", "pattern-too-large", "pattern-slow", "pattern-never-exercised", "concept-never-used", "test-without-why"]


@pytest.mark.parametrize("code", ERRORS)
def test_the_shipped_library_has_no(code: str) -> None:
    assert not [i.format() for i in issues() if i.code == code]


def test_every_code_is_known() -> None:
    """A new code needs its row above, its case below and its place in the README."""
    source = Path(checks.__file__).read_text(encoding="utf-8")
    given = (
        set(re.findall(r'Issue\(\s*"([a-z-]+)"', source))
        | set(re.findall(r'", "([a-z-]+)", "', source))
        | {"no-positive-test", "no-negative-test", "malformed"}
    )
    given -= {"error", "warning"}
    assert given == {*ERRORS, *WARNINGS}
    readme = small_library.README.read_text(encoding="utf-8")
    assert {*ERRORS, *WARNINGS} - {"unreadable"} <= set(re.findall(r"`([a-z-]+)`", readme))


def test_issues_are_one_line_with_place_and_hint(tmp_path: Path) -> None:
    for issue in issues():
        assert re.fullmatch(r"[^:\n]+:\d+: [a-z-]+: [^\n]+", issue.format())
        assert issue.hint
        path = ROOT / "clause_library" / issue.file
        assert 1 <= issue.line <= len(path.read_text(encoding="utf-8").splitlines())


def test_the_schema_file_is_that_of_the_program() -> None:
    kept = (ROOT / "clause_library" / "provision.schema.json").read_text(encoding="utf-8")
    assert kept == json.dumps(library_schema(), ensure_ascii=False, indent=2) + "\n", "write json.dumps(library_schema()) to the file again"


def test_every_provision_file_names_the_schema() -> None:
    for path in sorted((ROOT / "clause_library" / "provisions").glob("*.yaml")):
        assert path.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=../provision.schema.json\n"), path.name


def test_the_profile_for_suppliers_buys() -> None:
    assert load_library().profile.side == "either"
    assert load_library(None, "supplier_agreement").profile.side == "buyer"


# --- the example of the README -------------------------------------------------------------------------------------
@pytest.fixture
def example(tmp_path: Path) -> Path:
    return small_library.write(tmp_path / "example", small_library.example())


def test_the_example_is_without_fault(example: Path) -> None:
    assert check_library(example) == []
    results = checks.test_library(example)
    assert results and all(r.ok for r in results)
    assert clausecheck.load_library(example).name == "example"


def test_the_readme_names_every_key() -> None:
    """Every key that the format allows is explained where a writer of provisions looks."""
    told = set(re.findall(r"`(\w+)`", small_library.README.read_text(encoding="utf-8")))
    told |= set(re.findall(r"[`{,] ?(\w+)(?=[,:}])", small_library.README.read_text(encoding="utf-8")))
    schema = library_schema()
    keys = set(schema["properties"]) | {k for d in schema["$defs"].values() for k in d.get("properties", ())}
    assert not keys - told - {"ja", "en", "default", "message"}


def test_the_readme_names_every_fact() -> None:
    text = small_library.README.read_text(encoding="utf-8")
    assert not [name for name in checks._facts() if f"`{name}`" not in text]


# --- the smallest faults, each at its line -------------------------------------------------------------------------
class Fault(NamedTuple):
    code: str
    file: str
    old: str  # text of the example
    new: str  # what stands there instead
    at: str  # text of the line that the issue must name
    file_named: str = ""  # where it is another file's line
    severity: str = "error"

    @property
    def id(self) -> str:
        return f"{self.code}: {self.at[:40]}"


P, EN, JA, T, D = (
    "provisions/sample_return.yaml",
    "vocabulary/en.yaml",
    "vocabulary/ja.yaml",
    "tests/sample_return.yaml",
    "profiles/default.yaml",
)
SUGGESTED = "    suggest:\n" + small_library.example()[P].partition("    suggest:\n")[2].partition("  - id: sr_copies")[0]
FAULTS = [
    Fault("malformed-yaml", P, "severity: high ", "severity: [high\nx: ", "x:"),
    Fault(
        "malformed-yaml",
        P,
        "title: {ja: 見本の返還, en: Return of samples}",
        "title: {ja: 見本の返還, en: Return: of samples: a}",
        "of samples: a",
    ),
    Fault("malformed-yaml", EN, '["copies", "duplicates?"]', '["copies", "duplicates?', '["at (the'),
    Fault("duplicate-key", P, "severity: high", "severity: low\nseverity: high", "severity: high"),
    Fault("unknown-key", P, "    core: true", "    core: true\n    modality: strong", "modality: strong"),
    Fault("unknown-key", EN, "    about: what is", "    remark: what is", "remark: what is"),
    Fault("unknown-key", T, "    status: present", "    expect: x\n    status: present", "expect: x"),
    Fault("unknown-key", D, "side: either", "side: either\nlimits: 1", "limits: 1"),
    Fault("missing-key", P, "    need: required\n", "", "  - id: sr_return"),
    Fault("malformed", P, "need: required", "need: mandatory", "need: mandatory"),
    Fault("malformed", P, "says: duty", "says: [duty]", "says: [duty]"),
    Fault("malformed", P, "find: [{any: [COPIES]}]", "find: [{without: [COPIES]}]", "without: [COPIES]"),
    Fault("malformed", P, "find: [{any: [COPIES]}]", "find: [{any: [copies]}]", "any: [copies]"),
    Fault("filename-differs-from-id", P, "id: sample_return ", "id: return_of_samples ", "id: return_of_samples"),
    Fault("duplicate-id", P, "- id: sr_copies", "- id: sr_return", ""),
    Fault("no-core", P, "    core: true\n", "", ""),
    Fault("unknown-contract-type", P, "sample: required", "sampling: required", ""),
    Fault("duplicate-concept", P, "elements:\n", "vocabulary:\n  en: {COPIES: [copy]}\n  ja: {COPIES: [写]}\nelements:\n", "en: {COPIES"),
    Fault("unknown-concept", P, "any: [COPIES]", "any: [DUPLICATES]", "any: [DUPLICATES]"),
    Fault("unknown-concept", P, "mentions: [SAMPLES]", "mentions: [TRIALS]", "mentions: [TRIALS]"),
    Fault("unknown-concept", P, "find: [{any: [COPIES]}]", "families: {of: [COPIES, NOTES]}", "NOTES"),
    Fault("unknown-concept", EN, '"duplicates?"', '"{TWICE} made"', "  COPIES:"),
    Fault("circular-concept", EN, '"duplicates?"', '"{SAMPLES}"]\n  X:\n    terms: ["{X} x"', "  X:"),
    Fault("unknown-parameter", P, "at_most: return_days", "at_most: days_of_return", "days_of_return"),
    Fault("unknown-parameter", P, "find: [{any: [COPIES]}]", "families: {of: [COPIES], at_least: few}", "few"),
    Fault("unknown-parameter", P, "effect: degrade", "effect: degrade\n    when: [{fact: initial_months, above: long}]", "above: long"),
    Fault("unknown-parameter", D, "side: either", "side: either\nparameters: {days: 1}", "parameters:"),
    Fault("unknown-element", P, "effect: degrade", "effect: degrade\n    negates: [sr_back]", "sr_back"),
    Fault("unknown-element", P, "effect: degrade", "effect: degrade\n    when: [{no: [{element: sr_back, result: [weak]}]}]", "sr_back"),
    Fault("unknown-flag", P, "effect: degrade", "effect: degrade\n    when: [{flag: sr_other}]", "sr_other"),
    Fault(
        "unknown-provision", P, "effect: degrade", "effect: degrade\n    when: [{provision: other, result: [present]}]", "provision: other"
    ),
    Fault("unknown-provision", D, "side: either", "side: either\nprovisions: [sample]", "provisions:"),
    Fault("unknown-provision", T, "provision: sample_return", "provision: samples", "provision: samples"),
    Fault("unknown-fact", P, "effect: degrade", "effect: degrade\n    when: [{fact: colour, yes: true}]", "elements:"),
    Fault("pattern-does-not-compile", EN, '"duplicates?"', '"duplicat(e"', "  COPIES:"),
    Fault("pattern-does-not-compile", EN, '"duplicates?"', '"(?=copy)copy"', "  COPIES:"),
    Fault("pattern-does-not-compile", EN, '"duplicates?"', '"Duplicates"', "  COPIES:"),
    Fault("pattern-does-not-compile", EN, '"duplicates?"', '"duplicates? ~"', "  COPIES:"),
    Fault("pattern-does-not-compile", EN, '"samples? of', '"[samples? of', "  SAMPLES:"),
    Fault("pattern-does-not-compile", JA, "返却する~", "返却~", "  RETURN_GOODS:"),
    Fault("pattern-does-not-compile", P, '"return of"]', '"return of)"]', "anchors:"),
    Fault("pattern-matches-empty", EN, '"duplicates?"', '"(duplicates?)?"', "  COPIES:"),
    Fault("pattern-not-folded", EN, '"duplicates?"', '"duplicates?", "records of labour"', "  COPIES:"),
    Fault("pattern-not-folded", JA, "写し]", "写し, サンプルおよび写真]", "  COPIES:"),
    Fault("missing-language", JA, "  COPIES:\n    terms: [複製品, 写し]\n", "", "find: [{any: [COPIES]}]", P),
    Fault("missing-language", P, 'anchors: {ja: [見本, 返還], en: ["samples", "return of"]}', "anchors: {ja: [見本]}", "anchors:"),
    Fault(
        "missing-language", P, "  - language: ja\n    heading: （見本の返還）\n", "  - language: en\n    heading: Samples\n", "exemplars:"
    ),
    Fault("source-missing", P, "sources: [{id: practice, note: invented for this page}]", "sources: []", "id: sample_return"),
    Fault("suggestion-missing", P, SUGGESTED, "", "  - id: sr_return"),
    Fault(
        "suggestion-not-counted", P, "{supplier} shall return the samples to", "{supplier} may return the samples to", "  - id: sr_return"
    ),
    Fault(
        "exemplar-not-present",
        P,
        "見本及びその複製品を{buyer}に返還しなければならない。",
        "見本及びその複製品を{buyer}に返還するよう努める。",
        "  - language: ja",
    ),
    Fault("unknown-placeholder", P, "the samples and all copies to {buyer}", "the samples and all copies to {seller}", "  - language: en"),
    Fault("unknown-placeholder", P, "{supplier} bears the cost of the", "{seller} bears the cost of the", "  - id: sr_our_cost"),
    Fault("unknown-element", P, "    instead: {text", "    instead: {keeps: [sample_return.sr_back], text", "  - id: sr_our_cost"),
    Fault(
        "replacement-raises-flag",
        P,
        "{supplier} bears the cost of the return.",
        "The return is at {buyer}''s own cost.",
        "  - id: sr_our_cost",
    ),
    Fault("no-test", T, "provision: sample_return", "", "id: sample_return", P),
    Fault(
        "no-positive-test",
        T,
        "status: present\n    satisfied: [sr_return, sr_copies]\n  - name: too late, at our cost\n    language: ja",
        "status: weak\n  - name: too late, at our cost\n    language: ja",
        "# tests/",
    ),
    Fault(
        "no-negative-test",
        T,
        "    status: missing\n  - name: ownership",
        "    status: not_applicable\n    type: nda\n  - name: ownership",
        "# tests/",
    ),
    Fault("element-without-test", T, "[sr_return, sr_copies]\n  - name: too", "[sr_return]\n  - name: too", "# tests/"),
    Fault(
        "test-failed",
        T,
        "    weak: [sr_return]\n    flags: [sr_our_cost]\n    reasons: [late_return]\n  - name: trade",
        "    weak: [sr_return]\n    reasons: [too_late]\n  - name: trade",
        "at our cost\n    language: en",
    ),
    Fault(
        "test-failed",
        T,
        "text: The samples remain the property of Buyer.",
        "text: Supplier shall return the samples within 8 days.",
        "name: ownership only",
    ),
    Fault(
        "duplicate-test-name",
        T,
        "name: ownership only\n    language: en",
        "name: full clause\n    language: en",
        "name: full clause\n    language: en\n    why",
    ),
    Fault(
        "test-without-why", T, "    why: ownership of samples is no duty to return them\n", "", "name: ownership only", severity="warning"
    ),
    Fault(
        "concept-never-used", EN, "  COPIES:", '  BLUEPRINTS:\n    terms: ["blueprints?"]\n  COPIES:', "  BLUEPRINTS:", severity="warning"
    ),
    Fault(
        "pattern-never-exercised",
        P,
        "find: [{any: [COPIES]}]",
        "find: [{any: [COPIES]}, {all: [COPIES, BUYER_COST]}]",
        "{all: [COPIES, BUYER_COST]}",
        severity="warning",
    ),
    Fault(
        "pattern-too-large",
        EN,
        '"duplicates?"',
        '"duplicates?", "' + "|".join(f"copy{n}" for n in range(3000)) + '"',
        "  COPIES:",
        severity="warning",
    ),
    Fault(
        "tokens-do-not-compile", EN, '["copies", "duplicates?"]', '["copies", "duplicates?"]\n    tokens: [[{LOWERS: copy}]]', "  COPIES:"
    ),
]


def line_of(text: str, at: str) -> int:
    return text[: text.index(at)].count("\n") + 1 + (len(at) - len(at.lstrip("\n"))) if at else 1


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f.id)
def test_fault(fault: Fault, tmp_path: Path) -> None:
    if fault.code.startswith("tokens"):
        pytest.importorskip("spacy", reason="token patterns need spaCy")
    files = small_library.example()
    assert fault.old in files[fault.file]
    files[fault.file] = files[fault.file].replace(fault.old, fault.new, 1)
    if fault.code == "no-test":
        del files[fault.file]
    named = fault.file_named or fault.file
    found = [i for i in check_library(small_library.write(tmp_path, files)) if i.code == fault.code]
    assert found, [i.format() for i in check_library(tmp_path)]
    issue = found[0]
    assert (issue.file, issue.line, issue.severity) == (named, line_of(files[named], fault.at), fault.severity), issue.format()
    assert issue.hint
    assert "\n" not in issue.format() and len(issue.format()) < 600


def test_a_slow_concept_is_named(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the clock of the processor, so the limit is set to nothing here; what ships keeps to the real one."""
    monkeypatch.setattr(checks, "MAX_SECONDS", -1.0)
    found = [i for i in check_library(example) if i.code == "pattern-slow"]
    assert [(i.file, i.line, i.severity) for i in found][:1] == [(EN, line_of(small_library.example()[EN], "  SAMPLES:"), "warning")]
    assert len(found) == 8 and not [i.format() for i in issues() if i.code == "pattern-slow"]


def test_token_patterns_without_spacy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(*_: object) -> None:
        raise ImportError("spacy")

    monkeypatch.setattr(checks, "TokenMatcher", absent)
    files = small_library.example()
    files[EN] = files[EN].replace('["copies", "duplicates?"]', '["copies", "duplicates?"]\n    tokens: [[{LOWER: copy}]]')
    (issue,) = check_library(small_library.write(tmp_path, files))
    assert (issue.code, issue.severity, issue.file) == ("tokens-not-tried", "warning", EN)


def test_a_folder_that_is_no_library(tmp_path: Path) -> None:
    (issue,) = check_library(tmp_path)
    assert issue.code == "unreadable" and "provisions/" in issue.message and issue.hint
    with pytest.raises(LibraryError):
        load_library(tmp_path)


def test_unknown_names_are_usage_errors(example: Path) -> None:
    with pytest.raises(UsageError, match=r"no profile 'other'.*default"):
        load_library(example, "other")
    with pytest.raises(UsageError, match=r"no provision 'other'.*sample_return"):
        checks.test_library(example, ["other"])


def test_a_profile_chooses_and_overrides(example: Path) -> None:
    (example / "profiles" / "strict.yaml").write_text(
        "name: strict\ntitle: {ja: 厳格, en: Strict}\nside: supplier\nparameters: {return_days: 14}\nseverity: {sample_return: low}\n",
        encoding="utf-8",
    )
    plain, strict = load_library(example), load_library(example, "strict")
    assert (plain.value("return_days"), strict.value("return_days"), strict.profile.side) == (30, 14, "supplier")
    assert (plain.provisions[0].severity, strict.provisions[0].severity) == (Severity.HIGH, Severity.LOW)
    assert plain.sha256 != strict.sha256


def test_drafts_do_not_run_unless_a_profile_names_them(example: Path) -> None:
    path = example / P
    path.write_text(path.read_text(encoding="utf-8").replace("status: stable ", "status: draft "), encoding="utf-8")
    assert load_library(example).provisions == ()
    (example / "profiles" / "all.yaml").write_text("name: all\ntitle: {ja: 全, en: All}\nprovisions: [sample_return]\n", encoding="utf-8")
    assert [p.id for p in load_library(example, "all").provisions] == ["sample_return"]


def test_a_changed_file_is_read_again(example: Path) -> None:
    before = load_library(example)
    path = example / EN
    path.write_text(path.read_text(encoding="utf-8").replace('"copies"', '"copies", "facsimiles?"'), encoding="utf-8")
    assert load_library(example).sha256 != before.sha256


@pytest.mark.parametrize(
    "text", ["[" * 3000, "a: &a [*a]", "x: !!python/object/apply:os.system [ls]", "\t- x", "a: 1\n---\nb: 2", "\x00", "- 1"], ids=repr
)
def test_hostile_yaml_is_one_error(text: str, example: Path) -> None:
    (example / EN).write_text(text, encoding="utf-8")
    with pytest.raises(LibraryError, match=r"^vocabulary/en\.yaml:\d+: ") as caught:
        load_library(example)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_text(example: Path) -> None:
    (example / EN).write_bytes(b"\xff\xfe\x00\xd8")
    with pytest.raises(LibraryError, match="cannot be read as UTF-8"):
        load_library(example)


def test_every_code_has_its_fault() -> None:
    shown_elsewhere = {"unreadable", "pattern-slow", "tokens-not-tried"}
    assert {f.code for f in FAULTS} | shown_elsewhere == {*ERRORS, *WARNINGS}


def test_what_ships_is_read_by_the_fast_reader() -> None:
    """libyaml refuses some of YAML 1.2 ("[a?, b]"); such a file would be read by the full reader, ten times slower at every start."""
    from ruamel.yaml import YAML

    for path in library_files(library_root()):
        YAML(typ="safe").load(path.read_text(encoding="utf-8"))
