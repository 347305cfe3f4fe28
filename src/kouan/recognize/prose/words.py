"""Words by which persons and their numbers are known in narratives, and words that only look like names.

Surnames come from the lexicon of recognition. The lists were made for this file; they are rules of thumb (confidence M)
and stand beside the exact search for values known from the same source.
"""

from __future__ import annotations

from kouan.model.text import Text


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


LABELS = {
    "name": Text(zh="姓名", en="name"),
    "mobile": Text(zh="手机号", en="mobile"),
    "phone": Text(zh="电话", en="phone"),
    "email": Text(zh="电子邮箱", en="e-mail"),
    "resident_id": Text(zh="身份证号", en="resident ID"),
    "bankcard": Text(zh="银行卡号", en="bank card"),
    "passport": Text(zh="护照号", en="passport"),
    "plate": Text(zh="车牌号", en="licence plate"),
    "record": Text(zh="编号", en="record number"),
    "number": Text(zh="长数字", en="long number"),
    "address": Text(zh="地址", en="address"),
    "url": Text(zh="网址", en="link"),
    "ip": Text(zh="网络地址", en="network address"),
    "organisation": Text(zh="机构", en="organisation"),
    "birth_date": Text(zh="出生日期", en="birth date"),
    "date": Text(zh="日期", en="date"),
    "age": Text(zh="年龄", en="age"),
    "place": Text(zh="地区", en="place"),
    "bed": Text(zh="床号", en="bed"),
}
"""Kinds of what is taken out; where two overlap, the earlier one names both."""
KIND_OF_MEANING = {
    "name": "name",
    "cn.mobile": "mobile",
    "fax": "phone",
    "email": "email",
    "cn.ric": "resident_id",
    "cn.bankcard": "bankcard",
    "bank_account": "bankcard",
    "cn.passport": "passport",
    "cn.plate": "plate",
    "address": "address",
    "url": "url",
}
NOBODY = frozenset(
    _words(
        """
    无名氏 未知 不详 保密 匿名 隐私 本人 家属 患者 病人 医生 医师 护士 父亲 母亲 丈夫 妻子 配偶 儿子 女儿 同上 其他
    测试 消费者 报告者 药师 已移除 姓名 unknown anonymous privacy private masked redacted removed withheld none
    null patient reporter physician consumer nurse pharmacist self mother father parent spouse wife husband son
    daughter test other same msk unk asku nask name address date link passport mobile phone mail record number long
    plate licence card bank resident birth age organisation place
    """
    )
)
"""What stands in columns of names and numbers and names nobody, in small letters."""

WORDS_AFTER = {
    "高": "热血烧龄度危脂糖压钙钾钠磷尿胆渗敏流蛋尔浓频剂强反年级温中热值达胰催凝氯镁铁等校考原亮",
    "黄": "疸色斑体染连芪视褐酮绿白豆油素芩柏岩牛河山",
    "白": "细血色蛋带癜内天介班斑三陶芍术芷头癜痰喉班领",
    "金": "属黄葡霉刚银额融",
    "石": "膏膜油蜡棉头淋化斛",
    "马": "上来铃兜尾蹄桶应路",
    "方": "便法案面可式剂向才形圆情名",
    "安": "静全排定慰置装装罗宫眠瓿乃神替息非",
    "康": "复柏泰健宁",
    "温": "度水和热暖",
    "左": "侧右上下肺心肾手足眼耳肩膝髋乳臂腿氧甲旋室房前后腹胸踝肘腕炔卵输颈髂卡西",
    "任": "何务意职",
    "何": "时种处况必首",
    "余": "无未为下各额量",
    "常": "规见用有年染态感常委州务",
    "万": "古元艾分一单拉",
    "严": "重格密禁",
    "毛": "发细囊巾果",
    "文": "化献字拉件本档",
    "关": "节于闭注系怀键爱媒",
    "包": "括块扎皮含虫装膜",
    "成": "年人功分立形熟都骨",
    "单": "据次位独侧纯核药剂用硝个克纤抗",
    "季": "节度铵",
    "雷": "贝尼帕公米诺珠",
    "罗": "红格沙氟哌非库替非",
    "孟": "鲁",
    "莫": "西匹沙名",
    "甘": "露油草氨精遂胆",
    "葛": "根",
    "路": "易上过径",
    "管": "理路床型腔壁",
    "房": "颤室间扑角早性",
    "解": "除大释痉热决剖便小毒",
    "易": "怒感激疲出发位饥蒙",
    "凌": "晨",
    "梅": "毒核尼",
    "舒": "张适尼利芬必巴",
    "曲": "马妥美唑安张线",
    "柳": "氮",
    "沙": "丁格坦美星眼库利",
    "艾": "司瑞普滋灸塞曲多叶灰拉",
    "辛": "伐辣",
    "华": "法蟾",
    "杜": "冷仲绝",
    "史": "蒂无",
    "段": "落时期",
    "江": "苏西",
    "周": "围身期边岁内前后转次日会",
    "孙": "女子",
    "唐": "氏筛",
    "林": "可奇格格",
    "陈": "旧述",
    "朱": "砂",
    "胡": "言萝须",
    "许": "可多",
    "谢": "绝",
    "苏": "醒合打",
    "程": "度序系",
    "叶": "酸",
    "姜": "片黄",
    "范": "围畴",
    "夏": "季天枯",
    "付": "款费",
    "侯": "诊",
    "龙": "胆",
    "顾": "虑",
    "钱": "币",
    "武": "汉",
    "戴": "口眼镜帽上",
    "汤": "药剂",
    "施": "行用打",
    "牛": "奶皮黄磺肉",
    "齐": "拉多",
    "兰": "索尾",
    "纪": "录念律",
    "童": "年",
    "谷": "丙草氨维胱",
    "盛": "行",
    "蓝": "色",
    "游": "离走泳",
    "蒙": "脱",
    "蒲": "公",
    "尤": "其",
    "阳": "性气痿",
    "阴": "性道茎囊虚唇",
    "田": "七",
    "宋": "体",
    "邓": "肯",
    "钟": "表",
    "宁": "波",
    "符": "合",
    "卢": "比",
    "利": "福多伐奈尿",
    "连": "续接翘日花",
    "全": "身部天程科血麻",
    "麻": "木醉疹痹黄",
    "皮": "疹肤下质内炎",
    "党": "参委组办校",
    "车": "祸前间",
    "水": "肿痘疱杨样",
    "米": "诺索氮非",
    "司": "美坦库来维",
    "麦": "考芽冬",
    "米力": "农",
    "柴": "胡",
    "明": "显确",
    "支": "气架原",
    "伏": "立硫",
    "宫": "颈腔体内缩",
    "应": "用该激当急",
    "于": "是外昨今当本上下凌早晚入出月年日家医院急门术化用治服停某次前后",
    "经": "济常过",
    "向": "来",
    "曾": "任经有用于在服因患行",
    "时": "间有而常",
    "查": "体房看",
    "幸": "运",
    "危": "重险及",
    "简": "单",
    "边": "缘界",
    "计": "划算",
    "国": "家产际",
    "权": "利",
    "强": "烈直的化",
    "门": "诊静脉冬",
    "云": "南",
    "都": "是有",
    "那": "时么个",
    "寻": "求常",
    "卡": "马托维",
    "项": "目",
    "农": "业村行",
    "卫": "生健",
    "商": "业家品务",
    "沈": "阳",
    "祖": "父母",
    "满": "意足",
    "乌": "鲁头",
    "冷": "汗敷",
    "晏": "",
    "董": "事",
    "毕": "业节竟",
    "公": "司共安园交平",
    "原": "告因来料则有本先件",
    "京": "城",
    "区": "域分",
    "平": "稳静均时安等滑衡",
    "和": "电平盖联",
    "工": "程",
    "汽": "车",
    "课": "程",
    "火": "车",
    "过": "程",
    "席": "会",
    "上": "司",
    "官": "方网司",
    "主": "席任",
    "双": "方",
    "对": "方",
    "地": "方",
    "警": "方",
    "我": "方",
    "甲": "状亢减方",
    "乙": "方",
}
"""Surname -> what follows it in words that are no names."""
FUNCTION = frozenset("于向时和从应任经连及由与在有为来曾单管都那但并能全明支计国")
"""Surnames that are mostly something else: none by themselves in the middle of a sentence."""
NO_GIVEN = frozenset(
    "的了是在于因有无不未已被就及与或等者其之并且后前时经曾来去到自从由向以对把给让还也都再又科室院床诊治部级位处区"
)
"""Characters with which no given name begins or ends in running text."""
ENDS = frozenset(
    "于因在男女系诉称为自曾出入住来既被先就年岁服用经反主与和及等到表报已未再后前现突有无并的是对拟行予给请打致电说也都将从向又接按因"
    "不拒要补告提愿觉签孕产"
)
"""Characters that follow a name in running text."""
ENDS_TWO = tuple(_words("同意 希望 认为 能够 会同 陪同 联系 带来 送来 回复 随访 确认 记录 放弃 退出"))
"""Words that follow a name, whose first character may also end one."""
SAYS = _words(
    """
    补充 来电 来院 反馈 反映 告知 告诉 提供 报告 上报 表示 回复 回电 确认 签字 签名 记录 录入 审核 代诉 口述 陈述 描述
    否认 拒绝 同意 不同意 要求
    """
)
"""What somebody does whose name begins a clause."""

CONTEXT_ZH = _words(
    """
    患者 病人 受试者 患儿 患母 产妇 报告人 报告者 联系人 监护人 家属 父亲 母亲 妻子 丈夫 儿子 女儿 其妻 其夫 其父
    其母 配偶 之妻 之子 之女 哥哥 弟弟 姐姐 妹妹 医生 医师 大夫 主任 护士 药师 研究者 主治 经治 签名 签字 记录者
    记录人 审核者 审核人 录入员 陪护 代诉 请联系 先生 女士 同事 名叫 叫做 姓名为 姓名是 姓名
    """
)
TITLES_ZH = _words(
    """
    先生 女士 小姐 太太 医生 医师 大夫 副主任 主任 副教授 教授 护士长 护士 护师 博士 副院长 院长 老师 药师 技师
    同志 研究员 主治 住院医 师傅 阿姨
    """
)
RECORDS_ZH = _words(
    """
    病历号 病历编号 病案号 住院号 门诊号 急诊号 就诊号 就诊卡号 登记号 医保号 医保卡号 医保编号 社保号 社保卡号
    患者编号 患者号 患者ID 患者代码 受试者编号 受试者号 受试者代码 受试者ID 筛选号 随机号 随机编号 病人号 病人ID
    身份证号 身份证 证件号 护照号 护照 工号 学号 账号 帐号 卡号 微信号 微信 QQ号 QQ 影像号 检查号 病理号 标本号
    保单号 床位号 军官证号 驾驶证号 编号
    """
)
CONTEXT_EN = _words(
    """
    patient subject reporter mother father wife husband son daughter brother sister physician investigator nurse
    agent officer claimant policyholder pharmacist caregiver contact participant consumer parent guardian
    """
)
TITLES_EN = _words(
    """
    Dr Mr Mrs Ms Miss Mx Prof Professor Doctor Nurse
    """
)
NO_NAME_EN = frozenset(
    _words(
        """
    A An And Any Are As At Be Been Before After But By Can Case Consent Could Data Date Day Days Demographics Did
    Died Disease Does Dose Drug Due During Event Events Experienced Follow For From Had Has Have He Her His History
    Home Hospital However Id ID In Information Informed Initial Is It Its Lab Laboratory Leaflet May Medical
    Medication Might Must Name No Not Number Of On Or Our Out Outcome Outcomes Past Practitioner Presented Prior
    Profile Program Programme Received Recovered Registry Reported Reports Safety Satisfaction See Serious Service
    Services She Should Since Signs Started Status Stopped Study Support Symptoms Taking That The Their Then There
    These They This Those To Took Treatment Type Under Unknown Unit Until Visit Vital Was Were When Which While Who
    Will With Would Year Years Yes Health Care Global Impression Population Test January February March April June
    July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday
    Syndrome
    """
    )
)
GIVEN_EN = _words(
    """
    James Robert John Michael David William Richard Joseph Thomas Christopher Charles Daniel Matthew Anthony
    Steven Andrew Kenneth Joshua Kevin Brian George Timothy Ronald Edward Jason Jeffrey Ryan Jacob Gary Nicholas
    Eric Jonathan Stephen Larry Justin Scott Brandon Benjamin Samuel Gregory Alexander Patrick Jack Dennis Jerry
    Tyler Aaron Jose Adam Nathan Henry Peter Zachary Kyle Walter Harold Carl Roger Arthur Mary Patricia Jennifer
    Linda Elizabeth Barbara Susan Jessica Sarah Karen Lisa Nancy Betty Sandra Margaret Ashley Kimberly Emily Donna
    Michelle Carol Amanda Melissa Deborah Stephanie Rebecca Sharon Laura Cynthia Dorothy Amy Kathleen Angela
    Shirley Emma Brenda Pamela Nicole Samantha Katherine Christine Helen Debra Rachel Carolyn Janet Maria
    Catherine Heather Diane Julie Joyce Victoria Kelly Christina Lauren Joan Evelyn Judith Andrea Hannah Megan
    Cheryl Jacqueline Martha Madison Teresa Gloria Sara Janice Ann Kathryn Abigail Sophia Jean Alice Judy Julia
    Olivia Grace Mark Ethan Noah Liam Mason Logan Lucas Jackson Aiden Oliver Elijah Caleb Isaac Owen Luke Levi
    Wyatt Connor Evan Sean Ian Alan Albert Bruce Bryan Carlos Chad Clarence Craig Curtis Derek Diana Donald
    Douglas Dylan Edwin Eugene Francis Frank Fred Gerald Glenn Gordon Greg Harry Howard Hugh Jeremy Jerome Jesse
    Jim Jimmy Joe Joel Johnny Jon Juan Keith Ken Lawrence Leo Leon Leonard Lewis Louis Luis Marcus Mario Martin
    Marvin Melvin Miguel Mike Neil Norman Oscar Pedro Phil Philip Phillip Ralph Randy Raymond Ricardo Rick Rodney
    Ron Ross Roy Russell Sam Sergio Seth Shane Shawn Sidney Simon Stan Stanley Steve Stuart Ted Terry Theodore
    Todd Tom Tony Travis Trevor Troy Vernon Vincent Wayne Wesley Audrey Ava Bella Bonnie Brittany Caroline Carrie
    Cathy Charlotte Chloe Claire Clara Cindy Danielle Doris Edith Eleanor Ella Ellen Elsie Erica Erin Esther Eva
    Gail Gina Hazel Holly Irene Isabel Isabella Jane Jasmine Jenna Jenny Jill Joanna Josephine Juanita Kate Katie
    Kathy Katrina Kim Kristen Leah Lillian Lily Lois Lucy Lydia Mabel Marilyn Marion Marjorie Mia Mildred Miranda
    Molly Monica Nadia Naomi Natalie Nina Nora Norma Paula Peggy Penelope Phyllis Priscilla Rita Roberta Rosa Rose
    Ruth Sally Sheila Sofia Stella Sylvia Tamara Tara Theresa Tiffany Tina Tracy Vanessa Vera Veronica Vivian
    Wanda Wendy Yvonne Zoe Paul Hans Klaus Jürgen Pierre Marie Anna Aaliyah Abdul Abdullah Achim Ada Adele Aditya
    Adrian Adriana Agnes Agnieszka Ahmad Ahmed Aidan Aisha Ajay Akira Alastair Alba Alberto Alejandra Alejandro
    Alessandra Alessandro Alessia Alex Alexandra Alexandre Alexei Alexey Alexis Alfonso Alfred Alfredo Ali Alicia
    Alina Alison Allison Alma Alok Alonso Alvaro Alyssa Amalia Amelia Amina Amir Amit Amrita Ana Anastasia Anders
    Andre Andreas Andrei Andrej Andres Andrzej Angel Angelica Angelika Angelo Angus Anil Anita Anja Anjali Anke
    Anne Annette Annie Antoine Anton Antonella Antonia Antonio Anya Archie Ariana Ariel Armando Arnaud Arnold
    Arturo Arun Asha Ashok Astrid August Aurelie Aurora Axel Ayesha Barry Bartosz Basil Beatrice Beatriz Ben
    Benedict Benoit Bernard Bernd Bernhard Bert Bertha Beth Bethany Bianca Bill Birgit Bjorn Blake Bob Bobby Boris
    Brad Bradley Brady Brendan Brent Brett Brigitte Bruno Bryce Byron Caitlin Callum Calvin Cameron Camila Camille
    Candice Carina Carla Carlo Carmen Carolina Carsten Cassandra Catalina Catarina Cecil Cecilia Cedric Celeste
    Celia Cesar Chandra Chantal Charlene Charlie Chelsea Chiara Chris Christa Christelle Christian Christiane
    Christophe Christos Ciara Claudia Claudio Clement Clare Cliff Clifford Clive Clyde Cody Colette Colin Conor
    Constance Cora Corey Cornelia Cristina Damian Damien Dan Dana Daniela Daniele Danny Daphne Darren Dave Dean
    Deepak Delia Denise Desmond Devon Diego Dieter Dimitri Dirk Dmitri Dmitry Dolores Dominic Dominik Dominique
    Dora Doreen Duncan Dwayne Eamon Eddie Edgar Eduardo Eileen Elaine Elena Eleni Elias Elina Elise Eliza Elke
    Elliot Elliott Elsa Elvira Emil Emilia Emilie Emilio Emmanuel Enrico Enrique Enzo Erik Erika Ernest Ernesto
    Ernst Esteban Estelle Etienne Eunice Evelina Evgeny Fabian Fabio Fatima Federica Federico Felicia Felicity
    Felipe Felix Fernanda Fernando Fiona Flora Florian Frances Francesca Francesco Francisca Francisco Franck
    Franco Francois Franz Freddie Frederic Frederick Frederik Freya Friedrich Fritz Gabriel Gabriela Gabriele
    Gabriella Gareth Gavin Gemma Geoff Geoffrey Georg Georges Gerard Gerd Gerhard Gertrude Gianni Gilbert Gilles
    Giorgio Giovanni Giulia Giuseppe Godfrey Gonzalo Graham Greta Gretchen Guido Guillaume Guillermo Gunther
    Gustav Gustavo Guy Gwen Hamish Hamza Hanna Hannes Harald Haruki Hassan Hector Heidi Heike Heinrich Heinz
    Helena Helene Helga Helmut Hendrik Henri Henrik Herbert Herman Hilary Hilda Hiroshi Holger Hubert Hugo Hussein
    Ibrahim Ida Ignacio Igor Ines Inga Inge Ingrid Irina Iris Irma Isabelle Ivan Ivana Ivy Jackie Jacques Jaime
    Jakob Jamal Jamie Jan Jana Janine Javier Jay Jean-Paul Jeanette Jeanne Jelena Jens Jesus Joachim Joana Joann
    Joao Jochen Jody Johan Johann Johanna Johannes Jonas Jordi Jorg Jorge Josef Josh Jost Juergen Jules Julian
    Juliana Julien Juliet Julio Julius June Justine Kai Kamal Karim Karin Karl Karolina Katarina Katharina Kathrin
    Katja Kay Kayla Keiko Keira Kelvin Kendra Kenji Kerry Khalid Kieran Kirsten Klara Kofi Kristin Kristina Kumar
    Kurt Kwame Lakshmi Lana Lara Lars Lena Lennart Leona Leonardo Leonie Leopold Leslie Liana Lina Linus Livia Liz
    Loic Lola Loretta Lorenzo Lorraine Lothar Louise Luc Luca Lucia Luciano Lucie Lucille Ludwig Luigi Luisa Luiz
    Lukas Luna Lynn Mackenzie Maeve Magdalena Magnus Mahmoud Malcolm Manfred Manoj Manuel Manuela Marc Marcel
    Marcela Marcelo Marco Margarita Margot Mariam Mariana Marianne Marina Marisa Marissa Marius Markus Marlene
    Marta Martina Massimo Mateo Mathias Mathieu Mathilde Matilda Matteo Matthias Maureen Maurice Mauricio Mauro
    Maxim Maxime Maxwell Maya Meera Mehmet Melanie Mercedes Meredith Michaela Michel Michele Mikael Mikhail Milan
    Milena Miriam Mitchell Mohamed Mohammad Mohammed Moritz Morris Muhammad Murray Mustafa Myra Nadine Natalia
    Natasha Nathalie Nathaniel Nelson Niall Nicola Nicolas Niels Nigel Nikita Niklas Nikolai Nikos Noel Noelle
    Nuno Octavio Odette Olaf Oleg Olga Olivier Omar Otto Pablo Paolo Parker Pascal Patrice Patrik Paulina Pauline
    Paulo Pavel Pearl Per Petra Pilar Piotr Pooja Prakash Preston Priya Quentin Quinn Rachael Rafael Raffaele
    Rahul Raj Rajesh Ralf Ramon Raquel Rashid Raul Ravi Reginald Reiner Reinhard Remi Renata Renate Rene Rhys
    Riccardo Rohan Roland Rolf Roman Romain Rosalie Rosanna Rosario Rosemary Rowan Roxanne Rudolf Rudy Rupert
    Sabine Sabrina Saeed Sakura Salma Salvador Salvatore Samir Sandeep Sandrine Sanjay Santiago Sasha Saul
    Sebastian Selina Serena Serge Sergei Sergey Shannon Shaun Shelley Shreya Sigrid Silke Silvia Simone Siobhan
    Sofie Sonia Sonja Sophie Soren Spencer Stacey Stacy Stefan Stefania Stefano Steffen Stephan Stephane Sunil
    Suresh Susana Susanna Susanne Suzanne Sven Svetlana Takeshi Tania Tanja Tanya Tatiana Tatsuya Thea Thierry
    Thorsten Tim Timo Tobias Tomas Tomasz Toni Ulf Ulrich Ulrike Umar Ursula Uwe Valentin Valentina Valeria
    Valerie Vasily Vicente Vicki Vicky Vijay Viktor Viktoria Vincenzo Viola Vladimir Warren Werner Wilfred Wilhelm
    Willem Wolfgang Xavier Yann Yannick Yasmin Yelena Yoko Yolanda Yuki Yuri Yusuf Yves Zainab Zara Zoltan
    """
)
PINYIN = _words(
    """
    Zhang Wang Liu Chen Yang Zhao Huang Zhou Xu Zhu Guo Gao Lin Luo Zheng Liang Xie Tang Feng Deng Cao Peng Zeng
    Xiao Jiang Cai Jia Wei Xue Yan Qin Qiu Shen Yao Lu Cui Zhong Wu Sun Zou Xiong Meng Kong Shi Ouyang Li Ma Hu Hao
    Qian
    """
)
PAPERS_ZH = _words("小结 病历 病案 记录 报告 报告单 检查单 化验单 申请单 同意书 证明 摘要 处方 来信 清单 附件")
"""Papers whose title has the patient's name behind it."""
PINYIN_AMONG_WORDS = _words(
    """
    He Song Han Dong Pan Yuan Yu Du Ye Cheng Su Lv Lyu Lü Ding Ren Tan Fan Liao Jin Xia Fu Fang Bai Hou Yin Duan Lei
    Long Tao Mao Gu Gong Shao Wan Dai Mo Xiang Chang Tian Sima Shangguan Zhuge Min Meng An Kang Bao Mei Ji Tong Ge
    """
)
"""Surnames that are words of other languages too: names only beside a given name that is spelt in pinyin."""
MONTHS_EN = _words(
    """
    January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul
    Aug Sept Sep Oct Nov Dec JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC
    """
)
