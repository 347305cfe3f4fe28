"""How long a result of an assessment or a certificate lets a standing transfer go on."""

from __future__ import annotations

import datetime as dt

import pytest

from kouan.clearance.standing import _until
from kouan.model.decision import Pathway
from kouan.model.standing import Authorised
from kouan.packs import load_packs
from tests.declarations import declaration

ISSUED = dt.date(2023, 5, 1)


@pytest.mark.parametrize(
    ("today", "paper", "until"),
    [
        (dt.date(2024, 3, 21), None, dt.date(2025, 5, 1)),
        (dt.date(2024, 3, 22), None, dt.date(2026, 5, 1)),
        (dt.date(2024, 3, 22), dt.date(2025, 4, 30), dt.date(2025, 4, 30)),
    ],
)
def test_an_older_result_runs_for_the_term_of_today_unless_its_paper_ends_earlier(
    today: dt.date, paper: dt.date | None, until: dt.date
) -> None:
    covers = Authorised(issued_on=ISSUED, until=paper, ordinary=1, sensitive=1)
    given = declaration({"a.csv": None}).model_copy(update={"authorised": covers})
    assert _until(given, (Pathway.SECURITY_ASSESSMENT,), load_packs(), "x", today=today) == until
