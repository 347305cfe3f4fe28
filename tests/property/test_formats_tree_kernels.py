"""The compiled scanners give what the plain ones give, for every document, and end on every input."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kouan.formats.options import Limits
from kouan.formats.tree.faults import Fault, ScanError
from kouan.formats.tree.json_scan import scan_json
from kouan.formats.tree.xml_scan import scan_xml

pytest.importorskip("numba")
from kouan.formats.tree.fast_json import fast_json
from kouan.formats.tree.fast_xml import fast_xml

LIMITS = Limits(tree_depth=8, value_bytes=40)
WIDE = Limits()


def outcome(scan, data, limits):
    """What a scanner makes of a text, in a form that can be compared."""
    try:
        nodes = scan(data, limits)
    except ScanError as error:
        return error.fault, error.offset
    arrays = (nodes.kind, nodes.parent, nodes.name, nodes.start, nodes.end, nodes.inner_start, nodes.inner_end)
    assert [column.dtype for column in arrays] == [np.uint8, *[np.int32] * 2, *[np.int64] * 4]
    return *(column.tolist() for column in arrays), nodes.names


blanks = st.sampled_from(["", " ", "\n", "\r\n", "\t ", "\n    "])
words = st.text("abcX口岸é 𝛼.-_", min_size=1, max_size=6).map(str.strip).filter(bool)
names = st.sampled_from(["a", "b", "x:a", "名", "long-name.1", "_", "xml", "observation"])


@st.composite
def attributes(draw):
    parts = []
    for name in draw(st.lists(st.sampled_from(["p", "x:q", "xmlns", "xmlns:x", "属"]), unique=True, max_size=4)):
        quote = draw(st.sampled_from("\"'"))
        other = "'" if quote == '"' else '"'
        value = draw(
            st.sampled_from(["", "1", "a>b", "a/>", "&amp;", "&#10;", " ", "\r\n", "口岸", f"{other}x{other}", "="])
        )
        parts.append(f"{draw(blanks) or ' '}{name}{draw(blanks)}={draw(blanks)}{quote}{value}{quote}")
    return "".join(parts)


asides = st.one_of(
    st.sampled_from(
        ["<!---->", "<!-- <a b='c'> -->", "<!-- > - -> -->", "<?go?>", "<?go on ?x>?>", "<?xml-style a='>'?>"]
    ),
    words.map(lambda text: f"<!--{text}-->".replace("--", "__").replace("<!__", "<!--").replace("__>", "-->")),
)
pieces = st.one_of(
    blanks,
    words,
    asides,
    st.sampled_from(["&lt;", "&#32;", "&#x53E3;", "]]", ">", "'\"", "=/"]),
    st.sampled_from(["<![CDATA[]]>", "<![CDATA[ ]]>", "<![CDATA[<a>]]]]>", "<![CDATA[]]]>", "<![CDATA[口 & 岸]]>"]),
)


def elements(inner):
    return st.builds(
        lambda name, attrs, pad, parts: f"<{name}{attrs}{pad}>{''.join(parts)}</{name}{pad}>",
        names, attributes(), blanks, st.lists(st.one_of(pieces, inner), max_size=6),
    )  # fmt: skip


empties = st.builds(lambda name, attrs, pad: f"<{name}{attrs}{pad}/>", names, attributes(), blanks)
trees = st.recursive(empties, elements, max_leaves=12)
heads = st.sampled_from([
    "", "\ufeff", '<?xml version="1.0"?>', "<?xml version='1.0' encoding='UTF-8' ?>\r\n", "<!DOCTYPE a>",
    "<?xml version='1.0'?>\n<!-- c --><!DOCTYPE a PUBLIC \"-//x>y'//\" 'http://example.com/>'>\n<?pi?>",
])  # fmt: skip


@given(heads, trees, st.sampled_from(["", "\n", "<!-- end -->", "\n<?end?> "]))
@settings(max_examples=400, deadline=None)
def test_xml_is_scanned_alike(head, tree, tail):
    data = (head + tree + tail).encode()
    plain = outcome(scan_xml, data, WIDE)
    assert outcome(fast_xml, data, WIDE) == plain
    assert isinstance(plain[0], list) or plain[0] is Fault.SYNTAX  # an undeclared prefix or like is fine for expat


@given(heads, trees)
@settings(max_examples=150, deadline=None)
def test_limits_of_xml_are_the_same(head, tree):
    data = (head + tree).encode()
    small = Limits(tree_depth=3, value_bytes=6)
    plain = outcome(scan_xml, data, small)
    fast = outcome(fast_xml, data, small)
    assert fast == plain or (isinstance(fast[0], Fault) and isinstance(plain[0], Fault))


mutations = st.lists(
    st.tuples(st.integers(0, 400), st.integers(0, 3), st.sampled_from([b"<", b">", b"/", b'"', b"'", b"!", b"-", b"?", b"&", b"\xff", b"=", b"]]>", b"<!--", b"<![CDATA[", b"<!DOCTYPE a ["])),
    min_size=1,
    max_size=4,
)  # fmt: skip


def mutated(data, changes):
    for place, length, piece in changes:
        at = place % (len(data) + 1)
        data = data[:at] + piece + data[at + length :]
    return data


@given(trees, mutations)
@settings(max_examples=400, deadline=None)
def test_broken_xml_is_refused_by_both(tree, changes):
    data = mutated(tree.encode(), changes)
    plain, fast = outcome(scan_xml, data, LIMITS), outcome(fast_xml, data, LIMITS)
    assert fast == plain or (isinstance(fast[0], Fault) and isinstance(plain[0], Fault))


@given(
    st.lists(st.sampled_from([bytes([b]) for b in b"<>/!?-[]='\" a&\n"] + [b"CDATA", b"DOCTYPE", b"xml"]), max_size=40)
)
@settings(max_examples=600, deadline=None)
def test_any_bytes_end_the_walk_through_xml(parts):
    data = b"".join(parts)
    plain, fast = outcome(scan_xml, data, LIMITS), outcome(fast_xml, data, LIMITS)
    assert fast == plain or (isinstance(fast[0], Fault) and isinstance(plain[0], Fault))


keys = st.sampled_from(
    ['""', '"a"', '"\\u0061"', '"口岸"', '"a b"', '"\\"\\\\\\/"', '"\\ud83d\\ude00"', '"resourceType"']
)
scalars = st.one_of(
    st.sampled_from(["0", "-0", "-0.0", "12", "1.5", "1e5", "-1.25E-10", "2E+3", "true", "false", "null"]),
    st.sampled_from(
        ['""', '"\\n\\t\\r\\b\\f\\/"', '"\\u53e3\\u5CB8"', '"\\uD83D\\uDE00x"', '"\x7f 口岸 é 𝛼"', '"[{,:}]"']
    ),
    st.text(max_size=8).map(lambda text: json.dumps(text, ensure_ascii=False)).filter(lambda text: text.isprintable()),
)
gaps = st.sampled_from(["", " ", "\n", "\r\n\t"])


def containers(inner):
    members = st.tuples(keys, gaps, gaps, inner).map(lambda m: f"{m[0]}{m[1]}:{m[2]}{m[3]}")
    lists = st.tuples(gaps, st.lists(st.tuples(inner, gaps).map("".join), max_size=4)).map(
        lambda p: f"[{p[0]}{','.join(p[1])}]"
    )
    objects = st.tuples(gaps, st.lists(st.tuples(gaps, members, gaps).map("".join), max_size=4)).map(
        lambda p: f"{{{p[0]}{','.join(p[1])}}}"
    )
    return st.one_of(lists, objects)


values = st.recursive(scalars, containers, max_leaves=15)
json_changes = st.lists(
    st.tuples(st.integers(0, 300), st.integers(0, 3), st.sampled_from([bytes([b]) for b in b'{}[],:"\\utfn0-.eE19 \n\x00\x1f'] + [b"\\ud800", b"\\udc00", b"\\u12", b"NaN", b"Infinity", b"'", b"//"])),
    min_size=1,
    max_size=4,
)  # fmt: skip


@given(gaps, st.one_of(values.map(lambda one: [one]), st.lists(containers(values), min_size=2, max_size=3)), gaps)
@settings(max_examples=400, deadline=None)
def test_json_is_scanned_alike(before, items, after):
    data = (before + "\n".join(items) + after).encode()
    plain = outcome(scan_json, data, WIDE)
    assert isinstance(plain[0], list)
    assert outcome(fast_json, data, WIDE) == plain


@given(values, json_changes)
@settings(max_examples=800, deadline=None)
@example('"\\ud83d"', [(0, 0, b" ")])
@example('"\\\\ud83d\\udc00"', [(0, 0, b" ")])
@example('"\\ud83d\\\\udc00"', [(0, 0, b" ")])
@example("[" * 9, [(0, 0, b"[")])
def test_broken_json_has_the_same_fault_at_the_same_byte(value, changes):
    data = mutated(value.encode(), changes)
    try:
        data.decode()
    except UnicodeDecodeError:
        return
    assert outcome(fast_json, data, LIMITS) == outcome(scan_json, data, LIMITS)


@given(
    st.lists(
        st.sampled_from([bytes([b]) for b in b'{}[],:"\\u0-.e1 \n'] + [b"true", b"null", b"\\ud83d", b"\\udE00"]),
        max_size=30,
    )
)
@settings(max_examples=800, deadline=None)
def test_any_bytes_end_the_walk_through_json(parts):
    data = b"".join(parts)
    assert outcome(fast_json, data, LIMITS) == outcome(scan_json, data, LIMITS)


@pytest.mark.parametrize("scanners", [(scan_xml, fast_xml), (scan_json, fast_json)], ids=["xml", "json"])
def test_many_names_are_all_kept(scanners):
    count = 3000
    for number in (count, 100 * count):
        if scanners[0] is scan_xml:
            data = b"<a>%s</a>" % b"".join(b"<n%d/>" % name for name in range(number))
        else:
            data = b"{%s}" % b",".join(b'"n%d":1' % name for name in range(number))
        found = scanners[1](data, WIDE)
        assert len(found.names) == number + (scanners[0] is scan_xml)
        assert found.names[-1] == f"n{number - 1}"
        assert np.array_equal(found.name, scanners[0](data, WIDE).name)
