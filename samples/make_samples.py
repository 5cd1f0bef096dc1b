"""Builds the sample contracts again, to the byte: ``text/*.md`` -> ``*.docx`` (numbered by Word) and ``*.pdf`` (numbers printed).

    python samples/make_samples.py [FOLDER]

A source is: a head (language, title), plain paragraphs, ``## Heading {key}`` for a clause, ``- `` for a paragraph of it, ``  - ``
for an item, ``=== signature`` and ``=== annex TITLE`` with ``| table | rows |``. ``{key}`` in a text becomes the clause's number;
``[+...+]`` and ``[-...-]`` are tracked insertions and deletions (such a source becomes a Word file only).
Needs python-docx and reportlab (the ``test`` extra), and for the Japanese PDFs the IPA fonts (Debian: fonts-ipafont); without
them a PDF names the standard Japanese fonts instead of holding them, and looks right only where a viewer has those.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as WordParagraph
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle as PdfStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

HERE = Path(__file__).parent
DATE = dt.datetime(2026, 3, 1, 9, 0)

# --- source --------------------------------------------------------------------------------------------------------


@dataclass
class Line:
    """One paragraph: ``role`` is title, text, clause, paragraph, item, body, signature, annex or row."""

    role: str
    text: str
    number: int = 0


@dataclass
class Source:
    language: str
    title: str
    lines: list[Line] = field(default_factory=list)

    @property
    def redline(self) -> bool:
        return any(TRACKED.search(line.text) for line in self.lines)


TRACKED = re.compile(r"\[([+-])(.*?)\1\]")


def read_source(path: Path) -> Source:
    head, body = re.fullmatch(r"---\n(.*?)\n---\n(.*)", path.read_text(encoding="utf-8"), re.S).groups()  # type: ignore[union-attr]
    values = dict(line.split(": ", 1) for line in head.splitlines())
    source = Source(values["language"], values["title"], [Line("title", values["title"])])
    keys: dict[str, int] = {}
    clause = paragraph = item = 0
    part = "text"
    for raw in body.splitlines():
        line = raw.strip()
        if not line:
            continue
        if match := re.fullmatch(r"## (.*?)(?: \{(\w+)\})?", line):
            clause, paragraph, part = clause + 1, 0, "body"
            if match[2]:
                keys[match[2]] = clause
            source.lines.append(Line("clause", match[1], clause))
        elif line.startswith("=== annex "):
            part = "annex"
            source.lines.append(Line("annex", line.removeprefix("=== annex ")))
        elif line.startswith("=== "):
            part = line.removeprefix("=== ")
        elif raw.startswith("  - "):
            item += 1
            source.lines.append(Line("item", line[2:], item))
        elif raw.startswith("- "):
            paragraph, item = paragraph + 1, 0
            source.lines.append(Line("paragraph", line[2:], paragraph))
        elif line.startswith("|"):
            source.lines.append(Line("row", line.strip("| ")))
        else:
            # Text after the numbered paragraphs of the last clause closes the contract.
            source.lines.append(Line("text" if part == "body" and source.lines[-1].role != "clause" else part, line))
    for entry in source.lines:
        entry.text = re.sub(r"\{(\w+)\}", lambda m: str(keys[m[1]]), entry.text)
    return source


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.split("|")]


# --- Word ----------------------------------------------------------------------------------------------------------

LEVELS = {
    # number as drawn, its format, what follows it, indent of the text and of the number (twips)
    "ja": [("第%1条", "decimal", "nothing", 0, 0), ("%2", "decimal", "tab", 420, 420), ("(%3)", "decimal", "tab", 960, 540)],
    "en": [("%1.", "decimal", "tab", 567, 567), ("%1.%2", "decimal", "tab", 567, 567), ("(%3)", "lowerLetter", "tab", 1134, 567)],
}
STYLES = ("Clause", "Clause Paragraph", "Clause Item")
FONTS = {"ja": "MS Mincho", "en": "Times New Roman"}


def add_numbering(document: Document, language: str) -> str:
    """One multilevel list whose levels belong to the three clause styles; its numId."""
    root = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/><w:pStyle w:val="{STYLES[i].replace(" ", "")}"/>'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
        for i, (text, number_format, suffix, left, hanging) in enumerate(LEVELS[language])
    )
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    root.insert(0, abstract)  # abstract definitions stand before the lists that use them
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    return "90"


def set_font(style: ParagraphStyle, language: str, size: float) -> None:
    style.font.name = FONTS[language]
    style.font.size = Pt(size)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONTS["ja"])


def add_styles(document: Document, language: str) -> None:
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    set_font(normal, language, 10.5 if language == "ja" else 11)
    normal.paragraph_format.space_after = Pt(4)
    list_id = add_numbering(document, language)
    for level, name in enumerate(STYLES):
        style = document.styles.add_style(name, 1)
        assert isinstance(style, ParagraphStyle)
        style.base_style = normal
        properties = style.element.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'))
        if level == 0:
            style.font.bold = True
            style.paragraph_format.space_before = Pt(9)
            style.paragraph_format.keep_with_next = True


def write_docx(source: Source, path: Path) -> None:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(25)
    add_styles(document, source.language)
    rows: list[list[str]] = []
    for index, line in enumerate(source.lines):
        if line.role == "row":
            rows.append(cells(line.text))
            if index + 1 == len(source.lines) or source.lines[index + 1].role != "row":
                add_table(document, rows)
                rows = []
            continue
        add_paragraph(document, source.language, line)
        if line.role == "signature" and source.lines[index - 1].role != "signature":
            document.paragraphs[-1].paragraph_format.space_before = Pt(18)
    properties = document.core_properties
    properties.author = properties.last_modified_by = "clausecheck authors"
    properties.title, properties.comments, properties.revision = source.title, "", 1
    properties.created = properties.modified = DATE
    buffer = io.BytesIO()
    document.save(buffer)
    path.write_bytes(with_fixed_dates(buffer.getvalue()))


def add_paragraph(document: Document, language: str, line: Line) -> None:
    style = {"clause": STYLES[0], "paragraph": STYLES[1], "item": STYLES[2]}.get(line.role, "Normal")
    text = f"（{line.text}）" if line.role == "clause" and language == "ja" else line.text
    paragraph = document.add_paragraph(style=style)
    add_runs(paragraph, text)
    if line.role == "title":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(14)
        paragraph.runs[0].bold = True
        paragraph.runs[0].font.size = Pt(15)
    elif line.role == "annex":
        paragraph.paragraph_format.page_break_before = True
        paragraph.runs[0].bold = True
    elif line.role == "body" and language == "en":
        paragraph.paragraph_format.left_indent = Pt(28.35)
    elif line.role == "body" or (line.role == "text" and language == "ja"):
        paragraph.paragraph_format.first_line_indent = Pt(10.5)


def add_runs(paragraph: WordParagraph, text: str) -> None:
    """The text, its tracked insertions and deletions marked as Word marks them."""

    def tracked(tag: str, inner: str) -> BaseOxmlElement:
        known = len(paragraph.part.element.xpath("//w:ins | //w:del"))
        attributes = f'w:id="{known + 1}" w:author="Reviewer" w:date="{DATE:%Y-%m-%dT%H:%M:%SZ}"'
        return parse_xml(f"<{tag} {nsdecls('w')} {attributes}>{inner}</{tag}>")

    place = 0
    for match in TRACKED.finditer(text):
        if match.start() > place:
            paragraph.add_run(text[place : match.start()])
        place = match.end()
        tag, leaf = ("w:ins", "w:t") if match[1] == "+" else ("w:del", "w:delText")
        paragraph._p.append(tracked(tag, f'<w:r><{leaf} xml:space="preserve">{escape(match[2])}</{leaf}></w:r>'))
        if match[0] == text and match[1] == "+":  # the paragraph itself is new
            mark = parse_xml(f"<w:rPr {nsdecls('w')}/>")
            mark.append(tracked("w:ins", ""))
            paragraph._p.get_or_add_pPr().append(mark)
    if text[place:]:
        paragraph.add_run(text[place:])


def add_table(document: Document, rows: list[list[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for row, values in zip(table.rows, rows, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value


def with_fixed_dates(data: bytes) -> bytes:
    """The same archive with every entry dated alike, so that the bytes depend on the source only."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, DATE.timetuple()[:6])
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(entry, old.read(name))
    return result.getvalue()


# --- PDF -----------------------------------------------------------------------------------------------------------

IPA = {"ipam": "HeiseiMin-W3", "ipag": "HeiseiKakuGo-W5"}  # to embed: to name where it is not installed


def pdf_fonts(language: str) -> list[str]:
    """The plain and the bold font, registered."""
    if language == "en":
        return ["Times-Roman", "Times-Bold"]
    names = []
    for file, standard in IPA.items():
        try:
            pdfmetrics.registerFont(TTFont(file, f"{file}.ttf"))
            names.append(file)
        except TTFError:
            pdfmetrics.registerFont(UnicodeCIDFont(standard))
            names.append(standard)
    return names


def mark(language: str, line: Line, clause: int) -> str:
    """The number of a paragraph or item as it stands in the margin; empty for other lines."""
    if line.role == "paragraph":
        return str(line.number) if language == "ja" else f"{clause}.{line.number}"
    if line.role == "item":
        return f"({line.number})" if language == "ja" else f"({chr(96 + line.number)})"
    return ""


def write_pdf(source: Source, path: Path) -> None:
    ja = source.language == "ja"
    plain, bold = pdf_fonts(source.language)
    base = PdfStyle(
        "base", fontName=plain, fontSize=10.5, bulletFontName=plain, bulletFontSize=10.5, leading=16, spaceAfter=3,
        wordWrap="CJK" if ja else None, alignment=TA_JUSTIFY,
    )  # fmt: skip
    look = {
        "title": PdfStyle("title", base, fontName=bold, fontSize=15, leading=22, alignment=TA_CENTER, spaceAfter=14),
        "clause": PdfStyle("clause", base, fontName=bold, spaceBefore=8, keepWithNext=1),
        "paragraph": PdfStyle("paragraph", base, leftIndent=21 if ja else 30),
        "item": PdfStyle("item", base, leftIndent=48 if ja else 52, bulletIndent=24 if ja else 30),
        "annex": PdfStyle("annex", base, fontName=bold, spaceBefore=18, keepWithNext=1),
        "body": PdfStyle("body", base, firstLineIndent=10.5 if ja else 0, leftIndent=0 if ja else 30),
    }
    story: list[Flowable] = []
    rows: list[list[str]] = []
    clause = 0
    for index, line in enumerate(source.lines):
        if line.role == "row":
            rows.append(cells(line.text))
            if index + 1 == len(source.lines) or source.lines[index + 1].role != "row":
                grid = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), plain, 9)]
                story.append(Table(rows, style=grid, hAlign="LEFT"))
                rows = []
            continue
        clause = line.number if line.role == "clause" else clause
        text = line.text
        if line.role == "clause":
            text = f"第{clause}条（{text}）" if ja else f"{clause}. {text}"
        if line.role == "signature" and source.lines[index - 1].role != "signature":
            story.append(Spacer(1, 12))
        story.append(Paragraph(escape(text), look.get(line.role, base), bulletText=mark(source.language, line, clause) or None))

    def page_number(canvas: Canvas, _: SimpleDocTemplate) -> None:
        canvas.setFont(plain, 9)
        canvas.drawCentredString(A4[0] / 2, 36, str(canvas.getPageNumber()))

    template = SimpleDocTemplate(
        str(path), pagesize=A4, leftMargin=71, rightMargin=71, topMargin=71, bottomMargin=71,
        title=source.title, author="clausecheck authors", lang=source.language, invariant=1,
    )  # fmt: skip
    template.build(story, onFirstPage=page_number, onLaterPages=page_number)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted((HERE / "text").glob("*.md")):
        source = read_source(path)
        write_docx(source, folder / f"{path.stem}.docx")
        if not source.redline:
            write_pdf(source, folder / f"{path.stem}.pdf")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
