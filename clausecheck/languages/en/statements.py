"""English sentences as statements: who shall, may or need not do what; and what a sentence is for.

Works on folded text (lower case, single blanks, American spelling).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from clausecheck.languages.base import Modality, Passage, Statement

# Each word is first held against what a modal can begin with: half of the time.
_MODAL = re.compile(
    r"""\b(?=(?:shall|will|must|may|to\ |agree|undertak|endeavor|strive|tr(?:y|ies)\b|seek|aim|and\ |it\ |use|make|exert|appl|exercise|employ|should
        |is\ |are\ |intend|expect|encourag|urge|invite|ha(?:ve|s|d|ving)\ |retain|reserve|with\ |be\ |being\ |can(?:not)?\b|at\ |right|option|entitl|do(?:es)?\ |hereby|covenant
        |warrant|represent|certif|pledge|commit|promise|guarantee|acknowledge)|\ (?:endeavor|strive|tr(?:y|ies)\b|seek|aim|use|make|exert|appl|exercise|employ))(?:
      (?P<soft>(?:shall|will|must|may|to|agrees?\ to|undertakes?\ to)?\ ?(?:endeavors?|strives?|tries|try|seeks?|aims?)\ (?:not\ )?to\b
        |(?:shall|will|must|to|and|it)?\ ?(?:use|make|exert|apply|exercise|employ)s?\ (?:all\ |its\ |their\ |his\ |any\ |commercially\ |reasonabl[ey]\ |best\ |diligent\ |good\ faith\ |and\ |such\ |every\ |due\ |own\ )*(?:efforts?|endeavors?)
        |(?<=[a-z')]\ )should\b|(?:is|are)\ encouraged\ to|intends?\ to|(?:expects?|encourages?|urges?|invites?)(?:\ [a-z]+){0,3}?\ to\b|(?:shall|will)\ (?:discuss|consider|cooperate|confer|consult)\b)
      |(?P<right>(?:shall\ |will\ )?(?:have|has|had|having|retains?|reserves?|with)\ (?:the|a|an|any|no|its|full|sole|absolute|such)\ (?:[a-z-]+\ ){0,3}(?:right|rights|option|power|authority|privilege|discretion|opportunity)s?\b
        |(?:is|are|be|shall\ be|will\ be|being)\ (?:also\ |further\ |hereby\ )?(?:entitled|authorized|permitted|free|allowed|at\ liberty)(?:,\ [^,;.]{2,50},|,?\ (?:once|twice|at|on|upon|during|from|not\ more|no\ more)\b[^;.]{2,110}?,)?\ to\b|may\b|can(?:not)?\b|at\ (?:its|their|the)\ (?:sole\ |own\ |absolute\ )*(?:option|discretion)
        |(?:(?:right|option)\ (?:of\ [a-z ]{2,40}?\ )?to\b)
        |(?:(?:shall|will|may|do|does)\ (?:not\ )?(?:thereby\ |also\ )?)?entitl(?:e|es|ing)\ (?P<entitled>(?:the\ |either\ |each\ |any\ )?[a-z]+(?:\ [a-z-]+)?)\ to\b)
      |(?P<duty>shall\b|must\b|will\b|(?:hereby\ )?(?:agrees?|undertakes?|covenants?|warrants?|represents?|certif(?:y|ies)|pledges?|commits?(?=\ (?:to|itself|themselves|that)\b)|promises?|guarantees?|acknowledges?)\b(?:\ (?:and|to|that)\b)?
        |(?:is|are|be)\ (?:obligated|obliged|required|responsible|bound)\b|(?:has|have)\ (?:a|the|an)\ (?:duty|obligation)\b|(?:has|have|had)\ to\b)
    )""",
    re.X,
)
_NEGATIVE_AFTER = re.compile(r"^:? (?:\([a-z0-9]{1,4}\) )?(?:not\b|never\b|neither\b|no longer\b|in no (?:event|case|way)\b|under no circumstances\b|at no time\b)")
_ITEM_NOT = re.compile(r"^:? \([a-z0-9]{1,4}\) (?:not|never)\b")
_NEXT_ITEM = re.compile(r"[;,] (?:and |or )?\((?!a\)|i\)|1\))[a-z0-9]{1,4}\) ")
_ITEM_DENIED = re.compile(r"[;,] (?:and |or )?\([a-z0-9]{1,4}\) (?:not|never) (?:(?!\([a-z0-9]{1,4}\) )[^;:.]){0,120}$")
# "shall make no change in the materials", "shall employ no subcontractor": the denial stands before the object.
_NO_MATTER = r"(?!(?:later|less|more|fewer|longer|sooner|earlier|greater|doubt|event|case|way|other)\b)"
_NO_OBJECT = re.compile(rf"\b(?:make|effect|undertake|carry out|perform|permit|allow|introduce|implement|employ|engage|use|appoint|grant|give) no {_NO_MATTER}(?:[a-z-]+,? (?:or |and )?){{0,3}}$")
_NO_OBJECT_AFTER = re.compile(rf" no {_NO_MATTER}[a-z]")
_NEGATIVE_INSIDE = re.compile(r"\b(?:not|no|never|neither|nor|cannot)\b")
_NEGATIVE_SUBJECT = re.compile(
    r"(?:\bneither (?:party|of the parties|of us|of them|[a-z-]+(?: [a-z-]+)?|[a-z]+ nor [a-z]+|[a-z]+,? nor (?:(?:any|its|their|the|of|such|other|or|and|respective|affiliates?|subsidiar(?:y|ies)|officers?|directors?|employees?|agents?|representatives?|personnel|(?:sub-?)?contractors?|persons?|shareholders?|members?|parent),? ){1,12})|\bno party|\bnor|\bin no event|\bunder no circumstances|\bnothing (?:in|contained|herein)[^.;,]{0,60}|\bnone of the parties)\W*(?:hereto |hereunder |of them )?$"
)
# "neither the franchisee nor any member of its family shall": the denial stands at the head; "nor will it permit its affiliates to".
_NEITHER = re.compile(r"\b(?:neither\b[^.;:]{2,200}\bnor\b(?:(?!\b(?:shall|will|may|must|can)\b|, and (?:either|each|both)\b|\b(?:is|are|has|have)\b[^.;:]{1,160}, and (?:the )?[a-z]+ $)[^.;:]){1,200}(?<! and)(?<! but)(?<! or) |nor,? )$")
# What lies between a modal and its act: "shall cause its affiliates not to", "shall refrain from", "is prohibited from".
_HELD_BACK = re.compile(
    r"\b(?:not to(?! (?:be unreasonably|exceed)\b)|to not|never to|(?:refrain(?:s|ed)?|abstain(?:s|ed)?|desist|prohibit(?:ed|s)?|prevent(?:ed|s)?|restrain(?:ed|s)?|preclude[ds]?|barred|bars?|forbidden)"
    r"(?:,? (?!and\b|or\b|if\b)[a-z]+){0,14},? from|forbidden to|prohibited to)\b(?:(?!\b(?:and|but) (?:to|shall|will|may|must)\b|\b(?:obligation|duty|right)s? to\b)[^.;:]){0,160}$"
)
_HELD_FIRST = re.compile(r"^:? ?(?:\([a-z0-9]{1,4}\) )?(?:not|never) to\b")
_HELD_WORDS = ("from", "not to", "to not", "never to", "forbidden to", "prohibited to")
# "from a source that is not prohibited from disclosing it": nobody is held back.
_NOT_HELD = re.compile(r"\b(?:not|never|nor|without)(?: (?:be|being|itself|so|in any way|otherwise|known to be))* $")
# "shall keep it secret and not disclose it or use it": the denial of an act that shares its modal with another.
_AND_NOT = re.compile(
    r"\b(?:and|but)(?: (?:shall|will|may|must))?,? (?:not|never)(?: to)? (?:(?:directly or indirectly|[a-z]+ly|at any time|in any way),? )*"
    r"(?!(?:the|an?|any|its|their|this|that|such|by|for|in|on|of|with|from|less|more|later|only|merely|because|as|all|every|necessarily)\b)"
    r"(?:(?!\b(?:and|but|shall|will|may|must|except|unless|other|if|that|which|as|because|only|to)\b)[a-z' ]){0,60}(?:(?<= )|(?<= or )|(?<= nor ))$"
)
_SOFTLY_NOT = re.compile(r" (?:not to\b|to (?:ensure|procure|see|make sure|assure)(?: to it)? that [^.;:]{1,80} (?:do|does|will|shall) not\b)")
# "shall ensure that neither it nor its customers use them": the denial stands in what is promised.
_THAT_NOBODY = re.compile(
    r"\b(?:ensure|procure|see|sure|assure|guarantees?|warrants?|represents?|undertakes?|agrees?|promises?|covenants?|certif(?:y|ies)|pledges?)\b(?: to it)?(?: that)? (?:neither|no|none|nobody)\b"
    r"(?:(?!\b(?:without|unless|until|except|before|who|which|but|shall|will|may|must|if|when|where|other than)\b)[^.;:]){0,160}$"
)
# "shall ensure that the products are not exported or transferred"
_ENSURED_NOT = re.compile(
    r"\b(?:ensure|procure|sure|see|guarantees?|assure)\b[^.;:]{0,140}\b(?:(?:is|are|be) (?:not|never) (?:[a-z-]+,? (?:or |and )?){0,4}"
    # "shall not, and shall ensure that its personnel do not: (a) offer ..."
    r"|(?:do|does) not:? (?:\(?[a-z0-9]{1,3}[.)] )?(?:(?!\b(?:shall|will|may|must|unless|until|except|if|who|which|that|without|and)\b)[^.;:]){0,120})$"
)
# "Reverse engineering of the samples is strictly prohibited": the act is the subject.
_FORBIDDEN_AFTER = re.compile(
    r"^(?:(?!\b(?:if|when|where|unless|that|which|because|as|shall|will|may|must|to the extent)\b)[^.;:]){0,140}\b(?:is|are|shall be|will be|be)(?: hereby| strictly| expressly| absolutely)* (?:prohibited|forbidden|barred|banned|not (?:permitted|allowed|authorized))\b"
)
# "no rumor or press report shall entitle the buyer to": the denial stands at the head of the sentence.
_NO_SUCH = re.compile(r"(?:^|[.;:] |\bthat )(?:\([a-z0-9.]{1,6}\) |[0-9][0-9a-z.]{0,5}\)? )?no (?!later\b|less\b|more\b|sooner\b)(?:[a-z/-]+,? (?:\([a-z0-9 ]+\) )?){1,9}$")
_EXCEPTED = re.compile(r"^[^.;]{0,400}?\b(?:unless|except(?:ing)?\b|other than|save (?:for|as|where|in|that|if)|until)\b|^[^.;]{0,60}\bonly (?:if|where|when|in|for|on|upon)\b")
_GIVEN_UP = re.compile(r"\b(?:waiv(?:es?|ed|ing)|renounc(?:es?|ed|ing)|relinquish(?:es|ed)?|forgo(?:es)?|surrenders?|gives? up|abandons?)(?: (?:any|all|its|their|the|such|every|other|hereby|and))* $")
_AT_CHOICE = re.compile(r"\bat (?:the )?(?P<who>[a-z][a-z ]{2,30}?)'s? (?:sole |own |absolute )*(?:election|option|discretion)\b")
_CONTRACT_ACTS = re.compile(r"(?:^|,) ?(?:then )?(?:this|the) (?:agreement|contract|order)s?(?: and [a-z ]{3,30})?,? $")  # "..., this agreement shall": no party acts
_NOTHING = re.compile(r"\bnothing (?:in|contained|herein)[^.;]{0,80}$")
_PREVENTS = re.compile(r"^ (?:be (?:construed|deemed|interpreted|read) (?:as |to )?)?(?:prevent|limit|restrict|exclud|affect|prejudic|preclud|prohibit|impair|derogat)")
_LEFT_UNDONE = re.compile(r"\b(?:failures?|delays?|omissions?|refusal|forbearance)\b(?:(?!\b(?:shall|will|may|entitl)\b)[^.;,]){0,50}\b(?:to|in) $")
_NOT_BOUND = re.compile(r"\b(?:not|no|without)\b[^.;,]{0,18}$")
_BARE_NOT = re.compile(r"\bnot (?:be )?(?:required|obliged|obligated|entitled|permitted|allowed|authorized) to\b|\bno (?:right|obligation|duty) to\b|\bneeds? not\b|\b(?:does|do) not (?:have|need) to\b")
# "Do not send changed parts": addressed to the other party.
_DO_NOT = re.compile(r"^(?:\(?[a-z0-9.]{1,4}\)? )?(?:(?:if|when|where|until|unless|before|after) [^.;:]{3,120}, )?(?:please )?(?:do not|never) (?:(?!\b(?:if|when|unless|until|without|except|that|which|before)\b)[^.;:]){0,120}\Z")
_CONSENT = re.compile(
    r"\b(?:with|subject to|upon|on|only with|obtain(?:ing|s)?) (?:the )?(?:prior )?(?:express )?(?:mutual )?(?:written )?(?:consent|agreement|approval)\b|\bby mutual (?:written )?(?:agreement|consent)|\bonly (?:as|if|when) (?:they|the parties)[^.;]{0,25}agree|\bmutually agree|\b(?:jointly|both) agree|\bas (?:they|the parties) (?:may )?(?:then |so )?agree|\bagree(?:s|d)? (?:in writing )?(?:between|by|upon by) (?:the|both) parties"
)
_PROVISO = re.compile(r"[,;] ?(?:and )?provided\b|\bprovided(?:,? (?:however|further),?)? (?:that\b|(?:the|such|any) (?:[a-z-]+ )?party\b)")
_CONDITION = re.compile(r"\b(?:if|when|whenever|where|unless|until|in the event|in case|should|provided that if|(?<!at )once|after|before|prior to|following)\b")
# "shall not for one year after the termination of this Agreement solicit": a time, no condition of the act.
_AT_A_TIME = re.compile(r"(?:after|following) (?:the |any |its |such |said |early |earlier )*(?:termination|expiration|expiry|end|completion|conclusion|effective date|date)\b")
# A supposition up to its modal: its subject and nothing else ("if the supplier shall"); "if so requested buyer shall" supposes less.
_SUPPOSED = re.compile(
    r"\b(?:if|unless|in the event(?: that)?|to the extent(?: that)?|in case) (?:the |any |either |such |a |an )?(?!(?:so|and|not|needed|required|requested|necessary|applicable|possible|desired)\b)"
    r"[a-z'-]+(?: (?:party|parties|group|[a-z'-]*(?:er|or|ee|ant|ent)))? $"
)
_UPON = re.compile(r"\b(?:upon|after|following|on|before|prior to|until|unless|survive|effect of|notice of|date of|event of|case of|in the event of|effective date of|result of|consequences? of|reason of|earlier)(?: (?:the|any|such|its|this|said|expiration|expiry|or|and|of|agreement|earlier|sooner|prior|premature|valid|lawful)){0,6} ?$")
_NOUN_AFTER = re.compile(r"\b(?:of|for|from|by|to|with|about)(?: (?:the|any|such|that|this|its|said|each|a|an|or))* $")
_PARTY_WORDS = (
    "buyer|purchaser|customer|client|supplier|seller|vendor|manufacturer|distributor|reseller|dealer|agent|licensor|licensee|franchisor|franchisee|contractor|subcontractor|consultant|"
    "service provider|provider|discloser|recipient|disclosing party|receiving party|lessor|lessee|owner|company|principal|sponsor|publisher|developer|shipper|carrier|transporter|party [ab]"
)
_MUTUAL = (
    r"either party|each party|any party|both parties|the parties|neither party|no party|one party|a party|the other party|other party|the affected party|affected party|the non-affected party|"
    r"non-affected party|unaffected party|the unaffected party|the (?:non-)?(?:claiming|performing|declaring|suffering|defaulting|breaching) party|non-(?:defaulting|breaching) party|such party|that party|the party|parties|"
    r"each (?:of the parties|side)|either (?:side|of the parties)|mutually"
)
_MUTUAL_RE = re.compile(rf"(?:{_MUTUAL})\Z")
# Both sides by name: "neither buyer nor seller", "the supplier and the buyer".
_OURS, _THEIRS = r"(?:the )?(?:buyer|purchaser|customer|client)", r"(?:the )?(?:supplier|seller|vendor|manufacturer|contractor|provider)"
_BOTH = re.compile(
    rf"(?:\b(?:neither|either|both|each of) (?:the )?[a-z -]{{2,30}}? (?:nor|or|and) (?:the )?[a-z -]{{2,30}}"
    rf"|\b{_OURS},? (?:and|or|nor) {_THEIRS}|\b{_THEIRS},? (?:and|or|nor) {_OURS})(?:,? (?:each|both|hereby|jointly|shall|will))*,? ?$"
)
_AND_EACH = re.compile(r"\b[a-z][a-z.&'-]{1,30} and [a-z][a-z.&' -]{1,40}?,? (?:each|both)(?: hereby)?,? ?$")  # "alpha and beta each agree"
_COORDINATED = re.compile(r"\b(?:and|or|and/or|but)(?: (?:also|further|then|thereafter|in addition|additionally))?,? $")
# "provider shall protect the customer's data, shall report, and shall help": one subject, unless another is named between.
_IN_A_ROW = re.compile(r"[^,;:]{3}, $")
_OTHER_SUBJECT = re.compile(
    rf"[;:]|\b(?:and|but|while|whereas|that|if|unless|when|where|provided|upon|after|before) (?:the |such |any )?(?:other )?(?:{_PARTY_WORDS}|party|parties)\b"
    r"|, (?:if|where|when|upon|unless|at|in|on|with|without|subject|to the extent|acting|as|which|who|after|before|for|by|during)\b[^,]*, $"
)
_OF_A_THING = re.compile(r"\b(?:that|which|who|whom) (?:it |they |he |she |you |we |the [a-z]+ |such party |either party )?\Z")  # "any matter that it cannot resolve": a relative clause
# "seller shall not be in default ..., and neither shall buyer"
_NOR_THE_OTHER = re.compile(rf"[^.;]{{0,260}}?,? (?:and )?(?:neither|nor) (?:shall|will|may|is) (?:the )?(?:other party|{_PARTY_WORDS})\b(?! [a-z]+ (?!in|if|where|when|be\b))")
_TOLD = re.compile(r"(?:notified|informed|advised|told|alerted|warned|given|furnished|shown)\b")
_OWNER_LAST = re.compile(r"'s (?:[a-z-]+ ){1,4}$")
_BE_BEFORE = re.compile(r"\bbe(?:en)? (?:[a-z]+ly )?$")
_AS_WANTED = re.compile(r",? as (?:the )?[a-z]+(?: [a-z]+)? (?:elects?|chooses?|directs?|may (?:elect|choose|direct|request|require)|requests?|requires?),")
_AGENT_LAST = re.compile(r"\b(?:[a-z]+ed|given|made available|made|lent|sent|sold|paid) (?:by|to|from|of) (?:the |either |such )?[a-z]+(?: [a-z]+)? $")
_PASSIVE_BY = re.compile(rf"^[^.;]{{0,70}}?\bby (?:(?:the|either|any|such) )?(?P<who>{_MUTUAL}|{_PARTY_WORDS})\b")

# "excluding X and Y": the carve-out reaches as far as its list, not past a bracket or to the cause that the clause is about.
_EXCLUDED_BEFORE = re.compile(
    r"\b(?:(?:excluding|(?:does|do|shall|will) not include|not including|excludes?)\b(?:(?!{stop})[^.;()]){{0,140}}"
    r"|(?:other than|except(?:ing)?(?: for)?|save for|but not(?! (?:be )?limited)|with the exception of)\b(?:(?!{stop})[^.;(),]){{0,90}})$".format(
        stop=r"\b(?:due to|because of|by reason of|caused by|as a result|resulting from|by any|by an|from any|shall|will|if|including)\b"
    )
)
_EXCLUDING = ("exclud", "not include", "not including", "other than", "except", "save for", "but not")
_EXCLUDED_AFTER = re.compile(
    r"^(?:(?!\b(?:party|parties|buyer|seller|supplier|customer|company|liable|but)\b)[^.;]){0,250}?\b(?:"
    r"(?:shall|will|do|does|is|are|may|can)(?:,? (?:however|in no event|in any event|under no circumstances),?)? not(?:,? (?:however|in any event),?)?"
    r"(?: (?:be|constitute|qualify as|count as|fall within|be (?:deemed|considered|regarded|treated|construed)(?: (?:to be|as|to constitute))?))"
    r"(?: (?:a|an|the|any))?(?: such)? (?:events?|force majeure|causes?|circumstances?|impediments?|excus|included|within|reasons?)"
    r"|(?:is|are) not(?: (?:a|an|the|any|such|considered|deemed))* (?:events?|force majeure|impediments?|included)\b"
    r"|(?:deemed|considered|regarded|treated)(?: as)? not (?:to )?(?:be|constitute|being)(?: (?:a|an|the|any))?(?: such)? (?:events?|force majeure|causes?|circumstances?|impediments?)"
    r"|(?:is|are|be) (?:expressly )?excluded\b|cannot be (?:invoked|relied))"
)
_DEFINITION = re.compile(
    r"""^(?:\(?[a-z0-9.]{1,6}\)?\s+)?(?:(?:(?:as\ used\ )?(?:herein|(?:in|for\ (?:the\ )?purposes?\ of)\ this\ [a-z]+(?:\ [0-9.]+)?),?\ )?(?:the\ (?:terms?|phrase|expression)\ |an?\ |the\ )?["'“][^"”]{2,80}["'”](?:\ or\ ["'“][^"”]{2,60}["'”])?(?:\ or\ [a-z ]{2,30})?(?:\ ?:\ (?=[a-z(])|,?\ (?:shall\ |will\ )?)(?:(?<=:\ )|ha(?:s|ve)\ the\ meanings?|means?\b|refers?\ to|includes?\b|(?:is|are)\ (?:any|each|all|one)\b|is\ an?\ (?:event|circumstance|occurrence|act)\b|is\ defined|are\ defined|is\ as\ defined)
        |an?\ [a-z -]{3,40}\ is\ (?:any|an?)\ (?:[a-z]+\ )?(?:event|circumstance|indication|act|occurrence|fact|situation|finding|information|conduct)s?\b
        |(?:the\ )?(?:terms?\ )[a-z\ ]{2,50}\ (?:shall\ )?means?\b|(?:(?!\b(?:shall|will|must|may|by|other|all|such|reasonable|any)\b)[a-z\ -]){3,50}\ (?:shall\ mean|means\ (?:any|the|an?|all|each|with|those|and|or|,)|has\ the\ meaning)\b)""",
    re.X,
)
_SURVIVAL = re.compile(r"\b(?:surviv(?:e|es|al|ing)|shall continue in (?:full )?force after|remain in (?:full )?(?:force|effect) (?:after|following|notwithstanding))\b")
_PRECEDENCE = re.compile(r"\border of (?:precedence|priority)\b|\b(?:shall|will) (?:prevail|take precedence|control|govern)\b")
_CONFLICT_WORD = re.compile(r"\b(?:conflict(?![ -](?:of|or|in)[ -](?:the )?(?:laws?|choice)\b)|inconsisten\w+|discrepanc\w+|ambiguit\w+|contradict\w+)\b")
_RULES_ALSO = re.compile(  # ... and a rule of its own beside the one on which text prevails
    r"\b(?:shall|must|may|will)(?: not)? (?!prevail|take\b|control|govern|have\b|apply|appl|supersede|be (?:resolved|read|construed|interpreted|deemed|controlling))[a-z]"
)
_ACTS_ALSO = re.compile(  # ... and a rule of its own beside what survives
    r"\b(?:agrees?|undertakes?|covenants?) to (?!be bound)[a-z]|\b(?:shall|must|may|will)(?: not)? (?!surviv|continu|remain|endure|apply|appl|affect|inure|extend|cease|terminate\b|expire|end\b|have\b|come\b|not\b"
    r"|be (?:deemed|construed|binding|effective|enforceable|in\b|of\b|without|unaffected|affected|governed)|in any way|thereafter|also|nevertheless|otherwise|likewise)[a-z]"
)
_DEFINES_AND_RULES = re.compile(
    r", and (?:the|an?|each|either|neither|any|no|such|neither of the)? ?[a-z][a-z ]{0,40} (?:shall|must|may)(?: not)? (?!mean|include|have the|be (?:deemed|construed|interpreted|read))"
)
_DELETED_WORDS = ("omitted", "blank", "deleted", "reserved", "not used")
_QUESTION_SIGNS = ("?", "yes", "□", "☐", "☑")
_PRECEDENCE_SIGNS = ("prevail", "preceden", "control", "govern", "priority")
_RECITAL = re.compile(r"^(?:\([a-z0-9]{1,4}\) )?(?:whereas\b(?! clause)(?!.*\bhereby (?:agrees?|grants?|undertakes?)\b)|recitals?\b|background(?:$|[:.]| (?:of|to)\b)(?! checks?\b)|in recognition of\b(?!.*\b(?:shall|must|agrees? (?:that|to))\b)|now,? therefore\b|the parties recognize that\b)")
_DELETED = re.compile(r"[\[(]?\s*(?:this (?:section|clause|article) (?:is |has been )?)?(?:intentionally (?:omitted|left blank|deleted)|reserved|deleted|omitted|not used)\s*[\])]?\.?\s*$")
_NOTE = re.compile(r"^(?:\([a-z0-9]{1,4}\) )?[\[(]?(?:note(?: to (?:draft|drafter))?:|drafting note|drafter's note|for example,?|example:|comment:|guidance:|n\.b\.)")
_QUESTION = re.compile(r"\?\s*$|\byes\s*[/|]\s*no\b|[□☐☑]\s*(?:yes|no)\b")
_CROSS_REF = re.compile(
    r"^(?:[^.;]{0,60}?)\b(?:subject to|without prejudice to|as (?:provided|set forth|set out|described|specified) in|in accordance with|pursuant to|see|refer to|is governed by|are governed by|is addressed in|are set (?:forth|out) in|is set (?:forth|out) in|shall be as (?:set|provided)[a-z ]* in)\b[^.;]{0,20}\b(?:section|article|clause|paragraph|exhibit|schedule|annex|appendix)s? [0-9a-z.()]+(?: (?:\([a-z ]{2,30}\)|hereof|above|below|of this agreement|of the agreement))*\.?\s*$"
)
_SUBJECT = re.compile(r"^(?:\(?(?:[a-z]|[0-9.]{1,6})\)?\s+)?(?:the (?:terms? )?|an? )?([a-z][a-z -]{2,40}?),? (?:shall |may |also )*(?:means?|includes?|has the meaning|is (?:any|an?)\b)")
_DOES = re.compile(r"\b(?:shall|must|may|will)(?: not)? (?!(?:also )?be\b|apply\b|appl|govern\b|survive\b|remain\b|continue\b|have the\b|comply\b|not\b)[a-z]")  # somebody acts: no mere reference
_RIGHTS_RESERVED = re.compile(r"\brights?\b[^.;]{0,40}\breserved\b")
_DEFINED = re.compile(r"""["“]([^"”]{2,60})["”]""")


def _holds(text: str, words: tuple[str, ...]) -> bool:
    """One of the words stands in the text: what a pattern cannot match without is looked for before it is tried."""
    return any(word in text for word in words)


def passage(sentence: str) -> Passage:
    """What the sentence is for; anything that is not surely something else is operative."""
    s = sentence.strip()
    if not s:
        return Passage.HEADING
    if len(s) < 120 and _holds(s, _DELETED_WORDS) and _DELETED.search(s) and not _MODAL.search(s) and not _RIGHTS_RESERVED.search(s):
        return Passage.DELETED
    if _NOTE.match(s):
        return Passage.NOTE
    if _holds(s, _QUESTION_SIGNS) and _QUESTION.search(s) and not re.search(r"\bshall\b", s):
        return Passage.QUESTION
    if _RECITAL.match(s):
        return Passage.RECITAL
    if _DEFINITION.match(s) and not _DEFINES_AND_RULES.search(s):
        return Passage.DEFINITION
    if ("surviv" in s or "force" in s or "effect" in s) and _SURVIVAL.search(s) and re.search(r"\b(?:sections?|articles?|clauses?|paragraphs?|provisions?)\b", s) and len(s) < 900 and not _ACTS_ALSO.search(s):
        return Passage.SURVIVAL_LIST
    if _holds(s, _PRECEDENCE_SIGNS) and _PRECEDENCE.search(s) and _CONFLICT_WORD.search(s) and not _RULES_ALSO.search(s):
        return Passage.PRECEDENCE_LIST
    if len(s) < 200 and _CROSS_REF.match(s) and not _DOES.search(s):
        return Passage.CROSS_REF
    return Passage.OPERATIVE


_RULE = re.compile(r"\bthis agreement (?:shall|will|is to|may) be (?:governed|construed|interpreted|binding)\b|^(?:the )?(?:buyer|supplier|seller|purchaser|customer|vendor|licensor|licensee|distributor|contractor|client|manufacturer|provider|recipient|(?:receiving|disclosing) party) (?:shall|must|may not|may only|agrees to) (?!mean|include|be (?:deemed|construed)|have the meaning|refer)|\b(?:the parties|each party|neither party|either party) (?:here(?:to|by) )*(?:shall|must|may|agrees?|submits?|consents?|waives?)\b")


def states_rule(sentence: str) -> bool:
    """A sentence among the definitions that binds the parties or rules the whole contract."""
    return _RULE.search(sentence) is not None


def defined_terms(sentence: str) -> list[str]:
    """Quoted terms that the sentence defines."""
    found = [m[1].strip() for m in _DEFINED.finditer(sentence)]
    subject = _SUBJECT.match(sentence)
    return [*found, subject[1]] if subject and not found else found


_THING = re.compile(
    r"\b(?:means?|includes?),? (?:(?:and includes|with respect to|as to|in relation to|for|of) [^,]{1,60}, )?(?:(?:any|each|every|all|a|an|the|such|those|other|or|and|"
    r"natural|legal|applicable|direct|indirect|corporate|business|third|one|more|federal|state|local|foreign|domestic|national|public|current|future) ){0,6}"
    r"(?:person|individual|entit(?:y|ies)|compan(?:y|ies)|corporation|firm|partnership|organization|body|bodies|undertaking|part(?:y|ies)|business|subsidiar(?:y|ies)|affiliate|"
    r"parent|employee|director|officer|shareholder|supplier|vendor|customer|law|legislation|statute|regulation|rule|ordinance|treat(?:y|ies)|product|goods|service|"
    r"information|data|software|technology|material|document|agreement|contract|license|right|territor(?:y|ies)|countr(?:y|ies)|date|day|period|price|amount|fee|tax|loss|losses|damage|claim|cost)s?\b"
)


def names_thing(definition: str) -> bool:
    """The defined term is a person, a law, goods or the like ("affiliate" means any company ...), no event or conduct."""
    return _THING.search(definition) is not None


def may_define(text: str) -> bool:
    """Cheap test: some sentence of the text may define a term."""
    return "mean" in text or "includ" in text or (("defined" in text or "refers to" in text or '" is a' in text or '":' in text) and '"' in text) or " is any " in text


_LEADS = re.compile(r"\b(?:the following|as follows|any of|if|where|that|to|events?|upon|and|or|by|shall|will|may|not|either|reasons?|cases?|circumstances?)[:,]?$")
_LEADS_REACH = 32  # characters from the end that it looks at, at most


def leads_list(sentence: str) -> bool:
    s = sentence.rstrip()
    return s.endswith((":", ":-", "-", "—", "– ")) or _LEADS.search(s[-_LEADS_REACH:]) is not None


@lru_cache(maxsize=256)
def _parties(labels: tuple[str, ...]) -> re.Pattern[str]:
    """Any word for a party: the contract's own labels and the usual ones."""
    words = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True) if label)
    return re.compile(rf"\b(?:{_MUTUAL}|{words + '|' if words else ''}{_PARTY_WORDS})\b")


def _party(text: str, labels: Sequence[str]) -> tuple[str, bool]:
    """The last party named in ``text``: (as printed, whether it stands for either party)."""
    last = None
    for last in _parties(tuple(labels)).finditer(text):  # noqa: B007 - the last one counts
        pass
    if last is None:
        return "", False
    return last[0], bool(_MUTUAL_RE.fullmatch(last[0]))


@lru_cache(maxsize=1024)
def _modals(sentence: str) -> tuple[re.Match[str], ...]:
    """All modals of a sentence: it is asked for the statement at many places."""
    return tuple(_MODAL.finditer(sentence))


def _modals_until(sentence: str, end: int) -> Iterator[re.Match[str]]:
    """The modals that stand before ``end``, as if the sentence ended there."""
    for m in _modals(sentence):
        if m.end() > end:
            yield from _MODAL.finditer(sentence, min(m.start(), end), end)
            return
        yield m


def statement(sentence: str, start: int, end: int, labels: Sequence[str] = ()) -> Statement:
    """Modality, polarity and holder of the act at ``start:end``: those of the modal that governs it."""
    modal = None
    for m in _modals_until(sentence, end):
        if not _spoken_for(sentence, m, start):
            modal = m
    if modal and modal["soft"] and modal.start() > start:  # "will not recruit or seek to recruit any person": the first verb counts
        modal = next((m for m in reversed(list(_modals_until(sentence, start))) if not _spoken_for(sentence, m, start)), modal)
    before = sentence[: modal.start()] if modal else sentence[:start]
    between = sentence[modal.end() : start] if modal and modal.end() < start else ""
    kind = Modality.FACT
    negated = False
    if modal:
        kind = Modality.SOFT if modal["soft"] else Modality.RIGHT if modal["right"] else Modality.DUTY
        after = sentence[modal.end() : max(end, modal.end() + 45)]
        not_even_tried = kind is Modality.SOFT and before.rstrip().endswith((" not", " never"))  # "will not try to poach"
        if not_even_tried:
            kind = Modality.DUTY
        negated = bool(
            not_even_tried
            or (_NEGATIVE_AFTER.match(after) and not modal.start() <= start < end <= modal.end())  # "undertakes not to" is a promise
            or _NEGATIVE_SUBJECT.search(before[-90:])
            or _NEITHER.search(before[-420:])
            or _NO_SUCH.search(before[-120:])
            or (kind is Modality.RIGHT and _GIVEN_UP.search(before[-60:]))
            or (kind is Modality.RIGHT and _NEGATIVE_INSIDE.search(modal[0]))
            or (kind is not Modality.SOFT and _NOT_BOUND.search(before[-24:]) and not modal[0].startswith(("shall", "may", "must", "will")))
        )
        if kind is Modality.SOFT and not negated and (" not to" in modal[0] or _SOFTLY_NOT.match(sentence, modal.end(), start)):
            negated = True  # "shall endeavor not to engage in bribery", "use efforts to ensure that nobody does"
        item_denied = kind is not Modality.SOFT and "not " in between and _ITEM_DENIED.search(between)
        if item_denied or (kind is Modality.DUTY and not negated and (_NO_OBJECT.search(between) or (" " not in sentence[start:end] and _NO_OBJECT_AFTER.match(sentence, end)))):
            negated = True
        elif negated and _ITEM_NOT.match(after) and _NEXT_ITEM.search(between):
            negated = False  # "shall (a) not commit ..., and (b) report": only the first is denied
        if not negated and _BARE_NOT.search(sentence[max(0, modal.start() - 4) : start]):
            negated = True
    elif _DO_NOT.search(sentence, 0, start):
        kind, negated, before = Modality.DUTY, True, ""
    elif freed := _BARE_NOT.search(sentence, max(0, start - 60), start):  # "is not required to deliver": no modal, and no duty
        kind, negated, before = Modality.DUTY, True, sentence[: freed.start()]
    if modal and negated and _NOTHING.search(before[-110:]) and _PREVENTS.match(sentence[modal.end() :]):
        negated, kept = False, True  # "nothing in this clause shall prevent the buyer from terminating": the right is kept, not given
    else:
        kept = False
    if not kept:
        reach = sentence[max(modal.end() if modal else 0, start - 240) : start]
        held = _HELD_BACK.search(reach) if _holds(reach, _HELD_WORDS) else None
        if held and not negated and _NOT_HELD.search(reach[: held.start()]):
            held = None
        if held:
            if negated and not _HELD_FIRST.match(reach):
                negated, kept = False, True  # "shall not be prevented from hiring"
            else:
                negated, kind = True, kind if modal else Modality.DUTY
        elif modal and not negated and kind is Modality.DUTY and (_AND_NOT.search(between) or ("no" in between and (_THAT_NOBODY.search(modal[0] + between) or _ENSURED_NOT.search(modal[0] + between)))):
            negated = True
        elif not modal and _FORBIDDEN_AFTER.match(sentence[end:]):
            negated, kind = True, Modality.DUTY
    window = sentence[max(0, start - 160) : end + 160]
    if kind in (Modality.RIGHT, Modality.DUTY, Modality.SOFT) and not negated:
        consent = _CONSENT.search(window)
        if consent and not re.search(r"\b(?:without|not|no|need|require[sd]?)\b[^.;,]{0,20}$", window[: consent.start()]) and (kind is Modality.RIGHT or "mutual" in consent[0] or "agree" in consent[0]):
            kind = Modality.CONSENT
    condition = None
    for condition in _CONDITION.finditer(sentence, modal.end() if modal else 0, start):  # noqa: B007
        pass
    subordinate = bool(_UPON.search(sentence[max(0, start - 60) : start]))
    if not subordinate and sentence[start:end].endswith("ion"):  # "liable by reason of that suspension": a noun, nobody acts
        subordinate = bool(_NOUN_AFTER.search(sentence[max(0, start - 40) : start]))
    if condition and not _AT_A_TIME.match(sentence, condition.start()) and not re.search(r"[,)]", sentence[condition.end() : start]):  # "shall (where needed) comply": the bracket is closed
        subordinate = True
    if modal and not subordinate and modal.end() <= start and _SUPPOSED.search(before[-90:]) and not re.search(r"[,;:]|\bthen\b", between):
        subordinate = True  # "in the event that buyer shall sell any products": supposed, nobody must
    if kept or _LEFT_UNDONE.search(sentence[max(0, start - 80) : start]):
        subordinate = True
    if modal and modal[0] == "cannot" and _OF_A_THING.search(sentence, 0, modal.start()):
        subordinate = True  # "open orders that cannot be canceled": what they are like
    speaker = modal
    while speaker and (_COORDINATED.search(sentence[: speaker.start()]) or (speaker[0] in ("shall", "will", "must", "may") and _IN_A_ROW.search(sentence[: speaker.start()]))):  # "buyer may direct the vendor to stop and may cancel": one subject
        earlier = [m for m in _MODAL.finditer(sentence, 0, speaker.start()) if not _spoken_for(sentence, m, speaker.start()) and not _OF_A_THING.search(sentence, 0, m.start())]
        if not earlier:
            break
        if not _COORDINATED.search(sentence[: speaker.start()]):
            middle = sentence[earlier[-1].end() : speaker.start()]
            if earlier[-1][0] != speaker[0] or _OTHER_SUBJECT.search(middle):
                break
        speaker = earlier[-1]
    said = _AS_WANTED.sub("", sentence[: speaker.start()] if speaker else before)
    holder, mutual = _party(said[-220:], labels)
    if not holder and modal and modal[0] in ("shall", "may", "must", "will"):  # "in no event shall supplier ..."
        holder, mutual = _party(between[:40], labels)
    mutual = mutual or bool(holder and (_BOTH.search(said[-90:]) or _AND_EACH.search(said[-90:])))
    mutual = mutual or bool(holder and ("neither" in sentence or "nor" in sentence) and _NOR_THE_OTHER.match(sentence, end))
    if holder and _CONTRACT_ACTS.search(said[-60:]):
        holder, mutual = "", False
    if modal and modal["entitled"]:  # "breach entitles the buyer to terminate"
        named, both = _party(modal["entitled"], labels)
        holder, mutual = (named, both) if named else (holder, mutual)
    chosen = _AT_CHOICE.search(sentence, max(0, start - 80), end + 80)
    if chosen and not mutual:
        named, both = _party(chosen["who"], labels)
        holder, mutual = (named, both) if named else (holder, mutual)
    passively = re.search(r"\bbe(?:en)?\b", between + " " + sentence[start:end]) is not None
    if passively and holder and not mutual and _AGENT_LAST.search(said[-60:]):  # "molds furnished by the buyer shall be returned": nobody is named as who returns them
        holder, mutual = "", False
    if holder and not mutual and _BE_BEFORE.search(sentence[:start]) and (_TOLD.match(sentence, start) or _OWNER_LAST.search(said[-60:])):
        holder = ""  # "the customer is to be advised": who hears it is not who says it; "buyer's drawings must be shielded"
    by = end - 3 if sentence[start:end].endswith(" by") else end
    passive = _PASSIVE_BY.match(sentence[by : by + 100])
    if passive and (not modal or passively):
        holder, mutual = passive["who"], bool(_MUTUAL_RE.fullmatch(passive["who"]))
    ahead, behind = sentence[max(0, start - 250) : start], sentence[end : end + 400]
    excluded = bool(_holds(ahead, _EXCLUDING) and _EXCLUDED_BEFORE.search(ahead))
    excluded = excluded or bool(("not" in behind or "exclud" in behind) and _EXCLUDED_AFTER.match(behind))
    excepted = negated and _EXCEPTED.match(sentence[end:]) is not None
    return Statement(kind, negated, holder, mutual, modal.span() if modal else None, subordinate, excepted=excepted, excluded=excluded)


def _spoken_for(sentence: str, modal: re.Match[str], start: int) -> bool:
    """The modal belongs to a condition or relative clause that closed before the act ("if X shall fail, Buyer may ...")."""
    if modal.end() >= start:
        return False
    if _PROVISO.search(sentence, modal.end(), start):
        return True  # "neither party shall be liable, provided that it notifies": another clause
    closed = sentence.find(")", modal.end(), start)
    if closed > 0 and "(" not in sentence[modal.end() : closed] and sentence.rfind("(", 0, modal.start()) > sentence.rfind(")", 0, modal.start()):
        return True  # "shall not, without consent (which may be withheld), solicit": an aside
    opener = None
    for found in _CONDITION.finditer(sentence, max(0, modal.start() - 120), modal.start()):
        if not _AT_A_TIME.match(sentence, found.start()):  # "for a year after the completion of the services neither party shall": a time
            opener = found
    if opener is None or "," in sentence[opener.end() : modal.start()]:
        return False
    return "," in sentence[modal.end() : start]
