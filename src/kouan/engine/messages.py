"""Catalogue of the errors of engines."""

from __future__ import annotations

from kouan.model.errors import Message
from kouan.model.text import Text

SPARK_MISSING = Message(
    code="K-ENG-001",
    what=Text(zh="没有安装 PySpark", en="PySpark is not installed"),
    why=Text(zh="`--engine spark` 通过 PySpark 使用集群。", en="`--engine spark` uses a cluster through PySpark."),
    fix=Text(
        zh="安装：pip install 'kouan[spark]'；或去掉 --engine spark，在本机运行。",
        en="Install it: pip install 'kouan[spark]'; or leave out --engine spark and run on this machine.",
    ),
)
SPARK_NOT_STARTED = Message(
    code="K-ENG-002",
    what=Text(zh="Spark 没有启动（{kind}）", en="Spark did not start ({kind})"),
    why=Text(
        zh="Spark 需要 Java 17 或更高版本，配置也要有效；{master} 是所要求的 master。",
        en="Spark needs Java 17 or newer and settings that it takes; the master asked for is {master}.",
    ),
    fix=Text(
        zh="运行 `java -version` 检查 Java（必要时设置 JAVA_HOME），并检查 --spark-master 和 SPARK_CONF_DIR 下的配置。",
        en="Check Java with `java -version` (JAVA_HOME names another), --spark-master and the files in SPARK_CONF_DIR.",
    ),
)
SPARK_FAILED = Message(
    code="K-ENG-003",
    what=Text(zh="Spark 作业没有完成（{kind}）", en="The Spark job did not finish ({kind})"),
    why=Text(
        zh="executor 多次失败，或集群中断；常见原因是内存不足、节点丢失。没有完成的清单不能用。",
        en="Executors failed again and again, or the cluster went away; mostly they lack memory, or a node was lost. "
        "An inventory that is not complete is of no use.",
    ),
    fix=Text(
        zh="看 Spark 的日志（executor 的 stderr），给 executor 更多内存（spark.executor.memoryOverhead）后重试。",
        en="See Spark's log (stderr of the executors), give executors more memory (spark.executor.memoryOverhead), and "
        "try again.",
    ),
)
EXECUTOR_UNFIT = Message(
    code="K-ENG-004",
    what=Text(
        zh="executor 的 Python 环境里没有同一版本的 kouan（需要 {version}，{found}）",
        en="The executors' Python does not have the same kouan (it takes {version}; {found})",
    ),
    why=Text(
        zh="识别在 executor 上运行；版本不同，结果可能不同。",
        en="Recognition runs on the executors; another version may find something else.",
    ),
    fix=Text(
        zh="在每个节点安装同一版本，并用 PYSPARK_PYTHON 或 spark.pyspark.python 指定这个 Python。",
        en="Install the same version on every node and name that Python by PYSPARK_PYTHON or spark.pyspark.python.",
    ),
)
NOT_SEEN = Message(
    code="K-ENG-005",
    what=Text(zh="executor 看不到这个文件（{code}）", en="An executor does not see this file ({code})"),
    why=Text(
        zh="executor 自己读取数据：所有节点都要在同一路径看到同一份文件（共享存储）。",
        en="Executors read the data themselves: every node must see the same file at the same path (shared storage).",
    ),
    fix=Text(
        zh="把文件放到所有节点都挂载的共享存储，并允许 executor 的用户读取；或去掉 --engine spark。",
        en="Put it on storage that all nodes mount and that the executors' user may read; or leave out --engine spark.",
    ),
)
SPARK_CONNECT = Message(
    code="K-ENG-006",
    what=Text(zh="Spark Connect 的会话不能使用", en="A session of Spark Connect cannot be used"),
    why=Text(
        zh="识别需要经典会话：Spark Connect 不提供 RDD。",
        en="Recognition needs a classic session: Spark Connect offers no RDDs.",
    ),
    fix=Text(
        zh="用 --spark-master 给出集群的 master（spark://、yarn、k8s:// 或 local[*]）。",
        en="Name the cluster's master by --spark-master (spark://, yarn, k8s:// or local[*]).",
    ),
)
EXECUTOR_BROKE = Message(
    code="K-ENG-007",
    what=Text(zh="识别在 executor 上出错：{kind}", en="Recognition broke on an executor: {kind}"),
    why=Text(
        zh="这是软件的缺陷，或 executor 缺少依赖；错误原文可能带有数据，因此不显示。",
        en="This is a defect, or the executor lacks a library; its words may quote data and are not shown.",
    ),
    fix=Text(
        zh="先不带 --engine spark 运行；若同样出错，请把错误代码和类型报告给我们。",
        en="Run it without --engine spark; if it breaks there too, report the code and the kind.",
    ),
)
