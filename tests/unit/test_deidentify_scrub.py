"""Identifiers go from texts, medicine stays. All names and numbers are invented."""

from __future__ import annotations

import time

import pyarrow as pa
import pytest
from stdnum.cn import uscc

from kouan.deidentify.scrub.kernel import Scrub, mark
from kouan.deidentify.scrub.known import Known
from kouan.recognize.prose.words import LABELS

MEDICAL = [
    "患者高血压病史10年，口服硝苯地平控释片30mg qd，血压控制在130/85mmHg左右。",
    "患者黄疸、白细胞升高（12.3×10^9/L），血红蛋白128g/L，肌酐88.4μmol/L，谷丙转氨酶120U/L。",
    "患者房颤，予胺碘酮0.2g tid、华法林2.5mg qn，INR 2.3；左氧氟沙星0.5g静滴后出现皮疹。",
    "患者罗红霉素过敏，患者应用甘露醇250ml快速静滴，患者万古霉素谷浓度15.2mg/L。",
    "由麻醉医生及康复医师会诊。由于医生建议复查，患者向医生咨询。全科医生随访，皮肤科医生会诊。",
    "用药后第3天体温38.5℃，心率110次/分，SpO2 95%，QTc 460ms，ECOG 1分，CA125 35.2U/mL，PD-1抑制剂。",
    "患者支气管炎，患者曾于外院治疗，患者孙女陪同，患者查体合作，12张床位，3个周期化疗（紫杉醇175mg/m2）。",
    "患者于外院查血常规示WBC 3.5；车祸伤后来院，应家属要求出院，单药治疗，请会诊医生，值班医生已看过，上级医师指示。",
    "既往史：糖尿病10年，否认药物过敏史。家族史：父亲高血压，母亲糖尿病，哥哥冠心病。生于江苏省南京市，吸烟20年。",
    "患者成功停药，患者安静休息后好转，患者左眼视力0.8，患者金黄色葡萄球菌感染，患者方案调整为FOLFOX6。",
    "Past medical history included Type 2 Diabetes Mellitus and Crohn's Disease; Subject Disposition: completed.",
    "Patient Health Questionnaire-9 score 12; Wilson Disease, Hodgkin Lymphoma; Metformin 1000 mg BID, Day 1.",
    "The patient developed a maculopapular rash 3 days after the second dose of amoxicillin 500 mg three times daily.",
    "ALT 120 U/L, AST 98 U/L (ULN 40), creatinine 1.2 mg/dL, platelets 150000/uL, BP 130/85 mmHg, HR 110 bpm.",
    "Stevens-Johnson syndrome was suspected; Study NCT01234567, lot AB1234, MedDRA 26.1, CTCAE v5.0, grade 3.",
    "IDH1 mutation, HER2 3+, EGFR exon 19 deletion; Humira 40 mg every 2 weeks; Patient Reported Outcomes improved.",
    "Readings were 130 85 140 90 72 and 118 76 122 80 68; dose 2.5 mg/kg x 4 cycles; ratio 1:2, pH 7.35.",
    "随访：患者补充了病史，项目提供药物，文件记录完整；安全性报告已上报，高热报告医生，白细胞报告正常，左侧，男性多见。",
    "检查单（高血压）附件：安全性说明；记录（白细胞）正常。When He came, Then He left.",
    "In China Long-acting insulin; Pan American study; He Said; Human Albumin; Song lyrics; Fan therapy, Tan skin.",
    "Causality was assessed as possible per WHO-UMC; dechallenge positive, rechallenge not done. Outcome: recovered.",
]


@pytest.mark.parametrize("text", MEDICAL)
def test_medicine_survives(text):
    assert Scrub().text(text) == (text, {})


@pytest.mark.parametrize(
    ("text", "gone", "kind"),
    [
        ("电话13800138000。", "13800138000", "mobile"),
        ("电话 138 0013 8000。", "138 0013 8000", "mobile"),
        ("电话１３８００１３８０００。", "１３８００１３８０００", "mobile"),
        ("电话1\u200b380013\u200b8000。", "1\u200b380013\u200b8000", "mobile"),
        ("号码+86-138-0013-8000转告", "138-0013-8000", "mobile"),
        ("身份证110105194912310021核对", "110105194912310021", "resident_id"),
        ("证件 110105 19491231 002X 核对", "110105 19491231 002X", "resident_id"),
        ("卡6222 0212 3456 7890 123", "6222 0212 3456 7890 123", "bankcard"),
        ("座机010-62345678转", "010-62345678", "phone"),
        ("电话：62345678", "62345678", "phone"),
        ("Call (555) 123-4567 now", "(555) 123-4567", "phone"),
        ("Tel: +44 20 7946 0958", "+44 20 7946 0958", "phone"),
        ("写信到 li.lei@example.com 即可", "li.lei@example.com", "email"),
        ("护照E12345678", "E12345678", "passport"),
        ("车牌京A·12345撞伤", "京A·12345", "plate"),
        ("住院号：ZY2024-0001", "ZY2024-0001", "record"),
        ("病历号 00123456", "00123456", "record"),
        ("(MRN: 00-123-456)", "00-123-456", "record"),
        ("medical record number 7712345 was", "7712345", "record"),
        ("Subject 101-0034 was", "101-0034", "record"),
        ("受试者10034出现皮疹", "10034", "record"),
        ("微信号：zhang_san88", "zhang_san88", "record"),
        ("see https://a.example/p?id=7 for", "https://a.example/p?id=7", "url"),
        ("from 192.168.3.14 today", "192.168.3.14", "ip"),
        ("号码一三八零零一三八零零零", "一三八零零一三八零零零", "mobile"),
        ("条码123456789012345", "123456789012345", "number"),
        ("患者张伟因发热入院", "张伟", "name"),
        ("患者欧阳明月，女", "欧阳明月", "name"),
        ("患者王某某诉头痛", "王某某", "name"),
        ("报告人：李静", "李静", "name"),
        ("主治医师李明建议", "李明", "name"),
        ("请陈主任会诊", "陈", "name"),
        ("刘晓东医生开具", "刘晓东", "name"),
        ("姓名：买买提·吐尔逊", "买买提·吐尔逊", "name"),
        ("Dr. Emily Chen said", "Emily Chen", "name"),
        ("Mr Smith fell", "Smith", "name"),
        ("patient John Doe fell", "John Doe", "name"),
        ("He said that Robert Brown fell", "Robert Brown", "name"),
        ("seen by Zhang Wei at", "Zhang Wei", "name"),
        ("患者于建国，男", "于建国", "name"),
        ("患者高兴，男", "高兴", "name"),
        ("药师吴梅，女", "吴梅", "name"),
        ("Patient Smith was discharged", "Smith", "name"),
        ("Nurse Kelly O'Brien. Follow-up", "Kelly O'Brien", "name"),
        ("家属钟勇勇不同意继续", "钟勇勇", "name"),
        ("家属高建华同意继续", "高建华", "name"),
        ("随访：宋诗欣补充了检查结果", "宋诗欣", "name"),
        ("（韦玲诗，2011.03.04生）", "韦玲诗", "name"),
        ("收治。左明华，男，41岁。", "左明华", "name"),
        ("on 2026: Shixin Song sent a result", "Shixin Song", "name"),
        ("On 2026, 韩航国 (male, 33-year-old) started", "韩航国", "name"),
        ("出院小结（赵文一）", "赵文一", "name"),
        ("患儿母亲周雅文孕期用药", "周雅文", "name"),
        ("On 2025, Binlin He (male) started", "Binlin He", "name"),
        ("signed later by Song Shixin today", "Song Shixin", "name"),
        ("with Prof. van der Berg in", "van der Berg", "name"),
        ("in Rochester, MN 55905 by", "MN 55905", "address"),
        ("patient J.D. took", "J.D.", "name"),
        ("initials: JDS", "JDS", "name"),
        ("家住北京市朝阳区建国路88号3号楼502室。", "建国路88号3号楼502室", "address"),
        ("地址：浙江省杭州市西湖区文三路 90 号 1 幢 301 室", "文三路 90 号 1 幢 301 室", "address"),
        ("Lives at 221B Baker Street, London.", "221B Baker Street", "address"),
    ],
)
def test_identifiers_go_with_a_mark_that_says_their_kind(text, gone, kind):
    found, counts = Scrub().text(text)
    assert gone not in found
    assert LABELS[kind].zh in found or LABELS[kind].en in found
    assert counts[kind] == 1


def test_the_mark_is_in_the_language_of_the_text():
    assert Scrub().text("电话13800138000")[0] == "电话【已移除：手机号】"
    assert Scrub().text("mobile 13800138000")[0] == "mobile [removed: mobile]"


def codes(head):
    """Return codes of digits alone, with the right check character, that begin so."""
    bodies = (f"{head}110000{at:09}" for at in range(123456000, 123457000))
    return [body + check for body in bodies if (check := uscc.calc_check_digit(body)).isdigit()]


def test_an_organisations_code_stays_and_a_sole_traders_goes():
    for code in codes("91")[:5]:
        assert Scrub().text(f"单位代码{code}。")[1] == {}
    for code in codes("92")[:5]:
        assert code not in Scrub().text(f"单位代码{code}。")[0]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("于2024年5月3日入院", "于2024年入院"),
        ("on 2024-05-03 at home", "on 2024 at home"),
        ("on 2024-05-03T10:30:00+08:00 at", "on 2024 at"),
        ("on 03-May-2024 at", "on 2024 at"),
        ("on May 3, 2024 at", "on 2024 at"),
        ("in May 2024 at", "in 2024 at"),
        ("on 20240503 at", "on 2024 at"),
        ("on 05/03/2024 at", "on 2024 at"),
        ("5月3日复诊", "【已移除：日期】复诊"),
        ("on 3 May at", "on [removed: date] at"),
        ("二〇二四年五月三日入院", "二〇二四年入院"),
    ],
)
def test_of_dates_only_the_year_stays_unless_the_plan_says_otherwise(text, year):
    assert Scrub().text(text)[0] == year
    assert Scrub("keep").text(text) == (text, {})
    assert "2024" not in Scrub("remove").text(text)[0]


def test_values_known_from_the_source_go_wherever_they_stand():
    known = Known()
    known.add(["甄不凡", "Quill, Ada", "x-77-B", "12", "无", "1234", "本人"], "name")
    known.add(["PT-00917"], "patient_id")
    found, counts = Scrub(known=known).text(
        "甄不凡与Ada Quill及X，编码x-77-B、PT-00917；12 mg，1234 mg，本人无过敏。Adaptive"
    )
    assert found.endswith("12 mg，1234 mg，本人无过敏。Adaptive")
    assert counts == {"name": 3, "record": 1}
    assert "及X" in found


def test_names_in_full_width_or_with_accents_are_known_too():
    known = Known()
    known.add(["José Núñez", "ＡＮＮＡ"], "name")
    assert Scrub(known=known).text("Jose Nunez, ANNA")[1] == {"name": 2}


def test_the_number_of_known_values_is_bounded(monkeypatch):
    monkeypatch.setattr("kouan.deidentify.scrub.known.MOST_KNOWN", 2)
    known = Known()
    known.add(["甄一凡", "甄二凡", "甄三凡"], "name")
    assert (len(known.kinds), known.full) == (2, True)


def test_tags_stay_and_what_they_split_is_found():
    text = '<div xmlns="http://www.w3.org/1999/xhtml"><p>电话138<b>0013</b>8000 &lt; &#49;3900139000</p><p>患者<i>张伟</i>，好</p></div>'
    found, counts = Scrub().text(text)
    assert found == (
        '<div xmlns="http://www.w3.org/1999/xhtml"><p>电话【已移除：手机号】<b></b> &lt; 【已移除：手机号】</p>'
        "<p>患者<i>【已移除：姓名】</i>，好</p></div>"
    )
    assert counts == {"mobile": 2, "name": 1}


def test_attributes_are_scrubbed_inside_their_quotes():
    found = Scrub().text('<p>see <a href="mailto:li@example.com" title="x">mail</a></p>')[0]
    assert found == '<p>see <a href="mailto:[removed: e-mail]" title="x">mail</a></p>'


def test_what_only_looks_like_a_tag_is_text():
    assert "example" not in Scrub().text("from <john.smith@example.com> today")[0]
    assert Scrub().text("ALT <40 and AST >100")[0] == "ALT <40 and AST >100"


def test_columns_keep_null_and_count_every_cell():
    column = pa.array(["电话13800138000", None, "", "电话13800138000"])
    found, counts = Scrub().run(column)
    assert found.to_pylist() == ["电话【已移除：手机号】", None, "", "电话【已移除：手机号】"]
    assert counts == {"mobile": 2}


def test_what_follows_a_name_stays():
    assert Scrub().text("Nurse Kelly O'Brien. Follow-up in June")[0] == "Nurse [removed: name]. Follow-up in June"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("于民国一一二年三月五日入院", "于民国一一二年入院"),
        ("於民國112年3月5日入院", "於民國112年入院"),
        ("２０２４年５月６日用药", "２０２４年用药"),
        ("自05/2024起", "自2024起"),
        ("于2024年第一季度", "于2024年"),
        ("二〇二三年冬月初八摔伤", "二〇二三年摔伤"),
        ("除夕夜里发热", "【已移除：日期】里发热"),
        ("2024年5月6日14时30分停药", "2024年停药"),
        ("in mid-June 2024 he", "in 2024 he"),
        ("on 06MAY2024 at", "on 2024 at"),
        ("seen Monday, May 6th at", "seen [removed: date] at"),
        ("the day after Christmas he", "[removed: date] he"),
    ],
)
def test_of_other_calendars_and_feasts_only_the_year_stays_as_it_was_written(text, left):
    assert Scrub().text(text)[0] == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("邮编 100080", "邮编 【已移除：地址】"),
        ("寄100080 北京市海淀区中关村南三街6号收", "寄【已移除：地址】收"),
        ("加5床家属", "【已移除：床号】家属"),
        ("男，93岁，", "男，【已移除：年龄】，"),
        ("男，89岁，", "男，89岁，"),
        ("电话0086-13800138000转分机12", "电话【已移除：手机号】"),
        ("编码e10adc3949ba59abbe56e057f20f883e。", "编码【已移除：编号】。"),
        ("lihua [at] example [dot] com", "[removed: e-mail]"),
        ("批号20240305，国药准字H20051234", "批号20240305，国药准字H20051234"),
        ("患者黃志明到院，陳怡君藥師", "患者【已移除：姓名】到院，【已移除：姓名】藥師"),
        ("张伟说疼。后来张伟又说不疼", "【已移除：姓名】说疼。后来【已移除：姓名】又说不疼"),
    ],
)
def test_what_is_written_to_be_overread_goes_and_numbers_of_goods_stay(text, left):
    assert Scrub().text(text)[0] == left


@pytest.mark.parametrize(
    "unit",
    [
        "a at b dot ",
        "一",
        "民国一",
        "护照",
        "微信",
        "患者 ",
        "Al Ab ",
        "1*",
        "12床",
        "the day after ",
        "five ",
        "John ",
        "John Smith ",
    ],
)
def test_the_rules_for_hidden_things_cost_no_more_than_their_length(unit):
    def cost(size):
        text = (unit * size)[:size]
        start = time.process_time()
        Scrub().text(text)
        return time.process_time() - start

    cost(1_000)
    assert cost(40_000) < 12 * cost(10_000) + 0.5


@pytest.mark.parametrize("unit", ["1 ", "1.", "<!--", "a@", "10 A St ", "患者张", "Dr A ", "·1", "医生", "id "])
def test_hostile_repetition_costs_no_more_than_its_length(unit):
    def cost(size):
        text = (unit * size)[:size]
        start = time.process_time()
        Scrub().text(text)
        return time.process_time() - start

    cost(1_000)
    assert cost(40_000) < 12 * cost(10_000) + 0.5


def test_marks_name_every_kind():
    assert all(mark(kind, zh=True) != mark(kind, zh=False) for kind in LABELS)
