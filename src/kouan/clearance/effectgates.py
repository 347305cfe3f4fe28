"""Gates of a certificate that what was observed decides, whatever people answer: keys, attacks, telling items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.clearance import certificate_messages as messages
from kouan.clearance.attack_messages import NOBODY
from kouan.deidentify.checks import KEYED
from kouan.evidence import FileKeyStore
from kouan.evidence.messages import KEY_MISSING
from kouan.model.attacks import Attack
from kouan.model.certificate import Gate
from kouan.model.errors import KouanError
from kouan.model.items import split_item_id
from kouan.model.risk import Judgement
from kouan.model.text import Text, same
from kouan.risk.others import BAR, open_among

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal
    from pathlib import Path

    from kouan.model.attacks import Attacked, AttackReport, AttackResult
    from kouan.model.certificate import ItemRecord
    from kouan.model.evaluation import Answer
    from kouan.model.plan import Action, Plan
    from kouan.model.risk import RiskView
    from kouan.model.treatment import Treatment

READ = "read"
"""Gate that stands only where something could not be read."""
_ATTACKED = "attack:"
_SINGLED = frozenset({Attack.SINGLING_OUT_ONE, Attack.SINGLING_OUT})
_TRIES = 73
"""Of so many tries that all fail, the Wilson interval (95 %) ends below 0.05; fewer show nothing."""


def key_is_held(home: Path, plan: Plan, treatment: Treatment) -> bool:
    """Tell whether the key that the data were treated with can be derived below this home.

    Raises:
        KouanError: K-EVI-002 to 004, 015: a key lies there, and nobody can say whether it is this one.
    """
    if treatment.key is None:
        return False
    try:
        return FileKeyStore.open(home, create=False).fingerprint(plan.key) == treatment.key
    except KouanError as error:
        if error.message is not KEY_MISSING:
            raise
        return False


def was_held(gates: Iterable[Gate]) -> bool:
    """Tell whether the requirements of a certificate say that the key was seen."""
    return any(gate.why == messages.KEY_SEEN for gate in gates)


def reversible(actions: Iterable[Action], answer: Answer | None, *, held: bool) -> Gate:
    """Return whether somebody could go back; a key that is seen beats the answer that it is destroyed (B5)."""
    keyed = sum(action in KEYED for action in actions)
    evidence = (answer.evidence or "") if answer is not None and keyed else ""
    said = None if answer is None or (answer.answer and not evidence) else answer.answer
    outcome, why = {
        True: (Judgement.PASS, messages.KEY_GONE),
        False: (Judgement.FAIL, messages.KEY_HELD),
        None: (Judgement.UNKNOWN, messages.KEY_OPEN),
    }[said]
    if not keyed:
        outcome, why = Judgement.PASS, messages.KEY_NONE
    elif held:
        outcome, why = Judgement.FAIL, messages.KEY_SEEN
    return Gate(
        id="reversible",
        label=messages.REVERSIBLE,
        outcome=outcome,
        why=why.fill(count=keyed) if keyed else why,
        source=messages.REVERSIBLE_SOURCE,
        evidence=evidence,
    )


def settled(risk: RiskView, items: Sequence[ItemRecord]) -> Gate:
    """Return whether a person has said of every item that singles out whether others may know it.

    Args:
        risk: of the treated data.
        items: of the raw data, with what persons said.
    """
    asked = {one.item for one in items if one.personal is not False and one.known is None}
    left = [one.item for one in open_among(risk, asked)]
    telling = {one.item for table in risk.tables for one in table.others if one.singles_out is not False}
    words = [(one.item, one.known) for one in items if one.known is not None]
    refused = [f"{_name(item)}: {word.why}" for item, word in words if not word.quasi and item in telling]
    adopted = [_name(item) for item, word in words if word.quasi]
    why = messages.NOTHING_TO_SETTLE
    if left:
        why = messages.UNSETTLED.fill(count=len(left), names=_called(left, items))
    elif refused or adopted:
        why = messages.SETTLED.fill(adopted=", ".join(adopted) or "–", refused=len(refused))
    return Gate(
        id="other-items",
        label=messages.OTHER_ITEMS,
        outcome=Judgement.UNKNOWN if left else Judgement.PASS,
        why=why,
        source=messages.OTHER_ITEMS_SOURCE.fill(bar=f"{float(BAR) * 100:g}%"),
        evidence="; ".join(refused),
    )


def _called(left: Sequence[str], items: Sequence[ItemRecord]) -> Text:
    """Return the items by name, elements of a document by what they mean; a meaning that several share stands once."""
    labels = {one.item: one.label for one in items}
    names = dict.fromkeys(labels[item] if "/" in _name(item) else same(_name(item)) for item in left)
    return Text(zh="、".join(one.zh for one in names), en="; ".join(one.en for one in names))


def _name(item: str) -> str:
    return split_item_id(item)[2]


def attack_outcome(report: AttackReport, result: AttackResult, bar: Decimal | None) -> Judgement:
    """Return what an attack shows; of too few tries that none worked shows nothing.

    In a table of fewer rows so many tries are all that there are; a small control is no reason for fewer.
    """
    risk = result.risk
    if bar is not None:
        return Judgement.PASS if risk.hi <= bar else Judgement.FAIL if risk.lo > bar else Judgement.UNKNOWN
    if risk.lo > 0:
        return Judgement.FAIL
    return Judgement.PASS if result.main.attacks >= min((_TRIES, *report.rows[:2])) else Judgement.UNKNOWN


def attacks_tried(risk: RiskView, own: Attacked | None, further: Sequence[AttackReport]) -> Gate | None:
    """Return an open gate that names the tables with rows in which nobody was singled out in earnest; None without any.

    A table without personal information needs no attack.
    """
    tables = () if own is None else own.tables
    done = {one.entity for one in tables if NOBODY in one.notes or (one.report and _singled_out(one.report))}
    done |= {one.treated for one in further if _singled_out(one)}
    lacking = [one.entity for one in risk.tables if one.records and one.entity not in done]
    if done and not lacking:
        return None
    why = messages.UNTRIED.fill(tables=", ".join(lacking)) if done else messages.NO_ATTACKS
    return _open(f"{_ATTACKED}none", messages.ATTACKS_MADE, why, messages.ATTACKS_MADE_SOURCE)


def read_whole(unread: Sequence[str]) -> Gate | None:
    """Return an open gate that names the sources that could not be read completely; None without any."""
    if not unread:
        return None
    why = messages.NOT_READ.fill(names=", ".join(unread))
    return _open(READ, messages.READ_WHOLE, why, messages.READ_WHOLE_SOURCE)


def _singled_out(report: AttackReport) -> bool:
    return any(one.attack in _SINGLED for one in report.results)


def _open(name: str, label: Text, why: Text, source: Text) -> Gate:
    return Gate(id=name, label=label, outcome=Judgement.UNKNOWN, why=why, source=source)
