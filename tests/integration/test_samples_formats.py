"""Files that nobody in this project wrote, read and written back with nothing changed."""

import pyarrow.parquet as pq
import pytest

from kouan.formats import open_sink, open_source

CSV = [
    "samples/airline_nycflights13/airlines.csv",
    "samples/airline_nycflights13/flights_first30k.csv",
    "samples/airline_nycflights13/planes.csv",
    "adult/adult.csv",
    *(
        f"adult/adult_hierarchy_{name}.csv"
        for name in ("age", "education", "marital-status", "native-country", "occupation", "race", "sex")
    ),
]
PARQUET = ["campaign_descriptions", "campaigns", "coupon_redemptions", "demographics", "transactions_first100k"]


def written_back(path, out):
    source = open_source(path, name=path.name)
    (entity,) = source.entities
    with open_sink(out, source, schemas={entity.name: entity.schema}) as sink:
        for batch in entity.batches():
            sink.write(entity.name, batch)
    source.check_unchanged()
    return source


@pytest.mark.parametrize("name", CSV)
def test_delimited_text_comes_back_byte_for_byte(samples, tmp_path, name):
    source = written_back(samples / name, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes() == (samples / name).read_bytes()
    assert (source.entities[0].schema.names[0] == "c1") == ("hierarchy" in name)


@pytest.mark.parametrize("name", PARQUET)
def test_parquet_comes_back_equal(samples, tmp_path, name):
    path = samples / "samples/retail_completejourney" / f"{name}.parquet"
    source = written_back(path, tmp_path / "out.parquet")
    before, after = pq.ParquetFile(path), pq.ParquetFile(tmp_path / "out.parquet")
    with before, after:
        assert source.entities[0].rows == before.metadata.num_rows
        assert after.read().equals(before.read())
        assert after.metadata.row_group(0).column(0).compression == before.metadata.row_group(0).column(0).compression


def test_adult_is_read_as_it_is(samples):
    source = open_source(samples / "adult/adult.csv", name="adult.csv")
    (entity,) = source.entities
    assert source.detail == "utf-8, ;, CRLF"
    assert sum(batch.num_rows for batch in entity.batches()) == 30_162
    assert entity.schema.names[:3] == ["sex", "age", "race"]
    assert source.notes == ()
