"""Addresses to their province or city, resident IDs to the province of their first two digits (GB/T 2260)."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify.columns import as_text, over_distinct, pick

LEVELS = ("province", "city", "id_province")

_PROVINCES = {
    "11": ("北京", "市"), "12": ("天津", "市"), "13": ("河北", "省"), "14": ("山西", "省"), "15": ("内蒙古", "自治区"),
    "21": ("辽宁", "省"), "22": ("吉林", "省"), "23": ("黑龙江", "省"), "31": ("上海", "市"), "32": ("江苏", "省"),
    "33": ("浙江", "省"), "34": ("安徽", "省"), "35": ("福建", "省"), "36": ("江西", "省"), "37": ("山东", "省"),
    "41": ("河南", "省"), "42": ("湖北", "省"), "43": ("湖南", "省"), "44": ("广东", "省"),
    "45": ("广西", "壮族自治区"), "46": ("海南", "省"), "50": ("重庆", "市"), "51": ("四川", "省"),
    "52": ("贵州", "省"), "53": ("云南", "省"), "54": ("西藏", "自治区"), "61": ("陕西", "省"), "62": ("甘肃", "省"),
    "63": ("青海", "省"), "64": ("宁夏", "回族自治区"), "65": ("新疆", "维吾尔自治区"), "71": ("台湾", "省"),
    "81": ("香港", "特别行政区"), "82": ("澳门", "特别行政区"),
}  # fmt: skip
_ALONE = frozenset({"11", "12", "31", "50", "81", "82"})
"""Divisions that are city and province at once."""
_CITIES = {
    "13": "石家庄 唐山 保定", "14": "太原", "15": "呼和浩特 包头", "21": "沈阳 大连", "22": "长春", "23": "哈尔滨",
    "32": "南京 苏州 无锡 常州 南通 徐州", "33": "杭州 宁波 温州 嘉兴 绍兴 金华", "34": "合肥", "35": "福州 厦门 泉州",
    "36": "南昌", "37": "济南 青岛 烟台 潍坊", "41": "郑州 洛阳", "42": "武汉", "43": "长沙",
    "44": "广州 深圳 东莞 佛山 珠海 惠州 中山", "45": "南宁 桂林", "46": "海口 三亚", "51": "成都 绵阳", "52": "贵阳",
    "53": "昆明", "54": "拉萨", "61": "西安", "62": "兰州", "63": "西宁", "64": "银川", "65": "乌鲁木齐",
}  # fmt: skip
"""Cities that people write without their province: capitals and the largest others."""

_PREFIX = r"^(?:中国|中华人民共和国)?"
_CITY = r"(?P<c>[\p{Han}]{2,12}?(?:自治州|地区|盟|市))?"
_NOT_A_CITY = "[路街巷弄号区县道村]"
_SHORT = "|".join(name for name, _ in _PROVINCES.values())
_SUFFIX = "壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区|省|市"
_WITH_PROVINCE = _PREFIX + rf"(?P<p>{_SHORT})(?:{_SUFFIX})?" + _CITY
_HOMES = {city: code for code, cities in _CITIES.items() for city in cities.split()}
_WITHOUT_PROVINCE = _PREFIX + rf"(?P<c>{'|'.join(_HOMES)})"
_STREET = _PREFIX + rf"(?:{'|'.join(_HOMES)})[东西南北中一二三四五大]*[路街道巷]"
"""南京东路 is a street in many cities."""
_NAMES = {short: short + suffix for short, suffix in _PROVINCES.values()}
_RESIDENT_ID = r"^(?P<code>\d{2})\d{13}(?:\d{2}[\dXx])?$"


@dataclass(frozen=True, slots=True)
class Place:
    """Generalises places; what is not recognised becomes null, because it could still be a street and a door.

    Attributes:
        to: `province` (广东省), `city` (广东省深圳市, or only 广东省 when no city is written), or `id_province`, which
            reads a resident ID's first two digits.
    """

    to: str

    def __call__(self, column: pa.Array) -> pa.Array:
        """Return the coarser place of each address or resident ID."""
        return over_distinct(as_text(column), self._of_id if self.to == "id_province" else self._of_address)

    def _of_id(self, values: pa.Array) -> pa.Array:
        code = pc.struct_field(pc.extract_regex(pc.utf8_trim_whitespace(values), _RESIDENT_ID), [0])
        return _look_up(code, {code: name + suffix for code, (name, suffix) in _PROVINCES.items()})

    def _of_address(self, values: pa.Array) -> pa.Array:
        plain = pc.replace_substring_regex(pc.utf8_normalize(values, form="NFKC"), r"\s", "")
        full = pc.extract_regex(plain, _WITH_PROVINCE)
        bare = pc.struct_field(pc.extract_regex(plain, _WITHOUT_PROVINCE), [0])
        bare = pick(pc.invert(pc.match_substring_regex(plain, _STREET)), bare)
        province = _look_up(pc.struct_field(full, [0]), _NAMES)
        known = pc.coalesce(province, _look_up(bare, _HOME_NAMES))
        if self.to == "province":
            return known
        city = pc.struct_field(full, [1])
        street = pc.match_substring_regex(city, _NOT_A_CITY)
        city = pick(pc.and_not(pc.not_equal(city, ""), street), city)
        written = pc.coalesce(city, pc.binary_join_element_wise(bare, "市", ""))
        alone = pc.is_in(known, value_set=_ALONE_NAMES)
        joined = pc.binary_join_element_wise(known, pc.if_else(alone, "", written), "")
        return pc.coalesce(joined, known)


_HOME_NAMES = {city: "".join(_PROVINCES[code]) for city, code in _HOMES.items()}
_ALONE_NAMES = pa.array(sorted("".join(_PROVINCES[code]) for code in _ALONE))


def _look_up(keys: pa.Array, table: dict[str, str]) -> pa.Array:
    index = pc.index_in(keys, value_set=pa.array(table))
    return pa.array(list(table.values())).take(index)
