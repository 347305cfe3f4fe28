"""Gates of a certificate that what was observed decides, whatever people answer: keys that still exist, attacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.clearance import certificate_messages as messages
from kouan.deidentify.checks import KEYED
from kouan.evidence import FileKeyStore
from kouan.model.certificate import Gate
from kouan.model.errors import KouanError
from kouan.model.risk import Judgement

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

    from kouan.model.attacks import AttackReport, AttackResult
    from kouan.model.certificate import Certificate
    from kouan.model.evaluation import Answer
    from kouan.model.plan import Plan
    from kouan.model.treatment import Treatment

_ATTACKED = "attack:"
_TRIES = 73
"""Of so many tries that all fail, the Wilson interval (95 %) ends below 0.05; fewer show nothing."""


def key_is_held(home: Path, plan: Plan, treatment: Treatment) -> bool:
    """Tell whether the key that the data were treated with can be derived below this home."""
    if treatment.key is None:
        return False
    try:
        return FileKeyStore.open(home, create=False).fingerprint(plan.key) == treatment.key
    except (KouanError, OSError):
        return False


def was_held(certificate: Certificate) -> bool:
    """Tell whether a certificate says that the key was seen."""
    return any(gate.why.en.endswith(messages.KEY_SEEN.en) for gate in certificate.gates)


def reversible(plan: Plan, answer: Answer | None, *, held: bool) -> Gate:
    """Return whether somebody could go back; a key that is seen beats the answer that it is destroyed (B5)."""
    keyed = [line.item for line in plan.lines if line.action in KEYED]
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
        why=why.fill(count=len(keyed)) if keyed else why,
        source=messages.REVERSIBLE_SOURCE,
        evidence=evidence,
    )


def attack_outcome(report: AttackReport, result: AttackResult, bar: Decimal | None) -> Judgement:
    """Return what an attack shows; of too few tries that none worked shows nothing."""
    risk = result.risk
    if bar is not None:
        return Judgement.PASS if risk.hi <= bar else Judgement.FAIL if risk.lo > bar else Judgement.UNKNOWN
    if risk.lo > 0:
        return Judgement.FAIL
    return Judgement.PASS if result.main.attacks >= min(_TRIES, *report.rows) else Judgement.UNKNOWN


def with_attacks(gates: tuple[Gate, ...]) -> tuple[Gate, ...]:
    """Return the gates, and an open one where nobody attacked the data."""
    if any(gate.id.startswith(_ATTACKED) for gate in gates):
        return gates
    lacking = Gate(
        id=f"{_ATTACKED}none",
        label=messages.ATTACKS_MADE,
        outcome=Judgement.UNKNOWN,
        why=messages.NO_ATTACKS,
        source=messages.ATTACKS_MADE_SOURCE,
    )
    return (*gates, lacking)
