"""Lines are written, read back and scored; the commands say what they take."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.factory.fonts import OPENTYPE_FILES, SYSTEM_FILES, carried_font
from tools.recogniser.__main__ import build_parser
from tools.recogniser.evaluation import Score, read_lines, score_lines, write_lines
from tools.recogniser.faces import Faces, Glyphs
from tools.recogniser.fonts import SHARE, find_faces, read_faces, take_face
from tools.recogniser.look import Look
from tools.recogniser.synthesis import LineMaker
from tools.recogniser.texts import TextStock


def test_errors_are_counted() -> None:
    score = Score()
    score.add("意見１", "意見1")  # the width only
    score.add("意見", "意見")
    assert (score.lines, score.exact, score.characters, score.errors) == (2, 1, 5, 1)
    assert score.folded_errors == 0 and score.cer == 0.2
    assert score.confusions == {("1", "１"): 1}


def test_lines_are_written_and_scored(tmp_path: Path, faces: Faces, stock: TextStock) -> None:
    write_lines(LineMaker(faces, stock, Look("clean"), seed=4), 12, tmp_path)
    lines = list(read_lines(tmp_path))
    made = LineMaker(faces, stock, Look("clean"), seed=4)
    for picture, text in lines:
        line = made.make()
        assert text == line.text and np.array_equal(picture, line.picture)
    score = score_lines(lines)
    assert score.lines == 12 and score.folded_cer < 0.1 and score.seconds > 0


def test_a_missing_picture_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "labels.tsv").write_text("00001.png\t意見\n", encoding="utf-8")
    with pytest.raises(FileNotFoundError, match=r"00001\.png"):
        list(read_lines(tmp_path))


def test_faces_are_named_once_and_their_kanji_are_there() -> None:
    faces = read_faces()
    full = {name for name, face in faces.items() if face.kanji is None}
    assert all(face.kanji in full for face in faces.values() if face.kanji)
    assert {face.style for face in faces.values()} == {"gothic", "mincho", "held", "latin"}
    assert len({face.file for face in faces.values()}) == len(faces)


def test_the_faces_of_the_factory_are_among_them() -> None:
    taught = {SHARE / face.file for face in read_faces().values()}
    assert {*SYSTEM_FILES.values(), *OPENTYPE_FILES.values()} <= taught


def test_every_machine_has_a_face(tmp_path: Path) -> None:
    assert [entry.name for entry, _ in find_faces(tmp_path)] == ["ipaexg"]


def test_a_face_is_cut_down(tmp_path: Path) -> None:
    take_face(carried_font(), ("個", "人", "1"), tmp_path / "small.otf")
    assert (tmp_path / "small.otf").stat().st_size < 5000
    small, whole = Glyphs(tmp_path / "small.otf"), Glyphs(carried_font(), "個人1")
    assert small.advance.keys() == {"個", "人", "1"}
    assert small.advance == pytest.approx(whole.advance, abs=0.2)


@pytest.mark.parametrize("command", ["fonts a", "texts a", "lines a b", "evaluate a", "train a b",
                                     "export a b", "smoke"])  # fmt: skip
def test_each_command_runs_something(command: str) -> None:
    assert callable(build_parser().parse_args(command.split()).run)
