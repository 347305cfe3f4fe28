"""Words and errors of certificates of effect."""

from __future__ import annotations

from kouan.model.certificate import Effect
from kouan.model.errors import Exit, Message
from kouan.model.text import Text

NO_QUESTION = Message(
    code="K-CLR-129",
    what=Text(zh="没有问题“{name}”", en="There is no question “{name}”"),
    why=Text(zh="可回答的问题：{names}。", en="What can be answered: {names}."),
    fix=Text(
        zh="运行 kouan certify --init 得到全部问题的模板。",
        en="Run kouan certify --init for a template with every question.",
    ),
)
NO_RULE = Message(
    code="K-CLR-131",
    what=Text(zh="没有判定规则“{name}”", en="There is no rule “{name}” to pass"),
    why=Text(zh="可选的规则：{names}。", en="The rules are: {names}."),
    fix=Text(zh="改正 gates 中的名称，或者删去 gates。", en="Correct the name under gates, or leave gates out."),
)
NOT_SEALED = Message(
    code="K-CLR-122",
    what=Text(
        zh="办理文件夹未通过核验，不能出具证书", en="The clearance folder does not verify; it cannot be certified"
    ),
    why=Text(zh="首个问题：{problem}", en="The first problem: {problem}"),
    fix=Text(zh="重新办理后再出具。", en="Clear the transfer again, then certify it."),
    status=Exit.VERIFICATION_FAILED,
)
NOTHING_TO_CERTIFY = Message(
    code="K-CLR-123",
    what=Text(zh="没有处理后的数据可评估", en="There are no treated data to evaluate"),
    why=Text(zh="staged 里没有文件。", en="Nothing lies in staged."),
    fix=Text(zh="先用 kouan clear 处理数据。", en="Treat the data with kouan clear first."),
)
NO_CERTIFICATE = Message(
    code="K-CLR-124",
    what=Text(zh="登记册中没有证书“{number}”", en="The register holds no certificate “{number}”"),
    why=Text(zh="证书编号形如 C20260101-0123456789。", en="Numbers look like C20260101-0123456789."),
    fix=Text(zh="运行 kouan certificates 查看全部证书。", en="Run kouan certificates to see all of them."),
)
CERTIFICATE_EXISTS = Message(
    code="K-CLR-125",
    what=Text(zh="证书 {number} 已经出具", en="Certificate {number} was issued already"),
    why=Text(
        zh="同一文件夹、同样的回答、同一天只有一份证书。",
        en="One folder, the same answers and one day give one certificate.",
    ),
    fix=Text(zh="查看 {folder}。", en="See {folder}."),
)
REGISTER_DAMAGED = Message(
    code="K-CLR-126",
    what=Text(zh="登记册第 {line} 行已损坏", en="Line {line} of the register is damaged"),
    why=Text(
        zh="登记册只追加、不改写；这一行不是本软件写入的样子。",
        en="The register is only added to; this line is not as written.",
    ),
    fix=Text(
        zh="从备份恢复 {path}；证书文件夹本身仍可用 kouan verify 核验。",
        en="Restore {path} from a backup; certificate folders themselves still verify with kouan verify.",
    ),
)
REGISTER_CUT = Message(
    code="K-CLR-251",
    what=Text(zh="登记册末尾缺 {missing} 行", en="{missing} lines are missing at the end of the register"),
    why=Text(
        zh="register.head 记着登记册写到了第几行；缺的可能是证书，也可能是撤销，没有它们就说不出哪份证书还有效。",
        en="register.head says how far it had come. What is gone may be certificates or withdrawals, and without them "
        "nobody can tell which certificate stands.",
    ),
    fix=Text(
        zh="从备份恢复 {path}；证书文件夹本身仍可用 kouan verify 核验。",
        en="Restore {path} from a backup; certificate folders themselves still verify with kouan verify.",
    ),
)
REGISTER_HEADLESS = Message(
    code="K-CLR-252",
    what=Text(zh="登记册的 register.head 不在或者已损坏", en="The head of the register is gone or damaged"),
    why=Text(
        zh="没有它，登记册末尾少了几行也看不出来。", en="Without it nobody sees whether lines are missing at the end."
    ),
    fix=Text(
        zh="从备份恢复 {path}，与同一目录下的 register.jsonl 一并核对。",
        en="Restore {path} from a backup, together with the register.jsonl beside it.",
    ),
)
WITHDRAWN_ALREADY = Message(
    code="K-CLR-127",
    what=Text(zh="证书 {number} 已经撤销", en="Certificate {number} is withdrawn already"),
    why=Text(zh="登记册只追加，不重复记载。", en="The register is only added to, and says a thing once."),
    fix=Text(zh="运行 kouan certificates 查看。", en="See kouan certificates."),
)
OTHER_ATTACKS = Message(
    code="K-CLR-128",
    what=Text(zh="攻击结果不是针对本文件夹中数据的", en="These attacks were not run on the data of this folder"),
    why=Text(
        zh="结果须是对办理时的一份原始文件和由它处理成的 staged 文件中同一张表做的；按摘要和表名，没有这样的一对。",
        en="It has to be about a raw file that was cleared, the staged file made of it, and a table in that; by digest"
        " and name there is no such pair.",
    ),
    fix=Text(
        zh="运行 kouan attack 原始文件 staged 中的文件 --json，再用其结果。",
        en="Run kouan attack RAW on the file in staged, with --json, and give its result.",
    ),
)
ATTACKS_CONTRADICT = Message(
    code="K-CLR-230",
    what=Text(zh="攻击结果自相矛盾", en="The figures of these attacks contradict each other"),
    why=Text(
        zh="成功率、区间或者收益不是由其次数算得的；该文件被改过，或者不是本软件写的。",
        en="A rate, an interval or a gain does not follow from the counts: the file was changed or is not by Kouan.",
    ),
    fix=Text(zh="重新运行 kouan attack --json。", en="Run kouan attack --json again."),
    status=Exit.VERIFICATION_FAILED,
)
NO_PLACE = Message(
    code="K-CLR-231",
    what=Text(zh="证书不能放在这里", en="A certificate cannot be put here"),
    why=Text(
        zh="这里已有文件，或者在办理文件夹之内：多一个文件，办理文件夹的封存就不再成立。",
        en="Something is there already, or it is inside the clearance folder, whose seal one more file would break.",
    ),
    fix=Text(zh="--out 换一个还没有的文件夹，或者不写。", en="Name another folder that is not there yet, or no --out."),
)
CERTIFICATE_DIFFERS = Message(
    code="K-CLR-210",
    what=Text(
        zh="证书文件夹中的文件与 certificate.json 不一致",
        en="A file of the certificate's folder is not as certificate.json says",
    ),
    why=Text(
        zh="Word 证书、回答和评估对象都须与它一致；不一致的，是出具之后改过再封存的。",
        en="Papers, answers and what was evaluated follow from it; this one was changed and sealed again.",
    ),
    fix=Text(
        zh="不要采信；向出具方索取原件，或者用 kouan certificates --check 对照登记册。",
        en="Do not rely on it: ask the issuer for the original, or hold it to the register with kouan certificates"
        " --check.",
    ),
    status=Exit.VERIFICATION_FAILED,
)
TEMPLATE = Text(
    zh="""匿名化效果评估的回答。answer 写 true、false，不知道写 null；写 true 须有 evidence（依据文件的编号或者名称）。
没有回答的问题按未知处理，不会当作“是”。
scenario_risk：low、high，null 时向境外提供按 high。environment.secure：none、basic、enhanced。
attacks_at_most：攻击相对于对照的收益上限；null 为不得高于偶然。
gates：必须通过的判定规则；null 为适用于这些数据的全部规则；现行标准总在其中。""",
    en="""Answers for the evaluation of effect. answer: true, false, or null where nobody knows; a true needs evidence
(number or name of the document). What is not answered stays unknown and is never taken for a yes.
scenario_risk: low or high; null takes high for a recipient abroad. environment.secure: none, basic, enhanced.
attacks_at_most: what an attack may gain over the control; null: nothing that can be told from chance.
gates: rules that must pass; null takes every rule that is about these data; those in force always count.""",
)

DIRECT = Text(zh="没有直接标识符", en="No direct identifier")
DIRECT_NONE = Text(zh="处理后的数据中没有识别出直接标识符。", en="None was recognised in the treated data.")
DIRECT_LEFT = Text(zh="仍有：{names}。", en="There still are: {names}.")
DIRECT_SOURCE = Text(zh="GB/T 42460-2023 6.2 c", en="GB/T 42460-2023 6.2 c")
OTHER_ITEMS = Text(
    zh="能单独识别的数据项均已认定", en="Every item that singles out is a quasi-identifier or refused with a reason"
)
OTHER_ITEMS_SOURCE = Text(
    zh="WP29 意见 05/2014（单独识别）；逐项认定和 {bar} 的限度是本软件的做法，不是标准的数值",
    en="WP29 Opinion 05/2014 (singling out); that items are settled one by one, and the limit of {bar}, are our own"
    " rule and no standard's",
)
NOTHING_TO_SETTLE = Text(
    zh="准标识符之外的数据项合计未超过限度。", en="Items outside the quasi-identifiers stay within the limit together."
)
SETTLED = Text(
    zh="列为准标识符：{adopted}；认定接收方无从知道的 {refused} 项，理由见依据。",
    en="Taken among the quasi-identifiers: {adopted}; refused {refused}, with the reasons given as evidence.",
)
UNSETTLED = Text(
    zh="{count} 项不是准标识符却能单独识别，填报文件没有认定：{names}。",
    en="{count} items outside the quasi-identifiers single out, and the declaration does not settle them: {names}.",
)
REVERSIBLE = Text(zh="不可复原", en="Cannot be undone")
REVERSIBLE_SOURCE = Text(
    zh="个人信息保护法第七十三条第四项；SAC/TC 609 评估方法草案 8 B5",
    en="PIPL Art 73(4); SAC/TC 609 draft on evaluation, 8 B5",
)
KEY_NONE = Text(zh="没有使用带密钥的处理。", en="Nothing was done with a key.")
KEY_GONE = Text(
    zh="{count} 个数据项用密钥处理；声明密钥和映射已销毁。",
    en="{count} items were treated with a key; key and mapping are said to be destroyed.",
)
KEY_HELD = Text(
    zh="{count} 个数据项用密钥处理，密钥仍在，持有人可以复原：是去标识化的做法，不是匿名化。",
    en="{count} items were treated with a key that still exists; its holder can go back: a technique of"
    " de-identification, no anonymisation.",
)
KEY_SEEN = Text(
    zh="密钥仍在本机的密钥库中，可以复原：是去标识化的做法，不是匿名化；回答已销毁也不作数。",
    en="The key still lies in this installation's key store, so one can go back: no anonymisation, whatever was"
    " answered.",
)
KEY_OPEN = Text(
    zh="{count} 个数据项用密钥处理，没有说明密钥是否销毁，或者没有写明依据。",
    en="{count} items were treated with a key, and nobody said, with evidence, that it is destroyed.",
)
SAID_YES = Text(zh="评估组回答：是。", en="The team says yes.")
SAID_NO = Text(zh="评估组回答：否。", en="The team says no.")
SAID_NOTHING = Text(zh="没有回答。", en="Not answered.")
NO_EVIDENCE = Text(zh="回答为是，但没有写明依据。", en="Said to be so, without any evidence.")
ATTACK = Text(zh="攻击测试：{attack}（{table}）", en="attack: {attack} ({table})")
ATTACK_GAIN = Text(
    zh="{tries} 次尝试，超出对照的收益 {value}（{lo}—{hi}）。",
    en="{tries} tries; gain over the control {value} ({lo} to {hi}).",
)
ATTACK_WORST = Text(
    zh="{count} 次中 {worked} 次得手；最重的是 {table}：{why}",
    en="{worked} of {count} worked; the worst, {table}: {why}",
)
ATTACKS_MADE = Text(zh="做过攻击测试", en="Attacks were tried")
ATTACKS_MADE_SOURCE = Text(
    zh="WP29 意见 05/2014（单独识别、关联、推断）；ISO/IEC 27559:2022 8.2.3；要求做过是本软件的做法",
    en="WP29 Opinion 05/2014 (singling out, linkability, inference); ISO/IEC 27559:2022 8.2.3; that they have to be"
    " tried is our own rule",
)
ATTACK_SOURCE = Text(
    zh="WP29 意见 05/2014：收益与偶然无法区分", en="WP29 Opinion 05/2014: no gain that can be told from chance"
)
ATTACK_OWN = Text(zh="评估组设定：不高于 {bar}", en="as the team set: at most {bar}")
SECURITY = Text(zh="使用环境的基本安全", en="Basic security of the environment")
TEAM = Text(zh="评估组包含四类专家", en="The team has the four kinds of expert")
TEAM_WHOLE = Text(zh="四类专家齐备。", en="All four are there.")
TEAM_LACKS = Text(zh="缺少：{kinds}。", en="Missing: {kinds}.")
APPROVAL = Text(zh="最高管理者批准", en="Approved by top management")
APPROVAL_SOURCE = Text(zh="GB/T 42460-2023 6", en="GB/T 42460-2023 6")
APPROVAL_BY = Text(zh="{name}（{post}）", en="{name}, {post}")
APPROVAL_NONE = Text(zh="没有写明批准人。", en="Nobody is named.")

CONCLUSION = {
    Effect.ANONYMISED: Text(
        zh="在所述用途、接收方、环境和措施下，所列 {count} 项要求均满足，评估组据此认为达到匿名化。这是评估组自己的"
        "结论，其中的回答没有经过主管部门确认；情形改变后不再成立。",
        en="For the use, recipient, environment and measures described, all {count} requirements are met, and on these"
        " grounds the team finds the data anonymised. The finding is the team's own: no authority has confirmed its"
        " answers. With other circumstances it no longer holds.",
    ),
    Effect.DE_IDENTIFIED: Text(
        zh="未达到匿名化，仍是个人信息（个人信息保护法第四条、第七十三条）。没有识别出直接标识符，但不表示不借助额外信息就"
        "无法识别特定自然人。未满足：{gates}。",
        en="Not anonymised: the data remain personal information (PIPL Arts 4, 73). No direct identifier was"
        " recognised; that does not say that nobody can be identified without further information. Not met: {gates}.",
    ),
    Effect.OPEN: Text(
        zh="不能得出匿名化的结论，按个人信息对待。尚未确定：{gates}。",
        en="No finding of anonymisation; the data are to be treated as personal information. Open: {gates}.",
    ),
    Effect.NOT_REACHED: Text(
        zh="未达到去标识化：仍有直接标识符。未满足：{gates}。",
        en="Not de-identified: direct identifiers remain. Not met: {gates}.",
    ),
}
NO_ATTACKS = Text(
    zh="没有攻击测试（单独识别、关联、推断）的结果。",
    en="There are no results of attacks (singling out, linkability, inference).",
)
UNTRIED = Text(
    zh="以下表没有做单独识别的攻击测试，不知道能否识别个人：{tables}。",
    en="Nobody tried to single persons out in these tables, so what that would show is unknown: {tables}.",
)
READ_WHOLE = Text(zh="数据全部读取", en="All data were read")
READ_WHOLE_SOURCE = Text(
    zh="没有读到的不能当作没有；这一条是本软件的做法",
    en="What was not read is not absent; our own rule",
)
NOT_READ = Text(zh="没有读全：{names}。", en="Not read completely: {names}.")
NO_UTILITY = Text(zh="没有可用性的测量。", en="Utility was not measured.")
NO_RESIDUAL = Text(zh="评估组没有写明剩余风险。", en="The team did not say what risk is left.")
DRAFT = Text(
    zh="问题清单取自草案《{standard}》，尚无约束力。",
    en="The questions come from a draft ({standard}), which binds nobody yet.",
)
