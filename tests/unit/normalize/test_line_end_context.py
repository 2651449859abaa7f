"""What the two texts around a line end are."""

import pytest

from pipeline.normalize.habit_groups import LINE_ENDS, OPPORTUNITIES, find_habit_group
from pipeline.normalize.line_end_context import classify_line_end


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("個人情", "報の管理", "inside word"),
        ("実施する", "。", "kinsoku"),
        ("＜道路の占用", "＞", "kinsoku"),
        ("public-comment?", "id=24&page=3で公表", "inside word"),
        ("（", "町の意見）", "kinsoku"),
        ("令和２", "０年度に", "kinsoku"),
        ("第３", "２条の規定", "kinsoku"),
        ("１，２", "３４円", "kinsoku"),
        ("資料３", "２条の規定", "inside word"),
        ("２", "３", "number"),
        ("No.9", "No.12", "number"),
        ("1-9", "1-10", "number"),
        ("202", "4", "inside word"),
        ("12", "12", "inside word"),
        ("９", "10名の職員", "nominal, plain"),
        ("＜農地の宅地化への対応＞", "＜具体的な取組内容＞", "heading, heading"),
        ("【農地】", "【取組】", "heading, heading"),
        ("システ", "ム（IT）", "inside word"),
        ("フォロ", "ーアップ", "kinsoku"),
        ("実施する", "ー　対象", "predicate, plain"),
        ("For the purposes of this Law:", "“Electronic record” means", "sentence, plain"),
        ("as provided in article 10;", "Transferable document", "sentence, plain"),
        ("担当課（E-mail:", "Joho@city.example.jp）", "inside word"),
        ("Interpretation", "第3条　解釈", "sentence, numbered"),
        ("PDCA", "第３章　計画", "nominal, numbered"),
        ("個人情報", "の管理", "before particle"),
        ("職員", "及び委託先", "before particle"),
        ("提示された", "ため、修正した", "before particle"),
        ("実施する。", "また、区は", "sentence, plain"),
        ("実施する。", "①区は", "sentence, enclosed"),
        ("自己点検に基づく改善", "今年度は実施した", "phrase, opening"),
        ("するリスク", "リスクを軽減する", "phrase, opening"),
        ("【システム】", "記録を取得", "heading, plain"),
        ("管理は、", "職員が", "comma, plain"),
        ("管理を行い", "職員が", "running, plain"),
        ("記載している", "ただし、他者へ", "predicate, opening"),
        ("周知した", "委託事業者対象：", "predicate, heading"),
        ("ほか８か所", "担当：総務課", "phrase, heading"),
        ("都市", "農地まで担当課（E-mail:", "phrase, plain"),
        ("11月", "23日までに", "kinsoku"),
        ("令和６年", "４月　説明会", "phrase, plain"),
        ("よいと考えます。６", "（６）の記載は", "kinsoku"),
        ("都市計画法第50", "条の規定", "inside word"),
        ("資料１", "人材育成", "phrase, plain"),
        ("情報が消去されないリスク", "消去手順", "phrase, plain"),
        ("広場を利用する住民", "計画の推進", "nominal, plain"),
        ("ファミリー・サポート・センター事業", "（Evidence-Based", "nominal, plain"),
        ("広場は、住民", "計画の推進", "nominal, plain"),
        ("Article 17.", "Replacement of", "nominal, plain"),
        ("あるのではないか", "記載内容から", "final, plain"),
        ("理解できませんでした", "データ消去の証明", "final, plain"),
        ("いただきました", "ご意見は", "predicate, plain"),
        ("整合は取れているか", "少子化の進行", "predicate, plain"),
        ("計画の推進体制", "１８ページ", "phrase, page"),
        ("読みました。", "p.88", "sentence, page"),
        ("計画の推進体制", "　p.88", "phrase, plain"),
        ("養成しています", "切れ目のない支援", "final, plain"),
        ("拡充してください", "町の広場", "final, plain"),
        ("散策路", "（緑地を含む。以下同じ。）を設ける", "nominal, plain"),
        ("散策路", "（町の意見。）", "nominal, heading"),
        ("Interpretation", "第３条　解釈", "sentence, numbered"),
        ("report_07.html?lang=ja&page=3", "このように公開する", "final, opening"),
    ],
)
def test_contexts(before: str, after: str, found: str) -> None:
    context = classify_line_end(before, after, following=after)
    assert str(context) == found
    assert find_habit_group(context) in {*LINE_ENDS, *OPPORTUNITIES}
