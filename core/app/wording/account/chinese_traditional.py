"""The sentences about the account in Traditional Chinese."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

ACCOUNT: Final[Mapping[str, str]] = MappingProxyType(
    {
        # --- answers ---
        "help_account": "「額度」會告訴你還剩多少、什麼時候恢復。",
        "admins_only": "只有本團隊的管理員可以這樣做。設定裡寫著管理員是誰。",
        "not_your_scope": "這個額度不屬於本團隊，不能在這裡更改。",
        "bad_amount": "{amount} 不能設為額度，也不能發放。請寫一個不為負、也不過大的數。",
        "nothing_to_grant": "這裡沒有這樣的額度，所以無法再多給。請先設一個額度。",
        "bad_time_zone": "沒有「{zone}」這個時區。請寫成 Europe/Berlin 或 Asia/Taipei 這樣。",
        "bad_admins": "只能指定本團隊的人為管理員，最多 {limit} 人。",
        "waiting_period": "安全系統在一天之內拒絕了你的 {count} 次請求，因此在 {until} 之前不會為你產生新"
        "的內容。沒有產生費用。已有的圖片都在，也可以查看。",
        "prompt_unknown_service": "這裡不能問「{subject}」。{meant}回覆「說明」可查看能問什麼。位置：{place}",
        "prompt_bad_days": "不能回看 {subject} 天：可以是 1 到 366 天。{meant}位置：{place}",
        # --- what is left, and what was spent ---
        "quota_text": "你還剩多少",
        "quota_line": "{whose}：共 {most}，已用 {used}，還剩 {left}。{back_at} 重新開始。",
        "quota_line_held": "{whose}：共 {most}，已用 {used}，正在製作的占用 {held}，還剩 {left}。{back_at}"
        " 重新開始。",
        "quota_extra": "{line}在此之前比平時多出{extra}。",
        "usage_text": "最近 {days} 天的花費",
        "usage_text_one": "今天的花費",
        "usage_line": "{name}：{price}，{pictures}",
        "usage_more": "另外還有 {count} 人。",
        "usage_total": "合計 {price}，{pictures}",
        "usage_total_lost": "合計 {price}，{pictures}；另有 {lost} 被收費卻沒有結果，不計在任何人名下",
        "usage_nothing": "沒有產生圖片，也沒有產生費用。",
        "alt_usage": "{days} 天裡每人每天花費的長條圖",
        "chart_others": "其他人",
        "chart_written_off": "核銷",
        # --- pictures, and what is set ---
        "gallery_text": "你最近的圖片",
        "gallery_nothing": "你在這裡還沒有產生過圖片。請用 /imagine 開始一張。",
        "gallery_line": "{number} · {head}：{text}",
        "alt_gallery": "你最近的圖片，附編號",
        "settings_text": "這裡的設定",
        "settings_zone": "時區：{zone}",
        "settings_open": "任何人都可以按別人的按鈕，費用由按的人承擔。",
        "settings_closed": "會產生費用的按鈕，只有提出請求的人可以按。",
        "settings_admins": "管理員：{names}",
        "settings_no_admins": "這裡還沒有見過管理員。",
        "settings_everybody": "沒有單獨額度的人每天的圖片數：{amount}",
        "settings_limit": "{whose}的額度：{rate}",
        "settings_changes": "最近的變更",
        # --- who changed what ---
        "audit_line": "{at}，{name}：{what}",
        "audit_operator": "Inkthread 的維護者",
        "audit_limit": "{whose}的額度設為{rate}",
        "audit_limit_removed": "取消了{whose}的額度",
        "audit_grant": "暫時多給{whose}{amount}",
        "audit_admin_named": "指定 {admin} 為管理員",
        "audit_admin_dropped": "不再指定 {admin} 為管理員",
        # --- parts of sentences ---
        "scope_actor": "{name}",
        "scope_role": "群組 {name}",
        "scope_channel": "頻道 {name}",
        "scope_workspace": "團隊",
        "scope_installation": "整個 Inkthread",
        "amount_pictures": "{amount} 張圖片",
        "rate_pictures_day": "每天 {amount} 張圖片",
        "rate_pictures_week": "每週 {amount} 張圖片",
        "rate_pictures_month": "每月 {amount} 張圖片",
        "rate_micros_day": "每天 {amount}",
        "rate_micros_week": "每週 {amount}",
        "rate_micros_month": "每月 {amount}",
        # --- what admins are told ---
        "admin_share": "給管理員：{whose}的額度已用 {share}%（{rate}，已用 {used}）。{back_at} 重新開始。",
        "admin_out_of_money": "給管理員：支付圖片費用的帳戶沒有餘額了，所以無法產生圖片。請 Inkthread 的維"
        "護者加值。",
        "admin_key_refused": "給管理員：圖片服務拒絕了我們的金鑰，所以無法產生圖片。請 Inkthread 的維護者"
        "檢查 OPENAI_API_KEY。",
        "admin_moderated": "給管理員：安全系統在一天之內拒絕了 {name} 的 {count} 次請求。{name} 需要等一段"
        "時間才能再產生新的內容；沒有產生費用。",
    }
)
