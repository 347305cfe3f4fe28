"""A table from which rows were held back is attacked however large it is, beside the very rows that it was made from."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

from kouan.clearance.alongside import lay_alongside
from kouan.clearance.attackcheck import attack_again
from kouan.clearance.journey import clear
from kouan.model.attacks import Attacked
from kouan.model.errors import KouanError
from kouan.model.files import read_document
from kouan.risk.attacks.pairs import read_pair
from tests.commands import Transfer, kouan
from tests.integration.attacking import settings_of

ROWS, MOST = 2400, 1000
HEAD = "工号,城市,部门,月薪\n"
RULES = {
    "classes": 'rows: {k: 8, over: ["staff.csv!staff#城市", "staff.csv!staff#部门"]}\n',
    "sample": "rows: {sample: 70%, by: 工号}\n",
    "both": 'rows: {sample: 70%, by: 工号, k: 8, over: ["staff.csv!staff#城市", "staff.csv!staff#部门"]}\n',
}
PLAN = """mode: controlled
key: pseudonym/2026
lines:
  - {item: "staff.csv!staff#工号", action: pseudonym, params: {kind: work_id}, why: 编号}
  - {item: "staff.csv!staff#城市", action: keep, why: 测试}
  - {item: "staff.csv!staff#部门", action: keep, why: 测试}
  - {item: "staff.csv!staff#月薪", action: keep, why: 测试}
"""


def staff() -> str:
    """Return made-up staff; about one in thirty stands in a class of fewer than eight."""
    rng = np.random.default_rng(3)
    rare = rng.random(ROWS) < 1 / 30
    return HEAD + "".join(
        f"E-{7300000 + at},{f'县{rng.integers(30)}' if rare[at] else f'市{rng.integers(8)}'},"
        f"部{rng.integers(4)},{5000 + at}\n"
        for at in range(ROWS)
    )


@pytest.fixture(scope="module", params=RULES)
def cleared(request, tmp_path_factory):
    transfer = Transfer.lay(tmp_path_factory.mktemp(request.param))
    transfer.data.write_text(staff(), "utf-8")
    transfer.declare("basis: [hr]", f"basis: [hr]\nassessment: {{attacks: {{rows: {MOST}}}}}")
    (transfer.folder / "plan.yaml").write_text(PLAN + RULES[request.param], "utf-8")
    settings, plan = settings_of(transfer.home), transfer.folder / "plan.yaml"
    clear(transfer.declaration, transfer.out, settings=settings, plan_path=plan)
    return transfer


def attacked(folder):
    (table,) = read_document(folder / "attacks.json", Attacked, kind="attacked").tables
    return table


def test_a_large_table_with_rows_held_back_is_attacked_with_a_control(cleared):
    table = attacked(cleared.out)
    assert MOST < table.rows < ROWS - 20
    assert table.used + table.outside == MOST
    assert table.outside > MOST // 4
    assert {one.attack.value for one in table.report.results} >= {"singling_out_multivariate", "linkability"}
    assert all(one.control is not None for one in table.report.results if one.attack.value == "inference")


def test_each_treated_row_stands_beside_the_row_that_it_was_made_from(cleared):
    made = lay_alongside(cleared.out, cleared.folder, settings_of(cleared.home))
    (raw,), (treated,) = (one[0].entities for one in (made.sources, made.staged))
    shared = ("城市", "部门", "月薪")
    kept, rows = made.kept["staff.csv", "staff"], attacked(cleared.out).rows
    given = {"shared": shared, "further": ("工号",), "person": "工号", "rows": rows, "most": MOST, "seed": 1}
    pair = read_pair(raw, treated, kept=kept, **given)
    assert pair.original.select(shared).to_pydict() == pair.treated.to_pydict()
    other = read_pair(raw, treated, kept=np.roll(kept, 1), **given)
    assert other.original.select(shared).to_pydict() != other.treated.to_pydict()


def test_verify_runs_them_again_and_believes_no_other_figures(cleared, tmp_path):
    done = kouan("verify", cleared.out, "--raw", cleared.folder, "--json", home=cleared.home)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert (told["compared_again"], told["attacked_again"]) == (True, 1)


def test_a_draw_that_only_the_exporters_key_knows_is_not_attacked_again_elsewhere(cleared, tmp_path):
    trust = tmp_path / "trust"
    shutil.copytree(cleared.home / "trust", trust)
    keys = [word for path in sorted(trust.iterdir()) for word in ("--trust", path)]
    done = kouan("verify", cleared.out, "--raw", cleared.folder, *keys, "--json", home=tmp_path / "home")
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    if "rows: {sample" not in (cleared.folder / "plan.yaml").read_text("utf-8"):
        assert (told["compared_again"], told["attacked_again"]) == (True, 1)
        return
    assert (told["compared_again"], told["attacked_again"]) == (False, 0)
    shown = kouan("verify", cleared.out, "--raw", cleared.folder, *keys, home=tmp_path / "home")
    assert "it is not here" in shown.stdout
    with pytest.raises(KouanError, match="K-CLR-270"):
        attack_again(lay_alongside(cleared.out, cleared.folder, settings_of(tmp_path / "home")))
