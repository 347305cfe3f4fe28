"""What the meter adds is said in both languages: who comes again, who cannot be recognised, which marks are gone."""

from __future__ import annotations

import datetime as dt

from kouan.dossier.metered import evidence, told_again
from kouan.model.facts import Fact, FactSet, FactSource, FlowFacts, Range
from kouan.model.text import same


def _facts(said: str) -> FactSet:
    facts = (
        Fact(
            name="year_before.ordinary_persons",
            value=Range(lo=0, hi=1_230),
            source=FactSource.METERED,
            evidence=f"declaration: year_to_date; {said}",
        ),
        Fact(
            name="year_before.sensitive_persons",
            value=Range(lo=4, hi=4),
            source=FactSource.DECLARED,
            evidence="declaration: year_to_date",
        ),
    )
    return FactSet(as_of=dt.date(2026, 11, 22), facts=facts, flows=(FlowFacts(id="member", label=same("member")),))


def test_how_persons_were_counted_is_said():
    text = told_again(_facts(evidence(releases=12, joined=11, lost=1)))
    assert text is not None
    assert "0–1,230 人" in text.zh
    assert "此前 12 次放行中，11 次能够辨认同一个人" in text.zh
    assert "1 次放行的去重标记缺失" in text.zh
    assert "in 11 of 12 earlier releases" in text.en


def test_nothing_is_said_where_releases_add_up():
    assert told_again(_facts(evidence(releases=12, joined=0, lost=0))) is None
