"""The sentences in simplified Chinese.

A version is 版本, a picture 图片, a thread 对话; people are 你.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from core.app.wording.account.chinese_simplified import ACCOUNT

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "unknown": "发生了一件 Inkthread 还没有说法的事（{code}）。",
        "gone": "它已经不在这里了。",
        # --- a turn on its way ---
        "turn_waiting": "正在排队：这个对话里前面还有 {ahead} 个请求。",
        "turn_waiting_none": "正在排队：下一个就是它。",
        "turn_queued_behind": "正在排队：前面还有 {ahead} 张图片。",
        "turn_rate_limited": "图片服务让我们稍等片刻。没有出错，稍后会自动继续。",
        "turn_minute_full": "正在等候名额：每分钟能制作的图片数量有限。轮到时会自动继续。",
        "turn_overloaded": "图片服务现在过载。没有出错，会自动重试。",
        "turn_unreachable": "暂时连不上图片服务。没有产生费用，会自动重试。",
        "turn_resumed": "Inkthread 重启后已继续处理。",
        "turn_generating": "正在生成图片…",
        "turn_generating_many": "正在生成 {count} 张图片…",
        "turn_finishing": "马上就好…",
        "turn_cancelling": "正在取消。如果图片还是生成了，费用已经产生，图片会保留在历史里。",
        "turn_refused": "没有生成，也没有产生费用。原因见下面的消息。",
        "turn_not_shown": "图片已生成并保存，但没能在这里显示。回复“显示”即可查看。",
        "not_shown_missing": "Inkthread 在这里缺少显示图片所需的权限：{missing}。图片已保存。请让这"
        "里的管理者允许，然后在话题里回复“显示”。",
        "not_shown": "你的图片已生成并保存，但 Inkthread 已不能在你提出请求的地方发言。"
        "恢复后，请在那里回复“显示”。"
        "在此之前，可在你的历史记录中查看。",
        "about_price": "约 {price}",
        # --- how a turn ends without its picture ---
        "cancelled": "已取消，没有产生费用。",
        "cancelled_billed": "已取消。图片服务可能收取了 {price}，不会算在你头上。",
        "cancelled_late": "已取消，但图片当时已经生成并付费。它保存为 {head}，对话仍从原来的版本继续。"
        "想用它就回复“{head}”。",
        "failed_moderated": "安全系统拒绝了这个请求，所以没有图片。不会向你收费。请换个说法，"
        "或去掉可能被视为有害的内容。",
        "failed_moderated_input": "安全系统拒绝了请求本身（文字或参考图片）。不会向你收费。请换个说法，"
        "或换别的参考图片。",
        "failed_moderated_output": "图片已生成，但被安全系统拦下了。不会向你收费。请调整画面内容后再试。",
        "failed_rejected": "图片服务不接受这个请求。没有产生费用。请换别的选项试试；如果一直这样，请告诉 "
        "Inkthread 的维护者（编号 {reference}）。",
        "failed_rate_limited": "图片服务长时间繁忙，所以这次放弃了。没有产生费用。请稍后再试。",
        "failed_overloaded": "图片服务长时间过载，所以这次放弃了。没有产生费用。请稍后再试。",
        "failed_unreachable": "连不上图片服务。没有产生费用。请再试一次；如果一直这样，请 Inkthread "
        "的维护者检查网络。",
        "failed_out_of_money": "用来支付图片的账户没有余额了。没有产生费用。请 Inkthread "
        "的维护者充值后再试。",
        "failed_key_refused": "图片服务拒绝了我们的密钥。没有产生费用。请 Inkthread 的维护者检查 "
        "OPENAI_API_KEY（运行“inkthread doctor”可了解详情），然后再试。",
        "failed_no_answer": "图片服务没有及时回应。它可能仍收取了 {price}，不会算在你头上。"
        "未经你同意不会重复生成：想再来一次，请按“再试一次”。",
        "failed_broken_off": "生成过程中连接断开了。可能仍产生了 {price} 的费用，不会算在你头上。"
        "未经你同意不会重复生成：想再来一次，请按“再试一次”。",
        "failed_no_picture": "图片服务有回应，但没有给出图片。不会算在你头上。请再试一次。",
        "failed_storage": "存放图片的地方已满或无法写入。不会算在你头上。请 Inkthread "
        "的维护者腾出空间后再试。",
        "failed_cannot_post": "Inkthread 不能在这里发消息，所以什么都没生成，也没有产生费用。"
        "请邀请它加入这个频道后再试。",
        "failed_cannot_post_missing": "Inkthread 在这里缺少权限，所以什么都没生成，也没有产生费用。"
        "请让这里的管理者允许：{missing}，然后再试。",
        "permission_view_channel": "查看频道",
        "permission_send_messages": "发送消息",
        "permission_send_messages_in_threads": "在子区内发送消息",
        "permission_attach_files": "附加文件",
        "failed_own_fault": "Inkthread 内部出了错，什么都还没发出去。没有产生费用。请再试一次；如果一直这样，"
        "请告诉 Inkthread 的维护者（编号 {reference}）。",
        # --- answers ---
        "queued": "正在排队：这个对话里前面还有 {ahead} 个请求。",
        "queued_none": "正在排队：下一个就是它。",
        "busy": "这个对话里已经有三个请求在等。请等其中一个完成后再提，或取消一个。",
        "busy_moving": "这里正在制作图片。请等它完成后再切换版本。",
        "closed": "这个对话已关闭。用 /imagine 开始一张新图片吧。",
        "closed_thread": "已关闭：这里的回复不再是修改，图片会保留。",
        "nothing_to_undo": "没有可以撤销的：这已经是第一个版本。",
        "nothing_to_redo": "没有可以重做的。回复“历史”可查看所有版本。",
        "nothing_to_cancel": "这里没有你正在进行或等待的请求。",
        "nothing_to_edit": "这里还没有可以修改的图片。用 /imagine 生成一张，或发一张过来。",
        "nothing_to_show": "这里还没有图片。用 /imagine 生成一张吧。",
        "nothing_to_compare": "目前只有一个版本，没有可以比较的对象。",
        "no_such_revision": "这个对话里没有 v{revision}。回复“历史”可查看所有版本。",
        "no_such_candidate": "这个版本里没有图片 {letter}。回复“历史”可查看所有版本。",
        "moved_to": "对话现在从 {head} 继续。",
        "over_quota": "{whose}不够用了：已用 {used}，上限 {amount}，这次需要 {needed}。{back_at} 起恢复。"
        "{ask}",
        "over_quota_for_good": "单这一次就超过了{whose}：需要 {needed}，上限 {amount}。请少要一些。{ask}",
        "over_quota_ask_admin": "管理员可以提高上限。",
        "whose_actor_day": "你的每日额度",
        "whose_actor_week": "你的每周额度",
        "whose_actor_month": "你的每月额度",
        "whose_role_day": "你所在用户组的每日额度",
        "whose_role_week": "你所在用户组的每周额度",
        "whose_role_month": "你所在用户组的每月额度",
        "whose_channel_day": "这个频道的每日额度",
        "whose_channel_week": "这个频道的每周额度",
        "whose_channel_month": "这个频道的每月额度",
        "whose_workspace_day": "团队的每日额度",
        "whose_workspace_week": "团队的每周额度",
        "whose_workspace_month": "团队的每月额度",
        "whose_installation_day": "本 Inkthread 的每日预算",
        "whose_installation_week": "本 Inkthread 的每周预算",
        "whose_installation_month": "本 Inkthread 的每月预算",
        "not_yours": "只有 {name} 或管理员可以这样做。想要自己的图片，请在对话里回复。",
        "not_yet": "“{what}”还不能用。什么都没做，也没有产生费用。",
        "references_notice": "请知悉：你的图片会先去掉位置和其他隐藏信息，再随请求发送给图片服务；"
        "只要还有版本用到它们，就会保存在这里。",
        # --- what is wrong with a prompt ---
        "prompt_empty": "没有可以用来作画的文字。试试：/imagine 黄昏的灯塔 --ar 16:9",
        "prompt_too_long": "太长了：模型最多读 32,000 个字符。没有截断，也没有产生费用。请缩短后重新发送。",
        "prompt_unknown_option": "没有 {subject} 这个选项。{meant}回复“帮助”可查看选项。位置：{place}",
        "prompt_missing_value": "选项 {subject} 需要一个值。{meant}位置：{place}",
        "prompt_bad_value": "这个选项不认识 {subject}。{meant}位置：{place}",
        "prompt_bad_ratio": "做不出 {subject} 的比例：必须在 1:3 到 3:1 之间。{meant}位置：{place}",
        "prompt_bad_size": "做不出 {subject} 的尺寸：两边都必须是 16 的倍数，最大 3840，总像素在 655,360 到 "
        "8,294,400 之间。{meant}位置：{place}",
        "prompt_bad_count": "图片数量不能是“{subject}”：一次可以要 1 到 8 张。{meant}位置：{place}",
        "prompt_conflict": "{subject} 和 {other} 不能一起用，请去掉一个。{meant}位置：{place}",
        "prompt_repeated_option": "选项 {subject} 出现了两次，请只留一个。位置：{place}",
        "prompt_no_seeds": "这个模型没有随机种子，所以 {subject} 不起作用。请去掉它；回复“再来一次”"
        "可得到另一张图片。",
        "prompt_not_yet": "选项 {subject} 还不能用，所以什么都没生成，也没有产生费用。请去掉它再发一次。",
        "did_you_mean": "你是想写 {suggestion} 吗？",
        "texts_tip": "小提示：提示词很长时，把要画出来的文字逐条用引号括起来，会画得更准确。",
        # --- what a model cannot do ---
        "model_cannot_size": "模型做不出 {subject}，最接近的是 {suggestion}。",
        "model_cannot_quality": "模型没有“{subject}”这一档质量，最接近的是“{suggestion}”。",
        "model_cannot_format": "模型不能生成 {subject} 文件，可以用 {suggestion}。",
        "model_cannot_format_without_alpha": "{subject} 文件不能透明，请用 {suggestion}。",
        "model_cannot_count": "模型一次做不出 {subject} 张图片，最多可以要 {suggestion} 张。",
        "model_cannot_inputs": "模型一次请求最多接受 {suggestion} 张图片，这次有 {subject} 张。请少发一些。",
        "model_cannot_edit": "这里使用的模型不能修改图片，只能生成新图。请用 /imagine 开始一张。",
        "model_cannot_transparent": "这里使用的模型不能生成透明图片。请去掉透明背景后再试。",
        "too_many_references": "这里最多可以用 {suggestion} 张参考图片，这次有 {subject} 张。没有产生费用，"
        "请少发一些。",
        # --- what is wrong with a file ---
        "file_not_a_picture": "{file} 不是图片。请发送 png、jpeg 或 webp。没有产生费用。",
        "file_unsupported_format": "这里读不了 {file} 这种图片。请发送 png、jpeg 或 webp。没有产生费用。",
        "file_animated": "{file} 是动图，这里只能用静态图片。请把其中一帧存成 png 再发送。没有产生费用。",
        "file_too_many_pixels": "{file} 的像素太多，无法安全打开。请缩小后重新发送。没有产生费用。",
        "file_truncated": "{file} 不完整，缺了一部分画面。请重新发送。没有产生费用。",
        "file_too_large": "{file} 太大了，最大 50 MB。没有产生费用。",
        "file_gone": "{file} 已经不在了，请重新发送。没有产生费用。",
        "file_forbidden": "无法打开 {file}：Inkthread 没有读取权限。请直接发到这里。没有产生费用。",
        "file_unreachable": "刚才没能取到 {file}，请稍后重新发送。没有产生费用。",
        "storage_down": "存放图片的地方已满或无法写入，所以什么都没开始，也没有产生费用。请 Inkthread "
        "的维护者腾出空间后再试。",
        # --- captions, buttons, texts beside pictures ---
        "caption_from": "{revision}（基于 {parent}）",
        "caption_seconds": "{seconds} 秒",
        "caption_free": "免费",
        "caption_estimated": "{price}（估算）",
        "caption_today": "你今天已用 {used}/{amount}",
        "caption_ai": "AI 生成",
        "caption_sandbox": "沙盒，非真实模型",
        "caption_fewer": "要了 {asked} 张，得到 {came} 张",
        "caption_refit": "已重新编码以适应限制，点一下可看原图",
        "caption_routed": "由 {model} 生成，因为 {configured} 做不到",
        "caption_hint_ratio": "比例取自“{words}”",
        "caption_hint_tier": "尺寸取自“{words}”",
        "caption_hint_transparent": "透明背景，取自“{words}”",
        "final_text": "最终版",
        "button_edit": "修改…",
        "button_again": "再来一次",
        "button_undo": "撤销",
        "button_final": "最终版",
        "button_use": "用 {letter}",
        "button_compare": "比较",
        "button_history": "历史",
        "button_original": "原始文件",
        "button_why": "为什么是这样？",
        "button_cancel": "取消",
        "button_try_again": "再试一次",
        "button_try_again_price": "再试一次 · {price}",
        "alt_made": "AI 生成的图片：{text}",
        "alt_changed": "AI 生成的图片：{text}。之后的修改：{changes}",
        "alt_candidate": "图片 {letter}。{alt}",
        "alt_compare": "{left} 与 {right} 并排",
        "alt_history": "所有版本排成一行",
        "placeholder_text": "{name} 想要：{text}",
        "result_text": "{head} 完成了：{text}",
        "show_text": "再看一次 {head}：{text}",
        "compare_text": "{left} 与 {right} 对比",
        "history_text": "目前的所有版本",
        "history_part": "共 {total} 个版本，这里是最近 {count} 个。想看其中任意两个："
        "compare v{first} v{last}",
        "history_line": "{head}（基于 {parent}）：{text}",
        "history_line_first": "{head}：{text}",
        "history_head": "{line} ← 对话从这里继续",
        "original_text": "{head} 的原始文件，与模型生成的完全一致。",
        "original_linked": (
            "{head} 的原始文件有 {size}，这里无法发送这么大的文件。请从这里下载，与模型生成的完全一致；链"
            "接一周内有效。"
        ),
        "original_link": "下载原始文件",
        "original_kept": (
            "{head} 的原始文件有 {size}，这里无法发送这么大的文件。原件完整保留着，每次修改都从它开始。请"
            "在允许更大文件的地方再按一次，或向 Inkthread 的管理者索取文件 {name}。"
        ),
        "download_unknown": "这个地址下什么也没有。",
        "download_over": "这个链接已失效。请在话题里再要一次原始文件。",
        "download_later": "暂时取不到这张图片。请稍后再打开这个链接。",
        "why_text": "{head} 是怎么来的",
        "why_asked": "{name} 的请求：{text}",
        "why_from": "从 {parent} 开始修改。",
        "why_model": "模型 {model}，{size}，质量 {quality}，{format}。请求图片：{count} 张，参考图片："
        "{references} 张。",
        "why_cost": "费用：{price}。",
        "why_sent": "发送给模型的内容：",
        **ACCOUNT,
        # --- forgetting, and messages that are taken back ---
        "button_delete": "删除…",
        "button_forget": "是，忘记它",
        "forget_ask_this": "要永久忘记 {head} 吗？将消失的有：它的图片（{pictures} "
        "张）和要求它的文字，以及 Inkthread 关于它的消息（{messages} "
        "条）。要求者：{names}。其他版本会保留。此操作无法撤销。",
        "forget_ask_thread": "要永久忘记整个对话吗？将消失的有：图片（{pictures} 张）、请求（{words} "
        "个）和 Inkthread 在这里的消息（{messages} 条）。要求者：{names}。对话会被关闭。此操作无法撤销。",
        "forget_ask_me": "要忘记您在这个工作区要求过的一切吗？将消失的有：您的名字、您的图片（{pictures} "
        "张）、您的请求（{words} 个）和 Inkthread 关于它们的消息（{messages} "
        "条），在所有对话中。别人要求的会保留。此操作无法撤销。",
        "forget_busy": "有一个正在进行或等待中的请求以 {head} 为起点。请等它完成，或取消它，然后再删除 "
        "{head}。",
        "forget_waiting": "这里正在制作图片。它会先被取消，然后一切都会消失，并会通知您。",
        "forget_nothing": "这里没有还能忘记的内容。",
        "forget_where": "请在相关的对话里说这句话。",
        "forgot": "已忘记。已消失：图片 {pictures} 张，请求 {words} 个，消息 {messages} "
        "条。账目里只留下数字，没有文字和图片。",
        "forgot_but_left": "已忘记。已消失：图片 {pictures} 张，请求 {words} 个，消息 {messages} "
        "条。账目里只留下数字，没有文字和图片。平台不让删除的消息：{left} 条，请手动删除。",
        "forgotten": "这条内容已应要求被忘记。",
        "words_forgotten": "这次请求的文字已应要求被忘记。",
        "person_unnamed": "一位姓名未保存的成员",
        "revision_forgotten": "v{revision} 已被忘记，无法再使用。说“历史”可以查看还有哪些版本。",
        "revised_late": "这个请求已经按您最初的文字开始了，修改来得太晚。请在它的对话里回复想要的改动。",
        "withdrawn_late": "您的消息已删除，但图片已经在制作中。请在它的消息上取消，或等图片出来后删除它。",
        # --- help ---
        "help_text": "在这里可以说什么",
        "help_new": "/imagine 加上你想看到的内容：生成一张新图片。选项：--ar 16:9、--size 2k、--quality "
        "high、--draft、-n 4、--transparent、--format webp、--no 文字。引号里的文字会逐字画出来。",
        "thread_hint": "回复这条消息即可修改图片。",
        "help_reply": "在它的对话里回复想改什么，就会修改最后一个版本。“v2：把天空变成绿色”会从 v2 "
        "开始修改。",
        "help_words": "撤销 · 重做 · v2 · 再来一次 · 用 b · 最终 · 最终 4k · 显示 · 为什么 · 比较 · 比较 v1 "
        "v3 · 历史 · 取消 · 关闭 · 帮助",
        "help_talk": "以 // 开头就只是聊天，不会修改任何东西。",
    }
)
