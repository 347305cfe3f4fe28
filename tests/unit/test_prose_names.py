"""Names of persons in texts: found with their reason, and words that only look like names. All names are invented."""

from __future__ import annotations

import pytest

from kouan.model.inventory import Tier
from kouan.recognize.prose.fold import view
from kouan.recognize.prose.names import find_names

FOUND = [
    ("姓名：王小明 性别：男", "王小明", "label"),
    ("姓名：王伟性别男", "王伟", "label"),
    ("(姓名：) 姓名: 欧阳明月", "欧阳明月", "label"),
    ("姓名|赵一凡|性别|女", "赵一凡", "label"),
    ("收件人 王小明 13800138000", "王小明", "label"),
    ("联系人：周兰，电话另附", "周兰", "label"),
    ("姓名：买买提·吐尔逊", "买买提·吐尔逊", "label"),
    ("陪同人员：乌兰图雅。", "乌兰图雅", "label"),
    ("签名：Chen Jing", "Chen Jing", "label"),
    ("患者名叫孙浩，今年", "孙浩", "label"),
    ("您好，我姓欧阳，", "欧阳", "label"),
    ("尊敬的张先生：您好", "张", "title"),
    ("刘晓东医生开具", "刘晓东", "title"),
    ("请陈主任会诊", "陈", "title"),
    ("李静女士来电", "李静", "title"),
    ("，田磊妈妈：明天请假", "田磊", "title"),
    ("已报沈工审批", "沈", "title"),
    ("熊俊熙总：您好", "熊俊熙", "title"),
    ("患者张伟因发热入院", "张伟", "context"),
    ("患者欧阳明月，女", "欧阳明月", "context"),
    ("记者杨雯通讯员报道", "杨雯", "context"),
    ("通讯员：王珂（本报）", "王珂", "context"),
    ("副会长贾明远表示", "贾明远", "context"),
    ("客户蒋浩然来电反映", "蒋浩然", "context"),
    ("护士钟淑珍发现异常", "钟淑珍", "context"),
    ("12床范伟输注后", "范伟", "context"),
    ("家属田娟知情", "田娟", "context"),
    ("长女邓婷婷继承", "邓婷婷", "context"),
    ("高远航：男，中国国籍", "高远航", "context"),
    ("闵一帆：男，生于1965年", "闵一帆", "context"),
    ("左明华，男，41岁。", "左明华", "context"),
    ("傅佳宁 158 2118 2933", "傅佳宁", "context"),
    ("肇事司机谭平，", "谭平", "context"),
    ("王某某诉头痛", "王某某", "hidden"),
    ("冯某甲在家务农", "冯某甲", "hidden"),
    ("张×来电", "张×", "hidden"),
    ("客服小赵：您好", "小赵", "nick"),
    ("，老程昨天请假", "老程", "nick"),
    ("王小明 10:22: 收到", "王小明", "speaker"),
    ("[2024-05-03 10:22] 李静: 好的", "李静", "speaker"),
    ("演员瑞莎·贝林主演", "瑞莎·贝林", "dotted"),
    ("得主托伦·斯科维奇日前", "托伦·斯科维奇", "dotted"),
    ("（古丽努尔·艾合买提）", "古丽努尔·艾合买提", "dotted"),
    ("，薛冬青顶上", "薛冬青", "surname"),
    ("一次性赔偿，欧阳学文同意", "欧阳学文", "context"),
    ("Dr. Emily Chen said", "Emily Chen", "title"),
    ("Dear Ms. Chen,", "Chen", "title"),
    ("with Prof. van der Berg in", "van der Berg", "title"),
    ("patient John Doe fell", "John Doe", "context"),
    ("Patient Smith was discharged", "Smith", "context"),
    ("He said that Robert Brown fell", "Robert Brown", "given"),
    ("seen by Zhang Wei at", "Zhang Wei", "pinyin"),
    ("by ZHANG Xiaoming on", "ZHANG Xiaoming", "pinyin"),
    ("signed Wang, Fang today", "Wang, Fang", "pinyin"),
    ("met Song Shixin today", "Song Shixin", "pinyin"),
    ("patient J.D. took", "J.D", "initials"),
    ("initials: JDS", "JDS", "initials"),
    ("Name: Peter Quill, born", "Peter Quill", "label"),
    ("From: Priya Nandakumar <p@example.com>", "Priya Nandakumar", "label"),
    ("Best regards,\nHolger Brandt\n", "Holger Brandt", "letter"),
    ("Dear Wolfram,\nthank you", "Wolfram", "letter"),
]
NOT_FOUND = [
    "中山路、张家口、黄山、石家庄",
    "高血压、高血脂、白细胞、黄疸、金黄色葡萄球菌",
    "患者安静休息，患者成功停药，患者方案调整",
    "车间主任、常务副主任、党委书记、董事会秘书",
    "毕业于北京，任职于上海，曾任经理",
    "金融系教授，会计系主任",
    "东方早报记者，华东地区",
    "收件人姓名和电话，签名和盖章",
    "原作品：简历：花旗：",
    "农行等银行，常州等地",
    "小时、小雨、老师、小心、小麦、老板",
    "原告提供证据，警方通报，双方同意，对方拒绝",
    "书香·港情，金·木·水",
    "南京路某号，某地区",
    "历任公司副总经理、总工程师",
    "Wells Fargo and Morgan Stanley are banks",
    "Past Medical History; Adverse Event; Study Drug",
    "Wilson Disease, Hodgkin Lymphoma, Crohn's Disease",
    "In China Long-acting insulin; Song lyrics; Fan therapy",
    "Humira 40 mg; Stevens-Johnson syndrome",
    "From: to: Contact: see page",
    "Regards, the team",
]


def found(text):
    seen = view(text).plain
    return [(seen[one.start : one.end], one) for one in find_names(seen)]


@pytest.mark.parametrize(("text", "name", "why"), FOUND)
def test_names_are_found_with_their_reason(text, name, why):
    spans = found(text)
    assert name in {word for word, _ in spans}
    assert why in {one.why for word, one in spans if word == name}
    assert all(word in name for word, _ in spans)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_words_that_look_like_names_stay(text):
    assert [word for word, _ in found(text)] == []


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("姓名：王小明", Tier.CONFIRMED),
        ("王小明先生", Tier.CONFIRMED),
        ("Dr. Chen", Tier.CONFIRMED),
        ("患者王小明，", Tier.SUSPECTED),
        ("王某某", Tier.SUSPECTED),
        ("Robert Brown", Tier.SUSPECTED),
    ],
)
def test_labels_and_titles_confirm(text, tier):
    assert {one.tier for _, one in found(text)} >= {tier}
    assert tier == Tier.CONFIRMED or {one.tier for _, one in found(text)} == {tier}


def test_names_in_one_list_are_found_together():
    words = {word for word, _ in found("抢救人员：医生沈浩然、周超、宋霞。")}
    assert words >= {"沈浩然", "周超", "宋霞"}
