"""Reversible pseudonyms: the holder of the key gets every value back, nobody else any."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.deidentify.rules import Given, transform
from kouan.deidentify.sealed import unseal
from kouan.engine.persons import normalise
from kouan.model.errors import KouanError
from kouan.model.plan import Action, PlanLine
from kouan.model.text import same

KEY = bytes(range(32))
FEW = settings(max_examples=60, deadline=None)
CELLS = st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=20)


def sealed(values, kind="person_id", key=KEY):
    line = PlanLine(item="a!a#x", action=Action.PSEUDONYM, params={"form": "sealed", "kind": kind}, why=same("t"))
    return transform(line, Given("person_id", key))(pa.array(values, pa.string())).to_pylist()


@FEW
@given(CELLS, st.sampled_from(["person_id", "cn.mobile", "email", "name"]))
def test_values_come_back_in_their_one_spelling(values, kind):
    found = sealed(values, kind)
    spelt = normalise(kind, pa.array(values, pa.string())).to_pylist()
    assert [one is None for one in found] == [not one for one in spelt]
    kept = [one for one in found if one is not None]
    assert unseal(kept, kind=kind, key=KEY, where="t") == [one for one in spelt if one]
    assert len(set(kept)) == len({one for one in spelt if one})
    assert sealed(values, kind) == found


@FEW
@given(st.text("0123456789abcXYZ-", min_size=1, max_size=40), st.integers(0, 10**6), st.integers(0, 7))
def test_no_other_key_kind_or_changed_pseudonym_opens(value, at, bit):
    (one,) = sealed([value])
    raw = bytearray.fromhex(one[1:])
    raw[at % len(raw)] ^= 1 << bit
    assert len(raw) % 16 == 0
    for told, kind, key in (
        (one, "person_id", bytes(32)),
        (one, "name", KEY),
        ("r" + raw.hex(), "person_id", KEY),
        (one[1:], "person_id", KEY),
        ("r", "person_id", KEY),
        ("", "person_id", KEY),
        ("rzz", "person_id", KEY),
    ):
        with pytest.raises(KouanError) as caught:
            unseal([one, told], kind=kind, key=key, where="t")
        assert caught.value.code == "K-DEI-024"
        assert value not in str(caught.value) or len(value) < 4
