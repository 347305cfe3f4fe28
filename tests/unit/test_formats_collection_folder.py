import gzip
import hashlib
import os
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kouan.formats import Limits, ReadOptions, file_paths, member_names, open_source
from kouan.model.errors import KouanError
from tests import workbooks
from tests.folders import PARTS, folder, opened, tables, written_back


def refused(path, **limits):
    with pytest.raises(KouanError) as caught:
        opened(path, ReadOptions(limits=Limits(**limits)))
    return caught.value.code


def test_files_of_one_schema_are_one_table(tmp_path):
    source = opened(folder(tmp_path / "cases", PARTS))
    assert (source.format, source.detail, source.complete) == ("folder", "csv × 3", True)
    assert [(entity.name, entity.rows) for entity in source.entities] == [("cases", 3), ("ae", 1)]
    assert [row["id"] for row in tables(source)["cases"]] == ["1", "2", "3"]
    assert [note.en for note in source.notes] == [
        "The tables of 2 files have the same columns and are read as one table “cases”: a.csv, b.csv."
    ]
    assert member_names(source) == ("a.csv", "b.csv", "sub/ae.csv")
    assert file_paths(source)[0] == tmp_path / "cases" / "a.csv"


def test_digest_is_what_sha256sum_says_of_all_files(tmp_path):
    source = opened(folder(tmp_path / "cases", PARTS))
    lines = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(PARTS.items()))
    assert source.sha256 == f"sha256:{hashlib.sha256(lines.encode()).hexdigest()}"
    assert source.size == sum(map(len, PARTS.values()))


def test_columns_in_another_order_and_columns_that_are_asked_for(tmp_path):
    source = opened(folder(tmp_path / "d", {"a.csv": b"id,city\n1,x\n", "b.csv": b"city,id\ny,2\n"}))
    (entity,) = source.entities
    assert [batch.to_pylist() for batch in entity.batches(["city"])] == [[{"city": "x"}, {"city": "y"}]]
    assert [batch.num_rows for batch in entity.batches([])] == [2]
    files, _ = written_back(source, tmp_path / "out")
    assert [file.path.read_bytes() for file in files] == [b"id,city\n1,x\n", b"city,id\ny,2\n"]


def test_same_columns_in_another_format_are_another_table(tmp_path):
    path = folder(tmp_path / "d", {"a.csv": b"id,city\n1,x\n", "b.csv": b"id,city\n2,y\n"})
    pq.write_table(pa.table({"id": ["3"], "city": ["z"]}), path / "a.parquet")
    assert [entity.name for entity in opened(path).entities] == ["d", "a"]


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (["x/t.csv", "y/t.csv"], ["x/t", "y/t"]),
        (["dm.csv", "ae.csv"], ["ae", "dm"]),
        (["dm.csv", "dm.txt"], ["dm.csv", "dm.txt"]),
    ],
)
def test_tables_alone_are_told_apart(tmp_path, files, names):
    path = folder(tmp_path / "d", {name: b"k%d,v\n1,a\n" % place for place, name in enumerate(files)})
    assert [entity.name for entity in opened(path).entities] == names


def test_two_sets_of_partitions_are_named_by_what_their_files_share(tmp_path):
    files = {f"{kind}-{part}.csv": f"{kind},v\n1,a\n".encode() for kind in ("dm", "ae") for part in (1, 2)}
    assert [entity.name for entity in opened(folder(tmp_path / "d", files)).entities] == ["ae", "dm"]


def test_sheets_merge_by_their_titles(tmp_path):
    (tmp_path / "d").mkdir()
    for name in ("n1", "n2"):
        workbooks.honest(tmp_path / "d" / f"{name}.xlsx", {"人": [["k", "v"], ["a", 1]], "物": [["k", "v"], ["b", 2]]})
    source = opened(tmp_path / "d")
    assert [(entity.name, entity.rows) for entity in source.entities] == [("人", 2), ("物", 2)]
    files, _ = written_back(source, tmp_path / "out")
    assert tables(opened(tmp_path / "out")) == tables(source)
    assert [(file.path.name, file.rows) for file in files] == [("n1.xlsx", 2), ("n2.xlsx", 2)]


def test_comes_back_byte_for_byte_each_file_with_its_rows(tmp_path):
    path = folder(tmp_path / "cases", {**PARTS, "c.csv": b"id,city\n"})
    files, said = written_back(opened(path), tmp_path / "out" / "cases")
    assert {str(file.path.relative_to(tmp_path / "out" / "cases")): file.rows for file in files} == {
        "a.csv": 2,
        "b.csv": 1,
        "c.csv": 0,
        "sub/ae.csv": 1,
    }
    for file in files:
        assert file.path.read_bytes() == (path / file.path.relative_to(tmp_path / "out" / "cases")).read_bytes()
    assert [part.entity for file in files for part in file.parts] == ["cases", "cases", "cases"]
    assert said == ()
    assert not list(tmp_path.rglob(".*"))


def test_rows_that_are_held_back_and_files_that_lose_all_of_them(tmp_path):
    source = opened(folder(tmp_path / "cases", PARTS))
    stay = {"1": True, "2": False, "3": False}

    def keep(entity, batch):
        return pa.array([stay[key] for key in batch.column("id").to_pylist()]) if entity == "cases" else None

    files, said = written_back(source, tmp_path / "out", keep)
    assert [(file.path.name, file.rows) for file in files] == [("a.csv", 1), ("ae.csv", 1)]
    assert (tmp_path / "out" / "a.csv").read_bytes() == b"id,city\n1,x\n"
    assert [note.en for note in said] == ["1 files have no row left and are not written at all."]
    merged = {part.member: {part.table: part.entity} for file in files for part in file.parts}
    again = open_source(tmp_path / "out", name="out", options=ReadOptions(merged=merged))
    assert [entity.name for entity in again.entities] == ["cases", "ae"]


def test_nothing_is_written_when_no_row_stays_or_an_error_ends_it(tmp_path):
    source = opened(folder(tmp_path / "cases", {"a.csv": b"id\n1\n"}))
    assert written_back(source, tmp_path / "out", lambda _, batch: pa.array([False] * batch.num_rows))[0] == []
    with pytest.raises(ValueError, match="fewer rows"):
        written_back(source, tmp_path / "out", lambda *_: (_ for _ in ()).throw(ValueError("fewer rows")))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cases"]


def test_pattern(tmp_path):
    folder(tmp_path / "in", {**PARTS, "n.txt": b"q,w\n1,2\n", "x[1].csv": b"k,l\n1,2\n"})

    def names(pattern):
        return member_names(open_source(tmp_path / pattern, name=pattern))

    assert names("in/*.csv") == ("a.csv", "b.csv", "x[1].csv")
    assert names("in/**/*.csv") == ("a.csv", "b.csv", "sub/ae.csv", "x[1].csv")
    assert names("i?/*/*.csv") == ("in/sub/ae.csv",)
    assert names("in/[ab].csv") == ("a.csv", "b.csv")
    assert open_source(tmp_path / "in/x[1].csv", name="in/x[1].csv").format == "csv"
    with pytest.raises(KouanError, match="K-FMT-040"):
        names("in/*.parquet")


def test_two_patterns_share_a_folder_when_written(tmp_path):
    folder(tmp_path / "in", {**PARTS, "n.txt": b"q,w\n1,2\n"})
    for pattern in ("in/*.csv", "in/*.txt"):
        written_back(open_source(tmp_path / pattern, name=pattern), tmp_path / "out" / pattern)
    assert sorted(path.name for path in (tmp_path / "out" / "in").iterdir()) == ["a.csv", "b.csv", "n.txt"]
    with pytest.raises(KouanError, match="K-FMT-028"):
        written_back(open_source(tmp_path / "in/a*.csv", name="in/a*.csv"), tmp_path / "out" / "in/a*.csv")
    assert sorted(path.name for path in (tmp_path / "out" / "in").iterdir()) == ["a.csv", "b.csv", "n.txt"]


def test_one_file_in_gzip_may_be_inside_and_no_other_archive(tmp_path):
    from tests.folders import zipped

    path = folder(tmp_path / "d", {"a.csv.gz": gzip.compress(b"k,v\n1,2\n", mtime=0)})
    zipped(path / "z.zip", PARTS)
    source = opened(path)
    assert not source.complete
    assert [(entity.name, entity.rows) for entity in source.entities] == [("a", 1)]
    assert any("K-FMT-044" in note.en and "z.zip" in note.en for note in source.notes)
    files, _ = written_back(source, tmp_path / "out")
    assert [gzip.decompress(file.path.read_bytes()) for file in files] == [b"k,v\n1,2\n"]


def test_a_member_that_cannot_be_read_is_named_and_the_others_are_read(tmp_path):
    path = folder(tmp_path / "d", {"a.csv": b"k,v\n1,2\n", "b.csv": b"k,v\n1,2,3\n", "c.pdf": b"%PDF-1.7 13800000000"})
    source = opened(path)
    assert not source.complete
    assert [(entity.name, entity.rows) for entity in source.entities] == [("a", 1)]
    said = " ".join(note.en for note in source.notes)
    assert "K-FMT-013" in said
    assert "b.csv" in said
    assert "c.pdf" in said
    assert "1380" not in said
    assert [file.path.name for file in written_back(source, tmp_path / "out")[0]] == ["a.csv"]


def test_a_file_without_permission_is_one_that_cannot_be_read():
    superuser = os.geteuid() == 0
    with tempfile.TemporaryDirectory() as place:  # not under tmp_path, which only its owner may enter
        Path(place).chmod(0o755)
        path = folder(Path(place) / "d", PARTS)
        (path / "a.csv").chmod(0)
        if superuser:  # who may read everything, and so reads as nobody
            os.seteuid(65534)
        try:
            notes = opened(path).notes
        finally:
            if superuser:
                os.seteuid(0)
    assert any("K-FMT-003" in note.en for note in notes)


def test_a_refusal_of_the_system_is_one_that_cannot_be_read(tmp_path, monkeypatch):
    path = folder(tmp_path / "d", PARTS)
    true = os.open

    def deny(place, *rest, **more):
        if str(place).endswith("a.csv"):
            raise PermissionError(13, "x")
        return true(place, *rest, **more)

    monkeypatch.setattr("kouan.formats.files.os.open", deny)
    source = opened(path)
    assert any("K-FMT-003" in note.en and "a.csv" in note.en for note in source.notes)
    assert [entity.rows for entity in source.entities] == [1, 1]


def test_none_can_be_read(tmp_path):
    assert (
        refused(folder(tmp_path / "d", {"a.7z": b"7z\xbc\xaf\x27\x1c", "b.7z": b"7z\xbc\xaf\x27\x1c"})) == "K-FMT-005"
    )
    assert refused(folder(tmp_path / "d", {"c.csv": b""})) == "K-FMT-041"
    (tmp_path / "e").mkdir()
    assert refused(tmp_path / "e") == "K-FMT-040"
    assert refused(tmp_path / "f*.csv") == "K-FMT-040"
    with pytest.raises(KouanError, match="K-FMT-001"):
        opened(tmp_path / "none" / "*.csv")


def test_pipes_hidden_files_and_remains_are_left_out(tmp_path):
    path = folder(
        tmp_path / "d", {**PARTS, ".x.csv": b"1", ".git/a.csv": b"1", "~$a.xlsx": b"1", ".a.kouan-part": b"1"}
    )
    os.mkfifo(path / "p.csv")
    (path / "dead.csv").symlink_to("nowhere")
    source = opened(path)
    assert source.complete
    assert member_names(source) == tuple(sorted(PARTS))
    assert [note.en for note in source.notes][:2] == [
        "4 hidden or system files are neither read nor written back: .a.kouan-part, .git, .x.csv, ~$a.xlsx.",
        "2 pipes, sockets, devices or dead links are not read: dead.csv, p.csv.",
    ]


def test_links_stay_inside_count_once_and_never_loop(tmp_path):
    (tmp_path / "secret.csv").write_text("id,city\n9,q\n")
    path = folder(tmp_path / "d", PARTS)
    (path / "sub" / "up").symlink_to("..")
    (path / "self").symlink_to("self")
    (path / "again.csv").symlink_to("a.csv")
    (path / "out.csv").symlink_to("../secret.csv")
    source = opened(path)
    assert not source.complete
    assert [row["id"] for row in tables(source)["d"]] == ["1", "2", "3"]
    said = [note.en for note in source.notes]
    assert any("again.csv, sub/up" in note for note in said)
    assert any("K-FMT-052" in note and "out.csv" in note for note in said)


def test_limits_of_number_and_depth(tmp_path):
    path = folder(tmp_path / "d", PARTS)
    assert refused(path, members=2) == "K-FMT-042"
    assert refused(path, folder_depth=0) == "K-FMT-042"


def test_many_files(tmp_path):
    (tmp_path / "d").mkdir()
    for number in range(300):
        (tmp_path / "d" / f"{number:03}.csv").write_text(f"id,v\n{number},x\n")
    source = opened(tmp_path / "d")
    assert len(list(Path("/proc/self/fd").iterdir())) < 100
    assert [row["id"] for row in tables(source)["d"]] == [str(number) for number in range(300)]
    assert len(written_back(source, tmp_path / "out")[0]) == 300


def test_names_that_are_no_utf8(tmp_path):
    path = folder(tmp_path / "d", {"a.csv": b"k,v\n1,2\n"})
    (path / os.fsdecode(b"\xff.csv")).write_bytes(b"k,v\n1,2\n")
    source = opened(path)
    assert any("K-FMT-053" in note.en for note in source.notes)
    source.sha256.encode()


@pytest.mark.parametrize("change", ["more", "less", "other"])
def test_any_change_is_noticed(tmp_path, change):
    path = folder(tmp_path / "d", PARTS)
    source = opened(path)
    if change == "more":
        (path / "z.csv").write_text("id,city\n7,x\n")
    elif change == "less":
        (path / "a.csv").unlink()
    else:
        (path / "a.csv").write_text("id,city\n1,x\n9,y\n")
    with pytest.raises(KouanError, match="K-FMT-025"):
        source.check_unchanged()


def test_a_definition_beside_transport_files_is_no_data(tmp_path):
    path = folder(tmp_path / "d", {"dm.xpt": b"k,v\n1,2\n", "define.xml": b"<ODM/>", "x/define.xml": b"k,v\n3,4\n"})
    source = opened(path)
    assert member_names(source) == ("dm.xpt", "x/define.xml")
    assert any("Define-XML" in note.en for note in source.notes)


DEFINE = b"""<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3" xmlns:d="http://www.cdisc.org/ns/def/v2.1"><Study OID="s">
<MetaDataVersion OID="m" Name="m" d:DefineVersion="2.1.0"><ItemGroupDef OID="IG.DM" Name="DM" Repeating="No">
<ItemRef ItemOID="IT.K" Mandatory="No"/></ItemGroupDef><ItemDef OID="IT.K" Name="K" DataType="text"><Description>
<TranslatedText>Key of the subject</TranslatedText></Description></ItemDef></MetaDataVersion></Study></ODM>"""


def test_a_definition_names_the_columns(tmp_path):
    source = opened(folder(tmp_path / "d", {"dm.xpt": b"k,v\n1,2\n", "define.xml": DEFINE}))
    (entity,) = source.entities
    assert entity.schema.field("k").metadata == {b"label": b"Key of the subject"}
    assert entity.schema.field("v").metadata is None
    assert tables(source) == {"dm": [{"k": "1", "v": "2"}]}
    assert [file.path.name for file in written_back(source, tmp_path / "out")[0]] == ["dm.xpt"]
