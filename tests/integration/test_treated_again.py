"""With the raw data beside it, the treated file has to be what the plan makes of them, row by row."""

from __future__ import annotations

import json
import shutil

import pytest

from kouan.clearance.alongside import lay_alongside
from kouan.clearance.journey import clear
from kouan.clearance.tool import tool
from kouan.clearance.treatcheck import treat_again
from kouan.model.errors import KouanError
from tests.commands import Transfer, kouan
from tests.integration.attacking import settings_of

HEAD = "工号,城市,备注,月薪\n"
PLAN = """mode: controlled
key: pseudonym/2026
lines:
  - {item: "staff.csv!staff#工号", action: pseudonym, params: {kind: work_id}, why: 编号}
  - {item: "staff.csv!staff#城市", action: keep, why: 测试}
  - {item: "staff.csv!staff#备注", action: scrub, why: 测试}
  - {item: "staff.csv!staff#月薪", action: generalise, params: {to: bins, width: 1000}, why: 测试}
rows: {k: 2, over: ["staff.csv!staff#城市"]}
"""


@pytest.fixture(scope="module")
def cleared(tmp_path_factory):
    transfer = Transfer.lay(tmp_path_factory.mktemp("again"))
    rows = (
        f"E-{7300000 + at},{'独县' if at == 7 else f'市{at % 8}'},联系人邮箱a{at}@x.cn,{5000 + at}\n"
        for at in range(60)
    )
    transfer.data.write_text(HEAD + "".join(rows), "utf-8")
    (transfer.folder / "plan.yaml").write_text(PLAN, "utf-8")
    plan = transfer.folder / "plan.yaml"
    clear(transfer.declaration, transfer.out, settings=settings_of(transfer.home), plan_path=plan)
    return transfer


def again(transfer, folder, home, sealed_with=None):
    settings = settings_of(home)
    made = lay_alongside(folder, transfer.folder, settings)
    found = treat_again(made, settings, sealed_with=sealed_with or tool())
    return found.same, found.left


def test_what_takes_the_key_is_compared_where_it_is_and_texts_within_an_edition(cleared, tmp_path):
    assert again(cleared, cleared.out, cleared.home) == (4, 0)
    assert again(cleared, cleared.out, tmp_path) == (3, 1)
    assert again(cleared, cleared.out, tmp_path, sealed_with="kouan 0.0.1") == (2, 2)


def swapped(lines):
    lines[3], lines[4] = lines[4], lines[3]


def changed(lines):
    lines[9] = lines[9].replace("市", "县")


def shorter(lines):
    lines.pop()


def longer(lines):
    lines.append(lines[-1])


def renamed(lines):
    lines[0] = lines[0].replace("城市", "地区")


@pytest.mark.parametrize("spoil", [swapped, changed, shorter, longer, renamed], ids=lambda one: one.__name__)
def test_other_rows_than_the_plan_makes_are_refused(cleared, tmp_path, spoil):
    folder = tmp_path / "folder"
    shutil.copytree(cleared.out, folder)
    (staged,) = (folder / "staged").iterdir()
    lines = staged.read_text("utf-8").splitlines()
    spoil(lines)
    staged.write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(KouanError) as caught:
        again(cleared, folder, tmp_path)
    assert caught.value.code == "K-CLR-271"
    assert "staff" in caught.value.what.zh
    assert "E-73" not in str(caught.value)


def test_a_changed_pseudonym_is_seen_by_whoever_has_the_key(cleared, tmp_path):
    folder = tmp_path / "folder"
    shutil.copytree(cleared.out, folder)
    (staged,) = (folder / "staged").iterdir()
    lines = staged.read_text("utf-8").splitlines()
    first, rest = lines[5].split(",", 1)
    lines[5] = f"{lines[6].split(',', 1)[0]},{rest}"
    assert not lines[5].startswith(first)
    staged.write_text("\n".join(lines) + "\n", "utf-8")
    assert again(cleared, folder, tmp_path) == (3, 1)
    with pytest.raises(KouanError) as caught:
        again(cleared, folder, cleared.home)
    assert "工号" in caught.value.what.zh


def test_verify_tells_how_much_it_treated_again(cleared, tmp_path):
    done = kouan("verify", cleared.out, "--raw", cleared.folder, "--json", home=cleared.home)
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["treated_again"] == 4
    told = kouan("verify", cleared.out, "--raw", cleared.folder, home=cleared.home, lang="zh")
    assert "4 项逐行相同" in told.stdout
