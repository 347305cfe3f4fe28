"""The lexicon's verdicts: each meaning by its names, under both standards, and whether its table is about persons."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from kouan.model.declaration import ItemHint
from kouan.model.inventory import IdentityRole
from kouan.recognize.lexicon import load_lexicon
from kouan.recognize.naming import match_name
from tests.recognizing import column, given, look

LEXICON = load_lexicon()
NOW = dt.date(2025, 11, 1)
BEFORE = dt.date(2025, 10, 31)
DIRECT, QUASI, SENSITIVE, OTHER = IdentityRole


@pytest.mark.parametrize(
    ("meaning", "names"),
    [
        ("cn.plate", "车牌号 license_plate plate_no"),
        ("vin", "车架号 VIN vin_code"),
        ("driver_licence", "驾驶证号 driver_license_no"),
        ("social_security", "社保号 医保卡号 SSN"),
        ("disability_id", "残疾证号 残疾人证号"),
        ("id_photo", "身份证照片 id_card_photo"),
        ("fax", "传真 fax_no"),
        ("work_id", "工号 学号 employee_id student_id"),
        ("patient_id", "病历号 住院号 门诊号 患者编号 USUBJID patient_id"),
        ("person_id", "会员号 user_id household_id"),
        ("account", "用户名 昵称 login"),
        ("ip", "IP地址 ip_address 登录IP client_ip ipv6"),
        ("uuid", "uuid guid"),
        ("engine_no", "发动机号 engine_no"),
        ("cn.orgcode", "组织机构代码 org_code"),
        ("device_id", "imei 设备号 device_serial_number idfa oaid 串号 iccid MAC地址"),
        ("serial_number", "序列号 serial_number"),
        ("url", "主页 homepage url"),
        ("photo", "头像 照片 证件照 人脸照片 face_image"),
        ("biometric", "人脸 face 指纹 声纹 虹膜 掌纹 步态 fingerprint_template"),
        ("genetic", "基因 基因检测结果 全基因组 gene_symbol genotype dna_sequence rsid"),
        ("origin", "籍贯 出生地 native-country"),
        ("nationality", "国籍 nationality"),
        ("financial_account", "证券账号 基金账户 保险账号 公积金账号"),
        ("account_balance", "余额 balance"),
        ("credit", "征信 信用分 credit_score"),
        ("property", "房产 贷款金额 mortgage"),
        ("credential", "密码 口令 password 私钥 访问令牌 connection_string"),
        ("health", "诊断 病史 体检报告"),
        ("health_date", "就诊日期 入院日期 出院时间 手术日期 admission_date"),
        ("constitution", "身高 体重 血型 血压 height_cm"),
        ("disability", "残疾 disability"),
        ("criminal_record", "犯罪记录 criminal_record"),
        ("sexual", "性取向 性生活"),
        ("communication", "通话记录 短信 通讯录"),
        ("browsing", "浏览记录 browsing_history"),
        ("location", "latitude longitude lat lng lon gps 经度 纬度 定位 坐标 轨迹"),
        ("account_time", "注册时间 开户日期 开户时间 account_opening_date 登录时间 创建时间 last_login"),
        ("event_date", "下单时间 order_date"),
        ("score", "得分 score"),
        ("code", "flight tailnum 航班号 carrier origin dest model manufacturer 机型"),
        ("amount", "订单金额"),
    ],
)
def test_names(meaning: str, names: str) -> None:
    for name in names.split():
        assert match_name(name, LEXICON.vocabulary).meaning == meaning, name


@pytest.mark.parametrize(
    ("meaning", "category", "role", "now", "before"),
    [
        ("cn.plate", "其他信息", DIRECT, False, False),
        ("vin", "其他信息", DIRECT, False, False),
        ("engine_no", "其他信息", DIRECT, False, False),
        ("ip", "网络身份标识信息", DIRECT, False, False),
        ("uuid", "网络身份标识信息", QUASI, False, False),
        ("driver_licence", "个人身份信息", DIRECT, False, True),
        ("social_security", "个人身份信息", DIRECT, False, True),
        ("disability_id", "个人身份信息", DIRECT, True, True),
        ("id_photo", "个人身份信息", DIRECT, True, True),
        ("fax", "个人基本资料", DIRECT, False, False),
        ("work_id", "个人教育工作信息", DIRECT, False, False),
        ("patient_id", "个人健康生理信息", DIRECT, None, True),
        ("serial_number", "个人常用设备信息", DIRECT, False, False),
        ("url", "网络身份标识信息", DIRECT, False, False),
        ("photo", "个人基本资料", DIRECT, None, None),
        ("biometric", "个人生物识别信息", DIRECT, True, True),
        ("genetic", "个人生物识别信息", DIRECT, True, True),
        ("origin", "个人基本资料", QUASI, False, False),
        ("marital_status", "个人基本资料", QUASI, False, None),
        ("political_status", "其他信息", SENSITIVE, None, None),
        ("financial_account", "个人财产信息", DIRECT, True, True),
        ("account_balance", "个人财产信息", SENSITIVE, None, True),
        ("credit", "个人财产信息", SENSITIVE, True, True),
        ("property", "个人财产信息", SENSITIVE, None, True),
        ("credential", "个人财产信息", SENSITIVE, None, True),
        ("health", "个人健康生理信息", SENSITIVE, True, True),
        ("health_date", "个人健康生理信息", QUASI, None, True),
        ("constitution", "个人健康生理信息", QUASI, None, False),
        ("disability", "其他信息", SENSITIVE, True, True),
        ("criminal_record", "其他信息", SENSITIVE, True, True),
        ("sexual", "其他信息", SENSITIVE, True, True),
        ("communication", "个人通信信息", SENSITIVE, None, True),
        ("browsing", "个人上网记录", SENSITIVE, None, True),
        ("location", "个人位置信息", QUASI, None, None),
        ("account_time", "网络身份标识信息", QUASI, False, False),
        ("order_id", "个人财产信息", QUASI, False, True),
        ("store", "个人财产信息", OTHER, False, True),
        ("channel", "个人财产信息", OTHER, False, True),
        ("score", "其他信息", OTHER, None, None),
        ("salary", "个人财产信息", SENSITIVE, True, True),
        ("religion", "其他信息", SENSITIVE, True, True),
    ],
)
def test_verdicts(meaning: str, category: str, role: IdentityRole, *, now: bool | None, before: bool | None) -> None:
    entry = LEXICON.meanings[meaning]
    assert (entry.category, entry.role) == (category, role)
    assert LEXICON.sensitivity(meaning, NOW).value is now
    assert LEXICON.sensitivity(meaning, BEFORE).value is before


@pytest.mark.parametrize(
    ("meaning", "words"),
    [
        ("sex", "含多项一般个人信息汇聚后的整体属性"),
        ("location", "注 f"),
        ("constitution", "注 e"),
        ("disability", "残障人士身份"),
        ("id_photo", "居民身份证照片"),
        ("biometric", "4.2 a)"),
        ("credit", "征信信息"),
        ("criminal_record", "犯罪记录"),
        ("health_date", "医疗就诊记录"),
    ],
)
def test_clauses_say_where(meaning: str, words: str) -> None:
    assert words in LEXICON.sensitivity(meaning, NOW).clause


@pytest.mark.parametrize("meaning", ["salary", "religion"])
def test_annex_b_is_named_where_one_role_cannot_say_both(meaning: str) -> None:
    name = LEXICON.meanings[meaning].label.zh
    assert "附录 B" in column(name, [1, 2]).reason.zh


TRACK = {"latitude": [39.9, 31.2], "longitude": [116.4, 121.5], "event time": ["2026-01-01", "2026-01-02"]}


@pytest.mark.parametrize(
    "table",
    [
        {"imei": [490154203237518, 490154203237526], **TRACK},
        TRACK,
        {"用户名": ["甲", "乙"], "金额": [1, 2]},
        {"头像": ["a.png", "b.png"], "金额": [1, 2]},
        {"诊断": ["感冒", "骨折"], "金额": [1, 2]},
        {"病历号": ["A1", "A2"], "金额": [1, 2]},
        {"性别": ["男", "女"], "年龄": [30, 40]},
    ],
)
def test_tables_of_persons_need_no_declaration(table: dict[str, list[Any]]) -> None:
    assert {item.personal for item in look(given({"t": table})).items} == {True}


@pytest.mark.parametrize(
    "table",
    [
        {"zz": ["甲", "乙"], "金额": [1, 2]},
        {"备注": ["好", "坏"], "金额": [1, 2]},
        {"name": ["苹果", "香蕉"], "price": [1, 2]},
        {"地址": ["一号楼", "二号楼"], "金额": [1, 2]},
        {"宗教": ["无", "有"], "金额": [1, 2]},
        {"zz": [b"\xff", b"\xfe"], "金额": [1, 2]},
    ],
)
def test_what_is_not_understood_is_never_declared_free(table: dict[str, list[Any]]) -> None:
    inventory = look(given({"t": table}))
    assert inventory.persons == ()
    for item in inventory.items:
        assert item.personal is None
        assert item.subject is None
        assert "须由人确认（《个人信息保护法》第四条）" in item.reason.zh
        assert "a person must confirm" in item.reason.en
    amount = inventory.items[-1]
    assert (amount.sensitive.value, amount.sensitive.clause[:3]) == (None, "第四条")


@pytest.mark.parametrize(
    "table",
    [
        {"zz": [None, None], "金额": [1, 2]},
        {"zz": [1.5, 2.5], "金额": [1, 2]},
        {"carrier": ["AA", "DL"], "name": ["American Airlines Inc.", "Delta Air Lines Inc."]},
        {"门店": ["一店", "二店"], "门店经度": [116.4, 121.5], "店铺传真": ["1", "2"]},
        {"航班号": ["CA1", "CA2"], "机型": ["A320", "B737"], "序列号": ["1", "2"]},
        {"公司征信": ["A", "B"], "product url": ["a", "b"]},
    ],
)
def test_business_meanings_throughout_are_no_personal_information(table: dict[str, list[Any]]) -> None:
    items = look(given({"t": table})).items
    assert {item.personal for item in items} == {False}
    assert {item.category for item in items} == {"business"}
    assert {item.role for item in items} == {OTHER}


def test_a_person_s_word_settles_it() -> None:
    table = {"zz": ["甲", "乙"], "latitude": [39.9, 31.2], "金额": [1, 2]}
    hints = {"zz": ItemHint(meaning="product"), "latitude": ItemHint(meaning="number")}
    assert {item.personal for item in look(given({"t": table}, items=hints)).items} == {False}


def test_order_numbers_lead_to_persons_only_where_there_are_persons() -> None:
    orders = {"order_id": ["O1", "O2"], "store": ["a", "b"]}
    alone = {item.name: item for item in look(given({"t": orders})).items}
    assert (alone["order_id"].role, alone["store"].category) == (OTHER, "business")
    beside = {item.name: item for item in look(given({"t": {"member_id": ["M1", "M2"], **orders}})).items}
    assert (beside["order_id"].role, beside["store"].category) == (QUASI, "个人财产信息")


@pytest.mark.parametrize("name", ["病历号", "工号", "学号", "会员号"])
def test_subject_keys_number_persons(name: str) -> None:
    count = look(given({"t": {name: ["A1", "A2", "A2"], "性别": ["男"] * 3}})).persons[0]
    assert (count.persons.lo, count.persons.hi) == (2, 2)


def test_a_flag_tells_a_disability() -> None:
    item = column("残疾", [True, False])
    assert (item.meaning, item.sensitive.value) == ("disability", True)
    assert column("email", [True, False]).meaning == "code"
