"""What stands on commands and menus, in Japanese."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "name_edit": "編集",
        "name_quota": "残り枠",
        "name_gallery": "ギャラリー",
        "name_settings": "設定",
        "name_help": "ヘルプ",
        "name_forget": "削除",
        "name_show": "表示",
        "name_limit": "上限",
        "name_more": "追加",
        "name_server": "サーバー",
        "name_usage": "使用量",
        "name_days": "日数",
        "name_prompt": "プロンプト",
        "name_change": "変更",
        "name_version": "バージョン",
        "name_aspect": "縦横比",
        "name_size": "サイズ",
        "name_quality": "品質",
        "name_count": "枚数",
        "name_background": "背景",
        "name_format": "形式",
        "name_image": "画像",
        "name_what": "対象",
        "about_imagine": "画像を作ってスレッドを開きます。返信するたびに画像を編集できます",
        "about_edit": "このスレッドの最新の画像、または別のバージョンを編集します",
        "about_quota": "残りの枚数と、次に増える時期を表示します",
        "about_gallery": "最近の画像と、そのスレッドを表示します",
        "about_settings": "このサーバーの設定を表示します。管理者は変更できます",
        "about_help": "ここでできることを表示します",
        "about_forget": "画像と言葉を完全に削除します。その前にもう一度確認します",
        "about_show": "現在の設定、変更できる人、変更の記録",
        "about_limit": "管理者用：メンバー、ロール、チャンネル、サーバーの上限を決めます",
        "about_more": "管理者用：今の日・週・月のあいだだけ多く使えるようにします",
        "about_server": "管理者用：タイムゾーン、他の人のボタン、他の管理者",
        "about_usage": "管理者用：だれが何枚作り、いくらかかったか",
        "about_days": "さかのぼる日数（指定しなければ 30）",
        "about_prompt": "見たいもの。引用符の中の言葉は文字として描かれます",
        "about_change": "変えたいところ。ほかはそのままです",
        "about_version": "もとにするバージョン（指定しなければ最新）",
        "about_aspect": "縦横比。16:9、square、portrait、wide など",
        "about_size": "大きさ。4K がいちばん高くなります",
        "about_quality": "低は速く安く、高は遅く高くなります",
        "about_count": "何枚の違う画像を作るか",
        "about_background": "背景を透明にするか",
        "about_format": "ファイルの種類",
        "about_image": "参考にする画像",
        "about_what": "削除するもの",
        "choice_quality_low": "低",
        "choice_quality_medium": "中",
        "choice_quality_high": "高",
        "choice_transparent": "透明",
        "choice_forget_this": "このスレッドの最新の画像",
        "choice_forget_thread": "このスレッド全体",
        "choice_forget_me": "わたしに関するすべて",
        "menu_edit": "この画像を編集",
        "menu_reference": "参考画像にする",
        "menu_why": "なぜこうなったの？",
        "said_unknown_button": "このボタンは別のバージョンの Inkthread "
        "のものです。「もう一度」のように言葉で伝えてください。",
        "said_form_lost": "このフォームは古くなりました。費用はかかっていません。もう一度開いてください。",
        "said_edit_where": "ここには編集できる画像がありません。画像のスレッドで使うか、画像に返信してくださ"
        "い。",
        "said_not_ours": "このメッセージには、わたしが作った画像がありません。",
        "said_hint_replies": "ここでは普通の返信を読めません。画像を変えるには、通知を付けたまま画像に"
        "返信するか、わたしにメンションするか、「編集…」を押してください。",
        "label_whom": "メンバーまたはロール",
        "label_whom_hint": "空なら下のチャンネル、それも空ならサーバー全体",
        "label_channel": "チャンネル",
        "choice_not_open": "ボタンは頼んだ本人だけが押せます",
        "said_saved": "保存しました。",
    }
)
