"""Every sentence the product says to a reader, in Japanese and English, by stable code.

Templates are filled with ``str.format``; values are numbers, citations and names, never long stretches of contract text.
"""

from __future__ import annotations

from clausecheck.model import ContractWarning, Reason, Text

WARNINGS: dict[str, Text] = {
    # review.py
    "type_unknown": Text(
        "契約類型を判別できないため、売買・供給契約として審査しました。",
        "The contract type could not be told; it was reviewed as a supply contract.",
    ),
    "roles_assumed": Text(
        "当事者の役割が文面から分からないため、慣行により甲を買い手、乙を売り手とみなしました。",
        "The text does not tell the parties' roles; by custom the first party was taken as the buyer.",
    ),
    # readers/pdf.py, readers/text.py, readers/html.py
    "pages_without_text": Text(
        "次のページは画像のみで文字がなく、審査できていません: {pages}。OCRにかけてください（--ocr）。",
        "Pages that are images without text were not reviewed: {pages}. Run OCR on them (--ocr).",
    ),
    "ocr_text": Text(
        "次のページはOCRで読み取った文字を審査しています: {pages}。原本と照合してください。",
        "The text of these pages was read by OCR: {pages}. Compare what is quoted from them with the scan.",
    ),
    "ocr_text_sure": Text(
        "次のページはOCRで読み取った文字を審査しています: {pages}（平均信頼度{confidence}%）。原本と照合してください。",
        "The text of these pages was read by OCR: {pages} (mean confidence {confidence} %). Compare what is quoted with the scan.",
    ),
    "ocr_text_unsure": Text(
        "次のページのOCRの読み取りは不確かです: {pages}（平均信頼度{confidence}%）。欠落の判定はできません。鮮明な原本を用意してください。",
        "OCR is unsure of these pages: {pages} (mean confidence {confidence} %). Nothing is called missing; get a clearer scan.",
    ),
    "annotations": Text(
        "注釈（コメント、マーカー、書込みなど{count}件、{pages}ページ）は契約の文面ではないため、審査していません。",
        "Annotations ({count}: comments, marks, added text; pages {pages}) are no part of the contract and were not reviewed.",
    ),
    "converted": Text(
        "LibreOfficeで.docxに変換して読みました。条番号や体裁は変換後のものです。",
        "Read through LibreOffice; numbers and layout are those of the converted file.",
    ),
    "struck_out_text": Text(
        "取消線で消された文字（{count}か所）は審査の対象から除きました。",
        "Struck-out text was left out of the review ({count} places).",
    ),
    # readers/docx.py
    "tracked_changes": Text(
        "変更履歴が{count}か所残っています。審査したのはそのうち一方の側だけです（初期設定では、すべて承諾した後の文面）。",
        "{count} tracked changes are open; only one side of them was reviewed (by default the text with all of them accepted).",
    ),
    "hidden_text": Text(
        "隠し文字（{count}か所）は審査の対象から除きました。",
        "Hidden text was left out of the review ({count} places).",
    ),
    "comments": Text(
        "コメント（{count}件）は契約の文面ではないため、審査していません。",
        "Comments ({count}) are no part of the contract and were not reviewed.",
    ),
    "embedded_object": Text(
        "埋め込まれたオブジェクト（表計算、図表、入力部品など{count}個）の中身は審査していません: {names}",
        "Embedded objects (sheets, charts, controls: {count}) were not looked into: {names}",
    ),
    "alt_chunk": Text(
        "取り込まれた別文書（{count}個）の中身は審査していません。Wordで開いて保存し直してから審査してください: {names}",
        "Other documents drawn into this one ({count}) were not read; open it in Word, save it again and review that: {names}",
    ),
    "linked_file": Text(
        "リンク先のファイルは開いていません。元のファイルとの違いは分かりません: {names}",
        "Linked files were not fetched; what they say now is not known: {names}",
    ),
    "characters_lost": Text(
        "文字コード{encoding}として読めない箇所が{count}か所あり、\ufffdに置き換えました。",
        "{count} characters could not be read as {encoding} and were replaced by \ufffd.",
    ),
    # coverage.py
    "not_understood": Text(
        "文章の約{percent}%が日本語でも英語でもないか、文字化けしており、審査できていません。",
        "About {percent}% of the text is neither Japanese nor English, or garbled, and was not reviewed.",
    ),
    "names_assumed": Text(
        "文案では、買主側を「{buyer}」、供給者側を「{supplier}」と呼んでいます。この契約でどちらをどう呼ぶかは読み取れませんでした。"
        "呼び名を契約に合わせてください。",
        "The suggested wording calls the buying side {buyer} and the supplying side {supplier}. The contract does not show which of its "
        "parties is which: put in its own names.",
    ),
    "two_languages": Text(
        "日本語と英語の双方で書かれています。両方を審査し、一方にしかない条項にはその旨を記しました。",
        "The contract is in Japanese and English. Both texts were reviewed; a provision found in only one of them says so.",
    ),
    # segment.py
    "no_clauses": Text(
        "条項の番号や見出しを認識できませんでした。全文を一つの条項として扱います。",
        "No clause numbers or headings were recognised; the text is judged as one clause.",
    ),
}


# Said of a finding that quotes text from OCR.
OCR_CAUTION = Text(
    "OCRで読み取った文言を引用しています。数字と条番号を原本と照合してください。",
    "Quotes words that OCR read from a scan; compare them, numbers above all, with the scan.",
)


def fill(template: Text, **values: object) -> Text:
    """The template with its placeholders filled; a value that is a ``Text`` is put in its own language."""
    ja = {k: v.ja if isinstance(v, Text) else v for k, v in values.items()}
    en = {k: v.en if isinstance(v, Text) else v for k, v in values.items()}
    return Text(template.ja.format(**ja), template.en.format(**en))


def warning(code: str, **values: object) -> ContractWarning:
    """The warning of this code; KeyError for a code that has no text."""
    return ContractWarning(code, fill(WARNINGS[code], **values))


# --- fixed words of the report -------------------------------------------------------------------------------------

LABELS: dict[str, Text] = {
    # statuses, results, needs, severities
    "status_present": Text("あり", "present"),
    "status_weak": Text("不十分", "weak"),
    "status_missing": Text("見当たらない", "not found"),
    "status_conflicting": Text("矛盾・排除", "conflicting"),
    "status_not_applicable": Text("対象外", "not applicable"),
    "status_undetermined": Text("判定不能", "undetermined"),
    "result_satisfied": Text("あり", "found"),
    "result_weak": Text("不十分", "weak"),
    "result_negated": Text("排除", "excluded"),
    "result_absent": Text("見当たらない", "not found"),
    "need_required": Text("必須", "required"),
    "need_recommended": Text("推奨", "recommended"),
    "need_conditional": Text("条件付き", "conditional"),
    "severity_critical": Text("最重要", "critical"),
    "severity_high": Text("高", "high"),
    "severity_medium": Text("中", "medium"),
    "severity_low": Text("低", "low"),
    "severity_none": Text("－", "none"),
    "effect_conflict": Text("矛盾", "conflict"),
    "effect_degrade": Text("不十分とする", "makes it weak"),
    "effect_note": Text("注記", "note"),
    # facts of the contract
    "type_supply": Text("売買・供給", "sale or supply"),
    "type_manufacturing": Text("製造委託", "contract manufacturing"),
    "type_distribution": Text("販売店・代理店", "distribution"),
    "type_services": Text("業務委託", "services"),
    "type_nda": Text("秘密保持", "non-disclosure"),
    "type_rnd": Text("共同研究開発", "joint research and development"),
    "type_licence": Text("ライセンス", "licence"),
    "type_sample": Text("サンプル提供・貸与・見学", "sample, loan or visit"),
    "type_jv": Text("合弁・株主間", "joint venture"),
    "side_buyer": Text("買主側", "buyer"),
    "side_supplier": Text("供給者側", "supplier"),
    "side_either": Text("特定しない", "either"),
    "role_buyer": Text("買主側", "buyer"),
    "role_supplier": Text("供給者側", "supplier"),
    "language_ja": Text("日本語", "Japanese"),
    "language_en": Text("英語", "English"),
    # headings and small words
    "comma": Text("、", ", "),
    "quoted": Text("「{quote}」", '"{quote}"'),
    "review_of": Text("契約条項の確認: {name}", "Clause review: {name}"),
    "contract": Text("契約", "Contract"),
    "source_line": Text(
        "{type} / {language} / {format} / {pages}{clauses}か条", "{type} / {language} / {format} / {pages}{clauses} clauses"
    ),
    "pages": Text("全{n}頁 / ", "{n} pages / "),
    "our_side": Text("当方", "Our side"),
    "parties": Text("当事者", "Parties"),
    "library": Text("ライブラリ", "Library"),
    "library_line": Text("{name} {version}（プロファイル {profile}）", "{name} {version}, profile {profile}"),
    "blank_name": Text("（空欄）", "(blank)"),
    "summary": Text("結果", "Result"),
    "no_findings": Text("確認した条項はない", "no provision was looked for"),
    "count": Text("{status} {n}", "{n} {status}"),
    "provision": Text("条項", "Provision"),
    "attention": Text("対応を要するもの（重い順）", "Needs attention (worst first)"),
    "theme_lead": Text("重点条項", "Lead provisions"),
    "theme_compliance": Text("法令遵守・人権", "Compliance and human rights"),
    "theme_technology": Text("技術・情報の保護", "Technology and information"),
    "theme_supply": Text("供給の安定・取引の可視化", "Supply and visibility"),
    "theme_business": Text("取引条件", "Business terms"),
    "theme_general": Text("一般条項", "General provisions"),
    "theme_other": Text("その他の条項", "Other provisions"),
    "source_METI-BP": Text("経済産業省ベストプラクティス集 項目{n}", "METI best practices, item {n}"),
    "source_METI-GL": Text("経済安全保障経営ガイドライン {n}", "METI management guideline, part {n}"),
    "number": Text("番号", "No."),
    "type": Text("契約類型", "Type"),
    "theme": Text("分野", "Theme"),
    "result_worst": Text("最も重い判定", "Worst status"),
    "not_reviewed": Text("審査不能", "not reviewed"),
    "lacking": Text("不足する要素", "Lacking elements"),
    "quotes": Text("該当文言", "Wording in the contract"),
    "page_label": Text("頁", "Page"),
    "place_label": Text("置く場所", "Where"),
    "wording": Text("追加する文案", "Wording to add"),
    "applies_required": Text("必要な契約", "Required for"),
    "applies_recommended": Text("推奨する契約", "Recommended for"),
    "applies_not": Text("要らない契約", "Not for"),
    "weak_wording": Text("弱いと判定する書き方", "Counts as weak"),
    "near_misses": Text("似ているが数えないもの", "Close, and does not count"),
    "sentence_for": Text("要素ごとの文案", "Wording for each element"),
    "outside": Text("契約の外", "Outside a contract"),
    "not_in_library": Text("{id}（このライブラリにない）", "{id} (not in this library)"),
    "meti_item": Text("経済産業省の項目", "METI item"),
    "sheet_register": Text("一覧", "Register"),
    "sheet_findings": Text("指摘", "Findings"),
    "sheet_matrix": Text("METI項目別", "METI items"),
    "sheet_wording": Text("文案", "Wording"),
    "sheet_notes": Text("注記", "Notes"),
    "meaning_present": Text("必要な要素がすべて、効力のある条文にある", "every required element is there, in operative text"),
    "meaning_weak": Text(
        "条項はあるが、要素が欠けるか、弱い・狭い・一方的・基準外である",
        "the provision is there, but an element is not, or it is soft, narrow, one-sided or out of bounds",
    ),
    "meaning_missing": Text("効力のある条文に見つからない", "no operative text was found"),
    "meaning_conflicting": Text(
        "条項を明文で排除しているか、両立しない定めがある", "the contract excludes the provision, or two passages cannot both apply"
    ),
    "meaning_not_applicable": Text("この種の契約には要らない", "this kind of contract does not need it"),
    "meaning_undetermined": Text("文面を十分に読めない", "the text could not be read well enough"),
    "skip_to_findings": Text("指摘へ移動", "Skip to the findings"),
    "filters": Text("絞り込み", "Filter"),
    "contract_text": Text("契約の文面", "Text of the contract"),
    "findings": Text("指摘", "Findings"),
    "to_finding": Text("指摘{n}「{title}」へ", "to finding {n}, {title}"),
    "skip_to_contract": Text("契約の文面へ移動", "Skip to the text of the contract"),
    "shown": Text("{all}件中{n}件を表示", "{n} of {all} findings shown"),
    "keys": Text("Esc：飛ぶ前の位置へ戻る", "Esc: back to where you jumped from"),
    "quoted_above": Text("（上に引用した文言）", "(the words quoted above)"),
    "series": Text("；", "; "),
    "compare_of": Text("版の比較: {old} → {new}", "Comparison: {old} → {new}"),
    "compare_within": Text("変更履歴の比較: {name}", "Tracked changes compared: {name}"),
    "compare_old": Text("変更前", "Before"),
    "compare_new": Text("変更後", "After"),
    "compare_counts": Text(
        "文面の変更 {edits}か所、判定の変わった条項 {findings}件", "{edits} edits of the text, {findings} provisions judged differently"
    ),
    "compare_same": Text("判定の変わった条項はありません。", "No provision is judged differently."),
    "compare_worse": Text("悪くなったもの", "Worse"),
    "compare_better": Text("良くなったもの", "Better"),
    "compare_other": Text("その他の変更", "Changed otherwise"),
    "compare_flag_new": Text("新たに: {flag}", "new: {flag}"),
    "compare_flag_gone": Text("解消: {flag}", "gone: {flag}"),
    "compare_edit": Text("変更箇所", "Edit at"),
    "compare_no_edit": Text(
        "該当する文言自体に変更はなく、他の箇所の変更によります。", "Its own words are unchanged; an edit elsewhere makes the difference."
    ),
    "needed": Text("必要な内容", "Needed"),
    "comment_title": Text("[{n}] {title}: {status}", "[{n}] {title}: {status}"),
    "comment_added": Text("[{n}] {title}: 不足する内容の文案", "[{n}] {title}: wording for what is lacking"),
    "comment_replaced": Text("[{n}] {title}: この文に代える文案", "[{n}] {title}: wording in place of this sentence"),
    "comment_also_change": Text(
        "この追加だけでは足りません。コメントを付した文言も改める必要があります。",
        "Adding this is not enough: the words with a comment have to change too.",
    ),
    "comment_moved": Text(
        "他の条が条番号で後ろの条を引用しているため、番号がずれない位置に置いています。",
        "Placed where no clause number that other clauses refer to changes.",
    ),
    "provenance": Text("再現用情報", "Provenance"),
    "provenance_line": Text(
        "ファイル SHA-256 {file} / ライブラリ {name} {version} SHA-256 {library}（プロファイル {profile}） / clausecheck {tool}",
        "file SHA-256 {file} / library {name} {version} SHA-256 {library}, profile {profile} / clausecheck {tool}",
    ),
    "status": Text("判定", "Status"),
    "severity": Text("重要度", "Severity"),
    "clauses": Text("該当箇所", "Clauses"),
    "why": Text("理由", "Why"),
    "elements": Text("要素", "Elements"),
    "flags": Text("注意すべき文言", "Red flags"),
    "instead": Text("これに代える文案: {text}", "Wording in its place: {text}"),
    "searched": Text("確認した箇所", "Looked at"),
    "to_add": Text("追加する文案（{where}）", "To add ({where})"),
    "cautions": Text("留意点", "Caution"),
    "sources": Text("根拠", "Sources"),
    "more": Text("ほか{n}か所", "{n} more"),
    "core": Text("中核", "core"),
    "optional": Text("推奨される内容で見当たらないもの", "recommended, not found"),
    "page": Text("{n}頁", "p. {n}"),
    "unplaced": Text("（番号なし）", "(unnumbered)"),
    "element_reason": Text("{element}: {reason}", "{element}: {reason}"),
    "warnings": Text("読取り上の注意", "Warnings about reading"),
    "yes": Text("あり", "yes"),
    "no": Text("なし", "no"),
    "not_stated": Text("記載なし", "not stated"),
    "months": Text("{n}か月", "{n} months"),
    "days": Text("{n}日", "{n} days"),
    # term
    "term": Text("契約期間", "Term"),
    "term_initial": Text("当初期間", "Initial term"),
    "term_start": Text("開始", "Start"),
    "term_end": Text("終了", "End"),
    "term_renewal": Text("自動更新", "Automatic renewal"),
    "term_each": Text("（1回 {length}）", " ({length} each)"),
    "term_optout": Text("更新拒絶の予告", "Notice to refuse renewal"),
    "term_last_day": Text("更新拒絶の期限", "Last day to refuse"),
    "term_exit": Text("中途解約の予告", "Notice to leave early"),
    "term_lock_in": Text("最長拘束期間", "Longest lock-in"),
    "term_review": Text("見直しの間隔", "Review interval"),
    "term_arithmetic": Text("計算", "Arithmetic"),
    "term_evidence": Text("根拠の文言", "Wording"),
    "start_signature": Text("締結日", "signature"),
    "start_effective": Text("効力発生日", "effective date"),
    "start_date": Text("定めた日", "a stated date"),
    "start_event": Text("一定の事由", "an event"),
    "end_duration": Text("期間の満了", "when the period has run"),
    "end_date": Text("定めた日", "a stated date"),
    "end_event": Text("一定の事由", "an event"),
    "end_indefinite": Text("期間の定めなし", "indefinite"),
    # a provision of the library
    "exemplar": Text("文例", "Wording to use"),
    "limits": Text("限界", "Limits"),
    # clause tree
    "tree_of": Text("条項の読取り: {name}", "Clauses as read: {name}"),
    "level_chapter": Text("章", "chapter"),
    "level_clause": Text("条", "clause"),
    "level_paragraph": Text("項", "paragraph"),
    "level_item": Text("号", "item"),
    "level_subitem": Text("目", "subitem"),
    "kind_body": Text("本文", "body"),
    "kind_annex": Text("別紙", "annex"),
    "kind_preamble": Text("前文", "preamble"),
    "kind_recital": Text("経緯", "recital"),
    "kind_definitions": Text("定義", "definitions"),
    "kind_toc": Text("目次", "contents"),
    "kind_signature": Text("署名欄", "signature"),
    "kind_note": Text("注記", "note"),
    "deleted": Text("削除", "deleted"),
    # explain
    "explain_of": Text("判定の内訳: {name}", "How it was judged: {name}"),
    "matched": Text("一致", "matched"),
    "nearly": Text("惜しい箇所", "nearly matched"),
    "refused_by": Text("{guard} により不採用", "refused by {guard}"),
    "no_match": Text("一致も惜しい箇所もない", "nothing matched, not even nearly"),
    # text that never counts
    "mention_why": Text("{why}: 「{quote}」", '{why}: "{quote}"'),
    "mention_heading": Text("見出しにあるだけで本文がない", "stands only in a heading"),
    "mention_toc": Text("目次・柱にあるだけ", "stands only in the table of contents or a running header"),
    "mention_recital": Text("前文・経緯にあるだけ", "stands only in a recital"),
    "mention_definition": Text("定義にあるだけ", "stands only in a definition"),
    "mention_cross_ref": Text("他の条への言及にすぎない", "is only a reference to another clause"),
    "mention_survival_list": Text("存続条項の列挙にあるだけ", "stands only in a list of surviving clauses"),
    "mention_precedence_list": Text("優先順位の列挙にあるだけ", "stands only in an order of precedence"),
    "mention_deleted": Text("削除された条にあるだけ", "stands only in deleted text"),
    "mention_note": Text("注記・コメントにあるだけ", "stands only in a note or comment"),
    "mention_signature": Text("署名欄にあるだけ", "stands only in a signature block"),
    "mention_question": Text("質問票・確認欄にあるだけ", "stands only in a question or checklist"),
    "mention_other": Text("言葉はあるが、この条項の定めではない", "the words occur, but not as this provision"),
    "disclaimer": Text(
        "本報告は文言を機械的に照合した結果です。「見当たらない」は、この文書に定めが見つからなかったことだけを示し、"
        "契約の効力については何も述べていません。指摘がないことも安全を示すものではありません。判断は弁護士等の専門家が行ってください。",
        'This report compares wording by rule. "Not found" says only that this document was not seen to hold the provision; '
        "it says nothing about the effect of the contract, and the absence of a remark is no confirmation of safety. A lawyer decides.",
    ),
}


# --- reasons: why a status or a result is what it is --------------------------------------------------------------
REASONS: dict[str, Text] = {
    "not_found": Text("この条項に当たる定めは見つかりませんでした。", "No operative text of this provision was found."),
    "unreadable": Text(
        "見つかりませんでしたが、読めない箇所があるため「ない」とは言えません。",
        "Not found, but part of the file could not be read, so it cannot be called missing.",
    ),
    "one_language_only": Text(
        "{language}の文面にだけあり、もう一方の言語の文面には見つかりません。",
        "Found only in the {language} text, not in the other language's.",
    ),
    "mention_only": Text(
        "関係する語は、見出し・定義・前文・引用・削除条など、それだけでは効力を持たない箇所にのみ現れます。",
        "Its words stand only in text that has no effect by itself (heading, definition, recital, reference, deleted clause).",
    ),
    "near_miss": Text("{why}（{clauses}）", "{why} ({clauses})"),
    "element_absent": Text("必要な要素がありません：{title}", "Required element not found: {title}"),
    "element_weak": Text("要素が弱い：{title}。{why}", "Element is weak: {title}. {why}"),
    "excluded": Text("必要な要素が明文で排除されています：{title}", "A required element is expressly excluded: {title}"),
    "negated": Text("明文で否定又は除外されています。", "It is expressly negated or carved out."),
    "recommended_negated": Text("推奨要素が明文で否定されています：{title}", "A recommended element is expressly negated: {title}"),
    "not_for_type": Text("この契約類型では不要な条項です。", "Contracts of this type need no such clause."),
    "soft_modality": Text("努力義務や配慮にとどまり、義務として確定していません。", "It is only an effort or regard, not a firm duty."),
    "permissive": Text("義務ではなく「できる」にとどまります。", "It is a permission, not a duty."),
    "needs_consent": Text(
        "相手方の承諾又は双方の合意がなければ使えません。", "It works only with the other side's consent or by agreement."
    ),
    "one_sided": Text("相手方だけの権利又は保護です。", "The right or protection is the other side's alone."),
    "wrong_side": Text("我が方だけの義務であり、相手方の義務ではありません。", "The duty is ours alone, not the other side's."),
    "external_reference": Text(
        "契約外の文書を引いているだけで、その文書が渡されていません。", "It only points to a document that was not supplied."
    ),
    "parameter": Text("期間{days}日は基準{limit}日に合いません。", "The period of {days} days breaks the limit of {limit} days."),
    "no_period": Text("期間が定められていません。", "No period is stated."),
    "placeholder": Text("空欄のままです。", "A blank has not been filled in."),
    "start_from_agreement_date": Text("契約の日付を起算日とします。", "It starts on the date of the agreement."),
    "no_date": Text("日付が定められていません。", "No date is given."),
    "undetermined_date": Text("終期とされた日がいつか分かりません。", "It cannot be told which day the end refers to."),
    "earlier_of": Text("いずれか早い時に終わります。", "It ends at the earlier of several events."),
    "later_of": Text("いずれか遅い時に終わります。", "It ends at the later of several events."),
    "exit_stands_in": Text("満了の定めに代えて、解約の定めがあります。", "An exit stands in for what happens at the end."),
    "needs_reason": Text("理由がなければ使えません。", "It needs a reason."),
    "exit_needs_consent": Text("解約に相手方の承諾が要ります。", "The exit needs the other side's consent."),
    "exit_fee": Text("解約に残代金等の支払が要ります。", "The exit costs all the remaining price or a fee."),
    "only_for_a_ground": Text("双方に等しいのは、事由がある場合の解除だけです。", "Both are equal only in ending it for a ground."),
    "only_on_change": Text("事情が変わったときに限り見直します。", "The review comes only when circumstances change."),
    "unequal": Text("双方の権利や期限が等しくありません。", "The two sides' rights or deadlines are not equal."),
    "partial": Text("一部だけを定めています。", "It covers only part of this."),
    "no_interval": Text("見直しの時期や間隔が定められていません。", "No time or interval for the review is set."),
    "words_and_figures": Text("文字と数字が食い違っています。", "Words and figures differ."),
    "length_and_day": Text("始期・期間・終了日が合いません。", "Start, length and last day do not fit."),
    "periods_differ": Text("二つの定めの期間が異なります。", "Two statements give different periods."),
    "precedence": Text("優先順位の定めにより、優先する文書の期間によります。", "An order of precedence settles which period applies."),
    "too_few_families": Text(
        "事由の類型が{count}種類しかありません（基準{limit}種類）。",
        "Only {count} families of triggers are covered (at least {limit} wanted).",
    ),
    "incorporated": Text("公知の標準条項の引用により満たされます。", "Satisfied by incorporating a public standard clause."),
    "cross_link": Text("別の条項により満たされます。", "Satisfied by another clause."),
    "impossibility_only": Text(
        "履行不能の場合に限られ、遅延や支障が含まれません。", "It covers only impossible performance, not delay or hindrance."
    ),
    "no_timing": Text("通知の時期が定められていません。", "No time for the notice is set."),
    "indefinite": Text("期間の定めがありません。", "There is no fixed term."),
    "no_deadline": Text("更新拒絶の期限が定められていません。", "No deadline for refusing renewal is set."),
    "vague_end": Text("終期があいまいです。", "The end is vague."),
    "refusal_needs_consent": Text("更新拒絶に相手方の承諾が要ります。", "Refusing renewal needs the other side's consent."),
    "only_other_side": Text("相手方だけが行えます。", "Only the other side may do so."),
    "window_too_short": Text("申出のできる期間が短すぎます。", "The window for giving notice is too short."),
    "start_undated": Text("起算日となる日付が契約中にありません。", "The start refers to a date that is not in the contract."),
}


def reason(code: str, message: Text | None = None, /, *, code_as: str | None = None, **values: object) -> Reason:
    """A reason of this code. ``message`` (from the library) replaces the standing text, or fills its {why}."""
    template = REASONS.get(code)
    if template is None:
        return Reason(code_as or code, _filled(message, values) if message is not None else Text(code, code))
    if message is not None and "{why}" not in template.en:
        return Reason(code_as or code, _filled(message, values))
    if message is not None:
        values = {**values, "why": message}
    return Reason(code_as or code, _filled(template, values))


def _filled(template: Text, values: dict[str, object]) -> Text:
    """As ``fill``, but a text of the library that holds other braces stays as it is."""
    try:
        return fill(template, **values)
    except (KeyError, IndexError, ValueError):
        return template


# --- why a clause that was looked at does not count, and where wording goes ------------------------------------------
WHY_NOT: dict[str, Text] = {
    "deleted": Text("削除された条項です。", "The clause has been deleted."),
    "heading": Text("見出しに語があるだけで、対応する定めがありません。", "Only the heading has the words; no sentence says it."),
    "heading_only": Text("見出しは近いものの、必要な内容の文がありません。", "The heading is close, but no sentence says what is needed."),
    "definition": Text("定義があるだけで、それを使う定めがありません。", "It is only a definition that no clause uses."),
    "recital": Text("前文・背景の記載にとどまります。", "It is only a recital."),
    "cross_ref": Text("他の条項への言及にとどまります。", "It is only a reference to another clause."),
    "survival_list": Text("存続条項の列挙に現れるだけです。", "It is only named in a list of surviving clauses."),
    "precedence_list": Text("優先順位の定めに現れるだけです。", "It is only named in an order of precedence."),
    "note": Text("注記・解説です。", "It is a note or comment."),
    "question": Text("質問・チェック欄です。", "It is a question or checklist line."),
    "operative": Text("語は現れますが、この条項の核となる定めではありません。", "Its words occur, but not as the core of this provision."),
    "other_subject": Text("似た語がありますが、別の事柄を定めています。", "Similar words occur, about something else."),
    "no_words": Text("この条項の語は含まれていません。", "It holds no words of this provision."),
}

PLACES: dict[str, Text] = {
    "in": Text("{clause}に加える", "add to {clause}"),
    "instead": Text("{clause}を改める", "in place of {clause}"),
    "in_plain": Text("引用した文言に続けて加える", "add behind the words quoted"),
    "instead_plain": Text("引用した文言を改める", "in place of the words quoted"),
    "after": Text("{clause}（{heading}）の次に置く", "after {clause} ({heading})"),
    "after_plain": Text("{clause}の次に置く", "after {clause}"),
    "end": Text("契約本文の末尾に置く", "at the end of the body"),
}


# The register and summary of a batch.
BATCH: dict[str, Text] = {
    "file": Text("ファイル", "File"),
    "same_as": Text("同一内容のファイル", "Same content as"),
    "supplier": Text("相手方", "Supplier"),
    "type": Text("契約類型", "Type"),
    "side": Text("立場", "Our side"),
    "year": Text("年", "Year"),
    "language": Text("言語", "Language"),
    "pages": Text("頁数", "Pages"),
    "reason": Text("理由", "Reason"),
    "report": Text("報告書", "Report"),
    "lacking": Text("見当たらない・矛盾の数", "Not found or conflicting"),
    "weak": Text("不十分の数", "Weak"),
    "next_date": Text("次の期日", "Next date"),
    "next_what": Text("期日の内容", "What happens then"),
    "where": Text("加える場所", "Where to add"),
    "wording": Text("加える文言", "Wording to add"),
    "date": Text("期日", "Date"),
    "what": Text("内容", "What"),
    "arithmetic": Text("計算", "Arithmetic"),
    "sheet_dates": Text("期日", "Deadlines"),
    "most_lacking": Text("最も多く見当たらない（または矛盾する）条項", "Provisions most often not found or conflicting"),
    "due": Text("{date} 以後の期日", "What falls due from {date} on"),
    "due_in": Text("月ごとの件数", "By month"),
    "term_start": Text("始期", "Starts"),
    "term_start_date": Text("開始日", "Start date"),
    "term_end": Text("終期", "Ends"),
    "term_end_date": Text("終了日", "End date"),
    "term_initial_months": Text("当初期間（月）", "Initial months"),
    "term_auto_renewal": Text("自動更新", "Renews by itself"),
    "term_renewal_months": Text("更新期間（月）", "Renewal months"),
    "term_optout_days": Text("更新拒絶の予告（日）", "Notice to refuse (days)"),
    "term_last_day_to_refuse": Text("更新拒絶の期限", "Last day to refuse"),
    "term_max_lock_in_months": Text("最長拘束期間（月）", "Longest lock-in (months)"),
    "start_signature": Text("締結日", "signature"),
    "start_effective": Text("効力発生日", "effective date"),
    "start_date": Text("日付", "date"),
    "start_event": Text("出来事", "event"),
    "end_duration": Text("期間の満了", "duration"),
    "end_date": Text("日付", "date"),
    "end_event": Text("出来事", "event"),
    "end_indefinite": Text("定めなし", "open-ended"),
    "yes": Text("あり", "yes"),
    "no": Text("なし", "no"),
    "sheet_register": Text("台帳", "Register"),
    "sheet_findings": Text("指摘事項", "Findings"),
    "sheet_meti": Text("経産省項目別", "METI items"),
    "sheet_portfolio": Text("全体", "Portfolio"),
    "sheet_not_read": Text("未読", "Not read"),
    "provision": Text("条項", "Provision"),
    "status": Text("判定", "Status"),
    "severity": Text("重要度", "Severity"),
    "clause": Text("条番号", "Clause"),
    "quote": Text("文言", "Wording"),
    "title": Text("契約審査の一覧", "Contract review register"),
    "agreements": Text("契約", "Agreements"),
    "lead": Text(
        "{files}件のファイル（内容は{contents}種類）を確認し、{failed}件は読めませんでした。",
        "{files} files ({contents} different contents); {failed} could not be read.",
    ),
    "partly": Text("{count}件は一部しか読めていません。", "{count} could be read only in part."),
    "by_provision": Text("条項ごとの状況（悪い順）", "By provision, worst first"),
    "by_supplier": Text("相手方ごと（悪い順）", "By supplier, worst first"),
    "by_type": Text("契約類型ごと", "By type"),
    "by_year": Text("年ごと", "By year"),
    "expiring": Text("期限", "Deadlines"),
    "outliers": Text("同じ相手方の他の契約と異なるもの", "Drafts that say less than the same supplier's others"),
    "near_copies": Text("ほぼ同文の契約（まとめて改定できるもの）", "Near copies (one amendment letter may serve them all)"),
    "not_read": Text("読めなかったファイル", "Files that could not be read"),
    "usual": Text("{title}: {here}（他の契約は通常{usual}）", "{title}: {here} (the others: {usual})"),
    "held": Text("ある割合", "Present"),
    "unknown": Text("（不明）", "(not known)"),
    "more": Text("ほか{count}件", "{count} more"),
    "last_day": Text("更新拒絶の期限", "last day to refuse renewal"),
    "ends": Text("終了", "ends"),
    "note": Text(
        "この一覧は文面の照合結果であり、法的助言ではありません。",
        "This register says what the texts hold; it is not legal advice.",
    ),
}

# Deadlines: what a date is, and why a contract has none.
DEADLINES: dict[str, Text] = {
    "refuse": Text("更新拒絶の期限", "Last day to refuse renewal"),
    "renews": Text("期間満了（自動更新）", "Period ends and renews"),
    "ends": Text("契約終了", "Contract ends"),
    "leave": Text("本日通知した場合の最早終了日", "Earliest end if notice is given now"),
    "as_of": Text("{date} 以後の期日", "Dates from {date}"),
    "no_date": Text("計算できない期日とその理由", "What cannot be computed, and why"),
    "head_date": Text("日付", "Date"),
    "head_what": Text("内容", "What"),
    "head_contract": Text("契約", "Contract"),
    "head_clause": Text("条番号", "Clause"),
    "head_arithmetic": Text("計算・不足", "Arithmetic, or what is missing"),
    "ended": Text("期間はすでに満了しています。", "The term has already ended, and the contract does not renew by itself."),
    "renewal_cap": Text(
        "更新の回数または通算期間に上限があります。まだ続いているかを確かめてください。",
        "Its renewals are limited in number or total time; check that it still runs.",
    ),
    "renewal_length": Text("更新後の期間が書かれていません。", "It renews by itself, but for how long is not stated."),
    "no_refusal": Text("更新を拒絶する期限が書かれていません。", "It renews by itself, and no notice to refuse is stated."),
    "open_ended": Text("期間の定めがなく、解約予告も見当たりません。", "It has no end, and no notice to end it was found."),
    "any_time": Text("期間の定めがなく、予告なしにいつでも終了できます。", "It has no end, and can be ended at any time without notice."),
    "ends_by_event": Text("終期が出来事により決まります。その日を確認してください。", "It ends by an event; look up when that is."),
    "start_signature": Text(
        "始期が締結日ですが、締結日が文面にありません。",
        "It starts on signature, and the day of signature is not in the text.",
    ),
    "start_effective": Text(
        "始期が効力発生日ですが、その日付が文面にありません。",
        "It starts on the effective date, and that date is not in the text.",
    ),
    "start_event": Text("始期が出来事により決まります。その日を確認してください。", "It starts by an event; look up when that was."),
    "start_unknown": Text("期間はありますが、始期が書かれていません。", "It has a length, but its start is not stated."),
    "no_term": Text("契約期間が見当たりません。", "No term was found."),
}
