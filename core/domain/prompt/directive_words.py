"""The words of a reply that are directives, per language: data and nothing else.

Owns synonyms and frames. They are written as people write them; `directives.py` compares them without case,
accents and punctuation at the end. A word means the same in all languages that share it. Where a language has
one word for two directives, the free one wins.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class Word(StrEnum):
    """A directive that one word can say."""

    UNDO = "undo"
    REDO = "redo"
    AGAIN = "again"
    FINAL = "final"
    SHOW = "show"
    WHY = "why"
    COMPARE = "compare"
    HISTORY = "history"
    CANCEL = "cancel"
    CLOSE = "close"
    HELP = "help"
    QUOTA = "quota"
    FORGET_THIS = "forget_this"
    FORGET_THREAD = "forget_thread"
    FORGET_ME = "forget_me"


SYNONYMS: Final[Mapping[str, Mapping[Word, tuple[str, ...]]]] = MappingProxyType(
    {
        "en": {
            Word.UNDO: ("undo", "undo that", "undo it"),
            Word.REDO: ("redo",),
            Word.AGAIN: ("again", "once more", "one more time", "try again"),
            Word.FINAL: ("final", "finalize", "finalise", "final version"),
            Word.SHOW: ("show", "show it", "show me", "show again"),
            Word.WHY: ("why",),
            Word.COMPARE: ("compare",),
            Word.HISTORY: ("history", "versions"),
            Word.CANCEL: ("cancel", "stop"),
            Word.CLOSE: ("close",),
            Word.HELP: ("help",),
            Word.QUOTA: ("quota", "my quota", "limits", "what is left"),
            Word.FORGET_THIS: (
                "delete",
                "delete this",
                "delete it",
                "forget this",
                "forget it",
                "forget this version",
            ),
            Word.FORGET_THREAD: (
                "forget thread",
                "forget the thread",
                "forget this thread",
                "delete thread",
                "delete the thread",
                "delete this thread",
            ),
            Word.FORGET_ME: ("forget me", "delete my data"),
        },
        "zh-Hans": {
            Word.UNDO: ("撤销", "撤回", "上一步"),
            Word.REDO: ("重做", "恢复", "下一步"),
            Word.AGAIN: ("再来一次", "再来一张", "再试一次", "重新生成"),
            Word.FINAL: ("最终", "最终版", "定稿"),
            Word.SHOW: ("显示", "显示图片", "给我看"),
            Word.WHY: ("为什么", "为何"),
            Word.COMPARE: ("比较", "对比"),
            Word.HISTORY: ("历史", "历史记录", "所有版本"),
            Word.CANCEL: ("取消", "停止", "停"),
            Word.CLOSE: ("关闭", "结束"),
            Word.HELP: ("帮助", "求助"),
            Word.QUOTA: ("额度", "我的额度", "配额", "还剩多少"),
            Word.FORGET_THIS: ("删除", "删掉", "删除这个", "删除这张", "忘记这个", "忘记这张"),
            Word.FORGET_THREAD: ("删除对话", "删除这个对话", "忘记对话", "忘记这个对话"),
            Word.FORGET_ME: ("忘记我", "忘了我", "删除我的数据"),
        },
        "zh-Hant": {
            Word.UNDO: ("撤銷", "復原", "還原", "上一步"),
            Word.REDO: ("重做", "取消復原", "下一步"),
            Word.AGAIN: ("再來一次", "再來一張", "再試一次", "重新產生", "重新生成"),
            Word.FINAL: ("最終", "最終版", "定稿"),
            Word.SHOW: ("顯示", "顯示圖片", "給我看"),
            Word.WHY: ("為什麼", "為甚麼", "為何"),
            Word.COMPARE: ("比較", "對比"),
            Word.HISTORY: ("歷史", "歷史記錄", "歷史紀錄", "所有版本"),
            Word.CANCEL: ("取消", "停止", "停"),
            Word.CLOSE: ("關閉", "結束"),
            Word.HELP: ("說明", "幫助", "求助"),
            Word.QUOTA: ("額度", "我的額度", "配額", "還剩多少"),
            Word.FORGET_THIS: ("刪除", "刪掉", "刪除這個", "刪除這張", "忘記這個", "忘記這張"),
            Word.FORGET_THREAD: ("刪除對話", "刪除這個對話", "忘記對話", "忘記這個對話"),
            Word.FORGET_ME: ("忘記我", "忘了我", "刪除我的資料"),
        },
        "ja": {
            Word.UNDO: ("元に戻す", "元に戻して", "取り消し", "取り消す", "取り消して", "アンドゥ"),
            Word.REDO: ("やり直し", "やり直す", "リドゥ"),
            Word.AGAIN: ("もう一度", "もう一回", "もういちど", "再生成"),
            Word.FINAL: ("最終", "最終版", "仕上げ", "仕上げて", "ファイナル"),
            Word.SHOW: ("表示", "表示して", "見せて"),
            Word.WHY: ("なぜ", "どうして", "なんで", "何で"),
            Word.COMPARE: ("比較", "比較して", "比べて", "を比較", "を比較して", "を比べて"),
            Word.HISTORY: ("履歴", "履歴を見せて"),
            Word.CANCEL: ("キャンセル", "中止", "停止", "ストップ", "やめて"),
            Word.CLOSE: ("閉じる", "閉じて", "終了"),
            Word.HELP: ("ヘルプ", "使い方", "助けて"),
            Word.QUOTA: ("残り", "利用枠", "残り枚数", "クォータ"),
            Word.FORGET_THIS: ("削除", "削除して", "これを削除", "これを忘れて"),
            Word.FORGET_THREAD: ("スレッドを削除", "スレッドを削除して", "スレッドを忘れて"),
            Word.FORGET_ME: ("私を忘れて", "私のデータを削除"),
        },
        "ko": {
            Word.UNDO: ("실행 취소", "실행취소", "되돌리기", "되돌려", "되돌려줘"),
            Word.REDO: ("다시 실행", "다시실행"),
            Word.AGAIN: ("다시", "한 번 더", "한번 더", "한번더", "다시 생성"),
            Word.FINAL: ("최종", "최종본", "최종 버전", "파이널"),
            Word.SHOW: ("보기", "보여줘", "표시"),
            Word.WHY: ("왜", "왜 그래"),
            Word.COMPARE: ("비교", "비교해", "비교해줘"),
            Word.HISTORY: ("기록", "내역", "히스토리"),
            Word.CANCEL: ("취소", "중지", "중단", "멈춰"),
            Word.CLOSE: ("닫기", "닫아", "종료"),
            Word.HELP: ("도움말", "도움", "도와줘"),
            Word.QUOTA: ("한도", "내 한도", "할당량", "남은 한도"),
            Word.FORGET_THIS: ("삭제", "삭제해줘", "이거 삭제", "이거 잊어줘", "이것을 잊어줘"),
            Word.FORGET_THREAD: ("스레드 삭제", "스레드를 삭제해줘", "스레드를 잊어줘"),
            Word.FORGET_ME: ("나를 잊어줘", "내 데이터 삭제"),
        },
        "es": {
            Word.UNDO: ("deshacer", "deshaz"),
            Word.REDO: ("rehacer",),
            Word.AGAIN: ("otra vez", "de nuevo", "una vez más"),
            Word.FINAL: ("final", "versión final"),
            Word.SHOW: ("mostrar", "muestra", "muéstrame", "muéstralo"),
            Word.WHY: ("por qué",),
            Word.COMPARE: ("comparar", "compara"),
            Word.HISTORY: ("historial", "versiones"),
            Word.CANCEL: ("cancelar", "cancela", "detener", "parar"),
            Word.CLOSE: ("cerrar", "cierra"),
            Word.HELP: ("ayuda",),
            Word.QUOTA: ("cuota", "mi cuota", "cupo"),
            Word.FORGET_THIS: ("eliminar", "borrar", "bórralo", "elimina esto", "borra esto", "olvida esto"),
            Word.FORGET_THREAD: ("eliminar el hilo", "borra el hilo", "borrar el hilo", "olvida el hilo"),
            Word.FORGET_ME: ("olvídame", "borra mis datos"),
        },
        "de": {
            Word.UNDO: (
                "rückgängig",
                "rückgängig machen",
                "mach das rückgängig",
                "rueckgaengig",
                "zurücknehmen",
            ),
            Word.REDO: ("wiederherstellen", "wiederholen"),
            Word.AGAIN: ("nochmal", "noch mal", "noch einmal", "nochmals", "erneut"),
            Word.FINAL: ("final", "finale version", "endfassung", "endversion"),
            Word.SHOW: ("zeigen", "zeig", "zeig her", "zeig mal", "anzeigen"),
            Word.WHY: ("warum", "wieso", "weshalb"),
            Word.COMPARE: ("vergleichen", "vergleiche", "vergleich"),
            Word.HISTORY: ("verlauf", "historie", "versionen"),
            Word.CANCEL: ("abbrechen", "abbruch", "stopp", "stop", "anhalten"),
            Word.CLOSE: ("schließen", "beenden"),
            Word.HELP: ("hilfe",),
            Word.QUOTA: ("kontingent", "mein kontingent", "guthaben", "was bleibt"),
            Word.FORGET_THIS: ("löschen", "lösche das", "loeschen", "vergiss das", "vergiss dies"),
            Word.FORGET_THREAD: ("thread löschen", "lösche den thread", "vergiss den thread"),
            Word.FORGET_ME: ("vergiss mich", "lösche meine daten"),
        },
        "fr": {
            Word.UNDO: ("défaire", "revenir en arrière", "annuler la dernière modification"),
            Word.REDO: ("rétablir", "refaire"),
            Word.AGAIN: ("encore", "encore une fois", "à nouveau", "de nouveau"),
            Word.FINAL: ("final", "finale", "version finale"),
            Word.SHOW: ("montrer", "montre", "montre-moi", "afficher"),
            Word.WHY: ("pourquoi",),
            Word.COMPARE: ("comparer", "compare"),
            Word.HISTORY: ("historique", "versions"),
            Word.CANCEL: ("annuler", "annule", "arrêter", "arrête", "stop"),
            Word.CLOSE: ("fermer", "terminer"),
            Word.HELP: ("aide",),
            Word.QUOTA: ("quota", "mon quota", "quotas"),
            Word.FORGET_THIS: ("supprimer", "supprime", "effacer", "supprime ça", "oublie ça", "oublie ceci"),
            Word.FORGET_THREAD: ("supprime le fil", "supprimer le fil", "oublie le fil"),
            Word.FORGET_ME: ("oublie-moi", "supprime mes données"),
        },
        "pt": {
            Word.UNDO: ("desfazer", "desfaz", "desfaça"),
            Word.REDO: ("refazer",),
            Word.AGAIN: ("de novo", "outra vez", "mais uma vez", "novamente"),
            Word.FINAL: ("final", "versão final"),
            Word.SHOW: ("mostrar", "mostra", "mostre"),
            Word.WHY: ("por quê", "por que", "porquê"),
            Word.COMPARE: ("comparar", "compare", "compara"),
            Word.HISTORY: ("histórico", "versões"),
            Word.CANCEL: ("cancelar", "cancela", "parar", "pare"),
            Word.CLOSE: ("fechar", "encerrar"),
            Word.HELP: ("ajuda",),
            Word.QUOTA: ("cota", "minha cota", "quota"),
            Word.FORGET_THIS: ("excluir", "apagar", "eliminar", "apaga isto", "esqueça isto", "esqueça isso"),
            Word.FORGET_THREAD: ("apagar a conversa", "excluir a conversa", "esqueça a conversa"),
            Word.FORGET_ME: ("esqueça-me", "apaga os meus dados"),
        },
        "ar": {
            Word.UNDO: ("تراجع", "تراجع عن ذلك"),
            Word.REDO: ("إعادة", "أعد التنفيذ"),
            Word.AGAIN: ("مرة أخرى", "مجددا", "من جديد", "حاول مرة أخرى"),
            Word.FINAL: ("نهائي", "النهائي", "النسخة النهائية"),
            Word.SHOW: ("اعرض", "أظهر", "عرض", "أرني"),
            Word.WHY: ("لماذا", "ليش"),
            Word.COMPARE: ("قارن", "مقارنة"),
            Word.HISTORY: ("السجل", "سجل", "كل النسخ"),
            Word.CANCEL: ("إلغاء", "ألغ", "أوقف", "توقف"),
            Word.CLOSE: ("إغلاق", "أغلق", "إنهاء"),
            Word.HELP: ("مساعدة", "المساعدة"),
            Word.QUOTA: ("الحصة", "حصتي", "الرصيد"),
            Word.FORGET_THIS: ("حذف", "احذف", "احذف هذا", "انس هذا"),
            Word.FORGET_THREAD: ("احذف المحادثة", "انس المحادثة"),
            Word.FORGET_ME: ("انسني", "احذف بياناتي"),
        },
    }
)
"""Whole replies, per language."""

USE_FRAMES: Final[Mapping[str, tuple[tuple[str, str], ...]]] = MappingProxyType(
    {
        "en": (("use", ""), ("take", ""), ("pick", ""), ("go with", "")),
        "zh-Hans": (("用", ""), ("使用", ""), ("选", ""), ("选择", "")),
        "zh-Hant": (("用", ""), ("使用", ""), ("選", ""), ("選擇", "")),
        "ja": (("", "を使う"), ("", "を使って"), ("", "で"), ("", "にする"), ("", "を選択")),
        "ko": (("", "사용"), ("", "로"), ("", "으로"), ("", "를 사용"), ("", "선택")),
        "es": (("usar", ""), ("usa", ""), ("usa la", ""), ("elige", "")),
        "de": (("nimm", ""), ("benutze", ""), ("verwende", ""), ("nutze", "")),
        "fr": (("utilise", ""), ("utiliser", ""), ("prends", ""), ("prendre", "")),
        "pt": (("usar", ""), ("usa", ""), ("usa a", ""), ("escolhe", "")),
        "ar": (("استخدم", ""), ("اختر", ""), ("خذ", "")),
    }
)
"""What stands before and after a letter to say "go on with this one". `use` in English and Portuguese."""

BACK_FRAMES: Final[Mapping[str, tuple[tuple[str, str], ...]]] = MappingProxyType(
    {
        "en": (("back to", ""), ("go back to", ""), ("go to", ""), ("return to", "")),
        "zh-Hans": (("回到", ""), ("返回", ""), ("退回", "")),
        "zh-Hant": (("回到", ""), ("返回", ""), ("退回", "")),
        "ja": (("", "に戻る"), ("", "に戻す"), ("", "に戻して"), ("", "へ戻る"), ("", "へ戻す")),
        "ko": (("", "로 돌아가기"), ("", "로 돌아가"), ("", "로 되돌리기"), ("", "로")),
        "es": (("volver a", ""), ("vuelve a", ""), ("volver a la", "")),
        "de": (("zurück zu", ""), ("zurück auf", ""), ("geh zu", "")),
        "fr": (("retour à", ""), ("revenir à", ""), ("reviens à", "")),
        "pt": (("voltar a", ""), ("voltar para", ""), ("volta para", ""), ("voltar à", "")),
        "ar": (("العودة إلى", ""), ("ارجع إلى", ""), ("عد إلى", "")),
    }
)
"""What stands before and after a version to say "make this the last one"."""

FORGET_FRAMES: Final[Mapping[str, tuple[tuple[str, str], ...]]] = MappingProxyType(
    {
        "en": (("delete", ""), ("forget", "")),
        "zh-Hans": (("删除", ""), ("忘记", "")),
        "zh-Hant": (("刪除", ""), ("忘記", "")),
        "ja": (("", "を削除"), ("", "を忘れて")),
        "ko": (("", "삭제"), ("", "를 잊어줘")),
        "es": (("eliminar", ""), ("borrar", ""), ("olvida", "")),
        "de": (("lösche", ""), ("vergiss", "")),
        "fr": (("supprimer", ""), ("supprime", ""), ("oublie", "")),
        "pt": (("excluir", ""), ("apagar", ""), ("esqueça", "")),
        "ar": (("احذف", ""), ("انس", "")),
    }
)
"""What stands before and after a version to say "forget this one"."""

VERSION_NAMES: Final = (
    "v", "version", "revision", "版本", "第", "バージョン", "버전", "versión", "versão", "الإصدار", "إصدار",
    "النسخة", "نسخة",
)  # fmt: skip
"""What can stand before a version's number; the reply may end it with `VERSION_ENDINGS`."""

VERSION_ENDINGS: Final = ("版", "版本", "バージョン")

PAIR_WORDS: Final = (
    "and", "with", "to", "vs", "vs.", "和", "与", "與", "跟", "と", "와", "과", "랑", "y", "con", "und",
    "mit", "et", "avec", "e", "com",
    "و", "مع",
)  # fmt: skip
"""What can stand between the two versions of a comparison."""
