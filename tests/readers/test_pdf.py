"""What the PDF reader gives for pages written here with reportlab."""

from __future__ import annotations

import gzip
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from readers.hostile import HOSTILE, pdf, pdf_stream
from reportlab.lib import pdfencrypt
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from clausecheck.errors import ContractReadError, DamagedFileError, EncryptedFileError, LimitError, NoTextError
from clausecheck.model import BlockKind, Document
from clausecheck.readers import pdf as pdf_module
from clausecheck.readers.pdf import PdfReader

MINCHO = "HeiseiMin-W3"
pdfmetrics.registerFont(UnicodeCIDFont(MINCHO))

CUAD = Path(__file__).parents[2] / ".." / "shared" / "data" / "cuad"

FILLER = [
    f"The Supplier shall keep record number {word} for the Buyer." for word in ("one", "two", "three", "four", "five", "six", "seven")
]


def make(draw: Callable[[Canvas], None], **options: object) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=True, **options)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def pages(*contents: list[tuple[float, float, str]], font: str = MINCHO, size: float = 10.5) -> bytes:
    """A PDF whose pages hold the texts at (x, y)."""

    def draw(canvas: Canvas) -> None:
        for content in contents:
            canvas.setFont(font, size)
            for x, y, text in content:
                canvas.drawString(x, y, text)
            canvas.showPage()

    return make(draw)


def column(lines: list[str], top: float = 750, left: float = 72) -> list[tuple[float, float, str]]:
    return [(left, top - 15 * i, line) for i, line in enumerate(lines)]


def read(data: bytes) -> Document:
    document = PdfReader().read(data, "x.pdf")
    at = 0
    for block in document.blocks:  # what every reader promises
        assert at <= block.start < block.end <= len(document.text)
        at = block.end
    return document


def texts(document: Document, kind: BlockKind) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.kind is kind]


def test_lines_carry_page_and_indent() -> None:
    document = read(pages([(72, 750, "第1条（目的）"), (93, 735, "甲は、乙に対し、次の業務を委託する。")], column(FILLER)))
    assert document.text.split("\n")[:2] == ["第1条（目的）", "甲は、乙に対し、次の業務を委託する。"]
    assert [(block.page, block.indent) for block in document.blocks[:3]] == [(1, 72.0), (1, 93.0), (2, 72.0)]
    assert document.pages == 2 and document.format == "pdf" and len(document.sha256) == 64


def test_characters_outside_the_basic_plane_do_not_shift_the_boxes() -> None:
    document = read(pages([(72, 750, "甲: 𠮷野商店は次の事項に同意する。"), (99, 735, "乙: Example Trading Co.")]))
    assert "𠮷野" in document.text
    assert document.blocks[1].indent == 99.0


HYPHENS = [  # lines, text expected: what becomes of a hyphen at the end of a line
    pytest.param(["This licence is non-", "transferable and personal."], "non-transferable", id="a real hyphen stays"),
    pytest.param(
        ["This agreement is final. Agree-", "ment means this document."], "final. Agreement means", id="syllables are put together"
    ),
    pytest.param(["Long-term supply. A long-", "term order is binding."], "A long-term order", id="as elsewhere in the document"),
    pytest.param(["They cooperate in a co-", "op of farmers, as members."], "a co-op of", id="not a part of another word"),
    pytest.param(["It covers the years 2020-", "2021 in full, for all goods."], "2020-\n2021", id="between figures the line ends"),
]


@pytest.mark.parametrize(("lines", "expected"), HYPHENS)
def test_line_end_hyphens(lines: list[str], expected: str) -> None:
    assert expected in read(pages(column(lines), font="Helvetica")).text


def test_running_lines_are_marked_and_kept() -> None:
    contents = []
    for number in range(1, 6):
        head = [(72, 800, "CONFIDENTIAL"), (300, 800 - 12, "Supply Agreement 2026")]
        foot = [(300, 40, f"Page {number} of 5"), (72, 25, "Source: EXAMPLE CORP, 10-K, 4/1/2019")]
        contents.append(head + column([f"{number}. " + line for line in FILLER]) + foot)
    document = read(pages(*contents, font="Helvetica"))
    running = texts(document, BlockKind.HEADER)
    assert len(running) == 5 * 4 and {"CONFIDENTIAL", "Page 3 of 5"} <= set(running)
    assert "Page 3 of 5" in document.text


NOT_RUNNING = [  # a line for each of five pages, at a height: what only looks like a running line
    pytest.param([f"Name: Person {n}" for n in "ABCDE"], [700, 650, 600, 690, 640], id="a signature line at another height each time"),
    pytest.param([f"{n}. Prices" for n in (3, 9, 4, 17, 8)], [750] * 5, id="clause numbers that do not go with the pages"),
    pytest.param(["Confidential", "Confidential", "The end", "Prices", "Goods"], [750] * 5, id="on two of five pages"),
]


@pytest.mark.parametrize(("lines", "heights"), NOT_RUNNING)
def test_not_running(lines: list[str], heights: list[float]) -> None:
    contents = [[(72.0, y, line), *column(FILLER, top=560)] for line, y in zip(lines, heights, strict=True)]
    document = read(pages(*contents, font="Helvetica"))
    assert not set(lines) & set(texts(document, BlockKind.HEADER))


def test_heads_of_left_and_right_pages() -> None:
    contents = []
    for n, start in enumerate((40, 11, 92, 25, 88, 33, 70, 59)):
        head = "EXAMPLE CORP" if n % 2 else "SUPPLY TERMS"
        contents.append([(72.0, 800.0, head), *column([f"{start + i}. {line}" for i, line in enumerate(FILLER)])])
    assert len(texts(read(pages(*contents, font="Helvetica")), BlockKind.HEADER)) == 8


PAGE_NUMBERS = [  # text at the foot of each of three pages
    pytest.param(["1", "2", "3"], True, id="bare"),
    pytest.param(["- 1 -", "- 2 -", "- 3 -"], True, id="between dashes"),
    pytest.param(["1/3", "2/3", "3/3"], True, id="of the total"),
    pytest.param(["Page 1", "Page 2", "Page 3"], True, id="with the word"),
    pytest.param(["1 ページ", "2 ページ", "3 ページ"], True, id="with the Japanese word"),
    pytest.param(["i", "ii", "iii"], True, id="roman"),
    pytest.param(["(1)", "(2)", "(9)"], False, id="an item number in brackets is a clause's"),
    pytest.param(["30日", "60日", "90日"], False, id="a wrapped end of a sentence"),
]


@pytest.mark.parametrize(("numbers", "marked"), PAGE_NUMBERS)
def test_page_numbers(numbers: list[str], marked: bool) -> None:
    contents = [[*column(FILLER), (290.0, 40.0, number)] for number in numbers]
    found = [text for text in texts(read(pages(*contents)), BlockKind.HEADER) if text in numbers]
    assert found == (numbers if marked else [])


def test_clause_numbers_at_the_head_of_pages() -> None:
    """Two pages that each begin with a clause whose number stands alone, at the same height."""
    contents = [[(72.0, 780.0, number), *column(FILLER)] for number in ("3", "8", "9")]
    assert texts(read(pages(*contents[:2], font="Helvetica")), BlockKind.HEADER) == []


def test_numbers_of_an_older_print_inside_the_pages() -> None:
    lines = [f"{line} {line}" for line in FILLER[:3]] * 10
    contents = [[*column([*lines[:n], str(2 * i), *lines[n:], str(2 * i + 1)])] for i, n in enumerate((14, 16, 15, 17), start=4)]
    found = texts(read(pages(*contents, font="Helvetica")), BlockKind.HEADER)
    assert [text for text in found if text.isdecimal()] == ["8", "9", "10", "11", "12", "13", "14", "15"]


def test_readings_are_left_out() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(MINCHO, 10.5)
        canvas.drawString(72, 700, "第1条（免責）当事者は次のとおりとする。")
        canvas.drawString(72, 680, "乙は、")
        canvas.setFont(MINCHO, 5)
        canvas.drawString(72 + 31.5, 690, "ふかこうりょく")  # a line of its own, which cuts the line below in two
        canvas.setFont(MINCHO, 10.5)
        canvas.drawString(72 + 31.5, 680, "不可抗力により責任を負わない。")
        text = canvas.beginText(72, 650)  # readings on the line itself
        for size, rise, part in ((10.5, 0, "甲は"), (5, 8, "かし"), (10.5, 0, "瑕疵について責任を負う。"), (5, 0, "・やく")):
            text.setFont(MINCHO, size)
            text.setRise(rise)
            text.textOut(part)
        canvas.drawText(text)

    assert read(make(draw)).text.split("\n")[1:] == ["乙は、不可抗力により責任を負わない。", "甲は瑕疵について責任を負う。・やく"]


def test_two_columns_stay_in_reading_order() -> None:
    document = read(pages(column(FILLER, left=72) + column(["Second column " + line for line in FILLER], left=400), font="Helvetica"))
    assert [line.startswith("Second") for line in document.text.split("\n")] == [False] * 7 + [True] * 7


def image() -> ImageReader:
    return ImageReader(Image.new("RGB", (60, 80), "white"))


def scan(with_text: list[int], count: int, stamp: str = "") -> bytes:
    def draw(canvas: Canvas) -> None:
        for number in range(1, count + 1):
            canvas.setFont("Helvetica", 10)
            canvas.drawImage(image(), 50, 50, 500, 700)
            for i, line in enumerate(FILLER if number in with_text else []):
                canvas.drawString(72, 700 - 15 * i, line)
            if stamp:
                canvas.drawString(250, 20, stamp)
            canvas.showPage()

    return make(draw)


def test_some_pages_are_pictures() -> None:
    document = read(scan([1, 4], 5))
    assert [warning.code for warning in document.warnings] == ["pages_without_text"]
    assert "2-3, 5" in document.warnings[0].message.en


def outlines(canvas: Canvas) -> None:
    for i in range(600):
        canvas.line(50 + i % 100, 50 + i, 60 + i % 100, 55 + i)


REFUSED = [
    pytest.param(lambda: scan([], 3), NoTextError, "OCR", id="a scan must never read as an empty contract"),
    pytest.param(lambda: scan([], 3, "Scanned by Example Scanner, copy 1"), NoTextError, "OCR", id="a scan whose only text is a stamp"),
    pytest.param(lambda: make(outlines), NoTextError, "OCR", id="letters converted to outlines"),
    pytest.param(lambda: make(lambda canvas: canvas.showPage()), NoTextError, "no text", id="blank pages"),
    pytest.param(
        lambda: make(lambda c: c.drawString(9, 9, "x"), encrypt=pdfencrypt.StandardEncryption("p")),
        EncryptedFileError,
        "password",
        id="encrypted",
    ),
    pytest.param(lambda: pages(column(FILLER))[:400], DamagedFileError, "cut off", id="truncated"),
    pytest.param(lambda: b"%PDF-1.7\nnothing", DamagedFileError, "damaged", id="junk after the mark"),
    pytest.param(lambda: b"", DamagedFileError, "damaged", id="empty"),
]


@pytest.mark.parametrize(("data", "error", "word"), REFUSED)
def test_refused(data: Callable[[], bytes], error: type[ContractReadError], word: str) -> None:
    with pytest.raises(error, match=word) as caught:
        PdfReader().read(data(), "x.pdf")
    assert str(caught.value).startswith("x.pdf: ") and "\n" not in str(caught.value)


def test_owner_password_alone_does_not_stop_reading() -> None:
    lock = pdfencrypt.StandardEncryption("", ownerPassword="owner", canCopy=0)
    data = make(lambda canvas: [canvas.drawString(72, 700 - 15 * i, line) for i, line in enumerate(FILLER)] and None, encrypt=lock)
    assert FILLER[0] in read(data).text


def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pages(column(FILLER), column(FILLER))
    monkeypatch.setattr(pdf_module, "MAX_CHARACTERS", 500)
    with pytest.raises(LimitError):
        read(data)
    monkeypatch.setattr(pdf_module, "MAX_PAGES", 1)
    with pytest.raises(LimitError):
        read(data)


def test_filled_form_fields_are_read() -> None:
    def draw(canvas: Canvas) -> None:
        for i, line in enumerate(FILLER):
            canvas.drawString(72, 700 - 15 * i, line)
        canvas.acroForm.textfield(name="term", value="Term: 24 months", x=72, y=400, width=200, height=20)

    assert "24 months" in read(make(draw)).text


def test_same_bytes_same_document() -> None:
    data = pages(column(FILLER))
    assert read(data) == read(data)


@pytest.mark.skipif(not CUAD.exists(), reason="needs the CUAD PDFs beside the project")
def test_words_of_real_contracts() -> None:
    """The words in the order of the published text, on PDFs made by many programs."""
    from rapidfuzz.distance import Indel

    with gzip.open(CUAD / "contracts.jsonl.gz", "rt") as lines:
        published = {row["id"]: row["text"] for row in map(json.loads, lines)}
    likeness = []
    for path in sorted((CUAD / "pdf").glob("*.pdf"))[::4]:
        words = re.findall(r"\w+", read(path.read_bytes()).text)
        likeness.append(Indel.normalized_similarity(words, re.findall(r"\w+", published[path.stem])))
    assert min(likeness) > 0.95 and sum(likeness) / len(likeness) > 0.985


def nested(*, calls: int = 1) -> bytes:
    """A page that draws form A, which draws form B; both know all fonts and forms, themselves too, as some programs write it."""
    everything = b"<</Font<</F 5 0 R>>/XObject<</A 6 0 R/B 7 0 R>>>>"
    inner = b"".join(b"BT /F 11 Tf 1 0 0 1 72 %d Tm (%s) Tj ET\n" % (700 - 15 * i, line.encode()) for i, line in enumerate(FILLER))
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources 8 0 R"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources 8 0 R>>"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    streams = [pdf_stream(b"/A Do "), font, pdf_stream(b"/B Do " * calls, form), pdf_stream(inner, form), everything]
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, *streams])


def test_drawings_that_only_could_draw_themselves_are_read() -> None:
    """To refuse a file for the names in its shared resources would refuse honest ones."""
    assert [line for line in read(nested()).text.split("\n") if line] == FILLER


def test_a_page_that_takes_too_much_drawing_is_refused() -> None:
    with pytest.raises(LimitError, match="more drawing than a contract") as caught:
        read(nested(calls=50_000))
    assert "\n" not in str(caught.value)


ENDLESS = [why for why in HOSTILE if why.startswith(("a PDF drawing", "a PDF whose drawing", "a PDF that draws", "a PDF with a ring"))]


@pytest.mark.parametrize("why", ENDLESS)
def test_no_page_is_opened_that_never_ends(why: str) -> None:
    with pytest.raises(LimitError, match="more drawing than a contract"):
        PdfReader().read(HOSTILE[why][1](), "a.pdf")
