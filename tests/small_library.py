"""Small libraries for tests: the example of clause_library/README.md, and a way to write one from texts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from clausecheck.library import Library, parse_yaml
from clausecheck.provision import ConceptEntry, Profile, Provision

README = Path(__file__).parents[1] / "clause_library" / "README.md"


def example() -> dict[str, str]:
    """The files of the README's complete example: path inside the library -> text."""
    blocks = re.findall(r"```yaml\n(# (\S+\.yaml)\n.*?)```", README.read_text(encoding="utf-8"), re.S)
    return {name: text for text, name in blocks}


def write(root: Path, files: Mapping[str, str]) -> Path:
    """The library of these files in a folder."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root / "provisions").mkdir(parents=True, exist_ok=True)
    return root


VOCABULARY = """
en:
  PAINT: {terms: ["paint~"], except: ["paint shops?"]}
  FENCE: {terms: ["fences?"]}
  GATE: {terms: ["gates?"]}
  BARN: {terms: ["barns?"]}
  RED: {terms: ["red"]}
  BLUE: {terms: ["blue"]}
  GREEN: {terms: ["green"]}
  COLOUR: {terms: ["{RED}", "{BLUE}", "{GREEN}"]}
  RAIN: {terms: ["rain~"]}
  CODE: {terms: ["painting code"]}
  STANDARD: {terms: ["standard fence terms of 1999"]}
  NO_COST: {terms: ["not (be )?charge~", "free of charge"]}
ja:
  PAINT: {terms: [塗装する~, 塗る~], except: [塗装店]}
  FENCE: {terms: [柵]}
  GATE: {terms: [門扉]}
  BARN: {terms: [納屋]}
  RED: {terms: [赤色]}
  BLUE: {terms: [青色]}
  GREEN: {terms: [緑色]}
  COLOUR: {terms: ["{RED}", "{BLUE}", "{GREEN}"]}
  RAIN: {terms: [雨天, 降雨]}
  CODE: {terms: [塗装規程]}
  STANDARD: {terms: [1999年版標準柵約款]}
  NO_COST: {terms: ['費用(を|は)(請求しない|負担しない)', 無償で]}
"""
PROVISION = """
id: fence
title: {ja: 柵の塗装, en: Painting of the fence}
status: stable
severity: critical
summary: {ja: 柵を塗る義務。, en: A duty to paint the fence.}
applies: {supply: required, services: recommended, nda: not_applicable}
anchors: {ja: [柵], en: ["fences?"]}
mentions: [FENCE]
parameters: {paint_days: {default: 30, title: {ja: 期限, en: Time}}, few: {default: 2, title: {ja: 数, en: Number}}}
elements: [{id: painted, title: {ja: 塗装, en: Painted}, need: required, core: true, says: duty, find: [{act: PAINT, all: [FENCE]}]}]
exemplars:
  - {language: ja, heading: （柵）, text: '{supplier}は、柵を塗装しなければならない。'}
  - {language: en, heading: Fence, text: '{supplier} shall paint the fence.'}
sources: [{id: invented}]
"""


def library(changes: Mapping[str, object], *, more: Sequence[Mapping[str, object]] = ()) -> Library:
    """A library of the one provision above with these keys changed (and further provisions made the same way).

    Elements and flags may leave out their titles and messages.
    """
    concepts = {
        code: {name: ConceptEntry.model_validate(entry) for name, entry in rows.items()}
        for code, rows in parse_yaml(VOCABULARY, "vocabulary").items()
    }
    provisions = tuple(_provision({"id": "fence", **row}) for row in (changes, *more))
    parameters = {name: p.default for provision in provisions for name, p in provision.parameters.items()}
    profile = Profile.model_validate({"name": "default", "title": {"ja": "-", "en": "-"}})
    return Library("invented", "1", "vocabulary of small_library", profile, provisions, concepts, parameters, Path())


def _provision(changes: Mapping[str, object]) -> Provision:
    data = {**parse_yaml(PROVISION, "provision"), **changes}
    data["elements"] = [{"title": {"ja": e["id"], "en": e["id"]}, "need": "required", **e} for e in data["elements"]]
    data["red_flags"] = [{"message": {"ja": f["id"], "en": f["id"]}, **f} for f in data.get("red_flags", ())]
    return Provision.model_validate(data)
