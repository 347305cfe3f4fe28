import base64
import json
from pathlib import Path

import pytest

from kouan.evidence.tlog.keys import SigningKey, VerifierKey, parse_signing_key, parse_vkey
from kouan.evidence.tlog.note import Note, Signature, parse_note, sign_note
from kouan.evidence.trust import TrustStore
from kouan.model.errors import KouanError

GOLDEN = Path(__file__).parents[1] / "golden" / "tlog" / "vectors.json"
VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
SIGNATURE = "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
EXAMPLE = f"This is an example message.\n\n\u2014 example.com/foo {SIGNATURE}\n".encode()


def check(data, *keys):
    note = parse_note(data)
    return TrustStore(keys).check(note.text.encode(), note.signatures, where="note")


def test_the_example_of_c2sp():
    key = parse_vkey(VKEY, "here")
    assert (key.name, key.id.hex(), key.vkey) == ("example.com/foo", "530d903a", VKEY)
    assert check(EXAMPLE, key) == key
    assert parse_note(EXAMPLE).to_bytes() == EXAMPLE
    with pytest.raises(KouanError) as error:
        check(EXAMPLE.replace(b"example message", b"exemple message"), key)
    assert error.value.code == "K-EVI-041"


def test_notes_and_keys_of_the_go_implementation():
    for case in json.loads(GOLDEN.read_text())["Notes"]:
        key = parse_signing_key(case["Skey"], "here")
        assert key.seed == base64.b64decode(case["Seed"])
        assert key.to_text() == case["Skey"]
        assert key.verifier.vkey == case["Vkey"]
        assert parse_vkey(case["Vkey"], "here") == key.verifier
        assert sign_note(case["Text"], key).to_bytes().decode() == case["Note"]
        assert parse_note(case["Note"].encode()).text == case["Text"]


def test_several_signatures_and_unknown_keys():
    one, two, three = (SigningKey(f"k{at}", bytes([at]) * 32) for at in range(3))
    note = sign_note("text\n", one, two)
    assert check(note.to_bytes(), three.verifier, two.verifier) == two.verifier
    with pytest.raises(KouanError) as error:
        check(note.to_bytes(), three.verifier)
    assert error.value.code == "K-EVI-040"
    assert one.verifier.label in error.value.what.en
    assert two.verifier.label in error.value.what.zh


def test_a_bad_signature_of_a_known_key_rejects_a_note_that_another_known_key_signed():
    one, two = (SigningKey(f"k{at}", bytes([at]) * 32) for at in range(2))
    good = sign_note("text\n", one).signatures
    bad = Signature("k1", two.verifier.id, bytes(64))
    for signatures in ((*good, bad), (bad, *good)):
        with pytest.raises(KouanError) as error:
            check(Note("text\n", signatures).to_bytes(), one.verifier, two.verifier)
        assert error.value.code == "K-EVI-041"


def test_a_key_of_the_same_name_and_another_id_is_unknown():
    mine, other = SigningKey("same", bytes(32)), SigningKey("same", b"\x01" * 32)
    with pytest.raises(KouanError) as error:
        check(sign_note("text\n", other).to_bytes(), mine.verifier)
    assert error.value.code == "K-EVI-040"


def test_sixteen_signatures_are_taken_and_a_flood_is_not():
    keys = [SigningKey(f"k{at}", bytes([at]) * 32) for at in range(65)]
    assert check(sign_note("text\n", *keys[:16]).to_bytes(), keys[15].verifier) == keys[15].verifier
    with pytest.raises(ValueError, match="many"):
        parse_note(sign_note("text\n", *keys).to_bytes())


@pytest.mark.parametrize(
    "bad",
    [
        b"", b"text\n", b"text\n\n", EXAMPLE[:-1], EXAMPLE + b"\n", EXAMPLE.replace(b"\xe2\x80\x94", b"--"),
        EXAMPLE.replace(b"This", b"Th\ris"), EXAMPLE.replace(b"This", b"Th\xffis"), EXAMPLE.replace(b"QM=", b"QN="),
        EXAMPLE.replace(b"QM=", b"QM"), EXAMPLE.replace(b"foo Uw", b"foo  Uw"), EXAMPLE.replace(b"/foo", b"+foo"),
        b"text\n\n\xe2\x80\x94 name AAAAAA==\n", b"text\n\n\xe2\x80\x94 name \n",
    ],
)  # fmt: skip
def test_what_is_no_note(bad):
    with pytest.raises(ValueError, match=r"."):
        parse_note(bad)


def test_a_text_without_final_line_feed_is_not_signed():
    for text in ("text", "te\rxt\n", "te\x00xt\n"):
        with pytest.raises(ValueError, match="plain text"):
            sign_note(text, SigningKey("k", bytes(32)))


@pytest.mark.parametrize(
    "bad",
    [
        "", "name", VKEY[:-1], VKEY.replace("530d", "530e"), VKEY.replace("foo", "fo"), VKEY.replace("AekyeR", "BekyeR"),
        VKEY + "\n", VKEY.replace("example.com/foo", "exam ple"), VKEY.replace("+AekyeR", "+AAAA"),
    ],
)  # fmt: skip
def test_what_is_no_vkey(bad):
    with pytest.raises(KouanError) as error:
        parse_vkey(bad, "trust.vkey:1")
    assert error.value.code == "K-EVI-006"
    assert error.value.where == "trust.vkey:1"


def test_a_key_verifies_only_its_own_signatures():
    signer = SigningKey("k", b"\x05" * 32)
    signature = signer.sign(b"message")
    assert signer.verifier.verifies(b"message", signature)
    assert not signer.verifier.verifies(b"messagf", signature)
    assert not signer.verifier.verifies(b"message", signature[:-1])
    assert not VerifierKey("k", SigningKey("k", bytes(32)).verifier.public).verifies(b"message", signature)
