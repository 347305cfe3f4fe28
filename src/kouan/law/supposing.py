"""Reasons of outcomes that may or may not come about: what is open, and what would have to hold.

One sentence each: the open fact or the range of a count, the threshold, the consequence, the article.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.law.kleene import evaluate
from kouan.law.needs import Need, needs_of, open_facts, supposing
from kouan.law.wording import capital, consequence, listed
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.law.compiled import Law, LiveRule, Options
    from kouan.law.kleene import Value

LONGEST = 120
"""Chinese characters of a reason; further cases that do not fit are named by their articles."""
_TOGETHER = 2
"""Cases that one sentence can name."""


@dataclass(frozen=True, slots=True)
class Case:
    """One way to an outcome: what open facts would have to be (empty where that is no plain list), and the rules."""

    needs: tuple[Need, ...]
    rules: tuple[LiveRule, ...]


def suppose(
    rules: Sequence[LiveRule], heavier: Sequence[LiveRule], values: Sequence[Value], *, options: Options, law: Law
) -> Text:
    """Say on what an outcome depends that comes about under any of these rules, all of them open.

    Args:
        rules: rules that lead to the outcome.
        heavier: open rules that would outweigh it.
        values: of the flow.
        options: the outcome.
        law: of the day.
    """
    cases = _cases(rules, values, law)
    then = supposing(cases[0].needs, values)
    spoiling = [rule for rule in heavier if evaluate(rule.when, then) is not False]
    heads = [(_head(cases[0]), 1), (_whole(cases[0].rules[0], values), 1)]
    if not cases[0].needs:
        del heads[0]
    elif [len(case.needs) for case in cases[:_TOGETHER]] == [1, 1]:
        heads.insert(0, (_either(cases[:_TOGETHER]), _TOGETHER))
    for head, number in heads:
        text = _sentence(head, options, cases[:number], rest=cases[number:], spoiling=spoiling)
        if len(text.zh) <= LONGEST:
            break
    return text


def suppose_not(
    above: Sequence[LiveRule], rule: LiveRule, values: Sequence[Value], *, options: Options, law: Law
) -> Text:
    """Say on what an outcome depends whose rule holds, while others that are open may prevail or outweigh it."""
    then, article = consequence(options), rule.article
    needs = {needs_of(one.when, values, law) for one in above}
    only = needs.pop() if len(needs) == 1 else ()
    opposite = only[0].opposite() if len(only) == 1 else None
    if opposite is not None:
        topic, test = opposite.topic(), opposite.test()
        head = Text(zh=f"{topic.zh}：若{test.zh}", en=f"{topic.en}; if {test.en}")
    else:
        prior = listed([one.article for one in above])
        head = Text(
            zh=f"是否适用{prior.zh}尚未确定：若不适用", en=f"it is open whether this falls under {prior.en}; if not"
        )
    label = rule.rule.label
    return Text(
        zh=f"{head.zh}，因属“{label.zh}”，{then.zh}（{article.zh}）。",
        en=capital(f"{head.en}, this is “{label.en}” and {then.en} ({article.en})."),
    )


def _cases(rules: Sequence[LiveRule], values: Sequence[Value], law: Law) -> list[Case]:
    """Return the ways to an outcome, the plainest first; rules that need the same are one."""
    found: dict[object, Case] = {}
    for rule in rules:
        needs = needs_of(rule.when, values, law)
        key = needs or rule.rule.id
        found[key] = Case(needs, (*(found[key].rules if key in found else ()), rule))
    return sorted(found.values(), key=lambda case: len(case.needs) or len(law.facts))


def _sentence(
    head: Text, options: Options, named: Sequence[Case], *, rest: Sequence[Case], spoiling: Sequence[LiveRule]
) -> Text:
    articles = _articles(named)
    then, article = consequence(options), listed(articles)
    but = more = Text(zh="", en="")
    if spoiling:
        not_these = listed([rule.article for rule in spoiling])
        but = Text(zh=f"，且不适用{not_these.zh}", en=f" and not under {not_these.en}")
    others = [one for one in _articles(rest) if one not in articles]
    if others:
        also = listed(others)
        more = Text(zh=f"；{also.zh}的情形亦同", en=f"; so in the case of {also.en}")
    return Text(
        zh=f"{head.zh}{but.zh}，{then.zh}（{article.zh}）{more.zh}。",
        en=capital(f"{head.en}{but.en}, {then.en} ({article.en}){more.en}."),
    )


def _articles(cases: Sequence[Case]) -> list[Text]:
    return [rule.article for case in cases for rule in case.rules]


def _head(case: Case) -> Text:
    if len(case.needs) == 1:
        topic, test = case.needs[0].topic(), case.needs[0].test()
        return Text(zh=f"{topic.zh}：若{test.zh}", en=f"{topic.en}; if {test.en}")
    clauses = [need.clause() for need in case.needs]
    zh, en = "，且".join(one.zh for one in clauses), " and ".join(one.en for one in clauses)
    return Text(zh=f"若{zh}", en=f"if {en}")


def _either(cases: Sequence[Case]) -> Text:
    clauses = [case.needs[0].clause() for case in cases]
    zh, en = "，或者".join(one.zh for one in clauses), ", or ".join(one.en for one in clauses)
    return Text(zh=f"若{zh}", en=f"if {en}")


def _whole(rule: LiveRule, values: Sequence[Value]) -> Text:
    label, number = rule.rule.label, len(open_facts(rule.when, values))
    facts = "1 fact that is still open" if number == 1 else f"{number} facts that are still open"
    return Text(
        zh=f"是否属于“{label.zh}”，还有 {number} 项事实待定：若属于",
        en=f"whether this is “{label.en}” depends on {facts}; if so",
    )
