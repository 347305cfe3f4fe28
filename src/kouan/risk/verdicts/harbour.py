"""HIPAA safe harbour as a check of a list, by what items mean and what was done to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.model.plan import Action
from kouan.model.risk import Judgement, Verdict, VerdictPart
from kouan.risk.verdicts import words
from kouan.risk.verdicts.evidence import Found, heaviest, names, of_truth, verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kouan.model.inventory import Item
    from kouan.model.plan import PlanLine
    from kouan.model.text import Text
    from kouan.model.thresholds import HarbourClass, SafeHarbour
    from kouan.risk.verdicts.evidence import Evidence

_DATES = frozenset({"birth_date", "health_date", "hire_date", "event_date", "account_time", "date"})
_YEARS = frozenset({"year", "five_years", "ten_years"})
_STATES = frozenset({"province", "id_province"})
_AGES = frozenset({"age", "age_group"})


def by_list(rule: SafeHarbour, evidence: Evidence) -> Verdict:
    """Return which of the classes are left, by the inventory's meanings and the plan's lines.

    What nobody recognised may be any of them; a postcode's first digits and pseudonyms are for a person to judge.
    """
    lines = evidence.setting.lines
    judged = [(one, _look(one, evidence.items, lines, rule)) for one in rule.classes]
    parts = tuple(_part(one, found) for one, found in judged)
    outcomes = [part.outcome or Judgement.UNKNOWN for part in parts]
    unread = [item for item in evidence.items if item.meaning == "unknown" and item.personal is not False]
    outcome = heaviest([*outcomes, *([Judgement.UNKNOWN] if unread or evidence.free_text else [])])
    left = [item for _, found in judged for item, state in found if state is Judgement.FAIL]
    open_ = [item for _, found in judged for item, state in found if state is Judgement.UNKNOWN]
    found = Found(
        outcome=outcome,
        why=_why(outcome, left, [*open_, *unread, *evidence.free_text]),
        value=words.HARBOUR_VALUE.fill(
            failed=outcomes.count(Judgement.FAIL), unknown=outcomes.count(Judgement.UNKNOWN), classes=len(rule.classes)
        ),
        threshold=words.HARBOUR_BOUND.fill(classes=len(rule.classes)),
        parts=parts,
        notes=tuple(_notes(rule, [*left, *open_])),
    )
    return verdict(rule, evidence, found, gated=False)


def _look(
    one: HarbourClass, items: Sequence[Item], lines: Mapping[str, PlanLine], rule: SafeHarbour
) -> list[tuple[Item, Judgement]]:
    return [(item, _state(item, lines.get(item.id), one, rule)) for item in items if item.meaning in one.meanings]


def _state(item: Item, line: PlanLine | None, one: HarbourClass, rule: SafeHarbour) -> Judgement:
    """Return pass where an item may stay as it is now, fail where it may not, unknown where nobody can tell."""
    params: Mapping[str, int | str] = {} if line is None else line.params
    target, action = params.get("to"), None if line is None else line.action
    outcome = Judgement.FAIL
    if item.meaning == "pseudonym" or action is Action.PSEUDONYM:
        outcome = Judgement.UNKNOWN
    elif item.meaning in _DATES:
        if target in _YEARS and "year" in one.may:
            # The year of birth shows who is over 89.
            outcome = Judgement.UNKNOWN if item.meaning == "birth_date" else Judgement.PASS
    elif item.meaning in _AGES:
        top = params.get("top")
        banded = target == "age_band" and isinstance(top, int)
        outcome = of_truth(int(top) <= rule.oldest) if banded and top is not None else Judgement.UNKNOWN
    elif "state" in one.may and target in _STATES:
        outcome = Judgement.PASS
    elif item.meaning == "region":
        outcome = Judgement.UNKNOWN
    elif item.meaning == "postcode" and action is Action.MASK:
        kept = sum(int(params.get(name, 0)) for name in ("keep_start", "keep_end"))
        outcome = Judgement.UNKNOWN if kept <= rule.digits else Judgement.FAIL
    return outcome


def _part(one: HarbourClass, found: Sequence[tuple[Item, Judgement]]) -> VerdictPart:
    label = words.HARBOUR_CLASS.fill(letter=one.letter, label=one.label)
    outcome = heaviest(state for _, state in found)
    said = words.HARBOUR_ABSENT
    if found:
        worst = [item for item, state in found if state is outcome]
        how = {Judgement.FAIL: words.HARBOUR_LEFT, Judgement.UNKNOWN: words.HARBOUR_OPEN}
        said = how.get(outcome, words.HARBOUR_ALLOWED).fill(items=names(worst))
    return VerdictPart(label=label, value=said, outcome=outcome)


def _why(outcome: Judgement, left: Sequence[Item], open_: Sequence[Item]) -> Text:
    if outcome is Judgement.FAIL:
        return words.HARBOUR_FAIL.fill(items=names(_once(left)))
    if outcome is Judgement.UNKNOWN:
        return words.HARBOUR_UNKNOWN.fill(items=names(_once(open_)))
    return words.HARBOUR_PASS


def _once(items: Sequence[Item]) -> list[Item]:
    return list({item.id: item for item in items}.values())


def _notes(rule: SafeHarbour, concerned: Sequence[Item]) -> Iterable[Text]:
    meanings = {item.meaning for item in concerned}
    if "postcode" in meanings:
        yield words.HARBOUR_FLOOR.fill(digits=rule.digits, floor=f"{rule.floor:,}")
    if meanings & _AGES:
        yield words.HARBOUR_AGE.fill(oldest=rule.oldest)
    if "pseudonym" in meanings:
        yield words.HARBOUR_CODE
