"""Files made to hurt whoever reads them: each small on disk, each refused or read within the budget (tests/benchmarks/speed.py)."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable

from readers.docx_builder import W_URI, abstract, complex_field, docx, lvl, num, num_pr, p, packed, r, style, tbl, tr

SENTENCE = "The Supplier shall deliver the Products. "


def archive(name: str, content: bytes, copies: int = 1) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for i in range(copies):
            file.writestr(name.format(i), content)
    return out.getvalue()


def deep_lists() -> bytes:
    levels = "".join(lvl(i, "%1.%2.%3.%4.%5.%6.%7.%8.%9") for i in range(9))
    lists = "".join(f'<w:num w:numId="{i}"><w:abstractNumId w:val="0"/></w:num>' for i in range(1, 10_001))
    body = "".join(p("a", num=(1 + i % 10_000, i)) for i in range(10_000))
    return docx(body, numbering=abstract(0, levels) + lists)


def rings() -> bytes:
    """Styles based on each other and lists that lead to each other, in circles of all sizes."""
    styles = "".join(style(f"s{i}", num_pr(1), based=f"s{(i + 1) % 20_000}") for i in range(20_000))
    numbering = abstract(0, more='<w:numStyleLink w:val="A"/><w:styleLink w:val="A"/>') + num(1, 0)
    return docx("".join(p("a", style=f"s{i}") for i in range(20_000)), styles=styles, numbering=numbering)


def malformed_numbers() -> bytes:
    level = '<w:lvl w:ilvl="-3"/><w:lvl w:ilvl="x"/><w:lvl w:ilvl="0"><w:start w:val="1e999"/><w:numFmt/><w:lvlText w:val="{}"/></w:lvl>'
    return docx(p(SENTENCE, num=(1, 0)) * 2, numbering=abstract(0, level.format("%1" * 50_000)) + num(1, 0))


def entities() -> bytes:
    names = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    xml = f'<!DOCTYPE w [<!ENTITY a0 "x">{names}]><w:document xmlns:w="{W_URI}"><w:body>{p("&a11;")}</w:body></w:document>'
    return packed({"word/document.xml": xml.encode()})


def pdf(objects: list[bytes]) -> bytes:
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for i, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (i, content))
    at = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, at))
    return out.getvalue()


def pdf_stream(content: bytes, more: bytes = b"") -> bytes:
    data = zlib.compress(content)
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (more, len(data), data)


_CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 4 0 R>>>>>>"


def one_page(content: bytes, more: bytes = b"") -> bytes:
    return pdf([_CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", _PAGE, pdf_stream(content, more), _FONT])


def many_pages(count: int, content: bytes) -> bytes:
    """Pages that all show the same stream."""
    kids = b" ".join(b"%d 0 R" % (number + 5) for number in range(count))
    page = _PAGE.replace(b"4 0 R", b"3 0 R").replace(b"5 0 R", b"4 0 R")
    return pdf([_CATALOG, b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count), pdf_stream(content), _FONT, *[page] * count])


_DENSE = b"BT /F 8 Tf 1 0 0 1 40 700 Tm " + b"(The Supplier shall deliver the Products on time.) Tj 0 -9 Td " * 70 + b"ET"
_LINES = b"".join(b"%d %d m %d %d l S " % (i % 600, i % 700, i * 7 % 600, i * 3 % 700) for i in range(20_000))


def huge_image() -> bytes:
    page = _PAGE.replace(b"/X 4 0 R", b"/X 6 0 R")
    image = pdf_stream(bytes(1000), b"/Type/XObject/Subtype/Image/Width 100000/Height 100000/BitsPerComponent 8/ColorSpace/DeviceRGB")
    return pdf([_CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, pdf_stream(b"600 0 0 800 0 0 cm /X Do"), _FONT, image])


def drawings(*calls: bytes, resources: bytes = b"", content: bytes = b"/X Do") -> bytes:
    """A page and drawings 6, 7, ..., each with its content; ``resources``: whom they know as what (else each the next as X)."""
    page = _PAGE.replace(b"/X 4 0 R", b"/X 6 0 R")
    forms = [
        pdf_stream(
            content, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject %s>>" % (resources or b"<</X %d 0 R>>" % (7 + i))
        )
        for i, content in enumerate(calls)
    ]
    return pdf([_CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, pdf_stream(content), _FONT, *forms])


def hidden_ring() -> bytes:
    """A drawing that draws itself by a name that only a compressed object stream gives."""
    form = pdf_stream(b"/X Do " * 9, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources 6 0 R")
    inner = pdf_stream(b"6 0 <</XObject<</X 4 0 R>>>>", b"/Type/ObjStm/N 1/First 4")
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources 6 0 R>>"
    out, places = io.BytesIO(b"%PDF-1.7\n"), {}
    out.seek(0, 2)
    for i, content in ((1, _CATALOG), (2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>"), (3, page), (4, form), (5, inner)):
        places[i] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (i, content))
    places[7] = out.tell()
    rows = [(0, 0, 0), *((1, places[i], 0) for i in range(1, 6)), (2, 5, 0), (1, places[7], 0)]
    table = b"".join(bytes([kind]) + at.to_bytes(4, "big") + bytes([index]) for kind, at, index in rows)
    out.write(b"7 0 obj\n%s\nendobj\n" % pdf_stream(table, b"/Type/XRef/Size 8/W[1 4 1]/Root 1 0 R"))
    out.write(b"startxref\n%d\n%%%%EOF" % places[7])
    return out.getvalue()


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    # why: (file name, its content)
    "a zip bomb": ("a.docx", lambda: archive("word/document.xml", b" " * 400_000_000)),
    "a zip of many files": ("a.docx", lambda: archive("word/{}.xml", b"", 60_000)),
    "just under the limit when unpacked": (
        "a.docx",
        lambda: docx(p("a " * 45_000_000)),
    ),
    "entities in entities": ("a.docx", entities),
    "elements in elements": ("a.docx", lambda: docx("<w:sdt><w:sdtContent>" * 100_000)),
    "tables in tables": ("a.docx", lambda: docx("<w:tbl><w:tr><w:tc>" * 60 + p(SENTENCE) + "</w:tc></w:tr></w:tbl>" * 60)),
    "a million paragraphs": ("a.docx", lambda: docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 300_000)),
    "paragraphs up to the limit": ("a.docx", lambda: docx("<w:p><w:r><w:t>1</w:t></w:r></w:p>" * 400_000)),
    "lists of ten thousand levels": ("a.docx", deep_lists),
    "styles and lists in rings": ("a.docx", rings),
    "numbers that are none": ("a.docx", malformed_numbers),
    "tracked changes in one paragraph": ("a.docx", lambda: docx(p(f'<w:ins w:id="1" w:author="A">{r("a ")}</w:ins>' * 150_000))),
    "comment marks without number": (
        "a.docx",
        lambda: docx(p(r(SENTENCE) + "".join(f'<w:commentRangeStart w:id="{i}"/>' for i in range(300_000)))),
    ),
    "fields in fields": ("a.docx", lambda: docx(p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 200_000 + r(SENTENCE)))),
    "many fields": ("a.docx", lambda: docx(p(complex_field("LISTNUM \\l 9 \\s 999999", None) * 60_000))),
    "a table of many columns": ("a.docx", lambda: docx(tbl(tr(*["a"] * 100_000)))),
    "one paragraph without a stop": ("a.docx", lambda: docx(p("shall deliver " * 500_000))),
    "a text without a line end": ("a.txt", lambda: b"(" * 20_000_000),
    "a text of numbers": ("a.txt", lambda: b"1.\n" * 400_000),
    "a text of articles": ("a.txt", lambda: "".join(f"第{i}条\n" for i in range(300_000)).encode()),
    "brackets of all kinds": ("a.txt", lambda: "「（『【".encode() * 300_000),
    "tags in tags": ("a.html", lambda: b"<div>" * 1_000_000 + SENTENCE.encode()),
    "a table in HTML": ("a.html", lambda: b"<table><tr><td colspan=999999999>" * 50_000 + SENTENCE.encode()),
    "marks of Markdown": ("a.md", lambda: b"*_[`" * 1_000_000 + b"\n" + b"> " * 1_000_000),
    "a million columns in Markdown": ("a.md", lambda: b"|a" * 1_000_000 + b"\n"),
    "a PDF whose page tree is a ring": ("a.pdf", lambda: pdf([_CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"])),
    "a PDF that says it has a billion pages": ("a.pdf", lambda: pdf([_CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1000000000>>", _PAGE])),
    "a PDF drawing that draws itself": (
        "a.pdf",
        lambda: one_page(b"/X Do " * 1000, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>"),
    ),
    "a PDF whose drawings draw each other": (
        "a.pdf",
        lambda: drawings(b"/X Do " * 9, b"/Y Do (X)Do /X%\nDo /#58 Do ", resources=b"<</X 7 0 R/Y 6 0 R>>"),
    ),
    "a PDF whose drawings draw the next ten times": ("a.pdf", lambda: drawings(*[b"/X Do " * 10] * 12, b"0 0 m")),
    "a PDF whose drawing has no names but the page's": (
        "a.pdf",
        lambda: one_page(b"/X Do " * 9, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"),
    ),
    "a PDF that draws a long drawing without end": ("a.pdf", lambda: drawings(b"0 0 m " * 100_000, content=b"/X Do " * 100_000)),
    "a PDF with a ring in an object stream": ("a.pdf", hidden_ring),
    "a PDF of five thousand dense pages": ("a.pdf", lambda: many_pages(5_000, _DENSE)),
    "a PDF whose many pages draw lines without end": ("a.pdf", lambda: many_pages(900, _LINES)),
    "a PDF stream that unpacks without end": ("a.pdf", lambda: one_page(b" " * 200_000_000)),
    "a PDF page of a million words": ("a.pdf", lambda: one_page(b"BT /F 1 Tf " + b"1 0 0 1 9 9 Tm (word) Tj " * 300_000 + b"ET")),
    "a PDF with a huge image": ("a.pdf", huge_image),
    "a PDF that is cut off": ("a.pdf", lambda: one_page(b"BT ET")[:300]),
    "a program": ("a.docx", lambda: b"\x7fELF" + bytes(range(256)) * 4000),
    "an endless archive in a text's name": ("a.txt", lambda: archive("word/document.xml", b"<" * 300_000_000)),
}
