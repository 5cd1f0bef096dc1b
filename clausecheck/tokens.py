"""Token patterns: vocabulary entries written for spaCy's Matcher instead of as text patterns.

spaCy is imported only when a library holds such an entry. Only blank pipelines are used: tokens, no models, no network.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from clausecheck.errors import LibraryError

TokenPattern = Sequence[Mapping[str, Any]]
MAX_TOKENS_TEXT = 12_000  # characters; the Japanese tokenizer refuses more than 49,149 bytes at once


@lru_cache(maxsize=4)
def _pipeline(language: str) -> Any:
    import spacy

    return spacy.blank(language)


class TokenMatcher:
    """The token patterns of one concept, ready to be looked for in folded text."""

    def __init__(self, name: str, language: str, patterns: Sequence[TokenPattern]) -> None:
        from spacy.matcher import Matcher

        self._nlp = _pipeline(language)
        self._matcher = Matcher(self._nlp.vocab, validate=True)
        try:
            self._matcher.add(name, [[dict(token) for token in pattern] for pattern in patterns])
        except ValueError as error:
            problem = " ".join(str(error).split())[:200]
            raise LibraryError(f"vocabulary/{language}.yaml:1: concept {name}: not a spaCy token pattern: {problem}") from None

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where the patterns match, as character offsets of ``text``, in order."""
        found: set[tuple[int, int]] = set()
        for at in range(0, len(text), MAX_TOKENS_TEXT):
            doc = self._nlp(text[at : at + MAX_TOKENS_TEXT])
            for _, first, last in self._matcher(doc):
                span = doc[first:last]
                found.add((at + span.start_char, at + span.end_char))
        return sorted(found)
