"""What is found in texts stands where it is said to, whatever the text is made of."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.recognize.prose.find import find
from kouan.recognize.prose.tagger import MODEL, load

_PARTS = st.sampled_from(
    [
        "患者王小明先生",
        "李雷",
        "北京市海淀区中关村大街8号",
        "协和医院",
        "，",
        "。",
        "\n",
        "\r\n",
        " ",
        "\u3000",
        "\u200b",
        "\ufeff",
        "\x00",
        "\x7f",
        "\t",
        "😀",
        "👨\u200d👩\u200d👧",
        "\ud800",
        "\udfff",
        "𠮷",
        "é",
        "e\u0301",
        "ﬁ",
        "１３８００１３８０００",
        "13800138000",
        "一三八一二三四五六七八",
        "11010119900517007",
        "a.b@example.com",
        "买买提·吐尔逊",
        "Sarah Hill",
        "<b>",
        "</b>",
        "&amp;",
        "Dr. John Smith",
        "2024年3月5日",
        "龍",
        "【已移除：姓名】",
    ]
)
_TEXTS = st.lists(st.one_of(_PARTS, st.text(max_size=6)), max_size=24).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(_TEXTS, max_size=4))
def test_the_model_names_parts_of_the_text_given(texts: list[str]) -> None:
    for text, spans in zip(texts, load().tag(texts), strict=True):
        assert all(0 <= one.start < one.end <= len(text) for one in spans)
        best = [one for one in spans if one.why == MODEL]
        ends = [0, *(one.end for one in best)]
        assert all(end <= one.start for end, one in zip(ends, best, strict=False))


@settings(max_examples=150, deadline=None)
@given(st.lists(_TEXTS, max_size=4))
def test_what_is_found_is_in_order_apart_and_in_the_text(texts: list[str]) -> None:
    for text, spans in zip(texts, find(texts, tagger=load()), strict=True):
        ends = [0, *(one.end for one in spans)]
        assert all(end <= one.start < one.end <= len(text) for end, one in zip(ends, spans, strict=False))


@settings(max_examples=50, deadline=None)
@given(st.lists(_TEXTS, max_size=4))
def test_a_text_is_read_the_same_alone_and_among_others(texts: list[str]) -> None:
    alone = [find([text], tagger=load())[0] for text in texts]
    assert find(texts, tagger=load()) == alone
