"""Family `questions`: a question above its answer, in ruled rows, in a frame or in running text."""

from __future__ import annotations

import dataclasses
from random import Random

from ..annexes import Size
from ..model import Column
from ..vocabulary import draw_column
from .content import Author, Sections
from .document import Block, Cell, Ruled, ShapedAnnex, ShapedTable, Text

_PAIRS = (
    ("質問", "回答"), ("意見", "市の考え方"), ("ご意見", "回答"), ("意見の概要", "区の考え方"),
    ("問", "答"), ("Ｑ", "Ａ"), ("Q", "A"), ("指摘事項", "対応方針"),
)  # fmt: skip
_COUNTED = (("Ｑ", "Ａ"), ("Q", "A"), ("問", "答"), ("質問", "回答"))


@dataclasses.dataclass(frozen=True)
class _Signs:
    """How questions and answers are labelled in running text."""

    question: str
    """With {n} for the number."""
    answer: str
    headers: tuple[str, str]
    behind: str = "　"
    """Between a label and its text."""


_SIGNS = (
    _Signs("問{w}", "（答）", ("問", "（答）")),
    _Signs("問{w}", "（答）", ("問", "（答）")),
    _Signs("問{n}", "答", ("問", "答")),
    _Signs("（問{w}）", "（答）", ("問", "（答）")),
    _Signs("【問{w}】", "【答】", ("問", "【答】"), ""),
    _Signs("Ｑ{w}", "Ａ{w}", ("Ｑ", "Ａ")),
    _Signs("Q{n}", "A{n}", ("Q", "A"), ". "),
    _Signs("Q{n}", "A", ("Q", "A"), "："),
    _Signs("質問{w}", "回答{w}", ("質問", "回答")),
    _Signs("質問{w}", "（回答）", ("質問", "（回答）")),
)


def draw_questions(annex_id: str, rng: Random, size: Size) -> ShapedAnnex:
    """A document of questions and answers."""
    author = Author.draw(rng, size)
    kind = rng.choice(("rows", "rows", "header", "framed", "framed", "plain"))
    draw = {"rows": _in_rows, "header": _under_header}.get(kind)
    if draw is None:
        blocks, table = _running(author, framed=kind == "framed")
    else:
        blocks, table = draw(author)
    description = f"{author.plan}: {len(table.rows)} questions, {kind}"
    return ShapedAnnex(annex_id, description, (table,), tuple(blocks))


def _records(author: Author, columns: tuple[Column, ...]) -> list[tuple[str, ...]]:
    return [
        tuple(author.cell(column, str(number)) for column in columns)
        for number in range(1, author.count() + 1)
    ]


def _in_rows(author: Author) -> tuple[list[Block], ShapedTable]:
    """A label beside each text; a merged number, or numbered labels, or nothing counts."""
    rng = author.rng
    counting = rng.choice(("number", "number", "labels", "none"))
    ask, answer = rng.choice(_COUNTED if counting == "labels" else _PAIRS)
    columns = [Column("comment", ask), Column("response", answer)]
    heads: list[str] = []
    has_header = counting == "number" and rng.random() < 0.4
    if counting != "none":
        own = {"labels": ask, "number": rng.choice(("番号", "No.")) if has_header else ""}
        columns.insert(0, Column("number", own[counting]))
    rows: list[tuple[Cell, ...]] = []
    records = _records(author, tuple(columns))
    if counting == "labels":
        records = [(f"{ask}{number}", *texts) for number, *texts in records]
        heads = [f"{answer}{number}" for number in range(1, len(records) + 1)]
    for place, record in enumerate(records, 1):
        labels = (f"{ask}{place}", f"{answer}{place}") if counting == "labels" else (ask, answer)
        first = (Cell(record[0], rows=2),) if counting == "number" else ()
        rows.append((*first, Cell(labels[0], is_label=True), Cell(record[-2])))
        rows.append((Cell(labels[1], is_label=True), Cell(record[-1])))
    if has_header:
        names = (columns[0].header, rng.choice(("区分", "種別")), rng.choice(("内容", "内容等")))
        rows.insert(0, tuple(Cell(name, is_label=True) for name in names))
        heads += names
    label = rng.uniform(0.1, 0.2)
    widths = (label, 1 - label) if counting != "number" else (0.08, label, 0.92 - label)
    title = author.title()
    grid = Ruled(widths, tuple(rows), header_rows=int(has_header))
    if counting != "labels":
        heads += [column.header for column in columns]
    table = ShapedTable(title.text, None, tuple(columns), tuple(records), labels=tuple(heads))
    return [title, Text("", before=0.6), grid], table


def _under_header(author: Author) -> tuple[list[Block], ShapedTable]:
    """The header has two rows, and so has each record: the answer below the question."""
    rng = author.rng
    number = draw_column(rng, "number")
    beside = rng.random() < 0.5
    columns = [number, draw_column(rng, "comment"), draw_column(rng, "response")]
    if beside:
        columns.insert(2, draw_column(rng, "submitter"))
    records = _records(author, tuple(columns))

    def rows(texts: tuple[str, ...], is_label: bool) -> list[tuple[Cell, ...]]:
        first, *others, last = (Cell(text, is_label=is_label) for text in texts)
        return [
            (dataclasses.replace(first, rows=2), *others),
            (dataclasses.replace(last, columns=len(others)),),
        ]

    header = rows(tuple(column.header for column in columns), is_label=True)
    body = [row for record in records for row in rows(record, is_label=False)]
    widths = (0.1, 0.72, 0.18) if beside else (0.1, 0.9)
    title = author.title()
    grid = Ruled(widths, (*header, *body), header_rows=2)
    heads = [column.header for column in columns]
    table = ShapedTable(title.text, None, tuple(columns), tuple(records), labels=tuple(heads))
    return [title, Text("", before=0.6), grid], table


def _running(author: Author, framed: bool) -> tuple[list[Block], ShapedTable]:
    """Questions, in frames or not, and the answers as text below them."""
    rng = author.rng
    signs = rng.choice(_SIGNS)
    ask, answer = signs.headers
    columns = (Column("number", ask), Column("comment", ask), Column("response", answer))
    own_line = rng.random() < 0.5
    hanging = rng.choice((0.0, 1.0, 2.0))
    sections = Sections(author, author.section_forms())
    title = author.title()
    blocks: list[Block] = [title]
    records, paths, heads = [], [], []
    for number, (_, comment, response) in enumerate(_records(author, columns), 1):
        printed, path = sections.next()
        blocks += [Text(heading, before=1.0, keeps=True) for heading in printed]
        words = {"n": str(number), "w": author.texts.words.digits(number)}
        words["w"] = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        label, reply = signs.question.format(**words), signs.answer.format(**words)
        question = f"{label}{signs.behind}{comment}"
        blocks.append(Text(question, before=1.0, hanging=hanging, framed=framed, keeps=True))
        if own_line:
            blocks.append(Text(reply, before=0.3, keeps=True))
            blocks.append(Text(response, indent=rng.choice((0.0, 1.0))))
        else:
            blocks.append(Text(f"{reply}{signs.behind}{response}", before=0.3, hanging=hanging))
        records.append((label, comment, response))
        paths.append(path)
        heads += [reply, signs.behind, signs.behind]
    heads += [heading for path in paths for heading in path]
    table = ShapedTable(
        title.text, None, columns, tuple(records), tuple(paths), labels=tuple(dict.fromkeys(heads))
    )
    return blocks, table
