"""Japanese wording of terms: 契約期間、更新、更新拒絶、中途解約.

Works on one folded sentence (no blanks, NFKC, か月, 又は/及び). A ただし書 may stand in the same sentence, so every duration
gets its role from the words beside it; the subject must be the agreement itself, not 秘密保持, 保証 or 個別契約.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cached_property

import re2

from clausecheck.languages.base import DateMention, Duration
from clausecheck.languages.periods import Quantities, Said, Topic

_MAX = 3000  # characters of a sentence that are looked at

_MAY_SPEAK = re2.compile(r"有効|期間|期限|更新|延長|継続|満了|解約|存続|終了|効力|締結日|発効|優先|見直|再協議|毎年|ごとに|解除でき|いつでも|最低購入|年間")
_HEADING = re.compile(
    r"^(?:本?契約の?)?(?:有効期間|契約期間|期間|有効期限|存続期間|契約の期間|契約期限|効力|発効|更新)(?:及び|と|・|、|並びに|又は)?(?:更新|終了|解約|中途解約|解除|自動更新|延長|効力|発効|契約の更新|満了|継続)*(?:等)?$|"
    r"^(?:契約の?)?(?:更新|自動更新|中途解約|解約)(?:等)?$|^契約(?:の)?期間|^本契約の(?:有効)?期間|^契約の(?:有効)?期間"
)
# 本契約, 本覚書, この契約, 本基本契約 …
_AGR = r"(?:(?:本|この|当)[^、。は の「」()]{0,12}?(?:契約書?|覚書|合意書?|協定書?|約款|規約|書)|契約(?!書)|ライセンス契約|基本契約)"
_SUBJECT = re.compile(
    rf"(?P<named>{_AGR}の(?:当初の?|最初の)?(?:有効|契約|存続|効力|適用|履行|委託|取引)?(?:期間|期限|存続期間)|(?<![ァ-ヶー一-龥々])(?:当初の?|最初の)?(?:本)?(?:契約|有効|契約有効|委託|取引|賃貸借|業務委託|基本契約|業務|提供|利用|実施|許諾|提携|共同研究|共同開発|研究|開発|貸与|検証|供給|販売|取引契約)(?:の)?(?:期間|期限|有効期間)|"
    rf"{_AGR}(?:の効力)?は、?)(?P<post>(?:\([^)]{{0,40}}\))?)"
)
_LABELED = re.compile(r"^(?:第?[0-9]+[条項.]?|[(\[【]?[0-9a-z]{1,2}[)\]】.])?[「【\[(]?(?:本?契約の?)?(?:有効|契約|存続|委託|業務委託)?(?:期間|期限)[」】\])]?(?:[::\t|]|[はも]?、)")
_FOREIGN = re.compile(
    r"秘密保持|機密保持|守秘|保証|担保|瑕疵|契約不適合|猶予|是正|催告|個別契約|注文|発注書|支払|検査|検収|競業|引抜|引き抜き|勧誘|存続条項|保管|保存|監査|補修|無償|試用|許諾期間|特許権?の存続|"
    r"点検|納入|納期|利用契約|保険|作業期間|単位期間|独占|通知期間|予告期間|時効|休業|派遣|雇用|試験|評価|返済|分割|据置|貸与期間|サポート期間|保守期間|ロイヤルティ"
)
_FOREIGN_SUBJECT = re.compile(
    r"(?:秘密保持|機密保持|守秘|保証|瑕疵担保|契約不適合|猶予|是正|催告|個別契約|注文|支払|検査|検収|競業|保管|保存|補修|無償|試用|点検|納入|保険|作業|単位|通知|予告|時効|評価|許諾|貸与|サポート|保守|各権利の存続|特許権の存続|秘密情報)[^、。]{0,12}$"
)
_DUTY_AFTER_END = re.compile(r"(?:終了|満了|解除|解約|失効)(?:の)?(?:日|時)?(?:した)?(?:後|以後|以降|から|より|の日から|日から|日より)(?:も|において|においても|から|起算して|、)*(?:さらに)?$")
_RENEWAL_BEFORE = re.compile(
    r"(?:さらに|更に|更新(?:後|期間|した|され)|延長|同一(?:の)?(?:条件|内容|期間)|同様の条件|同じ(?:条件|内容)|従前(?:と同一)?の?(?:条件|内容)|自動(?:的)?に?|再度|以後(?:は|も|、)?|以降(?:は|も|、)?|その後(?:は|も|、)?|次の|翌日から|新たに|新しい有効期間|引き?続き|期間満了後|なお)[^。]{0,22}$"
)
_RENEWAL_AFTER = re.compile(r"^(?:間)?(?:ずつ|ごとに|毎に|単位で)?(?:、)?(?:の)?(?:期間)?(?:を限度に|に限り|で|、|を|に|自動的に|自動|当然に|同一条件で|同一の条件で|同条件で)*(?:更新|延長|延期|継続|存続|自動更新|更新期間)")
_NOTICE_AFTER = re.compile(r"^(?:間)?(?:以上)?(?:前|まえ)|^(?:間)?(?:以上)?(?:の)?(?:予告|猶予)期間|^以内")
_INITIAL_AFTER = re.compile(
    r"^(?:間)?(?:\([^)]{0,40}\))?(?:を?もって|を以て|とし|とする|です|である|、|。|$|有効|効力|存続|まで|に限り|は、?有効|の間|又は|のうち|を経過|とな|が経過|継続|$|「|\(|\||\t|;|若しくは|のいずれか|を有効|を契約期間|を期間|を満了|で満了|で終了|に満了|に終了|経過|の期間|が満了|その効力)"
)
_END_DATE_AFTER = re.compile(r"^(?:\([^)]{0,12}\))?(?:まで|迄|を?もって|を以て|に(?:満了|終了|失効)|を(?:満了日|終期|終了日|期限)|限り|とする|$|まで(?:の|と|有効)|のいずれか)")
_START_AFTER = re.compile(r"^(?:\([^)]{0,12}\))?(?:から|より|を(?:始期|開始日|起算日|発効日)|に(?:発効|効力|開始)|付で(?:発効|効力)|付け?で?(?:発効|効力)|以降|を起算日)")
_RANGE_AFTER = re.compile(r"^(?:\([^)]{0,12}\))?[~\-–ー―〜～]")
_RANGE_BEFORE = re.compile(r"[~\-–ー―〜～]$")
_SIGNATURE = re.compile(
    r"(?:(?:本?契約(?:書)?|本覚書|本合意書?|契約|本[^、。]{0,8}契約)の?)?(?:締結|調印|署名|契約締結|押印|記名押印|締結の|調印の|契約調印|成立|契約成立|最終署名)(?:した|の|完了の|する)?(?:日|時|時点)?(?:付)?(?:\([^)]{0,30}\))?(?:から|より|を(?:始期|起算日)|に(?:発効|効力)|と同時に|をもって|以降|の日から|の日より|を起点)"
)
_EFFECTIVE = re.compile(r"(?:発効日|効力発生日|効力発効日|開始日|契約開始日|契約日|本契約日|契約の日|始期|基準日|施行日|サービス開始日|利用開始日|本書(?:の)?日付|本契約書?の日付|頭書(?:の)?(?:日|記載の日)|上記(?:の)?(?:日付|日)|下記(?:の)?(?:日付|日)|冒頭記載の日|末尾記載の日|記載の日)(?:\([^)]{0,30}\))?(?:から|より|を(?:始期|起算日)|に(?:発効|効力)|以降|において|[はに]?、)")
_EVENT_START = re.compile(r"(?:採用日|検収日|納入日|引渡日?|納品日|完了日|承認の?日|認可の?日|受領した(?:時|日)|成就した日|到達した日|申込(?:み)?(?:の)?日|承諾した?日|許可の?日|提供開始日?)(?:に|から|より)")
_BLANK = re.compile(r"[○●〇◯△■□＿]{1,}|_{2,}|\{\{[^}]*\}\}|\[[ 　・*●○_]*\]|【[ 　●○_・]*】|\*{2,}|・{3,}|x{2,}|未定")
_BLANK_LENGTH = re.compile(rf"(?:{_BLANK.pattern})(?:年|か月|箇月|月|日)(?:間)?|(?:{_BLANK.pattern})(?:から|より|まで)|(?<=[はを、:])(?:{_BLANK.pattern})(?:と|$|。)|(?:^|[、は:からより])(?:令和|平成|西暦|20)?(?:{_BLANK.pattern})?年(?:{_BLANK.pattern})?月(?:{_BLANK.pattern})?日")
_UNTIL_NOTICE = re.compile(r"(?P<who>[^。、]{0,16}?)(?:が|から|より)、?[^。]{0,20}?(?:終了|解約)(?:する)?(?:旨|の)[^。]{0,24}?(?:申し?入れ|通知|申し?出|意思表示)[^。]{0,8}?まで")
_INDEFINITE = re.compile(r"(?:終了|解約)(?:する)?(?:旨|の)[^。]{0,24}?(?:申し?入れ|通知|申し?出|意思表示)[^。]{0,8}?まで|期間の定め(?:は|が|を)?(?:なく|のない|がない|なし|無く|設けない|しない|ない)|期間を定めない|期間を定めず|無期限|永続|永久|終了事由が(?:生じる|発生する)まで|(?:解約|解除|終了)(?:又は(?:解約|解除|終了))?(?:の(?:意思表示|通知|申し?入れ|申出|合意))?(?:が)?(?:され|する|なされ|行われ|ある|あ)(?:る)?まで|合意により終了するまで|終了(?:の)?(?:申し?入れ|申出)(?:が|を)?[^。]{0,12}(?:まで|限り)|終了するまで")
_VAGUE = re.compile(r"取引が(?:続く|継続する|存する)(?:限り|間)|取引(?:の)?(?:継続|存続)(?:する)?(?:限り|間|中)|必要(?:な|と認める)(?:期間|間|限り)|相当(?:の)?期間|当分の間|当面の間|関係が(?:続く|継続する)(?:限り|間)")
_EVENT_END = re.compile(
    r"(?:完了|終了|完納|完済|達成|成就|確認|引渡|納入|納品|支払(?:い)?|検収|達する|到達|消滅|満了|締結|解散|成立|廃止|終結)(?:した|する|の|が完了した|が終了した|が完了する)?[^、。]{0,14}?(?:まで|(?:の|する|した)?(?:日|時)(?:のいずれか[^。]{0,14})?(?:まで|を?もって|に終了|に満了)?(?:とする|のいずれか|まで|$|。|、)?)"
)
_EXTERNAL = re.compile(r"(?:別途|別に|個別契約|別紙|特記|発注書|注文書|申込書|別表|利用契約|原契約|主契約|基本契約)[^。]{0,14}(?:定める|定めた|記載(?:の|する|された)|において定め|規定する|期間(?:と同一|に準|による|に従)|のとおり|の有効期間(?:中|と同)|が(?:有効|存続))")
_STATES = re.compile(r"有効|効力|期間|期限|存続|終了|満了|発効|まで")

_RENEW = re.compile(r"更新|延長|継続(?:する|し|され|する?もの)|存続する?もの|再契約|以後(?:も)?(?:同様|同じ)|その後も同様|以降も同様|延伸")
_RENEW_FOREIGN = re.compile(r"(?:保守点検|システム|ソフトウェア|情報|データ|内容|ウェブサイト|ページ|登録|免許|許可|許諾|保険|証明書|納期|納入期限|支払(?:期限|期日)|期限の|秘密保持義務|秘密保持期間|保証期間|義務|履行期|検査期間|プログラム|バージョン|個別契約|契約情報|取引記録|記録)[^、。]{0,14}$")
_NO_RENEWAL = re.compile(r"更新(?:の定め)?(?:は|を)?(?:なく|ない|なし|行わない|しない|せず|されない)(?!旨|こと|意思|場合|とき|限り|もの(?:で)?ある旨|意向|と(?:の|する)|ときは|趣旨)|更新(?:は|を)?(?:し|行わ|され)ないものとする|自動(?:的に)?更新(?:は)?(?:し|され)ない(?!場合|とき|旨|限り|こと)|更新の定め(?:は|が)?(?:ない|なく|なし)|更新できない|延長(?:は)?(?:し|され)ないものとする")
_AUTO = re.compile(
    r"自動(?:的)?に?[^。、]{0,24}(?:更新|延長|継続)|当然に[^。]{0,16}(?:更新|延長|継続)|(?:ない|なかった|無い|ぬ|なき|無かった|なされない|されない|せず|ず)(?:場合|とき|時|限り)(?:は|に|には|に限り)?、?[^。]{0,90}(?:更新|延長|継続|存続)|(?:更新|延長|継続)(?:された|した|する)?ものとみな|更新したとみな|黙示の?更新|自動更新|"
    r"(?:満了|終了|到来)(?:した)?(?:後|の都度|する日に|日に|時に|の際)[^。]{0,24}(?:更新|延長|継続)(?:され|する|し)(?:る|もの|、|、以後)?"
)
_SAME = re.compile(r"以後(?:も|は)?[^。]{0,4}(?:同様|同じ|同一)|その後(?:も|は)?(?:同様|同じ)|以降(?:も|は)?[^。]{0,4}(?:同様|同じ)|(?:爾|じ)後(?:も)?同様|次期以降も同様|再更新")
_AGREED = re.compile(r"(?:協議|合意|同意|承諾|書面による合意)(?:の上|のうえ|により|した(?:場合|とき|上)|して|が(?:成立|調)[^。]{0,8}|を経て|をもって|に基づき|し)、?[^。]{0,40}(?:更新|延長|継続)|(?:更新|延長|継続)[^。]{0,30}(?:協議|合意)(?:する|して|の上|のうえ|により|する?もの|し)|改めて契約|再度、?契約")
_OPTION = re.compile(r"(?:更新|延長|継続)(?:を(?:請求|求め|要求)|する?こと|の(?:請求|権利|選択))[^。]{0,12}(?:でき|有する)|(?:更新|延長)(?:権|オプション|選択権)")
_REFUSAL_WORD = re.compile(r"(?:更新(?:し|され)?ない|更新(?:を)?(?:しない|行わない|拒絶|拒否|希望しない)|更新拒絶|不更新|延長しない|継続しない|終了(?:する)?(?:旨|の(?:通知|意思|申)|意思)|解約(?:する)?(?:旨|の(?:通知|意思|申))|異議|別段|特段|反対|申し?出|申し?入れ|意思表示|意思の表示|通知|拒絶|何らの|書面による終了)")
_BEFORE_END = re.compile(r"(?:満了|終了|期限|更新|期間|満期|期日|末日|終期)[^。]{0,18}$")
_UNTIL_DEADLINE = re.compile(r"^(?:間)?(?:以上)?前(?:の(?:日|末日|応当日))?(?:まで|迄)?(?:に|の間に|は)?")
_MUTUAL = re.compile(r"いずれ(?:の(?:当事者|側|一方)|か(?:の当事者|一方)?|から|も)|双方|両当事者|当事者(?!が(?:合意|協議))|一方|各当事者|相手方|甲(?:又は|及び|若しくは|並びに|、|・|と|、?もしくは)乙|乙(?:又は|及び|若しくは|・|と)甲|甲乙|互い|相互")

_EXIT = re.compile(r"(?:解約|解除|終了|中途解約|期間内解約|解消)(?:を(?:する|行う|申し?入れる|申し?出る)|する|させる)?(?:こと(?:が|も)でき(?:る|、|ます|るもの)|でき(?:る|、)|権を有する|を申し?入れ(?:る|、)|を妨げない|(?:は)?可能)")
_EXIT_ENDS = re.compile(r"(?:通知|予告|申し?入れ|申し?出)[^。]{0,30}(?:により|ことにより|をもって|を以て|から|の後|した(?:とき|場合|日から))[^。]{0,30}(?:解約|終了|失効)(?:する|と|もの|。|、|$)")
_FREE = re.compile(r"いつでも|理由の(?:如何|いかん)を問わず|理由を問わず|(?:何らの|特段の|特に)?理由(?:を要|な|が|の)(?:せず|く|なくて)|任意に|都合により|事由の(?:如何|いかん)|自由に|期間(?:中|内|の途中)(?:に(?:おいて|あって)も?|といえども|であっても|でも)|中途で|有効期間内(?:であっても|でも|といえども)|期間の途中|満了前(?:で(?:あって)?も|といえども|に)")
_GROUND = re.compile(
    r"違反|該当|(?:破産|民事再生|会社更生|特別清算|支払停止|差押|不渡|解散|合併|買収|営業停止|許認可|取消|信用|資産状態)|次の(?:各号|いずれ)|以下の(?:各号|いずれ)|各号|履行しない|怠(?:った|り|る)|不履行|是正|催告|判明|疑い|おそれ|反社会|不可抗力|支配権|(?:事由|事態)が(?:生じ|発生|ある)|困難|不能|やむを得ない|正当な(?:理由|事由)|虚偽|第[0-9]+条"
)
_CHANGE = re.compile(r"(?:法令|規制|経済|事情|情勢|市場|市況|価格|為替)[^。]{0,30}(?:変更|変動|変化|改正|改廃)|(?:協議|合意)(?:が|に)(?:調わ|成立し|至ら|整わ)")
_FEE = re.compile(r"(?:残(?:期間|額|存期間|代金|債務)|違約金|解約金|解約料|中途解約金|未払(?:い)?(?:の)?(?:代金|料金)|全額)[^。]{0,30}(?:支払|負担|賠償|補償)|費用[^。]{0,20}(?:賠償|支払|補償|負担)")
_CONSENT = re.compile(r"(?:相手方|甲|乙|他の当事者|双方)の(?:書面による)?(?:事前の)?(?:書面による)?(?:承諾|同意|合意)|合意(?:により|の上|のうえ|した)|協議(?:の上|のうえ|により|し)|合意解約")
_AFTER_FROM = re.compile(r"^(?:間)?(?:を)?(?:経過(?:後|した(?:後|日|とき|時)?)|後)(?:は|に|以降|において|から|いつでも|、)*")

_REVIEW_WHEN = re.compile(r"毎年|年1回|年一回|年2回|ごとに|毎に|毎(?:月|期|四半期|事業年度|[0-9]+月)|定期的に|定期に|半期|四半期|中間(?:評価|レビュー)|年に1回|少なくとも年")
_REVIEW_ACT = re.compile(r"見直(?:し|す|さ)|再協議|協議(?:する|し|を行|の上|を実施)|再検討|再評価|条件(?:の)?改定|確認(?:する|し|を行)|レビュー|改定(?:する|の協議)|検討(?:する|し)")
_REVIEW_OBJECT = re.compile(r"価格|単価|数量|条件|規制|法令|継続|本契約|契約内容|取引|料金|委託料|対価|契約の内容|更新")
_ORDER = re.compile(r"個別契約|注文(?:書|品)?|発注済|個別の契約|個別取引|受注済|未履行|履行(?:が)?(?:未了|完了していない)|未納入|仕掛品?")
_ORDER_ACT = re.compile(r"存続|有効|適用(?:する|され|が|し)|効力|継続|履行(?:する|し|を完了|され|が完了)|影響(?:を受け|を及ぼ|しない|を与え)|なお(?:従前|本契約)|なお、?効力|従前の例|終了するまで|完了するまで|完了まで|失効(?:しない|する)|精算")
_EXPIRED = re.compile(r"満了|失効|終了(?:する|した|後|時|の|に|し|又)")
_ENDING = re.compile(r"(?:をもって|を以て|により|と同時に|に|で|時に)(?:、)?(?:当然に|自動的に)?(?:終了|満了|失効)(?:する|し|もの|とする|。|$)|まで(?:、)?(?:その)?(?:の間)?(?:、)?(?:有効|効力|存続|継続)|(?:契約|期間|有効期間|本契約)[^。]{0,12}(?:満了|終了)(?:後|時|した(?:場合|とき|後)|の(?:場合|後|とき|際)|に(?:際|より|伴))|満了(?:時|日)(?:に|は|で|をもって)(?:は)?[^。]{0,10}(?:終了|失効)|まで(?:の間)?とする|まで(?:と|有効)|終了する。?$|早(?:い|く)(?:方|ほう|日)|遅い(?:方|ほう|日)|前項の(?:規定|定め)にかかわらず[^。]{0,90}存続|(?:終了|満了)(?:した)?(?:後|時)[^。]{0,60}(?:存続|効力|有効)|終了した場合であっても[^。]{0,60}(?:存続|効力|有効)")
_CAP = re.compile(r"更新(?:は|の回数は|回数は|後の?期間は|期間は)?[^。]{0,16}(?:[0-9一二三四五]+回(?:を限度|を上限|まで|に限り|限り)|[0-9]+回を超え)|(?:通算|合計|累計|総期間|最長)[^。]{0,20}(?:年|か月)[^。]{0,12}(?:を超え|限度|上限|まで|以内)|(?:最長|上限)[^。]{0,10}(?:年|か月|回)|[0-9一二三四五]+回(?:に限り|を限度|を上限|限り)[^。]{0,20}(?:更新|延長)|1回限り|一度に限り")
_ROLLING = re.compile(r"(?:個別契約|注文|発注)[^。]{0,20}(?:の都度|ごとに|毎に|たびに|度に|成立した(?:とき|日))[^。]{0,40}(?:期間|有効期間|契約)[^。]{0,20}(?:更新|延長|新た)")
_MINIMUM = re.compile(r"最低(?:購入|発注|取引|引取)(?:数?量|金?額|義務|数)[^。]{0,60}(?:期間|毎年|各年|年間|期間中)|(?:期間中|毎年|各年|契約期間)[^。]{0,60}最低(?:購入|発注|取引|引取)")
_PREVAIL = re.compile(r"(?P<first>[^。、]{0,40}?)(?:が|を|は)[^。]{0,30}?優先(?:する|して|し|適用|させ)")
_ANNEX = re.compile(r"別紙|別表|付属書|附属書|添付|覚書|個別契約|特記|仕様書")
_DATED = re.compile(r"(?:締結|契約|作成)(?:年月)?日(?:[::は]|$)|(?:付で|付け?にて|付け?の?|に|をもって)(?:、)?(?:次の|以下の|下記の)?(?:[^。]{0,40})(?:締結|契約|合意)|^(?:[^。]{0,6})$|発効日")
_DATE_NAME = re.compile(r"(?:以下|以後)、?(?:単に)?「((?:[^「」]{0,12})日)」")
_DATE_LABEL = re.compile(r"^[「【\[(]?(?P<name>(?:発効|効力発生|契約|契約開始|開始|契約締結|締結|契約終了|終了|満了|契約満了)日|始期|終期)[」】\])]?(?:[::]|は、?|とは、?)")


class JapanesePeriods:
    """See ``clausecheck.languages.periods.Periods``."""

    def may_speak(self, text: str) -> bool:
        return _MAY_SPEAK.search(text) is not None

    def heading(self, heading: str) -> bool:
        return _HEADING.search(heading) is not None

    def dates_something(self, text: str) -> bool:
        return "日」" in text or _DATE_LABEL.search(text) is not None

    def common_start(self, name: str) -> bool:
        return re.search(r"発効|効力発生|開始|契約日|契約の日|始期|日付|頭書|上記|下記|冒頭|末尾|記載", name) is not None

    def read(self, sentence: str, find: Quantities, *, under_heading: bool, labels: Sequence[str]) -> list[Said]:
        reader = _Reader(sentence[:_MAX], find, under_heading, labels)
        return sorted(reader.all(), key=lambda s: (s.start, s.end, s.topic))

    def named_dates(self, sentence: str, dates: Sequence[DateMention]) -> dict[str, dt.date | str | None]:
        found: dict[str, dt.date | str | None] = {}
        label = _DATE_LABEL.match(sentence)
        if label:
            near = [d for d in dates if label.end() <= d.start <= label.end() + 20]
            found[label["name"]] = near[0].date if near else "agreement date" if re.search(r"締結|調印|署名", sentence[label.end() : label.end() + 30]) else None if _BLANK.search(sentence[label.end() : label.end() + 20]) else "event"
        for m in _DATE_NAME.finditer(sentence):
            near = [d for d in dates if m.start() - 30 <= d.start < m.start()]
            scope = sentence[max(0, m.start() - 40) : m.start()]
            found.setdefault(m[1], near[-1].date if near else "agreement date" if re.search(r"締結|調印|署名", scope) else None if _BLANK.search(scope) else "event")
        return found

    def agreement_date(self, sentence: str, dates: Sequence[DateMention]) -> tuple[bool, dt.date | None]:
        for date in dates:
            rest = sentence[date.end : date.end + 80]
            if re.search(r"(?:締結|契約|作成)(?:年月)?日[::は]?$", sentence[: date.start]) or (re.match(r"(?:付|に|、|をもって)", rest) and re.search(r"締結|契約|合意", rest)) or (date.start <= 2 and len(sentence) - date.end <= 3):
                return True, date.date
        if re.search(r"(?:締結|契約)(?:年月)?日[::]", sentence) or re.fullmatch(r"(?:令和|平成|西暦|20)?[^0-9。]{0,6}年[^0-9。]{0,4}月[^0-9。]{0,4}日。?", sentence):
            return True, None
        return False, None


class _Reader:
    """One sentence being read."""

    def __init__(self, text: str, find: Quantities, under_heading: bool, labels: Sequence[str]) -> None:
        self.text = text
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
        subject = self._subject()
        if subject is not None:
            said += self._end(*subject)
            said += self._start(*subject)
        renewal = self._renewal()
        said += renewal
        said += self._refusal(renewal)
        said += self._exit()
        said += self._others()
        return said

    def _role(self, d: Duration) -> str:
        """initial | renewal | notice | after_end | other"""
        before, after = self.text[max(0, d.start - 40) : d.start], self.text[d.end : d.end + 30]
        if _NOTICE_AFTER.match(after):
            return "notice"
        if _DUTY_AFTER_END.search(before):
            return "after_end"
        if _RENEWAL_AFTER.match(after) or (_RENEWAL_BEFORE.search(before) and not re.search(r"(?:から|より)(?:起算して|満)?$", before[-8:])):
            return "renewal"
        if _RENEWAL_BEFORE.search(before) and re.search(r"更新|翌日", before):
            return "renewal"
        if _INITIAL_AFTER.match(after):
            return "initial"
        return "other"

    def _subject(self) -> tuple[int, int] | None:
        """(end, strength) of the words that name this agreement's term, or None."""
        text = self.text
        labeled = _LABELED.match(text)
        if labeled and not _FOREIGN_SUBJECT.search(text[: labeled.end()].rstrip(":はも、")):
            return labeled.end(), 3 if "契約" in labeled[0] or "有効" in labeled[0] else 2
        for m in _SUBJECT.finditer(text):
            before = text[max(0, m.start() - 16) : m.start()]
            if _FOREIGN_SUBJECT.search(before) or re.search(r"(?:個別|利用|秘密保持|機密保持|守秘|保守|雇用|労働|派遣|賃貸借)$", before):
                continue
            after = text[m.end() :]
            if m["named"].endswith(("は", "は、")):
                if not re.match(r"[^。]{0,120}?(?:有効|効力|発効|終了|存続|満了|期間)", after):
                    continue
            elif re.match(r"(?:中|内|満了|終了|の満了|の終了|が満了|経過|にかかわらず|後|の(?:途中|末日|残)|に(?:おいて|関|係|属)|を(?:問わず|通じ|除)|開始|に限り)", after):
                continue
            return m.end(), 3
        if self.under and (self.durations or self.dates or _BLANK.search(text)) and re.search(r"から|より|とする|有効|まで", text) and not _FOREIGN.search(text[:20]):
            return 0, 2
        return None

    def _end(self, stop: int, strength: int) -> list[Said]:
        text, targets = self.text, []
        for d in self.durations:
            if d.start < stop or self.roles[d] != "initial" or self._bars(stop, d.start):
                continue
            marks = set()
            if d.value is None:
                marks.add("placeholder")
            if d.disagrees:
                marks.add("disagrees")
            if re.search(r"いずれか早い|早い(?:方|ほう|日|時)", text[d.end : d.end + 60]):
                marks.add("earlier_of")
            if re.search(r"いずれか遅い|遅い(?:方|ほう|日|時)", text[d.end : d.end + 60]):
                marks.add("later_of")
            targets.append(Said(Topic.END, d.start, d.end, "blank" if d.value is None else "duration", duration=d, months=d.months, days=d.days, strength=strength, marks=frozenset(marks)))
        for date in self.dates:
            if date.start < stop or self._bars(stop, date.start):
                continue
            if (_END_DATE_AFTER.match(text[date.end : date.end + 16]) or _RANGE_BEFORE.search(text[:date.start])) and not _START_AFTER.match(text[date.end :]):
                targets.append(Said(Topic.END, date.start, date.end, "date" if date.date else "blank", date=date.date, strength=strength, marks=frozenset() if date.date else frozenset({"placeholder"})))
        if not targets:
            targets = self._loose_end(stop, strength)
        return sorted(targets, key=lambda s: s.start)[:3]

    def _bars(self, low: int, high: int) -> bool:
        """Between subject and length something else takes over."""
        between = self.text[low:high]
        return re.search(r"ただし|なお、|(?:秘密保持|守秘|保証|存続条項|個別契約の|競業|第[0-9]+条)", between) is not None

    def _loose_end(self, stop: int, strength: int) -> list[Said]:
        text = self.text
        if not _STATES.search(text):
            return []
        blank = _BLANK_LENGTH.search(text, stop)
        if blank and not self._bars(stop, blank.start()):
            return [Said(Topic.END, blank.start(), blank.end(), "blank", strength=strength, marks=frozenset({"placeholder"}))]
        for pattern, form in ((_VAGUE, "vague"), (_INDEFINITE, "indefinite"), (_EXTERNAL, "external"), (_EVENT_END, "event")):
            m = pattern.search(text, stop)
            if m and not self._bars(stop, m.start()) and not (form in ("event", "external") and re.search(r"期間(?:の)?満了|通知|解除|申出", text[stop : m.end()])):
                return [Said(Topic.END, m.start(), m.end(), form, strength=strength)]
        return []

    def _start(self, stop: int, strength: int) -> list[Said]:
        text, said = self.text, []
        for date in self.dates:
            after = text[date.end : date.end + 16]
            if date.start >= stop and (_START_AFTER.match(after) or (_RANGE_AFTER.match(after) and any(x.start > date.end for x in self.dates))) and not self._bars(stop, date.start):
                said.append(Said(Topic.START, date.start, date.end, "date" if date.date else "blank", date=date.date, strength=strength))
        if said:
            return said
        for pattern, form in ((_SIGNATURE, "signature"), (_EFFECTIVE, "named"), (_EVENT_START, "event")):
            m = pattern.search(text, stop)
            if m and not self._bars(stop, m.start()):
                name = re.split(r"\(|から|より|を|に|以降|は|、", m[0])[0] if form == "named" else ""
                if name and (re.search(r"下記|上記|頭書|冒頭|末尾|記載|契約の日|日付", name) or re.search(r"[上下]記$", text[max(0, m.start() - 3) : m.start()])):
                    name = "agreement date"
                blank = _BLANK.search(m[0]) is not None or (form == "named" and re.search(r"\([^)]*年[^0-9)]*月[^0-9)]*日", m[0]) is not None)
                return [Said(Topic.START, m.start(), m.end(), "blank" if blank else form, name=name, strength=strength)]
        blank = re.search(rf"(?:{_BLANK.pattern})(?:日)?(?:から|より)|年[^0-9、。]{{0,4}}月[^0-9、。]{{0,4}}日(?:から|より)", text[stop:])
        if blank:
            return [Said(Topic.START, stop + blank.start(), stop + blank.end(), "blank", strength=strength)]
        return []

    def _renewal(self) -> list[Said]:
        text = self.text
        words = [m for m in _RENEW.finditer(text) if not _RENEW_FOREIGN.search(text[max(0, m.start() - 20) : m.start()])]
        if not words or not (self.under or re.search(rf"{_AGR}|期間|満了", text)):
            return []
        none = _NO_RENEWAL.search(text)
        if none and not _AUTO.search(text):
            return [Said(Topic.RENEWAL, none.start(), none.end(), "none")]
        form, place = "", None
        agreed = _AGREED.search(text)
        auto = _AUTO.search(text)
        if auto and not (agreed and "自動" not in auto[0] and agreed.start() >= auto.start() and re.search(r"(?:協議|合意)(?:の上|のうえ|により|して)", agreed[0])) and re.search(r"更新|延長|継続|存続", auto[0]):
            if re.search(r"継続|存続", auto[0]) and not re.search(r"更新|延長", auto[0]) and not re.search(rf"{_AGR}(?:の効力)?(?:は|が)|期間|同一|さらに", text[max(0, auto.start() - 40) : auto.end()]):
                return []
            form, place = "auto", auto
        elif agreed and re.search(r"更新|延長|継続|契約", agreed[0]):
            form, place = "agreement", agreed
        elif _OPTION.search(text):
            form, place = "option", _OPTION.search(text)
        elif _SAME.search(text):
            form, place = "auto", _SAME.search(text)
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
            elif _BLANK_LENGTH.search(text, place.start()):
                marks.add("placeholder")
        said = [Said(Topic.RENEWAL, place.start(), place.end(), form, duration=duration, months=months, marks=frozenset(marks), holder=self._holder(place.start()) if form == "option" else "mutual")]
        return said

    def _refusal(self, renewal: Sequence[Said]) -> list[Said]:
        text = self.text
        auto = next((s for s in renewal if s.form == "auto"), None)
        word = _REFUSAL_WORD.search(text)
        if word is None or (auto is None and not re.search(r"更新(?:を)?(?:し|行わ|希望し|され)ない|自動更新しない|更新拒絶|更新を拒|不更新|継続しない|延長しない", text)):
            return []
        if auto is None and renewal:
            return []
        notices = [d for d in self.durations if self.roles[d] == "notice"]
        tied = [d for d in notices if _BEFORE_END.search(text[max(0, d.start - 30) : d.start]) or _REFUSAL_WORD.search(text[d.end : d.end + 60])]
        marks: set[str] = set()
        if _CONSENT.search(text[max(0, word.start() - 60) : word.end() + 40]) and not re.search(r"合意|協議", text[word.start() : word.end()]) and re.search(r"(?:承諾|同意)(?:を得|が|の)", text):
            marks.add("consent")
        if re.search(r"(?:合理的な|正当な|やむを得ない|相当な)(?:理由|事由)", text[max(0, word.start() - 40) : word.end() + 10]):
            marks.add("needs_reason")
        if not tied:
            if auto is None or not re.search(r"(?:ない|なかった|無い|ず)(?:場合|とき|時|限り)|拒絶|異議", text):
                return []
            marks.add("placeholder" if re.search(rf"(?:{_BLANK.pattern})(?:か月|月|日|年)?(?:間)?前", text) else "no_deadline")
            return [Said(Topic.REFUSAL, word.start(), word.end(), holder=self._holder(word.start()), marks=frozenset(marks))]
        window = None
        d = tied[-1]
        if len(tied) >= 2 and re.search(r"から", text[tied[0].end : tied[1].start]) and tied[0].days is not None and tied[1].days is not None:
            d, window = tied[1], abs(tied[0].days - tied[1].days)
        elif len(tied) >= 2:
            d = tied[0]
        if re.match(r"^以内", text[d.end :]) and d.days is not None:
            window = d.days
        if d.value is None:
            marks.add("placeholder")
        later = [m for m in _REFUSAL_WORD.finditer(text) if m.start() > d.end]
        at = later[0].start() if later else word.start()
        return [Said(Topic.REFUSAL, d.start, d.end, duration=d, days=d.days, holder=self._holder(at, d.end), marks=frozenset(marks), window_days=window)]

    def _holder(self, at: int, low: int = 0) -> str:
        """Who acts near ``at``: the party named before は, が, から, より; "mutual"; "" when nobody is named."""
        window = self.text[max(low, at - 60) : at + 10]
        if _MUTUAL.search(window):
            return "mutual"
        best: tuple[int, str] = (-1, "")
        for label in self.labels or ["甲", "乙"]:
            for m in re.finditer(rf"{re.escape(label)}(?:は|が|から|より|の(?:書面|申|通知|意思)|に(?:おいて|よ)|による)", window):
                if m.start() > best[0]:
                    best = (m.start(), label)
        if not best[1] and low:
            return self._holder(at, 0)
        return best[1]

    def _exit(self) -> list[Said]:
        text = self.text
        said: list[Said] = []
        until = _UNTIL_NOTICE.search(text)
        if until and re.search(rf"{_AGR}", text):
            notice = next((d for d in self.durations if until.start() <= d.start < until.end() and self.roles[d] == "notice"), None)
            who = "mutual" if _MUTUAL.search(until["who"]) else next((label for label in [*self.labels, "甲", "乙"] if until["who"].endswith(label)), "")
            said.append(Said(Topic.EXIT, until.start(), until.end(), duration=notice, days=notice.days if notice else 0.0, holder=who))
        rights = list(_EXIT.finditer(text))
        for m in [*rights, *(x for x in _EXIT_ENDS.finditer(text) if not any(x.start() < r.end() and r.start() < x.end() for r in rights))]:
            if _RENEW.search(text[max(0, m.start() - 6) : m.end()]) or any(s.start <= m.start() < s.end for s in said):
                continue
            low = max(text.rfind("。", 0, m.start()) + 1, 0)
            lead = text[low : m.end()]
            if re.search(r"個別契約(?:の全部|の一部)?を[^。]{0,30}$", text[low : m.start()]) and "本契約" not in lead:
                continue
            if not (self.under or re.search(rf"{_AGR}", lead)) or re.search(r"支払(?:を|が)停止|期限の利益", lead[-30:]):
                continue
            holder = self._holder_of(lead)
            free, ground = _FREE.search(lead), _GROUND.search(lead)
            notice = next((d for d in self.durations if low <= d.start < m.end() and self.roles[d] == "notice"), None)
            if ground and not (free and re.search(r"理由|任意|都合|自由|事由の", free[0])):
                topic = Topic.CHANGE_EXIT if _CHANGE.search(lead) and not re.search(r"違反|破産|各号", lead) else Topic.BREACH_EXIT
                said.append(Said(topic, m.start(), m.end(), holder=holder))
                continue
            if _CHANGE.search(lead) and re.search(r"場合|とき", lead):
                said.append(Said(Topic.CHANGE_EXIT, m.start(), m.end(), holder=holder))
                continue
            if re.search(r"(?:場合|とき)(?:は|に|には)", lead) and not free and not notice:
                continue
            if notice is None and free is None:
                continue
            marks = set()
            if _FEE.search(text[low : m.end() + 60]):
                marks.add("fee")
            if _CONSENT.search(lead):
                marks.add("consent")
            if notice is not None and notice.value is None:
                marks.add("placeholder")
            after = next((d.months for d in self.durations if low <= d.start < m.end() and d is not notice and _AFTER_FROM.match(text[d.end : d.end + 12])), None)
            days = notice.days if notice is not None else 0.0
            said.append(Said(Topic.EXIT, m.start(), m.end(), duration=notice, days=days, holder=holder, marks=frozenset(marks), after_months=after))
        return said

    def _holder_of(self, lead: str) -> str:
        head = re.search(r"^(?:[0-9]+[.項、]?)?(?P<who>[^、。]{1,24}?)(?:は|が)、?", lead)
        if _MUTUAL.search(lead[:60]) and not (head and head["who"] in self.labels):
            return "mutual"
        if head:
            for label in [*self.labels, "甲", "乙"]:
                if head["who"].endswith(label):
                    return label
        for label in [*self.labels, "甲", "乙"]:
            if re.search(rf"{re.escape(label)}(?:は|が|、)", lead):
                return label
        return "mutual" if _MUTUAL.search(lead) else ""

    def _others(self) -> list[Said]:
        text, said = self.text, []
        ending = _ENDING.search(text)
        if ending and (self.under or re.search(rf"{_AGR}|期間", text)) and not _FOREIGN_SUBJECT.search(text[: ending.start()]):
            said.append(Said(Topic.ENDING, ending.start(), ending.end()))
        when, act = _REVIEW_WHEN.search(text), _REVIEW_ACT.search(text)
        if when and act and _REVIEW_OBJECT.search(text) and not re.search(r"監査|検査|帳簿|秘密情報|更新され", text):
            interval = next((d.months for d in self.durations if re.match(r"^(?:間)?(?:ごと|毎)に?", text[d.end : d.end + 5])), None)
            if interval is None:
                interval = 12.0 if re.search(r"毎年|年1回|年一回|年に1回|少なくとも年|毎[0-9]+月|事業年度", when[0]) else 6.0 if re.search(r"半期|年2回", when[0]) else 3.0 if "四半期" in when[0] else None
            said.append(Said(Topic.REVIEW, min(when.start(), act.start()), max(when.end(), act.end()), months=interval, marks=frozenset() if interval else frozenset({"no_interval"})))
        cap = _CAP.search(text) if re.search(r"更新|延長|通算|最長", text) else None
        if cap:
            said.append(Said(Topic.CAP, cap.start(), cap.end(), "total" if "通算" in cap[0] or "最長" in cap[0] else "count"))
        order = _ORDER.search(text)
        if order and _EXPIRED.search(text) and _ORDER_ACT.search(text) and re.search(r"本契約|本基本契約|本件?契約|前項|満了|失効", text) and not re.search(r"解除することができる|解約することができる", text):
            said.append(Said(Topic.ORDERS, order.start(), order.end(), "full" if re.search(r"満了|終了|失効", text) else "partial"))
        for pattern, topic in ((_ROLLING, Topic.ROLLING), (_MINIMUM, Topic.MINIMUM)):
            m = pattern.search(text)
            if m:
                said.append(Said(topic, m.start(), m.end()))
        prevail = _PREVAIL.search(text)
        if prevail:
            said.append(Said(Topic.PRECEDENCE, prevail.start(), prevail.end(), "annex" if _ANNEX.search(prevail["first"][-14:]) else "body" if re.search(r"本文|本契約|本基本契約|契約書", prevail["first"]) else ""))
        return said


JAPANESE_PERIODS = JapanesePeriods()
