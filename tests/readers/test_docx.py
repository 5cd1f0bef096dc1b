"""The Word reader: what a page shows is read, in order and with its numbers; what it does not show is not."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import time
import unicodedata
import zipfile
from pathlib import Path

import pytest
from readers.docx_builder import (
    STRICT_URI,
    W_URI,
    abstract,
    box,
    complex_field,
    docx,
    gone,
    ins,
    lvl,
    num,
    num_pr,
    p,
    packed,
    r,
    restart,
    sdt,
    style,
    tbl,
    tc,
    tr,
)

from clausecheck.errors import ContractReadError, DamagedFileError, EncryptedFileError, LimitError, NoTextError, UnsupportedFormatError
from clausecheck.model import BlockKind, Document
from clausecheck.readers.docx import DocxReader
from clausecheck.readers.word_numbering import format_number
from clausecheck.readers.word_symbols import drawn_equation, symbol

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
WORD_FILES = sorted(DATA.glob("docx_en/*.docx")) + sorted(DATA.glob("contracts_ja/original/*.docx"))
needs_data = pytest.mark.skipif(not WORD_FILES, reason="the contracts to develop on are not here")


def read(data: bytes, **options: str) -> Document:
    document = DocxReader().read(data, "contract.docx", **options)
    assert "\n".join(document.text[b.start : b.end] for b in document.blocks) == document.text
    for block in document.blocks:
        assert document.text.startswith(block.label, block.start)
    return document


def lines(document: Document) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks]


def labels(data: bytes, **options: str) -> list[str]:
    return [b.label for b in read(data, **options).blocks]


# --- number formats ------------------------------------------------------------------------------------------------

FORMATS = [
    # format, value, drawn
    ("decimal", 12, "12"),
    ("decimalZero", 7, "07"),
    ("decimalZero", 12, "12"),
    ("decimalFullWidth", 10, "１０"),
    ("decimalFullWidth2", 3, "３"),
    ("aiueo", 2, "ｲ"),
    ("aiueoFullWidth", 46, "ン"),
    ("aiueoFullWidth", 47, "ア"),  # begins again
    ("iroha", 1, "ｲ"),
    ("irohaFullWidth", 3, "ハ"),
    ("ideographDigital", 12, "一二"),
    ("japaneseCounting", 10, "十"),
    ("japaneseCounting", 21, "二十一"),
    ("japaneseCounting", 110, "百十"),
    ("japaneseLegal", 12, "壱拾弐"),
    ("japaneseDigitalTenThousand", 20, "二〇"),
    ("chineseCountingThousand", 101, "一百○一"),
    ("ideographTraditional", 2, "乙"),
    ("ideographTraditional", 11, "11"),  # there are ten stems
    ("ideographZodiac", 12, "亥"),
    ("ideographZodiacTraditional", 1, "甲子"),
    ("decimalEnclosedCircle", 20, "⑳"),
    ("decimalEnclosedCircle", 21, "21"),  # Word has no circle for it
    ("decimalEnclosedCircleChinese", 1, "①"),
    ("decimalEnclosedParen", 3, "⑶"),
    ("decimalEnclosedFullstop", 3, "⒊"),
    ("upperRoman", 49, "XLIX"),
    ("lowerRoman", 4, "iv"),
    ("upperLetter", 27, "AA"),
    ("lowerLetter", 54, "bbb"),  # Word repeats the letter, it does not count on as a spreadsheet does
    ("ordinal", 11, "11th"),
    ("ordinal", 22, "22nd"),
    ("cardinalText", 21, "Twenty-one"),
    ("ordinalText", 12, "Twelfth"),
    ("ordinalText", 30, "Thirtieth"),
    ("none", 5, ""),
    ("unheardOf", 5, "5"),
    ("lowerRoman", 10**9, "1000000000"),  # hostile starts stay cheap
]


@pytest.mark.parametrize(("number_format", "value", "drawn"), FORMATS)
def test_number_formats(number_format: str, value: int, drawn: str) -> None:
    assert format_number(value, number_format) == drawn


# --- lists -----------------------------------------------------------------------------------------------------------

LEGAL = abstract(
    0,
    lvl(0, "第%1条", "decimalFullWidth"),
    lvl(1, "%2."),
    lvl(2, "(%3)", "lowerLetter"),
)
OUTLINE = abstract(0, lvl(0, "%1."), lvl(1, "%1.%2"), lvl(2, "%1.%2.%3"))

LISTS: dict[str, tuple[str, str, str, list[str]]] = {
    # why: (numbering, styles, body, labels)
    "deeper levels begin again under the next article": (
        LEGAL + num(1, 0),
        "",
        p("a", num=(1, 0)) + p("b", num=(1, 1)) + p("c", num=(1, 1)) + p("d", num=(1, 2)) + p("e", num=(1, 0)) + p("f", num=(1, 1)),
        ["第１条", "1.", "2.", "(a)", "第２条", "1."],
    ),
    "numbers of the levels above are drawn too": (
        OUTLINE + num(1, 0),
        "",
        p("a", num=(1, 0)) + p("b", num=(1, 1)) + p("c", num=(1, 2)) + p("d", num=(1, 2)) + p("e", num=(1, 1)),
        ["1.", "1.1", "1.1.1", "1.1.2", "1.2"],
    ),
    "a level above that never occurred counts as begun": (
        OUTLINE + num(1, 0),
        "",
        p("a", num=(1, 1)) + p("b", num=(1, 2)),
        ["1.1", "1.1.1"],
    ),
    "two lists made from one definition count on together": (
        OUTLINE + num(1, 0) + num(2, 0),
        "",
        p("a", num=(1, 0)) + p("b", num=(2, 0)) + p("c", num=(1, 0)),
        ["1.", "2.", "3."],
    ),
    "a start override fires once, and others count on from it": (
        LEGAL + num(1, 0) + num(2, 0, restart(0, 12)),
        "",
        p("a", num=(1, 0)) + p("b", num=(2, 0)) + p("c", num=(2, 0)) + p("d", num=(1, 0)),
        ["第１条", "第１２条", "第１３条", "第１４条"],
    ),
    "an override may replace the level": (
        OUTLINE + num(1, 0, f'<w:lvlOverride w:ilvl="0">{lvl(0, "Article %1", "upperRoman", start=4)}</w:lvlOverride>'),
        "",
        p("a", num=(1, 0)) + p("b", num=(1, 0)),
        ["Article IV", "Article V"],
    ),
    "lvlRestart 0: never begins again": (
        abstract(0, lvl(0, "%1."), lvl(1, "(%2)", more='<w:lvlRestart w:val="0"/>')) + num(1, 0),
        "",
        p("a", num=(1, 0)) + p("b", num=(1, 1)) + p("c", num=(1, 0)) + p("d", num=(1, 1)),
        ["1.", "(1)", "2.", "(2)"],
    ),
    "lvlRestart 1: begins again after level 1 only": (
        abstract(0, lvl(0, "%1."), lvl(1, "%1.%2"), lvl(2, "(%3)", more='<w:lvlRestart w:val="1"/>')) + num(1, 0),
        "",
        p("a", num=(1, 0)) + p("b", num=(1, 2)) + p("c", num=(1, 1)) + p("d", num=(1, 2)) + p("e", num=(1, 0)) + p("f", num=(1, 2)),
        ["1.", "(1)", "1.2", "(2)", "2.", "(1)"],
    ),
    "isLgl: roman articles, digits below": (
        abstract(0, lvl(0, "ARTICLE %1", "upperRoman"), lvl(1, "%1.%2", more="<w:isLgl/>")) + num(1, 0),
        "",
        p("a", num=(1, 0)) + p("b", num=(1, 0)) + p("c", num=(1, 1)),
        ["ARTICLE I", "ARTICLE II", "2.1"],
    ),
    "numbering by style alone, level by the list's pStyle, inherited by a derived style": (
        abstract(
            0,
            lvl(0, "第%1条", "japaneseCounting", more='<w:pStyle w:val="Art"/>'),
            lvl(1, "%2", "decimalFullWidth", more='<w:pStyle w:val="Par"/>'),
        )
        + num(7, 0),
        style("Art", num_pr(7)) + style("Par", num_pr(7)) + style("ArtBold", based="Art"),
        p("a", style="Art") + p("b", style="Par") + p("c", style="Par") + p("d", style="ArtBold") + p("e", style="Par"),
        ["第一条", "１", "２", "第二条", "１"],
    ),
    "a derived style that gives the level only": (
        OUTLINE + num(3, 0),
        style("H1", num_pr(3)) + style("H2", num_pr(None, 1), based="H1"),
        p("a", style="H1") + p("b", style="H2"),
        ["1.", "1.1"],
    ),
    "numId 0 switches the style's number off": (
        OUTLINE + num(3, 0),
        style("H1", num_pr(3)) + style("Plain", num_pr(0), based="H1"),
        p("a", style="H1") + p("b", style="H1", num=(0, 0)) + p("c", style="Plain") + p("d", style="H1"),
        ["1.", "", "", "2."],
    ),
    "numbers of a list style (numStyleLink, styleLink)": (
        abstract(0, more='<w:numStyleLink w:val="Clauses"/>')
        + abstract(1, lvl(0, "%1)", "lowerRoman"), more='<w:styleLink w:val="Clauses"/>')
        + num(1, 0)
        + num(2, 1),
        style("Clauses", num_pr(2), kind="numbering"),
        p("a", num=(1, 0)) + p("b", num=(1, 0)),
        ["i)", "ii)"],
    ),
    "list styles that lead to each other end": (
        abstract(0, more='<w:numStyleLink w:val="A"/><w:styleLink w:val="A"/>') + num(1, 0),
        "",
        p("a", num=(1, 0)),
        [""],
    ),
    "styles based on each other end": (
        OUTLINE + num(1, 0),
        style("A", based="B") + style("B", num_pr(1), based="A"),
        p("a", style="A"),
        ["1."],
    ),
    "a bullet of a symbol font is a private code; it becomes a dot": (
        abstract(0, lvl(0, "\uf0b7", "bullet"), lvl(1, "※", "bullet")) + num(1, 0),
        "",
        p("a", num=(1, 0)) + p("b", num=(1, 1)),
        ["・", "※"],
    ),
    "the default style's list": (
        OUTLINE + num(1, 0),
        f'<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/><w:pPr>{num_pr(1)}</w:pPr></w:style>',
        p("a") + p("b", style="Unknown"),
        ["1.", "2."],
    ),
    "a custom format with leading noughts": (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback>'
        '</mc:AlternateContent><w:lvlText w:val="No. %1"/></w:lvl></w:abstractNum>' + num(1, 0),
        "",
        p("a", num=(1, 0)),
        ["No. 001"],
    ),
    "an empty numbered paragraph shows its number; one that only ends a section does not": (
        OUTLINE + num(1, 0),
        "",
        p("a", num=(1, 0)) + p("", num=(1, 0)) + p("", num=(1, 0), ppr="<w:sectPr/>") + p("b", num=(1, 0)),
        ["1.", "2.", "3."],
    ),
    "lists unknown or out of range draw nothing": (
        OUTLINE + num(1, 0),
        "",
        p("a", num=(9, 0)) + p("b", num=(1, 8)) + p("c", ppr='<w:numPr><w:ilvl w:val="77"/><w:numId w:val="1"/></w:numPr>'),
        ["", "", "1."],
    ),
}


@pytest.mark.parametrize("why", LISTS)
def test_drawn_numbers(why: str) -> None:
    numbering, styles, body, expected = LISTS[why]
    assert labels(docx(body, numbering=numbering, styles=styles)) == expected


def test_what_stands_between_number_and_text() -> None:
    numbering = abstract(
        0, lvl(0, "第%1条"), lvl(1, "%1.%2"), lvl(2, "(%3)", more='<w:suff w:val="nothing"/>'), lvl(3, "%4", more='<w:suff w:val="space"/>')
    )
    body = p("　目的", num=(1, 0)) + p("Purpose", num=(1, 1)) + p("Purpose", num=(1, 2)) + p("x", num=(1, 3))
    assert lines(read(docx(body, numbering=numbering + num(1, 0)))) == ["第1条　目的", "1.1 Purpose", "(1)Purpose", "1 x"]


def test_level_and_indent_are_told() -> None:
    numbering = abstract(0, lvl(0, "%1.", ppr='<w:ind w:left="720" w:hanging="360"/>'), lvl(1, "(%2)")) + num(1, 0)
    body = p("a", num=(1, 0)) + p("b", num=(1, 0), ppr='<w:ind w:left="400"/>') + p("c", ppr='<w:ind w:start="200" w:firstLine="100"/>')
    blocks = read(docx(body, numbering=numbering)).blocks
    assert [(b.level, b.indent) for b in blocks] == [(0, 18.0), (0, 2.0), (None, 15.0)]


# --- revisions -------------------------------------------------------------------------------------------------------

REVISIONS: dict[str, tuple[str, list[str], list[str]]] = {
    # why: (body, final, original)
    "insertions and deletions in a paragraph": (
        p(r("within ") + gone("30") + ins(r("60")) + r(" days")),
        ["within 60 days"],
        ["within 30 days"],
    ),
    "moved text stands once": (
        p('<w:moveFrom w:id="1"><w:r><w:t>moved</w:t></w:r></w:moveFrom>' + r("one"))
        + p('<w:moveTo w:id="2">' + r("moved") + "</w:moveTo>"),
        ["one", "moved"],
        ["movedone"],
    ),
    "a deleted paragraph does not count": (
        p("a", num=(1, 0)) + p(gone("b"), num=(1, 0), mark='<w:del w:id="3"/>') + p("c", num=(1, 0)),
        ["1. a", "2. c"],
        ["1. a", "2. b", "3. c"],
    ),
    "an inserted paragraph does not count in the original": (
        p("a", num=(1, 0)) + p(ins(r("b")), num=(1, 0), mark='<w:ins w:id="3"/>') + p("c", num=(1, 0)),
        ["1. a", "2. b", "3. c"],
        ["1. a", "2. c"],
    ),
    "a deleted paragraph mark joins two paragraphs": (
        p("The Supplier ", mark='<w:del w:id="3"/>') + p("shall deliver."),
        ["The Supplier shall deliver."],
        ["The Supplier", "shall deliver."],
    ),
    "a deleted mark at the end of a cell loses no text": (
        tbl(tr(tc(p("cell", mark='<w:del w:id="3"/>')), "next")),
        ["cell", "next"],
        ["cell", "next"],
    ),
    "an inserted row, a deleted row, a deleted cell": (
        tbl(
            tr("kept", tc("gone", properties='<w:cellDel w:id="1"/>')),
            tr("new", properties='<w:ins w:id="1"/>'),
            tr("old", properties='<w:del w:id="1"/>'),
        ),
        ["kept", "new"],
        ["kept", "gone", "old"],
    ),
    "a numbering that was changed": (
        p("a", num=(1, 0)) + p("b", ppr=f"{num_pr(1, 0)}<w:pPrChange><w:pPr/></w:pPrChange>"),
        ["1. a", "2. b"],
        ["1. a", "b"],
    ),
}


@pytest.mark.parametrize("why", REVISIONS)
def test_revisions(why: str) -> None:
    body, final, original = REVISIONS[why]
    data = docx(body, numbering=OUTLINE + num(1, 0))
    assert lines(read(data)) == final
    assert lines(read(data, revisions="original")) == original
    if why != "a numbering that was changed":
        assert [w.code for w in read(data).warnings] == ["tracked_changes"]


# --- what is shown and what is not -------------------------------------------------------------------------------------

VANISH = "<w:vanish/>"
WHITE = '<w:color w:val="FFFFFF"/>'
DARK = '<w:shd w:val="clear" w:fill="1F3864"/>'
STYLES = (
    style("Hidden", rpr=VANISH)
    + style("hid", rpr=VANISH, kind="character")
    + style("struck", rpr="<w:strike/>", kind="character")
    + style("TOC1", name="toc 1")
    + style("Head", '<w:outlineLvl w:val="0"/>', name="heading 1")
    + style("Sub", name="heading 2")
    + style("Name", name="Title")
    + style("Pale", rpr=WHITE)
    + style("pale", rpr=WHITE, kind="character")
    + style("Dark", kind="table").replace("</w:style>", f'<w:tblStylePr w:type="firstRow"><w:tcPr>{DARK}</w:tcPr></w:tblStylePr></w:style>')
)
RUBY = "<w:r><w:ruby><w:rt>" + r("こう") + "</w:rt><w:rubyBase>" + r("甲") + "</w:rubyBase></w:ruby></w:r>"
SHOWN: dict[str, tuple[str, list[str]]] = {
    # why: (body, lines)
    "tabs, breaks, hyphens": (
        p("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e</w:t></w:r>"),
        ["a\tb\nc-de"],
    ),
    "a page break at the start of a paragraph is no empty line": (p('<w:r><w:br w:type="page"/></w:r>' + r("a")), ["a"]),
    "line ends inside the XML are blanks": (p(r("a\nb")), ["a b"]),
    "empty paragraphs are left out": (p("a") + p() + p("　") + p("b"), ["a", "b"]),
    "the base of ruby, not its reading": (p(RUBY + r("と乙")), ["甲と乙"]),
    "the result of a simple field": (p(r("Section ") + '<w:fldSimple w:instr="REF x">' + r("12") + "</w:fldSimple>"), ["Section 12"]),
    "the result of a complex field, not its code": (p(complex_field(" REF x ", r("12")) + r(".")), ["12."]),
    "nested fields: a result inside a code is code": (p(complex_field("IF ", None) + r("a")), ["a"]),
    "a field inside the code of another": (
        p(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
            + complex_field("MERGEFIELD x", r("inner"))
            + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            + r("outer")
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        ),
        ["outer"],
    ),
    "white text on paper, and print too small to see": (
        p(r("a") + r("no", WHITE) + r("no", '<w:sz w:val="2"/>') + r("b", '<w:sz w:val="16"/><w:color w:val="C00000"/>')),
        ["ab"],
    ),
    "white text on a marker, on shading, in a coloured cell or table, in a box": (
        p(r("a", WHITE + '<w:highlight w:val="blue"/>') + r("b", WHITE + DARK))
        + p(r("c", WHITE), ppr=DARK)
        + tbl(tr(tc(p(r("d", WHITE)), properties=DARK), tc(p(r("no", WHITE)))))
        + tbl(tr(tc(p(r("e", WHITE))))).replace("<w:tbl>", '<w:tbl><w:tblPr><w:tblStyle w:val="Dark"/></w:tblPr>')
        + p(r("f") + box(p(r("g", WHITE)))),
        ["ab", "c", "d", "e", "f", "g"],
    ),
    "a pale style, and a run with a colour of its own in it": (p(r("no") + r("a", '<w:color w:val="000000"/>'), style="Pale"), ["a"]),
    "a pale run style, and a theme colour whose tint is not known": (
        p(r("no", '<w:rStyle w:val="pale"/>') + r("a", '<w:color w:val="FFFFFF" w:themeColor="background1"/>')),
        ["a"],
    ),
    "a field without end loses no text of its paragraph": (
        p(r("a ") + '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> REF x </w:instrText></w:r>' + r("b ") + r("c")),
        ["a b c"],
    ),
    "text in the code of a field that ends is code": (
        p(r("a") + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("no") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + r("b")),
        ["ab"],
    ),
    "a field without end swallows nothing after its paragraph": (p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>') + p("a"), ["a"]),
    "tick boxes and lists of old forms": (
        p(
            complex_field("FORMCHECKBOX", None, '<w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData>')
            + r("yes")
            + complex_field("FORMCHECKBOX", None, '<w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData>')
            + r("no ")
            + complex_field(
                "FORMDROPDOWN",
                None,
                '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="A"/><w:listEntry w:val="B"/></w:ddList></w:ffData>',
            )
        ),
        ["☒yes☐no B"],
    ),
    "a seal drawn by an EQ field": (p(r("代表取締役　甲野太郎　") + complex_field(r"eq \o\ac(○,印)", None)), ["代表取締役　甲野太郎　印"]),
    "links, smart tags, custom XML, directions": (
        p(
            "<w:hyperlink>"
            + r("a")
            + "</w:hyperlink><w:smartTag>"
            + r("b")
            + "</w:smartTag><w:customXml>"
            + r("c")
            + "</w:customXml><w:dir>"
            + r("d")
            + "</w:dir>"
        ),
        ["abcd"],
    ),
    "content controls, block and inline, one in the other": (sdt(sdt(p(r("a") + sdt(r("b"))))) + p("c"), ["ab", "c"]),
    "a text box once, after the paragraph it hangs on": (p(r("a") + box(p("in the box")) + r("b")) + p("c"), ["ab", "in the box", "c"]),
    "the old kind of text box": (
        p(r("a") + "<w:r><w:pict><v:textbox><w:txbxContent>" + p("box") + "</w:txbxContent></v:textbox></w:pict></w:r>"),
        ["a", "box"],
    ),
    "the fallback where no choice shows text": (
        p(
            '<w:r><mc:AlternateContent><mc:Choice Requires="x"><w:drawing/></mc:Choice><mc:Fallback><w:pict><w:txbxContent>'
            + p("old")
            + "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        ),
        ["old"],
    ),
    "a box in a box": (p(r("a") + box(p(r("outer") + box(p("inner"))))), ["a", "outer", "inner"]),
    "symbols": (
        p(
            '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r><w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
            '<w:r><w:sym w:font="Arial" w:char="00A7"/></w:r>' + r("\uf06c")
        ),
        ["☑≥§●"],
    ),
    "formulas in one line": (
        p(
            "<m:oMath><m:r><m:t>P=</m:t></m:r><m:f><m:num><m:r><m:t>A+B</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
            "</m:oMath>"
        ),
        ["P=(A+B)/2"],
    ),
    "a hidden run, by itself or by a style": (p(r("a") + r("no", VANISH) + r("no", '<w:rStyle w:val="hid"/>') + r("b")), ["ab"]),
    "hidden switched off again": (p(r("a", '<w:vanish w:val="0"/>') + r("b"), style="Hidden"), ["a"]),
    "a hidden paragraph is not numbered": (
        p("a", num=(1, 0)) + p(r("no", VANISH), num=(1, 0), mark=VANISH) + p("no", style="Hidden", num=(1, 0)) + p("b", num=(1, 0)),
        ["1. a", "2. b"],
    ),
    "a hidden mark: the heading runs on into its text": (
        p("Term. ", style="Head", num=(1, 0), mark="<w:vanish/><w:specVanish/>") + p("Three years.") + p("b", num=(1, 0)),
        ["1. Term. Three years.", "2. b"],
    ),
    "struck text never counts": (
        p(r("a") + r("no", "<w:strike/>") + r("no", "<w:dstrike/>") + r("no", '<w:rStyle w:val="struck"/>') + r("b")),
        ["ab"],
    ),
    "a property of an unlike name hides nothing": (p(r("a", "<w:webHidden/>") + r("b", '<w:strike w:val="false"/>')), ["ab"]),
    "proofing marks and bookmarks": (p('<w:bookmarkStart w:id="0" w:name="x"/><w:proofErr w:type="x"/>' + r("a")), ["a"]),
}


@pytest.mark.parametrize("why", SHOWN)
def test_shown_text(why: str) -> None:
    body, expected = SHOWN[why]
    assert lines(read(docx(body, styles=STYLES, numbering=OUTLINE + num(1, 0)))) == expected


def test_headers_and_comments_are_no_text() -> None:
    data = docx(
        p(r("a") + '<w:r><w:commentReference w:id="0"/></w:r>'),
        header1=p("confidential"),
        comments=f'<w:comment w:id="0">{p("why?")}</w:comment>',
    )
    document = read(data)
    assert document.text == "a"
    assert [w.code for w in document.warnings] == ["comments"]
    assert "1" in document.warnings[0].message.en and "1" in document.warnings[0].message.ja


def test_notes_follow_the_paragraph_of_their_mark() -> None:
    mark = '<w:r><w:{}Reference w:id="{}"/></w:r>'.format
    data = docx(
        p(r("one") + mark("footnote", 2)) + p(r("two") + mark("endnote", 5) + '<w:del w:id="9">' + mark("footnote", 3) + "</w:del>"),
        footnotes=f'<w:footnote w:id="2">{p("note one")}</w:footnote><w:footnote w:id="3">{p("deleted")}</w:footnote>',
        endnotes=f'<w:endnote w:id="5">{p("note two")}</w:endnote>',
    )
    document = read(data)
    assert lines(document) == ["one", "note one", "two", "note two"]
    assert [b.kind for b in document.blocks] == [BlockKind.PARAGRAPH, BlockKind.FOOTNOTE] * 2


# --- kinds -------------------------------------------------------------------------------------------------------------


HEADING, PARAGRAPH = BlockKind.HEADING, BlockKind.PARAGRAPH
HEADINGS: list[tuple[str, BlockKind, int | None]] = [
    # paragraph, kind, level
    (p("Agreement", style="Name"), HEADING, None),
    (p("Term", style="Head"), HEADING, 0),
    (p("Length", style="Sub"), HEADING, 1),  # the name of a built-in style tells its level
    (p("Term.", ppr='<w:outlineLvl w:val="2"/>'), HEADING, 2),
    (p("body", style="Head", ppr='<w:outlineLvl w:val="9"/>'), PARAGRAPH, None),  # 9: body text
    (p("long " * 60, style="Head"), PARAGRAPH, 0),  # whole clauses are often set in heading styles
    (p("The Supplier shall keep the information secret.", style="Head"), PARAGRAPH, 0),
]


def test_headings_are_known_from_outline_and_style() -> None:
    blocks = read(docx("".join(body for body, _, _ in HEADINGS), styles=STYLES)).blocks
    assert [(b.kind, b.level) for b in blocks] == [(kind, level) for _, kind, level in HEADINGS]


def test_a_clause_set_in_a_style_for_contents_is_still_a_clause() -> None:
    document = read(docx(p("Term", style="TOC1", num=(1, 0)), styles=STYLES, numbering=OUTLINE + num(1, 0)))
    assert [b.kind for b in document.blocks] == [PARAGRAPH]


def test_table_of_contents_by_style_field_and_control() -> None:
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    body = (
        p("1 Term\t2", style="TOC1") + sdt(p("Contents"), gallery) + p(begin + r("2 Price\t3")) + p("3 End\t4")
        + p('<w:r><w:fldChar w:fldCharType="end"/></w:r>') + p("body")
    )  # fmt: skip
    assert [b.kind for b in read(docx(body, styles=STYLES)).blocks] == [BlockKind.TOC] * 4 + [BlockKind.PARAGRAPH]


def test_a_table_of_contents_without_end_hides_no_clause() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    assert [b.kind for b in read(docx(p(begin + r("a")) + p("clause"))).blocks] == [BlockKind.PARAGRAPH] * 2


# --- tables --------------------------------------------------------------------------------------------------------

JA = [
    "乙は、本製品を別紙の納期に従い甲の指定する場所へ納入しなければならない。",
    "甲は、検収後三十日以内に代金を乙の指定口座へ支払うものとする。",
]
EN = [
    "The Supplier shall deliver the Products to the place named by the Buyer by the dates in the Schedule.",
    "The Buyer shall pay the price to the Supplier's account within thirty days of acceptance of the Products.",
]
TABLES: dict[str, tuple[str, list[str]]] = {
    "row by row, with the text around": (p("a") + tbl(tr("b", "c"), tr("d", "e")) + p("f"), ["a", "b", "c", "d", "e", "f"]),
    "a nested table in its place": (tbl(tr(tc("b", tbl(tr("c", "d")), "e"), "f")), ["b", "c", "d", "e", "f"]),
    "merged cells once": (
        tbl(
            tr(tc("a", properties='<w:vMerge w:val="restart"/>'), tc("b", properties='<w:gridSpan w:val="2"/>')),
            tr(tc("stale", properties="<w:vMerge/>"), "c", "d"),
        ),
        ["a", "b", "c", "d"],
    ),
    "rows and cells in content controls": (tbl(sdt(tr("a", sdt(tc("b"))))), ["a", "b"]),
    "a number with a cell of its own": (
        tbl(tr("第1条", tc("目的", "本文")), tr(tc(p("", num=(1, 0))), "Delivery"), tr("5", "12,000")),
        ["第1条　目的", "本文", "1. Delivery", "5", "12,000"],
    ),
    "two languages side by side: one after the other": (
        tbl(tr(JA[0], EN[0]), tr(JA[1], EN[1])),
        [*JA, *EN],
    ),
    "the same with a row for both and a column of numbers": (
        tbl(tr(tc("MEMO", properties='<w:gridSpan w:val="3"/>')), tr("a1", EN[0], JA[0]), tr("a2", EN[1], JA[1])),
        ["MEMO", "a1", EN[0], "a2", EN[1], *JA],
    ),
    "one language in two columns stays row by row": (tbl(tr(EN[0], EN[1]), tr(EN[1], EN[0])), [EN[0], EN[1], EN[1], EN[0]]),
    "numbers in some rows only do not hide the two languages": (
        tbl(tr("1.", JA[0], EN[0]), tr(tc(""), tc(JA[1]), tc(EN[1]))),
        [f"1. {JA[0]}", JA[1], *EN],
    ),
    "short words in two languages are a word list": (
        tbl(tr("納入", "delivery"), tr("検収", "acceptance")),
        ["納入", "delivery", "検収", "acceptance"],
    ),
}


@pytest.mark.parametrize("why", TABLES)
def test_tables(why: str) -> None:
    body, expected = TABLES[why]
    assert lines(read(docx(body, numbering=OUTLINE + num(1, 0)))) == expected


def test_numbers_in_two_columns_run_as_word_draws_them() -> None:
    """Word counts row by row, whatever order the cells are read in."""
    body = tbl(tr(tc(p(JA[0], num=(1, 0))), tc(p(EN[0], num=(1, 0)))), tr(tc(p(JA[1], num=(1, 0))), tc(p(EN[1], num=(1, 0)))))
    assert labels(docx(body, numbering=OUTLINE + num(1, 0))) == ["1.", "3.", "2.", "4."]


def test_cells_are_told_apart() -> None:
    kinds = [b.kind for b in read(docx(p("a") + tbl(tr("b")))).blocks]
    assert kinds == [BlockKind.PARAGRAPH, BlockKind.TABLE_CELL]


# --- warnings ------------------------------------------------------------------------------------------------------

CHART = "<w:r><w:drawing><c:chart/></w:drawing></w:r>"
WARNED: dict[str, tuple[str, list[str]]] = {
    "none": (p("a"), []),
    "tracked_changes": (p(r("a") + ins(r("b"))), ["tracked_changes"]),
    "hidden": (p(r("a") + r("b", VANISH)), ["hidden_text"]),
    "hidden by its colour": (p(r("a") + r("b", WHITE)), ["hidden_text"]),
    "struck": (p(r("a") + r("b", "<w:strike/>")), ["struck_out_text"]),
    "a hidden blank is nothing to tell": (p(r("a") + r(" ", VANISH)), []),
    "objects": (p(r("a") + "<w:r><w:object><o:OLEObject/></w:object></w:r>" + CHART), ["embedded_object"]),
    "another document drawn in": (p("a") + "<w:altChunk/>", ["alt_chunk"]),
}


@pytest.mark.parametrize("why", WARNED)
def test_warnings(why: str) -> None:
    body, codes = WARNED[why]
    assert [w.code for w in read(docx(body)).warnings] == codes


# --- packages --------------------------------------------------------------------------------------------------------


def test_strict_files_and_other_places_of_the_parts_are_read() -> None:
    body = p("目的", num=(1, 0))
    plain = read(docx(body, numbering=LEGAL + num(1, 0)))
    assert lines(plain) == ["第１条　目的"]
    assert read(docx(body, numbering=LEGAL + num(1, 0), uri=STRICT_URI)).text == plain.text
    assert read(docx(body, numbering=LEGAL + num(1, 0), main="content/main.xml")).text == plain.text
    assert plain.format == "docx" and plain.pages is None and len(plain.sha256) == 64


def test_other_encodings_are_read() -> None:
    content = f'<?xml version="1.0" encoding="UTF-16"?><w:document xmlns:w="{STRICT_URI}"><w:body>{p("甲")}</w:body></w:document>'
    assert read(packed({"word/document.xml": content.encode("utf-16")})).text == "甲"


def encrypted_member() -> bytes:
    data = bytearray(docx(p("a")))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 4)
    return bytes(data)


def damaged_member() -> bytes:
    data = bytearray(docx(p("abc" * 500)))
    at = data.find(b"word/document.xml") + 30
    data[at : at + 8] = b"\xff" * 8
    return bytes(data)


def repacked(method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("word/document.xml", "x")
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DOCTYPE = b'<!DOCTYPE w [<!ENTITY a "x">]><w:document xmlns:w="u"><w:body/></w:document>'
deep = "<w:ins>" * 110 + r("a") + "</w:ins>" * 110
deeper = "<w:ins>" * 5000 + r("a") + "</w:ins>" * 5000


def nested_tables(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + p("a") + "</w:tc></w:tr></w:tbl>" * depth


REFUSED: dict[str, tuple[bytes, type[ContractReadError]]] = {
    "empty": (b"", DamagedFileError),
    "text": (b"just text", DamagedFileError),
    "cut off": (docx(p("a"))[:-40], DamagedFileError),
    "an old .doc": (OLE + b"\0" * 600, UnsupportedFormatError),
    "a password": (OLE + "EncryptedPackage".encode("utf-16-le"), EncryptedFileError),
    "a member with a password": (encrypted_member(), EncryptedFileError),
    "a damaged member": (damaged_member(), DamagedFileError),
    "no document": (packed({"word/styles.xml": b"<x/>"}), DamagedFileError),
    "a spreadsheet": (packed({"xl/workbook.xml": b"<x/>"}), UnsupportedFormatError),
    "another root": (packed({"word/document.xml": b"<html/>"}), UnsupportedFormatError),
    "no body": (packed({"word/document.xml": f"<w:document xmlns:w='{W_URI}'/>".encode()}), DamagedFileError),
    "another way of packing": (repacked(zipfile.ZIP_BZIP2), DamagedFileError),
    "malformed": (packed({"word/document.xml": b"<w:document xmlns:w='x'><w:body>"}), DamagedFileError),
    "malformed styles": (docx(p("a"), extra={"word/styles.xml": b"<w:styles"}), DamagedFileError),
    "a document type": (packed({"word/document.xml": DOCTYPE}), DamagedFileError),
    "paths out of the package": (packed({"word/document.xml": b"<x/>", "../evil": b""}), DamagedFileError),
    "no text": (docx(p() + p(r("x", VANISH))), NoTextError),
    "numbers without text": (docx(p("", num=(1, 0)), numbering=OUTLINE + num(1, 0)), NoTextError),
    "too deep for the reader": (docx(p(deep)), LimitError),
    "too deep for the parser": (docx(p(deeper)), LimitError),
    "tables too deep": (docx(nested_tables(80)), LimitError),
    "too many members": (packed({f"x{i}": b"" for i in range(20_001)}), LimitError),
    "too much when unpacked": (packed({"word/document.xml": b" " * 100_000_001}), LimitError),
    "too many elements": (docx("<w:p/>" * 2_600_000), LimitError),
}


@pytest.mark.parametrize("why", REFUSED)
def test_refused(why: str) -> None:
    data, error = REFUSED[why]
    with pytest.raises(error) as caught:
        DocxReader().read(data, "contract.docx")
    message = str(caught.value)
    assert type(caught.value) is error
    assert message.startswith("contract.docx: ") and "\n" not in message


def test_long_tables_take_linear_time() -> None:
    data = docx(tbl(*(tr(f"a{i}", f"b{i}", f"c{i}") for i in range(3_000))))
    start = time.perf_counter()
    document = read(data)
    assert len(document.blocks) == 9_000
    assert time.perf_counter() - start < 5


def test_a_lying_size_is_noticed() -> None:
    """A member that unpacks to more than the directory says."""
    data = bytearray(docx(p("a" * 5_000)))
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"word/document.xml"))
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    with pytest.raises(DamagedFileError):
        DocxReader().read(bytes(data), "contract.docx")


@pytest.mark.parametrize("seed", range(40))
def test_damaged_bytes_end_in_an_error_of_ours(seed: int) -> None:
    data = bytearray(docx(p("a", num=(1, 0)) + tbl(tr("b")), numbering=OUTLINE + num(1, 0), styles=STYLES))
    for i in range(12):
        data[(seed * 7919 + i * 104_729) % len(data)] = (seed * 31 + i * 17) % 256
    try:
        DocxReader().read(bytes(data), "contract.docx")
    except ContractReadError as error:
        assert str(error).startswith("contract.docx: ")


# --- signs -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "font", "sign"),
    [
        ("F0A8", "Wingdings", "□"),
        ("52", "Wingdings 2", "☑"),
        ("F081", "Wingdings", "①"),
        ("F0E9", "Webdings", "・"),
        ("x", "Symbol", ""),
        ("D800", "A", ""),
    ],
)
def test_symbols(code: str, font: str, sign: str) -> None:
    assert symbol(code, font) == sign


@pytest.mark.parametrize(
    ("code", "drawn"),
    [
        (r"EQ \* jc2 \* hps10 \o\ad(\s\up 9(こう),甲)", "甲"),
        (r"eq \f(1,2)", "1/2"),
        (r"eq \o(", ""),
        ("REF x", ""),
    ],
)
def test_equation_fields(code: str, drawn: str) -> None:
    assert drawn_equation(code) == drawn


# --- real files --------------------------------------------------------------------------------------------------------


@needs_data
@pytest.mark.parametrize("path", WORD_FILES, ids=lambda p: p.stem)
def test_real_files_are_read(path: Path) -> None:
    document = read(path.read_bytes())
    assert len(document.text) > 1_000


@needs_data
@pytest.mark.parametrize(("stem", "articles"), [("d15", 16), ("d16", 10)])
def test_articles_numbered_by_style_alone(stem: str, articles: int) -> None:
    (path,) = (DATA / "contracts_ja" / "original").glob(f"{stem}*.docx")
    assert [x for x in labels(path.read_bytes()) if x.startswith("第")] == [f"第{i}条" for i in range(1, articles + 1)]


@needs_data
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_drawn_numbers_are_those_of_libreoffice(tmp_path: Path) -> None:
    """Every line that bears a number, in all real files but the redline, of which LibreOffice prints both sides."""
    files = [path for path in WORD_FILES if "tracked" not in path.name]
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text", "--outdir", str(tmp_path), *map(str, files)]
    subprocess.run(command, capture_output=True, timeout=180, check=True)
    for path in files:
        drawn = (tmp_path / f"{path.stem}.txt").read_text("utf-8-sig").splitlines()
        theirs = {comparable(line) for line in drawn}
        document = read(path.read_bytes())
        numbered = [document.text[b.start : b.end].split("\n")[0] for b in document.blocks if any(c.isalnum() for c in b.label)]
        missing = [line for line in numbered if comparable(line) not in theirs]
        assert not missing, f"{path.stem}: {len(missing)} of {len(numbered)} lines, such as {missing[0][:20]!r}"


def comparable(line: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", line)).replace("\u2010", "-").replace("\u2011", "-")
