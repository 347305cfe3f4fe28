from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from kouan.dossier import charts, messages, terms
from kouan.dossier.papers import papers_for
from kouan.dossier.words import GLOSSARY, WORDS
from kouan.model.decision import ConditionKind, Pathway, Truth
from kouan.model.declaration import Basis, PartyRole, ReleaseMode
from kouan.model.errors import Message
from kouan.model.facts import FactSource
from kouan.model.inventory import IdentityRole, Tier
from kouan.model.plan import Action
from kouan.model.risk import Judgement

if TYPE_CHECKING:
    from enum import StrEnum

    from kouan.model.text import Text

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def _texts() -> list[tuple[str, Text]]:
    named = list(WORDS.items())
    named += [(f"glossary {n}", one) for n, pair in enumerate(GLOSSARY) for one in pair]
    for table, entries in vars(terms).items():
        if isinstance(entries, dict) and table.isupper() and not table.endswith("_MARK"):
            named += [(f"{table} {key}", value) for key, value in entries.items()]
    for option in Pathway:
        named += [(paper.id, paper.label) for paper in papers_for(option)]
        named += [(f"{paper.id} source", paper.source.title) for paper in papers_for(option)]
    for one in vars(messages).values():
        if isinstance(one, Message):
            named += [(one.code, part) for part in (one.what, one.why, one.fix)]
    return named


@pytest.mark.parametrize(("name", "text"), _texts())
def test_both_languages_are_written(name, text):
    assert CHINESE.search(text.zh) or text.zh.isascii(), name
    assert text.en.strip(), name
    assert not CHINESE.search(text.en), name
    assert text.placeholders()[0] == text.placeholders()[1], name


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        (Pathway, terms.PATHWAY),
        (Pathway, terms.PATHWAY_MEANS),
        (Truth, terms.TRUTH),
        (Truth, terms.TRUTH_MARK),
        (ConditionKind, terms.CONDITION),
        (PartyRole, terms.PARTY),
        (ReleaseMode, terms.MODE),
        (Basis, terms.BASIS),
        (FactSource, terms.FACT_SOURCE),
        (IdentityRole, terms.IDENTITY),
        (Tier, terms.TIER),
        (Action, terms.ACTION),
        (Judgement, terms.OUTCOME),
        (Judgement, terms.OUTCOME_MARK),
    ],
)
def test_every_code_has_words(kind: type[StrEnum], table):
    assert set(table) == set(kind)


def test_no_word_is_left_over():
    folder = files("kouan.dossier").joinpath("templates")
    used = "".join(one.read_text(encoding="utf-8") for one in folder.iterdir() if one.name.endswith(".j2"))
    row_keys = {key for names in charts._PAIRS for key in names} | {*charts._ALONE}
    keys = set(re.findall(r"\bw\.([a-z0-9_]+)", used))
    keys |= row_keys | {"lighter", "same", "heavier", "unclear", "as_is", "treated"}
    assert keys == set(WORDS)
