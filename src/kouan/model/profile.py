"""Treatment profiles: how one standard or one house treats every item that it names, rule by rule with its source."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field, StrictBool, StrictInt, StrictStr, model_validator

from kouan.model.base import Frozen
from kouan.model.consent import Words
from kouan.model.declaration import ReleaseMode
from kouan.model.inventory import IdentityRole
from kouan.model.plan import Action
from kouan.model.purpose import Grounds
from kouan.model.text import Text

_BESIDE = re.compile(r"[\w-][\w.-]*\.csv\Z")
ProfileId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]


class ProfileRule(Frozen):
    """What is done to the items that it names; the first rule of a profile that fits an item counts.

    Every part that is written must fit the item.

    Attributes:
        id: for the plan's reasons.
        meanings: of recognition.
        roles: in re-identification.
        elements: of the standards in `sectors`, as their schemas number them; `*` stands for any letters.
        sectors: ids of sector standards; with them, only items that such a standard names.
        subjects: roles of the persons described.
        modes: release modes; empty means all those of the profile.
        things: also items that are surely about nobody, such as the code of an institution.
        action, params: as in a plan's line; of `shift` the plan itself finds the column that names the person; `file`
            of a hierarchy is one that comes along, or a .csv file beside the profile, which `sha256` pins.
        never: the item leaves in no form, whatever the declaration lists as needed; only with `drop`.
        why: for people.
        otherwise: what the source allows instead, for whoever edits the plan.
        source: where it stands.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    meanings: Words = ()
    roles: tuple[IdentityRole, ...] = ()
    elements: Words = ()
    sectors: Words = ()
    subjects: Words = ()
    modes: tuple[ReleaseMode, ...] = ()
    things: StrictBool = False
    action: Action
    params: dict[str, StrictInt | StrictStr] = Field(default_factory=dict)
    never: StrictBool = False
    why: Text
    otherwise: Text | None = None
    source: Grounds

    @model_validator(mode="after")
    def _fits_together(self) -> ProfileRule:
        if not (self.meanings or self.roles or self.elements or self.subjects):
            raise ValueError(
                Text(
                    zh="须写明 meanings、roles、elements 或者 subjects",
                    en="it names meanings, roles, elements or subjects",
                )
            )
        if self.elements and not self.sectors:
            raise ValueError(Text(zh="写了 elements 须写 sectors", en="with elements it names sectors"))
        if self.never and self.action is not Action.DROP:
            raise ValueError(Text(zh="never 只能与 drop 同写", en="never goes with drop alone"))
        if {"accepted", "by", "unmarked"} & self.params.keys():
            raise ValueError(
                Text(
                    zh="accepted、by、unmarked 只能写在具体的方案里",
                    en="accepted, by and unmarked belong to the plan of given data",
                )
            )
        name = str(self.params.get("file", "kouan:"))
        if not name.startswith("kouan:") and not (_BESIDE.match(name) and "sha256" in self.params):
            raise ValueError(
                Text(
                    zh="file 写随附的层级（kouan:country-zh），或配置旁边的 .csv 文件名，并写明 sha256",
                    en="file is a hierarchy that comes along (kouan:country-en), or the name of a .csv file beside the"
                    " profile, with its sha256",
                )
            )
        return self

    @property
    def beside(self) -> str | None:
        """Name of the hierarchy file beside the profile, if the rule goes by one."""
        name = str(self.params.get("file", "kouan:"))
        return None if name.startswith("kouan:") else name


class Profile(Frozen):
    """One profile: `profiles/<id>.yaml`.

    Attributes:
        about: what it is for, and what it does not claim.
        modes: release modes for which it is made.
        instruments: titles of the texts that it cites, by key.
        gates: ids of the thresholds that the treated data should keep to.
        keys: meanings by which the persons of a table are told apart, the strongest first; dates move by them.
        rules: the first that fits an item counts; what none names goes by its sector's standard and the general rules.
    """

    id: ProfileId
    version: Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]
    title: Text
    about: Text
    modes: Annotated[tuple[ReleaseMode, ...], Field(min_length=1)]
    instruments: dict[str, Text] = Field(default_factory=dict)
    gates: Words = ()
    keys: Words = ()
    rules: Annotated[tuple[ProfileRule, ...], Field(min_length=1)]
