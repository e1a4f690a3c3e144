"""From a Word table to results: read, look at what was not understood, fill the blanks, score."""

# %% [markdown] lang="en"
# # From a Word table to results
#
# The agreement is a Word file: a few paragraphs, and a table with what is scored. It was written
# for people. This notebook reads it, looks at what was not understood, mends it, fills the blanks
# for each unit, and scores.

# %% [markdown] lang="zh"
# # 从 Word 考核表到结果
#
# 责任书在 Word 里：几段正文，一张考核表，是写给人看的。这个笔记本把它读进来，看看哪里没有读懂，改好，给每家填上空着的目标值，再算分。

# %% [markdown] lang="en"
# ## The file
#
# Yours is there already. Here it is made by `python-docx`, so that the notebook runs anywhere.

# %% [markdown] lang="zh"
# ## 文件
#
# 您手头本来就有。这里用 `python-docx` 现做一份，好让笔记本在哪里都能跑。

# %%
import docx

ROWS = [
    ("大项", "考核内容", "分值", "评分标准"),
    ("一、签约服务（40分）", "签约", "20", "重点人群签约率达到____%，每低1个百分点扣1分"),
    ("", "履约", "20", "履约率≥90%得20分，80%-90%得12分，80%以下不得分"),
    ("二、慢病管理（40分）", "高血压", "20", "管理率达60%以上，每低1%扣0.5分，最高扣10分"),
    ("", "讲座", "20", "全年讲座4次，每少一次扣若干分"),
    ("三、群众评价（20分）", "满意", "10", "满意率达90%以上，每低5%扣2分，不足5%按5%计"),
    ("", "投诉", "10", "有效投诉每发生一起扣5分，扣完为止"),
]


def write_file(path: str, rows: list[tuple[str, str, str, str]]) -> None:
    """Write the agreement as its office would have it."""
    file = docx.Document()
    file.add_paragraph("示例区家庭医生签约服务目标责任书")
    file.add_paragraph("甲方：示例区卫生健康局")
    table = file.add_table(0, len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    file.add_paragraph("90分以上为优秀，70分以上为合格，70分以下为不合格。")
    file.save(path)


write_file("责任书.docx", ROWS)

# %% [markdown] lang="en"
# ## Read it

# %% [markdown] lang="zh"
# ## 读进来

# %%
import healthduty as hd

reading = hd.read_agreement("责任书.docx")
reading.agreement

# %% [markdown] lang="en"
# The clauses on the right are written from the rules that were read. Compare them with the paper.
# What could not be read is not guessed; it is a finding, with its place.

# %% [markdown] lang="zh"
# 右边的评分标准是由读出来的规则重新写成的，请与原件对照。没有读懂的不猜，列成提示，写明在哪一格。

# %%
reading.findings

# %% [markdown] lang="en"
# The error is in the clause on lectures. `^` stands under what was not understood: how
# many points "some points" are, only the office can say.

# %% [markdown] lang="zh"
# 错误在“讲座”那一条，`^` 标出的字没有读懂：“若干分”是几分，只有出文的科室说得清。

# %%
for passage in reading.clauses:
    if passage.clause is not None and passage.clause.findings.errors:
        print(passage.place)
        print(passage.clause)

# %% [markdown] lang="en"
# ## Mend it, read it again
#
# The office says: five points for each visit. The best place to mend it is the file itself.

# %% [markdown] lang="zh"
# ## 改好，再读一遍
#
# 科室答复：每少一次扣 5 分。最好就在原文件里改。

# %%
mended = [(*row[:3], "全年讲座4次，每少一次扣5分") if row[1] == "讲座" else row for row in ROWS]
write_file("责任书.docx", mended)
reading = hd.read_agreement("责任书.docx")
print(reading.findings)

# %% [markdown] lang="en"
# What is left are assumptions: the text says "each 1 %" and not what a part of it costs. They
# will stand on every score sheet. The check of the agreement also names the blank.

# %% [markdown] lang="zh"
# 剩下的是假设：原文写“每低1%”，没有写不足1%怎么办，于是只计满档。它们会印在每张评分表上。再查一遍责任书，还有一处空白要填。

# %%
agreement = reading.agreement
hd.check(agreement).errors

# %% [markdown] lang="en"
# ## Fill the blank, unit by unit
#
# The target of the contract rate differs: the blank is filled for each unit.

# %% [markdown] lang="zh"
# ## 各家填各家的目标
#
# 签约率的目标各家不同，按单位填：

# %%
(blank,) = agreement.blanks()
targets = {"南关中心": 75, "北关站": 60}
agreements = {unit: agreement.fill({blank: target}) for unit, target in targets.items()}
agreements["北关站"]

# %% [markdown] lang="en"
# ## Score
#
# The columns are headed by the measures' names. Both rates are given as they were counted.

# %% [markdown] lang="zh"
# ## 算分
#
# 表头用数据项的名称。率按“分子/分母”填。

# %%
print([measure.code for measure in agreement.measures])

# %%
codes = [measure.code for measure in agreement.measures]
rows = [
    ("南关中心", "1460/2000", "92%", "1321/2150", 4, "168/200", 1),
    ("北关站", "411/700", "88%", "402/690", 3, "94%", 0),
]
records = hd.read_records(
    [dict(zip(["机构", *codes], row, strict=True)) for row in rows], agreement, name="数据"
)
sheets = [hd.score(agreements[record.facility], record) for record in records]
sheets[0]

# %%
sheets[1]

# %% [markdown] lang="en"
# ## Keep it
#
# The agreements as files that programs read, and each unit's as a Word file to sign.

# %% [markdown] lang="zh"
# ## 存起来
#
# 责任书存成程序能读的文件，再给每家一份可以签字的 Word。

# %%
from pathlib import Path

from healthduty.word.agreement import write_agreement_docx

for unit, filled in agreements.items():
    hd.save(filled, f"{unit}.json")
    write_agreement_docx(filled, f"{unit}责任书.docx", party=unit)
print(sorted(path.name for path in Path().glob("*.[dj]*")))
