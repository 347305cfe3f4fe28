from hypothesis import given
from hypothesis import strategies as st

from kouan.dossier.itemnames import short_names, tail
from kouan.model.items import item_id, split_item_id


def test_a_column_keeps_its_name_and_a_path_its_shortest_end_that_no_other_has():
    paths = ["name", "mg/dL", "a/value/@code", "a/b/value/@code", "c/d/e/@unit", "comment()"]
    ids = [item_id("cases/", "case", path) for path in paths]
    names = short_names([*ids, item_id("cases/", "parent", "x/c/d/e/@unit")])
    assert [names[one] for one in ids] == [
        "name",
        "mg/dL",
        "a/value/@code",
        "…/b/value/@code",
        "…/e/@unit",
        "comment()",
    ]
    assert names[item_id("cases/", "parent", "x/c/d/e/@unit")] == "…/e/@unit"


def test_the_end_of_a_path_is_shown_from_four_steps_on():
    assert [tail(path) for path in ("name", "a/b/c", "a/b/c/d", "")] == ["name", "a/b/c", "…/c/d", ""]


@given(st.sets(st.lists(st.sampled_from("abc"), min_size=1, max_size=5).map("/".join), min_size=1, max_size=30))
def test_no_two_items_of_a_table_share_a_name(paths):
    ids = {item_id("s.xml", "t", path) for path in paths}
    names = short_names(ids)
    assert names.keys() == ids
    assert len(set(names.values())) == len(ids)
    for item, name in names.items():
        assert split_item_id(item)[2].endswith(name.removeprefix("…/"))
