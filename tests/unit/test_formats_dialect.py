import pytest

from kouan.formats.delimited.dialect import Cell, first_ending, quoting, records, sniff_delimiter


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(delimiter):
    text = "\n".join(delimiter.join(row) for row in (["a", "b", "c"], ["1,5", "x", ""], ["2,5", "y;z", "w"]))
    if delimiter in ",;":
        text = text.replace("1,5", "15").replace("2,5", "25").replace("y;z", "yz")
    assert sniff_delimiter(text, stated=None, whole=True) == (delimiter, '"')


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\n1\n2\n", (",", '"')),
        ("a;b;c\n1,5;2,5;x\n3,5;4,5;y\n", (";", '"')),
        ("a,b\n'x, y',1\n'z, w',2\n", (",", "'")),
        ("a,b\n'tis,1\nit's,2\n", (",", '"')),
        ('a,b\n"x;y;z",1\n"u;v;w",2\n', (",", '"')),
    ],
)
def test_sniffing(text, found):
    assert sniff_delimiter(text, stated=None, whole=True) == found


def test_stated_delimiter_wins():
    assert sniff_delimiter("a,b^c\n1,2^3\n", stated="^", whole=True) == ("^", '"')


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('a,"b\r\nc",""\n', [["a", "b\r\nc", ""]]),
        ('"x ""y""",z', [['x "y"', "z"]]),
        ("a,\n\nb,c\r\n", [["a", ""], [], ["b", "c"]]),
        ("a,b,", [["a", "b", ""]]),
        ('a,"unclosed\nb', [["a", "unclosed\nb"]]),
    ],
)
def test_records(text, rows):
    found = [[cell.value for cell in row] for row in records(text, delimiter=",", quote='"', whole=True)]
    assert found == rows


def test_the_last_row_of_a_piece_is_left_out():
    rows = list(records("a,b\n1,2\n3,", delimiter=",", quote='"', whole=False))
    assert len(rows) == 2


def test_quoting_by_column():
    rows = [[Cell("a", True), Cell("1", False), Cell("", False)], [Cell("b", True), Cell("2", True), Cell("", False)]]
    assert quoting(rows, 3) == (True, False, False)


@pytest.mark.parametrize(("text", "ending"), [("a\r\nb\n", "\r\n"), ("a\nb", "\n"), ("a\rb", "\r"), ("a", "\n")])
def test_endings(text, ending):
    assert first_ending(text) == ending
