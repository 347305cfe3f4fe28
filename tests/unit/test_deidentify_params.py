"""Lines of a plan that do not fit are refused with their line, and with words that say how."""

from __future__ import annotations

import pytest

from kouan.deidentify import check_plan, plan_yaml, pseudonyms, read_plan
from kouan.model.errors import KouanError
from tests.inventories import inventory, item

ABOUT = inventory(
    item("a.csv!a#id", meaning="person_id", role="direct_identifier"),
    item("a.csv!a#pay", meaning="salary", role="sensitive_attribute"),
    item("a.csv!a#city", meaning="city", role="quasi_identifier"),
    item("a.csv!a#note", meaning="free_text"),
    item("a.csv!a#x", meaning="location", role="quasi_identifier"),
    item("a.csv!a#y", meaning="location", role="quasi_identifier"),
)
LINES = {
    "id": "action: pseudonym",
    "pay": "action: keep",
    "city": "action: keep",
    "note": "action: drop",
    "x": "action: drop",
    "y": "action: drop",
}


def checked(about=ABOUT, *, head="", **lines):
    """Check a plan with these lines; return its text."""
    found = {**LINES, **lines}
    text = f"kind: plan\nversion: 1\nmode: controlled\nkey: pseudonym/2026\n{head}lines:\n"
    for name, told in found.items():
        text += f"  - {{item: 'a.csv!a#{name}', {told}, why: t}}\n"
    check_plan(read_plan(text, "plan.yaml"), about, "plan.yaml", text=text)
    return text


def refused(name, told):
    with pytest.raises(KouanError) as caught:
        checked(**{name: told})
    assert caught.value.where == f"plan.yaml:{6 + list(LINES).index(name)}"
    return caught.value.code, caught.value.what.zh


@pytest.mark.parametrize(
    "told",
    [
        "action: noise, params: {by: id, scale: 100}",
        "action: noise, params: {by: id, form: normal, scale: '0.5', decimals: 2, bottom: 0, top: 9}",
        "action: generalise, params: {to: rounded, base: 100}",
        "action: microaggregate, params: {k: 5, decimals: 1}",
        "action: suppress, params: {below: 5, other: 其他}",
        "action: replace, params: {when: city, equals: 北京}",
        "action: replace, params: {when: pay, above: 90000, value: '>90000'}",
        "action: replace, params: {when: pay, below: '-0.5'}",
    ],
)
def test_lines_that_fit_read_back_as_they_were_written(told):
    plan = read_plan(checked(pay=told), "plan.yaml")
    assert read_plan(plan_yaml(plan, ABOUT, "zh"), "plan.yaml") == plan
    assert read_plan(plan_yaml(plan, ABOUT, "en"), "plan.yaml") == plan


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("action: noise", "by"),
        ("action: noise, params: {by: id}", "scale"),
        ("action: noise, params: {by: ID, scale: 1}", "ID"),
        ("action: noise, params: {by: pay, scale: 1}", "另一列"),
        ("action: noise, params: {by: id, scale: 0}", "scale"),
        ("action: noise, params: {by: id, scale: '1e3'}", "scale"),
        ("action: noise, params: {by: id, scale: 1, form: uniform}", "normal"),
        ("action: noise, params: {by: id, scale: 1, decimals: 7}", "decimals"),
        ("action: noise, params: {by: id, scale: 1, bottom: 5, top: 5}", "bottom"),
        ("action: noise, params: {by: id, scale: 1, seed: 5}", "seed"),
        ("action: generalise, params: {to: rounded}", "base"),
        ("action: replace", "when"),
        ("action: replace, params: {when: city}", "equals"),
        ("action: replace, params: {when: city, below: 5, above: 9}", "equals"),
        ("action: replace, params: {when: cty, equals: 5}", "city"),
        ("action: replace, params: {when: city, above: many}", "above"),
        ("action: replace, params: {when: city, equals: ''}", "equals"),
        ("action: microaggregate", "k"),
        ("action: microaggregate, params: {k: 1}", "k"),
        ("action: microaggregate, params: {k: 5, below: 2}", "below"),
        ("action: suppress", "below"),
        ("action: suppress, params: {below: 1}", "below"),
        ("action: suppress, params: {below: 5, other: ''}", "other"),
        ("action: generalise, params: {to: rounded, base: 0}", "base"),
        ("action: generalise, params: {to: rounded, base: 10, top: 5}", "top"),
    ],
)
def test_lines_that_do_not_fit_say_what_is_wrong(told, said):
    code, what = refused("pay", told)
    assert code == "K-DEI-004"
    assert said in what


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("action: pseudonym, params: {algorithm: sm3}", "hmac-sm3"),
        ("action: pseudonym, params: {form: sealed, algorithm: hmac-sm3}", "algorithm"),
        ("action: pseudonym, params: {form: sealed, length: 20}", "length"),
        ("action: pseudonym, params: {form: sealed, kind: 人}", "kind"),
        ("action: pseudonym, params: {form: sealed, cipher: des}", "sm4"),
        ("action: pseudonym, params: {form: surrogate}", "unmarked"),
        ("action: pseudonym, params: {form: surrogate, unmarked: ' '}", "unmarked"),
        ("action: pseudonym, params: {form: surrogate, shape: mobile}", "unmarked"),
        ("action: pseudonym, params: {form: surrogate, shape: card, check: right}", "unmarked"),
        ("action: pseudonym, params: {form: surrogate, shape: mobile, unmarked: t, check: right}", "check"),
        ("action: pseudonym, params: {form: surrogate, shape: passport}", "resident_id"),
        ("action: pseudonym, params: {form: surrogate, prefix: 9T}", "prefix"),
        ("action: pseudonym, params: {form: surrogate, prefix: T, method: ff3}", "ff1"),
        ("action: pseudonym, params: {form: surrogate, prefix: T, cipher: sm4}", "cipher"),
        ("action: pseudonym, params: {form: surrogate, prefix: T, method: ff1, algorithm: hmac-sm3}", "algorithm"),
    ],
)
def test_pseudonyms_that_cannot_be_made_are_refused(told, said):
    code, what = refused("id", told)
    assert code == "K-DEI-004"
    assert said in what


def test_a_hash_that_the_machine_lacks_is_refused_with_the_remedy(monkeypatch):
    checked(id="action: pseudonym, params: {algorithm: hmac-sm3}")
    monkeypatch.setattr(pseudonyms, "can_hash", lambda name: name != "sm3")
    code, what = refused("id", "action: pseudonym, params: {algorithm: hmac-sm3}")
    assert code == "K-DEI-004"
    assert "hmac-sha256" in what


@pytest.mark.parametrize(
    "told",
    [
        "{form: sealed, cipher: sm4}",
        "{form: surrogate, prefix: T}",
        "{form: surrogate, method: ff1, cipher: sm4, unmarked: 测试系统只收原格式}",
        "{form: surrogate, shape: resident_id, check: right, algorithm: hmac-sm3}",
        "{form: surrogate, shape: card}",
    ],
)
def test_sealed_values_and_surrogates_read_back_as_they_were_written(told):
    plan = read_plan(checked(id=f"action: pseudonym, params: {told}"), "plan.yaml")
    assert read_plan(plan_yaml(plan, ABOUT, "zh"), "plan.yaml") == plan


@pytest.mark.parametrize(
    "told", ["{form: sealed, cipher: sm4}", "{form: surrogate, prefix: T, method: ff1, cipher: sm4}"]
)
def test_a_cipher_that_the_machine_lacks_is_refused_with_the_remedy(monkeypatch, told):
    monkeypatch.setattr(pseudonyms, "can_encrypt", lambda name: name != "sm4")
    code, what = refused("id", f"action: pseudonym, params: {told}")
    assert code == "K-DEI-004"
    assert "cipher: aes" in what


GRID = "action: generalise, params: {to: grid, axis: lon, with: y, metres: 1000}"


@pytest.mark.parametrize(
    ("x", "y"),
    [
        (GRID, "action: drop"),
        (GRID, GRID.replace("lon", "lat").replace("with: y", "with: x")),
        (GRID.replace("lon, with: y", "lat_lon"), "action: keep"),
        (GRID.replace("metres: 1000", "degrees: '0.05'"), "action: drop"),
    ],
)
def test_coordinates_go_on_one_grid(x, y):
    checked(x=x, y=y)


@pytest.mark.parametrize(
    ("x", "y", "said"),
    [
        (GRID, "action: keep", "“y”也应"),
        (GRID, GRID.replace("lon", "lat").replace("with: y", "with: x").replace("1000", "500"), "“y”也应"),
        (GRID, GRID.replace("with: y", "with: x"), "“y”也应"),
        (GRID, "action: generalise, params: {to: rounded, base: 1}", "“y”也应"),
        (GRID.replace("with: y, ", ""), "action: drop", "with"),
        (GRID.replace("lon", "lon_lat"), "action: drop", "with"),
        (GRID.replace("with: y", "with: z"), "action: drop", "“z”不在"),
        (GRID.replace("metres: 1000", "metres: 1"), "action: drop", "metres"),
        (GRID.replace("metres: 1000", "metres: 100, degrees: 1"), "action: drop", "degrees"),
        (GRID.replace(", metres: 1000", ""), "action: drop", "metres"),
        (GRID.replace("axis: lon, ", ""), "action: drop", "axis"),
    ],
)
def test_a_coordinate_without_its_other_is_refused(x, y, said):
    with pytest.raises(KouanError) as caught:
        checked(x=x, y=y)
    assert (caught.value.code, caught.value.where) == ("K-DEI-004", "plan.yaml:10")
    assert said in caught.value.what.zh


@pytest.mark.parametrize("name", ["id", "note"])
@pytest.mark.parametrize(
    "told",
    [
        "action: noise, params: {by: pay, scale: 1}",
        "action: microaggregate, params: {k: 5}",
        "action: replace, params: {when: pay, above: 9}",
        "action: suppress, params: {below: 5}",
        "action: generalise, params: {to: rounded, base: 1}",
        "action: generalise, params: {to: bins, width: 1}",
    ],
)
def test_what_lets_values_stay_is_not_enough_for_identifiers_and_texts(name, told):
    assert refused(name, told)[0] == "K-DEI-022"


@pytest.mark.parametrize(
    "rows",
    [
        "{sample: 10%, by: id}",
        "{k: 5, over: ['a.csv!a#city', 'a.csv!a#pay']}",
        "{sample: '0.25%', by: note, k: 2, over: ['a.csv!a#city']}",
    ],
)
def test_rules_on_rows_read_back_as_they_were_written(rows):
    plan = read_plan(checked(head=f"rows: {rows}\n"), "plan.yaml")
    assert plan.rows is not None
    for lang in ("zh", "en"):
        assert read_plan(plan_yaml(plan, ABOUT, lang), "plan.yaml") == plan
    made = plan.model_copy(update={"rows": None})
    assert read_plan(plan_yaml(plan, ABOUT, "zh"), "plan.yaml", made=made).edited


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("{}", "至少"),
        ("{sample: 10%}", "by"),
        ("{by: id}", "至少"),
        ("{sample: 100%, by: id}", "百分数"),
        ("{sample: '0.1', by: id}", "百分数"),
        ("{sample: 10%, by: ID}", "ID"),
        ("{k: 5}", "over"),
        ("{k: 1, over: ['a.csv!a#city']}", "k 应为"),
        ("{k: 5, over: ['a.csv!a#town']}", "a#town"),
        ("{k: 5, over: ['a.csv!a#note']}", "a#note"),
        ("{k: 5, over: ['a.csv!a#city', 'a.csv!a#city']}", "两次"),
    ],
)
def test_rules_on_rows_that_do_not_fit_are_refused_with_their_line(rows, said):
    with pytest.raises(KouanError) as caught:
        checked(head=f"rows: {rows}\n")
    assert (caught.value.code, caught.value.where) == ("K-DEI-025", "plan.yaml:5")
    assert said in caught.value.what.zh


def test_a_sample_needs_a_key():
    text = checked(id="action: drop", head="rows: {sample: 10%, by: id}\n").replace("pseudonym/2026", "''")
    with pytest.raises(KouanError) as caught:
        check_plan(read_plan(text, "plan.yaml"), ABOUT, "plan.yaml", text=text)
    assert caught.value.code == "K-DEI-006"


@pytest.mark.parametrize(
    "told",
    [
        "action: pseudonym, params: {kind: record_id, unless: id}",
        "action: pseudonym, params: {kind: record_id, ends: SEQ}",
        "action: pseudonym, params: {kind: record_id, unless: id, ends: ' , '}",
        "action: pseudonym, params: {kind: record_id, unless: city, ends: SEQ}",
        "action: pseudonym, params: {kind: record_id, unless: gone, ends: SEQ}",
        "action: pseudonym, params: {kind: record_id, form: sealed, unless: id, ends: SEQ}",
    ],
)
def test_a_pseudonym_with_exceptions_says_which_and_cannot_be_turned_back(told):
    assert refused("city", told)[0] == "K-DEI-004"


def test_a_direct_identifier_gets_its_pseudonym_without_exception():
    checked(city="action: pseudonym, params: {kind: record_id, unless: id, ends: SEQ}")
    assert refused("id", "action: pseudonym, params: {unless: city, ends: SEQ}")[0] == "K-DEI-022"
