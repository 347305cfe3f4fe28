"""Catalogue of errors of databases and object stores; `formats/messages.py` shows them with the others.

A server's own words are never repeated: they may quote a cell, a key or a password.
"""

from __future__ import annotations

from kouan.model.errors import Message
from kouan.model.text import Text

ADDRESS = Message(
    code="K-FMT-100",
    what=Text(zh="地址无法使用：{problem}", en="The address cannot be used: {problem}"),
    why=Text(
        zh="from 写数据库或对象存储的地址，path 写其中的表或对象。",
        en="`from` says which database or object store, and `path` which table or object in it.",
    ),
    fix=Text(
        zh="例如 {{from: postgresql://db.example.com/crm, path: public/members}}、"
        "{{from: mysql://db.example.com, path: crm/members}}、{{from: s3://bucket, path: exports/*.parquet}}。",
        en="For example {{from: postgresql://db.example.com/crm, path: public/members}}, "
        "{{from: mysql://db.example.com, path: crm/members}}, {{from: s3://bucket, path: exports/*.parquet}}.",
    ),
)
SECRET = Message(
    code="K-FMT-101",
    what=Text(zh="地址里写了密码或密钥", en="The address holds a password or a key"),
    why=Text(
        zh="声明会进入通关目录并交给他人，密码不能写在里面。",
        en="A declaration goes into the clearance folder and to others; no secret may stand in it.",
    ),
    fix=Text(
        zh="从地址中删去，并更换这个密码；改用{instead}。",
        en="Take it out, change that password, and use {instead}.",
    ),
)
DRIVER = Message(
    code="K-FMT-102",
    what=Text(zh="没有安装读取 {kind} 的组件", en="What reads {kind} is not installed"),
    why=Text(zh="它不在核心依赖里，只有需要的人才安装。", en="It is no part of the core; who needs it installs it."),
    fix=Text(zh='运行 pip install "kouan[{extra}]"。', en='Run pip install "kouan[{extra}]".'),
)
UNREACHABLE = Message(
    code="K-FMT-103",
    what=Text(zh="连接不到服务器", en="The server cannot be reached"),
    why=Text(
        zh="该主机和端口没有应答，或主机名无法解析。",
        en="Nothing answers at this host and port, or the name cannot be resolved.",
    ),
    fix=Text(
        zh="检查主机名、端口、网络与防火墙，并确认服务已经启动。",
        en="Check host, port, network and firewall, and that the server runs.",
    ),
)
LOGIN = Message(
    code="K-FMT-104",
    what=Text(zh="服务器拒绝登录", en="The server refuses the login"),
    why=Text(
        zh="用户名、密码或库名不对，或服务器不允许从这台机器登录。",
        en="User, password or database is wrong, or this machine may not log in.",
    ),
    fix=Text(
        zh="用户名写在地址里（user@主机）；密码用{instead}提供，不写进声明。",
        en="The user stands in the address (user@host); give the password by {instead}, never in the declaration.",
    ),
)
TLS = Message(
    code="K-FMT-105",
    what=Text(zh="无法建立加密连接", en="No encrypted connection can be made"),
    why=Text(
        zh="本机以外的服务器默认必须加密：个人信息不能明文过网。服务器不支持 TLS，或其证书不被信任。",
        en="Beyond this machine encryption is the default: personal data do not cross a network in the clear. The "
        "server offers no TLS, or its certificate is not trusted.",
    ),
    fix=Text(
        zh="在服务器上启用 TLS，用 ?sslrootcert=文件 指明其证书机构；确为可信内网时才写 ?sslmode=disable。",
        en="Enable TLS on the server and name its authority by ?sslrootcert=FILE; write ?sslmode=disable only on a "
        "network that you trust.",
    ),
)
NO_TABLE = Message(
    code="K-FMT-106",
    what=Text(zh="数据库里没有这张表或这个模式，或其中没有表", en="No such table or schema, or no table in it"),
    why=Text(
        zh="按所写的名称（区分大小写）没有找到当前用户看得到的表或视图。",
        en="No table or view of this very name (case matters) is visible to this user.",
    ),
    fix=Text(
        zh="核对“模式/表名”的拼写；名称中的 / 写作 %2F。",
        en="Check schema/table as written; a / inside a name is written %2F.",
    ),
)
NO_RIGHT = Message(
    code="K-FMT-107",
    what=Text(zh="当前用户无权读取这张表", en="This user may not read the table"),
    why=Text(zh="服务器拒绝了查询。", en="The server refused the query."),
    fix=Text(
        zh="请数据库管理员授予 SELECT 权限；只读账户即可，无须更多权限。",
        en="Ask for the right to SELECT; a user that may only read is enough and best.",
    ),
)
LOST = Message(
    code="K-FMT-108",
    what=Text(zh="读取中途连接断开", en="The connection was lost while reading"),
    why=Text(
        zh="服务器停止、重启或网络中断；读了一半的数据不会使用。",
        en="The server stopped or restarted, or the network failed; half-read data are not used.",
    ),
    fix=Text(zh="恢复连接后重新运行。", en="Run again once the connection is back."),
)
TIMEOUT = Message(
    code="K-FMT-109",
    what=Text(zh="服务器中止了查询", en="The server stopped the query"),
    why=Text(
        zh="查询超过 {minutes} 分钟，或等锁过久，或被管理员取消；对生产库的占用必须有限。",
        en="It took more than {minutes} minutes, waited too long for a lock, or was cancelled; the load on a "
        "production server must end.",
    ),
    fix=Text(
        zh="在负载低时运行，或改读只读副本，或为所需数据建一个视图。",
        en="Run when the load is low, read a replica, or make a view of what is needed.",
    ),
)
CELL_TOO_LARGE = Message(
    code="K-FMT-110",
    what=Text(zh="表中有超过 {limit} MiB 的值", en="A value in the table is larger than {limit} MiB"),
    why=Text(
        zh="单个值必须能放进内存；这样的值多半是文件或图片。",
        en="One value must fit into memory; such values are mostly files or images.",
    ),
    fix=Text(
        zh="用视图去掉这一列，把其中的文件单独导出。",
        en="Leave the column out by a view, and export the files in it by themselves.",
    ),
)
QUERY_FAILED = Message(
    code="K-FMT-111",
    what=Text(zh="服务器无法给出这张表的数据（{state}）", en="The server could not give the table's data ({state})"),
    why=Text(
        zh="查询出错；原文可能含有数据，此处不显示。",
        en="The query failed; its own words may quote data and are not shown.",
    ),
    fix=Text(
        zh="用数据库客户端查询这张表，按其错误处理；视图常因除零、类型转换出错。",
        en="Query the table with the database's own client to see why; views often fail by division or casts.",
    ),
)
SECRET_FILE_OPEN = Message(
    code="K-FMT-112",
    what=Text(zh="密码文件可被其他用户读取", en="Others may read the file of passwords"),
    why=Text(zh="其他用户能看到其中的密码。", en="Others can see the password in it."),
    fix=Text(zh="运行 chmod 600 后重试。", en="Run chmod 600 on it and try again."),
)
TOO_MUCH = Message(
    code="K-FMT-113",
    what=Text(zh="要取回的对象合计超过 {limit} MiB", en="The objects to fetch are more than {limit} MiB in all"),
    why=Text(
        zh="对象先取回本机再读取，占用的磁盘必须有限。",
        en="Objects are fetched to this machine before they are read, and the disk they take must be bounded.",
    ),
    fix=Text(
        zh="分成几个来源，用更窄的前缀或通配。", en="Split them into several sources by narrower prefixes or patterns."
    ),
)
NO_OBJECT = Message(
    code="K-FMT-114",
    what=Text(zh="存储里没有这个桶、对象或前缀", en="The store has no such bucket, object or prefix"),
    why=Text(zh="按所写的名称（区分大小写）没有找到。", en="Nothing of this very name (case matters) was found."),
    fix=Text(
        zh="核对桶名、对象键和 endpoint。",
        en="Check bucket, key and endpoint.",
    ),
)
