"""Attacks on treated tables in the frame of WP29 Opinion 05/2014 and Anonymeter."""

from __future__ import annotations

from kouan.risk.attacks.dictionary import Dictionary, dictionary
from kouan.risk.attacks.frequency import frequency
from kouan.risk.attacks.inference import Inference, inference
from kouan.risk.attacks.intervals import Sampling
from kouan.risk.attacks.linkability import Linkability, linkability
from kouan.risk.attacks.membership import Membership, membership
from kouan.risk.attacks.report import Asked, Held, attack_tables, read_table
from kouan.risk.attacks.singling_out import SinglingOut, singling_out
from kouan.risk.attacks.space import Space, make_space

__all__ = [
    "Asked",
    "Dictionary",
    "Held",
    "Inference",
    "Linkability",
    "Membership",
    "Sampling",
    "SinglingOut",
    "Space",
    "attack_tables",
    "dictionary",
    "frequency",
    "inference",
    "linkability",
    "make_space",
    "membership",
    "read_table",
    "singling_out",
]
