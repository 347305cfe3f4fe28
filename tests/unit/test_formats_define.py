import pyarrow as pa
import pytest

from kouan.formats import define as define_module
from kouan.formats.define import DefinedItem, read_define, with_labels
from kouan.model.errors import KouanError

ONE = """<?xml version="1.0" encoding="UTF-8"?>
<ODM xmlns="http://www.cdisc.org/ns/odm/v1.2" xmlns:def="http://www.cdisc.org/ns/def/v1.0">
 <Study OID="S"><MetaDataVersion OID="M" Name="x" def:StandardName="CDISC SDTM" def:StandardVersion="3.1.2">
  <def:ValueListDef OID="V"><ItemRef ItemOID="DM.AGE.V"/></def:ValueListDef>
  <ItemGroupDef OID="DM" Name="DM" def:Label="Demographics"><ItemRef ItemOID="DM.AGE"/><ItemRef ItemOID="DM.NONE"/></ItemGroupDef>
  <ItemDef OID="DM.AGE" Name="AGE" DataType="integer" Length="3" Origin="CRF Page 7" def:Label="Age
    in years"/>
  <ItemDef OID="DM.AGE.V" Name="V" DataType="text"/>
 </MetaDataVersion></Study>
</ODM>"""
TWO = """<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3" xmlns:d="http://www.cdisc.org/ns/def/v2.1">
 <Study OID="S"><MetaDataVersion OID="M" Name="x">
  <d:Standards><d:Standard OID="1" Name="SDTMIG" Version="3.3"/><d:Standard OID="2" Name="CDISC/NCI" Version="1"/></d:Standards>
  <ItemGroupDef OID="IG.DM" Name="DM" SASDatasetName="dm"><Description><TranslatedText xml:lang="zh">人口学</TranslatedText></Description>
   <ItemRef ItemOID="IT.SEX"/><ItemRef ItemOID="IT.X"/></ItemGroupDef>
  <ItemDef OID="IT.SEX" Name="Sex" SASFieldName="SEX" DataType="text" Length="many">
   <Description><TranslatedText xml:lang="en">Se<![CDATA[x]]></TranslatedText><TranslatedText>second</TranslatedText></Description>
   <d:Origin Type="Collected" Source="Investigator"><Description><TranslatedText>page</TranslatedText></Description></d:Origin>
  </ItemDef>
  <ItemDef OID="IT.X" Name="X" DataType="float"/>
 </MetaDataVersion></Study>
</ODM>"""


def read(tmp_path, text):
    (tmp_path / "define.xml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_define(tmp_path / "define.xml")


def test_version_one(tmp_path):
    found = read(tmp_path, ONE)
    assert found.standard == "CDISC SDTM 3.1.2"
    assert found.datasets == {"DM": "Demographics"}
    assert found.items == {("DM", "AGE"): DefinedItem("Age in years", "integer", 3, "CRF Page 7")}


def test_version_two(tmp_path):
    found = read(tmp_path, TWO.encode("utf-16"))
    assert found.standard == "SDTMIG 3.3"
    assert found.datasets == {"DM": "人口学"}
    assert found.items == {
        ("DM", "SEX"): DefinedItem("Sex", "text", None, "Collected"),
        ("DM", "X"): DefinedItem("", "float", None, ""),
    }


def test_labels_come_where_the_file_has_none_or_a_shorter_one(tmp_path):
    found = read(tmp_path, ONE.replace('Name="AGE"', 'Name="B"'))

    def schema(label):
        return pa.schema([pa.field("b", pa.float64(), metadata={"label": label, "k": "v"}), ("a", pa.string())])

    for own, expected in (("", b"Age in years"), ("Age in", b"Age in years"), ("Alter", b"Alter")):
        labelled = with_labels(schema(own), "dm", found)
        assert labelled.field("b").metadata == {b"label": expected, b"k": b"v"}
        assert labelled.field("a").metadata is None
    assert with_labels(schema("x"), "ae", found) == schema("x")


BOMB = '<!DOCTYPE ODM [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]>' + ONE.split("?>")[1]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "K-FMT-004"),
        ("not xml 13812345678", "K-FMT-037"),
        (ONE[:-10], "K-FMT-037"),
        (ONE.replace("UTF-8", "GB18030"), "K-FMT-037"),
        ("<html xmlns='http://www.cdisc.org/ns/def/v1.0'/>", "K-FMT-037"),
        ("<ODM><Study/></ODM>", "K-FMT-037"),
        (ONE.replace("in years", "&unknown;"), "K-FMT-037"),
        (BOMB, "K-FMT-038"),
        ('<!DOCTYPE ODM SYSTEM "file:///etc/hosts">' + ONE.split("?>")[1], "K-FMT-038"),
        ("<ODM>" + "<a>" * 200, "K-FMT-038"),
    ],
)
def test_what_is_no_define_or_unsafe_is_refused(tmp_path, text, code):
    with pytest.raises(KouanError) as caught:
        read(tmp_path, text)
    assert caught.value.code == code
    assert "1381" not in str(caught.value)


@pytest.mark.parametrize(("name", "limit"), [("_MOST_BYTES", 100), ("_MOST_ENTRIES", 2)])
def test_size_and_entries_are_bounded(tmp_path, monkeypatch, name, limit):
    monkeypatch.setattr(define_module, name, limit)
    with pytest.raises(KouanError) as caught:
        read(tmp_path, ONE)
    assert caught.value.code == "K-FMT-038"


def test_endless_labels_are_cut(tmp_path):
    found = read(tmp_path, TWO.replace("Se<![CDATA[x]]>", "甲<i/>" * 5000))
    assert len(found.items["DM", "SEX"].label) <= 2000
