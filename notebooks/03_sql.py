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
# # Questions in SQL
#
# DuckDB reads the Parquet files as they are; nothing is imported. Answers, for all annexes in
# `parsed`:
#
# 1. What is there? (records with their pages)
# 2. Where does a word stand, however it is spelled? (full-text search)
# 3. What are the comments about? (records with their tokens)
# 4. How do rounds and annexes differ?
# 5. How do I take a result with me? (export)
#
# `make run` (or `besshi run PDF… --out parsed`) writes the records. Each query can be copied. In
# the terminal `besshi query` answers them; its `search` also finds what spans several tokens.

# %%
import duckdb

db = duckdb.connect()
for kind in ("records", "tokens", "pages", "breaks", "receipts"):
    db.sql(f"CREATE VIEW {kind} AS SELECT * FROM '../parsed/{kind}/*.parquet'")
db.sql("DESCRIBE records").df()[["column_name", "column_type"]]

# %% [markdown]
# ## 1. What is there?

# %%
db.sql("""
    SELECT annex, title, caption, count(*) AS records,
           min(page_first) AS first_page, max(page_last) AS last_page,
           round(avg(confidence), 3) AS confidence
    FROM records
    GROUP BY annex, table_index, title, caption
    ORDER BY annex, table_index
""").df()

# %% [markdown]
# The pages on which records stand, with the account of their glyphs:

# %%
db.sql("""
    SELECT p.annex, p.page, count(r.record_id) AS records,
           count(*) FILTER (list_contains(r.flags, 'continued')) AS continued,
           p.glyphs, p.in_records, p.in_headers, p.in_furniture, p.unaccounted
    FROM pages AS p
    LEFT JOIN records AS r
        ON r.annex = p.annex AND p.page BETWEEN r.page_first AND r.page_last
    GROUP BY ALL
    ORDER BY p.annex, p.page
""").df()

# %% [markdown]
# ## 2. Where does a word stand?
#
# Tokens have a normalized form that joins spellings. Which spellings are there of one?

# %%
db.sql("""
    SELECT normalized_form, list(DISTINCT surface ORDER BY surface) AS spellings, count(*) AS times
    FROM tokens
    WHERE part_of_speech LIKE '名詞%'
    GROUP BY normalized_form
    HAVING count(DISTINCT surface) > 1
    ORDER BY times DESC
    LIMIT 10
""").df()

# %% [markdown]
# A compound word is one token. `units` has its parts: a search for one of them finds the compound.

# %%
db.sql("""
    SELECT unit, list(DISTINCT normalized_form ORDER BY normalized_form) AS compounds
    FROM tokens, unnest(units) AS parts(unit)
    WHERE len(units) > 1 AND length(unit) > 1 AND part_of_speech LIKE '名詞%'
    GROUP BY unit
    HAVING len(compounds) > 2
    ORDER BY len(compounds) DESC, unit
    LIMIT 10
""").df()

# %% [markdown]
# Search for several words by their short units: 委託 finds 委託先 and 委託事業者. A record must
# have all words. First come those in which the words are frequent and elsewhere rare (tf-idf).

# %%
db.sql("""
    CREATE OR REPLACE MACRO search(words) AS TABLE
    WITH hits AS (
        SELECT record_id, field, unit, count(*) AS times, min("start") AS place
        FROM tokens, unnest(units) AS parts(unit)
        WHERE list_contains(words, unit)
        GROUP BY ALL
    ),
    rare AS (
        SELECT unit, ln(1 + (SELECT count(*) FROM records) / count(DISTINCT record_id)) AS weight
        FROM hits
        GROUP BY unit
    ),
    found AS (
        SELECT record_id, round(sum(times * weight), 2) AS score,
               arg_min(field, place) AS field, count(DISTINCT unit) AS words_found
        FROM hits JOIN rare USING (unit)
        GROUP BY record_id
    )
    SELECT record_id, score, field FROM found WHERE words_found = len(words)
""")
db.sql("""
    SELECT s.record_id, s.score, s.field, r.page_first AS page, r.comment
    FROM search(['委託', '監督']) AS s JOIN records AS r USING (record_id)
    ORDER BY s.score DESC, s.record_id
    LIMIT 10
""").df()

# %% [markdown]
# The passages themselves, as a concordance:

# %%
db.sql("""
    WITH texts AS (
        UNPIVOT (SELECT record_id, original_text, comment, revision, response FROM records)
        ON original_text, comment, revision, response INTO NAME field VALUE text
    )
    SELECT t.record_id, t.field,
           replace(text[greatest(t."start" - 14, 1) : t."start"], chr(10), '⏎') AS before,
           t.surface AS word,
           replace(text[t."end" + 1 : t."end" + 15], chr(10), '⏎') AS after
    FROM tokens AS t JOIN texts USING (record_id, field)
    WHERE list_contains(t.units, '委託')
    ORDER BY t.record_id, t.field, t.position
    LIMIT 12
""").df()

# %% [markdown]
# ## 3. What are the comments about?

# %%
db.sql("""
    SELECT t.normalized_form AS term, count(DISTINCT t.record_id) AS records, count(*) AS times
    FROM tokens AS t
    WHERE t.field = 'comment' AND t.part_of_speech LIKE '名詞-普通名詞%'
      AND length(t.normalized_form) > 1
    GROUP BY term
    ORDER BY records DESC, times DESC, term
    LIMIT 15
""").df()

# %% [markdown]
# ## 4. How do rounds and annexes differ?

# %%
db.sql("""
    PIVOT (
        SELECT annex, table_index, coalesce(caption, title, '') AS round,
               coalesce(revision_kind, 'no column') AS kind
        FROM records
    )
    ON kind USING count(*)
    GROUP BY annex, table_index, round
    ORDER BY annex, table_index
""").df()

# %% [markdown]
# Comments that came again, in another round or annex:

# %%
db.sql("""
    SELECT comment, count(*) AS times,
           list(DISTINCT annex || ' 表' || table_index) AS tables,
           list(record_id ORDER BY record_id) AS record_ids
    FROM records
    WHERE comment <> ''
    GROUP BY comment
    HAVING count(*) > 1
    ORDER BY len(tables) DESC, times DESC, comment
    LIMIT 10
""").df()

# %% [markdown]
# ## 5. How do I take a result with me?
#
# pandas writes CSV that Excel opens: `utf-8-sig` is what makes Excel show Japanese. DuckDB's `COPY`
# writes Parquet and JSON. For all records, `besshi export --to xlsx` writes a workbook.

# %%
without = db.sql("""
    SELECT record_id, title, comment, response
    FROM records
    WHERE revision_kind = 'none'
    ORDER BY record_id
""").df()
without.to_csv("without_revision.csv", index=False, encoding="utf-8-sig")
without.head()
