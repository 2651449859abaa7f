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
# # What actually changed
#
# Answers, for all annexes in `parsed`:
#
# 1. What does each revision change? (shown in colour)
# 2. Which terms came in, and which went out?
# 3. Which answers are boilerplate?
# 4. Which comments say nearly the same?
#
# `make run` (or `besshi run PDF… --out parsed`) writes the records. Each cell can be copied.

# %%
from collections import Counter
from html import escape

import matplotlib.pyplot as plt
import matplotlib_fontja  # noqa: F401  (a Japanese font for every figure)
import pandas as pd
from IPython.display import HTML
from rapidfuzz import fuzz, process

import besshi

archive = besshi.open("../parsed")
records, tokens = archive.records, archive.tokens
revised = records[records["revision_kind"].isin(["added", "modified", "replaced", "deleted"])]
print(f"{len(revised)} of {len(records)} records have a revision")

# %% [markdown]
# ## 1. What does each revision change?
#
# `redline` is a list of runs: the texts of `equal` and `delete` spell the original, those of
# `equal` and `insert` the revision.

# %%
STYLES = {
    "equal": "",
    "delete": "background:#ffd7d5;color:#82071e;text-decoration:line-through",
    "insert": "background:#ccffd8;color:#055d20;text-decoration:underline",
}


def show_redline(record):
    runs = "".join(
        f'<span style="{STYLES[run["op"]]}">{escape(run["text"])}</span>'
        for run in record["redline"]
    )
    head = f"<b>{escape(record['record_id'])}</b> ({record['revision_kind']})"
    return f'<p>{head}</p><p style="white-space:pre-wrap">{runs}</p><hr>'


examples = revised.groupby("revision_kind").head(2)  # two of each kind
HTML("".join(show_redline(record) for _, record in examples.iterrows()))

# %% [markdown]
# How much of each text was kept, in characters:

# %%
runs = revised.explode("redline").dropna(subset=["redline"])
runs = runs.assign(op=runs["redline"].str["op"], length=runs["redline"].str["text"].str.len())
changed = runs.pivot_table(
    index="record_id", columns="op", values="length", aggfunc="sum", fill_value=0
)
changed = changed.reindex(columns=["equal", "delete", "insert"], fill_value=0)
changed.sort_values("insert", ascending=False).head(10)

# %% [markdown]
# The office often marks itself what it changed: underlined, struck, coloured. `marks` has these
# characters.

# %%
marks = records.explode("marks").dropna(subset=["marks"])
marked = pd.DataFrame(
    [
        {
            "record_id": record["record_id"],
            "field": mark["field"],
            "kind": mark["kind"],
            "text": (record[mark["field"]] or "")[mark["start"] : mark["end"]],
        }
        for record, mark in ((row, row["marks"]) for _, row in marks.iterrows())
        if mark["field"] in record
    ],
    columns=["record_id", "field", "kind", "text"],
)
marked.head(10)

# %% [markdown]
# ## 2. Which terms came in, and which went out?
#
# Nouns of the revision against those of the original, record by record, by their normalized form
# (取扱い and 取り扱い are one).

# %%
nouns = tokens[
    tokens["part_of_speech"].str.match("名詞-(?:普通名詞|固有名詞)")
    & ~tokens["normalized_form"].str.fullmatch("[ぁ-ん]+")  # こと, もの
    & tokens["record_id"].isin(revised["record_id"])
]


def count_terms(field):
    rows = nouns[nouns["field"] == field]
    return {
        name: Counter(rows_of["normalized_form"]) for name, rows_of in rows.groupby("record_id")
    }


before, after = count_terms("original_text"), count_terms("revision")
came, went = Counter(), Counter()
for name in revised["record_id"]:
    came += after.get(name, Counter()) - before.get(name, Counter())
    went += before.get(name, Counter()) - after.get(name, Counter())
terms = pd.DataFrame({"追加": came, "削除": went}).fillna(0).astype(int)
terms = terms.loc[terms.sum(axis="columns").sort_values(ascending=False).index].head(20)
terms

# %%
figure, axes = plt.subplots(figsize=(9, 1.5 + 0.3 * max(len(terms), 1)), layout="constrained")
axes.barh(terms.index, terms["追加"], color="tab:green", label="追加")
axes.barh(terms.index, -terms["削除"], color="tab:red", label="削除")
axes.axvline(0, color="black", linewidth=0.8)
axes.xaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
axes.invert_yaxis()
axes.set(title="修正で増えた語・減った語", xlabel="回")
axes.legend(loc="lower right")
plt.show()

# %% [markdown]
# ## 3. Which answers are boilerplate?

# %%
answers = records[records["response"].fillna("") != ""]
repeated = answers.groupby("response")["record_id"].agg(["count", "first"])
repeated = repeated[repeated["count"] > 1].sort_values("count", ascending=False)
share = repeated["count"].sum() / max(len(answers), 1)
print(f"{share:.0%} of the answers are word for word the same as another")
repeated.reset_index().style.format({"response": escape}).set_properties(
    subset=["response"], **{"text-align": "left", "white-space": "pre-wrap"}
)

# %% [markdown]
# ## 4. Which comments say nearly the same?
#
# Comments whose characters agree by at least `ALIKE` percent, in groups, first those with the most.

# %%
ALIKE = 70  # percent; lower finds more, and more that only sounds alike
comments = records.loc[records["comment"].fillna("") != "", ["record_id", "comment"]]
comments = comments.drop_duplicates("comment").reset_index(drop=True)
same = process.cdist(comments["comment"], comments["comment"], scorer=fuzz.ratio) >= ALIKE
group = list(range(len(comments)))
for i, j in zip(*same.nonzero(), strict=True):
    if group[i] != group[j]:
        joined, gone = sorted((group[i], group[j]))
        group = [joined if member == gone else member for member in group]
alike = comments.assign(
    group=group, size=lambda rows: rows.groupby("group")["group"].transform("size")
)
alike = alike[alike["size"] > 1].sort_values(["size", "group"], ascending=[False, True])
print(f"{alike['group'].nunique()} groups of comments that are nearly the same")
alike[["group", "record_id", "comment"]].style.format({"comment": escape}).hide().set_properties(
    subset=["comment"], **{"text-align": "left", "white-space": "pre-wrap"}
)
