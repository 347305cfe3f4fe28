"""Clearing compares the sector's tables; verify counts the treated half again, and with the raw data everything."""

from __future__ import annotations

import json
import shutil

import pytest

from examples.build import build
from kouan.clearance.alongside import lay_alongside
from kouan.clearance.journey import clear
from kouan.clearance.utilitycheck import utility_again
from kouan.clearance.verify import verify_folder
from kouan.evidence import TrustStore
from kouan.model.errors import KouanError
from kouan.model.files import read_document
from kouan.model.utility import Utility
from tests.commands import kouan
from tests.integration.attacking import copied, seal_again, settings_of

DECLARATION = """
transfer: {name: t, scenario: multi_centre_trial, standing: false, mode: controlled}
parties:
  - {role: exporter, name: 示例, uscc: "91110112YY00000443", ciio: false}
  - {role: recipient, name: Example, country: DE}
purpose: 统计分析
basis: [consent]
year_to_date: {ordinary: 0, sensitive: 0, as_of: 2026-11-01}
assessment: {attacks: {run: false}}
sources:
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = tmp_path_factory.mktemp("cleared")
    build(root / "exports", only=("trial", "icsr"), small=True)
    for name in ("trial", "icsr"):
        clear(root / "exports" / name / "transfer.yaml", root / name, settings=settings_of(root / "home"))
    return root


def checks(folder):
    found = read_document(folder / "utility.json", Utility, kind="utility").checks
    return {(one.entity, one.check): one for one in found}


def test_a_trial_differs_by_those_who_took_consent_back_and_by_nothing_else(root):
    found = checks(root / "trial")
    assert {check for _, check in found} == {
        *("ae-term-events", "ae-term-persons", "ae-severity", "ae-serious", "ae-relation"),
        *("lb-shift-worst", "lb-shift-last", "exposure", "start-day", "study-day"),
    }
    assert {one.outcome for one in found.values()} == {"held"}
    assert all(one.lost and not one.gained for one in found.values())


def test_reactions_keep_seriousness_outcome_sex_and_age(root):
    found = checks(root / "icsr")
    assert {check for _, check in found} == {"reaction-outcome", "reaction-patient"}
    assert {one.outcome for one in found.values()} == {"unchanged"}
    assert all(one.total_before is None and not one.cells for one in found.values())  # six cases are too few


def again(folder, raw, home):
    settings = settings_of(home)
    return utility_again(lay_alongside(folder, raw, settings), threads=settings.threads)


@pytest.mark.parametrize("name", ["trial", "icsr"])
def test_the_raw_data_come_to_the_same_again_in_every_figure(root, name):
    assert again(root / name, root / "exports" / name, root / "home")


def test_verify_says_that_it_compared_again(root):
    done = kouan("verify", root / "icsr", "--raw", root / "exports/icsr", "--lang", "en", home=root / "home")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "the figures are those of utility.json" in done.stdout


def spoilt(root, to, change):
    copy = copied(root / "trial", to)
    document = json.loads((copy / "utility.json").read_text("utf-8"))
    for one in document["body"]["checks"]:
        change(one)
    (copy / "utility.json").write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    seal_again(copy, root / "home")
    return copy


def test_a_treated_count_that_the_treated_data_do_not_give_is_found_without_the_raw_data(root, tmp_path):
    folder = spoilt(root, tmp_path / "t", lambda one: one.update(cells_after=one["cells_after"] + 1))
    done = verify_folder(folder, TrustStore.of_home(root / "home"))
    assert [one.code for one in done.problems] == ["K-CLR-141"]


def test_a_difference_that_is_passed_off_as_none_is_found_with_the_raw_data(root, tmp_path):
    folder = spoilt(root, tmp_path / "t", lambda one: one.update(outcome="unchanged", lost=0, changed=0))
    assert verify_folder(folder, TrustStore.of_home(root / "home")).problems == ()
    with pytest.raises(KouanError, match="K-CLR-142"):
        again(folder, root / "exports/trial", root / "home")


def test_a_target_that_is_no_item_is_refused_before_anything_is_treated(tmp_path, root):
    (tmp_path / "a.csv").write_text("a,b\n1,2\n", "utf-8")
    text = DECLARATION.replace("{attacks: {run: false}}", '{predict: ["a.csv!a#c"]}')
    (tmp_path / "transfer.yaml").write_text(text + "  - {path: a.csv, subjects: [person]}\n", "utf-8")
    with pytest.raises(KouanError, match="K-RSK-070"):
        clear(tmp_path / "transfer.yaml", tmp_path / "out", settings=settings_of(root / "home"))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("paths", "least"),
    [
        (["cdisc_sdtm_xpt/dm.xpt", "cdisc_sdtm_xpt/ae.xpt", "cdisc_sdtm_xpt/ex.xpt", "cdisc_sdtm_xpt/ds.xpt"], 10),
        (["fhir/*.json"], 3),
        (["icsr_e2b_r3/*.xml"], 2),
    ],
)
def test_treated_samples_give_the_tables_of_their_sector_unchanged(samples, tmp_path, paths, least):
    for path in paths:
        for at, one in enumerate(sorted((samples / "samples").glob(path))):
            target = (tmp_path / path).with_name(f"{at:04}{one.suffix}" if "*" in path else one.name)
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(one, target)  # names of files must not lead to persons
    text = DECLARATION + "".join(f"  - {{path: '{path}', subjects: [participant]}}\n" for path in paths)
    (tmp_path / "transfer.yaml").write_text(text, "utf-8")
    clear(tmp_path / "transfer.yaml", tmp_path / "out", settings=settings_of(tmp_path / "home"))
    found = checks(tmp_path / "out")
    assert len(found) >= least
    assert {key: one.statement.en for key, one in found.items() if one.outcome != "unchanged"} == {}


def test_the_raw_data_are_enough_without_the_hierarchies_beside_them(tmp_path, root):
    (tmp_path / "a.csv").write_text(
        "年龄,部门\n" + "".join(f"{20 + at % 40},部门{at % 3}\n" for at in range(120)), "utf-8"
    )
    (tmp_path / "age.csv").write_text("".join(f"{age};{age // 10}x;*\n" for age in range(20, 60)), "utf-8")
    (tmp_path / "transfer.yaml").write_text(DECLARATION + "  - {path: a.csv, subjects: [person]}\n", "utf-8")
    (tmp_path / "plan.yaml").write_text(
        "mode: controlled\nkey: pseudonym/2026\nlines:\n"
        '  - {item: "a.csv!a#年龄", action: generalise, params: {to: hierarchy, file: age.csv, level: 1}, why: {zh: 年龄, en: age}}\n'
        '  - {item: "a.csv!a#部门", action: keep, why: {zh: 部门, en: department}}\n',
        "utf-8",
    )
    clear(
        tmp_path / "transfer.yaml",
        tmp_path / "out",
        settings=settings_of(root / "home"),
        plan_path=tmp_path / "plan.yaml",
    )
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copyfile(tmp_path / "a.csv", alone / "a.csv")
    assert again(tmp_path / "out", alone, root / "home")
