"""Addresses and places in texts: found in one piece, or left alone. All doors are invented."""

from __future__ import annotations

import pytest

from kouan.model.inventory import Tier
from kouan.recognize.prose.divisions import find_chains, short
from kouan.recognize.prose.fold import view
from kouan.recognize.prose.places import find_places

ADDRESSES = [
    ("家住北京市朝阳区建国路88号院3号楼2单元1201室。", "北京市朝阳区建国路88号院3号楼2单元1201室"),
    ("收货地址：浙江 杭州 余杭区 文一西路 969 号，电话", "浙江 杭州 余杭区 文一西路 969 号"),
    ("寄：浙江省，杭州市，西湖区，文三路 90 号 1 幢 301 室", "浙江省,杭州市,西湖区,文三路 90 号 1 幢 301 室"),
    ("家住建国路88号3号楼502室。", "建国路88号3号楼502室"),
    ("户籍：四川省成都市武侯区某镇某村三组12号", "四川省成都市武侯区某镇某村三组12号"),
    ("河北省保定市清苑区望亭镇东望亭村12号，务农", "河北省保定市清苑区望亭镇东望亭村12号"),
    ("上海市浦东新区张江高科技园区祖冲之路887弄34号5层", "上海市浦东新区张江高科技园区祖冲之路887弄34号5层"),
    ("深圳市南山区科技园南区高新南一道9号", "深圳市南山区科技园南区高新南一道9号"),
    ("广东省深圳市福田区莲花北村15栋302", "广东省深圳市福田区莲花北村15栋302"),
    ("北京市海淀区中关村大街27号", "北京市海淀区中关村大街27号"),
    ("北京市海淀区中关村软件园", "北京市海淀区中关村软件园"),
    ("住南京东路100号", "南京东路100号"),
    ("内蒙古自治区呼和浩特市新城区新华大街63号", "内蒙古自治区呼和浩特市新城区新华大街63号"),
    ("重庆市渝中区解放碑民权路28号英利国际38楼", "重庆市渝中区解放碑民权路28号英利国际38楼"),
    ("中关村大街27号院2号楼601", "中关村大街27号院2号楼601"),
    ("来自海南省陵水黎族自治县英州镇", "海南省陵水黎族自治县英州镇"),
    ("新疆石河子市北三路35小区12栋", "新疆石河子市北三路35小区12栋"),
    ("西藏拉萨市城关区北京中路38号", "西藏拉萨市城关区北京中路38号"),
    ("杭州市西湖区文新街道骆家庄社区文二西路11幢2单元401室", "杭州市西湖区文新街道骆家庄社区文二西路11幢2单元401室"),
    ("香港九龙尖沙咀弥敦道100号", "香港九龙尖沙咀弥敦道100号"),
    ("寄到北京市100信箱25分箱", "北京市100信箱25分箱"),
    ("住3栋502室", "3栋502室"),
    ("江苏苏州工业园区星湖街328号", "江苏苏州工业园区星湖街328号"),
    ("湖北省武汉市洪山区珞喻路1037号", "湖北省武汉市洪山区珞喻路1037号"),
    ("陕西省西安市雁塔区小寨东路126号百隆广场8层", "陕西省西安市雁塔区小寨东路126号百隆广场8层"),
    ("黑龙江省哈尔滨市南岗区西大直街92号", "黑龙江省哈尔滨市南岗区西大直街92号"),
    ("天津市和平区南京路189号A座1803", "天津市和平区南京路189号A座1803"),
    ("广西南宁市青秀区民族大道12-3号", "广西南宁市青秀区民族大道12-3号"),
    ("云南省大理白族自治州大理市下关镇泰安路5号", "云南省大理白族自治州大理市下关镇泰安路5号"),
    ("贵州省黔东南苗族侗族自治州凯里市北京东路18号", "贵州省黔东南苗族侗族自治州凯里市北京东路18号"),
    ("福建省厦门市思明区湖滨南路81号光大银行大厦", "福建省厦门市思明区湖滨南路81号光大银行大厦"),
    ("居住地：山东省青岛市市南区香港中路61号甲", "山东省青岛市市南区香港中路61号"),
    ("湖南省长沙县星沙街道开元路17号", "湖南省长沙县星沙街道开元路17号"),
    ("河南省郑州市金水区花园路39号院6号楼东单元9号", "河南省郑州市金水区花园路39号院6号楼"),
    ("江西省吉安市吉州区永叔路三十六号", "江西省吉安市吉州区永叔路三十六号"),
    ("甘肃省兰州市城关区东岗西路199号1-2-301", "甘肃省兰州市城关区东岗西路199号1-2-301"),
    ("安徽合肥蜀山区长江西路130号", "安徽合肥蜀山区长江西路130号"),
    (
        "No. 88 Jianguo Road, Chaoyang District, Beijing 100022",
        "No. 88 Jianguo Road, Chaoyang District, Beijing 100022",
    ),
    (
        "Room 1201, Building 3, 88 Jianguo Road, Chaoyang District, Beijing",
        "Room 1201, Building 3, 88 Jianguo Road, Chaoyang District, Beijing",
    ),
    ("Lives at 221B Baker Street, London.", "221B Baker Street, London"),
    ("to P.O. Box 1234 please", "P.O. Box 1234"),
    ("at Wenyi Road, Yuhang District, Hangzhou", "Wenyi Road, Yuhang District, Hangzhou"),
    ("100 Main St, Springfield, IL 62701 is", "100 Main St, Springfield, IL 62701"),
    ("from 18 Wensan Lu, Xihu Qu, Hangzhou to", "18 Wensan Lu, Xihu Qu, Hangzhou"),
    ("at 10 Downing Street", "10 Downing Street"),
]
PLACES = [
    ("生于江苏省南京市，吸烟20年。", ["江苏省南京市"]),
    ("北京、上海、广州三地", ["北京", "上海", "广州"]),
    ("上海市民，杭州市长", ["上海市", "杭州市"]),
    ("籍贯：湖南长沙", ["湖南长沙"]),
    ("户籍在内蒙古自治区呼和浩特市", ["内蒙古自治区呼和浩特市"]),
    ("来自浦东新区的患者", ["浦东新区"]),
    ("来自上海，走了很久的山路", ["上海"]),
    ("来自上海，5组数据", ["上海"]),
    ("北京3号线", ["北京"]),
    ("武汉市病例", ["武汉市"]),
    ("新疆维吾尔自治区伊犁哈萨克自治州", ["新疆维吾尔自治区伊犁哈萨克自治州"]),
    ("出生于甘肃天水", ["甘肃天水"]),
]
NOTHING = [
    "本市、该县、各区、全省",
    "走在路上，路过一条街，道路湿滑",
    "患者于病区5号床，3楼病房",
    "第3组12例，A组20例",
    "农村、乡镇、城镇居民",
    "镇静、镇痛治疗，镇咳",
    "网络、线路、电路、通路阻断",
    "静脉通路1路，思路清晰",
    "两组患者，3层上皮，5号染色体",
    "信号通路，旁路移植，尿路感染",
    "10 mg in the Main Study; 5 Day Course",
    "Road accident; Street drugs; Lane 3 of the gel",
    "He drove down the road and stopped.",
]


def found(text):
    seen = view(text).plain
    return [(seen[one.start : one.end], one.kind) for one in find_places(seen)]


@pytest.mark.parametrize(("text", "address"), ADDRESSES)
def test_addresses_are_found_in_one_piece(text, address):
    spans = set(found(text))
    longest = max(spans, key=lambda one: len(one[0]))
    assert longest == (address, "address")


@pytest.mark.parametrize(("text", "places"), PLACES)
def test_divisions_alone_are_places(text, places):
    assert found(text) == [(place, "place") for place in places]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_place_stays(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "tier", "why"),
    [
        ("北京市朝阳区建国路88号", Tier.CONFIRMED, "division+road+number"),
        ("北京市建国路88号", Tier.SUSPECTED, "division+road+number"),
        ("北京市朝阳区建国路", Tier.SUSPECTED, "division+road"),
        ("建国路88号", Tier.SUSPECTED, "road"),
        ("杭州市", Tier.CONFIRMED, "division"),
        ("杭州", Tier.SUSPECTED, "division"),
    ],
)
def test_agreeing_levels_and_a_number_make_sure(text, tier, why):
    (one,) = find_places(text)
    assert (one.tier, one.why) == (tier, why)


def test_a_division_counts_only_within_the_one_before():
    (right,) = find_chains("浙江省杭州市西湖区")
    first, second = find_chains("江苏省西湖区")
    assert (right.levels, first.levels, second.levels) == (3, 1, 1)


@pytest.mark.parametrize(
    ("name", "cut"),
    [
        ("杭州市", "杭州"),
        ("延边朝鲜族自治州", "延边"),
        ("内蒙古自治区", "内蒙古"),
        ("忠县", "忠县"),
        ("阿里地区", "阿里"),
    ],
)
def test_short_names(name, cut):
    assert short(name) == cut
