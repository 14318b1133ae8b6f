"""The words to the bot about itself, per language: data and nothing else.

Owns the synonyms that no reply in a thread has; `quota`, `help` and what is forgotten stand with the
directives. Whole phrases, compared without case, accents and punctuation at the end.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class ServiceWord(StrEnum):
    """What one word can ask of the bot itself."""

    USAGE = "usage"
    GALLERY = "history"
    SETTINGS = "settings"


SERVICE_SYNONYMS: Final[Mapping[str, Mapping[ServiceWord, tuple[str, ...]]]] = MappingProxyType(
    {
        "en": {
            ServiceWord.USAGE: ("usage", "spending", "costs", "who spent what"),
            ServiceWord.GALLERY: ("history", "gallery", "my pictures"),
            ServiceWord.SETTINGS: ("settings", "admins"),
        },
        "zh-Hans": {
            ServiceWord.USAGE: ("用量", "使用情况", "花费"),
            ServiceWord.GALLERY: ("历史", "图库", "我的图片"),
            ServiceWord.SETTINGS: ("设置", "管理员"),
        },
        "zh-Hant": {
            ServiceWord.USAGE: ("用量", "使用情況", "花費"),
            ServiceWord.GALLERY: ("歷史", "圖庫", "我的圖片"),
            ServiceWord.SETTINGS: ("設定", "管理員"),
        },
        "ja": {
            ServiceWord.USAGE: ("使用量", "利用状況", "費用"),
            ServiceWord.GALLERY: ("履歴", "ギャラリー", "自分の画像"),
            ServiceWord.SETTINGS: ("設定", "管理者"),
        },
        "ko": {
            ServiceWord.USAGE: ("사용량", "사용 내역", "비용"),
            ServiceWord.GALLERY: ("기록", "갤러리", "내 그림"),
            ServiceWord.SETTINGS: ("설정", "관리자"),
        },
        "es": {
            ServiceWord.USAGE: ("uso", "consumo", "gastos"),
            ServiceWord.GALLERY: ("historial", "galería", "mis imágenes"),
            ServiceWord.SETTINGS: ("ajustes", "configuración", "administradores"),
        },
        "de": {
            ServiceWord.USAGE: ("verbrauch", "nutzung", "kosten"),
            ServiceWord.GALLERY: ("verlauf", "galerie", "meine bilder"),
            ServiceWord.SETTINGS: ("einstellungen", "admins"),
        },
        "fr": {
            ServiceWord.USAGE: ("utilisation", "consommation", "dépenses"),
            ServiceWord.GALLERY: ("historique", "galerie", "mes images"),
            ServiceWord.SETTINGS: ("réglages", "paramètres", "administrateurs"),
        },
        "pt": {
            ServiceWord.USAGE: ("uso", "consumo", "gastos"),
            ServiceWord.GALLERY: ("histórico", "galeria", "minhas imagens"),
            ServiceWord.SETTINGS: ("configurações", "definições", "administradores"),
        },
        "ar": {
            ServiceWord.USAGE: ("الاستخدام", "الاستهلاك", "التكاليف"),
            ServiceWord.GALLERY: ("السجل", "المعرض", "صوري"),
            ServiceWord.SETTINGS: ("الإعدادات", "المشرفون"),
        },
    }
)
"""Whole phrases, per language."""

DAY_WORDS: Final = (
    "d", "day", "days", "天", "日", "日間", "일", "día", "días", "tag", "tage", "tagen", "jour", "jours",
    "dia", "dias", "يوم", "يوما", "أيام",
)  # fmt: skip
"""What can stand after the number of days in `usage 7 days`."""
