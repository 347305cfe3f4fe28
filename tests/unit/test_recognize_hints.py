"""A person's hints win and are shown; a hint that fits nothing is refused."""

from __future__ import annotations

import pytest

from kouan.model.declaration import ItemHint
from kouan.model.errors import KouanError
from kouan.model.inventory import Tier
from tests.recognizing import given, look

TABLES = {"t": {"工号": ["E1", "E2"], "备用": ["甲", "乙"]}}


@pytest.mark.parametrize("key", ["备用", "t#备用", "data.csv!t#备用"])
def test_hint_wins_and_is_shown(key: str) -> None:
    hints = {key: ItemHint(meaning="religion", subject="visitor")}
    inventory = look(given(TABLES, items=hints))
    item = next(one for one in inventory.items if one.name == "备用")
    assert (item.meaning, item.tier, item.subject) == ("religion", Tier.CONFIRMED, "visitor")
    assert item.sensitive.value is True
    assert "人工指定" in item.reason.zh
    assert {one.subject for one in inventory.persons} == {"employee", "visitor"}


def test_hint_for_no_column_names_the_nearest() -> None:
    with pytest.raises(KouanError) as caught:
        look(given(TABLES, items={"备用列": ItemHint(meaning="religion")}))
    assert caught.value.code == "K-REC-001"
    assert "备用?" in caught.value.what.zh


def test_hint_with_no_meaning_names_the_nearest() -> None:
    with pytest.raises(KouanError) as caught:
        look(given(TABLES, items={"备用": ItemHint(meaning="religon")}))
    assert caught.value.code == "K-REC-002"
    assert "religion" in caught.value.what.en
