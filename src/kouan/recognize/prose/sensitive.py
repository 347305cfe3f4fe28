"""Words of sensitive personal information in texts, by the kinds that PIPL Art 28 and GB/T 45574-2025 name.

A word never says whose illness or faith it is, nor that it is anybody's: news speak of illness and of faith all day.
So a word is a suspicion, and only a plain one in a text that names a person is more. What a word is taken for is a
meaning of the lexicon; the packs say which clause makes that sensitive. Denials count as well: that somebody has no
such illness is health information too. The lists were made for this file (confidence M).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kouan.model.inventory import Tier
from kouan.recognize.prose.fold import small
from kouan.recognize.prose.gate import Gate
from kouan.recognize.prose.lists import tree_of
from kouan.recognize.prose.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

UNDER14 = "under14"
"""Kind of what tells of a child under 14; the clause of that name stands in the packs."""
_CHILD_AGE = 14
_PLAIN = {
    "health": """
    确诊 诊断为 诊断: 初步诊断 出院诊断 入院诊断 主诉 既往史 现病史 病史 病历 病例 住院 手术史 过敏史 用药史 服药 化疗
    放疗 透析 高血压 糖尿病 冠心病 心脏病 心肌梗死 心梗 脑梗 中风 肿瘤 癌 白血病 肝炎 乙肝 丙肝 肝硬化 肺结核 肺炎 哮喘
    肾衰竭 尿毒症 艾滋病 HIV 梅毒 淋病 性病 抑郁症 焦虑症 精神分裂 双相情感 自闭症 癫痫 帕金森 阿尔茨海默 痴呆 怀孕 孕妇
    流产 早产 不孕 不育 骨折 残疾 不良反应 过敏性休克 皮疹 阳性 体检异常 病假 工伤 伤残 血糖 血压 肌酐 diagnosed
    diagnosis hypertension diabetes cancer tumor tumour leukemia leukaemia hepatitis tuberculosis pneumonia asthma
    epilepsy depression anxiety schizophrenia bipolar autism dementia alzheimer parkinson stroke infarction
    miscarriage pregnant pregnancy hospitalised hospitalized hospitalisation hospitalization chemotherapy radiotherapy
    dialysis seizure HIV-positive AIDS
    """,
    "biometric": """
    指纹 人脸特征 人脸识别 虹膜 声纹 掌纹 步态 面部特征 fingerprint faceprint voiceprint iris biometric
    """,
    "genetic": "基因检测 基因突变 基因组 染色体 DNA 遗传病 genome genotype mutation",
    "religion": """
    信仰 信教 信佛 佛教徒 基督徒 基督教徒 天主教徒 穆斯林 回教 伊斯兰教徒 道教徒 皈依 受洗 礼拜 做礼拜 朝觐 清真 Muslim
    Christian Catholic Buddhist Jewish Hindu baptised baptized
    """,
    "disability": "残疾人 残障 残疾证 失聪 失明 聋哑 智力障碍 肢体残疾 disabled disability deaf blind",
    "criminal_record": """
    前科 犯罪记录 服刑 刑满释放 被判 拘留 取保候审 吸毒 戒毒 convicted imprisonment arrested felony probation
    """,
    "sexual": "同性恋 双性恋 跨性别 性取向 变性 gay lesbian homosexual bisexual transgender",
    "account_balance": "账户余额 存款余额 银行流水 征信 欠款 逾期 负债 overdue",
    "location": "行踪 轨迹 行程 定位 住宿登记 入住酒店 whereabouts itinerary geolocation",
    UNDER14: """
    儿童 幼儿 幼儿园 婴儿 新生儿 患儿 小学生 未成年 未满十四周岁 不满十四周岁 toddler infant newborn kindergarten
    """,
}
_WEAK = frozenset(
    """
    阳性 信仰 礼拜 清真 行程 定位 轨迹 残疾 血压 血糖 癌 未成年 儿童 负债 逾期 征信 染色体 dna 病例 病假 服药 住院 工伤
    blind anxiety mutation iris overdue itinerary stroke depression christian catholic jewish
    """.split()  # noqa: SIM905 - words
)
"""Words that are as often used of other things: never more than a suspicion."""


def _table() -> dict[str, str]:
    return {word.lower(): kind for kind, words in _PLAIN.items() for word in words.split()}


_KINDS = _table()
SENSITIVE = tuple(_PLAIN)
"""Kinds, most telling first."""
_HAN = re.compile(tree_of(word for word in _KINDS if not word.isascii()))
_LATIN = re.compile(rf"(?<![a-zıİſ])(?:{tree_of(word for word in _KINDS if word.isascii())})(?![a-zıİſ])")
_LETTERS, _AGED, _OLD = Gate("[A-Za-z\u212a]{3}"), Gate("[岁龄]"), Gate("[- ]old")
"""No Latin word has less than three letters; the sign of kelvin is one in small letters."""
_AGE = re.compile(r"(?<![\d.\-至到~])(\d{1,2})\s?(?:周岁|岁)(?![以之至到~\-]|及以)|(?<!\d)\d{1,2}\s?个?月龄")
_AGE_EN = re.compile(r"(?<!\d)(\d{1,2})[\- ]years?[\- ]old\b")


def find_sensitive(text: str, *, named: bool) -> Iterator[Span]:
    """Yield what a text says that may be sensitive personal information.

    Args:
        text: as written.
        named: whether it names a person, or holds a person's number.
    """
    words = () if text.isascii() else [*_HAN.finditer(text)]
    if _LETTERS(text):
        words = sorted((*words, *_LATIN.finditer(small(text))), key=re.Match.start)
    for one in words:
        sure = named and one[0] not in _WEAK
        yield Span(*one.span(), _KINDS[one[0]], tier=Tier.CONFIRMED if sure else Tier.SUSPECTED, why="word")
    for pattern, may in ((_AGE, _AGED), (_AGE_EN, _OLD)):
        for one in pattern.finditer(text) if may(text) else ():
            if one[1] is None or int(one[1]) < _CHILD_AGE:
                yield Span(*one.span(), UNDER14, tier=Tier.CONFIRMED if named else Tier.SUSPECTED, why="age")
