"""Vocabulary terms in English: inflection and gaps, turned into RE2 patterns over folded (lower-case) text.

A term is a RE2 pattern with four additions: ``word~`` stands for every inflection of the word and its usual nouns
(terminate~: terminates, terminated, terminating, termination;
``(use|employ)~`` of each), ``…`` for a gap of up to 80 characters, ``‥`` for one of up
to 25, and a term that begins or ends in a letter or digit begins or ends at a word's edge.
"""

from __future__ import annotations

import re

GAP = {"…": ".{0,80}?", "‥": ".{0,25}?"}

_IRREGULAR = {
    "be": "be|is|are|was|were|been|being",
    "have": "have|has|had|having",
    "do": "do|does|did|done|doing",
    "go": "go|goes|went|gone|going",
    "give": "give|gives|gave|given|giving",
    "tell": "tell|tells|told|telling",
    "make": "make|makes|made|making",
    "take": "take|takes|took|taken|taking",
    "undertake": "undertake|undertakes|undertook|undertaken|undertaking|undertakings",
    "bring": "bring|brings|brought|bringing",
    "bind": "bind|binds|bound|binding",
    "bear": "bear|bears|bore|borne|bearing",
    "break": "break|breaks|broke|broken|breaking",
    "become": "become|becomes|became|becoming",
    "come": "come|comes|came|coming",
    "find": "find|finds|found|finding|findings",
    "get": "get|gets|got|getting",
    "hold": "hold|holds|held|holding",
    "withhold": "withhold|withholds|withheld|withholding",
    "withdraw": "withdraw|withdraws|withdrew|withdrawn|withdrawing|withdrawal|withdrawals",
    "keep": "keep|keeps|kept|keeping",
    "lose": "lose|loses|lost|losing|loss|losses",
    "leave": "leave|leaves|left|leaving",
    "learn": "learn|learns|learned|learnt|learning",
    "lead": "lead|leads|led|leading",
    "send": "send|sends|sent|sending",
    "sell": "sell|sells|sold|selling|sale|sales",
    "buy": "buy|buys|bought|buying",
    "pay": "pay|pays|paid|paying|payment|payments|payable",
    "put": "put|puts|putting",
    "seek": "seek|seeks|sought|seeking",
    "say": "say|says|said|saying",
    "run": "run|runs|ran|running",
    "rise": "rise|rises|rose|risen|rising",
    "arise": "arise|arises|arose|arisen|arising",
    "know": "know|knows|knew|known|knowing|knowledge",
    "cease": "cease|ceases|ceased|ceasing|cessation",
    "suspend": "suspend|suspends|suspended|suspending|suspension|suspensions",
    "rescind": "rescind|rescinds|rescinded|rescinding|rescission",
    "extend": "extend|extends|extended|extending|extension|extensions",
    "expire": "expire|expires|expired|expiring|expiration|expiry",
    "resume": "resume|resumes|resumed|resuming|resumption",
    "relieve": "relieve|relieves|relieved|relieving|relief",
    "renew": "renew|renews|renewed|renewing|renewal|renewals|renewable",
    "require": "require|requires|required|requiring|requirement|requirements",
    "refuse": "refuse|refuses|refused|refusing|refusal|refusals",
    "comply": "comply|complies|complied|complying|compliance|compliant",
    "perform": "perform|performs|performed|performing|performance",
    "discontinue": "discontinue|discontinues|discontinued|discontinuing|discontinuance|discontinuation",
    "remedy": "remedy|remedies|remedied|remedying",
    "breach": "breach|breaches|breached|breaching",
    "strike": "strike|strikes",
    "party": "party|parties",
    "child": "child|children",
    "embargo": "embargo|embargos|embargoes|embargoed",
    "disclose": "disclose|discloses|disclosed|disclosing|disclosure|disclosures",
    "assess": "assess|assesses|assessed|assessing|assessment|assessments",
    "own": "own|owns|owned|owning|owner|owners|ownership",
    "delay": "delay|delays|delayed|delaying",
    "seize": "seize|seizes|seized|seizing|seizure|seizures",
    "destroy": "destroy|destroys|destroyed|destroying|destruction",
    "negotiate": "negotiate|negotiates|negotiated|negotiating|negotiation|negotiations",
    "acquire": "acquire|acquires|acquired|acquiring|acquisition|acquisitions",
}
_SIGN_LAST = re.compile(r"%\)?\??$|%\|[^()]*\)\??$")  # "(percent|%)": the edge of a word need not follow a sign
_CONSONANT_DOUBLED = re.compile(r"[^aeiou][aeiou][bdgmnprt]$")


def inflections(word: str) -> str:
    """The forms of a lower-case word as a RE2 alternation.

    >>> inflections("terminate")
    '(?:terminat(?:e|es|ed|ing|ion|ions|or|ors))'
    """
    if word in _IRREGULAR:
        return f"(?:{_IRREGULAR[word]})"
    if word.endswith("ify"):
        return f"(?:{word[:-1]}(?:y|ies|ied|ying|ication|ications))"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"(?:{word[:-1]}(?:y|ies|ied|ying))"
    if word.endswith("ate"):
        return f"(?:{word[:-1]}(?:e|es|ed|ing|ion|ions|or|ors))"
    if word.endswith("e"):
        return f"(?:{word[:-1]}(?:e|es|ed|ing))"
    if word.endswith(("s", "sh", "ch", "x", "z")):
        return f"(?:{word}(?:es|ed|ing|ion|ions)?)"
    if word.endswith("ct") or word.endswith("pt"):
        return f"(?:{word}(?:s|ed|ing|ion|ions)?)"
    if word.endswith("l") and word[-2:-1] in "aeiou":
        return f"(?:{word}(?:s|l?ed|l?ing|l?ation|l?ations)?)"
    if len(word) <= 5 and _CONSONANT_DOUBLED.search(word):
        return f"(?:{word}(?:s|{word[-1]}ed|{word[-1]}ing|ed|ing)?)"
    return f"(?:{word}(?:s|ed|ing|ment|ments)?)"


def compile_term(term: str) -> str:
    """The RE2 pattern of a vocabulary term; ValueError for a ``~`` that follows no word."""
    if term != term.lower():
        raise ValueError("write English terms in lower case; they are matched in any case")
    pattern = re.sub(r"\(([a-z|]+)\)~", lambda m: "(?:" + "|".join(inflections(w) for w in m[1].split("|")) + ")", term)
    pattern = re.sub(r"([a-z]+)~", lambda m: inflections(m[1]), pattern)
    if "~" in pattern:
        raise ValueError("'~' must follow a word, or a choice of words in brackets")
    for sign, gap in GAP.items():
        pattern = pattern.replace(sign, gap)
    head = r"\b" if re.match(r"[a-z0-9(]", term) else ""
    tail = r"\b" if re.search(r"[a-z0-9)~?]$", term) else ""
    if tail and _SIGN_LAST.search(term):
        tail = r"(?:\b|[^a-z0-9]|$)"
    return f"{head}(?:{pattern}){tail}"
