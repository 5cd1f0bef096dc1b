"""Every format: the same findings, order and numbers; what a contract says stays text; the shapes that other programs read."""

from __future__ import annotations

import io
import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from reports import make_report

import clausecheck
from clausecheck.errors import UsageError
from clausecheck.model import Failure, Status
from clausecheck.reports import FORMATS, join, render
from clausecheck.reports.digest import digest
from clausecheck.reports.excel import workbook
from clausecheck.reports.html import render_html
from clausecheck.reports.markdown import plain
from clausecheck.reports.workbook import cell

LANGUAGES = ("en", "ja")
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'</style></script>=1+1|`*[a](javascript:x)]]>&amp;\u202e.docx"


def text_of(report: clausecheck.report.ReviewReport, format: str, language: str) -> str:
    """What a reader of this format sees, as plain text."""
    data = render(report, format, language)
    if isinstance(data, bytes):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = ["word/document.xml"] if format == "docx" else ["xl/sharedStrings.xml"]
            return "\n".join("".join(ElementTree.fromstring(package.read(n)).itertext()) for n in names)
    if format in ("html",):
        return visible(data)
    return re.sub(r"\\(.)", r"\1", data) if format == "md" else data


class _Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self._skip = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._skip += tag in ("script", "style")
        self.ids += [v or "" for k, v in attrs if k == "id"]
        self.links += [v or "" for k, v in attrs if k in ("href", "src")]
        assert not [k for k, _ in attrs if k.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        self._skip -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self.text.append(data)


def parsed(page: str) -> _Visible:
    parser = _Visible()
    parser.feed(page)
    return parser


def visible(page: str) -> str:
    return "".join(parsed(page).text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("format", [f for f in FORMATS if f != "json"])
def test_the_same_findings_in_the_same_order(format: str, language: str) -> None:
    report = make_report(language)
    said = text_of(report, format, language)
    shown = [e for e in digest(report, language).entries if e.to_mend or format != "sarif"]
    if format == "xlsx":  # shared strings stand there once each
        assert all(e.title in said for e in shown)
        return
    tail = said[said.index("results") :] if format == "sarif" else said
    titles = {
        "text": "\n{n}. [", "md": "### {n}. {title}", "html": "{n}. {title}", "docx": "{n}. {title}",
        "sarif": "{n}. {title}", "junit": "{id}: {title}",
    }  # fmt: skip
    places = [tail.index(titles[format].format(n=e.number, title=e.title, id=e.finding.provision)) for e in shown]
    assert places == sorted(places)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("format", [f for f in FORMATS if f not in ("json",)])
def test_every_format_says_where_it_comes_from_and_once_that_it_is_no_advice(format: str, language: str) -> None:
    report = make_report(language)
    d = digest(report, language)
    said = " ".join(text_of(report, format, language).split())
    joined = "".join(said.split())
    assert "".join(d.provenance.split()) in joined
    assert joined.count("".join(d.disclaimer.split()).replace('"', '\\"' if format == "sarif" else '"')) == 1


@pytest.mark.parametrize("format", FORMATS)
def test_same_report_same_bytes(format: str) -> None:
    assert render(make_report(), format) == render(make_report(), format)


@pytest.mark.parametrize("format", FORMATS)
def test_a_hostile_name_breaks_no_format(format: str) -> None:
    assert render(make_report(name=HOSTILE), format)


# --- HTML ------------------------------------------------------------------------------------------------------------------


def test_html_runs_and_loads_nothing_of_the_contract() -> None:
    page = render_html(make_report(name=HOSTILE))
    seen = parsed(page)
    assert seen.tags.count("script") == 1 and "img" not in seen.tags and "link" not in seen.tags
    assert not [link for link in seen.links if not link.startswith("#")]
    assert "<script>alert(1)</script>" in visible(page)
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_html_holds_the_whole_contract_and_links_both_ways() -> None:
    report = make_report()
    seen = parsed(render_html(report))
    assert len(seen.ids) == len(set(seen.ids))
    assert not {link[1:] for link in seen.links} - set(seen.ids)
    assert {"#f2", "#f4"} <= set(seen.links)  # from the words to the findings
    assert [link for link in seen.links if link.startswith("#q")]  # and back
    text = "".join(seen.text)
    assert all(line in text for line in ("WHEREAS the parties respect human rights;", "1. Term"))


def test_html_needs_no_script_to_be_read() -> None:
    page = render_html(make_report())
    assert "hidden" not in re.sub(r"<(style|script)>.*?</\1>", "", page, flags=re.S)


# --- Excel -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("+81", "'+81"),
        ("-1", "'-1"),
        ("@SUM", "'@SUM"),
        ("\t=1", "'=1"),  # blanks before it are no protection
        ("a=1", "a=1"),
        ("第1条", "第1条"),
    ],
)
def test_no_cell_becomes_a_formula(text: str, kept: str) -> None:
    assert cell(text) == kept


def test_register_holds_every_contract_and_every_failure() -> None:
    data = workbook([make_report(), make_report("ja")], "en", [Failure("x/scan.pdf", "NoTextError", "no text")])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        book = package.read("xl/workbook.xml").decode()
        strings = "".join(ElementTree.fromstring(package.read("xl/sharedStrings.xml")).itertext())
        first = package.read("xl/worksheets/sheet1.xml").decode()
    assert re.findall(r'<sheet name="([^"]+)"', book) == ["Register", "Findings", "METI items", "Wording", "Notes"]
    for said in ("supply_en.docx", "supply_ja.docx", "scan.pdf", "not reviewed", "no text"):
        assert said in strings
    assert "<autoFilter" in first and 'state="frozen"' in first and "<f>" not in first


# --- Markdown, SARIF, JUnit ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("<b>*x*</b>", r"\<b\>\*x\*\</b\>"),
        ("1. a", r"1\. a"),
        ("- a", r"\- a"),
        ("a | b", r"a \| b"),
        ("2.1, p. 3", "2.1, p. 3"),
    ],
)
def test_markdown_is_inert(text: str, written: str) -> None:
    assert plain(text) == written


def test_sarif_has_what_its_schema_asks_for_and_stable_rule_ids() -> None:
    log = json.loads(str(render(make_report(), "sarif")))
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert log["version"] == "2.1.0" and rules[:2] == ["term_length", "force_majeure"]
    assert [r["ruleId"] for r in run["results"]] == ["force_majeure", "human_rights", "termination_on_concern", "audit"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note") and result["message"]["text"] and result["locations"]
        assert result["partialFingerprints"]["clausecheck/v1"]


def test_sarif_shows_the_line_where_the_file_has_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "contracts" / "my draft.txt"
    path.parent.mkdir()
    words = "Neither party is liable for delay caused by earthquake."
    head = "SUPPLY AGREEMENT\n\nThis Agreement is between the Buyer and the Supplier.\n\n1. Force Majeure\n"
    path.write_text(f"{head}{words}\n", encoding="utf-8")
    log = json.loads(str(render(clausecheck.review(path), "sarif", source=path)))
    result = next(r for r in log["runs"][0]["results"] if r["ruleId"] == "force_majeure")
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "contracts/my%20draft.txt"
    assert (place["region"]["endLine"], place["region"]["endColumn"]) == (6, len(words) + 1)
    assert words in place["region"]["snippet"]["text"]


def test_junit_counts_and_what_failed() -> None:
    suites = ElementTree.fromstring(str(render(make_report(name=HOSTILE), "junit")))
    suite = suites[0]
    assert [suite.get(k) for k in ("tests", "failures", "errors", "skipped")] == ["6", "3", "1", "1"]
    outcome = {c.get("name", "").partition(":")[0]: [child.tag for child in c] for c in suite.iter("testcase")}
    assert outcome["term_length"] == [] and outcome["human_rights"] == ["failure"] and outcome["renewal_notice"] == ["skipped"]


def test_several_reports_in_one() -> None:
    def both(format: str) -> str:
        return join([render(make_report(name=n), format) for n in ("a.docx", "b.docx")], format)

    assert len(json.loads(both("json"))) == 2
    assert len(json.loads(both("sarif"))["runs"]) == 2
    suites = ElementTree.fromstring(both("junit"))
    assert (suites.get("tests"), len(suites)) == ("12", 2)
    for format in ("html", "docx", "xlsx"):
        with pytest.raises(UsageError, match="existing folder"):
            both(format)


# --- comparison --------------------------------------------------------------------------------------------------------------

OLD = (
    "SUPPLY AGREEMENT\n\nThis Agreement is made between the Buyer and the Supplier.\n\n1. Human Rights\n"
    "Supplier shall respect internationally recognised human rights and shall not use forced labour or child labour.\n\n"
    "2. Law\nThe law of Japan applies.\n"
)


def test_compare_tells_what_went_and_by_which_edit() -> None:
    old = clausecheck.parse_contract(OLD, "old.txt")
    softer = OLD.replace("shall respect", "shall endeavour to respect").replace(" and shall not use forced labour or child labour", "")
    new = clausecheck.parse_contract(softer, "new.txt")
    found = clausecheck.compare(old, new, contract_type="supply")
    change = next(c for c in found.changes if c.provision == "human_rights")
    assert {e.id for e in change.elements} and change.edits[0].clause == "1"
    assert "endeavour" in change.edits[0].new and "endeavour" not in change.edits[0].old
    without = OLD.replace(OLD[OLD.index("1. Human") : OLD.index("2. Law")], "")
    gone = clausecheck.compare(old, clausecheck.parse_contract(without), contract_type="supply")
    change = next(c for c in gone.changes if c.provision == "human_rights")
    assert (change.old, change.new, change.direction) == (Status.WEAK, Status.MISSING, "worse") and gone.worse
    assert not clausecheck.compare(old, old).changes


def test_compare_reads_both_sides_of_tracked_changes() -> None:
    found = clausecheck.compare(Path(__file__).parents[2] / "samples" / "supply_en_redline.docx")
    better = {c.provision: c for c in found.changes if c.direction == "better"}
    assert {"force_majeure", "term_length"} <= better.keys() and not found.worse
    assert any("ten (10) years" in e.old and "two (2) years" in e.new for e in better["term_length"].edits)
    assert json.dumps(found.to_dict("ja"), ensure_ascii=False)
