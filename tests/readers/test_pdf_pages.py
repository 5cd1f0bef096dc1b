"""What a person sees on a page of a PDF is what is read: one small page for each way a page can be laid out or written on."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from clausecheck.model import BlockKind, ClauseKind, Contract
from clausecheck.readers.pdf import PdfReader
from clausecheck.segment import parse

MINCHO = "HeiseiMin-W3"
pdfmetrics.registerFont(UnicodeCIDFont(MINCHO))

LEFT = (
    "1. Delivery. The Supplier shall deliver the",
    "goods to the Buyer at the agreed place.",
    "2. Price. The price is set out in the order",
    "and does not include value added tax.",
    "3. Term. This Agreement runs for two years",
    "from the date of the last signature.",
)
RIGHT = (
    "4. Warranty. The goods are free of defects",
    "for one year after delivery to the Buyer.",
    "5. Liability. Neither party is liable for",
    "lost profits or consequential damages.",
    "6. Law. This Agreement is governed by the",
    "laws of Japan, without regard to conflicts.",
)

VALUES = (*LEFT[1::2], *RIGHT[1::2])


def read(draw: Callable[[Canvas], None]) -> Contract:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=True, pageCompression=0)
    canvas.setFont("Helvetica", 10)
    draw(canvas)
    canvas.save()
    return parse(PdfReader().read(buffer.getvalue(), "x.pdf"))


def lines(contract: Contract, *kinds: BlockKind) -> list[str]:
    return [contract.text[b.start : b.end] for b in contract.document.blocks if b.kind in (kinds or (BlockKind.LINE, BlockKind.HEADING))]


def column(canvas: Canvas, rows: tuple[str, ...], left: float = 60, top: float = 700) -> None:
    for row, text in enumerate(rows):
        canvas.drawString(left, top - 14 * row, text)


def row_by_row(canvas: Canvas) -> None:
    canvas.drawString(60, 730, "GENERAL TERMS AND CONDITIONS OF SUPPLY OF THE EXAMPLE TRADING COMPANY AND ALL ITS AFFILIATES")
    for row, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        canvas.drawString(60, 700 - 14 * row, left)
        canvas.drawString(320, 700 - 14 * row, right)


def labels_and_values(canvas: Canvas) -> None:
    for row, (label, value) in enumerate(zip(("Term", "Price", "Place", "Goods", "Notice", "Law"), VALUES, strict=True)):
        canvas.drawString(60, 700 - 14 * row, label)
        canvas.drawString(320, 700 - 14 * row, value)


def halves(canvas: Canvas) -> None:
    canvas.setFont(MINCHO, 10)
    y = 700.0
    for number, (ja, en) in enumerate((("納入", "Delivery"), ("代金", "Price"), ("期間", "Term"), ("準拠法", "Law")), 1):
        for row, text in enumerate((f"第{number}条（{ja}）", "甲及び乙は、誠実に協議して定める。")):
            canvas.drawString(60, y - 14 * row, text)
        for row, text in enumerate((f"Article {number} ({en})", "The parties shall settle this in good faith.")):
            canvas.drawString(320, y - 14 * row, text)
        y -= 40


def turned(canvas: Canvas) -> None:
    canvas.setPageRotation(90)
    canvas.translate(100, 100)
    canvas.rotate(90)
    column(canvas, LEFT, 0, 0)


def not_turned_with_its_page(canvas: Canvas) -> None:
    canvas.setPageRotation(90)
    column(canvas, LEFT, 60, 500)


def turned_by_half(canvas: Canvas) -> None:
    canvas.setPageRotation(180)
    canvas.translate(500, 400)
    canvas.rotate(180)
    column(canvas, LEFT, 0, 0)


@dataclass(frozen=True)
class Layout:
    why: str
    draw: Callable[[Canvas], None]
    text: tuple[str, ...]
    numbers: tuple[str, ...]


LAYOUTS = (
    Layout(
        "two columns drawn row by row are read one after the other, below the line across both",
        row_by_row,
        ("GENERAL TERMS AND CONDITIONS OF SUPPLY OF THE EXAMPLE TRADING COMPANY AND ALL ITS AFFILIATES", *LEFT, *RIGHT),
        ("1", "2", "3", "4", "5", "6"),
    ),
    Layout(
        "a table of labels and values stays in rows",
        labels_and_values,
        tuple(f"{label} {value}" for label, value in zip(("Term", "Price", "Place", "Goods", "Notice", "Law"), VALUES, strict=True)),
        (),
    ),
    Layout(
        "a bilingual table is read half by half",
        halves,
        tuple(
            line
            for number, ja in enumerate(("納入", "代金", "期間", "準拠法"), 1)
            for line in (f"第{number}条（{ja}）", "甲及び乙は、誠実に協議して定める。")
        )
        + tuple(
            line
            for number, en in enumerate(("Delivery", "Price", "Term", "Law"), 1)
            for line in (f"Article {number} ({en})", "The parties shall settle this in good faith.")
        ),
        ("第1条", "第2条", "第3条", "第4条", "Article 1", "Article 2", "Article 3", "Article 4"),
    ),
    Layout("a page on its side", turned, LEFT, ("1", "2", "3")),
    Layout("text that was not turned with its page", not_turned_with_its_page, LEFT, ("1", "2", "3")),
    Layout("a page on its head", turned_by_half, LEFT, ("1", "2", "3")),
)


@pytest.mark.parametrize("case", LAYOUTS, ids=lambda case: case.why)
def test_reading_order(case: Layout) -> None:
    contract = read(case.draw)
    assert tuple(lines(contract)) == case.text
    assert tuple(c.number for c in contract.clauses if c.number) == case.numbers


# --- numbers of lines ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("beside", [True, False], ids=["each beside its line", "all before the text"])
def test_line_numbers_are_no_text(beside: bool) -> None:
    rows = (*LEFT, *RIGHT)

    def draw(canvas: Canvas) -> None:
        numbers = [(50.0, 700.0 - 14 * row, str(row + 1)) for row in range(len(rows))]
        if not beside:
            for x, y, text in numbers:
                canvas.drawRightString(x, y, text)
        for row, text in enumerate(rows):
            if beside:
                canvas.drawRightString(*numbers[row])
            canvas.drawString(72, 700 - 14 * row, text)

    contract = read(draw)
    assert tuple(lines(contract)) == rows
    assert lines(contract, BlockKind.HEADER) == [str(n) for n in range(1, 13)]
    assert [c.number for c in contract.clauses if c.number] == ["1", "2", "3", "4", "5", "6"]


def test_a_list_of_short_clauses_keeps_its_numbers() -> None:
    rows = tuple(f"{n} The Supplier shall keep record {n} for the Buyer." for n in range(1, 16))
    assert tuple(lines(read(lambda canvas: column(canvas, rows)))) == rows


# --- what is not seen, and what others have written --------------------------------------------------------------------


def crossed_out(canvas: Canvas) -> None:
    column(canvas, LEFT)
    for row in (2, 3):
        canvas.line(60, 703.5 - 14 * row, 60 + canvas.stringWidth(LEFT[row], "Helvetica", 10), 703.5 - 14 * row)
    canvas.line(60, 698 - 14 * 4, 60 + canvas.stringWidth(LEFT[4], "Helvetica", 10), 698 - 14 * 4)  # underlined


def word_crossed_out(canvas: Canvas) -> None:
    column(canvas, LEFT)
    start = 60 + canvas.stringWidth("3. Term. This Agreement runs for ", "Helvetica", 10)
    canvas.line(start, 703.5 - 14 * 4, start + canvas.stringWidth("two years", "Helvetica", 10), 703.5 - 14 * 4)


def ruled_table(canvas: Canvas) -> None:
    column(canvas, LEFT)
    canvas.line(40, 703.5 - 14 * 2, 500, 703.5 - 14 * 2)  # runs far beyond the text: a rule of the page, drawn carelessly


def invisible(canvas: Canvas) -> None:
    column(canvas, LEFT)
    text = canvas.beginText(60, 500)
    text.setTextRenderMode(3)
    text.textLine("Neither party may terminate this Agreement.")
    canvas.drawText(text)


def in_the_colour_of_paper(canvas: Canvas) -> None:
    column(canvas, LEFT)
    canvas.setFillGray(1)
    canvas.drawString(60, 500, "Force majeure excuses the Supplier.")


def white_on_black(canvas: Canvas) -> None:
    canvas.rect(50, 490, 400, 25, fill=1)
    column(canvas, LEFT)
    canvas.setFillGray(1)
    canvas.drawString(60, 500, "Special conditions")


def off_the_page(canvas: Canvas) -> None:
    column(canvas, LEFT)
    canvas.drawString(60, -40, "Force majeure excuses the Supplier.")


def tiny(canvas: Canvas) -> None:
    column(canvas, LEFT)
    canvas.setFont("Helvetica", 0.5)
    canvas.drawString(60, 500, "Force majeure excuses the Supplier.")


def annotated(canvas: Canvas) -> None:
    column(canvas, LEFT)
    canvas.textAnnotation("Delete this clause.", (450, 700, 470, 720))
    canvas.freeTextAnnotation("Neither party may terminate.", (60, 300, 400, 320))
    canvas.linkURL("https://example.com", (60, 690, 200, 710))


SEEN = [
    pytest.param(crossed_out, (*LEFT[:2], *LEFT[4:]), ["struck_out_text"], id="lines struck out, one underlined"),
    pytest.param(
        word_crossed_out, (*LEFT[:4], "3. Term. This Agreement runs for", LEFT[5]), ["struck_out_text"], id="two words struck out"
    ),
    pytest.param(ruled_table, LEFT, [], id="a rule across the page strikes nothing out"),
    pytest.param(invisible, LEFT, ["hidden_text"], id="text in no colour"),
    pytest.param(in_the_colour_of_paper, LEFT, ["hidden_text"], id="white text on paper"),
    pytest.param(white_on_black, (*LEFT, "Special conditions"), [], id="white text on black is seen"),
    pytest.param(off_the_page, LEFT, ["hidden_text"], id="text off the page"),
    pytest.param(tiny, LEFT, ["hidden_text"], id="text no one can read"),
    pytest.param(annotated, LEFT, ["annotations"], id="notes stand apart, links are none"),
]


@pytest.mark.parametrize(("draw", "text", "codes"), SEEN)
def test_what_is_seen(draw: Callable[[Canvas], None], text: tuple[str, ...], codes: list[str]) -> None:
    contract = read(draw)
    assert tuple(line.rstrip() for line in lines(contract)) == text
    assert [w.code for w in contract.document.warnings] == codes


def test_form_values_stand_where_they_are_filled_in() -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, LEFT)
        canvas.drawString(60, 500, "7. The term is")
        canvas.drawString(330, 500, "months from signature.")
        form = canvas.acroForm
        form.textfield(value="thirty-six", x=200, y=495, width=100, height=16, fontSize=10, borderWidth=0)
        for y, label, checked in ((460, "Automatic renewal", True), (440, "No renewal", False)):
            form.checkbox(checked=checked, x=60, y=y, size=12)
            canvas.drawString(80, y + 2, label)
        canvas.freeTextAnnotation("Reviewer: no.", (60, 300, 400, 320))

    assert lines(read(draw))[len(LEFT) :] == ["7. The term is thirty-six months from signature.", "☑ Automatic renewal", "☐ No renewal"]


def test_bookmarks_make_headings() -> None:
    def draw(canvas: Canvas) -> None:
        rows = ("SUPPLY AGREEMENT", "Delivery", LEFT[1], "Limitation of", "liability", RIGHT[3], "Term", LEFT[5])
        column(canvas, rows)
        for title in ("Delivery", "Limitation of liability", "Term"):
            canvas.bookmarkPage(title)
            canvas.addOutlineEntry(title, title, level=0)

    contract = read(draw)
    assert lines(contract, BlockKind.HEADING) == ["Delivery", "Limitation of", "liability", "Term"]
    assert "Term" in [c.heading for c in contract.clauses]


HEADINGS = [
    pytest.param(("第１条（目的及び", "範囲）", "甲は、乙に製品を供給する。"), "目的及び範囲", id="a bracket closed on the next line"),
    pytest.param(("第 １ 条", "（目的）", "甲は、乙に製品を供給する。"), "目的", id="the heading below the number"),
    pytest.param(("第1条（目的", "甲は、乙（以下「買主」という。）に製品を供給する。"), "目的", id="a bracket never closed"),
    pytest.param(
        ("ARTICLE 1", "DELIVERY OF THE GOODS AND PASSING OF", "RISK", "The Supplier shall deliver."),
        "DELIVERY OF THE GOODS AND PASSING OF RISK",
        id="broken off at a small word",
    ),
    pytest.param(
        ("ARTICLE 1", "LIMITATION OF LIABILITY OF THE SUPPLIER", "IN NO EVENT SHALL THE SUPPLIER BE LIABLE FOR ANY", "LOSS OF PROFITS."),
        "LIMITATION OF LIABILITY OF THE SUPPLIER",
        id="text in capitals is no heading",
    ),
]


WRAPPED = [  # lines, clauses (level, number, heading): a line may break anywhere
    pytest.param(
        (
            "1. Prices",
            "The prices are those set out in Schedule",
            "2 (Prices) to this Agreement.",
            "2. Term",
            "This Agreement runs for a year.",
        ),
        [("clause", "1", "Prices"), ("clause", "2", "Term")],
        id="behind the word that the number belongs to",
    ),
    pytest.param(
        ("第１条　乙は、本契約が終了したときは、以下", "の義務を負う。", "①　製品を販売してはならない。", "②　見本を返還する。"),
        [("clause", "第１条", ""), ("item", "①", ""), ("item", "②", "")],
        id="inside the words that announce items",
    ),
    pytest.param(
        (
            "第１条　本契約が期間満了により終了した場合であっても本契約",
            "第２条（義務）の定めは有効に存続する。",
            "第２条（義務）",
            "甲は製品を納入する。",
        ),
        [("clause", "第１条", ""), ("clause", "第２条", "義務")],
        id="before a clause that the sentence mentions",
    ),
    pytest.param(
        (
            "第１条（代金）",
            "代金は100万円とする。",
            "【１条：変更オプション　－　代金の一",
            "部を免除】",
            "第１条　代金は50万円とする。",
            "第２条（期間）",
            "１年間とする。",
        ),
        [("clause", "第１条", "代金"), ("subitem", "", "１条：変更オプション　－　代金の一部を免除"), ("clause", "第２条", "期間")],
        id="inside the title of an alternative",
    ),
]


@pytest.mark.parametrize(("rows", "expected"), WRAPPED)
def test_lines_that_break_at_a_mark(rows: tuple[str, ...], expected: list[tuple[str, str, str]]) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(MINCHO, 10)
        column(canvas, rows)

    found = [(c.level.value, c.number, c.heading) for c in read(draw).clauses if c.kind not in (ClauseKind.PREAMBLE, ClauseKind.SIGNATURE)]
    assert found == expected


@pytest.mark.parametrize(("rows", "heading"), HEADINGS)
def test_headings_over_lines(rows: tuple[str, ...], heading: str) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(MINCHO, 10)
        column(canvas, rows)

    assert [c.heading for c in read(draw).clauses if c.number] == [heading]


# --- text drawn out of order -----------------------------------------------------------------------------------------


def test_a_page_written_in_pieces_is_read_from_its_head_to_its_foot() -> None:
    def draw(canvas: Canvas) -> None:
        for row in (1, 3, 5, 0, 4, 2):
            canvas.drawString(60, 700 - 14 * row, LEFT[row])

    assert lines(read(draw)) == list(LEFT)


def test_two_columns_keep_the_order_they_are_written_in() -> None:
    """Also where their lines are not at one height: what stands higher in the right column comes after the left one."""

    def draw(canvas: Canvas) -> None:
        column(canvas, LEFT)
        column(canvas, RIGHT, left=320, top=693)

    assert lines(read(draw)) == [*LEFT, *RIGHT]


# --- ruled tables ----------------------------------------------------------------------------------------------------

CELLS = (
    ("Item", "Delivery", "Remedy"),
    ("Ceramic boards", "The Supplier shall deliver within thirty days.", "Price cut of one percent a week."),
    ("Powder", "The Supplier shall deliver within ten days.", "The Buyer may terminate the order."),
)
EDGES = (60, 140, 300, 440)


def ruled(canvas: Canvas, *, as_boxes: bool, row_by_row: bool) -> None:
    """Cells of three lines at most; drawn one line of all cells after the other, or one cell after the other."""
    tops = [700 - 48 * row for row in range(len(CELLS) + 1)]
    if as_boxes:
        for top in tops[:-1]:
            for left, right in pairwise(EDGES):
                canvas.rect(left, top - 48, right - left, 48)
    else:
        for top in tops:
            canvas.line(EDGES[0], top, EDGES[-1], top)
        for at in EDGES:
            canvas.line(at, tops[0], at, tops[-1])
    pieces = [
        (row, part, column, text)
        for row, cells in enumerate(CELLS)
        for column, cell in enumerate(cells)
        for part, text in enumerate(wrap(cell, 24))
    ]
    for row, part, column, text in sorted(pieces) if row_by_row else pieces:
        canvas.drawString(EDGES[column] + 4, tops[row] - 14 - 12 * part, text)
    canvas.drawString(60, 500, "1. Law. This Agreement is governed by the laws of Japan.")


@pytest.mark.parametrize("as_boxes", [True, False], ids=["boxes", "lines"])
@pytest.mark.parametrize("row_by_row", [True, False], ids=["row by row", "cell by cell"])
def test_ruled_tables_are_read_cell_by_cell(as_boxes: bool, row_by_row: bool) -> None:
    contract = read(lambda canvas: ruled(canvas, as_boxes=as_boxes, row_by_row=row_by_row))
    assert lines(contract) == [
        *(part for cells in CELLS for cell in cells for part in wrap(cell, 24)),
        "1. Law. This Agreement is governed by the laws of Japan.",
    ]


def test_a_merged_cell_is_one_cell() -> None:
    def draw(canvas: Canvas) -> None:
        for top in (700, 670, 640):
            canvas.line(60, top, 460, top)
        for at in (60, 460):
            canvas.line(at, 700, at, 640)
        canvas.line(260, 670, 260, 640)
        canvas.drawString(64, 684, "Terms of delivery and of payment for all parts of the work")
        canvas.drawString(64, 655, "Delivery within")
        canvas.drawString(264, 655, "Payment within")
        canvas.drawString(64, 643, "thirty days")
        canvas.drawString(264, 643, "sixty days")

    assert lines(read(draw)) == [
        "Terms of delivery and of payment for all parts of the work",
        *("Delivery within", "thirty days", "Payment within", "sixty days"),
    ]


def test_a_frame_and_a_drawing_are_no_tables() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(50, 400, 500, 350)
        for at in range(200):
            canvas.line(50 + at, 100, 50 + at, 300)
            canvas.line(50, 100 + at, 250, 100 + at)
        column(canvas, LEFT)
        canvas.drawString(60, 200, "Plan of the plant, not to scale")

    assert lines(read(draw)) == [*LEFT, "Plan of the plant, not to scale"]
