"""Marks of secrecy and lines of code."""

from __future__ import annotations

import pytest

from kouan.model.inventory import Tier
from kouan.recognize.prose.secrets import code_lines, find_marks


def _marks(text: str) -> set[tuple[str, Tier]]:
    return {(span.kind, span.tier) for span in find_marks(text)}


@pytest.mark.parametrize(
    "text",
    [
        "【机密】",
        "内部资料 注意保密",
        "CONFIDENTIAL",
        "Strictly Confidential",
        "本文件属于公司商业秘密，请勿外传",
        "Trade Secret",
    ],
)
def test_a_mark_is_certain(text: str) -> None:
    assert ("trade_secret", Tier.CONFIRMED) in _marks(text)


@pytest.mark.parametrize(
    "text",
    [
        "法院今日公开宣判一起泄露商业秘密的案件，引起了广泛关注。",
        "双方签订了保密协议，并约定了竞业限制。",
        "未经个人同意，个人信息处理者不得公开其处理的个人信息。",
    ],
)
def test_speaking_of_secrets_is_no_mark(text: str) -> None:
    assert _marks(text) <= {("trade_secret", Tier.SUSPECTED)}


@pytest.mark.parametrize("text", ["绝密★10年", "机密★启用前", "【国家秘密】"])
def test_a_state_secret_mark_is_told_apart(text: str) -> None:
    assert ("state_secret", Tier.CONFIRMED) in _marks(text)


_CODE = {
    "c": "#include <stdio.h>\nint main(void) {\n  int a = 1;\n  return a;\n}",
    "python": "import os\ndef f(x):\n    y = x + 1\n    return y",
    "java": "public class A {\n  private int a = 0;\n  void run() { a++; }\n}",
    "sql": "SELECT a, b FROM t WHERE c = 1;\nCREATE TABLE x (a int);",
}


@pytest.mark.parametrize("language", _CODE)
def test_programs_are_told_by_their_lines(language: str) -> None:
    lines, code, keyword = code_lines(_CODE[language])
    assert code > lines / 2
    assert keyword > lines / 5


@pytest.mark.parametrize(
    "text",
    [
        "客户来电说明情况；\n希望尽快处理。",
        "Dear Sir,\nplease find attached the report.\nBest regards",
        "1. 第一项\n2. 第二项",
    ],
)
def test_prose_is_no_program(text: str) -> None:
    assert code_lines(text)[1] == 0
