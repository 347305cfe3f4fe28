"""Whatever is done with the year's key can be undone by whoever holds it: no certificate covers it."""

import datetime as dt
from types import SimpleNamespace

import pytest

from kouan.clearance.relying import check_relied
from kouan.deidentify.checks import KEYED
from kouan.model.certificate import Effect
from kouan.model.declaration import ReleaseMode
from kouan.model.errors import KouanError
from kouan.model.plan import Action

DAY = dt.date(2026, 11, 23)


def rely(*actions):
    transfer = SimpleNamespace(mode=ReleaseMode.CONTROLLED)
    declaration = SimpleNamespace(parties=(), purpose="p", transfer=transfer)
    certificate = SimpleNamespace(
        number="C20261123-0123456789", effect=Effect.ANONYMISED, valid_from=DAY, valid_to=DAY,
        parties=(), mode=transfer.mode, purpose="p", inputs=(SimpleNamespace(name="staged/a", sha256="x"),),
    )  # fmt: skip
    plan = SimpleNamespace(lines=tuple(SimpleNamespace(action=one) for one in actions))
    check_relied(certificate, declaration, plan, {"staged/a": "x"}, day=DAY)


def test_a_plan_without_a_key_may_rest_on_its_certificate():
    rely(*(one for one in Action if one not in KEYED))


@pytest.mark.parametrize("action", sorted(KEYED))
def test_a_plan_with_a_key_may_not(action):
    with pytest.raises(KouanError, match="K-CLR-179"):
        rely(Action.DROP, action)


def test_noise_is_made_with_the_key():
    assert Action.NOISE in KEYED
