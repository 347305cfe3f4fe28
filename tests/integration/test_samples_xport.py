"""The CDISC pilot study's SDTM tables, read as others read them and written back."""

import hashlib

import pyarrow as pa
import pyarrow.compute as pc
import pyreadstat
import pytest

from kouan.formats import ReadOptions, open_sink, open_source
from kouan.formats.define import read_define, with_labels

NAMES = ["ae", "dm", "ds", "ex", "suppdm", "sv"]


@pytest.fixture
def study(samples):
    return samples / "samples" / "cdisc_sdtm_xpt"


def table_of(source):
    (entity,) = source.entities
    return pa.Table.from_batches(entity.batches(), entity.schema)


@pytest.mark.parametrize("name", NAMES)
def test_values_labels_and_rows_are_those_that_others_read(study, name):
    path = study / f"{name}.xpt"
    source = open_source(path, name=path.name, options=ReadOptions(batch_rows=100))
    table = table_of(source)
    others, meta = pyreadstat.read_xport(str(path), output_format="dict", disable_datetime_conversion=True)
    assert (source.entities[0].name, source.complete, source.notes) == (name, True, ())
    assert source.entities[0].rows == table.num_rows == meta.number_rows
    assert {key: [value or None if value != 0 else value for value in values] for key, values in others.items()} == {
        key: table[key].to_pylist() for key in table.column_names
    }
    labels = [table.schema.field(key).metadata[b"label"].decode() for key in table.column_names]
    assert labels == meta.column_labels


@pytest.mark.parametrize("batch_rows", [97, 65_536])
@pytest.mark.parametrize("name", NAMES)
def test_untouched_files_come_back_byte_for_byte(study, tmp_path, name, batch_rows):
    path = study / f"{name}.xpt"
    source = open_source(path, name=path.name, options=ReadOptions(batch_rows=batch_rows))
    (entity,) = source.entities
    with open_sink(tmp_path / "out.xpt", source, schemas={entity.name: entity.schema}) as sink:
        for batch in entity.batches():
            sink.write(entity.name, batch)
    assert (tmp_path / "out.xpt").read_bytes() == path.read_bytes()


def test_treated_files_are_read_by_others(study, tmp_path):
    source = open_source(study / "dm.xpt", name="dm.xpt")
    (entity,) = source.entities
    names = [name for name in entity.schema.names if name not in {"SUBJID", "RACE"}]

    def treated(name, column):
        if name == "USUBJID":
            return pa.array([hashlib.sha256(cell.encode()).hexdigest()[:26] for cell in column.to_pylist()])
        if name == "AGE":
            return pc.if_else(pc.greater(column, 79), "80+", pc.cast(pc.cast(column, pa.int64()), pa.string()))
        return column

    schema = pa.schema(
        [pa.field(name, pa.string() if name == "AGE" else entity.schema.field(name).type) for name in names]
    )
    with open_sink(tmp_path / "out.xpt", source, schemas={"dm": schema}) as sink:
        for batch in entity.batches(names):
            columns = [treated(name, column) for name, column in zip(names, batch.columns, strict=True)]
            sink.write("dm", pa.RecordBatch.from_arrays(columns, schema=schema), pc.equal(batch.column("SEX"), "F"))
    before, kept = pyreadstat.read_xport(str(study / "dm.xpt"), output_format="dict")
    after, meta = pyreadstat.read_xport(str(tmp_path / "out.xpt"), output_format="dict")
    women = [index for index, sex in enumerate(before["SEX"]) if sex == "F"]
    assert list(after) == meta.column_names == names
    assert meta.number_rows == len(women) > 100
    assert meta.column_names_to_labels.items() <= kept.column_names_to_labels.items()
    for name in set(names) - {"USUBJID", "AGE"}:
        assert after[name] == [before[name][index] for index in women]
    assert after["AGE"] == [str(int(age)) if age < 80 else "80+" for age in (before["AGE"][index] for index in women)]
    assert not set(before["USUBJID"]) & set(after["USUBJID"])


def test_the_define_names_every_variable_as_the_files_do(study):
    define = read_define(study / "define.xml")
    assert define.standard == "CDISC SDTM 3.1.2"
    for name in NAMES:
        schema = open_source(study / f"{name}.xpt", name=name).entities[0].schema
        bare = pa.schema([(field.name, field.type) for field in schema])
        assert [field.metadata[b"label"] for field in with_labels(bare, name, define)] == [
            field.metadata[b"label"] for field in schema
        ]
