"""Documents as tables: which records there are, which paths, which values."""

import pytest

from kouan.formats import ReadOptions, open_source
from kouan.formats.options import Limits
from kouan.formats.source import SHAPE
from kouan.model.errors import KouanError
from kouan.model.shape import RecordShape, TreeShape
from tests.trees import SHAPED, tables

CASES = """<?xml version="1.0"?>
<cases xmlns="urn:x" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" no="7">
  <case classCode="OBS">
    <name>甲&amp;乙</name><id root="1.2.3" extension="A1"/><id root="1.2.4" extension="B1"/>
    <item><code code="29"/><value xsi:type="ST">one</value></item>
    <item><code code="29"/><value xsi:type="ST"><![CDATA[<two>]]></value></item>
    <item><code code="张三"/><value>three</value></item>
    <!-- seen by 张三 -->
    <reporter><name>Doe</name></reporter>
  </case>
  <case classCode="张三"><name>  丙
  </name><reporter/></case>
</cases>"""


def write(tmp_path, name, text, encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def test_values_belong_to_their_nearest_record_and_repeats_are_lists(tmp_path):
    found = tables(write(tmp_path, "c.xml", CASES))
    assert found["cases"] == {"@no": ["7"]}
    assert found["case"] == {
        "name": ["甲&乙", "丙"],
        "id(1.2.3)/@extension": ["A1", None],
        "id(1.2.4)/@extension": ["B1", None],
        "item(29)/value": [["one", "<two>"], None],
        "item(other)/code/@code": ["张三", None],
        "item(other)/value": ["three", None],
        "comment()": [" seen by 张三 ", None],
        "@classCode": [None, "张三"],
    }
    assert found["reporter"] == {"name": ["Doe", None]}


def test_a_key_that_could_number_a_person_names_no_item(tmp_path):
    text = '<cases><case><item><code code="13800138000"/><value>x</value></item></case></cases>'
    assert list(tables(write(tmp_path, "c.xml", text))["case"]) == ["item(other)/code/@code", "item(other)/value"]


def test_json_and_xml_of_one_standard_have_the_same_paths(tmp_path):
    json_text = """{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient", "id": "p1",
      "name": [{"family": "张", "given": ["三", "丰"]}], "telecom": [{"system": "phone", "value": "1"}],
      "active": true, "weight": 60.50, "none": null}}]}"""
    xml_text = """<Bundle xmlns="http://hl7.org/fhir"><entry><resource><Patient><id value="p1"/>
      <name><family value="张"/><given value="三"/><given value="丰"/></name>
      <telecom><system value="phone"/><value value="1"/></telecom>
      <active value="true"/><weight value="60.50"/></Patient></resource></entry></Bundle>"""
    of_json = tables(write(tmp_path, "p.json", json_text))["Patient"]
    of_xml = tables(write(tmp_path, "p.xml", xml_text))["Patient"]
    assert of_json.pop("none") == [None]
    assert of_json["telecom(phone)/value"] == ["1"]
    assert {key: value for key, value in of_json.items() if "telecom" not in key} == {
        "id": ["p1"],
        "name/family": ["张"],
        "name/given": [["三", "丰"]],
        "active": ["true"],
        "weight": ["60.50"],
    }
    assert {key: value for key, value in of_xml.items() if "telecom" not in key} == {
        key: value for key, value in of_json.items() if "telecom" not in key
    }


def test_lines_elements_and_equal_children_are_records_without_being_told(tmp_path):
    lines = tables(write(tmp_path, "a.ndjson", '{"a": 1}\n{"a": {"b": "x"}}\n'))
    assert lines == {"record": {"a": ["1", None], "a/b": [None, "x"]}}
    assert tables(write(tmp_path, "b.json", '[{"a": 1}, {"a": 2}]')) == {"record": {"a": ["1", "2"]}}
    people = "<people><person><name>甲</name></person><person><name>乙</name></person></people>"
    assert tables(write(tmp_path, "c.xml", people)) == {"person": {"name": ["甲", "乙"]}}
    assert tables(write(tmp_path, "d.xml", "<a><b>1</b><c>2</c></a>")) == {"a": {"b": ["1"], "c": ["2"]}}
    assert tables(write(tmp_path, "e.json", '{"a": [[1, 2], [3]]}')) == {"record": {"a": [["1", "2", "3"]]}}
    answer = '{"page": {"total": 2, "rows": [{"n": "甲"}, {"n": "乙"}]}}'
    assert tables(write(tmp_path, "f.json", answer)) == {"record": {"page/total": ["2"]}, "rows": {"n": ["甲", "乙"]}}
    answer = "<r><body><row n='甲'/><row n='乙'/></body></r>"
    assert tables(write(tmp_path, "g.xml", answer)) == {"row": {"@n": ["甲", "乙"]}}


def test_a_person_can_state_the_records(tmp_path):
    path = write(tmp_path, "x.json", '{"site": "s", "visits": [{"p": {"n": 1}}, {"p": {"n": 2}}]}')
    found = tables(path, ReadOptions(records={"patient": "visits/p"}))
    assert found == {"record": {"site": ["s"]}, "patient": {"n": ["1", "2"]}}


def test_both_of_two_equal_members_are_seen(tmp_path):
    assert tables(write(tmp_path, "x.json", '{"a": 1, "\\u0061": 2}')) == {"record": {"a": [["1", "2"]]}}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030", "iso-8859-1"])
def test_encodings_are_taken_from_the_mark_or_the_declaration(tmp_path, encoding):
    name = "é" if encoding.startswith("iso") else "张"
    declared = {"utf-8-sig": "utf-8"}.get(encoding, encoding)
    path = write(tmp_path, "x.xml", f'<?xml version="1.0" encoding="{declared}"?><a><b>{name}</b></a>', encoding)
    assert tables(path) == {"b": {".": [name]}}


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("cut.xml", "<a><b>", "K-FMT-070"),
        ("two.xml", "<a/><b/>", "K-FMT-070"),
        ("twice.xml", "<a b='1' b='2'/>", "K-FMT-070"),
        ("nul.xml", b"<a>\0</a>", "K-FMT-070"),
        ("bomb.xml", '<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>', "K-FMT-071"),
        ("file.xml", '<!DOCTYPE a [<!ENTITY b SYSTEM "/etc/passwd">]><a>&b;</a>', "K-FMT-071"),
        ("default.xml", '<!DOCTYPE a [<!ATTLIST a c CDATA "d">]><a/>', "K-FMT-071"),
        ("unknown.xml", '<!DOCTYPE a SYSTEM "a.dtd"><a>&nbsp;</a>', "K-FMT-071"),
        ("unknown.xml", '<!DOCTYPE a SYSTEM "a.dtd"><a b="&foo;"/>', "K-FMT-071"),
        ("told.xml", '<!DOCTYPE a SYSTEM "张三"><a/>', "K-FMT-071"),
        ("wrong.xml", '<?xml version="1.0" encoding="no-such"?><a/>', "K-FMT-072"),
        ("bytes.xml", b"<a>\xff\xfe</a>", "K-FMT-072"),
        ("bytes.json", b'{"a": "\xff"}', "K-FMT-072"),
        ("half.json", '{"a": "\\ud800"}', "K-FMT-072"),
        ("cut.json", '{"a": ', "K-FMT-070"),
        ("comma.json", '{"a": 1,}', "K-FMT-070"),
        ("nan.json", '{"a": NaN}', "K-FMT-070"),
        ("control.json", '{"a": "\x01"}', "K-FMT-070"),
        ("deep.json", "[" * 300 + "]" * 300, "K-FMT-073"),
        ("deep.xml", "<a>" * 300 + "</a>" * 300, "K-FMT-073"),
        ("paths.json", "{" + ",".join(f'"k{n}": 1' for n in range(11_000)) + "}", "K-FMT-075"),
    ],
)
def test_what_cannot_be_understood_for_certain_is_refused_without_its_content(tmp_path, name, text, code):
    path = write(tmp_path, name, text)
    with pytest.raises(KouanError) as caught:
        open_source(path, name=name, options=SHAPED)
    assert caught.value.code == code
    assert "张三" not in str(caught.value)


def test_a_value_or_document_over_its_limit_is_refused(tmp_path):
    small = ReadOptions(limits=Limits(value_bytes=10, tree_bytes=100))
    for name, text, code in (
        ("value.xml", f"<a b='{'x' * 11}'/>", "K-FMT-073"),
        ("text.xml", f"<a>{'x' * 11}</a>", "K-FMT-073"),
        ("value.json", f'["{"x" * 11}"]', "K-FMT-073"),
        ("large.json", f"[{'1,' * 60}1]", "K-FMT-074"),
    ):
        with pytest.raises(KouanError) as caught:
            open_source(write(tmp_path, name, text), name=name, options=small)
        assert caught.value.code == code


def test_a_document_type_that_only_has_a_name_is_read_and_nothing_is_fetched(tmp_path):
    assert tables(write(tmp_path, "x.xml", '<!DOCTYPE a SYSTEM "a.dtd"><a><b>1</b></a>')) == {"b": {".": ["1"]}}
    known = '<!DOCTYPE a SYSTEM "a.dtd"><a><!-- &foo; --><b c="&lt;&#65;">1</b></a>'
    assert tables(write(tmp_path, "y.xml", known))["b"] == {"@c": ["<A"], ".": ["1"]}


def test_a_key_may_count_in_one_parent_only(tmp_path):
    shape = TreeShape(
        id="parents", elements=("a",), records=(RecordShape(name="b", at="b"),), keyed={"out/obs": "code/@code"}
    )
    text = '<a><b><out><obs><code code="29"/><v>1</v></obs></out><in><obs><code code="30"/><v>2</v></obs></in></b></a>'
    found = tables(write(tmp_path, "p.xml", text), ReadOptions(shapes=(shape,)))
    assert found["b"] == {"out/obs(29)/v": ["1"], "in/obs/code/@code": ["30"], "in/obs/v": ["2"]}


def test_of_a_web_address_its_last_part_is_the_key(tmp_path):
    shape = TreeShape(
        id="urls",
        elements=("P",),
        members=("kind",),
        records=(RecordShape(name="q", at="q"),),
        keyed={"ext": "url"},
        value_attribute="value",
    )
    address, number = "http://x.test/Structure/race", "http://x.test/13812345678"
    json = f'{{"kind": "P", "ext": [{{"url": "{address}", "v": "a"}}, {{"url": "{number}", "v": "b"}}]}}'
    xml = f'<P><ext url="{address}"><v value="a"/></ext><ext url="{number}"><v value="b"/></ext></P>'
    options = ReadOptions(shapes=(shape,))
    (from_json,) = tables(write(tmp_path, "u.json", json), options).values()
    (from_xml,) = tables(write(tmp_path, "u.xml", xml), options).values()
    assert from_json["ext(race)/v"] == from_xml["ext(race)/v"] == ["a"]
    assert from_json["ext(other)/v"] == from_xml["ext(other)/v"] == ["b"]
    assert "ext(race)/url" not in from_json  # the step says it
    assert from_json["ext(other)/url"] == from_xml["ext(other)/@url"] == [number]
    assert not any("1381" in path for path in (*from_json, *from_xml))


def test_a_table_names_the_shape_that_cut_it(tmp_path):
    path = write(tmp_path, "c.xml", CASES)
    shaped, plain = (open_source(path, name="c.xml", options=one).entities for one in (SHAPED, ReadOptions()))
    assert {entity.schema.metadata[SHAPE] for entity in shaped} == {b"marked"}
    assert not any(entity.schema.metadata for entity in plain)
