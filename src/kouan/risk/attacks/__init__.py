"""Attacks on treated tables in the frame of WP29 Opinion 05/2014 and Anonymeter."""

from __future__ import annotations

from kouan.risk.attacks.dictionary import Dictionary, dictionary
from kouan.risk.attacks.frequency import frequency
from kouan.risk.attacks.inference import Inference, inference
from kouan.risk.attacks.intervals import Sampling
from kouan.risk.attacks.linkability import Linkability, linkability
from kouan.risk.attacks.membership import Membership, membership
from kouan.risk.attacks.pairs import Pair, read_pair, read_whole
from kouan.risk.attacks.report import Asked, Held, attack_tables, kept_digests, read_table
from kouan.risk.attacks.singling_out import SinglingOut, singling_out
from kouan.risk.attacks.space import Space, make_space

__all__ = [
    "Asked",
    "Dictionary",
    "Held",
    "Inference",
    "Linkability",
    "Membership",
    "Pair",
    "Sampling",
    "SinglingOut",
    "Space",
    "attack_tables",
    "dictionary",
    "frequency",
    "inference",
    "kept_digests",
    "linkability",
    "make_space",
    "membership",
    "read_pair",
    "read_table",
    "read_whole",
    "singling_out",
]
