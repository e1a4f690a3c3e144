"""Duties before a fault: 按时发放药具，发现截留扣1分 repeats what is asked before what is wrong.

A duty, a good state and how it is checked are in no name, since the fault behind them says what is
wrong. What is none of these says itself what was found, though no word of it is a word of fault:
控制器故障，不能显示报警 is one finding on both sides of its comma.

Source: docs/en/explanation/how-text-is-read.md, “Words to measures”; semantics 12.

>>> [says_duty(words) for words in ("严格执行制度", "标识清晰", "查阅资料", "控制器故障")]
[True, True, True, False]
"""

from __future__ import annotations

import re

from healthduty.clauses.consequences import says_what_follows
from healthduty.clauses.names.looked_at import is_check
from healthduty.clauses.names.subjects import says_well

_WITH_CARE = (
    r"积极|认真|严格|切实|有序|依法|统筹|统一|全面|及时|定期|按时|主动|坚决|自觉|坚持|继续|深入"
    r"|按(?:要求|规定|计划|时间)|要"
)
_DUTY = re.compile(
    rf"[^,，]{{0,12}}(?:应当?|必须|须|(?<![索需重主纪摘概])要(?![求点素件])|负责|请).{{2}}"
    rf"|(?:{_WITH_CARE}|将[^,，]{{2,12}})*"
    r"(?:建立|制[定订]|开展|组织|实施|落实|加强|统筹|协调|完善|健全|提供|推行|推进|引导|负责|做[好到]|设[立置]"
    r"|配[备置合]|执行|遵守|保持|确保|检查|返回|归档|上报|签字|修改|高度重视|完成|指导|督促|协助|服从|履行|爱护)"
    rf"|(?:{_WITH_CARE}).{{3}}|(?:上下?班|工作|作息|服务|开放|营业|门诊)时间"
    r"|按照?.{4,}?(?:完成|执行|落实|开展|通知|管理|进行|实施|办理|操作)"
    r"|.{2,}(?:完善|健全|到位|整洁|规范|齐全|整齐|良好|明确|醒目|工整|美观|有序|畅通|清晰|清楚|干净|合理|及时)$"
)
"""What begins or ends as a duty does: that it is one needs no name where a fault has its own."""
_ASKED = re.compile(
    r"按|根据|依据|视|由|合理|科学|依法|妥善|正确|节约|爱护|自觉|主动|保持|维护|配合|服从|尊重|严[格禁]|认真|积极|加强|做[好到]|落实|建立|制[定订]|[应要须]|必须|确保|遵守|执行|坚持|规范|定期|及时|完善"
    r"|禁止|不[得准许]|杜绝|每[年月季周日天次]"
    r"|有.*(?:制度|计划|记录|方案|人员|措施|总结)$|实现"
    r"|对(?!.*(?:不|未)).*(?:进行|开展|实施|给予|予以|加强|落实|做|登记|管理|检查|培训|随访|处理|消毒|监测|评估|核查)"
    r"|[^,，]{0,12}(?<![索主重只])要(?!求|点|素|害|领|紧)|.*除.{1,16}外的?$|.*(?:包括|是指)|以.*[为作]|及(?![时格早])|并|[^,，]{0,12}(?:期|之|时)?间$"
    r"|有[^,，、]{1,4}(?:、有[^,，、]{1,4})+$"
    r"|.*(?:及时|工整|美观|醒目|上墙|上岗|有序|畅通|科学|合格|达标|优质|文明|热情|达到|符合|做到|实行)"
)
"""What asks for something before a list of faults, or says that it is there, for whom or what."""


def says_duty(words: str) -> bool:
    """Whether words say what is to be done, that all is well, or how that is checked."""
    asked = _DUTY.match(words) or _ASKED.match(words)
    return asked is not None or says_well(words) or is_check(words) or says_what_follows(words)
