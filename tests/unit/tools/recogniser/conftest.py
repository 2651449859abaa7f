"""A face that every machine has, and a small stock of texts."""

from random import Random

import pytest

from benchmarks.factory.fonts import carried_font
from tools.recogniser.faces import Face, Faces, Glyphs
from tools.recogniser.texts import TextStock

TEXTS = TextStock(
    ["御意見の趣旨は、第３条第２項に規定する計画に盛り込まれています。", "（１）通知カードの送付"],
    ["個人情報", "保護", "評価書", "カード", "ＡＢＣ"],
)
CHARACTERS = "".join([*TEXTS.lines, *TEXTS.words, "0123456789()「」・ 。、\u3000\\¥"])


@pytest.fixture(scope="session")
def face() -> Face:
    return Face("IPAexGothic", 1.0, Glyphs(carried_font(), CHARACTERS))


@pytest.fixture(scope="session")
def faces(face: Face) -> Faces:
    return Faces((face,), ())


@pytest.fixture
def stock() -> TextStock:
    return TEXTS


@pytest.fixture
def rng() -> Random:
    return Random(3)
