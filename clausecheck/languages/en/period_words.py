"""The words of English terms: what names the agreement's term, what measures it, what renews, refuses and ends it.

Patterns on folded text (lower case, single blanks, American spelling); ``en.periods`` decides with them.
"""

from __future__ import annotations

import re

import re2

AGR = (
    r"(?:agreement|contract|arrangement|appointment|engagement|joint venture|venture|"
    r"memorandum(?: of understanding)?|cooperation|collaboration|amendment|addendum)"
)
THIS_AGR = rf"(?:(?:this|these|present|said|such) (?:[\w/&'.-]+ ){{0,4}}?|the (?:[\w'-]+ ){{0,2}}?){AGR}"
MAY_SPEAK = re2.compile(
    r"\bterm\b|\bterms (?:of th|shall|will|is)|\brenew|\bextend\w*[^.;]*(?:term|agreement|contract|period)|(?:term|"
    r"agreement|contract)[^.;]*\bexten|\bexpir|"
    r"(?:\bmay\b|\bcan\b|right|option|entitled|until|unless|shall|will|automatically)[^.;]*terminat(?:e|ed)\b|"
    r"\bterminates\b|\btermination (?:or|and|of this|of the agreement)|\bcancel|"
    r"\bin (?:full )?(?:force|effect)\b|\bcommenc|\banniversary|\bevergreen|\bperpetual|\bindefinite|\bunlimited (?:period|term|duration)|"
    r"\beffective (?:date|as of|from|on|until|for|through)|\bvalid for|"
    r"\b(?:contract|agreement|service|engagement) period|\b(?:period|life) of (?:this|the) (?:agreement|contract)\b|\ba life of\b|\bvalidity|\brenegotiat|(?:annual|yearly|periodic|quarter|"
    r"each|every|regular)[^.;]*\breview|\breview[^.;]*(?:annual|yearly|periodic|quarter|each|every)|"
    r"\blasts? (?:for|until)\b|\bcarr(?:y|ies) on\b|\broll(?:s|ed|ing)? (?:over|forward)\b|\bstart date\b|\bend date\b|\bprevail|\bprecedence|\bdate hereof"
)
SURELY_SPEAKS = tuple(  # words that MAY_SPEAK finds by themselves
    word
    for word in (
        " term ", " term,", " term;", ' "term"', " renew", " expir", " cancel", " commenc", " anniversary", " validity",
        " effective date", " start date", " end date", " prevail", " date hereof", " in full force ", " in effect ", " in force ",
        " termination of this", " termination or ", " termination and ", " terminates ", " perpetual", " indefinite", " evergreen",
        " precedence", " terms of this ", " terms of the ", " contract period",
    )
    if MAY_SPEAK.search(word)
)  # fmt: skip
HEADING = re.compile(
    r"^(?:(?:initial |contract |basic |primary )?terms?(?: and (?:termination|renewals?|duration|"
    r"extensions?|expiration|conditions of termination|effect\w*|cancell?ation))?|terms? of (?:the |"
    r"this )?(?:agreement|contract|appointment|engagement)|"
    r"(?:duration|validity)(?: and (?:termination|renewal))?(?: of (?:the |this )?(?:agreement|"
    r"contract))?|(?:effective(?:ness| date)|commencement)(?:,? (?:and|&) (?:terms?|duration|expiry|"
    r"termination))?|"
    r"period(?: of (?:the |this )?(?:agreement|contract|validity))?|contract period|term,? (?:renewal|"
    r"termination|duration)[a-z, &]*|(?:automatic |option to |right of )?(?:renewals?|extensions?|renew)(?: (?:of|"
    r"option)[a-z ]{0,30})?|renewal terms?|renewal and termination|termination|"
    r"duration|effectiveness|termination (?:and|&) (?:renewal|term)|length of (?:agreement|contract)|"
    r"term/termination|term & termination|entry into force[a-z ,]*)\W*$"
)
# --- subjects ------------------------------------------------------------------------------------------------------
TERM_OF = re.compile(
    rf"\b(?:terms?|period|duration|validity|life|effectiveness)(?: \([^)]{{0,60}}\))? (?:of|for|"
    rf"under) {THIS_AGR}\b(?: \([^)]{{0,80}}\))?"
)
AGREEMENT = re.compile(
    rf"\b{THIS_AGR}\b(?: \([^)]{{0,80}}\))?(?:,? (?:and|including|together with) [^,;]{{3,90}}?(?=,| shall| will| is ))?"
)
# Contracts and things that are not this agreement.
OTHER_AGREEMENT = re.compile(
    r"the (?:[\w'-]+ )?(?:employment|lease|tenancy|loan|credit|facility|escrow|mortgage|insurance|shareholders?'?|prior|previous|"
    r"former|existing|other|head) (?:agreement|contract)"
)
WITH_A_TERM = re.compile(
    r"\ban? (?:[\w'-]+ ){0,3}?(?:agreement|contract)\b[^.;]{0,30}\b(?:with|having)(?: a| an)? ?$|"
    r"\b(?:an?|the|its|their) (?:[\w'-]+ )?(?:employment|lease|tenancy|loan|credit|facility|escrow|mortgage|insurance|shareholders?'?) "
    r"(?:agreement|contract)\b[^.;]{0,60}\b(?:with|for|having|has|of)(?: a| an)? ?$"
)
# "shall hold the information in confidence for a term of five years", "the lease has a term of ten years": not of this agreement.
A_TERM_OF_OTHER = re.compile(r"\b(?:in (?:strict )?confidence|secret|chair(?:man|person|woman)?|committee|arbitrators?|lease|premises|tenancy|loan|note|employment|confidential\w*|warrant\w+|insurance|guarantee|polic(?:y|ies))\b")
# What a sentence begins with that has a time of its own, whatever agreement it stands in: "the exclusivity under this agreement lasts ...".
FOREIGN_HEAD = re.compile(
    r"^\W*(?:[\divx.()a-z]{1,5} )?(?:(?:the|this|any|each|every|all|such|its|their|an?|[a-z]+['’]s|[a-z]+ party['’]s) )*(?:[a-z-]+ ){0,2}?"
    r"(?:insurance|price lists?|prices?|licen[cs]es?|sublicen[cs]es?|exclusivity|escrow|guarantees?|guaranty|warrant(?:y|ies)|leases?|polic(?:y|ies)|"
    r"bonds?|letters? of credit|loans?|options?|quotations?|offers?|purchase orders?|statements? of work|orders?|right of first [a-z]+|patents?|"
    r"trademarks?|registrations?|subscriptions?|audit rights?)\b(?! (?:[a-z-]+ )?(?:agreement|contract)\b)"
)
GO_ON_TO_IT = re.compile(r"[;,] (?:and |but )?(?:(?:this|the) (?:agreement|contract|term)|it)\b")
OTHER_SUBJECT = re.compile(
    r"^\W*(?:[\divx.()a-z]{1,5} )?(?:the|this) (?:[a-z-]+ ){0,2}?(?:options?|prices?|loans?|guarantees?|bonds?|warrant\w+|lease|orders?|"
    r"quotations?|offers?|insurance|polic(?:y|ies)|tools?|tooling|discounts?|retention|interest|confidential\w*|secrecy|covenants?|restrictions?)\b"
)
THE_TERM = re.compile(
    r"\b(?:the|an|its|this|such)? ?\"?(?P<kind>(?:initial |primary |original |base |basic |fixed |"
    r"contract |first |whole )*(?:contract )?(?:term|period of validity|(?:contract|agreement|sponsorship|"
    r"engagement|effective|appointment|service|validity) period))\"?(?= |:|$|,)(?! of (?:the|any|each|"
    r"such|an?) (?:license|lease|patent|sublicense|order|sow|note|loan|option|policy))"
)
TERM_SIGN = re.compile(r"(?:term|period)\"?(?=[ :,]|$)")  # stands in THE_TERM
LABELED = re.compile(
    r"^(?:[\divx.()a-z]{1,6} )?(?:the )?\"?(?:initial |contract |basic )?(?:term|duration|"
    r"period)(?: of (?:this |the )?(?:agreement|"
    r"contract))?\"?(?: \([^)]{0,40}\))? ?[:.\-–—]+ ?(?!and termination)"
)
DURING = re.compile(
    r"\b(?:short|long|during|throughout|over|end of|expiration of|expiry of|termination of|remainder of|"
    r"portion of|balance of|years? of|months? of|quarter of|period of|in terms of|under|in|before|after|"
    r"prior to|as used in this agreement,?|renewal|additional|extended|extension|option)(?: the| this|"
    r" such| an?| any| its| \")*(?: (?:initial|applicable|first|full|entire|current|then-current))* ?\"?$"
)
LENGTH_GIVEN = re.compile(r" of [\w-]+(?: \(\d+\))? (?:years?|months?),? (?:commencing|beginning|from|starting|next)\b")  # "during the term of ten years commencing": said here
LABEL_INSIDE = re.compile(
    r"(?<![\w\"'])(?:initial |contract |agreement |base |primary )?(?:term|duration)(?: of (?:this |"
    r"the )?(?:agreement|contract))? ?: (?=\S)"
)
END_LABEL = re.compile(
    r"\b(?:agreement |contract )?(?:expiration|expiry|termination|completion) date ?:? ?$|"
    r"\bcontract end(?: date)? ?: ?$|\bend date(?: is| shall be)? ?:? ?$"
)
END_LABELS = ("expiration date", "expiry date", "termination date", "completion date", "contract end", "end date")  # one is in END_LABEL
SHORT_NAME = re.compile(
    r"this (?<!\wthis )(?!section|article|clause|part|annex|right|order|policy|term|period|offer|"
    r"waiver)[a-z]{2,8}(?=,? (?:shall|will) (?:commence|expire|terminate|remain|continue|be (?:effective|"
    r"in)|become effective|take effect|automatically))"
)
PREPOSITION = re.compile(
    r"\b(?:under|in|to|by|of|pursuant to|with|from|into|hereunder|within|on|upon|for|during|terminate|"
    r"cancel|between|end|breach(?:es|ed)?|perform|execute|enter|sign|assign)\W*$"
)
TAKES_EFFECT = re.compile(
    r"^[^.;]{0,40}?\b(?:commence|begin|start|become effective|take effect|be effective|remain in|continue in|expire)\b"
)
# Things with a term of their own, as the subject.
FOREIGN_TERM = re.compile(
    r"\b(?:warranty|warranties|confidentiality|non-?disclosure|secrecy|license|lease|sublicense|insurance|"
    r"individual (?:orders?|contracts?)|(?:each|every|any|an) orders?|option|statements? of work|sow|work order|purchase orders?|task orders?|order forms?|"
    r"purchase schedule|royalty|patent|trial|escrow|"
    r"non-?compet\w+|non-?solicit\w+|restricted|payment|credit|cure|notice|grace|evaluation|project|note|"
    r"loan|policy|tail|sell-?off|transition|wind-?down|delivery|forecast|probationary|severance|review|"
    r"inspection|acceptance|short|long|"
    r"supplement|schedule|audit|renewal|additional|extended|extension|post|employment agreement|"
    r"standstill|support|maintenance|exclusivity|lock-?up|bond|registration)(?: \w+){0,2}? ?$"
)
FOREIGN_NEAR = re.compile(
    r"\b(?:confidential\w*|secrecy|warrant\w*|surviv\w*|non-?compet\w*|non-?solicit\w*|retain (?:all|such|"
    r"copies|the|records)|records|insurance|audit\w*|invoice\w*|royalt\w*|patents?|"
    r"shelf[- ]life|statute|limitations?|solicit\w*|cure[ds]?|remed\w+|forecast\w*|(?<!first )(?<!initial )(?<!date of )deliver(?:y|ed|ies)|"
    r"escrow\w*|interest|payable|paid|inventory|sell[- ]off|defects?|exclusiv\w+|compet\w+ (?:with|"
    r"products?)|employ (?:any|or)|spare parts?|shall be required|requires? (?:that )?the|notifies|"
    r"discuss\w*|negotiat\w*)\b"
)
LASTS = re.compile(
    r"\b(?:remain|continu|expire|terminat|end|commenc|begin|start|effective|effect|force|until|through|"
    r"run|extend|exten|conclud|laps|life of|(?:entered into|made|agreed) for|mean|period|term|valid|(?:be|is|are) (?:for|a|an)|last|duration|stay|"
    r"binding|appoint|engage)"
)
UNLESS_ASIDE = re.compile(
    r"\bunless\b[^,;]{0,200}[,;)]|\bsave (?:for|as|that|where) [^,;]{0,120},|\[[^\]]{0,80}\]|\([^)]{0,120}\)|\bsubject to [^,;]{0,120},|\bexcept as [^,;]{0,120},"
)
MAY_END = re.compile(
    r"\b(?:may|right to|entitled to|option to|can|elect to|rights? of|"
    r"ability to) (?:\w+ ){0,3}?(?:terminat|cancel|end\b|withdraw)|\bmay be (?:terminated|cancell?ed)|"
    r"\bbreach\w*|\bdefault\w*|\binsolv|\bfails? to\b|\bfailure\b|\bforce majeure"
)
# --- roles of durations and dates -------------------------------------------------------------------------------------
LINK = (
    r"(?: ?(?:a|an|the|at least|up to|approximately|full|initial|fixed|minimum|maximum|first|"
    r"not less than|no less than|that is|which is|date|period|term|of|is|be|another|whole|total|about|"
    r"shall|will|until|through|on|in|earlier|later|consecutive|primary|original|base|non-?cancel\w+|"
    r"exactly|lesser|greater|longer|shorter|earliest|latest|to occur|\(?[ivxabcd1-3]\)|\"|“|:|,))*"
)
INITIAL_BEFORE = re.compile(
    rf"(?:\bfor|\bof|\bbe|\bis|\bare|\blasts?|\bruns?|\bcontinues?|\buntil|\bthrough|\bexpir(?:es?|ing)|"
    rf"\bterminat(?:es?|ing)|\bend(?:s|ing)?|\bperiod|\bterm|:|-|–|\bmeans?|\bduration|\beffect|\bforce|"
    rf"\bdate|\ba|\bthe|\bexceed|\bautomatically|\bin|\.){LINK} ?\(?$|^\W*$"
)
NOTICE_AFTER = re.compile(
    r"^['’]?s?['’]?\)?,? ?(?:(?:(?:of|advance|prior|previous|written|express|formal|calendar|business|"
    r"clear|and|or|in|reasonable|minimum|termination|cancell?ation|a|an|the|working|non-renewal|day|days|"
    r"month)['’]?,?[- ]){0,5}?(?:notices?|notification|warning)\b|(?:(?:written|calendar|business|or|more|days?|notice|in|and|at|"
    r"least|period|immediately) ){0,3}?(?:before|prior to|in advance|advance|preceding|previous to|ahead of)\b|"
    r"from (?:the )?(?:receipt|date of (?:receipt|such|"
    r"the) notice|such notice|notice))"
)
NOTICE_BEFORE = re.compile(
    r"(?:\bno(?:t)? (?:later|sooner|earlier|more|less|fewer) than|\bwithin(?: the)?(?: last| first|"
    r" next)?|\bupon|\bgiv(?:es?|ing|en)|\bserv(?:es?|ing)|\bprovid(?:es?|ing)|"
    r"\bnotice(?: of)?(?: at least| not less than| of not less than)?|\bnotif\w+[^,;]{0,40})(?: (?:at|"
    r"least|not|no|less|fewer|than|a|an|the|more|minimum|of|or|and|prior))* ?\(?$|"
    r"\bnotices?\b[^.;]{0,90}: ?$|\bnotices?\b[^.;,]{0,50}\bof(?: at least| not less than| no less than|"
    r" a minimum of)? ?\(?$|\b(?:giving|provid\w+|upon) [^.;]{0,40}\bnotice of ?$"
)
RENEWAL_CLOSE = re.compile(
    r"\b(?:additional|successive|further|subsequent|renewal|another|extended|extension|recurring|like|"
    r"more|renewable|rolling|renewals?|extensions?|extra|new)\b[^.;,]{0,45}$"
)
RENEWAL_VERB = re.compile(
    r"\b(?:renew(?:s|ed|able)?|(?:be|is|are|being|been|automatically|may|option to|right to|agree to|"
    r"mutually|to) extend(?:ed)?|extended|extends? automatically|prolong\w*|rolls? (?:over|forward))\b"
)
THEREAFTER = re.compile(
    r"\bthereafter\b[^.;]{0,60}$|\bafter (?:the |such )?(?:initial|expiration of the initial) (?:term|period)\b[^.;]{0,90}$"
)
RENEWAL_ASIDE = re.compile(
    r"\b(?:unless|subject to|or|any|if|until|otherwise)(?: \w+){0,6}? ?(?:renew(?:ed|al)s?|extended|"
    r"extension)\b[^,;]{0,60}(?:,|\))|\((?:[^)]{0,80}(?:renew|exten)[^)]{0,80})\)"
)
RENEWAL_AFTER = re.compile(
    r"^(?:-| )?(?:renewal|extension|additional|extended|successive|renewable)\b|^ (?:terms?|periods?|"
    r"increments|extensions|renewals)? ?at a time\b|^ (?:(?:term|period) )?(?:renewals?|extensions?|"
    r"increments)\b|^ each\b"
)
AFTER_END = re.compile(
    r"^(?: \([^)]{0,30}\))?(?:[- ]period)?,? ?(?:after|following|from|beyond|"
    r"subsequent to) (?:the )?(?:date of )?(?:effective date of )?(?:any |such |its |the )?(?:expir\w+|"
    r"terminat\w+|end\b|cancell?ation|cessation|completion|disclosure|deliver|shipment|receipt)"
)
ANNIVERSARY = re.compile(
    r"\b(?P<n>[a-z]+(?:-[a-z]+)?|\d{1,2}(?:st|nd|rd|th))(?: ?\(? ?\d{1,2} ?(?:st|nd|rd|th|s t|n d|r d|"
    r"t h)?\)?)?(?:[- ]year)? anniversary\b"
)
# "if the target is not achieved by the first anniversary": what is due by then, no end.
DUE_BY = re.compile(
    r"\b(?:achieved|met|reached|paid|made|completed|delivered|received|exercised|satisfied|accepted|provided|launched|given|occurred|obtained)"
    r"(?: in full)? (?:on or (?:before|prior to)|by|at|before|on) (?:the )?(?:date of (?:the )?)?$"
)
OTHER_EVENT = re.compile(
    r"^(?: date)?,? (?:of|from|after|following) (?:the |such |its |any )?(?:date of |date on which |"
    r"date )?(?:[\w-]+ ){0,5}?(?:expir\w+|terminat\w+|complet\w+|acceptance|launch|commercial|sale|"
    r"approval|delivery|closing|opening|installation|shipment|first|last|\w+ed)\b"
    r"|^ of (?:the )?(?!this\b)(?:[\w-]+ ){1,4}?agreement (?:effective|execution|commencement) date\b"
)
# "... of the expiration date of the last purchase schedule": the end stands in another document.
OF_ANOTHER = re.compile(
    r"^(?: date)?,? (?:of|from|after|following) (?:the )?(?:expiration|expiry|termination|end)(?: date)? of (?:the|any|each|every|all) "
    r"(?:[\w-]+ ){0,3}?(?:schedules?|orders?|statements? of work|sows?|leases?|licenses?)\b"
)
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
    "twentieth": 20, "twenty-fifth": 25, "thirtieth": 30, "one": 1, "two": 2, "three": 3, "five": 5, "ten": 10, "fiftieth": 50,
}  # fmt: skip
ASIDE = (
    r"(?: ?(?:day (?:immediately )?(?:prior to|before|preceding)|and including|including|automatically|on|"
    r"upon|from|in|day|and|as of|at|the|close of business|midnight|of|without notice|\d{1,2}:\d\d|"
    r"[ap]\.?m\.?,?|(?:eastern|central|pacific|local|standard|daylight)(?: \w+)? time|time|earlier|later|"
    r"earliest|latest|shall|will|be|is|\(?[ivxabcd1-3]\)|and|by|date|no later than|its|stated|natural|"
    r"expiration|\"|“|,|:))*"
)
YEAR_END = r"(?: ?(?:the )?(?:end|close|last day) of (?:[\w'-]+ ){0,4}?(?:year|quarter|month|season)(?:,? (?:on|ending(?: on)?|being))?,?)?"
END_DATE_BEFORE = re.compile(
    rf"(?:\buntil|\bthrough|\bthru|\bto|\btill|\bending|\bends?|\bexpir\w+|\bterminat\w+|\bconclud\w+|"
    rf"\blaps\w+|\bclos(?:e|ing)|\bcomplet\w+|\bcease\w*(?: to (?:have|be in|be of)(?: any| legal)? (?:effect|force))?|[-–—]){YEAR_END}{ASIDE} ?\(?$"
)
# "shall not expire on": a date on which it does not end
NOT_ENDING = re.compile(r"\bnot (?:expire|end|terminate|lapse|conclude) (?:on|at|by|upon) ?$")
START_DATE_BEFORE = re.compile(
    rf"(?:\bcommenc\w*|\bbegin\w*|\bbegan|\bstart\w*|\beffective|\bfrom|\bas of|\bdated|\bforce|\beffect|"
    rf"\bafter|\bfollowing|\bbetween|\bbinding|\bperiod(?: of (?:this|the) (?:agreement|contract))?){ASIDE} ?\(?$"
)
INDEFINITE = re.compile(
    r"\b(?:until|unless(?: and until)?|until such time as)(?: [^;.]{0,40}?)??\b(?:is |has been |shall be |"
    r"it |are |being )*(?:earlier |sooner |duly |lawfully |validly |otherwise )*(?:terminated|cancell?ed|"
    r"ended|rescinded)\b|"
    r"\buntil (?:a|either|any|one of the|one) part(?:y|ies)\b[^;.]{0,80}\b(?:terminat|cancel|notice)|"
    r"\bindefinite(?:ly)?\b|\bin perpetuity|\bperpetual(?:ly)?\b|\bevergreen\b|\bno (?:fixed|"
    r"definite|set) (?:term|period|duration|end)|\bwithout (?:limit|limitation) (?:of|in|as to) time|\bopen-ended|"
    r"\bunlimited (?:period|term|duration)|"
    r"\buntil its termination\b|\buntil (?:the |its )?termination (?:of|in accordance|pursuant|by|as (?:provided|set forth|stated|described)|hereunder|under)\b"
)
UNTIL = re.compile(
    r"\b(?:until|upon|when|through|till|on|earlier of|later of|earliest (?:of|to occur)|for the duration of|"
    r"for (?:so|as) long as|so long as|as long as)\b ?(?=(?P<what>[^;.]{3,160}))"
)
EVENT = re.compile(
    r"\b(?:complet\w+|closing|consummat\w+|payment|payments|acceptance|approval|deliver\w*|dissol\w+|"
    r"liquidat\w+|expir\w+|terminat\w+|end|occur\w*|launch|sale|offering|performance|release|duration|"
    r"repa(?:y|id)\w*|last to|perform\w*|satisf\w+|fulfil\w*|no longer|ceases?|discharged)\b"
)
GOES_WRONG = re.compile(r"\b(?:fail\w*|breach\w*|default\w*|insolv\w*|bankrupt\w*|violat\w*|not|unable|refus\w*)\b")  # a ground, no event that ends the term
# A day that other clauses fix: "the date that payment is due for the last period, as set forth in Attachment B".
DAY_ELSEWHERE = re.compile(
    r"the (?:date|day) (?:that|on which|when)\b[^;]{0,120}\b(?:pursuant to|under|in accordance with|set forth in|specified in|described in|"
    r"stated in|shown in) (?:the )?(?:section|article|clause|attachment|exhibit|schedule|annex|appendix)"
)
VAGUE = re.compile(
    r"\b(?:for )?(?:so|as) long as (?:the )?(?:parties|business|buyer|supplier|customer|seller|purchaser|vendor|(?:either|both) part\w+|they|dealings|"
    r"trad\w+)|\b(?:so|as) long as [^.;]{3,120}?\b(?:remains?|continues? to be|is|are|holds?|owns?) "
    r"(?:(?!to\b|by\b|payable\b)[\w%-]+ ){0,8}?(?:shareholders?|stockholders?|members?|partners?|owners?|affiliates?|subsidiar(?:y|ies)|shares|stock|equity|interests?)\b|"
    r"\buntil (?:the )?parties (?:cease|stop|no longer|end)\b|\bas the parties (?:see|think) fit|\ba reasonable (?:time|period)\b|\bas needed\b"
)
EXTERNAL = re.compile(
    r"\b(?:co-?terminous|co-?extensive|concurrent\w*|same term) (?:with|as)|\b(?:term|duration|expiration|"
    r"expiry|termination|life) of (?:the|that|such|any|each) (?:(?!this\b|"
    r"agreement\b)[\w/&'.-]+ ){0,4}?(?:lease|agreement|license|lsa|msa|gma|contract|schedules?|"
    r"statements? of work|sow|orders?)\b|\b(?:term|period|periods|duration|time periods?|date) (?:(?:as|"
    r"is|are|shall be|will be) )*(?:set forth|stated|specified|set out|described|indicated|provided|"
    r"shown) (?:in|on|by)\b"
)
BLANK = re.compile(
    r"_{2,}|\[ ?(?:\*+|●|•|_+|\.+|…+|x+|y+|redacted[^\]]*|insert[^\]]*|tbd|date|number|●+|to be [^\]]*|"
    r"blank| )? ?\]|\*{3,}|\btbd\b|\bto be determined\b|●|\{\{[^}]*\}\}|\[[^\]]{0,20}redacted[^\]]*\]"
)
BLANK_BEFORE = re.compile(
    r"\b(?:for|of|period|term|until|through|to|is|be|on|duration|from|date|in)(?: (?:a|an|the|initial|"
    r"period|term|of|be|is|on|for|:))*[ :]*$|[:\-–] ?$"
)
# --- start ------------------------------------------------------------------------------------------------------------
START_CUE = (
    r"(?:commenc\w*|begin\w*|start\w*|effective(?:ness)?|from|as of|after|following|effect|force|runs?|upon|on|since|becomes? valid|of|(?:counted|calculated|reckoned|computed) from)"
)
THIS_DATE = re.compile(
    r"\b(?:date hereof|date above|date (?:first )?(?:above )?(?:written|set forth|stated|mentioned|"
    r"appearing|indicated|shown|specified)(?: (?:above|herein|on|in))?|date first|"
    r"first (?:above )?(?:written|set forth|stated)|date of (?:this|the) (?:agreement|contract|document|"
    r"letter|\w+ agreement)|"
    r"(?:agreement|contract) date|day and year first|date on the (?:first|cover) page|date as first|hereof\b)"
)
SIGNATURE = re.compile(
    r"\b(?:dates? of |date )?(?:its |the |last |due |final |full |mutual |complete ){0,3}(?:execution|"
    r"signature|signing|signatures?)\b|\b(?:execution|signing|signature) date|\bwhen (?:duly )?(?:signed|"
    r"executed)|\b(?:is|are|been|being|was|hereof is|last|fully|duly) (?:fully |duly )?(?:signed|"
    r"executed)\b|\bdates? of (?:the )?conclusion\b(?: hereof| of (?:this|the) (?:agreement|contract))?|\blast (?:party )?(?:to )?sign\w*|\b(?:both|we|you) (?:both |have |all )?sign(?:ed)?\b|\bparties? (?:have |has )?sign\w*|\bupon (?:execution|"
    r"signing)"
)
NAMED = re.compile(
    r"\b(?P<name>(?!date\b)(?:(?!the\b|last\b|on\b|of\b|from\b|and\b|until\b|a\b|such\b|said\b|following\b|"
    r"shall\b|will\b|earlier\b|later\b)[\w'-]+ ){1,3}date)\b"
)
AT_START = re.compile(
    rf"\b{START_CUE}(?: ?(?:on|as of|from|upon|the|with|and|including|after|be|at|in|immediately|its|this|of|for|\"|“|\())* ?$"
)
OWN_DATE = re.compile(
    r"\b(?:hereof|herewith|hereto|above|agreement|contract|effective|commencement|start(?:ing)? date|"
    r"execut\w+|sign\w+|date\b|time to time|january|february|march|april|may|june|july|august|september|"
    r"october|november|december|\d)"
)
WORD_YEAR = re.compile(
    r"\b(?:successive|additional|more|consecutive|further|subsequent) (?:annual|yearly)\b|"
    r"\bannual (?:periods?|terms?|basis)\b|\byear[- ](?:to|by)[- ]year\b|\bfrom year to year\b|"
    r"\bannual(?:ly)? (?:basis )?thereafter\b|\b(?:each|every) (?:following|subsequent|further|additional|successive) (?:[a-z-]+ )?year\b|\b(?:each|every) year thereafter\b|\byearly (?:basis|"
    r"thereafter)"
)
WORD_MONTH = re.compile(
    r"\bmonth[- ](?:to|by)[- ]month\b|\bfrom month to month\b|\b(?:for )?monthly (?:periods?|terms?|basis)|\bmonth[- ]by[- ]month\b"
)
# --- renewal ----------------------------------------------------------------------------------------------------------
RENEW_WORD = re.compile(
    r"\bextendable\b|\bautomatically (?:be )?continu\w+|\bindefinitely (?:after that|thereafter|after)|"
    r"\bcontinu\w+ (?:\w+ )?indefinitely thereafter|\brenew\w*|\bextend\w*|\bextension\w*|\broll(?:s|ed)? forward|\broll(?:s|"
    r"ed|ing)? over|\bprolong\w*|\byear[- ](?:to|by)[- ]year|\bmonth[- ](?:to|by)[- ]month|\bevergreen|"
    r"\bcontinu\w+ (?:\w+ ){0,3}?(?:thereafter|for (?:successive|additional|further|subsequent|"
    r"consecutive)|from (?:year|month)|on an? (?:annual|monthly|yearly))|\bcarr(?:y|ies) on\b|\bsuccessive\b|\bnon-?renew\w*"
)
RENEW_FOREIGN = re.compile(
    r"\b(?:licenses?|leases?|statements? of work|sows?|orders?|polic(?:y|ies)|insurance|registrations?|"
    r"patents?|trademarks?|domain names?|certificates?|permits?|subscriptions?|notes?|loans?|visas?|"
    r"warrant(?:y|ies)|escrow|letters? of credit|marks?|attachments?|credit|cure|"
    r"deadline|time|delivery|performance|payment|benefits?|obligations?|offers?|sublicenses?|"
    r"option period|copyrights?)(?: (?:period|term|agreement|date|shall|will|may|is|are|be|can|to|must|"
    r"for|which|that|hereunder))* ?(?:automatically )?(?:be )?$"
)
# "shall renew all permits", "may extend the delivery time": what is renewed comes next.
RENEWS_OTHER = re.compile(
    r" (?:(?:all|any|the|its|their|such|each|every|an?|said|required|necessary|applicable) )*(?:[a-z-]+ ){0,2}?(?:permits?|licen[cs]es?|certificat\w+|registrations?|"
    r"insurance|polic(?:y|ies)|delivery|deliveries|time|deadlines?|due dates?|payments?|credit|warrant(?:y|ies)|approvals?|authori[sz]ations?|subscriptions?|visas?|"
    r"patents?|trademarks?|domain names?)\b"
)
# What is prolonged after these words is the time of something else, or of a part of the contract that has a term of its own.
PERIOD_OF_OTHER = re.compile(
    r"\b(?:(?:confidentiality|non-?disclosure|secrecy|warranty|non-?compet\w+|non-?solicitation|restricted|exclusivity|delivery|cure|"
    r"grace|payment|evaluation|acceptance) period|(?:term|period|duration) of (?:this|such|the|that|each) (?:[\w-]+ )?(?:schedule|exhibit|annex|"
    r"appendix|attachment|statement of work|sow|work order|purchase order|order form|lease|license)|^(?:[\divx.()a-z]{1,6} )?this (?:schedule|"
    r"exhibit|annex|appendix|attachment|statement of work|sow|work order|order form))\b(?:(?!\bterm of (?:this|the) (?:agreement|contract)\b)"
    r"[^;])*$"
)
# An extension that makes up for what was not done: it happens once, and on that ground alone.
ON_FAILURE = re.compile(
    r"\b(?:in the event(?: that)?|if|should|where|to the extent(?: that)?)\b[^;]{0,200}\b(?:ha(?:s|ve) not|fail(?:s|ed|ure)?|do(?:es)? not|"
    r"unable|cannot|is not|are not|delay\w*)\b(?![^;]{0,80}\b(?:noti\w+|terminat\w+|cancel\w*|object\w*|elect\w*))"
)
RENEW_BEFORE = re.compile(
    rf"\b(?:(?:this|the|said|such) (?:[\w/&'.-]+ ){{0,3}}?{AGR}|{AGR}|(?:the|this|initial|any|each|such|"
    rf"renewal|then-current|current|of|and) ?\"?terms?\"?|it|appointment|duration|"
    rf"initial period)\b[^.;]{{0,110}}$"
)
RENEW_AFTER_WORD = re.compile(
    rf"^ it\b|^(?:[^.;,]{{0,40}}?)\b(?:(?:this|the|such|said) (?:[\w/&'.-]+ ){{0,3}}?(?:{AGR}|terms?|period)|terms?|periods?)\b"
)
AUTO = re.compile(
    r"\bautomatic\w*(?:(?!\bunless\b)[^.;]){0,70}?\b(?:renew|exten|continu|roll|prolong)|\b(?:renew|exten|continu|"
    r"prolong)\w*[^.;]{0,60}?\bautomatic|\bself-renew|\bevergreen\b|\bdeemed (?:to (?:be|"
    r"have been) )?(?:renewed|extended)|\btacit(?:ly)?\b|"
    r"\bwithout (?:further|any) (?:notice|notification|action)[^.;]{0,60}(?:renew|exten)"
)
# "renews only if Buyer so requests": nothing happens by itself.
ONLY_IF = re.compile(
    r"\bonly (?:if|upon|when|where|on|with|by|after)\b[^.;]{0,80}\b(?:request|elect|exercis|notif|ask|(?P<agreed>agree|consent|mutual))"
)
AUTO_UNLESS = re.compile(
    r"(?:[;,] (?:and )?|\b)(?:shall|will|is|are|be|and|to)(?: (?:thereafter|then|hereby|also|further|"
    r"continue to|so|be|in turn))* (?:be )?(?:renew|extend|continu|prolong|carry on|roll over|roll forward)\w*\b[^.;]{0,260}?\b(?:unless|"
    r"until|except|if neither|in the absence|absent|subject to either|without|"
    r"provided(?:,? however,?)?,? that (?:either|neither|no))\b[^.;]{0,160}?\b(?:noti|terminat|advis|"
    r"elect|cancel|object|refus|inform|tell|decid|intent|desire|wish|opt|declin)"
    r"|\b(?:it|agreement|contract|term) (?:then |thereafter |also )?(?:renews|extends|rolls over)\b[^.;]{0,160}?\bunless\b"
    r"[^.;]{0,160}?\b(?:noti|terminat|elect|cancel|object|refus|inform|tell)"
)
BARE_UNLESS = re.compile(r"(?:[;,] (?:and |thereafter )?|^)(?:renewed|extended|renewable|extendable)\b[^.;]{0,120}?\bunless\b")
UNLESS_AUTO = re.compile(
    r"\b(?:unless|if (?:no|neither|none|not)|in the absence of|absent)\b[^.;]{0,200}?\b(?:noti|terminat|"
    r"advis|elect|cancel|object|refus|inform|intent)\w*[^.;]{0,200}?(?:shall|will|is|"
    r"be) (?:automatically )?(?:thereafter )?(?:be )?(?:deemed )?(?:renew|extend|continu|prolong)"
)
IF_NEITHER = re.compile(  # "if neither party has served notice by ..., this agreement renews for a further year"
    r"\b(?:unless|if (?:no|neither|none|not)|in the absence of|absent)\b[^.;]{0,200}?\b(?:noti|terminat|advis|elect|cancel|object|refus|inform|intent)\w*"
    r"[^.;]{0,160}?\b(?:agreement|contract|term|it) (?:automatically |thereafter |then )?(?:renews|extends|continues)\b"
)
AUTO_PLAIN = re.compile(
    r"\b(?:shall|will|is|and)(?: (?:thereafter|then|also|further))* (?:be )?(?:renewed|renews?|extended|"
    r"continues?|renewable)\b[^.;]{0,60}?\b(?:for|on|from|each|every|annually|successive\w*|on the same)\b"
)
YEARLY = re.compile(
    r"\b(?:shall|will|continu\w*|thereafter|renew\w*|extend\w*|be|is|"
    r"remain\w*)\b[^.;]{0,80}(?:year[- ](?:to|by)[- ]year|month[- ](?:to|by)[- ]month)|(?:year[- ](?:to|by)[- ]year|"
    r"month[- ](?:to|by)[- ]month)(?: basis)?[^.;]{0,60}(?:thereafter|until|unless)"
)
AGREED = re.compile(
    r"\bmutual\w*\b|\bby (?:the )?(?:written |prior |express )*(?:agreement|consent)\b|\b(?:upon|with|by|"
    r"subject to) (?:the )?(?:mutual |prior |written |express |further )*(?:agreement|consent|"
    r"approval)s? (?:of|between|by|in|from)\b|\bwritten (?:agreement|consent)\b|\bagree(?:s|d|"
    r"ing)?(?: (?:in writing|to|upon|otherwise|on))|\bparties (?:may|can|shall|will|wish|desire|"
    r"so)\b[^.;]{0,60}\b(?:agree|renew|extend|negotiat|discuss)|\bboth parties\b|\b(?:unanimous|common|"
    r"joint) (?:written )?(?:consent|agreement|resolution)|\bmay be applied for\b|\bin a writing\b|\bwritten (?:instrument|document|"
    r"addendum|confirmation)|\b(?:extended|renewed) by the parties\b|\bsatisfactory agreement|"
    r"\bas (?:may be )?(?:mutually )?agreed\b|\bdecide whether\b|\bby (?:an )?amendment\b|\bsigned by\b|"
    r"\bin writing by (?:both|the parties)|\bgood faith\b|\bif agreed\b|\bparties agree\b|\bnegotiat"
)
OPTION = re.compile(
    r"\boptions?\b|\b(?:right|rights|entitled|privilege|election|elect|discretion)\b|\bmay\b|\bcan be\b|"
    r"\brenewable\b|\bis (?:subject to )?renew"
)
NO_RENEWAL = re.compile(
    r"\b(?:no|without)(?: \w+){0,3}? (?:renewals?|extensions?)\b|\b(?:shall|will|does|may|is|do|"
    r"can)(?: \w+)? not (?:automatically |tacitly |be |be automatically )*(?:renew\w*|extend(?:ed)?|renewable)\b|"
    r"\bnot (?:be )?(?:subject to|eligible for) (?:any )?(?:automatic )?renewal|\bnon-?renewable\b|"
    r"\bnot renewable\b|\bno (?:right|obligation|option|duty) (?:\w+ ){0,4}?(?:to )?(?:renew|extend)"
)
UNLESS_TAIL = re.compile(
    r"\b(?:unless|notice|notif\w*|intent\w*|elects?|election|decision|desire|wish\w*|advis\w*|inform\w*)\b[^.;]{0,90}$"
)
DELAY = re.compile(
    r"\b(?:force majeure|delay\w*|suspen\w+|toll\w*|cure period|deadline|time (?:for|of) (?:performance|"
    r"delivery|payment)|equal to the (?:period|time|duration) of|interrupt\w*|day for day|days lost)\b"
)
# --- refusal, exit ----------------------------------------------------------------------------------------------------
REFUSE = re.compile(
    r"\bnot (?:to )?(?:so )?(?:be )?(?:renew|exten|continu|wish|desire|intend|want|elect)|"
    r"\bnon-?(?:renewal|extension|continuation)|\b(?:shall|will|does|do) not (?:be )?(?:renew|exten|"
    r"continu)|\bnot (?:be )?(?:renewed|extended)|\b(?:refus|declin|object|oppos|reject|denounc)\w*\b|"
    r"\bagainst (?:renewal|extension)|\bopt(?:s|ing)? out|\bto the contrary|\botherwise\b"
)
UNLESS_NOTICE = re.compile(
    r"\b(?:unless|until|except|provided|if neither|if no|absent|in the absence|without|subject to|"
    r"or (?:by|upon))\b[^.;]{0,200}?\b(?:noti|terminat|advis|elect|cancel|inform|tell|intent|desire|wish)"
)
AT_EXPIRY = re.compile(
    r"\b(?:before|prior to|in advance of|preceding|of|to|at) (?:the )?(?:(?:date of )?(?:scheduled |"
    r"natural |then |stated )?)*(?:expir\w+|end|conclusion|terminat\w+|completion|anniversary|renewal|"
    r"commencement|start|beginning|close|last day)\b|\b(?:expiration|renewal|anniversary|termination|"
    r"expiry) date\b|\bthen[- ](?:current|existing|in effect)\b"
)
TERM_END = re.compile(
    r"\b(?:prior to|before|at|as of|in advance of|of|on) (?:the )?(?:end|expiration|expiry|conclusion|"
    r"expiration date|anniversary) of (?:the|its|this|any|each|such|a)? ?(?:initial|then[- ]current|"
    r"then[- ]existing|renewal|relevant|current|applicable|original|\d+[- ]month|said|"
    r"first)? ?(?:or renewal )?(?:term|period|agreement|contract)\b"
)
CLOSE_OF = ("end of", "expiration of", "expiry of", "conclusion of", "expiration date of", "anniversary of")  # one stands in TERM_END
MUTUAL = re.compile(
    r"\b(?:either|each|any|one|a|neither|no|both|every)(?: of the)? (?:parties|party|side)\b|"
    r"\b(?:the )?parties\b|\bother party\b|\beither\b(?! (?:by|in|at|on|for|before|after|upon|with|case|event|instance)\b)|\bone to the other\b|\bterminating party\b|"
    r"\bnotifying party\b|\b(?:party a or party b|mutually)\b"
)
EITHER_OF = re.compile(r"\beither (?:the )?[\w.'&-]+(?: [\w.'&-]+)?,? or (?:the )?[\w.'&-]+")
CAN_END = re.compile(
    r"(?:\b(?:may|can|could)(?:,? (?:at any time|also|in its sole discretion|for any reason|without cause|"
    r"for convenience|at its option|upon notice|elect to|each|either|immediately|[a-z ,']{0,60}?),?)? |"
    r"\b(?:right|rights|option|privilege|entitled|power|authority|reserves? the right|elect|permitted|"
    r"free|at liberty|able|allowed)(?:,? (?:at any time|[a-z ,]{0,40}?),?)? (?:to|"
    r"of) (?:immediately )?)(?P<verb>terminat\w*|cancel\w*|end|discontinue|withdraw from)\b"
)
# "neither party may terminate": denied, but for what the sentence excepts.
DENIED = re.compile(
    r"\b(?:neither|nor|no|none of the) (?:(?!and |but |or )[\w'-]+ ){1,4}?(?:may|can|could|shall|will|is|has|have)(?: \w+){0,5} ?$"
    r"|\bno (?:right|option|power|privilege|entitlement)(?: \w+){0,3} ?$|\b(?:(?:may|shall|will|can|could|is|are|does|do) not|cannot)"
    r"(?: (?!may |can |and )\w+){0,4} ?$"
)
EXCEPTED = re.compile(r"\b(?:except|unless|other(?:wise)? than|save|without (?:first )?(?:giving|serving|at least|prior|having given|\w+ days))\b[^.;]{0,90}\bnotice\b")
BE_ENDED = re.compile(r"\b(?:may|can|shall|is|be)(?: also| only)? ?(?:be )?(?P<verb>terminated|cancell?ed|terminable|cancell?able|ended)\b")
# "six months' notice must be given by either party of its intention to terminate": a duty that supposes the right.
NOTICE_DUE = re.compile(
    r"\bnotice (?:(?P<ends>of (?:terminat|cancel|withdraw)\w*) )?(?:in writing )?(?:must|shall|will|should|is to|has to|needs to|may|can) be "
    r"(?:given|served|provided|delivered|sent)(?: in writing)?(?: by (?P<who>[^,;.]{2,40}?))?(?: to the other(?: party)?)?"
    r"(?(ends)|(?: of (?:(?:their|its|the|any|an|his) )?(?:intention|intent|desire|decision|wish|election))? (?:to|of) (?:terminat|cancel|end\b|withdraw))"
    r"|(?P<giver>\b(?:either|any|each|a|the) party|\bthe parties) (?:(?:wishing|desiring|intending) to|(?:which|who|that) (?:wishes|desires|intends) to) "
    r"(?:terminat|cancel|end\b|withdraw)[^.;]{0,80}?\b(?:must|shall|will|is required to|has to) (?:first )?give\b"
    r"|(?P<gives>\b(?:either|any|each|a|the) party|\bthe parties) (?:must|shall|will|may|can|is required to|has to|is entitled to)(?: at any time)? "
    r"(?:give|serve)\b[^.;]{0,80}?\bnotice (?:in writing )?(?:of (?:their|its|the|any|an|his) (?:intention|intent|desire|decision|wish|election) )?to (?:terminat|cancel|end\b|withdraw)"
)
# "if not contrary to applicable law": said of everything, a ground for nothing.
LEGAL_CAVEAT = re.compile(r"\b(?:if|unless|where|to the extent)(?: not)?(?: otherwise)? (?:contrary to|permitted by|prohibited by|allowed by|required by)(?: \w+)? law")
# "This Agreement shall terminate upon either party giving ninety days' notice": the contract ends, nobody "may" end it.
ENDS_ON_NOTICE = re.compile(
    r"\b(?:this|the) (?:agreement|contract)(?: (?:shall|will))?(?: also| automatically)? (?:terminates?|ends?)\b"
    r"(?:(?!\b(?:unless|until|if|provided|expir\w+)\b)[^.;]){0,140}?\b(?:upon|on|by|after|following) "
    r"(?:(?P<giver>(?:(?:either|any|each|one|a) party|(?:the )?[a-z]+))(?:'s)? (?:giving|gives?|serving|serves?)\b[^.;]{0,90}?\bnotice\b"
    r"|(?:(?!\b(?:unless|until|if|provided)\b)[^.;]){0,60}?\bnotice (?:\w+ ){0,3}?(?:by|from) (?P<sender>(?:either|any|each|one|a) party|(?:the )?[a-z]+)\b)"
)
# "renews for one year at a time unless a party gives notice of termination": a refusal of renewal, whatever its notice is called
RENEWED_UNLESS = re.compile(r"\brenew\w*\b[^.;]{0,160}\bunless\b(?: and until\b)?[^.;]{0,80}$")
EXIT_STOPS = (  # what follows is no part of the exit; "without liability except for fees earned, by thirty days' notice" goes on
    r";|\bprovided\b|(?<!\bliability )(?<!\bliability, )(?<!\bpenalty )(?<!\bpenalty, )(?<!\bcompensation )\bexcept\b|"
    r",? (?:and|but) such (?:\w+ )?termination\b"
)
UNTIL_BY = re.compile(
    r"\b(?:until|unless) (?:\w+ ){0,3}?(?P<verb>terminated|cancell?ed|ended|determined)(?: sooner| earlier)? by (?P<who>[^,;.]{2,60})"
)
UNTIL_ENDS = re.compile(r"\buntil (?P<who>(?:either|any|one|a) party|\w+) (?:terminates|cancels|gives|informs|notifies|serves)\b")
BY_WHOM = re.compile(r"\bby (?P<who>[^,;.]{2,60})")
CONVENIENCE = re.compile(
    r"\bwithout (?:any )?(?:cause|reason|showing)|\bfor (?:its |their |any |the )?(?:own |"
    r"sole )?convenience|\b(?:any|no) (?:or no )?reason|\bwith or without|\bat any time\b|\b(?:at|"
    r"in) (?:its|their|his) (?:sole |absolute |own |and |unfettered )*(?:discretion|option|election)|"
    r"\bat will\b|\bother than (?:for )?(?:cause|breach)|\bwhether or not\b|\bno cause\b|"
    r"\bfor any (?:or no )?reason"
)
CONDITION = re.compile(
    r"\b(?:if|in the event|in case|should|breach\w*|default\w*|fail(?:s|ure|ed)?|insolv\w*|bankrupt\w*|"
    r"for cause|occurrence|change (?:of|in) control|becomes?|violat\w*|cured?|remed\w+|"
    r"following (?:events|circumstances|reasons|grounds|conditions)|any of the|whenever|when|where|"
    r"in respect of|with respect to|force majeure|unable|assign\w*|misconduct|reject\w*|not been (?:cured|"
    r"remedied|approved)|material|as (?:provided|set forth|described|specified) (?:in|below|above|herein)|"
    r"pursuant to|under (?:this )?(?:section|article|clause|paragraph)|in accordance with|"
    r"subject to (?:section|article|clause|paragraph)|because|due to|provided (?:in|for)|acquire[sd]?|"
    r"competitor)\b|:$"
)
LEAD_CONDITION = re.compile(
    r"\b(?:if|in the event|in case|should|when|whenever|where|upon (?:the )?(?:occurrence|breach|"
    r"expiration of (?:such|the) cure|a |an |any |material)|on (?:the )?occurrence|following (?:a|an|any|"
    r"such)|because of|after (?:a|an|any|such) )\b[^;]*$"
)
LIST_MARK = re.compile(r"(?:[,;:]|\band|\bor) \((?:i{1,3}|iv|v|vi|[a-h]|\d)\) ")
CHANGE = re.compile(
    r"\bchanges? in (?:law|laws|regulation\w*|circumstances?|market|economic|legislation)|\bhardship\b|"
    r"\b(?:price|pricing)\b[^.;]{0,120}\b(?:agree|negotiat|adjust)|\b(?:cannot|unable to|do not|"
    r"fail to) (?:mutually )?(?:agree|reach)"
)
FEE = re.compile(
    r"\b(?:upon|against|subject to|by|with|on condition of) (?:the )?(?:prior |full |"
    r"immediate )?pay(?:ment|ing)\b|\btermination (?:fee|charge|payment)|\bremaining (?:price|fees?|"
    r"payments?|balance|purchase)|\bbuy-?out (?:fee|price)|\bpay(?:s|ing)? (?:all|the) (?:remaining|"
    r"balance|outstanding remaining)|\bpay(?:s|ing|ment of)? [^.;]{0,60}\b(?:remainder|remaining|unexpired|balance) of the "
    r"(?:initial )?(?:term|period)"
)
AFTER_TIME = re.compile(
    r"\b(?:after|following|from and after|not (?:before|earlier than|prior to)|beginning (?:on|after)|"
    r"at any time after|on or after)\b[^.;,]{0,60}$"
)
PART_OF_IT = re.compile(  # "cancel a delivery under this agreement"
    r"^ (?:an?|any|each|one or more|some of the) (?!(?:[\w'-]+ ){0,4}?(?:term|appointment|engagement|arrangement|relationship|venture)\b)"
    r"(?:(?!agreement\b|contract\b)[\w'-]+ ){1,4}?(?:under|of|from|to|in) (?:this|the|such|said) (?:[\w'-]+ ){0,3}?(?:agreement|contract)\b"
    r"|^ (?:its|their|his) (?:obligations?|dut(?:y|ies)|supply|deliver(?:y|ies)) (?:to (?!perform)|for |of |with respect to |in respect of |regarding )"
    r"(?:[\w'-]+ ){1,7}?under (?:this|the|such|said) (?:[\w'-]+ ){0,3}?(?:agreement|contract)\b"
)
NOT_AGREEMENT = re.compile(
    r"^[^.;,]{0,30}?\b(?:purchase orders?|orders?|sow|statements? of work|license|licenses|sublicense|"
    r"order|employment|service[s]? (?!agreement)|shipment|project|exclusivity|work|task|his|her)\b"
)
# --- other ------------------------------------------------------------------------------------------------------------
REVIEW = re.compile(
    r"\b(?:annual(?:ly)?|yearly|every|each|periodic(?:ally)?|quarterly|semi-?annual(?:ly)?|once (?:a|per|"
    r"every)|regular(?:ly)?|from time to time|mid-term|bi-?annual(?:ly)?|anniversary)\b"
)
REVIEW_ACT = re.compile(
    r"\b(?:review(?:ed|s)?(?! (?:and approv|period|board|committee|by|copies|of (?:books|records)))|"
    r"renegotiat\w*|revisit\w*|reopen\w*|re-?evaluat\w*|negotiat\w+ (?:the |new |its )?(?:prices?|pricing|"
    r"terms|fees|minimum))\b|\bprices?\b[^.;]{0,120}\brenegotiat\w+"
)
REVIEW_OBJECT = re.compile(
    r"\b(?:pric(?:e|es|ing)|volumes?|quantit(?:y|ies)|terms (?:and conditions )?of this|this agreement|"
    r"the agreement|conditions|regulation\w*|continu\w+|go on|minimum\w*|fees|the terms)\b"
)
ORDERS = re.compile(
    r"\b(?:purchase )?orders?\b(?! of (?:precedence|priority|the court|any court|a court))|"
    r"\bindividual contracts?\b|\binventor(?:y|ies)\b|\b(?:remaining|unsold|existing) (?:stocks?|"
    r"products?|units?|goods)\b|\bcontracts for the sale\b|\bwork in (?:process|progress)\b|"
    r"\bstatements? of work\b|\boutstanding (?:purchase )?orders?\b|\bdeliver(?:y|ies) (?:of|scheduled)"
)
ORDERS_ACT = re.compile(
    r"\b(?:honou?r\w*|fulfil\w*|fill(?:ed)?|complet\w*|deliver\w*|remain\w*|continue\w*|perform\w*|"
    r"accept\w*|ship\w*|surviv\w*|govern\w*|apply|applies|cancel\w*|liable|pay(?:ment)?|sell|supply|"
    r"process\w*|abide|affect\w*|unaffected)\b"
)
EXPIRY = re.compile(
    r"\bexpir\w+|\bnon-?renew\w*|\bend of (?:this|the) (?:agreement|term)|\bterminat\w+ (?:or|and)(?:/or)? expir\w+|\bterm ends?\b"
)
TERMINATION = re.compile(r"\bterminat(?:ion|ed|es|ing)\b|\bexpir\w+|\bend of (?:this|the) (?:agreement|term)")
ENDING = re.compile(
    rf"\b(?:shall|will|to)(?: \w+)? (?:expire|end|terminate|lapse|cease|come to an end)\b|\b(?:expires|ends|terminates|"
    rf"lapses)\b|\b(?:upon|on|after|following|at|in the event of|notwithstanding)(?: the| any| such|"
    rf" its)? (?:\w+ ){{0,3}}?(?:expir\w+|end of (?:the|this) (?:term|agreement|initial)|{AGR} (?:expires|"
    rf"ends))|\bsurviv\w+ (?:the |any )?(?:expir|terminat)\w+|\bexpiration (?:or|"
    rf"and)(?:/or)? (?:earlier )?termination\b|\btermination (?:or|and)(?:/or)? expir\w+|"
    rf"\bupon which (?:this|the) {AGR} ends"
)
ENDS_THEN = re.compile(
    r"\b(?:whereupon|upon which|after which|at which (?:time|point)|at the end of which|shall then|will then)\b[^.;]{0,40}\bterminat"
)
MODAL = re.compile(r"\b(?:shall|will|must|may|agrees?|continue|remain|end|ends|expires?|terminates?|surviv\w+|is|are)\b")
COUNTED = re.compile(
    r"\b(?:up to |for |not (?:to )?exceed(?:ing)? |maximum of |no more than |a total of |of )?(?P<n>one|"
    r"two|three|four|five|six|\d{1,2})(?: ?\(\d{1,2}\))? (?:(?:additional|further|successive|consecutive|"
    r"more|separate|renewal|extension|single) )+(?P<rest>[^.;]{0,40}?\b(?:terms?|periods?|renewals?|"
    r"extensions?|times?)\b|[^.;]{0,12}\b(?:years?|months?)[- ](?:terms?|periods?))|\b(?:renew(?:s|ed)?|"
    r"extend(?:s|ed)?) (?:automatically )?(?:only )?(?:once|twice|one time|two times)\b"
)
CAP = re.compile(
    r"\b(?:in no event|not|maximum|no more than|limited to|up to a (?:maximum|total)|"
    r"shall never)\b[^.;]{0,60}\b(?:total|aggregate|exceed|combined|overall|beyond|more than|renewals?|"
    r"extensions?)\b|\btotal (?:term|duration|period)\b[^.;]{0,50}(?:not exceed|maximum|limited)"
)
ROLLING = re.compile(
    r"\b(?:each|every|any) (?:new |subsequent |further |"
    r"accepted )?(?:purchase )?orders?\b[^.;]{0,60}\b(?:renew|extend|restart)s?\b[^.;]{0,40}\b(?:term|"
    r"agreement|period)\b"
)
MINIMUM = re.compile(
    r"\bminimum (?:annual |quarterly |monthly |purchase |order |aggregate |volume )*(?:quantit\w+|"
    r"purchases?|commitments?|orders?|volumes?|amounts?)\b[^.;]{0,160}\b(?:(?:throughout|during|"
    r"for) (?:each (?:year|quarter) (?:of|during) )?(?:the |this )?(?:entire |whole |full |"
    r"initial )*(?:term|period)|each (?:contract |calendar )?(?:year|quarter))|\b(?:throughout|"
    r"during) the (?:entire |whole )?term\b[^.;]{0,120}\bminimum (?:\w+ ){0,2}(?:quantit|purchase|"
    r"commitment|volume)"
)
PREVAIL = re.compile(r"\b(?:prevails?|control(?:s|ling)?|govern(?:s|ing)?|take(?:s)? precedence|precedence over|supersede[sd]?)\b")
PREVAIL_WHERE = re.compile(
    r"\b(?:conflict|inconsisten\w+|discrepanc\w+|ambiguit\w+|contradict\w+|order of (?:precedence|"
    r"priority)|over (?:the |any )?(?:annex|exhibit|schedule|appendi|attachment)\w*)\b"
)
ANNEX = re.compile(r"\b(?:annex(?:es)?|exhibits?|schedules?|appendi(?:x|ces)|attachments?)\b")
BODY = re.compile(
    r"\b(?:(?:main )?body|(?:terms|provisions) (?:and conditions )?of (?:this|the) agreement|"
    r"this agreement|main text|the agreement|sections? of this agreement)\b"
)
DATES_SOMETHING = re2.compile(
    r"date[\"”]|\b(?:effective|commencement|start|starting|expiration|expiry|end|termination|agreement|"
    r"contract) date ?(?:of [a-z ]{4,20})?(?:[:\-–]|is\b|shall be\b|means\b)"
)
DATES_PLACE = re.compile(r"[\"“]((?:[\w'/-]+ ){0,4}date)[\"”]")
DATE_LABEL = re.compile(
    r"(?:^\W*(?:[\divx.()a-z]{1,5} )?|\W )(?P<name>(?:effective|commencement|start|starting|expiration|"
    r"expiry|end|termination|agreement|contract|execution|signing) date)(?: of (?:this )?(?:agreement|"
    r"contract))? ?(?:[:\-–]|is\b|shall be\b|means\b|(?=(?:january|february|march|april|may|june|july|"
    r"august|september|october|november|december) \d))"
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTH = rf"(?:{'|'.join(MONTH_NAMES)})"
LOOSE_DATE = re.compile(
    rf"\b(?P<d1>\d{{1,2}}) ?(?:s ?t|n ?d|r ?d|"
    rf"t ?h)?,? (?:(?P<x>day) (?:of )?)?(?P<m1>{MONTH})\.?(?: day of)? ?,? ?(?:-{{1,20}} )?(?P<y1>(?:19|"
    rf"20)\d\d)\b|\b(?P<m2>{MONTH})\.? (?P<d2>\d{{1,2}}) ?(?:s ?t|n ?d|r ?d|t ?h)? ?[,.]? ?(?P<y2>(?:19|"
    rf"20)\d\d)\b"
)
MONTH_SIGN = re2.compile(MONTH)  # stands in LOOSE_DATE, which neither begins nor ends further away than this
LOOSE_REACH = 80
FILING = re.compile(
    r"(?:\b(?:10-?[kq]|8-?k|s-\d+|f-\d+|20-?f|6-?k|sb-2|10-12g|424b\d|10-kt|n-\d)\S*,? ?(?:filed )?|"
    r"\bfiled(?: on)? |\bsource:? [^.;]{0,60}, ?|\bexpir\w+ (?:on )?|\bterminat\w+ (?:on )?|\b(?:through|"
    r"until|to) )$"
)
TITLED = re.compile(r"\b(?:agreement|contract|amendment)\W{0,4}$|(?:^|\W)date[d:]? ?$")
# Under a heading on the term, dates alone state it: "Term: 1 April 2025 to 31 March 2027".
FROM_TO = re.compile(
    rf"^\W*(?:from )?(?:{MONTH} \d{{1,2}}|\d{{1,2}} ?(?:st|nd|rd|th)? (?:day of )?{MONTH}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}|"
    r"(?:19|20)\d\d-\d\d-\d\d)[^.;]{0,16} ?(?:\bto\b|\bthrough\b|\bthru\b|\buntil\b|-|–|—)"
)
# An amendment that states the term anew: what it says goes before what the agreement said.
RESTATES = re.compile(r"\bhereby (?:further )?(?:extended|amended|changed|revised|modified)\b|\bextended through and including\b")
LATER_OF = re.compile(r"\b(?:later|latest|longer|longest|greater)\b[^.;]{0,60}$")
MADE = re.compile(
    r"\b(?:made|entered|dated|executed|effective|concluded|agreement date|signed|as of|agreement is|"
    r"by and between|this [^.;]{0,12}day of|between)\b"
)
DAY_BLANK = re.compile(
    r"\b(?:as of|this|dated|on|made|effective(?: as of)?)(?: the| this| date| day)* ?(?:_+|"
    r"\[ ?[^\]]{0,12}\])|_{2,} ?(?:day of|, ?(?:19|20))|\bday of ?[_\[,]|\[date\]|\bas of ?(?:, ?(?:19|"
    r"20)|_)"
)
DAY_BLANK_SIGNS = ("_", "[", "of,", "of ,")  # one of them stands in DAY_BLANK
# Plain substrings decide which of the readers below look at a sentence at all: cheaper than any pattern.
LENGTHS = (
    "year",
    "month",
    "until",
    "perpetu",
    "indefinite",
    "unlimited ",
    "evergreen",
    "open-ended",
    "anniversary",
    "terminous",
    "no fixed",
    "long as",
    "duration of",
    "term set",
    "term stated",
    "term specified",
    "period set",
    "period stated",
    "period specified",
    "period indicated",
    "date stated",
    "date specified",
    "date on which",
    "date when",
    "on completion",
    "upon completion",
    "minate when",
    "minates when",
    "end when",
    "ends when",
    "pire when",
    "pires when",
    " valid ",
    "ffective through",
    "ffective until",
    "term:",
    "period:",
    "duration:",
    "term of the ",
    "term of that ",
    "term of such ",
    "term of any ",
    "term of each ",
    "term of _",
    "term of [",
    "term of *",
    "term of a _",
    "term of a [",
    "term of validity",
    "term of agreement",
    "term of contract",
)
DAYS = ("day", "week", "19", "20", "upon the", "through", "effective", "commence", "expire")
STRICT = (
    "term shall",
    "term will",
    "term is",
    "term means",
    "remain",
    "continue",
    "begin on",
    "run from",
    "runs from",
    " lasts ",
    'term" means',
    'term" shall mean',
    'period" means',
    'period" shall mean',
    " ending ",
    " expiring ",
    " ends on",
    "term of",
    "initial term",
    "term:",
    "in effect",
    "in force",
    "into effect",
    "into force",
    "full force",
    "commence ",
    "commence,",
    "commences",
    "commenced",
    "commencing",
    "expires",
    "expire on",
    "expire upon",
    "period of",
    "valid",
    "terminate on",
    "terminate upon",
    "terminate when",
    "terminates when",
    "end when",
    "ends when",
    "expire when",
    "expires when",
    "become effective",
    "be effective",
    "is effective",
    "engagement",
)
LASTING = (
    "term ",
    'term"',
    "term:",
    "term,",
    "terms shall",
    "terms of this",
    "commence",
    "begin",
    "start",
    "effective",
    "in force",
    "in effect",
    "full force",
    "remain",
    "continue",
    "expire",
    "valid",
    "period",
    "duration",
    "binding",
    " run ",
    " runs",
    " last",
    " ends",
    " end ",
    "extend",
    "appoint",
    "engage",
    "in operation",
    "terminate on",
    "terminate auto",
    "terminates",
    "terminate upon",
    "terminate when",
    "expires when",
    "conclude",
    "made for",
    "perpetual",
    "into effect",
    "into force",
    "entered into for",
    "from ",
)
RENEWS = (
    "renew",
    "extend",
    "extension",
    "successive",
    "month-to-month",
    "month to month",
    "month-by-month",
    "year to year",
    "year-to-year",
    "year by year",
    "month by month",
    "prolong",
    "evergreen",
    "indefinitely after",
    "indefinitely thereafter",
    "carry on",
    "carries on",
    "roll forward",
    "rolls forward",
    "roll over",
    "rolls over",
    "rolled over",
)
CONTINUES = ("continu",)
ONWARD = (
    "automatically",
    "indefinitely",
    "thereafter",
    "for additional",
    "for further",
    "for subsequent",
    "for consecutive",
    "from year",
    "from month",
    "on an annual",
    "on a monthly",
    "on a yearly",
)
ENDS = ("terminat", "terminable", "cancel", "discontinue", "withdraw", " end ", "end this", " ended", " determined by")
RIGHTS = (
    "may", "can ", "could ", "right", "option", "privilege", "entitled", "power", "authority", "reserve", "elect", "permitted", "free to",
    "liberty", "able to", "allowed", "unless", "terminable", "cancelable", "cancellable",
)  # fmt: skip
UNTIL_ENDED = ("until",)
GIVES_NOTICE = (  # a notice that is due where somebody wants to leave
    "must be given", "shall be given", "is to be given", "may be given", "can be given", "must be served", "shall be served", "must give",
    "shall give", "will give", "required to give", "may give", "can give", "may serve", "at any time give", "at any time serve", "wishing to", "wishes to", "desiring to", "intending to", "intends to",
    "party giving", "party gives", "party serv", " giving ", "notice by", "notice from", "notice given by",
)  # fmt: skip
OWN_TERM = ("term of this", "term of the agreement", "term of the contract", "duration of this")
STARTS = ("commenc", "begin", "start", "becom", "effective")
NOTICES = ("notice", "notif", "refus", "object", "denounc")
FINISHES = ("expir", " end", "lapse", "surviv", "terminat")
CLOSES = ("terminat", "expir", "renew", "end of")
OPEN = (
    "order", "individual contract", "inventor", "remaining ", "unsold ", "existing ", "contracts for the sale", "work in pro",
    "statement of work", "statements of work", "delivery of", "deliveries of", "delivery scheduled", "deliveries scheduled",
)  # fmt: skip
REVISES = ("review", "negotiat", "revisit", "reopen", "evaluat")
WHENEVER = (
    "annual", "yearly", "every", "each ", "each,", "periodic", "quarterly", "once a", "once per", "once every", "regular", "from time to time",
    "mid-term", "anniversary",
)  # fmt: skip
PROLONGS = ("renew", "extend", "extension")
LIMITS = ("in no event", " not ", "maximum", "more than", "limited to", "up to a", "never", "total term")
ORDERED = ("order",)
LEAST = ("minimum",)
RANKS = ("prevail", "control", "preced", "govern", "supersede")
OVER = (
    "conflict", "inconsisten", "discrepanc", "ambiguit", "contradict", "order of p", "over ", "annex", "exhibit", "schedule", "appendi",
    "attachment",
)  # fmt: skip
YEAR_SIGNS = ("19", "20", "/", "-")  # one of them stands in YEAR_FIGURES
YEAR_FIGURES = re.compile(r"(?:19|20)\d\d|\d[/-]\d")
# Words that one pass over a sentence looks for, and patterns that are tried only on sentences that hold their literals.
CHOICES = (
    LENGTHS, STRICT, LASTING, RENEWS, CONTINUES, ONWARD, ENDS, NOTICES, FINISHES, CLOSES, OPEN, REVISES, WHENEVER, PROLONGS,
    LIMITS, ORDERED, LEAST, RANKS, OVER, DAYS, RIGHTS, UNTIL_ENDED, GIVES_NOTICE, OWN_TERM, STARTS, CLOSE_OF,
)  # fmt: skip
IN_SENTENCES = (
    AGREED, AGREEMENT, ANNEX, ANNIVERSARY, AUTO, AUTO_PLAIN, BE_ENDED, BLANK, BY_WHOM, CAN_END, CAP, COUNTED, ENDING, ENDS_ON_NOTICE, ENDS_THEN,
    EXPIRY, EXTERNAL, INDEFINITE, LABEL_INSIDE, MINIMUM, NAMED, NO_RENEWAL, OPTION, ORDERS, ORDERS_ACT, PREVAIL, PREVAIL_WHERE,
    REFUSE, RENEW_WORD, REVIEW, REVIEW_ACT, REVIEW_OBJECT, ROLLING, TERMINATION, TERM_OF, UNLESS_NOTICE, VAGUE, WORD_MONTH, WORD_YEAR,
    AUTO_UNLESS, BARE_UNLESS, UNLESS_AUTO, IF_NEITHER, YEARLY, THIS_DATE, SIGNATURE,
)  # fmt: skip
