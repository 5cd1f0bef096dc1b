"""English wording of terms: how long an agreement binds, how it is renewed, refused and left.

Works on one folded sentence (lower case, single blanks). Every duration and date gets a role from the words beside it
(the term itself, a renewal, a notice, something else); the subject must be this agreement, so a sentence that speaks of
secrecy, a warranty, an order or a license gives nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from clausecheck.languages.base import DateMention, Duration
from clausecheck.languages.en import period_words as vocabulary
from clausecheck.languages.en import term_length as kind
from clausecheck.languages.en.quantities import number
from clausecheck.languages.en.term_length import MAX, LengthReader, contains_any, ordinal
from clausecheck.languages.patterns import Sign, around, match, paired, places, search, stretched
from clausecheck.languages.periods import AFTER_TERM, Matter, Quantities, Said, Topic


def _with_loose(text: str, dates: Sequence[DateMention]) -> list[DateMention]:
    """The dates, and those a scan or a filing has broken up: "15t h day of january 2018", "april 15 , 2010"."""
    found = [d for d in dates if d.date is not None]
    dated = "19" in text or "20" in text
    for m in around(vocabulary.LOOSE_DATE, text, (vocabulary.MONTH_SIGN,), vocabulary.LOOSE_REACH) if dated else ():
        if any(d.start < m.end() and m.start() < d.end for d in found):
            continue
        month = vocabulary.MONTHS.index((m["m1"] or m["m2"])[:3]) + 1
        try:
            found.append(DateMention(m.start(), m.end(), dt.date(int(m["y1"] or m["y2"]), month, int(m["d1"] or m["d2"]))))
        except ValueError:
            continue
    found += [d for d in dates if d.date is None and not any(x.start < d.end and d.start < x.end for x in found)]
    return sorted(found, key=lambda d: d.start)


_AGREEMENT_SOON = re.compile(rf"^[^.;]{{0,60}}\b{vocabulary.AGR}\b")
_ON_NOTICE = re.compile(
    rf"^ (?:{vocabulary.THIS_AGR}) (?:up)?on (?:giving )?(?:prior |advance |written )*notice\b"
    r"(?: thereof)?(?: to the other(?: party)?)?[.;]?$"
)
_BY_EITHER = re.compile(
    r"^\W*(?:\w{1,4}[.)] )?(?:either|each|any) (?:of the )?(?:part(?:y|ies)|[\w.'& -]{2,40} or [\w.'& -]{2,40}?) "
    r"(?:may|can|shall have the right to|is entitled to) $"
)
_WHAT_ENDS = re.compile(rf"\b(?:{vocabulary.AGR}|term|appointment)\b|\bsame\b|\bhereunder\b")
_WHAT_IS_ENDED = re.compile(rf"\b{vocabulary.AGR}\b|\bit\b|\bterm\b")
_AGREEMENT_OR_TERM = re.compile(rf"\b(?:{vocabulary.AGR}|term)\b")


class EnglishPeriods:
    """See ``clausecheck.languages.periods.Periods``."""

    def signs(self, texts: Sequence[str]) -> Sequence[Sequence[Sign]]:
        return kind.WORDS.signs(texts)

    def may_speak(self, text: str, words: int) -> bool:
        return words & kind.SPEAKS_SURELY != 0 or (words & kind.SPEAKS != 0 and vocabulary.MAY_SPEAK.search(text) is not None)

    def matters(self, words: int) -> int:
        return paired(_SIGNS, words)

    def kinds(self, signs: Sequence[Sign], spans: Iterable[tuple[int, int]]) -> Iterator[int]:
        for words, first, last in stretched(signs, spans, MAX):
            matters = paired(_SIGNS, words) if words else 0
            yield matters & ~Matter.EXIT if matters & Matter.EXIT and not _may_leave(signs[first:last]) else matters

    def heading(self, heading: str) -> bool:
        return vocabulary.HEADING.match(heading) is not None

    dating = kind.DATES

    def dates_something(self, text: str, words: int) -> bool:
        return words & kind.DATES != 0 and vocabulary.DATES_SOMETHING.search(text) is not None

    def common_start(self, name: str) -> bool:
        return search(r"\b(?:effective|commencement|start|starting|execution|signing|agreement|contract)(?: \w+)? ?date", name) is not None

    def read(self, sentence: str, find: Quantities, kinds: int, *, under_heading: bool, labels: Sequence[str]) -> list[Said]:
        text = sentence[:MAX]
        if not kinds and not (under_heading and vocabulary.FROM_TO.match(text)):
            return []
        return sorted(_Reader(text, find, under_heading, labels, kinds).all(), key=lambda s: (s.start, s.end, s.topic))

    def named_dates(self, sentence: str, dates: Sequence[DateMention]) -> dict[str, dt.date | str | None]:
        found: dict[str, dt.date | str | None] = {}
        dates = _with_loose(sentence, dates)
        label = next((m for m in vocabulary.DATE_LABEL.finditer(sentence) if m.start() == 0 or sentence[m.end() - 1] == ":"), None)
        places = [(m[1], m.start(), m.end()) for m in vocabulary.DATES_PLACE.finditer(sentence)]
        if label and not any(a <= label.start("name") <= b for _, a, b in places):
            places.insert(0, (label["name"], label.start("name"), label.end()))
        for name, start, end in places:
            after = sentence[end : end + 160]
            if match(r",? ?(?:shall |will )?(?:ha(?:s|ve)|is|be) (?:the )?(?:meaning|defin|set forth|as )|,? ?has the", after):
                continue
            defines = match(r"[ ,:]{0,3}(?:\([^)]{0,60}\) )?(?:shall |will )?(?:mean|means|is\b|be\b|:|-)", after) is not None or (
                label is not None and name == label["name"] and end == label.end()
            )
            near = [d for d in dates if (end <= d.start <= end + 120 if defines else start - 140 <= d.start and d.end <= start)]
            value: dt.date | str | None
            scope = after[:140] if defines else sentence[max(0, start - 160) : start]
            this = list(vocabulary.THIS_DATE.finditer(scope))
            if near:
                value = near[0].date if defines else near[-1].date
            elif this or vocabulary.SIGNATURE.search(scope):
                value = "agreement date"
            elif vocabulary.DAY_BLANK.search(scope) or vocabulary.BLANK.search(scope):
                value = None
            else:
                value = "event"
            found.setdefault(name, value)
        return found

    def agreement_date(self, sentence: str, dates: Sequence[DateMention]) -> tuple[bool, dt.date | None]:
        for date in _with_loose(sentence, dates):
            before = sentence[max(0, date.start - 160) : date.start]
            if date.date is None or vocabulary.FILING.search(before):
                continue
            if vocabulary.MADE.search(before) or vocabulary.TITLED.search(before) or not before.strip(" :,-"):
                return True, date.date
        if (
            contains_any(vocabulary.DAY_BLANK_SIGNS, sentence)
            and vocabulary.DAY_BLANK.search(sentence)
            and vocabulary.MADE.search(sentence)
        ):
            return True, None
        return False, None


_SIGNS = (  # the words that must stand together where something is said of a matter; any row of a matter will do
    (Matter.TERM, kind.LENGTHS, kind.LASTING),
    (Matter.TERM, kind.STRICT, kind.DAYS),
    (Matter.RENEWAL, kind.RENEWS, kind.RENEWS),
    (Matter.RENEWAL, kind.CONTINUES, kind.ONWARD),
    (Matter.REFUSAL, kind.NOTICES, kind.CLOSE_OF | kind.PROLONGS),
    (Matter.TERM, kind.OWN_TERM, kind.STARTS),
    (Matter.EXIT, kind.ENDS, kind.RIGHTS | kind.UNTIL_ENDED),
    (Matter.DUTY, kind.ENDS, kind.GIVES_NOTICE),
    (Matter.REVIEW, kind.REVISES, kind.WHENEVER),
    (Matter.CAP, kind.PROLONGS, kind.LIMITS),
    (Matter.ORDERS, kind.CLOSES, kind.OPEN),
    (Matter.ROLLING, kind.ORDERED, kind.PROLONGS),
    (Matter.MINIMUM, kind.LEAST, kind.LEAST),
    (Matter.ENDING, kind.FINISHES, kind.FINISHES),
    (Matter.PRECEDENCE, kind.RANKS, kind.OVER),
)
_RIGHT_BEFORE = 100  # characters from a word that gives a right to the word that ends something: more than the patterns let stand between
_OTHERS = Matter.REVIEW | Matter.CAP | Matter.ORDERS | Matter.ROLLING | Matter.MINIMUM | Matter.ENDING | Matter.PRECEDENCE


def _may_leave(signs: Sequence[Sign]) -> bool:
    """A word that ends something follows closely on one that gives a right."""
    right = -MAX
    for start, end, words in signs:
        if words & kind.UNTIL_ENDED:
            return True
        if words & kind.RIGHTS:
            right = end
        if words & kind.ENDS and start - right <= _RIGHT_BEFORE:
            return True
    return False


class _Reader(LengthReader):
    """One sentence being read."""

    def all(self) -> list[Said]:
        said: list[Said] = []
        if self.kinds & Matter.TERM or (self.under and vocabulary.FROM_TO.match(self.text) is not None):
            said += self._term()
        renewal: list[Said] = []
        if self.kinds & Matter.RENEWAL:
            renewal = self._renewal()
            said += renewal
        if renewal or self.kinds & Matter.REFUSAL:
            said += self._refusal(bool(renewal) and renewal[0].form != "none", renewal)
        if self.kinds & Matter.DUTY:
            said += self._notices_due()
        if self.kinds & Matter.EXIT:
            said += self._exits()
        if self.kinds & _OTHERS:
            said += self._others()
        return said

    # -- renewal
    def _renewal(self) -> list[Said]:
        text = self.text
        words = [
            m for m in vocabulary.RENEW_WORD.finditer(text) if not vocabulary.RENEW_FOREIGN.search(text[max(0, m.start() - 60) : m.start()])
        ]
        if not words or search(r"\bha(?:s|ve) the meaning\b", text):
            return []
        own = [w for w in words if self._renews_this(w)]
        if not own or (
            not search(r"\brenew|month[- ]to|year[- ]to|\bautomatic", text)
            and any(vocabulary.DELAY.search(text[w.start() : w.end() + 120]) for w in words)
        ):
            return []
        first = own[0].start()
        if self._of_another(first):
            return []
        none = self._first(vocabulary.NO_RENEWAL)
        form, place = self._renewal_form(first)
        if not form and none is None:
            return []
        lengths = [d for d in self.durations if self.roles[d] == "renewal" and (d.days is None or d.days >= 7)]
        if not lengths and search(r"\b(?:one day|a day|day) for (?:each|every)\b", text):  # the time of a delay is added
            return []
        if (
            none
            and not vocabulary.UNLESS_TAIL.search(text[: none.start()])
            and not search(r"\b(?:may|option|automatically|right to)\b[^.;]{0,30}$", text[max(0, none.start() - 60) : none.start()])
            and not lengths
        ):
            return [Said(Topic.RENEWAL, none.start(), none.end(), "none")]
        if not form:
            return []
        months: float | None = None
        marks: set[str] = set()
        duration = None
        yearly = self._first(vocabulary.WORD_YEAR)
        if lengths and not (yearly and search(r"\b(?:up to|maximum of) ?\(?$", text[max(0, lengths[0].start - 14) : lengths[0].start])):
            duration = lengths[0]
            months = duration.months
            if duration.value is None:
                marks.add("placeholder")
        elif yearly or search(
            r"\b(?:renew|exten)\w*[^.;]{0,30}\b(?:each year|every year|annually|yearly|year by year|for (?:a|"
            r"another) year)\b|\bannual(?:ly)? renew|\byearly renew",
            text,
        ):
            months = 12.0
        elif self._first(vocabulary.WORD_MONTH):
            months = 1.0
        elif search(
            r"\b(?:same|like|equal|identical|similar|equivalent) (?:\w+ )?(?:period|term|duration|"
            r"length)s?\b(?<!same terms)|\bequal (?:in (?:length|duration) )?to the (?:initial|original|previous|"
            r"prior|then)",
            text,
        ):
            marks.add("same_length")
        elif self._first(vocabulary.BLANK, first):
            marks.add("placeholder")
        said = [
            Said(
                Topic.RENEWAL,
                place.start(),
                place.end(),
                form,
                duration=duration,
                months=months,
                strength=3 if self.under or _AGREEMENT_OR_TERM.search(text) else 1,
                marks=frozenset(marks),
                holder=self._holder(place.start()) if form == "option" else "mutual",
            )
        ]
        cap = self._first(vocabulary.COUNTED) or self._first(vocabulary.CAP)
        if cap is None and form != "auto":
            cap = search(
                r"\b(?:for|of) (?:an|one|a single) (?:additional|further|extra) (?:term |"
                r"period )?(?:of )?[^.;,]{0,24}\b(?:year|month)s?\b(?: term| period)?(?!s)",
                text,
            )
        if cap and form in ("auto", "option", "agreement"):
            said.append(self._cap(cap))
        return said

    def _cap(self, cap: re.Match[str]) -> Said:
        """A limit on renewals: on the time of all of them together, or on their number."""
        total = None
        if vocabulary.CAP.fullmatch(cap[0]):
            total = next((d for d in self.durations if cap.start() <= d.start <= cap.end() + 40 and self._totals(cap, d)), None)
        counted = search(r"\b(?:(one|two|three|four|five|six|\d{1,2})\b|(?:only )?(once|twice|an?|single|one further)\b)", cap[0])
        times = None
        if total is None and counted:
            times = {"once": 1.0, "twice": 2.0}.get(counted[2] or "", 1.0) if counted[2] else number(counted[1])
        return Said(Topic.CAP, cap.start(), cap.end(), "total" if total else "count", months=total.months if total else None, times=times)

    def _totals(self, cap: re.Match[str], d: Duration) -> bool:
        """The length is that of all periods together: "shall not exceed five years"."""
        before = self.text[cap.start() : d.start]
        if self.roles[d] == "renewal":
            return search(r"\bexceed|\b(?:longer|more) than|\bbeyond|\blimited to", before) is not None
        return self.roles[d] != "notice"

    def _renews_this(self, word: re.Match[str]) -> bool:
        """The word renews or extends this agreement or its term: said beside it, or by the clause's heading."""
        if search(r"\bnotwithstanding [^,;]{0,80}$", self.text[max(0, word.start() - 100) : word.start()]) or match(
            r"^[^.;,]{0,30}\bof the (?:lease|license)\b", self.text[word.end() : word.end() + 50]
        ):
            return False
        if (match(r"evergreen$", word[0]) and not self.under) or search(
            r"\b(?:not|decline|refuse) to $", self.text[max(0, word.start() - 20) : word.start()]
        ):
            return False
        if search(
            r"\b(?:confidential\w*|secrecy|warrant\w*|patents?|non-?compet\w*|insurance|lease)\b[^.;,]{0,60}$",
            self.text[max(0, word.start() - 80) : word.start()],
        ):
            return False
        if match(r"[^.;]{0,40}\b(?:commenc\w+|beginning|starting) (?:up)?on the (?:maintenance|support|warranty|subscription|service)\b", self.text[word.end() :]):
            return False
        if vocabulary.PERIOD_OF_OTHER.search(self.text[max(0, word.start() - 300) : word.start()]):
            return False
        if (
            search(r"thereafter$|^indefinite|^automatically|indefinitely", word[0])
            and not any(d.start < word.start() for d in self.durations)
            and not search(r"\binitial|\d{4}|\bexpir", self.text[: word.start()])
        ):
            return False
        if match(r"(?:renew|extend)s?$", word[0]) and vocabulary.RENEWS_OTHER.match(self.text, word.end()):
            return False
        if match(r"extends?$", word[0]) and match(
            r"^ (?:to (?!(?:january|february|march|april|may|june|july|august|september|october|november|"
            r"december)\b)|upon|its|over|only|throughout|best|credit|beyond)",
            self.text[word.end() : word.end() + 20],
        ):
            return False
        if match(r"(?:renewals?|extensions?|successive|non-?renew\w*)$", word[0]):
            near = self.text[max(0, word.start() - 70) : word.end() + 70]
            if not (
                vocabulary.AUTO.search(near)
                or search(r"\boptions?\b|\bright|\bmutual|\bno \b|\bnot\b|\bsubject to\b|\brenewed|\bextended|\bagree", near)
            ):
                return False
        before, after = self.text[max(0, word.start() - 130) : word.start()], self.text[word.end() : word.end() + 70]
        if vocabulary.RENEW_BEFORE.search(before) or vocabulary.RENEW_AFTER_WORD.match(after):
            return True
        return self.under and (bool(self.durations) or search(r"\bautomatic", self.text) is not None)

    def _renewal_form(self, first: int) -> tuple[str, re.Match[str]]:
        text = self.text
        word = self._first(vocabulary.RENEW_WORD, first)
        assert word is not None
        if search(r"indefinitely (?:after that|thereafter)", text):
            return "auto", word
        only = vocabulary.ONLY_IF.search(text)
        if only:
            return ("agreement" if only["agreed"] else "option"), word
        for auto in self._each(vocabulary.AUTO):
            if not (
                auto[0].startswith(("automatic", "tacit"))
                and search(r"\b(?:no|not|any|without|non)[- ]$", text[max(0, auto.start() - 9) : auto.start()])
            ):
                return "auto", auto
        for pattern in (
            vocabulary.AUTO_UNLESS, vocabulary.BARE_UNLESS, vocabulary.UNLESS_AUTO, vocabulary.IF_NEITHER, vocabulary.YEARLY,
        ):  # fmt: skip
            m = pattern.search(text)
            if (
                m
                and not search(r"\bmay\b|\boption\b|\bmutual", text[max(0, m.start() - 5) : m.start()] + m[0][:60])
                and search(
                    r"renew|exten|additional|successive|year[- ](?:to|by)|month[- ](?:to|by)|further|another|same|thereafter|prolong|roll", m[0]
                )
            ):
                if search(r"\b(?:unless|until)(?: \w+){0,3}? (?:sooner|earlier)", m[0]) and not search(
                    r"renew\w*|successive|additional", m[0][:120]
                ):
                    continue
                if "able " in m[0] and match(r"(?: \w+){0,3}? (?:sooner|earlier)\b", text[m.end() :]):
                    continue  # "renewable as provided herein, unless earlier terminated"
                return "auto", m
        agreed, option, plain = (
            self._first(vocabulary.AGREED, max(0, first - 160)),
            self._first(vocabulary.OPTION, max(0, first - 120)),
            self._first(vocabulary.AUTO_PLAIN),
        )
        if match(r"(?:renew(?:al)?s?|extension)$", word[0]) and not (agreed or option or plain):
            return "", word
        if search(r"\b(?:unless|until|or|if)(?: \w+){0,5}? $", text[max(0, first - 60) : first]) and not agreed:
            return "", word
        if (
            option
            and search(r"\boptions?\b|\brights? to\b|\bat its\b|\bentitled\b|\belect", text)
            and not search(r"\bmutual|\bboth parties|\bwritten agreement|\bagreed to by\b", text)
        ):
            return "option", option
        if agreed:
            return "agreement", agreed
        if plain:
            return ("", word) if vocabulary.ON_FAILURE.search(text[: plain.start()]) else ("auto", plain)
        if option and search(r"\bmay\b(?! be)[^.;]{0,60}\b(?:renew|exten)", text):
            return "option", option
        if option and search(r"\b(?:may|can)(?: \w+)? be (?:renewed|extended)|\brenewable\b|\bextendable\b", text):
            return "agreement", option
        return "", word

    def _refusal(self, renewing: bool, renewal: Sequence[Said]) -> list[Said]:
        text = self.text
        auto = any(s.form == "auto" for s in renewal)
        renewed = search(r"\brenew|\bexten[ds]", text) is not None
        refuse = self._first(vocabulary.REFUSE) if auto or renewed else None
        if not auto and refuse is None:
            return self._tentative()
        notices = [d for d in self.durations if self.roles[d] == "notice"]
        tied = [
            d
            for d in notices
            if vocabulary.AT_EXPIRY.search(text[d.end : d.end + 110])
            or vocabulary.REFUSE.search(text[max(0, d.start - 160) : d.end + 160])
            or vocabulary.UNLESS_NOTICE.search(text[: d.start + 90])
        ]
        unless = self._first(vocabulary.UNLESS_NOTICE) or refuse
        if not tied:
            if (
                unless is None
                or not (auto and search(r"\bunless\b|\brefus|\bobject|\bnotice|\bnotif", text))
                or search(
                    r"\bunless (?:sooner |earlier |otherwise |it is )*(?:terminated|cancell?ed)\b(?![^.;]{0,60}notice)",
                    text[unless.start() : unless.start() + 60],
                )
            ):
                return []
            marks = {"placeholder"} if self._first(vocabulary.BLANK, unless.start()) else {"no_deadline"}
            return [Said(Topic.REFUSAL, unless.start(), unless.end(), holder=self._holder(unless.end()), marks=frozenset(marks))]
        d = min(tied, key=lambda x: (x.value is None, not vocabulary.AT_EXPIRY.search(text[x.end : x.end + 60]), x.start))
        marks = set()
        window = None
        if d.value is None:
            marks.add("placeholder")
        others = [
            x
            for x in tied
            if x is not d
            and x.days is not None
            and search(r"(?:more|earlier|sooner) than(?: \w+)? ?$", text[max(0, x.start - 24) : x.start])
        ]
        if search(r"(?:more|earlier|sooner) than(?: \w+)? ?$", text[max(0, d.start - 24) : d.start]) and not search(
            r"\bno(?:t)? later than ?$", text[max(0, d.start - 24) : d.start]
        ):
            lesser = [x for x in tied if x is not d]
            if lesser:
                others, d = [d], lesser[0]
        if others and others[0].days is not None and d.days is not None:
            window = abs(others[0].days - d.days)
        elif search(r"\bwithin (?:the )?(?:last |final )?\(?$", text[max(0, d.start - 24) : d.start]) and d.days is not None:
            window = d.days
        if search(r"\b(?:for|upon|on) (?:reasonable|just|good|due) (?:grounds?|cause|reasons?)\b", text):
            marks.add("needs_reason")
        if search(r"\b(?:consent|agreement) of the other\b", text):
            marks.add("consent")
        return [
            Said(
                Topic.REFUSAL,
                d.start,
                d.end,
                duration=d,
                days=d.days,
                holder=self._holder(unless.end() if unless else d.start),
                marks=frozenset(marks),
                window_days=window,
            )
        ]

    def _tentative(self) -> list[Said]:
        """A notice tied to the end of the term where renewal is not spoken of: "such notice must be given 90 days before expiry"."""
        text = self.text
        if not contains_any(vocabulary.CLOSE_OF, text):
            return []
        if not search(r"\bnotices?\b|\bnotif", text) or search(r"\bcure|\bbreach|\bdefault|\binsolv", text):
            return []
        if self._first(vocabulary.RENEW_WORD) and search(r"\boption\b|\bmay\b[^.;]{0,40}\b(?:renew|exten)", text):
            return []
        for d in self.durations:
            if self.roles[d] == "notice" and d.days is not None and vocabulary.TERM_END.search(text[max(0, d.start - 160) : d.end + 120]):
                return [Said(Topic.REFUSAL, d.start, d.end, duration=d, days=d.days, holder=self._holder(d.start), strength=1)]
        return []

    def _holder(self, at: int) -> str:
        """Who acts near ``at``: "mutual", a label, or "" when nobody is named. The words before come first."""
        window = self.text[max(0, at - 170) : at + 60]
        best: tuple[int, str] = (-1, "")
        cut = min(at, 170)
        for m in vocabulary.EITHER_OF.finditer(window, 0, cut + 45):
            if any(True for label in self.labels for _ in places(label, m[0])):
                return "mutual"  # "either the Customer or Acme": also where the other name is not known as a party's
        for m in vocabulary.MUTUAL.finditer(window):
            if m.start() <= cut + 45 and m.start() > best[0] and not m[0].startswith(("other party", "the parties", "parties")):
                best = (m.start(), "mutual")
        for label in self.labels:
            for start in places(label, window):
                if start > best[0] and start <= cut + 45 and not window.endswith(("to ", "to the "), 0, start):
                    best = (start, label)
        if not best[1] and vocabulary.MUTUAL.search(window):
            return "mutual"
        return best[1]

    # -- exits
    def _exits(self) -> list[Said]:
        text = self.text
        found: list[tuple[re.Match[str], int, int, Callable[[], str], bool]] = []
        for m in vocabulary.CAN_END.finditer(text):
            if text[: m.start("verb")].endswith("be "):
                continue
            found.append((m, m.start("verb"), m.end("verb"), partial(self._who_before, m.start()), False))
        for m in vocabulary.BE_ENDED.finditer(text):
            until = search(r"\b(?:until|unless)\b[^.;]{0,60}$", text[max(0, m.end("verb") - 80) : m.end("verb")]) is not None
            if m[0].startswith(("is", "be", "shall")) and not until and "able" not in m["verb"]:
                continue
            if until and not search(r"^(?: earlier)?[^.;]{0,80}\bnotice\b", text[m.end() :]):
                continue
            found.append((m, m.start("verb"), m.end("verb"), partial(self._who_by, m.end()), True))
        ends = "until " in text or "unless " in text
        for m in vocabulary.UNTIL_BY.finditer(text) if ends else ():
            if not any(f[1] == m.start("verb") for f in found) and search(r"\bnotice\b", text[m.start("who") : m.end() + 90]):
                found.append((m, m.start("verb"), m.end("verb"), partial(self._who, m["who"]), True))
        for m in vocabulary.UNTIL_ENDS.finditer(text) if ends else ():
            found.append((m, m.start("who"), m.end(), partial(self._who, m["who"]), True))
        said: list[Said | None] = []
        for m, start, end, who, passive in found:
            denied = vocabulary.DENIED.search(text[max(0, start - 90) : start]) is not None
            if denied and not vocabulary.EXCEPTED.search(text, end):
                continue
            rest = text[end : end + 320]
            cut = search(r";" if denied else vocabulary.EXIT_STOPS, rest)
            rest = rest[: cut.start()] if cut else rest
            close = vocabulary.TERM_END.search(rest[:140])
            if close and "any time" not in rest and not search(r"\bnot\b[^.;,]{0,20}$", rest[: close.start()]):
                continue  # at the end of the term: a refusal, no exit
            if passive and "any time" not in rest and vocabulary.RENEWED_UNLESS.search(text[max(0, start - 300) : start]):
                continue
            if (vocabulary.NOT_AGREEMENT.match(rest) and not _AGREEMENT_SOON.search(rest)) or vocabulary.PART_OF_IT.match(rest):
                continue
            if passive and self._of_another(start):
                continue
            lead_from = max(
                text.rfind(";", 0, m.start()),
                text.rfind(" provided", 0, m.start()),
                max((x.start() for x in self._each(vocabulary.LIST_MARK, 0, m.start())), default=0),
                m.start() - 600,
                0,
            )
            lead = text[lead_from : m.start()]
            if not (_WHAT_ENDS.search(rest[:160]) or (passive and _WHAT_IS_ENDED.search(lead)) or self.under):
                continue
            said.append(self._exit(start, end, rest, lead, who))
        return [s for s in said if s is not None]

    def _notices_due(self) -> list[Said]:
        """Exits that a duty to give notice supposes."""
        text, said = self.text, []
        for m in vocabulary.NOTICE_DUE.finditer(text):
            notice = next((d for d in self.durations if m.start() - 60 <= d.start < m.end() + 60 and self.roles[d] == "notice"), None)
            lead, rest = text[max(0, m.start() - 300) : m.start()], text[m.end() : m.end() + 200]
            if notice is None or vocabulary.LEAD_CONDITION.search(lead):
                continue
            if vocabulary.RENEWED_UNLESS.search(lead) and "any time" not in rest:
                continue
            if vocabulary.CONDITION.search(rest) and not vocabulary.CONVENIENCE.search(rest):
                continue
            if vocabulary.TERM_END.search(rest) or vocabulary.NOT_AGREEMENT.match(rest):
                continue
            if self.under or _AGREEMENT_OR_TERM.search(text):
                who = self._who(m["who"] or m["giver"] or m["gives"] or "")
                said.append(Said(Topic.EXIT, notice.start, notice.end, duration=notice, days=notice.days, holder=who))
        for m in self._each(vocabulary.ENDS_ON_NOTICE):
            notice = next((d for d in self.durations if m.start() <= d.start < m.end() and self.roles[d] == "notice"), None)
            rest = vocabulary.LEGAL_CAVEAT.sub("", text[m.end() : m.end() + 160])
            lead = text[max(0, m.start() - 300) : m.start()]
            ground = vocabulary.CONDITION.search(m[0]) or vocabulary.CONDITION.search(rest) or vocabulary.LEAD_CONDITION.search(lead)
            who = self._who(m["giver"] or m["sender"])
            if notice and who and not (ground or vocabulary.TERM_END.search(rest) or vocabulary.NOT_AGREEMENT.match(rest)):
                said.append(Said(Topic.EXIT, notice.start, notice.end, duration=notice, days=notice.days, holder=who))
        return said

    def _exit(self, start: int, end: int, rest: str, lead: str, who: Callable[[], str]) -> Said | None:
        """The exit at a verb, by its kind: at will, for a ground, or because the world has changed."""
        text = self.text
        free = vocabulary.CONVENIENCE.search(rest) or vocabulary.CONVENIENCE.search(text[max(0, start - 60) : start])
        listed = match(
            r".*\b(?:by|upon|on|after|giving|provided that|with)(?: (?:both|each) of the following)?:$", rest
        )  # the items say how
        ground = vocabulary.CONDITION.search(rest, 0, len(rest) - bool(listed)) or vocabulary.LEAD_CONDITION.search(lead)
        if (
            free
            and ground
            and search(r"any reason|convenience|without cause|no reason|with or without|at will|no cause", free[0])
            and not search(r"\bif\b|\bin the event\b|\bunless\b", rest[: max(0, rest.find(free[0]))])
        ):
            later = vocabulary.CONDITION.search(rest[: rest.find(free[0]) + 120] if free[0] in rest else "")
            if later is None or match(
                r"pursuant|in accordance|provided|with respect|as |subject|material|for cause|breach|default", later[0]
            ):
                ground = None
        if ground:
            if vocabulary.CHANGE.search(lead + rest):
                return Said(Topic.CHANGE_EXIT, start, end, holder=who())
            return Said(Topic.BREACH_EXIT, start, end, holder=who())
        notice = next((d for d in self.durations if end <= d.start < end + len(rest) and self.roles[d] == "notice"), None)
        if notice is None:
            notice = next(
                (
                    d
                    for d in self.durations
                    if start - 170 <= d.start < start
                    and self.roles[d] == "notice"
                    and search(r"\bupon|\bon\b|\bby\b|\bgiving", text[max(0, d.start - 40) : d.start])
                ),
                None,
            )
        if notice is None and free is None and ground is None and _ON_NOTICE.search(rest) and _BY_EITHER.match(text[:start]):
            return Said(Topic.EXIT, start, end, days=0.0, holder=who())  # both may, upon written notice, and nothing else is said
        if notice is None and free is None:
            blank = self._may(vocabulary.BLANK) and vocabulary.BLANK.search(rest)
            if not (blank and search(r"\bnotice\b", rest)):
                return None
        marks = set()
        if vocabulary.FEE.search(text[end : end + 320].split(";")[0]) or vocabulary.FEE.search(lead[-80:]):
            marks.add("fee")
        if (notice is not None and notice.value is None) or (notice is None and vocabulary.BLANK.search(rest[:160])):
            marks.add("placeholder")
        if search(r"\bconsent\b|\bmutual(?:ly)?\b|\bboth parties\b|\bagreement of\b", rest[:120] + lead[-60:]):
            marks.add("consent")
        days = notice.days if notice is not None else (None if listed or "placeholder" in marks else 0.0)
        after = None
        for d in self.durations:
            if (
                d is not notice
                and start - 200 <= d.start <= end + len(rest)
                and vocabulary.AFTER_TIME.search(text[max(0, d.start - 70) : d.start])
            ):
                after = d.months
        for a in self._each(vocabulary.ANNIVERSARY, max(0, start - 200), end + len(rest)):
            n = ordinal(a["n"])
            if n and vocabulary.AFTER_TIME.search(text[max(0, a.start() - 70) : a.start()]):
                after = 12.0 * n
        first_year = search(
            r"\b(?:after|following|upon) (?:the )?(?:(?:end|expiry|expiration|completion|conclusion) of (?:the |its )?)?"
            r"(?:(?P<i>initial term|initial period)|(?P<o>\w+) (?:contract )?year)\b",
            rest + lead,
        )
        if first_year and after is None:
            after = 12.0 * (vocabulary.ORDINALS.get(first_year["o"], 1)) if first_year["o"] else AFTER_TERM
        return Said(Topic.EXIT, start, end, duration=notice, days=days, holder=who(), marks=frozenset(marks), after_months=after)

    def _who_by(self, at: int) -> str:
        """The party after the next "by", if it is not far."""
        by = self._first(vocabulary.BY_WHOM, at)
        return self._who(by["who"]) if by and by.start() - at < 120 else ""

    def _who_before(self, at: int) -> str:
        return self._who(self.text[max(0, at - 90) : at], last=True)

    def _who(self, words: str, *, last: bool = False) -> str:
        hits = [(m.start(), "mutual") for m in vocabulary.MUTUAL.finditer(words)]
        hits += [(start, label) for label in self.labels for start in places(label, words)]
        if (
            last
            and search(r"(?:^|[\s,;])[\w.'-]+,? (?:or|and|and/or) (?:the )?[\w.'-]+ ?(?:each|both)? ?$", words)
            and not search(r"\b(?:notice|and|or) (?:this|it|that|such)\b", words[-40:])
        ):
            return "mutual"
        if not hits:
            return ""
        hits.sort()
        if not last and len({h[1] for h in hits[:2]}) == 2 and search(r"\bor\b|\band\b", words):
            return "mutual"
        if last and search(rf"(?:^|[\s,;])[\w.'-]+,? (?:or|and|and/or) (?:the )?{re.escape(hits[-1][1])} ?(?:each|both)? ?$", words):
            return "mutual"
        if (
            last
            and len(hits) > 1
            and hits[-1][1] != hits[-2][1]
            and search(r"\b(?:or|and)\b", words[hits[-2][0] : hits[-1][0]])
            and hits[-1][0] - hits[-2][0] < 40
        ):
            return "mutual"
        return hits[-1][1] if last else hits[0][1]

    # -- the rest
    def _others(self) -> list[Said]:
        text, said = self.text, []
        ending = None
        if self.kinds & Matter.ENDING and (
            self.under
            or contains_any(vocabulary.FINISHES[:-1], text)  # "terminat" alone says it only where it follows on something
            or self._first(vocabulary.ENDS_THEN) is not None
        ):
            ending = self._first(vocabulary.ENDING)
        if ending and self._first(vocabulary.MODAL) and (self.under or _AGREEMENT_OR_TERM.search(text)):
            said.append(Said(Topic.ENDING, ending.start(), ending.end()))
        act = self._first(vocabulary.REVIEW_ACT) if self.kinds & Matter.REVIEW else None
        when = self._first(vocabulary.REVIEW) if act else None
        if (
            when
            and act
            and abs(when.start() - act.start()) < 220
            and self._first(vocabulary.REVIEW_OBJECT)
            and search(r"\b(?:shall|will|agree|must|meet)\b", text)
            and not search(
                r"\b(?:audit|inspect\w*|invoices?|books|records|forecasts?|confidential\w*|unenforceab\w*|invalid\w*|"
                r"publicity|press|releases?|announcements?|publication|copies|complian\w+ with)\b",
                text,
            )
        ):
            interval = next((d.months for d in self.durations if search(r"\bevery ?$", text[max(0, d.start - 8) : d.start])), None)
            if interval is None:
                interval = (
                    3.0
                    if "quarter" in when[0]
                    else 6.0
                    if when[0].startswith("semi")
                    else 12.0
                    if match(r"annual|yearly|each|every|once|anniv", when[0])
                    else None
                )
            said.append(
                Said(
                    Topic.REVIEW,
                    min(when.start(), act.start()),
                    max(when.end(), act.end()),
                    months=interval,
                    marks=frozenset() if interval else frozenset({"no_interval"}),
                )
            )
        orders = self._first(vocabulary.ORDERS) if self.kinds & Matter.ORDERS else None
        expiry = self._first(vocabulary.EXPIRY) if orders else None
        finish = expiry or (self._first(vocabulary.TERMINATION) if orders else None)
        if (
            orders
            and finish
            and self._first(vocabulary.ORDERS_ACT)
            and abs(orders.start() - finish.start()) < 300
            and not self._first(vocabulary.CAN_END)
        ):
            said.append(
                Said(
                    Topic.ORDERS,
                    min(orders.start(), finish.start()),
                    max(orders.end(), finish.end()),
                    "full" if expiry and "inventor" not in orders[0] else "partial",
                )
            )
        cap = self._first(vocabulary.CAP) if self.kinds & Matter.CAP else None
        if cap and search(r"renewals?\b|extensions?\b|\btotal term|\baggregate term|\bcombined", cap[0]):
            said.append(self._cap(cap))
        rolling = self._first(vocabulary.ROLLING) if self.kinds & Matter.ROLLING else None
        if rolling:
            said.append(Said(Topic.ROLLING, rolling.start(), rolling.end()))
        minimum = self._first(vocabulary.MINIMUM) if self.kinds & Matter.MINIMUM else None
        if minimum:
            said.append(Said(Topic.MINIMUM, minimum.start(), minimum.end()))
        prevail = self._first(vocabulary.PREVAIL) if self.kinds & Matter.PRECEDENCE else None
        if prevail and (self._first(vocabulary.PREVAIL_WHERE) or (self._first(vocabulary.ANNEX) and search(r"\bover\b|\bprevail", text))):
            head = text[: prevail.start()]
            last_annex = max((m.start() for m in vocabulary.ANNEX.finditer(head)), default=-1)
            last_body = max((m.start() for m in vocabulary.BODY.finditer(head)), default=-1)
            said.append(
                Said(
                    Topic.PRECEDENCE,
                    prevail.start(),
                    prevail.end(),
                    "" if last_annex == last_body else "annex" if last_annex > last_body else "body",
                )
            )
        return said


ENGLISH_PERIODS = EnglishPeriods()
