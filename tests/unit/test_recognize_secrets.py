"""Source code and trade secrets as items: category, candidates, and what the plan does."""

from __future__ import annotations

from kouan.model.inventory import SECRETS, IdentityRole
from tests.recognizing import given, look

_CODE = ["def area(w, h):", "    return w * h;", "import math", "for (int i = 0; i < n; i++) {", "}", "x = foo(1);"]


def test_lines_of_code_are_source_code_and_call_for_the_question() -> None:
    found = look(given({"t": {"line": [*_CODE, "# area of a part"] * 10}}))
    item = found.items[0]
    assert (item.meaning, item.category, item.role) == ("source_code", SECRETS, IdentityRole.OTHER)
    assert (item.personal, item.sensitive.value) == (None, None)
    fired = {one.id: one.published for one in found.candidates}
    assert fired == {"auto-draft-source-code": False, "factor-f-technology": False}


def test_a_name_says_that_a_column_is_a_trade_secret() -> None:
    item = look(given({"t": {"商业秘密": ["甲工艺", "乙工艺"], "数量": [1, 2]}})).items[0]
    assert (item.meaning, item.category) == ("trade_secret", SECRETS)


def test_marks_in_texts_are_findings_and_a_state_secret_mark_is_put_to_a_person() -> None:
    item = look(
        given({"t": {"备注": ["机密★10年 关于某项目的情况说明，供参阅", "普通说明，没有特别之处，供参考"] * 20}})
    ).items[0]
    assert item.meaning == "free_text"
    assert ("state_secret", 20) in {(one.identifier, one.confirmed) for one in item.findings}
    assert any("国家秘密" in note.zh for note in item.notes)


def test_a_table_of_codes_is_no_source_code() -> None:
    found = look(given({"t": {"编码": [f"A-{row:03d}" for row in range(40)], "状态": ["ok;", "no;"] * 20}}))
    assert "source_code" not in {one.meaning for one in found.items}
