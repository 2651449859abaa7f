"""What an office calls each role: the name of a column for those who read Japanese."""

from collections.abc import Mapping

from pipeline.model import Role

JAPANESE: Mapping[Role, str] = {
    Role.NUMBER: "番号",
    Role.CATEGORY: "区分",
    Role.ORIGINAL_TEXT: "該当箇所",
    Role.COMMENT: "意見",
    Role.SUBMITTER: "提出者",
    Role.REVISION: "修正後",
    Role.RESPONSE: "回答",
    Role.DISPOSITION: "反映状況",
}
"""Role → its name."""
