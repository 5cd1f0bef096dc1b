"""A review memo in Word, for drafts that are no Word files (PDF, text) and for those who want one beside the draft."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from clausecheck.model import Report, Result, Status
from clausecheck.reports.digest import Digest, Entry, Quote, Told, digest

_FIXED = dt.datetime(2000, 1, 1)  # stands where the format wants a date and none was given
_FONTS = {"ja": ("Yu Gothic", "Yu Gothic"), "en": ("Calibri", "Yu Gothic")}  # Latin, East Asian
_INK = {
    Status.CONFLICTING: ("7D0F2B", "F4D3DA"),
    Status.MISSING: ("A4261B", "FBE4E0"),
    Status.WEAK: ("8A5A00", "FDF0CC"),
    Status.UNDETERMINED: ("5B3A96", "E9E0F7"),
    Status.PRESENT: ("1D6B39", "DFF1E4"),
    Status.NOT_APPLICABLE: ("666D77", "EEF0F3"),
}
_MARK = {Result.SATISFIED: "✓", Result.WEAK: "△", Result.NEGATED: "✕", Result.ABSENT: "✕"}
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SOFT = RGBColor(0x5A, 0x64, 0x72)


def render_word_memo(report: Report, language: str | None = None, *, author: str = "clausecheck", date: dt.datetime | None = None) -> bytes:
    """The memo as .docx; equal reports give equal bytes."""
    d = digest(report, language)
    document = docx.Document()
    _set_up(document, d.words.language)
    _head(document, d)
    for group in d.groups:
        document.add_heading(_clean(group.title), 1)
        for entry in group.entries:
            _entry(document, entry, d)
    _closing(document, d)
    properties = document.core_properties
    properties.author = properties.last_modified_by = author
    properties.title, properties.comments, properties.revision = _clean(d.heading), "", 1
    properties.created = properties.modified = date or _FIXED
    target = io.BytesIO()
    document.save(target)
    return _dated(target.getvalue(), date or _FIXED)


def _set_up(document: Document, language: str) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(20)
    latin, asian = _FONTS[language]
    for name, size in (("Normal", 10.5), ("Title", 17), ("Heading 1", 14), ("Heading 2", 11.5), ("List Bullet", 10.5)):
        style: Any = document.styles[name]
        style.font.name = latin
        style.font.size = Pt(size)
        style.font.color.rgb = RGBColor(0x1C, 0x24, 0x30)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(attribute), None)
        fonts.set(qn("w:eastAsia"), asian)
        style.paragraph_format.space_after = Pt(4)
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), "en-GB")
    lang.set(qn("w:eastAsia"), "ja-JP")
    document.styles["Normal"].element.get_or_add_rPr().append(lang)


def _head(document: Document, d: Digest) -> None:
    document.add_paragraph(_clean(d.heading), style="Title")
    _table(document, [(label, text) for label, text in (*d.facts, (d.words.say("summary"), d.summary))], widths=(32, 134))
    if d.worst:
        document.add_heading(d.words.say("attention"), 1)
        labels = [d.words.say(label) for label in ("number", "provision", "status", "severity", "clauses")]
        rows = [(str(e.number), e.title, e.status, e.severity, d.words.list(e.main_clauses())) for e in d.worst]
        table = _table(document, [labels, *rows], widths=(13, 62, 27, 22, 42), headed=True)
        for row, entry in zip(table.rows[1:], d.worst, strict=True):
            _shade(row.cells[2], *_INK[entry.finding.status])


def _entry(document: Document, entry: Entry, d: Digest) -> None:
    words = d.words
    heading = document.add_heading(f"{entry.number}. {_clean(entry.title)}  ", 2)
    badge = heading.add_run(f" {entry.status} ")
    ink, paper = _INK[entry.finding.status]
    badge.font.color.rgb = RGBColor.from_string(ink)
    badge._r.get_or_add_rPr().append(_shading(paper))
    facts = [f"{words.say('severity')}: {entry.severity}"] if entry.severity else []
    facts += [f"{words.say('clauses')}: {words.list(entry.clauses)}"] if entry.clauses else []
    if facts:
        _soft(document.add_paragraph(_clean(" / ".join(facts)))).paragraph_format.keep_with_next = True
    for reason in entry.reasons:
        document.add_paragraph(_clean(reason), style="List Bullet")
    told = Told(words)
    for line in entry.elements:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{_MARK[line.element.result]} {_clean(line.title)}").bold = line.element.result is not Result.SATISFIED
        paragraph.add_run(f"  ({line.need}): {line.result}").font.color.rgb = _SOFT
        _quotes(document, line.quotes, told)
    if entry.optional:
        _soft(document.add_paragraph(_clean(f"{words.say('optional')}: {words.list(entry.optional)}")))
    for flag in entry.flags:
        document.add_paragraph().add_run(f"! {_clean(flag.message)} ({flag.effect})").bold = True
        _quotes(document, flag.quotes, told)
        if flag.instead:
            document.add_paragraph(_clean(words.say("instead", text=flag.instead)))
    if entry.searched:
        document.add_paragraph(f"{words.say('searched')}:").paragraph_format.keep_with_next = True
        for place in entry.searched:
            document.add_paragraph(_clean(f"{place.where}: {place.why}"), style="List Bullet")
    if entry.proposal:
        label = document.add_paragraph()
        label.add_run(_clean(words.say("to_add", where=entry.proposal.where))).bold = True
        label.paragraph_format.keep_with_next = True
        box = document.add_table(rows=1, cols=1, style="Table Grid")
        _shade(box.rows[0].cells[0], "1C2430", "F1F8F2")
        box.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        first, *rest = list(filter(None, (entry.proposal.heading, *entry.proposal.lines)))
        opening = box.rows[0].cells[0].paragraphs[0]
        opening.add_run(_clean(first)).bold = bool(entry.proposal.heading)
        for text in rest:
            box.rows[0].cells[0].add_paragraph(_clean(text))
        document.add_paragraph().paragraph_format.space_after = Pt(2)
    for caution in entry.cautions:
        _soft(document.add_paragraph(_clean(f"{words.say('cautions')}: {caution}")))
    if entry.sources and entry.elements:
        _soft(document.add_paragraph(_clean(f"{words.say('sources')}: {words.series(entry.sources)}")))


def _quotes(document: Document, quotes: Iterable[Quote], told: Told) -> None:
    """The first quotations; what was ``told`` in the finding before is not written out again."""
    for quoted in list(quotes)[:2]:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent = Mm(7)
        paragraph.add_run(f"{_clean(quoted.cited)}: ").bold = True
        paragraph.add_run(_clean(told.whole(quoted)))


def _closing(document: Document, d: Digest) -> None:
    words = d.words
    document.add_heading(words.say("term"), 1)
    if d.term:
        _table(document, d.term, widths=(50, 116))
        _quotes(document, d.term_quotes[:6], Told(words))
    else:
        document.add_paragraph(words.say("not_stated"))
    if d.warnings:
        document.add_heading(words.say("warnings"), 1)
        for code, message in d.warnings:
            document.add_paragraph(_clean(f"{message} ({code})"), style="List Bullet")
    _soft(document.add_paragraph(d.disclaimer)).paragraph_format.space_before = Pt(14)
    _soft(document.add_paragraph(_clean(f"{words.say('provenance')}: {d.provenance}")))


# --- small parts -------------------------------------------------------------------------------------------------------


def _table(document: Document, rows: Iterable[Iterable[str]], *, widths: tuple[int, ...], headed: bool = False) -> Any:
    cells = [list(row) for row in rows]
    table = document.add_table(rows=len(cells), cols=len(widths), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for i, (row, texts) in enumerate(zip(table.rows, cells, strict=True)):
        for j, (cell, text, width) in enumerate(zip(row.cells, texts, widths, strict=True)):
            cell.width = Mm(width)
            run = cell.paragraphs[0].add_run(_clean(text))
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)
            run.bold = headed and i == 0
            if (headed and i == 0) or (not headed and j == 0):
                _shade(cell, "1C2430", "EEF0F3")
    if headed:
        mark = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(mark)
    return table


def _shade(cell: Any, ink: str, paper: str) -> None:
    cell._tc.get_or_add_tcPr().append(_shading(paper))
    for paragraph in cell.paragraphs:
        for run in paragraph.runs:
            run.font.color.rgb = RGBColor.from_string(ink)


def _shading(paper: str) -> Any:
    shading = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", paper)):
        shading.set(qn(name), value)
    return shading


def _soft(paragraph: Paragraph) -> Paragraph:
    for run in paragraph.runs:
        run.font.color.rgb = _SOFT
        run.font.size = Pt(9)
    return paragraph


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("", text)


def _dated(data: bytes, date: dt.datetime) -> bytes:
    """The archive with every entry dated alike, so that the bytes depend on the report only."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, date.timetuple()[:6])
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(entry, old.read(name))
    return result.getvalue()
