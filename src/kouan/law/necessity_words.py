"""What the judgement of necessity says."""

from __future__ import annotations

from kouan.model.necessity import ItemStanding
from kouan.model.text import Text

NOT_PERSONAL = Text(zh="非个人信息，不在必要性判断之列", en="no personal information: its necessity is not judged here")
VAGUE = Text(
    zh="只知其形式，不知其含义，须由人说明它是什么、为何需要",
    en="only its form is known: a person must say what it is and why it is needed",
)
OTHER_PERSON = Text(
    zh="“{purpose}”不涉及这类个人，须逐项说明理由，否则不出境",
    en="“{purpose}” does not concern these persons: say why it is needed, or it stays here",
)
NOT_NAMED = Text(
    zh="“{purpose}”所需数据项中没有它，须说明理由，否则不出境",
    en="it is not among what “{purpose}” needs: say why it is needed, or it stays here",
)
SAY_EXPORT = Text(
    zh="尚未说明为什么须向境外提供、在境内处理为何不能达到目的（necessity 的 export）",
    en="nobody has said why the purpose cannot be reached at home (export under necessity)",
)
SAY_USED_BY = Text(
    zh="尚未说明境外由谁使用这些数据（necessity 的 used_by）",
    en="nobody has said who abroad works with the data (used_by under necessity)",
)
SAY_PERSONS = Text(
    zh="尚未说明为什么需要数据中的全部个人，能否只提供其中一部分（necessity 的 persons）",
    en="nobody has said why all persons in the data are needed and not only some (persons under necessity)",
)
PERSONS_OUTSIDE = Text(
    zh="出境数据涉及该目的一般不涉及的个人，尚未说明理由",
    en="data leave about persons whom the purpose does not usually concern, and nobody has said why",
)
PERSONS_UNCOUNTED = Text(zh="人数的上限尚不能确定", en="the number of persons has no upper end yet")
SAY_ITEM = {
    ItemStanding.UNJUSTIFIED: Text(
        zh="“{name}”不在目的所需之列，又没有理由，却仍在出境之列：写明理由，或者删除",
        en="“{name}” lies outside the purpose, nobody says why it is needed, and it leaves: justify it or drop it",
    ),
    ItemStanding.UNKNOWN: Text(
        zh="“{name}”含义不明：写明它是什么、为何需要，或者删除",
        en="“{name}” is not understood: say what it is and why it is needed, or drop it",
    ),
    ItemStanding.NEEDED_IF: Text(
        zh="“{name}”须符合条件才属必要：在 necessity 的 items 中确认，或者删除",
        en="“{name}” is needed on a condition only: confirm it in items under necessity, or drop it",
    ),
}
UNREAD = Text(
    zh="有数据未能读取，其中的数据项无从判断", en="some data could not be read, and their items cannot be judged"
)
FACT_OPEN = Text(zh="事实 {fact} 尚未填报", en="the fact {fact} is not declared yet")
FACT_DENIED = Text(
    zh="事实 {fact} 填报为“否”：须另行说明必要性何在",
    en="the fact {fact} is declared “no”: say on what else the necessity rests",
)
NO_PURPOSE = Text(
    zh="没有该场景的目的包，未作判断；由人按直接相关、影响最小、范围最小、保存最短四项判断",
    en="there is no purpose pack for this scenario, so nothing was judged: a person must judge direct relation, least"
    " impact, smallest scope and shortest storage",
)
NO_LABEL = Text(zh="未收录的场景“{scenario}”", en="scenario “{scenario}”, which no purpose pack covers")
ASK_EXPORT = Text(zh="为什么须向境外提供？", en="Why must data leave?")
ASK_PERSONS = Text(zh="为什么需要这些人的数据？", en="Why the data of these persons?")
ASK_ITEMS = Text(zh="每个数据项为什么需要？", en="Why each of the items?")
