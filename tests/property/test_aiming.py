"""Steps of an item are parts of each other and are what treatment makes; what is aimed at holds once treated."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kouan.deidentify import apply_plan, check_plan
from kouan.deidentify.aiming.goal import Goal
from kouan.deidentify.aiming.planning import Data, aim_plan, merged
from kouan.deidentify.aiming.steps import Column, ladder_of, values_of, word_of
from kouan.model.declaration import ReleaseMode
from kouan.model.errors import KouanError
from kouan.model.plan import Action, Plan, PlanLine
from kouan.model.text import same
from kouan.risk.aims import Aim
from kouan.risk.codes import read_with_values
from tests.inventories import inventory, item, persons
from tests.keystore import MemoryKeyStore
from tests.tables import MemoryEntity, MemorySource

FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
WHY = same("test")
DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2009, 12, 31))
PLACES = ("广东省深圳市南山区", "广东省广州市天河区", "北京市朝阳区", "江苏省南京市", "江苏省苏州市")


def named(name):
    return f"a.parquet!a#{name}"


def line(name, action=Action.KEEP, **params):
    return PlanLine(item=named(name), action=action, params=params, why=WHY)


def plan_of(*lines, rows=None):
    return Plan(mode=ReleaseMode.CONTROLLED, key="pseudonym/2026", rows=rows, lines=lines)


def source_of(table):
    return MemorySource.of("a.parquet", {"a": table}, batch_rows=7)


def inventory_of(**meanings):
    roles = {"person_id": "direct_identifier", "salary": "sensitive_attribute"}
    items = [
        item(named(name), meaning=meaning, role=roles.get(meaning, "quasi_identifier"), subject="employee")
        for name, meaning in meanings.items()
    ]
    keys = [named(name) for name, meaning in meanings.items() if meaning == "person_id"]
    return inventory(*items, persons=[persons("employee", *keys)] if keys else [])


def treated(plan, table, about, out):
    apply_plan(plan, [source_of(table)], about, keys=MemoryKeyStore(), out=out, threads=1)
    return pq.read_table(out / "a.parquet")


def column_of(values):
    codes, distinct = read_with_values(MemoryEntity("a", pa.table({"x": values})), ["x"], threads=1)["x"]
    return Column.of(codes, distinct, None)


def ladder(meaning, values, floor=None, **rest):
    one = item(named("x"), meaning=meaning, role="quasi_identifier")
    return ladder_of(one, floor or line("x"), column_of(values), least=3, hierarchies={}, **rest)


def lists(values, **sizes):
    return st.lists(values, **({"min_size": 5, "max_size": 60} | sizes))


COLUMNS = st.one_of(
    st.tuples(st.just("birth_date"), lists(st.none() | DAYS).map(lambda days: pa.array(days, pa.date32()))),
    st.tuples(st.just("age"), lists(st.integers(0, 110)).map(pa.array)),
    st.tuples(st.just("position"), lists(st.sampled_from("甲乙丙丁戊己庚辛")).map(pa.array)),
    st.tuples(st.just("address"), lists(st.sampled_from(PLACES)).map(pa.array)),
    st.tuples(st.just("postcode"), lists(st.sampled_from(["100080", "100176", "518000"])).map(pa.array)),
    st.tuples(st.just("number"), lists(st.integers(-5_000, 90_000), min_size=30, unique=True).map(pa.array)),
)


@FEW
@given(COLUMNS)
def test_every_step_is_a_part_of_the_next_and_the_last_leaves_the_item_out(told):
    steps = ladder(*told).steps
    assert steps[0].line.action is Action.KEEP
    assert steps[-1].line.action is Action.DROP
    there = column_of(told[1]).counts > 0
    for one, other in itertools.pairwise(steps[:-1]):
        fine, coarse = one.labels[there].tolist(), other.labels[there].tolist()
        assert len(set(zip(fine, coarse, strict=True))) == len(set(fine)) > len(set(coarse))
    assert len(set(steps[-1].labels.tolist())) == 1


@FEW
@given(COLUMNS)
def test_a_step_tells_apart_exactly_what_treatment_tells_apart(tmp_path, told):
    meaning, values = told
    rows = column_of(values).codes
    for at, step in enumerate(ladder(meaning, values).steps[:-1]):
        out = tmp_path / f"{len(list(tmp_path.iterdir()))}-{at}"
        out.mkdir()
        found = treated(plan_of(step.line), pa.table({"x": values}), inventory_of(x=meaning), out)["x"].to_pylist()
        pairs = set(zip(found, step.labels[rows].tolist(), strict=True))
        assert len(pairs) == len({one for one, _ in pairs}) == len({other for _, other in pairs})


@pytest.mark.parametrize(
    ("meaning", "floor", "values", "words"),
    [
        ("birth_date", None, [dt.date(1950, 1, 1) + dt.timedelta(9 * at) for at in range(2000)],
         "month quarter year five_years ten_years"),
        ("hire_date", line("x", Action.GENERALISE, to="year"), [f"{1990 + at % 30}-05-01" for at in range(60)],
         "five_years ten_years"),
        ("age", line("x", Action.GENERALISE, to="age_band", width=5, top=80), list(range(100)), "10 20"),
        ("postcode", line("x", Action.MASK, keep_start=4), ["100080", "101176", "518000", "519000"], "2"),
        ("address", None, [*PLACES, *PLACES, "广东省广州市越秀区"], "city province"),
        ("number", None, list(range(1000, 51_000, 100)), "5000 10000"),
        ("name", line("x", Action.MASK, keep_start=1), ["王小明", "李四", "王五"], ""),
    ],
)  # fmt: skip
def test_steps_by_what_an_item_is(meaning, floor, values, words):
    found = ladder(meaning, pa.array(values), floor).steps
    assert [word_of(one.line) for one in found[1:-1]] == words.split()
    assert found[-1].line.action is Action.DROP


def test_dates_moved_by_person_have_only_two_steps():
    moved = ladder(
        "hire_date", pa.array([dt.date(2020, 1, at) for at in range(1, 9)]), line("x", Action.SHIFT, by="id")
    )
    assert [step.line.action for step in moved.steps] == [Action.SHIFT, Action.DROP]


def test_a_sensitive_item_has_no_more_values_than_its_own_line_leaves_however_many_it_empties():
    cells = ["广东省深圳市南山区", *(f"某处{at}号" for at in range(9))]
    one, city = item(named("x"), meaning="address", role="sensitive_attribute"), line("x", Action.GENERALISE, to="city")
    assert len(set(values_of(one, city, column_of(pa.array(cells)), {}).labels.tolist())) == 2


def test_equal_dates_of_two_persons_come_apart_when_they_are_moved(tmp_path):
    table = pa.table({"id": [f"E-{at}" for at in range(40)], "day": [dt.date(2020, 1, 1)] * 40})
    goal = Goal(rules=(), by_default=False, aim=Aim(least=5, sure=5), suppress=Decimal(0), coarsest={})
    plan = plan_of(line("id", Action.PSEUDONYM, kind="person_id"), line("day", Action.SHIFT, by="id"))
    found = inventory_of(id="person_id", day="hire_date")
    aimed = aim_plan(plan, Data(sources=[source_of(table)], inventory=found, hierarchies={}), goal)
    assert aimed.reached
    left = treated(aimed.plan, table, found, tmp_path)
    sizes = Counter(left["day"].to_pylist() if "day" in left.column_names else [None] * 40)
    assert min(sizes.values()) >= 5


def test_the_last_step_is_the_one_that_a_person_named():
    days = pa.array([dt.date(1990, 1, 1) + dt.timedelta(9 * at) for at in range(2000)])
    years = pa.array([dt.date(1990 + at % 9, 1, 1) for at in range(20)])
    assert len(ladder("hire_date", years, coarsest="year").steps) == 1
    assert [one.line.params["to"] for one in ladder("hire_date", days, coarsest="year").steps[1:]] == [
        "month", "quarter", "year"
    ]  # fmt: skip
    assert len(ladder("hire_date", days, coarsest="as_planned").steps) == 1
    with pytest.raises(KouanError, match="K-DEI-091") as refused:
        ladder("hire_date", days, coarsest="city")
    assert "month, quarter, year, five_years, ten_years" in str(refused.value)


ROWS = st.lists(
    st.tuples(st.integers(0, 25), st.integers(20, 69), st.sampled_from("甲乙丙丁"), st.integers(1, 4)),
    min_size=6,
    max_size=60,
)
ABOUT = {"id": "person_id", "age": "age", "post": "position", "pay": "salary"}
FLOOR = (line("id", Action.PSEUDONYM, kind="person_id"), line("age"), line("post"), line("pay"))


def goal_of(least, l=None, suppress="0", **coarsest):  # noqa: E741 - its name in the field
    bound = {named(name): step for name, step in coarsest.items()}
    return Goal((), by_default=False, aim=Aim(least=least, sure=least, l=l), suppress=Decimal(suppress), coarsest=bound)


def aimed(table, goal, plan=None, **rest):
    data = Data([source_of(table)], inventory_of(**ABOUT), {}, threads=1, **rest)
    return aim_plan(plan or plan_of(*FLOOR), data, goal)


def table_of(rows):
    return pa.table({name: [row[at] for row in rows] for at, name in enumerate(ABOUT)})


@FEW
@given(rows=ROWS, least=st.integers(1, 4), l=st.none() | st.integers(1, 2), suppress=st.sampled_from(["0", "0.1"]))
def test_a_plan_that_is_aimed_reaches_it_once_applied(tmp_path, rows, least, l, suppress):  # noqa: E741
    table = table_of(rows)
    found = aimed(table, goal_of(least, l, suppress))
    if not found.reached:
        persons_there = len({row[0] for row in rows})
        values = len({row[3] for row in rows})
        assert persons_there < least or (l or 0) > values
        assert found.plan == plan_of(*FLOOR)
        return
    check_plan(found.plan, inventory_of(**ABOUT), "plan")
    out = tmp_path / str(len(list(tmp_path.iterdir())))
    out.mkdir()
    left = treated(found.plan, table, inventory_of(**ABOUT), out).to_pylist()
    assert len(rows) - len(left) == found.answers[0].suppressed <= Decimal(suppress) * len(rows)
    classes, hidden = {}, {}
    for row in left:
        of = tuple(row[name] for name in ("age", "post") if name in row)
        classes.setdefault(of, set()).add(row["id"])
        hidden.setdefault(of, set()).add(row["pay"])
    assert all(len(who) >= least for who in classes.values())
    assert all(len(values) >= (l or 1) for values in hidden.values())


def test_nothing_is_done_where_the_first_plan_is_enough():
    found = aimed(table_of([(at, 30, "甲", 1) for at in range(8)]), goal_of(5))
    assert found.reached
    assert [(one.action, one.params) for one in found.plan.lines] == [(one.action, one.params) for one in FLOOR]
    assert found.answers[0].loss == 0


def test_a_line_tells_what_it_buys_and_what_a_lighter_one_would_cost():
    rows = [(at, 20 + at % 50, "甲", 1) for at in range(100)]
    found = aimed(table_of(rows), goal_of(10))
    (age,) = [one for one in found.plan.lines if one.item == named("age")]
    assert age.params == {"to": "age_band", "width": 5, "top": 80}
    assert "100 rows (100.0%) would stand in classes without “at least 10 persons”" in age.why.en
    assert "the next lighter, “as it is”, would leave 100 rows (100.0%) so" in age.why.en
    assert "10" in age.why.zh


def test_out_of_reach_is_said_with_how_far_and_what_would_help_and_changes_nothing():
    rows = [(at, 20 + at % 50, "甲乙丙丁"[at % 4], 1) for at in range(100)]
    found = aimed(table_of(rows), goal_of(5, age="as_planned", post="as_planned"))
    assert not found.reached
    assert found.plan == plan_of(*FLOOR)
    told = "\n".join(one.en for one in found.account)
    assert "100 rows (100.0%) are still in classes without “at least 5 persons”" in told
    assert "freeing “age” (coarsest, or the line that a person wrote) leaves 0 rows" in told
    assert "freeing “post”" not in told


def test_identifiers_that_stay_are_in_the_way_of_any_verdict():
    table = table_of([(at, 30, "甲", 1) for at in range(8)])
    plan = plan_of(line("id", accepted="needed"), *FLOOR[1:])
    found = aimed(table, goal_of(5), plan)
    assert not found.reached
    assert [one.name for one in found.blocking] == ["id"]
    assert found.plan == plan
    assert "out of reach: 1 direct identifiers or free texts stay in some form (id)" in found.account[1].en


def test_lines_of_a_person_stay_and_the_others_are_made_again():
    table = table_of([(at, 20 + at % 50, "甲乙丙丁"[at % 4], 1) for at in range(100)])
    first, auto = plan_of(*FLOOR), aimed(table, goal_of(5)).plan
    theirs = line("age", Action.GENERALISE, to="age_band", width=20, top=80)
    edited = auto.model_copy(update={"lines": tuple(theirs if one.item == theirs.item else one for one in auto.lines)})
    floor, fixed = merged(edited, first, auto)
    assert fixed == {theirs.item}
    assert floor.edited
    found = aimed(table, goal_of(5), floor, fixed=fixed)
    assert found.reached
    assert [one.params for one in found.plan.lines if one.item == theirs.item] == [theirs.params]
    assert merged(auto, first, auto) == (first, frozenset())


class HalfStays:
    """Keeps every second row here."""

    def columns(self, source, entity):
        return ("id",)

    def keep(self, source, entity, batch):
        return pa.array([number % 2 == 0 for number in batch.column(0).to_pylist()])


def test_rows_that_stay_for_other_reasons_make_no_class_larger():
    table = table_of([(at, 20 + at // 10, "甲", 1) for at in range(100)])
    assert aimed(table, goal_of(10)).answers[0].loss == 0
    held = aimed(table, goal_of(10), hold=HalfStays())
    assert held.answers[0].rows == 50
    assert held.answers[0].loss > 0
    assert Counter(one.action for one in held.plan.lines)[Action.KEEP] < 3
