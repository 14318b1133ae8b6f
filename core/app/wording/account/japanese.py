"""The sentences about the account in Japanese."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

ACCOUNT: Final[Mapping[str, str]] = MappingProxyType(
    {
        # --- answers ---
        "help_account": "「残り」で、あとどれだけ使えて、いつ戻るかがわかります。",
        "admins_only": "これはこのチームの管理者だけができます。管理者は設定で確認できます。",
        "not_your_scope": "この上限はこのチームのものではないため、ここでは変更できません。",
        "bad_amount": "{amount} は上限として設定することも追加することもできません。負でなく、大きすぎない"
        "数を書いてください。",
        "nothing_to_grant": "ここにそのような上限はないため、追加できるものがありません。先に上限を設定し"
        "てください。",
        "bad_time_zone": "「{zone}」というタイムゾーンはありません。Europe/Berlin や Asia/Tokyo のように書"
        "いてください。",
        "bad_admins": "管理者に指名できるのはこのチームの人だけで、最大 {limit} 人です。",
        "waiting_period": "安全システムが 1 日のうちにあなたのリクエストを {count} 回拒否したため、{until}"
        " までは新しいものを作成しません。費用はかかっていません。これまでの画像は残っており、見ることもで"
        "きます。",
        "prompt_unknown_service": "「{subject}」はここで尋ねられることではありません。{meant}「ヘルプ」と"
        "書くと一覧が見られます。場所：{place}",
        "prompt_bad_days": "{subject} 日間をさかのぼることはできません。1 から 366 までです。{meant}場所："
        "{place}",
        # --- what is left, and what was spent ---
        "quota_text": "あなたの残り",
        "quota_line": "{whose}：{most} のうち残り {left}、使用済み {used}。{back_at} に新しく始まります。",
        "quota_line_held": "{whose}：{most} のうち残り {left}、使用済み {used}、作成中の分 {held}。"
        "{back_at} に新しく始まります。",
        "quota_extra": "{line}それまではいつもより{extra}多く使えます。",
        "usage_text": "過去 {days} 日間に誰がどれだけ使ったか",
        "usage_text_one": "今日、誰がどれだけ使ったか",
        "usage_line": "{name}：{price}、{pictures}",
        "usage_more": "ほかに {count} 人。",
        "usage_total": "合計 {price}、{pictures}",
        "usage_total_lost": "合計 {price}、{pictures}。ほかに {lost} が結果なしで請求されましたが、誰の分"
        "にも数えません",
        "usage_nothing": "何も作成されず、費用もかかっていません。",
        "alt_usage": "{days} 日間の、各自の 1 日ごとの費用の棒グラフ",
        "chart_others": "その他",
        "chart_written_off": "償却",
        # --- pictures, and what is set ---
        "gallery_text": "あなたの最近の画像",
        "gallery_nothing": "ここではまだ画像を作成していません。/imagine で始めてください。",
        "gallery_line": "{number} · {head}：{text}",
        "alt_gallery": "あなたの最近の画像（番号付き）",
        "settings_text": "ここでの設定",
        "settings_zone": "タイムゾーン：{zone}",
        "settings_open": "誰でもほかの人のボタンを押せます。費用は押した人にかかります。",
        "settings_closed": "費用のかかるボタンは、その画像を頼んだ人だけが押せます。",
        "settings_admins": "管理者：{names}",
        "settings_no_admins": "ここではまだ管理者を確認していません。",
        "settings_everybody": "個別の上限がない人の 1 日の画像数：{amount}",
        "settings_limit": "{whose}の上限：{rate}",
        "settings_changes": "最近の変更",
        # --- who changed what ---
        "audit_line": "{at}、{name}：{what}",
        "audit_operator": "Inkthread の運用担当者",
        "audit_limit": "{whose}の上限を{rate}に設定",
        "audit_limit_removed": "{whose}の上限を解除",
        "audit_grant": "{whose}に{amount}を一時的に追加",
        "audit_admin_named": "{admin} を管理者に指名",
        "audit_admin_dropped": "{admin} の管理者指名を解除",
        # --- parts of sentences ---
        "scope_actor": "{name}",
        "scope_role": "グループ {name}",
        "scope_channel": "チャンネル {name}",
        "scope_workspace": "チーム",
        "scope_installation": "この Inkthread 全体",
        "amount_pictures": "画像 {amount} 枚",
        "rate_pictures_day": "1 日に画像 {amount} 枚",
        "rate_pictures_week": "1 週間に画像 {amount} 枚",
        "rate_pictures_month": "1 か月に画像 {amount} 枚",
        "rate_micros_day": "1 日に {amount}",
        "rate_micros_week": "1 週間に {amount}",
        "rate_micros_month": "1 か月に {amount}",
        # --- what admins are told ---
        "admin_share": "管理者の方へ：{whose}の上限の {share}% を使いました（{rate}、使用済み {used}）。"
        "{back_at} に新しく始まります。",
        "admin_out_of_money": "管理者の方へ：画像の費用を払うアカウントの残高がないため、画像を作成できま"
        "せん。Inkthread の運用担当者が入金する必要があります。",
        "admin_key_refused": "管理者の方へ：画像サービスがキーを拒否したため、画像を作成できません。"
        "Inkthread の運用担当者が OPENAI_API_KEY を確認する必要があります。",
        "admin_moderated": "管理者の方へ：安全システムが 1 日のうちに {name} のリクエストを {count} 回拒否"
        "しました。{name} は新しいものを作成するまで待つ必要があります。費用はかかっていません。",
    }
)
