"""What Kouan treats is attacked again: linking and singling out stay under a bar, unkeyed digests in its place fall.

The bar is this project's own, no threshold of any law: the upper end of the 95 % interval of the risk above control.
"""

from __future__ import annotations

import hashlib
import json

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc
import pytest

from examples import places
from examples.people import people
from kouan.deidentify import apply_plan
from kouan.formats import open_source
from kouan.model.attacks import Attack
from kouan.model.declaration import ReleaseMode
from kouan.model.plan import Action, Plan, PlanLine
from kouan.model.text import same
from kouan.risk.attacks import Asked, attack_tables, read_table
from tests.commands import kouan
from tests.inventories import inventory, item
from tests.keystore import MemoryKeyStore

BAR = 0.05
ROWS, OUTSIDE = 4000, 2000
HALVES = (("birth", "sex", "postcode"), ("job", "income", "joined"))
LINES = {
    "mobile": (Action.PSEUDONYM, {"kind": "cn.mobile"}),
    "id_number": (Action.PSEUDONYM, {"kind": "cn.ric"}),
    "birth": (Action.GENERALISE, {"to": "five_years"}),
    "sex": (Action.KEEP, {}),
    "postcode": (Action.MASK, {"keep_start": 1}),
    "job": (Action.KEEP, {}),
    "income": (Action.GENERALISE, {"to": "bins", "width": 10_000, "top": 30_000}),
    "joined": (Action.GENERALISE, {"to": "five_years"}),
}


def _export() -> tuple[pa.Table, pa.Table]:
    rng = np.random.default_rng(2026)
    count = ROWS + OUTSIDE
    crowd = people(rng, count, ages=(20, 65))
    codes = places.area_codes(crowd.place)
    table = pa.table(
        {
            "mobile": crowd.mobile,
            "id_number": crowd.resident_ids(rng),
            "birth": pa.array(crowd.births.astype("datetime64[D]")).cast(pa.string()),
            "sex": np.where(crowd.male, "男", "女"),
            "postcode": pa.array(["".join(map(chr, code)) for code in codes]),
            "job": np.array(["销售", "研发", "客服", "财务", "生产", "物流"])[rng.integers(0, 6, count)],
            "income": rng.lognormal(9.6, 0.5, count).astype(np.int64),
            "joined": pa.array(np.datetime64("2015-01-01") + rng.integers(0, 4000, count)).cast(pa.string()),
        }
    )
    return table.slice(0, ROWS), table.slice(ROWS)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Paths: the original, the control, what Kouan made of the original, and the same with SHA-256 for the keys."""
    folder = tmp_path_factory.mktemp("export")
    original, control = _export()
    for name, table in (("staff", original), ("control", control)):
        pc.write_csv(table, folder / f"{name}.csv")
    source = open_source(folder / "staff.csv", name="staff.csv")
    ids = {name: f"staff.csv!staff#{name}" for name in LINES}
    lines = tuple(
        PlanLine(item=ids[name], action=action, params=params, why=same("test"))
        for name, (action, params) in LINES.items()
    )
    plan = Plan(mode=ReleaseMode.CONTROLLED, key="pseudonym/2026", lines=lines)
    known = inventory(*(item(one) for one in ids.values()))
    apply_plan(plan, [source], known, keys=MemoryKeyStore(), out=folder / "out", threads=1)
    treated = pc.read_csv(folder / "out" / "staff.csv")
    hashed = treated
    for name in ("mobile", "id_number"):
        digests = [hashlib.sha256(str(value).encode()).hexdigest() for value in original.column(name).to_pylist()]
        hashed = hashed.set_column(hashed.column_names.index(name), name, pa.array(digests))
    pc.write_csv(hashed, folder / "hashed.csv")
    return folder / "staff.csv", folder / "control.csv", folder / "out" / "staff.csv", folder / "hashed.csv"


def _attack(original, treated, control):
    held = [read_table(open_source(path, name=path.name)) for path in (original, treated, control)]
    return attack_tables(*held, Asked(secrets=("job",), halves=HALVES))


def _of(report, attack):
    return [result for result in report.results if result.attack is attack]


def test_what_kouan_treats_stays_under_the_bar(files):
    original, control, treated, _ = files
    report = _attack(original, treated, control)
    rows = [*_of(report, Attack.LINKABILITY), *_of(report, Attack.SINGLING_OUT), *_of(report, Attack.SINGLING_OUT_ONE)]
    assert len(rows) == 3
    for result in rows:
        assert result.risk.above_control
        assert result.risk.hi < BAR, (result.attack, result.risk)
    broken = [result for result in _of(report, Attack.DICTIONARY) if result.effort.recipe]
    assert (len(_of(report, Attack.DICTIONARY)), broken) == (2, [])


def test_the_same_attacks_take_the_untreated_export_apart(files):
    original, control, _, _ = files
    report = _attack(original, original, control)
    (linked,), (single,) = _of(report, Attack.LINKABILITY), _of(report, Attack.SINGLING_OUT)
    assert linked.risk.lo > 10 * BAR
    assert single.risk.lo > 10 * BAR


def test_unkeyed_digests_in_place_of_the_keyed_are_broken(files):
    original, control, _, hashed = files
    report = _attack(original, hashed, control)
    found = {result.secret: result for result in _of(report, Attack.DICTIONARY)}
    assert set(found) == {"mobile", "id_number"}
    for result in found.values():
        assert result.main.successes == result.main.attacks
        assert result.risk.lo > 0.9
        assert result.effort.recipe == "hex(sha256(x))"
        assert result.effort.tried > 0
        assert result.effort.whole_seconds > result.effort.seconds


def test_the_command_says_so_and_shows_no_value(files, tmp_path):
    original, control, treated, hashed = files
    told = kouan(
        "attack", original, hashed, "--control", control, "--aux", "/".join(map(",".join, HALVES)), home=tmp_path
    )
    assert told.returncode == 0
    assert "hex(sha256(x))" in told.stdout
    quiet = kouan("attack", original, treated, "--control", control, "--secret", "job", "--json", home=tmp_path)
    document = json.loads(quiet.stdout)
    assert document["kind"] == "attacks"
    assert [one["sha256"][:7] for one in document["inputs"]] == ["sha256:"] * 3
    values = pc.read_csv(original).column("mobile").cast(pa.string()).to_pylist()
    assert not any(value in told.stdout + quiet.stdout for value in values)
