"""Random trees, random treatments: bytes outside the treated values are equal, values inside are as treated."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.formats import ReadOptions
from kouan.formats.options import Limits
from kouan.formats.tree.json_scan import scan_json
from kouan.formats.tree.nodes import Kind
from kouan.formats.tree.values import decode, encode
from kouan.formats.tree.xml_scan import scan_xml
from tests.trees import rewrite, tables

if TYPE_CHECKING:
    import random

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=12)
NAMES = st.sampled_from(["a", "b", "name", "患者", "x-1", "p:q"])
ASIDES = ("comment()", "instruction()")
PLAIN = ReadOptions()


@st.composite
def _piece(draw: st.DrawFn, depth: int) -> str:
    text = draw(TEXTS)
    written = {
        "text": escape(text),
        "cdata": f"<![CDATA[{text.replace(']]>', '')}]]>",
        "comment": f"<!--{text.replace('-', '')}-->",
        "pi": f"<?go {text.replace('?', '')}?>",
        "reference": f"&#x{ord(text[0]):X};&amp;",
        "blank": "\r\n  ",
    }
    kind = draw(st.sampled_from(["element", *written]))
    return written[kind] if kind in written else draw(elements(depth - 1))


@st.composite
def elements(draw: st.DrawFn, depth: int = 3) -> str:
    name = draw(NAMES)
    attributes = draw(st.dictionaries(st.sampled_from(["k", "v", "号"]), TEXTS, max_size=2))
    said = "".join(
        f"{draw(st.sampled_from([' ', '  ', chr(10)]))}{key}={quoteattr(value)}" for key, value in attributes.items()
    )
    count = draw(st.integers(0, 3)) if depth else 0
    parts = [draw(_piece(depth)) for _ in range(count)]
    body = "".join(parts)
    return f"<{name}{said}>{body}</{name}>" if body or draw(st.booleans()) else f"<{name}{said}/>"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | TEXTS | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=12,
)


def documents() -> st.SearchStrategy[tuple[str, str]]:
    xml = elements().map(lambda text: ("x.xml", text.replace("<", '<r xmlns:p="urn:p">\n<', 1) + "</r>"))
    plain = st.dictionaries(TEXTS, VALUES, min_size=1, max_size=4)
    spaced = st.tuples(plain, st.sampled_from([None, 1]), st.booleans())
    return xml | spaced.map(lambda made: ("x.json", json.dumps(made[0], indent=made[1], ensure_ascii=made[2])))


def spans(data: bytes, language: str) -> list[tuple[Kind, int, int, str]]:
    """Return the values of a document in their order with their bytes; none inside another."""
    nodes = scan_xml(data, Limits()) if language == "xml" else scan_json(data, Limits())
    leaves = (Kind.ATTRIBUTE, Kind.TEXT, Kind.STRING, Kind.NUMBER, Kind.LITERAL)
    found = []
    for kind, start, end in zip(nodes.kind, nodes.inner_start, nodes.inner_end, strict=True):
        if kind in leaves:
            found.append((Kind(kind), int(start), int(end), decode(data[start:end].decode(), Kind(kind))))
    return found


@settings(deadline=None, max_examples=300)
@given(documents(), st.data())
def test_bytes_outside_treated_values_are_equal(tmp_path_factory, document, data):
    name, text = document
    folder = tmp_path_factory.mktemp("tree")
    path, out = folder / name, folder / f"out-{name}"
    path.write_bytes(text.encode())
    raw, language = path.read_bytes(), path.suffix[1:]
    values = {value for kind, _, _, value in spans(raw, language) if kind is not Kind.LITERAL or value != "null"}
    chosen = {value for value in sorted(values - {"urn:p", ""}) if data.draw(st.booleans())}
    marks = {value: f"<T{number}>&\"'\\" for number, value in enumerate(sorted(chosen))}

    rewrite(path, out, change=lambda _table, _path, value: marks.get(value, value), options=PLAIN)

    wanted, at = b"", 0
    for kind, start, end, value in spans(raw, language):
        if value in marks and not (kind is Kind.LITERAL and value == "null"):
            quote = chr(raw[start - 1]) if kind is Kind.ATTRIBUTE else '"'
            wanted += raw[at:start] + encode(marks[value], kind, quote).encode()
            at = end
    wanted += raw[at:]
    written = out.read_bytes()
    if language == "json":
        assert written == wanted
    else:  # comments equal to a chosen value are removed
        assert re.sub(rb"<!--.*?-->|<\?.*?\?>", b"", written) == re.sub(rb"<!--.*?-->|<\?.*?\?>", b"", wanted)
    assert [value for *_, value in spans(written, language)] == [
        value if (kind, value) == (Kind.LITERAL, "null") else marks.get(value, value)
        for kind, *_, value in spans(raw, language)
    ]


@settings(deadline=None, max_examples=200)
@given(documents())
def test_an_untreated_document_is_equal_byte_by_byte(tmp_path_factory, document):
    name, text = document
    folder = tmp_path_factory.mktemp("tree")
    (folder / name).write_bytes(text.encode())
    rewrite(folder / name, folder / f"out-{name}", options=PLAIN)
    assert (folder / f"out-{name}").read_bytes() == text.encode()


@settings(deadline=None, max_examples=300)
@given(documents(), st.randoms(use_true_random=False))
def test_dropped_paths_are_gone_and_what_is_left_is_a_document_with_the_other_values(
    tmp_path_factory, document, random_source: random.Random
):
    name, text = document
    folder = tmp_path_factory.mktemp("tree")
    path, out = folder / name, folder / f"out-{name}"
    path.write_bytes(text.encode())
    before = tables(path, PLAIN)
    gone = {(table, key) for table, keys in before.items() for key in keys if random_source.random() < 0.4}
    rewrite(path, out, drop=lambda table, key: (table, key) in gone, options=PLAIN)
    after = tables(out, PLAIN)
    left = {(table, key): _flat(values) for table, keys in before.items() for key, values in keys.items()}
    wanted = {key: values for key, values in left.items() if key not in gone and values}
    found = {(table, key): _flat(values) for table, keys in after.items() for key, values in keys.items()}
    found = {key: values for key, values in found.items() if values}
    asides = {
        key for key in wanted if key[1] in {"comment()", "instruction()"}
    }  # one inside a removed text goes with it
    assert {key: found[key] for key in found if key not in asides} == {
        key: wanted[key] for key in wanted if key not in asides
    }
    assert all(set(found.get(key, [])) <= set(wanted[key]) for key in asides)


def _flat(values: list[object]) -> list[object]:
    flat: list[object] = []
    for value in values:
        flat += (
            [one for one in value if one is not None]
            if isinstance(value, list)
            else [value]
            if value is not None
            else []
        )
    return flat
