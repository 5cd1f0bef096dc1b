"""The languages clausecheck reads. ``get("ja")`` gives what the stages may ask of one (see ``base.Language``)."""

from __future__ import annotations

from clausecheck.languages.base import Language

CODES = ("ja", "en")


def get(code: str) -> Language:
    """The language of this code; KeyError if clausecheck does not read it."""
    if code == "ja":
        from clausecheck.languages.ja import JAPANESE

        return JAPANESE
    if code == "en":
        from clausecheck.languages.en import ENGLISH

        return ENGLISH
    raise KeyError(code)


def recognised(text: str) -> bool:
    """The text looks like a language that clausecheck reads; a short one gets the benefit of the doubt."""
    sample = text if len(text) < SAMPLE else text[: SAMPLE // 2] + text[len(text) // 2 : len(text) // 2 + SAMPLE // 2]
    return any(get(code).plausible(sample) for code in CODES)


SAMPLE = 40_000
