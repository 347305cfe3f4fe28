"""Standing transfers: batches under one authorisation, each compared with the first that was released under it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictInt, model_validator

from kouan.model.base import Frozen, Sha256
from kouan.model.decision import Pathway
from kouan.model.facts import Range
from kouan.model.release import Attestation
from kouan.model.text import Text
from kouan.model.time import Instant, LegalDay

Persons = Annotated[StrictInt, Field(ge=0)]


class Authorised(Frozen):
    """What an assessment's result, a filed contract or a certificate covers, as the exporter reads it.

    Attributes:
        ordinary, sensitive: persons without and with sensitive personal information, over all batches.
        issued_on: day of the result or certificate; the law of the day of the batch says how long it is valid.
        until: last day, where the paper itself names one.
    """

    ordinary: Persons
    sensitive: Persons
    issued_on: LegalDay | None = None
    until: LegalDay | None = None

    @model_validator(mode="after")
    def _dated(self) -> Authorised:
        if self.issued_on is None and self.until is None:
            raise ValueError(Text(zh="须写明 issued_on 或者 until", en="it needs issued_on or until"))
        return self


class Authority(Frozen):
    """The release under which a later batch of a standing transfer leaves.

    Attributes:
        clearance: digest of the first clearance's manifest.
        released_at: of the first release.
        pathway: that was chosen then.
        attestations: of then, for the conditions that need no new word with each batch.
        until: last day of validity; None where the pathway has none.
        ordinary, sensitive: persons released under it before this batch, as the meter has them.
        items: distinct kinds of items of this batch, all of them released then.
    """

    clearance: Sha256
    released_at: Instant
    pathway: tuple[Pathway, ...]
    attestations: tuple[Attestation, ...]
    until: LegalDay | None = None
    ordinary: Range
    sensitive: Range
    items: Annotated[int, Field(ge=0)]
