"""Proofs of every small tree hold, and nothing else does."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.evidence.tlog.proofs import consistency_proof, inclusion_proof, verify_consistency, verify_inclusion
from kouan.evidence.tlog.tiles import node_reader, rows_of
from kouan.evidence.tlog.tree import leaf_hash, node_hash, tree_root

ENTRIES = [b"%d" % at for at in range(40)]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]
ROWS = rows_of(ENTRIES)
NODE = node_reader(lambda level, low, high: ROWS[level][low:high])
ROOTS = [tree_root(NODE, size) for size in range(41)]
OTHER = leaf_hash(b"other")


def mth(leaves):
    """RFC 6962 section 2.1 word for word."""
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(mth(leaves[:k]), mth(leaves[k:]))


def altered(proof):
    """Yield the proof too short, too long, swapped, and with each hash replaced."""
    yield proof[:-1] if proof else (OTHER,)
    yield (*proof, OTHER)
    yield (OTHER, *proof)
    if len(proof) > 1 and proof[0] != proof[1]:
        yield (proof[1], proof[0], *proof[2:])
    for at in range(len(proof)):
        yield (*proof[:at], OTHER, *proof[at + 1 :])
        yield (*proof[:at], proof[at][:-1], *proof[at + 1 :])


def test_roots_are_those_of_the_definition():
    assert ROOTS[1:] == [mth(LEAVES[:size]) for size in range(1, 41)]


def test_inclusion_of_every_leaf_in_every_tree_up_to_40():
    for size in range(1, 41):
        for index in range(size):
            proof = inclusion_proof(index, size, node=NODE)
            assert verify_inclusion(LEAVES[index], index, size=size, proof=proof, root=ROOTS[size])
            assert not verify_inclusion(OTHER, index, size=size, proof=proof, root=ROOTS[size])
            assert not verify_inclusion(LEAVES[index], index, size=size, proof=proof, root=OTHER)
            for bad in altered(proof):
                assert not verify_inclusion(LEAVES[index], index, size=size, proof=bad, root=ROOTS[size])


def test_a_proof_of_a_smaller_tree_is_too_short_for_a_larger_size():
    for size in range(2, 40):
        proof = inclusion_proof(0, size, node=NODE)
        deeper = 1 << (size - 1).bit_length()
        assert not verify_inclusion(LEAVES[0], 0, size=deeper + 1, proof=proof, root=ROOTS[size])
        whole = consistency_proof(1, size, node=NODE)
        assert not verify_consistency(1, deeper + 1, old_root=ROOTS[1], new_root=ROOTS[size], proof=whole)


def test_consistency_of_every_pair_up_to_24():
    for old, new in itertools.combinations_with_replacement(range(25), 2):
        proof = consistency_proof(old, new, node=NODE)
        roots = {"old_root": ROOTS[old], "new_root": ROOTS[new]}
        assert verify_consistency(old, new, proof=proof, **roots)
        for bad in altered(proof):
            assert not verify_consistency(old, new, proof=bad, **roots)
        assert not verify_consistency(old, new, proof=proof, old_root=OTHER, new_root=ROOTS[new])
        assert old == 0 or not verify_consistency(old, new, proof=proof, old_root=ROOTS[old], new_root=OTHER)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 40), st.integers(0, 39), st.integers(0, 39))
def test_a_proof_serves_no_other_place(size, index, claimed):
    index, claimed = index % size, claimed % size
    proof = inclusion_proof(index, size, node=NODE)
    holds = verify_inclusion(LEAVES[index], claimed, size=size, proof=proof, root=ROOTS[size])
    assert holds == (claimed == index)
