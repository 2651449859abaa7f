"""A new annex: taken in, read by a person, accepted, guarded, and told apart when it changes."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from click.testing import Result

from pipeline.commands.annex.attention import list_attention
from pipeline.commands.annex.command import annex as annex_command
from pipeline.files.parquet import read_rows
from pipeline.files.truths import read_truths
from pipeline.model import AnnexHeader, Issue, Normalized
from tests.support.annexes import (
    COMMENTS,
    FIRST,
    HEADER,
    SECOND,
    THIRD,
    besshi,
    letter,
    record,
    ruled_table,
)
from tests.support.corrections import ENTRY, write
from tests.support.pdfs import MakePdf

SOURCE = "https://example.jp/annex.pdf"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / "raw_pdfs").mkdir(parents=True)
    return root


Add = Callable[..., Result]


@pytest.fixture
def add(add_apart: Add, in_this_process: None) -> Add:
    """Take a made PDF in, and do all else, in this process: what comes of it there is the same."""
    return add_apart


@pytest.fixture
def add_apart(project: Path, make_pdf: MakePdf) -> Add:
    """Take a made PDF in as a user does: it is read and drawn in processes of its own."""

    def call(*pages: object, name: str = "made", options: tuple[str, ...] = ()) -> Result:
        pdf = make_pdf(*pages, name=f"{name}.pdf")
        return besshi("annex", "add", pdf, "--source", SOURCE, "--project", project, *options)

    return call


def annex(verb: str, project: Path, *arguments: object) -> Result:
    return besshi("annex", verb, *arguments, "--project", project)


def truth_of(project: Path, name: str = "made", draft: bool = False) -> dict[str, Any]:
    folder = project / "tests" / "golden" / ("drafts" if draft else "")
    read: dict[str, Any] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return read


def change(project: Path, old: str, new: str, draft: bool = False) -> None:
    """What a person does with an editor."""
    folder = project / "tests" / "golden" / ("drafts" if draft else "")
    path = folder / "made.json"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def files(project: Path) -> set[str]:
    return {str(p.relative_to(project)) for p in project.rglob("*") if p.is_file()}


# --- add


def test_a_pdf_is_taken_in_with_what_is_known_of_it(
    add_apart: Add, project: Path, tmp_path: Path
) -> None:
    result = add_apart(COMMENTS, options=("--publisher", "大田区", "--retrieved", "2026-11"))
    assert result.exit_code == 0, result.stderr
    copied = project / "raw_pdfs" / "made.pdf"
    assert copied.read_bytes() == (tmp_path / "made.pdf").read_bytes()
    known = yaml.safe_load(copied.with_suffix(".yml").read_text(encoding="utf-8"))
    said = {key: known[key] for key in ("title", "publisher", "source", "retrieved")}
    assert said == {"title": None, "publisher": "大田区", "source": SOURCE, "retrieved": "2026-11"}
    records = read_rows(project / "parsed" / "new" / "made" / "records" / "made.parquet")
    assert [record["comment"] for record in records] == [FIRST[1], SECOND[1]]


def test_the_hash_that_is_noted_guards_the_pdf(add: Add, project: Path, make_pdf: MakePdf) -> None:
    add(COMMENTS)
    (project / "raw_pdfs" / "made.pdf").write_bytes(make_pdf(letter).read_bytes())
    result = annex("draft", project, "made", "--force")
    assert (result.exit_code, "sha256: expected" in result.stderr) == (4, True)


def test_the_draft_says_what_was_read(add: Add, project: Path) -> None:
    table = ruled_table(("No", "意見内容", "備考"), ("1", "長い。", "済"), ("2", "暗い。", ""))
    add(table)
    draft = truth_of(project, draft=True)
    assert draft["draft"] is True
    (found,) = draft["tables"]
    assert found["headers"] == ["No", "意見内容", "備考"]
    assert found["roles"] == ["number", "comment", ""]
    assert found["records"][1] == {
        "number": "2",
        "comment": "暗い。",
        "extra": {"備考": ""},
        "pages": [1, 1],
    }


def test_the_id_is_the_files_name_or_what_is_said(add: Add, project: Path) -> None:
    assert add(COMMENTS, options=("--id", "別紙_2026-1")).exit_code == 0
    assert (project / "raw_pdfs" / "別紙_2026-1.pdf").exists()
    for bad in ("", "../x", "a b", "-x", "a.b"):
        result = add(letter, options=("--id", bad))
        assert (result.exit_code, "is not an id" in result.stderr) == (3, True), bad


def test_a_folder_is_no_pdf_to_add(project: Path) -> None:
    result = besshi("annex", "add", project / "raw_pdfs", "--source", "x", "--project", project)
    said = f"besshi: {project / 'raw_pdfs'}: is a folder; name one PDF in it\n"
    assert (result.exit_code, result.stderr) == (3, said)


def test_what_to_look_at_is_listed(add: Add) -> None:
    unknown = ("No", "意見内容", "ほげ")
    result = add(ruled_table(unknown, FIRST, ("5", *SECOND[1:])))
    said = result.stdout.split("look at:\n")[1].split("written:")[0]
    assert "page 1: unknown_header: " in said
    assert "made-t1-r2: number_gap" in said
    nothing = add(ruled_table(HEADER, THIRD), name="other").stdout
    assert "look at: nothing in particular" in nothing


def test_records_are_listed_least_sure_first_and_not_without_end() -> None:
    unsure = [
        record(record_id=f"a-t1-r{n}", confidence=n / 100, flags=["continued", "low_confidence"])
        for n in range(60, 0, -1)
    ]
    clipped = record(record_id="a-t1-r99", confidence=0.99, flags=["clipped"])
    issue = Issue("warning", "normalize", "clipped", "cut off", page=7, record_id="a-t1-r99")
    sure = record(record_id="a-t1-r98", confidence=1.0, flags=["continued", "corrected"])
    lines = list_attention(
        Normalized(AnnexHeader("a", "", issues=(issue,)), [*unsure, clipped, sure])
    )
    assert lines[0] == "page 7: a-t1-r99: clipped: cut off"
    assert lines[1].endswith("a-t1-r1: low_confidence (confidence 0.01)")
    assert lines[-1] == "and 20 more records"
    assert len(lines) == 42


def test_nothing_that_is_there_is_written_over(add: Add, project: Path, make_pdf: MakePdf) -> None:
    add(COMMENTS)
    before = {name: (project / name).read_bytes() for name in files(project)}
    for options in ((), ("--id", "other")):
        pdf = project / "raw_pdfs" / "made.pdf"
        result = besshi("annex", "add", pdf, "--source", "x", "--project", project, *options)
        assert (result.exit_code, "already" in result.stderr) == (3, True)
    result = besshi(
        "annex", "add", make_pdf(letter, name="made.pdf"), "--source", "x", "--project", project
    )
    assert (result.exit_code, "give another --id" in result.stderr) == (3, True)
    assert {name: (project / name).read_bytes() for name in files(project)} == before


def test_nothing_stays_of_a_pdf_that_cannot_be_read(project: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"no PDF")
    result = besshi("annex", "add", bad, "--source", "x", "--project", project)
    assert (result.exit_code, f"{bad} was not added" in result.stderr) == (4, True)
    assert files(project) == set()


def test_outside_a_project_it_says_so(tmp_path: Path, make_pdf: MakePdf) -> None:
    pdf = make_pdf(COMMENTS)
    result = besshi("annex", "add", pdf, "--source", "x", "--project", tmp_path / "nowhere")
    assert (result.exit_code, "--project" in result.stderr) == (3, True)


def test_review_pages_are_written_where_there_is_such_a_command(
    add: Add, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, Path]] = []

    @click.command()
    @click.argument("folder", type=click.Path(path_type=Path))
    @click.option("--pdfs", type=click.Path(path_type=Path))
    @click.option("--out", type=click.Path(path_type=Path))
    def review(**said: Path) -> None:
        asked.append(said)

    from pipeline.commands.app import main

    monkeypatch.setitem(main.commands, "review", review)
    add(COMMENTS)
    new = project / "parsed" / "new" / "made"
    assert asked == [{"folder": new, "pdfs": project / "raw_pdfs", "out": new / "review"}]


# --- accept


def test_an_accepted_draft_is_the_truth(add: Add, project: Path) -> None:
    add(COMMENTS)
    write(project / "corrections", ENTRY)
    assert annex("draft", project, "made", "--force").exit_code == 0
    assert annex("accept", project, "made", "--who", "山田").exit_code == 0
    truth = truth_of(project)
    assert truth["accepted"]["who"] == "山田"
    assert not {"draft", "read"} & set(truth)
    assert truth["tables"][0]["records"][0]["comment"] == ENTRY["right"]
    assert not list((project / "tests" / "golden" / "drafts").glob("*"))
    assert [path.stem for path, _ in read_truths(project / "tests" / "golden")] == ["made"]


def test_a_draft_that_besshi_would_not_read_again_is_refused(add: Add, project: Path) -> None:
    """Accepted, it would fail every check from then on."""
    add(COMMENTS)
    change(project, FIRST[1], ENTRY["right"], draft=True)
    refused = annex("accept", project, "made", "--who", "山田")
    assert (refused.exit_code, "somebody edited it" in refused.stderr) == (3, True)
    assert "`besshi annex draft made --force`" in refused.stderr
    assert truth_of(project, draft=True)["draft"] is True
    annex("draft", project, "made", "--force")
    write(project / "corrections", ENTRY)  # written, and no draft with it
    assert annex("accept", project, "made", "--who", "山田").exit_code == 3
    annex("draft", project, "made", "--force")
    assert annex("accept", project, "made", "--who", "山田").exit_code == 0


def test_each_step_says_the_next_with_its_command(add: Add, project: Path) -> None:
    said = add(COMMENTS).stdout.partition("next:\n")[2]
    new = project / "parsed" / "new" / "made"
    assert f"       besshi review {new} --serve --project {project}\n" in said
    assert f"       besshi annex accept made --project {project}\n" in said
    said = annex("accept", project, "made", "--who", "山田").stdout.partition("next:\n")[2]
    raw, truth = project / "raw_pdfs", project / "tests" / "golden" / "made.json"
    assert f"git add {raw}/made.pdf {raw}/made.yml {truth} && git commit" in said
    assert "       make run\n" in said


def test_an_archive_in_dvc_is_added_to_dvc(add: Add, project: Path) -> None:
    add(COMMENTS)
    (project / "raw_pdfs.dvc").write_text("outs:\n- path: raw_pdfs\n")
    said = annex("accept", project, "made", "--who", "山田").stdout
    assert f"dvc add {project / 'raw_pdfs'} && git add {project / 'raw_pdfs.dvc'} " in said


def test_who_accepts_is_whom_git_knows(
    add: Add, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(COMMENTS)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(project / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", str(project / "none"))
    monkeypatch.delenv("GIT_CONFIG_COUNT", raising=False)
    result = annex("accept", project, "made")
    assert (result.exit_code, "--who" in result.stderr) == (3, True)
    (project / "gitconfig").write_text("[user]\n name = 佐藤\n", encoding="utf-8")
    assert annex("accept", project, "made").exit_code == 0
    assert truth_of(project)["accepted"]["who"] == "佐藤"


def test_only_once_and_only_what_is_there(add: Add, project: Path) -> None:
    add(COMMENTS)
    annex("accept", project, "made", "--who", "山田")
    again = annex("accept", project, "made", "--who", "佐藤")
    assert (again.exit_code, "already accepted, by 山田" in again.stderr) == (3, True)
    none = annex("accept", project, "none", "--who", "佐藤")
    assert (none.exit_code, "there is no such draft" in none.stderr) == (3, True)


def test_a_draft_is_never_taken_for_the_truth(add: Add, project: Path) -> None:
    """Neither where it is kept, nor when somebody moves or copies it."""
    add(COMMENTS)
    golden = project / "tests" / "golden"
    assert list(read_truths(golden)) == []
    result = besshi("evaluate", "--truth", golden / "drafts")
    assert (result.exit_code, "is a draft that nobody has accepted" in result.stderr) == (6, True)
    (golden / "drafts" / "made.json").rename(golden / "made.json")
    result = besshi("evaluate", "--truth", golden)
    assert (result.exit_code, "is a draft that nobody has accepted" in result.stderr) == (6, True)


def test_a_truth_that_changes_is_accepted_no_longer(add: Add, project: Path) -> None:
    add(COMMENTS)
    annex("accept", project, "made", "--who", "山田")
    change(project, FIRST[1], THIRD[1])
    result = annex("check", project)
    assert result.exit_code == 8
    assert "made: missing: " in result.stdout
    assert "has changed since 山田 accepted it on 2" in result.stdout
    assert annex("accept", project, "made", "--who", "佐藤").exit_code == 0
    assert truth_of(project)["accepted"]["who"] == "佐藤"
    assert annex("check", project).exit_code == 7


def test_only_what_it_says_counts_not_how_it_is_laid_out(add: Add, project: Path) -> None:
    add(COMMENTS)
    annex("accept", project, "made", "--who", "山田")
    path = project / "tests" / "golden" / "made.json"
    path.write_text(json.dumps(truth_of(project), indent=4), encoding="utf-8")
    assert annex("check", project).exit_code == 0


def test_drafting_anew_revokes(add: Add, project: Path) -> None:
    add(COMMENTS)
    annex("accept", project, "made", "--who", "山田")
    refused = annex("draft", project, "made")
    assert (refused.exit_code, "--force" in refused.stderr) == (3, True)
    assert "accepted" in truth_of(project)
    result = annex("draft", project, "made", "--force")
    assert result.exit_code == 0
    assert "no longer accepted: the truth of 山田" in result.stderr
    assert list(read_truths(project / "tests" / "golden")) == []
    assert truth_of(project, draft=True)["draft"] is True


# --- check


def test_the_three_ways_to_fail_are_told_apart(add: Add, project: Path, make_pdf: MakePdf) -> None:
    for name, third in (("same", "a"), ("differs", "b"), ("gone", "c"), ("other", "d")):
        add(ruled_table(HEADER, FIRST, ("2", third, "")), name=name)
        annex("accept", project, name, "--who", "山田")
    raw = project / "raw_pdfs"
    for name in ("differs", "other"):
        (raw / f"{name}.yml").unlink()
    write_pdf = make_pdf(ruled_table(HEADER, FIRST, ("2", "bb", "")))
    (raw / "differs.pdf").write_bytes(write_pdf.read_bytes())
    (raw / "gone.pdf").unlink()
    (raw / "other.pdf").write_bytes(make_pdf(letter).read_bytes())
    result = annex("check", project)
    said = [
        line.split(": ", 2)[:2] for line in result.stdout.splitlines() if re.match(r"\w+: ", line)
    ]
    assert said == [
        ["differs", "differs"],
        ["gone", "missing"],
        ["other", "no longer recognised"],
        ["same", "same"],
    ]
    assert "--- differs-t1-r2 comment\n- b\n+ bb\n" in result.stdout
    assert "1 of 2 records (1 fields) are read otherwise than 山田 accepted them\n" in result.stdout
    assert "  if the new text is right: besshi annex draft differs --force" in result.stdout
    assert f"gone: missing: its PDF {raw / 'gone.pdf'} is missing; put it back" in result.stdout
    assert result.exit_code == 9
    codes = [annex("check", project, name).exit_code for name, _ in said]
    assert codes == [7, 8, 9, 0]
    assert annex("check", project, "same", "differs", "gone").exit_code == 8


@pytest.mark.slow
def test_an_annex_that_fails_is_no_longer_recognised(add_apart: Add, project: Path) -> None:
    add_apart(COMMENTS)
    annex("accept", project, "made", "--who", "山田")
    (project / "raw_pdfs" / "made.pdf").write_bytes(b"")
    result = annex("check", project)
    assert result.exit_code == 9
    assert "made: no longer recognised: " in result.stdout


def test_an_annex_without_a_truth_is_missing_only_where_it_is_asked_for(
    add: Add, project: Path
) -> None:
    add(COMMENTS)
    add(ruled_table(HEADER, THIRD), name="other")
    annex("accept", project, "made", "--who", "山田")
    assert annex("check", project).stdout == "made: same: 2 records\n"
    result = annex("check", project, "other")
    assert (result.exit_code, "accept its draft" in result.stdout) == (8, True)
    assert annex("check", project, "none").exit_code == 3


def test_records_are_checked_as_they_were_corrected(add: Add, project: Path) -> None:
    add(COMMENTS)
    write(project / "corrections", ENTRY)
    annex("draft", project, "made", "--force")
    annex("accept", project, "made", "--who", "山田")
    assert annex("check", project).exit_code == 0
    (project / "corrections" / "made.yml").unlink()
    assert annex("check", project).exit_code == 7


# --- remove


def test_what_was_added_is_removed(add: Add, project: Path) -> None:
    add(COMMENTS)
    result = annex("remove", project, "made")
    assert (result.exit_code, files(project)) == (0, set())
    assert f"removed: {project / 'raw_pdfs' / 'made.pdf'}\n" in result.stdout
    again = annex("remove", project, "made")
    assert (again.exit_code, "there is no such annex" in again.stderr) == (3, True)


def test_a_persons_work_is_removed_only_by_force(add: Add, project: Path) -> None:
    add(COMMENTS)
    add(ruled_table(HEADER, THIRD), name="other")
    kept = {name for name in files(project) if "other" in name}
    write(project / "corrections", ENTRY)
    annex("draft", project, "made", "--force")
    annex("accept", project, "made", "--who", "山田")
    before = files(project)
    refused = annex("remove", project, "made")
    assert (refused.exit_code, "--force" in refused.stderr) == (3, True)
    assert files(project) == before
    assert annex("remove", project, "made", "--force").exit_code == 0
    assert files(project) == kept


@pytest.mark.parametrize("verb", sorted(annex_command.commands))
def test_help_says_what_each_option_does(verb: str) -> None:
    # By itself, `annex` would keep the help options that it has without `besshi`: no -h.
    result = besshi("annex", verb, "--help")
    assert result.exit_code == 0
    for parameter in annex_command.commands[verb].params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
