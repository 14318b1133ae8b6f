"""Words that ask for lettering in the picture, per language: data and nothing else."""

from __future__ import annotations

from typing import Final

LETTERING_WORDS: Final = (
    r"\b(?:text|lettering|caption|headline|slogan|sign) (?:says|saying|reads|reading|that says|that reads)\b",
    r"\b(?:the words?|the text|titled|labell?ed)\b",
    "写着", "写有", "寫著", "寫有", "文字", "字样", "字樣", "标题", "標題", "标语", "標語",
    "と書", "見出し", "タイトル", "글자", "문구", "제목", "라고 적",
    r"\b(?:el texto|la palabra|que dice|titulado)\b",
    r"\b(?:der text|das wort|schriftzug|aufschrift|überschrift)\b",
    r"\b(?:le texte|le mot|intitulé|inscription)\b",
    r"\b(?:o texto|a palavra|que diz|intitulado)\b",
    "مكتوب", "عبارة", "عنوان",
)  # fmt: skip
"""Patterns; a match anywhere in the words means that text is to be drawn."""
