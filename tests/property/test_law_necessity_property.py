"""More data never make a transfer more necessary, and an item with a reason never fails."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kouan.law.necessity import Asked, judge_necessity
from kouan.model.necessity import NecessityClaim, Standing
from kouan.packs import load_purposes
from kouan.recognize.lexicon import load_lexicon
from tests.inventories import inventory, item, persons

PACKS = load_purposes()
ROLES = (None, "employee", "child", "patient", "member", "customer", "user", "participant")
MEANINGS = sorted(load_lexicon().meanings)
SAID = st.none() | st.just("理由")


@st.composite
def items(draw):
    chosen = draw(
        st.lists(
            st.tuples(st.sampled_from(MEANINGS), st.sampled_from(ROLES), st.sampled_from([True, None, False]), SAID),
            min_size=1,
            max_size=8,
        )
    )
    return [
        (item(f"a.csv!a#c{at}", meaning=meaning, subject=role, personal=personal), said)
        for at, (meaning, role, personal, said) in enumerate(chosen)
    ]


claims = st.builds(NecessityClaim, export=SAID, used_by=SAID, persons=SAID)


def judge(pack, chosen, claim, facts=None):
    roles = {one.subject for one, _ in chosen if one.subject}
    asked = Asked(
        scenario=pack.purpose.id,
        inventory=inventory(*(one for one, _ in chosen), persons=[persons(role) for role in sorted(roles)]),
        claim=claim,
        said={one.id: said for one, said in chosen if said},
        facts=facts or {},
    )
    return judge_necessity(pack.purpose, pack.ref, asked)


@given(st.sampled_from(PACKS), items(), claims)
def test_adding_an_item_never_makes_it_lighter(pack, chosen, claim):
    fewer, more = judge(pack, chosen[:-1], claim), judge(pack, chosen, claim)
    for part in ("export", "persons", "range"):
        assert getattr(more, part).standing.weight >= getattr(fewer, part).standing.weight
    assert set(fewer.outside) <= set(more.outside)


@given(st.sampled_from(PACKS), items(), claims)
def test_a_justified_item_never_fails(pack, chosen, claim):
    found = judge(pack, [(one, "理由") for one, _ in chosen], claim)
    assert found.range.standing is Standing.PASSED
    assert not found.outside


@given(st.sampled_from(PACKS), items(), claims)
def test_nothing_fails_without_an_item_to_name(pack, chosen, claim):
    found = judge(pack, chosen, claim)
    assert (found.standing is Standing.FAILED) == bool(found.outside)
    assert len(found.range.open) == len(found.outside) + len(found.unanswered)
