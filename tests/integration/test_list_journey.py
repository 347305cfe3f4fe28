"""Data that leave under a pilot zone's negative list: from the declaration to a verified release, and where it stops."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from kouan.clearance.journey import clear
from kouan.clearance.release import release
from kouan.clearance.settings import Settings
from kouan.clearance.verify import verify_folder
from kouan.evidence.trust import TrustStore
from kouan.model.errors import Exit, KouanError
from tests.commands import kouan

DAY = "2026-03-02"
NOW = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
"""The 2024 edition is in force: a release goes by its own day, whatever day the tests run."""
LATER = "2026-11-22"
DECLARATION = """\
transfer: {name: 会员管理数据, scenario: membership, standing: true}
parties:
  - {role: exporter, name: 试验商贸（上海）有限公司, ciio: false, zone: cn-shanghai/lingang}
  - {role: recipient, name: B AG, country: DE, contact: privacy@example.com}
purpose: 会员管理
basis: [consent]
sources:
  - {path: BATCH.csv, subjects: [member], min_age: {member: 18}}
list: {used: shanghai-2024, sector: commerce, scenario: membership, formalities: true, ordinary: 0, sensitive: 0}
authorised: {ordinary: 6, sensitive: 0, until: 2026-04-20}
year_to_date: {ordinary: 200000, sensitive: 0, as_of: 2026-03-01}
facts: {data.important: false, transfer.collected_abroad: false, transfer.contract_party: false,
  transfer.emergency: false, hr.cross_border_management: false}
"""
HEAD = "会员编号,姓名,昵称,手机号,性别,电子邮箱,国籍"
SIBLING = "{name: 另一批会员, recipients: [B AG], scenario: membership, ordinary: 99998, sensitive: 0, day: 2026-03-01}"
NOT_BEIJING = (
    "used: shanghai-2024, sector: commerce, scenario: membership, formalities: true, ordinary: 0, sensitive: 0"
)
BEIJING = "used: beijing-2025, sector: retail_services, formalities: true"


def _rows(batch, more=()):
    for n in range(3):
        phone = f"138{batch}013800{n}"
        yield ",".join((f"M-{batch}{n}", "欧阳试验甲", "小甲", phone, "女", f"a{batch}{n}@example.com", "中国", *more))


def _lay(folder, batch, *changes, column=None):
    folder.mkdir(parents=True, exist_ok=True)
    text = DECLARATION.replace("BATCH", batch)
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (folder / f"{batch}.yaml").write_text(text, "utf-8")
    name, cell = column or ("", "")
    head = f"{HEAD},{name}" if name else HEAD
    rows = _rows(len(batch), (cell,) if name else ())
    (folder / f"{batch}.csv").write_text("\n".join((head, *rows)) + "\n", "utf-8")
    return folder / f"{batch}.yaml"


def _decide(path, *, day=DAY):
    done = kouan("decide", path, "--json", "--as-of", day, home=path.parent / "home")
    assert done.returncode in (0, 3), done.stderr
    return done.returncode, json.loads(done.stdout)


def _settings(folder):
    return Settings(home=folder / "home", lang="zh", threads=2, as_of=NOW.date(), clock=lambda: NOW)


def _clear(path, under=None):
    done = clear(path, path.with_suffix(""), settings=_settings(path.parent), under=under)
    assert done.status is Exit.OK
    return done.folder


def _release(out, names):
    attested = dict.fromkeys(names, "file")
    return release(out, settings=_settings(out.parent), pathway=None, attested=attested, by="Li").release


def _sound(out):
    return not verify_folder(out, TrustStore.of_home(out.parent / "home")).problems


def _treated(out):
    return json.loads((out / "decision.json").read_text("utf-8"))["body"]["treated"]


def _paths(decision):
    return [one["options"] for one in decision["possible"]]


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    return _clear(_lay(tmp_path_factory.mktemp("list") / "transfer", "first"))


def test_named_fields_stay_named_when_they_are_treated(first):
    treated = _treated(first)
    assert _paths(treated) == [["exempt"]]
    assert [flow["basis"] for flow in treated["flows"]] == ["list:shanghai-2024"]
    facts = {fact["name"]: fact["value"] for flow in treated["facts"]["flows"] for fact in flow["facts"]}
    assert facts["flow.fields_named"] is True
    page = (first / "report.html").read_text("utf-8")
    assert "list:shanghai-2024" in page
    assert "（2024版）》第6项" in page
    assert "》entry" not in page


def test_nothing_leaves_without_every_condition_and_batches_follow(first):
    treated = _treated(first)
    # Shanghai's measures ask for a report of the export and set nothing before it: a duty, and no condition.
    assert "shanghai-2024-report" in {duty["id"] for duty in treated["duties"]}
    names = [one["id"] for one in treated["conditions"]]
    with pytest.raises(KouanError, match="pipl-39-notice") as refused:
        _release(first, [name for name in names if name != "pipl-39-notice"])
    assert refused.value.message.code == "K-CLR-021"
    assert not (first / "released").exists()
    _release(first, names)
    assert _sound(first)
    out = _clear(_lay(first.parent, "second"), under=first)
    assert [flow["basis"] for flow in _treated(out)["flows"]] == ["list:shanghai-2024"]
    _release(out, [one["id"] for one in _treated(out)["conditions"] if one["each"]])
    assert _sound(out)


def test_one_field_outside_puts_all_under_the_residual_entry_with_its_own_numbers(tmp_path):
    code, decision = _decide(_lay(tmp_path, "first", column=("驾驶证号", "310101199001011234")))
    flow = decision["flows"][0]
    assert flow["basis"] == "list:shanghai-2024"
    assert (code, _paths(decision)) == (0, [["standard_contract", "certification"]])
    assert flow["possible"][0]["sources"][0]["article"].startswith("entry")


def test_the_same_data_for_another_purpose_do_not_use_the_scenario(tmp_path):
    change = ("scenario: membership, formalities", "scenario: none, formalities")
    code, decision = _decide(_lay(tmp_path, "first", ("purpose: 会员管理", "purpose: 供应商评价"), change))
    assert (code, _paths(decision)) == (0, [["standard_contract", "certification"]])


def test_a_list_without_thresholds_is_asked_for_by_name_until_a_person_has_read_it(tmp_path):
    here = ("zone: cn-shanghai/lingang", "zone: cn-beijing/chaoyang")
    path = _lay(tmp_path, "first", here, (NOT_BEIJING, BEIJING))
    code, decision = _decide(path, day=LATER)
    assert code == 3
    asked = {one["fact"]: one["help"] for one in decision["questions"]}
    assert {"list.entry_mechanism", "list.off_list"} <= asked.keys()
    for help_ in (asked["list.entry_mechanism"], asked["list.off_list"]):
        assert "（2025版）》" in help_["zh"]
        assert "零售与现代服务" in help_["zh"]
        assert "https://www.beijing.gov.cn/" in help_["zh"]
        assert "retail and modern services" in help_["en"]
    read = f"{BEIJING}, off_list: false, entry_mechanism: standard_contract"
    code, decision = _decide(_lay(tmp_path, "first", here, (NOT_BEIJING, read)), day=LATER)
    assert (code, _paths(decision)) == (0, [["standard_contract", "certification"]])
    assert decision["flows"][0]["basis"] == "list:beijing-2025"
    assert "beijing-2025-formalities" in {one["id"] for one in decision["conditions"]}


def test_in_a_portfolio_the_list_keeps_its_own_numbers_and_the_national_ones_add_up(tmp_path):
    counted = ("ordinary: 200000, sensitive: 0, as_of", "ordinary: 99996, sensitive: 0, as_of")
    _lay(tmp_path, "first", counted)
    national = ("{" + NOT_BEIJING + "}", "{used: none, off_list: false}")
    alone = _lay(tmp_path, "second-", counted, national, ("name: 会员管理数据", "name: 会员补充数据"))
    assert _paths(_decide(alone)[1]) == [["exempt"]]
    (tmp_path / "portfolio.yaml").write_text(f"transfers: [first.yaml, second-.yaml]\nsiblings: [{SIBLING}]\n", "utf-8")
    code, together = _decide(tmp_path / "portfolio.yaml")
    listed, other = (one["decision"] for one in together["entries"])
    assert [one["flows"][0]["basis"] for one in (listed, other)] == ["list:shanghai-2024", "national"]
    assert _paths(listed) == [["exempt"]]  # the list's own numbers are far off
    # 99,999 to 100,002 persons: whether those of the other transfer are the same people is not known.
    assert (code, _paths(other)) == (3, [["exempt"], ["standard_contract", "certification"]])
    (sign,) = [one for one in together["findings"] if one["id"] == "together"]
    assert {"会员管理数据", "会员补充数据"} < set(sign["transfers"])


def test_the_interview_offers_the_lists_of_the_zone_by_name_and_none(tmp_path):
    unsaid = ("list: {" + NOT_BEIJING + "}\n", "")
    path = _lay(tmp_path, "first", unsaid)
    done = kouan("decide", path, "--ask", "--json", "--as-of", DAY, home=tmp_path / "home")
    assert done.returncode == 3, done.stderr
    asked = {one["fact"]: one for one in json.loads(done.stdout)["questions"]}
    assert [one["value"] for one in asked["list.used"]["choices"]] == ["shanghai-2024", "none", None]
    assert "负面清单）（2024版）" in asked["list.used"]["choices"][0]["label"]["zh"]
    assert "shanghai-2024" in asked["flow.fields_named"]["help"]["zh"]
    elsewhere = _lay(tmp_path, "third", unsaid, ("zone: cn-shanghai/lingang", "zone: none"))
    done = kouan("decide", elsewhere, "--ask", "--json", "--as-of", DAY, home=tmp_path / "home")
    assert "list.used" not in {one["fact"] for one in json.loads(done.stdout)["questions"]}
