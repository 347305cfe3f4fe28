"""Ways of equal weight: when a certificate and the Bay Area contract are shown, and as what."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest

from kouan.clearance.choices import choices_of
from kouan.clearance.facts import build_facts
from kouan.clearance.levers import facts_after, moves_of
from kouan.law import decide
from kouan.law.whatif import what_if
from kouan.model.attestation import Attestation
from kouan.model.declaration import ListUse, Party, PartyRole, YearToDate
from kouan.model.facts import Range
from kouan.model.inventory import PersonCount
from kouan.model.text import same
from kouan.packs import load_packs
from tests.declarations import declaration
from tests.documents import hr_case
from tests.inventories import inventory, item
from tests.pages import parse, render

PACKS = load_packs()
DAY = dt.date(2026, 11, 22)
FACTS = {
    "data.important": False,
    "transfer.collected_abroad": False,
    "transfer.contract_party": False,
    "transfer.emergency": False,
    "hr.cross_border_management": False,
    "list.in_zone": False,
}
GBA, CERTIFY = "gba-contract:exporter.gba_city", "certify:certificate"
HELD = Attestation(kind="certificate", number="C-1", issuer="机构", members=("甲",), valid_from=dt.date(2026, 1, 1))


def search(before, *, country="DE", ciio=False, region=None, attestations=()):
    declared = declaration({"m.csv": None}).model_copy(
        update={
            "facts": FACTS,
            "list": ListUse(used="none"),
            "attestations": attestations,
            "year_to_date": YearToDate(ordinary=before, sensitive=0, as_of=DAY),
            "parties": (
                Party(role=PartyRole.EXPORTER, name="甲", ciio=ciio, region=region),
                Party(role=PartyRole.RECIPIENT, name="B", country=country),
            ),
        }
    )
    spans = [Range(lo=number, hi=number) for number in (3, 0, 0)]
    persons = PersonCount(
        subject="member", persons=spans[0], sensitive=spans[1], under14=spans[2], keys=(), method=same("test")
    )
    found = inventory(item("m.csv!m#name", meaning="name", subject="member", cells=3), persons=[persons])
    facts = build_facts(declared, found, metered=None, as_of=DAY, packs=PACKS)
    after = partial(facts_after, declaration=declared, inventory=found, packs=PACKS, metered=None, as_of=DAY)
    return what_if(
        facts,
        moves_of(declared, found, facts, PACKS),
        apply=after,
        decide=lambda one: decide(one, PACKS),
        vocabulary=PACKS.facts,
        beside=tuple(choices_of(declared, facts)),
    )


def ids(ways):
    return [one.levers[0].id for one in ways]


def test_a_certificate_weighs_the_same_as_the_contract_and_says_what_it_spares():
    found = search(200_000)
    (one,) = found.beside
    assert ids(found.beside) == [CERTIFY]
    assert CERTIFY not in ids(found.alternatives)
    assert [path.value for way in one.ways for path in way] == ["certification"]
    assert one.gone == ()
    assert one.levers[0].remark is not None
    assert "不必由每家境内子公司分别订立标准合同" in one.levers[0].remark.zh
    assert "并不更轻" in one.levers[0].remark.zh
    names = {condition.id for condition in one.conditions}
    assert "o20-8-certificate" in names
    assert "o13-contract-in-force" not in names
    assert all(each.covered_by for each in one.conditions if each.id == "o20-8-certificate")
    assert {"o20-7-apply", "o20-10-certified-scope"} <= {duty.id for duty in one.duties}
    assert not any(duty.id.startswith("o13-") for duty in one.duties)


@pytest.mark.parametrize(
    "changes", [{"before": 0}, {"before": 2_000_000}, {"before": 200_000, "ciio": True}, {"before": 200_000, "held": 1}]
)
def test_no_certificate_is_shown_where_it_is_no_choice(changes):
    held = (HELD,) if changes.pop("held", None) else ()
    assert CERTIFY not in ids(search(changes.pop("before"), attestations=held, **changes).beside)


def test_the_bay_area_contract_is_lighter_than_an_assessment_and_equal_to_the_contract():
    heavy = search(2_000_000, country="HK")
    one = next(one for one in heavy.alternatives if one.levers[0].id == GBA)
    assert [path.value for way in one.ways for path in way] == ["standard_contract"]
    assert "不得为此改写填报" in one.levers[0].honest.zh
    assert {"gba-file", "gba-stay-inside"} <= {duty.id for duty in one.duties}
    equal = search(200_000, country="MO")
    assert GBA in ids(equal.beside)
    assert GBA not in ids(equal.alternatives)


@pytest.mark.parametrize(
    ("country", "ciio", "region", "shown"),
    [
        ("HK", False, None, True),
        ("HK", None, None, True),
        ("HK", False, "cn-guangdong", True),
        ("HK", False, "cn-guangdong/shenzhen", True),
        ("HK", False, "cn-guangdong/shantou", False),
        ("HK", False, "cn-beijing/chaoyang", False),
        ("HK", True, "cn-guangdong/shenzhen", False),
        ("DE", False, "cn-guangdong/shenzhen", False),
    ],
)
def test_the_bay_area_contract_is_offered_only_where_it_may_really_be_open(country, ciio, region, shown):
    found = search(2_000_000, country=country, ciio=ciio, region=region)
    assert (GBA in {lever.id for lever in found.levers}) is shown


def test_the_report_shows_the_best_results_with_cost_duties_and_what_must_be_so():
    page = render(hr_case(), lighter=search(200_000, country="HK"))
    section = parse(page)
    (shown,) = [one for one in section.walk() if one.attrs.get("id") == "lighter"]
    text = shown.text()
    assert "怎样才能更轻" in text
    for words in ("2027-01-01", "通过个人信息出境认证", "轻重相同", "项义务", "不得为此改写填报"):
        assert words in text
    assert len([one for one in shown.walk() if one.tag == "li" and one.classes() == set()]) >= 3
    assert 'id="lighter"' not in render(hr_case())
