"""How the lines above a table read: labels, notes, dates, and titles that go on below."""

import re

from pipeline.vocabulary.eras import ERA
from pipeline.vocabulary.folding import fold

_OPEN, _CLOSE = r"[(\[【〔<《]", r"[)\]】〕>》]"
_PAPER = (
    r"(?:別紙|別添|別表|別記|別図|様式|資料|参考資料|追加資料|当日資料|配[布付]資料|参考|添付)"
    r"(?:no\.?|第)?[\d一二三四五六七八九十a-z.\-の]*号?(?:参考)?"
)
# What may be done with a paper, or how far it has come: no title says only that.
_STATE = (
    r"号外|素?案|原案|未定稿|抜粋|抄|写し?|取扱(?:厳重)?注意|委員限り|関係者限り|部外秘|対外秘|"
    r"会議後回収|非?公開|公表版|速報版?|暫定版|改[訂定]版|確定版|最終版|差し?替え?版?|"
    r"(?:机上|当日|席上)配[布付]|見え消し版|報道発表|記者発表"
)
_NAMED_PAPER = re.compile(rf"{_OPEN}?(?:{_PAPER}){_CLOSE}?", re.IGNORECASE)
_LABEL = re.compile(
    rf"{_OPEN}?(?:{_STATE}){_CLOSE}?"
    rf"|[(\[【〔](?:別紙|別添|別表|資料|参考|添付)[^()\[\]【】〔〕]*[)\]】〕]"
)
_NOTE = re.compile(
    r"[(※注*].*(?:傍線|下線|単位|太字|朱書|凡例|網掛|敬称|順不同|五十音|[のた]部分|部分[はが]).*"
    r"|(?:傍線|下線|太字|朱書き?|[赤朱]字|網掛け?)(?:の?部分?|箇所)?[:は].*"
    r"|※.*|注[\d:.].*|単位[:は].*|以上"
    r"|[^。、:]{1,12}(?:課|室|係|部|局|担当)(?:作成|取り?まとめ|調べ|集計)"
    r"|[^。:]{0,6}(?:意見|提出|応募)[^。:]{0,6}[:】]\d[\d,]*(?:人|名|件|通|団体).*"
    rf"|{_OPEN}?凡例.*|{_OPEN}?(?:対応|反映|回答|意見)の?区分{_CLOSE}?"
)
# A particular of a meeting, a contract or the paper: where it was, who was there, which office. Or
# an item of a list of them: ・募集期間：令和７年10月.
_PARTICULAR = re.compile(
    r"\s*・[^：:]{1,12}[：:]\s*\S|\s*(?:(?:開催|工事|履行|納入)?場所|会場|(?:開催)?日時|出席者?|(?:提出|受付|回答)(?:期限|先)"
    r"|(?:担当|所管|主管|作成)(?:部?課|部署?|部局|係|室|局|者)?"
    r"|所属(?:部?課|部署|機関)?|照会[元先日]|記入[者日])(?:名)?[:：\s]\s*\S"
)
_SPREAD = re.compile(r"^(\s*\S)\s+(?=\S\s*[：:])")
"""The space that spreads a word of two characters over the width of a longer one: 場　所：."""
_MARKS = "◎○〇●△▲×□■☆★"
_MEANS = r"(?:[:=]|\.{2,})"
# What several classes of answers mean: 【区分】 A:反映したもの B:盛り込み済みのもの.
# What one does: ○…反映済み. Without colons, two marks at least: ◎反映する　○反映済み.
_LEGEND = re.compile(
    rf"(?:{_OPEN}[^:]*{_CLOSE}|[^:]*区分:?)?(?:[A-Zア-オ{_MARKS}]{_MEANS}.+){{2,}}"
    rf"|[{_MARKS}]{_MEANS}.+|([{_MARKS}])[^{_MARKS}]+(?:(?!\1)[{_MARKS}][^{_MARKS}]+)+"
)
# To whom a letter is, and the number of it: 各市町村税務主管課　御中, ７総税第123号, 事務連絡.
_LETTER = re.compile(r".*(?:御中|各位|殿)|.*[長者氏員]様|\d{1,2}[^第。\d]{1,8}第\d+号|事務連絡")
_CONTACT = re.compile(
    rf"{_OPEN}?(?:お?問い?合わ?せ先?|連絡先){_CLOSE}?:?.*(?:電話|tel|メール)", re.IGNORECASE
)
_FILE = re.compile(r"\S.*\.(?:xls[xm]?|csv|ods|docx?|odt|pptx?|pdf|jtd)|sheet\d+", re.IGNORECASE)
_PARENTHESIS = re.compile(r"\((?:[^()]|\([^()]*\))*\)")
_DATE = re.compile(
    rf"(?:{ERA}|[mtshr])?"
    r"(?:\d{1,4}|元)年度?(?:\d{1,2}月)?(?:\d{1,2}日)?"
    r"(?:\([日月火水木金土]\))?(?:現在|時点|付け?|公表|作成|版)?"
    r"|(?:[mtshr]\d{1,2}|\d{4})[/.]\d{1,2}[/.]\d{1,2}(?:現在|時点|版)?",
    re.IGNORECASE,
)
# What follows the date of a paper: how it stood then, or which office made it.
_STOOD = re.compile(r"現在|時点|作成|更新|[課係室局][)\]]?$")
# The head of an office signs a letter as its office does: ○○市長.
_OFFICE = re.compile(
    r"[(\[]?[^。、]{1,24}(?:[課係室局]|[市区町村局部課校園]長|知事|(?<=[都道府県市区町村])議会)[)\]]?"
)
_GROUP = re.compile(r"(?<!部)分[)\]】]?$|期間[:(]")
# A title that ends in kana goes on, but for these: について ends most titles of notices.
_OPEN_END = re.compile(
    r"(?<!につい)(?<!に関し)[ぁ-ん](?<!ました)(?<!した)(?<!ます)(?<!です)(?<!まとめ)(?<!知らせ)"
    r"(?<!あらまし)(?<!まで)(?<!より)(?<!から)(?<!ほか)$|[、，・]$|(?:及び|並びに|又は|若しくは)$"
)
_JOINS_ON = re.compile(
    r"(?:に(?:対|関|係|つい|おけ|よる|伴)|の|を|及び|並びに|又は|への|[)）」』、])"
)


def names_paper(text: str) -> bool:
    """Whether a line only names one of several papers: 別紙１, （資料８）."""
    return bool(_NAMED_PAPER.fullmatch(fold(text)))


def is_label(text: str) -> bool:
    """Whether a line only names a paper (（参考：新旧対照表）) or its state (【号外】)."""
    return names_paper(text) or bool(_LABEL.fullmatch(fold(text)))


def is_note(text: str) -> bool:
    """Whether a line explains the table or heads what does: units, a place, 対応区分."""
    folded = fold(text)
    particular = _PARTICULAR.match(_SPREAD.sub(r"\1", text))
    return bool(_NOTE.fullmatch(folded) or _LEGEND.fullmatch(folded) or particular)


def is_letter_head(text: str) -> bool:
    """Whether a line says to whom a letter is, which number it has, or that it is one."""
    return bool(_LETTER.fullmatch(fold(text)))


def is_contact(text: str) -> bool:
    """Whether a line says whom to ask: （問合せ先）企画課　電話 …"""
    return bool(_CONTACT.match(fold(text)))


def is_file_name(text: str) -> bool:
    """Whether a line is the name of a file or a sheet, which programs print at a page's head."""
    return bool(_FILE.fullmatch(fold(text)))


def is_parenthesis(text: str) -> bool:
    """Whether a line is all in round brackets: it adds to what another line says."""
    return bool(_PARENTHESIS.fullmatch(fold(text)))


def is_group(text: str) -> bool:
    """Whether a line names a group, a round or a period (第１回意見照会分, 意見募集期間：…)."""
    return bool(_GROUP.search(fold(text)))


def is_date(text: str) -> bool:
    """Whether a line is a date and nothing else."""
    return bool(_DATE.fullmatch(fold(text)))


def begins_with_date(text: str) -> bool:
    """Whether a line begins with a date, as that of an office does: 令和７年12月　企画課.

    In brackets it is no caption only where it says how things stood then, or names an office:
    （令和７年12月１日現在）.
    """
    folded = fold(text)
    return bool(_DATE.match(folded.lstrip("([") if _STOOD.search(folded) else folded))


def names_office(text: str) -> bool:
    """Whether a line names an office and nothing else: 環境部　環境政策課, 回答課：福祉課."""
    return bool(_OFFICE.fullmatch(fold(text)))


def is_open(text: str) -> bool:
    """Whether a line of a title is not the last one: a bracket is open, or a word must follow."""
    folded = fold(text)
    brackets = any(folded.count(a) > folded.count(b) for a, b in ("「」", "()", "『』"))
    return brackets or bool(_OPEN_END.search(folded))


def joins_on(text: str) -> bool:
    """Whether a line begins with what must stand behind a word: に対する, の, 」."""
    return bool(_JOINS_ON.match(text))
