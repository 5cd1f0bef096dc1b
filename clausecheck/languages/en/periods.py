"""English wording of terms: how long an agreement binds, how it is renewed, refused and left.

Works on one folded sentence (lower case, single blanks). Every duration and date gets a role from the words beside it
(the term itself, a renewal, a notice, something else); the subject must be this agreement, so a sentence that speaks of
secrecy, a warranty, an order or a license gives nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from clausecheck.languages.base import DateMention
from clausecheck.languages.en import period_words as vocabulary
from clausecheck.languages.en.term_length import MAX, LengthReader, contains_any, ordinal
from clausecheck.languages.periods import Quantities, Said, Topic


def _with_loose(text: str, dates: Sequence[DateMention]) -> list[DateMention]:
    """The dates, and those a scan or a filing has broken up: "15t h day of january 2018", "april 15 , 2010"."""
    found = [d for d in dates if d.date is not None]
    for m in vocabulary.LOOSE_DATE.finditer(text):
        if any(d.start < m.end() and m.start() < d.end for d in found):
            continue
        month = vocabulary.MONTHS.index((m["m1"] or m["m2"])[:3]) + 1
        try:
            found.append(DateMention(m.start(), m.end(), dt.date(int(m["y1"] or m["y2"]), month, int(m["d1"] or m["d2"]))))
        except ValueError:
            continue
    found += [d for d in dates if d.date is None and not any(x.start < d.end and d.start < x.end for x in found)]
    return sorted(found, key=lambda d: d.start)


class EnglishPeriods:
    """See ``clausecheck.languages.periods.Periods``."""

    def may_speak(self, text: str) -> bool:
        return vocabulary.MAY_SPEAK.search(text) is not None

    def heading(self, heading: str) -> bool:
        return vocabulary.HEADING.match(heading) is not None

    def dates_something(self, text: str) -> bool:
        return vocabulary.DATES_SOMETHING.search(text) is not None

    def common_start(self, name: str) -> bool:
        return (
            re.search(r"\b(?:effective|commencement|start|starting|execution|signing|agreement|contract)(?: \w+)? ?date", name) is not None
        )

    def read(self, sentence: str, find: Quantities, *, under_heading: bool, labels: Sequence[str]) -> list[Said]:
        reader = _Reader(sentence[:MAX], find, under_heading, labels)
        return sorted(reader.all(), key=lambda s: (s.start, s.end, s.topic))

    def named_dates(self, sentence: str, dates: Sequence[DateMention]) -> dict[str, dt.date | str | None]:
        found: dict[str, dt.date | str | None] = {}
        dates = _with_loose(sentence, dates)
        label = next((m for m in vocabulary.DATE_LABEL.finditer(sentence) if m.start() == 0 or sentence[m.end() - 1] == ":"), None)
        places = [(m[1], m.start(), m.end()) for m in vocabulary.DATES_PLACE.finditer(sentence)]
        if label and not any(a <= label.start("name") <= b for _, a, b in places):
            places.insert(0, (label["name"], label.start("name"), label.end()))
        for name, start, end in places:
            after = sentence[end : end + 160]
            if re.match(r",? ?(?:shall |will )?(?:ha(?:s|ve)|is|be) (?:the )?(?:meaning|defin|set forth|as )|,? ?has the", after):
                continue
            defines = re.match(r"[ ,:]{0,3}(?:\([^)]{0,60}\) )?(?:shall |will )?(?:mean|means|is\b|be\b|:|-)", after) is not None or (
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
        if vocabulary.MADE.search(sentence) and vocabulary.DAY_BLANK.search(sentence):
            return True, None
        return False, None


class _Reader(LengthReader):
    """One sentence being read."""

    def all(self) -> list[Said]:
        text = self.text
        said: list[Said] = []
        if (contains_any(vocabulary.LENGTHS, text) and contains_any(vocabulary.LASTING, text)) or (
            contains_any(vocabulary.STRICT, text) and contains_any(vocabulary.DAYS, text)
        ):
            said += self._term()
        renewal: list[Said] = []
        if contains_any(vocabulary.RENEWS, text):
            renewal = self._renewal()
            said += renewal
        if renewal or contains_any(vocabulary.NOTICES, text):
            said += self._refusal(bool(renewal) and renewal[0].form != "none", renewal)
        if contains_any(vocabulary.ENDS, text) and contains_any(vocabulary.RIGHTS, text):
            said += self._exits()
        said += self._others()
        return said

    # -- renewal
    def _renewal(self) -> list[Said]:
        text = self.text
        words = [
            m for m in vocabulary.RENEW_WORD.finditer(text) if not vocabulary.RENEW_FOREIGN.search(text[max(0, m.start() - 60) : m.start()])
        ]
        if not words or re.search(r"\bha(?:s|ve) the meaning\b", text):
            return []
        if not any(self._renews_this(w) for w in words) or (
            not re.search(r"\brenew|month[- ]to|year[- ]to|\bautomatic", text)
            and any(vocabulary.DELAY.search(text[w.start() : w.end() + 120]) for w in words)
        ):
            return []
        words = [w for w in words if self._renews_this(w)]
        first = words[0].start()
        lengths = [d for d in self.durations if self.roles[d] == "renewal" and (d.days is None or d.days >= 7)]
        if not lengths and re.search(r"\b(?:one day|a day|day) for (?:each|every)\b", text):  # the time of a delay is added
            return []
        none = vocabulary.NO_RENEWAL.search(text)
        if (
            none
            and not vocabulary.UNLESS_TAIL.search(text[: none.start()])
            and not re.search(r"\b(?:may|option|automatically|right to)\b[^.;]{0,30}$", text[: none.start()])
            and not lengths
        ):
            return [Said(Topic.RENEWAL, none.start(), none.end(), "none")]
        form, place = self._renewal_form(first)
        if not form:
            return []
        months: float | None = None
        marks: set[str] = set()
        duration = None
        yearly = vocabulary.WORD_YEAR.search(text)
        if lengths and not (yearly and re.search(r"\b(?:up to|maximum of) ?\(?$", text[max(0, lengths[0].start - 14) : lengths[0].start])):
            duration = lengths[0]
            months = duration.months
            if duration.value is None:
                marks.add("placeholder")
        elif yearly or re.search(
            r"\b(?:renew|exten)\w*[^.;]{0,30}\b(?:each year|every year|annually|yearly|year by year|for (?:a|"
            r"another) year)\b|\bannual(?:ly)? renew|\byearly renew",
            text,
        ):
            months = 12.0
        elif vocabulary.WORD_MONTH.search(text):
            months = 1.0
        elif re.search(
            r"\b(?:same|like|equal|identical|similar|equivalent) (?:\w+ )?(?:period|term|duration|"
            r"length)s?\b(?<!same terms)|\bequal (?:in (?:length|duration) )?to the (?:initial|original|previous|"
            r"prior|then)",
            text,
        ):
            marks.add("same_length")
        elif vocabulary.BLANK.search(text[first:]):
            marks.add("placeholder")
        said = [
            Said(
                Topic.RENEWAL,
                place.start(),
                place.end(),
                form,
                duration=duration,
                months=months,
                strength=3 if self.under or re.search(rf"\b(?:{vocabulary.AGR}|term)\b", text) else 1,
                marks=frozenset(marks),
                holder=self._holder(place.start()) if form == "option" else "mutual",
            )
        ]
        cap = vocabulary.COUNTED.search(text) or vocabulary.CAP.search(text)
        if cap is None and form != "auto":
            cap = re.search(
                r"\b(?:for|of) (?:an|one|a single) (?:additional|further|extra) (?:term |"
                r"period )?(?:of )?[^.;,]{0,24}\b(?:year|month)s?\b(?: term| period)?(?!s)",
                text,
            )
        if cap and form in ("auto", "option", "agreement"):
            total = next((d for d in self.durations if cap.start() <= d.start <= cap.end() + 40 and self.roles[d] != "renewal"), None)
            said.append(
                Said(
                    Topic.CAP,
                    cap.start(),
                    cap.end(),
                    "total" if total and vocabulary.CAP.search(text) else "count",
                    months=total.months if total else None,
                )
            )
        return said

    def _renews_this(self, word: re.Match[str]) -> bool:
        """The word renews or extends this agreement or its term: said beside it, or by the clause's heading."""
        if re.search(r"\bnotwithstanding [^,;]{0,80}$", self.text[: word.start()]) or re.match(
            r"^[^.;,]{0,30}\bof the (?:lease|license)\b", self.text[word.end() : word.end() + 50]
        ):
            return False
        if (re.match(r"evergreen$", word[0]) and not self.under) or re.search(r"\b(?:not|decline|refuse) to $", self.text[: word.start()]):
            return False
        if re.search(
            r"\b(?:confidential\w*|secrecy|warrant\w*|patents?|non-?compet\w*|insurance|lease)\b[^.;,]{0,60}$",
            self.text[max(0, word.start() - 80) : word.start()],
        ):
            return False
        if (
            re.search(r"thereafter$|^indefinite|^automatically|indefinitely", word[0])
            and not any(d.start < word.start() for d in self.durations)
            and not re.search(r"\binitial|\d{4}|\bexpir", self.text[: word.start()])
        ):
            return False
        if re.match(r"extends?$", word[0]) and re.match(
            r"^ (?:to (?!(?:january|february|march|april|may|june|july|august|september|october|november|"
            r"december)\b)|upon|its|over|only|throughout|best|credit|beyond)",
            self.text[word.end() : word.end() + 20],
        ):
            return False
        if re.match(r"(?:renewals?|extensions?|successive|non-?renew\w*)$", word[0]):
            near = self.text[max(0, word.start() - 70) : word.end() + 70]
            if not (
                vocabulary.AUTO.search(near)
                or re.search(r"\boptions?\b|\bright|\bmutual|\bno \b|\bnot\b|\bsubject to\b|\brenewed|\bextended|\bagree", near)
            ):
                return False
        before, after = self.text[max(0, word.start() - 130) : word.start()], self.text[word.end() : word.end() + 70]
        if vocabulary.RENEW_BEFORE.search(before) or vocabulary.RENEW_AFTER_WORD.match(after):
            return True
        return self.under and (bool(self.durations) or re.search(r"\bautomatic", self.text) is not None)

    def _renewal_form(self, first: int) -> tuple[str, re.Match[str]]:
        text = self.text
        word = vocabulary.RENEW_WORD.search(text, first)
        assert word is not None
        if re.search(r"indefinitely (?:after that|thereafter)", text):
            return "auto", word
        for auto in vocabulary.AUTO.finditer(text):
            if not (
                auto[0].startswith("automatic")
                and re.search(r"\b(?:no|not|any|without|non)[- ]$", text[max(0, auto.start() - 9) : auto.start()])
            ):
                return "auto", auto
        for pattern in (vocabulary.AUTO_UNLESS, vocabulary.BARE_UNLESS, vocabulary.UNLESS_AUTO, vocabulary.YEARLY):
            m = pattern.search(text)
            if (
                m
                and not re.search(r"\bmay\b|\boption\b|\bmutual", m[0][:60])
                and re.search(r"renew|exten|additional|successive|year[- ]to|month[- ]to|further|another|same|thereafter|prolong", m[0])
            ):
                if re.search(r"\b(?:unless|until)(?: \w+){0,3}? (?:sooner|earlier)", m[0]) and not re.search(
                    r"renew\w*|successive|additional", m[0][:120]
                ):
                    continue
                return "auto", m
        agreed, option, plain = (
            vocabulary.AGREED.search(text, max(0, first - 160)),
            vocabulary.OPTION.search(text, max(0, first - 120)),
            vocabulary.AUTO_PLAIN.search(text),
        )
        if re.match(r"(?:renew(?:al)?s?|extension)$", word[0]) and not (agreed or option or plain):
            return "", word
        if re.search(r"\b(?:unless|until|or|if)(?: \w+){0,5}? $", text[max(0, first - 60) : first]) and not agreed:
            return "", word
        if (
            option
            and re.search(r"\boptions?\b|\brights? to\b|\bat its\b|\bentitled\b|\belect", text)
            and not re.search(r"\bmutual|\bboth parties|\bwritten agreement|\bagreed to by\b", text)
        ):
            return "option", option
        if agreed:
            return "agreement", agreed
        if plain:
            return "auto", plain
        if option and re.search(r"\bmay\b(?! be)[^.;]{0,60}\b(?:renew|exten)", text):
            return "option", option
        if option and re.search(r"\b(?:may|can)(?: \w+)? be (?:renewed|extended)|\brenewable\b|\bextendable\b", text):
            return "agreement", option
        return "", word

    def _refusal(self, renewing: bool, renewal: Sequence[Said]) -> list[Said]:
        text = self.text
        auto = any(s.form == "auto" for s in renewal)
        refuse = vocabulary.REFUSE.search(text)
        context = auto or (refuse is not None and re.search(r"\brenew|\bexten", text) is not None)
        if not context:
            return self._tentative()
        notices = [d for d in self.durations if self.roles[d] == "notice"]
        tied = [
            d
            for d in notices
            if vocabulary.AT_EXPIRY.search(text[d.end : d.end + 110])
            or vocabulary.REFUSE.search(text[max(0, d.start - 160) : d.end + 160])
            or vocabulary.UNLESS_NOTICE.search(text[: d.start + 90])
        ]
        unless = vocabulary.UNLESS_NOTICE.search(text) or refuse
        if not tied:
            if (
                unless is None
                or not (auto and re.search(r"\bunless\b|\brefus|\bobject|\bnotice|\bnotif", text))
                or re.search(
                    r"\bunless (?:sooner |earlier |otherwise |it is )*(?:terminated|cancell?ed)\b(?![^.;]{0,60}notice)",
                    text[unless.start() : unless.start() + 60],
                )
            ):
                return []
            marks = {"placeholder"} if vocabulary.BLANK.search(text[unless.start() :]) else {"no_deadline"}
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
            and re.search(r"(?:more|earlier|sooner) than(?: \w+)? ?$", text[max(0, x.start - 24) : x.start])
        ]
        if re.search(r"(?:more|earlier|sooner) than(?: \w+)? ?$", text[max(0, d.start - 24) : d.start]) and not re.search(
            r"\bno(?:t)? later than ?$", text[max(0, d.start - 24) : d.start]
        ):
            lesser = [x for x in tied if x is not d]
            if lesser:
                others, d = [d], lesser[0]
        if others and others[0].days is not None and d.days is not None:
            window = abs(others[0].days - d.days)
        elif re.search(r"\bwithin (?:the )?(?:last |final )?\(?$", text[max(0, d.start - 24) : d.start]) and d.days is not None:
            window = d.days
        if re.search(r"\b(?:for|upon|on) (?:reasonable|just|good|due) (?:grounds?|cause|reasons?)\b", text):
            marks.add("needs_reason")
        if re.search(r"\b(?:consent|agreement) of the other\b", text):
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
        if not re.search(r"\bnotices?\b|\bnotif", text) or re.search(r"\bcure|\bbreach|\bdefault|\binsolv", text):
            return []
        if vocabulary.RENEW_WORD.search(text) and re.search(r"\boption\b|\bmay\b[^.;]{0,40}\b(?:renew|exten)", text):
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
        for m in vocabulary.MUTUAL.finditer(window):
            if m.start() <= cut + 45 and m.start() > best[0] and not m[0].startswith(("other party", "the parties", "parties")):
                best = (m.start(), "mutual")
        for label in self.labels:
            for m in re.finditer(rf"(?<!to )(?<!to the )\b{re.escape(label)}\b", window):
                if m.start() > best[0] and m.start() <= cut + 45:
                    best = (m.start(), label)
        if not best[1] and vocabulary.MUTUAL.search(window):
            return "mutual"
        return best[1]

    # -- exits
    def _exits(self) -> list[Said]:
        text, found = self.text, []
        for m in vocabulary.CAN_END.finditer(text):
            if text[: m.start("verb")].endswith("be "):
                continue
            found.append((m, m.start("verb"), m.end("verb"), self._who_before(m.start()), False))
        for m in vocabulary.BE_ENDED.finditer(text):
            by = vocabulary.BY_WHOM.search(text, m.end())
            who = self._who(by["who"]) if by and by.start() - m.end() < 120 else ""
            until = re.search(r"\b(?:until|unless)\b[^.;]{0,60}$", text[: m.end("verb")]) is not None
            if m[0].startswith(("is", "be", "shall")) and not until and "able" not in m["verb"]:
                continue
            if until and not re.search(r"^(?: earlier)?[^.;]{0,80}\bnotice\b", text[m.end() :]):
                continue
            found.append((m, m.start("verb"), m.end("verb"), who, True))
        for m in re.finditer(r"\b(?:until|unless) (?:\w+ ){0,3}?(?P<verb>terminated|cancell?ed) by (?P<who>[^,;.]{2,60})", text):
            if not any(f[1] == m.start("verb") for f in found) and re.search(r"\bnotice\b", text[m.start("who") : m.end() + 90]):
                found.append((m, m.start("verb"), m.end("verb"), self._who(m["who"]), True))
        for m in re.finditer(
            r"\buntil (?P<who>(?:either|any|one|a) party|\w+) (?:terminates|cancels|gives|informs|notifies|serves)\b", text
        ):
            found.append((m, m.start("who"), m.end(), self._who(m["who"]), True))
        said = []
        for m, start, end, who, passive in found:
            rest = text[end : end + 320]
            cut = re.search(r";|\bprovided\b|\bexcept\b", rest)
            rest = rest[: cut.start()] if cut else rest
            if vocabulary.TERM_END.search(rest[:140]) and "any time" not in rest:  # at the end of the term: a refusal, no exit
                continue
            if vocabulary.NOT_AGREEMENT.match(rest) and not re.search(rf"^[^.;]{{0,60}}\b{vocabulary.AGR}\b", rest):
                continue
            lead_from = max(
                text.rfind(";", 0, m.start()),
                text.rfind(" provided", 0, m.start()),
                max((x.start() for x in vocabulary.LIST_MARK.finditer(text, 0, m.start())), default=0),
                m.start() - 600,
                0,
            )
            lead = text[lead_from : m.start()]
            if not (
                re.search(rf"\b(?:{vocabulary.AGR}|term|appointment)\b|\bsame\b|\bhereunder\b", rest[:160])
                or (passive and re.search(rf"\b{vocabulary.AGR}\b|\bit\b|\bterm\b", lead))
                or self.under
            ):
                continue
            said.append(self._exit(start, end, rest, lead, who))
        return [s for s in said if s is not None]

    def _exit(self, start: int, end: int, rest: str, lead: str, who: str) -> Said | None:
        text = self.text
        notice = next((d for d in self.durations if end <= d.start < end + len(rest) and self.roles[d] == "notice"), None)
        if notice is None:
            notice = next(
                (
                    d
                    for d in self.durations
                    if start - 170 <= d.start < start
                    and self.roles[d] == "notice"
                    and re.search(r"\bupon|\bon\b|\bby\b|\bgiving", text[max(0, d.start - 40) : d.start])
                ),
                None,
            )
        free = vocabulary.CONVENIENCE.search(rest) or vocabulary.CONVENIENCE.search(text[max(0, start - 60) : start])
        ground = vocabulary.CONDITION.search(rest) or vocabulary.LEAD_CONDITION.search(lead)
        if (
            free
            and ground
            and re.search(r"any reason|convenience|without cause|no reason|with or without|at will|no cause", free[0])
            and not re.search(r"\bif\b|\bin the event\b|\bunless\b", rest[: max(0, rest.find(free[0]))])
        ):
            later = vocabulary.CONDITION.search(rest[: rest.find(free[0]) + 120] if free[0] in rest else "")
            if later is None or re.match(
                r"pursuant|in accordance|provided|with respect|as |subject|material|for cause|breach|default", later[0]
            ):
                ground = None
        if ground:
            if vocabulary.CHANGE.search(lead + rest):
                return Said(Topic.CHANGE_EXIT, start, end, holder=who)
            return Said(Topic.BREACH_EXIT, start, end, holder=who)
        if notice is None and free is None:
            blank = vocabulary.BLANK.search(rest)
            if not (blank and re.search(r"\bnotice\b", rest)):
                return None
        marks = set()
        if vocabulary.FEE.search(text[end : end + 320].split(";")[0]) or vocabulary.FEE.search(lead[-80:]):
            marks.add("fee")
        if (notice is not None and notice.value is None) or (notice is None and vocabulary.BLANK.search(rest[:160])):
            marks.add("placeholder")
        if re.search(r"\bconsent\b|\bmutual(?:ly)?\b|\bboth parties\b|\bagreement of\b", rest[:120] + lead[-60:]):
            marks.add("consent")
        days = notice.days if notice is not None else (None if "placeholder" in marks else 0.0)
        after = None
        for d in self.durations:
            if (
                d is not notice
                and start - 200 <= d.start <= end + len(rest)
                and vocabulary.AFTER_TIME.search(text[max(0, d.start - 70) : d.start])
            ):
                after = d.months
        for a in vocabulary.ANNIVERSARY.finditer(text, max(0, start - 200), end + len(rest)):
            n = ordinal(a["n"])
            if n and vocabulary.AFTER_TIME.search(text[max(0, a.start() - 70) : a.start()]):
                after = 12.0 * n
        first_year = re.search(r"\bafter (?:the )?(?:(?P<i>initial term|initial period)|(?P<o>\w+) (?:contract )?year)\b", rest + lead)
        if first_year and after is None:
            after = 12.0 * (vocabulary.ORDINALS.get(first_year["o"], 1)) if first_year["o"] else -1.0
        return Said(Topic.EXIT, start, end, duration=notice, days=days, holder=who, marks=frozenset(marks), after_months=after)

    def _who_before(self, at: int) -> str:
        return self._who(self.text[max(0, at - 90) : at], last=True)

    def _who(self, words: str, *, last: bool = False) -> str:
        hits = [(m.start(), "mutual") for m in vocabulary.MUTUAL.finditer(words)]
        hits += [(m.start(), label) for label in self.labels for m in re.finditer(rf"\b{re.escape(label)}\b", words)]
        if (
            last
            and re.search(r"(?:^|[\s,;])[\w.'-]+,? (?:or|and|and/or) (?:the )?[\w.'-]+ ?(?:each|both)? ?$", words)
            and not re.search(r"\b(?:notice|and|or) (?:this|it|that|such)\b", words[-40:])
        ):
            return "mutual"
        if not hits:
            return ""
        hits.sort()
        if not last and len({h[1] for h in hits[:2]}) == 2 and re.search(r"\bor\b|\band\b", words):
            return "mutual"
        if last and re.search(rf"(?:^|[\s,;])[\w.'-]+,? (?:or|and|and/or) (?:the )?{re.escape(hits[-1][1])} ?(?:each|both)? ?$", words):
            return "mutual"
        if (
            last
            and len(hits) > 1
            and hits[-1][1] != hits[-2][1]
            and re.search(r"\b(?:or|and)\b", words[hits[-2][0] : hits[-1][0]])
            and hits[-1][0] - hits[-2][0] < 40
        ):
            return "mutual"
        return hits[-1][1] if last else hits[0][1]

    # -- the rest
    def _others(self) -> list[Said]:
        text, said = self.text, []
        ends = "expir" in text or " end" in text or "lapse" in text or "surviv" in text or (
            "terminat" in text and (self.under or vocabulary.ENDS_THEN.search(text) is not None)
        )
        ending = vocabulary.ENDING.search(text) if ends else None
        if ending and vocabulary.MODAL.search(text) and (self.under or re.search(rf"\b(?:{vocabulary.AGR}|term)\b", text)):
            said.append(Said(Topic.ENDING, ending.start(), ending.end()))
        act = (
            vocabulary.REVIEW_ACT.search(text)
            if "review" in text or "negotiat" in text or "revisit" in text or "reopen" in text or "evaluat" in text
            else None
        )
        when = vocabulary.REVIEW.search(text) if act else None
        if (
            when
            and act
            and abs(when.start() - act.start()) < 220
            and vocabulary.REVIEW_OBJECT.search(text)
            and re.search(r"\b(?:shall|will|agree|must|meet)\b", text)
            and not re.search(
                r"\b(?:audit|inspect\w*|invoices?|books|records|forecasts?|confidential\w*|unenforceab\w*|invalid\w*|"
                r"publicity|press|releases?|announcements?|publication|copies|complian\w+ with)\b",
                text,
            )
        ):
            interval = next((d.months for d in self.durations if re.search(r"\bevery ?$", text[max(0, d.start - 8) : d.start])), None)
            if interval is None:
                interval = (
                    3.0
                    if "quarter" in when[0]
                    else 6.0
                    if when[0].startswith("semi")
                    else 12.0
                    if re.match(r"annual|yearly|each|every|once|anniv", when[0])
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
        orders = vocabulary.ORDERS.search(text) if "terminat" in text or "expir" in text or "renew" in text or "end of" in text else None
        expiry = vocabulary.EXPIRY.search(text) if orders else None
        finish = expiry or (vocabulary.TERMINATION.search(text) if orders else None)
        if (
            orders
            and finish
            and vocabulary.ORDERS_ACT.search(text)
            and abs(orders.start() - finish.start()) < 300
            and not vocabulary.CAN_END.search(text)
        ):
            said.append(
                Said(
                    Topic.ORDERS,
                    min(orders.start(), finish.start()),
                    max(orders.end(), finish.end()),
                    "full" if expiry and "inventor" not in orders[0] else "partial",
                )
            )
        cap = vocabulary.CAP.search(text) if "renew" in text or "exten" in text else None
        if cap and re.search(r"renewals?\b|extensions?\b|\btotal term|\baggregate term|\bcombined", cap[0]):
            said.append(Said(Topic.CAP, cap.start(), cap.end(), "count"))
        rolling = vocabulary.ROLLING.search(text) if "order" in text else None
        if rolling:
            said.append(Said(Topic.ROLLING, rolling.start(), rolling.end()))
        minimum = vocabulary.MINIMUM.search(text) if "minimum" in text else None
        if minimum:
            said.append(Said(Topic.MINIMUM, minimum.start(), minimum.end()))
        prevail = (
            vocabulary.PREVAIL.search(text) if "prevail" in text or "control" in text or "preced" in text or "govern" in text else None
        )
        if prevail and (
            vocabulary.PREVAIL_WHERE.search(text) or (vocabulary.ANNEX.search(text) and re.search(r"\bover\b|\bprevail", text))
        ):
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
