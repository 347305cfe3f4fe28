"""One made-up value for each slot of a note."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import TYPE_CHECKING

from bench.labelled import makers

if TYPE_CHECKING:
    from bench.labelled.notes.lists import Lists
    from examples.dice import Dice

_SLOT = re.compile(r"(?P<what>[a-z]+)(?P<number>\d*)(?:\.(?P<part>[a-z]\d?))?")
_HAN = "零一二三四五六七八九十"
_MONTHS = tuple(calendar.month_name[1:])
_DOUBLE = ["欧阳", "诸葛", "尉迟", "令狐", "慕容", "上官", "司徒", "皇甫", "东方", "端木"]
_KINDS = {
    **dict.fromkeys(("h", "p", "m", "x", "t", "e", "y"), "name"),
    **dict.fromkeys(("a", "ad", "ae", "door"), "address"),
    **dict.fromkeys(("city", "citye", "prov", "country", "countrye", "road"), "place"),
    **dict.fromkeys(("o", "oe", "hosp", "school", "bank", "gov"), "organisation"),
    **dict.fromkeys(("d", "di", "dm", "de"), "date"),
    **dict.fromkeys(("b", "be", "bi"), "birth_date"),
    **dict.fromkeys(("age", "agee"), "age"),
    "mobile": "cn.mobile",
    "tel": "cn.landline",
    "tele": "phone",
    "email": "email",
    "emaile": "email",
    "ric": "cn.ric",
    "card": "cn.bankcard",
    "passport": "cn.passport",
    "plate": "cn.plate",
    "uscc": "cn.uscc",
    "ip": "ip",
    "vin": "vin",
}
"""What a slot is, by its letters."""


class Filler:
    """Fills the slots of one note."""

    def __init__(self, lists: Lists, dice: Dice) -> None:
        self._lists, self._dice = lists, dice
        self._made: dict[str, str] = {}
        self._used: set[str] = set()

    def slot(self, slot: str) -> tuple[str, str]:
        """Return the text of a slot and its kind; the same slot of a note is always alike."""
        one = _SLOT.fullmatch(slot)
        if one is None or one["what"] not in _KINDS:
            raise ValueError(slot)
        whole = one["what"] + one["number"]
        if whole not in self._made:
            text = next(made for made in iter(lambda: self._make(one["what"]), "") if made not in self._used)
            self._used.add(text)
            self._made[whole] = text
        text = self._made[whole]
        return (_part(text, one["part"]) if one["part"] else text), _KINDS[one["what"]]

    def number(self, low: int, high: int) -> str:
        """Return a number that means nothing."""
        return str(self._dice.between(low, high))

    def _make(self, what: str) -> str:
        made: str = getattr(self, f"_{what}")()
        return made

    def _h(self) -> str:
        return self._dice.pick(self._lists.surnames) + self._dice.pick(self._lists.given)

    def _m(self) -> str:
        return self._dice.pick(self._lists.others)

    def _t(self) -> str:
        return self._dice.pick(self._lists.foreign)

    def _p(self) -> str:
        turn = self._dice.below(10)
        return self._m() if turn < 2 else self._t() if turn < 3 else self._h()  # noqa: PLR2004 - one or two in ten

    def _x(self) -> str:
        surname = self._dice.pick(self._lists.surnames)
        hidden = self._dice.pick(("{}某", "{}某某", "{}某{}", "{}*", "{}某甲"))
        return hidden.format(surname, self._dice.pick(self._lists.given)[-1])

    def _e(self) -> str:
        middle = f" {self._dice.pick('ABCDEHJKLMRST')}." if self._dice.chance(0.15) else ""
        return f"{self._dice.pick(self._lists.first)}{middle} {self._dice.pick(self._lists.last)}"

    def _y(self) -> str:
        parts = self._dice.some(self._lists.syllables, 1 + self._dice.chance(0.6))
        given = "".join(parts).capitalize()
        return f"{given} {self._dice.pick(self._lists.pinyin)}"

    def _place(self) -> tuple[str, str, str]:
        city, district, province = (*self._dice.pick(self._lists.cities).split(), "")[:3]
        return city, district, province

    def _city(self) -> str:
        city, district, _ = self._place()
        return self._dice.pick((city, city, city.removesuffix("市"), city + district))

    def _prov(self) -> str:
        return next(one for one in iter(lambda: self._place()[2], None) if one)

    def _country(self) -> str:
        return self._dice.pick(self._lists.countries)

    def _countrye(self) -> str:
        return self._dice.pick(self._lists.lands)

    def _citye(self) -> str:
        return self._dice.pick(self._lists.towns).partition(",")[0]

    def _road(self) -> str:
        return self._dice.pick(self._lists.roads)

    def _a(self) -> str:
        city, district, province = self._place()
        head = self._dice.pick((province + city + district, city + district, city.removesuffix("市") + district))
        return head + (self._ad() if self._dice.chance(0.8) else self._dice.pick(self._lists.compounds) + self._door())

    def _ad(self) -> str:
        dice = self._dice
        number = f"{dice.between(1, 399)}号"
        compound = dice.pick(self._lists.compounds)
        return self._road() + dice.pick(
            (number, number + self._door(), number + compound + self._door(), number + "院")
        )

    def _door(self) -> str:
        dice = self._dice
        house, floor, room = dice.between(1, 32), dice.between(1, 28), dice.between(1, 6)
        unit = dice.between(1, 4)
        return dice.pick(
            (
                f"{house}号楼{floor}0{room}室",
                f"{house}栋{unit}单元{floor}0{room}",
                f"{house}幢{floor}0{room}室",
                f"{house}号楼{unit}单元{floor}层{floor}0{room}号",
                f"{'ABCD'[unit - 1]}座{floor}0{room}",
            )
        )

    def _ae(self) -> str:
        dice = self._dice
        flat = dice.pick(("", "", f", Apt {dice.between(1, 40)}", f", Unit {dice.between(1, 9)}B"))
        town = dice.pick(self._lists.towns)
        return f"{dice.between(2, 999)} {dice.pick(self._lists.streets)}{flat}, {town}{dice.digits(2)}"

    def _o(self) -> str:
        brand, city = self._dice.pick(self._lists.brands), self._place()[0].removesuffix("市")
        trade = self._dice.pick(("科技", "医药", "贸易", "物流", "建筑工程", "信息技术", "餐饮管理", "生物制药"))
        form = self._dice.pick(("有限公司", "有限公司", "股份有限公司", "集团"))
        return self._dice.pick((city, f"{city}市"[-9:] if city[-1] not in "州区" else city, "")) + brand + trade + form

    def _hosp(self) -> str:
        city = self._place()[0]
        return self._dice.pick(
            (
                f"{city}第{self._dice.pick(_HAN[1:6])}人民医院",
                f"{city}中医院",
                f"{self._dice.pick(self._lists.brands)}医院",
                f"{city}妇幼保健院",
                f"{city.removesuffix('市')}医科大学附属第一医院",
            )
        )

    def _school(self) -> str:
        city = self._place()[0].removesuffix("市")
        return self._dice.pick(
            (f"{city}大学", f"{city}理工大学", f"{city}师范学院", f"{city}实验小学", f"{city}第七中学")
        )

    def _bank(self) -> str:
        bank = self._dice.pick(("中国工商银行", "招商银行", "中国农业银行", "建设银行", "交通银行"))
        city = self._place()[0].removesuffix("市")
        return bank + self._dice.pick(("", f"{city}分行", f"{city}{self._road()[:2]}支行"))

    def _gov(self) -> str:
        city, district, _ = self._place()
        return self._dice.pick(
            (
                f"{city}公安局{district}分局",
                f"{district}市场监督管理局",
                f"{city}人力资源和社会保障局",
                f"{district}城关派出所",
            )
        )

    def _oe(self) -> str:
        return self._dice.pick(self._lists.firms)

    def _day(self, first: int = 2021, last: int = 2026) -> dt.date:
        days = (dt.date(last, 10, 31) - dt.date(first, 1, 1)).days
        return dt.date(first, 1, 1) + dt.timedelta(self._dice.below(days))

    def _d(self) -> str:
        return self._written(self._day())

    def _b(self) -> str:
        return self._written(self._day(1940, 2019))

    def _written(self, day: dt.date) -> str:
        return self._dice.pick(
            (
                f"{day.year}年{day.month}月{day.day}日",
                f"{day.year}年{day.month}月{day.day}日",
                f"{day:%Y-%m-%d}",
                f"{day.year}.{day.month}.{day.day}",
                f"{day:%Y/%m/%d}",
                f"{day.year}年{day.month:02}月{day.day:02}日",
            )
        )

    def _di(self) -> str:
        return f"{self._day():%Y-%m-%d}"

    def _bi(self) -> str:
        return f"{self._day(1950, 2005):%Y-%m-%d}"

    def _dm(self) -> str:
        day = self._day()
        return f"{day.month}月{day.day}{self._dice.pick(('日', '日', '号'))}"

    def _de(self) -> str:
        return self._english(self._day())

    def _be(self) -> str:
        return self._english(self._day(1940, 2005))

    def _english(self, day: dt.date) -> str:
        month = _MONTHS[day.month - 1]
        return self._dice.pick(
            (
                f"{day.day} {month} {day.year}",
                f"{month} {day.day}, {day.year}",
                f"{day:%Y-%m-%d}",
                f"{day.day:02}-{month[:3].upper()}-{day.year}",
                f"{day.month:02}/{day.day:02}/{day.year}",
            )
        )

    def _age(self) -> str:
        years = self._dice.between(2, 89)
        return self._dice.pick((f"{years}岁", f"{years}岁", f"{years}岁", f"{years % 9 + 2}个月", f"{_han(years)}岁"))

    def _agee(self) -> str:
        years = self._dice.between(19, 89)
        return self._dice.pick((f"{years}-year-old", f"{years} years old", f"{years} y/o"))

    def _mobile(self) -> str:
        number = makers.mobile(self._dice)
        return self._dice.pick((number, number, number, f"{number[:3]} {number[3:7]} {number[7:]}", f"+86 {number}"))

    def _tel(self) -> str:
        return f"0{self._dice.pick(('10', '21', '571', '755', '28'))}-{self._dice.between(2, 8)}{self._dice.digits(7)}"

    def _tele(self) -> str:
        dice = self._dice
        area, middle, last = dice.between(201, 989), dice.between(200, 999), dice.digits(4)
        return dice.pick((f"({area}) {middle}-{last}", f"+1 {area} {middle} {last}", f"{area}-{middle}-{last}"))

    def _email(self) -> str:
        return makers.email(self._dice)

    def _emaile(self) -> str:
        name = f"{self._dice.pick(self._lists.first)}.{self._dice.pick(self._lists.last)}".lower().replace("'", "")
        return f"{name}@{self._dice.pick(('example.com', 'example.org', 'mail.example.net'))}"

    def _ric(self) -> str:
        return makers.ric(self._dice)

    def _card(self) -> str:
        return makers.card(self._dice, self._dice.pick(("622588", "621700", "622848")), 19)

    def _passport(self) -> str:
        return makers.passport(self._dice)

    def _plate(self) -> str:
        return makers.plate(self._dice, electric=self._dice.chance(0.3))

    def _uscc(self) -> str:
        return makers.uscc(self._dice)

    def _ip(self) -> str:
        return makers.ipv4(self._dice)

    def _vin(self) -> str:
        return makers.vin(self._dice)


def _part(name: str, part: str) -> str:
    """Return a part of a name: `f` first, `l` last word, `s` surname, `g` given name, `n`, `o`, `a` nicknames."""
    if " " in name:
        return name.split()[0 if part == "f" else -1]
    surname = 2 if len(name) > 3 or name[:2] in _DOUBLE else 1  # noqa: PLR2004 - two and two characters
    if part == "s":
        return name[:surname]
    if part == "n":
        return f"小{name[:surname]}" if surname == 1 else name[:surname]
    if part == "o":
        return f"老{name[:surname]}" if surname == 1 else name[:surname]
    if part == "a":
        return f"阿{name[-1]}"
    return name[surname:] if len(name) - surname > 1 else name


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (_HAN[tens] if tens > 1 else "") + ("十" if tens else "") + (_HAN[ones] if ones else "")
