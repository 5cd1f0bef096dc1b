"""どの国の当事者か：住所と設立地に現れる国名・都道府県。"""

from __future__ import annotations

import re

_ABROAD = {
    "cn": "中華人民共和国|中国(?!地方|四国)|上海市|北京市|深圳市|広東省|江蘇省|浙江省", "hk": "香港", "tw": "台湾|台北", "kr": "韓国|大韓民国|ソウル",
    "us": "アメリカ合衆国|米国|(?:デラウェア|カリフォルニア|ニュ-?ヨ-?ク|テキサス|ネバダ)州|U\\.?S\\.?A", "gb": "英国|イギリス|イングランド|ロンドン",
    "de": "ドイツ", "fr": "フランス", "it": "イタリア", "nl": "オランダ", "ch": "スイス", "sg": "シンガポ-?ル", "my": "マレ-?シア", "th": "タイ(?:国|王国)|バンコク",
    "vn": "ベトナム|ヴェトナム", "id": "インドネシア", "in": "インド(?!ネシア)", "ph": "フィリピン", "au": "オ-?ストラリア", "ca": "カナダ", "mx": "メキシコ",
}  # fmt: skip
_FIRST = "".join(sorted({sign for names in _ABROAD.values() for sign in re.findall(r"(?:^|\||\(\?:)([^(|])", names)}))
_PLACED = re.compile(
    f"(?=[{_FIRST}])(?:{'|'.join(f'(?P<{code}>{names})' for code, names in _ABROAD.items())})".replace("-?", "ー?")
)
_HOME = re.compile("(?:東京都|北海道|(?:大阪|京都)府|[一-龠]{2,3}県|日本(?:国)?(?:法|の法|に(?:本店|主たる))|株式会社|合同会社|有限会社)")
_BESIDE = re.compile("に(?:本店|主たる|所在|本社)|の?法(?:律|令)?に(?:基づ|準拠|より)|国?法人|省|市|州|[0-9]")


def countries(text: str) -> set[str]:
    """Country codes that the folded text gives for its parties: a foreign place counts beside an address or a seat."""
    found = {str(m.lastgroup) for m in _PLACED.finditer(text) if _BESIDE.search(text[m.end() : m.end() + 12])}
    return found | ({"jp"} if _HOME.search(text) else set())


_COMPANY = re.compile("(?:都|道|府|県|市|区|町|村)$|株式会社|合同会社|有限会社|合名会社|合資会社|(?:一般|公益)(?:社団|財団)法人")


def domestic(opening: str, names: list[str]) -> bool:
    """Two or more parties, each by its name a company of Japan, and no place abroad in the opening."""
    return len(names) > 1 and all(_COMPANY.search(name) for name in names) and countries(opening) <= {"jp"}
