"""Which conditions bind a release, and what a named person said of each."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from kouan.clearance import messages
from kouan.dossier.gate import by_track
from kouan.dossier.terms import TRACK
from kouan.model.masking import quoted
from kouan.model.release import Attestation
from kouan.model.text import Text, same, says

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kouan.model.decision import Condition, Decision, Pathway
    from kouan.model.time import LegalDay


def conditions_for(decision: Decision, pathway: tuple[Pathway, ...]) -> tuple[Condition, ...]:
    """Return the conditions that bind under the chosen pathway."""
    return tuple(
        condition
        for condition in decision.conditions
        if not condition.pathways or set(condition.pathways) & set(pathway)
    )


def _by_track(conditions: tuple[Condition, ...], names: list[str]) -> Text:
    """Return the names, with their tracks where there are several."""
    groups = by_track(one for one in conditions if one.id in names)
    lists = [(track, ", ".join(one.id for one in group)) for track, group in groups]
    if len(lists) == 1:
        return same(lists[0][1])
    return Text(
        zh="；".join(f"{TRACK[track].zh}：{listed}" for track, listed in lists),
        en="; ".join(f"{TRACK[track].en}: {listed}" for track, listed in lists),
    )


def attest(
    conditions: tuple[Condition, ...],
    attested: Mapping[str, str],
    *,
    by: str,
    today: LegalDay,
    carried: tuple[Attestation, ...] = (),
) -> tuple[Attestation, ...]:
    """Return one attestation for each condition.

    Args:
        conditions: those that bind.
        attested: condition id to what proves it.
        by: the person who answers for it.
        today: day of the attestation.
        carried: of the first batch of a standing transfer; what is attested anew takes their place.

    Raises:
        KouanError: K-CLR-021 (a condition or the person is missing or blank), K-CLR-022 (no such condition).
    """
    known = [condition.id for condition in conditions]
    for name in attested:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            guess = f" ({near[0]}?)" if near else ""
            raise messages.CONDITION_STRANGE.at(
                "--attest", name=quoted(name), guess=guess, names=", ".join(known) or "–"
            )
    each = {condition.id for condition in conditions if condition.each}
    earlier = {one.condition: one for one in carried if one.condition not in each and one.condition not in attested}
    fresh = [name for name in known if name not in earlier]
    unmet = [name for name in fresh if not says(attested.get(name, "")) or not says(by)]
    if unmet:
        raise messages.CONDITION_UNMET.at("--attest", count=len(unmet), names=_by_track(conditions, unmet))
    return tuple(
        earlier.get(name) or Attestation(condition=name, value=attested[name], by=by, on=today) for name in known
    )
