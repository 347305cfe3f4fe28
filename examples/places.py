"""Places: cities and districts with their codes of GB/T 2260, and made-up house digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

_DISTRICTS = (
    "北京市 东城区 110101,北京市 西城区 110102,北京市 朝阳区 110105,北京市 海淀区 110108,北京市 丰台区 110106,"
    "北京市 石景山区 110107,上海市 黄浦区 310101,上海市 徐汇区 310104,上海市 长宁区 310105,天津市 和平区 120101,"
    "天津市 南开区 120104,广州市 越秀区 440104,广州市 海珠区 440105,成都市 锦江区 510104,成都市 武侯区 510107,"
    "武汉市 江岸区 420102,武汉市 武昌区 420106,杭州市 上城区 330102,杭州市 西湖区 330106,西安市 碑林区 610103,"
    "西安市 雁塔区 610113,南京市 玄武区 320102,南京市 鼓楼区 320106,石家庄市 长安区 130102,济南市 历下区 370102,"
    "青岛市 市南区 370202,沈阳市 和平区 210102,大连市 中山区 210202,长春市 南关区 220102,哈尔滨市 道里区 230102,"
    "郑州市 金水区 410105,长沙市 芙蓉区 430102,福州市 鼓楼区 350102,合肥市 瑶海区 340102,昆明市 五华区 530102,"
    "太原市 小店区 140105"
)
_ROWS = [row.split() for row in _DISTRICTS.split(",")]
_CITY = pa.array([city for city, _, _ in _ROWS])
_DISTRICT = pa.array([district for _, district, _ in _ROWS])
_CODE = np.array([[ord(mark) for mark in code] for _, _, code in _ROWS], dtype=np.uint8)
_ROADS = pa.array(
    [
        "建设路",
        "人民路",
        "解放路",
        "中山路",
        "和平路",
        "新华路",
        "文化路",
        "学院路",
        "长江路",
        "黄河路",
        "光明路",
        "东风路",
        "青年路",
        "花园路",
        "友谊路",
        "胜利路",
    ]
)
_ESTATES = pa.array(
    [
        "锦绣家园",
        "阳光花园",
        "望湖苑",
        "翠竹里",
        "枫丹小区",
        "学府苑",
        "金色年华",
        "幸福里",
        "银杏园",
        "听涛居",
        "梧桐里",
        "春晓苑",
    ]
)
_STEADY = 11
"""The first rows: districts whose codes are older than the resident identity numbers that begin with them."""
_rank = np.arange(len(_ROWS)) + 3.0
_WEIGHTS = (1 / _rank) / (1 / _rank).sum()


def places(rng: Generator, count: int) -> NDArray[np.int64]:
    """Draw district numbers, the capital's more often."""
    return rng.choice(len(_ROWS), size=count, p=_WEIGHTS)


def area_codes(place: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Return the six ASCII digits of a district code each, of Beijing, Shanghai or Tianjin, shape (n, 6)."""
    return np.asarray(_CODE[place % _STEADY])


def cities(place: NDArray[np.int64]) -> pa.Array:
    """Return the city of each district."""
    return _CITY.take(pa.array(place))


def addresses(rng: Generator, place: NDArray[np.int64]) -> pa.Array:
    """Return full home addresses."""
    count = len(place)
    return pc.binary_join_element_wise(
        cities(place),
        _DISTRICT.take(pa.array(place)),
        _ROADS.take(pa.array(rng.integers(0, len(_ROADS), count))),
        _number(rng, count, 399),
        "号",
        _ESTATES.take(pa.array(rng.integers(0, len(_ESTATES), count))),
        _number(rng, count, 38),
        "号楼",
        _number(rng, count, 6),
        "单元",
        _number(rng, count, 28),
        "0",
        _number(rng, count, 4),
        "室",
        "",
    )


def _number(rng: Generator, count: int, largest: int) -> pa.Array:
    return pa.array(rng.integers(1, largest + 1, count)).cast(pa.string())
