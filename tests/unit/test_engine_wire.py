"""Results of kernels as bytes: the same value comes back, and nothing but ours is ever built."""

from __future__ import annotations

import json
from collections import Counter

import numpy as np
import pyarrow as pa
import pytest

from kouan.engine.wire import pack, unpack
from kouan.recognize.keyring import Packing
from kouan.recognize.lexicon import load_lexicon
from kouan.recognize.profile import Reading, empty_profile, merge_profiles, profile_column
from tests.recognizing import AS_OF


@pytest.mark.parametrize(
    "value",
    [
        None,
        -(2**80),
        0.1,
        "王\ud800\0{}",
        b"\xff",
        (1, [2, (None, True)], {"a": {1, 2}}, frozenset({"b"})),
        {1: "one", (2, "b"): [], None: ()},
        Counter({"b": 2, "a": 1}),
    ],
)
def test_plain_values_come_back(value):
    back = unpack(pack(value))
    assert back == value
    assert type(back) is type(value)


def test_a_tally_keeps_its_order():
    assert list(unpack(pack(Counter({"b": 1, "a": 2})))) == ["b", "a"]


def test_arrays_come_back():
    array = pa.array(["一", None, "b"])
    record = np.zeros(3, np.dtype([("row", "<i4"), ("key", "V16")]))
    back, sliced, again = unpack(pack((array, array.slice(1), record)))
    assert back.equals(array)
    assert sliced.equals(array.slice(1))
    assert (again == record).all()
    again["row"] += 1  # whoever takes records numbers them anew


def test_a_profile_merges_as_one_that_stayed():
    reading = Reading(load_lexicon(), AS_OF, compiled=False)
    parts = [profile_column("手机号", pa.array([f"138{n:08d}", None, "x"]), 3 * n, reading) for n in range(3)]
    near = merge_profiles(parts[0], parts[1])
    far = merge_profiles(*(unpack(pack(one)) for one in parts[:2]))
    assert far == near
    assert unpack(pack(empty_profile("a", pa.list_(pa.string())))) == empty_profile("a", pa.list_(pa.string()))


def test_keys_come_back():
    packed = Packing(b"k" * 16)(pa.array(["a", None, "b"]))
    assert (unpack(pack(packed)).records == packed.records).all()


@pytest.mark.parametrize(
    "kind",
    ["os:system", "subprocess:Popen", "kouan.cli:program", "kouan.model.errors:KouanError", "kouan.engine.wire:io"],
)
def test_nothing_else_is_built(kind):
    tree = json.dumps(["object", kind, {"message": "x"}]).encode()
    with pytest.raises(ValueError, match=kind):
        unpack(len(tree).to_bytes(8, "little") + tree)


def test_nothing_else_is_packed():
    with pytest.raises(TypeError):
        pack(object())


@pytest.mark.parametrize("cut", [0, 1, 9, -1])
def test_what_is_cut_off_is_refused(cut):
    with pytest.raises(ValueError):  # noqa: PT011 - of JSON and of ours
        unpack(pack(("a", b"bytes"))[:cut])
