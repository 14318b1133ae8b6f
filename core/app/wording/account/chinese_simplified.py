"""The sentences about the account in Simplified Chinese."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

ACCOUNT: Final[Mapping[str, str]] = MappingProxyType(
    {
        # --- answers ---
        "help_account": "“额度”会告诉你还剩多少、什么时候恢复。",
        "admins_only": "只有本团队的管理员可以这样做。设置里写着管理员是谁。",
        "not_your_scope": "这个额度不属于本团队，不能在这里更改。",
        "bad_amount": "{amount} 不能设为额度，也不能发放。请写一个不为负、也不过大的数。",
        "nothing_to_grant": "这里没有这样的额度，所以无法再多给。请先设一个额度。",
        "bad_time_zone": "没有“{zone}”这个时区。请写成 Europe/Berlin 或 Asia/Shanghai 这样。",
        "bad_admins": "只能指定本团队的人为管理员，最多 {limit} 人。",
        "waiting_period": "安全系统在一天之内拒绝了你的 {count} 次请求，因此在 {until} 之前不会为你生成新"
        "的内容。没有产生费用。已有的图片都在，也可以查看。",
        "prompt_unknown_service": "这里不能问“{subject}”。{meant}回复“帮助”可查看能问什么。位置：{place}",
        "prompt_bad_days": "不能回看 {subject} 天：可以是 1 到 366 天。{meant}位置：{place}",
        # --- what is left, and what was spent ---
        "quota_text": "你还剩多少",
        "quota_line": "{whose}：共 {most}，已用 {used}，还剩 {left}。{back_at} 重新开始。",
        "quota_line_held": "{whose}：共 {most}，已用 {used}，正在制作的占用 {held}，还剩 {left}。{back_at}"
        " 重新开始。",
        "quota_extra": "{line}在此之前比平时多出{extra}。",
        "usage_text": "最近 {days} 天的花费",
        "usage_text_one": "今天的花费",
        "usage_line": "{name}：{price}，{pictures}",
        "usage_more": "另外还有 {count} 人。",
        "usage_total": "合计 {price}，{pictures}",
        "usage_total_lost": "合计 {price}，{pictures}；另有 {lost} 被收费却没有结果，不计在任何人名下",
        "usage_nothing": "没有生成图片，也没有产生费用。",
        "alt_usage": "{days} 天里每人每天花费的柱状图",
        "chart_others": "其他人",
        "chart_written_off": "核销",
        # --- pictures, and what is set ---
        "gallery_text": "你最近的图片",
        "gallery_nothing": "你在这里还没有生成过图片。请用 /imagine 开始一张。",
        "gallery_line": "{number} · {head}：{text}",
        "alt_gallery": "你最近的图片，带编号",
        "settings_text": "这里的设置",
        "settings_zone": "时区：{zone}",
        "settings_open": "任何人都可以按别人的按钮，费用由按的人承担。",
        "settings_closed": "会产生费用的按钮，只有提出请求的人可以按。",
        "settings_admins": "管理员：{names}",
        "settings_no_admins": "这里还没有见过管理员。",
        "settings_everybody": "没有单独额度的人每天的图片数：{amount}",
        "settings_limit": "{whose}的额度：{rate}",
        "settings_changes": "最近的更改",
        # --- who changed what ---
        "audit_line": "{at}，{name}：{what}",
        "audit_operator": "Inkthread 的维护者",
        "audit_limit": "{whose}的额度设为{rate}",
        "audit_limit_removed": "取消了{whose}的额度",
        "audit_grant": "暂时多给{whose}{amount}",
        "audit_admin_named": "指定 {admin} 为管理员",
        "audit_admin_dropped": "不再指定 {admin} 为管理员",
        # --- parts of sentences ---
        "scope_actor": "{name}",
        "scope_role": "群组 {name}",
        "scope_channel": "频道 {name}",
        "scope_workspace": "团队",
        "scope_installation": "整个 Inkthread",
        "amount_pictures": "{amount} 张图片",
        "rate_pictures_day": "每天 {amount} 张图片",
        "rate_pictures_week": "每周 {amount} 张图片",
        "rate_pictures_month": "每月 {amount} 张图片",
        "rate_micros_day": "每天 {amount}",
        "rate_micros_week": "每周 {amount}",
        "rate_micros_month": "每月 {amount}",
        # --- what admins are told ---
        "admin_share": "给管理员：{whose}的额度已用 {share}%（{rate}，已用 {used}）。{back_at} 重新开始。",
        "admin_out_of_money": "给管理员：支付图片费用的账户没有余额了，所以无法生成图片。请 Inkthread 的维"
        "护者充值。",
        "admin_key_refused": "给管理员：图片服务拒绝了我们的密钥，所以无法生成图片。请 Inkthread 的维护者"
        "检查 OPENAI_API_KEY。",
        "admin_moderated": "给管理员：安全系统在一天之内拒绝了 {name} 的 {count} 次请求。{name} 需要等一段"
        "时间才能再生成新的内容；没有产生费用。",
    }
)
