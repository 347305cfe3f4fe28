"""Writing documents back: values in their places, marks, removals, records left out."""

import json

import pytest

from kouan.model.errors import KouanError
from tests.trees import rewrite, tables

CASES = """<?xml version="1.0"?>\r
<!-- 张三's file --><cases xmlns="urn:x">\r
  <case n='1'><name>张三</name><id root="1.2.3" extension="A1" /><born  value="19600101"/>
    <text>说：<![CDATA[a<b]]> &#x4E2D; &amp; <!-- 张三 --> ok</text></case>
  <case n="2"><name>李四</name><item><code code="29"/><value unit="a" value="48"/></item></case>
</cases>
<?after 张三?>
"""


def write(tmp_path, name, text):
    path = tmp_path / name
    path.write_bytes(text.encode())
    return path


def outcome(tmp_path, name, text, **how):
    out = tmp_path / f"out-{name}"
    rewrite(write(tmp_path, name, text), out, **how)
    return out.read_bytes().decode() if out.exists() else None


def test_a_document_in_which_nothing_is_treated_keeps_every_byte(tmp_path):
    assert outcome(tmp_path, "c.xml", CASES) == CASES


def test_values_change_where_they_stand_and_are_escaped_there(tmp_path):
    def change(_table, path, value):
        return {"name": "<&>\" 'x'", "@n": "<&>\" 'x'"}.get(path, value)

    text = outcome(tmp_path, "c.xml", CASES, change=change)
    assert text == (
        CASES.replace("<name>张三", "<name>&lt;&amp;&gt;\" 'x'")
        .replace("<name>李四", "<name>&lt;&amp;&gt;\" 'x'")
        .replace("n='1'", "n='&lt;&amp;&gt;\" &apos;x&apos;'")
        .replace('n="2"', "n=\"&lt;&amp;&gt;&quot; 'x'\"")
    )


def test_a_withheld_value_leaves_the_mark_of_its_standard(tmp_path):
    gone = {"name", "id(1.2.3)/@extension", "born/@value", "item(29)/value/@value", "comment()", "instruction()"}
    text = outcome(tmp_path, "c.xml", CASES, drop=lambda _table, path: path in gone)
    assert text is not None
    assert '<name nullFlavor="MSK"></name><id root="1.2.3" nullFlavor="MSK" /><born  nullFlavor="MSK"/>' in text
    assert '<name nullFlavor="MSK"></name><item><code code="29"/><value unit="a" nullFlavor="MSK"/></item>' in text
    assert "张三" not in text
    assert "<![CDATA[a<b]]> &#x4E2D; &amp;  ok" in text


def test_a_replaced_text_takes_its_sections_references_and_comments_with_it(tmp_path):
    text = outcome(tmp_path, "c.xml", CASES, change=lambda _t, path, value: "new" if path == "text" else value)
    assert "<text>new</text>" in str(text)


def test_without_a_mark_the_element_goes_with_its_value_and_with_what_held_nothing_else(tmp_path):
    text = "<Patient><b><c><d>张三</d></c></b><e f='张三' g='1'/><h>1<i>张三</i></h></Patient>"
    left = outcome(tmp_path, "x.xml", text, drop=lambda _t, path: path in {"b/c/d", "e/@f", "h/i"})
    assert left == "<Patient><e g='1'/><h>1</h></Patient>"


def test_an_element_between_two_texts_stays_where_its_value_goes(tmp_path):
    text = "<Patient><h>1<i>张三</i>2<j k='李四'/>3</h></Patient>"
    assert outcome(tmp_path, "x.xml", text, drop=lambda _t, path: path in {"h/i", "h/j/@k"}) == (
        "<Patient><h>1<i></i>2<j/>3</h></Patient>"
    )
    assert outcome(tmp_path, "x.xml", text, drop=lambda _t, _path: True) == "<Patient></Patient>"


def test_in_a_document_of_no_known_standard_emptied_elements_stay_so_that_its_records_can_be_told(tmp_path):
    text = "<a><b><c>张三</c></b><e f='张三'/></a>"
    left = outcome(tmp_path, "x.xml", text, drop=lambda _t, path: path in {"b/c", "e/@f"})
    assert left == "<a><b><c></c></b><e/></a>"
    text = '{"a": {"b": "张三"}, "c": ["张三"], "d": 1}'
    left = outcome(tmp_path, "x.json", text, drop=lambda _t, path: path in {"a/b", "c"})
    assert left == '{"a": {}, "c": [], "d": 1}'


@pytest.mark.parametrize(
    ("gone", "left"),
    [
        ({"a"}, '{ "b": [1, 2], "resourceType": "P", "c": {"d": "x"} }'),
        ({"b"}, '{"a": 1, "resourceType": "P", "c": {"d": "x"} }'),
        ({"c/d"}, '{"a": 1, "b": [1, 2], "resourceType": "P" }'),
        ({"a", "b"}, '{ "resourceType": "P", "c": {"d": "x"} }'),
        ({"a", "c/d"}, '{ "b": [1, 2], "resourceType": "P" }'),
        ({"a", "b", "c/d"}, '{ "resourceType": "P" }'),
    ],
)
def test_members_of_json_go_with_one_comma_each(tmp_path, gone, left):
    text = '{"a": 1, "b": [1, 2], "resourceType": "P", "c": {"d": "x"} }'
    found = outcome(tmp_path, "x.json", text, drop=lambda _t, path: path in gone)
    assert json.loads(str(found)) == json.loads(left)
    assert str(found).replace(" ", "") == left.replace(" ", "")


def test_numbers_that_become_words_are_quoted_and_escapes_are_kept_elsewhere(tmp_path):
    text = '{"age": 48, "n": 1e5, "note": "a\\u4e2d\\"b", "flag": true}'
    new = {"age": '45-49 "x"', "flag": "yes"}
    found = outcome(tmp_path, "x.json", text, change=lambda _t, path, value: new.get(path, value))
    assert found == '{"age": "45-49 \\"x\\"", "n": 1e5, "note": "a\\u4e2d\\"b", "flag": "yes"}'


def test_records_that_do_not_stay_leave_nothing_behind(tmp_path):
    xml = outcome(tmp_path, "c.xml", CASES, keep=lambda table, row: not (table == "case" and row == 0))
    assert "A1" not in str(xml)
    assert "李四" in str(xml)
    lines = '{"n": "张三"}\n{"n": "李四"}\n'
    assert outcome(tmp_path, "x.ndjson", lines, keep=lambda _t, row: row == 1) == '{"n": "李四"}\n'
    assert outcome(tmp_path, "y.json", '[{"n": 1}, {"n": 2}, {"n": 3}]', keep=lambda _t, row: row != 1) == (
        '[{"n": 1}, {"n": 3}]'
    )


def test_a_document_without_a_record_left_is_not_written(tmp_path):
    assert outcome(tmp_path, "x.json", '{"n": "张三"}', keep=lambda _t, _row: False) is None


def test_a_treated_key_would_change_paths_and_is_refused(tmp_path):
    text = '<cases><case><item><code code="张三"/><value>x</value></item></case></cases>'
    path = write(tmp_path, "c.xml", text)
    with pytest.raises(KouanError) as caught:
        rewrite(path, tmp_path / "out.xml", change=lambda _t, name, value: "K1" if name.endswith("@code") else value)
    assert caught.value.code == "K-FMT-076"
    assert not (tmp_path / "out.xml").exists()


def test_another_encoding_is_written_back_in_it(tmp_path):
    path = tmp_path / "g.xml"
    path.write_bytes('<?xml version="1.0" encoding="GB18030"?><a><b>张三</b><c>丙</c></a>'.encode("gb18030"))
    rewrite(path, tmp_path / "out.xml", change=lambda _t, name, value: "乙" if name == "b" else value)
    assert (tmp_path / "out.xml").read_bytes().decode("gb18030").endswith("<a><b>乙</b><c>丙</c></a>")
    assert tables(tmp_path / "out.xml") == {"a": {"b": ["乙"], "c": ["丙"]}}


def test_what_is_left_with_nothing_but_its_own_key_goes_too(tmp_path):
    text = (
        '{"resourceType": "Patient", "telecom": [{"system": "phone", "value": "1"}, {"system": "email", "value": "x"}]}'
    )
    left = outcome(tmp_path, "x.json", text, drop=lambda _t, path: path == "telecom(phone)/value")
    assert left == '{"resourceType": "Patient", "telecom": [{"system": "email", "value": "x"}]}'
