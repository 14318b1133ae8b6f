"""The words of hints, per language: data and nothing else.

Owns the phrases by which plain words set an option, and those that show that something else was meant.
All in lower case. The languages are English, Chinese (simplified, traditional), Japanese, Korean, Spanish,
German, French, Portuguese and Arabic.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

TRANSPARENT_BACKGROUND: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "en": ("transparent background", "transparent backdrop", "transparent bg"),
        "zh-Hans": ("透明背景", "透明的背景", "背景透明", "透明底"),
        "zh-Hant": ("透明背景", "透明的背景", "背景透明", "去背背景"),
        "ja": ("背景透過", "透過背景", "透明な背景", "透明の背景", "背景を透明", "背景は透明", "背景を透過"),
        "ko": ("투명 배경", "투명한 배경", "투명배경", "배경을 투명하게", "배경은 투명하게", "배경 투명"),
        "es": ("fondo transparente",),
        "de": (
            "transparenter hintergrund",
            "transparenten hintergrund",
            "transparentem hintergrund",
            "durchsichtiger hintergrund",
            "durchsichtigen hintergrund",
            "durchsichtigem hintergrund",
        ),
        "fr": ("fond transparent", "arrière-plan transparent", "arrière plan transparent"),
        "pt": ("fundo transparente",),
        "ar": ("خلفية شفافة", "خلفيه شفافه", "الخلفية شفافة", "بخلفية شفافة"),
    }
)
"""What asks for a real alpha channel wherever it stands."""

TRANSPARENT_AT_THE_END: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "en": ("background transparent",),
        "es": ("fondo sea transparente",),
        "de": ("hintergrund transparent", "hintergrund durchsichtig"),
        "fr": ("arrière-plan soit transparent",),
        "pt": ("fundo fique transparente",),
    }
)
"""What asks for it only where the clause ends: "background transparent glass" is about glass."""

NEGATIONS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "en": (
            "no",
            "not",
            "non",
            "without",
            "never",
            "isn't",
            "avoid",
            "remove",
            "replace",
            "semi",
            "instead of",
        ),
        "es": ("no", "sin", "nunca", "ni"),
        "de": ("kein", "keine", "keinen", "keinem", "keiner", "nicht", "ohne", "nie"),
        "fr": ("pas", "sans", "aucun", "jamais", "ni"),
        "pt": ("não", "sem", "nunca", "nem"),
        "ar": ("بدون", "لا", "ليس", "ليست", "غير", "بلا", "دون"),
    }
)
"""Words before a phrase that turn it round, for languages with spaces between words."""

ARTICLES: Final = (
    "a",
    "an",
    "the",
    "any",
    "un",
    "una",
    "einen",
    "einem",
    "ein",
    "de",
    "d'un",
    "um",
    "uma",
    "to",
    "use",
)
"""Small words that may stand between a negation and its phrase."""

NEGATIONS_BEFORE: Final = (
    "不",
    "非",
    "半",
    "没有",
    "没",
    "沒有",
    "無",
    "无",
    "不要",
    "别用",
    "別用",
    "避免",
    "불",
    "반",
)
"""Turn round the phrase that follows them directly, for languages written without spaces."""

NEGATIONS_AFTER: Final = (
    "ではな", "じゃな", "にしない", "は不要", "なし", "以外", "はいらない", "않", "아닌", "아니",
    "없", "말고", "하지 마", "하지마",
)  # fmt: skip
"""Turn round the phrase before them, in languages that say no at the end."""

ASPECT_WORDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "en": (
            "aspect", "ratio", "format", "landscape", "portrait", "square", "vertical",
            "horizontal", "widescreen",
            "wide", "tall",
        ),
        "es": ("proporción", "relación", "formato", "aspecto", "cuadrado", "apaisado"),
        "de": (
            "seitenverhältnis", "verhältnis", "format", "hochformat", "querformat", "quadratisch",
            "bildformat",
        ),
        "fr": ("ratio", "format", "proportion", "proportions", "rapport", "carré"),
        "pt": ("proporção", "formato", "quadrado"),
        "ar": ("نسبة", "بنسبة", "أبعاد", "الأبعاد", "مقاس"),
    }
)  # fmt: skip
"""Words near a ratio that say it is one, for languages with spaces between words."""

ASPECT_PIECES: Final = (
    "比例", "宽高比", "寬高比", "长宽比", "長寬比", "画幅", "畫幅", "横版", "橫版", "竖版", "豎版",
    "横屏", "竖屏", "方图", "尺寸",
    "アスペクト", "比率", "縦横比", "横長", "縦長", "正方形", "비율", "가로", "세로", "정사각",
)  # fmt: skip
"""The same for languages written without spaces, or with endings glued to the word."""

CLOCK_WORDS: Final = (
    "at", "by", "around", "until", "till", "since", "clock", "time", "o'clock", "am", "pm", "a.m", "p.m",
    "um", "gegen", "bis", "ab", "uhr", "à", "vers", "h", "heures", "las", "hora", "horas", "às",
    "الساعة", "صباحا", "مساء",
)  # fmt: skip
"""Words beside a time of day."""

CLOCK_PIECES: Final = (
    "上午", "下午", "早上", "晚上", "凌晨", "中午", "时间", "時間", "点钟", "點鐘", "午前", "午後",
    "時刻", "오전", "오후", "시간", "시각",
)  # fmt: skip

SCORE_WORDS: Final = (
    "score", "scored", "scores", "scoreboard", "scale", "scaled", "won", "win", "wins", "beat",
    "beats", "lost", "verse", "genesis",
    "odds", "spielstand", "maßstab", "gewinnt", "marcador", "escala", "échelle", "placar", "نتيجة", "مقياس",
)  # fmt: skip
"""Words before two numbers that are a score, a scale or a verse."""

SCORE_PIECES: Final = ("比分", "比例尺", "得分", "スコア", "縮尺", "점수", "스코어", "축척")

NOT_A_RESOLUTION: Final = (
    "tv", "tvs", "television", "monitor", "monitors", "screen", "screens", "display", "camera",
    "projector", "webcam",
    "followers", "likes", "views", "subscribers", "subs", "users", "fans", "people", "members",
    "dollars", "euros", "usd",
    "run", "race", "steps", "words", "characters", "fernseher", "bildschirm", "monitore",
    "televisor", "televisión", "pantalla",
    "télé", "écran", "televisão", "tela", "شاشة", "تلفاز",
)  # fmt: skip
"""What follows 4K or 2K where a thing or a number is meant, not the picture."""

NOT_A_RESOLUTION_PIECES: Final = (
    "电视", "電視", "显示器", "顯示器", "屏幕", "螢幕", "投影", "粉丝", "粉絲", "摄像", "相机", "相機",
    "テレビ", "モニター", "ディスプレイ", "カメラ", "티비", "모니터", "카메라", "텔레비전",
)  # fmt: skip
