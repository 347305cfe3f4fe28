"""define.xml beside the data sets: what each of them and each variable is called (Define-XML 2.0)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.markup import document, node
from examples.trial import words
from examples.trial.variables import DOMAINS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from examples.markup import Node
    from examples.trial.variables import Domain, Variable

_NAMESPACES = {
    "xmlns": "http://www.cdisc.org/ns/odm/v1.3",
    "xmlns:def": "http://www.cdisc.org/ns/def/v2.0",
    "xmlns:xlink": "http://www.w3.org/1999/xlink",
}


def define(tables: Mapping[str, pa.Table], created: str) -> str:
    """Return the text of define.xml.

    Args:
        tables: data sets by name.
        created: moment as ISO 8601.
    """
    known = [
        node("StudyName", words.STUDY),
        node("StudyDescription", f"{words.TREATMENT} in rheumatoid arthritis, phase III (fictitious)"),
        node("ProtocolName", words.STUDY),
    ]
    version = node(
        "MetaDataVersion",
        *(_group(domain) for domain in DOMAINS),
        *(_item(domain, one, tables[domain.name]) for domain in DOMAINS for one in domain.variables),
        OID=f"MDV.{words.STUDY}",
        Name=f"Study {words.STUDY}, Data Definitions",
        **{"def:DefineVersion": "2.0.0", "def:StandardName": "SDTM-IG", "def:StandardVersion": "3.2"},
    )
    study = node("Study", node("GlobalVariables", *known), version, OID=f"STDY.{words.STUDY}")
    root = node(
        "ODM",
        study,
        **_NAMESPACES,
        ODMVersion="1.3.2",
        FileOID=f"DEF.{words.STUDY}",
        FileType="Snapshot",
        CreationDateTime=created,
        Originator=words.SPONSOR,
    )
    return document(root, [])


def _group(domain: Domain) -> Node:
    name, file = domain.name, f"{domain.name.lower()}.xpt"
    leaf = node("def:leaf", node("def:title", file), ID=f"LF.{name}", **{"xlink:href": file})
    items = [
        node("ItemRef", ItemOID=f"IT.{name}.{one.name}", OrderNumber=str(at), Mandatory="Yes" if at <= 3 else "No")  # noqa: PLR2004
        for at, one in enumerate(domain.variables, 1)
    ]
    return node(
        "ItemGroupDef",
        _described(domain.label),
        *items,
        leaf,
        OID=f"IG.{name}",
        Name=name,
        Repeating="No" if name == "DM" else "Yes",
        IsReferenceData="No",
        SASDatasetName=name,
        Domain=name.removeprefix("SUPP"),
        Purpose="Tabulation",
        **{
            "def:Structure": domain.structure,
            "def:Class": domain.kind,
            "def:ArchiveLocationID": f"LF.{name}",
        },
    )


def _item(domain: Domain, one: Variable, table: pa.Table) -> Node:
    longest = (
        max((len(text) for text in table.column(one.name).to_pylist() if text), default=1) if not one.number else 8
    )
    return node(
        "ItemDef",
        _described(one.label),
        node("def:Origin", Type=_origin(one.name)),
        OID=f"IT.{domain.name}.{one.name}",
        Name=one.name,
        DataType="float" if one.number else "text",
        Length=str(longest),
        SASFieldName=one.name,
    )


def _origin(name: str) -> str:
    """Return where the values of a variable come from."""
    if name in {"STUDYID", "DOMAIN", "RDOMAIN"}:
        return "Assigned"
    return "Derived" if name in {"USUBJID", "AGE"} or name.endswith(("SEQ", "DY", "FL")) else "CRF"


def _described(text: str) -> Node:
    return node("Description", node("TranslatedText", text, **{"xml:lang": "en"}))
