import hashlib
import hmac
import os

import pytest

from kouan.evidence.keystore import FileKeyStore
from kouan.evidence.signing import open_signer, vkey_path
from kouan.evidence.trust import TrustStore
from kouan.model.errors import KouanError
from tests.support_evidence import counted


def hkdf(root, info, length):
    """RFC 5869 by hand, without salt."""
    secret = hmac.new(bytes(32), root, hashlib.sha256).digest()
    block, output = b"", b""
    while len(output) < length:
        block = hmac.new(secret, block + info + bytes([len(output) // 32 + 1]), hashlib.sha256).digest()
        output += block
    return output[:length]


def test_keys_are_derived_as_rfc_5869_says(tmp_path):
    store = FileKeyStore.open(tmp_path, create=True, random=lambda size: b"\x07" * size)
    assert store.derive("pseudonym/2026", 48) == hkdf(b"\x07" * 32, b"kouan/v1/48/pseudonym/2026", 48)
    again = FileKeyStore.open(tmp_path, create=False)
    assert again.derive("pseudonym/2026") == store.derive("pseudonym/2026")
    assert again.derive("pseudonym/2027") != store.derive("pseudonym/2026")


def test_a_fingerprint_names_the_key_and_reveals_nothing(tmp_path):
    store = FileKeyStore.open(tmp_path, create=True)
    name = store.fingerprint("pseudonym/2026")
    assert name.startswith("hkdf-sha256:")
    assert len(name) == 28
    assert name != store.fingerprint("pseudonym/2027")
    assert name.removeprefix("hkdf-sha256:") not in store.derive("pseudonym/2026").hex()
    assert store.derive("pseudonym/2026").hex() not in repr(store)


def test_permissions(tmp_path):
    FileKeyStore.open(tmp_path / "home", create=True)
    open_signer(tmp_path / "home", create=True)
    keys = tmp_path / "home" / "keys"
    assert keys.stat().st_mode & 0o777 == 0o700
    assert {path.name: path.stat().st_mode & 0o777 for path in keys.iterdir()} == {
        "root.key": 0o600,
        "signing.key": 0o600,
    }


@pytest.mark.parametrize("opener", [FileKeyStore.open, open_signer])
def test_a_missing_key_is_not_made_unasked(tmp_path, opener):
    with pytest.raises(KouanError) as error:
        opener(tmp_path, create=False)
    assert error.value.code == "K-EVI-001"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("target", "mode"), [("keys/root.key", 0o640), ("keys/root.key", 0o604), ("keys", 0o750)])
def test_a_key_open_to_others_is_refused_with_the_remedy(tmp_path, target, mode):
    FileKeyStore.open(tmp_path, create=True)
    (tmp_path / target).chmod(mode)
    with pytest.raises(KouanError) as error:
        FileKeyStore.open(tmp_path, create=True)
    assert error.value.code == "K-EVI-002"
    assert f"chmod {'700' if target == 'keys' else '600'} {tmp_path / target}" in error.value.fix.en


@pytest.mark.parametrize("content", [b"", b"kouan-root-key/v1 hkdf-sha256 00\n", b"\xff" * 97, b"x" * 9000])
def test_a_malformed_key_is_refused_and_kept(tmp_path, content):
    FileKeyStore.open(tmp_path, create=True)
    key = tmp_path / "keys" / "root.key"
    key.write_bytes(content)
    with pytest.raises(KouanError) as error:
        FileKeyStore.open(tmp_path, create=True)
    assert error.value.code == "K-EVI-003"
    assert key.read_bytes() == content


def test_links_and_special_files_are_refused(tmp_path):
    FileKeyStore.open(tmp_path / "a", create=True)
    key = tmp_path / "a" / "keys" / "root.key"
    (tmp_path / "b" / "keys").mkdir(parents=True, mode=0o700)
    (tmp_path / "b" / "keys").chmod(0o700)
    other = tmp_path / "b" / "keys" / "root.key"
    other.symlink_to(key)
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "keys").symlink_to(tmp_path / "a" / "keys")
    for home in ("b", "c"):
        with pytest.raises(KouanError) as error:
            FileKeyStore.open(tmp_path / home, create=True)
        assert error.value.code == "K-EVI-004"
    other.unlink()
    os.mkfifo(other, 0o600)
    with pytest.raises(KouanError) as error:
        FileKeyStore.open(tmp_path / "b", create=True)
    assert error.value.code == "K-EVI-004"


def test_another_users_key_is_refused(tmp_path, monkeypatch):
    FileKeyStore.open(tmp_path, create=True)
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(KouanError) as error:
        FileKeyStore.open(tmp_path, create=False)
    assert error.value.code == "K-EVI-004"


def test_a_key_that_another_process_made_first_is_kept(tmp_path):
    def late(size):
        FileKeyStore.open(tmp_path, create=True, random=lambda n: b"\x01" * n)
        return b"\x02" * size

    store = FileKeyStore.open(tmp_path, create=True, random=late)
    assert store == FileKeyStore.open(tmp_path, create=False)
    assert (tmp_path / "keys" / "root.key").read_bytes().split()[2] == b"01" * 32
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["root.key"]


def test_a_crash_while_creating_leaves_no_key(tmp_path, monkeypatch):
    def broken(handle):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(KeyboardInterrupt):
        FileKeyStore.open(tmp_path, create=True)
    assert list((tmp_path / "keys").iterdir()) == []


def test_a_signer_keeps_its_name_and_publishes_itself(tmp_path):
    signer = open_signer(tmp_path, create=True, name="某公司/出境")
    shared = vkey_path(tmp_path, signer)
    assert shared.name == "某公司-出境.vkey"
    assert TrustStore.load(shared).keys == TrustStore.of_home(tmp_path).keys == (signer.verifier,)
    assert open_signer(tmp_path, create=False) == open_signer(tmp_path, create=True, name="某公司/出境") == signer
    with pytest.raises(KouanError) as error:
        open_signer(tmp_path, create=True, name="another")
    assert error.value.code == "K-EVI-005"
    assert signer.seed.hex() not in repr(signer)


def test_an_unnamed_signer_is_named_after_its_key(tmp_path):
    random = counted()
    names = {open_signer(tmp_path / str(at), create=True, random=random).name for at in range(3)}
    assert len(names) == 3
    assert all(name.startswith("kouan-") for name in names)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u3000b", "x" * 101])
def test_a_name_that_cannot_stand_in_a_note_is_refused(tmp_path, name):
    with pytest.raises(KouanError) as error:
        open_signer(tmp_path, create=True, name=name)
    assert error.value.code == "K-EVI-005"
    assert not list(tmp_path.iterdir())


def test_a_changed_signing_key_is_refused_without_its_content(tmp_path):
    signer = open_signer(tmp_path, create=True)
    key = tmp_path / "keys" / "signing.key"
    good = key.read_bytes()
    other = b"B" if good[-3:-2] == b"A" else b"A"
    for bad in (good[:-5], good.replace(b"PRIVATE", b"private"), b"\xff\xfe", good[:-3] + other + good[-2:], good * 2):
        key.write_bytes(bad)
        with pytest.raises(KouanError) as error:
            open_signer(tmp_path, create=True)
        assert error.value.code == "K-EVI-003"
        assert signer.to_text()[-20:] not in str(error.value)
