"""What a pack is: its head, the instruments it cites, days in force, dated parameters."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StrictInt

from kouan.model.base import Frozen
from kouan.model.clause import Name
from kouan.model.period import Period
from kouan.model.text import Text
from kouan.model.time import LegalDay

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")]
"""Name of a pack or provision: small letters, digits, dots, hyphens."""

UNCONFIRMED = "unconfirmed"
"""In the place of an article that nobody has read: the institution is to confirm it."""

Article = Annotated[
    str,
    Field(
        pattern=r"^((part )?[0-9]+(\([0-9]+\)){0,2}|clause [0-9]+(\.[0-9]+)*|[0-9]+ item [0-9]+|Q[0-9]+"
        r"|(annex|measure|entry) [0-9]+|text|unconfirmed)$"
    ),
]
"""Place in an instrument: article(paragraph)(item) as "7(1)(2)"; "55 item 4" where an article has one paragraph;
"Q1" of an official question-and-answer text; "part 3(1)" or "annex 4" of a guide; "clause 5.1" of a standard;
"measure 6" of a plan; "entry 7" of a list; "text" of one without articles; "unconfirmed"."""


class Rank(StrEnum):
    """Rank of an instrument, from the highest (立法法 Arts 98 to 102); `height` compares two."""

    LAW = "law"
    REGULATION = "regulation"
    LOCAL_REGULATION = "local_regulation"
    RULE = "rule"
    LOCAL_RULE = "local_rule"
    NORMATIVE = "normative"
    STANDARD = "standard"
    ANSWER = "answer"
    TREATY = "treaty"

    @property
    def height(self) -> int:
        """Larger is higher; a treaty's place is said by the law that defers to it (PIPL Art 38(2)), not by rank."""
        return _HEIGHTS[self]


_HEIGHTS = {
    Rank.LAW: 7,
    Rank.REGULATION: 6,
    Rank.LOCAL_REGULATION: 5,
    Rank.RULE: 5,
    Rank.LOCAL_RULE: 4,
    Rank.NORMATIVE: 3,
    Rank.STANDARD: 2,
    Rank.ANSWER: 1,
    Rank.TREATY: 0,
}


class Instrument(Frozen):
    """A law, regulation, rule or official answer that a pack cites.

    Attributes:
        rank: law, administrative regulation, departmental rule, and so on.
        issued: day of adoption or publication, which decides between two of one rank.
        edition: of the text that was read, such as 2021-08-20 or 第三版; empty where none was.
        status: a draft or proposal can be cited, but only by provisions of that status.
        number: of the order, or date of adoption.
        in_force: first day in force (publication day of answers); None of one whose text was not read.
    """

    title: Text
    rank: Rank
    number: str = ""
    issued: LegalDay | None = None
    url: str = ""
    edition: str = ""
    status: Literal["in_force", "draft", "proposal", "repealed"] = "in_force"
    in_force: LegalDay | None


class PackHead(Frozen):
    """`pack.yaml`: what the pack is and which instruments it cites.

    Attributes:
        list: id of the negative list whose rules these are; they bear on a transfer only where `list.used` names it
            or leaves it open.
    """

    id: Id
    version: Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]
    title: Text
    instruments: dict[str, Instrument] = Field(default_factory=dict)
    list: Id | None = None


class Cited(Frozen):
    """The instrument behind a provision, and how far its text was confirmed (H read, M secondary, L unconfirmed)."""

    instrument: str
    confidence: Literal["H", "M", "L"]


class ParameterValue(Period):
    """A parameter's value during a period."""

    value: Annotated[StrictInt, Field(ge=0)]


class Parameter(Frozen):
    """A dated number of the law."""

    name: Name
    label: Text
    article: Article
    source: Cited
    values: Annotated[tuple[ParameterValue, ...], Field(min_length=1)]


class Parameters(Frozen):
    """`parameters.yaml`."""

    parameters: tuple[Parameter, ...]
