import base64
import json
import shutil

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kouan.evidence.check import check_folder
from kouan.evidence.dsse import pae, parse_envelope, sign_envelope
from kouan.evidence.label import PAYLOAD_TYPE, Claims, make_label, verify_label
from kouan.evidence.sealing import hash_folder, seal
from kouan.evidence.tlog.keys import SigningKey
from kouan.evidence.trust import TrustStore
from kouan.model.errors import KouanError
from kouan.model.release import FileEntry
from tests.support_evidence import NOW, TOOL, TRANSFER, make_home, sealed_folder

SIGNER = SigningKey("exporter.example", b"\x03" * 32)
TRUST = TrustStore((SIGNER.verifier,))
PARENT = "sha256:" + "a" * 64
CLAIMS = Claims("药物警戒", ("standard_contract",), ("filing",), None, PARENT, NOW)
FILES = (FileEntry(path="数据.csv", size=3, sha256="sha256:" + "b" * 64),)
LABEL = make_label(CLAIMS, FILES, signer=SIGNER)


def test_pae_as_the_dsse_specification_writes_it():
    wanted = b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    assert pae("http://example.com/HelloWorld", b"hello world") == wanted
    assert pae("类", "值".encode()) == b"DSSEv1 3 \xe7\xb1\xbb 3 \xe5\x80\xbc"
    assert pae("", b"") == b"DSSEv1 0  0 "


def test_a_label_is_an_in_toto_statement_that_plain_tools_verify():
    envelope = json.loads(LABEL)
    payload = base64.b64decode(envelope["payload"], validate=True)
    statement = json.loads(payload)
    assert envelope["payloadType"] == "application/vnd.in-toto+json"
    assert statement["_type"] == "https://in-toto.io/Statement/v1"
    assert statement["predicateType"] == "tag:kouan,2026:label/v1"
    assert statement["subject"] == [{"name": "数据.csv", "digest": {"sha256": "b" * 64}}]
    assert statement["predicate"]["parent"] == PARENT
    assert statement["predicate"]["released_at"] == "2026-11-22T08:00:00Z"
    (signature,) = envelope["signatures"]
    assert signature["keyid"] == SIGNER.verifier.label
    message = b"DSSEv1 28 application/vnd.in-toto+json %d %b" % (len(payload), payload)
    Ed25519PublicKey.from_public_bytes(SIGNER.verifier.public).verify(base64.b64decode(signature["sig"]), message)


def test_a_label_reads_back():
    label = verify_label(LABEL, TRUST, "label")
    assert label.claims == CLAIMS
    assert label.files == {"数据.csv": "sha256:" + "b" * 64}
    assert label.signed_by == SIGNER.verifier


def test_every_flipped_byte_is_refused():
    for at in range(len(LABEL) - 1):  # the final line feed is outside the JSON value
        changed = bytearray(LABEL)
        changed[at] ^= 1
        with pytest.raises(KouanError) as error:
            verify_label(bytes(changed), TRUST, "label")
        assert error.value.code in {"K-EVI-040", "K-EVI-041", "K-EVI-045"}
        assert error.value.where == "label"


def test_an_unknown_key_is_named():
    with pytest.raises(KouanError) as error:
        verify_label(LABEL, TrustStore(), "label")
    assert error.value.code == "K-EVI-040"
    assert SIGNER.verifier.label in error.value.what.en


def statement(**changes):
    good = json.loads(base64.b64decode(json.loads(LABEL)["payload"]))
    return json.dumps({**good, **changes}).encode()


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("text/plain", statement()), (PAYLOAD_TYPE, b"{}"), (PAYLOAD_TYPE, b"[]"), (PAYLOAD_TYPE, b"\xff"), (PAYLOAD_TYPE, b"1"),
        (PAYLOAD_TYPE, statement(_type="other")), (PAYLOAD_TYPE, statement(predicateType="other")), (PAYLOAD_TYPE, statement(subject=[1])),
        (PAYLOAD_TYPE, statement(subject=None)), (PAYLOAD_TYPE, statement(predicate={})), (PAYLOAD_TYPE, statement(predicate=[])),
        (PAYLOAD_TYPE, statement(subject=[{"name": "a", "digest": {"sha256": "b" * 64}}] * 2)),
        (PAYLOAD_TYPE, statement(predicate={"transfer": "t", "pathway": [], "conditions": [], "plan": None, "parent": PARENT, "released_at": "x"})),
    ],
)  # fmt: skip
def test_a_well_signed_label_of_another_form_is_refused(kind, payload):
    with pytest.raises(KouanError) as error:
        verify_label(sign_envelope(kind, payload, signer=SIGNER).to_bytes(), TRUST, "label")
    assert error.value.code == "K-EVI-045"


@pytest.mark.parametrize(
    "change",
    [
        {"signatures": []},
        {"payload": 1},
        {"signatures": [1]},
        {"signatures": [{"keyid": "a+b", "sig": ""}]},
        {"more": 1},
        {"payloadType": None},
    ],
)
def test_what_is_no_envelope(change):
    with pytest.raises(ValueError, match=r"."):
        parse_envelope(json.dumps({**json.loads(LABEL), **change}).encode())


def seal_again(folder, home, parent):
    return seal(folder, kind="release", transfer=TRANSFER, log=home.log, clock=lambda: NOW, tool=TOOL, parent=parent)


def test_a_label_must_cover_the_very_files_of_its_release(tmp_path):
    home = make_home(tmp_path / "home")
    sealed = sealed_folder(tmp_path / "f", home)
    released = tmp_path / "f" / "released"
    (released / "more.csv").write_text("smuggled")
    seal_again(released, home, sealed.sha256)
    (problem,) = check_folder(tmp_path / "f", home.trust).all_problems
    assert (problem.code, problem.where) == ("K-EVI-046", "released/label.dsse.json")
    shutil.rmtree(released / "more.csv", ignore_errors=True)
    (released / "more.csv").unlink()
    claims = Claims(TRANSFER, (), (), None, PARENT, NOW)
    files = [entry for entry in hash_folder(released) if entry.path != "label.dsse.json"]
    (released / "label.dsse.json").write_bytes(make_label(claims, files, signer=home.signer))
    seal_again(released, home, sealed.sha256)
    (problem,) = check_folder(tmp_path / "f", home.trust).all_problems
    assert problem.code == "K-EVI-046"


def test_a_release_without_label_is_refused(tmp_path):
    home = make_home(tmp_path / "home")
    sealed = sealed_folder(tmp_path / "f", home)
    (tmp_path / "f" / "released" / "label.dsse.json").unlink()
    seal_again(tmp_path / "f" / "released", home, sealed.sha256)
    (problem,) = check_folder(tmp_path / "f", home.trust).all_problems
    assert problem.code == "K-EVI-044"
