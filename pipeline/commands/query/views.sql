-- What queries see besides the datasets. `short_units(text)` is a function of database.py.

-- One row for each text of a record: its roles and the columns of `extra`.
CREATE VIEW texts AS
    UNPIVOT (
        SELECT record_id, number, category, original_text, comment, submitter, revision, response,
               disposition
        FROM records
    )
    ON COLUMNS(* EXCLUDE record_id) INTO NAME field VALUE "text"
    UNION ALL
    SELECT record_id, entry.key, entry.value
    FROM (SELECT record_id, unnest(map_entries(extra)) AS entry FROM records);

-- The words that are looked for, each as the short units that it would have in a text.
CREATE MACRO asked_words(words) AS TABLE
    SELECT word, short_units(word) AS units
    FROM (SELECT DISTINCT unnest(string_split_regex(trim(words, ' 　'), '[ 　]+')) AS word)
    WHERE word <> '';

-- Where words stand: one row for each place, with the morphemes that the word is in (`found`) and
-- the characters around them. Short units find other spellings (取り扱い for 取扱い), the characters
-- find what the tokenizer cuts otherwise in its context (十分 in 不十分).
CREATE MACRO places(words) AS TABLE
    WITH asked AS MATERIALIZED (FROM asked_words(words)),
    -- Only fields that have a first unit are put together: an archive has millions of tokens.
    likely AS MATERIALIZED (
        SELECT DISTINCT t.record_id, t.field
        FROM tokens AS t JOIN asked ON list_contains(t.units, asked.units[1])
    ),
    lines AS (
        SELECT record_id, field,
               flatten(list(units ORDER BY position)) AS units,
               flatten(list(["start" FOR u IN units] ORDER BY position)) AS starts,
               flatten(list(["end" FOR u IN units] ORDER BY position)) AS ends
        FROM tokens SEMI JOIN likely USING (record_id, field)
        GROUP BY record_id, field
    ),
    by_units AS (
        SELECT record_id, field, word, starts[i] AS first, ends[i + len(phrase) - 1] AS past
        FROM (
            SELECT l.*, asked.word, asked.units AS phrase,
                   unnest([i FOR i IN range(1, len(l.units) - len(asked.units) + 2)
                           IF l.units[i : i + len(asked.units) - 1] = asked.units]) AS i
            FROM lines AS l, asked
        )
    ),
    by_characters AS (
        SELECT c.record_id, c.field, c.word, min(t."start") AS first, max(t."end") AS past
        FROM (
            SELECT record_id, field, word,
                   unnest([i FOR i IN range(length("text") - length(word) + 1)
                           IF "text"[i + 1 : i + length(word)] = word]) AS i
            FROM texts JOIN asked ON contains("text", word)
        ) AS c
        JOIN tokens AS t ON t.record_id = c.record_id AND t.field = c.field
            AND t."start" < c.i + length(c.word) AND t."end" > c.i
        GROUP BY c.record_id, c.field, c.word, c.i
    )
    SELECT p.record_id, p.field, p.word, p.first AS "start",
           replace(t."text"[greatest(p.first - 19, 1) : p.first], chr(10), ' ') AS before,
           t."text"[p.first + 1 : p.past] AS found,
           replace(t."text"[p.past + 1 : p.past + 20], chr(10), ' ') AS after
    FROM (FROM by_units UNION FROM by_characters) AS p JOIN texts AS t USING (record_id, field);

-- Records that have all of the words, the best first: those in which they are frequent, and rare
-- in other records (tf-idf).
CREATE MACRO search(words) AS TABLE
    WITH hits AS MATERIALIZED (FROM places(words)),
    weights AS (
        SELECT word,
               ln(1 + (SELECT count(*) FROM records) / count(DISTINCT record_id)) AS weight
        FROM hits
        GROUP BY word
    )
    SELECT record_id, round(sum(weight), 2) AS score, count(*) AS times,
           list(DISTINCT field ORDER BY field) AS fields,
           min_by(before || '【' || found || '】' || after, ("start", field)) AS passage
    FROM hits JOIN weights USING (word)
    GROUP BY record_id
    HAVING count(DISTINCT word) = (SELECT count(*) FROM asked_words(words))
    ORDER BY score DESC, record_id;
