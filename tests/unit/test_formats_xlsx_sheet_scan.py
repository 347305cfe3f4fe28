from array import array

import pytest

from kouan.formats.xlsx.sheet_scan import SheetScan, Unsafe, parse, text_lengths
from tests.workbooks import sheet


def scanned(rows, lengths=None):
    scan = SheetScan(lengths)
    data = sheet(rows)
    parse(scan, [data[:50], data[50:]])
    return scan


@pytest.mark.parametrize(
    ("rows", "extent"),
    [
        ('<row r="3"><c r="B3"><v>1</v></c><c r="D3"><v>1</v></c></row>', (1, 3)),
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="xfd9"><v>1</v></c></row>', (9, 16384)),
        ('<row r="1"><c r="A1" s="1"/></row><row r="9"><c r="J9" s="2"></c></row>', (0, 0)),
        ("<row><c><v>1</v></c><c/><c><v>1</v></c></row><row/><row><c><v>1</v></c></row>", (3, 3)),
        ('<row r="5"><c><v>1</v></c></row><row><c><v>1</v></c></row>', (2, 1)),
        ("<row><c t='inlineStr' r = 'C7'><is><t>r=\"Z99\"</t></is></c></row>", (1, 1)),
        ("", (0, 0)),
    ],
)
def test_extent_of_values(rows, extent):
    scan = scanned(rows)
    assert (scan.rows, scan.columns) == extent


def test_prefixed_elements_count_too():
    scan = SheetScan()
    parse(scan, [b'<x:worksheet xmlns:x="u"><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:worksheet>'])
    assert scan.rows == 1


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1048577"/>',
        '<row r="4294967295"/>',
        '<row r="x"/>',
        '<row><c r="XFE1"/></row>',
        '<row><c r="A1048577"/></row>',
        '<row><c r="A0"/></row>',
        '<row><c r="1A"/></row>',
        '<row><c r="A&#49;9999999"/></row>',
    ],
)
def test_places_that_no_sheet_has(rows):
    with pytest.raises(Unsafe):
        scanned(rows)


def test_entities_are_never_expanded():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet><c r="A1"><v>&b;</v></c></worksheet>'
    with pytest.raises(Unsafe):
        parse(SheetScan(), [bomb])
    with pytest.raises(Unsafe):
        text_lengths([bomb])


def test_shared_text_elsewhere_is_refused():
    with pytest.raises(Unsafe):
        parse(SheetScan(), [b"<sst><si><t>x</t></si></sst>"])


def test_text_behind_references():
    assert list(text_lengths(["<sst><si><t>四个汉字</t></si><si><r><t>ab</t></r></si><si/></sst>".encode()])) == [
        4,
        2,
        0,
    ]
    scan = scanned('<row><c t="s"><v>1</v></c><c><v>0</v></c><c t="s"><v>0</v></c></row>', array("L", [5, 7]))
    assert (scan.shared, scan.text) == (2, 12)


def test_oddities_are_counted():
    scan = scanned(
        '<row hidden="1"><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row><row hidden="0"/>'
        '</sheetData><cols><col hidden="true"/></cols><mergeCell ref="A1:B2"/><oddFooter>x</oddFooter><sheetData>'
    )
    assert (scan.formulas, scan.errors, scan.merged, scan.hidden, scan.header_footer) == (1, 1, 1, 2, True)
