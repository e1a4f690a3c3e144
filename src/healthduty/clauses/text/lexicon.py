"""Units, levels and the kinds of token, as tables: a new unit word is a word here.

Source: the patterns of published scoring tables.

>>> RATES["百分点"], "户次" in UNITS
('%', True)
"""

from __future__ import annotations

import enum
import re


def table(text: str) -> tuple[str, ...]:
    """Return the words of a table, which stand between blanks."""
    return tuple(text.split())


COUNTED = table(
    "人次 户次 例次 件次 台次 批次 场次 轮次 次 例 人 户 份 项 处 条 件 起 个 名 位 家 场 期 种 张 "
    "台 床 篇 本 册 字 类 所 间 批 轮 宗 桩 科室 科目 步骤 步 "
    "村 站点 站 节点 时点 点 面 块 辆 支 盒 袋 幅 单位 机构 环节 单 页 "
    "条次 课 节 组 只 病区 病例 病历 处方 档案 人份 家庭 学校 社区 乡镇 班次 岗位 人员 家次 道 题 "
    "样 样本 版 枚 瓶 根 桶 封 头 公里 部 辆次 对 台套 套 栋 幢 具 车次 亩 名次 回 份额 课次 笔 "
    "宗次 案 案次 病室 小节 项次 月份 把 包 盒 袋 箱 座 校 苗 针次 声"
)
"""What is counted one by one."""

MEASURED = table(
    "成 ℃ 公斤 DDDs/百人天 DDDs/每百人天 DDDs/100人天 DDD/百人天 个DDDs 个DDD DDDs "
    "DDDS DDD mmHg ㎡ m2 M2 m² 平米 立方米 万元 亿元 元 学时 学分 课时 小时 毫秒 秒 平方米 毫升 "
    "万人次 万人 岁 吨 千克 kg KG 克 升 ml mL ML 公顷 厘米 治疗量 U 万例 万份 万次"
)
"""What is measured in parts."""

DURATIONS = table("个工作日 工作日 个季度 季度 季 个月 个小时 分钟 天 日 月 周 年")
"""Lengths of time."""

TIMES = frozenset({*DURATIONS, "小时"})
"""Units of time, those that are measured in parts too."""

RATES = {
    "%": "%",
    "个百分点": "%",
    "百分点": "%",
    "个点": "%",
    "个比点": "%",
    "‰": "‰",
    "个千分点": "‰",
    "千分点": "‰",
    "个万分点": "1/万",
    "万分点": "1/万",
    "个十万分点": "1/10万",
    "十万分点": "1/10万",
    "/百万": "1/100万",
    "/100万": "1/100万",
    "/十万": "1/10万",
    "/10万": "1/10万",
    "/万": "1/万",
    "/千": "‰",
}
"""How rates are written, and the unit that each stands for."""

ONE_UNIT = RATES | dict.fromkeys(("㎡", "m2", "M2", "m²", "平米"), "平方米")
ONE_UNIT |= dict.fromkeys(("ml", "mL", "ML"), "毫升") | dict.fromkeys(("kg", "KG", "千克"), "公斤")
ONE_UNIT["U"] = "单位"
"""What units that are written in several ways stand for."""

UNITS = frozenset(COUNTED) | frozenset(MEASURED) | frozenset(DURATIONS) | frozenset(RATES)
"""Every unit that may stand behind a number."""

NOT_UNITS = {
    "个点": ("位",),
    "年": ("度",),
    "处": ("罚", "理", "置", "方"),
    "起": ("病", "草", "居", "始"),
    "字": ("迹", "体"),
    "所": ("有", "属", "需", "在"),
    "只": ("要", "有", "能", "是", "写", "做", "查"),
    "成": ("立", "功", "本", "果", "效", "员", "绩", "为"),
    "村": ("民", "委", "干"),
    "笔": ("记", "试", "误"),
    "节": ("约", "能", "假"),
    "位": ("于", "置"),
    "台": ("账", "帐"),
    "例": ("行", "会", "如", "外"),
    "条": ("例", "件", "款"),
    "场": ("所", "地"),
    "单": ("项", "独", "张"),
    "课": ("程", "题", "件"),
    "面": ("积", "对", "向", "谈"),
    "支": ("出", "付", "部"),
    "部": ("门", "分", "位", "署"),
    "组": ("织", "长"),
    "期": ("间", "限"),
    "间": ("隔", "断", "歇", "接"),
    "具": ("备", "有", "体"),
    "座": ("谈", "位", "落", "机", "椅"),
    "校": ("[^未不没每扣缺无少、，。,;)]",),
    "苗": ("[^未不没每扣缺无低、，。,;)]",),  # 八苗接种率 is a name
    "岁": ("以[上下]", "及", "的?[儿老居妇人组孩]"),
    "步": ("行", "伐", "入"),
    "升": ("[高级幅降至到]", "[0-9]"),
    "克": ("[服隆]",),
    "U": ("[A-Za-z]",),
    "kg": ("[A-Za-z/]",),
    "ml": ("[A-Za-z/]",),
    "mL": ("[A-Za-z/]",),
    "把": ("关", "握", "控", "脉", "手", "好", "住"),
}
"""What makes a longer word of a unit."""

UNIT = "|".join(
    re.escape(unit) + "".join(f"(?!{rest})" for rest in NOT_UNITS.get(unit, ()))
    for unit in sorted(UNITS, key=len, reverse=True)
)
"""One unit, the longest that fits, as a pattern without its brackets."""

RATE_UNITS = frozenset(RATES.values())
"""The units of rates."""

_DEGREES = table("全面 全部 完全 基本 大部分 部分 小部分 少部分 多数 少数")
"""How far something is done."""

_DONE = table(
    "落实 完成 开展 建立 执行 实施 符合 达标 掌握 整改 公开 公示 配备 覆盖 到位 履行 使用 纳入"
)
"""What may be done to a degree: 全面落实, 部分开展."""

_STATES = table(
    "优秀 优良 优 良好 良 中等 中 较好 好 较差 差 一般 合格 不合格 基本合格 规范 不规范 基本规范 "
    "较规范 欠规范 全面规范 达标 不达标 基本达标 未达标 完善 基本完善 较完善 不完善 齐全 基本齐全 "
    "不齐全 满意 基本满意 较满意 比较满意 很满意 非常满意 不满意 健全 基本健全 较健全 不健全 "
    "到位 基本到位 不到位 符合 "
    "基本符合 不符合 部分符合 熟练 基本熟练 较熟练 不熟练 甲级 乙级 丙级 及格 不及格 落实 "
    "基本落实 较强 强 较弱 弱 完整 基本完整 较完整 不完整 掌握 部分掌握 基本掌握 未掌握 很好 极差 "
    "准确 基本准确 不准确 及时 不及时 基本及时 较及时 整洁 较整洁 不整洁 明显 较明显 不明显 "
    "未完成 完成 一致 基本一致 不一致 "
    "相符 基本相符 不相符 清晰 较清晰 "
    "完全不符合 "
    "较高 很高 不高 较低 很低 偏低 很强 不强 "
    "不清晰 真实 不真实 合理 较合理 不合理 熟悉 较熟悉 不熟悉 知晓 部分知晓 不知晓 通过 未通过"
)

_BY_DEGREES = tuple(degree + done for degree in _DEGREES for done in _DONE)

LEVELS = tuple(dict.fromkeys((*_STATES, *_BY_DEGREES)))
"""How well something is done, in one word."""

QUALITIES = frozenset(
    table("真实 完整 准确 及时 规范 齐全 一致 相符 清晰 整洁 合理 健全 落实 到位 完善 达标")
)
"""What one thing may be each for itself: a file is 真实, and 完整, or not."""

LEVELS_FAILED = frozenset(level for level in LEVELS if level[0] in "不未")
"""Levels that say that something was not done well."""

DEEDS = frozenset(
    table(
        "开展 参加 完成 组织 举办 召开 举行 报送 上报 落实 建立 制定 提供 配备 设置 设立 发放 进行 "
        "实施 执行 推行 发生 出现 发现 存在 造成 获得 取得 受到 达到 创建 建成 承担 承办 发表 采用 "
        "采纳 刊发 推广 签订 公示 公开 填写 录入 更新 提交 安排 符合 满足 参与 告知 报告 "
        "公布 通报 整改 培训 登记 使用 履行 明确 上传 处理 查处 选择 成立 组建"
    )
)
"""What is done with something: alone, each says too little to be a name."""


class Kind(enum.Enum):
    """What sort of token a piece of text is."""

    # Members are themselves and nothing else: `Enum` hashes their names, in Python, each time.
    __hash__ = object.__hash__

    WORD = enum.auto()
    NUMBER = enum.auto()
    UNIT = enum.auto()
    POINTS = enum.auto()  # 分 behind a number or a verb
    BLANK = enum.auto()
    DASH = enum.auto()
    PLUS = enum.auto()  # + before points
    ODDS = enum.auto()  # 1:1.25
    LIST = enum.auto()  # 、 and 和 between names
    COMMA = enum.auto()
    STOP = enum.auto()  # ；。 and line ends
    COLON = enum.auto()
    OPEN = enum.auto()
    CLOSE = enum.auto()
    SLASH = enum.auto()
    EQUALS = enum.auto()
    MULTIPLY = enum.auto()
    LABEL = enum.auto()  # （1） ① 1.
    MONEY = enum.auto()  # 扣50元
    EXPLAINED = enum.auto()  # a number that scores nothing: `note` says what it is
    # what points are for
    EACH = enum.auto()
    EACH_LESS = enum.auto()
    EACH_LACK = enum.auto()
    EACH_MORE = enum.auto()
    LACK = enum.auto()
    FOUND = enum.auto()
    ORDINAL = enum.auto()
    RANK = enum.auto()
    EVERY = enum.auto()  # 每年, 每月
    SAMPLE = enum.auto()
    # comparing
    AT_LEAST = enum.auto()
    MORE = enum.auto()
    AT_MOST = enum.auto()
    LESS = enum.auto()
    EQUAL = enum.auto()
    ABOVE = enum.auto()  # 以上
    UNDER = enum.auto()  # 以下
    WITHIN = enum.auto()  # 以内
    BEYOND = enum.auto()  # 以外
    INCLUDED = enum.auto()
    EXCLUDED = enum.auto()
    VAGUE = enum.auto()
    GROWTH = enum.auto()
    # what is done with points
    LOSE = enum.auto()
    LOSE_TOTAL = enum.auto()
    FURTHER = enum.auto()
    EARN = enum.auto()
    ADD = enum.auto()
    NOTHING = enum.auto()  # 不得分
    SPARED = enum.auto()  # 不扣分
    FULL = enum.auto()  # 满分
    HALF = enum.auto()  # 一半分值
    FROM_TOTAL = enum.auto()
    FROM_SECTION = enum.auto()
    FROM_INDICATOR = enum.auto()
    INSIDE = enum.auto()
    APART = enum.auto()
    JUDGED = enum.auto()
    LEAST_POINTS = enum.auto()  # 最低 before 扣0.5分
    PROPORTION = enum.auto()
    SHARED = enum.auto()  # 分别, 各
    CAP = enum.auto()
    DRAIN = enum.auto()  # 扣完 before a number
    UNTIL = enum.auto()
    USED_UP = enum.auto()  # 扣完为止
    BELOW_ZERO = enum.auto()
    LOWEST = enum.auto()  # 累计最低至 before 50分
    TOGETHER = enum.auto()  # 合计, 两项合计
    TIMES = enum.auto()
    STARTED = enum.auto()
    COMPLETED = enum.auto()
    PRORATED = enum.auto()
    OF_POINTS = enum.auto()  # 该项分值的 before a share
    WITHIN_POINTS = enum.auto()  # 不超过本项分值
    INTERVAL = enum.auto()  # [90%,95%)
    AS_MOST = enum.auto()  # 为上限
    AS_LEAST = enum.auto()  # 为目标
    BEST = enum.auto()
    ONCE_ONLY = enum.auto()
    ADDS_UP = enum.auto()
    FREE = enum.auto()
    OTHERWISE = enum.auto()
    VETO = enum.auto()
    CANCEL = enum.auto()
    SCORE = enum.auto()  # 得分, 扣分 as nouns
    PART_OF = enum.auto()  # 其中
    WORTH = enum.auto()  # 占, 计 before points of a part
    HEADING = enum.auto()  # 评分标准：
    EMPHASIS = enum.auto()  # the brackets of (完成率/95%)×5分
