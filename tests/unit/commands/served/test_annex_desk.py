"""What a person does on the server: nothing is lost, and all is as the commands would do it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.curation.corrections import parse_corrections
from tests.support.annexes import (
    COMMENTS,
    FIRST,
    HEADER,
    SECOND,
    THIRD,
    besshi,
    comments_of,
    contents,
    ruled_table,
)
from tests.support.corrections import ENTRY, write
from tests.support.pdfs import MakePdf
from tests.support.serving import WHO, Client, serving

RIGHT = str(ENTRY["right"])


@pytest.fixture
def project(in_this_process: None, make_pdf: MakePdf, tmp_path: Path) -> Path:
    """A project that was run; its annex is read again in this process."""
    (tmp_path / "raw_pdfs").mkdir()
    make_pdf(COMMENTS, name="raw_pdfs/made.pdf")
    make_pdf(ruled_table(HEADER, THIRD), name="raw_pdfs/other.pdf")
    assert run(tmp_path).endswith("failed 0\n")
    return tmp_path


@pytest.fixture
def client(project: Path) -> Iterator[Client]:
    with serving(project) as client:
        yield client


def run(project: Path, out: str = "parsed") -> str:
    """What a run says, in the line that counts annexes."""
    corrections = project / "corrections"
    corrections.mkdir(exist_ok=True)
    arguments = (project / "raw_pdfs", "--out", project / out, "--corrections", corrections)
    said = besshi("run", *arguments).stderr
    return next(line for line in said.splitlines(keepends=True) if line.startswith("run: "))


# --- save


def test_what_is_saved_is_in_the_file_and_shown_at_once(client: Client) -> None:
    answer = client.save(shown=FIRST[1], right=RIGHT)
    assert answer.status == 200
    (read,) = parse_corrections(client.corrections.read_bytes())
    assert (read.record, read.field, read.found, read.right) == (
        "made-t1-r1",
        "comment",
        FIRST[1],
        RIGHT,
    )
    assert (read.why, read.who) == ("page 1", WHO)
    (shown,) = answer.json["records"].values()
    assert f'<div class="text" lang="ja">{RIGHT}</div>' in shown
    assert "corrected" in shown
    assert answer.json["version"] == client.version
    assert RIGHT in client.ask("annexes/made.html").text


def test_the_results_are_those_of_a_run(client: Client) -> None:
    """To the byte; and the next run finds nothing to do."""
    client.save(shown=FIRST[1], right=RIGHT)
    client.write()
    assert comments_of(client.project / "parsed", "made") == [RIGHT, SECOND[1]]
    assert "unchanged 2" in run(client.project)
    run(client.project, "again")
    assert contents(client.project / "parsed") == contents(client.project / "again")
    pdfs, corrections = client.project / "raw_pdfs", client.project / "corrections"
    verified = besshi(
        "verify", client.project / "parsed", "--pdfs", pdfs, "--corrections", corrections
    )
    assert verified.exit_code == 0, verified.stdout


def test_the_results_of_single_stages_are_made_from_the_stage_file(project: Path) -> None:
    one, two, three = (project / "dvc" / name for name in ("extract", "segment", ""))
    besshi("extract", project / "raw_pdfs", "--out", one)
    besshi("segment", one, "--out", two)
    arguments = ("normalize", two, "--out", three, "--corrections", project / "corrections")
    besshi(*arguments)
    with serving(project, "dvc") as client:
        assert client.save(shown=FIRST[1], right=RIGHT).status == 200
        client.write()
        assert client.rows("dvc")[0]["comment"] == RIGHT
    assert "unchanged 2" in besshi(*arguments).stderr


def test_a_correction_of_a_correction_takes_its_place(client: Client) -> None:
    client.save(shown=FIRST[1], right="x")
    assert client.save(shown="x", right=RIGHT).status == 200
    (read,) = parse_corrections(client.corrections.read_bytes())
    assert (read.found, read.right) == (FIRST[1], RIGHT)


def test_a_correction_that_is_taken_back_is_gone(client: Client) -> None:
    client.save(shown=FIRST[1], right=RIGHT)
    answer = client.save(shown=RIGHT, right=FIRST[1])
    assert answer.status == 200
    assert not client.corrections.exists()
    client.write()
    assert comments_of(client.project / "parsed", "made") == [FIRST[1], SECOND[1]]
    assert "unchanged 2" in run(client.project)


def test_blank_lines_and_ends_of_windows_are_as_in_records(client: Client) -> None:
    client.save(shown=FIRST[1], right="\r\n一\r\n\r\n　二\r\n")
    client.write()
    assert client.rows()[0]["comment"] == "一\n　二"


def test_other_entries_and_comments_stay(client: Client) -> None:
    client.corrections.write_text(
        "# asked the office\n"
        f"- {{record: made-t1-r2, field: comment, found: {SECOND[1]}, right: y, why: z, who: w}}\n",
        encoding="utf-8",
    )
    assert client.save(shown=FIRST[1], right=RIGHT).status == 200
    assert client.corrections.read_text(encoding="utf-8").startswith("# asked the office\n- {")
    assert len(parse_corrections(client.corrections.read_bytes())) == 2
    assert comments_of(client.project / "parsed", "made") == [FIRST[1], SECOND[1]]
    client.write()
    assert comments_of(client.project / "parsed", "made") == [RIGHT, "y"]


# --- two people


def test_a_file_that_has_changed_since_is_not_written_over(client: Client) -> None:
    before = client.version
    with serving(client.project) as other:
        assert other.save(shown=FIRST[1], right="of the other").status == 200
        kept = client.corrections.read_bytes()
        answer = client.save(shown=FIRST[1], right=RIGHT, version=before)
        assert (answer.status, answer.json["conflict"]) == (409, True)
        assert "has changed since this page was loaded" in answer.json["error"]
        assert client.corrections.read_bytes() == kept
    page = client.ask("annexes/made.html").text  # loaded again
    assert "of the other" in page
    assert client.save(shown="of the other", right=RIGHT).status == 200


def test_a_field_that_has_another_text_is_not_written_over(client: Client) -> None:
    answer = client.save(shown="something else", right=RIGHT)
    assert (answer.status, answer.json["conflict"]) == (409, True)
    for change in ({"record": "made-t1-r9"}, {"field": "備考"}):
        answer = client.save(shown=FIRST[1], right=RIGHT, **change)
        assert (answer.status, answer.json["conflict"]) == (409, True)
    assert not client.corrections.exists()


def test_nothing_is_written_that_a_run_would_refuse(client: Client) -> None:
    for content, said in (
        ("- x", "expected the keys"),
        (
            "- {record: a-t9-r9, field: x, found: y, right: z, why: w, who: v}",
            "there is no such record",
        ),
    ):
        client.corrections.write_text(content)
        answer = client.save(shown=FIRST[1], right=RIGHT)
        assert (answer.status, said in answer.json["error"]) == (422, True)
        assert client.corrections.read_text() == content
    client.corrections.unlink()
    answer = client.save(shown=FIRST[1], right=RIGHT, who=" ")
    assert (answer.status, "who is empty" in answer.json["error"]) == (422, True)
    assert not client.corrections.exists()


def test_while_a_run_writes_results_wait(client: Client) -> None:
    from pipeline.batch.manifest import lock_results
    from pipeline.errors import BusyError

    client.save(shown=FIRST[1], right=RIGHT)
    with lock_results(str(client.project / "parsed")), pytest.raises(BusyError):
        client.write()
    client.write()
    assert client.rows()[0]["comment"] == RIGHT


# --- ticks


def tick(client: Client, record: int = 1, checked: bool = True) -> int:
    asked = {"record": f"made-t1-r{record}", "who": WHO, "checked": checked}
    answer = client.ask("api/made/tick", asked)
    assert answer.status == 200
    return int(answer.json["checked"])


def test_ticks_are_counted_and_kept(client: Client) -> None:
    assert [tick(client), tick(client), tick(client, 2), tick(client, 1, False)] == [1, 1, 2, 1]
    with serving(client.project) as other:
        assert "1 of 2 checked" in other.ask("annexes/made.html").text
        assert "1 of 2 checked" in other.ask("index.html").text
        assert tick(other) == 2
    assert "2 of 2 checked" in client.ask("annexes/made.html").text
    kept = json.loads((client.project / "checked" / "made.json").read_text(encoding="utf-8"))
    assert {name: one["who"] for name, one in kept.items()} == {
        "made-t1-r1": WHO,
        "made-t1-r2": WHO,
    }
    asked = {"record": "made-t1-r9", "who": WHO, "checked": True}
    assert client.ask("api/made/tick", asked).status == 404


def test_a_tick_is_for_one_text(client: Client) -> None:
    tick(client)
    answer = client.save(shown=FIRST[1], right=RIGHT)
    assert answer.json["checked"] == 0
    assert client.save(shown=RIGHT, right=FIRST[1]).json["checked"] == 1


# --- accept


def accept(client: Client, version: str | None = None) -> tuple[int, str]:
    asked = {"version": version or client.version, "who": WHO}
    answer = client.ask(f"api/{client.annex}/accept", asked)
    return answer.status, answer.text


def test_what_is_shown_is_accepted(client: Client) -> None:
    client.save(shown=FIRST[1], right=RIGHT)
    status, said = accept(client)
    assert status == 200
    assert "git add " in said
    path = client.project / "tests" / "golden" / "made.json"
    truth = json.loads(path.read_text(encoding="utf-8"))
    assert truth["accepted"]["who"] == WHO
    assert truth["tables"][0]["records"][0]["comment"] == RIGHT
    assert client.rows()[0]["comment"] == RIGHT
    checked = besshi("annex", "check", "made", "--project", client.project)
    assert checked.stdout == "made: same: 2 records\n"
    client.save(shown=RIGHT, right="other")
    assert accept(client)[0] == 200  # the truth of a text that was corrected again


def test_what_is_not_shown_is_not_accepted(client: Client) -> None:
    client.ask("annexes/made.html")
    before = client.version
    client.save(shown=FIRST[1], right=RIGHT)
    assert accept(client, before)[0] == 409
    client.corrections.unlink()
    assert accept(client)[0] == 409  # the records are still those with the correction
    assert not (client.project / "tests").exists()


def test_results_older_than_the_corrections_are_not_accepted_unseen(client: Client) -> None:
    write(client.project / "corrections", ENTRY)  # by hand, and not run since
    assert RIGHT not in client.ask("annexes/made.html").text
    assert client.ask("api/made/details").status == 200
    status, said = accept(client)
    assert (status, "load the page again" in said) == (409, True)
    assert RIGHT in client.ask("annexes/made.html").text
    assert accept(client)[0] == 200


def test_only_annexes_of_the_project_are_accepted(client: Client, tmp_path: Path) -> None:
    (tmp_path / "home" / "raw_pdfs").mkdir(parents=True)
    with serving(client.project, home=tmp_path / "home") as other:
        status, said = accept(other)
        assert (status, "besshi annex add" in said) == (422, True)


def test_a_draft_is_corrected_and_accepted_in_the_folder_of_its_own(
    in_this_process: None, make_pdf: MakePdf, tmp_path: Path
) -> None:
    """The way of a new annex: add, review --serve."""
    project = tmp_path / "project"
    (project / "raw_pdfs").mkdir(parents=True)
    pdf = make_pdf(COMMENTS)
    besshi("annex", "add", pdf, "--source", "x", "--project", project)
    draft = project / "tests" / "golden" / "drafts" / "made.json"
    with serving(project, "parsed/new/made") as client:
        client.save(shown=FIRST[1], right=RIGHT)
        client.write()
        assert client.rows("parsed/new/made")[0]["comment"] == RIGHT
        assert RIGHT in draft.read_text(encoding="utf-8")
    accepted = besshi("annex", "accept", "made", "--who", WHO, "--project", project)
    assert accepted.exit_code == 0, accepted.stderr  # the draft is what besshi reads
    with serving(project, "parsed/new/made") as client:
        assert accept(client)[0] == 200
    assert not draft.exists()
    assert besshi("annex", "check", "--project", project).exit_code == 0
