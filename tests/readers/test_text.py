"""What the text, Markdown and HTML readers give, and in which encodings they can be given it."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausecheck.errors import NoTextError, UnsupportedFormatError
from clausecheck.model import BlockKind, Document
from clausecheck.readers.decoding import decode
from clausecheck.readers.html import HtmlReader
from clausecheck.readers.text import MarkdownReader, TextReader, text_document


def shown(document: Document) -> list[tuple[str, str]]:
    """Kind and text of every block, after checking what every reader promises."""
    at = 0
    for block in document.blocks:
        assert at <= block.start < block.end <= len(document.text)
        assert document.text[block.start : block.end].startswith(block.label)
        at = block.end
    return [(block.kind.value, document.text[block.start : block.end]) for block in document.blocks]


# --- encodings ---------------------------------------------------------------------------------------------------

JAPANESE = "売買契約書\n第１条（目的）\n甲は、乙に対し、別紙の製品①（㈱甲野商店製）を売り渡し、乙はこれを買い受ける。ｶﾅ表記も有効とする。\n"
ENGLISH = "SUPPLY AGREEMENT\n§ 1. The “Supplier” shall deliver the Goods at the Buyer’s premises – Café Zürich – for €100.\n"

ENCODINGS = [
    *((JAPANESE, encoding) for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp932")),
    *((JAPANESE.replace("①（㈱甲野商店製）", ""), encoding) for encoding in ("euc_jp", "iso2022_jp_ext")),
    (JAPANESE.replace("㈱", ""), "euc_jis_2004"),  # circled digits are outside plain EUC-JP
    *((ENGLISH, encoding) for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")),
    ("The Buyer’s rights and the Supplier’s duties.\n", "cp1252"),  # bytes that are kanji in CP932
    ("Plain words only.\n", "ascii"),
    ("本契約は甲乙の合意とする。", "cp932"),  # short
    ("本契約は甲乙の合意とする。", "euc_jp"),
    ("本契約は甲乙の合意とする。", "utf-16-be"),  # no byte is zero
    ("カブシキガイシャ コウノ", "cp932"),
]


@pytest.mark.parametrize(("text", "encoding"), ENCODINGS)
def test_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "x.txt").text == text
    assert TextReader().read(text.encode(encoding), "x.txt").text == text


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "euc_jp"])
def test_a_few_broken_bytes_are_replaced_and_said(encoding: str) -> None:
    data = ("甲は、乙に対し、製品を売り渡す。\n" * 40).encode(encoding)
    document = TextReader().read(data[:100] + b"\xff" + data[100:], "x.txt")
    assert document.text.count("乙に対し") >= 39
    assert [warning.code for warning in document.warnings] == ["characters_lost"]


def test_a_declared_encoding_is_believed_where_it_is_valid() -> None:
    text = "Prix: 100 \u20ac"
    assert decode(text.encode("iso8859-15"), "x", declared="iso8859-15").text == text
    assert decode("甲は乙に".encode(), "x", declared="ascii").text == "甲は乙に"
    assert decode("甲は乙に".encode(), "x", declared="no-such").text == "甲は乙に"


NO_TEXT_AT_ALL = [
    pytest.param(bytes(range(256)) * 20, id="every byte"),
    pytest.param(b"\x00\x01\x02\x03" * 500, id="zeros"),
    pytest.param(b"MZ\x90\x00\x03\x00\x00\x00\x04\x00" + b"\x00" * 300 + b"\x8b\xec\x55" * 200, id="a program"),
]


@pytest.mark.parametrize("data", NO_TEXT_AT_ALL)
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(UnsupportedFormatError):
        TextReader().read(data, "x.txt")


# --- plain text --------------------------------------------------------------------------------------------------


def test_line_ends_are_all_that_changes() -> None:
    assert TextReader().read(b"a\r\nb\rc\n\n  d  \t\n", "x").text == "a\nb\nc\n\n  d  \t\n"


@pytest.mark.parametrize("blank", ["", " \n\t\u3000\n", "\f\n"])
def test_blank_files_hold_no_text(blank: str) -> None:
    with pytest.raises(NoTextError):
        TextReader().read(blank.encode(), "x")


@given(st.text(alphabet="ab第1# \u3000\t\r\n\f\v\u2028<PAGE>-Source: ", min_size=1))
@settings(max_examples=200, deadline=None, database=None)
def test_given_text_is_never_changed(text: str) -> None:
    if text.isspace():
        return
    document = text_document(text, "")
    assert document.text == text
    for kind, part in shown(document):
        assert part == part.strip() and "\n" not in part and "\r" not in part and kind


PAGE = "The Supplier shall deliver the goods to the Buyer on time and in good order.\n" * 20

LINES = [  # text, (kind, text) of the blocks, in places "..." for a page of body
    pytest.param(
        "## 第1条（目的） ##\n　甲は乙に売る。",
        [("heading", "第1条（目的）"), ("line", "甲は乙に売る。")],
        id="a heading marked as in Markdown",
    ),
    pytest.param("#1 spare part\n#", [("line", "#1 spare part"), ("line", "#")], id="a number sign is no heading"),
    pytest.param("a\n<PAGE>   12\nb", [("line", "a"), ("header", "<PAGE>   12"), ("line", "b")], id="EDGAR page mark"),
    pytest.param(
        "<TYPE>EX-10.1\n<TEXT>\nThe end", [("header", "<TYPE>EX-10.1"), ("header", "<TEXT>"), ("line", "The end")], id="EDGAR head"
    ),
    pytest.param("<NAME>\nx", [("line", "<NAME>"), ("line", "x")], id="a blank to fill in is no EDGAR tag"),
    pytest.param(
        "a\n   - 3 -\nb\n-4-\nc", [("line", "a"), ("header", "- 3 -"), ("line", "b"), ("header", "-4-"), ("line", "c")], id="dashes"
    ),
    pytest.param("a\nPage 3 of 12\nb", [("line", "a"), ("header", "Page 3 of 12"), ("line", "b")], id="page of pages"),
    pytest.param(
        "a\n7\nSource: EXAMPLE CORP, 10-K/A, 4/1/2019\nb",
        [("line", "a"), ("header", "7"), ("header", "Source: EXAMPLE CORP, 10-K/A, 4/1/2019"), ("line", "b")],
        id="EDGAR foot, and the page number beside it",
    ),
    pytest.param(
        "one Source: EXAMPLE CORP, 8-K, 4/1/2019\ntwo Source: EXAMPLE CORP, 8-K, 4/1/2019 three",
        [
            ("line", "one"),
            ("header", "Source: EXAMPLE CORP, 8-K, 4/1/2019"),
            ("line", "two"),
            ("header", "Source: EXAMPLE CORP, 8-K, 4/1/2019"),
            ("line", "three"),
        ],
        id="feet glued to lines as long as a page",
    ),
    pytest.param(
        "第1条\n1\n甲は売る。\n2\n乙は買う。",
        [("line", part) for part in ("第1条", "1", "甲は売る。", "2", "乙は買う。")],
        id="clause numbers on lines of their own",
    ),
    pytest.param("a\n\n\n\n\n2\nb", [("line", "a"), ("header", "2"), ("line", "b")], id="a number after a page break of blank lines"),
]


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_lines(text: str, expected: list[tuple[str, str]]) -> None:
    assert shown(text_document(text, "")) == expected


def test_numbers_that_count_the_pages() -> None:
    document = text_document("".join(PAGE + f"{number}\n" for number in (2, 3, 4, 5)) + "The end.", "")
    assert [part for kind, part in shown(document) if kind == "header"] == ["2", "3", "4", "5"]


def test_page_numbers_with_a_stop_are_told_by_what_stands_beside_them() -> None:
    """They look like the numbers of clauses, and would be taken for them."""
    foot = "Source: EXAMPLE INC., 10-K, 1/31/2020\n\n"
    document = text_document("".join(PAGE + f"{number}.\n\n{foot}" for number in (2, 3, 4)) + "The end.", "")
    assert [part for kind, part in shown(document) if kind == "header" and part[0].isdigit()] == ["2.", "3.", "4."]
    document = text_document("".join(PAGE + f"{number}.\n\nThe price is fixed.\n" for number in (2, 3, 4)) + foot, "")
    assert not [part for kind, part in shown(document) if kind == "header" and part[0].isdigit()]


@pytest.mark.parametrize("mark", ["\f", "<PAGE>\n"])
def test_pages(mark: str) -> None:
    document = text_document(f"{mark}one\n{mark}two\nmore\n{mark}three", "")
    assert [(block.page, document.text[block.start : block.end]) for block in document.blocks if block.kind is BlockKind.LINE] == [
        (1, "one"),
        (2, "two"),
        (2, "more"),
        (3, "three"),
    ]
    assert document.pages == 3
    assert text_document("one", "").pages is None


def test_indent_in_columns() -> None:
    document = text_document("a\n  b\n\tc\n \td\n\u3000e", "")
    assert [block.indent for block in document.blocks] == [0, 2, 8, 8, 2]


# --- Markdown ----------------------------------------------------------------------------------------------------

MARKDOWN = [
    pytest.param("---\ntitle: x\n---\n# 契約書\n", [("heading", "契約書")], id="front matter is not part of the contract"),
    pytest.param("Term\n----\ntext", [("heading", "Term"), ("line", "text")], id="underlined heading"),
    pytest.param("## **第1条**（*目的*） ##", [("heading", "第1条（目的）")], id="emphasis in a heading"),
    pytest.param(
        "The price is [***] and ____ days, a * b, snake_case_x.",
        [("line", "The price is [***] and ____ days, a * b, snake_case_x.")],
        id="redactions and blanks are not emphasis",
    ),
    pytest.param("see [Section 3](#s3) and [●] of [x]", [("line", "see Section 3 and [●] of [x]")], id="links, not placeholders"),
    pytest.param("see [the law][1]\n\n[1]: http://example.com", [("line", "see the law")], id="links by reference"),
    pytest.param("* a\n  + b\n- [x] c", [("line", "- a"), ("line", "- b"), ("line", "- c")], id="bullets"),
    pytest.param("1. a\n1. b\n\n1. c", [("line", "1. a"), ("line", "2. b"), ("line", "3. c")], id="numbers written alike are counted"),
    pytest.param("1. a\n3. b", [("line", "1. a"), ("line", "3. b")], id="numbers written out stay"),
    pytest.param("1\\. a \\* b &amp; c&nbsp;d", [("line", "1. a * b & c\xa0d")], id="escapes and entities"),
    pytest.param(
        "text\n> remark\n\n<!-- one\ntwo -->\nend",
        [("line", "text"), ("note", "remark"), ("note", "one"), ("note", "two"), ("line", "end")],
        id="notes",
    ),
    pytest.param("> 第1条\n> 甲は売る。", [("line", "第1条"), ("line", "甲は売る。")], id="a contract quoted as a whole is no remark"),
    pytest.param("| a | b |\n|---|:-:|\n| c \\| d | |\n", [("table_cell", "a"), ("table_cell", "b"), ("table_cell", "c | d")], id="table"),
    pytest.param("a<br>b <u>c</u>", [("line", "a"), ("line", "b c")], id="inline HTML"),
    pytest.param("```\n**kept**\n```\n***", [("line", "**kept**")], id="fences and rules"),
    pytest.param("![logo](x.png) `code`", [("line", "code")], id="images are not text"),
]


@pytest.mark.parametrize(("text", "expected"), MARKDOWN)
def test_markdown(text: str, expected: list[tuple[str, str]]) -> None:
    assert shown(MarkdownReader().read(text.encode(), "x.md")) == expected


def test_struck_out_markdown_is_said() -> None:
    document = MarkdownReader().read(b"The Buyer ~~may~~ shall pay.", "x.md")
    assert document.text == "The Buyer  shall pay." and [warning.code for warning in document.warnings] == ["struck_out_text"]


# --- HTML --------------------------------------------------------------------------------------------------------

HTML = [
    pytest.param(
        "<h2>第1条</h2><p>甲は、\n乙に売る。</p>",
        [("heading", "第1条"), ("paragraph", "甲は、乙に売る。")],
        id="a line end between kanji is no space",
    ),
    pytest.param("<p>The\n  Buyer</p>", [("paragraph", "The Buyer")], id="white space is one space"),
    pytest.param(
        "<title>t</title><script>x</script><style>y</style><p hidden>h</p><p style='display: none'>n</p><p>v</p>",
        [("paragraph", "v")],
        id="unseen",
    ),
    pytest.param("<p><ruby>瑕疵<rp>(</rp><rt>かし</rt><rp>)</rp></ruby>とは</p>", [("paragraph", "瑕疵とは")], id="readings"),
    pytest.param("<ol start=3><li>a<li>b</ol>", [("paragraph", "3. a"), ("paragraph", "4. b")], id="list from 3"),
    pytest.param(
        "<ol type=a><li>a<li value=5>b<li>c</ol>", [("paragraph", "a. a"), ("paragraph", "e. b"), ("paragraph", "f. c")], id="letters"
    ),
    pytest.param("<ol type=I reversed><li>a<li>b</ol>", [("paragraph", "II. a"), ("paragraph", "I. b")], id="counting down in roman"),
    pytest.param(
        "<ol><li><p>a</p><p>more</p><ol style='list-style-type: lower-roman'><li>x</ol><li>b</ol>",
        [("paragraph", "1. a"), ("paragraph", "more"), ("paragraph", "i. x"), ("paragraph", "2. b")],
        id="nested lists",
    ),
    pytest.param("<ul style='list-style:none'><li>1.1 a</ul><ul><li>b</ul>", [("paragraph", "1.1 a"), ("paragraph", "- b")], id="bullets"),
    pytest.param("a<br>b<div>c</div>d", [("line", "a"), ("line", "b"), ("paragraph", "c"), ("paragraph", "d")], id="line breaks"),
    pytest.param(
        "<table><tr><th>Item<th>Price<tr><td>Box<td>5</table>", [("table_cell", t) for t in ("Item", "Price", "Box", "5")], id="table"
    ),
    pytest.param(
        "<table><tr><td><td>(a)<td>The Buyer pays.</table>", [("paragraph", "(a) The Buyer pays.")], id="a number in a cell of its own"
    ),
    pytest.param("<table><tr><td>only</table>", [("paragraph", "only")], id="a table for layout"),
    pytest.param("<table><tr><td>a<table><tr><td>b<td>c</table><td>d</table>", [("table_cell", t) for t in "abcd"], id="a table in a cell"),
    pytest.param("<pre>a\n  b\n\nc</pre>", [("line", "a"), ("line", "b"), ("line", "c")], id="preformatted"),
    pytest.param(
        "<nav>menu</nav><p>x</p><footer>foot</footer>", [("header", "menu"), ("paragraph", "x"), ("header", "foot")], id="page furniture"
    ),
    pytest.param("a &lt; b &amp; &#12354; <b>c</b>d", [("paragraph", "a < b & あ cd")], id="entities and inline elements"),
    pytest.param(
        "<DOCUMENT>\n<TYPE>EX-10\n<SEQUENCE>2\n<TEXT>\n<html><p>a</p><PAGE><p>b</p></html></TEXT></DOCUMENT>",
        [("paragraph", "a"), ("paragraph", "b")],
        id="EDGAR",
    ),
    pytest.param("<?xml version='1.0' encoding='utf-8'?><!DOCTYPE html><html><p>x</p></html>", [("paragraph", "x")], id="XHTML"),
    pytest.param(
        "<!DOCTYPE html [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><p>a&e;b</p>", [("paragraph", "a&e;b")], id="no entity is expanded"
    ),
]


@pytest.mark.parametrize(("text", "expected"), HTML)
def test_html(text: str, expected: list[tuple[str, str]]) -> None:
    found = shown(HtmlReader().read(text.encode(), "x.html"))
    assert [pair for pair in found if pair[1] != "]>"] == expected


def test_html_labels_and_levels() -> None:
    document = HtmlReader().read(b"<h3>T</h3><ol><li>a<ol><li>b</ol></ol>", "x")
    assert [(block.label, block.level) for block in document.blocks] == [("", 2), ("1.", 0), ("1.", 1)]


def test_struck_out_html_is_said() -> None:
    document = HtmlReader().read(b"<p>a<del>b</del>c <s>d</s><span style='text-decoration:line-through'>e</span>f <ins>g</ins></p>", "x")
    assert document.text == "ac f g"
    assert "3" in document.warnings[0].message.en and document.warnings[0].code == "struck_out_text"


@pytest.mark.parametrize("encoding", ["shift_jis", "euc-jp", "utf-8"])
def test_html_encodings(encoding: str) -> None:
    page = f"<html><head><meta charset='{encoding}'></head><p>甲は、乙に売る。</p></html>"
    assert HtmlReader().read(page.encode(encoding), "x").text == "甲は、乙に売る。"


@pytest.mark.parametrize("page", ["<html></html>", "<p hidden>x</p>", "<!-- x -->", " "])
def test_pages_without_visible_text(page: str) -> None:
    with pytest.raises(NoTextError):
        HtmlReader().read(page.encode(), "x")


@given(
    st.lists(
        st.sampled_from(
            ["# ", "* ", "1. ", "> ", "|a|", "|--|", "**", "_", "[a](b)", "<!--", "-->", "~~", "\n", " ", "a", "\u7532", "```", "---"]
        )
    )
)
@settings(max_examples=300, deadline=None, database=None)
def test_any_markdown_gives_blocks_in_order(parts: list[str]) -> None:
    with contextlib.suppress(NoTextError):
        shown(MarkdownReader().read("".join(parts).encode(), "x"))


TAGS = [
    "<p>",
    "</p>",
    "<ol>",
    "</ol>",
    "<li>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "<h1>",
    "</h1>",
    "<br>",
    "<pre>",
    "</pre>",
    "<del>",
    "</del>",
    "a",
    "\u7532",
    "\n",
]


@given(st.lists(st.sampled_from(TAGS)))
@settings(max_examples=300, deadline=None, database=None)
def test_any_html_gives_blocks_in_order(parts: list[str]) -> None:
    with contextlib.suppress(NoTextError):
        document = HtmlReader().read("".join(parts).encode(), "x")
        shown(document)
        assert "a" not in parts or "<del>" in parts or "a" in document.text


# --- hostile input -----------------------------------------------------------------------------------------------

SIZE = 200_000
HOSTILE = [  # each grew with the square of its size in some pattern, or could
    pytest.param("**a " * (SIZE // 4), id="opened emphasis"),
    pytest.param("[" * SIZE, id="opened links"),
    pytest.param("# x" + " " * SIZE + "y", id="blanks in a heading"),
    pytest.param("a\n" + "|" + "-" * SIZE + " |x", id="a table rule that is none"),
    pytest.param("a|\n|-" + " " * SIZE + "x", id="blanks in a table rule"),
    pytest.param("\n" * SIZE + "a", id="blank lines"),
    pytest.param("<!--" * (SIZE // 4) + "a", id="opened comments"),
    pytest.param("<b>" * 200 + "<s>" * (SIZE // 3) + "a", id="opened tags"),
    pytest.param("`" * SIZE + "a", id="opened code"),
    pytest.param("Source: " * (SIZE // 8), id="feet begun"),
    pytest.param("1\n" * (SIZE // 2) + "a", id="numbers only"),
    pytest.param("~~a" * (SIZE // 3), id="opened strike-out"),
    pytest.param("<a " * (SIZE // 3), id="unclosed tags"),
    pytest.param("\\" * SIZE, id="escapes"),
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("reader", [TextReader, MarkdownReader, HtmlReader])
def test_hostile_text_takes_no_time(text: str, reader: type[TextReader]) -> None:
    from clausecheck.errors import ContractReadError

    begin = time.process_time()
    try:
        reader().read(text.encode(), "x")
    except ContractReadError as error:
        assert "\n" not in str(error)
    assert time.process_time() - begin < 3
