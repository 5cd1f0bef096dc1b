"""What an English party label or the words beside a name say of a party: does it receive goods and rights, or give them."""

from __future__ import annotations

import re
from functools import cache

from clausecheck.languages.patterns import Gate, match, search

BUYER_WORDS = (
    "buyer|purchaser|customer|client|distributor|sub-?distributor|reseller|dealer|retailer|"
    "licensee|sublicensee|sub-licensee|franchisee|owner|shipper|user|end user|end-user|"
    "subscriber|lessee|tenant|borrower|recipient|receiving party|employer|buying party|"
    "purchasing party|orderer|ordering party|commissioning party|sponsor|advertiser|procurer|importer"
)
SUPPLIER_WORDS = (
    "supplier|seller|vendor|manufacturer|producer|licensor|sublicensor|franchisor|provider|"
    "service provider|contractor|subcontractor|consultant|maker|processor|lessor|landlord|"
    "lender|discloser|disclosing party|operator|transporter|carrier|developer|exporter|"
    "repairer|fabricator|integrator|outsourcer|host|agency|agent|service company|selling party|supplying party"
)
# Roles that either party has in turn, unless the opening gives them to one of them.
NOBODY_IN_TURN = True  # also where no party is named
IN_TURN = ("disclosing party", "discloser", "receiving party", "recipient")
_BUYER = re.compile(rf"\b(?:{BUYER_WORDS})s?\b")
_SUPPLIER = re.compile(rf"\b(?:{SUPPLIER_WORDS})s?\b")

# What a party does for a living or under the contract, said beside its name or in the recitals.
SUPPLIES = re.compile(
    r"\b(?:manufactures?|produces?|supplies|sells?|develops?|licenses|provides|offers|"
    r"in the business of (?:manufactur|produc|supply|sell|provid|develop)\w*|"
    r"(?:supplier|seller|vendor|manufacturer|producer|provider|developer) of)\b"
)
RECEIVES = re.compile(
    r"\b(?:purchases?|buys?|orders?|procures?|wishes to (?:purchase|buy|obtain|procure|engage|receive|"
    r"license|distribute)|desires to (?:purchase|buy|obtain|procure|engage|receive|distribute))\b"
)

# Verbs that follow "<label> shall": the act of the one that gives and of the one that receives.
GIVES_VERB = re.compile(
    r"^(?: (?:shall|will|agrees? to|hereby|undertakes? to|is to|agrees?|also|exclusively|use [a-z ]{0,40}efforts to))+ "
    r"(?:sell|supply|manufacture|deliver|produce|provide|ship|fabricate|develop|perform the services|"
    r"render|package|license|grants?|appoints?)\b"
)
TAKES_VERB = re.compile(
    r"^(?: (?:shall|will|agrees? to|hereby|undertakes? to|is to|agrees?|also|exclusively|may|use [a-z ]{0,40}efforts to))+ "
    r"(?:purchase|buy|order|place (?:an? |its |all )?(?:firm |purchase )?orders?|"
    r"issue (?:an? )?purchase orders?|accept delivery|engages?|retains?|procure|pay\b|submit (?:an? |"
    r"its )?(?:purchase )?orders?)\b"
)

# What a buyer, too, provides: "shall provide the manufacturer with a forecast and purchase orders".
_PAPERS = re.compile(
    r"^.{0,24}\bprovide\b.{0,60}?\b(?:forecasts?|purchase orders?|orders|notice|notification)\b"
)
_WANTS = re.compile(
    r"^(?:'s| '|s')? ?(?:(?:binding |rolling |written |annual )*(?:purchase orders?|forecasts?)\b|(?:desires?|wishes) (?:that\b|to (?:have|purchase|buy|obtain|procure)\b))"
)
_OFFERS = re.compile(r"^ (?:is|are) (?:willing|prepared|able)(?: and (?:willing|able))? to (?:manufacture|supply|sell|produce|provide|perform|develop|render)\b")
_PLACED_BY = re.compile(r"\b(?:purchase orders?|orders?|forecasts?) (?:placed|issued|submitted|given|made|provided) by (?:the )?$")

# One of these opens what is looked for after a label.
_ACT_OPENS = (
    *(" shall", " will", " agree", " hereby", " undertake", " is to", " also", " exclusively", " use ", " may"),
    *(" purchase order", "'s purchase order", "'s forecast", "'s rolling", " forecast", " desire", " wish", " is ", " are "),
)


def role(label: str) -> str:
    """buyer | supplier | "" from a folded label; of two words the last one names the bearer ("customer's contractor")."""
    text = label.lower()
    buyer = [m.end() for m in _BUYER.finditer(text)]
    supplier = [m.end() for m in _SUPPLIER.finditer(text)]
    if not buyer and not supplier:
        return ""
    if buyer and supplier:
        return "buyer" if buyer[-1] > supplier[-1] else "supplier"
    return "buyer" if buyer else "supplier"


def given_to(opening: str, role: str, label: str) -> bool:
    """The folded opening gives the role to the party so labelled: ("Company" or "Disclosing Party"), Company, as Recipient."""
    between = r"[\"' ,()*]{1,4}(?:(?:or|as|and|the|being|hereinafter|referred to as|called) ?[\"' ,()*]{0,3}){0,4}"
    name = re.escape(label.lower())
    return re.search(rf"\b{role}{between}{name}\b|\b{name}{between}{role}\b", opening.lower()) is not None


# --- who the parties are (on source text) -----------------------------------------------------------------------------
# ("Supplier"), (hereinafter referred to as the "Buyer" or "Customer"), hereinafter called Distributor
_LABEL_QUOTED = re.compile(
    r"\(\s*(?P<lead>[^()\"“”]{0,90}?)[\"“”„'‘’]{1,2}(?:the\s+)?(?P<label>[A-Z][^\"“”()']{0,38}?)[\"”“']{1,2}(?:[,;]?\s*(?:or|"
    r"and|and/or)\s*(?:the\s*)?[\"“](?P<second>[^\"”()]{1,38})[\"”])?(?P<tail>[^()]{0,60})\)"
)
_LABEL_CALLED = re.compile(
    r"\(?\s*[Hh]ere(?:in)?after\s+(?:(?:jointly|individually|"
    r"also)\s+)?(?:referred\s+to\s+(?:hereunder\s+)?as|called|known\s+as|"
    r"designated)?\s*(?:the\s+)?[\"“']{0,2}(?P<label>[A-Z][\w.&-]*(?:\s[A-Z][\w.&-]*){0,2})[\"”']{0,2}"
)
_LABEL_LINE = re.compile(
    r"^[ \t]*(?P<label>(?:The )?(?:Buyer|Purchaser|Customer|Client|Supplier|Seller|Vendor|Manufacturer|"
    r"Distributor|Reseller|Licensor|Licensee|Provider|Service Provider|Contractor|Consultant|Company|"
    r"Disclosing Party|Receiving Party))[ \t]*[:：][ \t]*(?P<name>\S[^\n]{0,90})$",
    re.M,
)
_NOT_A_PARTY = re.compile(
    r"(?i)^(?:the |this )?(?:agreement|contract|effective date|commencement date|execution date|"
    r"signing date|part(?:y|ies)|.* date|products?|services?|territory|term|initial term|"
    r"confidential information|act|exhibits?|"
    r"affiliates?|group|work|field|projects?|software|technology|equipment|licenses?|facilit(?:y|ies)|premises|"
    r"commodit(?:y|ies)|cargo(?:es)?|crude oil|vessels?|shipments?|materials?|ingredients?|devices?|units?|components?|parts?|deliverables?|"
    r"amendment|recitals?|business|purpose|transaction|site|web ?site|event|schedule|trademarks?|patents?|"
    r"program|bank|sec|company group|closing|shares?|"
    r"master agreement|purchase agreement|supply agreement|.* agreement|.* act|goods|order|sow|fee|system|"
    r"content|marks|plan|notes?|collateral|guarant(?:y|ors?)|fda|api|drug|compound|customers?' .*|"
    r".* (?:period|terms|addendum|project|contract|limit|use|policy|form|documents?|rights?|information|data|"
    r"services?|products?|list|accounts?|engineers|price))$"
)
_NAME = re.compile(
    r"(?:^|\b(?:between|among|by|and|with|from|to|of|is)\b(?: and between| among)?:?|[;:(]|\)|\n|"
    r"\d[.)])\s*(?P<name>(?:[A-Z0-9][\w&.'’/-]*|of|and|the|for|de|&)(?:,?\s+(?:[A-Z0-9][\w&.'’/-]*|of|and|"
    r"the|for|de|&|\([A-Z][\w ]{1,20}\)))*)"
)
_COMPANY = re.compile(
    r"\b(?:Inc|Incorporated|Corp|Corporation|Ltd|Limited|LLC|L\.L\.C|LP|L\.P|LLP|PLC|plc|GmbH|AG|S\.A|SA|"
    r"N\.V|B\.V|NV|BV|Co|Company|KG|Oy|AB|A/S|S\.p\.A|S\.r\.l|Pty|Pte|KK|K\.K|University|Institute|Bank|"
    r"Trust|Group|Holdings|Partners|JSC|OJSC|CJSC|PJSC|OAO|ZAO|OOO|INC|INCORPORATED|CORP|CORPORATION|LTD|LIMITED|COMPANY|HOLDINGS|PARTNERS|UNIVERSITY|BANK|TRUST)\b"
)

# What a name comes after: the bracket or comma behind the party before it, "between", "among". Each begins with plain letters or
# signs, which ``re`` looks for much faster than for a choice of them.
_BEFORE_NAME = (
    re.compile(r"[\"”)](?:(?<=\))(?<!\(LLC\))(?<!\(LLP\))(?<!\(Pty\))(?<!\(Pvt\))(?<!\(USA\))(?<!\(UK\))(?<!\(PRC\))\s*(?:-\s*)?(?:,|and\b(?:\s*-)?)|(?<!\))\s*[),])"),
    re.compile(r"BETWEEN\b:?"),
    re.compile(r"AND:"),
    re.compile(r"between\b(?<!\wbetween)"),
    re.compile(r"among\b(?<!\wamong)"),
)


_RECITALS = re.compile(r"\bWHEREAS\b|\bNOW,? THEREFORE\b|\bWhereas,|\bRECITALS?\b|\bBACKGROUND\b|\bW I T N E S S E T H\b|\bWITNESSETH\b")


def parties(text: str) -> list[tuple[str, str, int, int]]:
    """(label, name, start, end) of the parties that an opening names, in order; offsets of the label's bracket in ``text``."""
    found: list[tuple[str, str, int, int]] = []
    recitals = _RECITALS.search(text)
    for m in _LABEL_QUOTED.finditer(text):
        if recitals and len(found) > 1 and m.start() > recitals.start():
            break  # who is named in the recitals, a subsidiary say, is no party
        if search(r"(?i)\b(?:collectively|together|each an?|individually|jointly|as defined)\b", m["lead"]) and search(
            r"(?i)part(?:y|ies)$", m["label"]
        ):
            continue
        name = _name_before(text, m.start())
        label = next((x.strip(" ,.") for x in (m["label"], m["second"]) if x and not _NOT_A_PARTY.match(x.strip(" ,."))), "")
        second = (m["second"] or "").strip(" ,.")
        if label and second and not role(label) and role(second):
            label = second
        if label and name and (role(label) or _COMPANY.search(name) or len(found) < 2):
            found.append((_bare(label), name, m.start(), m.end()))
    for m in _LABEL_CALLED.finditer(text) if "ereinafter" in text or "ereafter" in text else ():
        if any(a <= m.start() < b or a <= m.end() <= b for _, _, a, b in found) or _NOT_A_PARTY.match(m["label"]):
            continue
        name = _name_before(text, m.start())
        if name:
            found.append((_bare(m["label"]), name, m.start(), m.end()))
    if len(found) < 2:
        for m in _LABEL_LINE.finditer(text):
            found.append((_bare(m["label"]), m["name"].strip(" ,."), m.start(), m.end()))
    found.sort(key=lambda f: f[2])
    named = [f for f in found if recitals and f[2] < recitals.start()]
    if len(named) > 1:  # what the recitals name besides, another contract say, is no party
        found = named
    seen: dict[str, tuple[str, str, int, int]] = {}
    for item in found:
        seen.setdefault(item[0].lower(), item)
    return list(seen.values())[:6]


_ABBREVIATED = re.compile(r"\b(?:Inc|INC|Ltd|LTD|Co|CO|Corp|CORP|LLC|L\.L\.C|S\.A|B\.V|N\.V|L\.P)\Z")


_POSTCODE_AND = re.compile(r"\b\d{4,6}(?:-\d{4})?,?\s+(?:and|AND)\s+")
# "ALDER INC. 2nd Floor, ...": the name ends before its address.
_ADDRESS = re.compile(
    r"(?P<name>.{3,80}?\b(?:Inc|INC|Ltd|LTD|Limited|LIMITED|Corp|CORP|Corporation|CORPORATION|LLC|GmbH|Company|COMPANY)\.?),?\s+"
    r"(?:\d|Unit\b|Suite\b|Floor\b|Level\b|No\.)"
)


_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_HEAD = re.compile(rf"\b(?:{_MONTHS})\s+\d{{1,2}},?\s+\d{{4}}\s+|\bPREAMBLE\s+")  # what is printed before the first name


def _bare(label: str) -> str:
    return re.sub(r"^(?:The|the)\s+", "", " ".join(label.split()))


def _name_before(text: str, at: int) -> str:
    """The party's name before its bracket: the first capitalized run after the last "between", "and" or break; "" where none stands."""
    before = " ".join(text[max(0, at - 900) : at].split())[-360:]
    cut = max((m.end() for pattern in _BEFORE_NAME for m in pattern.finditer(before)), default=0)
    rest = before[cut:].lstrip(" ,;")
    best = ""
    for m in _NAME.finditer(rest):
        name = _POSTCODE_AND.split(m["name"])[-1]  # "... Santa Ana, CA 92703 and NAME": the address of the party before ends there
        name = _HEAD.split(name)[-1]
        name = re.sub(r"^(?:(?:and|AND|the|of|for|The|This|AGREEMENT|Agreement)\s+)+", "", name).strip(" ,.")
        addressed = _ADDRESS.match(name)
        if addressed:
            name = addressed["name"]
        name = re.sub(r"(?:\s+(?:and|of|the|for))+$", "", name)
        if _ABBREVIATED.search(name) and rest.startswith(".", rest.find(name, m.start()) + len(name)):
            name += "."
        if (
            len(name) < 2
            or not (name[0].isupper() or name[0].isdigit())
            or match(r"WHEREAS|RECITALS?|Exhibit|EXHIBIT|THIS\b", name)
            or match(rf"(?:{_MONTHS})\b|\d", name)
        ):
            continue
        if _COMPANY.search(name):
            return name[:100]
        best = best or name
    if not best and search(r"_{3,}|\[[^\]]{0,40}\]|\.{4,}", rest):
        return " "  # the draft leaves the name blank
    return best[:100]


# --- what kind of contract it is (on folded text): the earlier type wins among equals ---------------------------------
TITLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "nda",
        re.compile(
            r"\b(?:non-?disclosure|confidentiality (?:agreement|undertaking|and non)|mutual confidentiality|"
            r"\bnda\b|secrecy agreement|proprietary information agreement)"
        ),
    ),
    (
        "jv",
        re.compile(
            r"\bjoint venture|\bshareholders'? agreement|\bstockholders'? agreement|"
            r"\blimited liability company agreement|\boperating agreement|\bpartnership agreement"
        ),
    ),
    (
        "sample",
        re.compile(
            r"\bmaterials? transfer|\bsamples?\b|\bequipment loan|\bloan of\b|\bplant visit|\bbailment|\bevaluation (?:agreement|unit)"
        ),
    ),
    (
        "distribution",
        re.compile(
            r"\bdistribut(?:or|ion|orship)\b|\breseller|\bdealer|\bagency\b|\bfranchise|\bsales representative|"
            r"\bvalue added|\bmarketing\b|\baffiliate agreement|\bpromotion"
        ),
    ),
    (
        "manufacturing",
        re.compile(r"\bmanufactur\w*|\bprocessing agreement|\btoll(?:ing)?\b|\bfabrication|\bassembly\b|\boem\b|\bfoundry\b"),
    ),
    ("supply", re.compile(r"\bsuppl(?:y|ier)\b|\bpurchas(?:e|ing)\b|\bsales?\b(?! representative)|\bprocurement|\bsale of\b")),
    ("licence", re.compile(r"\blicens(?:e|ing)\b|\bsublicense|\bsoftware agreement|\bintellectual property agreement")),
    (
        "rnd",
        re.compile(
            r"\b(?:joint )?(?:research|co-?development|collaborat\w+|feasibility)\b|\bproof of concept|"
            r"\bjoint development|\bdevelopment\b"
        ),
    ),
    (
        "services",
        re.compile(
            r"\bservices?\b|\bconsult\w+|\boutsourc\w+|\bhosting|\bmaintenance|\bsupport\b|\btransport\w*|"
            r"\boperation|\bprofessional|\bstatement of work|\bemployment|\bindependent contractor|\bengagement|"
            r"\bsponsorship|\bendorsement|\bmanagement agreement"
        ),
    ),
)
_FRAMEWORK = re.compile(
    r"\b(?:master|framework|blanket|general terms|from time to time|purchase orders|orders placed|"
    r"each (?:purchase )?order|forecasts?|term of this agreement|initial term|renew\w*|during the term|"
    r"remain in (?:full )?(?:force|effect)|minimum purchase|contract period|annual|each year|per (?:year|month)|the term|term of)\b"
)
_GOODS = re.compile(r"\b(?:purchase price|total price|contract price|price of|lump sum|fixed price|fee of|sum of)\b")
_DELIVERY = re.compile(
    r"\b(?:delivery date|date of delivery|deliver\w* [^.;]{0,80}\b(?:on|by|no later than|before)\b|"
    r"completion date|complet\w+ (?:on|by))\b"
)


@cache
def _lasting() -> Gate:
    return Gate((_FRAMEWORK,))


def framework(text: str) -> bool:
    """The folded text speaks of a lasting relation: orders from time to time, a term, renewals."""
    return _lasting().mask(text) != 0 and _FRAMEWORK.search(text) is not None


def one_off(text: str) -> bool:
    """The folded text has the price and the delivery of a single deal."""
    return _GOODS.search(text) is not None and _DELIVERY.search(text) is not None


def single_order(title: str) -> bool:
    """The folded title is that of one order under a framework."""
    return (
        match(r"^[^.]{0,40}\b(?:purchase order|order form|statement of work|work order)\b", title) is not None and "master" not in title
    )


_PUBLIC = re.compile(
    r"(?i)\b(?:ministry|department|secretary|government|governor) of\b|\b(?:the )?(?:state|commonwealth|city|county|town|municipality|prefecture|republic|kingdom) of\b"
    r"|\b(?:united states|japan|u\.?s\.?) (?:of america|government|army|navy|air force)\b|\b(?:prefectural|city|municipal|federal|local) government\b"
    r"|\bincorporated administrative agency\b|\bpublic authority\b|\bport authority\b"
)
_TECHNOLOGY = re.compile(
    r"\b(?:drawings?|specifications?|designs?|technolog|technical|know-?how|mou?lds?\b|tooling|samples?|prototypes?|software|source code|systems?\b|develop|inventions?|patents?|"
    r"intellectual property|formula|recipes?|process(?:es)?\b|data\b|equipment|free-issue|consigned)"
)


def public_body(name: str) -> bool:
    """The party is a state, a local authority or a body of either."""
    return _PUBLIC.search(name) is not None


def technology(text: str) -> bool:
    """The folded text speaks of drawings, know-how, samples, software or other technology that may pass."""
    return _TECHNOLOGY.search(text) is not None


# "[Pursuant to Item 601 of Regulation S-K, certain portions of this exhibit have been omitted ...]": a filing's notice above the title.
_NOTICE = re.compile(
    r"(?i)\[?(?:pursuant to|certain|portions|confidential|the omitted|information|in accordance|specific|text|redacted)\b[^\[\]]{0,300}?"
    r"\b(?:omitted|redacted|confidential treatment|excluded)\b(?:[^\[\]]|\[\*+\]){0,500}?(?:disclosed|asterisks|commission|\[\*+\]|material|requested)[^.\]\n]{0,80}[.\]]"
)


def title_of(head: str) -> str:
    """The title in the first lines of the source: what stands before the parties are named."""
    head = _NOTICE.sub(" ", head)
    cut = search(
        r"(?i)\b(?:this\b[^\n]{0,60}\bagreement|is (?:made|entered)|by and between|made (?:as of|and entered)|dated as of|whereas)",
        head[20:],
    )
    return head[: 20 + cut.start()] if cut else head[:220]


_SECRECY_ITSELF = re.compile(
    r"(?:\bthis (?:[a-z-]+ ){0,3}|\A.{0,200}\b)(?:non-?disclosure|confidentiality|secrecy|proprietary information)(?: and [a-z-]+)? (?:agreement|undertaking)"
    r"|\A.{0,200}\b(?:non-?disclosure|confidentiality|secrecy)\b|\bthis \"?nda\b|\A.{0,60}\bnda\b"
)


_DISTRIBUTES = re.compile(r"\bdistribut|\breseller|\bdealer|\bagency\b|\bfranchise|\brepresentative")


def best_type(text: str, names: list[str]) -> str:
    """Of the types whose words the text has, in the order of TITLES, the one that names the contract."""
    if names[0] == "distribution" and "manufacturing" in names and not _DISTRIBUTES.search(text):
        names = ["manufacturing", *names]  # "Manufacturing, Design and Marketing Agreement"
    last = re.findall(r"\b([a-z-]+) (?:\([a-z ]+\) )?(?:agreement|contract)\b", text)
    if names[0] == "nda" and len(names) > 1 and not _SECRECY_ITSELF.search(text):
        names = names[1:]  # a new drug application, or another agreement that is named
    if names[0] in ("nda", "jv", "distribution", "manufacturing"):
        return names[0]
    for word in last[:1]:
        for name, pattern in TITLES:
            if name in names and pattern.search(word + " agreement") and name not in ("services", "rnd"):
                return name
    return names[0]


def role_after(after: str) -> str:
    """The role from the words right after a label's bracket; in English none stand there."""
    return ""


def role_beside(before: str, name: str) -> str:
    """The role from the words around a label's bracket, folded."""
    piece = re.split(r"[,;(]", before)[-1]
    near = role(piece) if search(r"\b(?:as|the|a|an) [a-z ]{0,30}$", piece) else ""
    return near


def act_after(text: str, start: int, end: int) -> str:
    """gives | takes | "": what the party named at ``start:end`` of the folded text does there."""
    if start and (text[start - 1].isalnum() or text[start - 1] in "-'"):
        return ""
    if text.startswith(" by ", start - 4) or text.startswith(" by the ", start - 8):
        return "takes" if _PLACED_BY.search(text, max(0, start - 50), start) else ""
    if not text.startswith(_ACT_OPENS, end):
        return ""
    rest = text[end : end + 110]
    if _OFFERS.match(rest) or (GIVES_VERB.match(rest) and not _PAPERS.match(rest)):
        return "gives"
    if TAKES_VERB.match(rest) or _WANTS.match(rest):
        return "takes"
    return ""


def used_labels(text: str) -> list[str]:
    """Party words that the source uses as names without defining them: Buyer, Supplier."""
    found = re.findall(
        r"\b(Buyer|Purchaser|Customer|Client|Licensee|Distributor|Supplier|Seller|Vendor|Manufacturer|"
        r"Licensor|Provider|Contractor)\b(?= (?:shall|will|may|agrees?)\b)",
        text,
    )
    return sorted(set(found), key=found.index)[:2]
