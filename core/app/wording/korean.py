"""The sentences in Korean.

A version is 버전, a picture 이미지, a thread 스레드; polite (-요). Particles stand so that any value fits.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from core.app.wording.account.korean import ACCOUNT

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "unknown": "Inkthread가 아직 설명할 수 없는 일이 생겼어요({code}).",
        "gone": "더 이상 여기에 없어요.",
        # --- a turn on its way ---
        "turn_waiting": "차례를 기다리는 중: 이 스레드에서 먼저 할 요청이 {ahead}개 있어요.",
        "turn_waiting_none": "차례를 기다리는 중: 바로 다음이에요.",
        "turn_queued_behind": "대기 중: 먼저 만들 이미지가 {ahead}개 있어요.",
        "turn_rate_limited": "이미지 서비스가 잠시 기다려 달라고 해요. 실패한 것은 아니며 자동으로 이어져요.",
        "turn_minute_full": "차례를 기다리고 있어요. 1분에 만들 수 있는 그림 수가 "
        "정해져 있어요. 자동으로 계속됩니다.",
        "turn_overloaded": "이미지 서비스가 과부하 상태예요. 실패한 것은 아니며 자동으로 다시 시도해요.",
        "turn_unreachable": "이미지 서비스에 연결할 수 없어요. 비용은 들지 않았고 자동으로 다시 시도해요.",
        "turn_resumed": "Inkthread가 다시 시작된 뒤 이어서 진행하고 있어요.",
        "turn_generating": "이미지를 만드는 중…",
        "turn_generating_many": "이미지 {count}개를 만드는 중…",
        "turn_finishing": "거의 다 됐어요…",
        "turn_cancelling": "취소하는 중이에요. 그래도 이미지가 오면 이미 비용이 들었으므로 기록에 남겨 "
        "둘게요.",
        "turn_refused": "만들지 않았고 비용도 들지 않았어요. 이유는 아래 메시지를 확인하세요.",
        "turn_not_shown": "이미지를 만들어 저장했지만 여기에 표시하지 못했어요. “보기”라고 답하면 볼 수 "
        "있어요.",
        "not_shown_missing": "여기에 이미지를 표시할 권한이 Inkthread에 없어요: {missing}. 이미지는 "
        "보관되어 있어요. 허용되면 스레드에서 “보기”라고 답하세요.",
        "not_shown": "이미지를 만들어 보관했지만 요청하신 곳에 Inkthread가 더 이상 글을 쓸 수 없어요. "
        "다시 쓸 수 있게 되면 그곳에서 “보기”라고 답하세요. "
        "그때까지는 기록에서 볼 수 있어요.",
        "about_price": "약 {price}",
        # --- how a turn ends without its picture ---
        "cancelled": "취소했어요. 비용은 들지 않았어요.",
        "cancelled_billed": "취소했어요. 이미지 서비스가 {price}를 청구했을 수 있지만 내 사용량에는 "
        "포함되지 않아요.",
        "cancelled_late": "취소했지만 이미지는 이미 만들어졌고 비용도 들었어요. {head}(으)로 남겨 두었고 "
        "스레드는 원래 버전에서 이어져요. 쓰려면 “{head}”라고 답하세요.",
        "failed_moderated": "안전 시스템이 거부해서 이미지가 없어요. 비용은 청구되지 않아요. 다르게 "
        "표현하거나 해롭게 보일 수 있는 내용을 빼 주세요.",
        "failed_moderated_input": "안전 시스템이 요청 자체(글 또는 참고 이미지)를 거부했어요. 비용은 "
        "청구되지 않아요. 다르게 표현하거나 다른 참고 이미지를 사용해 주세요.",
        "failed_moderated_output": "이미지를 만들었지만 안전 시스템이 내보내지 않았어요. 비용은 청구되지 "
        "않아요. 담을 내용을 바꿔 다시 시도해 주세요.",
        "failed_rejected": "이미지 서비스가 이 요청을 받지 않았어요. 비용은 들지 않았어요. 다른 옵션을 써 "
        "보고, 계속되면 Inkthread 운영자에게 알려 주세요(참조 {reference}).",
        "failed_rate_limited": "이미지 서비스가 오랫동안 바빠서 그만두었어요. 비용은 들지 않았어요. 나중에 "
        "다시 시도해 주세요.",
        "failed_overloaded": "이미지 서비스의 과부하가 오래 이어져 그만두었어요. 비용은 들지 않았어요. "
        "나중에 다시 시도해 주세요.",
        "failed_unreachable": "이미지 서비스에 연결하지 못했어요. 비용은 들지 않았어요. 다시 시도해 보고, "
        "계속되면 Inkthread 운영자에게 네트워크 확인을 부탁하세요.",
        "failed_out_of_money": "이미지 비용을 내는 계정에 잔액이 없어요. 비용은 들지 않았어요. Inkthread "
        "운영자가 충전한 뒤 다시 시도해 주세요.",
        "failed_key_refused": "이미지 서비스가 저희 키를 거부했어요. 비용은 들지 않았어요. Inkthread "
        "운영자가 OPENAI_API_KEY를 확인한 뒤(자세한 내용은 “inkthread doctor”) 다시 시도해 주세요.",
        "failed_no_answer": "이미지 서비스가 제때 응답하지 않았어요. {price}가 청구되었을 수 있지만 내 "
        "사용량에는 포함되지 않아요. 말없이 반복하지 않으니, 원하면 “다시 시도”를 누르세요.",
        "failed_broken_off": "이미지를 만드는 도중 연결이 끊겼어요. {price}가 들었을 수 있지만 내 "
        "사용량에는 포함되지 않아요. 말없이 반복하지 않으니, 원하면 “다시 시도”를 누르세요.",
        "failed_no_picture": "이미지 서비스가 이미지 없이 응답했어요. 내 사용량에는 포함되지 않아요. 다시 "
        "시도해 주세요.",
        "failed_storage": "이미지를 저장하는 곳이 가득 찼거나 쓸 수 없어요. 내 사용량에는 포함되지 않아요. "
        "Inkthread 운영자가 공간을 비운 뒤 다시 시도해 주세요.",
        "failed_cannot_post": "Inkthread가 여기에 글을 올릴 수 없어 아무것도 만들지 않았고 비용도 들지 "
        "않았어요. 이 채널에 초대한 뒤 다시 시도해 주세요.",
        "failed_cannot_post_missing": "Inkthread에 여기서 필요한 권한이 없어 아무것도 만들지 않았고 "
        "비용도 들지 않았어요. 이곳을 관리하는 사람이 다음을 허용해야 해요: "
        "{missing}. 그런 다음 다시 시도해 주세요.",
        "permission_view_channel": "채널 보기",
        "permission_send_messages": "메시지 보내기",
        "permission_send_messages_in_threads": "스레드에서 메시지 보내기",
        "permission_attach_files": "파일 첨부",
        "failed_own_fault": "무언가를 보내기 전에 Inkthread 안에서 문제가 생겼어요. 비용은 들지 "
        "않았어요. 다시 시도해 보고, 계속되면 Inkthread 운영자에게 알려 주세요(참조 {reference}).",
        # --- answers ---
        "queued": "차례를 기다리는 중: 이 스레드에서 먼저 할 요청이 {ahead}개 있어요.",
        "queued_none": "차례를 기다리는 중: 바로 다음이에요.",
        "busy": "이 스레드에는 이미 요청 세 개가 기다리고 있어요. 하나가 끝나면 다시 요청하거나 하나를 "
        "취소하세요.",
        "busy_moving": "지금 그림을 만들고 있어요. 끝난 뒤에 버전을 옮겨 주세요.",
        "closed": "이 스레드는 닫혔어요. /imagine 명령으로 새 이미지를 시작하세요.",
        "closed_thread": "닫았어요. 이제 여기의 답글은 편집이 아니에요. 이미지는 그대로 남아요.",
        "nothing_to_undo": "되돌릴 것이 없어요. 첫 번째 버전이에요.",
        "nothing_to_redo": "다시 실행할 것이 없어요. “기록”이라고 답하면 모든 버전을 볼 수 있어요.",
        "nothing_to_cancel": "여기에는 진행 중이거나 기다리는 내 요청이 없어요.",
        "nothing_to_edit": "여기에는 아직 바꿀 이미지가 없어요. /imagine 명령으로 요청하거나 이미지를 보내 "
        "주세요.",
        "nothing_to_show": "여기에는 아직 이미지가 없어요. /imagine 명령으로 요청하세요.",
        "nothing_to_compare": "아직 버전이 하나뿐이라 비교할 것이 없어요.",
        "no_such_revision": "이 스레드에는 v{revision} 버전이 없어요. “기록”이라고 답하면 모든 버전을 볼 수 "
        "있어요.",
        "no_such_candidate": "이 버전에는 이미지 {letter} 항목이 없어요. “기록”이라고 답하면 모든 버전을 볼 "
        "수 있어요.",
        "moved_to": "이제 스레드는 {head}에서 이어져요.",
        "over_quota": "{whose}가 부족해요: {amount} 중 {used} 사용, 이번에 {needed} 필요. {back_at}부터 "
        "다시 쓸 수 있어요. {ask}",
        "over_quota_for_good": "이번 요청만으로 {whose}를 넘어요: {needed} 필요, 최대 {amount}. 더 적게 "
        "요청해 주세요. {ask}",
        "over_quota_ask_admin": "관리자가 늘려 줄 수 있어요.",
        "whose_actor_day": "내 하루 한도",
        "whose_actor_week": "내 주간 한도",
        "whose_actor_month": "내 월간 한도",
        "whose_role_day": "내 그룹의 하루 한도",
        "whose_role_week": "내 그룹의 주간 한도",
        "whose_role_month": "내 그룹의 월간 한도",
        "whose_channel_day": "이 채널의 하루 한도",
        "whose_channel_week": "이 채널의 주간 한도",
        "whose_channel_month": "이 채널의 월간 한도",
        "whose_workspace_day": "팀의 하루 한도",
        "whose_workspace_week": "팀의 주간 한도",
        "whose_workspace_month": "팀의 월간 한도",
        "whose_installation_day": "이 Inkthread의 하루 예산 한도",
        "whose_installation_week": "이 Inkthread의 주간 예산 한도",
        "whose_installation_month": "이 Inkthread의 월간 예산 한도",
        "not_yours": "{name} 님이나 관리자만 할 수 있어요. 내 이미지를 원하면 스레드에 답글로 요청하세요.",
        "not_yet": "“{what}” 기능은 아직 쓸 수 없어요. 아무것도 하지 않았고 비용도 들지 않았어요.",
        "references_notice": "알려드려요: 보낸 이미지에서 위치와 다른 숨은 정보를 지운 뒤 요청과 함께 "
        "이미지 서비스에 보내요. 이미지를 쓰는 버전이 있는 동안 여기에 보관돼요.",
        # --- what is wrong with a prompt ---
        "prompt_empty": "이미지로 만들 글이 없어요. 예: /imagine 해 질 녘의 등대 --ar 16:9",
        "prompt_too_long": "너무 길어요. 모델은 최대 32,000자까지 읽어요. 아무것도 자르지 않았고 비용도 "
        "들지 않았어요. 줄여서 다시 보내 주세요.",
        "prompt_unknown_option": "{subject} 옵션은 없어요. {meant}“도움말”이라고 답하면 옵션을 볼 수 "
        "있어요. 위치: {place}",
        "prompt_missing_value": "{subject} 옵션에는 값이 필요해요. {meant}위치: {place}",
        "prompt_bad_value": "{subject} 값은 이 옵션에 쓸 수 없어요. {meant}위치: {place}",
        "prompt_bad_ratio": "{subject} 비율은 만들 수 없어요. 1:3에서 3:1 사이여야 해요. {meant}위치: "
        "{place}",
        "prompt_bad_size": "{subject} 크기는 만들 수 없어요. 두 변 모두 16의 배수이고 3840 이하, 전체는 "
        "655,360~8,294,400픽셀이어야 해요. {meant}위치: {place}",
        "prompt_bad_count": "“{subject}”개는 요청할 수 없어요. 한 번에 1~8개까지예요. {meant}위치: {place}",
        "prompt_conflict": "{subject} 옵션과 {other} 옵션은 함께 쓸 수 없어요. 하나를 빼 주세요. "
        "{meant}위치: {place}",
        "prompt_repeated_option": "{subject} 옵션이 두 번 있어요. 하나만 남겨 주세요. 위치: {place}",
        "prompt_no_seeds": "이 모델에는 시드가 없어서 {subject} 옵션은 효과가 없어요. 빼 주세요. “다시”라고 "
        "답하면 다른 이미지가 나와요.",
        "prompt_not_yet": "{subject} 옵션은 아직 쓸 수 없어 아무것도 만들지 않았고 비용도 들지 않았어요. "
        "빼고 다시 보내 주세요.",
        "did_you_mean": "혹시 {suggestion}인가요? ",
        "texts_tip": "팁: 프롬프트가 길 때는 그려 넣을 글을 하나씩 따옴표로 묶어 차례로 적으면 더 정확하게 "
        "그려져요.",
        # --- what a model cannot do ---
        "model_cannot_size": "모델이 {subject} 크기를 만들 수 없어요. 가장 가까운 크기: {suggestion}.",
        "model_cannot_quality": "모델에 “{subject}” 품질이 없어요. 가장 가까운 품질: “{suggestion}”.",
        "model_cannot_format": "모델이 {subject} 파일을 만들 수 없어요. {suggestion} 파일은 만들 수 있어요.",
        "model_cannot_format_without_alpha": "{subject} 파일은 투명할 수 없어요. {suggestion} 파일을 "
        "사용하세요.",
        "model_cannot_count": "모델이 한 번에 {subject}개를 만들 수 없어요. 최대 {suggestion}개까지 "
        "요청하세요.",
        "model_cannot_inputs": "모델은 요청 하나에 이미지를 최대 {suggestion}개까지 받는데 "
        "{subject}개였어요. 줄여서 보내 주세요.",
        "model_cannot_edit": "여기서 쓰는 모델은 이미지를 바꿀 수 없고 새로 만들 수만 있어요. /imagine "
        "명령으로 시작하세요.",
        "model_cannot_transparent": "여기서 쓰는 모델은 투명한 이미지를 만들 수 없어요. 투명 배경 없이 다시 "
        "요청하세요.",
        "too_many_references": "여기서는 참고 이미지를 최대 {suggestion}개까지 쓸 수 있는데 "
        "{subject}개였어요. 비용은 들지 않았어요. 줄여서 보내 주세요.",
        # --- what is wrong with a file ---
        "file_not_a_picture": "{file} 파일은 이미지가 아니에요. png, jpeg, webp 중 하나를 보내 주세요. "
        "비용은 들지 않았어요.",
        "file_unsupported_format": "{file} 파일은 여기서 읽을 수 없는 이미지예요. png, jpeg, webp 중 하나를 "
        "보내 주세요. 비용은 들지 않았어요.",
        "file_animated": "{file} 파일은 움직이는 이미지예요. 정지 이미지만 쓸 수 있으니 한 프레임을 png로 "
        "저장해 보내 주세요. 비용은 들지 않았어요.",
        "file_too_many_pixels": "{file} 파일은 픽셀이 너무 많아 안전하게 열 수 없어요. 줄여서 다시 보내 "
        "주세요. 비용은 들지 않았어요.",
        "file_truncated": "{file} 파일이 잘려서 이미지 일부가 없어요. 다시 보내 주세요. 비용은 들지 "
        "않았어요.",
        "file_too_large": "{file} 파일이 너무 커요. 최대 50 MB까지 보내 주세요. 비용은 들지 않았어요.",
        "file_gone": "{file} 파일이 더 이상 없어요. 다시 보내 주세요. 비용은 들지 않았어요.",
        "file_forbidden": "{file} 파일을 열 수 없어요. Inkthread에 읽을 권한이 없으니 여기에 직접 보내 "
        "주세요. 비용은 들지 않았어요.",
        "file_unreachable": "{file} 파일을 지금 가져오지 못했어요. 잠시 후 다시 보내 주세요. 비용은 들지 "
        "않았어요.",
        "storage_down": "이미지를 저장하는 곳이 가득 찼거나 쓸 수 없어 아무것도 시작하지 않았고 비용도 들지 "
        "않았어요. Inkthread 운영자가 공간을 비운 뒤 다시 시도해 주세요.",
        # --- captions, buttons, texts beside pictures ---
        "caption_from": "{revision}({parent}에서)",
        "caption_seconds": "{seconds}초",
        "caption_free": "무료",
        "caption_estimated": "{price}(추정)",
        "caption_today": "오늘 {amount} 중 {used} 사용",
        "caption_ai": "AI 생성",
        "caption_sandbox": "샌드박스, 실제 모델 아님",
        "caption_fewer": "{asked}개 중 {came}개 생성",
        "caption_refit": "제한에 맞게 다시 인코딩, 원본은 클릭 한 번으로 열 수 있음",
        "caption_routed": "{configured} 모델이 할 수 없어 {model} 모델로 생성",
        "caption_hint_ratio": "비율: “{words}”에서",
        "caption_hint_tier": "크기: “{words}”에서",
        "caption_hint_transparent": "투명: “{words}”에서",
        "final_text": "최종본",
        "button_edit": "편집…",
        "button_again": "다시",
        "button_undo": "되돌리기",
        "button_final": "최종본",
        "button_use": "{letter} 사용",
        "button_compare": "비교",
        "button_history": "기록",
        "button_original": "원본 파일",
        "button_why": "왜 이렇게 나왔나요?",
        "button_cancel": "취소",
        "button_try_again": "다시 시도",
        "button_try_again_price": "다시 시도 · {price}",
        "alt_made": "AI 생성 이미지: {text}",
        "alt_changed": "AI 생성 이미지: {text}. 이후 변경: {changes}",
        "alt_candidate": "이미지 {letter}. {alt}",
        "alt_compare": "나란히 놓은 {left} 및 {right}",
        "alt_history": "한 줄로 늘어놓은 모든 버전",
        "placeholder_text": "{name} 님의 요청: {text}",
        "result_text": "{head} 완성: {text}",
        "show_text": "{head} 다시 보기: {text}",
        "compare_text": "{left} 및 {right} 비교",
        "history_text": "지금까지의 모든 버전",
        "history_part": "전체 {total}개 버전 중 최근 {count}개입니다. 두 버전을 골라 보려면: "
        "compare v{first} v{last}",
        "history_line": "{head}({parent}에서): {text}",
        "history_line_first": "{head}: {text}",
        "history_head": "{line} ← 스레드는 여기서 이어져요",
        "original_text": "{head} 원본 파일이에요. 모델이 만든 그대로예요.",
        "original_linked": (
            "{head} 원본은 {size}라서 여기서 보낼 수 있는 크기를 넘어요. 모델이 만든 그대로의 "
            "파일이에요. 링크는 일주일 동안 유효해요."
        ),
        "original_link": "원본 내려받기",
        "original_kept": (
            "{head} 원본은 {size}라서 여기서 보낼 수 있는 크기를 넘어요. 원본은 그대로 보관되어 있고 "
            "모든 편집은 원본에서 시작해요. 더 큰 파일이 허용되는 곳에서 다시 누르거나 Inkthread "
            "관리자에게 파일 {name} 을 요청하세요."
        ),
        "download_unknown": "이 주소에는 아무것도 없어요.",
        "download_over": "링크가 만료됐어요. 스레드에서 원본을 다시 요청하세요.",
        "download_later": "지금은 그림을 가져올 수 없어요. 잠시 후 링크를 다시 열어 주세요.",
        "why_text": "{head} 버전이 만들어진 과정",
        "why_asked": "{name} 님의 요청: {text}",
        "why_from": "{parent}에서 시작했어요.",
        "why_model": "모델 {model}, {size}, 품질 {quality}, {format}. 요청한 이미지: {count}개, 참고 "
        "이미지: {references}개.",
        "why_cost": "비용: {price}.",
        "why_sent": "모델에 보낸 내용:",
        **ACCOUNT,
        # --- forgetting, and messages that are taken back ---
        "button_delete": "삭제…",
        "button_forget": "네, 잊어 주세요",
        "forget_ask_this": "{head}을(를) 완전히 잊을까요? 사라지는 것: 그 그림({pictures}장)과 요청한 말, "
        "그에 관한 Inkthread 메시지({messages}개). 요청한 사람: {names}. 다른 버전은 남습니다. 되돌릴 수 "
        "없습니다.",
        "forget_ask_thread": "이 스레드 전체를 완전히 잊을까요? 사라지는 것: 그림({pictures}장), "
        "요청({words}개), 여기의 Inkthread 메시지({messages}개). 요청한 사람: {names}. 스레드는 닫힙니다. "
        "되돌릴 수 없습니다.",
        "forget_ask_me": "이 워크스페이스에서 요청하신 모든 것을 잊을까요? 사라지는 것: 이름, "
        "그림({pictures}장), 요청({words}개), 그에 관한 Inkthread 메시지({messages}개). 모든 스레드에서 "
        "사라집니다. 다른 사람이 요청한 것은 남습니다. 되돌릴 수 없습니다.",
        "forget_busy": "진행 중이거나 기다리는 요청이 {head}에서 시작합니다. 끝날 때까지 기다리거나 취소한 "
        "다음 {head}을(를) 삭제하세요.",
        "forget_waiting": "지금 여기서 만들고 있는 것이 있습니다. 먼저 취소한 다음 모두 지우고 알려 "
        "드립니다.",
        "forget_nothing": "여기에는 더 잊을 것이 없습니다.",
        "forget_where": "해당 스레드 안에서 말해 주세요.",
        "forgot": "잊었습니다. 사라진 것: 그림 {pictures}장, 요청 {words}개, 메시지 {messages}개. 장부에는 "
        "말이나 그림 없이 숫자만 남습니다.",
        "forgot_but_left": "잊었습니다. 사라진 것: 그림 {pictures}장, 요청 {words}개, 메시지 {messages}개. "
        "장부에는 말이나 그림 없이 숫자만 남습니다. 플랫폼이 지우지 못하게 한 메시지: {left}개. 직접 "
        "삭제해 주세요.",
        "forgotten": "요청에 따라 잊었습니다.",
        "words_forgotten": "이 요청의 문구는 요청에 따라 잊었습니다.",
        "person_unnamed": "이름이 저장되지 않은 사람",
        "revision_forgotten": "v{revision}은(는) 잊혀서 더는 쓸 수 없습니다. “기록”이라고 말하면 남은 것을 "
        "볼 수 있습니다.",
        "revised_late": "처음 쓰신 말로 이미 시작되어 바꾼 말은 늦었습니다. 그 스레드에 바꿀 점을 답장해 "
        "주세요.",
        "withdrawn_late": "메시지는 지워졌지만 그림은 이미 만들고 있습니다. 그 메시지에서 취소하거나, "
        "그림이 나오면 삭제하세요.",
        # --- help ---
        "help_text": "여기서 할 수 있는 말",
        "help_new": "/imagine 뒤에 보고 싶은 것을 적으면 새 이미지를 만들어요. 옵션: --ar 16:9, --size 2k, "
        "--quality high, --draft, -n 4, --transparent, --format webp, --no 글자. 따옴표 안의 말은 글자 "
        "그대로 그려져요.",
        "thread_hint": "이 메시지에 답장하면 그림을 바꿀 수 있습니다.",
        "help_reply": "스레드에 바꿀 내용을 답글로 적으면 마지막 버전을 편집해요. “v2: 하늘을 초록색으로 "
        "바꿔 줘”라고 하면 v2에서 시작해요.",
        "help_words": "되돌리기 · 다시 실행 · v2 · 다시 · b 사용 · 최종 · 최종 4k · 보기 · 왜 · 비교 · 비교 "
        "v1 v3 · 기록 · 취소 · 닫기 · 도움말",
        "help_talk": "//로 시작하면 아무것도 바꾸지 않고 대화할 수 있어요.",
    }
)
