"""Makes small Word files by hand, so that a test says in XML exactly what Word would have stored."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

W_URI = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_URI = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_NAMES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
)
_PARTS = ("styles", "numbering", "footnotes", "endnotes", "comments", "commentsExtended", "header1", "footer1")
_ROOTS = {"header1": "hdr", "footer1": "ftr"}
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(
    body: str,
    *,
    uri: str = W_URI,
    main: str = "word/document.xml",
    extra: dict[str, bytes] | None = None,
    relations: str = "",
    **parts: str,
) -> bytes:
    """A Word file with this content of w:body; ``parts`` gives the content of styles, numbering, footnotes, comments, ...;
    ``relations`` are more rows for the list of what the document names."""
    names = f'xmlns:w="{uri}" {_NAMES}'
    files = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _rels([("officeDocument", main)]),
        main: f"<w:document {names}><w:body>{body}</w:body></w:document>".encode(),
    }
    folder, _, file = main.rpartition("/")
    for kind, content in parts.items():
        assert kind in _PARTS
        root = "w15:commentsEx" if kind == "commentsExtended" else f"w:{_ROOTS.get(kind, kind)}"
        files[f"{folder}/{kind}.xml"] = f"<{root} {names}>{content}</{root}>".encode()
    files[f"{folder}/_rels/{file}.rels"] = _rels([(kind.rstrip("1"), f"{kind}.xml") for kind in parts], relations)
    return packed(files | (extra or {}))


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def relation(identity: str, kind: str, target: str, mode: str = "Internal") -> str:
    return f'<Relationship Id="{identity}" Type="{_RELATIONSHIPS}/{kind}" Target="{target}" TargetMode="{mode}"/>'


def _rels(targets: list[tuple[str, str]], more: str = "") -> bytes:
    rows = "".join(f'<Relationship Id="r{i}" Type="{_RELATIONSHIPS}/{kind}" Target="{to}"/>' for i, (kind, to) in enumerate(targets))
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}{more}</Relationships>'.encode()


# --- pieces of WordprocessingML --------------------------------------------------------------------------------------


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(content: str = "", *, style: str = "", num: tuple[int, int] | None = None, ppr: str = "", mark: str = "") -> str:
    """A paragraph; ``content`` is text, or runs if it begins with a tag. ``num`` is (numId, level), ``mark`` the mark's properties."""
    inner = content if content.startswith("<") or not content else r(content)
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num:
        properties += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
    properties += ppr + (f"<w:rPr>{mark}</w:rPr>" if mark else "")
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def lvl(level: int, text: str, fmt: str = "decimal", *, start: int = 1, more: str = "", ppr: str = "") -> str:
    """A level of a list definition; ``more`` stands before lvlText (suff, isLgl, lvlRestart, pStyle)."""
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{fmt}"/>{more}<w:lvlText w:val="{escape(text)}"/>'
        f"{f'<w:pPr>{ppr}</w:pPr>' if ppr else ''}</w:lvl>"
    )


def abstract(number: int, *levels: str, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{more}{"".join(levels)}</w:abstractNum>'


def num(number: int, of: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def restart(level: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def style(identity: str, ppr: str = "", *, name: str = "", based: str = "", rpr: str = "", kind: str = "paragraph") -> str:
    return (
        f'<w:style w:type="{kind}" w:styleId="{identity}"><w:name w:val="{name or identity}"/>'
        f"{f'<w:basedOn w:val={chr(34)}{based}{chr(34)}/>' if based else ''}"
        f"{f'<w:pPr>{ppr}</w:pPr>' if ppr else ''}{f'<w:rPr>{rpr}</w:rPr>' if rpr else ''}</w:style>"
    )


def num_pr(number: int | None, level: int | None = None) -> str:
    """A w:numPr as a style holds it."""
    return (
        "<w:numPr>"
        + (f'<w:ilvl w:val="{level}"/>' if level is not None else "")
        + (f'<w:numId w:val="{number}"/>' if number is not None else "")
        + "</w:numPr>"
    )


def ins(content: str) -> str:
    return f'<w:ins w:id="1" w:author="A">{content}</w:ins>'


def gone(text: str) -> str:
    """A tracked deletion."""
    return f'<w:del w:id="2" w:author="A"><w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r></w:del>'


def tc(*content: str, properties: str = "") -> str:
    """A table cell; texts become paragraphs."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(c if c.startswith('<') else p(c) for c in content)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    cells = tuple(c if c.startswith("<") else tc(c) for c in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def sdt(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def complex_field(code: str, result: str | None, begin: str = "") -> str:
    """A field of runs; no separator where ``result`` is None."""
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    start = f'<w:r><w:fldChar w:fldCharType="begin">{begin}</w:fldChar></w:r>'
    middle = sign("separate") + result if result is not None else ""
    return f"{start}<w:r><w:instrText>{escape(code)}</w:instrText></w:r>{middle}{sign('end')}"


def box(content: str) -> str:
    """A text box as Word stores it: for new programs, and again for old ones."""
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>'
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
