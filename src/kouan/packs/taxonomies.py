"""Taxonomies of standards as data: which items are sensitive on a day, and how data are levelled."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kouan.model import strictyaml
from kouan.model.taxonomy import Grading, Taxonomy
from kouan.packs import messages

if TYPE_CHECKING:
    from kouan.model.time import LegalDay

S = TypeVar("S", Taxonomy, Grading)


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


def taxonomy_on(day: LegalDay) -> Taxonomy:
    """Return the newest taxonomy of personal information in force on a day.

    Raises:
        KouanError: K-PCK-034 where none was.
    """
    found = [one for one in load_taxonomies() if one.in_force.holds(day)]
    if not found:
        raise messages.NO_TAXONOMY.at("standards", day=day.isoformat())
    return found[-1]


def _load(model: type[S], kind: str) -> tuple[S, ...]:
    found = []
    for path in sorted((Path(__file__).parent / "standards").glob("*.yaml")):
        loaded = strictyaml.load(path.read_text("utf-8"), f"standards/{path.name}")
        if loaded.value.get("kind") == kind:
            found.append(strictyaml.validate(model, loaded, "taxonomy"))
    return tuple(sorted(found, key=lambda one: one.in_force.start))
