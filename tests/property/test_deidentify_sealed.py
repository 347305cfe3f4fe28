"""Reversible pseudonyms: the holder of the key gets every value back, nobody else any."""

from __future__ import annotations

import hmac

import pyarrow as pa
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
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


def sealed(values, kind="person_id", key=KEY, cipher="aes"):
    params = {"form": "sealed", "kind": kind, "cipher": cipher}
    line = PlanLine(item="a!a#x", action=Action.PSEUDONYM, params=params, why=same("t"))
    return transform(line, Given("person_id", key))(pa.array(values, pa.string())).to_pylist()


@pytest.mark.parametrize("cipher", ["aes", "sm4"])
@FEW
@given(values=CELLS, kind=st.sampled_from(["person_id", "cn.mobile", "email", "name"]))
def test_values_come_back_in_their_one_spelling(values, kind, cipher):
    found = sealed(values, kind, cipher=cipher)
    spelt = normalise(kind, pa.array(values, pa.string())).to_pylist()
    assert [one is None for one in found] == [not one for one in spelt]
    kept = [one for one in found if one is not None]
    assert unseal(kept, kind=kind, key=KEY, where="t", cipher=cipher) == [one for one in spelt if one]
    assert len(set(kept)) == len({one for one in spelt if one})
    assert sealed(values, kind, cipher=cipher) == found


@FEW
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_what_is_sealed_is_the_librarys_aes_siv(value):
    spelt = normalise("name", pa.array([value])).to_pylist()[0].encode()
    padded = spelt + b"\x80" + bytes(-(len(spelt) + 1) % 16)
    key = hmac.digest(KEY, b"kouan/v1/aes-siv", "sha512")
    wanted = "r" + AESSIV(key).encrypt(padded, [b"v1|name"]).hex() if spelt else None
    assert sealed([value], "name") == [wanted]


@pytest.mark.parametrize("cipher", ["aes", "sm4"])
@FEW
@given(value=st.text("0123456789abcXYZ-", min_size=1, max_size=40), at=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_no_other_key_kind_cipher_or_changed_pseudonym_opens(value, at, bit, cipher):
    (one,) = sealed([value], cipher=cipher)
    (other,) = sealed([value], cipher="aes" if cipher == "sm4" else "sm4")
    raw = bytearray.fromhex(one[1:])
    raw[at % len(raw)] ^= 1 << bit
    assert len(raw) % 16 == 0
    for told, kind, key in (
        (one, "person_id", bytes(32)),
        (one, "name", KEY),
        (one[0] + raw.hex(), "person_id", KEY),
        (other, "person_id", KEY),
        (one[0] + other[1:], "person_id", KEY),
        (one[1:], "person_id", KEY),
        ("r", "person_id", KEY),
        ("", "person_id", KEY),
        ("rzz", "person_id", KEY),
    ):
        with pytest.raises(KouanError) as caught:
            unseal([one, told], kind=kind, key=key, where="t", cipher=cipher)
        assert caught.value.code == "K-DEI-024"
        assert value not in str(caught.value) or len(value) < 4
