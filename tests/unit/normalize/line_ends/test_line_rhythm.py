"""Letter-spaced and justified paragraphs, evenly spread labels and values set flush right."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from pipeline.model import Field, FieldPart, Line, Normalized, TableRow
from pipeline.normalize import normalize_annex
from tests.support.making import box, lay_out, line

WIDTH = 200.0
SIZE = 10.0


def spaced(text: str, gap: float = 0.0, x0: float = 5.0) -> Line:
    """A line whose characters stand so many points apart."""
    plain = line(text, x0)
    edges = [edge + gap * place for place, edge in enumerate(plain.edges)]
    edges[-1] -= gap
    return replace(plain, edges=tuple(edges), gap=gap, end=edges[-1])


def stretched(text: str) -> Line:
    """A line stretched over the column."""
    return spaced(text, (WIDTH - line(text).box.width) / (len(text) - 1))


def with_value(label: str, value: str, right: float = WIDTH + 5) -> Line:
    """A line with a value that ends at x `right`."""
    first, last = line(label, 5.0), line(value)
    shift = right - last.x1
    edges = (*first.edges, *(edge + shift for edge in last.edges))
    return replace(first, text=f"{label}　{value}", edges=edges, end=edges[-1])


def read(*cells: Sequence[Line]) -> Normalized:
    """Normalize a column of cells, 200 points wide without their padding."""
    return _read_rows(("comment",), [(cell,) for cell in cells])


def read_columns(*rows: tuple[Sequence[Line], Sequence[Line]]) -> Normalized:
    """Normalize a column of labels and one of comments, each as wide as that of `read`."""
    return _read_rows(("category", "comment"), rows)


def _read_rows(roles: Sequence[str], rows: Sequence[Sequence[Sequence[Line]]]) -> Normalized:
    """Normalize rows of cells, all drawn at the same x."""
    found, top = [], 0.0
    for row in rows:
        bottom = top + 12 * max(map(len, row))
        found.append(TableRow(tuple(_draw(cell, top, bottom) for cell in row)))
        top = bottom
    segmented = lay_out([["仮"] * len(roles)], roles, (20.0,) * len(roles))
    table = replace(segmented.tables[0], rows=tuple(found))
    return normalize_annex(replace(segmented, tables=(table,)))


def _draw(cell: Sequence[Line], top: float, bottom: float) -> Field:
    lines = [replace(li, top=top + 12 * i, bottom=top + 12 * i + SIZE) for i, li in enumerate(cell)]
    return Field((FieldPart(1, box(0, top, WIDTH + 10, bottom), tuple(lines)),))


def comments(*cells: Sequence[Line]) -> list[str | None]:
    return [record.comment for record in read(*cells).records]


PLAIN = [spaced("個人情報の管理状況を定期的に確認することと"), spaced("し、必要に応じて見直す。")]
"""A paragraph of an ordinary column: 20 characters on a line."""


def test_a_letter_spaced_paragraph_wraps_by_its_own_rhythm() -> None:
    paragraph = [
        spaced("診療報酬の算定方法告示（以下「算定」と", gap=1.0),
        spaced("いう。）別表第一の点数表に関", gap=1.0),
    ]
    assert comments(PLAIN, PLAIN, paragraph)[2] == (
        "診療報酬の算定方法告示（以下「算定」という。）別表第一の点数表に関"
    )


def test_a_line_that_its_author_ended_is_his_though_it_was_stretched() -> None:
    lines = [stretched("研修を毎年度行う職員"), spaced("委託先を監督する")]
    assert comments(PLAIN, PLAIN, lines)[2] == "研修を毎年度行う職員\n委託先を監督する"


VALUES = [
    with_value("初診料", "288点"),
    with_value("再診料", "73点"),
    with_value("時間外の加算", "1,085点"),
]


def test_a_value_set_flush_right_ends_its_line() -> None:
    assert comments(PLAIN, VALUES, PLAIN)[1] == (
        "初診料　288点\n再診料　73点\n時間外の加算　1,085点"
    )


def test_a_value_that_stands_close_to_its_label_ends_its_line_too() -> None:
    close = with_value("救急医療管理加算（入院日に限る）", "800点")
    assert comments(PLAIN, [*VALUES, close, with_value("注意", "2点")])[1] == (
        "初診料　288点\n再診料　73点\n時間外の加算　1,085点\n"
        "救急医療管理加算（入院日に限る）　800点\n注意　2点"
    )


def test_values_may_end_before_the_cells_edge() -> None:
    inset = [
        with_value("初診料", "288点", right=WIDTH - 5),
        with_value("時間外の加算", "1,085点", right=WIDTH - 5),
        with_value("再診料", "73点", right=WIDTH - 5),
    ]
    assert comments(PLAIN, inset)[1] == "初診料　288点\n時間外の加算　1,085点\n再診料　73点"


def test_a_value_that_a_tab_moved_down_belongs_to_the_line_above() -> None:
    label = spaced("特定集中治療室の管理料（専門医に限る）")
    value = spaced("88点", x0=WIDTH + 5 - 20)
    assert comments(PLAIN, [*VALUES, label, value])[1] == (
        "初診料　288点\n再診料　73点\n時間外の加算　1,085点\n"
        "特定集中治療室の管理料（専門医に限る）88点"
    )


def test_a_value_moved_down_belongs_to_its_label_where_other_labels_stand_alone() -> None:
    """That authors of the column end lines behind a noun says nothing of a value at the right."""
    label = spaced("特定集中治療室の管理料の専門医による加算")
    value = spaced("88点", x0=WIDTH + 5 - 20)
    alone = [[spaced("初診料の見直し"), spaced("再診料の見直し"), spaced("加算の見直し")]] * 6
    assert comments(PLAIN, *alone, [*VALUES, label, value])[-1] == (
        "初診料　288点\n再診料　73点\n時間外の加算　1,085点\n"
        "特定集中治療室の管理料の専門医による加算88点"
    )


def test_text_behind_a_list_mark_fills_its_line() -> None:
    """The white space of a hanging indent is no tab before a value."""
    lines = [
        with_value("（１）", "規約を改正すること"),
        spaced("とした旨を周知する。", x0=WIDTH + 5 - 90),
    ]
    found = comments(PLAIN, lines)[1]
    assert found == "（１）　規約を改正することとした旨を周知する。"


def test_labels_spread_evenly_over_their_cell_have_a_line_each() -> None:
    labels = [stretched("所在地"), stretched("代表者")]
    assert comments([stretched("氏名")], labels) == ["氏名", "所在地\n代表者"]


def test_a_narrow_column_that_is_justified_spreads_no_label() -> None:
    """Its last lines are full, too, but nothing stretches them."""
    gap = 5.0
    first = [spaced("参考", gap), spaced("資料", gap)]
    cells = [[*first, spaced("あり")]] * 3, [[*first, spaced("あり", gap)]] * 3
    odds = [min(decision.geometry for decision in read(*own).breaks) for own in cells]
    assert odds[0] < odds[1]


def test_the_last_character_of_a_spread_label_had_no_room() -> None:
    label = stretched("第2次防災行政無線の運用に関する規程の題")
    rest, other = [label, spaced("名")], [label, stretched("事業名")]
    whole, parted = (read(*[[other[1]]] * 2, *[own] * 2).breaks[-1] for own in (rest, other))
    assert whole.geometry < 0 < parted.geometry


def test_no_break_is_kept_where_kinsoku_forbids_one() -> None:
    """Whatever made the line short: nobody begins a line with a full stop."""
    short = [spaced("研修を毎年度行い周知する"), spaced("。")]
    found = read(PLAIN, PLAIN, short, short)
    assert found.records[2].comment == "研修を毎年度行い周知する。"
    assert found.breaks[-1].context == "kinsoku"


JUSTIFIED = [
    stretched("個人情報の管理状況を確認する。結果は必"),
    stretched("要に応じて見直し、関係課に周知する。職"),
    spaced("員が記録する。"),
]
"""A paragraph whose program stretches the lines that go on."""
FULL = "の結果は毎年度ホームページで公表する。"
NEXT = spaced("委託先を監督する。")
JUSTIFIED_COLUMN = [*[JUSTIFIED] * 4, *[[spaced("職員を教育する。"), NEXT]] * 4]


def test_where_full_lines_are_stretched_one_that_is_not_ended_its_paragraph() -> None:
    found = comments(*JUSTIFIED_COLUMN, [spaced(FULL), NEXT])
    assert found[-1] == f"{FULL}\n{NEXT.text}"


def test_a_stretched_line_goes_on() -> None:
    found = comments(*JUSTIFIED_COLUMN, [stretched(FULL), NEXT])
    assert found[-1] == FULL + NEXT.text


def test_a_stop_that_hangs_out_of_an_even_column_shows_no_room() -> None:
    """Lines of 20 characters, and one with a stop more: the next character did not fit."""
    wrapped = [spaced("個人情報の管理状況を定期的に確認し結果の必"), spaced("要に応じて見直す。")]
    even = [spaced(line.text[1:]) for line in wrapped[:1]] + wrapped[1:]
    hanging = [spaced("研修を毎年度行い職員が状況を示すよう促す。")]
    full = [spaced("委託先を監督する職員は都市緑地法第8条に"), spaced("定める方法による。")]
    assert read(*[even] * 6, hanging, full).breaks[-1].geometry < 0


def test_letter_spaced_lines_that_end_at_the_edge_are_not_stretched() -> None:
    """The ends of the paragraphs are spaced alike: that one line is shorter says nothing."""
    wrapped = [
        "個人情報の管理状況を確認し、その結果は",
        "要に応じて見直し、関係課に周知し、職員",
        "が記録する。",
    ]
    paragraph = [spaced(text, 0.4) for text in wrapped]
    label = [spaced("都市計画課の職員が行う研修の案内の", 0.4), spaced("送付の件", 0.4)]
    assert abs(read(*[paragraph] * 8, label).breaks[-1].spacing) < 0.5


def test_that_a_line_far_from_the_edge_is_not_stretched_says_nothing() -> None:
    """Some programs stretch no line before a long address, whoever ended it."""
    address = spaced("https://www.city.example.lg.jp/soshiki")
    found = read(*JUSTIFIED_COLUMN, [spaced("令和６年１月２７日から"), address])
    assert abs(found.breaks[-1].spacing) < 0.5


def test_labels_beside_justified_texts_may_stand_at_the_left() -> None:
    """No line of their column is stretched: that a full one is not says nothing."""
    label = [spaced("都市整備部公園緑地課河川管理事務所調整"), spaced("課")]
    found = read_columns(*[(label, cell) for cell in JUSTIFIED_COLUMN])
    spacings = [decision.spacing for decision in found.breaks if decision.field == "category"]
    assert spacings
    assert max(map(abs, spacings)) < 0.5


def test_a_line_that_the_program_squeezed_was_not_left_as_it_is() -> None:
    squeezed = spaced("の結果は毎年度市のホームページで公表する。", gap=-0.5)
    assert read(*JUSTIFIED_COLUMN, [squeezed, NEXT]).breaks[-1].spacing < 0.5


def test_that_a_line_needs_no_stretch_says_nothing() -> None:
    """A line of 20 characters fills the column as it is, whoever ended it."""
    full = [spaced("の結果は毎年度市ホームページで公表します"), spaced("ので参照する。")]
    found = read(*JUSTIFIED_COLUMN, *[full] * 8, [spaced(f"{full[0].text[1:]}。"), NEXT])
    assert found.breaks[-1].spacing < 0.5


def test_that_a_line_is_not_stretched_says_little_in_a_column_that_is_not_justified() -> None:
    names = [[spaced("子ども連れの家族の皆様とその子の代理"), spaced("人")]] * 8
    found = read_columns(*[(name, JUSTIFIED) for name in names])
    assert max(each.spacing for each in found.breaks if each.field == "category") < 0.5


def test_rounded_gaps_end_a_stretched_line_at_the_edge() -> None:
    """One line reaches further by what the gaps of the others were rounded down."""
    further = [spaced(JUSTIFIED[0].text, JUSTIFIED[0].gap + 0.03), *JUSTIFIED[1:]]
    found = read(*JUSTIFIED_COLUMN, further, [stretched(FULL), NEXT])
    assert found.breaks[-1].spacing < -3.0


def test_gaps_that_a_sheet_printed_smaller_rounds_stretch_no_line() -> None:
    """Ends of paragraphs have such gaps: a full line that its author ended is not stretched."""
    rounded = [*JUSTIFIED[:2], spaced("員が記録する。", gap=0.06)]
    ended = [[spaced("職員を教育する。"), NEXT]] * 8
    full = [spaced(FULL, gap=0.06), NEXT]
    assert read(*[rounded] * 4, *ended, full).breaks[-1].spacing > 2.0
    assert read(*[JUSTIFIED] * 4, *ended, full).breaks[-1].spacing < -2.0


def test_an_address_goes_with_its_label() -> None:
    label = [spaced("問合せ先："), spaced("toshokan-5@city.kawabe-machi.lg.jp")]
    titles = [[spaced("計画の推進体制"), spaced("毎年度見直す。")]] * 6
    found = read(PLAIN, *titles, label).breaks[-1]
    assert (found.context, found.kept) == ("closing, plain", False)


def test_a_typed_indent_below_a_heading_does_not_hang() -> None:
    heading = spaced("【個人情報の管理状況の定期的な確認の方法】")
    found = read(PLAIN, [heading, spaced("　本計画は、毎年度見直す。", x0=15.0)])
    assert found.breaks[-1].spacing > 0.0


def test_spread_labels_have_a_line_each_beside_a_justified_column() -> None:
    """That the program stretches lines that go on says nothing of labels that it spreads."""
    labels = [stretched("第2次防災行政無線の運用に関する規程の題"), stretched("事業名")]
    found = read_columns(*[(labels, [*JUSTIFIED, spaced("職員を教育する。"), NEXT])] * 6)
    assert {record.category for record in found.records} == {f"{labels[0].text}\n事業名"}


def test_kerned_kana_do_not_make_the_lines_beside_them_stretched() -> None:
    """Labels in a narrow column: a font sets ティの closer, 活性化 stands as always."""
    kerned = [
        spaced("ミュニ", -0.4),
        spaced("ティの", -0.5),
        line("活性化", 5.0),
        line("支援", 5.0),
    ]
    plain = [[line("高齢者", 5.0), line("福祉課", 5.0), line("の長", 5.0)]] * 4
    found = read(kerned, *plain)
    assert all(end.spacing > -1.0 for end in found.breaks)


def test_a_full_line_that_needs_no_stretch_is_open_though_authors_lines_are_stretched() -> None:
    """LibreOffice stretches a short line before a break inside a paragraph to the edge."""
    full = line("関係機関の意見を踏まえて毎年度見直します。"[-20:], 5.0)
    short = [stretched("職員が毎日記録している。"), line("住民に周知する。", 5.0)]
    wraps = [line("担当課の職員が操作の記録を毎日取得する個人情", 5.0), line("報を管理する。", 5.0)]
    wraps = [replace(wraps[0], text=wraps[0].text[-20:], edges=wraps[0].edges[:21]), wraps[1]]
    found = read([full, line("住民に周知する。", 5.0)], *[short] * 12, *[wraps] * 12)
    assert found.breaks[0].spacing == pytest.approx(0.0, abs=0.2)
