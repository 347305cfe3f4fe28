"""What treatment changed between the two decisions, and what it did not, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.dossier.figures import span
from kouan.dossier.terms import PATHWAY
from kouan.model.decision import Change, Decision
from kouan.model.facts import FactValue, Range
from kouan.model.text import Text

if TYPE_CHECKING:
    from kouan.model.consent import Consent
    from kouan.model.decision import Pathway
    from kouan.model.plan import Plan

_COUNTS = {
    "flow.persons": Text(zh="涉及人数", en="persons"),
    "flow.sensitive_persons": Text(zh="敏感个人信息涉及人数", en="persons with sensitive items"),
    "flow.under14_persons": Text(zh="不满十四周岁人数", en="children under 14"),
}

_GONE = Text(zh="“{flow}”的数据不再出境。", en="Data of “{flow}” no longer leave.")
_NONE_LEFT = Text(
    zh="“{flow}”处理后未发现与可识别自然人有关的数据项；"
    "是否已无法识别且不能复原（《个人信息保护法》第七十三条第四项），须由人评估确认。",
    en="After treatment no item about an identifiable person was found in “{flow}”; whether nobody can be"
    " identified and nothing restored (PIPL Art 73 item 4) is for people to assess.",
)


_HELD = Text(
    zh="同意台账中没有有效单独同意的 {persons} 人未进入待放行的数据，共扣留 {rows} 行（条）记录"
    "（《个人信息保护法》第十五条、第三十九条）。",
    en="{persons} persons without a standing separate consent in the ledger are not in the staged data; {rows} rows or"
    " records were kept back (PIPL Arts 15, 39).",
)


def pathway_words(options: tuple[Pathway, ...]) -> Text:
    """Return the pathways of one outcome as one phrase."""
    return Text(
        zh="或者".join(PATHWAY[option].zh for option in options),
        en=" or ".join(PATHWAY[option].en[:1].lower() + PATHWAY[option].en[1:] for option in options),
    )


def outcome_words(decision: Decision) -> Text:
    """Return the overall result as one phrase, undetermined ones as alternatives."""
    parts = [pathway_words(outcome.options) for outcome in decision.possible]
    if len(parts) == 1:
        return parts[0]
    return Text(
        zh="尚未确定（" + " / ".join(part.zh for part in parts) + "）",
        en="undetermined (" + " / ".join(part.en for part in parts) + ")",
    )


def describe_changes(
    before: Decision, after: Decision, plan: Plan, consent: Consent | None = None
) -> tuple[Change, ...]:
    """Return why the pathway moved or did not move.

    Args:
        before: decision on the original data.
        after: decision on the treated data.
        plan: what was done; dropped items are counted.
        consent: what the ledger of consents says, if there is one.
    """
    moved = before.possible != after.possible
    first, second = outcome_words(before), outcome_words(after)
    head = (
        Text(zh="路径由“{a}”变为“{b}”。", en="The pathway moves from “{a}” to “{b}”.").fill(a=first, b=second)
        if moved and first != second
        else Text(zh="路径仍为“{b}”。", en="The pathway stays “{b}”.").fill(b=second)
    )
    changes = [Change(text=head)]
    if consent is not None and consent.held:
        words = _HELD.fill(persons=f"{consent.persons - consent.standing:,}", rows=f"{consent.held:,}")
        changes.append(Change(text=words, fact="consent.separate_complete"))
    before_flows = {flow.id: {fact.name: fact.value for fact in flow.facts} for flow in before.facts.flows}
    after_flows = {flow.id: {fact.name: fact.value for fact in flow.facts} for flow in after.facts.flows}
    labels = {flow.id: flow.label for flow in (*after.facts.flows, *before.facts.flows)}
    for flow_id, old in before_flows.items():
        new = after_flows.get(flow_id)
        if new is None:
            words = (
                _GONE if all(flow.get("flow.personal") is not False for flow in after_flows.values()) else _NONE_LEFT
            )
            changes.append(Change(text=words.fill(flow=labels[flow_id])))
            continue
        changes += _count_changes(labels[flow_id], old, new)
    if any(flow.get("flow.personal") is not False for flow in after_flows.values()) and _has(plan, "pseudonym"):
        text = Text(
            zh="假名化属于去标识化，处理后的数据仍属个人信息（《个人信息保护法》第四条、第七十三条第三项），"
            "仍适用相应规定。",
            en="Pseudonymisation is de-identification: the data stay personal information (PIPL Arts 4, 73 item 3) and"
            " its rules still apply.",
        )
        changes.append(Change(text=text))
    return tuple(changes)


def _has(plan: Plan, action: str) -> bool:
    return any(line.action.value == action for line in plan.lines)


def _count_changes(label: Text, old: dict[str, FactValue], new: dict[str, FactValue]) -> list[Change]:
    changes = []
    if old.get("flow.personal") is not False and new.get("flow.personal") is False:
        return [Change(text=_NONE_LEFT.fill(flow=label), fact="flow.personal")]
    for name, words in _COUNTS.items():
        a, b = old.get(name), new.get(name)
        if isinstance(a, Range) and isinstance(b, Range) and a.hi != b.hi:
            text = Text(zh="“{flow}”{what}由 {a} 变为 {b}。", en="“{flow}”: {what} from {a} to {b}.")
            changes.append(Change(text=text.fill(flow=label, what=words, a=span(a), b=span(b)), fact=name))
    return changes
