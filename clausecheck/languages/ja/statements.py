"""Japanese sentences as statements: 誰が何をしなければならず、してよく、しなくてよいか; and what a sentence is for.

Works on folded text (no blanks between Japanese characters, half-width digits and brackets, unified spelling). The
predicate stands at the end of its part of the sentence, so modality is read forward from the act: to the end of its own
part first, then to the first later part that shows one (「停止し、又は解除することができる」).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from clausecheck.languages.base import Modality, Passage, Statement

_SOFT = re.compile(r"努め|努力(?:する|し|を|義務)|尽力|配慮(?:する|し)|心がけ|心掛け|目指|望ましい|期待(?:する|され)|可能な限り|できる限り|できるだけ|原則として|合理的に可能な範囲|必要に応じ|働きかけ|要請(?:する|し|に努)|促(?:す|し|さ)|検討(?:する|し)|協力(?:する|し|を)|協議(?:する|し|を行)")
_SOFT_ACTS = ("働きかけ", "要請", "促", "検討", "協力", "協議")
_SOFT_END = re.compile(r"よう(?:に)?、?努め(?:る|るもの|なければなら)[^、。]{0,6}。?$")
_CONSENT = re.compile(r"合意(?:が成立した|した|に達した|の上|のうえ|により|に基づ|を得|が得られた)|(?:承諾|同意|承認)(?:を得|の上|のうえ|がある|を要|を条件)|協議(?:の上|のうえ|し、?合意|して合意|が調った|が整った|により)")
_RIGHT = re.compile(r"(?:こと|もの|のみ)?が?でき(?:る|、|ます|るもの)|ことが可能(?:である|とする|です|。|、|$)|ことを妨げない|権利を(?:有する|有し|もつ|持つ|留保)|権(?:を有する|を有し|利を有)|し得る|しうる|(?<!を)得るものとする|てもよい|(?<!こと)を要しない|求めることが")
_NEGATIVE_RIGHT = re.compile(r"(?:こと|もの)(?:が|は)でき(?:ない|ず|ません)|でき(?:ない|ず、|ません)|(?:し|され|受け|負わ)得ない|権利を(?:有しない|有さない|持たない)|権を有しない")
_NEGATIVE_DUTY = re.compile(r"(?:て|で)は(?:なら|いけ)ない|(?:て|で)はなりません|義務を(?:負わない|負わず|負うものではない|課さない)|必要(?:は|が)ない|を要しない|を要せず|ないもの(?:とする|とし)|[わらさかたなまばがせ]ないし(?=[^。]{0,24}ない)|(?:[わらさかたなまばがせけげてべめれね]|し|は|も|ら)ない(?:。|、|もの|こと|$)|(?:[わらさかたなまばがけげてべめれねみいえ]|せ)ず(?:、|に?、|。|$)|放棄(?:する|し)|[いきしちにみりぎじびえけせてねめれべげ]ません(?:。|、|$)|(?:を|は|も)、?(?:[^。、は]{1,24}(?:まで|日まで|間)(?:は)?、?)?(?:いかなる場合も|[^。、は]{1,16}を?問わず|[^。、は]{1,10}にかかわらず)?、?(?:これを)?(?:一切|固く|厳に|厳しく)?(?:これを)?禁(?:止(?:する|し|され(?:る|た|、|ます|て)|と(?:する|し))|じ|ずる)|ことを得(?:ない|ず)|厳禁|お断り(?:する|し|いた)|(?:差控え|(?<!手)控え)(?:る|なければ|、|るもの)|(?:厳に)?慎(?:む|み、|まなければ)")
_DUTY = re.compile(r"なければなら(?:ない|ず)|なければなりません|ねばならない|もの(?:とする|とし)|義務を(?:負う|負い|有する|有し)|責任を(?:負う|負い)|(?:確約|誓約|表明|保証|約束|遵守|承諾|同意)(?:する|し|します)|こととする|[うくぐすつぬぶむる]。?$|させる|(?:ます|ください|(?<=[うくぐすつぬぶむる])こと)。?$")
# Where a part of a sentence ends: a connective predicate and a comma.
_BREAK = re.compile(r"(?:[しせけえげてれりいきちびみぎめべ]|(?<!ま)で|ものとし|こととし|ことなく|ず|ない(?:で|し)?|が|か|ほか|とともに|場合|とき|ときは|場合は|場合には|上|うえ)、(?:又は|若しくは|かつ|及び|並びに|もしくは)?|。")
_SUBORDINATE = re.compile(
    r"^(?:(?:又は|若しくは|及び|並びに|・|、)[一-龥]{2,6})?(?:(?:する|した|され(?:る|た)|でき(?:る|た)|となっ?(?:る|た)|を(?:し|行っ|行う|受け)た?)?(?:場合|とき|時|後|際|前|まで(?:の|に)|までは|日(?:から|まで|以降)|以降|されるまで|事由|原因|に(?:より|よる|伴|ついて|関す|かかわらず|際して|先立)|権(?!利)|の(?:有無|原因|場合|とき|時|日|後|前|意思|通知|効力|効果|事由|理由|如何|申し?入れ|申出|際)|(?:し|され)ない(?:場合|とき|限り)|(?:し|され)た(?:当事者|者|側)|以前)|(?:し|され|を(?:し|行っ|受け))た[一-龥ァ-ヶ])"
)
_RIGHT_NOUN = re.compile(r"^(?:する|の|を(?:する|行う|求める|請求する))?(?:権利|権限|選択権|権)(?:を|が)(?:有|留保|ある|もつ|持)")
_LABEL_WORDS = (
    "甲乙(?:双方|両者|間|いずれ)?|甲(?:及び|又は|並びに|と|若しくは|、)乙|いずれの当事者|いずれか一方(?:の当事者)?|一方(?:の)?当事者|一方(?:が)?|各当事者|両当事者|当事者(?:双方|各自|の一方|は|が|の)?|(?:その|当該|影響を受けた|被影響|不可抗力の影響を受けた)(?:影響を受けた)?当事者|相手方(?:当事者)?|双方|互い|相互|"
    "甲|乙|丙|丁|買主|売主|発注者|受注者|委託者|受託者|供給者|供給元|購入者|製造者|販売店|代理店|開示者|開示当事者|受領者|受領当事者|情報受領者|情報開示者|被開示者|当社|貴社|弊社|御社|請負人|注文者|貸主|借主|ユーザ|ベンダ|サプライヤ|バイヤ|"
    "ライセンサ|ライセンシー|メーカ|受任者|委任者|納入者|特約店|借受人|許諾者|実施権者|ディストリビュータ|クライアント|コンサルタント|委託元|派遣元|派遣先|買い手|売り手|お客様|契約者"
)
_MUTUAL = re.compile(r"甲乙|甲(?:及び|又は|並びに|と|若しくは|、)乙|いずれ|一方|各当事者|両当事者|当事者|相手方|双方|互い|相互")

_DEFINITION = re.compile(r"(?:とは、?.*(?:をいう|を意味する|を指す|とする|ものをいう|もの(?:で|と)(?:する|ある))。?(?:ただし.*)?$)|(?:次の|以下の).{0,20}(?:定義|意味(?:を有|に用|で用|とする))|意味は、?(?:次|以下)|^[「『][^」』]{1,40}[」』](?:[::]|とは)|用語の(?:定義|意義|意味)")
_SURVIVAL = re.compile(r"(?:存続|残存|効力(?:を有|が存|を存|は存)|有効に適用|引き続き(?:有効|適用)|失効しない|後も(?:なお)?、?(?:なお)?有効(?:とする|である|に))")
_AFTER_END = re.compile(r"(?:終了|満了|解除|解約|失効)(?:した|された|する|の|し)?(?:後|場合|とき|にかかわらず|により|も|たる)|終了後|満了後|解除後")
_ARTICLE = re.compile(r"第[0-9〇一二三四五六七八九十百]+条|本条|前条|各条")
_PRECEDENCE = re.compile(r"優先順位|(?:が|を)優先(?:する|して|し|させ)|優先適用")
_PRECEDENCE_WORD = re.compile(r"齟齬|矛盾|抵触|相違|異なる|食い違")
_ACTS_ALSO = re.compile(r"なければなら|てはなら|ことができる(?!期間|範囲)")  # a rule of its own beside what survives
_DEFINES_AND_RULES = re.compile(r"(?:をいい|を意味し|を指し)、[^。]*(?:負わない|負いません|免れる|てはならない|なければならない|ことができる)。?$")
_RULES_ALSO = re.compile(r"なければなら|てはなら|義務を負|ことができ")  # a rule of its own beside the one on which text prevails
_RECITAL = re.compile(r"(?:に鑑み|を踏まえ|に際し|にあたり|に当たり|を目的として|について).*(?:次の|以下の|下記の|本契約書?の?)?(?:とおり|通り|契約を?)(?:、?本?契約を)?(?:合意|契約|締結|定め|取決め)(?:する|した|し)|重要性に鑑み|次のとおり(?:合意|契約を締結|契約)する|(?:本契約|本覚書|本協定|本書)(?:は|を)、?[^。、]{0,40}(?:締結(?:する|した|された|される)(?:もの(?:である|です))?|作成(?:された|した)もの(?:である|です))。?$")
_DELETED = re.compile(r"^[(\[【〔]?(?:第?[0-9]+条?)?(?:削除|欠番|欠条|空番)[)\]】〕]?。?$")
_NOTE = re.compile(r"^(?:※|[【\[(<＜〈《](?:注|参考|例|コメント|解説|ポイント|作成(?:者)?注|留意)|(?:注|参考|例|注記|備考|解説)[0-9]*[::)]|例えば)")
_QUESTION = re.compile(r"[□☐☑■]\s*(?:はい|いいえ|有|無|該当)|はい.{0,3}いいえ|(?:ですか|ますか|でしょうか|あるか|いるか)[。?]?$|\?$")
_CROSS_REF = re.compile(
    r"^(?:[^。]{0,30}(?:は|については|に関しては|の場合は|につき))?[、]?(?:本契約)?(?:別段の定めがある場合を除き、?)?(?:第[0-9]+条|前条|前項|別紙|次条)[^。]{0,24}(?:の(?:定め(?:る)?(?:ところ)?|規定|とおり)?(?:に従う|に従うもの|による|によるもの|に準じる|を準用(?:する)?|が適用され|を適用|のとおり|に定める)|に(?:定める|規定する)(?:ところに|とおり|場合を除|もの)|を参照|に従う|を準用)[^。]{0,14}。?$"
)
_DEFINED = re.compile(r"[「『]([^」』]{1,40})[」』]")
_UNQUOTED_TERM = re.compile(r"^(?:[0-9]+|ここ[にで]|なお)?、?(?:(?:本契約|本条|本項|前項|この契約)(?:において|における|に(?:いう|おける)|の))?、?([^「」、。]{2,20}?)とは、")
_LEAD = re.compile(r"(?:次|つぎ|以下|下記|左記|左|各号)(?:の|に|に掲げる|に定める|のいずれか|に記載)?.{0,24}(?:各号|事項|事由|事情|事象|理由|原因|場合|とおり|いずれ|行為|もの|措置|者|条件|情報|資料|書類|項目|内容|義務|対策|方法|基準|要件|制限)|各号(?:の|に)|[::]$|次のとおり")


def passage(sentence: str) -> Passage:
    """What the sentence is for; anything that is not surely something else is operative."""
    s = sentence.strip()
    if not s:
        return Passage.HEADING
    if _DELETED.match(s) or (len(s) < 40 and re.search(r"[(\[【](?:削除|欠番)[)\]】]。?$|\)欠番。?$|(?:^|[)条])(?:は、?)?削除(?:する)?。?$", s)):
        return Passage.DELETED
    if _NOTE.match(s):
        return Passage.NOTE
    if _QUESTION.search(s):
        return Passage.QUESTION
    if _SURVIVAL.search(s) and _AFTER_END.search(s) and _ARTICLE.search(s) and not _ACTS_ALSO.search(s):
        return Passage.SURVIVAL_LIST
    if _DEFINITION.search(s) and not _DEFINES_AND_RULES.search(s):
        return Passage.DEFINITION
    if _PRECEDENCE.search(s) and _PRECEDENCE_WORD.search(s) and not _RULES_ALSO.search(s):
        return Passage.PRECEDENCE_LIST
    if _RECITAL.search(s):
        return Passage.RECITAL
    if len(s) < 90 and _CROSS_REF.match(s):
        return Passage.CROSS_REF
    if len(s) < 40 and re.fullmatch(r"第[0-9]+条[(「]?[^。、]{0,25}(?<!とき)(?<!場合)(?<!こと)(?<!者)[)」]?", s):  # 「第3条に違反したとき」 is a 号
        return Passage.HEADING
    return Passage.OPERATIVE


_RULE = re.compile(r"準拠法と(?:する|し)|(?:" + _LABEL_WORDS + r")(?:は|が)、[^。]{0,160}(?:ものとする|なければならない|ことができる|てはならない|ことはできない|義務を負う)。?$")


def states_rule(sentence: str) -> bool:
    """A sentence among the definitions that binds the parties or rules the whole contract."""
    return _RULE.search(sentence) is not None


def defined_terms(sentence: str) -> list[str]:
    """Quoted terms that the sentence defines (「X」とは, 以下「X」という)."""
    found = []
    for m in _DEFINED.finditer(sentence):
        after = sentence[m.end() : m.end() + 14]
        before = sentence[max(0, m.start() - 8) : m.start()]
        if after.startswith(("とは", "という", "とい", "と総称", "と称", ":", "と呼")) or "以下" in before:
            found.append(m[1])
    unquoted = _UNQUOTED_TERM.match(sentence) if not found else None
    return [unquoted[1]] if unquoted else found


_THING = re.compile(r"(?:会社|企業|法人|団体|組織|個人|[^事]者|人|情報|資料|製品|商品|物品|法令|法律|契約|書面|日|期間|場所|地域)(?:等|の総称|その他[^。]{0,20})?を(?:いう|指す|意味する)")


def names_thing(definition: str) -> bool:
    """The defined term is a person, a law, goods or the like (「関連会社」とは…会社をいう), no event or conduct."""
    m = _THING.search(definition)
    return m is not None and not (m[0].startswith("情報") and re.search(r"懸念|疑い|おそれ|侵害|違反", definition))


def may_define(text: str) -> bool:
    """Cheap test: some sentence of the text may define a term."""
    return "とは" in text or "いう" in text or "意味" in text or "定義" in text or "指す" in text or "」" in text or "』" in text


_ITEMS = re.compile(r"(?:次|つぎ|以下|下記|左記|左)(?:の|に(?:掲げる|定める|該当する|記載する))[^。]{0,24}?(行為|事項|こと)")
_NAMES_AN_ACT = re.compile(r"(?:行為|こと|もの|[一-龥ァ-ヶー])[。;]?$")


def place_of_items(opening: str, item: str) -> tuple[int, int] | None:
    """「次の行為をしてはならない。(1) …を解析する行為」: the item is what 「行為」 stands for, and is put as the opening puts it."""
    named = _ITEMS.search(opening)
    return named.span(1) if named and _NAMES_AN_ACT.search(item) else None


def leads_list(sentence: str) -> bool:
    return bool(_LEAD.search(sentence)) or sentence.rstrip("。").endswith((":", "。:"))


_TOPIC = (r"(?:(?<!又)(?<!しく)は|も|において)", r"(?:が|の)", r"(?:(?<!又)は|が)")


@lru_cache(maxsize=256)
def _parties(labels: tuple[str, ...]) -> tuple[re.Pattern[str], tuple[re.Pattern[str], ...], re.Pattern[str], re.Pattern[str]]:
    """A party as the subject right before the act; with each of the particles that mark who acts; joined to what follows, and to what is before."""
    extra = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True) if label and label not in ("甲", "乙"))
    party = rf"({extra + '|' if extra else ''}{_LABEL_WORDS})"
    also = r"(?:及び|又は|並びに|若しくは|と)"
    return re.compile(rf"{party}(?:が|は)[^、。はがと]{{0,14}}$"), tuple(re.compile(rf"{party}(?:の(?:指定|指名|選任)(?:する|した)[^、。]{{1,10}}?|[^、。]{{0,6}}?){particle}") for particle in _TOPIC), re.compile(rf"{party}{also}$"), re.compile(rf"{also}{party}")


def _holder(before: str, after: str, labels: Sequence[str]) -> tuple[str, bool]:
    nearby, marks, joined, joining = _parties(tuple(labels))

    def both(text: str, m: re.Match[str]) -> bool:
        other = joined.search(text[max(0, m.start() - 24) : m.start()]) or joining.match(text, m.end(1), m.end())  # 「供給者及び販売店は」
        return bool(_MUTUAL.search(m[1])) or (other is not None and other[1] != m[1])

    beside = nearby.search(before)  # 「…違反時は甲が解除できる」: the subject right before the act
    if beside is not None:
        return beside[1], both(before, beside)
    for text, mark in zip((before, before, after), marks, strict=True):
        last = None
        for last in mark.finditer(text):  # noqa: B007 - the nearest counts
            if text is after:
                break
        if last is not None:
            return last[1], both(text, last)
    return "", False


def statement(sentence: str, start: int, end: int, labels: Sequence[str] = ()) -> Statement:
    """Modality, polarity and holder of the act at ``start:end``."""
    if end - start > _LONG_ACT:  # of a long act only its predicate, which stands at the end
        start = end - 2
    excluded = _excluded(sentence, start, end)
    closes = _CLOSES.match(sentence, end)
    if closes is not None:  # the act stands in an aside that has a predicate of its own: 「(ストライキを除く)により…」
        sentence = sentence[: closes.end()]
    sentence = sentence[:end] + _ASIDE.sub("", sentence[end:])  # 「分析(…を含むがこれに限らない。)をしてはならない」
    if end - 1 > start and sentence[end - 1] == "、":  # a term that took the comma along: 「伝え、」
        end -= 1
    own_start = 0
    for m in _BREAK.finditer(sentence, 0, start):
        own_start = m.end()
    noun = 2 if _NOUN_IN_SHI.search(sentence[:end]) and sentence.startswith("し、", end) else 0  # 「契約の取消し、発注の停止又は…」
    stop = _BREAK.search(sentence, max(end - 1, start) + noun)
    own_end = stop.end() if stop else len(sentence)
    own = sentence[own_start:own_end]
    act = sentence[start:end]
    tail = _CONJUNCTION.sub("", sentence[end:own_end])  # the つ of かつ is no verb ending
    if act.endswith("なければ") and tail.startswith("なら"):
        tail = "なければ" + tail
    elif act.endswith("な") and tail.startswith(("ければ", "くては")):  # 「伝えな|ければならない」
        tail = "な" + tail
    if _DENIAL.match(tail) and _STEM.match(act[-1:]):  # an act that took the end of its verb along: 「外に出さ|ない」
        tail = act[-1] + tail
    if _NEGATIVE_ACT.search(act):  # 「加担していないこと、及び将来も加担しないことを保証する」: one promise in two tenses
        tail = _NEGATIVE_OBJECT.sub("", tail)
    rest = sentence[own_end:]
    if _PROMISE.search(act):  # 「該当しないことを表明し、かつ将来も該当しないことを確約する」: two promises, none denied
        rest = _NEGATIVE_OBJECT.sub("", rest)

    subordinate = bool(_SUBORDINATE.match(tail)) and not _RIGHT_NOUN.match(tail)
    kind, negated = Modality.FACT, False
    soft = _SOFT.search(own, max(0, start - own_start - 24))
    found = _first(tail)
    if found is None and _RIGHT.search(sentence[start:end]):
        found = Modality.RIGHT, False
    if _UNLESS.match(tail):  # 「許可を受けた後でなければ、…してはならない」: it must be done first
        found, subordinate = (Modality.DUTY, False), False
    if _LEST.match(tail):  # 「軍事転用されることのないよう、必要な措置を講じる」
        found, subordinate = (Modality.DUTY, True), False
    if _UNOPPOSED.match(tail):  # 「支払を停止することに異議を述べない」: it may be done
        found = Modality.RIGHT, False
    if found is None and _CONJUNCTION.search(own) and _RELATIVE.match(rest):  # 「履行を停止し、又は契約を解除した当事者は、責めを負わない」: both acts say who is meant
        found, subordinate = (Modality.FACT, False), True
    if found is None:  # a connective form: the modality comes from a later part of the sentence
        joined = own.endswith("たり、") or bool(_JOINED.search(sentence[max(own_start, own_end - 4) : own_end + 4]) or _PARALLEL.match(rest))
        found = _later(rest, joined)
        if found is not None and found[1] and _NEGATIVE_ACT.search(act):  # 「行わず、かつ、行わせない」: two promises side by side
            found = found[0], False
    if found is not None:
        kind, negated = found
    if subordinate and negated and _AS_TOPIC.match(tail):  # 「前項の停止について、乙は…請求できない」: another act is denied
        kind, negated = Modality.FACT, False
    if soft and negated and soft[0].startswith(_SOFT_ACTS):
        soft = None  # 「働きかけを行わない」: the soft verb is itself what is denied
    if soft and soft[0].startswith(_SOFT_ACTS) and _THEN.match(tail):
        soft = None  # 「報告して対策を協議する」: the soft verb is a second act
    if found is not None and not _first(tail) and _SOFT_END.search(rest):  # 「確認し、報告するよう努める」: efforts for both
        soft = _SOFT_END.search(rest)
    if soft and kind in (Modality.DUTY, Modality.FACT):
        kind = Modality.SOFT
    around = sentence[max(0, start - 80) : own_end]
    if kind in (Modality.RIGHT, Modality.DUTY) and not negated:
        consent = _CONSENT.search(around)
        if consent and not _CONSENT_APART.match(around, consent.end()) and not re.search(r"(?:なく|なし|ない|要せず|要しない|得ず|得ることなく|得ないで|場合を除)", around[consent.start() : consent.end() + 10].partition("、")[0]):
            kind = Modality.CONSENT
    holder, mutual = _holder(sentence[:start], sentence[end:own_end], labels)
    return Statement(kind, negated, holder, mutual, None, subordinate, excluded, on_consent=_ON_CONSENT.match(sentence, end) is not None)


def _first(text: str) -> tuple[Modality, bool] | None:
    """The first modal in ``text``: (modality, negated)."""
    best: tuple[int, Modality, bool] | None = None
    for pattern, kind, negated in ((_NEGATIVE_RIGHT, Modality.RIGHT, True), (_RIGHT, Modality.RIGHT, False), (_NEGATIVE_DUTY, Modality.DUTY, True), (_DUTY, Modality.DUTY, False)):
        m = next((m for m in pattern.finditer(text) if negated or kind is not Modality.DUTY or not _ABLE.match(text, m.end())), None)
        if m and (best is None or m.start() < best[0]):
            best = (m.start(), kind, negated)
    return (best[1], best[2]) if best else None


_ABLE = re.compile(r"ことが?も?でき(?!な|ず|ま)")  # 「検査させることができる」 is a right, 「検査させる」 a duty
# 「譲渡しようとするときは、あらかじめ承諾を得なければならない」「再委託には承認を要する」: who wants to do it needs another's word first
_ASSENT = r"(?:承諾|同意|承認|許諾|了解|了承|合意|(?<!輸出)(?<![臣法令府庁局要]の)(?<!要な)(?:許可|認可))"  # an authority's permit is no word of the other side
_WANTS = (
    r"(?:(?:し|せ|行|を行|を?さ)?(?:よう|おう|こう|そう|ろう|う)と(?:する|した)|し?たい|を?(?:する|行う|させる|せる)|(?<=[うくすつむるぶぐ])|"
    r"(?:する)?(?:[のが]?必要|事情)(?:が(?:ある|あり|生じた|生じる)|な)|[しせり]、(?:又は|若しくは|あるいは)[^。]{2,60}?(?:する|した))"
)
_DOING = rf"(?:{_WANTS}?(?:とき|場合|際)(?:は|には|において)?|を?(?:(?:する|行う|させる)に)?[には](?:は|ついては|当たっては|関しては)?|(?:する|した)?に(?:は|当たっては|際しては)|(?:る|する|させる|を行う)?ことが?できるのは)"
_NEEDED = r"(?:を(?:得(?:る(?:もの|こと|。|$|必要|義務)|なければ|ねば)|受け(?:る(?:もの|こと|。|$)|なければ|ねば)|要(?:する|し)|必要と(?:する|し)|取得(?:する|しな)|と(?:る|らな)|求め(?:る(?:もの|こと|。|$)|なければ))|が(?:必要|なければ[^。]{0,12}ない)|した(?:場合|とき)に限(?:る|り))"
_ON_CONSENT = re.compile(rf"{_DOING}、?[^。]{{0,80}}?{_ASSENT}{_NEEDED}")
_NOUN_IN_SHI = re.compile(r"の(?:取消|差止|打切|引渡|申入)$")
_LONG_ACT = 24  # characters
_CONSENT_APART = re.compile(r"て[^。、]{1,24}(?:とき|場合)(?:は|には)?、")  # 「承諾を得て再委託するときは、…」: the consent is to something else
_CONJUNCTION = re.compile(r"(?:又は|若しくは|かつ|及び|並びに|もしくは)$")
_DENIAL = re.compile(r"ない|ません|ず")
_STEM = re.compile(r"[わらさかたなまばがけげてべめれねみえせしりきいじ]")
_NEGATIVE_ACT = re.compile(r"(?:ない|ず)$")
_NEGATIVE_OBJECT = re.compile(r"[しわさ](?:て(?:い|お)ら?)?ない(?=こと(?:を|、|及び|並びに))")
_UNOPPOSED = re.compile(r"(?:[^、。]{0,8}(?:れ|られ)(?:ても|た(?:場合|とき)(?:で(?:あって)?も|に))[^。、]{0,4}(?:何ら|一切)?(?:の)?(?:異議|異存|不服|苦情)[^。、]{0,10}(?:ない|ません|ず))|[^、。]{0,8}こと(?:に(?:ついて|つき|対して?|関して?)?|を)?、?(?:何ら|一切)?(?:の)?(?:異議|異存|不服|苦情)[^。、]{0,10}(?:ない|ません|ず)")
_UNLESS = re.compile(r"[^、。はが]{0,6}(?:(?:後|上|場合|とき)で)?(?:なければ|ない限り)、?(?!なら|なり|いけ)[^。]{1,60}(?:ない|ません|ず)(?:。|、|$|もの)")
_LEST = re.compile(r"[^、。がはもにで]{0,8}(?:こと(?:の|が)|[わらさかたなまばがけげてべめれねみえせし])ないよう(?:に)?、?[^。、]{0,30}(?:措置|対策|方策|手段|手当|監督|管理|注意|確認|確かめ|見届け)")
_PROMISE = re.compile(r"(?:表明|確約|保証|誓約|約束|宣誓)")
_AS_TOPIC = re.compile(r"^(?:(?:又は|若しくは|及び|・)[一-龥]{2,6})?(?:に(?:ついて|関し|伴|際し|基づ)|を理由)")
_CLOSES = re.compile(r"[^()]*(?:\([^()]*\)[^()]*)*(?<=[うくぐすつぬぶむるい])(?=\))")
_ASIDE = re.compile(r"\([^()]{0,200}\)")
_THEN = re.compile(r"(?:を?し|を行っ)て[^、。]{1,16}を")
_RELATIVE = re.compile(r"[^、。はが]{1,20}(?:した|する|を?行った|を?行う)(?:いずれかの|各)?(?:当事者|者|側)(?:は|が|に|の|、)")
_PARALLEL = re.compile(r"(?:[^、。はがて]{1,16}(?:し|せ|け|げ|え|れ|べ|り|み|き|い)、){0,2}[^、。はがて]{1,16}(?:し|せ|け|げ|え|れ|べ|り|み|き|い)、?(?:又は|若しくは)")
_JOINED = re.compile(r"又は|若しくは|及び|並びに|かつ")


_SUBJECTS = "甲|乙|丙|買主|売主|発注者|受注者|委託者|受託者|供給者|購入者|製造者|注文者|請負人|開示者|受領者|貸主|借主|代理店|販売店|本部|契約者|利用者|ユーザ|ベンダ|ライセンサ|ライセンシー?|メーカ|サプライヤ|バイヤ|ディストリビュータ|クライアント|委託元|買い手|売り手|お客様|当社|貴社|相手方|(?:いずれの|各|両)?当事者"
_OTHER_SUBJECT = re.compile(rf"(?:{_SUBJECTS})(?:が(?![^、。]{{0,30}}(?:場合|とき|した|する))|は、)|(?:^|(?<=、))(?:{_SUBJECTS})は")


def _later(rest: str, joined: bool) -> tuple[Modality, bool] | None:
    """The modality that a later part lends to a connective form before it; a negation only across 又は and 及び."""
    other = _OTHER_SUBJECT.search(rest)
    if other is not None:  # what follows is somebody else's: 「…遵守させ、違反時は甲が解除できる」
        rest = rest[: other.start()]
    lent = _first(_CONNECTIVE_NEGATION.sub("", rest))
    if lent is None and other is not None:
        return Modality.DUTY, False  # a rule of its own, put as rules are: 「…に通知し、甲は…できる」
    if lent is not None and lent[1] and not joined and lent[0] is Modality.DUTY:
        return Modality.DUTY, False
    return lent


_CONNECTIVE_NEGATION = re.compile(r"(?:(?<!でき)(?<!はなら)ず|ないで|なく|ない(?=場合|とき|限り))(?:に)?、?")
_CARVED = re.compile(r"含まれない|含まない|含めない|該当しない|(?:当|あ)たらない|みなさない|みなされない|(?:と|とは)しない|除外(?:する|し|され)|(?<!場合)(?<!とき)を除(?:く|き|いて)|(?<!を)除(?:く|き|いて)|(?:に|は)(?:適用|準用)しない|対象とはならない|対象としない")


def _excluded(sentence: str, start: int, end: int) -> bool:
    """The thing named at the place is carved out: 「…は、不可抗力に含まれない」「（…を除く。）」."""
    depth = 0
    for m in re.finditer(r"[()「」]|" + _CARVED.pattern, sentence[end:]):
        sign = m[0]
        if sign in "(「":
            depth += 1
        elif sign in ")」":
            if depth == 0:
                return False  # the bracket that holds the word closed before any carve-out
            depth -= 1
        elif depth == 0:
            between = sentence[end : end + m.start()]
            return not re.search(r"、(?:ただし|但し)|(?:場合|とき)(?:は|には)?、|(?:負わない|免れ|できる)", between)
    return False
