"""Positions to the centres of a grid, longitude and latitude together (GB/T 37964-2019 annex A, generalisation)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify import messages
from kouan.deidentify.columns import Paired, as_text, over_distinct
from kouan.deidentify.numbers import as_number, number_words
from kouan.deidentify.params import BadParamsError, decimal, only, text, whole, word

if TYPE_CHECKING:
    import numpy.typing as npt

    from kouan.deidentify.columns import Kernel
    from kouan.model.plan import PlanLine

    Floats = npt.NDArray[np.float64]

AXES = ("lon", "lat", "lon_lat", "lat_lon")
_DEGREE = 2 * math.pi * 6_371_008.8 / 360
"""Metres of one degree of latitude on a sphere of the mean radius of the earth (IUGG R1)."""
_PAIR = r"^\s*[(\[]?\s*(?P<a>[-+]?\d+(?:\.\d+)?)\s*[,;，；\s]\s*(?P<b>[-+]?\d+(?:\.\d+)?)\s*[)\]]?\s*$"


@dataclass(frozen=True, slots=True)
class Cells:
    """A grid whose cells are squares of so many metres, or of so many degrees.

    Where cells are measured in metres their width in degrees grows towards the poles with 1 / cos(latitude of the row
    of cells). No conversion between WGS-84, GCJ-02 and BD-09 is made.

    Attributes:
        degrees: height of a cell.
        square: whether cells are as wide as they are high in metres; if not, in degrees.
    """

    degrees: float
    square: bool

    def centres(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """Return longitude and latitude of the centre of each position's cell; NaN for both where one is no place."""
        good = (np.abs(lon) <= 180) & (np.abs(lat) <= 90)  # noqa: PLR2004 - degrees; NaN is not good
        lon, lat = np.where(good, lon, np.nan), np.where(good, lat, np.nan)
        row = (np.floor(lat / self.degrees) + 0.5) * self.degrees
        row = np.clip(row, -90, 90)
        width = self.degrees / np.maximum(np.cos(np.radians(row)), self.degrees / 360) if self.square else self.degrees
        column = np.clip((np.floor((lon + 180) / width) + 0.5) * width - 180, -180, 180)
        return column, row

    @property
    def decimals(self) -> int:
        """Return the digits after the point that tell two cells apart."""
        return max(0, math.ceil(-math.log10(self.degrees)) + 1)


@dataclass(frozen=True, slots=True)
class GridAxis(Paired):
    """Replaces one coordinate by that of the centre of the cell in which both lie; null without the other."""

    cells: Cells
    axis: str

    def __call__(self, column: pa.Array, other: pa.Array) -> pa.Array:
        """Return the centre's coordinate as text; `other` is the other coordinate of the same position."""
        mine, theirs = _floats(as_number(column)), _floats(as_number(other))
        lon = self.axis == "lon"
        found = self.cells.centres(mine, theirs)[0] if lon else self.cells.centres(theirs, mine)[1]
        return number_words(pa.array(found, from_pandas=True), self.cells.decimals)


@dataclass(frozen=True, slots=True)
class GridPair:
    """Replaces positions written in one cell, such as `116.39, 39.90`, by `116.4013,39.8972`, the centre of their cell.

    Attributes:
        cells: the grid.
        order: `lon_lat` or `lat_lon`, how the column writes them and keeps writing them.
    """

    cells: Cells
    order: str

    def __call__(self, column: pa.Array) -> pa.Array:
        """Return the centres; what is no position becomes null."""
        return over_distinct(as_text(column), self._distinct)

    def _distinct(self, values: pa.Array) -> pa.Array:
        parts = pc.extract_regex(values, _PAIR)
        first, second = (_floats(as_number(pc.struct_field(parts, [at]))) for at in (0, 1))
        lon, lat = self.cells.centres(*((first, second) if self.order == "lon_lat" else (second, first)))
        words = [number_words(pa.array(one, from_pandas=True), self.cells.decimals) for one in (lon, lat)]
        return pc.binary_join_element_wise(*(words if self.order == "lon_lat" else reversed(words)), ",")


def grid(line: PlanLine) -> Kernel | GridAxis:
    """Return what `{to: grid, axis, with, metres | degrees}` means. Raises BadParamsError."""
    only(line, "to", "axis", "with", "metres", "degrees")
    axis = word(line, "axis", AXES)
    if ("metres" in line.params) == ("degrees" in line.params):
        raise BadParamsError(messages.PARAM_ONE_OF.fill(names="metres, degrees"))
    if "metres" in line.params:
        cells = Cells(whole(line, "metres", 10, 1_000_000) / _DEGREE, square=True)
    else:
        cells = Cells(decimal(line, "degrees", "0.0001", "90"), square=False)
    if axis in {"lon", "lat"}:
        text(line, "with")
        return GridAxis(cells, axis)
    if "with" in line.params:
        raise BadParamsError(messages.PARAM_UNKNOWN.fill(name="with", allowed="to, axis, metres, degrees"))
    return GridPair(cells, axis)


def same_grid(line: PlanLine, other: PlanLine, *, path: str) -> bool:
    """Tell whether another line puts the other coordinate on the same grid; `path` is the column of this line."""
    size = [(one.params.get("metres"), one.params.get("degrees")) for one in (line, other)]
    axes = {line.params.get("axis"), other.params.get("axis")}
    return size[0] == size[1] and axes == {"lon", "lat"} and other.params.get("with") == path


def _floats(numbers: Any) -> Floats:
    return np.asarray(pc.fill_null(numbers, math.nan), np.float64)
