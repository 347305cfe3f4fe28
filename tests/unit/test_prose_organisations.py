"""Organisations in texts: what is found, what is not. All names are invented or of public institutions."""

from __future__ import annotations

import pytest

from kouan.model.inventory import Tier
from kouan.recognize.prose.fold import view
from kouan.recognize.prose.organisations import find_organisations

FOUND = [
    ("患者于北京协和医院就诊，后出院", "北京协和医院", "hospital"),
    ("后转至中日友好医院。", "中日友好医院", "hospital"),
    ("于外院（杭州市第一人民医院）查CT", "杭州市第一人民医院", "hospital"),
    ("上海交通大学医学院附属瑞金医院收治", "上海交通大学医学院附属瑞金医院", "hospital"),
    ("到余杭区疾病预防控制中心登记", "余杭区疾病预防控制中心", "hospital"),
    ("在文新街道社区卫生服务中心接种", "文新街道社区卫生服务中心", "hospital"),
    ("由爱康体检中心出具", "爱康体检中心", "hospital"),
    ("在仁和诊所输液", "仁和诊所", "hospital"),
    ("在同仁堂大药房购药", "同仁堂大药房", "hospital"),
    ("送往协和医院抢救", "协和医院", "hospital"),
    ("北京大学第一医院的医生", "北京大学第一医院", "hospital"),
    ("入住夕阳红养老院", "夕阳红养老院", "hospital"),
    ("患儿就读于朝阳区第二幼儿园", "朝阳区第二幼儿园", "school"),
    ("阳光小学三年级学生", "阳光小学", "school"),
    ("毕业于清华大学，任教", "清华大学", "school"),
    ("考入杭州第二中学", "杭州第二中学", "school"),
    ("浙江大学生命科学学院的老师", "浙江大学生命科学学院", "school"),
    ("就职于华辰技术有限公司", "华辰技术有限公司", "company"),
    ("由蓝海（上海）医疗器械有限公司生产", "蓝海(上海)医疗器械有限公司", "company"),
    ("某某（中国）有限公司与客户", "某某(中国)有限公司", "company"),
    ("现任日新集团总裁", "日新集团", "company"),
    ("2019年5月加入青云公司，任经理", "青云公司", "company"),
    ("北京天册律师事务所律师", "北京天册律师事务所", "company"),
    ("兴农专业合作社负责", "兴农专业合作社", "company"),
    ("上海第一制药厂出品", "上海第一制药厂", "company"),
    ("甲方：东升股份有限公司", "东升股份有限公司", "company"),
    ("受雇于美国Acme公司", "美国Acme公司", "company"),
    ("中国银行北京分行朝阳支行开户", "中国银行北京分行朝阳支行", "bank"),
    ("开户行为招商银行杭州城西支行", "招商银行杭州城西支行", "bank"),
    ("收到平安银行的短信", "平安银行", "bank"),
    ("向北京市朝阳区人民法院起诉", "北京市朝阳区人民法院", "agency"),
    ("由杭州市公安局西湖区分局北山派出所办理", "杭州市公安局西湖区分局北山派出所", "agency"),
    ("浙江省教育厅发文", "浙江省教育厅", "agency"),
    ("翠苑街道办事处来电", "翠苑街道办事处", "agency"),
    ("在中国科学院微生物研究所工作", "中国科学院微生物研究所", "research"),
    ("之江实验室招聘", "之江实验室", "research"),
    ("中国红十字基金会资助", "中国红十字基金会", "other"),
    ("浙江图书馆借阅", "浙江图书馆", "other"),
    ("works at Northwind Trading Co., Ltd. in", "Northwind Trading Co., Ltd.", "company"),
    ("sent to Pfizer Inc. on Monday", "Pfizer Inc.", "company"),
    ("by Acme Pharma AG in", "Acme Pharma AG", "company"),
    ("Müller & Söhne GmbH is", "Muller & Sohne GmbH", "company"),
    ("of Blue Ocean Therapeutics and", "Blue Ocean Therapeutics", "company"),
    ("at Massachusetts General Hospital in", "Massachusetts General Hospital", "hospital"),
    ("seen in St. Mary's Hospital yesterday", "St. Mary's Hospital", "hospital"),
    ("the Mayo Clinic said", "Mayo Clinic", "hospital"),
    ("the University of California, who", "University of California", "school"),
    ("at Stanford University School of Medicine", "Stanford University School of Medicine", "school"),
    ("from Bank of China to", "Bank of China", "bank"),
    ("by the Ministry of Health in", "Ministry of Health", "agency"),
    ("the National Cancer Institute said", "National Cancer Institute", "research"),
    ("the Gates Foundation gave", "Gates Foundation", "other"),
]
NOT_FOUND = [
    "该公司是一家上市公司，其子公司在外地",
    "在当地医院就诊，上级医院会诊",
    "到人民医院看病，县人民医院不收",
    "大学生、中学生和小学生均可参加",
    "医院感染率上升，医院获得性肺炎",
    "办理银行卡，存入银行账户",
    "我公司与贵公司，本公司，各分公司",
    "二十届三中全会，附录二中所列，省级以上人民政府，高等学校，直辖市人民政府",
    "账号银行，开户银行，船舶运输公司，货运代理公司",
    "三甲医院，二级医院，专科医院，综合医院",
    "念大学，上中学，读小学，上幼儿园",
    "伦理委员会批准，独立数据监查委员会",
    "实验室检查：ALT升高；实验室指标正常",
    "外院治疗后好转",
    "保险公司拒赔，物流公司送货",
    "某医院、杭州某医院、某公司",
    "这家银行，多家银行，国有银行",
    "He went to the Hospital and the Bank.",
    "University Hospital, General Hospital, Teaching Hospital",
    "blood bank, high school, the Clinic",
    "The Company shall; Our Company; Limited data",
    "AG and SE are letters; a Study Group",
]


def found(text):
    seen = view(text).plain
    return [(seen[one.start : one.end], one.why) for one in find_organisations(seen)]


@pytest.mark.parametrize(("text", "name", "sort"), FOUND)
def test_organisations_are_found_whole(text, name, sort):
    assert found(text) == [(name, sort)]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_names_no_organisation_stays(text):
    assert found(text) == []


def test_endings_of_law_make_sure():
    (sure,) = find_organisations("就职于华辰技术有限公司")
    (less,) = find_organisations("就职于华辰公司")
    assert (sure.tier, less.tier) == (Tier.CONFIRMED, Tier.SUSPECTED)
