"""What a Word file holds beside its text (tracked changes, comments, headers, files it names) is kept apart, with who, when and where."""

from __future__ import annotations

import pytest
from readers.docx_builder import abstract, box, complex_field, docx, lvl, num, p, r, relation, sdt, tbl, tc, tr

from clausecheck.readers.docx import DocxReader

BY_A = 'w:id="1" w:author="Sato" w:date="2026-04-01T09:00:00Z"'
BY_B = 'w:id="2" w:author="Lee" w:date="2026-04-02T10:30:00Z"'
NUMBERS = abstract(0, lvl(0, "%1.")) + num(1, 0)


def ins(content: str, by: str = BY_A) -> str:
    return f"<w:ins {by}>{content}</w:ins>"


def gone(text: str, by: str = BY_A) -> str:
    return f"<w:del {by}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


REVISIONS: dict[str, tuple[str, list[tuple[str, str, str, str]], list[tuple[str, str, str, str]]]] = {
    # why: (body, changes seen in the final text, in the original); a change is (kind, author, its text, the text at its place)
    "a word for another, by two people": (
        p(r("within ") + gone("30") + ins(r("60"), BY_B) + r(" days"), num=(1, 0)),
        [("deletion", "Sato", "30", ""), ("insertion", "Lee", "60", "60")],
        [("deletion", "Sato", "30", "30"), ("insertion", "Lee", "60", "")],
    ),
    "neighbours by one author at one time are one": (
        p(r("a ") + ins(r("b ")) + ins(r("c"))),
        [("insertion", "Sato", "b c", "b c")],
        [("insertion", "Sato", "b c", "")],
    ),
    "a move is told as one": (
        p(f"<w:moveFrom {BY_A}>{r('moved')}</w:moveFrom>" + r("one")) + p(f"<w:moveTo {BY_A}>{r('moved')}</w:moveTo>"),
        [("move_from", "Sato", "moved", ""), ("move_to", "Sato", "moved", "moved")],
        [("move_from", "Sato", "moved", "moved"), ("move_to", "Sato", "moved", "")],
    ),
    "a whole paragraph deleted, with its mark": (
        p("a", num=(1, 0)) + p(gone("b b"), num=(1, 0), mark=f"<w:del {BY_A}/>") + p("c", num=(1, 0)),
        [("deletion", "Sato", "b b\n", "")],
        [("deletion", "Sato", "b b\n", "b b")],
    ),
    "a whole paragraph inserted": (
        p("a") + p(ins(r("b")), mark=f"<w:ins {BY_A}/>") + p("c"),
        [("insertion", "Sato", "b\n", "b")],
        [("insertion", "Sato", "b\n", "")],
    ),
    "words inserted by one and deleted by another never stood in either text": (
        p(r("a ") + ins(gone("b", BY_B)) + r("c")),
        [("deletion", "Lee", "b", "")],
        [("insertion", "Sato", "b", "")],
    ),
    "rows": (
        tbl(tr("kept"), tr("old", "row", properties=f"<w:del {BY_A}/>"), tr("new", properties=f"<w:ins {BY_B}/>")) + p("z"),
        [("deletion", "Sato", "old\nrow", ""), ("insertion", "Lee", "new\n", "new\n")],
        [("deletion", "Sato", "old\nrow\n", "old\nrow\n"), ("insertion", "Lee", "new", "")],
    ),
    "a cell": (
        tbl(tr("kept", tc("gone", properties=f"<w:cellDel {BY_A}/>"), tc("new", properties=f"<w:cellIns {BY_B}/>"))),
        [("deletion", "Sato", "gone", ""), ("insertion", "Lee", "new", "new")],
        [("deletion", "Sato", "gone", "gone"), ("insertion", "Lee", "new", "")],
    ),
}


@pytest.mark.parametrize("why", REVISIONS)
def test_revisions(why: str) -> None:
    body, final, original = REVISIONS[why]
    data = docx(body, numbering=NUMBERS)
    for side, expected in (("final", final), ("original", original)):
        document = DocxReader().read(data, "contract.docx", revisions=side)
        told = [(c.kind.value, c.author, c.text, document.text[c.start : c.end]) for c in document.revisions]
        assert sorted(told) == sorted(expected), side
        dates = {"Sato": "2026-04-01T09:00:00Z", "Lee": "2026-04-02T10:30:00Z"}
        assert all(change.date == dates[change.author] for change in document.revisions)


def mark(kind: str, number: int = 0) -> str:
    return f'<w:comment{kind} w:id="{number}"/>'


REFERENCE = f"<w:r>{mark('Reference')}</w:r>"
COMMENTED: dict[str, tuple[str, str | None]] = {
    # why: (body, the words the comment is on)
    "a range in a numbered paragraph": (
        p(r("The ") + mark("RangeStart") + r("Buyer") + mark("RangeEnd") + REFERENCE + r(" pays"), num=(1, 0)),
        "Buyer",
    ),
    "over two paragraphs": (p(mark("RangeStart") + r("a")) + p(r("b") + mark("RangeEnd") + REFERENCE + r("c")), "a\nb"),
    "range marks between paragraphs": (
        p("x") + mark("RangeStart") + p("a") + mark("RangeEnd") + p(REFERENCE + r("b")),
        "a",
    ),
    "a reference alone is a place": (p(r("a") + REFERENCE + r("b")), ""),
    "an end that is lost": (p(r("a") + mark("RangeStart") + r("b") + REFERENCE), ""),
    "a comment on deleted words hangs at their place": (
        p(r("a") + f"<w:del {BY_A}>" + mark("RangeStart") + "<w:r><w:delText>x</w:delText></w:r>" + mark("RangeEnd") + "</w:del>" + r("b")),
        "",
    ),
    "in a table": (tbl(tr("x", tc(p(mark("RangeStart") + r("a") + mark("RangeEnd"))))), "a"),
    "in a number's cell and the next": (tbl(tr("1.", tc(p(r("The ") + mark("RangeStart") + r("fee") + mark("RangeEnd"))))), "fee"),
    "that hangs on nothing": (p("a"), None),
}


@pytest.mark.parametrize("why", COMMENTED)
def test_comments(why: str) -> None:
    body, words = COMMENTED[why]
    comment = f'<w:comment w:id="0" w:author="Lee" w:date="2026-04-02T10:30:00Z" w:initials="L">{p("Why?")}{p("Ask them.")}</w:comment>'
    document = DocxReader().read(docx(body, numbering=NUMBERS, comments=comment), "contract.docx")
    (told,) = document.comments
    assert (told.author, told.date, told.text, told.done) == ("Lee", "2026-04-02T10:30:00Z", "Why?\nAsk them.", False)
    assert (document.text[told.start : told.end] if told.start is not None else None) == words
    assert "Why?" not in document.text and [w.code for w in document.warnings if w.code == "comments"] == ["comments"]


def test_resolved_comments_are_told() -> None:
    comments = '<w:comment w:id="0" w:author="A"><w:p w14:paraId="00AB"><w:r><w:t>ok</w:t></w:r></w:p></w:comment>'
    data = docx(p("a"), comments=comments, commentsExtended='<w15:commentEx w15:paraId="00AB" w15:done="1"/>')
    (comment,) = DocxReader().read(data, "contract.docx").comments
    assert (comment.text, comment.done) == ("ok", True)


def test_headers_and_footers_are_apart() -> None:
    data = docx(
        p("body", num=(1, 0)),
        numbering=NUMBERS,
        header1=p(r("DRAFT 3") + box(p("confidential"))) + p("in a list", num=(1, 0)),
        footer1=p(r("Page ") + complex_field("PAGE", r("1"))) + p(r("secret", "<w:vanish/>")),
    )
    document = DocxReader().read(data, "contract.docx")
    assert document.text == "1. body"
    assert document.margins == ("DRAFT 3\nconfidential\n1. in a list", "Page 1")


OBJECT = '<w:r><w:object><o:OLEObject Type="{}" ProgID="Word.Document.12" r:id="{}"/></w:object></w:r>'
NAMED: dict[str, tuple[str, str, list[tuple[str, str]]]] = {
    # why: (body, what the document names, warnings with the names told)
    "a document drawn in": (
        p("a") + '<w:altChunk r:id="x"/>',
        relation("x", "aFChunk", "/word/part%201.html"),
        [("alt_chunk", "part 1.html")],
    ),
    "an embedded document": (
        p(r("a") + OBJECT.format("Embed", "x")),
        relation("x", "package", "embeddings/Annex.docx"),
        [("embedded_object", "Annex.docx")],
    ),
    "a linked document": (
        p(r("a") + OBJECT.format("Link", "x")),
        relation("x", "oleObject", "file:///C:\\deals\\Price list.xlsx", "External"),
        [("linked_file", "Price list.xlsx")],
    ),
    "a subdocument that lies elsewhere": (
        p("a") + '<w:subDoc r:id="x"/>',
        relation("x", "subDocument", "https://example.com/terms.docx", "External"),
        [("alt_chunk", "terms.docx"), ("linked_file", "terms.docx")],
    ),
    "a field that draws in a file": (
        p(complex_field(' INCLUDETEXT "C:\\\\deals\\\\terms.docx" ', r("the terms"))),
        "",
        [("linked_file", "terms.docx")],
    ),
    "links to follow and templates are none": (
        p("a"),
        relation("x", "hyperlink", "https://example.com/", "External") + relation("y", "attachedTemplate", "x.dotm", "External"),
        [],
    ),
    "names that would break a message": (
        p("a") + '<w:altChunk r:id="x"/>',
        relation("x", "aFChunk", "a%0Ab%1B" + "c" * 90),
        [("alt_chunk", "a?b?" + "c" * 56 + "\u2026")],
    ),
    "of many, the first": (
        p("a") + "".join(f'<w:altChunk r:id="x{i}"/>' for i in range(9)),
        "".join(relation(f"x{i}", "aFChunk", f"{i}.htm") for i in range(9)),
        [("alt_chunk", "0.htm, 1.htm, 2.htm, 3.htm, 4.htm, ...")],
    ),
}


@pytest.mark.parametrize("why", NAMED)
def test_files_named_are_told_and_not_opened(why: str) -> None:
    body, relations, expected = NAMED[why]
    warnings = DocxReader().read(docx(body, relations=relations), "contract.docx").warnings
    assert [(w.code, w.message.en.rpartition(": ")[2]) for w in warnings] == expected


FIELD_NUMBERS: dict[str, tuple[str, list[str]]] = {
    "AUTONUM counts paragraphs": (
        p(complex_field("AUTONUM", None) + r(" a")) + p(complex_field(" AUTONUM \\s ) ", None) + r(" b")),
        ["1. a", "2) b"],
    ),
    "AUTONUMLGL counts by outline level": (
        p(complex_field("AUTONUMLGL", None) + r(" a"), ppr='<w:outlineLvl w:val="0"/>')
        + p(complex_field("AUTONUMLGL", None) + r(" b"), ppr='<w:outlineLvl w:val="1"/>')
        + p(complex_field("AUTONUMLGL \\e", None) + r(" c"), ppr='<w:outlineLvl w:val="1"/>'),
        ["1. a", "1.1. b", "1.2 c"],
    ),
    "LISTNUM in running text": (
        p(r("if ") + complex_field("LISTNUM \\l 5", None) + r(" x or ") + complex_field("LISTNUM \\l 5", None) + r(" y")),
        ["if (a) x or (b) y"],
    ),
    "LISTNUM by list and start": (
        p(complex_field("LISTNUM LegalDefault \\s 3", None) + r(" a"))
        + p(complex_field('LISTNUM "LegalDefault" \\l 2', None) + r(" b"))
        + p(complex_field("LISTNUM OutlineDefault", None) + r(" c")),
        ["3. a", "3.1. b", "I. c"],
    ),
    "a simple field": (p('<w:fldSimple w:instr=" AUTONUM "/>' + r(" a")), ["1. a"]),
    "a start out of reason": (p(complex_field("LISTNUM \\s 99999999999", None) + r(" a")), ["1000000) a"]),
}


@pytest.mark.parametrize("why", FIELD_NUMBERS)
def test_numbers_drawn_by_fields(why: str) -> None:
    body, expected = FIELD_NUMBERS[why]
    assert DocxReader().read(docx(body), "contract.docx").text.split("\n") == expected


def test_a_drop_cap_begins_its_paragraph() -> None:
    body = p("T", ppr='<w:framePr w:dropCap="drop" w:lines="3"/>') + p("his Agreement", num=(1, 0)) + sdt(p("b"))
    assert DocxReader().read(docx(body, numbering=NUMBERS), "contract.docx").text == "1. This Agreement\nb"


def test_soft_hyphens_are_no_text() -> None:
    assert DocxReader().read(docx(p("force ma\u00adjeure")), "contract.docx").text == "force majeure"
