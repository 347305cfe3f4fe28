"""Names of people who do not exist: common surnames and given-name characters, combined at random."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

_SURNAMES = (
    "王wang 李li 张zhang 刘liu 陈chen 杨yang 黄huang 赵zhao 吴wu 周zhou 徐xu 孙sun 马ma 朱zhu 胡hu 郭guo 何he 林lin "
    "高gao 罗luo 郑zheng 梁liang 谢xie 宋song 唐tang 许xu 韩han 邓deng 冯feng 曹cao 彭peng 曾zeng 肖xiao 田tian "
    "董dong 潘pan 袁yuan 蔡cai 蒋jiang 余yu 于yu 杜du 叶ye 程cheng 魏wei 苏su 吕lv 丁ding 任ren 卢lu 姚yao 沈shen "
    "钟zhong 姜jiang 崔cui 谭tan 陆lu 范fan 汪wang 廖liao 石shi 金jin 韦wei 贾jia 夏xia 付fu 方fang 邹zou 熊xiong "
    "白bai 孟meng 秦qin 邱qiu 侯hou 江jiang 尹yin 薛xue 阎yan 段duan 雷lei 龙long 黎li 史shi 陶tao 贺he 毛mao 郝hao "
    "顾gu 龚gong 邵shao 万wan 覃qin 武wu 钱qian 戴dai 严yan 莫mo 孔kong 向xiang 常chang 欧阳ouyang 司马sima "
    "上官shangguan 诸葛zhuge"
)
_MALE = (
    "伟wei 强qiang 磊lei 军jun 勇yong 杰jie 涛tao 超chao 明ming 刚gang 平ping 辉hui 鹏peng 斌bin 波bo 浩hao 亮liang "
    "宇yu 凯kai 健jian 俊jun 帆fan 帅shuai 旭xu 宁ning 龙long 林lin 志zhi 建jian 国guo 文wen 海hai 峰feng 新xin "
    "成cheng 东dong 子zi 一yi 晨chen 博bo 轩xuan 泽ze 睿rui 航hang 哲zhe"
)
_FEMALE = (
    "芳fang 娜na 敏min 静jing 丽li 艳yan 娟juan 霞xia 燕yan 玲ling 婷ting 雪xue 倩qian 琳lin 梅mei 莉li 萍ping "
    "红hong 玉yu 兰lan 慧hui 洁jie 颖ying 丹dan 蓉rong 欣xin 怡yi 佳jia 梦meng 琪qi 雨yu 涵han 诗shi 思si 雅ya "
    "宁ning 晓xiao 秀xiu 文wen 子zi 一yi 悦yue 瑶yao 欢huan 薇wei"
)


def _pairs(text: str) -> tuple[pa.Array, pa.Array]:
    found = re.findall(r"([^\sa-z]+)([a-z]+)", text)
    return pa.array([hanzi for hanzi, _ in found]), pa.array([pinyin for _, pinyin in found])


_SURNAME, _SURNAME_PINYIN = _pairs(_SURNAMES)
_GIVEN, _GIVEN_PINYIN = _pairs(_MALE + " " + _FEMALE)
_MALE_COUNT = len(_MALE.split())
_TWO_CHARACTERS = 0.82
_rank = np.arange(len(_SURNAME)) + 4.0
_WEIGHTS = (1 / _rank) / (1 / _rank).sum()


def surnames(rng: Generator, count: int) -> NDArray[np.int64]:
    """Draw surname numbers, common ones more often."""
    return rng.choice(len(_SURNAME), size=count, p=_WEIGHTS)


def names(rng: Generator, surname: NDArray[np.int64], *, male: NDArray[np.bool_]) -> tuple[pa.Array, pa.Array]:
    """Return full names in characters, and `surname.given` in Latin letters for mailbox names."""
    first, second = _given(rng, male), _given(rng, male)
    two = pa.array(rng.random(len(male)) < _TWO_CHARACTERS)
    full = pc.binary_join_element_wise(
        _SURNAME.take(pa.array(surname)),
        _GIVEN.take(first),
        pc.if_else(two, _GIVEN.take(second), ""),
        "",
    )
    latin = pc.binary_join_element_wise(
        pc.binary_join_element_wise(_SURNAME_PINYIN.take(pa.array(surname)), _GIVEN_PINYIN.take(first), "."),
        pc.if_else(two, _GIVEN_PINYIN.take(second), ""),
        "",
    )
    return full, latin


def surname_text(surname: NDArray[np.int64]) -> pa.Array:
    """Return the characters of surname digits."""
    return _SURNAME.take(pa.array(surname))


def _given(rng: Generator, male: NDArray[np.bool_]) -> pa.Array:
    drawn = rng.random(len(male))
    men = (drawn * _MALE_COUNT).astype(np.int64)
    women = _MALE_COUNT + (drawn * (len(_GIVEN) - _MALE_COUNT)).astype(np.int64)
    return pa.array(np.where(male, men, women))
