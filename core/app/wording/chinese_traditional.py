"""The sentences in traditional Chinese.

A version is 版本, a picture 圖片, a thread 對話; people are 你, as in Taiwan.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from core.app.wording.account.chinese_traditional import ACCOUNT

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "unknown": "發生了一件 Inkthread 還不知道怎麼說明的事（{code}）。",
        "gone": "它已經不在這裡了。",
        # --- a turn on its way ---
        "turn_waiting": "排隊中：這個對話裡前面還有 {ahead} 個請求。",
        "turn_waiting_none": "排隊中：下一個就是它。",
        "turn_queued_behind": "排隊中：前面還有 {ahead} 張圖片。",
        "turn_rate_limited": "圖片服務請我們稍等一下。沒有出錯，待會會自動繼續。",
        "turn_minute_full": "正在等候名額：每分鐘能製作的圖片數量有限。輪到時會自動繼續。",
        "turn_overloaded": "圖片服務目前過載。沒有出錯，會自動重試。",
        "turn_unreachable": "暫時連不上圖片服務。沒有產生費用，會自動重試。",
        "turn_resumed": "Inkthread 重新啟動後已接續處理。",
        "turn_generating": "正在產生圖片…",
        "turn_generating_many": "正在產生 {count} 張圖片…",
        "turn_finishing": "快好了…",
        "turn_cancelling": "正在取消。如果圖片還是產生了，費用已經發生，圖片會保留在歷史裡。",
        "turn_refused": "沒有產生圖片，也沒有產生費用。原因請看下面的訊息。",
        "turn_not_shown": "圖片已產生並保存，但無法在這裡顯示。回覆「顯示」即可查看。",
        "not_shown_missing": "Inkthread 在這裡缺少顯示圖片所需的權限：{missing}。圖片已保存。請讓這"
        "裡的管理者允許，然後在討論串裡回覆「顯示」。",
        "not_shown": "你的圖片已產生並保存，但 Inkthread 已無法在你提出請求的地方發言。"
        "恢復後，請在那裡回覆「顯示」。"
        "在此之前，可在你的歷史記錄中查看。",
        "about_price": "約 {price}",
        # --- how a turn ends without its picture ---
        "cancelled": "已取消，沒有產生費用。",
        "cancelled_billed": "已取消。圖片服務可能收取了 {price}，不會算在你身上。",
        "cancelled_late": "已取消，但圖片當時已經產生並付費。它保存為 {head}，對話仍從原本的版本繼續。"
        "想用它就回覆「{head}」。",
        "failed_moderated": "安全系統拒絕了這個請求，所以沒有圖片。不會向你收費。請換個說法，"
        "或拿掉可能被視為有害的內容。",
        "failed_moderated_input": "安全系統拒絕了請求本身（文字或參考圖片）。不會向你收費。請換個說法，"
        "或改用其他參考圖片。",
        "failed_moderated_output": "圖片已產生，但被安全系統攔下了。不會向你收費。請調整畫面內容後再試。",
        "failed_rejected": "圖片服務不接受這個請求。沒有產生費用。請換其他選項試試；如果一直這樣，請告訴 "
        "Inkthread 的維護者（編號 {reference}）。",
        "failed_rate_limited": "圖片服務長時間忙碌，所以這次放棄了。沒有產生費用。請稍後再試。",
        "failed_overloaded": "圖片服務長時間過載，所以這次放棄了。沒有產生費用。請稍後再試。",
        "failed_unreachable": "連不上圖片服務。沒有產生費用。請再試一次；如果一直這樣，請 Inkthread "
        "的維護者檢查網路。",
        "failed_out_of_money": "用來支付圖片的帳戶沒有餘額了。沒有產生費用。請 Inkthread "
        "的維護者儲值後再試。",
        "failed_key_refused": "圖片服務拒絕了我們的金鑰。沒有產生費用。請 Inkthread 的維護者檢查 "
        "OPENAI_API_KEY（執行「inkthread doctor」可了解詳情），然後再試。",
        "failed_no_answer": "圖片服務沒有及時回應。它可能仍收取了 {price}，不會算在你身上。"
        "未經你同意不會重複產生：想再來一次，請按「再試一次」。",
        "failed_broken_off": "產生過程中連線中斷了。可能仍產生了 {price} 的費用，不會算在你身上。"
        "未經你同意不會重複產生：想再來一次，請按「再試一次」。",
        "failed_no_picture": "圖片服務有回應，但沒有給出圖片。不會算在你身上。請再試一次。",
        "failed_storage": "存放圖片的地方已滿或無法寫入。不會算在你身上。請 Inkthread "
        "的維護者騰出空間後再試。",
        "failed_cannot_post": "Inkthread 不能在這裡發訊息，所以什麼都沒產生，也沒有產生費用。"
        "請邀請它加入這個頻道後再試。",
        "failed_cannot_post_missing": "Inkthread 在這裡缺少權限，所以什麼都沒產生，也沒有產生費用。"
        "請讓這裡的管理者允許：{missing}，然後再試。",
        "permission_view_channel": "檢視頻道",
        "permission_send_messages": "發送訊息",
        "permission_send_messages_in_threads": "在討論串中傳送訊息",
        "permission_attach_files": "附加檔案",
        "failed_own_fault": "Inkthread 內部出了錯，什麼都還沒送出。沒有產生費用。請再試一次；如果一直這樣，"
        "請告訴 Inkthread 的維護者（編號 {reference}）。",
        # --- answers ---
        "queued": "排隊中：這個對話裡前面還有 {ahead} 個請求。",
        "queued_none": "排隊中：下一個就是它。",
        "busy": "這個對話裡已經有三個請求在等。請等其中一個完成後再提，或取消一個。",
        "busy_moving": "這裡正在製作圖片。請等它完成後再切換版本。",
        "closed": "這個對話已關閉。用 /imagine 開始一張新圖片吧。",
        "closed_thread": "已關閉：這裡的回覆不再是修改，圖片會保留。",
        "nothing_to_undo": "沒有可以撤銷的：這已經是第一個版本。",
        "nothing_to_redo": "沒有可以重做的。回覆「歷史」可查看所有版本。",
        "nothing_to_cancel": "這裡沒有你正在進行或等待的請求。",
        "nothing_to_edit": "這裡還沒有可以修改的圖片。用 /imagine 產生一張，或傳一張過來。",
        "nothing_to_show": "這裡還沒有圖片。用 /imagine 產生一張吧。",
        "nothing_to_compare": "目前只有一個版本，沒有可以比較的對象。",
        "no_such_revision": "這個對話裡沒有 v{revision}。回覆「歷史」可查看所有版本。",
        "no_such_candidate": "這個版本裡沒有圖片 {letter}。回覆「歷史」可查看所有版本。",
        "moved_to": "對話現在從 {head} 繼續。",
        "over_quota": "{whose}不夠用了：已用 {used}，上限 {amount}，這次需要 {needed}。{back_at} 起恢復。"
        "{ask}",
        "over_quota_for_good": "光這一次就超過了{whose}：需要 {needed}，上限 {amount}。請少要一些。{ask}",
        "over_quota_ask_admin": "管理員可以提高上限。",
        "whose_actor_day": "你的每日額度",
        "whose_actor_week": "你的每週額度",
        "whose_actor_month": "你的每月額度",
        "whose_role_day": "你所屬群組的每日額度",
        "whose_role_week": "你所屬群組的每週額度",
        "whose_role_month": "你所屬群組的每月額度",
        "whose_channel_day": "這個頻道的每日額度",
        "whose_channel_week": "這個頻道的每週額度",
        "whose_channel_month": "這個頻道的每月額度",
        "whose_workspace_day": "團隊的每日額度",
        "whose_workspace_week": "團隊的每週額度",
        "whose_workspace_month": "團隊的每月額度",
        "whose_installation_day": "本 Inkthread 的每日預算",
        "whose_installation_week": "本 Inkthread 的每週預算",
        "whose_installation_month": "本 Inkthread 的每月預算",
        "not_yours": "只有 {name} 或管理員可以這樣做。想要自己的圖片，請在對話裡回覆。",
        "not_yet": "「{what}」還不能用。什麼都沒做，也沒有產生費用。",
        "references_notice": "請留意：你的圖片會先移除位置和其他隱藏資訊，再隨請求傳送給圖片服務；"
        "只要還有版本用到它們，就會保存在這裡。",
        # --- what is wrong with a prompt ---
        "prompt_empty": "沒有可以用來作畫的文字。試試：/imagine 黃昏的燈塔 --ar 16:9",
        "prompt_too_long": "太長了：模型最多讀 32,000 個字元。沒有截斷，也沒有產生費用。請縮短後重新傳送。",
        "prompt_unknown_option": "沒有 {subject} 這個選項。{meant}回覆「說明」可查看選項。位置：{place}",
        "prompt_missing_value": "選項 {subject} 需要一個值。{meant}位置：{place}",
        "prompt_bad_value": "這個選項不認得 {subject}。{meant}位置：{place}",
        "prompt_bad_ratio": "做不出 {subject} 的比例：必須在 1:3 到 3:1 之間。{meant}位置：{place}",
        "prompt_bad_size": "做不出 {subject} 的尺寸：兩邊都必須是 16 的倍數，最大 3840，總像素在 655,360 到 "
        "8,294,400 之間。{meant}位置：{place}",
        "prompt_bad_count": "圖片數量不能是「{subject}」：一次可以要 1 到 8 張。{meant}位置：{place}",
        "prompt_conflict": "{subject} 和 {other} 不能一起用，請拿掉一個。{meant}位置：{place}",
        "prompt_repeated_option": "選項 {subject} 出現了兩次，請只留一個。位置：{place}",
        "prompt_no_seeds": "這個模型沒有隨機種子，所以 {subject} 沒有作用。請拿掉它；回覆「再來一次」"
        "可得到另一張圖片。",
        "prompt_not_yet": "選項 {subject} 還不能用，所以什麼都沒產生，也沒有產生費用。請拿掉它再傳一次。",
        "did_you_mean": "你是想寫 {suggestion} 嗎？",
        "texts_tip": "小提示：提示詞很長時，把要畫出來的文字逐條用引號括起來，會畫得更準確。",
        # --- what a model cannot do ---
        "model_cannot_size": "模型做不出 {subject}，最接近的是 {suggestion}。",
        "model_cannot_quality": "模型沒有「{subject}」這一級品質，最接近的是「{suggestion}」。",
        "model_cannot_format": "模型不能產生 {subject} 檔案，可以用 {suggestion}。",
        "model_cannot_format_without_alpha": "{subject} 檔案不能透明，請用 {suggestion}。",
        "model_cannot_count": "模型一次做不出 {subject} 張圖片，最多可以要 {suggestion} 張。",
        "model_cannot_inputs": "模型一次請求最多接受 {suggestion} 張圖片，這次有 {subject} 張。請少傳一些。",
        "model_cannot_edit": "這裡使用的模型不能修改圖片，只能產生新圖。請用 /imagine 開始一張。",
        "model_cannot_transparent": "這裡使用的模型不能產生透明圖片。請拿掉透明背景後再試。",
        "too_many_references": "這裡最多可以用 {suggestion} 張參考圖片，這次有 {subject} 張。沒有產生費用，"
        "請少傳一些。",
        # --- what is wrong with a file ---
        "file_not_a_picture": "{file} 不是圖片。請傳送 png、jpeg 或 webp。沒有產生費用。",
        "file_unsupported_format": "這裡無法讀取 {file} 這種圖片。請傳送 png、jpeg 或 webp。沒有產生費用。",
        "file_animated": "{file} 是動圖，這裡只能用靜態圖片。請把其中一格存成 png 再傳送。沒有產生費用。",
        "file_too_many_pixels": "{file} 的像素太多，無法安全開啟。請縮小後重新傳送。沒有產生費用。",
        "file_truncated": "{file} 不完整，少了一部分畫面。請重新傳送。沒有產生費用。",
        "file_too_large": "{file} 太大了，上限是 50 MB。沒有產生費用。",
        "file_gone": "{file} 已經不在了，請重新傳送。沒有產生費用。",
        "file_forbidden": "無法開啟 {file}：Inkthread 沒有讀取權限。請直接傳到這裡。沒有產生費用。",
        "file_unreachable": "剛才沒能取得 {file}，請稍後重新傳送。沒有產生費用。",
        "storage_down": "存放圖片的地方已滿或無法寫入，所以什麼都沒開始，也沒有產生費用。請 Inkthread "
        "的維護者騰出空間後再試。",
        # --- captions, buttons, texts beside pictures ---
        "caption_from": "{revision}（來自 {parent}）",
        "caption_seconds": "{seconds} 秒",
        "caption_free": "免費",
        "caption_estimated": "{price}（估算）",
        "caption_today": "你今天已用 {used}/{amount}",
        "caption_ai": "AI 生成",
        "caption_sandbox": "沙盒，非真實模型",
        "caption_fewer": "要了 {asked} 張，得到 {came} 張",
        "caption_refit": "已重新編碼以符合限制，點一下可看原圖",
        "caption_routed": "由 {model} 產生，因為 {configured} 做不到",
        "caption_hint_ratio": "比例取自「{words}」",
        "caption_hint_tier": "尺寸取自「{words}」",
        "caption_hint_transparent": "透明背景，取自「{words}」",
        "final_text": "最終版",
        "button_edit": "修改…",
        "button_again": "再來一次",
        "button_undo": "撤銷",
        "button_final": "最終版",
        "button_use": "用 {letter}",
        "button_compare": "比較",
        "button_history": "歷史",
        "button_original": "原始檔案",
        "button_why": "為什麼是這樣？",
        "button_cancel": "取消",
        "button_try_again": "再試一次",
        "button_try_again_price": "再試一次 · {price}",
        "alt_made": "AI 生成的圖片：{text}",
        "alt_changed": "AI 生成的圖片：{text}。之後的修改：{changes}",
        "alt_candidate": "圖片 {letter}。{alt}",
        "alt_compare": "{left} 與 {right} 並排",
        "alt_history": "所有版本排成一列",
        "placeholder_text": "{name} 想要：{text}",
        "result_text": "{head} 完成了：{text}",
        "show_text": "再看一次 {head}：{text}",
        "compare_text": "{left} 與 {right} 對照",
        "history_text": "目前的所有版本",
        "history_part": "共 {total} 個版本，這裡是最近 {count} 個。想看其中任意兩個："
        "compare v{first} v{last}",
        "history_line": "{head}（來自 {parent}）：{text}",
        "history_line_first": "{head}：{text}",
        "history_head": "{line} ← 對話從這裡繼續",
        "original_text": "{head} 的原始檔案，與模型產生的完全一致。",
        "original_linked": (
            "{head} 的原始檔案有 {size}，這裡無法傳送這麼大的檔案。請從這裡下載，與模型產生的完全一致；連"
            "結一週內有效。"
        ),
        "original_link": "下載原始檔案",
        "original_kept": (
            "{head} 的原始檔案有 {size}，這裡無法傳送這麼大的檔案。原件完整保留著，每次修改都從它開始。請"
            "在允許更大檔案的地方再按一次，或向 Inkthread 的管理者索取檔案 {name}。"
        ),
        "download_unknown": "這個位址下什麼也沒有。",
        "download_over": "這個連結已失效。請在討論串裡再要一次原始檔案。",
        "download_later": "暫時取不到這張圖片。請稍後再開啟這個連結。",
        "why_text": "{head} 是怎麼來的",
        "why_asked": "{name} 的請求：{text}",
        "why_from": "從 {parent} 開始修改。",
        "why_model": "模型 {model}，{size}，品質 {quality}，{format}。請求圖片：{count} 張，參考圖片："
        "{references} 張。",
        "why_cost": "費用：{price}。",
        "why_sent": "傳送給模型的內容：",
        **ACCOUNT,
        # --- forgetting, and messages that are taken back ---
        "button_delete": "刪除…",
        "button_forget": "是，忘記它",
        "forget_ask_this": "要永久忘記 {head} 嗎？將消失的有：它的圖片（{pictures} "
        "張）和要求它的文字，以及 Inkthread 關於它的訊息（{messages} "
        "則）。要求者：{names}。其他版本會保留。此操作無法復原。",
        "forget_ask_thread": "要永久忘記整個對話嗎？將消失的有：圖片（{pictures} 張）、請求（{words} "
        "個）和 Inkthread 在這裡的訊息（{messages} 則）。要求者：{names}。對話會被關閉。此操作無法復原。",
        "forget_ask_me": "要忘記您在這個工作區要求過的一切嗎？將消失的有：您的名字、您的圖片（{pictures} "
        "張）、您的請求（{words} 個）和 Inkthread 關於它們的訊息（{messages} "
        "則），在所有對話中。別人要求的會保留。此操作無法復原。",
        "forget_busy": "有一個正在進行或等待中的請求以 {head} 為起點。請等它完成，或取消它，然後再刪除 "
        "{head}。",
        "forget_waiting": "這裡正在製作圖片。它會先被取消，然後一切都會消失，並會通知您。",
        "forget_nothing": "這裡沒有還能忘記的內容。",
        "forget_where": "請在相關的對話裡說這句話。",
        "forgot": "已忘記。已消失：圖片 {pictures} 張，請求 {words} 個，訊息 {messages} "
        "則。帳目裡只留下數字，沒有文字和圖片。",
        "forgot_but_left": "已忘記。已消失：圖片 {pictures} 張，請求 {words} 個，訊息 {messages} "
        "則。帳目裡只留下數字，沒有文字和圖片。平台不讓刪除的訊息：{left} 則，請手動刪除。",
        "forgotten": "這則內容已應要求被忘記。",
        "words_forgotten": "這次請求的文字已應要求被忘記。",
        "person_unnamed": "一位姓名未保存的成員",
        "revision_forgotten": "v{revision} 已被忘記，無法再使用。說「歷史」可以查看還有哪些版本。",
        "revised_late": "這個請求已經按您最初的文字開始了，修改來得太晚。請在它的對話裡回覆想要的改動。",
        "withdrawn_late": "您的訊息已刪除，但圖片已經在製作中。請在它的訊息上取消，或等圖片出來後刪除它。",
        # --- help ---
        "help_text": "在這裡可以說什麼",
        "help_new": "/imagine 加上你想看到的內容：產生一張新圖片。選項：--ar 16:9、--size 2k、--quality "
        "high、--draft、-n 4、--transparent、--format webp、--no 文字。引號裡的文字會逐字畫出來。",
        "thread_hint": "回覆這則訊息即可修改圖片。",
        "help_reply": "在它的對話裡回覆想改什麼，就會修改最後一個版本。「v2：把天空變成綠色」會從 v2 "
        "開始修改。",
        "help_words": "撤銷 · 重做 · v2 · 再來一次 · 用 b · 最終 · 最終 4k · 顯示 · 為什麼 · 比較 · 比較 v1 "
        "v3 · 歷史 · 取消 · 關閉 · 說明",
        "help_talk": "以 // 開頭就只是聊天，不會修改任何東西。",
    }
)
