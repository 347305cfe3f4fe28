"""What an attack shows by its number of tries."""

from __future__ import annotations

import pytest

from kouan.clearance.effectgates import attack_outcome
from kouan.model.attacks import Attack, AttackReport, AttackResult
from kouan.model.base import ratio
from kouan.model.risk import Judgement
from kouan.risk.attacks.intervals import Sampling, risk, successes

Z = Sampling().z


@pytest.mark.parametrize(
    ("tries", "rows", "outcome"),
    [
        (72, (1000, 1000), Judgement.UNKNOWN),
        (73, (1000, 1000), Judgement.PASS),
        (40, (1000, 1000, 40), Judgement.UNKNOWN),
        (30, (30, 30), Judgement.PASS),
        (0, (30, 30), Judgement.UNKNOWN),
    ],
    ids=["too few", "enough", "a small control is no reason for fewer", "all that there are", "none"],
)
def test_tries_that_all_fail(tries, rows, outcome):
    main = successes(0, tries, Z)
    against = successes(0, tries, Z) if len(rows) > 2 else None
    result = AttackResult(attack=Attack.INFERENCE, main=main, control=against, risk=risk(main, against, Z))
    report = AttackReport(
        original="a", treated="a", control=None, rows=rows, seed=1, confidence=ratio(95, 100), results=(result,)
    )
    if against is None and tries:
        assert result.risk.lo == 0
    assert attack_outcome(report, result, None) is outcome
