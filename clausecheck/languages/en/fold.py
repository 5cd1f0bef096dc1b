"""English text made comparable: lower case, single blanks, American spelling; and where its sentences end.

Library patterns run on folded text, so they need one spelling only. ``fold(term).text`` is always that spelling.

Characters
    everything lower case; full-width letters and digits, ligatures (fi fl) and accented spaces -> ASCII
    curly quotes -> " and ', all dashes and the minus sign -> -, ellipsis -> ..., soft hyphens and zero-width signs dropped
    any run of blanks and line breaks -> one blank; a word broken by hyphen and line break is joined
    (termi-|nation -> termination; after non, self, co, re, pre, post, sub, multi, third ... the hyphen stays)
Spelling (stems, so all inflections follow)
    labour favour behaviour endeavour honour harbour colour neighbour rigour -> -or
    organise authorise recognise utilise minimise realise penalise anonymise ... (listed below) -> -ize; analyse -> analyze
    licence, defence, offence, pretence -> license, defense, offense, pretense;  practise -> practice
    centre, metre, litre, fibre, theatre -> -er;  programme(s) -> program(s);  catalogue -> catalog;  cheque -> check
    fulfil, enrol, instalment, wilful, skilful -> fulfill, enroll, installment, willful, skillful
    judgement, acknowledgement -> judgment, acknowledgment;  cancelled, labelled, travelled, modelled -> one l
    whilst, amongst, towards -> while, among, toward;  per cent -> percent
Plural in brackets
    change(s), process(es) -> changes, processes
One word, hyphen or blank
    sub-contract, sub contract -> subcontract (so subcontractor, subcontracting);  sub-licence -> sublicense
    e-mail -> email;  web site -> website;  co-operate, co-ordinate -> cooperate, coordinate;  good-will -> goodwill
    nondisclosure, non disclosure -> non-disclosure; the same for non-compet- non-solicit- non-renew- non-perform- non-pay-
    non-exclusive non-transferable non-assignable non-conform- non-complian- non-breaching non-defaulting non-public
    antibribery, anti bribery -> anti-bribery; the same for anti-corruption, anti-boycott, anti-terrorism, anti-money
    reexport, re export -> re-export;  under-taking -> undertaking;  time-frame -> timeframe
Short forms
    can't, can not -> cannot;  won't -> will not;  don't, isn't, mustn't ... -> do not, is not, must not;  we'll, you're, we've -> we will, you are, we have
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

import re2

from clausecheck.languages.base import Folded
from clausecheck.languages.rewrite import Edit, Spellings, Step, apply_joined, rewrite, rewrite_all

# --- characters ----------------------------------------------------------------------------------------------------
_OWN = {
    **dict.fromkeys("“”„‟«»〝〞″", '"'),
    **dict.fromkeys("‘’‚‛′´", "'"),
    **dict.fromkeys("‐‑‒–—―−─", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    "\u0002": "-",  # what a PDF library leaves of a hyphen at the end of a line
    "İ": "i",
    **{"¼": " 1/4", "½": " 1/2", "¾": " 3/4", "⁄": "/"},
}


def _character(m: re.Match[str]) -> str:
    c = m[0]
    own = _OWN.get(c)
    if own is not None:
        return own
    if c.isspace():
        return c
    new = unicodedata.normalize("NFKC", c)
    return c if new.startswith(" ") else "".join(_OWN.get(n, n) for n in new)


class _Lower:
    """Lower case, one character for one: the only letter that would grow has been replaced before."""

    def apply(self, text: str) -> str:
        return text.lower()

    def apply_all(self, texts: Sequence[str]) -> list[str]:
        return [text.lower() for text in texts]

    def edits(self, text: str) -> Iterator[Edit]:
        lower = text.lower()
        if lower != text:
            yield 0, len(text), lower


_BLANKS = re.compile(r"\A\s+| (?:\s+|\Z)|[^\S ]\s*")  # all blanks but the single ones between words


class _Blanks:
    def apply(self, text: str) -> str:
        return " ".join(text.split())

    def apply_all(self, texts: Sequence[str]) -> list[str]:
        return [" ".join(text.split()) for text in texts]

    def edits(self, text: str) -> Iterator[Edit]:
        for m in _BLANKS.finditer(text):
            yield m.start(), m.end(), " " if m.start() > 0 and m.end() < len(text) else ""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_KEEPS_HYPHEN = _set(
    "non self co re pre post sub anti multi third cross long short well end on off in out one two three four five six seven eight "
    "nine ten twenty thirty forty fifty sixty seventy eighty ninety full half inter intra ex day month year high low semi quasi "
    "vice over under first second so"
)


_WORD_BEFORE = re.compile(r"[a-zA-Z]{1,12}\Z")


def _joined(m: re.Match[str]) -> str:
    left = _WORD_BEFORE.search(m.string, max(0, m.start() - 12), m.start())
    return "-" if left and left[0].lower() in _KEEPS_HYPHEN else ""


# --- spelling ------------------------------------------------------------------------------------------------------
_IZE = (
    "organ|author|recogn|util|minim|maxim|summar|categor|character|final|formal|harmon|initial|item|legal|local|mobil|modern|monet|national|normal|"
    "optim|penal|personal|priorit|real|special|stabil|standard|subsid|anonym|pseudonym|capital|central|commercial|custom|digit|apolog|crystall|"
    "amort|critic|general|immun|industrial|internal|jeopard|liberal|material|memor|neutral|patron|polar|popular|privat|random|scrutin|sensit|"
    "serial|steril|symbol|synchron|terror|token|visual|victim|weapon|computer|container|equal|global|econom|galvan|human"
)
_SPELLINGS: tuple[tuple[str, str], ...] = (
    (
        r"\b((?:un|dis|mis|re|pre)?(?:lab|fav|behavi|endeav|hon|harb|col|neighb|rig|vap|hum|flav|rum|arm|demean|misdemean"
        r"|parl|sav|val|vig))our",
        r"\1or",
    ),
    (rf"\b((?:un|re|de|dis|mis|pre)?(?:{_IZE})i)s(e[ds]?|ers?|ing|ations?|ational|able)\b", r"\1z\2"),
    (r"\b((?:re-?)?(?:anal|catal|paral)y)s(e|ed|er|ers|ing)\b", r"\1z\2"),
    (r"\b((?:sub-?|cross-?|un|re-?)?licen)c", r"\1s"),
    (r"\b(defen|offen|preten)ce", r"\1se"),
    (r"\bpractis(e[ds]?|ing)\b", r"practic\1"),
    (r"\b(data-?cent|cent|met|lit|fib|theat|kilomet|millimet|centimet)re(s?|d)\b", r"\1er\2"),
    (r"\bprogramme(s?)\b", r"program\1"),
    (r"\bcatalogue(s?)\b", r"catalog\1"),
    (r"\bcheque(s?)\b", r"check\1"),
    (r"\b(fulfil|enrol)(s|ment|ments)?\b", r"\1l\2"),
    (r"\binstalment", "installment"),
    (r"\bwilful", "willful"),
    (r"\bskilful", "skillful"),
    (r"\b(acknowledg|judg)ement", r"\1ment"),
    (r"\b(cancel|label|travel|model|total|channel|signal|counsel|level|fuel)l(ed|ing|ers?)\b", r"\1\2"),
    (r"\bwhilst\b", "while"),
    (r"\bamongst\b", "among"),
    (r"\btowards\b", "toward"),
    (r"\bper cent\b", "percent"),
    (r"\bsub[- ](contract|supplier|processor|distribut|agent|vendor|tier|delegat|let\b|lett)", r"sub\1"),
    (r"\bsub[- ]licen[cs]", "sublicens"),
    (r"\be-mail", "email"),
    (r"\bweb[- ]site", "website"),
    (r"\bco-(operat|ordinat)", r"co\1"),
    (r"\bgood-will\b", "goodwill"),
    (
        r"\bnon ?(disclos|compet|solicit|renew|perform|pay|exclusiv|transferab|assignab|conform|complian|breaching|defaulting|public"
        r"|affected|refundable|deliver|cancel|circumvent|proprietary|confidential|infring|terminating|binding)",
        r"non-\1",
    ),
    (r"\banti ?(bribery|corruption|boycott|terroris|money|slavery|social|competitive)", r"anti-\1"),
    (r"\bre ?export", "re-export"),
    (r"\btime[- ]frame", "timeframe"),
    (r"\bcan't\b|\bcan not\b", "cannot"),
    (r"\bwon't\b", "will not"),
    (r"\bshan't\b", "shall not"),
    (r"\b(do|does|did|is|are|was|were|has|have|had|must|need|should|would|could)n't\b", r"\1 not"),
    (r"\b(we|you|they|it|he|she|that|who)'ll\b", r"\1 will"),
    (r"\b(we|you|they)'re\b", r"\1 are"),
    (r"\b(we|you|they)'ve\b", r"\1 have"),
    (r"\bunder-taking", "undertaking"),
    (r"([a-z])\x28(s|es)\x29", r"\1\2"),  # "any change(s)", "the product(s)": one or more
    (r"\b(dr|mrs?|ms|messrs|prof)\. ", r"\1 "),  # the stop of a title ends nothing: "neither the company nor dr. example shall"
)
_OPTIONS = re2.Options()
_OPTIONS.log_errors = False
_ANY_SPELLING = re2.compile("|".join(re.sub(r"\((?!\?)", "(?:", pattern) for pattern, _ in _SPELLINGS), _OPTIONS)
_EACH_SPELLING = tuple((re.compile(pattern), new) for pattern, new in _SPELLINGS)


@lru_cache(maxsize=4096)
def _spelling(word: str) -> str:
    for pattern, new in _EACH_SPELLING:
        word = pattern.sub(new, word)
    return word


class _Foreign(Spellings):
    """The characters outside ASCII; most stretches of a contract have none, which Python knows without looking."""

    def __init__(self) -> None:
        super().__init__("[\x02\x80-\U0010ffff]", _character)

    def apply(self, text: str) -> str:
        return text if text.isascii() and "\x02" not in text else super().apply(text)

    def apply_all(self, texts: Sequence[str]) -> list[str]:
        return [self.apply(text) for text in texts]


class _Spelling:
    """All of ``_SPELLINGS`` in one pass."""

    def apply(self, text: str) -> str:
        pieces: list[str] = []
        at = 0
        for start, end, new in self.edits(text):
            pieces += text[at:start], new
            at = end
        return "".join(pieces) + text[at:] if pieces else text

    def apply_all(self, texts: Sequence[str]) -> list[str]:
        return apply_joined(self.apply, texts)

    def edits(self, text: str) -> Iterator[Edit]:
        for m in _ANY_SPELLING.finditer(text):
            yield m.start(), m.end(), _spelling(m[0])


_STEPS: tuple[Step, ...] = (
    _Foreign(),
    Spellings(r"-(?<=[a-z]-)[ \t]*\r?\n\s*(?=[a-z])", _joined),
    _Lower(),
    _Blanks(),
    _Spelling(),
)


def fold(text: str) -> Folded:
    """The text in lower case and the spellings of the table above, with the way back to ``text``."""
    return rewrite(text, _STEPS)


def fold_all(texts: Sequence[str]) -> list[Folded]:
    """``fold`` for each of many texts, faster than one by one."""
    return rewrite_all(texts, _STEPS)


# --- sentences -----------------------------------------------------------------------------------------------------
_STOP = re.compile(r"[.?!][\"')\]]* ")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?![0-9])")
_POINT = re.compile(r"\.[\"')\]]* ")  # a pattern that begins with one known character is searched for much faster
_NEVER = _set(  # an abbreviation after which the sentence always goes on
    "no nos art arts sec secs sect para paras cl e.g i.e mr mrs ms dr st vs v viz cf fig figs vol pp approx attn tel ave blvd rev "
    "stat sched prof gen messrs exh ext rm bldg al incl excl rd jan feb mar apr jun jul aug sept sep oct nov dec ca c.f.r u.s.c u.s.c.a"
)
_SOMETIMES = _set(  # ... after which it ends if the next word is one that begins sentences
    "inc ltd co corp llc l.l.c plc bros mfg etc u.s u.k u.s.a e.u u.n a.m p.m n.v s.a b.v l.p s.p.a s.r.l k.k jr sr ph.d esq dept "
    "d.c n.y ltda pty v.p"
)
_STARTERS = _set(  # words that begin sentences and do not go on after a company's name
    "the this these those each either neither any all no such it its he they if upon notwithstanding unless should where when within "
    "without during subject nothing however both every buyer supplier seller purchaser licensor licensee company customer"
)
_NUMBERED = _set(
    "section sections article articles clause clauses paragraph exhibit schedule annex appendix attachment part item party class phase"
)
_MONTH_NAMES = _set("january february march april may june july august september october november december")
_LIST_MARK = re.compile(r"\(?(?:[0-9]{1,3}(?:\.[0-9]{1,3})*(?:\.[a-z])?|[a-z]|[ivxl]{1,5})\)?")


_INSIDE = re.compile(r"(?:[,(&-]|\b(?:the|an?|of|to|in|on|by|for|with|from|at|as|and|or|nor|any|all|such|each|this|that|its|their|shall|will|may|not|be|is|are))\Z")


def goes_on(before: str, after: str) -> bool:
    """A sentence crosses the break: the next word is small, or the last one cannot end it."""
    left, right = before.rstrip(), after.lstrip()
    if not left or not right or left[-1] in ".;:!?":
        return False
    return right[0].islower() or _INSIDE.search(left[-12:]) is not None


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of folded text: they end at . ? ! before a blank, but not after abbreviations and list marks."""
    spans: list[tuple[int, int]] = []
    start = 0
    for m in (_STOP if "?" in text or "!" in text else _POINT).finditer(text):
        if text[m.start()] == "." and not _ends(text, start, m.start(), m.end()):
            continue
        if m.end() - 1 > start:
            spans.append((start, m.end() - 1))
        start = m.end()
    end = len(text.rstrip(" "))
    while start < end and text[start] == " ":
        start += 1
    if start < end:
        spans.append((start, end))
    return spans


def _ends(text: str, start: int, stop: int, following: int) -> bool:
    """Whether the full stop at ``stop`` ends the sentence that began at ``start``; the next word is at ``following``."""
    before = text.rfind(" ", start, stop)
    word_start = before + 1 if before >= 0 else start
    word = text[word_start:stop].lstrip("(\"'[")
    if not word.strip("."):
        return False  # an ellipsis
    if text[following : following + 1].isdigit() and _in_date(text, start, word_start, word, following):
        return False
    if len(word) > 8:
        return True
    if word in _NEVER:
        return False
    if word in _SOMETIMES:
        return _next_word(text, following) in _STARTERS
    if _LIST_MARK.fullmatch(word):
        if word_start == start:
            return False  # "1. the supplier": the mark of a list item
        preceding = text[max(start, word_start - 16) : word_start - 1]
        last = preceding[preceding.rfind(" ") + 1 :]
        if last.endswith((":", ";", ",")) or last in ("and", "or"):
            return word[0].isdigit() and last in ("and", "or") and _next_word(text, following) in _STARTERS
        if last in _NUMBERED and word_start - len(last) - 1 <= start:
            return False  # "section 3. term": a heading
        if last in _NUMBERED or word[0].isdigit() or word.endswith(")"):
            return True
        return len(word) > 1 or _next_word(text, following) in _STARTERS  # "j. smith"
    return True


def _in_date(text: str, start: int, word_start: int, word: str, following: int) -> bool:
    """The full stop stands within a date, where people also put one: "april. 1st 2019", "march 18. 2021"."""
    if word in _MONTH_NAMES:
        return True
    if not word[0].isdigit() or len(word) > 4 or not _YEAR.match(text, following):
        return False
    before = text[max(start, word_start - 12) : word_start].rstrip(" .")
    return before[before.rfind(" ") + 1 :] in _MONTH_NAMES


def _next_word(text: str, at: int) -> str:
    end = text.find(" ", at)
    return text[at : end if end >= 0 else len(text)].strip("\"'(,")
