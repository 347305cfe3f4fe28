"""Local recoding: rows that are alike become alike, each class by as little as it needs.

Mondrian cuts the table into classes; cell suppression empties the fewest cells of rows whose classes fail. Both are
functions of the values of a row, kept in a file that a plan names by digest.
"""

from __future__ import annotations

from kouan.deidentify.local.blanking import Blanked, blank
from kouan.deidentify.local.cellsfile import CellsFile, Level, cells_lines
from kouan.deidentify.local.counting import Rows
from kouan.deidentify.local.dimensions import Dimension, dimension, over_hierarchy
from kouan.deidentify.local.files import LocalFile, read_local
from kouan.deidentify.local.loss import Loss, loss
from kouan.deidentify.local.mondrian import Partition, partition
from kouan.deidentify.local.partitionfile import PartitionFile
from kouan.deidentify.local.partitionlines import partition_lines

__all__ = [
    "Blanked",
    "CellsFile",
    "Dimension",
    "Level",
    "LocalFile",
    "Loss",
    "Partition",
    "PartitionFile",
    "Rows",
    "blank",
    "cells_lines",
    "dimension",
    "loss",
    "over_hierarchy",
    "partition",
    "partition_lines",
    "read_local",
]
