"""Vocabulary terms in Japanese: conjugation and gaps, turned into RE2 patterns over folded text.

A term is a RE2 pattern with three additions: ``動詞~`` in dictionary form stands for every conjugation (免れる~: 免れ,
免れた, 免れない; 負う~: 負い, 負わ; 解除する~: 解除), ``…`` for a gap of up to 40 characters inside a sentence, ``‥`` for
one of up to 12.
"""

from __future__ import annotations

import re

GAP = {"…": "[^。]{0,40}?", "‥": "[^。]{0,12}?"}

# Godan verbs: the dictionary ending and the characters its stem may take (未然・連用・仮定・命令・意志・音便).
_GODAN = {
    "う": "わいうえおっ",
    "く": "かきくけこい",
    "ぐ": "がぎぐげごい",
    "す": "さしすせそ",
    "つ": "たちつてとっ",
    "ぬ": "なにぬねのん",
    "ぶ": "ばびぶべぼん",
    "む": "まみむめもん",
    "る": "らりるれろっ",
}
_E_OR_I = set("いきしちにひみりぎじびぴえけせてねへめれげぜでべぺ")


def conjugations(verb: str) -> str:
    """The stem of a dictionary form with the endings it may take, as a RE2 pattern.

    >>> conjugations("負う"), conjugations("免れる"), conjugations("解除する")
    ('負[わいうえおっ]', '免れ', '解除')
    """
    if verb.endswith("する"):
        return verb[:-2]
    if verb.endswith("る") and len(verb) > 1 and verb[-2] in _E_OR_I:
        return verb[:-1]  # ichidan: the stem does not change
    ending = verb[-1:]
    if ending not in _GODAN or len(verb) < 2:
        raise ValueError("'~' must follow a verb in dictionary form")
    return f"{verb[:-1]}[{_GODAN[ending]}]"


def compile_term(term: str) -> str:
    """The RE2 pattern of a vocabulary term; ValueError for a ``~`` that follows no verb."""
    if re.search(r"[ 　]", term):
        raise ValueError("write Japanese terms without blanks; they are matched on text without blanks")
    pattern = re.sub(r"([一-鿿々ぁ-んァ-ヶー]*)~", lambda m: conjugations(m[1]), term)
    for sign, gap in GAP.items():
        pattern = pattern.replace(sign, gap)
    return f"(?:{pattern})"
