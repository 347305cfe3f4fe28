"""Pseudonyms of values whose variable is named beside them."""

from __future__ import annotations

import pyarrow as pa
import pytest

from kouan.deidentify.pseudonym import Pseudonym
from kouan.deidentify.rules import Given, transform
from kouan.model.plan import Action, PlanLine
from kouan.model.text import same

KEY = bytes(range(32))
PARAMS = {"kind": "record_id", "unless": "IDVAR", "ends": "SEQ VISITNUM"}
LINE = PlanLine(item="in/!relrec#IDVARVAL", action=Action.PSEUDONYM, params=PARAMS, why=same("t"))


@pytest.mark.parametrize(
    ("variable", "stays"),
    [
        ("AESEQ", True),
        ("aeseq ", True),
        ("VISITNUM", True),
        ("AESPID", False),
        ("", False),
        (None, False),
        ("SEQ.", False),
        ("\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), False),
    ],
)
def test_a_value_stays_only_beside_a_known_end_and_else_has_the_pseudonym_of_its_own_column(variable, stays):
    kernel = transform(LINE, Given(meaning="code", key=KEY))
    values, names = pa.array(["7301001", None, ""]), pa.array([variable] * 3)
    pseudonym = Pseudonym("record_id", KEY)(values).to_pylist()
    assert kernel(values, names).to_pylist() == (values.to_pylist() if stays else pseudonym)
    assert len(kernel(values.slice(0, 0), names.slice(0, 0))) == 0
