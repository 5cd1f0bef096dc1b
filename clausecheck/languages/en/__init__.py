"""English: everything clausecheck knows of the language, one module a subject."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from clausecheck.languages.base import DateMention, Duration, Folded, Language, NumberMark, Passage, Reference, Statement
from clausecheck.languages.en import fold as _fold
from clausecheck.languages.en import frames as _frames
from clausecheck.languages.en import numbering as _numbering
from clausecheck.languages.en import quantities as _quantities
from clausecheck.languages.en import roles as _roles
from clausecheck.languages.en import statements as _statements
from clausecheck.languages.en import terms as _terms

_COMMON = frozenset(
    ["the", "of", "and", "to", "in", "or", "any", "by", "for", "this", "be", "shall", "is", "with", "as", "on", "that", "such", "not", "all", "it", "will", "may", "from", "at", "an", "party", "agreement"]
)
_FREQUENT = (
    "the and all any for shall will with this that such other from may not under its which each party parties agreement company product "
    "products service services provide provided term have has been are upon pursuant section if or of to in by as on be is at an no the information"
)


class English:
    """See ``clausecheck.languages.base.Language``."""

    code = "en"
    customary_names: Mapping[str, str] = {"buyer": "Buyer", "supplier": "Supplier"}
    customary_roles: Mapping[str, str] = {}
    blank: str = " "
    stops: tuple[str, ...] = (".", ":", ";")
    pauses: tuple[str, ...] = (";", ", ", " ")
    frequent: tuple[str, ...] = tuple(_FREQUENT.split())

    def plausible(self, text: str) -> bool:
        words = re.findall(r"[^\W\d_]+", text.lower())
        if len(words) < 40:
            return not re.search(r"[^\x00-\u024f\u2000-\u2fff\s]", text) or any(w in _COMMON for w in words)
        return sum(w in _COMMON for w in words) >= len(words) * 0.085

    def fold(self, text: str) -> Folded:
        return _fold.fold(text)

    def fold_all(self, texts: Sequence[str]) -> list[Folded]:
        return _fold.fold_all(texts)

    def sentences(self, text: str) -> list[tuple[int, int]]:
        return _fold.sentences(text)

    def goes_on(self, before: str, after: str) -> bool:
        return _fold.goes_on(before, after)

    def leaves_list(self, after: str) -> bool:
        return after[:1].isupper() and not after.startswith("To ")

    def title_marks(self, title: str) -> set[str]:
        return {word[:5] for word in title.split() if len(word) > 3}

    def number_mark(self, line: str) -> NumberMark | None:
        return _numbering.number_mark(line)

    def printed_heading(self, number: int, heading: str) -> str:
        return f"{number}. {heading}"

    def branch_number(self, number: str, branch: int) -> str:
        bare = number.rstrip(". ")
        return f"{bare}{chr(64 + min(branch, 26))}{number[len(bare):]}"

    def closes(self, line: str) -> bool:
        return _frames.CLOSING.match(line) is not None

    def references(self, text: str) -> list[Reference]:
        return _numbering.references(text)

    def durations(self, text: str) -> list[Duration]:
        return _quantities.durations(text)

    def percentages(self, text: str) -> list[tuple[int, float]]:
        return _quantities.percentages(text)

    def dates(self, text: str) -> list[DateMention]:
        return _quantities.dates(text)

    def passage(self, sentence: str) -> Passage:
        return _statements.passage(sentence)

    def statement(self, sentence: str, start: int, end: int, labels: Sequence[str] = ()) -> Statement:
        return _statements.statement(sentence, start, end, labels)

    def states_rule(self, sentence: str) -> bool:
        return _statements.states_rule(sentence)

    def defined_terms(self, sentence: str) -> list[str]:
        return _statements.defined_terms(sentence)

    def names_thing(self, definition: str) -> bool:
        return _statements.names_thing(definition)

    def may_define(self, text: str) -> bool:
        return _statements.may_define(text)

    def place_of_items(self, opening: str, item: str) -> tuple[int, int] | None:
        return None  # an English item is read behind its opening

    def leads_list(self, sentence: str) -> bool:
        return _statements.leads_list(sentence)

    def compile_term(self, term: str) -> str:
        return _terms.compile_term(term)

    def role(self, label: str) -> str:
        return _roles.role(label)


ENGLISH: Language = English()
