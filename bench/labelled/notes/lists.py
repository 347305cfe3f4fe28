"""What names, places and companies in the labelled notes are made of: other lists for each half.

Written for the benchmark alone, from no list of the product. Persons and companies are put together at random; nobody
is meant.
"""

from __future__ import annotations

from dataclasses import dataclass


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().splitlines())


@dataclass(frozen=True, slots=True)
class Lists:
    """Parts of one half.

    Attributes:
        surnames, given: Chinese names.
        others: whole names of minorities and of several parts.
        foreign: first and last names in Chinese transliteration.
        first, last: English and other names in Latin letters.
        pinyin, syllables: surnames, and syllables of given names.
        cities: city, a district of it, and its province; empty for a municipality.
        roads, compounds: of addresses.
        brands: of companies and hospitals.
        countries, lands: in Chinese and English.
        towns: of addresses in English: town, region, postcode's head.
        streets: names of streets in English.
        firms: companies and institutions in English.
    """

    surnames: tuple[str, ...]
    given: tuple[str, ...]
    others: tuple[str, ...]
    foreign: tuple[str, ...]
    first: tuple[str, ...]
    last: tuple[str, ...]
    pinyin: tuple[str, ...]
    syllables: tuple[str, ...]
    cities: tuple[str, ...]
    roads: tuple[str, ...]
    compounds: tuple[str, ...]
    brands: tuple[str, ...]
    countries: tuple[str, ...]
    lands: tuple[str, ...]
    towns: tuple[str, ...]
    streets: tuple[str, ...]
    firms: tuple[str, ...]


DEVELOPMENT = Lists(
    surnames=_words(
        """王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅
        沈 曾 彭 吕 苏 卢 蒋 蔡 贾 丁 魏 薛 叶 阎 余 潘 杜 戴 夏 钟 汪 田 任 姜 范 方 石 姚 谭 廖 邹 熊 金 陆 郝 孔 白
        欧阳 诸葛"""
    ),
    given=_words(
        """伟 芳 娜 敏 静 丽 强 磊 洋 勇 艳 杰 娟 涛 明 超 霞 平 刚 建国 秀英 志强 晓燕 海波 文静 建华 玉兰 桂芝 子涵
        雨桐 浩然 欣怡 宇轩 嘉琪 思远 梓萱 家豪 振宇 春梅 国栋 淑珍 立新 永福 向阳 小红 一鸣 佳宁 若曦 俊熙 天佑 晨
        婷婷 宏图 学文 红兵 新民 翠花 冬青 长林"""
    ),
    others=_words(
        """阿迪力·买买提 古丽努尔·艾合买提 扎西顿珠 卓玛央金 巴特尔 其其格 吐尔逊江·卡德尔 帕提古丽·肉孜 洛桑丹增
        阿布都拉·玉素甫 乌兰图雅 次仁旺堆"""
    ),
    foreign=_words(
        """约翰·史密斯 玛丽·布朗 彼得·穆勒 安娜·科瓦奇 大卫·威尔逊 索菲·马丁 卡洛斯·加西亚 山本健一 金秀贤美
        伊万·彼得罗夫"""
    ),
    first=_words(
        """James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Susan Richard Sarah Thomas
        Karen Daniel Nancy Matthew Lisa Mark Sandra Paul Emily Andrew Grace"""
    ),
    last=_words(
        """Smith Johnson Williams Brown Jones Garcia Miller Davis Wilson Anderson Taylor Moore Martin Lee Thompson White
        Harris Clark Lewis Robinson Walker Young Allen King Wright Hill"""
    ),
    pinyin=_words("Wang Li Zhang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Hu Zhu Gao Lin He Guo Ma Luo"),
    syllables=_words("wei fang na min jing li qiang lei yang yong jie juan tao ming chao xia ping gang hua xin"),
    cities=_lines(
        """北京市 海淀区
        北京市 朝阳区
        上海市 浦东新区
        上海市 徐汇区
        天津市 南开区
        重庆市 渝北区
        杭州市 西湖区 浙江省
        南京市 鼓楼区 江苏省
        广州市 天河区 广东省
        深圳市 南山区 广东省
        成都市 武侯区 四川省
        武汉市 洪山区 湖北省
        西安市 雁塔区 陕西省
        沈阳市 和平区 辽宁省
        济南市 历下区 山东省
        苏州市 姑苏区 江苏省"""
    ),
    roads=_words(
        "中关村南大街 建国路 人民路 文一西路 科技园路 中山北路 天府大道 解放路 学院路 幸福里胡同 长江东路 延安西路"
    ),
    compounds=_words("阳光花园 金色家园 翠湖小区 和平里社区 万科城市花园 龙湖滟澜山 东方苑 锦绣江南小区"),
    brands=_words("华瑞 鼎盛 博远 康泰和 中科启明 新宇 天元 瑞丰 海纳 云图 安信 恒达"),
    countries=_words("美国 德国 日本 新加坡 法国 澳大利亚 英国 加拿大"),
    lands=_words("Germany Japan Singapore France Australia Canada"),
    towns=_lines(
        """Boston, MA 021
        Springfield, IL 627
        Austin, TX 787
        Seattle, WA 981
        Portland, OR 972"""
    ),
    streets=_lines(
        """Maple Street
        Oak Avenue
        Lincoln Road
        Elm Drive
        Washington Boulevard"""
    ),
    firms=_lines(
        """Northgate General Hospital
        Harbor Analytics Inc.
        Bluewater Logistics Ltd
        Riverside University
        Summit Pharma GmbH
        Oakfield Insurance Company"""
    ),
)
HELD = Lists(
    surnames=_words(
        """尉迟 令狐 慕容 上官 司徒 皇甫 东方 端木 佘 佟 邸 昝 逄 亓 乜 蔺 冼 揭 仇 查 单 解 区 盖 郗 阚 苗 宫 柴 鲍 喻
        柏 窦 章 云 葛 奚 费 廉 岑 雷 贺 倪 汤 滕 殷 毕 邬 常 乐 时 卞 齐 康 伍 元 卜 顾 孟 黎 易 万 覃 靳 莫 颜 温 牛
        樊 兰 甘 关 向 植 麦 侍 召 帅 晏 仝 麻 敖 郜 原 候"""
    ),
    given=_words(
        """鹏飞 璐 昊 倩 帆 楠 琛 瑾瑜 睿 钰婷 彦霖 铭泽 诗涵 可欣 沐阳 知远 允儿 奕辰 书瑶 景行 望舒 青山 江河 高远
        胜利 援朝 爱民 凤仙 银花 招娣 金宝 来福 满仓 树根 水生 土生 石头 大勇 二妮 三妹 四海 五一 六斤 雪松 竹君 兰心
        菊香 梅 松 柏年 如意 平安 健康 快乐 安 乐"""
    ),
    others=_words(
        """买买提·吐尔逊 阿依夏木·托合提 才让卓玛 多吉才旦 苏和巴图 萨仁高娃 热依汗·阿卜杜热西提 木合塔尔·依明
        尼玛次仁 额尔敦 斯琴高丽 艾力·热合曼 迪丽拜尔·赛买提 岩温罕 格桑梅朵"""
    ),
    foreign=_words(
        """弗朗索瓦·杜邦 克里斯蒂娜·约翰逊 拉杰什·夏尔马 奥列格·伊万诺维奇·库兹涅佐夫 佐藤美穗 朴宰亨 穆罕默德·阿里夫
        埃琳娜·罗西 汉斯·冯·贝格 阮氏玉兰 让-皮埃尔·勒菲弗"""
    ),
    first=_words(
        """Oluwaseun Priya Siobhan Dmitri Fatima Xavier Ingrid Rajesh Niamh Kwame Yuki Anneliese Tariq Beatriz Lars
        Chiara Mbali Declan Freya Hiroshi Zainab Piotr Marisol Gareth"""
    ),
    last=_words(
        """Okonkwo Ramanathan O'Sullivan Volkov Al-Hashimi Delacroix Lindqvist Chatterjee MacAllister Mensah Tanaka
        Hoffmann Siddiqui Carvalho Bergstrom Ricci Dlamini Fitzgerald Haugen Nakamura Abdullahi Kowalczyk Trujillo
        Llewellyn"""
    ),
    pinyin=_words("Ouyang Xiahou Qiu Shan Ge Kang Long Tan Mei Bai Yan Feng Yue Hong Zhuang Jiang Nie Xi Qu Ning"),
    syllables=_words("peng fei lu hao qian fan nan chen rui yu yan lin ze shi han ke mu zhi yi shu zi qi"),
    cities=_lines(
        """黔东南苗族侗族自治州 凯里市 贵州省
        喀什地区 莎车县 新疆维吾尔自治区
        呼伦贝尔市 海拉尔区 内蒙古自治区
        拉萨市 城关区 西藏自治区
        三亚市 吉阳区 海南省
        大理白族自治州 大理市 云南省
        克拉玛依市 独山子区 新疆维吾尔自治区
        绥化市 北林区 黑龙江省
        亳州市 谯城区 安徽省
        漳州市 龙文区 福建省
        北京市 密云区
        上海市 崇明区
        衢州市 柯城区 浙江省
        汕尾市 陆丰市 广东省
        百色市 靖西市 广西壮族自治区
        赣州市 章贡区 江西省"""
    ),
    roads=_words("友谊南路 滨河东路 八一大道 九江路 环城西路 胜利街 开元大街 三元里大道 柳巷 锣鼓巷 湖滨二路 港湾一路"),
    compounds=_words("碧水湾 梧桐里小区 水岸名都 红旗新村 香樟园 紫荆公寓 世纪华庭 铁路家属院"),
    brands=_words("蓝鲸 启元 众禾 禾木 朗润 弘毅 星途 泰合 嘉禾 百川 远山 明德"),
    countries=_words("瑞士 荷兰 巴西 马来西亚 新西兰 韩国 西班牙 阿联酋"),
    lands=_words("Switzerland Brazil Malaysia Norway Kenya Poland"),
    towns=_lines(
        """Duluth, MN 558
        Boise, ID 837
        Tucson, AZ 857
        Savannah, GA 314
        Bangor, ME 044"""
    ),
    streets=_lines(
        """Hawthorn Crescent
        Old Mill Lane
        St. Andrew Place
        Juniper Court
        Queensway Road"""
    ),
    firms=_lines(
        """St. Brigid Medical Center
        Kestrel Biologics LLC
        Wolfram & Daughters Co.
        University of Eastmere
        Pinnacle Freight AG
        Marlowe Trust Bank"""
    ),
)
