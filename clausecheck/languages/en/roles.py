"""What an English party label or the words beside a name say of a party: does it receive goods and rights, or give them."""

from __future__ import annotations

import re

BUYER_WORDS = (
    "buyer|purchaser|customer|client|distributor|sub-?distributor|reseller|dealer|retailer|licensee|sublicensee|sub-licensee|franchisee|owner|shipper|user|end user|end-user|"
    "subscriber|lessee|tenant|borrower|recipient|receiving party|employer|buying party|purchasing party|orderer|ordering party|commissioning party|sponsor|advertiser|procurer|importer"
)
SUPPLIER_WORDS = (
    "supplier|seller|vendor|manufacturer|producer|licensor|sublicensor|franchisor|provider|service provider|contractor|subcontractor|consultant|maker|processor|lessor|landlord|"
    "lender|discloser|disclosing party|operator|transporter|carrier|developer|exporter|fabricator|integrator|outsourcer|host|agency|agent|service company|selling party|supplying party"
)
_BUYER = re.compile(rf"\b(?:{BUYER_WORDS})s?\b")
_SUPPLIER = re.compile(rf"\b(?:{SUPPLIER_WORDS})s?\b")

# What a party does for a living or under the contract, said beside its name or in the recitals.
SUPPLIES = re.compile(
    r"\b(?:manufactures?|produces?|supplies|sells?|develops?|licenses|provides|offers|in the business of (?:manufactur|produc|supply|sell|provid|develop)\w*|"
    r"(?:supplier|seller|vendor|manufacturer|producer|provider|developer) of)\b"
)
RECEIVES = re.compile(r"\b(?:purchases?|buys?|orders?|procures?|wishes to (?:purchase|buy|obtain|procure|engage|receive|license|distribute)|desires to (?:purchase|buy|obtain|procure|engage|receive|distribute))\b")

# Verbs that follow "<label> shall": the act of the one that gives and of the one that receives.
GIVES_VERB = re.compile(
    r"^(?: (?:shall|will|agrees? to|hereby|undertakes? to|is to|agrees?|also|exclusively|use [a-z ]{0,40}efforts to))+ "
    r"(?:sell|supply|manufacture|deliver|produce|provide|ship|fabricate|develop|perform the services|render|package|license|grants?|appoints?)\b"
)
TAKES_VERB = re.compile(
    r"^(?: (?:shall|will|agrees? to|hereby|undertakes? to|is to|agrees?|also|exclusively|may|use [a-z ]{0,40}efforts to))+ "
    r"(?:purchase|buy|order|place (?:an? |its |all )?(?:firm |purchase )?orders?|issue (?:an? )?purchase orders?|accept delivery|engages?|retains?|procure|pay (?:to )?(?:the )?(?:supplier|seller|[a-z]+) the (?:price|purchase price|fees?)|submit (?:an? |its )?(?:purchase )?orders?)\b"
)


def role(label: str) -> str:
    """buyer | supplier | "" from a folded label; a word of the other kind that only qualifies ("customer's contractor") loses to the last word."""
    text = label.lower()
    buyer = [m.end() for m in _BUYER.finditer(text)]
    supplier = [m.end() for m in _SUPPLIER.finditer(text)]
    if not buyer and not supplier:
        return ""
    if buyer and supplier:
        return "buyer" if buyer[-1] > supplier[-1] else "supplier"
    return "buyer" if buyer else "supplier"
