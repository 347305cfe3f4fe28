"""Receipts: C2SP tlog-proof texts, which anyone can verify offline."""

from __future__ import annotations

from dataclasses import dataclass

from kouan.evidence.tlog.checkpoint import Checkpoint, parse_checkpoint
from kouan.evidence.tlog.encoding import decode_base64, decode_decimal, encode_base64
from kouan.evidence.tlog.note import Note, parse_note
from kouan.evidence.tlog.proofs import Proof, verify_inclusion
from kouan.evidence.tlog.tree import HASH_SIZE, leaf_hash

_HEADER = "c2sp.org/tlog-proof@v1"
_LONGEST_PROOF = 63


@dataclass(frozen=True, slots=True)
class Receipt:
    """A proof that an entry is in a log.

    Attributes:
        entry: the entry's bytes, carried in the `extra` line so that a stranger can compute the leaf's hash.
        index: place of the entry, from 0.
        proof: hashes from the leaf's sibling to the root's child.
        checkpoint: the signed note of the log.
    """

    entry: bytes
    index: int
    proof: Proof
    checkpoint: Note

    @property
    def tree(self) -> Checkpoint:
        """What the checkpoint says. Raises ValueError when it is not a checkpoint."""
        return parse_checkpoint(self.checkpoint.text)

    def holds(self) -> bool:
        """Tell whether the entry is in the tree of the checkpoint; says nothing of signatures."""
        tree = self.tree
        return verify_inclusion(leaf_hash(self.entry), self.index, size=tree.size, proof=self.proof, root=tree.root)

    def to_bytes(self) -> bytes:
        """Return the text of the receipt."""
        hashes = "".join(encode_base64(part) + "\n" for part in self.proof)
        head = f"{_HEADER}\nextra {encode_base64(self.entry)}\nindex {self.index}\n{hashes}\n"
        return head.encode() + self.checkpoint.to_bytes()


def parse_receipt(data: bytes) -> Receipt:
    """Return the parts of a receipt, nothing of it verified. Raises ValueError when it is not one of ours."""
    head, mark, note = data.partition(b"\n\n")
    lines = head.decode("utf-8").split("\n")
    if not mark or lines[0] != _HEADER or len(lines) > _LONGEST_PROOF + 3:
        raise ValueError("not a receipt")
    extra, index = (_after(word, lines[at : at + 1]) for at, word in enumerate(("extra ", "index "), start=1))
    proof = tuple(decode_base64(line) for line in lines[3:])
    if any(len(part) != HASH_SIZE for part in proof):
        raise ValueError("not a hash")
    receipt = Receipt(decode_base64(extra), decode_decimal(index), proof, parse_note(note))
    parse_checkpoint(receipt.checkpoint.text)
    return receipt


def _after(word: str, lines: list[str]) -> str:
    if not lines or not lines[0].startswith(word):
        raise ValueError("not a receipt")
    return lines[0].removeprefix(word)
