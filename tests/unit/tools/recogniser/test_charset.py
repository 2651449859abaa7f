"""The characters of the tools are those of the model, and in its order."""

from onnxruntime import InferenceSession

from pipeline.extract.ocr.engine.recognizer import MODEL
from tools.recogniser.charset import CHARACTERS, INDEX, SAME, is_kanji, unify
from tools.recogniser.scripts import KANJI, LEVEL_1, narrow, widen


def test_the_classes_are_those_of_the_model() -> None:
    session = InferenceSession(MODEL, providers=["CPUExecutionProvider"])
    named = session.get_modelmeta().custom_metadata_map["character"]
    assert tuple(named.split("\n")) == CHARACTERS


def test_what_no_print_tells_apart_is_one_class() -> None:
    assert unify("〜−—•") == "～－―・"
    assert not SAME.keys() & INDEX.keys()
    assert all(character in INDEX for text in SAME.values() for character in text)


def test_unknown_characters_are_left_out() -> None:
    assert unify("意│見😀한") == "意｜見"


def test_kanji_are_told_from_the_rest() -> None:
    assert is_kanji("鷗") and is_kanji("㐂") and not is_kanji("カ")
    assert len(LEVEL_1) == 2965  # standard: JIS X 0208
    assert set(LEVEL_1) < set(KANJI)


def test_widths_are_exchanged() -> None:
    assert widen("(1) a") == "（１）\u3000ａ"
    assert narrow("（１）ａカ") == "(1)aカ"
