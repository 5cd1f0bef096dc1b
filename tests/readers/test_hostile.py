"""No file, however made, ends in anything but a document or one clear line: chosen cases, made-up structure, changed bytes."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readers.docx_builder import W_URI, docx, packed
from readers.hostile import HOSTILE

from clausecheck.errors import ContractReadError
from clausecheck.readers import format_of, reader
from clausecheck.segment import parse

SAMPLES = sorted(p for p in (Path(__file__).parents[2] / "samples").rglob("*") if p.suffix in (".docx", ".pdf", ".txt", ".md", ".html"))
QUICK = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
SLOW = (  # chosen cases that take seconds; tests/benchmarks/speed.py measures them all
    *("paragraphs up", "a million", "a text of", "styles and", "marks of", "lists of", "tracked", "a table of", "comment"),
    *("a PDF of five", "many fields", "fields in", "a zip of many", "just under", "a text without"),
)


def read(data: bytes, name: str) -> None:
    """Reads and splits; whatever is wrong with the file must come as an error of ours that names it in one line."""
    for revisions in ("final", "original"):
        try:
            document = reader(format_of(data, name)).read(data, name, revisions=revisions)
        except ContractReadError as error:
            message = str(error)
            assert message.startswith(f"{name}: ") and "\n" not in message and len(message) < 400
            continue
        assert all(0 <= b.start <= b.end <= len(document.text) for b in document.blocks)
        for aside in (*document.revisions, *(c for c in document.comments if c.start is not None)):
            assert 0 <= (aside.start or 0) <= (aside.end or 0) <= len(document.text)
        contract = parse(document)
        assert all(0 <= c.start <= c.body_start <= c.end <= len(document.text) for c in contract.clauses)


@pytest.mark.parametrize("why", sorted(why for why in HOSTILE if not why.startswith(SLOW)))
def test_chosen_cases(why: str) -> None:
    name, make = HOSTILE[why]
    read(make(), name)


# --- made-up structure -----------------------------------------------------------------------------------------------

TAGS = [
    "p",
    "r",
    "t",
    "tbl",
    "tr",
    "tc",
    "sdt",
    "sdtContent",
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "pPr",
    "rPr",
    "numPr",
    "ilvl",
    "numId",
    "pStyle",
    "outlineLvl",
    "ind",
    "vanish",
    "strike",
    "fldChar",
    "instrText",
    "fldSimple",
    "hyperlink",
    "smartTag",
    "ruby",
    "rt",
    "rubyBase",
    "delText",
    "sym",
    "tab",
    "br",
    "footnoteReference",
    "commentRangeStart",
    "commentRangeEnd",
    "commentReference",
    "trPr",
    "tcPr",
    "gridSpan",
    "vMerge",
    "cellIns",
    "cellDel",
    "framePr",
    "altChunk",
    "subDoc",
    "pict",
    "drawing",
    "txbxContent",
    "sectPr",
    "lvl",
    "abstractNum",
    "num",
    "lvlText",
    "numFmt",
    "start",
    "lvlOverride",
    "startOverride",
    "style",
    "name",
    "basedOn",
    "abstractNumId",
    "isLgl",
    "suff",
]
VALUES = st.sampled_from(
    [
        "",
        "0",
        "1",
        "-1",
        "9",
        "1e9",
        "999999999999",
        "x",
        "begin",
        "separate",
        "end",
        "restart",
        "continue",
        "bullet",
        "%1.%2",
        "F0FE",
        "none",
    ]
)
NAMES = st.sampled_from(
    [
        "val",
        "id",
        "numId",
        "ilvl",
        "abstractNumId",
        "fldCharType",
        "instr",
        "char",
        "font",
        "left",
        "hanging",
        "type",
        "styleId",
        "default",
        "author",
        "date",
        "dropCap",
    ]
)
WORDS = st.sampled_from(
    ["", " ", "a", "第1条", "1.", "(a)", "shall deliver", "甲は、", "\u00ad", "\uf0b7", "TOC \\\\o", "LISTNUM \\\\l 99", "&lt;"]
)


@st.composite
def element(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    tag = draw(st.sampled_from(TAGS))
    values = "".join(f' w:{name}="{value}"' for name, value in draw(st.dictionaries(NAMES, VALUES, max_size=3)).items())
    return f"<w:{tag}{values}>{draw(inner)}</w:{tag}>"


FOREST = st.recursive(
    WORDS, lambda inner: st.lists(element(st.lists(inner, max_size=3).map("".join)), max_size=4).map("".join), max_leaves=30
)


@QUICK
@given(body=FOREST, numbering=FOREST, styles=FOREST, comments=FOREST)
def test_any_structure(body: str, numbering: str, styles: str, comments: str) -> None:
    read(docx(body, numbering=numbering, styles=styles, comments=comments), "a.docx")


@QUICK
@given(st.lists(st.sampled_from(["p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent", "ins", "del"]), max_size=150), st.text(max_size=20))
def test_any_nesting(path: list[str], text: str) -> None:
    words = "".join(c if c.isprintable() and c not in "<&>" else " " for c in text)
    xml = "".join(f"<w:{t}>" for t in path) + words + "".join(f"</w:{t}>" for t in reversed(path))
    data = f'<w:document xmlns:w="{W_URI}"><w:body>{xml}</w:body></w:document>'.encode("utf-8", "replace")
    read(packed({"word/document.xml": data}), "a.docx")


@QUICK
@given(
    st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda s: s.encode("utf-8", "replace"))),
    st.sampled_from(["txt", "md", "html"]),
)
def test_any_bytes(data: bytes, suffix: str) -> None:
    read(data, f"a.{suffix}")


PIECES = [
    "第１条（目的）",
    "甲は、",
    "1.",
    "(a)",
    "Article",
    "ARTICLE",
    "IV",
    "Section",
    "2",
    "##",
    ">",
    "|",
    "<p>",
    "<table><tr><td>",
    "</p>",
    "&amp;",
    "<!--",
    "-->",
    "~~",
    "**",
    "```",
    "\x0c",
    "\n",
    "\u3000",
    "「",
    "（",
    "<PAGE>",
    "-",
    "3",
    "-",
]


@QUICK
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.sampled_from(["txt", "md", "html"]))
def test_any_text(text: str, suffix: str) -> None:
    read(text.encode(), f"a.{suffix}")


# --- changed bytes ---------------------------------------------------------------------------------------------------


def changed(data: bytes, chance: random.Random) -> bytes:
    """Some bytes put out, in, or for another."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 3, 20))):
        at = chance.randrange(len(out) + 1)
        kind = chance.randrange(4)
        if kind == 0:
            out[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 1:
            del out[at : at + chance.choice((1, 5, 400))]
        elif kind == 2:
            out[at:at] = out[at : at + chance.choice((1, 40, 4000))]
        else:
            out[at:at] = chance.choice((b"<", b">", b'"', b"</w:p>", b"<w:tbl>", b"\0", b"\xff\xfe", b"999999999", b" obj", b"&#x0;"))
    return bytes(out)


def changed_inside(data: bytes, chance: random.Random) -> bytes:
    """An archive with changed XML, packed anew: else its checksums refuse every change."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for name in [*chance.sample(sorted(files), 2), "word/document.xml"]:
        files[name] = changed(files[name], chance)
    return packed(files)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_changed_samples(path: Path) -> None:
    data = path.read_bytes()
    for seed in range(6 if path.suffix == ".pdf" else 10):
        chance = random.Random(f"{path.name} {seed}")
        read(changed(data, chance), f"a{path.suffix}")
        if path.suffix == ".docx":
            read(changed_inside(data, chance), "a.docx")
