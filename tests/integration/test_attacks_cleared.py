"""Clearing attacks what it treated: sealed, shown, run again; keyed pseudonyms stand, digests without a key fall."""

from __future__ import annotations

import hashlib
import json

import numpy as np
import pytest

from kouan.clearance.journey import clear
from kouan.model.attacks import Attack, Attacked
from kouan.model.files import read_document
from kouan.risk.attacks.intervals import Sampling, risk, successes
from tests.commands import Transfer, kouan
from tests.integration.attacking import copied, seal_again, settings_of

ROWS = 600
HEAD = "工号,姓名,手机号,部门,出生日期,薪资\n"


def staff() -> tuple[str, list[str]]:
    """Return a table of made-up staff and its mobile numbers."""
    rng = np.random.default_rng(7)
    mobiles = [f"139{number:08d}" for number in rng.choice(10**8, size=ROWS, replace=False)]
    parts = ("研发部", "市场部", "财务部")
    rows = [
        f"E-{73_000_00 + at},试验{at:04d},{mobile},{parts[rng.integers(3)]},"
        f"{1960 + int(rng.integers(40))}-{1 + int(rng.integers(12)):02d}-{1 + int(rng.integers(28)):02d},"
        f"{5000 + int(rng.integers(30_000))}"
        for at, mobile in enumerate(mobiles)
    ]
    return HEAD + "\n".join(rows) + "\n", mobiles


@pytest.fixture(scope="module")
def cleared(tmp_path_factory):
    transfer = Transfer.lay(tmp_path_factory.mktemp("cleared"))
    transfer.data.write_text(staff()[0], "utf-8")
    clear(transfer.declaration, transfer.out, settings=settings_of(transfer.home))
    return transfer


def results(folder):
    found = read_document(folder / "attacks.json", Attacked, kind="attacked")
    return [one for table in found.tables if table.report is not None for one in table.report.results]


def dictionaries(folder):
    return {one.secret: one.effort.recipe for one in results(folder) if one.attack is Attack.DICTIONARY}


def test_a_table_is_attacked_with_a_control_and_the_pseudonyms_stand(cleared):
    (table,) = read_document(cleared.out / "attacks.json", Attacked, kind="attacked").tables
    assert table.used + table.outside == table.rows == ROWS
    assert table.outside > ROWS // 4
    kinds = {one.attack for one in table.report.results}
    assert kinds >= {Attack.SINGLING_OUT, Attack.LINKABILITY, Attack.DICTIONARY}
    assert set(dictionaries(cleared.out).values()) == {None}
    for one in results(cleared.out):
        if one.attack in {Attack.DICTIONARY, Attack.FREQUENCY}:
            assert one.main.successes == 0, one.secret
            assert one.risk.lo == 0
        elif one.attack is not Attack.DICTIONARY:
            assert one.control is not None


def test_the_report_says_what_each_attack_means_and_shows_no_value(cleared):
    page = (cleared.out / "report.html").read_text("utf-8")
    assert 'id="attacks"' in page
    assert "learns “薪资” about 27 times in 100" in page
    assert "kouan optimise" in page
    assert not [number for number in staff()[1] if number in page]
    done = kouan(*cleared.clear, home=cleared.home)
    assert "attacks gained more than by chance" in done.stdout


def test_run_again_on_the_raw_data_they_come_to_the_same(cleared, tmp_path):
    done = kouan("verify", cleared.out, "--raw", cleared.folder, home=cleared.home)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "attacked again" in done.stdout
    shown = kouan("assess", cleared.declaration, "--cleared", cleared.out, "--json", home=cleared.home)
    assert Attacked.model_validate(json.loads(shown.stdout)).tables[0].rows == ROWS
    (tmp_path / "staff.csv").write_text(staff()[0].replace("研发部", "市场部", 1), "utf-8")
    other = kouan("verify", cleared.out, "--raw", tmp_path, home=cleared.home)
    assert other.returncode == 2
    assert "K-CLR-171" in other.stderr


def _spoilt(cleared, folder, change):
    copy = copied(cleared.out, folder)
    path = copy / "attacks.json"
    document = json.loads(path.read_text("utf-8"))
    change(document)
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    seal_again(copy, cleared.home)
    return copy


def _first(document):
    return document["body"]["tables"][0]["report"]["results"][1]


def _lighter(document):
    _first(document)["risk"]["hi"] = "0.01"


def _fewer(document):
    _first(document)["main"]["successes"] = "0"


def _other_seed(document):
    document["body"]["seed"] = 2


def _other_files(document):
    document["inputs"] = [one for one in document["inputs"] if not one["name"].startswith("staged/")]


@pytest.mark.parametrize("change", [_lighter, _fewer, _other_seed, _other_files])
def test_a_changed_figure_setting_or_file_is_found_without_the_raw_data(cleared, tmp_path, change):
    folder = _spoilt(cleared, tmp_path / "spoilt", change)
    done = kouan("verify", folder, home=cleared.home)
    assert done.returncode == 5
    assert "K-CLR-170" in done.stdout


def test_figures_that_agree_with_each_other_and_not_with_the_data_are_found_with_them(cleared, tmp_path):
    def change(document):
        one, z = _first(document), Sampling().z
        tries = one["main"]["attacks"]
        main, control = successes(0, tries, z), successes(0, tries, z)
        for name, value in (("main", main), ("control", control), ("risk", risk(main, control, z))):
            one[name] = value.model_dump(mode="json")

    folder = _spoilt(cleared, tmp_path / "spoilt", change)
    assert kouan("verify", folder, home=cleared.home).returncode == 0
    done = kouan("verify", folder, "--raw", cleared.folder, home=cleared.home)
    assert done.returncode == 5
    assert "K-CLR-172" in done.stdout


def test_the_declaration_sets_them_and_turns_them_off(tmp_path):
    transfer = Transfer.lay(tmp_path)
    transfer.data.write_text(staff()[0], "utf-8")
    transfer.declare("basis: [hr]", "basis: [hr]\nassessment: {attacks: {run: false}}")
    clear(transfer.declaration, transfer.out, settings=settings_of(transfer.home))
    found = read_document(transfer.out / "attacks.json", Attacked, kind="attacked")
    assert (found.run, found.tables) == (False, ())
    assert kouan("verify", transfer.out, home=transfer.home).returncode == 0
    assert "turned attacks off" in (transfer.out / "report.html").read_text("utf-8")
    transfer.declare("run: false", "tries: 60, seed: 9")
    clear(transfer.declaration, transfer.out, settings=settings_of(transfer.home))
    assert all(one.main.attacks <= 60 for one in results(transfer.out))
    transfer.declare("tries: 60", "tries: 6")
    assert kouan(*transfer.clear, home=transfer.home).returncode == 2


def _planned(transfer, old, new):
    """Return the path of the plan of a transfer with one line changed."""
    done = kouan("plan", transfer.declaration, "--out", transfer.folder / "plan.yaml", home=transfer.home)
    assert done.returncode == 0, done.stderr
    path = transfer.folder / "plan.yaml"
    text = path.read_text("utf-8")
    start = text.index(old)
    end = text.find("\n  - item:", start)
    path.write_text(text[:start] + new + (text[end:] if end > 0 else "\n"), "utf-8")
    return path


def test_a_plan_that_hashes_mobile_numbers_without_a_key_is_refused(tmp_path):
    transfer = Transfer.lay(tmp_path)
    text, mobiles = staff()
    transfer.data.write_text(text, "utf-8")
    rows = (f"{number};{hashlib.sha256(number.encode()).hexdigest()}" for number in mobiles)
    (transfer.folder / "hashes.csv").write_text("\n".join(rows) + "\n", "utf-8")
    plan = _planned(
        transfer,
        '"staff.csv!staff#手机号"',
        '"staff.csv!staff#手机号"\n    action: generalise\n'
        "    params: {to: hierarchy, file: hashes.csv, level: 1}\n    why: 散列",
    )
    done = kouan(*transfer.clear, "--plan", plan, home=transfer.home)
    assert done.returncode == 2
    assert done.stderr.startswith("K-DEI-022 ")
    assert not any(number in done.stderr for number in mobiles)
    assert not list(transfer.out.glob("staged/*"))


def test_a_digest_that_came_with_the_data_and_was_kept_is_shown_broken(tmp_path):
    transfer = Transfer.lay(tmp_path)
    text, mobiles = staff()
    lines = text.splitlines()
    digests = [hashlib.md5(number.encode(), usedforsecurity=False).hexdigest() for number in mobiles]
    rows = [f"{lines[0]},标签", *(f"{row},{one}" for row, one in zip(lines[1:], digests, strict=True))]
    transfer.data.write_text("\n".join(rows) + "\n", "utf-8")
    plan = _planned(transfer, '"staff.csv!staff#标签"', '"staff.csv!staff#标签"\n    action: keep\n    why: 测试')
    done = kouan(*transfer.clear, "--plan", plan, home=transfer.home)
    assert done.returncode in {0, 3}, done.stderr
    assert dictionaries(transfer.out)["标签"] == "hex(md5(x))"
    assert "Pseudonyms are broken" in done.stdout
    assert "is broken: it was made as hex(md5(x))" in (transfer.out / "report.html").read_text("utf-8")
    told = json.loads(kouan(*transfer.clear, "--plan", plan, "--json", home=transfer.home).stdout)
    assert told["attacks"]["broken"] == ["staff.csv!staff#标签"]
