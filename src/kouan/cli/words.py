"""Words of the command line's help, per command: what it does, and each option."""

from __future__ import annotations

from kouan.model.text import Text

ABOUT = Text(
    zh="口岸：识别数据、判断合规路径、去标识化、评估风险、封存证据，办理数据出境。",
    en="Kouan: recognise data, decide the lawful pathway, de-identify, assess risk, seal evidence for a data export.",
)
COMMANDS = {
    "clear": Text(
        zh="办理一次出境：从 transfer.yaml 到封存的办理文件夹",
        en="walk one transfer from transfer.yaml to a sealed folder",
    ),
    "inspect": Text(
        zh="识别数据里有什么（填报文件或数据文件）", en="recognise what data holds (a declaration or data files)"
    ),
    "decide": Text(
        zh="判断合规路径（可多项合并判断），给出条款、义务、条件和待答问题；不写入任何文件",
        en="decide the pathway of a transfer or a portfolio: articles, conditions, duties, questions; writes nothing",
    ),
    "what-if": Text(
        zh="找出使合规路径变轻的最小改变，及其代价和如实条件",
        en="find the smallest changes that make the pathway lighter, what they cost and what must really be so",
    ),
    "plan": Text(zh="生成可编辑的处理方案", en="write an editable treatment plan"),
    "profiles": Text(
        zh="列出处理配置，或者逐条显示其中一个的规则和出处",
        en="list the treatment profiles, or show one rule by rule with its sources",
    ),
    "optimise": Text(
        zh="在所要求的保护之下找出损失最小的泛化，写成方案",
        en="find the generalisation that loses least and protects as asked, and write it as a plan",
    ),
    "deidentify": Text(
        zh="按方案处理数据，写入文件夹；--explore 比较各种保护的风险与信息保留",
        en="treat the data by a plan into a folder; --explore compares risk and information kept",
    ),
    "unseal": Text(
        zh="由持有密钥的人把可逆假名还原成原值，写入 0600 的文件并留痕",
        en="turn reversible pseudonyms back, by who holds the key, into a 0600 file; the act is recorded",
    ),
    "assess": Text(
        zh="评估重标识风险，并按各标准分别给出结论",
        en="assess how identifiable the data are, and what each standard says of it",
    ),
    "attack": Text(
        zh="攻击处理后的数据：筛出、关联、推断，破解假名（WP29 意见 05/2014）",
        en="attack treated data: singling out, linkability, inference, pseudonyms (WP29 Opinion 05/2014)",
    ),
    "release": Text(zh="确认各项条件后放行处理过的数据", en="release treated data once every condition is attested"),
    "certify": Text(
        zh="评估处理后数据的匿名化效果，出具并登记证书",
        en="evaluate the effect of treatment; issue and register a certificate",
    ),
    "certificates": Text(
        zh="查询证书登记册，复算或者撤销证书", en="ask the register of certificates, look at one again, withdraw one"
    ),
    "verify": Text(zh="离线核验办理文件夹", en="verify a clearance folder offline"),
    "schema": Text(
        zh="输出文档的 JSON Schema，或可声明的事实", en="print a document's JSON schema, or the facts one may declare"
    ),
    "init": Text(zh="写一份带说明的 transfer.yaml", en="write a commented transfer.yaml"),
    "demo": Text(zh="办理一个文件夹下的全部示例", en="clear every example under a folder"),
    "law": Text(
        zh="查阅、核对、测试、比较规则包，导入负面清单，推算期限",
        en="read, check, test and compare the law packs, import a negative list, work out periods",
    ),
}
OPTIONS = {
    "help": Text(zh="显示帮助", en="show this help"),
    "version": Text(zh="显示版本", en="show the version"),
    "lang": Text(zh="语言：zh 或 en", en="language: zh or en"),
    "json": Text(zh="只向标准输出打印 JSON", en="print only JSON on standard output"),
    "home": Text(zh="密钥、日志、信任库所在文件夹", en="folder of keys, log and trust store"),
    "threads": Text(zh="线程数", en="number of threads"),
    "as_of": Text(zh="办理日 YYYY-MM-DD（默认今天，北京时间）", en="legal day YYYY-MM-DD (default: today in China)"),
    "packs": Text(zh="附加规则包文件夹，用冒号分隔", en="folders of further law packs, separated by colons"),
    "allow_override": Text(
        zh="允许附加规则包放宽内置规则（决定和报告会写明）",
        en="let further packs loosen the built-in ones (decision and report say so)",
    ),
    "transfer": Text(zh="填报文件 transfer.yaml", en="declaration, transfer.yaml"),
    "target": Text(
        zh="transfer.yaml，或一个或多个数据文件、地址（postgresql://…）",
        en="transfer.yaml, or one or more data files or addresses (postgresql://…)",
    ),
    "inventory_out": Text(
        zh="把清单写成文件：.xlsx、.html、.csv 或 .json",
        en="write the inventory to a file: .xlsx, .html, .csv or .json",
    ),
    "all_items": Text(
        zh="列出全部数据项，包括大表中不敏感、也不用于识别个人的",
        en="list every item, also those of large tables that are not sensitive and tell nobody apart",
    ),
    "all_numbers": Text(
        zh="列出各结论的全部数值、理由和说明", en="list every number, answer and note behind the verdicts"
    ),
    "sharing": Text(
        zh="北京健康医疗规范的共享场景：inside_group、across_groups、two_parties、several_parties、open_public",
        en="sharing scenario of the Beijing health specification: inside_group, across_groups, two_parties,"
        " several_parties, open_public",
    ),
    "environment": Text(
        zh="北京健康医疗规范的环境系数 E（默认 1）", en="coefficient E of the Beijing health specification (default 1)"
    ),
    "population": Text(zh="数据所取自的全部人数", en="number of all persons of whom the data are a sample"),
    "population_table": Text(
        zh="人口表：列名与准标识符相同，一行一人或者有 persons（人数）列",
        en="table of the population: the quasi-identifiers under their names, a row a person or with a column persons",
    ),
    "unseal_file": Text(zh="含有假名的文件", en="file that holds the pseudonyms"),
    "unseal_column": Text(zh="假名所在的列或者路径", en="their column, or path in a document"),
    "unseal_folder": Text(
        zh="做成这些假名的办理文件夹（由其中的方案得知做法和密钥编号）",
        en="clearance folder that made them (its plan says how, and by which key)",
    ),
    "unseal_item": Text(
        zh="方案中的数据项，列名已改时写明", en="the plan's item, where the column has another name now"
    ),
    "unseal_table": Text(zh="几张表都有这一列时写明表名", en="table, where several have the column"),
    "unseal_out": Text(
        zh="写入原值的文件（CSV，0600，不得已存在）", en="file for the values (CSV, 0600, must not exist)"
    ),
    "unseal_why": Text(zh="还原的理由，记入留痕", en="why they are turned back, for the record"),
    "show": Text(zh="把前 100 个原值显示在终端", en="show the first 100 values on the terminal"),
    "unauthenticated": Text(
        zh="还原无法验明真伪的 FF1 替身号码", en="turn back surrogates by FF1, which cannot prove their origin"
    ),
    "explain": Text(
        zh="说明为什么这样认定、看了什么、为什么不是其他含义（可多次）",
        en="say why an item is what it is, what was looked at, and why it is nothing else (repeatable)",
    ),
    "confirm": Text(
        zh="由人确认现在的认定，写入标签文件（可多次，须加 --by）",
        en="confirm a verdict as a person, in the file of labels (repeatable, with --by)",
    ),
    "correct": Text(
        zh="由人改正认定，写入标签文件（可多次，须加 --by）",
        en="correct a verdict as a person, in the file of labels (repeatable, with --by)",
    ),
    "label_subject": Text(
        zh="该项说的是谁，例如 employee（用于 --confirm、--correct）",
        en="whom the item is about, such as employee (with --confirm, --correct)",
    ),
    "label_by": Text(zh="认定人（用于 --confirm、--correct）", en="who says so (with --confirm, --correct)"),
    "note": Text(zh="认定的理由，不要写入数据原值", en="why; write no value of the data"),
    "precision": Text(
        zh="把自动识别与人工认定比较，按含义给出准确率",
        en="compare recognition with what persons say, and give its precision by meaning",
    ),
    "text_model": Text(
        zh="读文本时是否另用模型：auto（默认，已安装就用）、lac、off（只按规则）",
        en="model that reads texts beside the rules: auto (the default: where installed), lac, off (rules alone)",
    ),
    "engine": Text(
        zh="在哪里识别、度量原始数据：threads 为本机（默认），spark 为 Spark 集群（需要 kouan[spark] 和 Java 17）",
        en="where raw data are recognised and measured: threads, this machine (default); spark, a Spark cluster "
        "(kouan[spark], Java 17)",
    ),
    "spark_master": Text(
        zh="Spark 集群的 master，例如 spark://主机:7077、yarn（默认 local[*]，即本机）",
        en="master of the Spark cluster, such as spark://host:7077 or yarn (default: local[*], this machine)",
    ),
    "labels": Text(
        zh="人工认定的标签文件（默认为填报文件旁的 kouan.labels.yaml）",
        en="file of what persons say of items (default: kouan.labels.yaml beside the declaration)",
    ),
    "all_duties": Text(
        zh="逐项列出义务、材料和须重新办理的情形，附条款，以及每张表的风险（默认只列数目）",
        en="list every duty, paper and trigger with its article, and the risk of every table (by default they are"
        " counted)",
    ),
    "out": Text(zh="输出位置", en="where to write"),
    "profile": Text(
        zh="按这个处理配置生成方案（kouan profiles 列出全部；默认用填报文件里写的）",
        en="make the plan by this treatment profile (`kouan profiles` lists them; default: the one declared)",
    ),
    "preview": Text(
        zh="不打印方案，而是显示每个数据项处理前后的例子（已遮蔽）",
        en="instead of the plan show what it does to a few values of each item, masked",
    ),
    "profile_name": Text(zh="处理配置；不写则列出全部", en="a treatment profile; without it all are listed"),
    "plan_file": Text(zh="编辑过的处理方案", en="an edited plan"),
    "plan_floor": Text(
        zh="编辑过的处理方案：人改过的行照旧，其余重做",
        en="an edited plan: lines that a person changed stay, the others are made again",
    ),
    "folder": Text(zh="办理文件夹", en="clearance folder"),
    "trust": Text(
        zh="核验者信任的公钥文件或文件夹（可多次）", en="file or folder of keys the verifier trusts (repeatable)"
    ),
    "known_packs": Text(
        zh="从发布方取得的另一版 Kouan 的 kouan/packs 文件夹（可多次）",
        en="kouan/packs of another edition, got from where Kouan is published (repeatable)",
    ),
    "raw": Text(
        zh="处理前的数据所在的文件夹：用它们重新识别、清点、比较可用性、重做攻击，与文件夹对照",
        en="folder of the data before treatment: recognise, count, compare and attack them again, against the folder",
    ),
    "cleared": Text(
        zh="办理文件夹：用填报文件旁的数据攻击其中处理后的数据",
        en="clearance folder: attack the treated data in it with the data beside the declaration",
    ),
    "attest": Text(zh="条件=确认内容，可多次", en="CONDITION=VALUE, repeatable"),
    "optimise_hierarchy": Text(
        zh="要泛化的数据项及其层级文件（相对于填报文件，可多次）；一个都不写时，按内置的层级泛化全部准标识符",
        en="an item to generalise and its hierarchy file, relative to the declaration (repeatable); with none, every "
        "quasi-identifier is generalised by its built-in levels",
    ),
    "optimise_model": Text(
        zh="每类要满足的隐私模型，如 k=5、l:诊断=3、t:工资=0.2（可多次，须同时满足；默认 k=5）",
        en="privacy model of every class, such as k=5, l:disease=3, t:salary=0.2 (repeatable, all must hold; default "
        "k=5)",
    ),
    "optimise_k": Text(zh="即 --model k=…", en="short for --model k=…"),
    "optimise_lowest": Text(zh="某项至少泛化到第几级", en="lowest level of an item"),
    "optimise_suppress": Text(
        zh="可以留下不出境的行的比例，如 5%%", en="share of the rows that may stay here, such as 5%%"
    ),
    "optimise_by": Text(
        zh="标明个人的列，类按人计（默认用已识别出的）",
        en="column that names the person, whom classes count (default: the one recognised)",
    ),
    "optimise_table": Text(zh="在哪张表内寻优", en="table to be searched"),
    "optimise_seconds": Text(zh="寻优时间上限（秒）", en="time for the search, in seconds"),
    "optimise_explore": Text(
        zh="列出多种保护的风险与信息保留，并写成 frontier.html",
        en="show risk against information kept for many protections, and write frontier.html",
    ),
    "optimise_pick": Text(
        zh="把 --explore 中该编号的点写成方案", en="write the point of --explore with this id as a plan"
    ),
    "optimise_local": Text(
        zh="局部泛化：mondrian 把表切成各自达到要求的组；cells 抹去最少的单元格",
        en="recode locally: mondrian cuts the table into classes that each protect as asked, cells empties the fewest "
        "cells",
    ),
    "optimise_ranges": Text(
        zh="与 --local mondrian 同用：该项按自己的值泛化成范围或集合（可多次）",
        en="with --local mondrian: an item to recode by its own values, to ranges or sets (repeatable)",
    ),
    "evaluation": Text(zh="评估组的回答（evaluation.yaml）", en="the team's answers (evaluation.yaml)"),
    "certify_init": Text(zh="写一份评估问题的模板", en="write a template of the questions"),
    "certify_attacks": Text(
        zh="kouan attack --json 的结果（可多次）", en="result of kouan attack --json on a file in staged (repeatable)"
    ),
    "certificate_out": Text(
        zh="证书文件夹（默认在本机登记处）", en="certificate folder (by default beside the register)"
    ),
    "certificate_find": Text(zh="只列出含这些词的证书", en="only certificates with these words"),
    "certificate_check": Text(
        zh="核验该编号的证书，并对所评估的文件夹复算",
        en="verify this certificate and measure the folder it is about again",
    ),
    "certificate_exporter": Text(zh="只列出该数据处理者的证书", en="only certificates of this exporter"),
    "certificate_standard": Text(
        zh="只列出按该标准判定过的证书：规则编号、标准名称或者要求的一部分",
        en="only where this standard was judged: part of a rule's id, a standard's name or a requirement",
    ),
    "certificate_ends_by": Text(
        zh="只列出有效期不晚于该日的证书（YYYY-MM-DD）", en="only those valid until this day at the latest (YYYY-MM-DD)"
    ),
    "certificate_effect": Text(zh="只列出这种结论的证书", en="only certificates with this finding"),
    "certificate_status": Text(zh="只列出有效、已过期或者已撤销的", en="only those that stand so today"),
    "certificate_outcome": Text(
        zh="与 --standard 一起：只列出该标准这样判定的", en="with --standard: only where it was judged so"
    ),
    "certificate_seals": Text(
        zh="核对列出的每份证书的封存；有问题的退出码为 5",
        en="check the seal of every certificate listed; status 5 if one fails",
    ),
    "certificate_at": Text(zh="证书文件夹现在的位置", en="where the certificate folder lies now"),
    "withdraw": Text(zh="撤销该编号的证书（须加 --by、--why）", en="withdraw this certificate (with --by and --why)"),
    "withdraw_why": Text(zh="撤销理由", en="why it is withdrawn"),
    "by": Text(zh="对此负责的人", en="the person who answers for it"),
    "pathway": Text(zh="选定的合规路径", en="the chosen pathway"),
    "under": Text(
        zh="持续出境的后续批次：首次放行的办理文件夹",
        en="a later batch of a standing transfer: folder of the first release",
    ),
    "ledger": Text(
        zh="同意台账现在的位置（办理后移动过才需要）", en="where the ledger of consents lies now, if it was moved"
    ),
    "kind": Text(zh="文档种类；不写则列出全部", en="kind of document; without it all are listed"),
    "why": Text(
        zh="逐条说明：哪些规则适用、哪些不适用、差在哪里",
        en="say rule by rule what holds, what does not, and what is missing",
    ),
    "ask": Text(
        zh="逐题询问仍有影响的问题，不带填报文件也可；加 --json 时从标准输入读一个状态，输出一步",
        en="ask what still matters, question by question, even without a declaration; with --json one state in, one"
        " step out",
    ),
    "resume": Text(zh="保存回答的文件；已有的接着回答", en="file that keeps the answers; goes on from it if it exists"),
    "answers_out": Text(
        zh="把回答写入填报文件的副本（用于 --ask）", en="write the answers into a copy of the declaration (with --ask)"
    ),
    "option_out": Text(
        zh="把一个方案写成可直接用于 clear --plan 的处理方案",
        en="write an option as a plan, ready for clear --plan",
    ),
    "option": Text(zh="写出第几个方案（默认 1）", en="number of the option to write (1 unless told)"),
    "original": Text(zh="处理前的数据文件", en="the data file before treatment"),
    "treated": Text(
        zh="处理后的数据文件；加 --counts 时为公布的统计表", en="the treated data file; with --counts a table of counts"
    ),
    "control": Text(
        zh="对照数据：没有放行的同类记录，处理前（没有它，风险读数偏高）",
        en="control set: like records that are not released, untreated (without it the risk reads too high)",
    ),
    "secret": Text(zh="要推断的列（可多次；默认每一列）", en="column to infer (repeatable; default: every column)"),
    "aux": Text(
        zh="攻击者已知的列，用逗号分隔；关联攻击的两组列用 / 分开（默认全部列，自动分组）",
        en="columns the attacker knows, by commas; / between the two sets to link (default: all, divided in two)",
    ),
    "hierarchy": Text(
        zh="某列的泛化层级文件（CSV 或 YAML），上位值据此对应原值（可多次）",
        en="hierarchy of a column (CSV or YAML), to match coarser labels to values (repeatable)",
    ),
    "counts": Text(
        zh="统计表中的人数列：做成员推断，须有 --control", en="column of counts: try membership (needs --control)"
    ),
    "table": Text(zh="文件中有几张表时，写明哪一张", en="which table, where files hold several"),
    "attacks": Text(zh="每种攻击的次数（默认 1000）", en="tries of each attack (default: 1000)"),
    "neighbours": Text(zh="关联攻击看最近的几条记录（默认 1）", en="nearest rows that linking looks at (default: 1)"),
    "seed": Text(
        zh="随机种子（默认 1）；相同种子结果相同", en="seed (default: 1); the same seed gives the same figures"
    ),
    "force": Text(zh="覆盖已有文件", en="replace an existing file"),
    "examples": Text(zh="含 */transfer.yaml 的文件夹", en="folder with */transfer.yaml"),
}
USAGE = Text(zh="用法", en="usage")
POSITIONALS = Text(zh="参数", en="arguments")
GENERAL = Text(zh="选项", en="options")
CHOOSE = Text(zh="命令", en="commands")
EPILOG = Text(
    zh="退出码：0 完成且确定；2 用法或输入有误；3 路径未确定；4 禁止或条件未满足；5 核验失败；6 部分读取；130 中断。",
    en="exit: 0 complete and determined; 2 usage or bad input; 3 undetermined; 4 prohibited or condition unmet;"
    " 5 verification failed; 6 partly read; 130 interrupted.",
)
