"""Sector schemas: what the items of a standard's files mean (ICH E2B(R3), HL7 FHIR, CDISC ODM and SDTM)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictInt, StrictStr

from kouan.model.base import Frozen
from kouan.model.inventory import IdentityRole
from kouan.model.plan import Action
from kouan.model.sectorcheck import SectorCheck
from kouan.model.shape import TreeShape
from kouan.model.text import Text


class DefaultTreatment(Frozen):
    """What the first plan does to an item unless a person says otherwise."""

    action: Action
    params: dict[str, StrictInt | StrictStr] = Field(default_factory=dict)


class SectorItem(Frozen):
    """One item of a standard.

    Attributes:
        table: name of the record kind or table; written as a path is.
        path: tree path inside the record, or column name. `*` stands for any letters of one step, `?` for one, `**`
            for any letters at all (`**/` also for no step), `{a,b}` for either; upper and lower case are one.
        element: its number or name in the standard, such as `D.1`, `USUBJID`, `Patient.name.family`.
        label: for people.
        meaning: id of the lexicon.
        role: in re-identification, where it differs from the meaning's.
        subject: whom it describes, where it differs from the record's.
        treatment: default; None leaves it to the general rules.
        value: what the standard takes and nothing shorter, where that binds a treatment: `instant` is a date with time
            to the second and zone.
        confidence: how far it was confirmed from the standard's text (H read, M secondary, L unconfirmed).
    """

    table: str = "*"
    path: Annotated[str, Field(min_length=1)]
    element: str
    label: Text
    meaning: str
    role: IdentityRole | None = None
    subject: str | None = None
    treatment: DefaultTreatment | None = None
    value: Literal["instant"] | None = None
    confidence: Literal["H", "M", "L"]


class ImpliedAge(Frozen):
    """An age below which nobody can hold a role, which the role itself says; it stands in for births that are unknown.

    Attributes:
        age: in years.
        why: what about the role says so; shown beside the counts.
        element: item of the same record on which it depends, such as a qualification; None: it holds for everybody.
        values: of that item, with which it holds.
    """

    age: Annotated[StrictInt, Field(ge=0, le=120)]
    why: Text
    element: str | None = None
    values: tuple[StrictStr, ...] = ()


class SectorSchema(Frozen):
    """One standard.

    Attributes:
        standard: as cited, with its edition.
        short: how people call it, such as `E2B(R3)`.
        tree: shape of its documents; None for tables.
        columns: sets of columns: a table that has all of one of them is of this standard; empty for documents.
        subjects: name of a record kind or table, written as `SectorItem.table` -> role of the person its records are
            about, None when about nobody; the first that fits counts, and a table that none fits is about nobody.
        min_age: role -> lowest age that the role implies; what the data show and what is declared goes before it.
        keys: elements by which persons are told apart over the tables, strongest first; dates are shifted by them.
        items: the first that fits an item says what it is.
        checks: tables that people of the sector judge such data by.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")]
    version: Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]
    title: Text
    standard: str
    short: str
    tree: TreeShape | None = None
    columns: tuple[tuple[str, ...], ...] = ()
    subjects: dict[str, str | None] = Field(default_factory=dict)
    min_age: dict[str, ImpliedAge] = Field(default_factory=dict)
    keys: tuple[str, ...] = ()
    items: tuple[SectorItem, ...]
    checks: tuple[SectorCheck, ...] = ()
