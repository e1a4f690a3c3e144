"""What loses points where a thing that is asked for stands in front of them: 有记录（扣2分）.

Check lists name what they look for and put into brackets what its lack costs. So the loss is for
the opposite: 无记录, 未做到着装整洁. Words that may be either (吸烟, 请假) are left as they are.

Source: the patterns of published scoring tables (points in brackets).

>>> lack_of("有记录"), lack_of("着装整洁"), lack_of("工作计划"), lack_of("吸烟")
('无记录', '未做到着装整洁', '无工作计划', '')
"""

from __future__ import annotations

import re

from healthduty.clauses.facts import SAYS_WRONG
from healthduty.clauses.names.subjects import says_well

_PAPERS = (
    r"记录|计划|总结|方案|制度|台[账帐]|档案|预案|名单|职责|标识|标志|报告|签[名字]|登记[本表簿册]?|流程|协议|合同|责任[书状]|记录[本表簿]"
    r"|资料|手册|小组|专人|专柜|措施|规划|通知|文件|清单|签到[表簿]?|照片|简报|课件|试卷|目录|证明|处方|病历|报表|图表|专栏|宣传栏|设施|设备|场所|机构|人员"
)
_HAS = re.compile(
    rf"(?P<of>[^,，、]{{0,24}}?)(?<![没未所])有(?P<what>[^,，有]{{0,12}}?(?:{_PAPERS}))(?:可查|备查)?"
)
_PAPER = re.compile(rf"[^,，、有]{{0,24}}(?:{_PAPERS})")
_DONE = re.compile(
    r"(?:能够?|及时|按时|按期|按要求|按规定|按标准|定期|认真|积极|坚持|严格|规范|准确|正确|熟练|主动|如实|妥善)[^,，]{2,}"
    r"|(?:建立|制定|制订|成立|开展|组织|配备|做好|落实|执行|完善|健全|设[立置]|签订|悬挂|张贴|公示|佩戴)[^,，]{2,}"
    r"|[^,，]{2,}上墙"
)
_LONGEST = 60


def lack_of(words: str) -> str:
    """Return what it is called that something asked for is not there; nothing of other words."""
    if SAYS_WRONG.search(words) or len(words) > _LONGEST:
        return ""
    has = _HAS.fullmatch(words)
    if has is not None:
        return f"{has['of']}无{has['what']}"
    if says_well(words) or _DONE.fullmatch(words):
        return f"未做到{words}"
    parts = words.split("、")
    if all(_PAPER.fullmatch(part) for part in parts):
        return f"无{words}"
    listed = all(_PAPER.fullmatch(part) or _HAS.fullmatch(part) for part in parts)
    return f"未做到{words}" if listed else ""  # 有计划、有总结: any of them may be lacking
