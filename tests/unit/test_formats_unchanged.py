import pyarrow as pa
import pytest

from kouan.formats import open_source
from kouan.formats.registry import ReadOptions
from kouan.formats.unchanged import ReadOnlySink
from kouan.model.errors import KouanError

TEXT = 'id,name\r\n1,"a"\r\n2,b\r\n3,c'


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "in.csv"
    path.write_bytes(TEXT.encode())
    return open_source(path, name="in.csv", options=ReadOptions(batch_rows=2))


def write(path, source, *, drop=(), change=False, keep=None, size=3):
    (entity,) = source.entities
    names = [name for name in entity.schema.names if name not in drop]
    rows = pa.Table.from_batches(list(entity.batches(names)))
    if change:
        rows = rows.set_column(0, "id", pa.array(["x", *rows["id"].to_pylist()[1:]]))
    with ReadOnlySink(path, source, schemas={entity.name: rows.schema}) as sink:
        for batch in rows.combine_chunks().to_batches(max_chunksize=size):
            sink.write(entity.name, batch, None if keep is None else pa.array(keep))


@pytest.mark.parametrize("size", [1, 3])
def test_nothing_treated_leaves_the_same_bytes_whatever_the_batches(source, tmp_path, size):
    write(tmp_path / "out.csv", source, size=size)
    assert (tmp_path / "out.csv").read_bytes() == TEXT.encode()


@pytest.mark.parametrize("how", [{"change": True}, {"drop": ["name"]}, {"keep": [True, False, True]}])
def test_anything_treated_is_refused_and_nothing_is_written(source, tmp_path, how):
    with pytest.raises(KouanError) as caught:
        write(tmp_path / "out.csv", source, **how)
    assert caught.value.code == "K-FMT-080"
    assert not list(tmp_path.glob("*out*"))


def test_a_file_held_back_as_a_whole_is_not_written(source, tmp_path):
    write(tmp_path / "out.csv", source, keep=[False, False, False])
    assert not (tmp_path / "out.csv").exists()


def test_a_table_left_out_counts_as_treated(source, tmp_path):
    with pytest.raises(KouanError), ReadOnlySink(tmp_path / "out.csv", source, schemas={}):
        pass


def test_rows_that_never_came_are_a_fault(source, tmp_path):
    (entity,) = source.entities
    with (
        pytest.raises(ValueError, match="not all rows"),
        ReadOnlySink(tmp_path / "out.csv", source, schemas={entity.name: entity.schema}),
    ):
        pass
