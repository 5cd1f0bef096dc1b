"""Japanese: everything clausecheck knows of the language, one module a subject."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from clausecheck.languages.base import DateMention, Duration, Folded, Language, NumberMark, Passage, Reference, Statement
from clausecheck.languages.ja import fold as _fold
from clausecheck.languages.ja import numbering as _numbering
from clausecheck.languages.ja import quantities as _quantities
from clausecheck.languages.ja import roles as _roles
from clausecheck.languages.ja import statements as _statements
from clausecheck.languages.ja import terms as _terms

_ALL_HEADINGS = 600  # kanji; a longer text without kana is no Japanese contract
_SIMPLIFIED = frozenset("这们为买卖应签订务权责对关进过还时实现业产东规违")  # characters of simplified Chinese that Japanese does not use


_WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")


class Japanese:
    """See ``clausecheck.languages.base.Language``."""

    code = "ja"
    blank: str = ""
    stops: tuple[str, ...] = ("。", ".", ":", ";")
    pauses: tuple[str, ...] = (";", "、", ", ", " ")
    frequent: tuple[str, ...] = ("又は", "及び", "本契約", "場合", "ものとする", "こと", "ことができる", "しなければならない", "により", "について", "当該", "その他", "相手方", "に対し", "に関する", "ため", "とき")
    customary_names: Mapping[str, str] = {"buyer": "甲", "supplier": "乙"}
    customary_roles: Mapping[str, str] = {"甲": "buyer", "乙": "supplier"}

    def plausible(self, text: str) -> bool:
        if text.isascii():
            return False
        kana = len("".join(re.findall(r"[ぁ-んァ-ヶ]+", text)))
        han = len("".join(re.findall(r"[一-鿿]+", text)))
        if kana and kana * 12 >= han:
            return True
        return 0 < han < _ALL_HEADINGS and not _SIMPLIFIED.intersection(
            text
        )  # a bare list of headings has next to no kana; Chinese has none

    def fold(self, text: str) -> Folded:
        return _fold.fold(text)

    def fold_all(self, texts: Sequence[str]) -> list[Folded]:
        return _fold.fold_all(texts)

    def sentences(self, text: str) -> list[tuple[int, int]]:
        return _fold.sentences(text)

    def goes_on(self, before: str, after: str) -> bool:
        return _fold.goes_on(before, after)

    def leaves_list(self, after: str) -> bool:
        return False  # an item of a list often has several sentences

    def title_marks(self, title: str) -> set[str]:
        pairs = (title[i : i + 2] for i in range(len(title) - 1))
        return {pair for pair in pairs if not any("ぁ" <= c <= "ん" for c in pair)}

    def number_mark(self, line: str) -> NumberMark | None:
        return _numbering.number_mark(line)

    def printed_heading(self, number: int, heading: str) -> str:
        return f"第{number}条{heading}"

    def branch_number(self, number: str, branch: int) -> str:
        value = branch + 1  # the clause itself is the first: 第12条, 第12条の2
        if any("０" <= c <= "９" for c in number):
            return f"{number}の{str(value).translate(_WIDE_DIGITS)}"
        if any(c.isdecimal() for c in number):
            return f"{number}の{value}"
        tens, ones = divmod(value, 10)
        return f"{number}の{'十' if tens else ''}{'〇一二三四五六七八九'[ones] if ones else ''}"

    def closes(self, line: str) -> bool:
        return _numbering.CLOSING.match(line) is not None

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
        return _statements.place_of_items(opening, item)

    def leads_list(self, sentence: str) -> bool:
        return _statements.leads_list(sentence)

    def compile_term(self, term: str) -> str:
        return _terms.compile_term(term)

    def role(self, label: str) -> str:
        return _roles.role(label)


JAPANESE: Language = Japanese()
