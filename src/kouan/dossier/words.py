"""Headings and labels of the report."""

from __future__ import annotations

from types import MappingProxyType

from kouan.model.text import Text

WORDS = MappingProxyType(
    {
        # page
        "report": Text(zh="数据出境合规报告", en="Data export report"),
        "skip": Text(zh="跳到正文", en="Skip to the report"),
        "language": Text(zh="语言", en="Language"),
        "contents": Text(zh="目录", en="Contents"),
        "purpose": Text(zh="目的", en="Purpose"),
        "basis": Text(zh="处理依据", en="Basis"),
        "mode": Text(zh="提供方式", en="Release mode"),
        "standing": Text(zh="持续出境", en="standing"),
        "once": Text(zh="一次性", en="once"),
        "as_of": Text(zh="适用法律日", en="Law as of"),
        "made_at": Text(zh="生成时间", en="Made"),
        "none_declared": Text(zh="未填报", en="not declared"),
        # verdict
        "verdict": Text(zh="结论与下一步", en="Verdict and next step"),
        "as_is": Text(zh="原始数据", en="As the data are"),
        "treated": Text(zh="按方案处理后", en="After treatment"),
        "no_treatment": Text(zh="没有处理后的数据：本次运行到此为止。", en="Nothing was treated: this run ended here."),
        "undetermined": Text(zh="尚不能确定", en="Not yet determined"),
        "undecided": Text(zh="尚未判断", en="Not decided"),
        "undecided_why": Text(
            zh="本次运行在判断之前结束，没有得出合规路径。", en="This run ended before a decision was made."
        ),
        "possible": Text(
            zh="在未知事项的各种可能下，结果可能是：", en="Depending on what is still unknown, it is one of:"
        ),
        "or": Text(zh="或者", en="or"),
        "either": Text(
            zh="标准合同与认证任选其一即可（第八条第一款）。",
            en="Either the standard contract or certification will do (Art 8(1)).",
        ),
        "lighter": Text(zh="处理后，要求变轻", en="Treatment makes it lighter"),
        "same": Text(zh="处理后，要求不变", en="Treatment does not change it"),
        "heavier": Text(zh="处理后，要求变重", en="Treatment makes it heavier"),
        "unclear": Text(zh="处理前后的变化尚不能确定", en="Whether treatment changes it is still open"),
        "flows_different": Text(
            zh="各信息主体类别分别判断，整体取最重者：",
            en="Each kind of person is judged by itself; the heaviest governs:",
        ),
        "next": Text(zh="下一步", en="What to do next"),
        # conditions, duties, questions
        "conditions": Text(zh="放行条件", en="Conditions of release"),
        "conditions_lead": Text(
            zh="每一项都由具名的人确认后，数据才可以离开。",
            en="Nothing leaves until a named person has attested each of these.",
        ),
        "conditions_none": Text(zh="没有需要确认的条件。", en="Nothing needs to be attested."),
        "conditions_stopped": Text(zh="本次不得出境，不作放行。", en="The data may not leave: nothing is released."),
        "ask": Text(zh="需要填写", en="To give"),
        "if_chosen": Text(zh="仅在选择下列路径时", en="Only when this is chosen"),
        "for_flows": Text(zh="涉及", en="Concerns"),
        "duties": Text(zh="义务与期限", en="Duties and deadlines"),
        "duties_lead": Text(
            zh="不论走哪条路径都要履行的义务，以及所选路径带来的义务。",
            en="Owed on any pathway, or brought by the one chosen.",
        ),
        "duties_stopped": Text(zh="本次不得出境，应当做到：", en="This transfer may not take place; what is owed:"),
        "duties_none": Text(zh="没有另外的义务。", en="No further duties."),
        "no_deadline": Text(zh="持续履行", en="continuing"),
        "papers": Text(zh="材料", en="Papers"),
        "paper_ready": Text(zh="已备好", en="ready"),
        "paper_missing": Text(zh="由单位提供", en="yours to supply"),
        "questions": Text(zh="待回答的问题", en="Open questions"),
        "questions_lead": Text(
            zh="按影响大小排列。把答案写进填报文件 facts 一栏，再运行一次。",
            en="Most decisive first. Write the answers under facts in the declaration and run again.",
        ),
        "decides": Text(zh="答案会决定是否", en="Decides between"),
        # persons
        "persons": Text(zh="涉及的个人", en="Persons"),
        "persons_lead": Text(
            zh="按自然人去重。写成区间的，表示人数尚不能确定；区间跨过法定起点时，结论为尚未确定。",
            en="Distinct natural persons. A range means that the number is not settled; where it spans a legal floor,"
            " the result stays undetermined.",
        ),
        "persons_caption": Text(zh="各信息主体类别的人数", en="Numbers of each kind of person"),
        "flow": Text(zh="信息主体类别", en="Persons"),
        "all_persons": Text(zh="总人数", en="All"),
        "ordinary": Text(zh="不含敏感个人信息", en="Ordinary"),
        "sensitive_persons": Text(zh="含敏感个人信息", en="Sensitive"),
        "under14": Text(zh="不满十四周岁", en="Under 14"),
        "counted": Text(zh="计入当年累计", en="Counts this year"),
        "counted_yes": Text(zh="计入", en="yes"),
        "counted_no": Text(zh="不计入（免予办理）", en="no (exempt)"),
        "counted_open": Text(zh="待定", en="open"),
        "how_counted": Text(zh="如何去重", en="How they were told apart"),
        "year_before": Text(zh="本次之前，当年已出境（填报）", en="Earlier this year (declared)"),
        "counted_on": Text(zh="统计至", en="counted to"),
        "year_total": Text(zh="当年累计", en="This year in total"),
        "unknown": Text(zh="未知", en="unknown"),
        "none_left": Text(zh="不出境", en="none leave"),
        "before_word": Text(zh="处理前", en="Before"),
        "after_word": Text(zh="处理后", en="After"),
        # items
        "inventory": Text(zh="数据出境清单", en="Inventory of data items"),
        "sources": Text(zh="数据来源", en="Sources"),
        "source": Text(zh="来源", en="Source"),
        "format": Text(zh="格式", en="Format"),
        "tables": Text(zh="表（行 × 列）", en="Tables (rows × columns)"),
        "subject": Text(zh="主体", en="Subject"),
        "nobody": Text(zh="没有发现与自然人有关的数据。", en="Nothing found that relates to natural persons."),
        "data_items": Text(zh="数据项", en="Data items"),
        "items_lead": Text(
            zh="样例在读取时即已遮蔽；原值不会进入本报告。",
            en="Samples were masked as they were read; no raw value enters this report.",
        ),
        "important_title": Text(zh="重要数据线索和合并判断", en="Cues to important data, and items weighed together"),
        "items_profile": Text(
            zh="处理方案按处理配置 {id} {version}{own} 生成，各条理由写明所依据的规则和出处。",
            en="The plan was made by the treatment profile {id} {version}{own}; each reason names its rule and source.",
        ),
        "items_own_profile": Text(zh="（用户自带）", en=" (the user's own)"),
        "items_edited": Text(zh="处理方案经人工修改。", en="The plan was edited by a person."),
        "rows": Text(zh="行", en="rows"),
        "columns": Text(zh="列", en="columns"),
        "item": Text(zh="数据项", en="Item"),
        "category": Text(zh="类别", en="Category"),
        "sensitivity": Text(zh="敏感性", en="Sensitivity"),
        "sensitive": Text(zh="敏感", en="sensitive"),
        "not_sensitive": Text(zh="未列为敏感", en="not listed as sensitive"),
        "not_sensitive_note": Text(
            zh="未列为敏感的，另按 GB/T 45574 第4.1条判断。",
            en="What is not listed as sensitive is to be judged also under GB/T 45574, 4.1.",
        ),
        "judge": Text(zh="待人工判断", en="to be judged"),
        "not_personal": Text(zh="不是个人信息", en="not personal"),
        "role": Text(zh="识别作用", en="Role"),
        "samples": Text(zh="遮蔽样例", en="Masked samples"),
        "kept_plain": Text(
            zh="：不敏感、不用于识别个人并原样保留的数据项",
            en=": items kept as they are that are not sensitive and tell nobody apart",
        ),
        "no_samples": Text(zh="无", en="none"),
        "action": Text(zh="处理", en="Treatment"),
        "no_plan": Text(zh="未定", en="not planned"),
        "why": Text(zh="处理理由", en="Reasons for the treatment"),
        "cells_emptied": Text(zh="清空", en="emptied"),
        "cells": Text(zh="格", en="cells"),
        "empty": Text(zh="空", en="empty"),
        "distinct": Text(zh="不同值", en="distinct"),
        "evidence_of": Text(zh="认定依据", en="Why it was judged so"),
        "confirmed": Text(zh="确认", en="confirmed"),
        "texts_read": Text(zh="读过的文本", en="texts read"),
        "suspected": Text(zh="疑似", en="suspected"),
        "share": Text(zh="占比", en="share"),
        "interval": Text(zh="95% 区间", en="95% interval"),
        "type": Text(zh="存储类型", en="Stored as"),
        # standing transfers
        "authority": Text(zh="持续出境的授权", en="Authorisation of the standing transfer"),
        "authority_lead": Text(
            zh="本批是已放行的持续出境的后续批次：目的、接收方、数据项、处理方式都在首次范围之内，人数按已放行的累计。",
            en="A later batch of a standing transfer: purpose, recipients, items and treatment lie within the first"
            " release, and persons are counted on top of those released before.",
        ),
        "authority_first": Text(zh="首次放行", en="First released"),
        "authority_pathway": Text(zh="所依据的路径", en="Pathway"),
        "authority_until": Text(zh="有效期至", en="Valid until"),
        "authority_open": Text(zh="无期限", en="no term"),
        "authority_before": Text(zh="此前已放行", en="Released before"),
        "authority_covers": Text(zh="授权人数", en="Covers"),
        "authority_digest": Text(zh="首次办理的摘要", en="Digest of the first clearance"),
        "authority_carried": Text(zh="沿用首次的确认", en="carried over from the first release"),
        # necessity
        "necessity": Text(zh="必要性", en="Necessity"),
        "necessity_lead": Text(
            zh="出境本身、人数、数据项范围分别判断：是否与目的直接相关、影响最小、范围最小；"
            "保存期限由双方合同约定，此处不判断。不在目的所需之列的数据项，写明理由，否则不出境。",
            en="The export itself, its persons and its items are judged each by itself: direct relation, least impact,"
            " smallest scope; how long data are kept is for the contract and not judged here. What the purpose does not"
            " need is justified or stays here.",
        ),
        "scenario": Text(zh="业务场景", en="Scenario"),
        "used_by": Text(zh="境外使用者", en="Used abroad by"),
        "not_said": Text(zh="未说明", en="not said"),
        "concerned": Text(zh="目的涉及", en="Purpose concerns them"),
        "concerned_yes": Text(zh="涉及", en="yes"),
        "concerned_no": Text(zh="一般不涉及", en="not usually"),
        "data_leave": Text(zh="个人信息出境", en="Personal data leave"),
        "leave_yes": Text(zh="出境", en="yes"),
        "leave_no": Text(zh="不出境", en="no"),
        "necessity_items": Text(zh="须由人说明的数据项", en="Items of which a person must speak"),
        "stands": Text(zh="与目的的关系", en="To the purpose"),
        "purpose_says": Text(zh="条件和理由", en="Condition and reason"),
        "exporter_says": Text(zh="本单位的说明", en="What the exporter says"),
        "necessity_needed": Text(zh="目的所需、出境的数据项", en="Items that the purpose needs and that leave"),
        "necessity_dropped": Text(
            zh="不在目的所需之列、已由方案删除的数据项", en="Items outside the purpose that the plan drops"
        ),
        # consent
        "consent": Text(zh="单独同意", en="Separate consent"),
        "consent_lead": Text(
            zh="数据中的人与同意台账逐人核对；没有有效单独同意的人，数据已扣留，未进入待放行的数据。",
            en="The persons in the data were compared with the ledger of consents one by one. Data of those without a "
            "standing separate consent are kept back and are not staged.",
        ),
        "consent_persons": Text(zh="数据中的人数", en="Persons in the data"),
        "consent_standing": Text(zh="有效的单独同意", en="Standing consent"),
        "consent_withdrawn": Text(zh="已撤回", en="Withdrawn"),
        "consent_absent": Text(zh="没有同意", en="None"),
        "consent_guardian": Text(zh="不满十四周岁而缺监护人同意", en="Under 14 without a guardian's consent"),
        "consent_evidenced": Text(zh="载有告知文本版本或者证据摘要", en="With a version or digest as evidence"),
        "consent_for": Text(zh="以同意为依据的主体", en="Consent is the ground for"),
        "consent_everybody": Text(zh="全部个人", en="everybody"),
        "consent_held": Text(zh="扣留的行（文档为整条记录）", en="Rows kept back (whole records of documents)"),
        "consent_ledger": Text(zh="同意台账", en="Ledger of consents"),
        "held": Text(zh="扣留", en="Kept back"),
        "nameless": Text(zh="其中未写明是谁", en="Of these, naming nobody"),
        # risk
        "risk": Text(zh="重标识风险", en="Risk of re-identification"),
        "grade": Text(zh="标识度分级", en="Grade"),
        "grade_lead": Text(
            zh="1 级含直接标识符，2 级风险高于阈值，3 级风险低于阈值，4 级不含标识符；级数越高，越难识别到个人。",
            en="1: direct identifiers present. 2: risk above the threshold. 3: below it. 4: no identifiers. "
            "The higher, the harder to re-identify.",
        ),
        "verdicts": Text(zh="各标准并列结论", en="Verdicts side by side"),
        "verdicts_lead": Text(
            zh="同一次测量，按各标准分别判断；标准之间不相互替代。草案、未见原文和境外的规定只供参考。",
            en="One measurement, judged by each standard; none stands in for another. Drafts, texts that were not"
            " seen and foreign rules are for reference only.",
        ),
        "verdict_rule": Text(zh="标准", en="Standard"),
        "verdict_asked": Text(zh="要求", en="Asked for"),
        "verdict_numbers": Text(zh="各项数值、回答和说明", en="numbers, answers and notes"),
        "carriers": Text(zh="风险来自哪里", en="What carries the risk"),
        "carriers_lead": Text(
            zh="{records} 条（人）中有 {units} 条（人），只凭至多 {most} 项的取值就能与其他人区分开。"
            "只列数目，不列取值。",
            en="Of {records} records or persons, {units} are told apart from all others by the values of at most {most}"
            " items. Only counts are shown, never values.",
        ),
        "combinations": Text(zh="能单独识别的最小组合", en="Smallest combinations that single out"),
        "combination": Text(zh="组合", en="Combination"),
        "singled_out": Text(zh="涉及数", en="singled out"),
        "effects": Text(zh="去掉一项会怎样", en="If one item were left out"),
        "without_item": Text(zh="去掉", en="without"),
        "t_distance": Text(zh="敏感值分布差距 t", en="distance of sensitive values t"),
        "journalist_avg": Text(zh="平均识别概率（记者）", en="average chance (journalist)"),
        "sample_uniques": Text(zh="独一无二的记录占比", en="share of unique records"),
        "population_uniques": Text(zh="人口中唯一者的估计占比", en="estimated share of the population that is unique"),
        "risk_overall": Text(zh="整体风险 R", en="overall risk R"),
        "threshold": Text(zh="可接受阈值", en="acceptable up to"),
        "tau": Text(zh="每类最少条数", en="smallest class allowed"),
        "measure": Text(zh="指标", en="Measure"),
        "measures_of": Text(zh="风险指标", en="Measures"),
        "prosecutor_max": Text(zh="最大识别概率（检察官，R_b）", en="highest chance to single out (prosecutor, R_b)"),
        "attack_max": Text(
            zh="最大识别概率（检察官、记者，R_b）", en="highest chance to single out (prosecutor, journalist, R_b)"
        ),
        "attack_avg": Text(zh="平均识别概率（检察官、营销者）", en="average chance (prosecutor, marketer)"),
        "prosecutor_avg": Text(zh="平均识别概率（检察官）", en="average chance (prosecutor)"),
        "class_avg": Text(zh="各类平均（R_c）", en="average over classes (R_c)"),
        "share_at_risk": Text(zh="高风险记录占比", en="share of records at risk"),
        "journalist_max": Text(zh="最大识别概率（记者）", en="highest chance (journalist)"),
        "marketer": Text(zh="平均识别比例（营销者）", en="expected share re-identified (marketer)"),
        "k": Text(zh="最小类 k", en="smallest class k"),
        "l": Text(zh="敏感值种类 l", en="distinct sensitive values l"),
        "records": Text(zh="记录数", en="records"),
        "classes": Text(zh="等价类数", en="classes"),
        "quasi_used": Text(zh="参与计算的准标识符", en="quasi-identifiers used"),
        "direct_left": Text(zh="仍有的直接标识符", en="direct identifiers present"),
        "none": Text(zh="无", en="none"),
        "histogram": Text(zh="记录落在多大的类里", en="Records by size of their class"),
        "class_size": Text(zh="类的大小（条）", en="class size (records)"),
        "numbers": Text(zh="图中数字", en="The numbers of the chart"),
        "histogram_lead": Text(
            zh="越靠右越安全：同一类里的记录彼此分不开。",
            en="Further right is safer: records of one class cannot be told apart.",
        ),
        "table_gone": Text(zh="处理后这张表不再出境。", en="After treatment this table no longer leaves."),
        "risk_none": Text(zh="本次运行没有测量风险。", en="This run did not measure the risk."),
        "no_after": Text(zh="没有处理后的数据可比。", en="There are no treated data to compare."),
        "target": Text(zh="风险目标", en="Target"),
        "target_reached": Text(zh="已达到", en="reached"),
        "target_missed": Text(zh="未达到", en="not reached"),
        "target_none": Text(zh="未声明", en="none declared"),
        # utility
        "utility": Text(zh="处理后还能说明什么", en="What the treated data can still tell"),
        "utility_lead": Text(
            zh="保留的信息：处理后的熵与处理前之比，100% 表示记录之间的差别全部可见，0 表示不再可见。"
            "加噪声会增大熵而不增加信息，此时以分布差距为准。",
            en="Information kept: entropy after over entropy before; at 100% every difference between records can still"
            " be seen, at 0 none. Noise adds entropy that tells nothing: there the distance is what counts.",
        ),
        "information": Text(zh="逐项保留的信息，模型得分", en="Information kept item by item, and models"),
        "utility_rows": Text(zh="行数", en="rows"),
        "pairs_kept": Text(zh="数据项之间的关联保留", en="relations between items kept"),
        "by_item": Text(zh="逐项", en="Item by item"),
        "each_sensitive": Text(zh="各敏感属性", en="Each sensitive attribute"),
        "untouched": Text(zh="与原始数据相同的数据项", en="Items that are exactly as they were"),
        "by_pair": Text(zh="关联最强的数据项对", en="Pairs of items that told most about each other"),
        "pair": Text(zh="数据项对", en="Pair"),
        "bits": Text(zh="互信息（比特）", en="mutual information (bits)"),
        "told": Text(zh="保留的信息", en="information kept"),
        "newly_emptied": Text(zh="新变为空", en="newly empty"),
        "distance": Text(zh="分布差距", en="distance"),
        "prediction": Text(zh="用处理后的数据训练模型", en="A model learnt from the treated data"),
        "predicted": Text(zh="预测目标：", en="Predicted: "),
        "predicted_classes": Text(zh="{count} 个取值", en="{count} values"),
        "learnt_from": Text(zh="学习自", en="Learnt from"),
        "told_right": Text(zh="预测正确（95% 区间）", en="told rightly (95 % interval)"),
        "by_majority": Text(zh="总猜最多的一类", en="nothing: always the commonest value"),
        "by_raw": Text(zh="原始数据", en="raw data"),
        "by_treated": Text(zh="处理后的数据", en="treated data"),
        "predict_loss": Text(zh="处理造成的损失", en="lost by the treatment"),
        "points": Text(zh="个百分点", en="percentage points"),
        "restating": Text(
            zh="与目标说的是同一件事、没有使用的项：", en="Left out because they say the target in other words: "
        ),
        "checks": Text(zh="行业常用表：原始与处理后", en="Tables of the sector: raw and treated"),
        "checks_lead": Text(
            zh="同一张表分别用原始数据和处理后的数据各数一遍，逐格比较。背后不足 {least} 人的数不写出。",
            en="Each table is counted from the raw data and from the treated data and compared cell by cell. Numbers"
            " with fewer than {least} persons behind them are not written.",
        ),
        "check": Text(zh="表", en="Table"),
        "check_result": Text(zh="结果", en="Result"),
        "check_total": Text(zh="合计：原始 → 处理后", en="total: raw → treated"),
        "check_cells": Text(zh="列出的格", en="Cells that are shown"),
        "check_unwritten": Text(zh="另有未列出的格：", en="Cells that are not shown: "),
        "raw_count": Text(zh="原始", en="raw"),
        "treated_count": Text(zh="处理后", en="treated"),
        "difference": Text(zh="差", en="difference"),
        "few": Text(zh="少于 {least} 人", en="under {least} persons"),
        # trace
        "trace": Text(zh="判断过程", en="How the law was applied"),
        "trace_lead": Text(
            zh="逐条列出每个信息主体类别适用的规则：哪些成立，哪些不成立，以及由哪一项事实决定。",
            en="Rule by rule for each kind of person: which holds, which does not, and by which fact.",
        ),
        "set_aside": Text(zh="条件成立，但不适用", en="met, but set aside"),
        "outweighed": Text(zh="条件成立，但另有更重的要求", en="met, but a heavier demand holds too"),
        "yields_to": Text(zh="优先适用", en="what prevails"),
        "missing": Text(zh="还差", en="missing"),
        "folded": Text(zh="其余不成立的规则", en="Other rules that do not hold"),
        "would_change": Text(zh="什么会改变结果", en="What would change the result"),
        "would_change_lead": Text(
            zh="事实如有不同，结果会怎样；最接近的在前，每一项都按规则重新判断过。仅供核对事实，不是建议。",
            en="What would follow if facts were otherwise, the nearest first; each is decided again by the rules. It is"
            " there to check facts by, and no advice.",
        ),
        "make_lighter": Text(zh="怎样才能更轻", en="What would make it lighter"),
        "lighter_lead": Text(
            zh="对处理后的数据，逐一试过如实可行的改变，每个结果都按规则判断过。改变须先在事实上做到，再重新识别、重新判断，"
            "以其结论为准。",
            en="Honest changes were tried on the treated data, each result decided by the rules. A change must first be"
            " really made; then recognise and decide anew, and that outcome holds.",
        ),
        "lighter_equal": Text(zh="轻重相同，省去的事情不同", en="same weight, spares other things"),
        "lighter_cost": Text(zh="代价", en="Cost"),
        "lighter_cut": Text(
            zh="这里只试了一部分组合，更多的见", en="Only some combinations were tried here; for more see"
        ),
        "if_so": Text(zh="假如", en="If"),
        "open_points": Text(zh="条文的不同理解", en="Where the law is read in several ways"),
        "open_points_lead": Text(
            zh="结果取决于采用哪一种理解；逐一换用，其余不变。",
            en="The result hangs on which reading is taken; one is read otherwise at a time.",
        ),
        "hangs_adopted": Text(
            zh="条文有多种理解，结论取决于本单位采用的一种",
            en="The law is read in several ways; this result hangs on the exporter's",
        ),
        "hangs_default": Text(
            zh="条文有多种理解，结论取决于默认的一种",
            en="The law is read in several ways; this result hangs on the default",
        ),
        "adopted": Text(zh="本单位采用", en="adopted by the exporter"),
        "default_reading": Text(zh="默认理解，此处采用", en="the default, taken here"),
        "adopted_idle": Text(
            zh="本单位另采用下列理解，但不影响本次结果",
            en="The exporter also adopts these, without effect on this result",
        ),
        "listed_papers": Text(zh="材料要求", en="Papers that the law asks for"),
        "form": Text(zh="形式", en="Form"),
        "template": Text(zh="官方模板", en="Official form"),
        "triggers": Text(zh="须重新办理的情形", en="What makes it start again"),
        "triggers_lead": Text(
            zh="发生下列变化的，原来的手续不再够用。",
            en="After one of these changes the steps taken no longer suffice.",
        ),
        "more": Text(zh="还有", en="More"),
        "any_pathway": Text(zh="不论哪条路径", en="Whatever the pathway"),
        "decided_by": Text(zh="取决于", en="decided by"),
        "requires": Text(zh="后果", en="leads to"),
        "asked": Text(zh="规则要求", en="rule asks"),
        "known": Text(zh="已知", en="known"),
        "facts": Text(zh="已知事实", en="Facts"),
        "fact": Text(zh="事实", en="Fact"),
        "value": Text(zh="取值", en="Value"),
        "came_from": Text(zh="来源", en="Source"),
        "conflicts": Text(zh="相互矛盾的事实", en="Facts in conflict"),
        "conflict_rule": Text(zh="取较重者", en="the heavier one is kept"),
        "kept": Text(zh="采用", en="kept"),
        "dropped": Text(zh="未采用", en="set aside"),
        "packs": Text(zh="规则包", en="Law packs"),
        "determined_by_list": Text(zh="依据清单", en="by list"),
        # files
        "files": Text(zh="文件说明", en="Notes on files"),
        "files_none": Text(
            zh="所有文件都完整读取，没有需要说明的损失。", en="Every file was read whole and nothing was lost."
        ),
        "read": Text(zh="读取", en="Reading"),
        "written": Text(zh="写出", en="Writing"),
        "overridden": Text(
            zh="用户规则包放宽了内置规则，结论以此为前提",
            en="User packs loosened the built-in law; the result rests on it",
        ),
        "unread": Text(zh="有数据未能读取", en="Some of the data could not be read"),
        "partly": Text(zh="未能完整读取", en="only partly read"),
        # evidence
        "evidence": Text(zh="存证与核验", en="Evidence"),
        "evidence_lead": Text(
            zh="下列摘要对应本次出境的文件原始字节。用核验者自己信任的密钥，离线即可核验整个文件夹：",
            en="These digests stand for the raw bytes of the files. "
            "Anyone can check the folder offline, with a key that they trust themselves:",
        ),
        "verify_note": Text(
            zh="文件夹里自带的密钥不能证明任何事；请从签署方另行取得它的公钥。",
            en="A key inside the folder proves nothing: obtain the signer's public key from the signer.",
        ),
        "signer": Text(zh="签署方", en="Signer"),
        "log": Text(zh="透明日志", en="Transparency log"),
        "pseudonym_key": Text(zh="假名密钥指纹", en="Pseudonym key fingerprint"),
        "unsigned": Text(zh="尚未签署", en="not signed"),
        "file": Text(zh="文件", en="File"),
        "size": Text(zh="大小", en="Size"),
        "digest": Text(zh="SHA-256 摘要", en="SHA-256 digest"),
        "digests": Text(zh="文件摘要", en="Digests"),
        "digests_of_files": Text(
            zh="数据文件的摘要（处理前和处理后，另见 manifest.json、inventory.json）",
            en="Digests of the data files, before and after treatment (also in manifest.json and inventory.json)",
        ),
        "on_paper": Text(
            zh="数据项较多时，打印件略去各项的认定依据和原样保留的项，以网页或者 inventory.json 为准。",
            en="Where there are many items, paper leaves out the evidence for each and the items kept as they are:"
            " see the page or inventory.json.",
        ),
        # glossary
        "glossary": Text(zh="词语与标记", en="Words and marks"),
        "marks": Text(zh="把握程度", en="Confidence"),
        "disclaimer": Text(
            zh="本报告由软件依据所列法规和数据生成，供合规人员判断使用，不替代主管部门的决定和法律意见。",
            en="Made by software from the law and data it names, to support a compliance officer's judgement; "
            "it replaces neither the authorities' decision nor legal advice.",
        ),
        "made_by": Text(zh="生成软件", en="Made by"),
    }
)

GLOSSARY: tuple[tuple[Text, Text], ...] = (
    (
        Text(zh="个人信息", en="Personal information"),
        Text(
            zh="与已识别或者可识别的自然人有关的信息。假名化之后仍是个人信息，只有匿名化的才不是。",
            en="Information about an identified or identifiable person. "
            "Pseudonymised data stay personal; only anonymised data do not.",
        ),
    ),
    (
        Text(zh="敏感个人信息", en="Sensitive personal information"),
        Text(
            zh="泄露或者非法使用容易侵害人格尊严或者危害人身、财产安全的个人信息，"
            "包括不满十四周岁未成年人的全部个人信息。",
            en="Information whose leak or misuse easily harms dignity, person or property; "
            "all information of children under 14.",
        ),
    ),
    (
        Text(zh="直接标识符、准标识符", en="Direct identifier, quasi-identifier"),
        Text(
            zh="单独就能识别个人的数据项；与其他数据结合才能识别个人的数据项。",
            en="An item that identifies a person alone; one that does so only together with others.",
        ),
    ),
    (
        Text(zh="等价类与 k", en="Equivalence class and k"),
        Text(
            zh="准标识符取值完全相同的一组记录；k 是最小一组的条数，k 为 1 说明有人可以被单独挑出。",
            en="Records that share all quasi-identifier values; k is the size of the smallest. "
            "k = 1 means someone can be singled out.",
        ),
    ),
    (
        Text(zh="当年累计", en="This year's count"),
        Text(
            zh="自当年1月1日起，同一数据处理者累计向境外提供个人信息的自然人数量（去重）；"
            "依第16号令第三条、第四条、第五条第一款第一项至第三项、第六条免予办理的不计入，"
            "依第五条第一款第四项免予办理的计入。",
            en="Distinct persons whose information one exporter has sent abroad since 1 January. Flows exempt under"
            " order 16 Arts 3, 4, 5(1)(1)-(3), 6 are left out; those exempt under 5(1)(4) count.",
        ),
    ),
)  # fmt: skip
