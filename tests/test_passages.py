"""Sentences that cross a page break are one, wherever page furniture stands in them; others stay apart."""

from __future__ import annotations

import pytest

from clausecheck.passages import Passages
from clausecheck.pipeline import parse_contract

HEAD = {
    "en": "SUPPLY AGREEMENT\n\n1. Goods. Supplier shall supply the goods.\n\n",
    "ja": "供給契約書\n第1条（供給）乙は、甲に部品を供給する。\n",
}
BREAKS = {"number": "\n\n-7-\n\n", "number and running head": "\n\n-7-\n\nSupply Terms\n\n"}


def pages(language: str, pieces: list[str], mark: str) -> str:
    """A contract whose second clause goes over pages; three pages, so that a running head is seen to run."""
    number, end = ("2. Liability. ", "\n") if language == "en" else ("第2条（責任）", "\n")
    filler = "3. Place. The goods go to Osaka." if language == "en" else "第3条（場所）部品は、大阪に納入する。"
    third = "4. Law. Japanese law governs." if language == "en" else "第4条（法）日本法による。"
    return HEAD[language] + number + mark.join(pieces) + end + mark.replace("7", "8") + filler + end + mark.replace("7", "9") + third + end


def sentences(text: str, language: str) -> list[str]:
    found = Passages(parse_contract(text, language=language)).sentences
    for sentence in found:
        start, end = sentence.source()
        assert text[start:end].split()[0].lower().startswith(sentence.text.split()[0][:3])  # places are those of the text as given
    return [s.text for s in found if s.unit.clause.number.strip("第条. ") == "2"]


@pytest.mark.parametrize("mark", BREAKS.values(), ids=BREAKS.keys())
@pytest.mark.parametrize(
    ("language", "before", "after", "one", "why"),
    [
        ("en", "Neither party is liable for consequential", "damages of any kind.", True, "a small letter goes on"),
        ("en", "Supplier shall inform the", "Buyer in writing.", True, "an article ends no sentence"),
        ("en", "Supplier shall inform Buyer.", "Buyer shall answer.", False, "two sentences"),
        ("ja", "乙は、甲に生じた損害のうち特別の事情によるものについては、", "その賠償の責任を負わない。", True, "読点で改ページ"),
        ("ja", "乙は、甲に生じた損害を賠償する責任を負うものとする。", "甲は、これを請求できる。", False, "句点で終わる文は別"),
    ],
)
def test_a_sentence_over_a_page_break(language: str, before: str, after: str, one: bool, why: str, mark: str) -> None:
    whole = before + (" " if language == "en" else "") + after
    expected = [whole] if one else [before, after]
    assert sentences(pages(language, [before, after], mark), language) == [text.lower() for text in expected], why


def test_lines_that_come_again_elsewhere_are_no_running_heads() -> None:
    """A word that stands beside page numbers by chance, and oftener where no page ends, is text."""
    text = HEAD["en"] + "Red\n\n-1-\n\nRed\n\nBlue\n\nRed\n\nRed\n\nRed\n\nRed\n\n-2-\n\nRed\n\n2. End. It ends.\n"
    blocks = parse_contract(text, language="en").document.blocks
    assert not [b for b in blocks if b.kind.value == "header" and text[b.start : b.end] == "Red"]
