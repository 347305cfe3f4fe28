"""Names, addresses, sensitive matters and the columns of trades: told by words, decided per column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.labelled import makers
from bench.labelled.cases import Ask, Case, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from examples.dice import Dice

_COMMON = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹"
_RARE = "覃仇冼逄麻查区朴过单解佘乜訾蔺郗缪虢亓阚"
_DOUBLE = ("欧阳", "司马", "诸葛", "上官", "慕容", "皇甫")
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国志文海晨子轩雨涵思远佳怡"
_PROVINCES = (
    ("北京市", "朝阳区"), ("上海市", "浦东新区"), ("广东省深圳市", "南山区"), ("浙江省杭州市", "西湖区"),
    ("四川省成都市", "武侯区"), ("湖北省武汉市", "江汉区"), ("江苏省苏州市", "吴中区"),
)  # fmt: skip
_ROADS = ("建国路", "中山路", "人民北路", "科技园南路", "学院路", "解放大道", "太湖西路")
_GOODS = (
    "黄桃干 白菜饺 马蹄酥 高粱酒 金针菇 石榴汁 胡萝卜 白砂糖 黄豆酱 江米条 龙井茶 牛肉干 花生酱 方便面 温泉蛋 白木耳 "
    "马铃薯 石斑鱼 黄花菜 白萝卜 毛豆荚 田螺肉 梅干菜 陈皮糖 常春藤 万年青 康乃馨 文竹盆 安全帽 洪湖藕 沙琪玛 海带丝 "
    "燕麦片 钱包链 车厘子 鱼香丝 米花糖 古井酒 汤圆粉 水蜜桃"
)
"""Goods whose first character is a family name."""
_ILLNESS = ("高血压", "2型糖尿病", "甲状腺结节", "急性阑尾炎", "抑郁状态", "乙型病毒性肝炎")


def cases() -> Iterator[Case]:
    """Yield the labelled columns of names, addresses, sensitive matters and trades."""
    for row in (_name(), _address(), *_sensitive(), *_trades()):
        yield from row.cases


def _name() -> Row:
    row = Row("name", "姓名")
    for name in ("姓名", "联系人", "收件人", "法人", "患者姓名", "contact_name"):
        row.verdict(name, _han)
    row.verdict("姓名", lambda dice: dice.pick(_RARE) + dice.pick(_GIVEN) + dice.pick(_GIVEN), what="少见姓氏")
    row.verdict("姓名", lambda dice: dice.pick(_DOUBLE) + dice.pick(_GIVEN), what="复姓")
    row.verdict("姓名", _dotted, what="少数民族姓名，有间隔号")
    row.verdict("name", _latin, what="拼音，姓在后")
    row.verdict("姓名", lambda dice: f"{dice.pick(_COMMON)}{dice.pick(('先生', '女士', '经理'))}", what="姓加称谓")
    row.told("列名无提示", _han)
    row.trap(
        "店名",
        lambda dice: (
            f"{dice.pick(('老王', '小李', '张记'))}{dice.pick(('烧烤', '面馆', '五金店'))}{dice.digits(1)}号店"
        ),
    )
    row.trap("路名", lambda dice: dice.pick(("中山路", "解放路", "黄河路", "张江路", "马甸桥")))
    row.trap("商品名", lambda dice: dice.pick(_GOODS.split()))
    row.trap("公司名", lambda dice: f"{dice.pick(_COMMON)}氏{dice.pick(('贸易', '科技'))}有限公司")
    row.trap(
        "姓名列名，商品", lambda dice: dice.pick(("连衣裙", "牛仔裤", "黄桃罐头")) + dice.digits(2), name="商品名称"
    )
    row.trap("已掩码", lambda dice: dice.pick(_COMMON) + "**", name="备用字段")
    return row


def _address() -> Row:
    row = Row("address", "地址")
    for name in ("地址", "住址", "收货地址", "address"):
        row.verdict(name, _home)
    row.verdict(
        "住址",
        lambda dice: f"{dice.pick(('南', '北'))}庄镇{dice.pick(('李家', '王家'))}村{dice.between(1, 9)}组",
        what="农村地址",
    )
    row.verdict(
        "address", lambda dice: f"No.{dice.between(1, 99)} Jianguo Road, Chaoyang District, Beijing", what="英文地址"
    )
    row.told("列名无提示", _home)
    row.trap("省市", lambda dice: dice.pick(_PROVINCES)[0], name="城市")
    row.trap("含“路”“号”的句子", lambda dice: f"请走高速公路，{dice.between(1, 9)}号出口下来再联系")
    row.trap("商品规格", lambda dice: f"{dice.between(1, 9)}号电池{dice.between(2, 8)}节装", name="规格")
    return row


def _sensitive() -> Iterator[Row]:
    for identifier, name, words in (
        ("biometric", "指纹特征", None),
        ("biometric", "人脸特征", None),
        ("religion", "宗教信仰", ("佛教", "伊斯兰教", "无", "基督教")),
        ("disability", "残疾类别", ("视力残疾", "听力残疾", "肢体残疾")),
        ("health", "诊断", _ILLNESS),
        ("health", "既往病史", _ILLNESS),
        ("constitution", "血型", ("A", "B", "AB", "O")),
        ("bank_account", "银行账号", ("19004200041010", "6228 0001 9", "1100 8021 3300")),
        ("credit", "征信信息", ("正常", "逾期1次", "逾期3次")),
        ("location", "行踪轨迹", ("国贸-亦庄", "西单-望京", "虹桥-张江")),
        ("sexual", "性取向", ("A", "B", "未填")),
        ("criminal_record", "犯罪记录", ("无", "有", "盗窃罪")),
    ):
        row = Row(identifier, name)
        row.verdict(name, _one_of(words) if words else _feature)
        yield row
    row = Row("health", "诊断")
    row.inside("文字中的病名", lambda dice: dice.pick(_ILLNESS), Ask.OPEN, words="患者确诊")
    row.trap("新闻中的词", lambda dice: f"宗教场所消防检查第{dice.digits(3)}期简报", name="标题")
    yield row
    row = Row("birth_date", "出生日期")
    row.verdict("出生日期", lambda dice: f"{makers.birth(dice):%Y-%m-%d}")
    row.trap("生产日期", lambda dice: f"2025-0{dice.between(1, 9)}-1{dice.below(9)}", name="生产日期")
    yield row


def _trades() -> Iterator[Row]:
    row = Row("patient_id", "USUBJID")
    for name in ("USUBJID", "SUBJID"):
        row.verdict(name, lambda dice: f"ST01-{dice.digits(3)}-{dice.digits(4)}")
    yield row
    row = Row("vin", "vehicle_vin")
    row.verdict("vehicle_vin", makers.vin)
    yield row


def _one_of(words: Sequence[str]) -> Callable[[Dice], str]:
    return lambda dice: dice.pick(words)


def _feature(dice: Dice) -> str:
    return makers.token(dice, 40)


def _han(dice: Dice) -> str:
    second = dice.pick(_GIVEN) if dice.chance(0.8) else ""
    return dice.pick(_COMMON) + dice.pick(_GIVEN) + second


def _dotted(dice: Dice) -> str:
    return f"{dice.pick(('阿卜杜拉', '买买提', '古丽娜尔'))}·{dice.pick(('艾合买提', '吐尔逊', '买合木提'))}"


def _latin(dice: Dice) -> str:
    return f"{dice.pick(('Xiaoming', 'Wei', 'Fang', 'Jingyi'))} {dice.pick(('Wang', 'Li', 'Zhang', 'Ouyang'))}"


def _home(dice: Dice) -> str:
    town, district = dice.pick(_PROVINCES)
    house = f"{dice.between(1, 30)}号楼{dice.between(1, 6)}单元{dice.between(1, 20)}0{dice.between(1, 4)}室"
    return f"{town}{district}{dice.pick(_ROADS)}{dice.between(1, 399)}号{house}"
