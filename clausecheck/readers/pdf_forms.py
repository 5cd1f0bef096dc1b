"""Knows what is filled into a PDF's form and where it stands; and how many notes people have put on its pages."""

from __future__ import annotations

import ctypes
from typing import Any

from clausecheck.readers.pdf_lines import Line, Places

_MOST = 2_000  # annotations of a page that are looked at
_SAME_LINE = 6.0  # points between the base line of a field and that of its label
_MARKS = ("\u2610", "\u2611")  # a box left open, and one that is ticked


def open_form(pdf: Any) -> bool:
    """Whether the document has a form; then it is made ready to be read."""
    import pypdfium2

    try:
        if pdf.get_formtype() == pypdfium2.raw.FORMTYPE_NONE:
            return False
        pdf.init_forms()
    except (pypdfium2.PdfiumError, OSError):
        return False  # the fields stay unread, the page's own text does not
    return True


def notes_on(page: Any) -> int:
    """Annotations that a person has put on the page: comments, marks, added text; links, fields and drawn lines are none."""
    import pypdfium2.raw as pdfium

    marks = {pdfium.FPDF_ANNOT_HIGHLIGHT, pdfium.FPDF_ANNOT_UNDERLINE, pdfium.FPDF_ANNOT_SQUIGGLY, pdfium.FPDF_ANNOT_STRIKEOUT}
    texts = {pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_CARET}
    personal = {*marks, *texts, pdfium.FPDF_ANNOT_INK, pdfium.FPDF_ANNOT_STAMP}
    count = 0
    for at in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), _MOST)):
        note = pdfium.FPDFPage_GetAnnot(page.raw, at)
        count += bool(note) and pdfium.FPDFAnnot_GetSubtype(note) in personal
        pdfium.FPDFPage_CloseAnnot(note)
    return count


def boxes_to_tick(pdf: Any, page: Any) -> list[Line]:
    """The tick boxes and radio buttons of a page's form, each as a line that holds its mark."""
    import pypdfium2.raw as pdfium

    if pdf.formenv is None:
        return []
    found: list[Line] = []
    rect = pdfium.FS_RECTF()
    for at in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), _MOST)):
        field = pdfium.FPDFPage_GetAnnot(page.raw, at)
        kind = pdfium.FPDFAnnot_GetFormFieldType(pdf.formenv.raw, field) if field else -1
        to_tick = kind in (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)
        if to_tick and pdfium.FPDFAnnot_GetRect(field, ctypes.byref(rect)):
            ticked = pdfium.FPDFAnnot_IsChecked(pdf.formenv.raw, field)
            found.append(Line(_MARKS[bool(ticked)], rect.left, rect.bottom))
        pdfium.FPDFPage_CloseAnnot(field)
    return found


def flatten_fields(page: Any) -> None:
    """Make what is filled in part of the page's text. Notes are taken off before: they are no text of the contract."""
    import pypdfium2.raw as pdfium

    for at in reversed(range(pdfium.FPDFPage_GetAnnotCount(page.raw))):
        note = pdfium.FPDFPage_GetAnnot(page.raw, at)
        kind = pdfium.FPDFAnnot_GetSubtype(note) if note else pdfium.FPDF_ANNOT_WIDGET
        pdfium.FPDFPage_CloseAnnot(note)
        if kind != pdfium.FPDF_ANNOT_WIDGET:
            pdfium.FPDFPage_RemoveAnnot(page.raw, at)
    page.flatten()


def put_in_place(lines: list[tuple[int, Line]], values: list[Line], places: Places) -> list[tuple[int, Line]]:
    """The lines with what is filled in where it stands: inside the line of its label, or between two lines."""
    out = list(lines)
    shifts: dict[int, list[tuple[float, str]]] = {}
    for value in sorted(values, key=lambda v: -v.x):
        near = [k for k, (_, line) in enumerate(lines) if abs(line.y - value.y) <= _SAME_LINE]
        if near:
            # the last line that begins left of it, else the first on its right
            on_left = [k for k in near if lines[k][1].x <= value.x]
            k = max(on_left, key=lambda k: lines[k][1].x) if on_left else min(near, key=lambda k: lines[k][1].x)
            shifts.setdefault(k, []).append((value.x, value.text.strip()))
        else:
            below = next((k for k, (_, line) in enumerate(out) if line.y < value.y), len(out))
            out.insert(below, (-1, value))
    for k, found in shifts.items():
        start, line = lines[k]
        for x, text in found:  # from the right
            at = next((i for i, char in enumerate(line.text) if not char.isspace() and places.origin(start + i)[0] >= x), len(line.text))
            line.text = f"{line.text[:at].rstrip()} {text} {line.text[at:].lstrip()}".strip()
        line.cut = True
    return out
