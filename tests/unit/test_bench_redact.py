"""The labelled sentences of redaction are counted rightly, and redaction keeps what it reaches on them."""

from __future__ import annotations

import pytest

from bench.labelled.redact.score import SETS, Sentence, score, sentences
from kouan.deidentify.scrub.kernel import Scrub


def test_there_are_enough_sentences_and_labels_stand_in_them():
    assert sum(len(sentences(name)) for name in SETS) >= 350
    assert sum(len(one.labels) for name in ("zh", "en") for one in sentences(name)) >= 300
    assert all(not one.labels for one in sentences("stay"))
    assert not any({"{", "}"} & set(one.text) for name in ("zh", "en", "stay") for one in sentences(name))


def test_scores_tell_what_left_what_stayed_and_what_left_wrongly():
    one = Sentence("张三于2024年5月6日来电，好", ((0, 2, "name"), (3, 12, "date")))
    assert score([one], lambda text: text).recall == 0
    whole = score([one], lambda _: "【已移除：姓名】于2024年来电，好")
    assert (whole.recall, whole.precision, whole.wrong) == (1, 1, [])
    wrong = score([one], lambda _: "张三于2024年【已移除：电话】，好")
    assert (wrong.gone["name"], wrong.gone["date"], wrong.right) == (0, 1, 1)
    trap = Sentence("血压正常，来电", ())
    assert score([trap], lambda _: "血压正常，【已移除：电话】").wrong == [("来电", trap.text)]


@pytest.mark.parametrize(("name", "least"), [("zh", 0.97), ("en", 0.97), ("held", 0.92)])
def test_what_must_leave_leaves(name, least):
    assert score(sentences(name), lambda text: Scrub().text(text)[0]).recall >= least


@pytest.mark.parametrize("name", SETS)
def test_nothing_else_leaves(name):
    assert score(sentences(name), lambda text: Scrub().text(text)[0]).wrong == []
