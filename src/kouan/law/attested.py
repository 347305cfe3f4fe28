"""Whether a certificate, filing or environment covers a transfer on its day."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from kouan.law.scoping import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kouan.model.attestation import Attestation
    from kouan.model.facts import FactSet

SCENARIO = "transfer.scenario"


def attested(facts: FactSet, kind: str) -> bool | None:
    """Return whether one attestation of a kind covers the transfer.

    True where one is valid on the day and covers the scenario and every party; false where none does and the
    declaration says that it names all there are; unknown otherwise.
    """
    found = [_covers(one, facts) for one in facts.attestations if one.kind == kind]
    if True in found:
        return True
    return False if facts.attestations_complete and None not in found else None


def covering(facts: FactSet, kind: str) -> tuple[Attestation, ...]:
    """Return the attestations of a kind that cover the transfer."""
    return tuple(one for one in facts.attestations if one.kind == kind and _covers(one, facts))


def _covers(one: Attestation, facts: FactSet) -> bool | None:
    if facts.as_of < one.valid_from or (one.valid_to is not None and facts.as_of > one.valid_to):
        return False
    exporters = [_plain(party.names) for party in facts.parties if party.role == "exporter"]
    recipients = [_plain(party.names) for party in facts.parties if party.role == "recipient"]
    if not exporters or (one.recipients and not recipients):
        return None
    members, named = _plain(one.members), _plain(one.recipients)
    if any(members.isdisjoint(party) for party in exporters) if members else len(exporters) > 1:
        return False
    if named and any(named.isdisjoint(party) for party in recipients):
        return False
    if not one.scenarios:
        return True
    scenario = text_of(facts, SCENARIO)
    return None if scenario is None else scenario in one.scenarios


def _plain(names: Iterable[str]) -> frozenset[str]:
    """Return names however they are spaced, cased or punctuated."""
    folded = (unicodedata.normalize("NFKC", name).casefold() for name in names)
    return frozenset("".join(letter for letter in name if letter.isalnum()) for name in folded)
