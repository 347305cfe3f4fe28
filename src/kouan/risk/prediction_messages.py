"""Messages and notes on models that learn from treated data."""

from __future__ import annotations

from kouan.model.errors import Message
from kouan.model.text import Text

TARGET = Message(
    code="K-RSK-070",
    what=Text(zh="assessment.predict 里的“{item}”不是数据项", en="“{item}” of assessment.predict is no item"),
    why=Text(
        zh="模型要预测的数据项必须在数据里。",
        en="What a model is to predict has to be in the data.",
    ),
    fix=Text(
        zh="按 `来源!表#列` 写数据项编号，可从 inventory.json 或 `kouan inspect` 抄录；不写则自动选择。",
        en="Write the item as `source!table#column`, as in inventory.json or `kouan inspect`; leave it out to have one"
        " chosen.",
    ),
)
NOTE = Text(
    zh="朴素贝叶斯（拉普拉斯平滑）；人员分成两半，一半学习、另一半检验，再对调；同一人不会同在两半，"
    "没有编号时内容相同的行同在一半。共用 {rows} 行、{persons} 人，每人计一次。"
    "检验用的是原始记录，其取值按学习的那一半里处理前后的对应关系换算。{chosen}",
    en="Naive Bayes with Laplace smoothing. Persons are divided in two halves; one is learnt from and the other tried,"
    " then the other way round. No person is in both; without a person key equal rows are in one half. {rows} rows of"
    " {persons} persons, each counted once. It is tried on raw records, recoded as treated values stand for raw ones in"
    " the half that was learnt from. {chosen}",
)
UNTOLD = Text(
    zh="用原始数据训练的模型也不比总猜最多的一类强：这个目标说明不了处理的影响。",
    en=" The raw model does no better than the commonest value: this target says nothing of the treatment.",
)
CHOSEN = {
    "declared": Text(zh="目标由填报文件指定。", en="The declaration names the target."),
    "derived": Text(
        zh="填报文件没有指定目标：取不识别个人、原样出境的分类项中，其他项最能说明的一项。",
        en="The declaration names no target: it is, of the categorical items that identify nobody and leave as they"
        " are, the one of which the others tell most.",
    ),
}
ALTERED = Text(
    zh="指定的预测目标“{item}”不是原样出境的分类项，没有计算模型得分。",
    en="The target “{item}” is no categorical item that leaves as it is: no model was scored.",
)
FEW = Text(zh="不足 {least} 人，没有计算模型得分。", en="Fewer than {least} persons: no model was scored.")
NO_TARGET = Text(zh="没有适合预测的目标，没有计算模型得分。", en="No item is fit to be predicted: no model was scored.")
UNPAIRED = Text(
    zh="处理前后的行对不上，没有计算模型得分。", en="Raw and treated rows cannot be paired: no model was scored."
)
