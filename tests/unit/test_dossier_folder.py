from __future__ import annotations

import csv
import io
import json

import pytest

from kouan.dossier import make_dossier, write_dossier
from kouan.dossier.sheets import ITEM_COLUMNS, inert, items_csv
from kouan.model.decision import Pathway
from kouan.model.document import Document, Input
from kouan.model.errors import KouanError
from kouan.model.release import Dossier
from tests.documents import hr_case, open_case
from tests.documents_parts import Case, digest
from tests.documents_retail import retail_case


def written(case: Case, out):
    decision = case.decisions.treated or case.decisions.original
    return write_dossier(case.declaration, case.inventory, decision=decision, treatment=case.treatment, out=out)


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_folder_holds_the_document_and_the_tables(tmp_path):
    inputs = (Input(name="decision.json", sha256=digest("d")),)
    case = retail_case()
    dossier = write_dossier(
        case.declaration,
        case.inventory,
        decision=case.decisions.treated,
        treatment=case.treatment,
        out=tmp_path / "dossier",
        inputs=inputs,
    )
    names = sorted(one.name for one in (tmp_path / "dossier").iterdir())
    document = Document[Dossier].model_validate_json((tmp_path / "dossier/dossier.json").read_bytes())
    assert names == ["conditions.md", "dossier.json", "items.csv", "persons.json", "persons.md"]
    assert document.body == dossier
    assert document.inputs == inputs
    for paper in dossier.papers:
        assert paper.ready is None or (tmp_path / "dossier" / paper.ready).is_file()


@pytest.mark.parametrize(
    ("pathway", "total", "ready"),
    [
        (Pathway.SECURITY_ASSESSMENT, 11, 2),
        (Pathway.STANDARD_CONTRACT, 9, 2),
        (Pathway.CERTIFICATION, 5, 2),
        (Pathway.EXEMPT, 7, 2),
    ],
)
def test_papers_of_each_pathway(pathway, total, ready):
    papers = [one for one in make_dossier(open_case().decisions.original).papers if one.pathway is pathway]
    assert (len(papers), sum(one.ready is not None for one in papers)) == (total, ready)
    assert len({one.id for one in papers}) == total


def test_options_stay_empty_while_open_and_are_the_decision_otherwise():
    assert make_dossier(open_case().decisions.original).options == ()
    assert make_dossier(hr_case().decisions.original).options == (Pathway.STANDARD_CONTRACT, Pathway.CERTIFICATION)


def test_items_open_in_excel_and_list_what_leaves():
    case = hr_case()
    data = items_csv(case.inventory, case.treatment)
    rows = rows_of(data)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == len(rows) + 1
    assert tuple(rows[0]) == ITEM_COLUMNS
    assert [one["数据项名称"] for one in rows] == ["工号", "出生日期", "性别", "部门", "月薪", "入职日期"]
    salary = rows[4]
    assert (salary["是否敏感"], salary["认定依据"]) == ("敏感", "GB/T 45574-2025 表A.1 金融账户：收入明细")
    assert rows[0]["示例"] == "（处理后的值，见 staged/）"
    assert salary["示例"] == "2****、1****"


def test_an_item_in_two_tables_is_listed_once():
    rows = rows_of(items_csv(retail_case().inventory, retail_case().treatment))
    members = [one for one in rows if one["数据项名称"] == "member_id"]
    assert len(members) == 1
    assert "data/members.parquet / members / member_id；data/orders.parquet / orders / member_id" in members[0]["备注"]
    assert [one["序号"] for one in rows] == [str(n) for n in range(1, len(rows) + 1)]


def test_without_treatment_everything_is_listed_untouched():
    rows = rows_of(items_csv(hr_case().inventory, None))
    assert len(rows) > 6
    assert {one["处理方式"] for one in rows} == {"未处理"}


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "－1", "  =1", "\u3000@x"])
def test_formulas_are_inert(start):
    assert inert(start) == "'" + start


@pytest.mark.parametrize("cell", ["", "工号", "a=b", "1", " "])
def test_plain_cells_stay(cell):
    assert inert(cell) == cell


def test_a_column_named_like_a_formula_is_inert_in_the_list():
    case = hr_case()
    first = case.inventory.items[0].model_copy(update={"name": '=HYPERLINK("http://x")'})
    inventory = case.inventory.model_copy(update={"items": (first,)})
    assert rows_of(items_csv(inventory, None))[0]["数据项名称"].startswith("'=")


def test_persons_are_this_years_and_deduplicated(tmp_path):
    written(hr_case(), tmp_path)
    data = json.loads((tmp_path / "persons.json").read_text())
    assert [one["flow"] for one in data["flows"]] == ["employee"]
    assert data["flows"][0]["persons"] == {"lo": 3_000, "hi": 3_004}
    assert data["year_to_date_before"] == {"ordinary": 0, "sensitive": 0, "as_of": "2026-11-20"}
    summary = (tmp_path / "persons.md").read_text()
    assert "| 员工 | 3,000–3,004 | 0–6 | 2,998–3,004 | 0 | 否（免予办理） |" in summary
    assert "员工子女" not in summary


def test_names_cannot_break_the_summary(tmp_path):
    case = hr_case()
    head = case.declaration.transfer.model_copy(update={"name": "a\n| b | <script>"})
    declaration = case.declaration.model_copy(update={"transfer": head})
    write_dossier(declaration, case.inventory, decision=case.decisions.treated, treatment=None, out=tmp_path)
    assert "- 出境场景：a ｜ b ｜ ＜script＞\n" in (tmp_path / "persons.md").read_text()


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "taken").write_text("")
    with pytest.raises(KouanError, match="K-DOS-001") as caught:
        written(hr_case(), tmp_path / "taken")
    assert caught.value.where == str(tmp_path / "taken")
