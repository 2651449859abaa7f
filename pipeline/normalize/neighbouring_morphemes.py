"""Tell from the morphemes on both sides of a line end whether the next line goes on."""

from pipeline.model import Morpheme
from pipeline.normalize.tokenizer import PREDICATES

_FUNCTION_WORDS = {"助詞", "助動詞", "接尾辞"}
_COORDINATING = {"及び", "又は", "並びに", "若しくは", "且つ", "乃至", "外"}  # normalized forms
# Nouns that need a clause before them: 提示された / ため、.
_FORMAL_NOUNS = {"為", "事", "物", "時", "所", "様", "上", "際", "場合", "通り", "訳", "筈"}
# The tokenizer takes them for suffixes behind a noun (加盟国): …への対応 / 国の制度が.
_AUTHORITIES = {"国", "区"}
_STEM = "助動詞語幹"  # よう, みたい: くださいます / よう、
_TIMES = ("今", "毎年", "昨年", "現在", "近年", "従来")


def is_counted(left: Morpheme | None, right: Morpheme | None) -> bool:
    """Whether a number ends before what it counts: 法律第50 / 条."""
    if left is None or right is None or left.part_of_speech[1] != "数詞":
        return False
    return right.part_of_speech[2] == "助数詞可能"


def leans_on(left: Morpheme | None, right: Morpheme) -> bool:
    """Whether a morpheme leans on the one before it: no author begins a line with it."""
    if right.part_of_speech[0] in _FUNCTION_WORDS or right.normalized_form in _COORDINATING:
        return right.surface not in _AUTHORITIES
    kind = left.part_of_speech[0] if left is not None else ""
    if kind == "名詞" and right.normalized_form == "為る":  # 報告 / し、
        return True
    needs_clause = right.normalized_form in _FORMAL_NOUNS or right.part_of_speech[1] == _STEM
    return kind in PREDICATES and needs_clause


def opens_clause(left: Morpheme | None, right: Morpheme | None) -> bool:
    """Whether a morpheme begins a clause (また, なお, この) rather than goes on with one.

    So does a noun that repeats the one before it: …するリスク / リスクを軽減する….
    """
    if right is None:
        return False
    if right.part_of_speech[0] in ("接続詞", "連体詞", "感動詞"):
        return True
    repeated = left is not None and left.surface == right.surface and len(right.surface) > 1
    return repeated or right.surface.startswith(_TIMES)
