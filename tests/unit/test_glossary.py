"""The glossary agrees with the data dictionary and with the words that the code writes."""

import re
from collections import defaultdict

from pipeline.files.parquet import DATASETS
from pipeline.files.parquet.meanings import read_meanings
from pipeline.model import MarkKind, PageOrigin, RedlineOp, Role, Severity, Stage
from pipeline.vocabulary.role_names import JAPANESE
from tests.support.pdfs import ROOT
from tests.unit.test_docs import DATA, flags, table

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
TERMS, _, IN_FILES = GLOSSARY.partition("\n## Words in the files\n")

NOT_TERMS = {
    *("start", "end", "position", "count", "code", "message", "context", "before", "after"),
    *("width", "height", "page_first", "page_last", "boxes", "surface", "dictionary_form"),
    *("normalized_form", "part_of_speech", "table_index", "row_index", "source_sha256"),
    *("record_id", "page", "tables", "found", "made", "step", "kept", "odds", "slack"),
    *("original_body", "level", "source", "flags", "revision_kind"),
}
"""Columns named by common words or by their place: the data dictionary is enough for them."""


def rows(text: str) -> list[list[str]]:
    """The rows of all tables of a text, without their heads."""
    found = re.findall(r"^\| (?!term |word )(.+) \|$", text, re.MULTILINE)
    return [row.split(" | ") for row in found]


def test_the_words_in_the_files_are_those_that_the_code_writes() -> None:
    expected = {
        "dataset": {*DATASETS, "issues"},
        "stage": set(map(str, Stage)),
        "role": set(map(str, Role)),
        "flag": flags(),
        "kind of revision": {kind for kind, _ in table(DATA, "`revision_kind` | the revision")},
        "redline operation": set(map(str, RedlineOp)),
        "kind of mark": set(map(str, MarkKind)),
        "source": set(map(str, PageOrigin)),
        "severity": set(map(str, Severity)),
    }
    listed = defaultdict(set)
    for word, kind, *_ in rows(IN_FILES):
        listed[kind].add(word.strip("`"))
    assert listed == expected


def test_a_role_has_its_japanese_name_in_queries() -> None:
    japanese = {word.strip("`"): name for word, kind, name, _ in rows(IN_FILES) if kind == "role"}
    for role, name in JAPANESE.items():
        assert name in japanese[role].split("・")


def test_every_column_is_a_term_of_the_glossary() -> None:
    """In the singular or plural, alone or with others: `in_headers` is about headers."""
    terms = " ".join(term for term, *_ in rows(TERMS))
    words = {word.strip("`") for word, *_ in rows(IN_FILES)}
    columns = {name for of in read_meanings().values() for name in of}
    assert columns >= NOT_TERMS
    for column in columns - NOT_TERMS - words:
        name = column.removeprefix("in_").removesuffix("s").replace("_", " ")
        assert re.search(rf"\b{name}s?\b", terms), f"no term for the column {column}"


def test_every_term_is_there_once_with_its_japanese_and_its_file() -> None:
    seen = set()
    for term, japanese, meaning, file in rows(TERMS):
        assert term not in seen, term
        seen.add(term)
        assert re.search(r"[ぁ-んァ-ン一-龥]", japanese), term
        assert meaning, term
        name = file.strip("`")
        assert (ROOT / "pipeline" / name).is_file() or (ROOT / name).is_file(), f"{term}: {name}"
