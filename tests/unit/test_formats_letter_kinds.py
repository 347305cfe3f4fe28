"""What a text is: a table unless its lines say otherwise."""

import pytest

from kouan.formats import ReadOptions, open_source
from kouan.formats.letter.kinds import text_kind

TABLES = [
    "id,name\n1,a\n",
    "a,b,c\n",
    "phone\n13800000000\n13900000000\n",
    "姓名\n甲\n乙\n丙\n",
    "id,note\n1,病人说：今天好多了。\n2,明日复诊。\n",
    "id,note\n1,很好，很好。\n2,不好。\n3,他来了，又走了。\n",
    "1,Alpha street 5,Berlin.\n2,Beta street 6,Bonn.\n3,Gamma street 7,Kiel.\n",
    "name;text\nx;He came. He saw. He went away again at last.\ny;Nothing at all to say about this one here.\n",
    "root:x:0:0:root:/root:/bin/bash\n",
    "甲路1号\n乙路2号\n",
    "\n\n",
    "a\tb\n1\t2\n3\n",
]
TEXTS = [
    "出院小结\n\n患者甲，男，于昨日入院。\n经治疗好转，今日出院。\n",
    "Dear all,\n\nwe met on Monday. Mr A, who came late, left early.\n\nYours,\nB\n",
    "# Title\n\n- one, two\n- three\n",
    "import os\n\n\ndef main():\n    print(1, 2)\n    return 0\n",
    "2026-11-01 10:00:01 INFO login of user a, from 192.0.2.1\n2026-11-01 10:00:02 WARN bad token\n",
    "Nov  1 10:00:01 host sshd[1]: accepted\nNov  1 10:00:02 host sshd[2]: closed, bye\n",
    "一、总则\n为了规范管理，制定本办法。\n二、附则\n本办法自发布之日起施行。\n",
    'x = {"a": 1, "b": [2, 3]}\nfor one in x:\n    y += one\n',
]
MAILS = [
    "From: a@example.com\r\nTo: b@example.com\r\nSubject: x\r\n\r\nhello\r\n",
    "Received: from a\n by b\nMIME-Version: 1.0\n\nx",
    "Return-Path: <a@example.com>\nDate: today\n",
]


@pytest.mark.parametrize("text", TABLES)
def test_tables_stay_tables(text):
    assert text_kind(text.encode()) == "csv"


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
@pytest.mark.parametrize("text", TEXTS)
def test_words_code_and_logs_are_texts(text, codec):
    assert text_kind(text.encode(codec)) == "text"


@pytest.mark.parametrize("text", MAILS)
def test_mail_is_known_by_its_header(text):
    assert text_kind(text.encode()) == "mail"
    assert text_kind(b"From a@example.com Sun Nov  1 10:00:00 2026\n" + text.encode()) == "mbox"


@pytest.mark.parametrize(
    "text", ["Note: x\nFrom: here on it is prose that speaks of things.\n", "From: a\nno header\n"]
)
def test_a_colon_alone_makes_no_mail(text):
    assert text_kind(text.encode()) != "mail"


@pytest.mark.parametrize("stated", [{"header": True}, {"delimiter": ","}, {"quote": '"'}])
def test_who_states_how_a_table_is_written_gets_a_table(tmp_path, stated):
    (tmp_path / "f").write_text("标题\n他来了。\n他走了。\n", "utf-8")
    assert open_source(tmp_path / "f", name="f", options=ReadOptions()).format == "text"
    assert open_source(tmp_path / "f", name="f", options=ReadOptions(**stated)).format == "csv"


@pytest.mark.parametrize(
    ("text", "columns", "kind"),
    [
        ("备注\n他来了。\n他走了。\n", {"id", "备注"}, "csv"),
        ("备注\n他来了。\n他走了。\n", {"备注", "text"}, "csv"),
        ("标题\n他来了。\n他走了。\n", {"备注", "text"}, "text"),
        ("a,b\nc,d\n", {"text"}, "text"),
        ("text\n1\n", {"text"}, "csv"),
    ],
)
def test_what_was_read_before_is_read_alike(tmp_path, text, columns, kind):
    (tmp_path / "f").write_text(text, "utf-8")
    assert open_source(tmp_path / "f", name="f", options=ReadOptions(columns=frozenset(columns))).format == kind
