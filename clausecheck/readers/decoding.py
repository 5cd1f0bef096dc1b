"""Knows in which encoding a text file is: byte order marks, UTF-8, UTF-16, the Japanese encodings and Windows-1252.

Bytes that are valid in one encoding are often valid in another, so the candidates are compared by how likely the
characters they give are in a contract. Nothing is learned or drawn by lot: same bytes, same answer.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from clausecheck.errors import UnsupportedFormatError

_SAMPLE = 60_000  # characters of a candidate that are judged
_BAD_BYTES = 0.01  # share of characters that may be damaged before a file no longer counts as text

_BOMS = (  # UTF-32 before UTF-16: its mark begins with the other's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WESTERN_SIGNS = frozenset((*range(0xA0, 0xC0), 0xD7, 0xF7)) - frozenset(map(ord, "\u00aa\u00ba\u00a8\u00af\u00b8\u00a6\u00a4\u00b3"))
_ISO_2022_JP = re.compile(rb"\x1b(?:\$[@B]|\([BJI]|\$\([DOPQ])")
_LEGACY = ("cp932", "euc_jp", "euc_jis_2004", "cp1252")
_REPLACED = "\ufffd"
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str  # line ends as in the file, no byte order mark
    encoding: str
    lost: int = 0  # characters that could not be read and are U+FFFD in the text


def decode(data: bytes, name: str, declared: str = "") -> Decoded:
    """The text of a file. ``declared`` is an encoding the content itself names; it is believed if the bytes are valid in it.

    Raises UnsupportedFormatError where the bytes are no text in any encoding known here.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(_forgiving(data[len(mark) :], encoding), name)
    if declared and (text := _strict(data, declared)) is not None and plausibility(text) > 0:
        return _checked(Decoded(text, declared), name)
    for encoding, high in (("utf-16-le", data[1:_SAMPLE:2]), ("utf-16-be", data[0:_SAMPLE:2])):
        # Japanese without a mark: every second byte of kana and of its punctuation is 0x30.
        if len(data) % 2 == 0 and high.count(0x30) > 0.2 * len(high):
            text = _strict(data, encoding)
            if text is not None and plausibility(text) > 0.8 and not text[:_SAMPLE].isascii():
                return _checked(Decoded(text, encoding), name)
    if b"\0" in data:
        wide = _best(data[: len(data) // 2 * 2], ("utf-16-le", "utf-16-be"))
        if wide is not None:
            return _checked(wide, name)
        raise _not_text(name)
    if _ISO_2022_JP.search(data) and not any(byte >= 0x80 for byte in data):
        for encoding in ("iso2022_jp", "iso2022_jp_2004", "iso2022_jp_ext"):
            if (text := _strict(data, encoding)) is not None:
                return _checked(Decoded(text, encoding), name)
        return _checked(_forgiving(data, "iso2022_jp"), name)
    if (text := _strict(data, "utf-8")) is not None:
        return _checked(Decoded(text, "utf-8"), name)
    best = _best(data, _LEGACY)
    if best is None and len(data) % 2 == 0:
        best = _best(data, ("utf-16-le", "utf-16-be"))
    if best is None:  # a file with a few broken bytes, in the encoding that leaves the fewest of them
        tries = [_forgiving(data, encoding) for encoding in ("utf-8", "cp932", "euc_jp", "cp1252")]
        best = max(tries, key=lambda found: (plausibility(found.text), -found.lost))
    return _checked(best, name)


def plausibility(text: str) -> float:
    """How much the characters outside ASCII look like a Japanese or Western contract: 1 sure, below 0 not at all."""
    text = text[:_SAMPLE]
    total = 0.0
    count = kana = kanji = 0
    for at, character in enumerate(text):
        if character < "\x80":
            continue
        count += 1
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        code = ord(character)
        if 0x3041 <= code <= 0x30FF:
            kana += 1
            total += 1
        elif 0x3000 <= code <= 0x303F or 0xFF01 <= code <= 0xFF60 or 0xFFE0 <= code <= 0xFFE6:
            total += 1
        elif 0x4E00 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or code >= 0x20000:
            kanji += 1
            total += -0.5 if before.isascii() and after.isascii() and (before.isalpha() or after.isalpha()) else 0.8
        elif 0x2000 <= code <= 0x26FF or code in _WESTERN_SIGNS:
            total += 0.7
        elif 0xC0 <= code <= 0x24F:
            alone = before.isascii() and after.isascii()
            total += -0.5 if not alone else 0.6 if before.isalpha() or after.isalpha() else 0.1
        elif 0xFF61 <= code <= 0xFF9F:
            total -= 0.2  # half-width kana: rare in print, common in text read in the wrong encoding
        elif 0x3200 <= code <= 0x33FF:
            total += 0.5
        elif 0x370 <= code <= 0x4FF:
            pass
        else:
            total -= 2 if unicodedata.category(character) in ("Cc", "Cn", "Co", "Cs") or character == _REPLACED else 0.4
    if not count:
        return 1.0
    score = total / count
    if kanji > 20 and kana < 0.05 * kanji:
        score -= 1  # a Japanese contract is never without kana; this is Latin text read two bytes at a time
    return score


def _best(data: bytes, encodings: tuple[str, ...]) -> Decoded | None:
    """The most plausible of the encodings the bytes are valid in; None where none is plausible."""
    best: tuple[float, Decoded] | None = None
    for encoding in encodings:
        if (text := _strict(data, encoding)) is None:
            continue
        score = plausibility(text)
        if encoding.startswith("utf-16") and len(_CONTROLS.findall(text, 0, _SAMPLE)) > 0.01 * min(len(text), _SAMPLE):
            score = -1
        if score > (best[0] if best else 0):
            best = (score, Decoded(text, encoding))
    return best[1] if best else None


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _forgiving(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    return Decoded(text, encoding, text.count(_REPLACED))


def _checked(decoded: Decoded, name: str) -> Decoded:
    size = len(decoded.text)
    controls = len(_CONTROLS.findall(decoded.text))
    if controls > 0.02 * size or decoded.lost > max(3, _BAD_BYTES * size):
        raise _not_text(name)
    return decoded


def _not_text(name: str) -> UnsupportedFormatError:
    return UnsupportedFormatError(f"{name}: not a text in any known encoding; save it as .docx, .pdf or UTF-8 text")
