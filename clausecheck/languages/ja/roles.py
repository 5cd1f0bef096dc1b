"""What a Japanese party label or the words beside a name say of a party: 受け取る側か、供給する側か."""

from __future__ import annotations

import re

BUYER_WORDS = (
    "契約者|会員|申込者|加入者|買主|買い主|買受人|購入者|購入側|発注者|発注元|委託者|委託元|注文者|注文主|依頼者|ユーザー?|利用者|顧客|お客様|客先|バイヤー?|ライセンシー?|被許諾者|実施権者|使用権者|"
    "販売店|代理店|特約店|販売代理店|販売業者|借主|借受人|賃借人|荷主|施主|受領者|受領当事者|情報受領者|受寄者|需要者|加盟店|貸与先|輸入者|クライアント|カスタマー?|ディストリビュータ?ー?|譲受人"
)
SUPPLIER_WORDS = (
    "売主|売り主|売渡人|受注者|受注元|受託者|受託先|供給者|供給元|供給側|製造者|製造元|製造業者|製造受託者|メーカー?|ベンダー?|サプライヤー?|セラー|ライセンサー?|(?<!被)許諾者|請負人|請負者|"
    "業務受託者|サービス提供者|提供者|貸主|貸与者|賃貸人|運送人|開示者|開示当事者|情報開示者|開発者|コンサルタント|納入者|加工者|輸出者|本部|譲渡人|プロバイダー?"
)
# Roles that either party has in turn, unless the opening gives them to one of them (開示者(以下「甲」という。)).
NOBODY_IN_TURN = False
IN_TURN = ("開示者", "開示当事者", "情報開示者", "開示側", "受領者", "受領当事者", "情報受領者", "被開示者", "受領側")
_BUYER = re.compile(rf"(?:{BUYER_WORDS})")
_SUPPLIER = re.compile(rf"(?:{SUPPLIER_WORDS})")

# The one named before は/が gives, or receives; 甲は乙に…を委託し、乙はこれを受託する.
GIVES_VERB = re.compile(
    r"受託(?:する|し|す)|請け?負(?:う|い)|受注(?:する|し)|(?:製造|供給|納入|納品|販売|提供|引き?渡|売り渡|売渡|開示|許諾|貸与|賃貸)(?:し|す|する|するもの|す)|売り渡(?:す|し)|引き受け(?:る|、)"
)
TAKES_VERB = re.compile(
    r"(?:発注|(?<!再)委託|注文|購入|依頼)(?:する|し|す)|買い?受け(?:る|、)|請け負わせ|受託させ|製造させ|買い取(?:る|り)|買取(?:る|り)|借り?受け(?:る|、)|賃借(?:する|"
    r"し)|仕入れ(?:る|、)|支払(?:う|い|わ)|支払うものとする"
)


def role(label: str) -> str:
    """buyer | supplier | "" from a folded label; 甲 and 乙 say nothing. Of two words the last one names the bearer."""
    buyer = [m.end() for m in _BUYER.finditer(label)]
    supplier = [m.end() for m in _SUPPLIER.finditer(label)]
    if not buyer and not supplier:
        return ""
    if buyer and supplier:
        return "buyer" if buyer[-1] > supplier[-1] else "supplier"
    return "buyer" if buyer else "supplier"


def given_to(opening: str, role: str, label: str) -> bool:
    """The folded opening gives the role to the party so labelled: 開示者(以下「甲」という), 甲(開示者), 開示者である甲."""
    name = re.escape(label)
    before = rf"{role}[*_ ]*(?:[^、。「」]{{0,24}}[(、](?:以下)?、?[「*]*|である|として(?:の)?){name}"
    return re.search(rf"{before}|{name}[*_ 」]*[(、:は]{{1,2}}{role}", opening) is not None


# --- who the parties are (on source text) -----------------------------------------------------------------------------
_QUOTED = re.compile(
    r"[（(](?P<as>[^（(）)「」『』\n]{1,12}[。、，,])?(?:以下|以後|これ以降)?[、,，]?\s*(?:総称して|それぞれ|本契約において|単に|本書において|"
    r"以下)?[、,]?\s*[「『“\"'‘]\s*(?P<label>[^「」『』”\"'’）)\n]{1,16}?)\s*[」』”\"'’]\s*(?:と(?:いう|呼ぶ|称する|略称する|いいます|します|"
    r"呼称する|略す|する)|とい)[^）)\n]{0,24}[）)]"
)
_LINE = re.compile(
    r"^[ 　\t]*[（(【\[「]?(?P<label>甲|乙|丙|丁|買主|売主|発注者|受注者|委託者|受託者|供給者|注文者|請負人|開示者|受領者|購入者|"
    r"ライセンサー?|ライセンシー?|"
    r"ユーザ|ベンダ|貸主|借主)[）)】\]」]?[ 　\t]*(?:[:：]|[ 　\t]{1,}|(?=[（(][^（）()\n]{2,12}[）)][ 　\t]*[:：]))[ 　\t]*(?P<name>[^\n]{0,60})$",
    re.M,
)
_NOT_A_PARTY = re.compile(
    r"^(?:本(?!部$|社$|店$)|当(?!社$)|個別|この|基本)|契約|(?:情報|製品|商品|業務|目的物|成果物|期間|書|日|法|権|物|料|金|サービス|条件|仕様|データ|者双方|両当事者|当事者|反社会的勢力|"
    r"知的財産|発明|素材|技術|代金|委託料|対価|額|率|基準|方法|画面|ページ|サイト|口座|規約|約款|ポイント|手数料|機能|番号|区域|地域|場所|施設|設備|装置|機器|部品|材料|端末|資料|文書|図面|仕様|作業|工事|期限|時間|行為|事態|状態|目的|事項|システム|ソフトウェア|事由)$"
)
_DONE = re.compile(r"を(?:行[いうおっな]|実施|遂行|開始|完了|締結)")  # 検証（以下「PoC」という。）を行い: an act, nobody
_COMPANY = re.compile(
    r"(?:株式会社|有限会社|合同会社|合資会社|一般社団法人|一般財団法人|国立大学法人|公立大学法人|学校法人|独立行政法人|医療法人|協同組合|㈱|\(株\)|（株）)"
)
_BLANK_NAME = re.compile(r"[○●〇◯＿_△□■]{1,}|\{\{[^}]*\}\}|[XYＸＹ]社|[　 ]{3,}|\.{4,}|…{2,}|xx+|ＸＸ+|××+|\[[^\]]{0,20}\]")


def parties(text: str) -> list[tuple[str, str, int, int]]:
    """(label, name, start, end) of the parties that an opening names, in order; the name is "" or " " where the draft leaves it blank."""
    found: list[tuple[str, str, int, int]] = []
    for m in _QUOTED.finditer(text):
        label = m["label"].strip()
        if _NOT_A_PARTY.search(label) or _DONE.match(text, m.end()):
            continue
        name, words = _name_before(text, m.start())
        if not name and not words and not role(label) and label not in ("甲", "乙", "丙", "丁"):
            continue
        found.append((label, name, m.end("as") if m["as"] else m.start(), m.end()))  # （買主。以下「甲」という。）
    if len(found) < 2:
        for m in _LINE.finditer(text):
            if all(label != m["label"] for label, *_ in found):
                found.append((m["label"], _clean(m["name"]), m.start(), m.end()))
    found.sort(key=lambda f: f[2])
    seen: dict[str, tuple[str, str, int, int]] = {}
    for item in found:
        seen.setdefault(item[0], item)
    return list(seen.values())[:6]


def _clean(name: str) -> str:
    name = re.split(r"\t|[ 　]{2,}|住所|所在地|代表者", name.strip(" 　,、。:：\t"))[0].strip(" 　,、。:：")
    return "" if _BLANK_NAME.fullmatch(name) or re.match(r"(?:住所|氏名|会社名|代表者|所在地|印)", name) else name[:60]


def _name_before(text: str, at: int) -> tuple[str, str]:
    """The name before the bracket, and the words there that say what the party is (売主, 委託者)."""
    before = text[max(0, at - 70) : at]
    piece = re.split(r"[、，,。\n）)」]|(?:と|及び|および|並びに)(?=[^\n]{1,40}$)", before)
    last = next((p.strip(" 　") for p in reversed(piece) if p.strip(" 　")), "")
    last = re.sub(r"^(?:と|及び|および|並びに|は|、)+", "", last)
    words = last if role(last) else ""
    if _COMPANY.search(last):
        return last[-60:], words
    return ("" if _BLANK_NAME.search(last) or words == last or len(last) > 40 else last), words


# --- what kind of contract it is (on folded text): the earlier type wins among equals ---------------------------------
TITLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "nda",
        re.compile(r"秘密保持(?:に関する)?(?:契約|覚書|誓約|合意|協定|$)|機密保持(?:に関する)?(?:契約|覚書|誓約)|守秘(?:義務)?契約|nda"),
    ),
    ("jv", re.compile(r"合弁|株主間|共同出資|ジョイントベンチャー")),
    ("sample", re.compile(r"サンプル|試料|貸与契約|使用貸借|機器貸|設備貸|工場見学|物質移転|mta|試作品提供")),
    ("rnd", re.compile(r"共同研究|共同開発|研究開発|技術検証|概念実証|poc|検証契約|実証実験|フィージビリティ|アセスメント")),
    ("licence", re.compile(r"ライセンス|実施許諾|使用許諾|実施権|利用許諾")),
    ("distribution", re.compile(r"販売店|代理店|特約店|販売代理|ディストリビュ|販売提携|フランチャイズ|加盟店")),
    ("manufacturing", re.compile(r"製造委託|製造請負|加工委託|委託加工|加工(?:基本)?契約|oem|製作|製造(?:取引|委託)?(?:基本)?契約")),
    (
        "services",
        re.compile(
            r"業務委託|業務請負|請負|委任|保守|運用|開発(?:委託|契約|基本)|ソフトウェア|情報システム|サービス|コンサル|個別業務|工事|委託契約|運送|警備|派遣|清掃|顧問|利用規約|雇用|賃貸借"
        ),
    ),
    ("supply", re.compile(r"売買|取引基本|基本取引|供給|購買|調達|物品|販売契約|部品|資材|購入|商品")),
)
_FRAMEWORK = re.compile(
    r"基本契約|取引基本|基本取引|個別契約|有効期間|契約期間|自動更新|更新(?:する|され)|継続的|以後も?同様|フォーキャスト|発注予測"
)
_PRICE = re.compile(r"代金|価格|報酬|料金|委託料|金額|対価|請負金|費用")
_DELIVERY = re.compile(
    r"納期|納入(?:期日|期限|日)|納品(?:日|期日|期限)|引き?渡し?(?:期)?(?:日|期限)|履行期限|完了(?:日|期限|予定日)|工期|完成期日|までに[^。]{0,30}(?:納入|納品|引き?渡|完了|完成)"
)
_SINGLE = re.compile(r"^[^。]{0,40}個別契約書?")


def framework(text: str) -> bool:
    """The folded text speaks of a lasting relation: 基本契約, 個別契約, 有効期間, 更新."""
    return _FRAMEWORK.search(text) is not None


def one_off(text: str) -> bool:
    """The folded text has the price and the delivery of a single deal."""
    return _PRICE.search(text) is not None and _DELIVERY.search(text) is not None


def single_order(title: str) -> bool:
    """The folded title is that of one order under a framework."""
    return _SINGLE.match(title) is not None and "基本" not in title


_PUBLIC = re.compile(
    r"^(?:日本)?国$|[省庁]$|(?:東京都|北海道|大阪府|京都府|県|[市区町村])(?:教育委員会|企業局|水道局|交通局)?$|独立行政法人|国立(?:大学|研究開発)法人|公立大学法人|地方公共団体|地方独立行政法人"
)
_TECHNOLOGY = re.compile(
    r"図面|仕様書|設計|技術|ノウハウ|金型|サンプル|試料|試作|ソフトウ[ェエ]ア|プログラム|ソースコ|システム|開発|発明|特許|知的財産|支給(?:品|材)|貸与|製法|工程|データ|個人情報|調合|配合"
)


def public_body(name: str) -> bool:
    """The party is the state, a local authority or a body of either."""
    return _PUBLIC.search(name.strip()) is not None


def technology(text: str) -> bool:
    """The folded text speaks of drawings, know-how, samples, software or other technology that may pass."""
    return _TECHNOLOGY.search(text) is not None


def title_of(head: str) -> str:
    """The title in the first lines of the source: what stands before the parties are named."""
    lines = [line.strip(" 　#*-") for line in head.split("\n") if line.strip(" 　#*-")]
    kept: list[str] = []
    for line in lines[:6]:
        if re.search(r"以下「|以下、|は、|[。]|^第[0-9０-９一]+条|甲[:：]", line):
            break
        kept.append(line)
    return "\n".join(kept) or (lines[0][:60] if lines and not re.match(r"第[0-9０-９一二三四五六七八九十]+条", lines[0]) else "")


def best_type(text: str, names: list[str]) -> str:
    """Of the types whose words the text has, in the order of TITLES, the one that names the contract."""
    return names[0]


def role_beside(before: str, name: str) -> str:
    """The role from the words before a label's bracket, folded (売主(以下「甲」という)), or in brackets: 甲 (委託者)."""
    bracketed = re.match(r"[(\[【]([^)\]】]{2,12})[)\]】]", name)
    if bracketed and role(bracketed[1]):
        return role(bracketed[1])
    piece = re.split(r"[、。,)」]|と(?=[^と]{0,30}$)|及び", before.rstrip("、。,"))[-1]
    return role(piece)


def role_after(after: str) -> str:
    """The role from the words right after a label's bracket, folded: (以下「甲」という。)を買主とし."""
    m = re.match(r"を([^、。はがをに]{2,8}?)(?:とし|と?、|として|$)", after)
    return role(m[1]) if m else ""


# 「資料を開示するよう請求」: the other one gives
_ASKED_OF_OTHER = re.compile(r"る?(?:よう|こと(?:を|が))[^。、]{0,10}(?:求|請求|要求|要請|指示|依頼)")


def act_after(text: str, start: int, end: int) -> str:
    """gives | takes | "": what the party named at ``start:end`` of the folded text does there."""
    if start and (text[start - 1].isalnum() and text[start - 1] not in "、はがをにと"):
        return ""
    m = re.match(r"(?:は|が)、?(?P<act>[^。]{0,150})", text[end : end + 160])
    if m is None:
        return ""
    act = m["act"]
    if re.search(r"支払(?:う|い|わ)", act) and not re.search(r"遅延損害金|違約金|損害", act):
        return "takes"
    gives = next((g for g in GIVES_VERB.finditer(act) if not _ASKED_OF_OTHER.match(act, g.end())), None)
    takes = TAKES_VERB.search(act)
    if gives and (takes is None or gives.start() < takes.start()):
        return "gives"
    return "takes" if takes else ""


# Terms of use name the one who offers them 当社 and nobody else.
_TERMS_OF_USE = tuple((user, "当社") for user in ("契約者", "利用者", "会員", "申込者", "ユーザー", "お客様", "ご利用者"))


def used_labels(text: str) -> list[str]:
    """Party words that the source uses as names without defining them: 甲, 乙."""
    for pair in (("甲", "乙"), ("買主", "売主"), ("発注者", "受注者"), ("委託者", "受託者"), ("注文者", "請負人"), ("開示者", "受領者"), *_TERMS_OF_USE):
        if all(re.search(rf"{label}(?:は|が|に|及び|又は|、)", text) for label in pair):
            return list(pair)
    return []
