"""How Japanese contracts number, title and frame their clauses, and how they refer to them.

Covers 編章節, 第N条 in all its spellings (full width, kanji numerals, blanks, without 第, branch numbers), 項 and 号 marks, headings in
brackets before, beside or below the number, 前文, 証として, 別紙, 附則, 目次, commentary, （削除） and references.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from clausecheck.languages.base import NumberMark
from clausecheck.languages.ja.references import KANJI as _KANJI
from clausecheck.languages.ja.references import number, references
from clausecheck.languages.marks import MAX_MARKS, Candidate, Frame, FrameKind, Scan
from clausecheck.model import Level

__all__ = [
    "FIRST_UNNUMBERED",
    "announces_items",
    "chapter_rank",
    "cite",
    "is_definitions",
    "is_deleted",
    "number_mark",
    "opening_end",
    "reads_as_text",
    "references",
    "refers",
    "scan",
    "title_at",
]

_CIRCLED = {c: i for i, c in enumerate("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", 1)}
_KANA = {c: i for i, c in enumerate("アイウエオカキクケコサシスセソタチツテト", 1)}
_IROHA = {c: i for i, c in enumerate("イロハニホヘトチリヌルヲワカヨタレソツネ", 1)}

_D = "0-9０-９"
_NUM = rf"(?:[{_D}]{{1,3}}|[〇一二三四五六七八九十百千壱弐参拾]{{1,7}})"
_B = " \t\u3000\xa0"

# --- articles ------------------------------------------------------------------------------------------------------
_BLANKS = "●○◯〇＿_■□"  # 「第●条」: a draft that leaves the number open; it follows the one before it
_OPEN = (-1,)  # the value of such a number until its place is known
_SPACED_NUM = rf"(?:[{_D}](?:[{_B}]?[{_D}]){{0,2}}|[〇一二三四五六七八九十百千壱弐参拾]{{1,7}})"
_ARTICLE = re.compile(
    rf"(?:第[{_B}]{{0,3}}(?P<n>{_SPACED_NUM}|[{_BLANKS}]{{1,3}})[{_B}]{{0,3}}条|(?P<m>[{_D}]{{1,3}})[{_B}]?条(?=[{_B}]{{0,3}}[（(【\[「]|[{_B}]|$))"
    rf"(?P<branch>(?:[{_B}]?[のノ][{_B}]?{_NUM}(?![条項号年月日つ個名社者枚通回種週]))*)"
)
_LATIN_ARTICLE = re.compile(
    r"(?:Article|ARTICLE|Art\.)\s{1,4}(?P<n>[0-9]{1,3})(?=[\s.:(（]|$)(?![ .]{0,3}(?:of|shall|hereof|above|below|and|or|to|is|are|in)\b)"
)
_ANNEX_ARTICLE = re.compile(rf"第[{_B}]?(?P<n>{_SPACED_NUM})(?=[{_B}]*[（(【]|[{_B}]|$)")  # 「第１　受注者は」 in a 特記事項
# what may not follow the number (or the heading's closing bracket) of a heading: the line only mentions the clause
_MENTION = re.compile(
    rf"[{_B}]?(?:[、，,・〜～~]|及び|および|又は|または|若しくは|もしくは|並びに|ならびに|ないし|乃至|から|より|まで|に(?![つ対お関際])|の(?![{_D}一二三四五六七八九十])|で|を|は|が|と|も|へ|第?[{_B}]?{_NUM}[{_B}]?[項号条]|各項|各号|各条|本文|但書|ただし書|但し書|以下|以降|以外|所定|違反|記載|規定|前段|後段|柱書|[）)」』]|[-－–—][{_B}]?第)"
)
_SOFT_MENTION = re.compile(rf"[{_B}]{{1,4}}(?:に(?:規定|定め|基づ|従|よ)|の(?:規定|定め)|及び第|又は第|から第)")
_SPACED_PARAGRAPH = re.compile(rf"[{_B}]第?[{_B}]?{_NUM}[{_B}]?[項号](?=[{_B}]?[（(のにをはがと、，])")  # a PDF's 「第 1 条 2 項（…）」
_AFTER_HEAD = re.compile(
    rf"第[{_B}]?{_NUM}[項号]|各[項号]|[）)」』](?!$)|[{_B}]?(?:[、，,]|及び|および|又は|または|若しくは|並びに|ならびに|ないし|乃至|から|まで"
    r"|に(?:定|規|基|従|よ|お|違|該|関する規定|掲|い)|の(?:規定|定め|各|場合|義務|適用|効力|違反)|を(?:準用|除)|は、?(?:本契約|契約|なお|引|有効|終了|存続))"
)
_BRACKETS = {"（": "）", "(": ")", "【": "】", "［": "］", "[": "]", "〔": "〕", "〈": "〉", "＜": "＞", "<": ">"}
_BODY_SIGN = re.compile(r"[。、，]|(?:もの|こと)とする|する$|できる$|ない$|した$|である$|とき$")

_CUT = re.compile(r"(?:[をはがへ]|(?<!ため)に|[をと対関]し|[っいきしじちにりえけせてねべめれ]た|及び|並びに|又は|若しくは|する)$")  # so ends a line, no title
_SENTENCE = re.compile(r"[はを][^をは]{6}")  # in a title behind a number, below another title: the line goes on below
_CONDITION = re.compile(r"場合(?!の|における|に関)|であって|ときは|に対し|に基づき")  # inside a line: running text that the line's end cuts

# --- other marks at the start of a line ------------------------------------------------------------------------------
_CHAPTER = re.compile(rf"第[{_B}]{{0,2}}(?P<n>{_SPACED_NUM}|[Ⅰ-Ⅻ])[{_B}]{{0,2}}(?P<unit>[編章節款部])(?=[{_B}（(:：]|$)(?![^\n]{{0,60}}。)")
# Words that begin like a counter: 「2　個別契約は」「3　本条の」 are paragraphs, 「2 通作成」「3 年間」 are counts.
_NO_COUNTER = (
    r"(?:個別|個人|個々|通知|通信|通関|通常|通報|部品|部材|部門|部外|部署|人権|人員|人材|人的|人事|人身|名称|名義|件名|台帳|台風|点検|日本|日程|日常|"
    r"月額|月次|時効|時価|分割|分担|分析|分別|年次|式典|円滑|かかる|かつ|カタログ|カスタマ|カルテル|度重|本[一-龥ァ-ヶＡ-ＺA-Z])"
)
_DECIMAL = re.compile(rf"(?P<n>[{_D}]{{1,2}}(?:[.．][{_D}]{{1,2}}){{1,3}})[.．]?(?=[{_B}（「])[{_B}]{{0,8}}")
_BARE = re.compile(
    rf"(?P<n>[{_D}]{{1,2}})(?:(?P<dot>[.．]|[:：]|、)[{_B}]{{0,8}}(?=[^{_D}.．%％\s]|$)|(?P<paren>[)）])[{_B}]{{0,8}}|(?P<gap>[{_B}]{{1,8}})(?={_NO_COUNTER}|[^a-z{_D}\s年月日時分円か箇ヶカヵ個％%,.，．枚通部名人件台点本式年度/／:：-])|(?=[（(「][^）)]{{1,30}}[）)」]?))"
)
_GLUED = re.compile(
    rf"(?P<n>[２-９][０-９]?)(?={_NO_COUNTER}|[^{_D}\s年月日時分円か箇ヶカヵ個％%,.，．枚通部名人件台点本式者社つ以号項条回週倍分の\-－/／])"
)
_PAREN = re.compile(
    rf"[（(][{_B}]?(?P<n>[{_D}]{{1,2}}|[a-zａ-ｚ]|[ivx]{{1,5}}|[ア-ト]|[一二三四五六七八九十]{{1,3}})[{_B}]?[)）][{_B}]{{0,8}}"
)
_KANJI_ITEM = re.compile(rf"(?P<n>[一二三四五六七八九十]{{1,3}})(?:[{_B}]{{1,8}}|[、.．][{_B}]{{0,8}}(?=[^{_B}]))")
_KANA_ITEM = re.compile(rf"(?P<n>[ア-コ]|[イロハニホヘト])(?:[{_B}]{{1,8}}|[.．、)）][{_B}]{{0,8}})(?=[^\s])")
_LATIN_ITEM = re.compile(rf"(?P<n>[a-z]|[ivx]{{1,4}}|[A-Z])[.)．）][{_B}]{{0,8}}(?=[^\s])")
_LEAD = re.compile(rf"[{_B}>]*(?:#{{1,6}}[{_B}]*)?(?:[*_]{{1,3}})?[{_B}]*")
_LEAD_SIGNS = frozenset(_B + ">#*_")
_BULLET = re.compile(rf"[・•■□●◆◇▪‣＊*+－-][{_B}]{{1,4}}")

_DELETED = re.compile(r"[（(\[【〔]?\s*(?:削\s*除|欠\s*番|本条削除|本項削除|条文削除)\s*[）)\]】〕]?[。.]?\s*$")
_DEFINITIONS = re.compile(r"(?:用語の|語句の|言葉の)?定義|用語|.{0,12}の定義(?:等|及び|と|・|$)|Definitions?\b")

_ANNEX = re.compile(
    rf"[（(【＜<\[［〔■●◆]?[{_B}]?(?P<n>(?:別[{_B}]?紙|別[{_B}]?表|別[{_B}]?添|別記|添付(?:資料|書類|別紙)?|付属書類?|附属書類?|付表|附表|様[{_B}]?式)(?:第?[{_B}]?[{_D}一二三四五六七八九十A-ZＡ-Ｚア-オ]{{1,3}}(?:[-－の][{_D}]{{1,2}})?号?)?)(?P<close>[）)】＞>\]］〕]?)"
)
_ANNEX_MENTION = re.compile(rf"[{_B}]?(?:[、，,。はがをにのとでもへ及又記]|から|まで|より|のとおり|参照|記載|による|に定|として|[・･])")
_SIGNATURE = re.compile(
    r"(?:以上[、，,]?|上記|前記|本契約|本書|本契約書|本覚書|この契約|甲及び乙|甲および乙|甲乙|当事者|これら)?[^。\n]{0,60}?(?:証として|証するため|証するものとして|証とするため|証しとして|成立を証し|締結を証し|合意を証)"
)
_SIGN_LINE = re.compile(
    rf"(?:以[{_B}]{{0,4}}上[。]?$|[（(【\[]?(?:署名|記名押印|署名欄|記名欄|調印)(?:欄)?[）)】\]]?$|(?:令和|平成|西暦"
    rf"|20[0-9X○●＿_ ]{{2}})[{_B}○●◯＿_{_D}Xx]{{0,12}}年[{_B}○●◯＿_{_D}Xx]{{0,8}}月[{_B}○●◯＿_{_D}Xx]{{0,8}}日$)"
)
CLOSING = re.compile(rf"[{_B}]*(?:敬[{_B}]*具|草[{_B}]*々|謹[{_B}]*白|以[{_B}]*上[。]?)[{_B}]*$|" + _SIGNATURE.pattern)
_SIGN_PARTY = re.compile(
    rf"[#{_B}]*[（(【\[]?(?:甲|乙|丙|売主|買主|委託者|受託者|発注者|受注者)[）)】\]]?[{_B}]*[:：]?[{_B}]*(?:$|住[{_B}]*所|所[{_B}]*在|氏[{_B}]*名|名[{_B}]*称|会[{_B}]*社|商[{_B}]*号|○|＿|株式会社)"
)
_SUPPLEMENT = re.compile(rf"[【（(]?(?:附|付)[{_B}]{{0,6}}則[】）)]?[{_B}]*(?:$|[（(])")
_TOC = re.compile(rf"[【（(]?目[{_B}]{{0,6}}次[】）)]?[{_B}]*$")
_RECITAL = re.compile(rf"[【（(]?(?:前[{_B}]{{0,4}}文|背[{_B}]{{0,4}}景|序[{_B}]{{0,4}}文|経緯)[】）)]?[{_B}]*$")
_NOTE = re.compile(
    r"[＜<【\[〔《]\s*(?:(?P<region>[^＞>】\]〕》\n]{0,24}(?:解説|ポイント|コラム|オプション|条項例|留意点)[^＞>】\]〕》\n]{0,40})"
    r"|(?P<short>(?:注意?|注釈|注記|参考|補足|趣旨|コメント|起案者注|ドラフト注)[0-9０-９]{0,3}))\s*[＞>】\]〕》](?P<rest>.*)"
    r"|※\s*(?:注|解説|要確認|起案)"
)
_TITLE = re.compile(
    rf"[{_B}]*(?:[^\s。、].{{0,30}})?(?:契[{_B}]*約[{_B}]*書|覚[{_B}]*書|協[{_B}]*定[{_B}]*書|約[{_B}]*款|規[{_B}]*約"
    rf"|誓[{_B}]*約[{_B}]*書|合[{_B}]*意[{_B}]*書|確[{_B}]*認[{_B}]*書|説[{_B}]*明[{_B}]*書|License Agreement"
    rf"|Agreement)[{_B}]*(?:[vV]?[0-9.]{{1,5}})?[{_B}]*(?:[（(][^（）()]{{0,20}}[）)])?[{_B}]*$"
)


def is_definitions(heading: str) -> bool:
    """Whether a heading announces definitions."""
    return bool(heading) and bool(_DEFINITIONS.match(_BLANK.sub("", heading)))


def is_deleted(text: str) -> bool:
    """Whether （削除） or 欠番 is all there is."""
    return len(text) < 40 and ("削" in text or "欠" in text) and bool(_DELETED.match(text.strip()))


def number_mark(line: str) -> NumberMark | None:
    """The clause number at the start of a line, or None; a line that begins with a reference is none."""
    lead = _LEAD.match(line)
    at = lead.end() if lead else 0
    found = _line(line, at, len(line), 0, [])
    return found.mark if found else None


# --- scanning ------------------------------------------------------------------------------------------------------
def scan(text: str, starts: Sequence[int], skip: Sequence[tuple[int, int]]) -> Scan:
    """All places where a clause may begin and the words that frame the contract, in order."""
    result = Scan()
    begin = [s for s in starts]
    k = 0
    i = 0
    size = len(text)
    at = 0
    pending: list[tuple[int, int, str]] = []  # a heading line in brackets that waits for its number line
    open_note = False
    while at < size and len(result.candidates) < MAX_MARKS:
        nl = text.find("\n", at)
        end = nl if nl >= 0 else size
        if end > at:
            while i < len(skip) and skip[i][1] <= at:
                i += 1
            skipped = i < len(skip) and skip[i][0] <= at
            if not skipped:
                while k < len(begin) and begin[k] < at:
                    k += 1
                pieces = [at]
                while k < len(begin) and begin[k] < end:
                    if begin[k] > at and text[at : begin[k]].strip(" \t\u3000#*>-"):
                        pieces.append(begin[k])
                    k += 1
                pieces.append(end)
                for a, b in pairwise(pieces):
                    open_note = _piece(text, a, b, at, pending, result, open_note)
        at = end + 1
    return result


def _piece(text: str, a: int, b: int, line: int, pending: list[tuple[int, int, str]], out: Scan, open_note: bool) -> bool:
    """One line (or one block within a line)."""
    at = a
    if text[a] in _LEAD_SIGNS and (lead := _LEAD.match(text, a, b)) is not None:
        at = lead.end()
        if at >= b:
            return open_note
    found = _line(text, at, b, at - line, pending)
    if found is None and (bullet := _BULLET.match(text, at, b)) is not None:
        found = _line(text, bullet.end(), b, at - line, pending)
        if found is None or found.mark.form != "article":
            found = None
        else:
            found.start = at
    if found is None and text[at] == "第":
        found = _annexed(text, at, b, at - line, out)
    if found is not None:
        if pending and found.mark.form == "article" and (not found.mark.heading or _SENTENCE.search(found.mark.heading)):
            start, _, heading = pending[0]
            m = found.mark
            found.mark = NumberMark(m.printed, m.value, m.form, m.level, m.end, heading, m.end)
            found.start = start
        if found.mark.value == _OPEN:
            before = next((c.mark.value[0] for c in reversed(out.candidates) if c.mark.form == "article"), 0)
            found.mark = replace(found.mark, value=(before + 1,))
        pending.clear()
        out.candidates.append(found)
        if b - at > 120:
            _inside_line(text, found.mark.end, b, out)
        return open_note
    frame = _frame(text, at, b, out)
    if frame is not None:
        pending.clear()
        out.frames.append(frame)
        return open_note
    close = _BRACKETS.get(text[at])
    body = text[at:b].rstrip(" \t\u3000*")
    if close and len(body) <= 32 and body.endswith(close) and body.count(close) == 1 and not _BODY_SIGN.search(body[:-1]):
        last = out.candidates[-1].mark if out.candidates else None
        if last is not None and last.form == "article" and not last.heading and not text[last.end : at].strip():
            # the heading stands on the line below the number
            out.candidates[-1].mark = replace(last, heading=body[1:-1].strip(), heading_end=b)
            out.candidates[-1].deleted = is_deleted(body)
            pending.clear()
            return open_note
        pending[:] = [(at, b, body[1:-1].strip())]
    else:
        pending.clear()
        if b - at > 120:
            _inside_line(text, at, b, out)
    return open_note


def _line(text: str, at: int, b: int, indent: int, pending: list[tuple[int, int, str]]) -> Candidate | None:
    """The mark at ``at``, the first visible character of a line that ends at ``b``."""
    c = text[at]
    if c == "第" or c.isdecimal():
        m = _ARTICLE.match(text, at, b)
        if m:
            return _article(text, m, b, indent, True)
        m = _CHAPTER.match(text, at, b) if c == "第" else None
        if m:
            heading = text[m.end() : b].strip(" \t\u3000*#:：（）()")
            rank = ord(m["n"]) - ord("Ⅰ") + 1 if "Ⅰ" <= m["n"] <= "Ⅻ" else number(m["n"])
            mark = NumberMark(text[at : m.end()], (rank,), "chapter", Level.CHAPTER, m.end(), heading, b)
            return Candidate(at, mark, True, 3.0, indent)
        if c == "第":
            return None
        m = _DECIMAL.match(text, at, b)
        if m:
            value = tuple(int(p) for p in re.split(r"[.．]", m["n"]))
            if value[0] and max(value) < 100:
                heading, heading_end = _plain_heading(text, m.end(), b)
                return Candidate(at, NumberMark(m["n"], value, "decimal", None, m.end(), heading, heading_end), True, 1.5, indent)
            return None
        m = _BARE.match(text, at, b)
        if m:
            value1 = int(m["n"])
            if value1 == 0:
                return None
            form = "digit_paren" if m["paren"] else "bare"
            heading, heading_end = _plain_heading(text, m.end(), b)
            printed = m["n"] + (m["paren"] or "")
            strength = 1.5 + (0.8 if heading else 0) - (0.5 if m["gap"] else 0)
            return Candidate(
                at,
                NumberMark(printed, (value1,), form, None, m.end(), heading, heading_end),
                True,
                strength,
                indent,
                deleted=is_deleted(text[m.end() : b]),
            )
        m = _GLUED.match(text, at, b)
        if m:
            return Candidate(at, NumberMark(m["n"], (int(m["n"]),), "bare", None, m.end(), "", m.end()), True, 0.6, indent)
        return None
    if c in "（(":
        m = _PAREN.match(text, at, b)
        if m:
            n = m["n"]
            readings = _paren_readings(n)
            mark = NumberMark(text[at : m.end()].rstrip(" \t\u3000"), (readings[0][1],), readings[0][0], None, m.end(), "", m.end())
            return Candidate(at, mark, True, 1.0, indent, alternatives=readings, deleted=is_deleted(text[m.end() : b]))
        return None
    if c in _CIRCLED:
        end = at + 1
        while end < b and text[end] in " \t\u3000.．":
            end += 1
        return Candidate(at, NumberMark(c, (_CIRCLED[c],), "circled", None, end, "", end), True, 1.0, indent)
    if c in _KANJI or c == "十":
        m = _KANJI_ITEM.match(text, at, b)
        if m:
            return Candidate(at, NumberMark(m["n"], (number(m["n"]),), "kanji", None, m.end(), "", m.end()), True, 0.8, indent)
        return None
    if c in _KANA or c in _IROHA:
        m = _KANA_ITEM.match(text, at, b)
        if m:
            readings = tuple((f, t[c]) for f, t in (("kana", _KANA), ("iroha", _IROHA)) if c in t)
            if readings:
                return Candidate(
                    at,
                    NumberMark(c, (readings[0][1],), readings[0][0], None, m.end(), "", m.end()),
                    True,
                    0.8,
                    indent,
                    alternatives=readings,
                )
        return None
    if c.isascii() and c.isalpha():
        m = _LATIN_ARTICLE.match(text, at, b)
        if m:
            return _article(text, m, b, indent, True)
        m = _LATIN_ITEM.match(text, at, b)
        if m:
            n = m["n"]
            readings = (("latin", ord(n.lower()) - 96),) if len(n) == 1 else ()
            roman = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}.get(n)
            if roman:
                readings = (("latin_roman", roman), *readings) if n in ("i", "ii") else (*readings, ("latin_roman", roman))
            if readings:
                return Candidate(
                    at,
                    NumberMark(n, (readings[0][1],), readings[0][0], None, m.end(), "", m.end()),
                    True,
                    0.8,
                    indent,
                    alternatives=readings,
                )
    return None


def _paren_readings(n: str) -> tuple[tuple[str, int], ...]:
    if n.isdigit():
        return (("paren_digit", int(n)),)
    if n in _KANA or n in _IROHA:
        return tuple((f, t[n]) for f, t in (("paren_kana", _KANA), ("paren_iroha", _IROHA)) if n in t)
    if n[0] in _KANJI or n[0] == "十":
        return (("paren_kanji", number(n)),)
    n = "".join(chr(ord(ch) - 0xFEE0) if "ａ" <= ch <= "ｚ" else ch for ch in n)
    roman = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}.get(n)
    out: list[tuple[str, int]] = [("paren_latin", ord(n) - 96)] if len(n) == 1 else []
    if roman:
        out.insert(0 if n in ("i", "ii") else len(out), ("paren_roman", roman))
    return tuple(out) or (("paren_latin", 1000),)


def _article(text: str, m: re.Match[str], b: int, indent: int, at_line: bool) -> Candidate | None:
    """A clause heading, unless the words after it show a mere mention."""
    digits, branch = m["n"], ""
    if m.re is _ARTICLE:
        digits, branch = digits or m["m"], m["branch"]
    value: tuple[int, ...] = (number(digits),) if digits.strip(_BLANKS) else _OPEN
    if branch:
        value = (*value, *(number(p) for p in re.split(r"[のノ]", branch) if p.strip()))
    if value[0] == 0:
        return None
    end = m.end()
    printed = text[m.start() : end].strip()
    rest = text[end:b]
    if not at_line and not rest[:1]:
        return None
    stripped = rest.lstrip(" \t\u3000\xa0*:：.．")
    heading, heading_end = "", end
    opening = stripped[:1]
    if opening in _BRACKETS:
        from_ = end + len(rest) - len(stripped)
        close = text.find(_BRACKETS[opening], from_ + 1, min(b, from_ + 60))
        if close < 0 and opening in "（(":  # half and full width mixed
            close = min(
                (p for p in (text.find("）", from_ + 1, min(b, from_ + 60)), text.find(")", from_ + 1, min(b, from_ + 60))) if p >= 0),
                default=-1,
            )
        elif opening in "（(":
            close = _closing(text, from_, min(b, from_ + 80), close)
        if close >= 0:
            if _AFTER_HEAD.match(text, close + 1, b):
                return None
            heading = text[from_ + 1 : close].strip()
            heading_end = close + 1
        elif b - from_ <= 40:
            close = _closed_below(text, b, _BRACKETS[opening])
            heading = text[from_ + 1 : b if close < 0 else close].replace("\n", "").strip(" \t\u3000*")
            heading_end = b if close < 0 else close + 1
    else:
        if _MENTION.match(text, end, b) and not (
            branch == ""
            and rest[:1] in (" ", "\u3000", "\t")
            and not _SOFT_MENTION.match(text, end, b)
            and not _SPACED_PARAGRAPH.match(text, end, b)
        ):
            return None
        if _SOFT_MENTION.match(text, end, b):
            return None
        if stripped and rest[:1] in " \t\u3000\xa0*:：.．":
            from_ = end + len(rest) - len(stripped)
            heading, heading_end = _plain_heading(text, from_, b)
    body = max(end, heading_end)
    while body < b and text[body] in " \t\u3000\xa0*:：":
        body += 1
    mark_end = end
    while mark_end < b and text[mark_end] in " \t\u3000\xa0":
        mark_end += 1
    strength = 3.0 + (1.0 if heading else 0.0)
    deleted = is_deleted(text[body:b]) if body < b else is_deleted(heading) or is_deleted(heading + "")
    mark = NumberMark(printed, value, "article", Level.CLAUSE, mark_end, heading, body if heading else mark_end)
    return Candidate(m.start(), mark, at_line, strength, indent, deleted=deleted or is_deleted(heading))


def _annexed(text: str, at: int, b: int, indent: int, out: Scan) -> Candidate | None:
    """A clause of an annex whose numbers go without 条: 第１, 第２; they begin at 1 behind the annex's own line."""
    m = _ANNEX_ARTICLE.match(text, at, b)
    annex = next((f.start for f in reversed(out.frames) if f.kind is not FrameKind.NOTE), -1) if m else -1
    if m is None or annex < 0 or not any(f.start == annex and f.kind is FrameKind.ANNEX for f in out.frames):
        return None
    found = _article(text, m, b, indent, True)
    before = next((c.mark.value[0] for c in reversed(out.candidates) if c.start > annex and c.mark.form == "article"), 0)
    return found if found is not None and found.mark.value == (before + 1,) else None


def _closed_below(text: str, b: int, bracket: str) -> int:
    """Where the heading of a line that ends at ``b`` with an open bracket is closed on the next line; -1 if it is not."""
    nl = text.find("\n", b + 1)
    close = text.find(bracket, b + 1, min(nl if nl >= 0 else len(text), b + 40))
    return close if close >= 0 and not re.search(r"[。、（(\n]", text[b + 1 : close]) else -1


def _closing(text: str, open_at: int, end: int, fallback: int) -> int:
    """The bracket that closes the one at ``open_at``, counting nested ones."""
    depth = 0
    for i in range(open_at, end):
        if text[i] in "（(":
            depth += 1
        elif text[i] in "）)":
            depth -= 1
            if depth == 0:
                return i
    return fallback


def _plain_heading(text: str, at: int, b: int) -> tuple[str, int]:
    """A short line without sentence signs is a heading without brackets; so is （…） right behind a number."""
    line = text[at:b].strip(" \t\u3000*：:")
    if not line:
        return "", at
    close = _BRACKETS.get(line[0])
    if close and line[0] in "（(【［〔":
        i = text.find(close, at, min(b, at + 60))
        if i >= 0 and not _AFTER_HEAD.match(text, i + 1, b):
            inner = text[text.find(line[0], at) + 1 : i]
            if len(inner) <= 30 and not _BODY_SIGN.search(inner):
                return inner.strip(), i + 1
        return "", at
    if len(line) <= 30 and not _BODY_SIGN.search(line) and not _CUT.search(line) and not _CONDITION.search(line) and not any(sign in line for sign in "「」『』"):
        return line, b
    return "", at


_RUN_ARTICLE = re.compile(
    rf"(?:(?<=[。」）)】\]])|(?<=[{_B}]))[{_B}]{{0,4}}(?P<head>[（(][^（()）。、]{{1,24}}[）)][{_B}]{{0,3}})?(?P<art>第[{_B}]{{0,3}}{_SPACED_NUM}[{_B}]{{0,3}}条)"
)
_RUN_PARA = re.compile(
    rf"(?<=。)[{_B}]{{0,4}}(?P<n>[{_D}]{{1,2}})(?:[.．][{_B}]{{0,4}}|[{_B}]{{1,4}})(?=[^{_D}\s年月日時分円か箇ヶカヵ個％%,.，．])"
)


def _inside_line(text: str, at: int, b: int, out: Scan) -> None:
    """Clauses that begin in the middle of a long line."""
    for m in _RUN_ARTICLE.finditer(text, at, b):
        start = m.start("art")
        inner = _ARTICLE.match(text, start, b)
        if inner is None or text[start] != "第":
            continue
        before = text[max(0, start - 2) : start].rstrip()
        head = m["head"]
        if not head and before[-1:] not in "。」）)】]":
            continue
        c = _article(text, inner, b, 0, False)
        if c is None:
            continue
        if head and not c.mark.heading:
            k = c.mark
            c.mark = NumberMark(k.printed, k.value, k.form, k.level, k.end, head.strip(" \t\u3000（）()"), k.end)
            c.start = m.start("head")
        out.candidates.append(c)
    for m in _RUN_PARA.finditer(text, at, b):
        value = int(m["n"])
        if value > 1:
            out.candidates.append(Candidate(m.start("n"), NumberMark(m["n"], (value,), "bare", None, m.end(), "", m.end()), False, 0.2))
    out.candidates.sort(key=lambda c: c.start)


def _broken_off(text: str, line: str, b: int) -> str:
    """The next line, where it closes the bracket that the line ending at ``b`` begins with; else nothing."""
    close = _BRACKETS.get(line[0], "")
    if not close or close in line:
        return ""
    below = text[b + 1 : b + 60].split("\n", 1)[0].rstrip()
    return below if below.endswith(close) and len(below) <= 50 else ""


def _frame(text: str, at: int, b: int, out: Scan) -> Frame | None:
    """The part of the document that a line opens, if it opens one."""
    line = text[at:b].rstrip(" \t\u3000*")
    if not line:
        return None
    c = line[0]
    if c in "＜<【[〔《※":
        m = _NOTE.match(line) or _NOTE.match(line + _broken_off(text, line, b))
        if m:
            heading = (m["region"] or m["short"] or "").strip()
            # a note with its text on the line is that line; one that stands as a heading goes on to the next clause
            whole = m["region"] is None and (m["short"] is None or bool(m["rest"].strip()))
            body = at + m.start("rest") if m["rest"] is not None else at
            return Frame(at, FrameKind.NOTE, heading=heading, end=body, until=b if whole else 0)
    if c in "別添付附様（(【＜<[［〔■●◆" and len(line) <= 80:
        m = _ANNEX.match(line)
        if m and not _ANNEX_MENTION.match(line, m.end()) and not re.search(r"。$|する$", line):
            heading = line[m.end() :].strip(" \t\u3000（）()【】：:－-")
            if len(heading) <= 50:
                return Frame(at, FrameKind.ANNEX, re.sub(rf"[{_B}]", "", m["n"]), heading, b)
    if len(line) <= 20:
        if _SUPPLEMENT.match(line):
            return Frame(at, FrameKind.SUPPLEMENT, "", re.sub(rf"[{_B}【】（）()]", "", line), b)
        if _TOC.match(line):
            return Frame(at, FrameKind.TOC, "", "目次", b)
        if _RECITAL.match(line):
            return Frame(at, FrameKind.RECITAL, "", re.sub(rf"[{_B}【】（）()]", "", line), b)
    if len(line) <= 40 and (_SIGN_LINE.match(line) or _SIGN_PARTY.match(line)):
        return Frame(at, FrameKind.SIGNATURE, end=at)
    if len(line) <= 240 and _SIGNATURE.match(line):
        return Frame(at, FrameKind.SIGNATURE, end=at)
    if len(line) <= 50 and _TITLE.match(line):
        return Frame(at, FrameKind.CONTRACT, "", re.sub(rf"[{_B}]+", " ", line), b)
    return None


# --- citations ----------------------------------------------------------------------------------------
_BLANK = re.compile(rf"[{_B}]")
_NO_NUMERAL = re.compile(r"[^0-9〇一二三四五六七八九十百壱弐参拾]")
_CLAUSE_END = re.compile(r"条(?:の[0-9一二三四五六七八九十]+)*$|附則$|^[0-9]+$")
_FULL = str.maketrans("０１２３４５６７８９", "0123456789")
_ITEMS = re.compile(
    r"各号|次の(?:各?いずれ(?:か|に(?:も|該当)|をも)|事項|とおり|通り|いずれか|場合|行為|各|もの|者|業務|条件|事由|書類|内容)|以下の|次に(?:掲|定|該)|下記|左の|\n\s*記\s*\n|ものをいう[。：:]?$"
)


_REFERRING = re.compile(r"(?:第|別[紙表添]|及び|および|又は|または|若しくは|もしくは|並びに|ならびに|から|[のはがをにとで、・])$")


def refers(before: str) -> bool:
    """Whether a number behind these words is no mark: 「別紙」, a particle, a comma."""
    return bool(_REFERRING.search(before))


def announces_items(before: str) -> bool:
    """次の各号 and the like: what follows are 号."""
    near = before[-120:]
    return bool(_ITEMS.search(near) or _ITEMS.search(near.rstrip().replace("\n", "")))  # a line may break inside the words


_OPENING = re.compile(r"(?:次|以下|下記)の?(?:とおり|通り|条項)[^。]{0,60}(?:締結|合意|契約|約定|定め)[^。]{0,40}。")


def opening_end(text: str, start: int, end: int) -> int | None:
    """Where 「次のとおり契約を締結する。」 ends; None if it is not there."""
    last = None
    for m in _OPENING.finditer(text, start, end):
        last = m.end()
    return last


_BULLETS = "■●◆◇□○▼▽★☆◎"


def title_at(text: str, at: int) -> tuple[str, int, int]:
    """A title without a number alone on its line, where it ends, and its rank: in brackets (0), behind a sign (1), bare (2)."""
    end = text.find("\n", at, at + 80)
    if end < 0:
        return "", at, 2
    line = text[at:end].strip(" \t\u3000*：:")
    signed = line[:1] in _BULLETS if line else False
    begin = at + text[at:end].find(line[0]) + signed if line else at
    heading, stop = _plain_heading(text, begin, end)
    if not heading or text[stop:end].strip(" \t\u3000*：:"):
        return "", at, 2
    bracketed = line[0] in _BRACKETS
    return heading, end, 0 if bracketed else 1 if signed else 2


def reads_as_text(passage: str) -> bool:
    """Whether a passage holds the end of a sentence."""
    return "。" in passage


FIRST_UNNUMBERED = True


def chapter_rank(printed: str) -> int:
    """0 編 or 部, 1 章, 2 節, 3 款."""
    return {"編": 0, "部": 0, "章": 1, "節": 2, "款": 3}.get(printed.strip()[-1:], 1)


@lru_cache(maxsize=8192)
def cite(parent: str, form: str, printed: str, item: bool) -> str:
    """第12条 + 2 -> 第12条第2項; + (3) or ① -> 第12条第3号; digits half width, without blanks; other marks stand as printed."""
    plain = printed if printed.isascii() and " " not in printed and "\t" not in printed else _BLANK.sub("", printed).translate(_FULL)
    if form == "article":
        own = plain if plain[:1] == "第" or not plain[:1].isdigit() else "第" + plain
        return parent + own
    if form == "supplement":
        return "附則"
    if not parent or form in ("chapter", "annex"):
        return plain
    if form == "implied":
        return f"{parent}第1項"
    if form == "decimal":
        return plain
    if form in ("bare", "digit_paren", "paren_digit", "circled", "kanji"):
        value = _CIRCLED.get(plain) or number(plain if plain.isdecimal() and plain.isascii() else _NO_NUMERAL.sub("", plain))
        if parent.endswith("号"):
            return f"{parent}{plain if not plain.isdigit() else f'({plain})'}"
        if _CLAUSE_END.search(parent):
            return f"{parent}第{value}{'号' if item else '項'}"
        if parent.endswith("項"):
            return f"{parent}第{value}号"
        if not parent.endswith(")"):
            return f"{parent} {plain}"
        return f"{parent}{plain if not plain.isdigit() else f'({plain})'}"
    return f"{parent}{plain if not plain.isalpha() else f'({plain})'}"
