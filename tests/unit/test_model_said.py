"""Words that say nothing are no words: blanks, marks, characters of no width."""

from __future__ import annotations

import datetime as dt

import pytest
from pydantic import ValidationError

from kouan.model.attestation import Attestation
from kouan.model.necessity import NecessityClaim
from kouan.model.text import says

NOTHING = ("", "  ", "\u3000", "\u200b\u200d", "\u2060", "-", "……", "\u3164", "\uffa0 \u115f", "\u202e")


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_said(text):
    assert not says(text)
    for field in ("export", "used_by", "persons"):
        with pytest.raises(ValidationError):
            NecessityClaim.model_validate({field: text})
    with pytest.raises(ValidationError):
        NecessityClaim.model_validate({"items": {"民族": text}})
    for field in ("number", "issuer"):
        with pytest.raises(ValidationError):
            _certificate(**{field: text})


@pytest.mark.parametrize("text", ["依法报送", "x", "第7号", " 한 "])
def test_words_are_taken(text):
    assert NecessityClaim(export=text).export == text
    assert _certificate(issuer=text).issuer == text


def _certificate(**changes):
    fields = {"kind": "certificate", "number": "7", "issuer": "认证机构", "valid_from": dt.date(2026, 1, 1)}
    return Attestation.model_validate({**fields, **changes})
