"""Countries to regions and continents: every code of ISO 3166-1 has its place, and a name in any writing the same."""

from __future__ import annotations

import pytest

from kouan.deidentify.hierarchies import read_hierarchies
from kouan.deidentify.hierarchy import read_hierarchy
from kouan.model.errors import KouanError
from kouan.model.plan import Action, Plan, PlanLine
from kouan.model.text import same
from kouan.packs.hierarchies import builtin_hierarchies, builtin_hierarchy
from kouan.recognize import countries

CONTINENTS = {
    "country-en": {"Africa", "Americas", "Antarctica", "Asia", "Europe", "Oceania"},
    "country-zh": {"非洲", "美洲", "南极洲", "亚洲", "欧洲", "大洋洲"},
}


def table(name):
    return read_hierarchy(builtin_hierarchy(f"kouan:{name}"))


@pytest.mark.parametrize("name", CONTINENTS)
def test_every_country_code_is_there_and_has_one_place(name):
    found = table(name)
    codes = countries._ISO
    assert {codes[at : at + 3] for at in range(0, len(codes), 3)} <= found.at(0).keys()
    assert sum(len(leaf) == 2 and leaf.isascii() for leaf in found.at(0)) == 249
    assert set(found.at(2).values()) == CONTINENTS[name]
    assert len(set(found.at(1).values())) == 23
    assert found.height == 3


@pytest.mark.parametrize(
    ("writings", "region", "continent"),
    [
        (("CN", "CHN", "China", "中国", "HKG", "中国台湾", "Macao"), "Eastern Asia", "Asia"),
        (("DE", "DEU", "Germany", "德国"), "Western Europe", "Europe"),
        (("US", "USA", "United States of America", "美国"), "Northern America", "Americas"),
        (("NA", "NAM", "Namibia"), "Southern Africa", "Africa"),
        (("GB", "United Kingdom", "IE"), "Northern Europe", "Europe"),
        (("NZ", "澳大利亚"), "Australia and New Zealand", "Oceania"),
    ],
)
def test_writings_of_one_country_lead_to_one_region(writings, region, continent):
    found = table("country-en")
    assert {(found.at(1)[one], found.at(2)[one]) for one in writings} == {(region, continent)}


def test_both_languages_group_alike():
    english, chinese = table("country-en"), table("country-zh")
    pairs = {(english.at(1)[leaf], chinese.at(1)[leaf]) for leaf in english.at(0)}
    assert len(pairs) == 23


def test_each_says_what_it_is_and_where_it_comes_from():
    known = builtin_hierarchies()
    assert set(known) == {f"kouan:{name}" for name in CONTINENTS}
    assert all(one.title.zh and "M49" in one.source and one.confidence == "M" for one in known.values())


def plan_of(file):
    params = {"to": "hierarchy", "file": file, "level": 2}
    line = PlanLine(item="a.csv!a#c", action=Action.GENERALISE, params=params, why=same("t"))
    return Plan(mode="controlled", key="", lines=(line,))


def test_a_plan_names_one_and_its_copy_serves_later(tmp_path):
    plan = plan_of("kouan:country-zh")
    files = read_hierarchies(plan, tmp_path, "plan")
    files.copy_to(tmp_path / "copies")
    assert [path.name for path in (tmp_path / "copies").rglob("*.csv")] == ["country-zh.csv"]
    again = read_hierarchies(files.pinned(plan), tmp_path / "copies", "plan", copied=True)
    assert (again.read, again.digests) == (files.read, files.digests)


@pytest.mark.parametrize("name", ["kouan:country", "kouan:../../x", "kouan:index", "profile:x.csv", "kouan:"])
def test_a_name_that_there_is_not_is_refused_with_those_that_there_are(tmp_path, name):
    with pytest.raises(KouanError) as caught:
        read_hierarchies(plan_of(name), tmp_path, "plan.yaml")
    assert caught.value.code == "K-DEI-081"
    assert "kouan:country-en" in caught.value.why.en
