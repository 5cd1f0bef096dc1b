"""What a Japanese party label or the words beside a name say of a party: 受け取る側か、供給する側か."""

from __future__ import annotations

import re

BUYER_WORDS = (
    "買主|買い主|買受人|購入者|購入側|発注者|発注元|委託者|委託元|注文者|注文主|依頼者|ユーザー?|利用者|顧客|お客様|客先|バイヤー?|ライセンシー?|被許諾者|実施権者|使用権者|"
    "販売店|代理店|特約店|販売代理店|販売業者|借主|借受人|賃借人|荷主|施主|受領者|受領当事者|情報受領者|受寄者|需要者|加盟店|貸与先|輸入者|クライアント|カスタマー?|ディストリビュータ?ー?|譲受人"
)
SUPPLIER_WORDS = (
    "売主|売り主|売渡人|受注者|受注元|受託者|受託先|供給者|供給元|供給側|製造者|製造元|製造業者|製造受託者|メーカー?|ベンダー?|サプライヤー?|セラー|ライセンサー?|(?<!被)許諾者|請負人|請負者|"
    "業務受託者|サービス提供者|提供者|貸主|貸与者|賃貸人|運送人|開示者|開示当事者|情報開示者|開発者|コンサルタント|納入者|加工者|輸出者|本部|譲渡人|プロバイダー?"
)
_BUYER = re.compile(rf"(?:{BUYER_WORDS})")
_SUPPLIER = re.compile(rf"(?:{SUPPLIER_WORDS})")

# The one named before は/が gives, or receives; 甲は乙に…を委託し、乙はこれを受託する.
GIVES_VERB = re.compile(
    r"受託(?:する|し|す)|請け?負(?:う|い)|受注(?:する|し)|(?:製造|供給|納入|納品|販売|提供|引き?渡|売り渡|売渡|開示|許諾|貸与|賃貸)(?:し|す|する|するもの|す)|売り渡(?:す|し)|引き受け(?:る|、)"
)
TAKES_VERB = re.compile(
    r"(?:発注|委託|注文|購入|依頼)(?:する|し|す)|買い?受け(?:る|、)|請け負わせ|受託させ|製造させ|買い取(?:る|り)|買取(?:る|り)|借り?受け(?:る|、)|賃借(?:する|し)|仕入れ(?:る|、)"
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
