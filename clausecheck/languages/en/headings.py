"""What a clause heading looks like in an English contract: in capitals, before a stop, alone on the line or on the next one."""

from __future__ import annotations

import re
from collections.abc import Sequence

OPENS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ\"“[(_*'‘<•")  # how the text behind a number begins
_VERB_FORMS = (
    "shall will may must is are was were has have agree agrees mean means hereby represent represents warrant warrants acknowledge "
    "acknowledges grant grants does do can cannot should would include includes remain remains been provide provides constitute "
    "constitutes appoint appoints"
)
_VERBS = frozenset(_VERB_FORMS.split())
_WIDE = re.compile(r"[ \t\xa0]{3,}")
_CAPITALS = re.compile(r"[A-Z]+")
_HYPHENED = re.compile(r"[A-Za-z][A-Za-z’'\-]*")
_FULL_STOP = re.compile(r"[.:](?=\s)")
_TOKEN = re.compile(r"\w+")
_CAPS_RUN = re.compile(r"[A-Z0-9][A-Z0-9 ,;:&/'’\-–—()\".“”]*")
_INLINE_HEAD = re.compile(r"(?:U\.S\.(?:A\.)?|[^\n.:]){1,110}?(?:(?<=[A-Za-z\"”’)\]])(?<! Dr)(?<! Mr)(?<! Ms)(?<! Mrs)(?<! Prof)[.:](?=\s|$)|[ \t]{3,}|[ \t][-–—](?=[ \t]))")
_INLINE_STOPS = (".", ":", "   ", "\t", " -", " –", " —")  # without one of them there is no inline heading
_DELETED = re.compile(
    r"\W*(?:(?:this )?(?:section |article |clause )?(?:is )?(?:intentionally (?:omitted|left blank|deleted|blank)"
    r"|\[?\s*reserved\s*\]?|deleted|omitted|"
    r"not used|left blank intentionally))\W*$",
    re.I,
)
_OPENERS = (
    *("The", "This", "Each", "Either", "Neither", "Both", "All", "Any", "No", "None", "In", "If", "Unless", "Upon", "During", "Except", "Without"),
    *("Nothing", "Notwithstanding", "It", "At", "After", "Before", "Where", "When", "With"),
)  # words that begin a sentence
_LOWER_WORD = re.compile(r"\b[a-z]{5}")  # "Upon any termination of this Agreement:" opens a list
_CAPITAL = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_LONGEST_TITLE = 150  # characters, with the words behind it
_FEW_WORDS = 8  # of a title that a list follows
# "Rights of Termination The Agents may ...": nothing parts the title from its text but how sentences and lists begin
_TITLE_RUN = re.compile(
    r"(?P<head>[A-Z][a-z][\w'’-]+(?:(?:,? (?:[A-Z][\w'’-]+|of|and|or|the|to|for|in|by|with|on|&)){0,9},? [A-Z][a-z][\w'’-]+)?)"
    rf" (?:(?:{'|'.join(_OPENERS)}|Subject to|For the)"
    rf"(?= [a-z\"“]| Agreement\b| (?:[A-Z][a-z]+ ){{1,3}}(?:{'|'.join(_VERB_FORMS.split())})\b)|\((?:a|i|1)\) (?=[A-Z\"“]))"
)
# "Orders; Forecasts 4.1 Buyer shall ...": the first number of the clause itself ends its title
_NUMBERED_RUN = re.compile(r"(?P<head>[A-Z][^.:\n()0-9]{2,100}?)(?<!ection)(?<!rticle)(?<!lause)(?<!xhibit)(?<!chedule) [0-9]{1,2}\.0?1\.? (?=[A-Z\"“]|[a-z][A-Z])")
_LIST_BEGINS = re.compile(r"\s+(?:[0-9]{1,2}\.[0-9]|\((?:a|A|i|I|1)\))\s?")  # behind a title, on the same line
_GONE = ("reserved", "omitted", "deleted", "blank", "not used")  # each wording of _DELETED holds one
_DEFINITIONS = re.compile(r"(?:certain |general )?(?:defined terms|definitions?\b|interpretation\b|terms defined)", re.I)


_DELETED_BEGIN = frozenset("[(IiRrDdOoNnTtSsAaCcLl")
_DELETED_TAIL = re.compile(r"\W{0,6}(?:intentionally\s+(?:omitted|left blank|deleted)|reserved|deleted)\W*$", re.I)


_WORD = re.compile(r"[^\W\d_]{2}")


def is_definitions(heading: str) -> bool:
    """Whether a heading announces definitions."""
    return bool(_DEFINITIONS.match(heading.strip()))


def is_deleted(text: str) -> bool:
    """Whether "[Reserved]" or the like is all there is."""
    if len(text) >= 120:
        return False
    low = text.lower()
    return any(word in low for word in _GONE) and bool(_DELETED.match(text.strip()))


def heading_at(text: str, at: int) -> tuple[str, int]:
    """The heading that begins at ``at`` and where it ends; ("", at) where running text begins at once."""
    if text[at : at + 1].islower():  # most marks stand before running text
        return "", at
    heading, end = _heading_at(text, at)
    return (heading, end) if heading and _WORD.search(heading) and "***" not in heading else ("", at)


def _heading_at(text: str, at: int) -> tuple[str, int]:
    nl = text.find("\n", at, at + 400)
    line = text[at : nl if nl >= 0 else at + 400]
    whole = nl >= 0 or at + 400 >= len(text)
    bare = line.strip(' \t\xa0*_#|"“”')
    if not bare:
        return "", at
    if whole and len(bare) <= 120 and not _sentence(bare) and not _opens_list(bare) and not _runs_on(text, nl):
        end = _wrapped(text, at, at + len(line.rstrip()))
        return clean(text[at:end]), end
    m = _CAPS_RUN.match(line)
    if m and m.end() >= 3:
        run = _WIDE.split(m[0].lstrip(), maxsplit=1)[0]
        if len(run) < len(m[0].strip()):
            words = [w for w in _CAPITALS.findall(run) if len(w) > 1]
            return (clean(run), at + line.find(run) + len(run)) if words and sum(map(len, words)) >= 4 else ("", at)
        nxt = line[m.end() : m.end() + 1]
        if nxt and nxt.isalpha():  # the run took the first letters of the next word
            cut = run.rfind(" ")
            run = run[:cut] if cut > 0 else ""
            run = re.sub(r"\s+(?:A|I|[0-9.]+)\s*$", "", run)
        listed = _LIST_BEGINS.search(line, 0, m.end() + 6)
        words = line[: listed.start()].split() if listed else []
        # "THE BUYER AGREES (a) ..." is a sentence, "THE SERVICES 2.1 ..." a title
        titled = words and (words[0].capitalize() not in _OPENERS or (listed and "." in listed[0] and not _has_verb(" ".join(words).lower())))
        if listed and titled and len(words) <= _FEW_WORDS and line[: listed.start()].isupper():
            return clean(line[: listed.start()]), at + listed.start()
        letters = [w for w in _CAPITALS.findall(run) if len(w) > 1]
        stop = _FULL_STOP.search(run)
        if stop:
            run = run[: stop.end()]
        # "SUPPLIER shall ..." and a shouted sentence are text
        goes_on = not stop and line[len(run) :].lstrip(' \t\xa0"“(')[:1].islower()
        if letters and not goes_on and not _has_verb(run.lower()):
            single = run.strip() == letters[0]
            if stop or (len(letters[0]) >= 4 and nxt if single else len(run) <= 160 and sum(map(len, letters)) >= 4):
                digits = re.search(r"\s+[0-9]+(?:\.[0-9]+)*\.?\s*$", run)
                if digits:
                    run = run[: digits.start()]
                return clean(run), at + len(run.rstrip())
    if line.lstrip(" \t*_")[:1] not in OPENS:
        return "", at
    title = _title_run(line)
    if title:
        return clean(title["head"]), at + title.end("head")
    near = line[1:130]
    m = _INLINE_HEAD.match(line) if any(stop in near for stop in _INLINE_STOPS) else None
    if m:
        head = m[0].strip(" \t*_")
        rest = line[m.end() :].lstrip()
        # a sentence whose lines the source broke, leaving wide blanks, goes on in lower case or within its bracket
        broken = m[0][-1] in " \t" and (rest[:1].islower() or head.count("(") > head.count(")"))
        if (
            rest
            and not broken
            and len(head) <= 100
            and head[:1] in OPENS
            and len(head.split()) <= 14
            and not _has_verb(head)
            and _titled(head)
            and not _opens_list(head)
        ):
            return clean(head), at + m.end()
    return "", at


def title_at(text: str, at: int) -> tuple[str, int, int]:
    """The title without a number at the beginning of a line, where it ends and its rank: capitals (0) stand above other titles (1)."""
    heading, end = heading_at(text, at)
    return heading, end, 0 if heading.isupper() else 1


def reads_as_text(passage: str) -> bool:
    """Whether a passage holds the verb of a sentence."""
    return _has_verb(passage)


def _title_run(line: str) -> re.Match[str] | None:
    """A title in capitals that a sentence or a list follows without a stop."""
    if not line[1:2].islower() or line[:1] not in _CAPITAL:
        return None
    m = _TITLE_RUN.match(line, 0, _LONGEST_TITLE)
    if m is None:
        m = _NUMBERED_RUN.match(line, 0, _LONGEST_TITLE)
        m = m if m and _titled(m["head"]) else None
    return m if m and not _has_verb(m["head"].lower()) else None


def _has_verb(text: str) -> bool:
    """Whether one of the verbs of a clause's first sentence stands in it, in lower case."""
    return not _VERBS.isdisjoint(_TOKEN.findall(text))


def _opens_list(head: str) -> bool:
    """Whether words before a colon are the beginning of a sentence that a list completes."""
    return head[-1] == ":" and head.split(None, 1)[0] in _OPENERS and _LOWER_WORD.search(head) is not None


def _titled(head: str) -> bool:
    """Whether most of the longer words begin with a capital, or the head is very short."""
    words = [w for w in _HYPHENED.findall(head) if len(w) > 3]
    if not words:
        return len(head) > 2
    up = sum(w[0].isupper() for w in words)
    return up * 2 >= len(words) or (len(words) <= 5 and head[:1].isupper())


_BREAK = re.compile(r"(?<!U)(?<!U\.S)(?<!No)(?<!Inc)[.;:][ \t\xa0]+\S")


_TWO_TITLES = re.compile(r"(?:[A-Z][\w'’-]*|of|and|or|the|to|for|in|on|by|with|&|,| )+")


_SMALL = ("with", "from", "upon", "into", "over")


def _sentence(line: str) -> bool:
    """Whether a whole line reads as text rather than as a heading."""
    if line.isupper():
        return False
    last = line[-1]
    if last in ";," or line[0].islower():
        return True
    words = line.rstrip(".:").split()
    if last == ".":
        if len(words) > 10 or any(w[0].islower() and len(w) > 3 and w not in _SMALL for w in words):
            return True
    elif len(words) > 14 or not _titled(line):
        return True
    return bool((_BREAK.search(line) and not _two_titles(line)) or _has_verb(line))


def _two_titles(line: str) -> bool:
    """Whether semicolons part titles: "Orders; Termination"."""
    titles = line.split(";")
    return len(titles) > 1 and all(_TWO_TITLES.fullmatch(title.strip().rstrip(".:")) for title in titles)


def _runs_on(text: str, nl: int) -> bool:
    """Whether the line after a line end goes on in lower case."""
    if nl < 0 or text[nl + 1 : nl + 2] == "\n":
        return False
    return text[nl + 1 : nl + 40].lstrip(" \t\xa0")[:1].islower()


_JOINS = frozenset(["of", "and", "the", "for", "to", "or", "in", "with", "on", "by", "from", "a", "an", "&", "other"])
_LONG_LINE = 28  # characters: a shorter heading has not filled its line
_FULL_LINE = 60  # characters of one that surely has
_SERIES = re.compile(r",(?: [A-Z][\w'’-]+){1,3},? (?:and|or|&)(?: [A-Z][\w'’-]+)$")


def _wrapped(text: str, at: int, end: int) -> int:
    """Where a heading that fills its line ends: on the next line if it breaks off there ("PASSING OF", "Limitation of")."""
    head = text[at:end].rstrip(" *_|#")
    nl = text.find("\n", end, end + 20)
    if len(head) < _LONG_LINE or nl < 0 or text[end:nl].strip() or head[-1:] in ".:;":
        return end
    below = text.find("\n", nl + 1, nl + 90)
    line = text[nl + 1 : below if below >= 0 else nl + 90].rstrip()
    words = line.split()
    if not words or len(line) > 60 or not words[0][0].isalpha() or line[-1] in ",;" or _has_verb(line.lower()) or _sentence(line):
        return end
    shouted = head.isupper() and line.isupper() and len(line) <= 40 and not text[below + 1 : below + 60].split("\n", 1)[0].isupper()
    joins = head.rsplit(None, 1)[-1].lower() in _JOINS
    return nl + 1 + len(line) if shouted or joins or _last_words(head, words, text[below + 1 : below + 2]) else end


def _last_words(head: str, words: Sequence[str], after: str) -> bool:
    """Whether a long title that ends in a series ("Customers, Vendors, and Business") breaks off, its last capitals alone on the next line."""
    series = len(head) >= _FULL_LINE and _SERIES.search(head) is not None
    return series and len(words) <= 3 and all(w[0].isupper() for w in words) and after.isupper()


def clean(head: str) -> str:
    head = head.strip(" \t\xa0*_#|.:-–—")
    if head[:1] in '["“(' and head[-1:] in ']"”)':
        head = head[1:-1].strip()
    return " ".join(head.split())


def heading_below(text: str, at: int) -> tuple[str, int]:
    """The heading on the line after a number that stands alone on its line."""
    i = at
    size = len(text)
    while i < size and text[i] in " \t\r\n\xa0#*_" and i - at < 200:
        i += 1
    nl = text.find("\n", i, i + 400)
    line = text[i : nl if nl >= 0 else min(size, i + 400)].strip()
    if (
        0 < len(line) <= 120
        and (nl >= 0 or i + 400 >= size)
        and not _sentence(line.strip("*_ ") or "x.")
        and not line[0].isdigit()
        and line[0] != "("
    ):
        if re.match(r"(?:ARTICLE|Article|SECTION|Section)\s+[0-9IVX]", line):
            return "", at
        end = _wrapped(text, i, i + len(line))
        return clean(text[i:end]), end
    m = _CAPS_RUN.match(line)
    if m and m.end() > 6:
        return heading_at(text, i)
    return "", at


def deleted_at(text: str, end: int, heading: str, heading_end: int) -> bool:
    """Whether the clause whose number ends at ``end`` says only that it is reserved or omitted."""
    if heading:
        if heading[0] in _DELETED_BEGIN and is_deleted(heading):
            return True
        end = max(end, heading_end)
    head = text[end : end + 8].lstrip(" \t\xa0[(*.:")[:1]
    if not head or head not in "IiRrDd":
        return False
    return bool(_DELETED_TAIL.match(text[end : end + 90].split("\n", 1)[0]))
