"""Japanese wording of terms: 契約期間、更新、更新拒絶、中途解約.

Works on one folded sentence (no blanks, NFKC, か月, 又は/及び). A ただし書 may stand in the same sentence, so every duration
gets its role from the words beside it; the subject must be the agreement itself, not 秘密保持, 保証 or 個別契約.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from clausecheck.languages.base import DateMention, Duration
from clausecheck.languages.ja import period_words as vocabulary
from clausecheck.languages.ja.quantities import number
from clausecheck.languages.patterns import Gate, Sign, paired, stretched
from clausecheck.languages.periods import Matter, Quantities, Said, Topic

_MAX = 1500  # characters of a sentence that are looked at


_WORDS = Gate((), vocabulary.CHOICES)
(
    _SPEAKS, _NAMES_DATE, _SUBJECTS, _LASTS, _RENEWS, _GOES_ON, _REFUSES, _ENDS, _RIGHTS, _FINISHES, _WHENEVER, _REVISES, _PROLONGS,
    _LIMITS, _ORDERED, _CLOSES, _ANEW, _LEAST, _RANKS,
) = map(_WORDS.bit, vocabulary.CHOICES)  # fmt: skip
_SIGNS = (  # the words that must stand together where something is said of a matter
    (Matter.TERM, _SUBJECTS, _LASTS),
    (Matter.RENEWAL, _RENEWS, _RENEWS),
    (Matter.REFUSAL, _GOES_ON, _REFUSES),
    (Matter.EXIT, _ENDS, _RIGHTS),
    (Matter.REVIEW, _WHENEVER, _REVISES),
    (Matter.CAP, _PROLONGS, _LIMITS),
    (Matter.ORDERS, _ORDERED, _CLOSES),
    (Matter.ROLLING, _ORDERED, _ANEW),
    (Matter.MINIMUM, _LEAST, _LEAST),
    (Matter.ENDING, _FINISHES, _FINISHES),
    (Matter.PRECEDENCE, _RANKS, _RANKS),
)
_KANJI = "一二三四五六七八九十"
_OTHERS = Matter.REVIEW | Matter.CAP | Matter.ORDERS | Matter.ROLLING | Matter.MINIMUM | Matter.ENDING | Matter.PRECEDENCE


class JapanesePeriods:
    """See ``clausecheck.languages.periods.Periods``."""

    def signs(self, texts: Sequence[str]) -> Sequence[Sequence[Sign]]:
        return _WORDS.signs(texts)

    def may_speak(self, text: str, words: int) -> bool:
        return words & _SPEAKS != 0

    def matters(self, words: int) -> int:
        return paired(_SIGNS, words)

    def kinds(self, signs: Sequence[Sign], spans: Iterable[tuple[int, int]]) -> Iterator[int]:
        return (paired(_SIGNS, words) if words else 0 for words, _, _ in stretched(signs, spans, _MAX))

    def heading(self, heading: str) -> bool:
        return vocabulary.HEADING.search(heading) is not None

    dating = _NAMES_DATE

    def dates_something(self, text: str, words: int) -> bool:
        return words & _NAMES_DATE != 0 and ("日」" in text or vocabulary.DATE_LABEL.search(text) is not None)

    def common_start(self, name: str) -> bool:
        return re.search(r"発効|効力発生|開始|契約日|契約の日|始期|日付|頭書|上記|下記|冒頭|末尾|記載", name) is not None

    def read(self, sentence: str, find: Quantities, kinds: int, *, under_heading: bool, labels: Sequence[str]) -> list[Said]:
        reader = _Reader(sentence[:_MAX], find, under_heading, labels, kinds)
        return sorted(reader.all(), key=lambda s: (s.start, s.end, s.topic))

    def named_dates(self, sentence: str, dates: Sequence[DateMention]) -> dict[str, dt.date | str | None]:
        found: dict[str, dt.date | str | None] = {}
        label = vocabulary.DATE_LABEL.match(sentence)
        if label:
            near = [d for d in dates if label.end() <= d.start <= label.end() + 20]
            found[label["name"]] = (
                near[0].date
                if near
                else "agreement date"
                if re.search(r"締結|調印|署名", sentence[label.end() : label.end() + 30])
                else None
                if vocabulary.BLANK.search(sentence[label.end() : label.end() + 20])
                else "event"
            )
        for m in vocabulary.DATE_NAME.finditer(sentence):
            near = [d for d in dates if m.start() - 30 <= d.start < m.start()]
            scope = sentence[max(0, m.start() - 40) : m.start()]
            found.setdefault(
                m[1],
                near[-1].date
                if near
                else "agreement date"
                if re.search(r"締結|調印|署名", scope)
                else None
                if vocabulary.BLANK.search(scope)
                else "event",
            )
        return found

    def agreement_date(self, sentence: str, dates: Sequence[DateMention]) -> tuple[bool, dt.date | None]:
        for date in dates:
            rest = re.sub(r"^\([^()]{0,30}\)", "", sentence[date.end : date.end + 110])  # 「2026年5月15日（以下「締結日」という。）付で」
            if (
                re.search(r"(?:締結|契約|作成)(?:年月)?日[::は]?$", sentence[: date.start])
                or (re.match(r"(?:付|に|、|をもって)", rest) and re.search(r"締結|契約|合意", rest))
                or (date.start <= 2 and len(sentence) - date.end <= 3)
            ):
                return True, date.date
        if "日" in sentence and (vocabulary.DATED_AS.search(sentence) or (len(sentence) < 30 and vocabulary.UNDATED.fullmatch(sentence))):
            return True, None
        return False, None


class _Reader:
    """One sentence being read."""

    def __init__(self, text: str, find: Quantities, under_heading: bool, labels: Sequence[str], kinds: int) -> None:
        self.text = text
        self.kinds = kinds
        self.under = under_heading
        self.labels = [label for label in labels if label]
        self._find = find

    @cached_property
    def durations(self) -> list[Duration]:
        return [d for d in self._find.durations if d.end <= _MAX]

    @cached_property
    def dates(self) -> list[DateMention]:
        return [d for d in self._find.dates if d.end <= _MAX]

    @cached_property
    def roles(self) -> dict[Duration, str]:
        return {d: self._role(d) for d in self.durations}

    def all(self) -> list[Said]:
        said: list[Said] = []
        subject = self._subject() if self.under or self.kinds & Matter.TERM else None
        if subject is not None:
            said += self._end(*subject)
            said += self._start(*subject)
        if self.under and self.dates:
            said += self._item(self.dates[0])
        renewal = self._renewal() if self.kinds & Matter.RENEWAL else []
        said += renewal
        if renewal or self.kinds & Matter.REFUSAL:
            said += self._refusal(renewal)
        if self.kinds & Matter.EXIT:
            said += self._exit()
        if self.kinds & _OTHERS:
            said += self._others()
        return said

    def _item(self, date: DateMention) -> list[Said]:
        """A line of particulars: 開始日 2026年4月1日."""
        m = vocabulary.DATE_ITEM.match(self.text[: date.start])
        if m is None:
            return []
        topic = Topic.START if m["start"] else Topic.END
        return [Said(topic, date.start, date.end, "date" if date.date else "blank", date=date.date, strength=2)]

    def _role(self, d: Duration) -> str:
        """initial | renewal | notice | after_end | other"""
        before, after = self.text[max(0, d.start - 40) : d.start], self.text[d.end : d.end + 30]
        if vocabulary.NOTICE_AFTER.match(after) or vocabulary.NOTICE_FROM.search(before):
            return "notice"
        if vocabulary.DUTY_AFTER_END.search(before):
            return "after_end"
        renewed = vocabulary.RENEWAL_AFTER.match(after)
        stays = renewed is not None and renewed[0].endswith(("存続", "継続")) and not re.search(r"自動|ずつ|ごと|毎|単位", renewed[0])
        if stays and not vocabulary.RENEWAL_BEFORE.search(before):  # 「発効し、10年間存続する」
            renewed = None
        if renewed or (vocabulary.RENEWAL_BEFORE.search(before) and not re.search(r"(?:から|より)(?:起算して|満)?$", before[-8:])):
            return "renewal"
        if vocabulary.RENEWAL_BEFORE.search(before) and re.search(r"更新|翌日", before) and not vocabulary.OTHER_PERIOD_OVER.search(before):
            return "renewal"
        if vocabulary.INITIAL_AFTER.match(after):
            return "initial"
        return "other"

    def _subject(self) -> tuple[int, int] | None:
        """(end, strength) of the words that name this agreement's term, or None."""
        text = self.text
        labeled = vocabulary.LABELED.match(text)
        if labeled and not vocabulary.FOREIGN_SUBJECT.search(text[: labeled.end()].rstrip(":はも、")):
            if labeled[0].endswith("とは、") and not re.search(vocabulary.AGR, text[labeled.end() :]):
                return None
            return labeled.end(), 3 if "契約" in labeled[0] or "有効" in labeled[0] else 2
        other = False  # a period of something else is spoken of
        for m in vocabulary.SUBJECT.finditer(text):
            before = text[max(0, m.start() - 16) : m.start()]
            if vocabulary.FOREIGN_SUBJECT.search(before) or re.search(
                r"(?:個別|別途[^。、]{0,12}利用|秘密保持|機密保持|守秘|保守|雇用|労働|派遣|賃貸借)$", before
            ):
                other = True
                continue
            if not self.under and re.match(r"許諾|貸与", m["named"]):
                continue  # how long something is licensed or lent; it is the contract's own term where the clause is headed so
            after = text[m.end() :]
            if m["named"].endswith(("は", "は、")):
                if not re.match(r"[^。]{0,120}?(?:有効|効力|発効|終了|存続|満了|期間)", after):
                    continue
            elif re.match(
                r"(?:中|内|満了|終了|の満了|の終了|が満了|経過|にかかわらず|後|の(?:途中|末日|残)|に(?:おいて|関|係|属)|を(?:問わず|通じ|除)|開始|に限り)",
                after,
            ):
                continue
            return m.end(), 3
        if (
            self.under
            and not other
            and (self.durations or self.dates or vocabulary.BLANK.search(text))
            and re.search(r"から|より|とする|有効|まで|[始終]期|(?:開始|終了|満了)日|に(?:開始|終了|満了|始ま|終わ)", text)
            and not vocabulary.FOREIGN.search(text[:20])
            and not vocabulary.SOMEBODY_DOES.match(text)
        ):
            return 0, 2
        return None

    def _end(self, stop: int, strength: int) -> list[Said]:
        text, targets = self.text, []
        for d in self.durations:
            if d.start < stop or self.roles[d] != "initial" or self._bars(stop, d.start) or vocabulary.NOT_ENDING.match(text[d.end :]):
                continue
            marks = set()
            if d.value is None:
                marks.add("placeholder")
            if d.disagrees:
                marks.add("disagrees")
            if re.search(r"いずれか早い|早い(?:方|ほう|日|時)", text[d.end : d.end + 60]):
                marks.add("earlier_of")
            if re.search(r"いずれか遅い|遅い(?:方|ほう|日|時)", text[d.end : d.end + 60]):
                marks |= {"later_of", "open_end"}
            targets.append(
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
                )
            )
        for date in self.dates:
            if date.start < stop or self._bars(stop, date.start) or vocabulary.NOT_ENDING.match(text[date.end :]):
                continue
            if vocabulary.FROM_BEFORE.search(text[: date.start]):
                continue
            if (
                vocabulary.END_DATE_AFTER.match(text[date.end : date.end + 16]) or vocabulary.RANGE_BEFORE.search(text[: date.start])
            ) and not vocabulary.START_AFTER.match(text[date.end :]):
                targets.append(
                    Said(
                        Topic.END,
                        date.start,
                        date.end,
                        "date" if date.date else "blank",
                        date=date.date,
                        strength=strength,
                        marks=frozenset() if date.date else frozenset({"placeholder"}),
                    )
                )
        if not targets:
            targets = self._loose_end(stop, strength)
        return sorted(targets, key=lambda s: s.start)[:3]

    def _bars(self, low: int, high: int) -> bool:
        """Between subject and length something else takes over."""
        between = self.text[low:high]
        return (
            re.search(
                r"ただし|なお、|(?:秘密保持|守秘|保証|存続条項|(?<!最後の)(?<!すべての)(?<!全ての)個別契約の|競業|第[0-9]+条(?!に(?:定め|規定)))",
                between,
            )
            is not None
        )

    def _loose_end(self, stop: int, strength: int) -> list[Said]:
        text = self.text
        if not vocabulary.STATES.search(text):
            return []
        blank = vocabulary.BLANK_LENGTH.search(text, stop)
        if blank and not self._bars(stop, blank.start()):
            return [Said(Topic.END, blank.start(), blank.end(), "blank", strength=strength, marks=frozenset({"placeholder"}))]
        for pattern, form in (
            (vocabulary.VAGUE, "vague"),
            (vocabulary.INDEFINITE, "indefinite"),
            (vocabulary.EXTERNAL, "external"),
            (vocabulary.EVENT_END, "event"),
        ):
            m = pattern.search(text, stop)
            if (
                m
                and not self._bars(stop, m.start())
                and not any(m.start() < d.end and d.start < m.end() and self.roles[d] in ("after_end", "notice") for d in self.durations)
                and not (
                    form in ("event", "external") and re.search(r"(?:有効|契約|本)期間(?:の)?満了|通知|解除|申出", text[stop : m.end()])
                )
            ):
                return [Said(Topic.END, m.start(), m.end(), form, strength=strength)]
        return []

    def _start(self, stop: int, strength: int) -> list[Said]:
        text, said = self.text, []
        for date in self.dates:
            after = text[date.end : date.end + 16]
            if (
                date.start >= stop
                and (
                    vocabulary.START_AFTER.match(after)
                    or vocabulary.FROM_BEFORE.search(text[: date.start])
                    or (vocabulary.RANGE_AFTER.match(after) and any(x.start > date.end for x in self.dates))
                )
                and not self._bars(stop, date.start)
            ):
                said.append(Said(Topic.START, date.start, date.end, "date" if date.date else "blank", date=date.date, strength=strength))
        if said:
            return said
        for pattern, form in ((vocabulary.SIGNATURE, "signature"), (vocabulary.EFFECTIVE, "named"), (vocabulary.EVENT_START, "event")):
            m = pattern.search(text, stop)
            if m and not self._bars(stop, m.start()):
                name = re.split(r"\(|から|より|を|に|以降|は|、", m[0])[0] if form == "named" else ""
                if name and (
                    re.search(r"下記|上記|頭書|冒頭|末尾|記載|契約の日|日付", name)
                    or re.search(r"[上下]記$", text[max(0, m.start() - 3) : m.start()])
                ):
                    name = "agreement date"
                unfilled = vocabulary.BLANK.search(m[0]) is not None or (
                    form == "named" and re.search(r"\([^)]*年[^0-9)]*月[^0-9)]*日", m[0]) is not None
                )
                return [Said(Topic.START, m.start(), m.end(), "blank" if unfilled else form, name=name, strength=strength)]
        blank = re.search(
            rf"(?:{vocabulary.BLANK.pattern})(?:日)?(?:から|より)|年[^0-9、。]{{0,4}}月[^0-9、。]{{0,4}}日(?:から|より)", text[stop:]
        )
        if blank:
            return [Said(Topic.START, stop + blank.start(), stop + blank.end(), "blank", strength=strength)]
        return []

    def _renewal(self) -> list[Said]:
        text = self.text
        words = [
            m for m in vocabulary.RENEW.finditer(text) if not vocabulary.RENEW_FOREIGN.search(text[max(0, m.start() - 20) : m.start()])
        ]
        if not words or not (self.under or re.search(rf"{vocabulary.AGR}|期間|満了", text)):
            return []
        topic = re.match(r"[^。]{0,40}?(?=の?(?:有効)?(?:期間|期限)[はも])", text)
        if (
            topic
            and vocabulary.FOREIGN_SUBJECT.search(topic[0])
            and not re.search(r"本[^、。]{0,8}契約書?(?:は|を|も|の(?:有効|契約)?期間)", text[topic.end() :])
        ):
            return []  # 「個別契約の有効期間は90日間とし、1年間更新できる」
        none, auto = vocabulary.NO_RENEWAL.search(text), vocabulary.AUTO.search(text)
        if none and (auto is None or none.start() < auto.end() <= none.end()):
            return [Said(Topic.RENEWAL, none.start(), none.end(), "none")]
        form, place = "", None
        agreed = vocabulary.AGREED.search(text)
        if (
            auto
            and not (
                agreed
                and "自動" not in auto[0]
                and agreed.start() >= auto.start()
                and re.search(r"(?:協議|合意)(?:の上|のうえ|により|して)", agreed[0])
            )
            and re.search(r"更新|延長|継続|存続", auto[0])
        ):
            if (
                re.search(r"継続|存続", auto[0])
                and not re.search(r"更新|延長|自動", auto[0])
                and not re.search(rf"{vocabulary.AGR}(?:の効力)?(?:は|が)|期間|同一|さらに|その後|以後", text[max(0, auto.start() - 40) : auto.end()])
            ):
                return []
            form, place = "auto", auto
        elif agreed and re.search(r"更新|延長|継続|契約", agreed[0]):
            form, place = "agreement", agreed
        elif vocabulary.OPTION.search(text):
            form, place = "option", vocabulary.OPTION.search(text)
        elif vocabulary.SAME.search(text):
            form, place = "auto", vocabulary.SAME.search(text)
        elif re.search(r"(?:更新|延長)(?:され|する|し|できる)(?:もの|る|、|こと|。|$)", text):
            m = re.search(r"(?:更新|延長)(?P<v>され|する|し|できる)(?:もの|る|、|こと|。|$)", text)
            assert m is not None
            if re.search(r"(?:更新|延長)(?:する|できる)?(?:こと(?:が|も))?でき", text):
                form, place = "option", m
            elif not re.search(r"(?:更新|延長)(?:する|された|した)?(?:場合|とき|際|には|後)", text[m.start() : m.start() + 8]):
                form, place = "auto", m
        if not form or place is None:
            return []
        lengths = [d for d in self.durations if self.roles[d] == "renewal"]
        marks: set[str] = set()
        duration = lengths[0] if lengths else None
        months = duration.months if duration else None
        if duration is not None and duration.value is None:
            marks.add("placeholder")
        if duration is None:
            if re.search(r"同(?:一|じ|様の?)期間|同期間|(?:当初|従前)(?:の|と同一の|と同じ)?(?:有効|契約)?期間", text):
                marks.add("same_length")
            elif re.search(r"1年ごと|毎年|年ごと", text):
                months = 12.0
            elif vocabulary.BLANK_LENGTH.search(text, place.start()):
                marks.add("placeholder")
        said = [
            Said(
                Topic.RENEWAL,
                place.start(),
                place.end(),
                form,
                duration=duration,
                months=months,
                marks=frozenset(marks),
                holder=self._holder(place.start()) if form == "option" else "mutual",
            )
        ]
        return said

    def _refusal(self, renewal: Sequence[Said]) -> list[Said]:
        text = self.text
        auto = next((s for s in renewal if s.form == "auto"), None)
        word = vocabulary.REFUSAL_WORD.search(text)
        if word is None or (
            auto is None
            and not re.search(r"更新(?:を)?(?:し|行わ|希望し|され)ない|自動更新しない|更新拒絶|更新を拒|不更新|継続しない|延長しない", text)
        ):
            return []
        if auto is None and renewal:
            return []
        notices = [d for d in self.durations if self.roles[d] == "notice"]
        tied = [
            d
            for d in notices
            if vocabulary.BEFORE_END.search(text[max(0, d.start - 30) : d.start])
            or vocabulary.REFUSAL_WORD.search(text[d.end : d.end + 60])
        ]
        marks: set[str] = set()
        if (
            vocabulary.CONSENT.search(text[max(0, word.start() - 60) : word.end() + 40])
            and not re.search(r"合意|協議", text[word.start() : word.end()])
            and re.search(r"(?:承諾|同意)(?:を得|が|の)", text)
        ):
            marks.add("consent")
        if re.search(r"(?:合理的な|正当な|やむを得ない|相当な)(?:理由|事由)", text[max(0, word.start() - 40) : word.end() + 10]):
            marks.add("needs_reason")
        if not tied:
            if auto is None or not re.search(r"(?:ない|なかった|無い|ず)(?:場合|とき|時|限り)|拒絶|異議", text):
                return []
            marks.add("placeholder" if re.search(rf"(?:{vocabulary.BLANK.pattern})(?:か月|月|日|年)?(?:間)?前", text) else "no_deadline")
            return [Said(Topic.REFUSAL, word.start(), word.end(), holder=self._holder(word.start()), marks=frozenset(marks))]
        window = None
        d = tied[-1]
        if (
            len(tied) >= 2
            and re.search(r"から", text[tied[0].end : tied[1].start])
            and tied[0].days is not None
            and tied[1].days is not None
        ):
            d, window = tied[1], abs(tied[0].days - tied[1].days)
        elif len(tied) >= 2:
            d = tied[0]
        if re.match(r"^以内", text[d.end :]) and d.days is not None:
            window = d.days
        if d.value is None:
            marks.add("placeholder")
        later = [m for m in vocabulary.REFUSAL_WORD.finditer(text) if m.start() > d.end]
        at = later[0].start() if later else word.start()
        return [
            Said(
                Topic.REFUSAL,
                d.start,
                d.end,
                duration=d,
                days=d.days,
                holder=self._holder(at, d.end),
                marks=frozenset(marks),
                window_days=window,
            )
        ]

    def _holder(self, at: int, low: int = 0) -> str:
        """Who acts near ``at``: the party named before は, が, から, より; "mutual"; "" when nobody is named."""
        window = self.text[max(low, at - 60) : at + 10]
        if vocabulary.MUTUAL.search(window) or self._joined(window):
            return "mutual"
        best: tuple[int, str] = (-1, "")
        for label in self.labels or ["甲", "乙"]:
            for m in re.finditer(rf"{re.escape(label)}(?:は|が|から|より|の(?:書面|申|通知|意思)|に(?:おいて|よ)|による)", window):
                if m.start() > best[0]:
                    best = (m.start(), label)
        if not best[1] and low:
            return self._holder(at, 0)
        return best[1]

    def _joined(self, text: str) -> bool:
        """Two party labels stand joined: 契約者又は当社."""
        names = "|".join(re.escape(label) for label in self.labels)
        return len(self.labels) > 1 and re.search(rf"(?:{names})(?:又は|及び|若しくは|並びに|・|と)(?:{names})", text) is not None

    def _exit(self) -> list[Said]:
        text = self.text
        said: list[Said] = []
        until = vocabulary.UNTIL_NOTICE.search(text) if "まで" in text and ("終了" in text or "解約" in text) else None
        if until and re.search(rf"{vocabulary.AGR}", text):
            notice = next((d for d in self.durations if until.start() <= d.start < until.end() and self.roles[d] == "notice"), None)
            who = (
                "mutual"
                if vocabulary.MUTUAL.search(until["who"] or until["ender"])
                else next((label for label in [*self.labels, "甲", "乙"] if (until["who"] or until["ender"]).endswith(label)), "")
            )
            if who or until["ender"] is None:  # 「その履行が終了するまで」: nobody's leaving
                said.append(Said(Topic.EXIT, until.start(), until.end(), duration=notice, days=notice.days if notice else 0.0, holder=who))
        rights = list(vocabulary.EXIT.finditer(text))
        for m in [
            *rights,
            *(x for x in vocabulary.LEAVES.finditer(text) if not any(x.start() < r.end() and r.start() < x.end() for r in rights)),
            *(x for x in vocabulary.EXIT_ENDS.finditer(text) if not any(x.start() < r.end() and r.start() < x.end() for r in rights)),
        ]:
            if vocabulary.RENEW.search(text[max(0, m.start() - 6) : m.end()]) or any(s.start <= m.start() < s.end for s in said):
                continue
            if re.match(r"(?:という)?(?:もの|わけ|こと)では(?:ない|ありません)", text[m.end() :]):
                continue  # 「解約できるものではない」
            low = max(text.rfind("。", 0, m.start()) + 1, 0)
            for turn in re.finditer(r"ないが、(?=[^、。]{1,12}は)", text[low : m.start()]):  # 「買主は解約できないが、売主は…解約できる」
                low += turn.end()
                break
            lead = text[low : m.end()]
            if re.search(r"個別契約(?:の全部|の一部)?を[^。]{0,30}$", text[low : m.start()]) and "本契約" not in lead:
                continue
            if not (self.under or re.search(rf"{vocabulary.AGR}", lead)) or re.search(r"支払(?:を|が)停止|期限の利益", lead[-30:]):
                continue
            free, ground = vocabulary.FREE.search(lead), vocabulary.GROUND.search(lead) or vocabulary.IN_CASE.search(lead)
            if ground and not (free and re.search(r"理由|任意|都合|自由|事由の", free[0])):
                # to end for a breach is everyone's right by law (Civil Code, arts. 541 and 542): a clause that repeats it opens no way out
                if vocabulary.CHANGE.search(lead) and not re.search(r"違反|破産|各号", lead):
                    said.append(Said(Topic.CHANGE_EXIT, m.start(), m.end(), holder=self._holder_of(lead)))
                continue
            if vocabulary.CHANGE.search(lead) and re.search(r"場合|とき", lead):
                said.append(Said(Topic.CHANGE_EXIT, m.start(), m.end(), holder=self._holder_of(lead)))
                continue
            notice = next((d for d in self.durations if low <= d.start < m.end() and self.roles[d] == "notice"), None)
            if re.search(r"(?:場合|とき)(?:は|に|には)", lead) and not free and not notice:
                continue
            if notice is None and free is None:
                continue
            marks = set()
            if vocabulary.FEE.search(text[low : m.end() + 60]):
                marks.add("fee")
            if vocabulary.CONSENT.search(lead):
                marks.add("consent")
            if notice is not None and notice.value is None:
                marks.add("placeholder")
            after = next(
                (
                    d.months
                    for d in self.durations
                    if low <= d.start < m.end() and d is not notice and vocabulary.AFTER_FROM.match(text[d.end : d.end + 12])
                ),
                None,
            )
            days = notice.days if notice is not None else 0.0
            said.append(
                Said(
                    Topic.EXIT,
                    m.start(),
                    m.end(),
                    duration=notice,
                    days=days,
                    holder=self._holder_of(lead),
                    marks=frozenset(marks),
                    after_months=after,
                )
            )
        return said

    def _holder_of(self, lead: str) -> str:
        head = re.search(r"^(?:[0-9]+[.項、]?)?(?P<who>[^、。]{1,24}?)(?:は|が)、?", lead)
        if self._joined(lead[:60]):
            return "mutual"
        if vocabulary.MUTUAL.search(lead[:60]) and not (head and head["who"] in self.labels):
            return "mutual"
        if head:
            for label in [*self.labels, "甲", "乙"]:
                if head["who"].endswith(label):
                    return label
        for label in [*self.labels, "甲", "乙"]:
            if re.search(rf"{re.escape(label)}(?:は|が|、)", lead):
                return label
        return "mutual" if vocabulary.MUTUAL.search(lead) else ""

    def _others(self) -> list[Said]:
        text, said = self.text, []
        ending = vocabulary.ENDING.search(text) if self.kinds & Matter.ENDING else None
        if (
            ending
            and (self.under or re.search(rf"{vocabulary.AGR}|期間", text))
            and not vocabulary.FOREIGN_SUBJECT.search(text[: ending.start()])
        ):
            said.append(Said(Topic.ENDING, ending.start(), ending.end()))
        when = vocabulary.REVIEW_WHEN.search(text) if self.kinds & Matter.REVIEW else None
        act = vocabulary.REVIEW_ACT.search(text) if when else None
        if when and act and vocabulary.REVIEW_OBJECT.search(text) and not re.search(r"監査|検査|帳簿|秘密情報|更新され", text):
            interval = next(
                (d.months for d in self.durations if re.match(r"^(?:間)?(?:(?:ごと|毎)に?|を?経過(?:した|する)(?:時|日|とき))", text[d.end : d.end + 8])), None
            )
            if interval is None and (years := re.search(r"([0-9]{1,2})(?:契約|事業|会計)年度ごと", text)):
                interval = 12.0 * int(years[1])
            if interval is None:
                interval = (
                    12.0
                    if re.search(r"毎年|年1回|年一回|年に1回|少なくとも年|毎[0-9]+月|事業年度", when[0])
                    else 6.0
                    if re.search(r"半期|年2回", when[0])
                    else 3.0
                    if "四半期" in when[0]
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
        cap = vocabulary.CAP.search(text) if self.kinds & Matter.CAP else None
        if cap:
            times = re.search(rf"([0-9{_KANJI}]+|一度)回?(?:に|を|まで|限り)", cap[0]) if "回" in cap[0] or "一度" in cap[0] else None
            total = next((d for d in self.durations if cap.start() <= d.start < cap.end() + 8), None) if times is None else None
            said.append(
                Said(
                    Topic.CAP,
                    cap.start(),
                    cap.end(),
                    "total" if total else "count",
                    months=total.months if total else None,
                    times=None if times is None else 1.0 if times[1] == "一度" else number(times[1]),
                )
            )
        order = vocabulary.ORDER.search(text) if self.kinds & Matter.ORDERS else None
        if (
            order
            and vocabulary.EXPIRED.search(text)
            and vocabulary.ORDER_ACT.search(text)
            and re.search(r"本契約|本基本契約|本件?契約|前項|満了|失効", text)
            and not re.search(r"解除することができる|解約することができる", text)
        ):
            said.append(Said(Topic.ORDERS, order.start(), order.end(), "full" if re.search(r"満了|終了|失効", text) else "partial"))
        for matter, pattern, topic in (
            (Matter.ROLLING, vocabulary.ROLLING, Topic.ROLLING),
            (Matter.MINIMUM, vocabulary.MINIMUM, Topic.MINIMUM),
        ):
            m = pattern.search(text) if self.kinds & matter else None
            if m:
                said.append(Said(topic, m.start(), m.end()))
        prevail = vocabulary.PREVAIL.search(text) if self.kinds & Matter.PRECEDENCE else None
        if prevail:
            said.append(
                Said(
                    Topic.PRECEDENCE,
                    prevail.start(),
                    prevail.end(),
                    "annex"
                    if vocabulary.ANNEX.search(prevail["first"][-14:])
                    else "body"
                    if re.search(r"本文|本契約|本基本契約|契約書", prevail["first"])
                    else "",
                )
            )
        return said


JAPANESE_PERIODS = JapanesePeriods()
