"""What the vocabulary and the provisions refuse when a pack is written."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from kouan.model.provision import Rule
from kouan.model.vocabulary import FactDef

TEXT = {"zh": "词", "en": "word"}
FACT = {"name": "x.a", "type": "bool", "scope": "transfer", "label": TEXT, "help": TEXT, "claim": True}
RULE = {
    "id": "r",
    "article": "1",
    "when": {"fact": "x.a", "is": True},
    "label": TEXT,
    "gives": "exempt",
    "reason": TEXT,
    "in_force": {"from": "2024-01-01"},
    "source": {"instrument": "I", "confidence": "H"},
}


@pytest.mark.parametrize("change", [{"type": "count"}, {"scope": "flow"}])
def test_a_claim_is_a_statement_about_the_transfer(change: dict[str, str]) -> None:
    assert FactDef.model_validate(FACT).claim is True
    with pytest.raises(ValidationError, match="a claim is"):
        FactDef.model_validate({**FACT, **change})


def test_a_rule_is_never_left_out_because_facts_are_open() -> None:
    assert Rule.model_validate(RULE).certain is False
    with pytest.raises(ValidationError, match="open facts"):
        Rule.model_validate({**RULE, "certain": True})


@pytest.mark.parametrize(("confidence", "fits"), [("H", False), ("M", True), ("L", True)])
def test_an_article_that_nobody_has_read_is_never_certain(confidence: str, fits: bool) -> None:
    source = {"instrument": "I", "confidence": confidence}
    changed = {**RULE, "article": "unconfirmed", "source": source}
    if fits:
        assert Rule.model_validate(changed).source.confidence == confidence
    else:
        with pytest.raises(ValidationError):
            Rule.model_validate(changed)
