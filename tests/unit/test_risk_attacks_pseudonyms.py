"""Pseudonyms under attack: unkeyed digests fall, keyed ones do not, and the effort is what was spent."""

from __future__ import annotations

import base64
import hashlib
import hmac

import numpy as np
import pyarrow as pa
import pytest

from kouan.deidentify.pseudonym import Pseudonym
from kouan.model.errors import KouanError
from kouan.risk.attacks import Dictionary, Membership, Sampling, dictionary, frequency, membership
from kouan.risk.attacks.numberspace import MOBILE, RESIDENT, Mobiles, ResidentIds, space_of, walk
from kouan.risk.attacks.recipes import ALGORITHMS, read_pseudonyms

RNG = np.random.default_rng(11)
NUMBERS = [f"1380000{number:04}" for number in RNG.permutation(10_000)[:300]]
NEAR = Mobiles(("1380000",))
FEW = Dictionary(attacks=200, most=20_000)


def digest(name: str, value: str) -> bytes:
    return hashlib.new(name, value.encode()).digest()


WAYS = {
    "hex(sha256(x))": lambda value: digest("sha256", value).hex(),
    "hex(sha1(x))": lambda value: digest("sha1", value).hex(),
    'hex(md5("+86" + x))': lambda value: digest("md5", "+86" + value).hex().upper(),
    "hex(md5(x)[4:12])": lambda value: digest("md5", value).hex()[8:24],
    "base64(sha256(x))": lambda value: "u_" + base64.urlsafe_b64encode(digest("sha256", value)).decode().rstrip("="),
    "hex(sha256(x)[0:6])": lambda value: "sha256:" + digest("sha256", value).hex()[:12],
    **({"hex(sm3(x))": lambda value: digest("sm3", value).hex()} if "sm3" in ALGORITHMS else {}),
}


@pytest.mark.parametrize("recipe", WAYS)
def test_unkeyed_digests_fall_whole_with_and_without_known_values(recipe):
    pseudonyms = [WAYS[recipe](number) for number in NUMBERS]
    for known in (NUMBERS[:5], ()):
        result = dictionary(pseudonyms, known, FEW, space=NEAR)
        assert (result.main.successes, result.main.attacks) == (200, 200)
        assert result.effort.recipe == recipe
        assert result.effort.proven is bool(known)
        assert result.effort.opened == 200
        assert result.effort.space == 10_000
        assert result.risk.lo > 0.9


def test_no_number_is_in_the_result():
    result = dictionary([WAYS["hex(sha256(x))"](number) for number in NUMBERS], NUMBERS, FEW, space=NEAR)
    assert not any(number in result.model_dump_json() for number in NUMBERS)


def test_bounded_work_opens_a_share_and_says_what_the_rest_takes():
    ticks = iter(range(10_000))
    pseudonyms = [WAYS["hex(sha256(x))"](number) for number in NUMBERS]
    wide = Mobiles(tuple(f"13800{number:02}" for number in range(20)))
    result = dictionary(pseudonyms, NUMBERS, FEW, space=wide, clock=lambda: float(next(ticks)))
    effort = result.effort
    assert (effort.tried, effort.space) == (20_000, 200_000)
    assert 0 < effort.opened < 60  # a tenth of 200, give or take
    assert effort.whole_seconds == effort.seconds * 10
    assert result.main.successes == 200  # the known values are the numbers that the whole walk would meet
    alone = dictionary(pseudonyms, (), FEW, space=wide)
    assert alone.main.successes == alone.effort.opened
    assert "10.000%" in alone.notes[0].en


@pytest.mark.parametrize(
    "keyed",
    [
        lambda numbers: [hmac.digest(b"key" * 9, number.encode(), "sha256").hex() for number in numbers],
        lambda numbers: Pseudonym("mobile", bytes(range(32)))(pa.array(numbers)).to_pylist(),
        lambda numbers: Pseudonym("mobile", bytes(range(32)), "uuid")(pa.array(numbers)).to_pylist(),
    ],
)
def test_keyed_pseudonyms_stand_and_that_is_not_called_proof(keyed):
    result = dictionary(keyed(NUMBERS), NUMBERS, FEW)
    assert result.main.successes == 0
    assert result.effort.recipe is None
    assert "not prove" in result.notes[0].en


def test_spaces_give_every_number_once_and_valid_ids():
    ids = ResidentIds(("110101", "310104"), (2000, 2000))
    assert ids.size == 2 * 366 * 1000
    seen = [number.decode() for block in walk(ids, 3000, 700, 4) for number in block]
    assert len(set(seen)) == 3000
    assert all(RESIDENT.match(number) for number in seen)
    # GB 11643-1999 annex A prints 11010519491231002X and 440524188001010014
    known = ResidentIds(("110105",), (1949, 1949))
    assert b"11010519491231002X" in known.numbers(np.arange(known.size - 1000, known.size))
    every = [number.decode() for block in walk(NEAR, 10**6, 999, 5) for number in block]
    assert len(set(every)) == len(every) == 10_000
    assert all(MOBILE.match(number) for number in every)


def test_the_space_is_told_by_the_values():
    assert isinstance(space_of(NUMBERS), Mobiles)
    assert space_of(["11010519491231002X"]).regions == ("110105",)
    assert space_of([*NUMBERS, "x"]) is None


def test_pseudonyms_of_other_shapes_are_not_read():
    assert read_pseudonyms(["abc", "abcd"]) is None
    assert read_pseudonyms([]) is None
    assert read_pseudonyms(["ab12" * 4, "zz12" * 4]) is None


def test_frequencies_name_skewed_values_and_hardly_flat_ones():
    rng = np.random.default_rng(5)
    skewed = [f"v{n}" for n in rng.choice(8, 4000, p=[0.4, 0.25, 0.15, 0.09, 0.05, 0.03, 0.02, 0.01])]
    other = [f"v{n}" for n in rng.choice(8, 3000, p=[0.4, 0.25, 0.15, 0.09, 0.05, 0.03, 0.02, 0.01])]
    named = frequency(skewed, [hashlib.sha256(one.encode()).hexdigest() for one in skewed], other, Sampling(500))
    assert named.main.rate > 0.95
    assert named.risk.lo > 0.8
    flat = [f"v{n}" for n in rng.integers(0, 500, 4000)]
    blurred = frequency(flat, [one[::-1] for one in flat], [f"v{n}" for n in rng.integers(0, 500, 4000)], Sampling(500))
    assert blurred.risk.value < 0.1


def _counted(table, names):
    return table.group_by(names).aggregate([([], "count_all")]).rename_columns([*names, "n"])


def _people(rows, seed, kinds):
    rng = np.random.default_rng(seed)
    return pa.table({name: [f"{name}{n}" for n in rng.integers(0, kinds, rows)] for name in ("a", "b", "c")})


def test_counts_of_fine_cells_show_who_is_in_and_coarse_ones_do_not():
    options = Membership(attacks=400)
    fine, outside = _people(500, 1, 40), _people(2000, 2, 40)
    shown = membership([_counted(fine, ["a", "b", "c"])], "n", fine, outside, options)
    assert shown.main.rate > 0.9
    assert shown.risk.lo > 0.8
    coarse, others = _people(5000, 3, 2), _people(2000, 4, 2)
    hidden = membership([_counted(coarse, ["a"]), _counted(coarse, ["b", "c"])], "n", coarse, others, options)
    assert hidden.risk.lo == 0
    assert hidden.control.attacks == 400


def test_suppressed_counts_are_left_aside():
    people, outside = _people(500, 1, 40), _people(2000, 2, 40)
    cells = _counted(people, ["a", "b", "c"])
    hidden = cells.set_column(3, "n", pa.array(["<5" if n < 5 else str(n) for n in cells.column("n").to_pylist()]))
    hidden = pa.concat_tables([hidden, pa.table({"a": ["a0"], "b": ["b0"], "c": ["c0"], "n": ["9"]})])
    assert membership([hidden], "n", people, outside).risk.lo == 0


def test_errors():
    people = _people(10, 1, 3)
    for work, code in (
        (lambda: frequency(["a"], ["b", "c"], ["a"]), "K-RSK-065"),
        (lambda: membership([_counted(people, ["a"])], "n", people, None), "K-RSK-066"),
        (lambda: membership([people], "n", people, people), "K-RSK-067"),
    ):
        with pytest.raises(KouanError) as caught:
            work()
        assert caught.value.code == code
