"""What a decision brings, in groups: duties by kind, papers and triggers by pathway."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from kouan.dossier.terms import DUTY_KIND
from kouan.model.decision import Pathway

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.model.decision import Decision, Duty


class _Brought(Protocol):
    @property
    def pathways(self) -> tuple[Pathway, ...]: ...


B = TypeVar("B", bound=_Brought)


def by_kind(duties: Sequence[Duty]) -> tuple[tuple[str, tuple[Duty, ...]], ...]:
    """Return duties by kind in the order of their terms; a kind without a term comes last, as `other`."""
    groups: dict[str, list[Duty]] = {kind: [] for kind in DUTY_KIND}
    for duty in duties:
        groups[duty.kind if duty.kind in groups else "other"].append(duty)
    return tuple((kind, tuple(group)) for kind, group in groups.items() if group)


def by_pathway(decision: Decision, brought: Sequence[B]) -> tuple[tuple[Pathway | None, tuple[B, ...]], ...]:
    """Return what belongs to each pathway that is possible, lightest first; None, first, belongs to all of them."""
    possible = {option for outcome in decision.possible for option in outcome.options}
    groups: dict[Pathway | None, tuple[B, ...]] = {None: tuple(one for one in brought if not one.pathways)}
    for path in Pathway:
        groups[path] = tuple(one for one in brought if path in one.pathways) if path in possible else ()
    return tuple((path, group) for path, group in groups.items() if group)
