"""The report as data and as text: keys and their order, the schema, the same bytes each time, lines a reader can use."""

from __future__ import annotations

import dataclasses
import json
import math
import pickle
import re
import string
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports import make_contract, make_report

import clausecheck
from clausecheck import messages, model
from clausecheck.errors import UsageError
from clausecheck.languages.base import Passage
from clausecheck.messages import LABELS, reason
from clausecheck.model import ContractWarning, Evidence, Status, Term, Text
from clausecheck.report import clean, report_schema, shorten, summary, to_dict, to_json, whole
from clausecheck.reports import render, render_clauses, render_explanation
from clausecheck.reports.columns import WIDTH, columns, wrap

# The published order of keys; a reader of the JSON may rely on it.
KEYS = {
    "": "schema_version tool library contract term findings summary",
    "tool": "name version",
    "library": "name version sha256 profile",
    "contract": "name sha256 format language contract_type our_side parties pages coverage clauses warnings",
    "contract.coverage": "in_clauses understood pages_without_text languages",
    "contract.coverage.languages": "language share",
    "contract.parties": "label name role",
    "contract.clauses": "id number heading level kind parent page start end",
    "contract.warnings": "code message",
    "term": "initial_months start end end_date indefinite auto_renewal renewal_months renewal_capped optout_days exit_notice_days "
    "max_lock_in_months last_day_to_refuse evidence arithmetic",
    "term.evidence": "clause quote start end page pattern",
    "findings": "provision title status found mention_only severity clauses elements red_flags reasons searched suggestion "
    "cautions sources",
    "findings.elements": "id need result evidence",
    "findings.elements.evidence": "clause quote start end page pattern",
    "findings.red_flags": "id effect message evidence",
    "findings.red_flags.evidence": "clause quote start end page pattern",
    "findings.reasons": "code message",
    "findings.searched": "clause heading why_not",
    "findings.suggestion": "language text where",
    "summary": "present weak missing conflicting not_applicable undetermined worst",
}


def walk(value: Any, path: str = "") -> Any:
    """Every object of a JSON value with the path of names that leads to it."""
    if isinstance(value, dict):
        yield path, value
        for key, part in value.items():
            yield from walk(part, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        for part in value:
            yield from walk(part, path)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_keys_are_those_published_in_that_order(language: str) -> None:
    seen = set()
    for path, value in walk(to_dict(make_report(language))):
        assert " ".join(value) == KEYS[path], path
        seen.add(path)
    assert seen == set(KEYS)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_report_keeps_its_schema(language: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(report_schema())
    jsonschema.Draft202012Validator(report_schema()).validate(json.loads(to_json(make_report(language))))


def test_schema_lists_the_same_keys_and_all_of_them_are_required() -> None:
    schema = report_schema()

    def objects(node: Any, path: str = "") -> Any:
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rpartition("/")[2]]
        for choice in node.get("anyOf", ()):
            yield from objects(choice, path)
        if "items" in node:
            yield from objects(node["items"], path)
        if "properties" in node:
            yield path, node
            for key, part in node["properties"].items():
                yield from objects(part, f"{path}.{key}".lstrip("."))

    found = dict(objects(schema))
    assert {path: " ".join(node["properties"]) for path, node in found.items()} == KEYS
    for path, node in found.items():
        assert node["required"] == list(node["properties"]), path
        assert node["additionalProperties"] is False, path


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("$defs.status", model.Status),
        ("$defs.finding.properties.severity", model.Severity),
        ("$defs.finding.properties.elements.items.properties.need", model.Need),
        ("$defs.finding.properties.elements.items.properties.result", model.Result),
        ("properties.contract.properties.clauses.items.properties.level", model.Level),
        ("properties.contract.properties.clauses.items.properties.kind", model.ClauseKind),
    ],
)
def test_schema_knows_every_value(path: str, kind: Any) -> None:
    node: Any = report_schema()
    for step in path.split("."):
        node = node[step]
    assert node["enum"] == [value.value for value in kind]


def test_schema_and_report_have_one_version() -> None:
    assert report_schema()["properties"]["schema_version"]["const"] == model.SCHEMA_VERSION
    assert report_schema()["$id"].endswith(model.SCHEMA_VERSION)


def test_same_report_same_bytes() -> None:
    assert to_json(make_report("ja")).encode() == to_json(make_report("ja")).encode()
    assert render(make_report("ja"), "text") == render(make_report("ja"), "text")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_quotes_are_verbatim(language: str) -> None:
    report = make_report(language)
    quotes = [value for path, value in walk(to_dict(report)) if "quote" in value]
    assert len(quotes) > 4
    for quote in quotes:
        assert report.contract.text[quote["start"] : quote["end"]] == quote["quote"]


def test_numbers_dates_and_what_is_not_stated() -> None:
    term = to_dict(make_report())["term"]
    assert (term["initial_months"], term["exit_notice_days"], term["optout_days"]) == (12, 37.5, None)
    assert isinstance(term["initial_months"], int)
    assert (term["start"], term["end"], term["end_date"]) == ("date", "duration", "2027-03-31")


@pytest.mark.parametrize(("number", "shown"), [(12.0, 12), (0.5, 0.5), (None, None), (math.inf, None), (math.nan, None), (1 / 3, 0.333)])
def test_whole(number: float | None, shown: float | None) -> None:
    assert whole(number) == shown


def test_report_is_in_its_own_language_or_the_one_asked_for() -> None:
    titles = {language: to_dict(make_report("ja"), language)["findings"][1]["title"] for language in (None, "ja", "en")}
    assert titles == {None: "不可抗力", "ja": "不可抗力", "en": "Force majeure"}
    with pytest.raises(UsageError, match="'fr'"):
        to_dict(make_report(), "fr")


def test_mentions_are_said_with_the_place_and_why_they_do_not_count() -> None:
    finding = next(f for f in to_dict(make_report())["findings"] if f["provision"] == "human_rights")
    assert finding["mention_only"] is True
    assert finding["searched"][-1] == {"clause": "", "heading": "", "why_not": 'stands only in a recital: "human rights"'}


def test_reasons_of_elements_are_not_lost_and_not_doubled() -> None:
    report = make_report()
    reasons = next(f for f in to_dict(report)["findings"] if f["provision"] == "force_majeure")["reasons"]
    assert [r["code"] for r in reasons] == ["element_weak", "soft_modality"]
    assert reasons[1]["message"] == "Mitigation: It is only a duty to try."
    weak = next(f for f in report.findings if f.provision == "force_majeure")
    repeated = dataclasses.replace(weak, reasons=weak.elements[1].reasons)
    again = dataclasses.replace(report, findings=(repeated,))
    assert [r["code"] for r in to_dict(again)["findings"][0]["reasons"]] == ["soft_modality"]


def test_warnings_of_the_reader_join_those_of_the_review_once() -> None:
    report = make_report()
    doubled = dataclasses.replace(report, warnings=(*report.warnings, *report.contract.document.warnings))
    for one in (report, doubled):
        assert [w["code"] for w in to_dict(one)["contract"]["warnings"]] == ["type_assumed", "text_boxes"]


def test_summary_counts_and_names_the_worst() -> None:
    assert summary(make_report().findings) == {
        "present": 1, "weak": 1, "missing": 1, "conflicting": 1, "not_applicable": 1, "undetermined": 1, "worst": "conflicting",
    }  # fmt: skip
    assert summary(())["worst"] is None
    assert summary(make_report(statuses=(Status.PRESENT, Status.UNDETERMINED)).findings)["worst"] == "undetermined"


def test_half_a_surrogate_pair_does_not_break_the_output() -> None:
    report = dataclasses.replace(make_report(), warnings=(ContractWarning("x", Text("\ud800", "a\udfff")),))
    assert json.loads(to_json(report).encode("utf-8"))["contract"]["warnings"][0]["message"] == "a\udfff"
    str(render(report, "text")).encode("utf-8")


def test_methods_of_a_report_are_the_functions() -> None:
    report = make_report()
    assert report.to_dict() == to_dict(report)
    assert report.to_json("ja") == to_json(report, "ja")


def test_html_table_escapes_what_the_contract_says() -> None:
    report = make_report()
    finding = dataclasses.replace(report.findings[0], title=Text("<b>題</b>", "<script>x</script>"))
    html = dataclasses.replace(report, findings=(finding,))._repr_html_()
    assert "&lt;script&gt;" in html
    assert "<script>" not in html
    assert "A lawyer decides." in html


def test_data_frame_has_a_row_a_finding() -> None:
    pytest.importorskip("pandas")
    frame = make_report().to_dataframe()
    assert list(frame["status"]) == ["present", "weak", "missing", "conflicting", "not_applicable", "undetermined"]


def test_data_frame_without_pandas_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match="pip install"):
        make_report().to_dataframe()


# --- text ----------------------------------------------------------------------------------------------------------


def text(language: str = "en", **changes: Any) -> str:
    return str(render(dataclasses.replace(make_report(language), **changes), "text"))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_line_is_wider_than_the_page(language: str) -> None:
    for report_language in ("ja", "en"):
        for line in str(render(make_report(language), "text", report_language)).splitlines():
            assert columns(line, wide_ambiguous=report_language == "ja") <= WIDTH, line


def test_findings_keep_the_order_of_the_report_and_what_needs_attention_stands_first() -> None:
    statuses = [line.split("[")[1].split("]")[0] for line in text().splitlines() if line[:1].isdigit()]
    assert statuses == ["present", "weak", "not found", "conflicting", "not applicable", "undetermined"]
    attention = [line.strip().split("]")[0] for line in text().splitlines() if line.startswith("   ") and line.strip()[:1].isdigit()]
    assert [line for line in attention if "[" in line] == ["4. [conflicting", "3. [not found", "2. [weak", "6. [undetermined"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Result: 1 conflicting, 1 not found, 1 weak, 1 undetermined, 1 present, 1 not applicable"),
        ("en", "Parties: Supplier = Example Parts Ltd. (supplier), Buyer = (blank) (buyer)"),
        ("en", "[~] Mitigation (required): weak"),
        ("en", "[-] recommended, not found: Notice"),
        ("en", '2.1, p. 1: "shall not be liable"'),
        ("en", "To add (after clause 2 (Force Majeure)):"),
        ("en", "     | The Supplier shall respect human rights."),
        ("en", "Why: Mitigation: It is only a duty to try."),
        ("en", "Arithmetic: 2026-04-01 + 12 months - 1 day = 2027-03-31"),
        ("en", "Initial term: 12 months"),
        ("en", "There are text boxes. (text_boxes)"),
        ("en", "A lawyer decides."),
        ("ja", "[!] 解除権 (必須、中核): 排除"),
        ("ja", "第２条第２項、1頁: 「責任を負わない」"),
        ("ja", "追加する文案（第２条（不可抗力）の後）"),
        ("ja", "前文・経緯にあるだけ: 「人権を尊重する理念」"),
    ],
)
def test_text_says(language: str, said: str) -> None:
    assert said in text(language)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_text_never_judges_validity(language: str) -> None:
    assert not [word for word in ("invalid", "illegal", "無効", "違法") if word in text(language)]


def test_text_takes_no_orders_from_the_contract() -> None:
    """A name that holds escape codes, line breaks or reversing marks must not steer the reader's terminal."""
    report = make_report(name="a\x1b[2J\u202eb\nc.docx")
    assert not {"\x1b", "\u202e"} & set(str(render(report, "text")))
    assert "a[2Jb c.docx" in str(render(report, "text"))


def test_long_quotes_are_cut_in_the_middle_in_text_only() -> None:
    report = make_report()
    quote = Evidence("2", "c3", report.contract.text, 0, len(report.contract.text), 1, "term.1")
    report = dataclasses.replace(report, term=dataclasses.replace(report.term, evidence=(quote,)))
    assert " … " in str(render(report, "text"))
    assert to_dict(report)["term"]["evidence"][0]["quote"] == report.contract.text


def test_term_that_is_not_stated() -> None:
    assert "Term: not stated" in text(term=Term())
    assert "Initial term: indefinite" in text(term=Term(indefinite=True))


def test_colour_only_when_asked() -> None:
    assert "\x1b" not in text()
    assert "\x1b[31m[not found]\x1b[0m" in str(render(make_report(), "text", color=True))


def test_unknown_format_names_those_there_are() -> None:
    with pytest.raises(UsageError, match="there are: text, json"):
        render(make_report(), "papyrus")


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("supercalifragilistic", 8, ["supercal", "ifragili", "stic"]),  # longer than a line: cut
        ("甲と乙は、", 8, ["甲と乙", "は、"]),  # no line begins with a closing mark
        ("甲乙「丙」", 6, ["甲乙", "「丙」"]),  # none ends with an opening one
        ("第12条甲", 6, ["第12条", "甲"]),  # figures stay together
        ("", 10, [""]),
        ("  ", 10, [""]),
    ],
)
def test_wrap(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width=width) == lines


def test_wrap_keeps_the_indent() -> None:
    assert wrap("one two", first="- ", rest="  ", width=6) == ["- one", "  two"]


@given(st.text("ab ,.()甲乙、。「」（）ー１1é\u0301…", max_size=60), st.integers(8, 30), st.booleans())
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int, wide_ambiguous: bool) -> None:
    lines = wrap(text, first="- ", rest="  ", width=width, wide_ambiguous=wide_ambiguous)
    assert all(columns(line, wide_ambiguous=wide_ambiguous) <= width for line in lines)
    assert "".join(line[2:] for line in lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("責任を\n負わない", "責任を負わない"),  # a line break inside Japanese is none
        ("be\n  liable", "be liable"),
        ("甲 乙", "甲 乙"),  # a blank is one
        ("a\x07b\u200b", "ab"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("abc", 3, "abc"),
        ("abcdefghijklmnopabcdefghijklmnop", 12, "abcdef … nop"),
        ("neither party shall be liable to the other", 30, "neither party … the other"),  # between words
        ("甲は乙に対して責任を負わない。", 12, "甲は乙に対し … ない。"),
    ],
)
def test_shorten(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short


FOCUSED = (
    "In the event that the Supplier, having used all efforts that may reasonably be asked of a prudent supplier of goods of this "
    "kind, fails to deliver, the Buyer may terminate this Agreement by notice, and the Supplier shall pay what the Buyer has to pay "
    "more for goods bought elsewhere, with interest from the day of payment."
)


@pytest.mark.parametrize("words", ["In the event", "may terminate this Agreement by notice", "day of payment."])
def test_shorten_keeps_the_words_that_carry_the_result(words: str) -> None:
    start = FOCUSED.index(words)
    short = shorten(FOCUSED, 120, focus=(start, start + len(words)))
    assert words in short
    assert len(short) <= 130
    assert [piece for piece in short.split(" … ") if piece.strip(" …") not in FOCUSED] == []


@given(st.text(alphabet="ab 。、第", min_size=1, max_size=80), st.integers(0, 79), st.integers(1, 30), st.integers(20, 60))
def test_shorten_never_cuts_the_words_that_fit(text: str, start: int, length: int, limit: int) -> None:
    start = min(start, len(text) - 1)
    words = text[start : min(start + length, start + limit - 1)]
    assert words.strip() in shorten(text, limit, focus=(start, start + len(words)))


def test_every_value_has_its_word() -> None:
    values = [
        *(f"status_{v.value}" for v in model.Status),
        *(f"result_{v.value}" for v in model.Result),
        *(f"need_{v.value}" for v in model.Need),
        *(f"severity_{v.value}" for v in model.Severity),
        *(f"level_{v.value}" for v in model.Level),
        *(f"kind_{v.value}" for v in model.ClauseKind),
        *(f"mention_{v.value}" for v in Passage if v is not Passage.OPERATIVE),
    ]
    assert [v for v in values if v not in LABELS] == []


def test_messages_take_the_same_values_in_both_languages() -> None:
    def names(template: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}

    tables = [table for table in vars(messages).values() if isinstance(table, dict)]
    texts = [(key, text) for table in tables for key, text in table.items() if isinstance(text, Text)]
    assert len(texts) > 100
    assert [key for key, text in texts if names(text.ja) != names(text.en)] == []
    assert [key for key, text in texts if not (text.ja.strip() and text.en.strip())] == []


@pytest.mark.parametrize("code", ["short_notice", "a code that only one provision has"])
def test_messages_of_the_library_are_filled_whatever_their_code(code: str) -> None:
    said = reason(code, Text("{limit}年に足りません。", "Less than {limit} years."), limit=3).message
    assert said == Text("3年に足りません。", "Less than 3 years.")


@pytest.mark.parametrize("sample", sorted((Path(__file__).parents[1] / "samples").glob("*.docx")), ids=lambda p: p.stem)
def test_no_placeholder_is_left_unfilled(sample: Path) -> None:
    report = clausecheck.review(sample, side="buyer").to_dict()
    assert not re.findall(r"\{[a-z_]+\}", json.dumps(report["findings"], ensure_ascii=False))


def test_report_survives_the_way_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(make_report())).to_json() == make_report().to_json()


def test_clause_tree() -> None:
    assert render_clauses(make_contract("ja")).splitlines() == [
        "条項の読取り: supply_ja.docx",
        "（番号なし） 「人権を尊重する理念に鑑み、本契約を締結する。」 [条、経緯、1頁]",
        "第１条 契約期間 [条、本文、1頁]",
        "第２条 不可抗力 [条、本文、1頁]",
        "  ２ 「乙は、戦争その他の事由による履行の遅滞について責任を負わない…」 [項、本文、1頁]",
        "=" * WIDTH,
        "読取り上の注意",
        "   - テキストボックスがある。 (text_boxes)",
    ]


def test_explanation_names_patterns_and_guards() -> None:
    said = render_explanation(make_report(), "force_majeure")
    assert '│  └─ matched fm_relief.1\n│     └─ 2.1, p. 1: "shall not be liable"' in said
    assert "nearly matched, refused by fm_notice.1.without:FORM" in said
    assert "nothing matched, not even nearly" in render_explanation(make_report(), "human_rights")
    with pytest.raises(UsageError, match="known: term_length"):
        render_explanation(make_report(), "nonsense")
