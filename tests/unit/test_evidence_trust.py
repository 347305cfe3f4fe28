import pytest

from kouan.evidence.tlog.keys import SigningKey
from kouan.evidence.trust import TrustStore
from kouan.model.errors import KouanError

ONE, TWO = (SigningKey(name, bytes(32)).verifier for name in ("one", "two"))


def test_files_and_folders_are_read(tmp_path):
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust" / "a.vkey").write_text(f"# 某公司\n\n  {ONE.vkey}  \r\n", encoding="utf-8-sig")
    (tmp_path / "trust" / "notes.txt").write_text("not read")
    (tmp_path / "both").write_text(f"{TWO.vkey}\n{ONE.vkey}\n")
    assert TrustStore.load(tmp_path / "trust").keys == (ONE,)
    assert TrustStore.load(tmp_path / "trust", tmp_path / "both").keys == (ONE, TWO)
    assert TrustStore.of_home(tmp_path).keys == (ONE,)
    assert TrustStore.of_home(tmp_path / "nowhere").keys == ()


def test_problems_name_file_and_line(tmp_path):
    (tmp_path / "bad.vkey").write_text(f"{ONE.vkey}\nnonsense\n")
    (tmp_path / "bytes.vkey").write_bytes(b"\xff\xfe")
    for name, code, where in (
        ("bad.vkey", "K-EVI-006", "bad.vkey:2"),
        ("bytes.vkey", "K-EVI-007", "bytes.vkey"),
        ("absent.vkey", "K-EVI-007", "absent.vkey"),
    ):
        with pytest.raises(KouanError) as error:
            TrustStore.load(tmp_path / name)
        assert error.value.code == code
        assert error.value.where.endswith(where)


def test_a_key_inside_the_folder_proves_nothing(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "key.vkey").write_text(ONE.vkey)
    (tmp_path / "link.vkey").symlink_to(folder / "key.vkey")
    (tmp_path / "folder.vkey").write_text(ONE.vkey)
    TrustStore.load(tmp_path / "folder.vkey").refuse_inside(folder)
    for source in (folder / "key.vkey", folder, tmp_path / "link.vkey"):
        with pytest.raises(KouanError) as error:
            TrustStore.load(source).refuse_inside(folder)
        assert error.value.code == "K-EVI-008"
