"""Reasons of outcomes that may or may not come about: what is open, and what would have to hold.

One sentence each: the open fact or the range of a count, the threshold, the consequence, the article.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.law.needs import Need, needs_of, open_facts
from kouan.law.wording import CONSEQUENCE, capital, places
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.law.compiled import Law, LiveRule, Options
    from kouan.law.kleene import Value

LONGEST = 120
"""Chinese characters of a reason; further cases that do not fit are named by their articles."""
_TOGETHER = 2
"""Facts, or cases, that one sentence can name."""

Case = tuple[tuple[Need, ...], "LiveRule"]


def suppose(rules: Sequence[LiveRule], options: Options, values: Sequence[Value], *, law: Law) -> Text:
    """Say on what an outcome depends that comes about under any of these rules, all of them open."""
    cases: list[Case] = [(needs_of(rule.when, values, law), rule) for rule in rules]
    cases.sort(key=lambda case: len(case[0]) or len(law.facts))
    then = _consequence(options)
    if sum(bool(needs) for needs, _ in cases) >= _TOGETHER:
        text = _either(cases, then)
        if len(text.zh) <= LONGEST:
            return text
    needs, rule = cases[0]
    head = _head(needs, rule, values)
    article, more = places([rule.source]), _more(cases[1:])
    return Text(
        zh=f"{head.zh}，{then.zh}（{article.zh}）{more.zh}。",
        en=capital(f"{head.en}, {then.en} ({article.en}){more.en}."),
    )


def suppose_not(
    above: Sequence[LiveRule], rule: LiveRule, options: Options, *, values: Sequence[Value], law: Law
) -> Text:
    """Say on what an outcome depends whose rule holds, while one to which it yields may prevail."""
    then, article = _consequence(options), places([rule.source])
    needs = needs_of(above[0].when, values, law) if len(above) == 1 else ()
    opposite = needs[0].opposite() if len(needs) == 1 else None
    if opposite is not None:
        topic, test = opposite.topic(), opposite.test()
        head = Text(zh=f"{topic.zh}：若{test.zh}", en=f"{topic.en}; if {test.en}")
    else:
        prior = places([one.source for one in above])
        head = Text(
            zh=f"是否优先适用{prior.zh}尚未确定：若不适用", en=f"it is open whether {prior.en} prevails; if not"
        )
    label = rule.rule.label
    return Text(
        zh=f"{head.zh}，因属“{label.zh}”，{then.zh}（{article.zh}）。",
        en=capital(f"{head.en}, this is “{label.en}” and {then.en} ({article.en})."),
    )


def _either(cases: Sequence[Case], then: Text) -> Text:
    named = cases[:_TOGETHER]
    clauses = [_all([need.clause() for need in needs]) for needs, _ in named]
    article, more = places([rule.source for _, rule in named]), _more(cases[_TOGETHER:])
    zh, en = "，或者".join(one.zh for one in clauses), ", or ".join(one.en for one in clauses)
    return Text(zh=f"若{zh}，{then.zh}（{article.zh}）{more.zh}。", en=f"If {en}, {then.en} ({article.en}){more.en}.")


def _head(needs: Sequence[Need], rule: LiveRule, values: Sequence[Value]) -> Text:
    if len(needs) == 1:
        topic, test = needs[0].topic(), needs[0].test()
        return Text(zh=f"{topic.zh}：若{test.zh}", en=f"{topic.en}; if {test.en}")
    if needs:
        clause = _all([need.clause() for need in needs])
        return Text(zh=f"若{clause.zh}", en=f"if {clause.en}")
    label, number = rule.rule.label, len(open_facts(rule.when, values))
    return Text(
        zh=f"是否属于“{label.zh}”，还有 {number} 项事实待定：若属于",
        en=f"whether this is “{label.en}” depends on {number} open facts; if so",
    )


def _all(clauses: Sequence[Text]) -> Text:
    return Text(zh="，且".join(one.zh for one in clauses), en=" and ".join(one.en for one in clauses))


def _more(cases: Sequence[Case]) -> Text:
    if not cases:
        return Text(zh="", en="")
    article = places([rule.source for _, rule in cases])
    return Text(zh=f"；{article.zh}的情形亦同", en=f"; so in the case of {article.en}")


def _consequence(options: Options) -> Text:
    parts = [CONSEQUENCE[option] for option in options]
    return Text(zh="或者".join(part.zh for part in parts), en=" or ".join(part.en for part in parts))
