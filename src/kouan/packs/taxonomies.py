"""Standards as data: classes of personal information, what is sensitive on a day, levels, important-data rules."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kouan.model import strictyaml
from kouan.model.candidates import CandidateRules, HealthLevels, ListCues
from kouan.model.taxonomy import Grading, LawRulings, Taxonomy
from kouan.packs import messages
from kouan.packs.listed import listed_rules

if TYPE_CHECKING:
    from kouan.model.time import LegalDay

S = TypeVar("S", Taxonomy, Grading, LawRulings, CandidateRules, HealthLevels)


@cache
def load_taxonomies() -> tuple[Taxonomy, ...]:
    """Return the taxonomies of personal information, the oldest standard first.

    Raises:
        KouanError: K-MOD-001 to K-MOD-005, with file and line.
    """
    return _load(Taxonomy, "personal_information")


@cache
def load_gradings() -> tuple[Grading, ...]:
    """Return the standards by which data are levelled, the oldest first. Raises as `load_taxonomies`."""
    return _load(Grading, "data_levels")


@cache
def load_law_rulings() -> tuple[LawRulings, ...]:
    """Return what laws say of sensitivity beside the standards. Raises as `load_taxonomies`."""
    return _load(LawRulings, "law_rulings")


@cache
def load_health_levels() -> tuple[HealthLevels, ...]:
    """Return the standards by which health data are levelled, the oldest first. Raises as `load_taxonomies`."""
    return _load(HealthLevels, "health_levels")


@cache
def load_candidate_rules() -> tuple[CandidateRules, ...]:
    """Return the texts that say which data may be important, negative lists among them. Raises as `load_taxonomies`."""
    cues = [strictyaml.validate(ListCues, one, "taxonomy") for one in _documents() if one.value["kind"] == "list_cues"]
    return (*_load(CandidateRules, "important_candidates"), *(made for one in cues for made in listed_rules(one)))


def taxonomy_on(day: LegalDay) -> Taxonomy:
    """Return the newest taxonomy of personal information in force on a day.

    Raises:
        KouanError: K-PCK-034 where none was.
    """
    found = [one for one in load_taxonomies() if one.in_force.holds(day)]
    if not found:
        raise messages.NO_TAXONOMY.at("standards", day=day.isoformat())
    return found[-1]


@cache
def _documents() -> tuple[strictyaml.Loaded, ...]:
    folder = Path(__file__).parent / "standards"
    return tuple(
        strictyaml.load(path.read_text("utf-8"), f"standards/{path.name}") for path in sorted(folder.glob("*.yaml"))
    )


def _load(model: type[S], kind: str) -> tuple[S, ...]:
    found = [strictyaml.validate(model, one, "taxonomy") for one in _documents() if one.value.get("kind") == kind]
    return tuple(sorted(found, key=lambda one: one.in_force.start))
