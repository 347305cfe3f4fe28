"""Plain text: a row per line, written back with its own endings."""

import codecs

import pyarrow as pa
import pytest

from kouan.formats import ReadOptions, open_sink, open_source
from kouan.formats.options import Limits
from kouan.model.errors import KouanError

LINES = "标题\r\n\r\n  王甲说：好。\t\n\n末行，没有换行\r又一行。"


@pytest.fixture
def source(tmp_path):
    def make(data, **options):
        path = tmp_path / "a.txt"
        path.write_bytes(data)
        return open_source(path, name="a.txt", options=ReadOptions(**options))

    return make


def texts(source):
    (entity,) = source.entities
    return [text for batch in entity.batches() for text in batch.column("text").to_pylist()]


def write(path, source, treat=lambda text: text, keep=lambda _text: True):
    (entity,) = source.entities
    with open_sink(path, source, schemas={entity.name: entity.schema}) as sink:
        for batch in entity.batches():
            raw = batch.column("text").to_pylist()
            treated = pa.RecordBatch.from_arrays([pa.array([treat(text) for text in raw], pa.string())], ["text"])
            sink.write(entity.name, treated, pa.array([keep(text) for text in raw]))
    return path.read_bytes() if path.exists() else None


@pytest.mark.parametrize(
    ("codec", "mark"),
    [("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("gb18030", b""), ("utf-16-le", codecs.BOM_UTF16_LE)],
)
def test_untreated_it_is_the_same_bytes_and_a_treated_line_keeps_its_ending(source, tmp_path, codec, mark):
    data = mark + LINES.encode(codec)
    found = source(data, batch_rows=2)
    assert found.format == "text"
    assert texts(found) == ["标题", "  王甲说：好。\t", "末行，没有换行", "又一行。"]
    assert write(tmp_path / "out", found) == data
    assert write(tmp_path / "new", found, lambda text: text.replace("王甲", "［姓名］")) == (
        mark + LINES.replace("王甲", "［姓名］").encode(codec)
    )


def test_a_value_taken_out_leaves_its_line_and_a_row_held_back_takes_it_along(source, tmp_path):
    found = source(LINES.encode())
    assert write(tmp_path / "a", found, lambda text: None if "王" in text else text) == (
        "标题\r\n\r\n\n\n末行，没有换行\r又一行。".encode()
    )
    assert write(tmp_path / "b", found, keep=lambda text: "王" not in text) == (
        "标题\r\n\r\n\n末行，没有换行\r又一行。".encode()
    )
    assert write(tmp_path / "c", found, keep=lambda _text: False) is None


def test_a_treated_value_never_makes_a_line_more(source, tmp_path):
    found = source(LINES.encode())
    done = write(tmp_path / "a", found, lambda text: "a\nb\r\nc" if text == "标题" else text)
    assert done.startswith(b"a b c\r\n\r\n")


def test_what_its_encoding_lacks_is_refused(source, tmp_path):
    found = source("Ein Satz über Öl und Größe. Noch ein Satz.\n".encode("cp1252"), encoding="cp1252")
    with pytest.raises(KouanError) as caught:
        write(tmp_path / "a", found, lambda _text: "王")
    assert caught.value.code == "K-FMT-029"
    assert not (tmp_path / "a").exists()


def test_a_line_without_end_is_refused(source):
    found = source(("标题。\n" + "很长。" * 400).encode(), limits=Limits(row_bytes=1000))
    with pytest.raises(KouanError) as caught:
        texts(found)
    assert caught.value.code == "K-FMT-014"


def test_texts_of_a_folder_are_one_table_and_go_back_apart(tmp_path):
    folder = tmp_path / "notes"
    folder.mkdir()
    for name in "ab":
        (folder / f"{name}.txt").write_text(f"第{name}份。\n到此为止，谢谢。\n", "utf-8")
    found = open_source(folder, name="notes", options=ReadOptions())
    (entity,) = found.entities
    assert (entity.name, texts(found)[2]) == ("notes", "第b份。")
    with open_sink(tmp_path / "out", found, schemas={entity.name: entity.schema}) as sink:
        for batch in entity.batches():
            sink.write(entity.name, batch)
    assert (tmp_path / "out" / "b.txt").read_bytes() == (folder / "b.txt").read_bytes()
