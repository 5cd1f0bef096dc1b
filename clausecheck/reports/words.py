"""Knows how facts are put in one report language: words for values, lists, lengths, quotations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from clausecheck.errors import UsageError
from clausecheck.messages import LABELS, fill
from clausecheck.model import ElementResult, Text
from clausecheck.report import LANGUAGES, clean, whole


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one report language; what comes from a contract is cleaned of characters that would steer a reader's screen."""

    language: str

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise UsageError(f"no report language {self.language!r}; use {' or '.join(LANGUAGES)}")

    def say(self, label: str | Text, **values: object) -> str:
        text = LABELS[label] if isinstance(label, str) else label
        return (fill(text, **values) if values else text).get(self.language)

    def name(self, kind: str, value: str) -> str:
        """The word for a value; the value itself where there is none (a type of a customer's own library)."""
        label = LABELS.get(f"{kind}_{value}")
        return label.get(self.language) if label else clean(value)

    def length(self, unit: str, number: float | None) -> str:
        return self.say("not_stated") if number is None else self.say(unit, n=whole(number))

    def list(self, texts: Iterable[str]) -> str:
        return self.say("comma").join(texts)

    def series(self, texts: Iterable[str]) -> str:
        """A list of texts that may hold commas themselves."""
        return self.say("series").join(texts)

    def cited(self, clause: str) -> str:
        return clean(clause) or self.say("unplaced")

    def need(self, element: ElementResult) -> str:
        return self.list([self.name("need", element.need.value), *([self.say("core")] if element.core else [])])
