"""English wording of terms: how long an agreement binds, how it is renewed, refused and left.

Works on one folded sentence (lower case, single blanks). Every duration and date gets a role from the words beside it
(the term itself, a renewal, a notice, something else); the subject must be this agreement, so a sentence that speaks of
secrecy, a warranty, an order or a license gives nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cached_property

import re2

from clausecheck.languages.base import DateMention, Duration
from clausecheck.languages.periods import Quantities, Said, Topic

_MAX = 4000  # characters of a sentence that are looked at

_AGR = r"(?:agreement|contract|arrangement|appointment|engagement|joint venture|venture|memorandum(?: of understanding)?|cooperation|collaboration|amendment|addendum|lease)"
_THIS_AGR = rf"(?:this|the|these|present|said|such) (?:[\w/&'.-]+ ){{0,4}}?{_AGR}"
_MAY_SPEAK = re2.compile(
    r"\bterm\b|\bterms (?:of th|shall|will|is)|\brenew|\bextend|\bextension|\bexpir|\bterminat(?:e|ed|ion)\b|\bcancel|\bin (?:full )?(?:force|effect)\b|\bcommenc|\banniversary|\bevergreen|\bperpetual|\bindefinite|"
    r"\beffective (?:date|as of|from|on|until|for)|\bvalid for|\b(?:contract|agreement|service|engagement) period|\bvalidity|\brenegotiat|\breview|\bstart date\b|\bend date\b|\bprevail|\bprecedence|\bdate hereof"
)
_HEADING = re.compile(
    r"^(?:(?:initial |contract |basic |primary )?terms?(?: and (?:termination|renewals?|duration|extensions?|expiration|conditions of termination|effect\w*|cancell?ation))?|terms? of (?:the |this )?(?:agreement|contract|appointment|engagement)|"
    r"(?:duration|validity)(?: and (?:termination|renewal))?(?: of (?:the |this )?(?:agreement|contract))?|(?:effective(?:ness| date)|commencement)(?:,? (?:and|&) (?:terms?|duration|expiry|termination))?|"
    r"period(?: of (?:the |this )?(?:agreement|contract|validity))?|contract period|term,? (?:renewal|termination|duration)[a-z, &]*|renewals?|renewal terms?|renewal and termination|termination|"
    r"duration|effectiveness|termination (?:and|&) (?:renewal|term)|length of (?:agreement|contract)|term/termination|term & termination|entry into force[a-z ,]*)\W*$"
)

# --- subjects ------------------------------------------------------------------------------------------------------
_TERM_OF = re.compile(rf"\b(?:terms?|period|duration|validity|life|effectiveness)(?: \([^)]{{0,60}}\))? (?:of|for|under) {_THIS_AGR}\b(?: \([^)]{{0,80}}\))?")
_AGREEMENT = re.compile(rf"\b{_THIS_AGR}\b(?: \([^)]{{0,80}}\))?(?:,? (?:and|including|together with) [^,;]{{3,90}}?(?=,| shall| will| is ))?")
_THE_TERM = re.compile(r"\b(?:the|an|its|this|such)? ?\"?(?P<kind>(?:initial |primary |original |base |basic |fixed |contract |first |whole )*(?:contract )?(?:term|period of validity|(?:contract|agreement|sponsorship|engagement|effective|appointment|service|validity) period))\"?(?= |:|$|,)(?! of (?:the|any|each|such|an?) (?:license|lease|patent|sublicense|order|sow|note|loan|option|policy))")
_LABELED = re.compile(r"^(?:[\divx.()a-z]{1,6} )?(?:the )?\"?(?:initial |contract |basic )?(?:term|duration|period)(?: of (?:this |the )?(?:agreement|contract))?\"?(?: \([^)]{0,40}\))? ?[:.\-–—]+ ?(?!and termination)")
_DURING = re.compile(r"\b(?:short|long|during|throughout|over|end of|expiration of|expiry of|termination of|remainder of|portion of|balance of|years? of|months? of|quarter of|period of|in terms of|under|in|before|after|prior to|as used in this agreement,?|renewal|additional|extended|extension|option)(?: the| this| such| an?| any| its| \")*(?: (?:initial|applicable|first|full|entire|current|then-current))* ?\"?$")
_LABEL_INSIDE = re.compile(r"(?<![\w\"'])(?:initial |contract |agreement |base |primary )?(?:term|duration)(?: of (?:this |the )?(?:agreement|contract))? ?: (?=\S)")
_END_LABEL = re.compile(r"\b(?:agreement |contract )?(?:expiration|expiry|termination|completion) date ?:? ?$|\bcontract end(?: date)? ?: ?$|\bend date ?: ?$")
_SHORT_NAME = re.compile(r"\bthis (?!section|article|clause|part|annex|right|order|policy|term|period|offer|waiver)[a-z]{2,8}(?=,? (?:shall|will) (?:commence|expire|terminate|remain|continue|be (?:effective|in)|become effective|take effect|automatically))")
_PREPOSITION = re.compile(r"\b(?:under|in|to|by|of|pursuant to|with|from|into|hereunder|within|on|upon|for|during|terminate|cancel|between|end|breach(?:es|ed)?|perform|execute|enter|sign|assign)\W*$")
_TAKES_EFFECT = re.compile(r"^[^.;]{0,40}?\b(?:commence|begin|start|become effective|take effect|be effective|remain in|continue in|expire)\b")
# Things with a term of their own, as the subject.
_FOREIGN_TERM = re.compile(
    r"\b(?:warranty|warranties|confidentiality|non-?disclosure|secrecy|license|lease|sublicense|insurance|option|statements? of work|sow|work order|purchase orders?|task orders?|order forms?|purchase schedule|royalty|patent|trial|escrow|"
    r"non-?compet\w+|non-?solicit\w+|restricted|payment|credit|cure|notice|grace|evaluation|project|note|loan|policy|tail|sell-?off|transition|wind-?down|delivery|forecast|probationary|severance|review|inspection|acceptance|short|long|"
    r"supplement|schedule|audit|renewal|additional|extended|extension|post|employment agreement|standstill|support|maintenance|exclusivity|lock-?up|bond|registration)(?: \w+){0,2}? ?$"
)
_FOREIGN_NEAR = re.compile(
    r"\b(?:confidential\w*|secrecy|warrant\w*|surviv\w*|non-?compet\w*|non-?solicit\w*|retain (?:all|such|copies|the|records)|records|insurance|audit\w*|invoice\w*|royalt\w*|patents?|"
    r"shelf[- ]life|statute|limitations?|solicit\w*|cure[ds]?|remed\w+|forecast\w*|deliver(?:y|ed|ies)|escrow\w*|interest|payable|paid|inventory|sell[- ]off|defects?|exclusiv\w+|compet\w+ (?:with|products?)|employ (?:any|or)|spare parts?|shall be required|requires? (?:that )?the|notifies|discuss\w*|negotiat\w*)\b"
)
_LASTS = re.compile(r"\b(?:remain|continu|expire|terminat|end|commenc|begin|start|effective|effect|force|until|through|run|extend|exten|conclud|mean|period|term|valid|(?:be|is|are) (?:for|a|an)|last|duration|stay|binding|appoint|engage)")
_UNLESS_ASIDE = re.compile(r"\bunless\b[^,;]{0,200}[,;)]|\[[^\]]{0,80}\]|\([^)]{0,120}\)|\bsubject to [^,;]{0,120},|\bexcept as [^,;]{0,120},")
_MAY_END = re.compile(r"\b(?:may|right to|entitled to|option to|can|elect to|rights? of|ability to) (?:\w+ ){0,3}?(?:terminat|cancel|end\b|withdraw)|\bmay be (?:terminated|cancell?ed)|\bbreach\w*|\bdefault\w*|\binsolv|\bfails? to\b|\bfailure\b|\bforce majeure")

# --- roles of durations and dates -------------------------------------------------------------------------------------
_LINK = r"(?: ?(?:a|an|the|at least|up to|approximately|full|initial|fixed|minimum|maximum|first|not less than|no less than|that is|which is|date|period|term|of|is|be|another|whole|total|about|shall|will|until|through|on|in|earlier|later|consecutive|primary|original|base|non-?cancel\w+|exactly|lesser|greater|longer|shorter|earliest|latest|to occur|\(?[ivxabcd1-3]\)|\"|“|:|,))*"
_INITIAL_BEFORE = re.compile(rf"(?:\bfor|\bof|\bbe|\bis|\bare|\blasts?|\bruns?|\bcontinues?|\buntil|\bthrough|\bexpir(?:es?|ing)|\bterminat(?:es?|ing)|\bend(?:s|ing)?|\bperiod|\bterm|:|-|–|\bmeans?|\bduration|\beffect|\bforce|\bdate|\ba|\bthe|\bexceed|\bautomatically|\bin|\.){_LINK} ?\(?$|^\W*$")
_NOTICE_AFTER = re.compile(r"^['’]?s?['’]?\)?,? ?(?:(?:(?:of|advance|prior|previous|written|express|formal|calendar|business|clear|and|or|in|reasonable|minimum|termination|cancell?ation|a|an|the|working|non-renewal|day|days|month)['’]?,?[- ]){0,5}?(?:notices?|notification|warning)\b|(?:\w+ ){0,3}?(?:before|prior|in advance|advance|preceding|previous|ahead of)\b|from (?:the )?(?:receipt|date of (?:receipt|such|the) notice|such notice|notice))")
_NOTICE_BEFORE = re.compile(r"(?:\bno(?:t)? (?:later|sooner|earlier|more|less|fewer) than|\bwithin(?: the)?(?: last| first| next)?|\bupon|\bgiv(?:es?|ing|en)|\bserv(?:es?|ing)|\bprovid(?:es?|ing)|\bnotice(?: of)?(?: at least| not less than| of not less than)?|\bnotif\w+[^,;]{0,40})(?: (?:at|least|not|no|less|fewer|than|a|an|the|more|minimum|of|or|and|prior))* ?\(?$|\bnotices?\b[^.;]{0,90}: ?$|\bnotices?\b[^.;,]{0,50}\bof(?: at least| not less than| no less than| a minimum of)? ?\(?$|\b(?:giving|provid\w+|upon) [^.;]{0,40}\bnotice of ?$")
_RENEWAL_CLOSE = re.compile(r"\b(?:additional|successive|further|subsequent|renewal|another|extended|extension|recurring|like|more|renewable|rolling|renewals?|extensions?|extra|new)\b[^.;,]{0,45}$")
_RENEWAL_VERB = re.compile(r"\b(?:renew(?:s|ed|able)?|(?:be|is|are|being|been|automatically|may|option to|right to|agree to|mutually|to) extend(?:ed)?|extended|extends? automatically|prolong\w*)\b")
_THEREAFTER = re.compile(r"\bthereafter\b[^.;]{0,60}$|\bafter (?:the |such )?(?:initial|expiration of the initial) (?:term|period)\b[^.;]{0,90}$")
_RENEWAL_ASIDE = re.compile(r"\b(?:unless|subject to|or|any|if|until|otherwise)(?: \w+){0,6}? ?(?:renew(?:ed|al)s?|extended|extension)\b[^,;]{0,60}(?:,|\))|\((?:[^)]{0,80}(?:renew|exten)[^)]{0,80})\)")
_RENEWAL_AFTER = re.compile(r"^(?:-| )?(?:renewal|extension|additional|extended|successive|renewable)\b|^ (?:terms?|periods?|increments|extensions|renewals)? ?at a time\b|^ (?:(?:term|period) )?(?:renewals?|extensions?|increments)\b|^ each\b")
_AFTER_END = re.compile(r"^(?: \([^)]{0,30}\))?,? ?(?:after|following|from|beyond|subsequent to) (?:the )?(?:date of )?(?:effective date of )?(?:any |such |its |the )?(?:expir\w+|terminat\w+|end\b|cancell?ation|cessation|completion|disclosure|deliver|shipment|receipt)")
_ANNIVERSARY = re.compile(r"\b(?P<n>[a-z]+(?:-[a-z]+)?|\d{1,2}(?:st|nd|rd|th))(?: ?\(? ?\d{1,2} ?(?:st|nd|rd|th|s t|n d|r d|t h)?\)?)?(?:[- ]year)? anniversary\b")
_OTHER_EVENT = re.compile(r"^(?: date)?,? (?:of|from|after|following) (?:the |such |its |any )?(?:date of |date on which |date )?(?:[\w-]+ ){0,5}?(?:expir\w+|terminat\w+|complet\w+|acceptance|launch|commercial|sale|approval|delivery|closing|opening|installation|shipment|first|last|\w+ed)\b")
_ORDINALS = {w: i for i, w in enumerate(("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth"), 1)} | {
    "twentieth": 20, "twenty-fifth": 25, "thirtieth": 30, "one": 1, "two": 2, "three": 3, "five": 5, "ten": 10, "fiftieth": 50,
}  # fmt: skip
_ASIDE = r"(?: ?(?:day (?:immediately )?(?:prior to|before|preceding)|and including|including|automatically|on|upon|from|in|day|and|as of|at|the|close of business|midnight|of|without notice|\d{1,2}:\d\d|[ap]\.?m\.?,?|(?:eastern|central|pacific|local|standard|daylight)(?: \w+)? time|time|earlier|later|earliest|latest|shall|will|be|is|\(?[ivxabcd1-3]\)|and|by|date|no later than|its|stated|natural|expiration|\"|“|,|:))*"
_END_DATE_BEFORE = re.compile(rf"(?:\buntil|\bthrough|\bthru|\bto|\btill|\bending|\bends?|\bexpir\w+|\bterminat\w+|\bconclud\w+|\bclos(?:e|ing)|\bcomplet\w+|[-–—]){_ASIDE} ?\(?$")
_START_DATE_BEFORE = re.compile(rf"(?:\bcommenc\w*|\bbegin\w*|\bbegan|\bstart\w*|\beffective|\bfrom|\bas of|\bdated|\bforce|\beffect|\bafter|\bfollowing|\bbetween|\bperiod){_ASIDE} ?\(?$")
_INDEFINITE = re.compile(
    r"\b(?:until|unless(?: and until)?|until such time as)(?: [^;.]{0,40}?)??\b(?:is |has been |shall be |it |are |being )*(?:earlier |sooner |duly |lawfully |validly |otherwise )*(?:terminated|cancell?ed|ended|rescinded)\b|"
    r"\buntil (?:a|either|any|one of the|one) part(?:y|ies)\b[^;.]{0,80}\b(?:terminat|cancel|notice)|\bindefinite(?:ly)?\b|\bin perpetuity|\bperpetual(?:ly)?\b|\bevergreen\b|\bno (?:fixed|definite) (?:term|period|duration)|\bwithout (?:limit|limitation) (?:of|in|as to) time|\bopen-ended|\bunlimited (?:period|term|duration)|"
    r"\buntil its termination\b|\buntil (?:the )?termination (?:of|in accordance|pursuant|by)\b"
)
_UNTIL = re.compile(r"\b(?:until|upon|through|till|on|earlier of|later of|earliest (?:of|to occur)|for the duration of|for (?:so|as) long as|so long as|as long as)\b ?(?=(?P<what>[^;.]{3,160}))")
_EVENT = re.compile(r"\b(?:complet\w+|closing|consummat\w+|payment|payments|acceptance|approval|deliver\w*|dissol\w+|liquidat\w+|expir\w+|terminat\w+|end|occur\w*|launch|sale|offering|performance|release|duration|repay\w*|last to)\b")
_VAGUE = re.compile(r"\b(?:for )?(?:so|as) long as (?:the )?(?:parties|business|(?:either|both) part\w+|they|dealings|trad\w+)|\bas the parties (?:see|think) fit|\ba reasonable (?:time|period)\b|\bas needed\b")
_EXTERNAL = re.compile(r"\b(?:co-?terminous|co-?extensive|concurrent\w*|same term) (?:with|as)|\b(?:term|duration|expiration|expiry|termination|life) of (?:the|that|such|any|each) (?:(?!this\b|agreement\b)[\w/&'.-]+ ){0,4}?(?:lease|agreement|license|lsa|msa|gma|contract|schedules?|statements? of work|sow|orders?)\b|\b(?:term|period|periods|duration|time periods?|date) (?:(?:as|is|are|shall be|will be) )*(?:set forth|stated|specified|set out|described|indicated|provided|shown) (?:in|on|by)\b")
_BLANK = re.compile(r"_{2,}|\[ ?(?:\*+|●|•|_+|\.+|…+|x+|y+|redacted[^\]]*|insert[^\]]*|tbd|date|number|●+|to be [^\]]*|blank| )? ?\]|\*{3,}|\btbd\b|\bto be determined\b|●|\{\{[^}]*\}\}|\[[^\]]{0,20}redacted[^\]]*\]")
_BLANK_BEFORE = re.compile(r"\b(?:for|of|period|term|until|through|to|is|be|on|duration|from|date|in)(?: (?:a|an|the|initial|period|term|of|be|is|on|for|:))*[ :]*$|[:\-–] ?$")

# --- start ------------------------------------------------------------------------------------------------------------
_START_CUE = r"(?:commenc\w*|begin\w*|start\w*|effective(?:ness)?|from|as of|after|following|effect|force|runs?|upon|on|since|becomes? valid|of)"
_THIS_DATE = re.compile(
    r"\b(?:date hereof|date above|date (?:first )?(?:above )?(?:written|set forth|stated|mentioned|appearing|indicated|shown|specified)(?: (?:above|herein|on|in))?|date first|first (?:above )?(?:written|set forth|stated)|date of (?:this|the) (?:agreement|contract|document|letter|\w+ agreement)|"
    r"(?:agreement|contract) date|day and year first|date on the (?:first|cover) page|date as first|hereof\b)"
)
_SIGNATURE = re.compile(
    r"\b(?:dates? of |date )?(?:its |the |last |due |final |full |mutual |complete )*(?:execution|signature|signing|signatures?)\b|\b(?:execution|signing|signature) date|\bwhen (?:duly )?(?:signed|executed)|\b(?:is|are|been|being|was|hereof is|last|fully|duly) (?:fully |duly )?(?:signed|executed)\b|\blast (?:party )?(?:to )?sign\w*|\bparties? (?:have |has )?sign\w*|\bupon (?:execution|signing)"
)
_NAMED = re.compile(r"\b(?P<name>(?!date\b)(?:(?!the\b|on\b|of\b|from\b|and\b|until\b|a\b|such\b|said\b|following\b|shall\b|will\b|earlier\b|later\b)[\w'-]+ ){1,3}date)\b")
_AT_START = re.compile(rf"\b{_START_CUE}(?: ?(?:on|as of|from|upon|the|with|and|including|after|be|at|in|immediately|its|this|of|for|\"|“|\())* ?$")
_OWN_DATE = re.compile(r"\b(?:hereof|herewith|hereto|above|agreement|contract|effective|commencement|start(?:ing)? date|execut\w+|sign\w+|date\b|time to time|january|february|march|april|may|june|july|august|september|october|november|december|\d)")
_WORD_YEAR = re.compile(r"\b(?:successive|additional|more|consecutive|further|subsequent) (?:annual|yearly)\b|\bannual (?:periods?|terms?|basis)\b|\byear[- ]to[- ]year\b|\bfrom year to year\b|\bannual(?:ly)? (?:basis )?thereafter\b|\b(?:each|every) year thereafter\b|\byearly (?:basis|thereafter)")
_WORD_MONTH = re.compile(r"\bmonth[- ]to[- ]month\b|\bfrom month to month\b|\b(?:for )?monthly (?:periods?|terms?|basis)|\bmonth[- ]by[- ]month\b")

# --- renewal ----------------------------------------------------------------------------------------------------------
_RENEW_WORD = re.compile(r"\bextendable\b|\bautomatically (?:be )?continu\w+|\bindefinitely (?:after that|thereafter|after)|\bcontinu\w+ (?:\w+ )?indefinitely thereafter|\brenew\w*|\bextend\w*|\bextension\w*|\broll(?:s|ed)? over|\bprolong\w*|\byear[- ]to[- ]year|\bmonth[- ]to[- ]month|\bevergreen|\bcontinu\w+ (?:\w+ ){0,3}?(?:thereafter|for (?:successive|additional|further|subsequent|consecutive)|from (?:year|month)|on an? (?:annual|monthly|yearly))|\bsuccessive\b|\bnon-?renew\w*")
_RENEW_FOREIGN = re.compile(
    r"\b(?:licenses?|leases?|statements? of work|sows?|orders?|polic(?:y|ies)|insurance|registrations?|patents?|trademarks?|domain names?|certificates?|permits?|subscriptions?|notes?|loans?|visas?|warrant(?:y|ies)|escrow|letters? of credit|marks?|attachments?|credit|cure|"
    r"deadline|time|delivery|performance|payment|benefits?|obligations?|offers?|sublicenses?|option period|copyrights?)(?: (?:period|term|agreement|date|shall|will|may|is|are|be|can|to|must|for|which|that|hereunder))* ?(?:automatically )?(?:be )?$"
)
_RENEW_BEFORE = re.compile(rf"\b(?:(?:this|the|said|such) (?:[\w/&'.-]+ ){{0,3}}?{_AGR}|{_AGR}|(?:the|this|initial|any|each|such|renewal|then-current|current|of|and) ?\"?terms?\"?|it|appointment|duration|initial period)\b[^.;]{{0,110}}$")
_RENEW_AFTER_WORD = re.compile(rf"^(?:[^.;,]{{0,40}}?)\b(?:(?:this|the|such|said) (?:[\w/&'.-]+ ){{0,3}}?(?:{_AGR}|terms?|period)|terms?|periods?)\b")
_AUTO = re.compile(
    r"\bautomatic\w*[^.;]{0,70}?\b(?:renew|exten|continu|roll|prolong)|\b(?:renew|exten|continu|prolong)\w*[^.;]{0,60}?\bautomatic|\bself-renew|\bevergreen\b|\bdeemed (?:to (?:be|have been) )?(?:renewed|extended)|\btacit(?:ly)?\b|"
    r"\bwithout (?:further|any) (?:notice|notification|action)[^.;]{0,60}(?:renew|exten)"
)
_AUTO_UNLESS = re.compile(
    r"(?:[;,] (?:and )?|\b)(?:shall|will|is|are|be|and|to)(?: (?:thereafter|then|hereby|also|further|continue to|so|be|in turn))* (?:be )?(?:renew|extend|continu|prolong)\w*\b[^.;]{0,260}?\b(?:unless|until|except|if neither|in the absence|absent|subject to either|without|provided(?:,? however,?)?,? that (?:either|neither|no))\b[^.;]{0,160}?\b(?:noti|terminat|advis|elect|cancel|object|refus|inform|decid|intent|desire|wish|opt)"
)
_BARE_UNLESS = re.compile(r"(?:[;,] (?:and |thereafter )?|^)(?:renewed|extended|renewable|extendable)\b[^.;]{0,120}?\bunless\b")
_UNLESS_AUTO = re.compile(r"\b(?:unless|if (?:no|neither|none|not)|in the absence of|absent)\b[^.;]{0,200}?\b(?:noti|terminat|advis|elect|cancel|object|refus|inform|intent)\w*[^.;]{0,200}?(?:shall|will|is|be) (?:automatically )?(?:thereafter )?(?:be )?(?:deemed )?(?:renew|extend|continu|prolong)")
_AUTO_PLAIN = re.compile(r"\b(?:shall|will|is|and)(?: (?:thereafter|then|also|further))* (?:be )?(?:renewed|renews?|extended|continues?|renewable)\b[^.;]{0,60}?\b(?:for|on|from|each|every|annually|successive\w*|on the same)\b")
_YEARLY = re.compile(r"\b(?:shall|will|continu\w*|thereafter|renew\w*|extend\w*|be|is|remain\w*)\b[^.;]{0,80}(?:year[- ]to[- ]year|month[- ]to[- ]month)|(?:year[- ]to[- ]year|month[- ]to[- ]month)(?: basis)?[^.;]{0,60}(?:thereafter|until|unless)")
_AGREED = re.compile(
    r"\bmutual\w*\b|\bby (?:the )?(?:written |prior |express )*(?:agreement|consent)\b|\b(?:upon|with|by|subject to) (?:the )?(?:mutual |prior |written |express |further )*(?:agreement|consent|approval)s? (?:of|between|by|in|from)\b|\bwritten (?:agreement|consent)\b|\bagree(?:s|d|ing)?(?: (?:in writing|to|upon|otherwise|on))|\bparties (?:may|can|shall|will|wish|desire|so)\b[^.;]{0,60}\b(?:agree|renew|extend|negotiat|discuss)|\bboth parties\b|\b(?:unanimous|common|joint) (?:written )?(?:consent|agreement)|\bin a writing\b|\bwritten (?:instrument|document|addendum|confirmation)|\b(?:extended|renewed) by the parties\b|\bsatisfactory agreement|\bas (?:may be )?(?:mutually )?agreed\b|\bdecide whether\b|\bby (?:an )?amendment\b|\bsigned by\b|\bin writing by (?:both|the parties)|\bgood faith\b|\bif agreed\b|\bparties agree\b|\bnegotiat"
)
_OPTION = re.compile(r"\boptions?\b|\b(?:right|rights|entitled|privilege|election|elect|discretion)\b|\bmay\b|\bcan be\b|\brenewable\b|\bis (?:subject to )?renew")
_NO_RENEWAL = re.compile(
    r"\b(?:no|without)(?: \w+){0,3}? (?:renewals?|extensions?)\b|\b(?:shall|will|does|may|is|do|can)(?: \w+)? not (?:automatically |be |be automatically )*(?:renew\w*|extend(?:ed)?|renewable)\b|\bnot (?:be )?(?:subject to|eligible for) (?:any )?(?:automatic )?renewal|\bnon-?renewable\b|\bnot renewable\b|\bno (?:right|obligation|option|duty) (?:\w+ ){0,4}?(?:to )?(?:renew|extend)"
)
_UNLESS_TAIL = re.compile(r"\b(?:unless|notice|notif\w*|intent\w*|elects?|election|decision|desire|wish\w*|advis\w*|inform\w*)\b[^.;]{0,90}$")
_DELAY = re.compile(r"\b(?:force majeure|delay\w*|suspen\w+|toll\w*|cure period|deadline|time (?:for|of) (?:performance|delivery|payment)|equal to the (?:period|time|duration) of|interrupt\w*|day for day|days lost)\b")

# --- refusal, exit ----------------------------------------------------------------------------------------------------
_REFUSE = re.compile(
    r"\bnot (?:to )?(?:so )?(?:be )?(?:renew|exten|continu|wish|desire|intend|want|elect)|\bnon-?(?:renewal|extension|continuation)|\b(?:shall|will|does|do) not (?:be )?(?:renew|exten|continu)|\bnot (?:be )?(?:renewed|extended)|\b(?:refus|declin|object|oppos|reject)\w*\b|\bagainst (?:renewal|extension)|\bopt(?:s|ing)? out|\bto the contrary|\botherwise\b"
)
_UNLESS_NOTICE = re.compile(r"\b(?:unless|until|except|provided|if neither|if no|absent|in the absence|without|subject to|or (?:by|upon))\b[^.;]{0,200}?\b(?:noti|terminat|advis|elect|cancel|inform|intent|desire|wish)")
_AT_EXPIRY = re.compile(r"\b(?:before|prior to|in advance of|preceding|of|to|at) (?:the )?(?:(?:date of )?(?:scheduled |natural |then |stated )?)*(?:expir\w+|end|conclusion|terminat\w+|completion|anniversary|renewal|commencement|start|beginning|close|last day)\b|\b(?:expiration|renewal|anniversary|termination|expiry) date\b|\bthen[- ](?:current|existing|in effect)\b")
_TERM_END = re.compile(r"\b(?:prior to|before|at|as of|in advance of|of|on) (?:the )?(?:end|expiration|expiry|conclusion|expiration date|anniversary) of (?:the|its|this|any|each|such|a)? ?(?:initial|then[- ]current|then[- ]existing|renewal|relevant|current|applicable|original|\d+[- ]month|said|first)? ?(?:or renewal )?(?:term|period|agreement|contract)\b")
_MUTUAL = re.compile(r"\b(?:either|each|any|one|a|neither|no|both|every)(?: of the)? (?:parties|party|side)\b|\b(?:the )?parties\b|\bother party\b|\beither\b|\bone to the other\b|\bterminating party\b|\bnotifying party\b|\b(?:party a or party b|mutually)\b")
_CAN_END = re.compile(
    r"(?:\b(?:may|can|could)(?:,? (?:at any time|also|in its sole discretion|for any reason|without cause|for convenience|at its option|upon notice|elect to|each|either|immediately|[a-z ,']{0,60}?),?)? |\b(?:right|rights|option|privilege|entitled|power|authority|reserves? the right|elect|permitted|free|able|allowed)(?:,? (?:at any time|[a-z ,]{0,40}?),?)? (?:to|of) (?:immediately )?)(?P<verb>terminat\w*|cancel\w*|end|discontinue|withdraw from)\b"
)
_BE_ENDED = re.compile(r"\b(?:may|can|shall|is|be)(?: also| only)? ?(?:be )?(?P<verb>terminated|cancell?ed|terminable|cancell?able|ended)\b")
_BY_WHOM = re.compile(r"\bby (?P<who>[^,;.]{2,60})")
_CONVENIENCE = re.compile(
    r"\bwithout (?:any )?(?:cause|reason|showing)|\bfor (?:its |their |any |the )?(?:own |sole )?convenience|\b(?:any|no) (?:or no )?reason|\bwith or without|\bat any time\b|\b(?:at|in) (?:its|their|his) (?:sole |absolute |own |and |unfettered )*(?:discretion|option|election)|\bat will\b|\bother than (?:for )?(?:cause|breach)|\bwhether or not\b|\bno cause\b|\bfor any (?:or no )?reason"
)
_CONDITION = re.compile(
    r"\b(?:if|in the event|in case|should|breach\w*|default\w*|fail(?:s|ure|ed)?|insolv\w*|bankrupt\w*|for cause|occurrence|change (?:of|in) control|becomes?|violat\w*|cured?|remed\w+|following (?:events|circumstances|reasons|grounds|conditions)|any of the|whenever|when|where|in respect of|with respect to|force majeure|unable|assign\w*|misconduct|reject\w*|not been (?:cured|remedied|approved)|material|as (?:provided|set forth|described|specified) (?:in|below|above|herein)|pursuant to|under (?:this )?(?:section|article|clause|paragraph)|in accordance with|subject to (?:section|article|clause|paragraph)|because|due to|provided (?:in|for)|acquire[sd]?|competitor)\b|:$"
)
_LEAD_CONDITION = re.compile(r"\b(?:if|in the event|in case|should|when|whenever|where|upon (?:the )?(?:occurrence|breach|expiration of (?:such|the) cure|a |an |any |material)|on (?:the )?occurrence|following (?:a|an|any|such)|because of|after (?:a|an|any|such) )\b[^;]*$")
_LIST_MARK = re.compile(r"(?:[,;:]|\band|\bor) \((?:i{1,3}|iv|v|vi|[a-h]|\d)\) ")
_CHANGE = re.compile(r"\bchanges? in (?:law|laws|regulation\w*|circumstances?|market|economic|legislation)|\bhardship\b|\b(?:price|pricing)\b[^.;]{0,120}\b(?:agree|negotiat|adjust)|\b(?:cannot|unable to|do not|fail to) (?:mutually )?(?:agree|reach)")
_FEE = re.compile(r"\b(?:upon|against|subject to|by|with|on condition of) (?:the )?(?:prior |full |immediate )?pay(?:ment|ing)\b|\btermination (?:fee|charge|payment)|\bremaining (?:price|fees?|payments?|balance|purchase)|\bbuy-?out (?:fee|price)|\bpay(?:s|ing)? (?:all|the) (?:remaining|balance|outstanding remaining)")
_AFTER_TIME = re.compile(r"\b(?:after|following|from and after|not (?:before|earlier than|prior to)|beginning (?:on|after)|at any time after|on or after)\b[^.;,]{0,60}$")
_NOT_AGREEMENT = re.compile(r"^[^.;,]{0,30}?\b(?:purchase orders?|orders?|sow|statements? of work|license|licenses|sublicense|order|employment|service[s]? (?!agreement)|shipment|project|exclusivity|work|task|his|her)\b")

# --- other ------------------------------------------------------------------------------------------------------------
_REVIEW = re.compile(r"\b(?:annual(?:ly)?|yearly|every|each|periodic(?:ally)?|quarterly|semi-?annual(?:ly)?|once (?:a|per|every)|regular(?:ly)?|from time to time|mid-term|bi-?annual(?:ly)?|anniversary)\b")
_REVIEW_ACT = re.compile(r"\b(?:review(?:ed|s)?(?! (?:and approv|period|board|committee|by|copies|of (?:books|records)))|renegotiat\w*|revisit\w*|reopen\w*|re-?evaluat\w*|negotiat\w+ (?:the |new |its )?(?:prices?|pricing|terms|fees|minimum))\b|\bprices?\b[^.;]{0,120}\brenegotiat\w+")
_REVIEW_OBJECT = re.compile(r"\b(?:pric(?:e|es|ing)|volumes?|quantit(?:y|ies)|terms (?:and conditions )?of this|this agreement|the agreement|conditions|regulation\w*|continu\w+|go on|minimum\w*|fees|the terms)\b")
_ORDERS = re.compile(r"\b(?:purchase )?orders?\b(?! of (?:precedence|priority|the court|any court|a court))|\bindividual contracts?\b|\binventor(?:y|ies)\b|\b(?:remaining|unsold|existing) (?:stocks?|products?|units?|goods)\b|\bcontracts for the sale\b|\bwork in (?:process|progress)\b|\bstatements? of work\b|\boutstanding (?:purchase )?orders?\b|\bdeliver(?:y|ies) (?:of|scheduled)")
_ORDERS_ACT = re.compile(r"\b(?:honou?r\w*|fulfil\w*|fill(?:ed)?|complet\w*|deliver\w*|remain\w*|continue\w*|perform\w*|accept\w*|ship\w*|surviv\w*|govern\w*|apply|applies|cancel\w*|liable|pay(?:ment)?|sell|supply|process\w*|abide|affect\w*|unaffected)\b")
_EXPIRY = re.compile(r"\bexpir\w+|\bnon-?renew\w*|\bend of (?:this|the) (?:agreement|term)|\bterminat\w+ (?:or|and)(?:/or)? expir\w+|\bterm ends?\b")
_TERMINATION = re.compile(r"\bterminat(?:ion|ed|es|ing)\b|\bexpir\w+|\bend of (?:this|the) (?:agreement|term)")
_ENDING = re.compile(
    rf"\b(?:shall|will|to)(?: \w+)? (?:expire|end|terminate|lapse|cease)\b|\b(?:expires|ends|terminates|lapses)\b|\b(?:upon|on|after|following|at|in the event of|notwithstanding)(?: the| any| such| its)? (?:\w+ ){{0,3}}?(?:expir\w+|end of (?:the|this) (?:term|agreement|initial)|{_AGR} (?:expires|ends))|\bsurviv\w+ (?:the |any )?(?:expir|terminat)\w+|\bexpiration (?:or|and)(?:/or)? (?:earlier )?termination\b|\btermination (?:or|and)(?:/or)? expir\w+|\bupon which (?:this|the) {_AGR} ends"
)
_MODAL = re.compile(r"\b(?:shall|will|must|may|agrees?|continue|remain|end|ends|expires?|terminates?|surviv\w+|is|are)\b")
_COUNTED = re.compile(r"\b(?:up to |for |not (?:to )?exceed(?:ing)? |maximum of |no more than |a total of |of )?(?P<n>one|two|three|four|five|six|\d{1,2})(?: ?\(\d{1,2}\))? (?:(?:additional|further|successive|consecutive|more|separate|renewal|extension|single) )+(?P<rest>[^.;]{0,40}?\b(?:terms?|periods?|renewals?|extensions?|times?)\b|[^.;]{0,12}\b(?:years?|months?)[- ](?:terms?|periods?))|\b(?:renewed|extended) (?:only )?(?:once|twice|one time|two times)\b")
_CAP = re.compile(r"\b(?:in no event|not|maximum|no more than|limited to|up to a (?:maximum|total)|shall never)\b[^.;]{0,60}\b(?:total|aggregate|exceed|combined|overall|beyond|more than|renewals?|extensions?)\b|\btotal (?:term|duration|period)\b[^.;]{0,50}(?:not exceed|maximum|limited)")
_ROLLING = re.compile(r"\b(?:each|every|any) (?:new |subsequent |further |accepted )?(?:purchase )?orders?\b[^.;]{0,60}\b(?:renew|extend|restart)s?\b[^.;]{0,40}\b(?:term|agreement|period)\b")
_MINIMUM = re.compile(r"\bminimum (?:annual |quarterly |monthly |purchase |order |aggregate |volume )*(?:quantit\w+|purchases?|commitments?|orders?|volumes?|amounts?)\b[^.;]{0,160}\b(?:(?:throughout|during|for) (?:each (?:year|quarter) (?:of|during) )?(?:the |this )?(?:entire |whole |full |initial )*(?:term|period)|each (?:contract |calendar )?(?:year|quarter))|\b(?:throughout|during) the (?:entire |whole )?term\b[^.;]{0,120}\bminimum (?:\w+ ){0,2}(?:quantit|purchase|commitment|volume)")
_PREVAIL = re.compile(r"\b(?:prevails?|control(?:s|ling)?|govern(?:s|ing)?|take(?:s)? precedence|precedence over|supersede[sd]?)\b")
_PREVAIL_WHERE = re.compile(r"\b(?:conflict|inconsisten\w+|discrepanc\w+|ambiguit\w+|contradict\w+|order of (?:precedence|priority)|over (?:the |any )?(?:annex|exhibit|schedule|appendi|attachment)\w*)\b")
_ANNEX = re.compile(r"\b(?:annex(?:es)?|exhibits?|schedules?|appendi(?:x|ces)|attachments?)\b")
_BODY = re.compile(r"\b(?:(?:main )?body|(?:terms|provisions) (?:and conditions )?of (?:this|the) agreement|this agreement|main text|the agreement|sections? of this agreement)\b")

_DATES_SOMETHING = re2.compile(r"date[\"”]|\b(?:effective|commencement|start|starting|expiration|expiry|end|termination|agreement|contract) date ?(?:of [a-z ]{4,20})?(?:[:\-–]|is\b|shall be\b|means\b)")
_DATES_PLACE = re.compile(r"[\"“]((?:[\w'/-]+ ){0,4}date)[\"”]")
_DATE_LABEL = re.compile(r"(?:^\W*(?:[\divx.()a-z]{1,5} )?|\W )(?P<name>(?:effective|commencement|start|starting|expiration|expiry|end|termination|agreement|contract|execution|signing) date)(?: of (?:this )?(?:agreement|contract))? ?(?:[:\-–]|is\b|shall be\b|means\b|(?=(?:january|february|march|april|may|june|july|august|september|october|november|december) \d))")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_LOOSE_DATE = re.compile(
    rf"\b(?P<d1>\d{{1,2}}) ?(?:s ?t|n ?d|r ?d|t ?h)?,? (?:(?P<x>day) (?:of )?)?(?P<m1>{_MONTH})\.?(?: day of)? ?,? ?(?:-+ )?(?P<y1>(?:19|20)\d\d)\b|\b(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}}) ?(?:s ?t|n ?d|r ?d|t ?h)? ?,? ?(?P<y2>(?:19|20)\d\d)\b"
)
_FILING = re.compile(r"(?:\b(?:10-?[kq]|8-?k|s-\d+|f-\d+|20-?f|6-?k|sb-2|10-12g|424b\d|10-kt|n-\d)\S*,? ?(?:filed )?|\bfiled(?: on)? |\bsource:? [^.;]{0,60}, ?|\bexpir\w+ (?:on )?|\bterminat\w+ (?:on )?|\b(?:through|until|to) )$")
_TITLED = re.compile(r"\b(?:agreement|contract|amendment)\W{0,4}$|(?:^|\W)date[d:]? ?$")
_MADE = re.compile(r"\b(?:made|entered|dated|executed|effective|concluded|agreement date|signed|as of|agreement is|by and between|this [^.;]{0,12}day of|between)\b")
_DAY_BLANK = re.compile(r"\b(?:as of|this|dated|on|made|effective(?: as of)?)(?: the| this| date| day)* ?(?:_+|\[ ?[^\]]{0,12}\])|_{2,} ?(?:day of|, ?(?:19|20))|\bday of ?[_\[,]|\[date\]|\bas of ?(?:, ?(?:19|20)|_)")


def _with_loose(text: str, dates: Sequence[DateMention]) -> list[DateMention]:
    """The dates, and those a scan or a filing has broken up: "15t h day of january 2018", "april 15 , 2010"."""
    found = [d for d in dates if d.date is not None]
    for m in _LOOSE_DATE.finditer(text):
        if any(d.start < m.end() and m.start() < d.end for d in found):
            continue
        month = _MONTHS.index((m["m1"] or m["m2"])[:3]) + 1
        try:
            found.append(DateMention(m.start(), m.end(), dt.date(int(m["y1"] or m["y2"]), month, int(m["d1"] or m["d2"]))))
        except ValueError:
            continue
    found += [d for d in dates if d.date is None and not any(x.start < d.end and d.start < x.end for x in found)]
    return sorted(found, key=lambda d: d.start)


def _ordinal(word: str) -> int | None:
    digits = re.match(r"\d{1,2}", word)
    if digits:
        return int(digits[0])
    return _ORDINALS.get(word)


# Plain substrings decide which of the readers below look at a sentence at all: cheaper than any pattern.
_LENGTHS = ("year", "month", "day", "week", "until", "perpetu", "indefinite", "evergreen", "open-ended", "commence", "expire", "anniversary", "valid", "effective", "duration", "terminous", "no fixed", "long as", "19", "20", "through", "term of the", "term set", "upon")
_LASTING = ("term", "commence", "begin", "start", "effective", "in force", "in effect", "full force", "remain", "continue", "expire", "valid", "period", "duration", "binding", "run", "last", "end", "extend", "appoint", "engage", "in operation")
_RENEWS = ("renew", "exten", "successive", "month-to-month", "month to month", "month-by-month", "year to year", "year-to-year", "prolong", "evergreen", "automatically", "indefinitely", "thereafter", "roll over", "rolls over", "rolled over")
_ENDS = ("terminat", "cancel", "discontinue", "withdraw", " end ", "end this")
_RIGHTS = ("may", "can ", "right", "option", "entitled", "power", "reserve", "elect", "free to", "able", "until", "unless")
_NOTICES = ("notice", "notif", "refus", "object")


def _any(words: tuple[str, ...], text: str) -> bool:
    return any(word in text for word in words)


_YEAR_FIGURES = re.compile(r"(?:19|20)\d\d|\d[/-]\d")


class EnglishPeriods:
    """See ``clausecheck.languages.periods.Periods``."""

    def may_speak(self, text: str) -> bool:
        return _MAY_SPEAK.search(text) is not None

    def heading(self, heading: str) -> bool:
        return _HEADING.match(heading) is not None

    def dates_something(self, text: str) -> bool:
        return _DATES_SOMETHING.search(text) is not None

    def common_start(self, name: str) -> bool:
        return re.search(r"\b(?:effective|commencement|start|starting|execution|signing|agreement|contract)(?: \w+)? ?date", name) is not None

    def read(self, sentence: str, find: Quantities, *, under_heading: bool, labels: Sequence[str]) -> list[Said]:
        reader = _Reader(sentence[:_MAX], find, under_heading, labels)
        return sorted(reader.all(), key=lambda s: (s.start, s.end, s.topic))

    def named_dates(self, sentence: str, dates: Sequence[DateMention]) -> dict[str, dt.date | str | None]:
        found: dict[str, dt.date | str | None] = {}
        dates = _with_loose(sentence, dates)
        label = next((m for m in _DATE_LABEL.finditer(sentence) if m.start() == 0 or sentence[m.end() - 1] == ":"), None)
        places = [(m[1], m.start(), m.end()) for m in _DATES_PLACE.finditer(sentence)]
        if label and not any(a <= label.start("name") <= b for _, a, b in places):
            places.insert(0, (label["name"], label.start("name"), label.end()))
        for name, start, end in places:
            after = sentence[end : end + 160]
            if re.match(r",? ?(?:shall |will )?(?:ha(?:s|ve)|is|be) (?:the )?(?:meaning|defin|set forth|as )|,? ?has the", after):
                continue
            defines = re.match(r"[ ,:]{0,3}(?:\([^)]{0,60}\) )?(?:shall |will )?(?:mean|means|is\b|be\b|:|-)", after) is not None or (label is not None and name == label["name"] and end == label.end())
            near = [d for d in dates if (end <= d.start <= end + 120 if defines else start - 140 <= d.start and d.end <= start)]
            value: dt.date | str | None
            scope = after[:140] if defines else sentence[max(0, start - 160) : start]
            this = list(_THIS_DATE.finditer(scope))
            if near:
                value = near[0].date if defines else near[-1].date
            elif this or _SIGNATURE.search(scope):
                value = "agreement date"
            elif _DAY_BLANK.search(scope) or _BLANK.search(scope):
                value = None
            else:
                value = "event"
            found.setdefault(name, value)
        return found

    def agreement_date(self, sentence: str, dates: Sequence[DateMention]) -> tuple[bool, dt.date | None]:
        for date in _with_loose(sentence, dates):
            before = sentence[max(0, date.start - 160) : date.start]
            if date.date is None or _FILING.search(before):
                continue
            if _MADE.search(before) or _TITLED.search(before) or not before.strip(" :,-"):
                return True, date.date
        if _MADE.search(sentence) and _DAY_BLANK.search(sentence):
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
        if not _YEAR_FIGURES.search(self.text):
            return []
        return [d for d in self._find.dates if d.end <= _MAX]

    @cached_property
    def roles(self) -> dict[Duration, str]:
        return {d: self._role(d) for d in self.durations}

    def all(self) -> list[Said]:
        text = self.text
        said: list[Said] = []
        if _any(_LENGTHS, text) and _any(_LASTING, text):
            said += self._term()
        renewal: list[Said] = []
        if _any(_RENEWS, text):
            renewal = self._renewal()
            said += renewal
        if renewal or _any(_NOTICES, text):
            said += self._refusal(bool(renewal) and renewal[0].form != "none", renewal)
        if _any(_ENDS, text) and _any(_RIGHTS, text):
            said += self._exits()
        said += self._others()
        return said

    def _term(self) -> list[Said]:
        """Start and end: of the first subject that leads to an end, else the start of the first subject."""
        said: list[Said] = []
        subjects = self._subjects()
        for subject in subjects:
            ends = self._end(*subject)
            if ends:
                said = ends + self._start(*subject)
                break
        else:
            if subjects:
                said = [x for x in self._start(*subjects[0]) if re.search(r"\b(?:commenc|begin|start|becom|effective|effect|force)\w*[^.;]{0,50}$", self.text[max(0, x.start - 60) : x.start])]
        if " date" in self.text or "contract end" in self.text:
            for date in self.dates:
                if date.date is not None and _END_LABEL.search(self.text[max(0, date.start - 40) : date.start]) and not any(s.topic is Topic.END for s in said):
                    said.append(Said(Topic.END, date.start, date.end, "date", date=date.date, strength=2))
        return said

    # -- roles
    def _role(self, d: Duration) -> str:
        """initial | renewal | notice | after_end | other: what a duration measures, from the words beside it."""
        before, after = self.text[max(0, d.start - 160) : d.start], self.text[d.end : d.end + 70]
        if _AFTER_END.match(after):
            return "after_end"
        if _NOTICE_AFTER.match(after) or _NOTICE_BEFORE.search(before[-60:]):
            return "notice"
        if _RENEWAL_AFTER.match(after) or (_RENEWAL_CLOSE.search(before) and not re.search(r"\binitial\b[^.;,]{0,30}$", before)):
            return "renewal"
        verb = None
        asides = [m.span() for m in _RENEWAL_ASIDE.finditer(before + ",")]
        for verb_ in _RENEWAL_VERB.finditer(before):
            if not any(a <= verb_.start() < b for a, b in asides):
                verb = verb_
        if re.match(r"^,? (?:thereafter|after(?:wards)?)\b", after) and re.search(r"\b(?:term|agreement|duration|period)\b[^.;]{0,30}\band (?:for |continuing for |continue for )(?:a period of |an additional )?\(?$", before):
            return "after_end"
        if _THEREAFTER.search(before) and any(x.start < d.start and not _NOTICE_AFTER.match(self.text[x.end : x.end + 70]) for x in self.durations):
            return "renewal"
        if re.search(r"\b(?:additional|further|successive|another)\b", self.text[d.start : d.end]):
            return "renewal"
        if verb is not None and not re.search(r";|\binitial (?:term|period)\b(?: \([^)]*\))? (?:of|is|shall be|will be)|\bcommenc\w+ on|\bshall (?:commence|be for|be effective)\b", before[verb.end() :]):
            return "renewal"
        if _INITIAL_BEFORE.search(before[-90:]):
            return "initial"
        return "other"

    # -- what the term is said of
    def _subjects(self) -> list[tuple[int, int, int]]:
        """(start, end, strength) of all words that may name this agreement's term, the surest kind first."""
        text = self.text
        found: list[tuple[int, int, int]] = []
        labeled = _LABELED.match(text)
        if labeled:
            found.append((labeled.start(), labeled.end(), 3))
        for m in _LABEL_INSIDE.finditer(text):
            if not _FOREIGN_TERM.search(text[max(0, m.start() - 40) : m.start()]):
                found.append((m.start(), m.end(), 3))
        for m in _TERM_OF.finditer(text):
            before = text[max(0, m.start() - 40) : m.start()]
            if not _FOREIGN_TERM.search(before) and not _DURING.search(before) and self._leads(m.end()):
                found.append((m.start(), m.end(), 3))
        for m in _AGREEMENT.finditer(text):
            bound = _PREPOSITION.search(text[max(0, m.start() - 20) : m.start()])
            if bound and (not _TAKES_EFFECT.match(text[m.end() : m.end() + 80]) or _FOREIGN_NEAR.search(text[max(0, m.start() - 120) : m.start()]) or re.match(r"^(?:this|the) (?:section|article|clause)", text)):
                continue
            if self._leads(m.end()):
                found.append((m.start(), m.end(), 3))
        for m in _SHORT_NAME.finditer(text):
            found.append((m.start(), m.end(), 2))
        for m in _THE_TERM.finditer(text):
            before = text[max(0, m.start("kind") - 40) : m.start("kind")]
            if _FOREIGN_TERM.search(before.rstrip('"“ ')) or _DURING.search(before):
                continue
            if re.match(r"\"? [\"“]", text[m.end() : m.end() + 4]):
                continue  # the term "X" means
            if text[m.end() : m.end() + 3].lstrip(' "').startswith(")") and self._role_left(m.start()):
                found.append((0, 0, 2))
            elif self._leads(m.end()):
                found.append((m.start(), m.end(), 3 if "initial" in m["kind"] else 2))
        if self.under and re.match(r"^\W*(?:[\divx.()a-z]{1,5} )?(?:for (?:a|an|the)|from|commencing|beginning|effective|until|this|the|\w+ years?)\b", text) and (self.durations or self.dates):
            found.append((0, 0, 1))
        return found

    def _leads(self, end: int) -> bool:
        """After the subject something follows that could be a length, a date or an end without either."""
        tail = self.text[end : end + 600]
        return re.search(
            r"\b(?:commenc\w*|begin\w*|start\w*|effective|effect|force|remain\w*|continu\w*|extend\w*|runs?|lasts?|expir\w*|terminat\w*|ends?|conclud\w*|means?|(?:is|are|be|:)(?: \w+){0,4} (?:for|valid|until|through|from|years?|months?|days?|perpetual|period|term)|has no|have a|has a|valid|binding|years?|months?|stay\w*|perpetual|indefinite)\b",
            tail,
        ) is not None  # fmt: skip

    def _role_left(self, start: int) -> bool:
        """A term defined in brackets after its length: "for five years (the "term")"."""
        return any(self.roles[d] == "initial" and start - 200 <= d.start < start for d in self.durations) or any(start - 160 <= d.start < start for d in self.dates)

    # -- start and end
    def _bars(self, low: int, high: int) -> bool:
        """Between subject and length something else takes over, or nothing says that it lasts."""
        if (low and not _LASTS.search(self.text[max(0, low - 40) : high])) or "surviv" in self.text[:high]:
            return True
        between = _UNLESS_ASIDE.sub(" ", self.text[low:high])
        return _MAY_END.search(between) is not None or _FOREIGN_NEAR.search(between[-160:]) is not None

    def _end(self, start: int, stop: int, strength: int) -> list[Said]:
        text = self.text
        targets: list[tuple[int, Said]] = []
        for d in self.durations:
            if d.start < stop or self._bars(stop, d.start):
                continue
            if self.roles[d] != "initial" or re.match(r"^ (?:of age|old)\b", text[d.end : d.end + 10]):
                continue
            marks = set()
            if d.value is None:
                marks.add("placeholder")
            if d.disagrees:
                marks.add("disagrees")
            if re.search(r"\b(?:earlier|earliest)\b[^.;]{0,60}$", text[stop : d.start]):
                marks.add("earlier_of")
            if re.search(r"\b(?:later|latest|longer)\b[^.;]{0,60}$", text[stop : d.start]) or re.search(r"at least (?:a |an )?(?:period of |term of )?$", text[stop : d.start]):
                marks.add("later_of")
            targets.append((d.start, Said(Topic.END, d.start, d.end, "blank" if d.value is None else "duration", duration=d, months=d.months, days=d.days, strength=strength, marks=frozenset(marks))))
        for m in _ANNIVERSARY.finditer(text, stop):
            n = _ordinal(m["n"])
            if n and _OTHER_EVENT.match(text[m.end() : m.end() + 90]):
                targets.append((m.start(), Said(Topic.END, m.start(), m.end(), "event", strength=strength)))
            elif n and not self._bars(stop, m.start()) and re.search(rf"(?:until|through|to|on|end\w*|expir\w*|terminat\w*|of|upon|by|at){_LINK}{_ASIDE} ?$", text[max(0, m.start() - 60) : m.start()]):
                targets.append((m.start(), Said(Topic.END, m.start(), m.end(), "duration", months=12.0 * n, strength=strength)))
        for date in self.dates:
            if date.start < stop or self._bars(stop, date.start):
                continue
            if _END_DATE_BEFORE.search(text[max(0, date.start - 80) : date.start]):
                targets.append((date.start, Said(Topic.END, date.start, date.end, "date" if date.date else "blank", date=date.date, strength=strength, marks=frozenset() if date.date else frozenset({"placeholder"}))))
        if not targets:
            targets += self._loose_end(stop, strength)
        targets.sort(key=lambda t: t[0])
        return [said for _, said in targets[:3]]

    def _loose_end(self, stop: int, strength: int) -> list[tuple[int, Said]]:
        """An end that is no length and no date: a blank, a term elsewhere, an event, or none."""
        text = self.text
        for m in _BLANK.finditer(text, stop):
            if _BLANK_BEFORE.search(text[max(stop, m.start() - 40) : m.start()] or ":") and not self._bars(stop, m.start()):
                return [(m.start(), Said(Topic.END, m.start(), m.end(), "blank", strength=strength, marks=frozenset({"placeholder"})))]
        if re.search(r"\b(?:for|throughout|during) (?:the )?(?:duration of |entire |whole )*(?:the |such )?(?:initial |contract |agreement )?(?:term|period)\b(?! of (?:\w+ ){0,3}?(?:\(|\d|years|months)| of (?:the|that|such|its|each|any) (?!agreement\b|contract\b))", text[stop:]):
            return []
        external = _EXTERNAL.search(text, stop)
        if external and not self._bars(stop, external.start()) and not re.search(r"(?:of (?:the|this) (?:agreement|contract)|its \w+ to \w+ this agreement)$", external[0]):
            return [(external.start(), Said(Topic.END, external.start(), external.end(), "external", strength=strength))]
        vague = _VAGUE.search(text, stop)
        if vague:
            return [(vague.start(), Said(Topic.END, vague.start(), vague.end(), "vague", strength=strength))]
        named = next((m for m in _NAMED.finditer(text, stop) if re.search(r"(?:until|through|on|to|expires?|terminates?|ends?)(?: (?:on|the|at|upon))* ?$", text[max(stop, m.start() - 30) : m.start()]) and re.search(r"expir|terminat|end|completion", m["name"])), None)
        if named:
            return [(named.start(), Said(Topic.END, named.start(), named.end(), "named", name=named["name"], strength=strength))]
        indefinite = _INDEFINITE.search(text, stop)
        until = next((m for m in _UNTIL.finditer(text, stop) if self._is_event(m)), None)
        verb = re.search(r"\b(?:remain|continu|effective|effect|force|expire|terminate|end|valid|perpetual|indefinite|in force|runs?|lasts?|extend|no fixed|evergreen|stays?)", text[stop:])
        if indefinite and verb and not _MAY_END.search(text[stop : indefinite.start()]) and (until is None or indefinite.start() <= until.start()):
            return [(indefinite.start(), Said(Topic.END, indefinite.start(), indefinite.end(), "indefinite", strength=strength - indefinite[0].startswith("unless")))]
        if until and verb and re.search(r"\b(?:until|through|till|duration|long as)\b|(?:expire|terminate|end)\w*[^.;]{0,40}\b(?:upon|on|of)\b", text[stop : until.start() + 12]) and not self._bars(stop, until.start()):
            return [(until.start(), Said(Topic.END, until.start(), until.end(), "event", strength=strength))]
        return []

    def _is_event(self, m: re.Match[str]) -> bool:
        """What follows "until", or "ends on", is an event and not the agreement's own termination."""
        if not _EVENT.search(m["what"]) or re.match(r"(?:it is |this agreement is |either |such time as |a party |it )*(?:earlier |sooner )*(?:terminat|cancel)", m["what"]):
            return False
        if re.match(r"(?:on|upon)\b", m[0]):
            return re.search(r"(?:expire|terminate|end|conclude|lapse)s?(?: automatically)? $", self.text[max(0, m.start() - 30) : m.start()]) is not None
        return True

    def _start(self, start: int, stop: int, strength: int) -> list[Said]:
        """Where the term begins; a start that the length itself counts from ("five years from ...") is marked anchor."""
        text, said = self.text, []
        if re.match(r"\W*(?:effective|commencing|beginning|starting|from|with effect)\b", text):
            stop = 0
        ends = [d.end for d in self.durations if self.roles[d] == "initial" and d.start >= stop] + [m.end() for m in _ANNIVERSARY.finditer(text, stop)]

        def add(at: int, end: int, form: str, **more: object) -> None:
            gap = [text[e:at] for e in ends if e <= at <= e + 90]
            anchor = any(re.match(r"^\)?(?: \([^)]*\))?,? ?(?:period |term )?,?(?:commencing |beginning |starting |effective )?(?:from|after|following|of|on|as of)(?: (?:and after|the|upon|on|date of|\w+ day of))* ?$", g) for g in gap)
            said.append(Said(Topic.START, at, end, form, strength=strength, marks=frozenset({"anchor"} if anchor else ()), **more))  # type: ignore[arg-type]

        for date in self.dates:
            if date.start >= stop and _START_DATE_BEFORE.search(text[max(0, date.start - 80) : date.start]) and not _END_DATE_BEFORE.search(text[max(0, date.start - 40) : date.start]):
                add(date.start, date.end, "date" if date.date else "blank", date=date.date)
        for pattern, form in ((_THIS_DATE, "named"), (_SIGNATURE, "signature"), (_NAMED, "named")):
            for m in pattern.finditer(text, stop):
                if _AT_START.search(text[max(0, m.start() - 40) : m.start()]) or (pattern is _SIGNATURE and re.search(r"\b(?:upon|from|when|after|effective|commenc\w*)\b[^.;]{0,50}$", text[stop : m.end()])):
                    name = "agreement date" if pattern is _THIS_DATE else m["name"] if pattern is _NAMED else ""
                    if pattern is _NAMED and (re.search(r"expir|terminat|\bend\b", name) or any(s.start <= m.start() < s.end for s in said)):
                        continue
                    add(m.start(), m.end(), form, name=name)
        for e in ends:
            other = re.match(r"^\)?(?: ?\([^)]*\))?,? (?:from and after|commencing (?:on|upon|from)|beginning (?:on|upon|with)|after|from|following) (?:the )?(?P<what>[^.,;()]{3,90})", text[e : e + 130])
            if other and not any("anchor" in x.marks and x.start >= e for x in said) and not _OWN_DATE.search(other["what"]):
                said.append(Said(Topic.START, e + other.start("what"), e + other.end("what"), "event", strength=strength, marks=frozenset({"anchor"})))
        if not said:
            event = re.search(r"\b(?:commenc\w*|begin\w*|start\w*|effective|effect|force)(?: (?:on|upon|from|with|as of|when|after))+ (?!the effective)(?P<what>[^.;,]{4,80})", text[stop:])
            if event and not _BLANK.search(event["what"]):
                add(stop + event.start("what"), stop + event.end("what"), "event")
            elif event or re.search(r"\b(?:from|on|effective|commencing) (?:the )?_{2,}", text[stop:]):
                at = stop + (event.start() if event else 0)
                add(at, at, "blank")
        return said

    # -- renewal
    def _renewal(self) -> list[Said]:
        text = self.text
        words = [m for m in _RENEW_WORD.finditer(text) if not _RENEW_FOREIGN.search(text[max(0, m.start() - 60) : m.start()])]
        if not words:
            return []
        if not any(self._renews_this(w) for w in words) or (not re.search(r"\brenew|month[- ]to|year[- ]to|\bautomatic", text) and any(_DELAY.search(text[w.start() : w.end() + 120]) for w in words)):
            return []
        words = [w for w in words if self._renews_this(w)]
        first = words[0].start()
        lengths = [d for d in self.durations if self.roles[d] == "renewal"]
        none = _NO_RENEWAL.search(text)
        if none and not _UNLESS_TAIL.search(text[: none.start()]) and not re.search(r"\b(?:may|option|automatically|right to)\b[^.;]{0,30}$", text[: none.start()]) and not lengths:
            return [Said(Topic.RENEWAL, none.start(), none.end(), "none")]
        form, place = self._renewal_form(first)
        if not form:
            return []
        months: float | None = None
        marks: set[str] = set()
        duration = None
        yearly = _WORD_YEAR.search(text)
        if lengths and not (yearly and re.search(r"\b(?:up to|maximum of) ?\(?$", text[max(0, lengths[0].start - 14) : lengths[0].start])):
            duration = lengths[0]
            months = duration.months
            if duration.value is None:
                marks.add("placeholder")
        elif yearly or re.search(r"\b(?:renew|exten)\w*[^.;]{0,30}\b(?:each year|every year|annually|yearly|year by year|for (?:a|another) year)\b|\bannual(?:ly)? renew|\byearly renew", text):
            months = 12.0
        elif _WORD_MONTH.search(text):
            months = 1.0
        elif re.search(r"\b(?:same|like|equal|identical|similar|equivalent) (?:\w+ )?(?:period|term|duration|length)s?\b(?<!same terms)|\bequal (?:in (?:length|duration) )?to the (?:initial|original|previous|prior|then)", text):
            marks.add("same_length")
        elif _BLANK.search(text[first:]):
            marks.add("placeholder")
        said = [Said(Topic.RENEWAL, place.start(), place.end(), form, duration=duration, months=months, strength=3 if self.under or re.search(rf"\b(?:{_AGR}|term)\b", text) else 1, marks=frozenset(marks), holder=self._holder(place.start()) if form == "option" else "mutual")]
        cap = _COUNTED.search(text) or _CAP.search(text)
        if cap is None and form != "auto":
            cap = re.search(r"\b(?:for|of) (?:an|one|a single) (?:additional|further|extra) (?:term |period )?(?:of )?[^.;,]{0,24}\b(?:year|month)s?\b(?: term| period)?(?!s)", text)
        if cap and form in ("auto", "option", "agreement"):
            total = next((d for d in self.durations if cap.start() <= d.start <= cap.end() + 40 and self.roles[d] != "renewal"), None)
            said.append(Said(Topic.CAP, cap.start(), cap.end(), "total" if total and _CAP.search(text) else "count", months=total.months if total else None))
        return said

    def _renews_this(self, word: re.Match[str]) -> bool:
        """The word renews or extends this agreement or its term: said beside it, or by the clause's heading."""
        if re.match(r"evergreen$", word[0]) and not self.under:
            return False
        if re.search(r"thereafter$|^indefinite|^automatically|indefinitely", word[0]) and not any(d.start < word.start() for d in self.durations) and not re.search(r"\binitial|\d{4}|\bexpir", self.text[: word.start()]):
            return False
        if re.match(r"extends?$", word[0]) and re.match(r"^ (?:to (?!(?:january|february|march|april|may|june|july|august|september|october|november|december)\b)|upon|its|over|only|throughout|best|credit|beyond)", self.text[word.end() : word.end() + 20]):
            return False
        if re.match(r"(?:renewals?|extensions?|successive|non-?renew\w*)$", word[0]):
            near = self.text[max(0, word.start() - 70) : word.end() + 70]
            if not (_AUTO.search(near) or re.search(r"\boptions?\b|\bright|\bmutual|\bno \b|\bnot\b|\bsubject to\b|\brenewed|\bextended|\bagree", near)):
                return False
        before, after = self.text[max(0, word.start() - 130) : word.start()], self.text[word.end() : word.end() + 70]
        if _RENEW_BEFORE.search(before) or _RENEW_AFTER_WORD.match(after):
            return True
        return self.under and (bool(self.durations) or re.search(r"\bautomatic", self.text) is not None)

    def _renewal_form(self, first: int) -> tuple[str, re.Match[str]]:
        text = self.text
        word = _RENEW_WORD.search(text, first)
        assert word is not None
        if re.search(r"indefinitely (?:after that|thereafter)", text):
            return "auto", word
        for auto in _AUTO.finditer(text):
            if not (auto[0].startswith("automatic") and re.search(r"\b(?:no|not|any|without|non)[- ]$", text[max(0, auto.start() - 9) : auto.start()])):
                return "auto", auto
        for pattern in (_AUTO_UNLESS, _BARE_UNLESS, _UNLESS_AUTO, _YEARLY):
            m = pattern.search(text)
            if m and not re.search(r"\bmay\b|\boption\b|\bmutual", m[0][:60]) and re.search(r"renew|exten|additional|successive|year[- ]to|month[- ]to|further|same|thereafter|prolong", m[0]):
                if re.search(r"\b(?:unless|until)(?: \w+){0,3}? (?:sooner|earlier)", m[0]) and not re.search(r"renew\w*|successive|additional", m[0][:120]):
                    continue
                return "auto", m
        agreed, option, plain = _AGREED.search(text, max(0, first - 160)), _OPTION.search(text, max(0, first - 120)), _AUTO_PLAIN.search(text)
        if re.match(r"(?:renew(?:al)?s?|extension)$", word[0]) and not (agreed or option or plain):
            return "", word
        if re.search(r"\b(?:unless|until|or|if)(?: \w+){0,5}? $", text[max(0, first - 60) : first]) and not agreed:
            return "", word
        if option and re.search(r"\boptions?\b|\brights? to\b|\bat its\b|\bentitled\b|\belect", text) and not re.search(r"\bmutual|\bboth parties|\bwritten agreement", text):
            return "option", option
        if agreed:
            return "agreement", agreed
        if plain:
            return "auto", plain
        if option and re.search(r"\bmay\b(?! be)[^.;]{0,60}\b(?:renew|exten)", text):
            return "option", option
        if option and re.search(r"\b(?:may|can)(?: \w+)? be (?:renewed|extended)|\brenewable\b|\bextendable\b", text):
            return "agreement", option
        return "", word

    def _refusal(self, renewing: bool, renewal: Sequence[Said]) -> list[Said]:
        text = self.text
        auto = any(s.form == "auto" for s in renewal)
        refuse = _REFUSE.search(text)
        context = auto or (refuse is not None and re.search(r"\brenew|\bexten", text) is not None)
        if not context:
            return self._tentative()
        notices = [d for d in self.durations if self.roles[d] == "notice"]
        tied = [d for d in notices if _AT_EXPIRY.search(text[d.end : d.end + 110]) or _REFUSE.search(text[max(0, d.start - 160) : d.end + 160]) or _UNLESS_NOTICE.search(text[: d.start + 90])]
        unless = _UNLESS_NOTICE.search(text) or refuse
        if not tied:
            if unless is None or not (auto and re.search(r"\bunless\b|\brefus|\bobject|\bnotice|\bnotif", text)) or re.search(r"\bunless (?:sooner |earlier |otherwise |it is )*(?:terminated|cancell?ed)\b(?![^.;]{0,60}notice)", text[unless.start() : unless.start() + 60]):
                return []
            marks = {"placeholder"} if _BLANK.search(text[unless.start() :]) else {"no_deadline"}
            return [Said(Topic.REFUSAL, unless.start(), unless.end(), holder=self._holder(unless.end()), marks=frozenset(marks))]
        d = min(tied, key=lambda x: (x.value is None, not _AT_EXPIRY.search(text[x.end : x.end + 60]), x.start))
        marks = set()
        window = None
        if d.value is None:
            marks.add("placeholder")
        others = [x for x in tied if x is not d and x.days is not None and re.search(r"(?:more|earlier|sooner) than(?: \w+)? ?$", text[max(0, x.start - 24) : x.start])]
        if re.search(r"(?:more|earlier|sooner) than(?: \w+)? ?$", text[max(0, d.start - 24) : d.start]) and not re.search(r"\bno(?:t)? later than ?$", text[max(0, d.start - 24) : d.start]):
            lesser = [x for x in tied if x is not d]
            if lesser:
                others, d = [d], lesser[0]
        if others and others[0].days is not None and d.days is not None:
            window = abs(others[0].days - d.days)
        elif re.search(r"\bwithin (?:the )?(?:last |final )?\(?$", text[max(0, d.start - 24) : d.start]) and d.days is not None:
            window = d.days
        if re.search(r"\b(?:for|upon|on) (?:reasonable|just|good|due) (?:grounds?|cause|reasons?)\b", text):
            marks.add("needs_reason")
        if re.search(r"\b(?:consent|agreement) of the other\b", text):
            marks.add("consent")
        return [Said(Topic.REFUSAL, d.start, d.end, duration=d, days=d.days, holder=self._holder(unless.end() if unless else d.start), marks=frozenset(marks), window_days=window)]

    def _tentative(self) -> list[Said]:
        """A notice tied to the end of the term in a sentence that does not speak of renewal: "such notice must be given 90 days before expiry"."""
        text = self.text
        if not re.search(r"\bnotices?\b|\bnotif", text) or re.search(r"\bcure|\bbreach|\bdefault|\binsolv", text):
            return []
        if _RENEW_WORD.search(text) and re.search(r"\boption\b|\bmay\b[^.;]{0,40}\b(?:renew|exten)", text):
            return []
        for d in self.durations:
            if self.roles[d] == "notice" and d.days is not None and _TERM_END.search(text[max(0, d.start - 160) : d.end + 120]):
                return [Said(Topic.REFUSAL, d.start, d.end, duration=d, days=d.days, holder=self._holder(d.start), strength=1)]
        return []

    def _holder(self, at: int) -> str:
        """Who acts near ``at``: "mutual", a label, or "" when nobody is named. The words before come first."""
        window = self.text[max(0, at - 170) : at + 60]
        best: tuple[int, str] = (-1, "")
        cut = min(at, 170)
        for m in _MUTUAL.finditer(window):
            if m.start() <= cut + 45 and m.start() > best[0] and not m[0].startswith(("other party", "the parties", "parties")):
                best = (m.start(), "mutual")
        for label in self.labels:
            for m in re.finditer(rf"(?<!to )(?<!to the )\b{re.escape(label)}\b", window):
                if m.start() > best[0] and m.start() <= cut + 45:
                    best = (m.start(), label)
        if not best[1] and _MUTUAL.search(window):
            return "mutual"
        return best[1]

    # -- exits
    def _exits(self) -> list[Said]:
        text, found = self.text, []
        for m in _CAN_END.finditer(text):
            found.append((m, m.start("verb"), m.end("verb"), self._who_before(m.start()), False))
        for m in _BE_ENDED.finditer(text):
            by = _BY_WHOM.search(text, m.end())
            who = self._who(by["who"]) if by and by.start() - m.end() < 120 else ""
            until = re.search(r"\b(?:until|unless)\b[^.;]{0,60}$", text[: m.end("verb")]) is not None
            if m[0].startswith(("is", "be", "shall")) and not until and "able" not in m["verb"]:
                continue
            if until and not re.search(r"^(?: earlier)?[^.;]{0,80}\bnotice\b", text[m.end() :]):
                continue
            found.append((m, m.start("verb"), m.end("verb"), who, True))
        for m in re.finditer(r"\b(?:until|unless) (?:\w+ ){0,3}?(?P<verb>terminated|cancell?ed) by (?P<who>[^,;.]{2,60})", text):
            if not any(f[1] == m.start("verb") for f in found) and re.search(r"\bnotice\b", text[m.start("who") : m.end() + 90]):
                found.append((m, m.start("verb"), m.end("verb"), self._who(m["who"]), True))
        for m in re.finditer(r"\buntil (?P<who>(?:either|any|one|a) party|\w+) (?:terminates|cancels|gives|informs|notifies|serves)\b", text):
            found.append((m, m.start("who"), m.end(), self._who(m["who"]), True))
        said = []
        for m, start, end, who, passive in found:
            rest = text[end : end + 320]
            cut = re.search(r";|\bprovided\b|\bexcept\b", rest)
            rest = rest[: cut.start()] if cut else rest
            if _NOT_AGREEMENT.match(rest) and not re.search(rf"^[^.;]{{0,60}}\b{_AGR}\b", rest):
                continue
            lead_from = max(text.rfind(";", 0, m.start()), text.rfind(" provided", 0, m.start()), max((x.start() for x in _LIST_MARK.finditer(text, 0, m.start())), default=0), m.start() - 600, 0)
            lead = text[lead_from : m.start()]
            if not (re.search(rf"\b(?:{_AGR}|term|appointment)\b|\bsame\b|\bhereunder\b", rest[:160]) or passive and re.search(rf"\b{_AGR}\b|\bit\b|\bterm\b", lead) or self.under):
                continue
            said.append(self._exit(start, end, rest, lead, who))
        return [s for s in said if s is not None]

    def _exit(self, start: int, end: int, rest: str, lead: str, who: str) -> Said | None:
        text = self.text
        notice = next((d for d in self.durations if end <= d.start < end + len(rest) and self.roles[d] == "notice"), None)
        if notice is None:
            notice = next((d for d in self.durations if start - 170 <= d.start < start and self.roles[d] == "notice" and re.search(r"\bupon|\bon\b|\bby\b|\bgiving", text[max(0, d.start - 40) : d.start])), None)
        free = _CONVENIENCE.search(rest) or _CONVENIENCE.search(text[max(0, start - 60) : start])
        ground = _CONDITION.search(rest) or _LEAD_CONDITION.search(lead)
        if free and ground and re.search(r"any reason|convenience|without cause|no reason|with or without|at will|no cause", free[0]) and not re.search(r"\bif\b|\bin the event\b|\bunless\b", rest[: max(0, rest.find(free[0]))]):
            later = _CONDITION.search(rest[: rest.find(free[0]) + 120] if free[0] in rest else "")
            if later is None or re.match(r"pursuant|in accordance|provided|with respect|as |subject|material|for cause|breach|default", later[0]):
                ground = None
        if ground:
            if _CHANGE.search(lead + rest):
                return Said(Topic.CHANGE_EXIT, start, end, holder=who)
            return Said(Topic.BREACH_EXIT, start, end, holder=who)
        if notice is None and free is None:
            blank = _BLANK.search(rest)
            if not (blank and re.search(r"\bnotice\b", rest)):
                return None
        marks = set()
        if _FEE.search(rest) or _FEE.search(lead[-80:]):
            marks.add("fee")
        if (notice is not None and notice.value is None) or (notice is None and _BLANK.search(rest[:160])):
            marks.add("placeholder")
        if re.search(r"\bconsent\b|\bmutual(?:ly)?\b|\bboth parties\b|\bagreement of\b", rest[:120] + lead[-60:]):
            marks.add("consent")
        days = notice.days if notice is not None else (None if "placeholder" in marks else 0.0)
        after = None
        for d in self.durations:
            if d is not notice and start - 200 <= d.start <= end + len(rest) and _AFTER_TIME.search(text[max(0, d.start - 70) : d.start]):
                after = d.months
        for a in _ANNIVERSARY.finditer(text, max(0, start - 200), end + len(rest)):
            n = _ordinal(a["n"])
            if n and _AFTER_TIME.search(text[max(0, a.start() - 70) : a.start()]):
                after = 12.0 * n
        first_year = re.search(r"\bafter (?:the )?(?:(?P<i>initial term|initial period)|(?P<o>\w+) (?:contract )?year)\b", rest + lead)
        if first_year and after is None:
            after = 12.0 * (_ORDINALS.get(first_year["o"], 1)) if first_year["o"] else -1.0
        return Said(Topic.EXIT, start, end, duration=notice, days=days, holder=who, marks=frozenset(marks), after_months=after)

    def _who_before(self, at: int) -> str:
        return self._who(self.text[max(0, at - 90) : at], last=True)

    def _who(self, words: str, *, last: bool = False) -> str:
        hits = [(m.start(), "mutual") for m in _MUTUAL.finditer(words)]
        hits += [(m.start(), label) for label in self.labels for m in re.finditer(rf"\b{re.escape(label)}\b", words)]
        if last and re.search(r"(?:^|[\s,;])[\w.'-]+,? (?:or|and|and/or) (?:the )?[\w.'-]+ ?(?:each|both)? ?$", words) and not re.search(r"\b(?:notice|and|or) (?:this|it|that|such)\b", words[-40:]):
            return "mutual"
        if not hits:
            return ""
        hits.sort()
        if not last and len({h[1] for h in hits[:2]}) == 2 and re.search(r"\bor\b|\band\b", words):
            return "mutual"
        if last and re.search(rf"(?:^|[\s,;])[\w.'-]+,? (?:or|and|and/or) (?:the )?{re.escape(hits[-1][1])} ?(?:each|both)? ?$", words):
            return "mutual"
        if last and len(hits) > 1 and hits[-1][1] != hits[-2][1] and re.search(r"\b(?:or|and)\b", words[hits[-2][0] : hits[-1][0]]) and hits[-1][0] - hits[-2][0] < 40:
            return "mutual"
        return hits[-1][1] if last else hits[0][1]

    # -- the rest
    def _others(self) -> list[Said]:
        text, said = self.text, []
        ending = _ENDING.search(text) if "expir" in text or " end" in text or "terminat" in text or "lapse" in text or "surviv" in text else None
        if ending and _MODAL.search(text) and (self.under or re.search(rf"\b(?:{_AGR}|term)\b", text)):
            said.append(Said(Topic.ENDING, ending.start(), ending.end()))
        act = _REVIEW_ACT.search(text) if "review" in text or "negotiat" in text or "revisit" in text or "reopen" in text or "evaluat" in text else None
        when = _REVIEW.search(text) if act else None
        if when and act and abs(when.start() - act.start()) < 220 and _REVIEW_OBJECT.search(text) and re.search(r"\b(?:shall|will|agree|must|meet)\b", text) and not re.search(r"\b(?:audit|inspect\w*|invoices?|books|records|forecasts?|confidential\w*|unenforceab\w*|invalid\w*|publicity|press|releases?|announcements?|publication|copies|complian\w+ with)\b", text):
            interval = next((d.months for d in self.durations if re.search(r"\bevery ?$", text[max(0, d.start - 8) : d.start])), None)
            if interval is None:
                interval = 3.0 if "quarter" in when[0] else 6.0 if when[0].startswith("semi") else 12.0 if re.match(r"annual|yearly|each|every|once|anniv", when[0]) else None
            said.append(Said(Topic.REVIEW, min(when.start(), act.start()), max(when.end(), act.end()), months=interval, marks=frozenset() if interval else frozenset({"no_interval"})))
        orders = _ORDERS.search(text) if "terminat" in text or "expir" in text or "renew" in text or "end of" in text else None
        expiry = _EXPIRY.search(text) if orders else None
        finish = expiry or (_TERMINATION.search(text) if orders else None)
        if orders and finish and _ORDERS_ACT.search(text) and abs(orders.start() - finish.start()) < 300 and not _CAN_END.search(text):
            said.append(Said(Topic.ORDERS, min(orders.start(), finish.start()), max(orders.end(), finish.end()), "full" if expiry and "inventor" not in orders[0] else "partial"))
        cap = _CAP.search(text) if "renew" in text or "exten" in text else None
        if cap:
            said.append(Said(Topic.CAP, cap.start(), cap.end(), "count"))
        rolling = _ROLLING.search(text) if "order" in text else None
        if rolling:
            said.append(Said(Topic.ROLLING, rolling.start(), rolling.end()))
        minimum = _MINIMUM.search(text) if "minimum" in text else None
        if minimum:
            said.append(Said(Topic.MINIMUM, minimum.start(), minimum.end()))
        prevail = _PREVAIL.search(text) if "prevail" in text or "control" in text or "preced" in text or "govern" in text else None
        if prevail and (_PREVAIL_WHERE.search(text) or (_ANNEX.search(text) and re.search(r"\bover\b|\bprevail", text))):
            head = text[: prevail.start()]
            last_annex = max((m.start() for m in _ANNEX.finditer(head)), default=-1)
            last_body = max((m.start() for m in _BODY.finditer(head)), default=-1)
            said.append(Said(Topic.PRECEDENCE, prevail.start(), prevail.end(), "" if last_annex == last_body else "annex" if last_annex > last_body else "body"))
        return said


ENGLISH_PERIODS = EnglishPeriods()

