"""The draft with comments and tracked insertions: rejecting all gives the draft, accepting all the provisions; all else stays."""

from __future__ import annotations

import datetime as dt
import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from readers import docx_builder as word
from reports import make_report

import clausecheck
from clausecheck.errors import UsageError
from clausecheck.library import Library, load_library
from clausecheck.model import Result, Status
from clausecheck.reports import render
from clausecheck.reports.digest import digest

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "samples").glob("*.docx"))
REAL = ROOT.parent / "shared" / "data"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(None, "supplier_agreement")


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Only the clause whose place and shape are looked at: the library grows, and its clauses stand beside each other."""
    profile = tmp_path_factory.mktemp("profile") / "one.yaml"
    profile.write_text("name: one\ntitle: {ja: 一つ, en: One}\nside: buyer\nprovisions: [termination_on_concern]\n", encoding="utf-8")
    return load_library(None, str(profile))


def written(source: Path, library: Library, folder: Path, **options: Any) -> tuple[clausecheck.report.ReviewReport, Path]:
    report = clausecheck.review(source, library)
    path = folder / source.name
    data = render(report, "docx", source=source, **options)
    assert isinstance(data, bytes)
    path.write_bytes(data)
    return report, path


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def ours(path: Path) -> list[str]:
    """The paragraphs and sentences inserted by us, as text."""
    root = etree.fromstring(parts(path)["word/document.xml"])
    runs = [i for i in root.iter(f"{W}ins") if i.get(f"{W}author") == "clausecheck" and i.find(f"{W}r") is not None]
    return ["".join(t.text or "" for t in i.iter(f"{W}t")) for i in runs]


def comments(path: Path) -> list[str]:
    found = parts(path).get("word/comments.xml")
    if found is None:
        return []
    return ["\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in c) for c in etree.fromstring(found)]


@pytest.mark.parametrize("source", SAMPLES, ids=lambda p: p.stem)
def test_rejecting_all_gives_the_draft_and_accepting_all_the_provisions(source: Path, library: Library, tmp_path: Path) -> None:
    before, path = written(source, library, tmp_path)
    assert clausecheck.read_contract(path, revisions="original").text == clausecheck.read_contract(source, revisions="original").text
    after = {f.provision: f for f in clausecheck.review(path, library).findings}
    suggested = {f.provision for f in before.findings if f.status in (Status.MISSING, Status.WEAK) and f.suggestion}
    assert {p: after[p].status for p in suggested} == dict.fromkeys(suggested, Status.PRESENT)
    lost = {f.provision for f in before.findings if f.status is Status.PRESENT and after[f.provision].status is not Status.PRESENT}
    assert not lost  # no sentence was struck that something else stood on


@pytest.mark.parametrize("source", SAMPLES, ids=lambda p: p.stem)
def test_other_parts_keep_their_bytes_and_the_same_review_gives_the_same_file(source: Path, library: Library, tmp_path: Path) -> None:
    report, path = written(source, library, tmp_path)
    old, new = parts(source), parts(path)
    changed = {name for name in new if old.get(name) != new[name]}
    assert changed <= {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert not old.keys() - new.keys()
    assert path.read_bytes() == render(report, "docx", source=source)


def test_another_process_writes_the_same_bytes() -> None:
    """Nothing may hang on the order of a set."""
    source = ROOT / "samples" / "supply_ja_poor.docx"
    code = (
        "import hashlib, sys, clausecheck as c; r = c.review(sys.argv[1], c.load_library(None, 'supplier_agreement'))\n"
        "print(hashlib.sha256(c.render(r, 'docx', source=sys.argv[1])).hexdigest(), hashlib.sha256(c.render(r, 'xlsx')).hexdigest())"
    )
    said = set()
    for seed in ("1", "2"):
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PATH": ""}
        run = subprocess.run([sys.executable, "-c", code, str(source)], env=environment, capture_output=True, text=True, timeout=120)
        assert run.returncode == 0, run.stderr
        said.add(run.stdout)
    assert len(said) == 1


def test_comments_stand_at_the_words_and_say_why_what_and_where_from(library: Library, tmp_path: Path) -> None:
    _, path = written(ROOT / "samples" / "supply_en_poor.docx", library, tmp_path)
    root = etree.fromstring(parts(path)["word/document.xml"])
    marked = {}
    for start in root.iter(f"{W}commentRangeStart"):
        number = start.get(f"{W}id")
        text, node = [], start
        for node in start.itersiblings():
            if node.tag == f"{W}commentRangeEnd" and node.get(f"{W}id") == number:
                break
            text += [t.text or "" for t in node.iter(f"{W}t")]
        marked[number] = "".join(text)
    said = comments(path)
    assert marked["1"].startswith("Neither party is liable for failure to perform")
    assert "[1] Force majeure: weak" in said[1]
    assert "Why: Required element not found: Notice, with timing" in said[1]
    assert "Sources: METI best practices, item 16" in said[1]
    assert len(set(re.findall(rb'commentReference w:id="(\d+)"', parts(path)["word/document.xml"]))) == len(said)


def test_a_comment_on_inserted_words_goes_with_them(library: Library, tmp_path: Path) -> None:
    _, path = written(ROOT / "samples" / "supply_en_poor.docx", library, tmp_path)
    root = etree.fromstring(parts(path)["word/document.xml"])
    inside = 0
    for reference in root.iter(f"{W}commentReference"):
        paragraph = next(reference.iterancestors(f"{W}p"))
        new = paragraph.find(f"{W}pPr/{W}rPr/{W}ins") is not None
        kept = next(reference.iterancestors(f"{W}ins"), None) is None
        inside += new
        assert not (new and kept)
    assert inside > 10


def test_author_and_date_are_those_given_and_none_is_made_up(library: Library, tmp_path: Path) -> None:
    source = ROOT / "samples" / "supply_en_poor.docx"
    _, path = written(source, library, tmp_path)
    assert b"w:date" not in parts(path)["word/document.xml"] + parts(path)["word/comments.xml"]
    _, path = written(source, library, tmp_path, author='A "B" & Co', date=dt.datetime(2026, 4, 1))
    for part in ("word/document.xml", "word/comments.xml"):
        root = etree.fromstring(parts(path)[part])
        changes = [*root.iter(f"{W}ins"), *root.iter(f"{W}comment")]
        assert {(c.get(f"{W}author"), c.get(f"{W}date")) for c in changes} == {('A "B" & Co', "2026-04-01T00:00:00Z")}


def test_a_file_that_was_not_reviewed_is_refused() -> None:
    report = clausecheck.review(ROOT / "samples" / "supply_en_poor.docx")
    with pytest.raises(UsageError, match="not the one that was reviewed"):
        render(report, "docx", source=ROOT / "samples" / "supply_en_good.docx")


# --- contracts of other shapes: the new clause takes the form of those around it ------------------------------------------

HEAD = {
    "en": [("Supply Agreement",), ('This Agreement is made between Alpha Ltd. ("Buyer") and Beta Ltd. ("Supplier").',)],
    "ja": [("売買基本契約書",), ("甲野製作所（以下「甲」という。）は、乙川部品（以下「乙」という。）から本製品を買い受ける。",)],
}
SHAPES = {
    # numbers typed, several clauses follow: a branch number, so that no reference changes its meaning
    "en typed": (
        "en",
        [
            "1. Goods",
            "Supplier sells and Buyer buys the goods.",
            "2. Termination",
            "Either party may terminate this Agreement if the other is in breach.",
            "3. Law",
            "The law of Japan applies.",
        ],
        ["2A. Suspension and Termination on Concern"],
    ),
    "ja typed": (
        "ja",
        [
            "第１条（売買）",
            "乙は甲に本製品を売り渡し、甲はこれを買い受ける。",
            "第２条（解除）",
            "甲又は乙は、相手方が本契約に違反したときは、本契約を解除することができる。",
            "第３条（準拠法）",
            "本契約は日本法による。",
        ],
        ["第２条の２（懸念判明時の停止及び解除）"],
    ),
    # the text goes on behind the heading
    "en run-in": (
        "en",
        [
            "1. Goods. Supplier sells and Buyer buys the goods.",
            "2. Termination. Either party may terminate this Agreement if the other is in breach.",
            "3. Law. The law of Japan applies.",
        ],
        ["2A. Suspension and Termination on Concern. If Buyer obtains"],
    ),
    # the first paragraph says the number again
    "ja said again": (
        "ja",
        [
            "８条（売買）",
            "第８条　乙は甲に本製品を売り渡し、甲はこれを買い受ける。",
            "２　代金は別に定める。",
            "９条（解除）",
            "第９条　甲又は乙は、相手方が本契約に違反したときは、本契約を解除することができる。",
            "２　前項の解除は書面による。",
            "１０条（準拠法）",
            "第１０条　本契約は日本法による。",
        ],
        ["９条の２（懸念判明時の停止及び解除）", "第９条の２　甲は、乙又は", "２　前項の", "３　乙は、第1項の"],
    ),
    # paragraphs numbered by hand
    "ja paragraphs": (
        "ja",
        [
            "第１条（売買）",
            "１　乙は甲に本製品を売り渡し、甲はこれを買い受ける。",
            "２　代金は別に定める。",
            "第２条（解除）",
            "１　甲又は乙は、相手方が本契約に違反したときは、本契約を解除することができる。",
            "２　前項の解除は書面による。",
            "第３条（準拠法）",
            "本契約は日本法による。",
        ],
        ["第２条の２（懸念判明時の停止及び解除）", "１　甲は、乙又は", "２　前項の", "３　乙は、第1項の"],
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_new_clause_is_built_like_those_around_it(shape: str, one: Library, tmp_path: Path) -> None:
    language, paragraphs, begins = SHAPES[shape]
    source = tmp_path / "draft.docx"
    source.write_bytes(word.docx("".join(word.p(t) for t in [*(t for (t,) in HEAD[language]), *paragraphs])))
    (tmp_path / "out").mkdir()
    _, path = written(source, one, tmp_path / "out")
    said = ours(path)
    at = next((i for i, text in enumerate(said) if text.startswith(begins[0])), None)
    assert at is not None, said
    assert [text[: len(b)] for text, b in zip(said[at:], begins, strict=False)] == begins
    after = {f.provision: f.status for f in clausecheck.review(path, one).findings}
    assert after["termination_on_concern"] is Status.PRESENT
    assert clausecheck.read_contract(path, revisions="original").text == clausecheck.read_contract(source).text


def test_a_new_number_is_none_that_the_draft_has(one: Library, tmp_path: Path) -> None:
    """Clauses beyond the numbers that are read as clauses are counted too."""
    source = tmp_path / "draft.docx"
    clauses = [f"Clause {n}. Supplier shall deliver the goods of lot {n} to Buyer in time." for n in range(1, 121)]
    source.write_bytes(word.docx("".join(map(word.p, [*(t for (t,) in HEAD["en"]), *clauses]))))
    (tmp_path / "out").mkdir()
    _, path = written(source, one, tmp_path / "out")
    assert any(text.startswith("Clause 121. If Buyer obtains") for text in ours(path))


NUMBERING = word.abstract(1, word.lvl(0, "%1.")) + word.num(1, 1)


def numbered(*texts: str) -> bytes:
    head = "".join(word.p(t) for (t,) in HEAD["en"])
    return word.docx(head + "".join(word.p(t, num=(1, 0)) for t in texts), numbering=NUMBERING)


def test_a_drawn_number_is_drawn_again_but_never_shifts_a_clause_that_others_name(one: Library, tmp_path: Path) -> None:
    clauses = ["Termination. Either party may terminate this Agreement if the other is in breach.", "Law. The law of Japan applies."]
    for last, moved in (("Notices. Notices are in writing.", False), ("Notices. Notices under Section 2 are in writing.", True)):
        source = tmp_path / "draft.docx"
        source.write_bytes(numbered(*clauses, last))
        (tmp_path / "out").mkdir(exist_ok=True)
        _, path = written(source, one, tmp_path / "out")
        text = clausecheck.read_contract(path).text
        assert (text.index("Law. The law") < text.index("Suspension and Termination on Concern")) is moved
        assert "2. Suspension and Termination on Concern" in text or moved
        assert any("no clause number that other clauses refer to changes" in c for c in comments(path)) is moved


# headings are typed, the paragraphs of each clause a list of their own, as Word makes them
OWN_LISTS = word.abstract(1, word.lvl(0, "%1."), word.lvl(1, "(%2)")) + "".join(
    word.num(n, 1, word.restart(0, 1)) for n in (1, 2, 3)
)  # fmt: skip


def test_paragraphs_of_a_new_clause_are_counted_from_one_and_those_of_others_as_before(one: Library, tmp_path: Path) -> None:
    clauses = {
        "第１条（売買）": ["乙は甲に本製品を売り渡す。", "代金は別に定める。"],
        "第２条（解除）": ["甲又は乙は、相手方が本契約に違反したときは、本契約を解除することができる。", "前項の解除は書面による。"],
        "第３条（協議）": ["疑義は協議する。", "準拠法は日本法とする。"],
    }
    body = "".join(word.p(t) for (t,) in HEAD["ja"])
    for n, (head, paragraphs) in enumerate(clauses.items(), 1):
        body += word.p(head) + "".join(word.p(t, num=(n, 0)) for t in paragraphs)
    source = tmp_path / "draft.docx"
    source.write_bytes(word.docx(body, numbering=OWN_LISTS))
    (tmp_path / "out").mkdir()
    _, path = written(source, one, tmp_path / "out")
    text = clausecheck.read_contract(path).text
    new = text[text.index("懸念判明時の停止及び解除") : text.index("第３条")].splitlines()[1:]
    assert [line[:2] for line in new] == ["1.", "2.", "3."]
    assert [line for line in text.splitlines() if "疑義" in line or "準拠法" in line] == [
        "1. 疑義は協議する。",
        "2. 準拠法は日本法とする。",
    ]
    assert clausecheck.read_contract(path, revisions="original").text == clausecheck.read_contract(source).text
    lists = etree.fromstring(parts(path)["word/numbering.xml"])
    kinds = [child.tag.rpartition("}")[2] for child in lists]
    assert kinds == sorted(kinds)  # the schema has the definitions first, then the lists
    assert len({n.get(f"{W}numId") for n in lists.iter(f"{W}num")}) == kinds.count("num")


def test_paragraphs_that_their_heading_counts_need_no_list_of_their_own(one: Library, tmp_path: Path) -> None:
    levels = word.abstract(1, word.lvl(0, "%1."), word.lvl(1, "%1.%2")) + word.num(1, 1)
    body = "".join(word.p(t) for (t,) in HEAD["en"])
    for head in ("Goods", "Termination"):
        body += word.p(head, num=(1, 0)) + word.p("Supplier sells the goods.", num=(1, 1)) + word.p("Buyer pays the price.", num=(1, 1))
    source = tmp_path / "draft.docx"
    source.write_bytes(word.docx(body, numbering=levels))
    (tmp_path / "out").mkdir()
    _, path = written(source, one, tmp_path / "out")
    assert parts(path)["word/numbering.xml"] == parts(source)["word/numbering.xml"]
    text = clausecheck.read_contract(path).text
    assert "3. Suspension and Termination on Concern" in text and "3.1 If Buyer obtains" in text


# --- drafts that number nothing --------------------------------------------------------------------------------------------

SIGNED = {
    "en": ["IN WITNESS WHEREOF, the parties have signed this Agreement.", "Alpha Ltd.", "Beta Ltd."],
    "ja": ["以上の成立を証するため本書２通を作成し、各１通を保有する。", "甲　　　　　印", "乙　　　　　印"],
}
BARE = {
    "en": [
        ("Goods", "Supplier sells and Buyer buys the goods listed in each order."),
        ("Termination", "Either party may terminate this Agreement if the other is in breach."),
        ("Law", "The law of Japan applies."),
    ],
    "ja": [
        ("（売買）", "乙は甲に本製品を売り渡し、甲はこれを買い受ける。"),
        ("（解除）", "甲又は乙は、相手方が本契約に違反したときは、本契約を解除することができる。"),
        ("（準拠法）", "本契約は日本法による。"),
    ],
}
LETTER = [
    "Alpha Ltd.", "1 Example Street", "Dear Sirs",
    'We, Beta Ltd. ("Supplier"), confirm the terms on which we supply goods to Alpha Ltd. ("Buyer").',
    "Supplier shall deliver the goods within thirty days of each order.", "The law of England applies.",
    "Yours faithfully", "Beta Ltd.",
]  # fmt: skip
HEADING = word.style("Heading1", name="heading 1")


def unnumbered(language: str, kind: str) -> bytes:
    """A draft whose clauses have headings in a style of headings, in no style, or none at all; or a letter."""
    if kind == "letter":
        return word.docx("".join(map(word.p, LETTER)))
    body = "".join(word.p(t) for (t,) in HEAD[language])
    for head, text in BARE[language]:
        body += {"styled": word.p(head, style="Heading1"), "headed": word.p(head), "plain": ""}[kind] + word.p(text)
    return word.docx(body + "".join(map(word.p, SIGNED[language])), styles=HEADING)


@pytest.mark.parametrize(
    ("language", "kind"), [*((code, kind) for code in ("en", "ja") for kind in ("styled", "headed", "plain")), ("en", "letter")]
)
def test_a_draft_without_numbers_gets_its_clauses_without_numbers(language: str, kind: str, library: Library, tmp_path: Path) -> None:
    source = tmp_path / "draft.docx"
    source.write_bytes(unnumbered(language, kind))
    (tmp_path / "out").mkdir()
    before, path = written(source, library, tmp_path / "out")
    asked = [f for f in before.findings if f.status is Status.MISSING]
    assert len(asked) > 20
    after = {f.provision: f.status for f in clausecheck.review(path, library).findings}
    assert not [f.provision for f in asked if after[f.provision] is not Status.PRESENT]
    assert clausecheck.read_contract(path, revisions="original").text == clausecheck.read_contract(source).text
    root = etree.fromstring(parts(path)["word/document.xml"])
    shown = ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p")]
    closing = "Yours faithfully" if kind == "letter" else SIGNED[language][0]
    new = [text for text in ours(path) if text in shown]  # the rest completes a paragraph
    assert shown.index(new[-1]) < shown.index(closing) and shown.index(new[0]) > 1
    assert not [text for text in new if re.match(r"第?[0-9０-９]+[A-Z条 .]", text)]
    titles = {"en": "Suspension and Termination on Concern", "ja": "（懸念判明時の停止及び解除）"}
    assert (titles[language] in new) is (kind in ("styled", "headed"))


def test_what_a_paragraph_lacks_is_added_to_it_where_no_clause_holds_it(library: Library, tmp_path: Path) -> None:
    source = tmp_path / "draft.docx"
    words = "Neither party is liable for delay caused by earthquake or flood beyond its control."
    texts = [t for (t,) in HEAD["en"]] + [words, "Buyer shall pay each invoice within sixty days of its receipt.", *SIGNED["en"]]
    source.write_bytes(word.docx("".join(map(word.p, texts))))
    (tmp_path / "out").mkdir()
    _, path = written(source, library, tmp_path / "out")
    paragraph = next(line for line in clausecheck.read_contract(path).text.splitlines() if line.startswith(words))
    assert "shall notify the other" in paragraph


def test_nothing_is_put_among_the_signatures(library: Library, tmp_path: Path) -> None:
    """Though nothing tells the reader of clauses that they are signatures."""
    clauses = ["1. Goods", "Supplier sells and Buyer buys the goods.", "2. Law", "The law of Japan applies."]
    signing = ["Agreed by the representatives of the parties:", "Date"]
    source = tmp_path / "draft.docx"
    source.write_bytes(word.docx("".join(map(word.p, [*(t for (t,) in HEAD["en"]), *clauses, *signing]))))
    (tmp_path / "out").mkdir()
    _, path = written(source, library, tmp_path / "out")
    assert clausecheck.read_contract(path).text.splitlines()[-2:] == signing


def test_a_draft_of_tables_gets_its_clauses_before_the_table_to_sign(library: Library, tmp_path: Path) -> None:
    terms = ["This Cover Page forms part of the agreement between the Buyer and the Supplier.", "The goods are those of each order."]
    signing = ["Agreed to by the representatives of the parties:", "Buyer", "Supplier"]
    body = "".join(word.tbl(*(word.tr(word.tc(word.p(t))) for t in texts)) + word.p() for texts in (terms, signing))
    source = tmp_path / "draft.docx"
    source.write_bytes(word.docx(body))
    (tmp_path / "out").mkdir()
    before, path = written(source, library, tmp_path / "out")
    after = {f.provision: f.status for f in clausecheck.review(path, library).findings}
    assert not [f.provision for f in before.findings if f.status is Status.MISSING and after[f.provision] is not Status.PRESENT]
    kinds = [child.tag.rpartition("}")[2] for child in etree.fromstring(parts(path)["word/document.xml"])[0]]
    assert kinds[0] == "tbl" and kinds[1:-3] == ["p"] * (len(kinds) - 4) and "tbl" in kinds[-3:]
    assert clausecheck.read_contract(path, revisions="original").text == clausecheck.read_contract(source).text


def test_what_is_lacking_stays_with_its_paragraph_whatever_else_speaks_of_it(library: Library, tmp_path: Path) -> None:
    """The end of a long cover page before the first clause is no place for anything."""
    secured = (
        "Supplier shall implement technical and organisational security measures that protect Buyer's data against unauthorised access."
    )
    prices = ["The price list forms part of this Agreement."] * 60
    cover = ['This Agreement is made between Alpha Ltd. ("Buyer") and Beta Ltd. ("Supplier").', *prices, secured, *prices, "Date"]
    clauses = ["1. Goods", "Supplier sells and Buyer buys the goods.", "2. Law", "The law of Japan applies."]
    source = tmp_path / "draft.docx"
    source.write_bytes(word.docx("".join(map(word.p, ["Supply Agreement", *cover, *clauses]))))
    (tmp_path / "out").mkdir()
    before, path = written(source, library, tmp_path / "out")
    finding = next(f for f in before.findings if f.provision == "data_and_cyber_security")
    assert finding.status is Status.WEAK
    lines = clausecheck.read_contract(path).text.splitlines()
    assert next(line for line in lines if "security incident within" in line).startswith(secured)
    assert "Date" in lines


def test_a_court_left_blank_is_not_answered_with_arbitration(library: Library, tmp_path: Path) -> None:
    source = tmp_path / "draft.docx"
    clauses = ["第１条（売買）", "乙は甲に本製品を売り渡す。", "第２条（管轄）", "本契約に関する紛争の管轄裁判所は○○裁判所とする。"]
    source.write_bytes(word.docx("".join(map(word.p, [*(t for (t,) in HEAD["ja"]), *clauses]))))
    (tmp_path / "out").mkdir()
    before, path = written(source, library, tmp_path / "out")
    assert next(f for f in before.findings if f.provision == "dispute_resolution").status is Status.WEAK
    assert next(f for f in clausecheck.review(path, library).findings if f.provision == "dispute_resolution").status is Status.PRESENT


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_sentence_that_two_findings_lack_is_added_once(language: str, library: Library, tmp_path: Path) -> None:
    before, path = written(ROOT / "samples" / f"supply_{language}_poor.docx", library, tmp_path)
    asked = [line for f in before.findings if f.status is Status.WEAK and f.suggestion for line in f.suggestion.lines]
    twice = {line for line in asked if asked.count(line) > 1}
    said = "\n".join(ours(path))
    assert twice and all(said.count(line) == 1 for line in twice)


def test_the_first_comment_says_what_it_is_where_it_comes_from_and_that_it_is_no_advice(library: Library, tmp_path: Path) -> None:
    report, path = written(ROOT / "samples" / "supply_en_poor.docx", library, tmp_path)
    d = digest(report)
    said = comments(path)
    assert all(text in said[0] for text in (d.heading, d.summary, d.provenance, d.disclaimer))
    assert "\n".join(said).count(d.disclaimer) == 1


def test_paragraphs_that_name_each_other_keep_their_marks_but_not_the_look_of_a_heading(library: Library, tmp_path: Path) -> None:
    """ "In breach of paragraph (a)" would point nowhere if (a) became 9.1."""
    _, path = written(ROOT / "samples" / "supply_en_poor.docx", library, tmp_path)
    root = etree.fromstring(parts(path)["word/document.xml"])
    for paragraph in root.iter(f"{W}p"):
        text = "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if text.startswith(("(a) ", "(b) ")) and paragraph.find(f"{W}pPr/{W}rPr/{W}ins") is not None:
            assert style is not None and style.get(f"{W}val") == "ClauseParagraph"


def test_comments_changes_and_fields_of_others_stay(library: Library, tmp_path: Path) -> None:
    body = (
        word.p("Supply Agreement")
        + word.p('This Agreement is made between Alpha Ltd. ("Buyer") and Beta Ltd. ("Supplier").')
        + word.p("1. Force Majeure")
        + word.p(
            '<w:commentRangeStart w:id="7"/>' + word.r("Neither party is liable for ") + word.ins(word.r("any ")) + word.gone("all ")
            + word.r("delay caused by earthquake.") + '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>'
            + word.complex_field("REF x", "1")
        )
    )  # fmt: skip
    theirs = '<w:comment w:id="7" w:author="Someone"><w:p><w:r><w:t>Please check.</w:t></w:r></w:p></w:comment>'
    source = tmp_path / "draft.docx"
    source.write_bytes(word.docx(body, comments=theirs))
    (tmp_path / "out").mkdir()
    _, path = written(source, library, tmp_path / "out")
    said = comments(path)
    assert said[0] == "Please check."  # ours follow
    assert len(said) > 1
    ids = re.findall(rb'<w:comment [^>]*w:id="(\d+)"', parts(path)["word/comments.xml"])
    assert len(set(ids)) == len(ids)
    xml = parts(path)["word/document.xml"]
    assert b"REF x" in xml and b">all <" in xml and xml.count(b'<w:commentRangeStart w:id="7"/>') == 1
    assert clausecheck.read_contract(path, revisions="original").text == clausecheck.read_contract(source, revisions="original").text


def test_a_memo_stands_in_where_the_draft_is_no_word_file(library: Library) -> None:
    source = ROOT / "samples" / "supply_ja_poor.pdf"
    report = clausecheck.review(source, library)
    data = render(report, "docx", source=source)
    assert isinstance(data, bytes)
    assert data == render(report, "docx")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        text = "".join(etree.fromstring(package.read("word/document.xml")).itertext())
    for finding in report.findings:
        assert finding.title.ja in text
    assert "天災地変その他甲乙いずれの責めにも" in text


def test_the_memo_takes_no_markup_from_the_contract() -> None:
    data = render(make_report(name="<w:p/>&\x00.docx"), "docx")
    assert isinstance(data, bytes)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert "<w:p/>&.docx" in "".join(etree.fromstring(package.read("word/document.xml")).itertext())


REAL_DRAFTS = sorted([*REAL.glob("contracts_ja/original/*.docx"), *REAL.glob("docx_en/*.docx")])


@pytest.mark.skipif(not REAL_DRAFTS, reason="the contracts to develop on are not here")
@pytest.mark.parametrize("source", REAL_DRAFTS[::3], ids=lambda p: p.stem)
def test_real_drafts_come_back_whole(source: Path, library: Library, tmp_path: Path) -> None:
    before, path = written(source, library, tmp_path)
    assert clausecheck.read_contract(path, revisions="original").text == clausecheck.read_contract(source, revisions="original").text
    after = {f.provision: f for f in clausecheck.review(path, library).findings}
    for finding in before.findings:  # whatever was lacking is there; what the draft itself says badly stays a remark
        results = {e.id: e.result for e in after[finding.provision].elements}
        lacked = [e.id for e in finding.elements if e.needed and e.need != "recommended" and e.result is Result.ABSENT]
        if finding.status in (Status.MISSING, Status.WEAK) and after[finding.provision].status is not Status.NOT_APPLICABLE:
            assert not [e for e in lacked if results[e] is Result.ABSENT], finding.provision
    old, new = parts(source), parts(path)
    assert {n for n in old if old[n] != new[n]} <= {
        "word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml", "word/numbering.xml",
    }  # fmt: skip


# --- a sentence in the place of another ----------------------------------------------------------------------------------

FREE = "Supplier may change its prices at any time by notice to Buyer."
FREE_PIECES = [word.r("4.2 Supplier may "), word.r("change its prices", "<w:b/>"), word.r(" at any time by notice to Buyer.")]
STRUCK = {
    "a sentence of its own": (word.p(f"4.2 {FREE}"), FREE),
    "behind another sentence": (word.p(f"4.2 Prices are in euros. {FREE} They include packing."), FREE),
    "runs of several looks": (word.p("".join(FREE_PIECES)), FREE),
    "a bookmark within": (word.p('<w:bookmarkStart w:id="7" w:name="x"/>'.join(FREE_PIECES) + '<w:bookmarkEnd w:id="7"/>'), FREE),
    # left, for a person has to decide
    "part of it another's tracked change": (
        word.p(FREE_PIECES[0] + f'<w:ins w:id="9" w:author="B">{FREE_PIECES[1]}</w:ins>' + FREE_PIECES[2]),
        "",
    ),
    "a field within": (word.p(FREE_PIECES[0] + f'<w:fldSimple w:instr="REF x">{FREE_PIECES[1]}</w:fldSimple>' + FREE_PIECES[2]), ""),
    "a footnote within": (word.p('<w:r><w:footnoteReference w:id="2"/></w:r>'.join(FREE_PIECES)), ""),
    "something else that counts in it": (
        word.p("4.2 Supplier may change its prices at any time and shall keep the prices and all other information of Buyer confidential."),
        "",
    ),
    "an item of a list": (word.p("4.2 For prices this applies:") + word.p("(a) Supplier may change its prices at any time; and"), ""),
}


@pytest.mark.parametrize("how", STRUCK)
def test_a_sentence_that_no_addition_heals_is_replaced_where_it_stands_by_itself(how: str, library: Library, tmp_path: Path) -> None:
    paragraph, struck = STRUCK[how]
    source = tmp_path / "draft.docx"
    head = "".join(word.p(t) for (t,) in HEAD["en"])
    before = map(word.p, ("4. Prices", "4.1 The prices are set out in Annex 1."))
    clauses = [*before, paragraph, word.p("5. Delivery"), word.p("Supplier delivers.")]
    notes = '<w:footnote w:id="2"><w:p><w:r><w:t>See the price list.</w:t></w:r></w:p></w:footnote>'
    source.write_bytes(word.docx(head + "".join(clauses), footnotes=notes))
    (tmp_path / "out").mkdir()
    report, path = written(source, library, tmp_path / "out")
    finding = next(f for f in report.findings if f.provision == "hardship_price_adjustment")
    assert [f.id for f in finding.red_flags if f.instead] == ["ha_unilateral_price"]
    root = etree.fromstring(parts(path)["word/document.xml"])
    gone = "".join(t.text or "" for t in root.iter(f"{W}delText"))
    assert gone == struck
    assert clausecheck.read_contract(path, revisions="original").text == clausecheck.read_contract(source, revisions="original").text
    after = clausecheck.review(path, library)
    now = next(f for f in after.findings if f.provision == "hardship_price_adjustment")
    offered = "Prices are changed only where the parties agree in writing."
    assert (offered in after.contract.text) is bool(struck)
    assert now.status is (Status.PRESENT if struck else Status.WEAK)
    if struck:
        assert any(line.startswith("[") and "wording in place of this sentence" in line for line in comments(path))
        at = after.contract.text.index(offered)
        assert "  " not in after.contract.text[at - 3 : at + len(offered) + 3]


def test_a_number_that_is_too_small_is_replaced_and_not_contradicted(library: Library, tmp_path: Path) -> None:
    """One year of secrecy in the draft, five in what is suggested: both beside each other would be a puzzle."""
    _, path = written(ROOT / "samples" / "supply_en_poor.docx", library, tmp_path)
    root = etree.fromstring(parts(path)["word/document.xml"])
    gone = ["".join(t.text or "" for t in d.iter(f"{W}delText")) for d in root.iter(f"{W}del") if d.get(f"{W}author") == "clausecheck"]
    assert "This obligation continues for one (1) year after termination of this Agreement." in "".join(gone)
    assert sum("five (5) years after this Agreement ends" in text for text in ours(path)) == 1


def test_wording_behind_a_line_without_a_stop_brings_the_stop_along(library: Library, tmp_path: Path) -> None:
    """Run on in the line of a form it would be no sentence: "... listed at www.example.com Supplier shall notify ..."."""
    source = tmp_path / "draft.docx"
    lines = ["Order form", "Buyer buys parts from Supplier.", "Supplier shall maintain the security measures of ISO 27001"]
    source.write_bytes(word.docx("".join(map(word.p, lines))))
    (tmp_path / "out").mkdir()
    before, path = written(source, library, tmp_path / "out")
    assert next(f for f in before.findings if f.provision == "data_and_cyber_security").status is Status.WEAK
    after = clausecheck.review(path, library)
    assert "ISO 27001. Supplier shall notify Buyer of any security incident" in after.contract.text
    assert next(f for f in after.findings if f.provision == "data_and_cyber_security").status is Status.PRESENT
    assert clausecheck.read_contract(path, revisions="original").text == clausecheck.read_contract(source).text
