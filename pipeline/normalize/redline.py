"""What a revision changed: a diff on morpheme boundaries, and the kind of change."""

import re
from collections.abc import Sequence

from rapidfuzz.distance import Indel

from pipeline.model import RedlineOp, RedlineRun, remove_white_space
from pipeline.normalize.location import split_location
from pipeline.normalize.tokenizer import analyze

_EDIT = r"(?:修正|追記|追加|変更|訂正|加筆|記載|削除|反映|整理|更新|改訂|改め|見直|掲載|明記|作成)"
_NONE = re.compile(
    r"[-‐－–—―ー〜～・/／×✕]+|なし|無し?|修正(?:は)?(?:なし|無し?|しない|不要|せず)|変更(?:なし|無し?)"
    r"|(?:原案|原文|現行)(?:の)?(?:とおり|どおり|通り).*|該当なし|特になし"
)
_DELETED = re.compile(
    r"[（(]?(?:以下の|上記の|当該|次の)?(?:記載|文言|記述|項目|箇所|部分|全文|一文)?(?:を|の)?"
    r"(?:すべて|全て)?削(?:除|る)(?:しました|しています|した|します|する)?[。）)]*"
)
_NOTE_TAIL = 12  # characters between the edit and its verb; judgement: room for を行い and the like
_NOTE = re.compile(rf".*{_EDIT}[^。]{{0,{_NOTE_TAIL}}}(?:した|ました|ます|する|済み?)。?")
_PLACE = re.compile(
    r"[（(]?(?:別[添紙表]|資料|様式|第?[\d０-９ⅠⅡⅢⅣⅤ]+(?:ページ|頁|章|節|項)|[Pp]\.?\s*\d+|"
    r"該当(?:箇所|項目|ページ)).*"
)
_NEW = re.compile(r"[（(]?新設[）)]?")  # what a table of changes writes where nothing stood before
# Characters; judgement: a note says where something was changed, or that it was, but not what.
_NOTE_LENGTH = 80
# Share of the longer text that both have in common; judgement: two passages of one office on one
# subject share about a third of their morphemes by language alone.
_LITTLE = 0.3


def redline(original: str, revision: str) -> list[RedlineRun]:
    """Diff two texts on morpheme boundaries.

    Returns:
        Runs in order: `equal` and `delete` spell the original, `equal` and `insert` the revision.
    """
    before, after = ([m.surface for m in analyze(text)] for text in (original, revision))
    runs: list[RedlineRun] = []
    inserted: list[str] = []
    for op in Indel.opcodes(before, after):
        if op.tag == "insert":
            inserted += after[op.dest_start : op.dest_end]
        elif op.tag == "delete":
            _append(runs, RedlineOp.DELETE, before[op.src_start : op.src_end])
        else:
            # Inserted text stands behind deleted text, as in a proof.
            _append(runs, RedlineOp.INSERT, inserted)
            inserted = []
            _append(runs, RedlineOp.EQUAL, before[op.src_start : op.src_end])
    _append(runs, RedlineOp.INSERT, inserted)
    return runs


def _append(runs: list[RedlineRun], op: RedlineOp, surfaces: Sequence[str]) -> None:
    text = "".join(surfaces)
    if text and runs and runs[-1].op == op:
        runs[-1] = RedlineRun(op, runs[-1].text + text)
    elif text:
        runs.append(RedlineRun(op, text))


def classify_revision(original: str, revision: str) -> str:
    """Find the contract's `revision_kind` of a revision.

    Args:
        original: The passage with its headings.
        revision: What the revision column says.
    """
    written = remove_white_space(revision)
    if not written or _NONE.fullmatch(written):
        return "none"
    if written == remove_white_space(original):
        return "unchanged"
    headings, body = split_location(original)
    revised = _without_headings(revision, headings)
    if _is_deletion(revised, body):
        return "deleted"
    if _is_note(revised, original):
        return "note"
    return _compare_texts(body, revised)


def _without_headings(revision: str, headings: Sequence[str]) -> str:
    """A revision without the leading headings that it shares with its original."""
    lines = revision.split("\n")
    shared = {remove_white_space(heading) for heading in headings}
    while lines and remove_white_space(lines[0]) in shared:
        lines.pop(0)
    return "\n".join(lines)


def _is_deletion(revised: str, body: str) -> bool:
    """Whether a line says that the body is deleted, and the others only repeat it."""
    written = remove_white_space(body)
    lines = [remove_white_space(line) for line in revised.split("\n")]
    rest = [line for line in lines if not _DELETED.fullmatch(line)]
    return len(rest) < len(lines) and all(line in written for line in rest)


def _is_note(revised: str, original: str) -> bool:
    """Whether a revision only says where something was changed, or that it was."""
    written = remove_white_space(revised)
    if len(written) > _NOTE_LENGTH or written in remove_white_space(original):
        return False
    one_sentence = "。" not in written.rstrip("。")
    return one_sentence and bool(
        _NOTE.fullmatch(written) or ("。" not in written and _PLACE.fullmatch(written))
    )


def _compare_texts(body: str, revised: str) -> str:
    before, after = remove_white_space(body), remove_white_space(revised)
    if not before or _NEW.fullmatch(before):
        return "added"
    if before == after:
        return "unchanged"
    runs = redline(body, revised)
    kept = sum(len(remove_white_space(run.text)) for run in runs if run.op == "equal")
    removed = [run for run in runs if run.op == "delete" and run.text.strip()]
    if not removed:
        return "added"
    return "replaced" if kept < _LITTLE * max(len(before), len(after)) else "modified"
