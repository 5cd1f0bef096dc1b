"""Knows what a Word file draws without saying it as text: codes of symbol fonts, EQ fields, form fields, formulas."""

from __future__ import annotations

import re
from typing import Any

from clausecheck.readers.word_numbering import BULLET, W, is_on, whole_number

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VAL = W + "val"

_PRIVATE = re.compile("[\uf020-\uf0ff]")  # where Word puts the codes of symbol fonts
_LARGEST = 0x10FFFF

_WINGDINGS = {
    0x28: "\u260e", 0x2A: "\u2709", 0x6C: "\u25cf", 0x6D: "\u25cb", 0x6E: "\u25a0", 0x6F: "\u25a1", 0x70: "\u25a1", 0x71: "\u25a1",
    0x72: "\u25a1", 0x73: "\u25c6", 0x74: "\u25c6", 0x75: "\u25c6", 0x76: "\u25c6", 0x78: "\u2612", 0xA1: "\u25cb", 0xA7: "\u25aa",
    0xA8: "\u25a1", 0xDF: "\u2190", 0xE0: "\u2192", 0xE1: "\u2191", 0xE2: "\u2193", 0xE8: "\u2192", 0xF0: "\u21e8", 0xFB: "\u2717",
    0xFC: "\u2713", 0xFD: "\u2612", 0xFE: "\u2611",
    **{0x81 + i: chr(0x2460 + i) for i in range(10)}, **{0x8C + i: chr(0x2776 + i) for i in range(10)},
}  # fmt: skip
_WINGDINGS_2 = {0x4F: "\u2717", 0x50: "\u2713", 0x51: "\u2612", 0x52: "\u2611", 0x53: "\u2612", 0x54: "\u2612", 0xA3: "\u25a1"}
_SYMBOL = {
    0x2D: "\u2212", 0x61: "\u03b1", 0x62: "\u03b2", 0x67: "\u03b3", 0x64: "\u03b4", 0x6D: "\u03bc", 0x70: "\u03c0", 0x73: "\u03c3",
    0x44: "\u0394", 0x53: "\u03a3", 0x57: "\u03a9", 0xA3: "\u2264", 0xA5: "\u221e", 0xAB: "\u2194", 0xAC: "\u2190", 0xAD: "\u2191",
    0xAE: "\u2192", 0xAF: "\u2193", 0xB0: "\u00b0", 0xB1: "\u00b1", 0xB2: "\u2033", 0xB3: "\u2265", 0xB4: "\u00d7", 0xB7: "\u2022",
    0xB8: "\u00f7", 0xB9: "\u2260", 0xBA: "\u2261", 0xBB: "\u2248", 0xBC: "\u2026", 0xD2: "\u00ae", 0xD3: "\u00a9", 0xD4: "\u2122",
    0xE2: "\u00ae", 0xE3: "\u00a9", 0xE4: "\u2122",
}  # fmt: skip
_SAME_IN_SYMBOL = frozenset("0123456789!#%&()+,./:;<=>?[]_{|} ")

_EQUATION = re.compile(r"\s*eq\b", re.I)
_SWITCH = re.compile(r"\\[a-z]+\s?\d*", re.I)


def symbol(code: str, font: str) -> str:
    """The character for a w:sym: hexadecimal code and font name."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if 0xF000 <= number <= 0xF0FF:
        return _in_font(number - 0xF000, font.lower())
    if any(name in font.lower() for name in ("wingdings", "symbol", "webdings")) and number <= 0xFF:
        return _in_font(number, font.lower())
    return chr(number) if 0x20 <= number <= _LARGEST and not 0xD800 <= number <= 0xDFFF else ""


def readable_symbols(text: str) -> str:
    """The text with the codes of symbol fonts replaced, and the line ends a file has inside a run as blanks."""
    return text if text.isascii() else _PRIVATE.sub(lambda m: _in_font(ord(m[0]) - 0xF000, "wingdings"), text)


def drawn_equation(code: str) -> str:
    """What an EQ field draws, as far as it is text: what is written over (a seal, text under its reading), a fraction.

    >>> drawn_equation(r"eq \\o\\ac(O,X)")
    'X'
    """
    if not _EQUATION.match(code) or len(code) > 1000:
        return ""
    lower = code.lower()
    over, fraction = lower.find("\\o"), lower.find("\\f(")
    if over >= 0:
        parts = _arguments(code, code.find("(", over))
        return _SWITCH.sub("", parts[-1]).strip() if parts else ""
    if fraction >= 0:
        return "/".join(_SWITCH.sub("", part).strip() for part in _arguments(code, fraction + 2))
    return ""


def form_field(element: Any) -> str:
    """What a form field of the old kind shows that stands nowhere as text: a tick box, the chosen entry of a list."""
    box = element.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        state = box.find(W + "checked")
        state = box.find(W + "default") if state is None else state
        return "\u2612" if state is not None and is_on(state) else "\u2610"
    choices = element.find(f"{W}ffData/{W}ddList")
    if choices is None:
        return ""
    picked = choices.find(W + "result")
    picked = choices.find(W + "default") if picked is None else picked
    at = whole_number(picked.get(_VAL)) if picked is not None else 0
    entries = [entry.get(_VAL, "") for entry in choices.iterchildren(W + "listEntry")]
    return entries[at] if at is not None and 0 <= at < len(entries) else ""


def formula(element: Any) -> str:
    """The text of a formula in one line; fractions with a stroke."""
    if element.tag == _M + "f":
        halves = ("".join(map(formula, element.iterchildren(_M + part))) for part in ("num", "den"))
        return "/".join(f"({half})" if re.search(r"[^\w.]", half) else half for half in halves)
    if element.tag == _M + "t":
        return element.text or ""
    inner = "".join(map(formula, element))
    return f"^{inner}" if element.tag == _M + "sup" and inner else inner


def _arguments(code: str, at: int) -> list[str]:
    """What stands between the bracket at this offset and its partner, parted at its commas."""
    if at < 0:
        return []
    parts, depth = [""], 0
    for c in code[at:]:
        depth += (c == "(") - (c == ")")
        if depth == 0:
            return parts
        if c in ",;" and depth == 1:
            parts.append("")
        elif not (c == "(" and depth == 1):
            parts[-1] += c
    return parts


def _in_font(code: int, font: str) -> str:
    if font.startswith("symbol"):
        return _SYMBOL.get(code) or (chr(code) if chr(code) in _SAME_IN_SYMBOL else BULLET)
    if "wingdings 2" in font:
        return _WINGDINGS_2.get(code, BULLET)
    return _WINGDINGS.get(code, " " if code == 0x20 else BULLET)
