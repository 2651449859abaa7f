"""normalize: Latin words at line ends that justification left no room at."""

import pytest
from msgspec.structs import replace
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen import canvas

from pipeline.model import Field, Line
from pipeline.normalize import normalize_annex
from pipeline.normalize.latin_words import LatinWords, list_words
from pipeline.normalize.text import join_physical_lines
from pipeline.vocabulary.character_widths import is_ideograph
from tests.support.annexes import HEADER, besshi, comments_of
from tests.support.making import lay_out, line
from tests.support.pdfs import FONT, MakePdf

COLUMNS = (50, 90, 295, 545)
WIDTH = COLUMNS[2] - COLUMNS[1] - 8
LATIN, SIZE = "Helvetica", 10
FULL = 125.0  # pt: the right end of a full line of 12 em


def draw(sheet: canvas.Canvas, lines: list[str]) -> None:
    """A table of one record whose comment has these lines, all but the last one full."""
    for x in COLUMNS:
        sheet.line(x, 640, x, 780)
    for y in (640, 760, 780):
        sheet.line(COLUMNS[0], y, COLUMNS[-1], y)
    sheet.setFont(FONT, SIZE)
    for column, text in enumerate(HEADER):
        sheet.drawString(COLUMNS[column] + 4, 766, text)
    sheet.drawString(COLUMNS[0] + 4, 746, "1")
    sheet.drawString(COLUMNS[2] + 4, 746, "承りました。")
    sheet.setFont(LATIN, SIZE)
    for place, text in enumerate(lines):
        room = WIDTH - stringWidth(text, LATIN, SIZE)
        stretch = 0 if text == lines[-1] else room / max(text.count(" "), 1)
        sheet.drawString(COLUMNS[1] + 4, 746 - 15 * place, text, wordSpace=stretch)


WORDS = [
    "The definition of the supplier should be",
    "aligned with the rules that are used by",
    "organisations established elsewhere; we",
    "appreciate every clarification of that.",
]
PARTED = [
    "The definition of the supplier should be align",
    "ed with the rules that are used by the organi",
    "sations elsewhere; we appreciate the clarific",
    "ation.",
]


@pytest.mark.parametrize(("lines", "joint"), [(WORDS, " "), (PARTED, "")])
def test_stretched_spaces_tell_whether_words_move(
    make_pdf: MakePdf, lines: list[str], joint: str
) -> None:
    path = make_pdf(lambda sheet: draw(sheet, lines))
    out = path.parent / "out"
    assert besshi("run", path, "--out", out).exit_code == 0
    assert comments_of(out, path.stem) == [joint.join(lines)]


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        ('a so-called "', 'operator"', 'a so-called "operator"'),
        ("see the law (", "Article 3)", "see the law (Article 3)"),
        ('an "operator"', "is named", 'an "operator" is named'),
        ("防犯ブザーの配布、(", "3)委員の参画", "防犯ブザーの配布、(3)委員の参画"),
    ],
)
def test_no_space_stands_behind_a_mark_that_opens(first: str, second: str, text: str) -> None:
    lines = [line(first), line(second)]
    assert join_physical_lines(lines, [False], [1.0], LatinWords(moved=True)).value == text


@pytest.mark.parametrize(
    ("first", "second", "joint"),
    [
        ("(10", ")", ""),  # a closing bracket
        ("延べ4", ",812", ""),
        ("rivers-6", "@city.example.jp", ""),
        ("rivers", "-6@city.example.jp", ""),
        ("Action", "Plan", " "),  # a capital begins a word
        ("actio", "ns", ""),
    ],
)
def test_a_line_without_room_may_part_a_word(first: str, second: str, joint: str) -> None:
    words = not first.isalpha()
    lines = [line(first), line(second)]
    text = join_physical_lines(lines, [False], [-0.5], LatinWords(words))
    assert text.value == f"{first}{joint}{second}"


@pytest.mark.parametrize(
    ("first", "second", "room", "joint"),
    [
        ("3", "-1", -0.5, ""),
        ("3", "-1", 0.5, " "),
        ("ISO", "14001", -0.5, " "),
        ("Reviewer", "#1", -0.5, " "),
        ("結果を表5.3", "-12に", -0.5, ""),
        ("結果を表5.3", "-12に", 0.5, " "),
    ],
)
def test_a_number_wider_than_its_column_is_parted(
    first: str, second: str, room: float, joint: str
) -> None:
    """Where words move, nothing else would part 3 from -1."""
    text = join_physical_lines([line(first), line(second)], [False], [room], LatinWords(moved=True))
    assert text.value == f"{first}{joint}{second}"


@pytest.mark.parametrize(
    ("first", "second", "joint"),
    [
        ("survey (n =", "1,204)", " "),
        ("research &", "development", " "),
        ("approx. 35%", "of them", " "),
        ("into force?", "As regards", " "),
        ("Para. 45,", "2nd sentence", " "),
        ("JPY 1,", "204,000", ""),
        ("www.city.example.jp/?", "id=3", ""),
        ("and/", "or", ""),
        ("Wi", "-Fi", ""),
        ("see Fig.", "3 and 4", " "),
        ("手引（Ver.", "2.1）による", ""),
        ("施策の展開 p.", "31", ""),
    ],
)
def test_a_sign_between_two_spaces_is_a_word(first: str, second: str, joint: str) -> None:
    text = join_physical_lines([line(first), line(second)], [False], [0.5], LatinWords(moved=True))
    assert text.value == f"{first}{joint}{second}"


@pytest.mark.parametrize(
    ("first", "joint"), [("disproportionate", " "), ("internationaliz", ""), ("Wakami", "")]
)
def test_letters_too_many_for_one_word_are_two(first: str, joint: str) -> None:
    second = "burden on" if joint else "ation of"
    text = join_physical_lines([line(first), line(second)], [False], [-0.5], LatinWords(moved=True))
    assert text.value == f"{first}{joint}{second}"


def test_room_behind_a_colon_shows_a_space() -> None:
    lines = [line("mail:"), line("rivers-6@city.example.jp")]
    parted = LatinWords(moved=False)
    values = [join_physical_lines(lines, [False], [room], parted).value for room in (-0.5, 8.0)]
    assert values == ["mail:rivers-6@city.example.jp", "mail: rivers-6@city.example.jp"]


@pytest.mark.parametrize(
    ("first", "joint"), [("não há serviço à", " "), ("thể", " "), ("計画×", "")]
)
def test_letters_with_accents_are_parts_of_words(first: str, joint: str) -> None:
    text = join_physical_lines([line(first), line("élite")], [False], [1.0], LatinWords(moved=True))
    assert text.value == f"{first}{joint}élite"


def test_where_nothing_tells_words_move_as_in_office_programs() -> None:
    segmented = lay_out([["計画は、ISO\n14001の認証を"]], ("comment",), (6.5,))
    (record,) = normalize_annex(segmented).records
    assert record.comment == "計画は、ISO 14001の認証を"


@pytest.mark.parametrize(("count", "joint"), [(1, " "), (8, "")])
def test_one_full_line_does_not_tell_that_words_are_parted(count: int, joint: str) -> None:
    texts = ["効果量と誤差のCohen's\nd = 0.42を追記した。"] * count
    segmented = lay_out([[text] for text in texts], ("comment",), (10.5,))
    found = {record.comment for record in normalize_annex(segmented).records}
    assert found == {texts[0].replace("\n", joint)}


def stretch(one: Line) -> Line:
    """A line that ends with a Latin letter, its kanji moved apart so that it is full."""
    if not one.text[-1].isascii():
        return one
    kanji = [place for place, character in enumerate(one.text) if is_ideograph(character)]
    each = (FULL - one.edges[-1]) / len(kanji)
    edges = (edge + each * sum(k < place for k in kanji) for place, edge in enumerate(one.edges))
    return replace(one, edges=tuple(edges))


@pytest.mark.parametrize(("kanji", "joint"), [("計画と基本の管理", ""), ("計画と基本", " ")])
def test_kanji_moved_apart_tell_whether_words_move(kanji: str, joint: str) -> None:
    """A line of Latin letters and a few kanji has no gap of its own, but its kanji stand apart."""
    texts = [f"{kanji}microsof\nteams の活用を検討する。"] * 8
    segmented = lay_out([[text] for text in texts], ("comment",), (12.0,))
    table = segmented.tables[0]
    rows = []
    for row in table.rows:
        (part,) = row.fields[0].parts
        lines = tuple(stretch(one) for one in part.lines)
        rows.append(replace(row, fields=(Field((replace(part, lines=lines),)),)))
    found = normalize_annex(replace(segmented, tables=(replace(table, rows=tuple(rows)),)))
    assert [r.comment for r in found.records] == [text.replace("\n", joint) for text in texts]


@pytest.mark.parametrize(("elsewhere", "joint"), [("別表 p.8", ""), ("別表 31", " ")])
def test_a_program_that_parts_what_is_one_run_elsewhere_moves_no_words(
    elsewhere: str, joint: str
) -> None:
    texts = ["Look at pages p.31 now.", "See also page p.25 too."]
    segmented = lay_out([[text, elsewhere] for text in texts], ("comment", "response"), (8, 20))
    found = [record.comment for record in normalize_annex(segmented).records]
    assert found == [text.replace("p.", f"p.{joint}") for text in texts]


@pytest.mark.parametrize(
    ("first", "second", "elsewhere", "joint"),
    [
        ("PD", "CAサイクル", "PDCAを回す", ""),
        ("Action Plan", "2030", "Action Plan 2030に", " "),
        ("shis", "etsu-3@city", "E-mail: shisetsu-1@city", ""),
        ("Digital Trans", "formation", "デジタル化を進める", ""),  # the dictionary has it
        ("市のSociety", "5.0を", "新しい社会", " "),
        ("規格のJI", "S X 8341", "規格を守る", ""),
        ("手段としてWi-F", "iだけでは", "無線を整える", ""),
        ("また、Park-P", "FI制度は", "公園を直す", ""),
        ("担当課（E-mai", "l: kosodate", "担当に尋ねる", ""),
        ("E-mail: bosai-5@", "city.kitagawa", "担当に尋ねる", ""),
        ("規格のISO", "/IEC 27001", "規格を守る", ""),
    ],
)
@pytest.mark.parametrize("moved", [True, False])
def test_what_stands_elsewhere_in_the_annex_tells_one_word_from_two(
    first: str, second: str, elsewhere: str, joint: str, moved: bool
) -> None:
    words = LatinWords(moved, list_words([line(elsewhere)]))
    text = join_physical_lines([line(first), line(second)], [False], [-0.5], words)
    assert text.value == f"{first}{joint}{second}"


@pytest.mark.parametrize("elsewhere", ["Plan2030とPlan 2030", "Plan 2040"])
def test_what_stands_elsewhere_in_both_ways_or_in_none_tells_nothing(elsewhere: str) -> None:
    words = LatinWords(moved=True, seen=list_words([line(elsewhere)]))
    assert words.find_known_joint("Plan", "2030") is None
    assert words.find_known_joint("12", "34") is None


def test_two_characters_may_be_one_word_elsewhere_by_chance() -> None:
    words = LatinWords(moved=True, seen=list_words([line("用紙はA4とPDCA")]))
    assert words.find_known_joint("計画A", "4か所") is None
    assert words.find_known_joint("計画PD", "CAの") == ""


@pytest.mark.parametrize(
    ("first", "second", "moved", "room", "is_sure"),
    [
        ("Park", "PFI", True, -0.5, False),  # the line ends between two words, or within one
        ("Park", "PFI", True, 1.0, True),  # a space took the room of the next letter
        ("担当課（E-mail:", "doro-8@city", False, -0.5, False),
        ("JIS", "規格", True, -0.5, True),
        ("consider multilingual", "signage", False, -0.5, False),
        ("by March 2025", "and later", False, -0.5, False),
    ],
)
def test_a_space_that_nothing_shows_is_not_sure(
    first: str, second: str, moved: bool, room: float, is_sure: bool
) -> None:
    text = join_physical_lines([line(first), line(second)], [False], [room], LatinWords(moved))
    assert (text.confidence == 1.0) is is_sure
