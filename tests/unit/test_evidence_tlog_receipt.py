import pytest

from kouan.evidence.tlog.checkpoint import Checkpoint, parse_checkpoint
from kouan.evidence.tlog.encoding import decode_base64, decode_decimal
from kouan.evidence.tlog.keys import SigningKey
from kouan.evidence.tlog.note import sign_note
from kouan.evidence.tlog.receipt import Receipt, parse_receipt
from kouan.evidence.tlog.tree import leaf_hash, node_hash

SIGNER = SigningKey("origin.example", b"\x09" * 32)
OTHER = leaf_hash(b"first")
TREE = Checkpoint("origin.example", 2, node_hash(OTHER, leaf_hash(b"second")))
RECEIPT = Receipt(b"second", 1, (OTHER,), sign_note(TREE.to_text(), SIGNER))


def test_a_receipt_reads_as_c2sp_writes_it():
    lines = RECEIPT.to_bytes().decode().split("\n")
    assert lines[:3] == ["c2sp.org/tlog-proof@v1", "extra c2Vjb25k", "index 1"]
    assert lines[4:7] == ["", "origin.example", "2"]
    assert parse_receipt(RECEIPT.to_bytes()) == RECEIPT
    assert RECEIPT.holds()
    assert RECEIPT.tree == TREE


@pytest.mark.parametrize(
    ("entry", "index", "proof"),
    [
        (b"Second", 1, (OTHER,)),
        (b"second", 0, (OTHER,)),
        (b"second", 2, (OTHER,)),
        (b"second", 1, ()),
        (b"second", 1, (OTHER, OTHER)),
    ],
)
def test_a_proof_of_something_else_does_not_hold(entry, index, proof):
    assert not Receipt(entry, index, proof, RECEIPT.checkpoint).holds()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"@v1", b"@v2"), (b"extra c2Vjb25k\n", b""), (b"index 1\n", b""), (b"index 1", b"index 01"), (b"index 1", b"index +1"),
        (b"extra c2Vjb25k", b"extra c2Vjb25kA"), (b"\n\n", b"\n"), (b"index 1\n", b"index 1\nAAAA\n"), (b"\n2\n", b"\n02\n"),
        (b"index 1\n", b"index 1\n" + b"A" * 43 + b"=\n" * 1 + (b"A" * 43 + b"=\n") * 63),
    ],
)  # fmt: skip
def test_what_is_no_receipt(old, new):
    data = RECEIPT.to_bytes()
    assert old in data
    with pytest.raises(ValueError, match=r"."):
        parse_receipt(data.replace(old, new, 1))


@pytest.mark.parametrize(
    "text",
    ["", "o\n1\n", "o\n1\nAAAA\n", "o\n-1\n" + "A" * 43 + "=\n", TREE.to_text() + "extension\n", " " + TREE.to_text()],
)
def test_what_is_no_checkpoint(text):
    with pytest.raises(ValueError, match=r"."):
        parse_checkpoint(text)


def test_base64_and_decimals_have_one_spelling():
    assert decode_base64("") == b""
    assert decode_base64("AA==") == b"\x00"
    for bad in ("AB==", "AA=", "AA", "A A=", "AA==\n", "A-==", "ÄA=="):
        with pytest.raises(ValueError, match="Base64"):
            decode_base64(bad)
    assert decode_decimal("0") == 0
    for bad in ("", "00", "01", "-1", "+1", "1 ", "1\n", "١", "9" * 19):
        with pytest.raises(ValueError, match="decimal"):
            decode_decimal(bad)
