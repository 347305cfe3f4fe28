"""Readings: open points of the law, each with the ways in which it is read; a decision says which one it took."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool, model_validator

from kouan.model.base import Frozen
from kouan.model.clause import Name
from kouan.model.pack import Article, Cited, Id
from kouan.model.period import Period
from kouan.model.text import Text

Under = dict[Id, Id]
"""Readings under which a provision (or a part of one) applies: open point -> option, such as `{a3: either}`."""


class Taken(Frozen):
    """What an option takes for so: where a flow's fact is true, another fact of it counts as written.

    Attributes:
        where: a yes-or-no fact of flows.
        fact: another one.
        as_: written `as`.
    """

    where: Name
    fact: Name
    as_: StrictBool = Field(alias="as")


class ReadingOption(Frozen):
    """One way to read an open point.

    Attributes:
        id: such as `either`.
        label: the reading as one sentence.
        ground: who reads it so and why; honest about hearsay.
        confidence: that it is read so at all: H said by a text, M by practice reports, L only possible.
        takes: what it takes for so, where that is not written in the conditions of rules.
    """

    id: Id
    label: Text
    ground: Text
    confidence: Literal["H", "M", "L"]
    takes: Taken | None = None


class Reading(Frozen):
    """An open point of the law (`readings.yaml`).

    Attributes:
        id: such as `a3`.
        article: of the provision whose meaning is open.
        options: two or more.
        default: the option a decision takes unless the exporter adopts another, and says so.
    """

    id: Id
    article: Article
    source: Cited
    in_force: Period
    question: Text
    options: Annotated[tuple[ReadingOption, ...], Field(min_length=2)]
    default: Id

    @model_validator(mode="after")
    def _consistent(self) -> Reading:
        ids = [option.id for option in self.options]
        if len(set(ids)) < len(ids):
            raise ValueError("two options share an id")
        if self.default not in ids:
            raise ValueError("`default` is one of the options")
        return self


class Readings(Frozen):
    """`readings.yaml`."""

    readings: tuple[Reading, ...]
