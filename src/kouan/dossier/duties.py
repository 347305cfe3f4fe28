"""The duties of a decision by the pathway that brings them, so that nobody reads those of a way not taken as owed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.dossier.terms import PATHWAY
from kouan.model.decision import Pathway
from kouan.model.text import Text

if TYPE_CHECKING:
    from kouan.model.decision import Decision, Duty

_ORDER = tuple(Pathway)
ALWAYS = Text(zh="不论选择哪条路径", en="Whichever pathway is taken")
STOPPED = Text(zh="数据不得出境，应当做到", en="The data may not leave; what is owed")


def by_pathway(decision: Decision) -> tuple[tuple[Text, tuple[Duty, ...]], ...]:
    """Return the duties under headings: those of every open pathway first, then those of some; no group is empty."""
    open_ = {path for flow in decision.flows for outcome in flow.possible for path in outcome.options}
    groups: dict[tuple[Pathway, ...], list[Duty]] = {(): []}
    for duty in decision.duties:
        own = tuple(path for path in Pathway if path in duty.pathways and path in open_)
        groups.setdefault(() if not duty.pathways or len(own) == len(open_) else own, []).append(duty)
    order = sorted(groups, key=lambda one: (len(one) > 0, [_ORDER.index(path) for path in one]))
    always = STOPPED if open_ == {Pathway.PROHIBITED} else ALWAYS
    return tuple((_heading(paths) if paths else always, tuple(groups[paths])) for paths in order if groups[paths])


def _heading(paths: tuple[Pathway, ...]) -> Text:
    names = [PATHWAY[path] for path in paths]
    return Text(
        zh="限" + "，或者".join(name.zh for name in names), en="Only with: " + " or ".join(name.en for name in names)
    )
