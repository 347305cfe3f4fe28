"""A model beside the rules: what it adds, what it confirms, and that it can be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from kouan.clearance.settings import load_settings
from kouan.model.errors import KouanError
from kouan.recognize.prose import tagger
from kouan.recognize.prose.column import AGREED, MODEL, read_prose, tag_prose
from kouan.recognize.prose.model import model_of
from kouan.recognize.prose.spans import Span
from tests.recognizing import given, look

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_TEXTS = ["赵六一说货物破损，要求退款", "请转告仓库，尽快发货，谢谢"]


class _Reader:
    """Calls the first three characters of the first text a person."""

    def tag(self, texts: Sequence[str]) -> list[list[Span]]:
        return [[Span(0, 3, "name", why="model")] if text.startswith("赵六一") else [] for text in texts]


def test_what_the_model_adds_and_confirms_is_told_apart_from_rules() -> None:
    before = read_prose(pa.array(_TEXTS * 10), 0)
    after = tag_prose(before, _Reader(), "M")
    assert (after.model, after.tagged) == ("M", 2)
    by_rules = before.found["name/suspected"] + before.found["name/confirmed"]
    assert after.found[f"name:{AGREED if by_rules else MODEL}"] == 1
    assert tag_prose(after, _Reader(), "M") == after


def test_the_reason_names_the_model() -> None:
    given_ = given({"t": {"备注": _TEXTS * 10}})
    item = look(given_, tagger=_Reader()).items[0]
    assert "模型 LAC" in item.reason.zh
    assert item.evidence is not None
    assert item.evidence.texts is not None
    assert item.evidence.texts.model == "LAC"
    assert "模型" not in look(given_).items[0].reason.zh


def test_without_the_package_auto_reads_by_rules_and_lac_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagger, "available", lambda: False)
    assert model_of("auto") is None
    assert model_of("off") is None
    tagger.load.cache_clear()
    with pytest.raises(KouanError) as refused:
        model_of("lac")
    assert refused.value.code == "K-REC-009"


def test_the_setting_is_one_of_three(tmp_path: Path) -> None:
    assert load_settings({"text_model": "lac"}, {}, folder=tmp_path).text_model == "lac"
    with pytest.raises(KouanError) as refused:
        load_settings({"text_model": "gpt"}, {}, folder=tmp_path)
    assert refused.value.code == "K-CLR-040"
