from __future__ import annotations

import base64
import hashlib
import itertools
import re

import pytest

from kouan.model.decision import DecisionPair
from kouan.model.text import Text
from tests.documents import hr_case, open_case
from tests.documents_parts import Case
from tests.documents_retail import retail_case
from tests.pages import Element, find, parse, render, report_input

HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(2)></style>{{ 7*7 }}'javascript:"
CASES = {"hr": hr_case, "retail": retail_case, "open": open_case}


def early(case: Case) -> dict[str, Case]:
    """The same run ended after each stage."""
    return {
        "declared": Case(declaration=case.declaration, inventory=case.inventory.model_copy(update={"items": ()})),
        "inspected": Case(declaration=case.declaration, inventory=case.inventory),
        "decided": Case(
            declaration=case.declaration,
            inventory=case.inventory,
            decisions=DecisionPair(original=case.decisions.original),
        ),
        "planned": Case(
            declaration=case.declaration,
            inventory=case.inventory,
            decisions=DecisionPair(original=case.decisions.original),
            plan=case.plan,
            risk=case.risk.model_copy(update={"after": None}),
        ),
    }


ALL = {**{name: make() for name, make in CASES.items()}, **early(hr_case())}


@pytest.fixture(params=ALL, scope="module")
def page(request) -> Element:
    return parse(render(ALL[request.param]))


def test_every_text_stands_in_both_languages(page):
    zh = [one for one in page.walk() if "zh" in one.classes()]
    en = [one for one in page.walk() if "en" in one.classes() and one.tag == "span"]
    assert len(zh) > 40
    for one in (*zh, *en):
        assert one.text().strip(), one
    assert {one.attrs["lang"] for one in zh} == {"zh-CN"}
    assert {one.attrs["lang"] for one in en} == {"en"}
    for parent in page.walk():
        marked = [one for one in parent.children if isinstance(one, Element) and one.tag == "span"]
        for left, right in zip(marked, [*marked[1:], None][: len(marked)], strict=True):
            if "zh" in left.classes():
                assert right is not None, left.text()
                assert "en" in right.classes(), left.text()


def test_english_parts_hold_no_chinese_of_ours():
    page = parse(render(hr_case()))
    allowed = re.compile(r"[张欧阳李男女]")
    for one in page.walk():
        if "en" in one.classes() and one.tag == "span":
            rest = re.sub(r"“[^”]*”", "", one.text())
            assert not re.search(r"[\u4e00-\u9fff]", allowed.sub("", rest)), one.text()


def test_nothing_is_loaded_and_nothing_runs(page):
    for one in page.walk():
        assert one.tag not in {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
        for name, value in one.attrs.items():
            assert not name.startswith("on"), (one.tag, name)
            assert name not in {"src", "srcset", "style", "action", "formaction", "xlink:href"}, (one.tag, name)
            if name == "href":
                assert value.startswith("#"), value


def test_links_lead_to_parts_of_the_page(page):
    ids = [one.attrs["id"] for one in page.walk() if "id" in one.attrs]
    assert len(ids) == len(set(ids))
    for one in page.walk():
        for name in ("href", "for", "aria-labelledby"):
            for target in (one.attrs.get(name) or "").split():
                assert target.removeprefix("#") in ids, target


def test_style_is_the_only_thing_the_policy_lets_in():
    text = render(hr_case())
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    policy = next(one.attrs["content"] for one in find(parse(text), "meta") if "http-equiv" in one.attrs)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in style
    assert "@import" not in style
    assert "</" not in style


def test_headings_do_not_skip_a_level(page):
    levels = [int(one.tag[1]) for one in page.walk() if re.fullmatch(r"h[1-6]", one.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    for before, after in itertools.pairwise(levels):
        assert after <= before + 1, levels


def test_tables_say_what_they_are(page):
    for table in find(page, "table"):
        assert find(table, "caption")[0].text().strip()
        for head in find(table, "th"):
            assert head.attrs.get("scope") in {"col", "row"}


def test_landmarks_and_language(page):
    assert [len(find(page, tag)) for tag in ("header", "nav", "main", "footer", "h1")] == [1, 1, 1, 1, 1]
    assert find(page, "html")[0].attrs["lang"] == "zh-CN"


@pytest.mark.parametrize(("lang", "tag"), [("zh", "zh-CN"), ("en", "en"), ("fr", "zh-CN")])
def test_the_language_asked_for_comes_first(lang, tag):
    page = parse(render(hr_case(), lang=lang))
    chosen = [one.attrs["id"] for one in find(page, "input") if "checked" in one.attrs]
    assert find(page, "html")[0].attrs["lang"] == tag
    assert chosen == ["lang-en" if tag == "en" else "lang-zh"]


def test_charts_have_words_and_numbers():
    page = parse(render(hr_case()))
    charts = [one for one in find(page, "svg") if one.attrs.get("role") == "img"]
    assert len(charts) == 2
    assert "大小 1：处理前 2,982 条，处理后 0 条" in find(charts[0], "desc")[0].text()
    assert "size 1: before 2,982 records, after 0" in find(charts[0], "desc")[0].text()


def test_the_verdict_shows_how_the_pathway_moved():
    verdict = _section(parse(render(hr_case())), "verdict").text()
    assert "订立标准合同并备案" in verdict
    assert "豁免" in verdict
    assert "处理后，要求变轻" in verdict
    assert "第五条第一款第二项" in verdict
    assert "不再提供员工子女信息" in verdict


def test_the_verdict_says_why_nothing_moved():
    verdict = _section(parse(render(retail_case())), "verdict").text()
    assert "处理后，要求不变" in verdict
    assert "会员号假名化后仍是个人信息" in verdict


def test_questions_follow_an_open_verdict_and_only_that():
    page = parse(render(open_case()))
    text = _section(page, "questions").text()
    assert "是否被认定为关键信息基础设施运营者" in text
    assert "尚不能确定" in _section(page, "verdict").text()
    assert not [one for one in parse(render(hr_case())).walk() if one.attrs.get("id") == "questions"]


def test_rules_that_do_not_hold_name_the_fact_that_decides():
    trace = _section(parse(render(hr_case())), "trace")
    rule = next(one for one in find(trace, "summary") if "一万人以上" in one.text())
    assert "不成立" in rule.text()
    decider = next(one for one in find(rule, "span") if "decider" in one.classes())
    assert "✕ 当年累计 1 万人以上敏感个人信息" in decider.text()
    assert "关键信息基础设施" not in decider.text()


def test_what_no_grade_decides_stands_once():
    text = render(hr_case())
    assert text.count("分级不是匿名化结论，不决定是否属于个人信息。") == 1


def test_a_run_that_ended_early_says_so():
    page = parse(render(ALL["inspected"]))
    assert "没有得出合规路径" in _section(page, "verdict").text()
    assert "没有测量风险" in _section(page, "risk").text()


def test_hostile_names_are_inert():
    case = _poisoned(hr_case())
    page = parse(render(case, signer=HOSTILE, log_origin=HOSTILE, folder=HOSTILE, tool=HOSTILE))
    test_nothing_is_loaded_and_nothing_runs(page)
    assert "{{ 7*7 }}" in _section(page, "items").text()
    assert _section(page, "items").text().count("<script>alert(1)</script>") >= 3
    assert find(page, "h1")[0].text() == HOSTILE
    assert len(find(page, "style")) == 1


def test_page_is_the_same_each_time():
    assert render(hr_case()) == render(hr_case())


def test_fact_labels_stand_beside_their_names():
    label = Text(zh="关键信息基础设施运营者", en="CII operator")
    page = parse(render(hr_case(), fact_labels={"exporter.ciio": label}))
    assert "CII operator exporter.ciio" in " ".join(_section(page, "trace").text().split())


def test_input_defaults_leave_the_page_whole():
    view = report_input(open_case(), signer=None, log_origin=None, digests=())
    assert "尚未签署" in _section(parse(render(open_case(), signer=None)), "evidence").text()
    assert view.digests == ()


def _section(page: Element, name: str) -> Element:
    return next(one for one in page.walk() if one.tag == "section" and one.attrs.get("id") == name)


def _poisoned(case: Case) -> Case:
    """The case with hostile names wherever a file or a person may choose them."""
    bad = Text(zh=HOSTILE, en=HOSTILE + "!")
    items = tuple(
        one.model_copy(
            update={
                "name": HOSTILE,
                "label": bad,
                "category": HOSTILE,
                "subject": HOSTILE,
                "samples": (HOSTILE,),
                "reason": bad,
                "type": HOSTILE,
                "notes": (bad,),
            }
        )
        for one in case.inventory.items
    )
    sources = tuple(
        one.model_copy(update={"detail": HOSTILE, "format": HOSTILE, "notes": (bad,)}) for one in case.inventory.sources
    )
    head = case.declaration.transfer.model_copy(update={"name": HOSTILE})
    parties = tuple(one.model_copy(update={"name": HOSTILE, "uscc": HOSTILE}) for one in case.declaration.parties)
    declaration = case.declaration.model_copy(update={"transfer": head, "parties": parties, "purpose": HOSTILE})
    inventory = case.inventory.model_copy(update={"items": items, "sources": sources, "notes": (bad,)})
    return Case(declaration, inventory, case.decisions, case.plan, case.treatment, case.risk)
