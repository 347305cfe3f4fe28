"""Grids: every position goes to the centre of its own cell, and both coordinates leave or neither."""

from __future__ import annotations

import math

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.deidentify.rules import Given, transform
from kouan.model.plan import Action, PlanLine
from kouan.model.text import same

FEW = settings(max_examples=80, deadline=None)
MICRO = 10**6
PLACES = st.lists(
    st.tuples(
        st.integers(-180 * MICRO, 180 * MICRO).map(lambda one: one / MICRO),
        st.integers(-85 * MICRO, 85 * MICRO).map(lambda one: one / MICRO),
    ),
    min_size=1,
    max_size=20,
)
DEGREE = 111_195


def kernel(**params):
    line = PlanLine(item="a!a#x", action=Action.GENERALISE, params={"to": "grid", **params}, why=same("t"))
    return transform(line, Given("location", b""))


def centres(places, **size):
    lon, lat = (pa.array([one[at] for one in places], pa.float64()) for at in (0, 1))
    return list(
        zip(
            kernel(axis="lon", **size, **{"with": "y"})(lon, lat).to_pylist(),
            kernel(axis="lat", **size, **{"with": "x"})(lat, lon).to_pylist(),
            strict=True,
        )
    )


@FEW
@given(PLACES, st.sampled_from([100, 1000, 25_000]))
def test_metres_bound_the_distance_to_the_centre(places, metres):
    for (lon, lat), (x, y) in zip(places, centres(places, metres=metres), strict=True):
        slack = 1 + metres / DEGREE  # of a digit, and of the width between the cell's edge and its middle
        assert abs(float(y) - lat) * DEGREE <= metres / 2 * slack + 1
        assert abs(float(x) - lon) * DEGREE * math.cos(math.radians(float(y))) <= metres / 2 * slack + 1


@FEW
@given(PLACES, st.sampled_from(["0.001", "0.01", "1", "7.5"]))
def test_degrees_bound_the_distance_and_centres_stay_in_their_cells(places, degrees):
    found = centres(places, degrees=degrees)
    for place, centre in zip(places, found, strict=True):
        for one, other in zip(place, centre, strict=True):
            assert abs(one - float(other)) <= float(degrees) / 2 * 1.2
    assert centres([(float(x), float(y)) for x, y in found], degrees=degrees) == found


@FEW
@given(st.floats(-179, 179), st.floats(-85, 85), st.sampled_from([500, 5000]))
def test_nearby_positions_share_few_cells(lon, lat, metres):
    step = metres / DEGREE / 20
    near = [(lon + step * at / math.cos(math.radians(lat)), lat + step * at) for at in range(10)]
    assert len(set(centres(near, metres=metres))) <= 4


@FEW
@given(PLACES)
def test_positions_in_one_cell_say_the_same(places):
    pairs = centres(places, metres=1000)
    for order, wanted in (("lon_lat", pairs), ("lat_lon", [one[::-1] for one in pairs])):
        written = [one if order == "lon_lat" else one[::-1] for one in places]
        for form in ("{:.6f},{:.6f}", " ({:.6f}; {:.6f})", "[{:.6f} {:.6f}]", "{:.6f}，{:.6f}"):
            column = pa.array([form.format(*one) for one in written])
            found = kernel(axis=order, metres=1000)(column).to_pylist()
            assert found == [",".join(one) for one in wanted]


@pytest.mark.parametrize(
    ("lon", "lat"), [(None, 39.9), (116.4, None), ("x", "39.9"), (181.0, 0.0), (0.0, 91.0), (float("nan"), 1.0)]
)
def test_without_one_coordinate_there_is_none(lon, lat):
    columns = [pa.array([one]) for one in (lon, lat)]
    assert kernel(axis="lon", metres=1000, **{"with": "y"})(*columns).to_pylist() == [None]
    assert kernel(axis="lat", metres=1000, **{"with": "x"})(*reversed(columns)).to_pylist() == [None]
    assert kernel(axis="lon_lat", metres=1000)(pa.array([f"{lon},{lat}"])).to_pylist() == [None]
