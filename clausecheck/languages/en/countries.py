"""Which countries an English text places its parties in: where they are organised, what they are, where their address ends."""

from __future__ import annotations

import re

# Name or adjective -> code. The states of federations count as their federation.
_NAMES: dict[str, str] = {
    "japan": "jp", "japanese": "jp", "tokyo": "jp", "osaka": "jp", "nagoya": "jp",
    "people's republic of china": "cn", "prc": "cn", "p.r.c.": "cn", "china": "cn", "chinese": "cn", "shanghai": "cn", "beijing": "cn", "shenzhen": "cn",
    "hong kong": "hk", "taiwan": "tw", "republic of china": "tw", "korea": "kr", "republic of korea": "kr", "korean": "kr",
    "england": "gb", "england and wales": "gb", "english": "gb", "united kingdom": "gb", "scotland": "gb", "uk": "gb", "u.k.": "gb", "great britain": "gb",
    "germany": "de", "german": "de", "france": "fr", "french": "fr", "italy": "it", "italian": "it", "spain": "es", "spanish": "es",
    "the netherlands": "nl", "netherlands": "nl", "dutch": "nl", "belgium": "be", "belgian": "be", "switzerland": "ch", "swiss": "ch",
    "sweden": "se", "swedish": "se", "norway": "no", "denmark": "dk", "danish": "dk", "finland": "fi", "ireland": "ie", "irish": "ie",
    "austria": "at", "poland": "pl", "israel": "il", "israeli": "il", "india": "in", "indian": "in", "singapore": "sg", "malaysia": "my",
    "thailand": "th", "vietnam": "vn", "indonesia": "id", "philippines": "ph", "australia": "au", "australian": "au", "new zealand": "nz",
    "canada": "ca", "canadian": "ca", "ontario": "ca", "quebec": "ca", "british columbia": "ca", "alberta": "ca", "mexico": "mx", "brazil": "br",
    "bermuda": "bm", "cayman islands": "ky", "british virgin islands": "vg", "luxembourg": "lu", "russia": "ru", "turkey": "tr", "south africa": "za",
    "united arab emirates": "ae", "saudi arabia": "sa",
    "united states": "us", "united states of america": "us", "u.s.a.": "us", "usa": "us", "delaware": "us", "california": "us", "new york": "us",
    "texas": "us", "nevada": "us", "florida": "us", "massachusetts": "us", "new jersey": "us", "illinois": "us", "pennsylvania": "us", "ohio": "us",
    "michigan": "us", "minnesota": "us", "washington": "us", "oregon": "us", "colorado": "us", "georgia": "us", "virginia": "us", "maryland": "us",
    "north carolina": "us", "connecticut": "us", "indiana": "us", "wisconsin": "us", "arizona": "us", "utah": "us", "missouri": "us", "tennessee": "us",
}  # fmt: skip
_NAME = "|".join(sorted((re.escape(n) for n in _NAMES), key=len, reverse=True))
_PLACED = re.compile(
    rf"\b(?:laws? of (?:the )?(?:state|commonwealth|province|republic|kingdom)? ?(?:of )?(?:the )?(?P<law>{_NAME})\b"
    rf"|an? (?P<kind>{_NAME}) (?:limited |public |private |stock |general |joint.stock |business |closely held )*"
    r"(?:liability )?(?:corporation|company|partnership|entity|firm|kabushiki|gmbh)\b"
    rf"|, ?(?P<address>{_NAME})(?= ?(?:[0-9]{{3}}[0-9 -]*)?(?:[,;.()\n\"]|\band\b|\bas\b|$)))"
)


def countries(text: str) -> set[str]:
    """Country codes that the folded text gives for its parties."""
    return {_NAMES[m.group("law") or m.group("kind") or m.group("address")] for m in _PLACED.finditer(text)}


def domestic(opening: str, names: list[str]) -> bool:
    """Two or more parties, and the folded opening places as many in Japan and none elsewhere."""
    found = [_NAMES[m.group("law") or m.group("kind") or m.group("address")] for m in _PLACED.finditer(opening)]
    return len(names) > 1 and set(found) == {"jp"} and len(found) >= len(names)
