"""English sentences read for how long the agreement binds: what each duration and date measures, when the term starts and ends.

The subject must be this agreement: a sentence that speaks of secrecy, a warranty, an order or a license gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from itertools import chain

from clausecheck.languages.base import DateMention, Duration
from clausecheck.languages.en import period_words as vocabulary
from clausecheck.languages.patterns import Gate, around, match, search
from clausecheck.languages.periods import Quantities, Said, Topic

MAX = 2500  # characters of a sentence that are looked at


def ordinal(word: str) -> int | None:
    """The number of an ordinal: "third", "3rd", "twentieth"; None if it is none."""
    digits = match(r"\d{1,2}", word)
    if digits:
        return int(digits[0])
    return vocabulary.ORDINALS.get(word)


WORDS = Gate((vocabulary.MAY_SPEAK, vocabulary.DATES_SOMETHING), (vocabulary.SURELY_SPEAKS, *vocabulary.CHOICES))
SPEAKS, DATES, SPEAKS_SURELY = map(WORDS.bit, (vocabulary.MAY_SPEAK, vocabulary.DATES_SOMETHING, vocabulary.SURELY_SPEAKS))
(
    LENGTHS, STRICT, LASTING, RENEWS, CONTINUES, ONWARD, ENDS, NOTICES, FINISHES, CLOSES, OPEN, REVISES, WHENEVER, PROLONGS,
    LIMITS, ORDERED, LEAST, RANKS, OVER, DAYS, RIGHTS, UNTIL_ENDED, GIVES_NOTICE, OWN_TERM, STARTS, CLOSE_OF,
) = map(WORDS.bit, vocabulary.CHOICES)  # fmt: skip


@cache
def _patterns() -> Gate:
    """Tells in one pass over a sentence which of the patterns that are looked for in all of it may stand there."""
    return Gate(vocabulary.IN_SENTENCES)


_CIRCULAR = re.compile(
    r"\bends? upon (?:the |its )?(?:earlier )?(?:termination|expiration)(?: or (?:termination|expiration))? of (?:this|the) agreement\b"
)
_BEGINS = ("commenc", "begin", "start", "becom", "effect", "force")
_LOOSE_ENDS = (vocabulary.BLANK, vocabulary.EXTERNAL, vocabulary.VAGUE, vocabulary.INDEFINITE)  # beside what UNTIL and NAMED find


def contains_any(words: tuple[str, ...], text: str) -> bool:
    """One of the plain words stands in the text."""
    return any(word in text for word in words)


class LengthReader:
    """One sentence being read for the length of the term: its roles, subjects, end and start."""

    def __init__(self, text: str, find: Quantities, under_heading: bool, labels: Sequence[str], kinds: int) -> None:
        self.text = text
        self.under = under_heading
        self.labels = [label for label in labels if label]
        self._find = find
        self.kinds = kinds
        self._gate = _patterns()

    @cached_property
    def _tried(self) -> int:
        return self._gate.mask(self.text)

    def _may(self, pattern: re.Pattern[str]) -> bool:
        """The pattern may stand in the sentence."""
        return self._tried & self._gate.bit(pattern) != 0

    def _first(self, pattern: re.Pattern[str], start: int = 0) -> re.Match[str] | None:
        return pattern.search(self.text, start) if self._may(pattern) else None

    def _each(self, pattern: re.Pattern[str], start: int = 0, end: int = MAX) -> Iterator[re.Match[str]]:
        return pattern.finditer(self.text, start, end) if self._may(pattern) else iter(())

    @cached_property
    def durations(self) -> list[Duration]:
        return [d for d in self._find.durations if d.end <= MAX]

    @cached_property
    def dates(self) -> list[DateMention]:
        if not (contains_any(vocabulary.YEAR_SIGNS, self.text) and vocabulary.YEAR_FIGURES.search(self.text)):
            return []
        return [d for d in self._find.dates if d.end <= MAX]

    @cached_property
    def roles(self) -> dict[Duration, str]:
        return {d: self._role(d) for d in self.durations}

    def _term(self) -> list[Said]:
        """Start and end: of the first subject that leads to an end, else the start of the first subject."""
        said: list[Said] = []
        subjects = self._subjects()
        first = next(subjects, None)  # most sentences that hold a length or a date speak of something else
        if first is not None:
            for subject in chain((first,), subjects) if self._may_end() else ():
                ends = self._end(*subject)
                if ends:
                    said = ends + self._start(*subject)
                    break
            else:
                said = [
                    x
                    for x in (self._start(*first) if contains_any(_BEGINS, self.text) else ())
                    if search(rf"\b(?:{'|'.join(_BEGINS)})\w*[^.;]{{0,50}}$", self.text[max(0, x.start - 60) : x.start])
                ]
        if not said and " initial" in self.text and (self.under or search(rf"\b{vocabulary.AGR}\b", self.text)):
            for d in self.durations:  # "before expiration of the initial three-year term": said in passing
                before, after = self.text[max(0, d.start - 20) : d.start], self.text[d.end : d.end + 14]
                if d.value is not None and search(r"\binitial,? ?$", before) and match(r"[- ](?:contract )?(?:term|period)\b", after):
                    said.append(Said(Topic.END, d.start, d.end, "duration", duration=d, months=d.months, days=d.days, strength=1))
        if contains_any(vocabulary.END_LABELS, self.text):
            for date in self.dates:
                if (
                    date.date is not None
                    and vocabulary.END_LABEL.search(self.text[max(0, date.start - 40) : date.start])
                    and not any(s.topic is Topic.END for s in said)
                ):
                    said.append(Said(Topic.END, date.start, date.end, "date", date=date.date, strength=2))
        return said

    # -- roles
    def _role(self, d: Duration) -> str:
        """initial | renewal | notice | after_end | other: what a duration measures, from the words beside it."""
        before, after = self.text[max(0, d.start - 160) : d.start], self.text[d.end : d.end + 70]
        if vocabulary.AFTER_END.match(after):
            return "after_end"
        if vocabulary.NOTICE_AFTER.match(after) or vocabulary.NOTICE_BEFORE.search(before[-60:]):
            return "notice"
        if vocabulary.RENEWAL_AFTER.match(after) or (
            vocabulary.RENEWAL_CLOSE.search(before) and not search(r"\binitial\b[^.;,]{0,30}$", before)
        ):
            return "renewal"
        verb = None
        asides = [m.span() for m in vocabulary.RENEWAL_ASIDE.finditer(before + ",")]
        for verb_ in vocabulary.RENEWAL_VERB.finditer(before):
            if not any(a <= verb_.start() < b for a, b in asides):
                verb = verb_
        if match(r"^,? (?:thereafter|after(?:wards)?)\b", after) and search(
            r"\b(?:term|agreement|duration|period)\b[^.;]{0,30}\band (?:for |continuing for |"
            r"continue for )(?:a period of |an additional )?\(?$",
            before,
        ):
            return "after_end"
        if match(r"^,? thereafter\b", after) and search(r"\bterminates\b|\b(?:termination|expiration|end) of\b", before):
            return "after_end"
        if vocabulary.THEREAFTER.search(before) and any(
            x.start < d.start and not vocabulary.NOTICE_AFTER.match(self.text[x.end : x.end + 70]) for x in self.durations
        ):
            return "renewal"
        if search(r"\b(?:additional|further|successive|another)\b", self.text[d.start : d.end]):
            return "renewal"
        if verb is not None and not search(
            r";|\binitial (?:term|period)\b(?: \([^)]*\))? (?:of|is|shall be|will be)|\bcommenc\w+ on|"
            r"\bshall (?:commence|be for|be effective)\b",
            before[verb.end() :],
        ):
            return "renewal"
        if vocabulary.INITIAL_BEFORE.search(before[-90:]):
            return "initial"
        return "other"

    @cached_property
    def _named_ends(self) -> list[re.Match[str]]:
        """Named dates that are an end by their name: "the expiration date"."""
        return [m for m in self._each(vocabulary.NAMED) if search(r"expir|terminat|end|completion", m["name"])]

    @cached_property
    def _events(self) -> list[re.Match[str]]:
        """Places of UNTIL after which an event stands."""
        return [m for m in vocabulary.UNTIL.finditer(self.text) if self._is_event(m)]

    @cached_property
    def _may_end_loosely(self) -> bool:
        """The sentence holds something that could be an end without a length or a date; see ``_loose_end``."""
        return (
            any(self._first(pattern) is not None for pattern in _LOOSE_ENDS)
            or bool(self._named_ends or self._events)
            or (" upon " in self.text and _CIRCULAR.search(self.text) is not None)
        )

    def _may_end(self) -> bool:
        """The sentence holds something that could be an end, whatever it is said of."""
        return (
            self._first(vocabulary.ANNIVERSARY) is not None
            or any(self.roles[d] == "initial" for d in self.durations)
            or self._may_end_loosely
            or bool(self.dates)  # the dearest question comes last
        )

    def _of_another(self, at: int) -> bool:
        """The sentence begins with something that has a time of its own, and has not come to the agreement before this place."""
        if self.under:
            return False
        head = vocabulary.FOREIGN_HEAD.match(self.text) or vocabulary.OTHER_AGREEMENT.match(self.text)
        return head is not None and vocabulary.GO_ON_TO_IT.search(self.text, head.end(), max(at, head.end())) is None

    # -- what the term is said of
    def _subjects(self) -> Iterator[tuple[int, int, int]]:
        """(start, end, strength) of all words that may name this agreement's term, the surest kind first."""
        text = self.text
        labeled = vocabulary.LABELED.match(text)
        if labeled:
            yield (labeled.start(), labeled.end(), 3)
        for m in self._each(vocabulary.LABEL_INSIDE) if ": " in text else ():
            if not vocabulary.FOREIGN_TERM.search(text[max(0, m.start() - 40) : m.start()]):
                yield m.start(), m.end(), 3
        agreements = list(self._each(vocabulary.AGREEMENT))
        for m in self._each(vocabulary.TERM_OF) if agreements else ():
            before = text[max(0, m.start() - 40) : m.start()]
            if vocabulary.FOREIGN_TERM.search(before) or vocabulary.DURING.search(before) or not self._leads(m.end()):
                continue
            if search(r"\b(?:total|aggregate|combined|overall|cumulative) $", before) and search(
                r"\b(?:not|never) exceed\b|\b(?:no|not be) (?:more|longer) than\b|\blimited to\b", text[m.end() : m.end() + 120]
            ):
                continue  # a limit on all renewals together
            yield m.start(), m.end(), 3
        for m in agreements:
            if vocabulary.OTHER_AGREEMENT.match(m[0]):
                continue
            bound = vocabulary.PREPOSITION.search(text[max(0, m.start() - 20) : m.start()])
            if bound and (
                self._of_another(m.start())
                or not vocabulary.TAKES_EFFECT.match(text[m.end() : m.end() + 80])
                or vocabulary.FOREIGN_NEAR.search(text[max(0, m.start() - 120) : m.start()])
                or match(r"^(?:this|the) (?:section|article|clause)", text)
            ):
                continue
            if self._leads(m.end()):
                yield m.start(), m.end(), 3
        for m in vocabulary.SHORT_NAME.finditer(text) if "this " in text else ():
            yield (m.start(), m.end(), 2)
        for m in around(vocabulary.THE_TERM, text, (vocabulary.TERM_SIGN,), 60):
            before = text[max(0, m.start("kind") - 40) : m.start("kind")]
            if vocabulary.FOREIGN_TERM.search(before.rstrip('"“ -')):
                continue
            if vocabulary.DURING.search(before) and not vocabulary.LENGTH_GIVEN.match(text[m.end("kind") :]):
                continue
            if vocabulary.WITH_A_TERM.search(text[max(0, m.start("kind") - 140) : m.start("kind")]) or self._of_another(m.start()):
                continue
            if search(r"\ban? $", text[max(0, m.start("kind") - 5) : m.start("kind")]) and vocabulary.A_TERM_OF_OTHER.search(text, 0, m.start()) and not vocabulary.AGREEMENT.search(text):
                continue
            if match(r"\"? [\"“]", text[m.end() : m.end() + 4]):
                continue  # the term "X" means
            if text[m.end() : m.end() + 3].lstrip(' "').startswith(")") and self._role_left(m.start()):
                yield (0, 0, 2)
            elif self._leads(m.end()):
                yield (m.start(), m.end(), 3 if "initial" in m["kind"] else 2)
        if self.under and vocabulary.FROM_TO.match(text) and len(self.dates) > 1:
            yield (0, 0, 3)
        if (
            self.under
            and match(
                r"^\W*(?:[\divx.()a-z]{1,5} )?(?:for (?:a|an|the)|there (?:shall|will) be an?|from|commencing|beginning|effective|until|this|the|\w+(?: \(\d+\))? years?|"
                r"it (?:shall|will|takes?|remains?|enters?|starts?|begins?|commences?|continues?|runs?|lasts?|is))\b",
                text,
            )
            and not vocabulary.OTHER_SUBJECT.match(text)
            and (self.durations or self.dates)
        ):
            bare = match(r"^\W*[\w-]+(?: \(\d+\))? (?:years?|months?)\b", text)  # "Term of Agreement" | "three (3) years": the heading is the subject
            yield (0, 0, 3 if bare else 1)

    def _leads(self, end: int) -> bool:
        """After the subject something follows that could be a length, a date or an end without either."""
        tail = self.text[end : end + 600]
        return (
            search(
                r"\b(?:commenc\w*|begin\w*|start\w*|effective|effect|force|remain\w*|continu\w*|extend\w*|runs?|"
                r"lasts?|expir\w*|terminat\w*|ends?|conclud\w*|means?|(?:is|are|be|:)(?: \w+){0,4} (?:for|valid|until|"
                r"through|from|years?|months?|days?|perpetual|period|term)|has no|have a|has a|valid|binding|years?|"
                r"months?|stay\w*|co-?terminous|co-?extensive|concurrent\w*|perpetual|indefinite|unlimited|(?:is|be|are|:) (?:the period )?(?:\d{1,2} [a-z]{3,9}|[a-z]{3,9} \d{1,2},) (?:19|20)\d\d)\b",
                tail,
            )
            is not None
        )

    def _role_left(self, start: int) -> bool:
        """A term defined in brackets after its length: "for five years (the "term")"."""
        return any(self.roles[d] == "initial" and start - 200 <= d.start < start for d in self.durations) or any(
            start - 160 <= d.start < start for d in self.dates
        )

    # -- start and end
    def _bars(self, low: int, high: int) -> bool:
        """Between subject and length something else takes over, or nothing says that it lasts."""
        if (
            (low and not vocabulary.LASTS.search(self.text[max(0, low - 40) : high]))
            or ("surviv" in self.text[:high] and "surviv" in vocabulary.UNLESS_ASIDE.sub(" ", self.text[:high]))
            or "whereas" in self.text[:high]
        ):
            return True
        if search(r"\bin no event\b|\btotal term\b|\baggregate\b", self.text[:high]):
            return True
        between = vocabulary.UNLESS_ASIDE.sub(" ", self.text[low:high])
        return vocabulary.MAY_END.search(between) is not None or vocabulary.FOREIGN_NEAR.search(between[-160:]) is not None

    def _end(self, start: int, stop: int, strength: int) -> list[Said]:
        text = self.text
        targets: list[tuple[int, Said]] = []
        for d in self.durations:
            if d.start < stop or self._bars(stop, d.start):
                continue
            if self.roles[d] != "initial" or match(r"^ (?:of age|old)\b", text[d.end : d.end + 10]):
                continue
            marks = set()
            if d.value is None:
                marks.add("placeholder")
            if d.disagrees:
                marks.add("disagrees")
            if search(r"\b(?:earlier|earliest)\b[^.;]{0,60}$", text[max(stop, d.start - 80) : d.start]):
                marks.add("earlier_of")
            marks |= self._qualified(stop, d.start)
            if search(r"at least (?:a |an )?(?:period of |term of )?$", text[max(stop, d.start - 40) : d.start]):
                marks.add("later_of")
            targets.append(
                (
                    d.start,
                    Said(
                        Topic.END,
                        d.start,
                        d.end,
                        "blank" if d.value is None else "duration",
                        duration=d,
                        months=d.months,
                        days=d.days,
                        strength=strength,
                        marks=frozenset(marks),
                    ),
                )
            )
        for m in self._each(vocabulary.ANNIVERSARY, stop):
            n = ordinal(m["n"])
            if n and vocabulary.OTHER_EVENT.match(text[m.end() : m.end() + 90]):
                form = "external" if vocabulary.OF_ANOTHER.match(text[m.end() : m.end() + 90]) else "event"
                targets.append((m.start(), Said(Topic.END, m.start(), m.end(), form, strength=strength)))
            elif (
                n
                and not self._bars(stop, m.start())
                and not vocabulary.DUE_BY.search(text[max(0, m.start() - 60) : m.start()])
                and search(
                    rf"(?:until|through|to|on|(?:in|on) which|end\w*|laps\w+|expir\w*|terminat\w*|of|upon|by|at){vocabulary.LINK}{vocabulary.ASIDE} ?$",
                    text[max(0, m.start() - 60) : m.start()],
                )
            ):
                marks = self._qualified(stop, m.start())
                said = Said(Topic.END, m.start(), m.end(), "duration", months=12.0 * n, strength=strength, marks=frozenset(marks))
                targets.append((m.start(), said))
        for date in self.dates:
            if date.start < stop or self._bars(stop, date.start) or vocabulary.NOT_ENDING.search(text[max(0, date.start - 40) : date.start]):
                continue
            if vocabulary.END_DATE_BEFORE.search(text[max(0, date.start - 80) : date.start]):
                targets.append(
                    (
                        date.start,
                        Said(
                            Topic.END,
                            date.start,
                            date.end,
                            "date" if date.date else "blank",
                            date=date.date,
                            strength=strength,
                            marks=frozenset(self._qualified(stop, date.start) | (set() if date.date else {"placeholder"})),
                        ),
                    )
                )
        if not targets:
            targets += self._loose_end(stop, strength)
        targets.sort(key=lambda t: t[0])
        return [said for _, said in targets[:3]]

    def _qualified(self, stop: int, at: int) -> set[str]:
        """What the words before an end make of it: only one of several that may come later, or one stated anew."""
        before = self.text[stop:at]
        marks = {"later_of", "open_end"} if vocabulary.LATER_OF.search(before) else set()
        return marks | ({"restates"} if vocabulary.RESTATES.search(before) else set())

    def _loose_end(self, stop: int, strength: int) -> list[tuple[int, Said]]:
        """An end that is no length and no date: a blank, a term elsewhere, an event, or none."""
        text = self.text
        if not self._may_end_loosely:
            return []
        outlives = search(r"\bby (?:its|their) (?:very )?nature\b|\bextends? beyond\b", text)
        for m in self._each(vocabulary.BLANK, stop, outlives.start() if outlives else MAX):
            if vocabulary.BLANK_BEFORE.search(text[max(stop, m.start() - 40) : m.start()] or ":") and not self._bars(stop, m.start()):
                return [(m.start(), Said(Topic.END, m.start(), m.end(), "blank", strength=strength, marks=frozenset({"placeholder"})))]
        if outlives:
            return []  # what outlives the contract is not how long it runs
        until = next((m for m in self._events if m.start() >= stop), None)
        during = search(
            r"\b(?:for|throughout|during) (?:the )?(?:duration of |entire |whole )*(?:the |such )?(?:(?!an? |un|indef|perpet|open|no )"
            r"[\w-]+ ){0,2}(?:term|period)\b(?! of (?:\w+ ){0,3}?(?:\(|\d|years|months)| of (?:the|that|"
            r"such|its|each|any) (?!agreement\b|contract\b))",
            text[stop:],
        )
        external = self._first(vocabulary.EXTERNAL, stop)
        elsewhere = external is not None and during is not None and external.start() < stop + during.end()
        if during and not elsewhere and not (until and until[0].startswith(("on", "upon")) and until.start() < stop + during.start()):
            return []  # "ends on the day that payment is due for the last period" speaks of an end all the same
        if (
            external
            and not self._bars(stop, external.start())
            and not search(r"(?:of (?:the|this) (?:agreement|contract)|its \w+ to \w+ this agreement)$", external[0])
        ):
            return [(external.start(), Said(Topic.END, external.start(), external.end(), "external", strength=strength))]
        vague = self._first(vocabulary.VAGUE, stop)
        if vague:
            return [(vague.start(), Said(Topic.END, vague.start(), vague.end(), "vague", strength=strength))]
        named = next(
            (
                m
                for m in self._named_ends
                if m.start() >= stop
                and search(
                    r"(?:until|through|on|to|expires?|terminates?|ends?)(?: (?:on|the|at|upon))* ?$",
                    text[max(stop, m.start() - 30) : m.start()],
                )
            ),
            None,
        )
        if named:
            return [(named.start(), Said(Topic.END, named.start(), named.end(), "named", name=named["name"], strength=strength))]
        circular = _CIRCULAR.search(text, stop)
        if circular:  # it ends when it is ended
            return [(circular.start(), Said(Topic.END, circular.start(), circular.end(), "indefinite", strength=strength))]
        indefinite = self._first(vocabulary.INDEFINITE, stop)
        verb = search(
            r"\b(?:remain|continu|effective|effect|force|expire|terminate|end|valid|perpetual|indefinite|in force|"
            r"runs?|lasts?|extend|no fixed|evergreen|stays?)",
            text[stop:],
        )
        if (
            indefinite
            and verb
            and not vocabulary.MAY_END.search(text[stop : indefinite.start()])
            and (until is None or indefinite.start() <= until.start())
        ):
            return [
                (
                    indefinite.start(),
                    Said(
                        Topic.END,
                        indefinite.start(),
                        indefinite.end(),
                        "indefinite",
                        strength=strength - indefinite[0].startswith("unless"),
                    ),
                )
            ]
        if (
            until
            and verb
            and search(
                r"\b(?:until|through|till|duration|long as)\b|(?:expire|terminate|end)\w*[^.;]{0,40}\b(?:upon|on|of|when)\b",
                text[stop : until.start() + 16],
            )
            and not self._bars(stop, until.start())
        ):
            form = "elsewhere" if vocabulary.DAY_ELSEWHERE.match(until["what"]) else "event"
            return [(until.start(), Said(Topic.END, until.start(), until.end(), form, strength=strength))]
        return []

    def _is_event(self, m: re.Match[str]) -> bool:
        """What follows "until", or "ends on", is an event and not the agreement's own termination."""
        if m[0].startswith(("on ", "upon", "when")) and not search(
            r"(?:expire|terminate|end|conclude|lapse)s?(?: automatically)? $", self.text[max(0, m.start() - 30) : m.start()]
        ):
            return False
        if m[0].startswith("when") and vocabulary.GOES_WRONG.search(m["what"]):
            return False
        return ("long as" in m[0] or vocabulary.EVENT.search(m["what"]) is not None) and not match(
            r"(?:it is |this agreement is |either |such time as |a party |it )*(?:earlier |sooner )*(?:terminat|cancel)", m["what"]
        )

    def _start(self, start: int, stop: int, strength: int) -> list[Said]:
        """Where the term begins; a start that the length itself counts from ("five years from ...") is marked anchor."""
        text, said = self.text, []
        if match(r"\W*(?:effective|commencing|beginning|starting|from|with effect)\b", text):
            stop = 0
        ends = [d.end for d in self.durations if self.roles[d] == "initial" and d.start >= stop] + [
            m.end() for m in self._each(vocabulary.ANNIVERSARY, stop)
        ]

        def add(at: int, end: int, form: str, **more: object) -> None:
            if search(r"\b(?:additional|renewal|extended|extension|option) (?:term|period)\b[^.;]{0,60}$", text[max(0, at - 100) : at]):
                return
            gap = [text[e:at] for e in ends if e <= at <= e + 90]
            anchor = any(
                match(
                    r"^\)?(?: \([^)]*\))?,? ?(?:period |term )?,?(?:commencing |beginning |starting |effective )?(?:from|"
                    r"after|following|of|on|as of)(?: (?:and after|the|upon|on|date of|\w+ day of))* ?$",
                    g,
                )
                for g in gap
            )
            said.append(Said(Topic.START, at, end, form, strength=strength, marks=frozenset({"anchor"} if anchor else ()), **more))  # type: ignore[arg-type]

        for date in self.dates:
            if (
                date.start >= stop
                and vocabulary.START_DATE_BEFORE.search(text[max(0, date.start - 80) : date.start])
                and not vocabulary.END_DATE_BEFORE.search(text[max(0, date.start - 40) : date.start])
            ):
                add(date.start, date.end, "date" if date.date else "blank", date=date.date)
        ranged = [d for d in self.dates if d.start >= start] if vocabulary.FROM_TO.match(text if start == stop else text[stop:]) else []
        if not said and self.under and len(ranged) > 1 and ranged[0].date is not None:
            add(ranged[0].start, ranged[0].end, "date", date=ranged[0].date)
        for pattern, form in ((vocabulary.THIS_DATE, "named"), (vocabulary.SIGNATURE, "signature"), (vocabulary.NAMED, "named")):
            for m in self._each(pattern, stop):
                if vocabulary.AT_START.search(text[max(0, m.start() - 40) : m.start()]) or (
                    pattern is vocabulary.SIGNATURE
                    and search(r"\b(?:upon|from|when|after|effective|commenc\w*)\b[^.;]{0,50}$", text[stop : m.end()])
                ):
                    if any(0 <= m.start() - d.end <= 12 and self.roles[d] == "notice" for d in self.durations):
                        continue  # "within forty-five days of the execution date": a time for something else
                    name = "agreement date" if pattern is vocabulary.THIS_DATE else m["name"] if pattern is vocabulary.NAMED else ""
                    if pattern is vocabulary.NAMED and (
                        search(r"expir|terminat|\bend\b", name) or any(s.start <= m.start() < s.end for s in said)
                    ):
                        continue
                    given = next((d for d in self.dates if d.date and match(r",? ?(?:of|is|being|which is|:|\()? ?$", text[m.end() : d.start] or " ")
                                  and 0 <= d.start - m.end() < 14), None) if pattern is vocabulary.NAMED else None  # fmt: skip
                    if given is not None:  # "the launch date of january 4, 1999"
                        add(m.start(), given.end, "date", date=given.date)
                        continue
                    add(m.start(), m.end(), form, name=name)
        for e in ends:
            other = match(
                r"^\)?(?: ?\([^)]*\))?,? (?:from and after|commencing (?:on|upon|from)|beginning (?:on|upon|with)|"
                r"after|from|following) (?:the )?(?P<what>[^.,;()]{3,90})",
                text[e : e + 130],
            )
            if other and not any("anchor" in x.marks and x.start >= e for x in said) and not vocabulary.OWN_DATE.search(other["what"]):
                said.append(
                    Said(
                        Topic.START, e + other.start("what"), e + other.end("what"), "event", strength=strength, marks=frozenset({"anchor"})
                    )
                )
        if not said:
            event = search(
                r"\b(?:commenc\w*|begin\w*|start\w*|effective|effect|force)(?: (?:on|upon|from|with|as of|when|"
                r"after))+ (?!the effective)(?P<what>[^.;,]{4,80})",
                text[stop:],
            )
            if event and not vocabulary.BLANK.search(event["what"]):
                add(stop + event.start("what"), stop + event.end("what"), "event")
            elif event or search(r"\b(?:from|on|effective|commencing) (?:the )?_{2,}", text[stop:]):
                at = stop + (event.start() if event else 0)
                add(at, at, "blank")
        return said
