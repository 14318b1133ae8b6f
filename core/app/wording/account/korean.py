"""The sentences about the account in Korean."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

ACCOUNT: Final[Mapping[str, str]] = MappingProxyType(
    {
        # --- answers ---
        "help_account": "“한도”라고 쓰면 얼마나 남았고 언제 다시 채워지는지 알려 줍니다.",
        "admins_only": "이 팀의 관리자만 할 수 있습니다. 관리자가 누구인지는 설정에서 볼 수 있습니다.",
        "not_your_scope": "이 한도는 이 팀의 것이 아니어서 여기서 바꿀 수 없습니다.",
        "bad_amount": "{amount}은(는) 한도로 정하거나 더 줄 수 없습니다. 음수가 아니고 너무 크지 않은 수"
        "를 쓰세요.",
        "nothing_to_grant": "여기에 그런 한도가 없어서 더 줄 것이 없습니다. 먼저 한도를 정하세요.",
        "bad_time_zone": "“{zone}”이라는 시간대는 없습니다. Europe/Berlin이나 Asia/Seoul처럼 쓰세요.",
        "bad_admins": "이 팀의 사람만 관리자로 지정할 수 있고, 최대 {limit}명입니다.",
        "waiting_period": "안전 시스템이 하루 동안 요청을 {count}번 거부해서 {until}까지는 새로 만들지 않"
        "습니다. 비용은 들지 않았습니다. 그림은 그대로 남아 있고 볼 수 있습니다.",
        "prompt_unknown_service": "“{subject}”은(는) 여기서 물을 수 있는 것이 아닙니다. {meant}“도움말”이"
        "라고 쓰면 무엇이 있는지 볼 수 있습니다. 위치: {place}",
        "prompt_bad_days": "{subject}일을 돌아볼 수는 없습니다. 1에서 366까지입니다. {meant}위치: {place}",
        # --- what is left, and what was spent ---
        "quota_text": "남은 한도",
        "quota_line": "{whose}: {most} 중 {left} 남음, {used} 사용. {back_at}에 새로 시작합니다.",
        "quota_line_held": "{whose}: {most} 중 {left} 남음, {used} 사용, 만드는 중인 것 {held}. {back_at}"
        "에 새로 시작합니다.",
        "quota_extra": "{line} 그때까지는 평소보다 {extra} 더 쓸 수 있습니다.",
        "usage_text": "지난 {days}일 동안 누가 얼마나 썼는지",
        "usage_text_one": "오늘 누가 얼마나 썼는지",
        "usage_line": "{name}: {price}, {pictures}",
        "usage_more": "그 밖에 {count}명.",
        "usage_total": "합계 {price}, {pictures}",
        "usage_total_lost": "합계 {price}, {pictures}. 그 밖에 {lost}이(가) 결과 없이 청구되었지만 누구에"
        "게도 계산되지 않습니다",
        "usage_nothing": "만든 것도 쓴 비용도 없습니다.",
        "alt_usage": "{days}일 동안 사람마다 하루에 쓴 비용의 막대그래프",
        "chart_others": "그 외",
        "chart_written_off": "상각",
        # --- pictures, and what is set ---
        "gallery_text": "최근 그림",
        "gallery_nothing": "아직 여기서 만든 그림이 없습니다. /imagine으로 시작하세요.",
        "gallery_line": "{number} · {head}: {text}",
        "alt_gallery": "번호를 붙인 최근 그림",
        "settings_text": "이곳의 설정",
        "settings_zone": "시간대: {zone}",
        "settings_open": "누구나 다른 사람의 버튼을 누를 수 있고, 비용은 누른 사람이 냅니다.",
        "settings_closed": "비용이 드는 버튼은 그 그림을 요청한 사람만 누를 수 있습니다.",
        "settings_admins": "관리자: {names}",
        "settings_no_admins": "아직 이곳에서 확인된 관리자가 없습니다.",
        "settings_everybody": "따로 정한 한도가 없는 사람의 하루 그림 수: {amount}",
        "settings_limit": "{whose}의 한도: {rate}",
        "settings_changes": "최근 변경",
        # --- who changed what ---
        "audit_line": "{at}, {name}: {what}",
        "audit_operator": "Inkthread 운영자",
        "audit_limit": "{whose}의 한도를 {rate}로 정함",
        "audit_limit_removed": "{whose}의 한도를 없앰",
        "audit_grant": "{whose}에게 당분간 {amount} 더 줌",
        "audit_admin_named": "{admin}을(를) 관리자로 지정함",
        "audit_admin_dropped": "{admin}의 관리자 지정을 풂",
        # --- parts of sentences ---
        "scope_actor": "{name}",
        "scope_role": "그룹 {name}",
        "scope_channel": "채널 {name}",
        "scope_workspace": "팀",
        "scope_installation": "이 Inkthread 전체",
        "amount_pictures": "그림 {amount}장",
        "rate_pictures_day": "하루에 그림 {amount}장",
        "rate_pictures_week": "한 주에 그림 {amount}장",
        "rate_pictures_month": "한 달에 그림 {amount}장",
        "rate_micros_day": "하루에 {amount}",
        "rate_micros_week": "한 주에 {amount}",
        "rate_micros_month": "한 달에 {amount}",
        # --- what admins are told ---
        "admin_share": "관리자에게: {whose}의 한도를 {share}% 썼습니다({rate}, 사용 {used}). {back_at}에 "
        "새로 시작합니다.",
        "admin_out_of_money": "관리자에게: 그림 비용을 내는 계정에 잔액이 없어 그림을 만들 수 없습니다. "
        "Inkthread 운영자가 금액을 충전해야 합니다.",
        "admin_key_refused": "관리자에게: 그림 서비스가 키를 거부해서 그림을 만들 수 없습니다. Inkthread "
        "운영자가 OPENAI_API_KEY를 확인해야 합니다.",
        "admin_moderated": "관리자에게: 안전 시스템이 하루 동안 {name}의 요청을 {count}번 거부했습니다. "
        "{name}은(는) 새로 만들기 전에 기다려야 합니다. 비용은 들지 않았습니다.",
    }
)
