"""The exact optimum of global recoding: which level of every hierarchy loses least and still protects."""

from __future__ import annotations

from kouan.deidentify.lattice.arrow import read_table
from kouan.deidentify.lattice.attributes import Attribute, attribute
from kouan.deidentify.lattice.classloss import AverageClassSize, Discernibility
from kouan.deidentify.lattice.losses import Height, Loss, NonUniformEntropy, Precision
from kouan.deidentify.lattice.optimum import Optimum, optimum
from kouan.deidentify.lattice.table import Sensitive, Table, table

__all__ = [
    "Attribute",
    "AverageClassSize",
    "Discernibility",
    "Height",
    "Loss",
    "NonUniformEntropy",
    "Optimum",
    "Precision",
    "Sensitive",
    "Table",
    "attribute",
    "optimum",
    "read_table",
    "table",
]
