"""`kouan certify`: what an evaluation of effect found of the treated data of a sealed clearance folder.

"Anonymised" is said only where every gate passes: each rule that the team chose (or that is about these data), each
question that people must answer, and what the folder itself shows. What nobody answered stays open.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.clearance import certificate_messages as messages
from kouan.clearance.effectgates import READ, attack_outcome, attacks_tried, read_whole, reversible, settled, was_held
from kouan.clearance.relying import holders
from kouan.clearance.tool import tool
from kouan.dossier.terms import ATTACK, IDENTITY
from kouan.law.deadlines import shift_months
from kouan.model.attacks import Attack
from kouan.model.canonical import canonical_bytes, sha256_bytes
from kouan.model.certificate import Certificate, Effect, Gate, ItemRecord
from kouan.model.declaration import PartyRole
from kouan.model.document import Input
from kouan.model.risk import Judgement
from kouan.model.text import Text
from kouan.model.time import legal_day
from kouan.packs.effects import load_questions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kouan.model.attacks import Attacked, AttackReport, AttackResult
    from kouan.model.base import Sha256
    from kouan.model.declaration import Declaration
    from kouan.model.evaluation import EffectQuestions, Evaluation, Question
    from kouan.model.inventory import Inventory
    from kouan.model.plan import Plan
    from kouan.model.risk import RiskView, Verdict
    from kouan.model.treatment import TreatedFile
    from kouan.model.utility import Utility

_YES_NO = {True: Judgement.PASS, False: Judgement.FAIL, None: Judgement.UNKNOWN}
_FIRST = "direct-identifiers"
_DIGITS = 10
_WEIGHT = {Judgement.PASS: 0, Judgement.NOT_APPLICABLE: 0, Judgement.UNKNOWN: 1, Judgement.FAIL: 2}


@dataclass(frozen=True, slots=True)
class Seen:
    """What gates are decided by, besides the answers.

    Attributes:
        risk: of the treated data, measured with the evaluation's answers.
        items: what each was, what was done to it, and what a person said of it.
        held: whether the key of the treatment still exists.
        own: attacks of the folder itself; None where an earlier edition cleared it.
        attacks: further reports, each on a file of the folder.
        unread: sources that could not be read completely.
    """

    risk: RiskView
    items: tuple[ItemRecord, ...]
    held: bool = False
    own: Attacked | None = None
    attacks: tuple[AttackReport, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What was evaluated: a clearance folder's documents, all checked against its seal.

    Attributes:
        manifest: digest of the folder's manifest.
        digests: of the documents named in the certificate.
        risk: of the treated data, measured again with the evaluation's answers.
        attacks: reports whose treated file is one of the folder's.
        own: attacks of the folder itself; None where an earlier edition cleared it.
        sources: digests of the raw data, as the inventory has them.
        staged: which treated file comes from which source.
        held: whether the key of the treatment still lies below the home of the run.
    """

    declaration: Declaration
    plan: Plan
    original: Inventory
    manifest: Sha256
    digests: Mapping[str, Sha256]
    risk: RiskView
    utility: Utility | None
    attacks: tuple[AttackReport, ...] = ()
    own: Attacked | None = None
    held: bool = False
    sources: tuple[Input, ...] = ()
    staged: tuple[TreatedFile, ...] = ()

    @property
    def seen(self) -> Seen:
        """What gates are decided by."""
        return Seen(
            risk=self.risk,
            items=tuple(_items(self)),
            held=self.held,
            own=self.own,
            attacks=self.attacks,
            unread=tuple(one.path for one in self.original.sources if not one.complete),
        )


def certificate_of(found: Evaluated, evaluation: Evaluation, *, now: dt.datetime) -> Certificate:
    """Return the certificate; the same folder, answers and instant give the same.

    Raises:
        KouanError: K-CLR-129 (no such question), K-CLR-131 (no such rule).
    """
    questions = load_questions()
    _check(evaluation, questions, found.risk)
    gates = gates_of(found.seen, evaluation)
    missing = tuple(_missing(evaluation, questions, found))
    effect, conclusion = _found(gates, evaluation)
    day = legal_day(now)
    return Certificate(
        number=number_of(found.manifest, evaluation, day),
        transfer=found.declaration.transfer.name,
        exporter=found.declaration.parties_as(PartyRole.EXPORTER)[0].name,
        recipients=tuple(one.name for one in found.declaration.parties_as(PartyRole.RECIPIENT)),
        purpose=found.declaration.purpose,
        parties=holders(found.declaration),
        mode=found.declaration.transfer.mode,
        clearance=found.manifest,
        inputs=tuple(Input(name=name, sha256=digest) for name, digest in sorted(found.digests.items())),
        tool=tool(),
        issued_at=now,
        valid_from=day,
        valid_to=last_day(day, evaluation.months),
        effect=effect,
        conclusion=conclusion,
        gates=gates,
        items=tuple(_items(found)),
        risk=found.risk,
        utility=found.utility,
        attacks=found.attacks,
        attacked=found.own,
        evaluation=evaluation,
        missing=missing,
        renewals=questions.renewals,
    )


def follows_itself(issued: Certificate) -> bool:
    """Tell whether number, validity, requirements and finding of a certificate follow from its other parts.

    Whoever seals it can invent those parts too; only the data say whether they are true. Requirements and words of
    another edition may be others: of it the finding is held to the outcomes alone.
    """
    evaluation, day = issued.evaluation, legal_day(issued.issued_at)
    met = all(gate.outcome is Judgement.PASS for gate in issued.gates)
    dated = (issued.valid_from, issued.valid_to) == (day, last_day(day, evaluation.months))
    numbered = issued.number == number_of(issued.clearance, evaluation, day)
    if not (dated and numbered and (met or issued.effect is not Effect.ANONYMISED)):
        return False
    if issued.tool != tool():
        return True
    seen = Seen(
        risk=issued.risk,
        items=issued.items,
        held=was_held(issued.gates),
        own=issued.attacked,
        attacks=issued.attacks,
    )
    gates = tuple(gate for gate in issued.gates if gate.id != READ)
    said = (issued.effect, issued.conclusion)
    return gates == gates_of(seen, evaluation) and said == _found(issued.gates, evaluation)


def number_of(manifest: Sha256, evaluation: Evaluation, day: dt.date) -> str:
    """Return a number that another folder, other answers or another day do not give."""
    digest = sha256_bytes(canonical_bytes([manifest, evaluation.model_dump(mode="json")]))
    return f"C{day:%Y%m%d}-{digest.removeprefix('sha256:')[:_DIGITS]}"


def _check(evaluation: Evaluation, questions: EffectQuestions, risk: RiskView) -> None:
    asked = [one.id for one in questions.asked]
    for name in evaluation.answers:
        if name not in asked:
            raise messages.NO_QUESTION.at("answers", name=name, names=", ".join(asked))
    rules = [one.rule for one in risk.verdicts]
    for name in evaluation.gates or ():
        if name not in rules:
            raise messages.NO_RULE.at("gates", name=name, names=", ".join(rules))


def gates_of(seen: Seen, evaluation: Evaluation) -> tuple[Gate, ...]:
    """Return everything that must hold before "anonymised" is said, each with its outcome."""
    return tuple(_gates(seen, evaluation, load_questions()))


def _gates(seen: Seen, evaluation: Evaluation, questions: EffectQuestions) -> Iterator[Gate]:
    yield _identifiers(seen.risk)
    yield settled(seen.risk, seen.items)
    yield reversible([item.action for item in seen.items], evaluation.answers.get("B5"), held=seen.held)
    for question in questions.asked:
        yield _answered(question, evaluation, questions)
    yield _security(evaluation)
    yield _experts(evaluation, questions)
    yield _approved(evaluation)
    yield from _own(seen.own, evaluation)
    for report in seen.attacks:
        for result in report.results:
            yield _attacked(report, result, evaluation)
    for verdict in seen.risk.verdicts:
        if _is_gate(verdict, evaluation):
            yield _ruled(verdict)
    lacking = (read_whole(seen.unread), attacks_tried(seen.risk, seen.own, seen.attacks))
    yield from filter(None, lacking)


def _own(attacked: Attacked | None, evaluation: Evaluation) -> Iterator[Gate]:
    """Return the folder's own attacks as gates, one for each kind: the worst of all tables decides."""
    ran = [] if attacked is None else [one.report for one in attacked.tables if one.report is not None]
    for kind in Attack:
        tried = [(report, result) for report in ran for result in report.results if result.attack is kind]
        if tried:
            gates = [_attacked(report, result, evaluation) for report, result in tried]
            worst = max(zip(gates, tried, strict=True), key=lambda one: (_WEIGHT[one[0].outcome], one[1][1].risk.lo))
            worked = sum(gate.outcome is Judgement.FAIL for gate in gates)
            why = messages.ATTACK_WORST.fill(
                worked=worked, count=len(gates), table=worst[1][0].original, why=worst[0].why
            )
            yield worst[0].model_copy(update={"id": f"attack:{kind}", "label": ATTACK[kind], "why": why})


def _attacked(report: AttackReport, result: AttackResult, evaluation: Evaluation) -> Gate:
    """Return an attack as a gate, by the interval of what the release adds to what anybody could guess."""
    risk, bar = result.risk, evaluation.attacks_at_most
    lo, value, hi = (f"{share * 100:.1f}%" for share in (risk.lo, risk.value, risk.hi))
    return Gate(
        id=f"attack:{result.attack}" + (f":{result.secret}" if result.secret else ""),
        label=messages.ATTACK.fill(attack=ATTACK[result.attack], table=report.treated),
        outcome=attack_outcome(report, result, bar),
        why=messages.ATTACK_GAIN.fill(value=value, lo=lo, hi=hi, tries=result.main.attacks),
        source=messages.ATTACK_SOURCE if bar is None else messages.ATTACK_OWN.fill(bar=f"{bar * 100:.1f}%"),
    )


def _is_gate(verdict: Verdict, evaluation: Evaluation) -> bool:
    """Tell whether a rule must pass: those in force that are about these data always, others as the team chose."""
    about = verdict.outcome is not Judgement.NOT_APPLICABLE
    if evaluation.gates is None:
        return about
    return verdict.rule in evaluation.gates or (about and verdict.status == "in_force")


def _identifiers(risk: RiskView) -> Gate:
    left = [item for table in risk.tables for item in table.direct]
    names = ", ".join(item.partition("#")[2] for item in left)
    return Gate(
        id=_FIRST,
        label=messages.DIRECT,
        outcome=Judgement.FAIL if left else Judgement.PASS,
        why=messages.DIRECT_LEFT.fill(names=names) if left else messages.DIRECT_NONE,
        source=messages.DIRECT_SOURCE,
    )


def _answered(question: Question, evaluation: Evaluation, questions: EffectQuestions) -> Gate:
    """Return what a person answered; a yes without any evidence stays open."""
    given = evaluation.answers.get(question.id)
    answer, evidence = (None, "") if given is None else (given.answer, given.evidence or "")
    if answer and not evidence:
        outcome, why = Judgement.UNKNOWN, messages.NO_EVIDENCE
    else:
        outcome = _YES_NO[answer]
        why = {True: messages.SAID_YES, False: messages.SAID_NO, None: messages.SAID_NOTHING}[answer]
    return Gate(
        id=question.id,
        label=question.label,
        outcome=outcome,
        why=why,
        source=_source(questions.standard, question.clause),
        evidence=evidence,
    )


def _security(evaluation: Evaluation) -> Gate:
    answer = evaluation.environment.basic_security
    return Gate(
        id="basic-security",
        label=messages.SECURITY,
        outcome=_YES_NO[answer],
        why={True: messages.SAID_YES, False: messages.SAID_NO, None: messages.SAID_NOTHING}[answer],
        source=_source(load_questions().standard, "9.4"),
    )


def _experts(evaluation: Evaluation, questions: EffectQuestions) -> Gate:
    there = {one.kind for one in evaluation.team}
    absent = [one.label for one in questions.experts if one.id not in there]
    listed = Text(zh="、".join(one.zh for one in absent), en="; ".join(one.en for one in absent))
    return Gate(
        id="team",
        label=messages.TEAM,
        outcome=Judgement.UNKNOWN if absent else Judgement.PASS,
        why=messages.TEAM_LACKS.fill(kinds=listed) if absent else messages.TEAM_WHOLE,
        source=_source(questions.standard, "6"),
    )


def _approved(evaluation: Evaluation) -> Gate:
    by = evaluation.approver
    return Gate(
        id="approval",
        label=messages.APPROVAL,
        outcome=Judgement.UNKNOWN if by is None else Judgement.PASS,
        why=messages.APPROVAL_NONE if by is None else messages.APPROVAL_BY.fill(name=by.name, post=by.post),
        source=messages.APPROVAL_SOURCE,
    )


def _ruled(verdict: Verdict) -> Gate:
    """Return a rule as a gate; one that the team chose and that is not about these data proves nothing."""
    outcome = Judgement.UNKNOWN if verdict.outcome is Judgement.NOT_APPLICABLE else verdict.outcome
    return Gate(
        id=verdict.rule,
        label=verdict.label,
        outcome=outcome,
        why=verdict.why,
        source=Text(
            zh=f"{verdict.standard.zh} {verdict.clause.zh}".strip(),
            en=f"{verdict.standard.en} {verdict.clause.en}".strip(),
        ),
        evidence=verdict.value.en if verdict.value.en == verdict.value.zh else "",
    )


def _source(standard: Text, clause: str) -> Text:
    return Text(zh=f"{standard.zh} {clause}".strip(), en=f"{standard.en} {clause}".strip())


def _found(gates: Sequence[Gate], evaluation: Evaluation) -> tuple[Effect, Text]:
    effect = _effect(gates, evaluation)
    return effect, _conclusion(effect, gates)


def _effect(gates: Sequence[Gate], evaluation: Evaluation) -> Effect:
    outcomes = {gate.outcome for gate in gates}
    if any(gate.id == _FIRST and gate.outcome is not Judgement.PASS for gate in gates):
        return Effect.NOT_REACHED
    if Judgement.FAIL in outcomes:
        return Effect.DE_IDENTIFIED
    if Judgement.UNKNOWN in outcomes or evaluation.goal == "baseline":
        return Effect.OPEN
    return Effect.ANONYMISED


def _conclusion(effect: Effect, gates: Sequence[Gate]) -> Text:
    failed = [gate.label for gate in gates if gate.outcome is Judgement.FAIL]
    unknown = [gate.label for gate in gates if gate.outcome is Judgement.UNKNOWN]
    shown = failed if effect in {Effect.DE_IDENTIFIED, Effect.NOT_REACHED} else unknown
    listed = Text(zh="、".join(one.zh for one in shown), en="; ".join(one.en for one in shown))
    return messages.CONCLUSION[effect].fill(gates=listed, count=len(gates))


def _items(found: Evaluated) -> Iterator[ItemRecord]:
    items = {item.id: item for item in found.original.items}
    for line in found.plan.lines:
        item = items.get(line.item)
        if item is not None:
            yield ItemRecord(
                item=line.item,
                label=item.label,
                meaning=item.meaning,
                role=IDENTITY[item.role],
                action=line.action,
                why=line.why,
                personal=item.personal,
                known=item.known,
            )


def _missing(evaluation: Evaluation, questions: EffectQuestions, found: Evaluated) -> Iterator[Text]:
    own = () if found.own is None else found.own.tables
    if not any(report.results for report in found.attacks) and not any(table.report for table in own):
        yield messages.NO_ATTACKS
    if found.utility is None:
        yield messages.NO_UTILITY
    if evaluation.residual is None:
        yield messages.NO_RESIDUAL
    if questions.status == "draft":
        yield messages.DRAFT.fill(standard=questions.standard)


def last_day(first: dt.date, months: int) -> dt.date:
    """Return the last day of a validity of some months whose first day counts: the day before the corresponding day.

    Where the last month has no corresponding day its last day is the last (民法典 Art 202, second half): twelve months
    from 29 February end on 28 February, six from 31 August on 28 or 29 February.
    """
    end = shift_months(first, months)
    return end - dt.timedelta(days=1) if end.day == first.day else end
