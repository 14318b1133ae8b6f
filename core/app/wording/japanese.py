"""The sentences in Japanese.

A version is 版, a picture 画像, a thread スレッド; polite (です・ます).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from core.app.wording.account.japanese import ACCOUNT

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "unknown": "Inkthread がまだ説明できないことが起きました（{code}）。",
        "gone": "これはもうここにはありません。",
        # --- a turn on its way ---
        "turn_waiting": "順番待ちです。このスレッドでは先に {ahead} 件あります。",
        "turn_waiting_none": "順番待ちです。次に始まります。",
        "turn_queued_behind": "順番待ちです。先に {ahead} 枚あります。",
        "turn_rate_limited": "画像サービスから少し待つように言われています。失敗ではありません。"
        "自動で続きます。",
        "turn_minute_full": "順番待ちです。1分間に作れる画像の数には限りがあります。自動で再開します。",
        "turn_overloaded": "画像サービスが混み合っています。失敗ではありません。自動で再試行します。",
        "turn_unreachable": "画像サービスにつながりません。料金はかかっていません。自動で再試行します。",
        "turn_resumed": "Inkthread の再起動後、続きから再開しました。",
        "turn_generating": "画像を作っています…",
        "turn_generating_many": "画像を {count} 枚作っています…",
        "turn_finishing": "もうすぐです…",
        "turn_cancelling": "キャンセルしています。それでも画像が届いた場合は支払い済みのため、"
        "履歴に残します。",
        "turn_refused": "作成しませんでした。料金もかかっていません。理由は下のメッセージをご覧ください。",
        "turn_not_shown": "画像はできて保存されていますが、ここに表示できませんでした。「表示」"
        "と返信すると見られます。",
        "not_shown_missing": "Inkthread には、ここで画像を表示するための権限がありません：{missing}"
        "。画像は保存されています。許可されたら、スレッドで「表示」と返信してください。",
        "not_shown": "画像はできて保存されていますが、依頼された場所に Inkthread はもう書き込めません。"
        "また書き込めるようになったら、そこで「表示」と返信してください。"
        "それまでは履歴で見られます。",
        "about_price": "約 {price}",
        # --- how a turn ends without its picture ---
        "cancelled": "キャンセルしました。料金はかかっていません。",
        "cancelled_billed": "キャンセルしました。画像サービスが {price} を請求した可能性がありますが、"
        "あなたの分には数えません。",
        "cancelled_late": "キャンセルしましたが、画像はすでに作られ、支払い済みでした。{head} として残し、"
        "スレッドは元の版から続きます。使うには「{head}」と返信してください。",
        "failed_moderated": "安全システムが拒否したため、画像はありません。あなたの負担はありません。"
        "別の言い方にするか、有害と受け取られそうな部分を外してください。",
        "failed_moderated_input": "安全システムがリクエスト自体（言葉または参照画像）を拒否しました。"
        "あなたの負担はありません。別の言い方にするか、別の参照画像を使ってください。",
        "failed_moderated_output": "画像は作られましたが、安全システムが公開を止めました。"
        "あなたの負担はありません。描く内容を変えて、もう一度試してください。",
        "failed_rejected": "画像サービスがこのリクエストを受け付けませんでした。料金はかかっていません。"
        "別のオプションを試し、続くようなら Inkthread の管理者に伝えてください（参照番号 {reference}）。",
        "failed_rate_limited": "画像サービスの混雑が長く続いたため、中止しました。料金はかかっていません。"
        "時間をおいて試してください。",
        "failed_overloaded": "画像サービスの過負荷が長く続いたため、中止しました。料金はかかっていません。"
        "時間をおいて試してください。",
        "failed_unreachable": "画像サービスにつながりませんでした。料金はかかっていません。もう一度試し、"
        "続くようなら Inkthread の管理者にネットワークの確認を頼んでください。",
        "failed_out_of_money": "画像の支払いに使うアカウントの残高がありません。料金はかかっていません。"
        "Inkthread の管理者が残高を追加したら、もう一度試してください。",
        "failed_key_refused": "画像サービスが Inkthread のキーを拒否しました。料金はかかっていません。"
        "Inkthread の管理者が OPENAI_API_KEY を確認したら（詳細は「inkthread doctor」）、"
        "もう一度試してください。",
        "failed_no_answer": "画像サービスから時間内に返事がありませんでした。{price} "
        "が請求された可能性がありますが、あなたの分には数えません。勝手に繰り返すことはありません。"
        "必要なら「再試行」を押してください。",
        "failed_broken_off": "画像の作成中に接続が切れました。{price} かかった可能性がありますが、"
        "あなたの分には数えません。勝手に繰り返すことはありません。必要なら「再試行」を押してください。",
        "failed_no_picture": "画像サービスの返事に画像がありませんでした。あなたの分には数えません。"
        "もう一度試してください。",
        "failed_storage": "画像の保存先がいっぱいか、書き込めません。あなたの分には数えません。Inkthread "
        "の管理者が空きを作ったら、もう一度試してください。",
        "failed_cannot_post": "Inkthread はここに投稿できないため、何も作らず、料金もかかっていません。"
        "このチャンネルに招待して、もう一度試してください。",
        "failed_cannot_post_missing": "Inkthread に必要な権限がないため、何も作られず、"
        "料金もかかっていません。ここを管理している人に、次の権限を許可してもらってください："
        "{missing}。それからもう一度お試しください。",
        "permission_view_channel": "チャンネルを見る",
        "permission_send_messages": "メッセージを送信",
        "permission_send_messages_in_threads": "スレッドでメッセージを送信",
        "permission_attach_files": "ファイルを添付",
        "failed_own_fault": "何かを送る前に Inkthread の内部で問題が起きました。料金はかかっていません。"
        "もう一度試し、続くようなら Inkthread の管理者に伝えてください（参照番号 {reference}）。",
        # --- answers ---
        "queued": "順番待ちです。このスレッドでは先に {ahead} 件あります。",
        "queued_none": "順番待ちです。次に始まります。",
        "busy": "このスレッドではすでに 3 件が待っています。1 件終わってから頼むか、"
        "どれかをキャンセルしてください。",
        "busy_moving": "いま画像を作成しています。終わってからバージョンを切り替えてください。",
        "closed": "このスレッドは閉じられています。/imagine で新しい画像を始めてください。",
        "closed_thread": "閉じました。ここでの返信はもう編集になりません。画像は残ります。",
        "nothing_to_undo": "元に戻せるものがありません。これが最初の版です。",
        "nothing_to_redo": "やり直せるものがありません。「履歴」と返信するとすべての版を見られます。",
        "nothing_to_cancel": "ここで実行中または待機中の、あなたのリクエストはありません。",
        "nothing_to_edit": "ここにはまだ変更できる画像がありません。/imagine で頼むか、"
        "画像を送ってください。",
        "nothing_to_show": "ここにはまだ画像がありません。/imagine で頼んでください。",
        "nothing_to_compare": "まだ版が 1 つだけなので、比べる相手がありません。",
        "no_such_revision": "このスレッドに v{revision} はありません。「履歴」"
        "と返信するとすべての版を見られます。",
        "no_such_candidate": "この版に画像 {letter} はありません。「履歴」"
        "と返信するとすべての版を見られます。",
        "moved_to": "スレッドはこれから {head} の続きになります。",
        "over_quota": "{whose}を超えます。{amount} のうち {used} を使用済みで、今回は {needed} 必要です。"
        "{back_at} に回復します。{ask}",
        "over_quota_for_good": "今回の分だけで{whose}を超えます（必要 {needed}、上限 {amount}）。"
        "減らして頼んでください。{ask}",
        "over_quota_ask_admin": "管理者なら上限を上げられます。",
        "whose_actor_day": "あなたの 1 日の上限",
        "whose_actor_week": "あなたの 1 週間の上限",
        "whose_actor_month": "あなたの 1 か月の上限",
        "whose_role_day": "あなたのグループの 1 日の上限",
        "whose_role_week": "あなたのグループの 1 週間の上限",
        "whose_role_month": "あなたのグループの 1 か月の上限",
        "whose_channel_day": "このチャンネルの 1 日の上限",
        "whose_channel_week": "このチャンネルの 1 週間の上限",
        "whose_channel_month": "このチャンネルの 1 か月の上限",
        "whose_workspace_day": "チームの 1 日の上限",
        "whose_workspace_week": "チームの 1 週間の上限",
        "whose_workspace_month": "チームの 1 か月の上限",
        "whose_installation_day": "この Inkthread の 1 日の予算",
        "whose_installation_week": "この Inkthread の 1 週間の予算",
        "whose_installation_month": "この Inkthread の 1 か月の予算",
        "not_yours": "これができるのは {name} さんか管理者だけです。"
        "自分の分はスレッドに返信して頼んでください。",
        "not_yet": "「{what}」はまだ使えません。何もしておらず、料金もかかっていません。",
        "references_notice": "お知らせ：送られた画像から位置情報などの隠れた情報を取り除き、"
        "リクエストと一緒に画像サービスへ送ります。画像は、それを使う版がある間ここに保存されます。",
        # --- what is wrong with a prompt ---
        "prompt_empty": "画像にする言葉がありません。例：/imagine 夕暮れの灯台 --ar 16:9",
        "prompt_too_long": "長すぎます。モデルが読めるのは 32,000 文字までです。何も切らず、"
        "料金もかかっていません。短くして送り直してください。",
        "prompt_unknown_option": "{subject} というオプションはありません。{meant}「ヘルプ」"
        "と返信するとオプションを見られます。場所：{place}",
        "prompt_missing_value": "オプション {subject} には値が必要です。{meant}場所：{place}",
        "prompt_bad_value": "{subject} はこのオプションで使えない値です。{meant}場所：{place}",
        "prompt_bad_ratio": "比率 {subject} は作れません。1:3 から 3:1 の間にしてください。{meant}場所："
        "{place}",
        "prompt_bad_size": "サイズ {subject} は作れません。両辺とも 16 の倍数で 3840 以下、全体で "
        "655,360～8,294,400 ピクセルにしてください。{meant}場所：{place}",
        "prompt_bad_count": "「{subject}」は頼める枚数ではありません。一度に 1～8 枚です。{meant}場所："
        "{place}",
        "prompt_conflict": "{subject} と {other} は一緒に使えません。どちらかを外してください。{meant}場所："
        "{place}",
        "prompt_repeated_option": "オプション {subject} が 2 回あります。1 つだけにしてください。場所："
        "{place}",
        "prompt_no_seeds": "このモデルにはシードがないため、{subject} は効きません。外してください。"
        "「もう一度」で別の画像ができます。",
        "prompt_not_yet": "オプション {subject} はまだ使えないため、何も作らず、料金もかかっていません。"
        "外して送り直してください。",
        "did_you_mean": "{suggestion} のことですか？",
        "texts_tip": "ヒント：長いプロンプトでは、描きたい文字を 1 つずつかぎ括弧に入れて並べると、"
        "より正確に描かれます。",
        # --- what a model cannot do ---
        "model_cannot_size": "モデルは {subject} を作れません。いちばん近いのは {suggestion} です。",
        "model_cannot_quality": "モデルに品質「{subject}」はありません。いちばん近いのは「{suggestion}」"
        "です。",
        "model_cannot_format": "モデルは {subject} ファイルを作れません。{suggestion} なら作れます。",
        "model_cannot_format_without_alpha": "{subject} ファイルは透明にできません。{suggestion} "
        "を使ってください。",
        "model_cannot_count": "モデルは一度に {subject} 枚を作れません。{suggestion} 枚までにしてください。",
        "model_cannot_inputs": "モデルが一度に受け取れる画像は {suggestion} 枚までですが、{subject} "
        "枚ありました。減らして送ってください。",
        "model_cannot_edit": "ここで使っているモデルは画像を変更できず、新しく作ることだけできます。"
        "/imagine で始めてください。",
        "model_cannot_transparent": "ここで使っているモデルは透明な画像を作れません。"
        "透明な背景なしで頼んでください。",
        "too_many_references": "ここで使える参照画像は {suggestion} 枚までですが、{subject} 枚ありました。"
        "料金はかかっていません。減らして送ってください。",
        # --- what is wrong with a file ---
        "file_not_a_picture": "{file} は画像ではありません。png、jpeg、webp のどれかを送ってください。"
        "料金はかかっていません。",
        "file_unsupported_format": "{file} はここで読めない種類の画像です。png、jpeg、webp "
        "のどれかを送ってください。料金はかかっていません。",
        "file_animated": "{file} は動く画像です。使えるのは静止画だけです。1 コマを png "
        "で保存して送ってください。料金はかかっていません。",
        "file_too_many_pixels": "{file} はピクセル数が多すぎて安全に開けません。"
        "小さくして送り直してください。料金はかかっていません。",
        "file_truncated": "{file} は途中で切れていて、一部が欠けています。送り直してください。"
        "料金はかかっていません。",
        "file_too_large": "{file} は大きすぎます。50 MB までのものを送ってください。料金はかかっていません。",
        "file_gone": "{file} はもうありません。送り直してください。料金はかかっていません。",
        "file_forbidden": "{file} を開けませんでした。Inkthread に読む権限がありません。"
        "ここに直接送ってください。料金はかかっていません。",
        "file_unreachable": "{file} を今は取得できませんでした。少ししてから送り直してください。"
        "料金はかかっていません。",
        "storage_down": "画像の保存先がいっぱいか、書き込めないため、何も始めず、料金もかかっていません。"
        "Inkthread の管理者が空きを作ったら、もう一度試してください。",
        # --- captions, buttons, texts beside pictures ---
        "caption_from": "{revision}（{parent} から）",
        "caption_seconds": "{seconds} 秒",
        "caption_free": "無料",
        "caption_estimated": "{price}（概算）",
        "caption_today": "今日 {used}/{amount} 枚使用",
        "caption_ai": "AI 生成",
        "caption_sandbox": "サンドボックス（本物のモデルではありません）",
        "caption_fewer": "{asked} 枚中 {came} 枚できました",
        "caption_refit": "制限に合わせて再エンコード（元の画像はワンクリックで開けます）",
        "caption_routed": "{configured} ではできないため {model} で作成",
        "caption_hint_ratio": "比率は「{words}」から",
        "caption_hint_tier": "サイズは「{words}」から",
        "caption_hint_transparent": "透明（「{words}」から）",
        "final_text": "最終版",
        "button_edit": "編集…",
        "button_again": "もう一度",
        "button_undo": "元に戻す",
        "button_final": "最終版",
        "button_use": "{letter} を使う",
        "button_compare": "比較",
        "button_history": "履歴",
        "button_original": "元のファイル",
        "button_why": "なぜこうなった？",
        "button_cancel": "キャンセル",
        "button_try_again": "再試行",
        "button_try_again_price": "再試行 · {price}",
        "alt_made": "AI 生成画像：{text}",
        "alt_changed": "AI 生成画像：{text}。その後の変更：{changes}",
        "alt_candidate": "画像 {letter}。{alt}",
        "alt_compare": "{left} と {right} を並べたもの",
        "alt_history": "すべての版を一列に並べたもの",
        "placeholder_text": "{name} さんのリクエスト：{text}",
        "result_text": "{head} ができました：{text}",
        "show_text": "{head} をもう一度：{text}",
        "compare_text": "{left} と {right} の比較",
        "history_text": "これまでのすべての版",
        "history_part": "全 {total} 版のうち、最新の {count} 版です。任意の二つを見るには："
        "compare v{first} v{last}",
        "history_line": "{head}（{parent} から）：{text}",
        "history_line_first": "{head}：{text}",
        "history_head": "{line} ← スレッドはここから続きます",
        "original_text": "{head} の元のファイルです。モデルが作ったそのままです。",
        "original_linked": (
            "{head} の元のファイルは {size} で、ここで送れる大きさを超えています。モデルが作ったそのまま"
            "のファイルはこちらです。リンクは 1 週間有効です。"
        ),
        "original_link": "元のファイルをダウンロード",
        "original_kept": (
            "{head} の元のファイルは {size} で、ここで送れる大きさを超えています。そのまま保管されていて"
            "、編集は必ずそこから始まります。より大きいファイルを送れる場所でもう一度押すか、Inkthread の"
            "管理者にファイル {name} を頼んでください。"
        ),
        "download_unknown": "このアドレスには何もありません。",
        "download_over": "このリンクは期限切れです。スレッドで元のファイルをもう一度求めてください。",
        "download_later": "今は画像を取得できません。少し待ってからもう一度リンクを開いてください。",
        "why_text": "{head} ができるまで",
        "why_asked": "{name} さんのリクエスト：{text}",
        "why_from": "{parent} から始めました。",
        "why_model": "モデル {model}、{size}、品質 {quality}、{format}。頼んだ枚数：{count}、参照画像："
        "{references}。",
        "why_cost": "料金：{price}。",
        "why_sent": "モデルに送った内容：",
        **ACCOUNT,
        # --- forgetting, and messages that are taken back ---
        "button_delete": "削除…",
        "button_forget": "はい、忘れる",
        "forget_ask_this": "{head} を完全に忘れますか？ 消えるもの：その画像（{pictures} "
        "枚）と依頼の言葉、Inkthread の関連メッセージ（{messages} "
        "件）。依頼した人：{names}。ほかのバージョンは残ります。元に戻せません。",
        "forget_ask_thread": "このスレッド全体を完全に忘れますか？ 消えるもの：画像（{pictures} "
        "枚）、依頼（{words} 件）、ここでの Inkthread のメッセージ（{messages} "
        "件）。依頼した人：{names}。スレッドは閉じられます。元に戻せません。",
        "forget_ask_me": "このワークスペースであなたが依頼したものをすべて忘れますか？ "
        "消えるもの：あなたの名前、画像（{pictures} 枚）、依頼（{words} 件）、それに関する Inkthread "
        "のメッセージ（{messages} "
        "件）。すべてのスレッドが対象です。ほかの人の依頼は残ります。元に戻せません。",
        "forget_busy": "実行中または待機中の依頼が {head} "
        "から始まります。終わるのを待つかキャンセルしてから、{head} を削除してください。",
        "forget_waiting": "いまここで作成中のものがあります。中止してからすべてを消し、お知らせします。",
        "forget_nothing": "ここには、これ以上忘れられるものがありません。",
        "forget_where": "対象のスレッドの中で言ってください。",
        "forgot": "忘れました。消えたもの：画像 {pictures} 枚、依頼 {words} 件、メッセージ {messages} "
        "件。帳簿には数字だけが残り、言葉や画像は残りません。",
        "forgot_but_left": "忘れました。消えたもの：画像 {pictures} 枚、依頼 {words} 件、メッセージ "
        "{messages} "
        "件。帳簿には数字だけが残り、言葉や画像は残りません。プラットフォームが消させないメッセージ："
        "{left} 件。手動で削除してください。",
        "forgotten": "これは依頼により忘れられました。",
        "words_forgotten": "この依頼の言葉は、求めに応じて忘れられました。",
        "person_unnamed": "名前が残されていない人",
        "revision_forgotten": "v{revision} "
        "は忘れられたため、もう使えません。「履歴」と言うと、いまあるものが見られます。",
        "revised_late": "これは最初の言葉ですでに始まっているため、変更は間に合いません。そのスレッドに、変"
        "えたいことを返信してください。",
        "withdrawn_late": "メッセージは消えましたが、画像はすでに作成中です。その画像のメッセージでキャンセ"
        "ルするか、できてから削除してください。",
        # --- help ---
        "help_text": "ここで言えること",
        "help_new": "/imagine に見たいものを続けると、新しい画像ができます。オプション：--ar 16:9、--size "
        "2k、--quality high、--draft、-n 4、--transparent、--format webp、--no 文字。"
        "かぎ括弧の中の言葉は一字一句そのまま描かれます。",
        "thread_hint": "このメッセージに返信すると、画像を変えられます。",
        "help_reply": "スレッドに変えたいことを返信すると、最新の版が編集されます。「v2：空を緑にして」なら "
        "v2 から始めます。",
        "help_words": "元に戻す · やり直し · v2 · もう一度 · b を使う · 最終 · 最終 4k · 表示 · なぜ · 比較 "
        "· v1 v3 を比較 · 履歴 · キャンセル · 閉じる · ヘルプ",
        "help_talk": "// で始めると、何も変えずに会話できます。",
    }
)
