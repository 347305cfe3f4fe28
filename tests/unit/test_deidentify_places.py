"""Places by table."""

from __future__ import annotations

import pyarrow as pa
import pytest

from kouan.deidentify.places import Place


@pytest.mark.parametrize(
    ("address", "province", "city"),
    [
        ("北京市朝阳区甲路1号", "北京市", "北京市"),
        ("北京朝阳区", "北京市", "北京市"),
        ("中国上海市浦东新区", "上海市", "上海市"),
        ("广东省深圳市南山区", "广东省", "广东省深圳市"),
        ("广东深圳市", "广东省", "广东省深圳市"),
        ("深圳市南山区", "广东省", "广东省深圳市"),
        ("深圳南山区", "广东省", "广东省深圳市"),
        ("江西省景德镇市珠山区", "江西省", "江西省景德镇市"),
        ("内蒙古自治区呼和浩特市", "内蒙古自治区", "内蒙古自治区呼和浩特市"),
        ("内蒙古锡林郭勒盟", "内蒙古自治区", "内蒙古自治区锡林郭勒盟"),
        ("新疆维吾尔自治区伊犁哈萨克自治州", "新疆维吾尔自治区", "新疆维吾尔自治区伊犁哈萨克自治州"),
        ("广西桂林市", "广西壮族自治区", "广西壮族自治区桂林市"),
        ("吉林省吉林市", "吉林省", "吉林省吉林市"),
        ("香港九龙", "香港特别行政区", "香港特别行政区"),
        ("广东省人民路菜市场", "广东省", "广东省"),
        (" 广东省 深圳市 ", "广东省", "广东省深圳市"),
        ("南京东路100号", None, None),
        ("中山大道5号", None, None),
        ("人民路1号", None, None),
        ("1 Main Street", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_addresses(address, province, city):
    column = pa.array([address], pa.string())
    assert Place("province")(column).to_pylist() == [province]
    assert Place("city")(column).to_pylist() == [city]


@pytest.mark.parametrize(
    ("number", "province"),
    [
        ("110105194912310021", "北京市"),
        ("44010519900101001x", "广东省"),
        ("150105491231002", "内蒙古自治区"),
        ("990105194912310021", None),
        ("518000", None),
        ("abc", None),
    ],
)
def test_resident_ids_give_their_province(number, province):
    assert Place("id_province")(pa.array([number])).to_pylist() == [province]
