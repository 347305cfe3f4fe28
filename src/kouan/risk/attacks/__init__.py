"""Attacks on treated tables in the frame of WP29 Opinion 05/2014 and Anonymeter."""

from __future__ import annotations

from kouan.risk.attacks.inference import Inference, inference
from kouan.risk.attacks.linkability import Linkability, linkability
from kouan.risk.attacks.singling_out import SinglingOut, singling_out
from kouan.risk.attacks.space import Space, make_space

__all__ = [
    "Inference",
    "Linkability",
    "SinglingOut",
    "Space",
    "inference",
    "linkability",
    "make_space",
    "singling_out",
]
