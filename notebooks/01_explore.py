# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#       jupytext_version: 1.19.6
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Who said what, and what came of it
#
# Answers, with pandas, for all annexes in `parsed`:
#
# 1. How many comments are there, and from whom?
# 2. Which parts of the documents are they about?
# 3. How many led to a revision, and of which kind?
# 4. Which records should a person look at?
#
# `make run` (or `besshi run PDF… --out parsed`) writes the records. Each cell can be copied.

# %%
from textwrap import fill

import matplotlib.pyplot as plt
import matplotlib_fontja  # noqa: F401  (a Japanese font for every figure)
import pandas as pd

import besshi

records = besshi.open("../parsed").records
print(f"{len(records)} records of {records['annex'].nunique()} annexes")
records[["record_id", "caption", "submitter", "comment", "response"]].head(3)

# %% [markdown]
# ## 1. How many comments, and from whom?
#
# A row is a table of an annex: captions may be the same in several annexes. A null `submitter` says
# that the table has no such column. The figure names the most frequent submitters.

# %%
NAMED = 9  # submitters with a colour of their own; the others are その他
who = records["submitter"].fillna("（欄なし）").replace("", "（空欄）")
who = who.where(who.isin(who.value_counts().index[:NAMED]), "その他")
name = records["caption"].fillna(records["title"]).fillna("")
where = records["annex"] + " 表" + records["table_index"].astype(str) + " " + name
where = where.rename("table")
counts = pd.crosstab(where, who).loc[where.unique()]
counts

# %%
figure, axes = plt.subplots(figsize=(9, 1.5 + 0.6 * len(counts)), layout="constrained")
counts.rename(index=lambda name: fill(name, 24)).plot.barh(stacked=True, ax=axes, colormap="tab10")
for bars in axes.containers:
    axes.bar_label(bars, [str(int(n)) if n else "" for n in bars.datavalues], label_type="center")
axes.invert_yaxis()
axes.set(title="意見の件数（表・提出者別）", xlabel="件", ylabel="")
axes.legend(title="提出者")
plt.show()

# %% [markdown]
# ## 2. Which parts are they about?
#
# `location` holds the headings that lead the commented passage, outermost first.

# %%
DEPTH = 2  # headings to go by
sections = records["location"].map(
    lambda headings: " ＞ ".join(headings[:DEPTH]) or "（見出しなし）"
)
by_section = sections.value_counts().head(15)
by_section.to_frame("件数")

# %%
figure, axes = plt.subplots(figsize=(9, 1.5 + 0.5 * len(by_section)), layout="constrained")
bars = axes.barh([fill(name, 30) for name in by_section.index], by_section)
axes.bar_label(bars, padding=3)
axes.invert_yaxis()
axes.xaxis.get_major_locator().set_params(integer=True)
axes.set(title="意見の多い箇所", xlabel="件", xlim=(0, by_section.max() * 1.1))
plt.show()

# %% [markdown]
# ## 3. How many led to a revision?
#
# `revision_kind` is null where a table has no revision column.

# %%
KINDS = {
    "added": "追加",
    "modified": "修正",
    "replaced": "差し替え",
    "deleted": "削除",
    "note": "注記のみ",
    "unchanged": "原文のまま",
    "none": "修正なし",
}
kind = records["revision_kind"].map(KINDS).fillna("（欄なし）")
led = records["revision_kind"].isin(["added", "modified", "replaced", "deleted"])
print(f"{led.sum()} of {records['revision_kind'].notna().sum()} comments led to a revision")
kinds = pd.crosstab(kind, who).reindex([*KINDS.values(), "（欄なし）"]).dropna().astype(int)
kinds

# %%
figure, axes = plt.subplots(figsize=(9, 4), layout="constrained")
kinds.plot.bar(stacked=True, ax=axes, rot=0, colormap="tab10")
axes.bar_label(axes.containers[-1], kinds.sum(axis="columns").astype(str), padding=2)
axes.yaxis.get_major_locator().set_params(integer=True)
top = kinds.sum(axis="columns").max() * 1.1
axes.set(title="意見を受けた修正の種類", xlabel="", ylabel="件", ylim=(0, top))
axes.legend(title="提出者")
plt.show()

# %% [markdown]
# ## 4. Which records should a person look at?
#
# The least sure ones, and those with flags. `besshi review parsed` shows them beside their pages.

# %%
unsure = records[records["flags"].str.len() > 0].sort_values("confidence")
unsure[["record_id", "page_first", "page_last", "confidence", "flags"]].head(10)

# %%
figure, axes = plt.subplots(figsize=(9, 3), layout="constrained")
axes.hist(records["confidence"], bins=[n / 20 for n in range(21)], edgecolor="white")
axes.axvline(0.8, color="tab:red", linestyle="--", label="これより左は要確認（low_confidence）")
axes.set(title="記録の確からしさ", xlabel="confidence", ylabel="件")
axes.legend()
plt.show()

# %% [markdown]
# To take a table with you, write CSV that Excel opens (`utf-8-sig` is what makes it show Japanese):

# %%
counts.to_csv("comments_by_table.csv", encoding="utf-8-sig")
