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
# # What offices answered
#
# Answers, for all annexes in `parsed`:
#
# 1. What are the comments about?
# 2. How does the office classify its answers?
# 3. How often did a comment lead to a revision?
# 4. Which answers are boilerplate?
#
# `make run` (or `besshi run PDF… --out parsed`) writes the records. Each cell can be copied.

# %%
import re
from collections import Counter
from html import escape

import matplotlib.pyplot as plt
import matplotlib_fontja  # noqa: F401  (a Japanese font for every figure)
import pandas as pd

import besshi

archive = besshi.open("../parsed")
records, tokens = archive.records, archive.tokens
commented = records[records["comment"].str.contains(r"\w", na=False)]  # without "" and "-"
print(f"{len(commented)} comments in {commented['annex'].nunique()} annexes")

# %% [markdown]
# ## 1. What are the comments about?
#
# A theme is a noun. The first is the one that stands in the most comments; the next is the one that
# stands in the most of those that are left; a theme has at least two comments. Nouns are the short
# units of the tokens, so that 委託先 is also about 委託.

# %%
THEMES = 12
TOO_COMMON = 0.5  # share of comments; such a noun tells nothing
nouns = tokens[
    (tokens["field"] == "comment")
    & tokens["part_of_speech"].str.match("名詞-普通名詞-(?:一般|サ変可能)")
    & tokens["record_id"].isin(commented["record_id"])
]
units = nouns[["record_id", "units"]].explode("units").drop_duplicates()
units = units[units["units"].str.len().gt(1) & ~units["units"].str.fullmatch("[ぁ-ん]+")]
frequent = units["units"].value_counts()
frequent = frequent[frequent <= max(TOO_COMMON * len(commented), 1)]
left = units[units["units"].isin(frequent.index)]
theme = {}
while len(left) and len(set(theme.values())) < THEMES:
    counts = left["units"].value_counts()
    most = counts.index[0]
    if counts.iloc[0] < 2:
        break
    about = set(left.loc[left["units"] == most, "record_id"])
    theme |= dict.fromkeys(about, most)
    left = left[~left["record_id"].isin(about)]
commented = commented.assign(theme=commented["record_id"].map(theme).fillna("その他"))
themes = pd.crosstab(commented["theme"], commented["annex"])
themes = themes.loc[themes.sum(axis="columns").sort_values(ascending=False).index]
themes

# %%
figure, axes = plt.subplots(figsize=(9, 1.5 + 0.35 * len(themes)), layout="constrained")
themes.plot.barh(stacked=True, ax=axes, colormap="tab20")
axes.invert_yaxis()
axes.xaxis.get_major_locator().set_params(integer=True)
axes.set(title="意見の主題", xlabel="件", ylabel="")
axes.legend(title="別紙")
plt.show()

# %% [markdown]
# ## 2. How does the office classify its answers?
#
# `disposition` is the office's own sign or word (反映区分, 修正の有無). It is null if the table has
# no such column. `headers` has the printed header.

# %%
printed = commented["headers"].map(lambda headers: headers.get("disposition", "（欄なし）"))
dispositions = pd.crosstab(
    [commented["annex"], printed.rename("header")],
    commented["disposition"].fillna("（欄なし）").replace("", "（空欄）"),
)
dispositions

# %% [markdown]
# ## 3. How often did a comment lead to a revision?
#
# The new text says it, if there is a column for it (`revision_kind`); else the office's own sign
# (`disposition`), and else the words of its answer. `by` is what said it. Change the words below to
# those of your offices. ○ says nothing here: it is 反映 in one office and 記載済み in another.

# %%
YES = re.compile(r"^\s*◎|反映(?:し|する|済)|修正(?:し|する|あり|有)|追記(?:し|する)|盛り込")
NO = re.compile(r"^\s*[×△―－-]|反映(?:しない|できない)|修正(?:しない|なし|無)|原案のとおり")


def judge_words(text):
    """Whether words say that the text was revised; None: they do not say."""
    if NO.search(text):
        return False
    return True if YES.search(text) else None


def judge(record):
    if isinstance(record["revision_kind"], str):
        return record["revision_kind"] in ("added", "modified", "replaced", "deleted"), "revision"
    for field in ("disposition", "response"):
        text = record[field] if isinstance(record[field], str) else ""
        if (revised := judge_words(text)) is not None:
            return revised, field
    return None, "nothing"


judged = [judge(record) for _, record in commented.iterrows()]
commented = commented.assign(
    revised=pd.array([revised for revised, _ in judged], dtype="boolean"),
    by=[by for _, by in judged],
)
led = commented.groupby(["annex", "by"])["revised"]
led.agg(comments="size", revised="sum", share="mean").round(2)

# %% [markdown]
# By theme, in the order of the first table:

# %%
by_theme = commented.groupby("theme")["revised"].agg(comments="size", revised="sum")
by_theme = by_theme.loc[themes.index].astype(int)
figure, axes = plt.subplots(figsize=(9, 1.5 + 0.35 * len(by_theme)), layout="constrained")
axes.barh(by_theme.index, by_theme["comments"], color="lightgray", label="意見")
bars = axes.barh(by_theme.index, by_theme["revised"], color="tab:blue", label="修正に至った意見")
axes.invert_yaxis()
axes.xaxis.get_major_locator().set_params(integer=True)
axes.set(title="修正に至った意見（主題別）", xlabel="件")
axes.legend()
plt.show()

# %% [markdown]
# ## 4. Which answers are boilerplate?
#
# Sentences that stand in several answers to different comments:

# %%
answered = commented[commented["response"].fillna("") != ""]
sentences = answered.assign(
    sentence=answered["response"].map(lambda text: re.findall(r"[^。\n]+。?", text))
).explode("sentence")
repeated = sentences.groupby("sentence").agg(
    comments=("comment", "nunique"), annexes=("annex", "nunique"), first=("record_id", "first")
)
repeated = repeated[repeated["comments"] > 1].sort_values("comments", ascending=False)
repeated.head(15).reset_index().style.format({"sentence": escape}).hide().set_properties(
    subset=["sentence"], **{"text-align": "left", "white-space": "pre-wrap"}
)

# %% [markdown]
# How much of each annex's answers consists of such sentences, in characters:

# %%
length = sentences["sentence"].fillna("").str.len()
boilerplate = sentences["sentence"].isin(repeated.index)
shares = pd.DataFrame(
    {"characters": length, "boilerplate": length.where(boilerplate, 0), "annex": sentences["annex"]}
)
shares = shares.groupby("annex").sum()
shares["share"] = (shares["boilerplate"] / shares["characters"]).round(2)
shares

# %% [markdown]
# The answers' most frequent closing words show how an office says yes and no:

# %%
closings = Counter(
    found[-1]
    for text in answered["response"]
    if (found := re.findall(r"[^、。\n]{2,}(?=。?\s*$)", text))
)
pd.Series(dict(closings.most_common(10)), name="answers", dtype=int).to_frame()

# %% [markdown]
# To take the result with you, write CSV that Excel opens:

# %%
columns = ["record_id", "annex", "theme", "comment", "response", "disposition", "revised", "by"]
commented[columns].to_csv("answers.csv", index=False, encoding="utf-8-sig")
