import pytest

from kouan.formats.xlsx.xml import Scanner, Unusual, attributes_of, edit, plain, quoted, rejoined, split, without

XML = b"\xef\xbb\xbf<?xml version='1.0'?>\n<x:a b='1>2' c=\"d\"><e/> <f g = 'h'>t&lt;</f></x:a >\n"


def pieces(data, size):
    return (data[start : start + size] for start in range(0, len(data), size))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_tokens_hold_every_byte_however_it_is_cut(size):
    tokens = list(Scanner(pieces(XML, size)))
    assert b"".join(token.raw for token in tokens) == XML
    assert [(token.kind, token.name) for token in tokens if token.kind not in {"text", "head"}] == [
        ("start", b"a"),
        ("empty", b"e"),
        ("start", b"f"),
        ("end", b"f"),
        ("end", b"a"),
    ]
    assert attributes_of(tokens[2].attributes) == {"b": "1>2", "c": "d"}


def test_comments_and_instructions_are_passed_over():
    tokens = Scanner([b"<a><!-- <b> > --><?x <c>?>t</a>"])
    assert b"".join(token.raw for token in tokens) == b"<a>t</a>"


@pytest.mark.parametrize(
    "wrong",
    [
        *(b"<a><![CDATA[x]]></a>", b"<!DOCTYPE a><a/>", b"<a b=c/>", b"<a", b"<a><!-- x</a>", "<名/>".encode()),
        b"<?xml version='1.0' encoding='gb18030'?><a/>",
    ],
)
def test_unusual_parts(wrong):
    with pytest.raises(Unusual):
        list(Scanner([wrong]))


def test_rows_are_given_whole():
    data = b"<d> <r a='1'><c>x</c></r><r/>\n<r></r></d>"
    scanner = Scanner(pieces(data, 4))
    assert next(iter(scanner)).raw == b"<d>"
    assert list(scanner.each(b"r")) == [b" ", b"<r a='1'><c>x</c></r>", b"<r/>", b"\n", b"<r></r>"]
    assert next(iter(scanner)).raw == b"</d>"


@pytest.mark.parametrize("wrong", [b"x<r/></d>", b"<q/></d>", b"<r><!-- --></r></d>", b"<r></r"])
def test_rows_among_other_things(wrong):
    scanner = Scanner([b"<d>" + wrong])
    assert next(iter(scanner)).raw == b"<d>"
    with pytest.raises(Unusual):
        list(scanner.each(b"r"))


def test_editing_takes_out_elements_attributes_and_text():
    data = b'<a p="1" x:q="2"><b>gone<c/></b>text<f>kept</f><w><v/></w></a>'
    out = edit(
        Scanner([data]),
        drop=lambda name, _attributes, depth: name == b"b" and depth == 1,
        whole={b"w": bytes.upper},
        strip={b"a": frozenset({b"q"})},
        text=frozenset({b"f"}),
    )
    assert b"".join(out) == b'<a p="1"><f>kept</f><W><V/></W></a>'
    assert b"".join(edit(Scanner([XML]), drop=lambda *_: False, text=frozenset({b"f"}))) == XML


def test_lists_without_some_children():
    data = b'<l count="2"><a/><b><c/></b></l>'
    assert split(data) == (b'<l count="2">', [b"<a/>", b"<b><c/></b>"], b"</l>")
    assert rejoined(data, [b"<a/>"]) == b'<l count="1"><a/></l>'
    assert rejoined(data, [b"<a/>", b"<b><c/></b>"]) is data
    assert rejoined(data.replace(b"<a/>", b"<a/>text<!-- c -->"), [b"<a/>", b"<b><c/></b>"]) == data
    assert rejoined(data, []) is None


def test_text_in_and_out():
    for text in ("a<b>&c", "_x0041_", "_x005F_", "\x01\r", "\ufffe", "龑𠮷"):
        assert "\r" not in quoted(text).decode()
        assert "<" not in quoted(text).decode()
    assert quoted("_x0041_ a\r") == b"_x005F_x0041_ a_x000D_"
    assert plain(b"&lt;&#24352;&#x5F20;&amp;amp;") == "<张张&amp;"
    with pytest.raises(Unusual):
        plain(b"&#xD800;")
    assert without(b"<a b='1' r:id='2' id=\"3\">", frozenset({b"id"})) == b"<a b='1'>"
