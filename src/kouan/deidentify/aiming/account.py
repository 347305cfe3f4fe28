"""How a plan was aimed at its target, in words: each line, each table, and what is in the way."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from kouan.deidentify import reasons
from kouan.deidentify.aiming import words
from kouan.model.plan import Action
from kouan.model.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kouan.deidentify.aiming.goal import Goal
    from kouan.deidentify.aiming.search import Answer, Chosen
    from kouan.model.inventory import Item
    from kouan.model.plan import PlanLine

_PER_CENT = 1000
_NAMES = 5


def reason_of(one: Chosen, floor: PlanLine, answer: Answer, goal: Goal, *, needed: bool) -> Text:
    """Return why a line is as it is: what was chosen, what it buys, and what the next lighter would cost."""
    if one.lighter is None:
        return reasons.joined(floor.why, words.ENOUGH.fill(classes=_classes(answer.k, goal, _unit(answer))))
    parts = [
        words.CHOSEN.fill(
            before=step_words(floor),
            after=step_words(one.line),
            rows=f"{one.unchosen:,}",
            share=_share(one.unchosen, answer.rows),
            classes=_classes(answer.k, goal, _unit(answer)),
        ),
        _lighter(one, answer, goal),
    ]
    if needed and one.line.action is Action.DROP:
        parts.append(words.NEEDED_DROPPED)
    return reasons.joined(*parts)


def account_of(
    goal: Goal, answers: Sequence[Answer], *, blocking: Sequence[Item] = (), idle: Sequence[str] = ()
) -> tuple[Text, ...]:
    """Return the target, what each table comes to, and, where it cannot be reached, by how much and what would help.

    Args:
        goal: that is aimed at.
        answers: of the tables.
        blocking: items that exclude every verdict.
        idle: columns whose declared limit has no effect.
    """
    told = [goal_words(goal)]
    if blocking:
        return (*told, words.BLOCKED.fill(count=len(blocking), items=_names(item.name for item in blocking)))
    told += [part for answer in answers for part in _table(answer, goal)]
    if idle:
        told.append(words.IDLE.fill(items=_names(idle)))
    if not all(answer.reached for answer in answers):
        told.append(words.UNCHANGED)
    return tuple(told)


def goal_words(goal: Goal) -> Text:
    """Return the target in a sentence."""
    named = [
        words.RULE.fill(
            standard=rule.standard, clause=rule.clause, status=words.FORCE[rule.status], grade=rule.confidence
        )
        for rule in goal.rules
    ]
    rules = Text(zh="；".join(one.zh for one in named), en="; ".join(one.en for one in named))
    by = words.BY_DEFAULT if goal.by_default else words.DECLARED
    return words.GOAL.fill(
        rules=rules if named else words.NO_RULE,
        by=by,
        classes=_classes(goal.aim.least, goal, words.EITHER),
        suppress=f"{(goal.suppress * 100).normalize():f}%",
    )


def step_words(line: PlanLine) -> Text:
    """Return what a line does, in a few words."""
    params = line.params
    if line.action is Action.SUPPRESS:
        return words.RARE.fill(below=params["below"], other=params.get("other", "∅"))
    if line.action is Action.MASK:
        return words.MASKED.fill(start=params.get("keep_start", 0), end=params.get("keep_end", 0))
    return _generalised(line) if line.action is Action.GENERALISE else words.ACTIONS[line.action]


def _generalised(line: PlanLine) -> Text:
    params, to = line.params, str(line.params["to"])
    if to == "age_band":
        return words.AGES.fill(width=params.get("width", 5), top=params.get("top", 80))
    if to == "bins":
        return words.BINS.fill(width=f"{int(params['width']):,}")
    if to == "hierarchy":
        return words.LEVEL.fill(level=params["level"], file=params["file"])
    return words.UNITS.get(to, same(to))


def _unit(answer: Answer) -> Text:
    return words.PERSONS if answer.persons else words.ROWS


def _classes(k: int, goal: Goal, unit: Text) -> Text:
    parts = [] if goal.aim.l is None else [words.DIVERSE.fill(l=goal.aim.l)]
    parts += [] if goal.aim.t is None else [words.CLOSE.fill(t=f"{goal.aim.t:f}")]
    parts += [same(one.brief()) for one in goal.models]
    # Any class has one person: that is nothing to ask for beside the rest.
    size = [] if k == 1 and parts else [words.CLASSES.fill(k=k, unit=unit)]
    return reduce(lambda first, second: words.WITH.fill(first=first, second=second), [*size, *parts])


def _lighter(one: Chosen, answer: Answer, goal: Goal) -> Text:
    assert one.lighter is not None
    said = words.LIGHTER.fill(step=step_words(one.lighter), rows=f"{one.cost:,}", share=_share(one.cost, answer.rows))
    if one.cost <= goal.suppress * answer.rows and one.cost <= max(answer.suppressed, 0):
        return reasons.joined(said, words.ELSEWHERE)
    return said


def _table(answer: Answer, goal: Goal) -> Iterator[Text]:
    if not answer.reached:
        yield words.SHORT.fill(
            table=answer.name,
            rows=f"{answer.short:,}",
            share=_share(answer.short, answer.rows),
            classes=_classes(answer.k, goal, _unit(answer)),
        )
        better = [(item, rows) for item, rows in answer.freed if rows < answer.short]
        for item, rows in sorted(better, key=lambda pair: pair[1])[:_NAMES]:
            yield words.FREE.fill(name=item.name, rows=f"{rows:,}")
        if goal.aim.l is None and goal.aim.t is None and not goal.models and answer.short < answer.rows:
            yield words.ALLOW.fill(share=_share(answer.short, answer.rows))
        return
    if not answer.chosen:
        return
    yield words.REACHED.fill(
        table=answer.name,
        before=f"{answer.before:,}",
        total=f"{answer.rows:,}",
        classes=_classes(answer.k, goal, _unit(answer)),
        suppressed=f"{answer.suppressed:,}",
        loss=f"{answer.loss:.3f}",
        smallest=answer.sizes.k,
        proof=words.PROVEN if answer.optimal else words.FIRST,
    )
    gone = [one.item.name for one in answer.chosen if one.lighter is not None and one.line.action is Action.DROP]
    if gone:
        yield words.GONE.fill(items=_names(gone))


def _share(rows: int, whole: int) -> str:
    if not whole or not rows:
        return "0%"
    return f"{rows / whole:.1%}" if rows * _PER_CENT >= whole else "<0.1%"


def _names(names: Iterable[str]) -> Text:
    listed = list(names)
    first, more = listed[:_NAMES], len(listed) > _NAMES
    return Text(zh="、".join(first) + ("等" if more else ""), en=", ".join(first) + (", …" if more else ""))
