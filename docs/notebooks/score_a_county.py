"""Score a county: thirty township hospitals, from a data file to the files that are handed out."""

# %% [markdown] lang="en"
# # Score a county
#
# Thirty township hospitals signed the same agreement. Their data came back in one file. This
# notebook scores and ranks them, finds where the points went, explains one hospital's score, and
# writes what is handed out.

# %% [markdown] lang="zh"
# # 给一个县评分
#
# 三十家乡镇卫生院签的是同一份责任书，数据汇总在一个文件里。这个笔记本从头到尾走一遍：算分、排名次，看分都丢在哪里，说明一家的分是怎么来的，最后写出要发的文件。机构和数据都是虚构的。

# %% [markdown] lang="en"
# ## The agreement
#
# It comes from the catalogue. For one of your own, `hd.read_agreement("考核表.xlsx")` reads the
# scoring table; [the other notebook](word-table-to-results.md) does so.

# %% [markdown] lang="zh"
# ## 责任书
#
# 这一份取自自带的目录。自己的考核表，用 `hd.read_agreement("考核表.xlsx")` 读，见[另一个笔记本](word-table-to-results.md)。

# %%
import healthduty as hd

agreement = hd.catalogue.get("township-hospital-targets")
agreement

# %% [markdown] lang="en"
# Before anybody is scored, the agreement itself is checked. There is no error, only a point that
# can't be lost, an item that is judged, and 23 readings that the text left open.

# %% [markdown] lang="zh"
# 算分之前，先查责任书本身。没有错误；有一项的分扣不完，有一项由考核人评判，还有二十三处原文没有写明、按通常理解处理的地方。

# %%
from collections import Counter

Counter(str(finding.severity.value) for finding in hd.check(agreement))

# %% [markdown] lang="en"
# ## The data
#
# [township-hospitals.csv](township-hospitals.csv) has a row for each value: a rate as numerator and
# denominator, every case by itself, an assessor's points with the reason, and, where a value was
# contested, what was self-assessed, verified and reviewed.

# %% [markdown] lang="zh"
# ## 数据
#
# [township-hospitals.csv](township-hospitals.csv) 一行一个数：率填分子、分母，案例一例一行，考核人评的分带理由；有争议的，自评、核实、复核各一行，以最后认定的为准。

# %%
records = hd.read_records("township-hospitals.csv", agreement)
print(records)

# %% [markdown] lang="en"
# ## Scores and ranks

# %% [markdown] lang="zh"
# ## 算分、排名次

# %%
sheets = [hd.score(agreement, record) for record in records]
ranking = hd.rank(sheets)
hd.ranking_table(ranking)

# %% [markdown] lang="en"
# Two hospitals have no total: a value is missing. Missing is not zero. Whatever the missing value
# turns out to be, the total lies between these bounds, and so the grade of both is settled.

# %% [markdown] lang="zh"
# 有两家没有总分：各缺一个数。缺数据不等于零分。但不管补上来的是多少，总分都在下面的范围里；两头等次相同的，等次其实已经定了。

# %%
for sheet in sheets:
    if sheet.total is None:
        limits = hd.bounds(agreement, sheet.record)
        print(sheet.record.name, limits.low, limits.high, limits.low_grade, limits.high_grade)

# %% [markdown] lang="en"
# ## Where the points went
#
# A row for each item: what all hospitals lost together (`lost`), a hospital's mean, how many lost
# anything (`losers`), and their share.

# %% [markdown] lang="zh"
# ## 分丢在哪里
#
# 一行一项：全县共失多少分（lost）、平均每家失多少（mean）、几家失分（losers）、占多大比例（share）。

# %%
hd.score_many(agreement, records).summary()

# %% [markdown] lang="en"
# Growth of business costs nearly every hospital something. Missing licences cost few of them, but
# those much. The picture shows whom: the darker, the larger the share of the points that was lost.

# %% [markdown] lang="zh"
# “业务增长”几乎家家失分；“持证上岗”失分的家数不多，但失得重。哪家失在哪里，看热力图：颜色越深，失分比例越大。

# %%
from healthduty.plot.heat import plot_heat

plot_heat(sheets)

# %% [markdown] lang="en"
# ## One hospital, explained
#
# The lowest total is 示例09镇卫生院's.

# %% [markdown] lang="zh"
# ## 说清楚一家
#
# 分数最低的是示例09镇卫生院。

# %%
lowest = next(sheet for sheet in sheets if sheet.record.name == "示例09镇卫生院")
lowest

# %%
from healthduty.plot.waterfall import plot_waterfall

plot_waterfall(lowest)

# %% [markdown] lang="en"
# The hospital asks about item 2.3. The answer has every number, and the words of the agreement.

# %% [markdown] lang="zh"
# 院长问：2.3 为什么一分没有？答案里每个数都在，还有责任书的原话。

# %%
print(lowest.explain("2.3"))

# %% [markdown] lang="en"
# ## Close to the next grade
#
# 示例29镇卫生院 has 44.8 points; 优秀 begins at 45. Two questions follow. Would another reading of
# the agreement have made the difference?

# %% [markdown] lang="zh"
# ## 离优秀只差一点
#
# 示例29镇卫生院得 44.8 分，优秀是 45 分起。先问：条文换一种读法，结果会不会不同？

# %%
close = next(sheet for sheet in sheets if sheet.record.name == "示例29镇卫生院")
for other in hd.readings(agreement, close.record):
    if other.total != close.total:
        print(other.number, other.reading(), other.total)

# %% [markdown] lang="en"
# And what would have been enough?

# %% [markdown] lang="zh"
# 再问：当初至少多做些什么就够了？

# %%
from healthduty.results.paths import paths_to

paths_to(agreement, close.record, "优秀").table()

# %% [markdown] lang="en"
# ## What is handed out
#
# A workbook with live formulas, a report to read in a browser or print, and a Word notice for each
# hospital.

# %% [markdown] lang="zh"
# ## 写出要发的文件
#
# 带活公式的 Excel 工作簿、可以打印的网页报告，以及每家一份 Word 通知。

# %%
from datetime import date
from pathlib import Path

from healthduty.word.notice import write_notices
from healthduty.workbook.result import write_results

write_results(ranking, "results.xlsx")
hd.write_report(sheets, "results.html")
scored = [sheet for sheet in sheets if sheet.total is not None]
notices = write_notices(scored, "notices", issuer="示例区卫生局", dated=date(2024, 12, 16))
print(len(notices), "notices;", *sorted(path.name for path in Path().glob("results.*")))
