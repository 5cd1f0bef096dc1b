"""Tells apart from English what is written in its letters: other languages, and text whose letters a font has shuffled."""

from __future__ import annotations

import re

# Small words of other languages that English does not have, or hardly has.
_FOREIGN = frozenset(
    (
        *("der", "die", "das", "und", "ist", "oder", "von", "den", "dem", "des"),
        *("la", "le", "les", "et", "est", "du", "au", "une", "que", "los", "las", "el", "del", "por", "para", "una"),
        *("di", "il", "che", "per", "della", "het", "een", "van", "en", "dat", "voor", "zijn", "da", "dos", "os", "em", "ao"),
        *("och", "att", "som", "med", "af", "til", "og", "er", "ve", "bir", "bu", "dan", "yang", "untuk", "dengan"),
    )
)
_RARE = 3 / 1000  # of these words a character of English; legal English has 20
_FREQUENT = (" the ", " of ", " and ", " to ")
_FOREIGN_SHARE = 0.08
_LETTERS = 0.6  # share of letters in a chunk that is running text
_FEW_VOWELS = 0.2  # of its letters: a text in Latin letters has 0.35 and more

_VOWELS = re.compile(r"[AEIOUYaeiouy\u00c0-\u0148]")
_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f]")


def is_foreign(chunk: str) -> bool:
    """Whether a chunk is in another language of Latin letters, or in letters that a font has shuffled."""
    if sum(map(chunk.count, _FREQUENT)) >= _RARE * len(chunk):
        return False
    words = re.findall(r"[^\W\d_]+", chunk.lower())
    if sum(word in _FOREIGN for word in words) >= _FOREIGN_SHARE * len(words):
        return True
    found = "".join(_LETTER.findall(chunk))
    return len(found) >= _LETTERS * len("".join(chunk.split())) and len(_VOWELS.findall(found)) < _FEW_VOWELS * len(found)
