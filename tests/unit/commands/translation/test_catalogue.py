"""Messages in Japanese."""

import re
from pathlib import Path
from string import Formatter

import pytest

from pipeline.commands.translation.catalogue import (
    find_language,
    open_catalogue,
    read_catalogue,
    split_template,
)
from pipeline.curation.strict_yaml import parse_yaml
from pipeline.vocabulary.data_files import read_data
from tests.support.messages import find_messages
from tests.support.pdfs import ROOT

JAPANESE = read_data("pipeline.commands.translation", "ja.yml")

ELSEWHERE = (
    "pipeline/api.py",  # a program reads them
    "pipeline/batch/fingerprint.py",  # a pattern
    "pipeline/batch/worker.py",  # a program, and what a library says
    "pipeline/commands/export/package.py",  # written into a file
    "pipeline/commands/inspect/legend.py",  # drawn into pictures
    "pipeline/commands/inspect/picture.py",
    "pipeline/evaluate/report.py",  # a diff, whose lines are data
)
"""Modules whose strings are no messages."""

CODE = ("besshi ", "git ", "default-src ")
"""How lines begin that a person copies, and a security policy."""


def test_no_message_stands_twice() -> None:
    """YAML takes the last one; somebody would mend the other."""
    text = (ROOT / "pipeline" / "commands" / "translation" / "ja.yml").read_bytes()
    assert parse_yaml(text) == JAPANESE


def test_each_message_is_in_the_catalogue() -> None:
    """What a new message needs: its line in `pipeline/commands/translation/ja.yml`."""
    catalogue = open_catalogue("ja")
    missing = {
        template: place
        for template, place in find_messages().items()
        if not place.startswith(ELSEWHERE)
        and not template.startswith(CODE)
        and (sample := template.format(*["7"] * template.count("{}")))
        and any(catalogue.translate(part) == part for part in sample.split("  ") if part)
    }
    assert missing == {}


SCRIPTS = sorted((ROOT / "pipeline" / "commands" / "review").rglob("*.js"))
IN_SCRIPTS = re.compile(r'"([A-Z][^"\n]*[a-z][.…])"|`([A-Z$][^`\n]* [^`\n]*[a-z.])`')
"""A sentence, and a text with values and words; `Enter` is a key."""


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_each_message_of_a_script_is_in_the_catalogue(script: Path) -> None:
    catalogue = open_catalogue("ja")
    found = [one or other for one, other in IN_SCRIPTS.findall(script.read_text("utf-8"))]
    samples = [re.sub(r"\$\{[^}]*\}", "7", text) for text in found]
    units = {"7px", "7 em"}
    assert {text for text in samples if catalogue.translate(text) == text} <= units


def test_scripts_have_messages() -> None:
    texts = "".join(script.read_text("utf-8") for script in SCRIPTS)
    assert len(IN_SCRIPTS.findall(texts)) > 10


@pytest.mark.parametrize(("message", "translation"), JAPANESE.items())
def test_a_translation_has_the_values_of_its_message(message: str, translation: str) -> None:
    count = len(split_template(message)[1])
    names = [name for _, name, *_ in Formatter().parse(translation) if name is not None]
    assert sorted(names) in ([""] * count, [str(number) for number in range(count)])


def test_values_stand_where_the_translation_wants_them() -> None:
    catalogue = read_catalogue({"{} of {} rows": "全{1}行の{0}行", "rows": "行"})
    assert catalogue.translate("3 of 12 rows") == "全12行の3行"


def test_parts_of_a_message_are_translated_one_by_one() -> None:
    catalogue = read_catalogue({"error": "エラー", "is {} bytes; cut it": "{}バイト", "no": "否"})
    assert catalogue.translate("besshi: error: a.pdf: is 7 bytes; cut it") == (
        "besshi: エラー: a.pdf: 7バイト"
    )


def test_what_is_said_of_several_fields_is_translated_one_by_one() -> None:
    said = (
        "a, page 8: its revision is cut: 「甲」; revision runs on in the record below: 「甲」; "
        "comment has no full stop 「乙」, as others of its column have: "
        "compare the record with the page"
    )
    assert open_catalogue("ja").translate(said) == (
        "a、8ページ: 修正後 が途中で切れています: 「甲」; "
        "修正後 下のレコードに続いています: 「甲」; "
        "意見 句点がありません（「乙」）。この列のほかの文にはあります: "
        "レコードをページと見比べてください"
    )


def test_what_stands_before_a_colon_is_no_value_of_what_follows() -> None:
    translated = open_catalogue("ja").translate("a: 51 records in 4 tables on 10 pages")
    assert translated == "a: 10ページの4個の表に51レコード"


@pytest.mark.parametrize("name", ["letter without tables", "comment", "意見 kept"])
def test_a_name_stays_as_it_is(name: str) -> None:
    translate = open_catalogue("ja").translate
    assert translate(f"besshi: warning: {name}: no records").startswith(f"besshi: 警告: {name}: ")
    assert translate(f"besshi: warning: {name}, page 4: no") == f"besshi: 警告: {name}、4ページ: no"
    assert translate(f"not read: {name}") == f"読めなかった別紙: {name}"
    assert translate(f"{name}: unchanged") == f"{name}: 変更なし"


def test_progress_is_in_one_language() -> None:
    told = "run: 2 of 16 annexes, scan of pages page 5 of 10, about 8 s left"
    assert open_catalogue("ja").translate(told) == (
        "run: 別紙 2/16、scan of pages ページ 5/10、残り約8秒"
    )


def test_a_missed_floor_is_in_one_language() -> None:
    missed = "exact is 0.9, the least allowed is 1; cer is 0.1, the most allowed is 0"
    translated = open_catalogue("ja").translate(
        f"a: 1 of 25 records differ from the truth in a field ({missed})"
    )
    assert translated == (
        "a: 25レコード中1レコードに、正解と違う欄があります"
        "（exact は 0.9、下限は 1; cer は 0.1、上限は 0）"
    )


def test_a_page_that_is_named_first_stays_first() -> None:
    translated = open_catalogue("ja").translate("page 4: a-t1-r9: low_confidence (confidence 0.80)")
    assert translated == "4ページ: a-t1-r9: low_confidence（確信度 0.80）"


def test_the_message_that_says_more_comes_first() -> None:
    catalogue = read_catalogue({"{}: {}": "短", "{}: no {} here": "長"})
    assert catalogue.translate("a: no b here") == "長"


def test_an_unknown_message_stays() -> None:
    assert open_catalogue("ja").translate("Not a typewriter") == "Not a typewriter"


def test_a_message_that_begins_as_another_is_translated_as_a_whole() -> None:
    translate = open_catalogue("ja").translate
    assert translate("not read: a, b; all others are done") == (
        "読めなかった別紙: a, b。ほかはすべて済みました"
    )


def test_an_error_of_the_system_is_translated() -> None:
    said = "out/a: No space left on device; check the path, its permissions and the free space"
    assert open_catalogue("ja").translate(said) == (
        "out/a: 空き容量がありません。パス、権限、空き容量を確かめてください"
    )


def test_braces_in_a_value_are_only_text() -> None:
    catalogue = read_catalogue({"{}: is bad": "{}: 不良", "write {{}}": "書く {{}}"})
    assert catalogue.translate("{0}.pdf: is bad") == "{0}.pdf: 不良"
    assert catalogue.translate("write {}") == "書く {}"


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "ja"}, "ja"),
        ({"LANGUAGE": "ja:en", "LC_ALL": "en_GB"}, "ja"),
        ({"LANG": "fr_FR"}, "en"),
        ({}, "en"),
    ],
)
def test_the_locale_decides(
    variables: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert find_language() == language
