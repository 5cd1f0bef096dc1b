"""A provision as data: what a contract must say, the wordings that say it, and the tests beside it.

These are the types of the files of a library (and so its JSON Schema). They know no provision and no language.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, model_validator

from clausecheck.model import Need, Result, Severity, Status, Text

CONTRACT_TYPES = ("supply", "manufacturing", "distribution", "services", "nda", "rnd", "licence", "sample", "jv")
Code = Literal["ja", "en"]
LANGUAGES = ("ja", "en")

Concept = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$", description="A concept of the vocabulary, in capitals.")]
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)




class Both(_Part):
    """A text in both languages."""

    ja: str
    en: str

    @cached_property
    def text(self) -> Text:
        return Text(self.ja.strip(), self.en.strip())


class Condition(_Part):
    """A fact about the contract or about what was found; all fields given must hold."""

    fact: str | None = Field(None, description="A fact of the contract: initial_months, auto_renewal, one_off_sale, ...")
    above: float | str | None = Field(None, description="The fact is larger than this number or parameter.")
    below: float | str | None = Field(None, description="The fact is smaller than this number or parameter.")
    at_least: float | str | None = None
    at_most: float | str | None = None
    stated: bool | None = Field(None, description="The contract states the fact at all.")
    yes: bool | None = Field(None, description="The fact is true (or false).")
    element: Identifier | None = Field(None, description="An element of this provision.")
    provision: Identifier | None = Field(None, description="Another provision of the library.")
    result: list[Result | Status] = Field(
        default_factory=list, description="The result the element, or the status the provision, must have."
    )
    families: list[Concept] = Field(
        default_factory=list, description="At least one of these concepts is among the families that the other provision counts."
    )
    reason: str | None = Field(
        None, description="A reason code that the element must have been given (one_sided, external_reference, ...)."
    )
    flag: Identifier | None = Field(None, description="A red flag of this provision that fired.")
    attached: bool | None = Field(None, description="Attachments were handed in with the contract.")
    side: Literal["buyer", "supplier"] | None = Field(None, description="Whose side the review is for.")
    type: list[str] = Field(default_factory=list, description="Contract types.")
    any: list[Condition] = Field(default_factory=list, description="At least one of these holds.")
    no: list[Condition] = Field(default_factory=list, description="None of these holds.")


class Count(_Part):
    """At least so many different ones of these concepts."""

    of: list[Concept] = Field(min_length=1)
    at_least: int | Identifier = 1


class Measure(_Part):
    """A length of time, or a percentage, stated with the match, held against a parameter."""

    near: list[Concept] = Field(
        default_factory=list, description="Take the duration nearest to one of these concepts; none given: nearest to the act."
    )
    at_most: float | Identifier | None = Field(None, description="A number of these units (days by default), or a parameter.")
    at_least: float | Identifier | None = None
    refuse: bool = Field(False, description="A broken limit refuses the match instead of weakening it.")
    beyond: bool = Field(False, description="The match counts only where a limit is broken (a warning about what is too long).")
    needed: bool = Field(False, description="Without any duration (or blank) the match is weak.")
    unit: Literal["days", "hours", "months", "years", "percent"] = Field("days", description="What the limits are counted in.")
    scope: Literal["sentence", "paragraph"] = "sentence"
    code: str = Field("parameter", description="Reason code when the limit is broken.")
    message: Both | None = None


Says = Literal["duty", "right", "relief", "list", "fact"]
Scope = Literal["sentence", "paragraph", "clause"]
Where = Literal["core", "home", "heading_home", "contract"]


class Find(_Part):
    """One way to say something: concepts that stand together in one sentence, paragraph or clause."""

    act: Concept | None = Field(None, description="The concept whose modality, negation and holder are judged; in the sentence itself.")
    all: list[Concept] = Field(default_factory=list, description="Every one of these too.")
    any: list[Concept] = Field(default_factory=list, description="At least one of these too.")
    also: list[Concept] = Field(default_factory=list, description="At least one of these as well (a second `any`).")
    count: Count | None = None
    without: list[Concept] = Field(default_factory=list, description="Guard: refused when one of these stands in the same sentence.")
    without_near: list[Concept] = Field(
        default_factory=list, description="Guard: refused when one of these overlaps or touches the act (within 12 characters)."
    )
    not_under: list[Concept] = Field(
        default_factory=list, description="Guard: refused under a heading (its own or one above) that holds one of these."
    )
    put_as: list[Literal["duty", "soft", "right", "consent", "fact"]] = Field(
        default_factory=list, description="Refused where the act is put otherwise (right: may, できる)."
    )
    scope: Scope = Field(
        "sentence", description="Where `all`, `any`, `also` and `count` must be met: the act's sentence, paragraph or whole clause."
    )
    near: int | None = Field(None, description="At most so many characters between the act and each of the others (sentence scope).")
    says: Says | None = Field(None, description="Overrides the element's `says`.")
    where: Where | None = None
    negated: bool = Field(False, description="Counts only where the act is negated (may not, してはならない).")
    denies: bool = Field(True, description="false: where the act is negated this is no match, instead of a denial of the element.")
    weak: str | None = Field(None, description="A match by this way is only weak, for this reason code.")
    weak_message: Both | None = None
    follow: bool = Field(False, description="Words of a clause that the sentence refers to count as its own (第9条に違反したとき).")
    external: bool = Field(
        False,
        description="Weak (external_reference) unless an attachment was handed in: the words point to a document outside the contract.",
    )
    fact: str | None = Field(
        None, description="Counts only in a sentence that states this fact of the contract (term_early_exit, ...), and states it fully."
    )
    not_fact: str | None = Field(None, description="Refused in a sentence that states this fact fully.")
    types: list[str] = Field(default_factory=list, description="Counts only in a contract of one of these types; none: in any.")
    dangling: bool = Field(False, description="Counts only in a sentence that names a clause, by number, which the contract does not have.")
    mistitled: bool = Field(False, description="Counts only in a sentence that names a clause by its number and the title of another.")
    holder: Literal["us", "them", "only_us", "only_them"] | None = Field(
        None, description="Refused where the other side is known to be meant; only_us, only_them: also where both are, or nobody is named."
    )
    any_passage: bool = Field(False, description="Text that is not operative counts too (definitions, lists of surviving clauses).")
    measure: Measure | None = None

    @model_validator(mode="after")
    def _something(self) -> Find:
        if not (self.act or self.all or self.any or self.count):
            raise ValueError("a find needs `act`, `all`, `any` or `count`")
        unknown = [t for t in self.types if t not in CONTRACT_TYPES]
        if unknown:
            raise ValueError(f"types: unknown contract type {unknown[0]}; known: {', '.join(CONTRACT_TYPES)}")
        return self

    @property
    def concepts(self) -> Iterator[str]:
        if self.act:
            yield self.act
        yield from self.all
        yield from self.any
        yield from self.also
        if self.count:
            yield from self.count.of
        yield from self.without
        yield from self.without_near
        yield from self.not_under
        if self.measure:
            yield from self.measure.near


class Weaken(_Part):
    """Makes a match weak: the find holds in the sentence (or scope) of the match."""

    when: Find
    unless: list[Find] = Field(default_factory=list)
    code: str
    message: Both


class Element(_Part):
    """One thing a provision must say."""

    id: Identifier
    title: Both
    need: Need
    core: bool = False
    says: Says = Field("fact", description="What kind of statement it is; decides how modality, negation and holder are judged.")
    where: Where = Field(
        "home",
        description="core: the sentences that hold the core; home: the clauses that hold the core or carry the provision's heading, "
        "and sentences that refer to them; contract: anywhere.",
    )
    holder: Literal["us", "them", "any"] = Field(
        "any", description="Whose right or duty it must be; `us` and `them` are judged only when the side is known."
    )
    efforts: bool = Field(False, description="Efforts wording is the normal full strength (mitigation).")
    find: list[Find] = Field(default_factory=list)
    families: Count | None = Field(
        None, description="Judged by how many of these stand in the sentences that hold the core; fewer than asked, but one: weak."
    )
    negated_by: list[Find] = Field(default_factory=list, description="Text that expressly excludes the element.")
    weaken: list[Weaken] = Field(default_factory=list)
    fact: str | None = Field(None, description="Judged from a fact of the contract (term_start, term_end, ...) instead of `find`.")
    condition: list[Condition] = Field(default_factory=list, description="For `conditional`: required only when all of these hold.")
    satisfied_when: list[Condition] = Field(default_factory=list, description="Cross-link: satisfied also when all of these hold.")
    weak_when: list[WeakWhen] = Field(
        default_factory=list, description="Cross-links and facts that make a satisfied (or absent) element weak."
    )
    suggest: Both | None = Field(None, description="Wording that supplies this element. {buyer} and {supplier} stand for the parties.")


class WeakWhen(_Part):
    when: list[Condition]
    code: str
    message: Both


Element.model_rebuild()


class Instead(_Part):
    """A sentence to put in the place of one that raises a red flag."""

    text: Both = Field(description="The sentence, whole. {buyer} and {supplier} stand for the parties.")
    keeps: list[str] = Field(
        default_factory=list,
        description="`provision.element` that the old sentence may hold and this one does too; one that holds others is left alone.",
    )
    if_missing: bool = Field(
        False,
        description="Raised also where the provision is missing, by a sentence anywhere in the contract: its words are plain enough.",
    )


class RedFlag(_Part):
    id: Identifier
    effect: Literal["conflict", "degrade", "note"]
    message: Both
    find: list[Find] = Field(default_factory=list)
    unless: list[Find] = Field(default_factory=list, description="Not raised for a sentence in which one of these holds.")
    beside: list[Find] = Field(
        default_factory=list, description="Raised only where one of these holds too, in another sentence (two clauses that clash)."
    )
    where: Where = "home"
    when: list[Condition] = Field(default_factory=list, description="Raised only when all of these hold (alone: by facts).")
    effect_when: list[EffectWhen] = Field(
        default_factory=list, description="Another effect when its conditions hold; the first that holds counts."
    )
    negates: list[Identifier] = Field(default_factory=list, description="Elements whose result becomes negated.")
    instead: Instead | None = Field(None, description="What to say in the place of the sentence, where no addition heals it.")


class EffectWhen(_Part):
    effect: Literal["conflict", "degrade", "note"]
    when: list[Condition]


RedFlag.model_rebuild()


class NearMiss(_Part):
    """Text that is close to the provision and does not count; said in the report when the provision is missing."""

    code: str
    message: Both
    find: list[Find]
    unless: list[Find] = Field(default_factory=list)


class Parameter(_Part):
    default: float
    unit: str = ""
    title: Both


class Incorporation(_Part):
    """A known public clause that may be incorporated by reference, and what it then satisfies."""

    find: list[Find]
    elements: list[Identifier]
    message: Both


class Exemplar(_Part):
    language: Literal["ja", "en"]
    heading: str
    text: str


class Source(_Part):
    id: str
    ja: str = ""  # as a Japanese report cites it; the id where left out
    note: str = ""
    url: str = ""


class LibraryTest(_Part):
    """A contract text and what the library must say of it; `why` tells what the case guards."""

    name: str
    language: Literal["ja", "en"]
    text: str
    why: str = ""
    status: Status
    side: Literal["buyer", "supplier", "either"] = "buyer"
    type: str = "supply"
    attach: str = Field("", description="Text of an attachment handed in with the contract.")
    satisfied: list[Identifier] = Field(default_factory=list)
    weak: list[Identifier] = Field(default_factory=list)
    negated: list[Identifier] = Field(default_factory=list)
    absent: list[Identifier] = Field(default_factory=list)
    flags: list[Identifier] = Field(default_factory=list)
    no_flags: list[Identifier] = Field(default_factory=list)
    reasons: list[str] = Field(default_factory=list, description="Reason codes that must be given.")
    mention_only: bool | None = None
    found: bool | None = None
    term: dict[str, Any] = Field(default_factory=dict)


class Applicability(_Part):
    not_applicable_when: list[Condition]
    reason: Both


class Lowered(_Part):
    """A fact that makes the provision matter less; the report says so."""

    when: list[Condition] = Field(min_length=1)
    to: Literal["recommended", "critical", "high", "medium", "low"] = Field(description="Only recommended, or the severity at most.")
    reason: Both


class ConceptEntry(_Part):
    about: str = ""
    terms: list[str] = Field(default_factory=list)
    tokens: list[list[dict[str, Any]]] = Field(
        default_factory=list, description="spaCy token patterns (Matcher syntax) over folded text; they load spaCy."
    )
    except_: list[str] = Field(
        default_factory=list, alias="except", description="Readings that must not count; an occurrence inside one is refused."
    )
    no_party: bool = Field(
        False,
        description="Somebody else is meant: a word by which the contract calls one of its parties (Consultant) does not count.",
    )

    @model_validator(mode="after")
    def _some(self) -> ConceptEntry:
        if not self.terms and not self.tokens:
            raise ValueError("a concept needs `terms` or `tokens`")
        return self


class Provision(_Part):
    """One provision: one file, file name = id."""

    id: Identifier
    title: Both
    status: Literal["draft", "stable", "deprecated"]
    theme: str = ""
    rank: int = Field(999, description="Place in its theme when listed and reported.")
    severity: Severity
    summary: Both
    protects: Literal["buyer", "supplier", "either"] = "either"
    applies: dict[str, Literal["required", "recommended", "not_applicable"]] = Field(description="By contract type.")
    gates: list[Applicability] = Field(default_factory=list)
    lowered: list[Lowered] = Field(default_factory=list, description="Facts that lower the severity.")
    anchors: dict[Literal["ja", "en"], list[str]] = Field(description="Words of headings under which it usually stands (vocabulary terms).")
    place: dict[Literal["ja", "en"], list[str]] = Field(
        default_factory=dict, description="Headings after which a missing clause is best put, best first."
    )
    mentions: list[Concept] = Field(
        default_factory=list,
        description="Words of the provision; where they stand only in text that never counts, the report says mention_only.",
    )
    vocabulary: dict[Literal["ja", "en"], dict[Concept, list[str] | ConceptEntry]] = Field(
        default_factory=dict, description="Concepts that only this provision needs: a list of terms, or the keys of a vocabulary entry."
    )
    parameters: dict[Identifier, Parameter] = Field(default_factory=dict)
    elements: list[Element] = Field(min_length=1)
    red_flags: list[RedFlag] = Field(default_factory=list)
    near_misses: list[NearMiss] = Field(default_factory=list)
    incorporation: list[Incorporation] = Field(default_factory=list)
    exemplars: list[Exemplar] = Field(default_factory=list)
    cautions: list[Both] = Field(default_factory=list)
    sources: list[Source] = Field(default_factory=list)
    limits: Both | None = None

    @model_validator(mode="after")
    def _coherent(self) -> Provision:
        ids = [e.id for e in self.elements]
        for name in {i for i in ids if ids.count(i) > 1}:
            raise ValueError(f"element {name} is defined twice")
        if not any(e.core for e in self.elements):
            raise ValueError("no element is core")
        unknown = [t for t in self.applies if t not in CONTRACT_TYPES]
        if unknown:
            raise ValueError(f"applies: unknown contract type {unknown[0]}; known: {', '.join(CONTRACT_TYPES)}")
        return self

    def element(self, name: str) -> Element:
        return next(e for e in self.elements if e.id == name)

    def anchors_in(self, language: str) -> list[str]:
        """The terms of its headings in a language; none where it has no words for it."""
        return self.anchors.get(cast(Code, language), [])

    def place_in(self, language: str) -> list[str]:
        """The headings after which it is best put, best first."""
        return self.place.get(cast(Code, language), [])


class TestFile(_Part):
    """The tests of one provision: tests/<provision>.yaml."""

    __test__ = False  # not a class of pytest's
    provision: Identifier
    tests: list[LibraryTest]


class VocabularyFile(_Part):
    language: Literal["ja", "en"]
    concepts: dict[Concept, ConceptEntry]


class Profile(_Part):
    """A selection of provisions with overrides."""

    name: Identifier
    title: Both
    side: Literal["buyer", "supplier", "either"] = "either"
    provisions: list[Identifier] = Field(default_factory=list, description="Empty: all stable ones.")
    parameters: dict[Identifier, float] = Field(default_factory=dict)
    severity: dict[Identifier, Severity] = Field(default_factory=dict)


def all_finds(provision: Provision) -> Iterator[tuple[str, Find]]:
    """Every find of a provision with the id it is reported under: "fm_relief.1", "fm_relief.negated_by.1", "fm_waiver.1"."""
    for element in provision.elements:
        for i, find in enumerate(element.find, 1):
            yield f"{element.id}.{i}", find
        for i, find in enumerate(element.negated_by, 1):
            yield f"{element.id}.negated_by.{i}", find
        for i, weaken in enumerate(element.weaken, 1):
            yield f"{element.id}.weaken.{i}", weaken.when
            for find in weaken.unless:
                yield f"{element.id}.weaken.{i}.unless", find
    for flag in provision.red_flags:
        for i, find in enumerate(flag.find, 1):
            yield f"{flag.id}.{i}", find
        for i, find in enumerate(flag.unless, 1):
            yield f"{flag.id}.unless.{i}", find
        for i, find in enumerate(flag.beside, 1):
            yield f"{flag.id}.beside.{i}", find
    for miss in provision.near_misses:
        for i, find in enumerate(miss.find, 1):
            yield f"{miss.code}.{i}", find
        for i, find in enumerate(miss.unless, 1):
            yield f"{miss.code}.unless.{i}", find
    for incorporation in provision.incorporation:
        for i, find in enumerate(incorporation.find, 1):
            yield f"incorporation.{i}", find


def all_conditions(provision: Provision) -> Iterator[Condition]:
    """Every condition of a provision, those inside ``any`` and ``no`` too."""
    stack = [c for e in provision.elements for c in [*e.condition, *e.satisfied_when, *(c for w in e.weak_when for c in w.when)]]
    stack += [c for f in provision.red_flags for c in [*f.when, *(c for w in f.effect_when for c in w.when)]]
    stack += [c for g in provision.gates for c in g.not_applicable_when]
    stack += [c for x in provision.lowered for c in x.when]
    while stack:
        condition = stack.pop()
        yield condition
        stack += [*condition.any, *condition.no]


def looks_at(provision: Provision) -> set[str]:
    """The provisions whose findings this one's conditions look at."""
    return {c.provision for c in all_conditions(provision) if c.provision}
