"""Lines that go on in the sentence of the line above: a number they begin with is a mention, and the clause list shows it."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from clausecheck.model import Contract
from clausecheck.readers import read_text
from clausecheck.readers.pdf import PdfReader
from clausecheck.readers.wrapped import Placed, wrapped
from clausecheck.segment import parse

TAIL = """\
8. Law. This Agreement is governed by the laws of Japan, without regard to
the rules on conflicts of laws, and the courts of the example city settle
all disputes that the parties cannot settle between themselves in a month.
"""

# Text of a narrow file, and the numbers of its clauses and what lies below them.
CASES = [
    pytest.param(
        "6. Price. The price of the Products is fixed for each order as set out in\n"
        "Section 9. The Supplier gives the invoice with the goods that it delivers.\n"
        "7. Payment. The Buyer pays within thirty days after the invoice has come.\n",
        ["6", "7", "8"],
        id="a reference broken before its word",
    ),
    pytest.param(
        "6. Price. The price is what the order says; it may be changed as said here.\n"
        "6.1 Changes. (a) The Supplier may ask for a change if the reason for it is\n"
        "(i) the cost of the materials that it must buy, or (ii) a new law in force.\n"
        "(b) The Buyer may ask for a change at any time, in writing, for any reason.\n"
        "7. Payment. The Buyer pays within thirty days after the invoice has come.\n",
        ["6", "6.1", "(a)", "(b)", "7", "8"],
        id="a list that goes on within the sentence is none of clauses, though the one around it goes on",
    ),
    pytest.param(
        "6. Price. The price of the Products is fixed for each order as in Section\n"
        "9. The Supplier gives the invoice together with the goods it delivers then.\n"
        "7. Payment. The Buyer pays within thirty days after the invoice has come.\n",
        ["6", "7", "8"],
        id="a reference broken before its number",
    ),
    pytest.param(
        "6. Price. The price is what the order says and it may be changed by one\n"
        "(1) notice in writing a year, or by agreement of the parties at any time.\n"
        "7. Payment. The Buyer pays within thirty days after the invoice has come.\n",
        ["6", "7", "8"],
        id="an amount in brackets is no item",
    ),
    pytest.param(
        "6. Price. The price is what the order says and may be changed only where:\n"
        "(a) the cost of the materials that the Supplier must buy rises in a year;\n"
        "(b) the Buyer asks for changes to the specification of the goods ordered.\n"
        "7. Payment. The Buyer pays within thirty days after the invoice has come.\n",
        ["6", "(a)", "(b)", "7", "8"],
        id="items behind full lines that end a part of the sentence stay items",
    ),
    pytest.param(
        "6. Price. The price is what the order says, as the parties have agreed it\n\n"
        "7. Payment. The Buyer pays within thirty days after the invoice has come.\n",
        ["6", "7", "8"],
        id="a blank line parts paragraphs, whatever the line above ends with",
    ),
]


def numbers(contract: Contract) -> list[str]:
    return [c.number for c in contract.clauses if c.number]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_in_hard_wrapped_text(text: str, expected: list[str]) -> None:
    assert numbers(parse(read_text(text + TAIL))) == expected


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_in_a_pdf(text: str, expected: list[str]) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=True)
    canvas.setFont("Courier", 10)
    for row, line in enumerate((text + TAIL).split("\n")):
        canvas.drawString(60, 760 - 12 * row, line)
    canvas.save()
    assert numbers(parse(PdfReader().read(buffer.getvalue(), "x.pdf"))) == expected


def test_a_sentence_in_capitals_is_no_heading_and_a_title_over_two_lines_stays_one() -> None:
    text = (
        "7. EXCEPT WITH RESPECT TO THE DUTIES OF EACH PARTY TO INDEMNIFY, UNDER NO\n"
        "CIRCUMSTANCE AND UNDER NO LEGAL THEORY SHALL A PARTY BE LIABLE TO THE OTHER\n"
        "PARTY FOR LOST PROFITS, LOSS OF OPPORTUNITY OR OTHER SPECIAL AND INDIRECT OR\n"
        "CONSEQUENTIAL DAMAGES.\n"
        "8. LIMITATION OF LIABILITY FOR SPECIAL, INDIRECT, PUNITIVE, EXEMPLARY AND ALL\n"
        "CONSEQUENTIAL DAMAGES. Neither party is liable for lost profits or lost data\n"
        "or for other damages that nobody could foresee when the order was given to it\n"
        "by the other party.\n"
        "9. DISCLAIMER. EXCEPT AS SAID IN THIS AGREEMENT EACH PARTY DISCLAIMS ANY AND\n"
        "ALL WARRANTIES, EXPRESS OR IMPLIED, OF FITNESS FOR A PURPOSE AND OF TITLE TO\n"
        "THE PRODUCTS.\n"
    )
    contract = parse(read_text(text + TAIL.replace("8.", "10.")))
    headings = {c.number: c.heading for c in contract.clauses}
    assert headings["7"] == "" and headings["9"] == "DISCLAIMER" and headings["8"].startswith("LIMITATION OF LIABILITY")


def test_japanese_lines_break_anywhere() -> None:
    text = (
        "第1条（目的）　本契約は、甲が乙から購入する本製品の売買に関して、乙が本契約\n"
        "第3条（納入）に定めるところに従い納入することその他の基本的な事項を定める。\n"
        "第2条（代金）　本製品の代金は、個別契約において定め、甲は月末締め翌月末日ま\n"
        "でに乙の指定する口座に振り込む方法により支払い、振込手数料は甲の負担とする。\n"
        "第3条（納入）　乙は、個別契約に定める期日及び場所において、本製品を納入する。\n"
    )
    assert numbers(parse(read_text(text))) == ["第1条", "第2条", "第3条"]


def test_a_column_of_its_own_width_has_its_own_margin() -> None:
    """Justified text in a box or cell ends at an edge of its own, told by how often lines end there."""
    line = Placed("justified words that fill the cell up to its", 60, 200, 12)
    below = line._replace(text="Section 4 of the terms", down=24, right=150)
    wide = [Placed("a line over the whole width of the page.", 60, 500, at) for at in (48, 60, 72)]
    assert wrapped([line, below, *wide])[1] is False
    assert wrapped([line, below, *wide], frozenset({200}))[1] is True


def test_a_page_of_short_lines_has_the_margin_of_the_others() -> None:
    """On the page of the signatures the longest line is no full one: what stands below it begins anew."""
    lines = [Placed("Made in two copies, each of which counts as the one signed", 60, 400, 12)]
    lines += [Placed("A Street 1, Example Town, Example Electric Limited, A. Maker", 60, 400, at) for at in (24, 36)]
    lines.append(Placed("Annex Quantities", 60, 140, 48))
    assert wrapped(lines)[3] is True
    assert wrapped(lines, reach=520)[3] is False


@pytest.mark.parametrize(
    "above",
    [
        "Section 1 Definitions ................................. 3",
        "1.1 Scope of the work and of the services given 12",
        "The parties agree:",
    ],
)
def test_lines_of_contents_and_ended_lines_are_not_gone_on_from(above: str) -> None:
    lines = [Placed(above, 0, 60, row) for row in range(3)]
    assert wrapped([*lines, Placed("Section 2 Delivery", 0, 20, 3)]) == [False] * 4
