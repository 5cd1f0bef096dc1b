"""Every format: the same findings, order and numbers; what a contract says stays text; the shapes that other programs read."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
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
from clausecheck.reports.comparison import render_comparison
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


LINES = (
    "SUPPLY AGREEMENT\n\nThis Agreement is made between the Buyer and the Supplier.\n\n1. Confidentiality\n"
    "Each party shall keep the confidential information of the other party in strict confidence and\n"
    "shall not disclose it to third parties.\n\n2. Law\n"
    "The law of Japan applies to this Agreement and to each of the orders that are placed under it,\n"
    "and the parties exclude the United Nations Convention on Contracts for the International Sale\n"
    "of Goods from applying to this Agreement and to each of the orders that are placed under this\n"
    "Agreement, whatever the place may be from which the goods are sent to the Buyer or to a person\n"
    "that the Buyer names.\n"
)


def test_html_shows_lines_that_go_on_as_the_paragraph_that_they_are() -> None:
    page = render_html(clausecheck.review(clausecheck.parse_contract(LINES, "draft.txt")))
    contract = visible(page[page.index('<section class="contract"') :])
    assert "in strict confidence and shall not disclose it to third parties." in contract
    assert "Sale of Goods from applying" in contract and "to a person that the Buyer names." in contract


def test_a_quotation_that_bears_several_elements_is_written_out_once() -> None:
    report = clausecheck.review(clausecheck.parse_contract(LINES, "draft.txt"))
    number, finding = next((n, f) for n, f in enumerate(report.findings, 1) if f.provision == "confidentiality")
    quotes = [e.quote for line in finding.elements for e in line.evidence]
    assert len(quotes) > len(set(quotes))
    for format, begin in (("text", f"\n{number}. ["), ("md", f"### {number}. "), ("html", f'<article class="finding weak" id="f{number}"')):
        part = str(render(report, format, "en"))
        part = part[part.index(begin) + len(begin) :]
        part = part[: part.index("To add") if format == "text" else part.index("###" if format == "md" else "</article>")]
        said = " ".join(re.sub("<[^>]+>", "", part).split())
        assert said.count("shall keep the confidential information") == 1, format
        assert "(the words quoted above)" in said.replace("\\", ""), format


class _Outline(HTMLParser):
    """The order of a page: landmarks and headings, and what a keyboard reaches."""

    def __init__(self) -> None:
        super().__init__()
        self.landmarks: list[tuple[str, str]] = []
        self.levels: list[int] = []
        self.stops: list[str] = []
        self.labelled: list[bool] = []
        self._label = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag in ("header", "main", "footer", "section"):
            self.landmarks.append((tag, named.get("aria-label") or ""))
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        self._label += tag == "label"
        if tag == "input":
            self.labelled.append(self._label > 0)
        if tag in ("a", "input", "summary") or named.get("tabindex") == "0":
            self.stops.append(named.get("href") or named.get("id") or tag)

    def handle_endtag(self, tag: str) -> None:
        self._label -= tag == "label"


@pytest.mark.parametrize("language", LANGUAGES)
def test_html_has_an_order_for_keyboards_and_screen_readers(language: str) -> None:
    page = render_html(make_report(), language)
    seen = _Outline()
    seen.feed(page)
    kinds = [tag for tag, _ in seen.landmarks]
    assert kinds == ["header", "section", "main", "section", "section", "footer"]
    assert all(name for tag, name in seen.landmarks if tag == "section")
    assert seen.levels[0] == 1 and all(b - a <= 1 for a, b in zip(seen.levels, seen.levels[1:], strict=False))
    assert seen.stops[:3] == ["#findings", "#contract", "input"]  # skip links, then the filters
    assert seen.stops.index("findings") < seen.stops.index("contract")  # as they are shown: nothing is turned round by the style
    assert "-reverse" not in page and "order:" not in page.replace("border:", "")
    assert seen.labelled and all(seen.labelled)
    live = re.search(r'<span id="shown"[^>]*>', page)
    assert live and 'aria-live="polite"' in live[0] and "{n}" in live[0] and "{all}" in live[0]
    assert '<blockquote><a href="#q' in page and re.search(r'</a>: <span lang="en">', page)  # a quotation is in the contract's language


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    low, middle, high = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * low + 0.7152 * middle + 0.0722 * high


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_every_colour_of_text_stands_out_from_what_it_stands_on(scheme: str) -> None:
    page = render_html(make_report())
    sets = [dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})", block)) for block in re.findall(r":root\{[^}]+\}", page)]
    assert len(sets) == 3
    colours = {**sets[0], **sets[("light", "dark", "print").index(scheme)]}
    colours = {name: "#" + "".join(c * 2 for c in value[1:]) if len(value) == 4 else value for name, value in colours.items()}
    grounds = {
        "paper": ["ink", "soft", "accent"],
        "card": ["ink", "soft", "accent", *(n for n in colours if n in {s.value for s in Status})],
        "good-bg": ["ink"], "weak-bg": ["ink"], "bad-bg": ["ink"], "note-bg": ["ink"],
    }  # fmt: skip
    for ground, inks in grounds.items():
        for ink in inks:
            one, other = sorted((_luminance(colours[ink]), _luminance(colours[ground])))
            assert (other + 0.05) / (one + 0.05) >= 4.5, (ink, ground)


BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# Presses keys as a user does not quite: a link is followed by click(), which the browser does by itself for Enter.
KEYS = """
const said = [];
const shown = () => document.getElementById("shown").textContent;
const press = (at, key) => at.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
const wait = () => new Promise((done) => setTimeout(done, 100));
(async () => {
  const box = document.querySelector(".filters input[value=missing]");
  box.focus(); press(box, "Enter"); said.push(shown());
  press(box, "Escape"); said.push(shown());
  const link = document.querySelector("blockquote a");
  link.focus(); press(link, " "); await wait();
  said.push(document.activeElement.tagName, String("#" + document.activeElement.id === link.getAttribute("href")));
  const ref = document.activeElement.parentElement.querySelector("a.ref");
  ref.focus(); ref.click(); await wait();
  said.push(document.activeElement.tagName);
  press(document.activeElement, "Escape"); said.push(String(document.activeElement === ref));
  press(document.activeElement, "Escape"); said.push(String(document.activeElement === link));
  document.body.setAttribute("data-said", said.join("|"));
})();
"""


@pytest.mark.skipif(BROWSER is None, reason="no Chromium here")
def test_keys_filter_jump_and_come_back_in_a_browser(tmp_path: Path) -> None:
    page = render_html(make_report())
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page).replace("</body>", f"<script>{KEYS}</script></body>")
    path = tmp_path / "report.html"
    path.write_text(page, encoding="utf-8")
    flags = ["--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=5000"]
    run = subprocess.run([str(BROWSER), *flags, "--dump-dom", path.as_uri()], capture_output=True, text=True, timeout=120)
    said = re.search(r'data-said="([^"]+)"', run.stdout)
    assert said, run.stderr
    all_, some = f"{len(make_report().findings)}", sum(f.status is not Status.MISSING for f in make_report().findings)
    assert said[1].split("|") == [
        f"{some} of {all_} findings shown", f"{all_} of {all_} findings shown", "MARK", "true", "ARTICLE", "true", "true",
    ]  # fmt: skip


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
    assert "Tracked changes compared: supply_en_redline.docx" in render_comparison(found)
    assert any("ten (10) years" in e.old and "two (2) years" in e.new for e in better["term_length"].edits)
    assert json.dumps(found.to_dict("ja"), ensure_ascii=False)
