"""Facts on a negative list: what is declared, which items it names, who was counted under it."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from kouan.clearance.declare import check_declaration
from kouan.clearance.facts import build_facts
from kouan.law import decide
from kouan.meter.ledger import YearCount
from kouan.model import strictyaml
from kouan.model.declaration import Declaration, ListUse, Party, PartyRole, YearToDate
from kouan.model.errors import KouanError
from kouan.model.facts import FactSource, Range
from kouan.model.inventory import PersonCount
from kouan.model.text import same
from kouan.packs import PackSet, load_packs
from tests.declarations import declaration
from tests.inventories import inventory, item

if TYPE_CHECKING:
    from kouan.model.facts import FactSet

DAY = dt.date(2026, 3, 2)
USE = ListUse(used="shanghai-2024", sector="commerce", scenario="membership", formalities=True, ordinary=0, sensitive=0)
NAME, PHONE, ADDRESS = "m.csv!m#name", "m.csv!m#phone", "m.csv!m#address"
POINTS, NOTE, SALARY = "m.csv!m#会员爱好偏好", "m.csv!m#note", "m.csv!m#salary"


@cache
def packs() -> PackSet:
    return load_packs()


def member(item_id: str, meaning: str, **more: Any) -> Any:
    return item(item_id, meaning=meaning, subject="member", **more)


def declared(use: ListUse | None = USE, zone: str | None = "cn-shanghai/lingang", **changes: Any) -> Declaration:
    parties = (
        Party(role=PartyRole.EXPORTER, name="甲", ciio=False, zone=zone, region=changes.pop("region", None)),
        Party(role=PartyRole.RECIPIENT, name="R", country="DE"),
    )
    counted = YearToDate(ordinary=700, sensitive=0, as_of=dt.date(2026, 3, 1))
    words = {"parties": parties, "year_to_date": counted, "list": use, **changes}
    return declaration({"m.csv": None}).model_copy(update=words)


def facts_of(
    *items: Any,
    use: ListUse | None = USE,
    under14: tuple[int, int] = (0, 0),
    metered: YearCount | None = None,
    day: dt.date = DAY,
    **changes: Any,
) -> FactSet:
    persons = PersonCount(
        subject="member",
        persons=Range(lo=500_000, hi=500_000),
        sensitive=Range(lo=0, hi=0),
        under14=Range(lo=under14[0], hi=under14[1]),
        keys=(),
        method=same("test"),
    )
    found = inventory(*(items or (member(NAME, "name"), member(PHONE, "cn.mobile"))), persons=[persons])
    return build_facts(declared(use, **changes), found, metered=metered and (metered,), as_of=day, packs=packs())


def common(facts: FactSet) -> dict[str, Any]:
    return {fact.name: fact.value for fact in facts.facts}


def named(facts: FactSet, name: str = "fields_named") -> Any:
    return next(fact for fact in facts.flows[0].facts if fact.name == f"flow.{name}")


def test_without_a_list_nothing_is_said_of_one() -> None:
    facts = facts_of(use=None)
    assert not [name for name in common(facts) if name.startswith("list.") or "listed" in name]
    assert not [fact for fact in facts.flows[0].facts if fact.name.startswith("flow.fields")]


def test_what_is_declared_of_the_list_stands_as_said_and_the_rest_stays_unknown() -> None:
    facts = common(facts_of(region="cn-shanghai/pudong"))
    assert {name: facts[name] for name in facts if name.startswith(("list.", "exporter.z", "exporter.r"))} == {
        "list.used": "shanghai-2024",
        "list.sector": "commerce",
        "list.scenario": "membership",
        "list.formalities": True,
        "exporter.zone": "cn-shanghai/lingang",
        "exporter.region": "cn-shanghai/pudong",
    }


def test_in_no_zone_a_list_may_still_be_used() -> None:
    facts = common(facts_of(zone="none"))
    assert facts["exporter.zone"] == "none"
    assert "list.in_zone" not in facts


@pytest.mark.parametrize(
    ("items", "value", "evidence"),
    [
        ([member(NAME, "name"), member(PHONE, "cn.mobile")], True, "shanghai-2024: all among its fields"),
        ([member(NAME, "name"), member(POINTS, "unknown")], True, "shanghai-2024: all among its fields"),
        ([member(NAME, "name"), member(SALARY, "salary")], False, f"shanghai-2024: not among its fields: {SALARY}"),
        ([member(NAME, "name"), member(NOTE, "free_text")], None, f"shanghai-2024: to be judged: {NOTE}"),
        ([member(NAME, "name"), member(NOTE, "trade_secret")], None, f"shanghai-2024: to be judged: {NOTE}"),
        ([member(NAME, "name"), member(NOTE, "code", personal=None)], None, f"shanghai-2024: to be judged: {NOTE}"),
        ([member(NAME, "name"), member(NOTE, "code", personal=False)], True, "shanghai-2024: all among its fields"),
    ],
)
def test_items_are_compared_with_the_fields(items: list[Any], value: bool | None, evidence: str) -> None:
    fact = named(facts_of(*items))
    assert (fact.value, fact.evidence, fact.source) == (value, evidence, FactSource.OBSERVED)


@pytest.mark.parametrize(("under14", "value"), [((0, 0), True), ((0, 3), None), ((1, 3), False)])
def test_children_are_sensitive_whatever_the_field(under14: tuple[int, int], value: bool | None) -> None:
    assert named(facts_of(under14=under14)).value is value


@pytest.mark.parametrize(("scenario", "value"), [("none", False), (None, None), ("crew_management", False)])
def test_the_scenario_decides_which_fields_count(scenario: str | None, value: bool | None) -> None:
    use = USE.model_copy(update={"scenario": scenario})
    assert named(facts_of(member(NAME, "name"), member(SALARY, "salary"), use=use)).value is value


def test_fields_that_the_packs_do_not_hold_are_nobodys_no() -> None:
    use = ListUse(used="beijing-2024", sector="pharmaceutical", scenario="clinical_trial")
    assert named(facts_of(use=use)).value is None


def test_the_edition_of_the_day_is_compared() -> None:
    assert named(facts_of()).value is True
    later = named(facts_of(day=dt.date(2026, 4, 24)))
    assert (later.value, later.evidence) == (False, "shanghai-2025: no such scenario")


def test_limits_are_asked_and_a_person_answers() -> None:
    items = [member(NAME, "name"), member(ADDRESS, "address")]
    open_ = named(facts_of(*items), "fields_within_limits")
    assert (open_.value, open_.evidence) == (None, f"inventory: fields with limits: {ADDRESS}")
    said = named(facts_of(*items, use=USE.model_copy(update={"fields_within_limits": True})), "fields_within_limits")
    assert (said.value, said.source) == (True, FactSource.DECLARED)
    assert named(facts_of(), "fields_within_limits").value is True


def test_a_person_may_find_other_names_to_be_the_same_fields() -> None:
    use = USE.model_copy(update={"fields_named": True})
    fact = named(facts_of(member(NAME, "name"), member(SALARY, "salary"), use=use))
    assert (fact.value, fact.source) == (True, FactSource.DECLARED)


@pytest.mark.parametrize(
    ("said", "listed", "unlisted"),
    [(0, (0, 0), (700, 700)), (500, (500, 500), (200, 700)), (None, (0, 700), (0, 700))],
)
def test_counters_of_named_entries_lie_inside_those_of_the_year(
    said: int | None, listed: tuple[int, int], unlisted: tuple[int, int]
) -> None:
    facts = common(facts_of(use=USE.model_copy(update={"ordinary": said})))
    assert facts["year_before.listed_ordinary_persons"] == Range(lo=listed[0], hi=listed[1])
    assert facts["year_before.unlisted_ordinary_persons"] == Range(lo=unlisted[0], hi=unlisted[1])


def test_what_was_metered_since_may_be_of_named_entries() -> None:
    later = YearCount(ordinary=Range(lo=50, hi=60), sensitive=Range(lo=0, hi=0))
    metered = YearCount(ordinary=Range(lo=750, hi=760), sensitive=Range(lo=0, hi=0), later=later)
    facts = facts_of(metered=metered)
    assert common(facts)["year_before.listed_ordinary_persons"] == Range(lo=0, hi=60)
    sources = {fact.name: fact.source for fact in facts.facts}
    assert sources["year_before.listed_ordinary_persons"] is FactSource.METERED


def test_the_decision_says_on_which_list_it_stands() -> None:
    said = dict.fromkeys(("data.important", "transfer.collected_abroad", "transfer.contract_party", "transfer.emergency", "hr.cross_border_management"), False)  # fmt: skip
    decision = decide(facts_of(facts=said), packs())
    assert [one.value for one in decision.options] == ["exempt"]
    assert {flow.basis for flow in decision.flows} == {"list:shanghai-2024"}


WRITTEN = """
transfer: {name: 会员, scenario: retail_analytics}
parties:
  - {role: exporter, name: 甲, zone: cn-shanghai/lingang}
  - {role: recipient, name: R, country: DE}
purpose: 服务会员
sources: [{path: m.csv}]
list: {used: shanghai-2024, sector: commerce, scenario: membership}
"""


def check(text: str, day: dt.date = DAY) -> None:
    loaded = strictyaml.load(text, "transfer.yaml")
    found = strictyaml.validate(Declaration, loaded, "declaration")
    check_declaration(found, loaded, packs=packs(), as_of=day)


@pytest.mark.parametrize(
    "text", [WRITTEN, WRITTEN.replace("membership", "none"), WRITTEN.replace("shanghai-2024", "none")]
)
def test_names_of_the_list_are_known(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    ("old", "new", "guess"),
    [
        ("shanghai-2024", "shanghai-2042", "shanghai-20"),
        ("commerce", "comerce", "(commerce?)"),
        ("membership", "member_ship", "(membership?)"),
        ("scenario: membership", "scenario: crew_management", ""),
    ],
)
def test_a_misspelt_name_is_refused_with_its_line(old: str, new: str, guess: str) -> None:
    with pytest.raises(KouanError) as caught:
        check(WRITTEN.replace(old, new))
    assert (caught.value.code, caught.value.where) == ("K-CLR-090", "transfer.yaml:8")
    assert guess in caught.value.what.en


def test_a_scenario_of_a_replaced_edition_names_the_new_one() -> None:
    check(WRITTEN, dt.date(2026, 4, 23))
    with pytest.raises(KouanError) as caught:
        check(WRITTEN, dt.date(2026, 4, 24))
    assert (caught.value.code, caught.value.where) == ("K-CLR-092", "transfer.yaml:8")
    assert caught.value.what.zh == "shanghai-2024 已由 shanghai-2025 替代，shanghai-2025 没有“membership”"


def test_formalities_are_said_in_one_place() -> None:
    text = WRITTEN.replace("sector:", "formalities: true, sector:") + "facts: {list.formalities: false}\n"
    with pytest.raises(KouanError) as caught:
        check(text)
    assert caught.value.code.startswith("K-MOD")
