"""Attestations: certificates, filings and environments that somebody vouches for, with what they cover and when."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from kouan.model.base import Frozen
from kouan.model.text import Said, Text
from kouan.model.time import LegalDay

Kind = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
"""Sort of an attestation: `certificate`, `gba_certificate`, `sandbox_run`, `dedicated_line`, `controlled_environment`,
`list_filing`, or another word that a pack's vocabulary uses."""


class Attestation(Frozen):
    """One certificate, filing or environment.

    Attributes:
        number: of the certificate, filing or run.
        issuer: who vouches for it.
        scenarios: for which it was issued, as under `transfer.scenario`; empty: for all.
        members: names or 统一社会信用代码 of the exporters it covers, as in a group's certificate; empty: the only
            exporter of the transfer.
        recipients: names of the recipients it covers; empty where it is not limited to some.
        valid_from, valid_to: legal days, both included; no `valid_to` means no end.
    """

    kind: Kind
    number: Said
    issuer: Said
    scenarios: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    valid_from: LegalDay
    valid_to: LegalDay | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Attestation:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError(Text(zh="valid_to 早于 valid_from", en="`valid_to` is before `valid_from`"))
        return self


class NamedParty(Frozen):
    """A party of a transfer, as far as attestations must cover it.

    Attributes:
        role: `exporter`, or `recipient` for whoever receives abroad.
        names: its name and, at home, its 统一社会信用代码.
    """

    role: Literal["exporter", "recipient"]
    names: Annotated[tuple[str, ...], Field(min_length=1)]
