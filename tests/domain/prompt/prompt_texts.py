"""Texts that people could send, built from the things the grammar knows: options, quotes, dashes, mentions.

Random characters hardly ever form an option; these do, in all the wrong places too.
"""

from __future__ import annotations

from hypothesis import strategies as st

from core.domain.prompt.options import OPTIONS, Ability, Takes

DASHES = ("--", "—", "–", "－－", "——", "-–", "–-", "---", "-", "－", "―", "−−", "- -")
QUOTES = (
    ("“", "”"),
    ('"', '"'),
    ("「", "」"),
    ("『", "』"),
    ("«", "»"),
    ("„", "“"),
    ("„", "”"),
    ("＂", "＂"),
)
MENTIONS = ("@maria", "<@U123>", "<@!42>", "@", "<#C1>", "@everyone")
WORDS = (
    "a fox", "snow", "well--known", "it's", "l'été", "Füchse", "一只猫", "写着", "猫の絵", "고양이",
    "قطة", '5"', "5'", "👩‍👩‍👧‍👦", "❤️",
    "🏳️‍🌈", "क्षि", "e\u0301", "v2:", "16:9", "9:16", "3:2 ratio", "比例3:2", "4K", "2k", "4K TV",
    "transparent background",
    "no transparent background", "透明背景", "undo", "use b", "//", "=", ":", "|", "\\", "/", "a/b",
    "1", "١٦", "ｎ", "ⓝ", "ß", "İ", "",
)  # fmt: skip
BREAKS = (
    "",
    " ",
    "  ",
    "\n",
    "\t",
    "\r\n",
    "\u3000",
    "\u00a0",
    ",",
    ", ",
    "，",
    ";",
    ".",
    "。",
    "=",
    "\0",
    "\u200f",
    "\x85",
    "(",
    ")",
)
VALUES = (
    "16:9", "1:1", "１６：９", "16×9", "2.39:1", "5:1", "0:1", "wide", "Portrait", "1k", "2K", "4k",
    "8k", "1024x1024", "1920x1080", "2048×1152",
    "0x0", "99999x99999", "low", "medium", "HIGH", "max", "png", "webp", "jpeg", "jpg", "gif", "1", "4",
    "8", "9", "-1", "999999999999", "一",
    "text, people", '"a, --b"', "“x”", "", "=", "--", "—", ".", "…",
)  # fmt: skip

NAMES = (*OPTIONS, "AR", "Draft", "qualty", "foo", "n4", "ar16", "a", "seeds", "ｎｏ", "ar宽", "é")

plain_words = st.sampled_from(WORDS)
breaks = st.sampled_from(BREAKS)


def _glued(parts: tuple[str, ...]) -> str:
    return "".join(parts)


options = st.tuples(
    st.sampled_from(DASHES),
    st.sampled_from(NAMES),
    st.sampled_from(("", " ", "=", " = ", "  ")),
    st.sampled_from(VALUES),
).map(_glued)

working_options = st.sampled_from(
    [
        f"{dashes}{name} {kind.example}".strip()
        for name, kind in OPTIONS.items()
        for dashes in ("--", "—", "–", "－－", "——", "-–")
        if kind.ability is Ability.WORKS and kind.takes is not Takes.WORDS
    ]
)
"""Options that are right on their own, in every spelling of the dashes."""

fragments = st.one_of(
    plain_words,
    options,
    working_options,
    st.sampled_from(MENTIONS),
    st.sampled_from(DASHES),
    st.sampled_from([mark for pair in QUOTES for mark in pair]),
    st.text(max_size=3),
)

quoted = st.tuples(st.sampled_from(QUOTES), st.lists(fragments, max_size=3).map(" ".join)).map(
    lambda given: f"{given[0][0]}{given[1]}{given[0][1]}"
)

messages = st.lists(st.tuples(st.one_of(fragments, quoted), breaks).map(_glued), max_size=14).map("".join)
"""Anything between nonsense and a well-made prompt."""
