"""The whole review: nothing emptied is ever present, every quote stands at its place, the same bytes every time, batches, languages."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import clausecheck
from clausecheck import concepts, languages, passages, pipeline
from clausecheck.errors import ContractReadError, UsageError
from clausecheck.library import load_library
from clausecheck.literals import required
from clausecheck.model import Contract, Evidence, Failure, Level, Report
from clausecheck.pipeline import parse_contract, review, review_files

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
DATA = ROOT / ".." / "shared" / "data"
LIBRARIES = {"default": load_library(), "supplier_agreement": load_library(None, "supplier_agreement")}


@cache
def sample(language: str, kind: str = "good") -> Contract:
    return clausecheck.read_contract(SAMPLES / f"supply_{language}_{kind}.docx")


def evidence_of(report: Report) -> Iterator[Evidence]:
    yield from report.term.evidence
    for finding in report.findings:
        yield from finding.mention_only
        for part in (*finding.elements, *finding.red_flags):
            yield from part.evidence
        for element in finding.elements:
            yield from element.near


def check_places(report: Report) -> int:
    """Every quote is verbatim at its place, inside the clause that it names; returns how many were looked at."""
    text, clauses = report.contract.text, {c.id: c for c in report.contract.clauses}
    count = 0
    for e in evidence_of(report):
        assert 0 <= e.start < e.end <= len(text), e
        assert text[e.start : e.end] == e.quote, e
        clause = clauses[e.clause_id]
        assert clause.start <= e.start and e.end <= clause.end, (e, clause)
        assert e.clause == clause.citation
        count += 1
    return count


# --- nothing that was emptied is present ---------------------------------------------------------------------------
REFERENCE = {"en": "This matter is governed by Section 99.", "ja": "本条については、第99条の定めによる。"}
EMPTY = {
    "en": [
        "[Reserved]",
        "[Intentionally omitted.]",
        "Reserved.",
        "(Not used)",
        "",
        REFERENCE["en"],
        "[Note to draft: to be settled.]",
        '"{heading}" has the meaning given in Annex 9.',
    ],
    "ja": ["（削除）", "削除", "欠番", "", REFERENCE["ja"], "【注：要検討】", "「{heading}」とは、別紙9に定めるものをいう。"],
}


def emptied(language: str, body: str) -> str:
    """A contract with the headings of the good sample and of every exemplar, all with this body."""
    headings = [c.heading for c in sample(language).clauses if c.level is Level.CLAUSE and c.heading]
    headings += [e.heading.strip("（）()") for p in LIBRARIES["default"].provisions for e in p.exemplars if e.language == language]
    return "".join(
        f"{printed(language, n, heading)}\n{body.replace('{heading}', heading)}\n\n" for n, heading in enumerate(dict.fromkeys(headings), 1)
    )


def printed(language: str, number: int, heading: str) -> str:
    return languages.get(language).printed_heading(number, f"（{heading}）" if language == "ja" else heading)


@pytest.mark.parametrize(("language", "body"), [(code, body) for code, bodies in EMPTY.items() for body in bodies])
def test_emptied_clauses_are_never_present(language: str, body: str) -> None:
    contract = parse_contract(emptied(language, body), language=language)
    assert len(contract.clauses) > 10, "the headings were not read as clauses"
    report = review(contract, LIBRARIES["supplier_agreement"])
    allowed = {"term_length"} if "{heading}" in body else set()  # a term may be set by its definition: it is then weak
    assert [f.provision for f in report.findings if f.status == "present"] == []
    assert {f.provision for f in report.findings if f.status == "weak" or f.found} <= allowed
    check_places(report)


NEGATED = {
    "en": """1. Force Majeure
Supplier shall not be released by force majeure, act of God, war, sanctions, orders of government or any other event.
2. Termination
Buyer may not suspend performance or terminate this Agreement because of suspicion, concern, media reports or sanctions.
3. Human Rights
Supplier is not required to respect human rights and shall not be bound to avoid forced labour or child labour.
4. Notices
Notices are given in writing.
""",
    "ja": """第1条（不可抗力）
乙は、天災、戦争、経済制裁、政府の命令その他いかなる事由によっても本契約上の義務を免れず、不可抗力を主張しない。
第2条（解除）
甲は、懸念、報道又は制裁を理由として本契約の履行を停止し又は本契約を解除してはならない。
第3条（人権）
乙は、人権を尊重する義務を負わず、強制労働及び児童労働を防止する義務を負わない。
第4条（通知）
通知は書面で行う。
""",
}


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("profile", sorted(LIBRARIES))
def test_negated_clauses_are_never_present(language: str, profile: str) -> None:
    report = review(parse_contract(NEGATED[language], language=language), LIBRARIES[profile])
    assert [f.provision for f in report.findings if f.status == "present"] == []


@pytest.mark.parametrize("between", ["", " ", "\u3000"])
def test_headings_glued_to_their_numbers(between: str) -> None:
    """Without brackets or a blank the words of a heading look like the clause itself."""
    headings = ["目的", "懸念情報に基づく停止及び解除", "人権の尊重と強制労働の禁止", "不可抗力による免責", "契約期間"]
    text = "".join(f"第{n}条{between}{heading}\n\n" for n, heading in enumerate(headings, 1))
    report = review(parse_contract(text, language="ja"), LIBRARIES["supplier_agreement"])
    assert [f.provision for f in report.findings if f.found] == []


@pytest.mark.parametrize("language", ["en", "ja"])
def test_headings_and_table_of_contents_alone(language: str) -> None:
    headings = [c.heading for c in sample(language).clauses if c.level is Level.CLAUSE and c.heading]
    text = "\n".join(f"{printed(language, n, heading)} ........ {n}" for n, heading in enumerate(headings, 1))
    report = review(parse_contract(text, language=language), LIBRARIES["supplier_agreement"])
    assert [f.provision for f in report.findings if f.found] == []


# --- quotes --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", sorted(p.name for p in SAMPLES.iterdir() if p.suffix in (".docx", ".pdf")))
def test_quotes_of_the_samples(path: str) -> None:
    report = review(SAMPLES / path, LIBRARIES["supplier_agreement"], explain=True)
    assert check_places(report) > (20 if "good" in path else 3)


def development_files() -> list[Path]:
    return [*sorted((DATA / "contracts_ja").glob("*.txt"))[::4], *sorted((DATA / "docx_en").rglob("*.docx"))[::12]][:16]


@pytest.mark.skipif(not DATA.exists(), reason="the development data is not beside the project")
@pytest.mark.parametrize("path", development_files(), ids=lambda p: p.name)
def test_quotes_of_real_contracts(path: Path) -> None:
    try:
        contract = clausecheck.read_contract(path)
    except ContractReadError as error:
        pytest.skip(f"not read: {type(error).__name__}")
    check_places(review(contract, LIBRARIES["supplier_agreement"], explain=True))


PARAGRAPHS = {
    code: [p for p in sample(code).text.split("\n") if p.strip()][:160]
    + [p for p in NEGATED[code].split("\n") if p.strip()]
    + [
        "",
        " ",
        "\t(a)",
        "1.",
        "第1条",
        "第2条（ ）",
        "(i)",
        "\u3000",
        "（削除）",
        "[Reserved]",
        "・",
        "①",
        "12.3(b)",
        "―――",
        "\ufffd",
        "e\u0301",
        "㍿㌢",
        "ﾊﾟｰﾂ",
        "“”",
        "Annex",
        "別紙",
        "①②③ 12 か月",
    ]
    for code in ("en", "ja")
}


@pytest.mark.parametrize("language", ["en", "ja"])
def test_quotes_of_shuffled_paragraphs(language: str) -> None:
    """Whatever is cut, moved or put in between: a quote is what stands at its place."""

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True, database=None)
    @given(st.lists(st.sampled_from(PARAGRAPHS[language]), max_size=40), st.sampled_from(["\n", "\n\n", "\r\n", " "]))
    def shuffled(paragraphs: list[str], joint: str) -> None:
        text = joint.join(paragraphs)
        if text.strip():
            check_places(review(parse_contract(text, language=language), LIBRARIES["supplier_agreement"], explain=True))

    shuffled()


# --- the same bytes ------------------------------------------------------------------------------------------------
FRESH = """
import hashlib, sys
import clausecheck
library = clausecheck.load_library(None, "supplier_agreement")
for path in sys.argv[1:]:
    print(hashlib.sha256(clausecheck.review(path, library, explain=True).to_json().encode()).hexdigest())
"""


def test_same_bytes_again_and_in_a_fresh_process() -> None:
    import hashlib

    paths = [str(SAMPLES / f"supply_{code}_{kind}.docx") for code in ("ja", "en") for kind in ("good", "poor")]
    library = LIBRARIES["supplier_agreement"]
    here = [[hashlib.sha256(review(p, library, explain=True).to_json().encode()).hexdigest() for p in paths] for _ in range(2)]
    assert here[0] == here[1]
    for seed in ("1", "4242"):
        run = subprocess.run(
            [sys.executable, "-c", FRESH, *paths],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
        )
        assert run.returncode == 0, run.stderr[-2000:]
        assert run.stdout.split() == here[0]


def test_a_report_does_not_depend_on_what_was_reviewed_before() -> None:
    library = LIBRARIES["supplier_agreement"]
    before = review(sample("en"), library).to_json()
    review(sample("ja"), library)
    review(sample("en", "poor"), LIBRARIES["default"], explain=True)
    assert review(sample("en"), library).to_json() == before


# --- attachments and profiles --------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["en", "ja"])
def test_attachments_are_read_as_annexes(language: str) -> None:
    exemplar = next(e for p in LIBRARIES["default"].provisions if p.id == "human_rights" for e in p.exemplars if e.language == language)
    names = {"en": ("Buyer", "Supplier"), "ja": ("甲", "乙")}[language]
    text = exemplar.text.replace("{buyer}", names[0]).replace("{supplier}", names[1])
    code = parse_contract(f"{languages.get(language).printed_heading(1, exemplar.heading)}\n{text}\n", name="code.txt", language=language)
    contract = parse_contract(NEGATED[language].split("3. Human")[0].split("第3条")[0], language=language)
    alone = review(contract, LIBRARIES["default"])
    together = review(contract, LIBRARIES["default"], attachments=[code])
    status = [next(f for f in r.findings if f.provision == "human_rights").status.value for r in (alone, together)]
    assert status[0] == "missing" and status[1] in ("present", "weak")
    assert together.contract.text.startswith(contract.text) and together.contract.text.endswith(code.text)
    assert check_places(together)
    finding = next(f for f in together.findings if f.provision == "human_rights")
    assert all(c.startswith("code.txt") for c in finding.clauses)
    assert together.contract.clauses[: len(contract.clauses)] == contract.clauses


def test_the_profile_sets_the_side() -> None:
    assert review(sample("en"), LIBRARIES["default"]).our_side == "either"
    report = review(sample("en"), LIBRARIES["supplier_agreement"])
    assert (report.our_side, report.library.profile) == ("buyer", "supplier_agreement")
    assert review(sample("en"), LIBRARIES["supplier_agreement"], side="supplier").our_side == "supplier"


def test_a_profile_may_be_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "name: mine\ntitle: {ja: 自社, en: Ours}\nside: buyer\nprovisions: [term_length]\n"
        "parameters: {max_term_months: 6}\nseverity: {term_length: low}\n",
        encoding="utf-8",
    )
    report = review(sample("en"), load_library(None, path))
    assert [f.provision for f in report.findings] == ["term_length"]
    assert report.library.profile == "mine" and report.library.sha256 != LIBRARIES["default"].sha256
    assert "tl_too_long" in {f.id for f in report.findings[0].red_flags}


@pytest.mark.parametrize("wrong", [{"contract_type": "lease"}, {"side": "seller"}, {"language": "fr"}])
def test_a_wrong_option_is_a_usage_error(wrong: dict[str, str]) -> None:
    with pytest.raises(UsageError) as caught:
        review(sample("en"), LIBRARIES["default"], **wrong)  # type: ignore[arg-type]
    assert caught.value.exit_code == 2 and next(iter(wrong.values())) in str(caught.value)


def test_an_unknown_type_is_treated_as_supply_and_said() -> None:
    report = review(parse_contract("1. Quiet\nThe garden is quiet.\n2. Rest\nNothing.\n", language="en"), LIBRARIES["default"])
    assert report.contract_type == "supply" and "type_unknown" in {w.code for w in report.warnings}


def test_wording_with_names_that_the_contract_does_not_use_is_said() -> None:
    """The roles of the parties are not to be seen: the wording calls them by custom, once for the whole report."""
    head = "AGREEMENT\n\nThis Agreement is made between {}.\n\n1. Law\nThe law of Japan applies.\n"
    unknown = review(parse_contract(head.format("the parties named on the cover page")))
    known = review(parse_contract(head.format('Alpha Ltd. ("Buyer") and Beta Ltd. ("Seller")')))
    (said,) = [w.message.en for w in unknown.warnings if w.code == "names_assumed"]
    assert "Buyer" in said and "Supplier" in said
    assert "names_assumed" not in {w.code for w in known.warnings}


# --- languages -----------------------------------------------------------------------------------------------------
FOREIGN = {
    "French": "Le présent contrat est conclu entre le vendeur et l'acheteur. Le vendeur livre les marchandises dans les trente jours. "
    "L'acheteur paie le prix dans les soixante jours. Aucune des parties n'est responsable en cas de force majeure ou de grève. ",
    "German": "Dieser Vertrag wird zwischen dem Verkäufer und dem Käufer geschlossen. Der Verkäufer liefert die Ware in dreißig Tagen. "
    "Der Käufer zahlt den Preis innerhalb von sechzig Tagen. Keine Partei haftet bei höherer Gewalt, insbesondere bei Krieg. ",
    "Chinese": "本合同由买方与卖方订立。卖方应当在收到订单后三十日内交付货物。买方应当在六十日内支付价款。"
    "因战争、地震等不可抗力致使任何一方不能履行的，该方不承担责任。",
    "Korean": "본 계약은 매도인과 매수인 사이에 체결된다. 매도인은 주문 후 삼십일 이내에 물품을 인도하여야 한다. ",
}


@pytest.mark.parametrize("name", sorted(FOREIGN))
def test_another_language_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "contract.txt"
    path.write_text(FOREIGN[name] * 8, encoding="utf-8")
    with pytest.raises(ContractReadError) as caught:
        clausecheck.read_contract(path)
    assert caught.value.exit_code == 3
    assert "contract.txt" in str(caught.value) and "\n" not in str(caught.value)


# --- batches -------------------------------------------------------------------------------------------------------
def files(folder: Path) -> list[Path]:
    broken, foreign = folder / "broken.docx", folder / "foreign.txt"
    broken.write_bytes(b"PK\x03\x04 no archive at all")
    foreign.write_text(FOREIGN["French"] * 8, encoding="utf-8")
    return [
        SAMPLES / "supply_ja_poor.docx",
        broken,
        SAMPLES / "supply_en_poor.docx",
        folder / "absent.txt",
        foreign,
        SAMPLES / "supply_en_poor.docx",
    ]


@pytest.mark.parametrize("pool", [None, ThreadPoolExecutor, ProcessPoolExecutor], ids=["plain", "threads", "processes"])
def test_a_batch_isolates_bad_files(pool: type[Executor] | None, tmp_path: Path) -> None:
    paths = files(tmp_path)
    library = LIBRARIES["supplier_agreement"]
    if pool is None:
        results = list(review_files(paths, library=library))
    else:
        with pool(max_workers=2) as executor:  # type: ignore[call-arg]
            results = list(review_files(paths, executor=executor, library=library))
    assert [type(r).__name__ for r in results] == ["ReviewReport", "Failure", "ReviewReport", "Failure", "Failure", "ReviewReport"]
    assert [r.path for r in results if isinstance(r, Failure)] == [str(paths[i]) for i in (1, 3, 4)]
    reports = [r for r in results if isinstance(r, Report)]
    assert [r.contract.name for r in reports] == ["supply_ja_poor.docx", "supply_en_poor.docx", "supply_en_poor.docx"]
    assert {r.library.profile for r in reports} == {"supplier_agreement"}
    assert reports[1].to_json() == reports[2].to_json() == review(paths[2], library).to_json()  # type: ignore[attr-defined]
    for failure in (r for r in results if isinstance(r, Failure)):
        assert failure.error.endswith("Error") and failure.message and "\n" not in failure.message


def test_a_review_opens_no_socket_and_no_other_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """The text is in memory, the library is loaded: nothing is left to ask anybody for."""
    import builtins
    import socket

    contract, library = sample("ja"), LIBRARIES["default"]
    review(contract, library)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a review reached out")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(builtins, "open", refuse)
    review(contract, library).to_json()


# --- the first pass ------------------------------------------------------------------------------------------------
PIECES = st.sampled_from(
    ["a", "b", "ab", "ba", "[ab]", "[^a]", ".", r"\.", "甲", "乙甲", r"\d", "a?", "b*", "a+", "b{0,2}", "a{2}", r"\b", "(?:)"]
)
PATTERNS = st.recursive(
    PIECES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: "(?:" + "|".join(parts) + ")"),
        inner.map(lambda part: f"(?:{part})?"),
        inner.map(lambda part: f"({part}){{1,2}}"),
        inner.map(lambda part: f"x{part}.{{0,3}}?y"),
    ),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(PATTERNS, st.text("abxy甲乙. 1", max_size=30))
def test_every_match_holds_one_of_the_literals(pattern: str, text: str) -> None:
    """The literals that stand for a pattern are never too few: a match without one would never be looked for."""
    import re

    literals = required(pattern)
    assert literals is None or (literals and all(literals))
    for match in re.finditer(pattern, text):
        if match[0]:
            assert literals is None or any(literal in match[0] for literal in literals)


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(st.data())
def test_texts_made_from_a_pattern_hold_one_of_its_literals(data: st.DataObject) -> None:
    pattern = data.draw(PATTERNS.filter(lambda p: r"\b" not in p))
    text = data.draw(st.from_regex(pattern, fullmatch=True))
    literals = required(pattern)
    assert literals is None or any(literal in text for literal in literals)


def test_a_long_contract_is_judged_as_a_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found stretch by stretch, and with patterns let go in between, is what is found at once."""
    path = SAMPLES / "supply_en_good.docx"
    whole = clausecheck.review(path).to_dict()
    monkeypatch.setattr(passages, "_AT_ONCE", 300)
    monkeypatch.setattr(concepts, "_MOST_PATTERNS", 0)
    monkeypatch.setattr(pipeline, "LONG", 0)
    assert clausecheck.review(path).to_dict() == whole


def test_stretches_are_the_text() -> None:
    text = "one\ntwo\n\nthree four\n" * 20_000
    found = list(passages.stretches(text))
    assert len(found) > 1 and "\n".join(found) == text
    assert list(passages.stretches("one\ntwo")) == ["one\ntwo"] and list(passages.stretches("")) == [""]
