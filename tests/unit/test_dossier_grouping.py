"""Duties by kind; papers and triggers by pathway; readings: how a report shows what a decision brings."""

from __future__ import annotations

import pytest

from kouan.dossier.grouping import by_kind, by_pathway
from kouan.dossier.terms import DUTY_KIND
from kouan.model.decision import OpenPoint, Paper, Pathway, ReadOption, Trigger
from kouan.model.provision import DutyKind
from tests.documents import hr_case
from tests.documents_parts import order16, text
from tests.pages import find, parse, render

CONTRACT, ASSESSMENT = Pathway.STANDARD_CONTRACT, Pathway.SECURITY_ASSESSMENT


def paper(name, *paths):
    return Paper(
        id=name, label=text(f"材料{name}", f"paper {name}"), detail=text("内容", "what it says"), form=text("盖章原件", "sealed"),
        who=text("数据处理者", "the exporter"), pathways=paths, source=order16("8(1)"),
    )  # fmt: skip


def trigger(name, *paths):
    return Trigger(
        id=name, label=text(f"变化{name}", f"change {name}"), then=text("重新备案", "file anew"), pathways=paths,
        source=order16("8(1)"),
    )  # fmt: skip


def test_every_kind_of_duty_has_words():
    assert set(DUTY_KIND) == {kind.value for kind in DutyKind}


def test_duties_stand_by_kind_in_the_order_of_the_terms():
    duty = hr_case().decisions.original.duties[0]
    kinds = ["records", "notice", "unheard_of", "records"]
    groups = by_kind([duty.model_copy(update={"id": str(place), "kind": kind}) for place, kind in enumerate(kinds)])
    assert [(kind, [one.id for one in group]) for kind, group in groups] == [
        ("notice", ["1"]),
        ("records", ["0", "3"]),
        ("other", ["2"]),
    ]


def test_papers_stand_by_pathway_and_only_those_still_possible():
    decision = hr_case().decisions.original
    groups = by_pathway(decision, [paper("a", CONTRACT, ASSESSMENT), paper("b"), paper("c", ASSESSMENT)])
    found = {path: [one.id for one in group] for path, group in groups}
    assert found[None] == ["b"]
    assert next(iter(found)) is None
    assert set(found) - {None} <= {option for outcome in decision.possible for option in outcome.options}


@pytest.fixture
def page():
    case = hr_case()
    decision = case.decisions.original
    path = decision.possible[0].options[0]
    point = OpenPoint(
        id="a3", question=text("两者须兼备吗？", "Are both needed?"), source=order16("5(1)(2)"), chosen="either", adopted=True,
        options=tuple(
            ReadOption(id=name, label=text(name, name), ground=text("依据", "ground"), confidence="L", possible=decision.possible)
            for name in ("both", "either")
        ),
    )  # fmt: skip
    changed = decision.model_copy(
        update={
            "papers": (paper("一", path),),
            "triggers": (trigger("一"),),
            "open_points": (point,),
            "adopted": {"a3": "either", "a9": "both"},
        }
    )
    pair = case.decisions.model_copy(update={"original": changed, "treated": None})
    return parse(render(case.__class__(declaration=case.declaration, inventory=case.inventory, decisions=pair)))


def test_the_report_shows_papers_triggers_and_readings(page):
    said = page.text()
    for words in ("材料一", "盖章原件", "变化一", "重新备案", "两者须兼备吗？", "本单位采用", "a9: both"):
        assert words in said, words
    chosen = [one for one in find(page, "li") if "chosen" in one.classes()]
    assert len(chosen) == 1
    assert "either" in chosen[0].text()


def test_the_verdict_says_that_it_hangs_on_a_reading_that_was_adopted(page):
    verdict = next(one for one in find(page, "section") if one.attrs.get("id") == "verdict")
    note = next(one for one in find(verdict, "p") if "hangs" in one.classes())
    assert "取决于本单位采用的一种" in note.text()
    assert [one.attrs["href"] for one in find(note, "a")] == ["#open-points"]
