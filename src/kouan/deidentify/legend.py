"""What stands at the top of every plan: the actions and their parameters, in the reader's language."""

from __future__ import annotations

from kouan.model.text import Text

LEGEND = Text(
    zh="""处理方案：每个数据项一行，可以修改后再执行。
action 可取：
  keep        原样保留；直接标识符和自由文本要保留，须写明理由 params: {accepted: "理由"}
  drop        不出境
  pseudonym   换成带密钥的假名；kind 相同的列，同一个值得到同一个假名
              params: {kind: person_id}；form 可取 code、uuid、reference（保留 Patient/ 等前缀）、digits、short，
              length 为字符数；algorithm 可取 hmac-sha256（默认）、hmac-sm3
              form: sealed 为可逆假名（AES-SIV），持有密钥的人可以还原（kouan unseal），用于须追溯本人的情形
              （GB/T 39725-2020 10.2 e）；cipher: sm4 改用 SM4 的同一构造（该构造尚无国家标准）
              form: surrogate 为保留格式的替身号码，供只接受原格式的系统使用；不合格式的值变为空
              shape 可取 mobile、card、resident_id、characters（字母换字母、数字换数字），默认按该列的含义；
              身份证号替身用无人使用的省码，校验码也不对；卡号替身的校验码不对；确需正确的写 check: right；
              手机号等看不出是替身的，写 prefix: T 加标记，或写明理由 unmarked: "理由"；
              method: hash（默认，不可逆，个别值可能相同）或 ff1（NIST SP 800-38G，可还原，无防篡改校验；cipher 同上）
  mask        遮蔽，只留首尾字符；短的值全部遮蔽
              params: {keep_start: 3, keep_end: 4}
  generalise  降低精度
              日期 params: {to: month}，可取 month、quarter、year、five_years、ten_years；
                   标准只收完整时刻的（FHIR instant）加 form: instant，取该时段的第一刻
              年龄 params: {to: age_band, width: 5, top: 80}
              数值 params: {to: bins, width: 5000, top: 50000, bottom: 0}，top、bottom 可省
              数值取整 params: {to: rounded, base: 100}，归到最近的整倍数
              地址 params: {to: city}，可取 province、city；身份证号 params: {to: id_province}
              经纬度 params: {to: grid, axis: lon, with: 纬度列, metres: 1000}，另一列写 axis: lat, with: 经度列；
              经纬度写在一格的写 axis: lon_lat 或 lat_lon，不写 with；也可用 degrees: "0.01"；缺一个坐标的两个都变为空
              按层级文件 params: {to: hierarchy, file: age.csv, level: 2}；文件每行写一个值和它逐层的上级，以 ; 分隔，
              路径从声明文件所在目录算起；文件里没有的值变为空，或统一写成 other 给出的词；sha256 由 kouan 补记
              局部泛化 params: {to: local, file: plan.mondrian.jsonl}；由 kouan optimise --local 生成，各项写同一个文件
              读不懂的值变为空，数量见处理结果
  shift       日期平移：同一个人的日期全部平移同样的天数，间隔不变；不是日期的值变为空
              params: {by: 标明个人的列, days: 365}；time: drop 去掉时刻；
              标准只收完整时刻的（FHIR instant）用 time: midnight，时刻一律写成零点
  scrub       清除文中的姓名、号码、地址等标识，以【已移除：…】代替；机器判断会有遗漏，放行前须由人抽查
              params: {dates: year}，可取 keep、year、remove
  noise       数值加减一个由密钥决定的随机量，重做结果不变；同一人的同一个值加同样的量；不能用于标识符，单用也不等于匿名
              params: {by: 标明个人的列, form: laplace, scale: 100}；form 也可取 normal（scale 为标准差）；
              decimals 为保留的小数位（默认 0）；bottom、top 为结果的下限、上限；没有个人的行、不是数的值变为空
  microaggregate
              数值由小到大分组，每组至少 k 个单元格，各取本组均值；整列数完再处理，数值不足 k 个的列全部变为空
              params: {k: 5}；decimals 为均值保留的小数位（默认 0）
  suppress    不足 below 人所有的值（不知道是谁时按格计）变为空，或统一写成 other 给出的词；整列数完再处理
              params: {below: 5, other: 其他}，other 可省
  replace     同一行另一列（也可以是本列）符合条件时，变为空或写成 value 给出的词；那一列为空或不是数的，按符合处理
              params: {when: 年龄, above: 90, value: 其他}；条件取 equals、below、above 之一，value 可省
rows 对整行的规则，可省：
  rows: {sample: 10%, by: 标明个人的列}    只留一部分人，同一个人在各表的行一起留下或不出境；没有写明是谁的行不出境
  rows: {k: 5, over: ["数据项", …]}        处理后这些数据项的值都相同的行为一类，
                                           不足 k 人（没有标明个人的列时为 k 行）的类不出境
  rows: {models: ["l:数据项=3"], over: […]} 同上，类要满足每一个隐私模型，写法见 kouan optimise；
                                           by: 标明个人的列；都可以写在一起
why 是理由，可以换成自己的话。""",
    en="""Treatment plan: one line per item; edit it, then run on.
action is one of:
  keep        as it is; to keep a direct identifier or free text, say why: params: {accepted: "reason"}
  drop        does not leave
  pseudonym   keyed pseudonym; in columns of one kind, one value gets one pseudonym
              params: {kind: person_id}; form: code, uuid, reference (Patient/ and the like stay), digits or short;
              length: in characters; algorithm: hmac-sha256 (unless said otherwise) or hmac-sm3
              form: sealed can be turned back by who holds the key (AES-SIV; kouan unseal), where persons must be
              traced (GB/T 39725-2020 10.2 e); cipher: sm4 is the same construction with SM4, no standard of its own
              form: surrogate keeps the format, for systems that take no other; what has not the format becomes empty
              shape: mobile, card, resident_id or characters (a letter for a letter, a digit for a digit), by the
              item's meaning unless said; surrogates of resident IDs have a province that does not exist and a wrong
              check character, those of cards a wrong check digit; check: right if a system asks for it; those that do
              not show what they are, such as mobiles, want a mark, prefix: T, or the reason, unmarked: "reason"
              method: hash (one way; a few values may meet) or ff1 (NIST SP 800-38G, reversible, not authenticated;
              cipher: as above)
  mask        only characters at the ends stay; short values are masked whole
              params: {keep_start: 3, keep_end: 4}
  generalise  coarser
              dates     params: {to: month}; also quarter, year, five_years, ten_years; form: instant gives the
                        first instant of the period, for elements that take nothing shorter (FHIR instant)
              ages      params: {to: age_band, width: 5, top: 80}
              numbers   params: {to: bins, width: 5000, top: 50000, bottom: 0}; top and bottom may be left out
              rounding  params: {to: rounded, base: 100}, to the nearest multiple
              addresses params: {to: city} or province; resident IDs params: {to: id_province}
              positions params: {to: grid, axis: lon, with: the latitude's column, metres: 1000}, and the other line
                        axis: lat, with: the longitude's; both in one cell: axis: lon_lat or lat_lon without with;
                        degrees: "0.01" instead of metres; where one is missing both become empty
              by a file params: {to: hierarchy, file: age.csv, level: 2}; each row of the file is a value and its wider
                        and wider groups, separated by ;, and its path leads from the declaration's folder; values that
                        it does not hold become empty, or the word given as other; kouan adds the sha256
              local     params: {to: local, file: plan.mondrian.jsonl}, a file that kouan optimise --local makes;
                        all items that it is for name it
              what cannot be read becomes empty; the treatment says how many
  shift       dates of one person all move by the same number of days, so intervals stay; what is no date becomes empty
              params: {by: the column that names the person, days: 365}; time: drop takes the time of day away,
              time: midnight makes it 00:00:00Z for elements that take nothing shorter (FHIR instant)
  scrub       names, numbers, addresses and the like are taken out of text, [removed: …] stands in their place; a
              machine misses some: a person checks samples before release
              params: {dates: year}; also keep, remove
  noise       a random amount drawn from the key is added to numbers, the same in every run, and the same for one value
              of one person; never for identifiers, and by itself no anonymity
              params: {by: the column that names the person, form: laplace, scale: 100}; form: normal too (scale is
              the standard deviation); decimals: that stay (0); bottom, top: bounds of the result; rows without a
              person and what is no number become empty
  microaggregate
              numbers go into groups of at least k cells by size, and each becomes the mean of its group; the whole
              column is counted first, and one with fewer than k numbers becomes empty
              params: {k: 5}; decimals: of the mean (0)
  suppress    values that fewer than `below` persons have (cells where nobody is named) become empty, or the word given
              as other; the whole column is counted first
              params: {below: 5, other: other}; other may be left out
  replace     empty, or the word given as value, where another column of the row (or this one) fits; where that one
              is empty or no number, it counts as fitting
              params: {when: age, above: 90, value: other}; one of equals, below, above; value may be left out
rows: rules on whole rows; may be left out
  rows: {sample: 10%, by: the column that names the person}   some of the persons; all rows of one, in all tables,
              leave or stay here together; rows that name nobody stay here
  rows: {k: 5, over: ["item", …]}   rows that share their treated values of these items are a class; classes of fewer
              than k persons (rows where no column says whose they are) stay here
  rows: {models: ["l:item=3"], over: […]}   the same for every privacy model, spelt as for kouan optimise; by: the
              column that names the person; all of this may stand in one
why is the reason; write your own words if you like.""",
)
