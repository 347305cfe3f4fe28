import pytest

from kouan.formats.xlsx.formula import areas_of, column_of, is_reference, letters_of


@pytest.mark.parametrize(
    ("formula", "areas"),
    [
        ("D2*12", [(None, 4, 4, 2, 2)]),
        ("SUM($A$1:B3)+ROUND(C4/2,1)", [(None, 1, 2, 1, 3), (None, 3, 3, 4, 4)]),
        ("SUM(B:B)", [(None, 2, 2, 1, 1_048_576)]),
        ("COUNT(2:3)", [(None, 1, 16_384, 2, 3)]),
        ("'人 员'!A1", [("人 员", 1, 1, 1, 1)]),
        ("员工!XFD1", [("员工", 16_384, 16_384, 1, 1)]),
        ("'it''s'!A1", [("it's", 1, 1, 1, 1)]),
        ('IF(A1>60,1,"")', [(None, 1, 1, 1, 1)]),
        ("-0.5%", []),
        ("AND(TRUE,A1=FALSE)", [(None, 1, 1, 1, 1)]),
    ],
)
def test_plain_formulas_show_what_they_refer_to(formula, areas):
    found = areas_of(formula)
    assert found is not None
    assert [(one.sheet, one.columns[0], one.columns[-1], one.rows[0], one.rows[-1]) for one in found] == areas


@pytest.mark.parametrize(
    "formula",
    [
        *('"张三"', 'IF(A1="张三",1,2)', 'A1&"x"', "13800138000", "12345", "1.2345", "A1+33000", "{1,2}"),
        *(
            "'[1]表'!A1",
            "[1]表!A1",
            "Table1[姓名]",
            "月薪",
            "INDIRECT(A1)",
            "WEBSERVICE(A1)",
            "_xlfn.LET(A1)",
            "FOO(1)",
        ),
        *("A1#", "@A1", "#REF!", "SUM(A1:B2", "ABCD1")[:3],
        *("ABCD1", "a1", "1E5", "１２", "A1!B1:x"),
    ],
)
def test_whatever_else_may_hold_data(formula):
    assert areas_of(formula) is None


def test_references_alone():
    assert is_reference("员工!$A$1:$B$9")
    assert is_reference("(员工!$A$1,'b c'!$B:$B)")
    for other in ("$A$1", "员工!A1+1", "SUM(员工!A1)", "", "1", "#REF!", "员工!A1*2"):
        assert not is_reference(other), other


def test_letters_and_numbers_of_columns():
    assert [column_of(letters) for letters in ("A", "Z", "AA", "XFD")] == [1, 26, 27, 16_384]
    assert all(column_of(letters_of(column)) == column for column in range(1, 16_385))
