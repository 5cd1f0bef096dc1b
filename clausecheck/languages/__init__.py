"""The languages clausecheck reads. ``get("ja")`` gives what the stages may ask of one (see ``base.Language``)."""

from __future__ import annotations

from clausecheck.languages.base import Language


def get(code: str) -> Language:
    """The language of this code; KeyError if clausecheck does not read it."""
    if code == "ja":
        from clausecheck.languages.ja import JAPANESE

        return JAPANESE
    if code == "en":
        from clausecheck.languages.en import ENGLISH

        return ENGLISH
    raise KeyError(code)
