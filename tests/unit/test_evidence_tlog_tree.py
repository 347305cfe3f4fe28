import base64
import json
from pathlib import Path

import pytest

from kouan.evidence.tlog.proofs import consistency_proof, inclusion_proof, verify_consistency, verify_inclusion
from kouan.evidence.tlog.tiles import node_reader, rows_of
from kouan.evidence.tlog.tree import EMPTY_ROOT, leaf_hash, node_hash, tree_root

GOLDEN = Path(__file__).parents[1] / "golden" / "tlog" / "vectors.json"


def raw(text):
    return base64.b64decode(text)


@pytest.fixture(scope="module")
def golden():
    return json.loads(GOLDEN.read_text())


def nodes(entries):
    rows = rows_of(entries)
    return node_reader(lambda level, low, high: rows[level][low:high])


def test_fixed_hashes():
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert leaf_hash(b"x") == raw("PH6byTDck/AfppmF7yQtn56GHzxTVaokzl70tLinDMs=")


def test_seven_leaves_as_rfc_9162_draws_them():
    a, b, c, d, e, f, j = (leaf_hash(bytes([at])) for at in range(7))
    g, h, i = node_hash(a, b), node_hash(c, d), node_hash(e, f)
    k, left = node_hash(i, j), node_hash(g, h)
    node = nodes([bytes([at]) for at in range(7)])
    assert tree_root(node, 7) == node_hash(left, k)
    assert inclusion_proof(0, 7, node=node) == (b, h, k)
    assert inclusion_proof(3, 7, node=node) == (c, g, k)
    assert inclusion_proof(4, 7, node=node) == (f, j, left)
    assert inclusion_proof(6, 7, node=node) == (i, left)
    assert consistency_proof(3, 7, node=node) == (c, d, g, k)
    assert consistency_proof(4, 7, node=node) == (k,)
    assert consistency_proof(6, 7, node=node) == (i, j, left)


def test_roots_and_leaves_of_the_go_implementation(golden):
    entries = [raw(entry) for entry in golden["Entries"]]
    assert [leaf_hash(entry) for entry in entries] == [raw(leaf) for leaf in golden["Leaves"]]
    node = nodes(entries)
    assert [tree_root(node, size) for size in range(21)] == [raw(root) for root in golden["Roots"]]


def test_inclusion_proofs_of_the_go_implementation(golden):
    node = nodes([raw(entry) for entry in golden["Entries"]])
    assert len(golden["Inclusion"]) == 210
    for case in golden["Inclusion"]:
        wanted = tuple(map(raw, case["Proof"] or []))
        index, size = case["Index"], case["Size"]
        assert inclusion_proof(index, size, node=node) == wanted
        root = raw(golden["Roots"][size])
        assert verify_inclusion(raw(golden["Leaves"][index]), index, size=size, proof=wanted, root=root)


def test_consistency_proofs_of_the_go_implementation(golden):
    node = nodes([raw(entry) for entry in golden["Entries"]])
    assert len(golden["Consistency"]) == 210
    for case in golden["Consistency"]:
        wanted = tuple(map(raw, case["Proof"] or []))
        old, new = case["Old"], case["New"]
        assert consistency_proof(old, new, node=node) == wanted
        roots = {"old_root": raw(golden["Roots"][old]), "new_root": raw(golden["Roots"][new])}
        assert verify_consistency(old, new, proof=wanted, **roots)


def test_what_lies_outside_a_tree_is_refused():
    node = nodes([b"a", b"b"])
    for index, size in ((2, 2), (-1, 2), (0, 0)):
        with pytest.raises(ValueError, match=str(index)):
            inclusion_proof(index, size, node=node)
        assert not verify_inclusion(leaf_hash(b"a"), index, size=size, proof=(), root=leaf_hash(b"a"))
    with pytest.raises(ValueError, match="3"):
        consistency_proof(3, 2, node=node)
    assert not verify_consistency(3, 2, old_root=EMPTY_ROOT, new_root=EMPTY_ROOT, proof=())


def test_an_empty_tree_is_the_beginning_of_every_tree():
    root = leaf_hash(b"a")
    assert consistency_proof(0, 1, node=nodes([b"a"])) == ()
    assert verify_consistency(0, 1, old_root=EMPTY_ROOT, new_root=root, proof=())
    assert not verify_consistency(0, 1, old_root=root, new_root=root, proof=())
    assert not verify_consistency(0, 1, old_root=EMPTY_ROOT, new_root=root, proof=(root,))
