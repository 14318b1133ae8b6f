"""The sentences in English, the language that has them all.

Each says what happened and what to do next. Values stand in braces; `_one` and `_none` are what a sentence
becomes where the number it counts by (`plurals.py`) is one or none.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from core.app.wording.account.english import ACCOUNT

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "unknown": "Something happened that Inkthread has no words for yet ({code}).",
        "gone": "This is not here any more.",
        # --- a turn on its way ---
        "turn_waiting": "Waiting its turn: {ahead} requests go first in this thread.",
        "turn_waiting_one": "Waiting its turn: 1 request goes first in this thread.",
        "turn_waiting_none": "Waiting its turn: it is next in this thread.",
        "turn_queued_behind": "In the queue: {ahead} pictures go first.",
        "turn_queued_behind_one": "In the queue: 1 picture goes first.",
        "turn_rate_limited": "The image service asks us to wait a moment. Nothing failed; "
        "this goes on by itself.",
        "turn_minute_full": "Waiting for a place: only so many pictures a minute can be "
        "made. It goes on by itself.",
        "turn_overloaded": "The image service is overloaded. Nothing failed; this is tried again by itself.",
        "turn_unreachable": "The image service cannot be reached. Nothing was spent; "
        "this is tried again by itself.",
        "turn_resumed": "Picked up again after Inkthread restarted.",
        "turn_generating": "Making the picture…",
        "turn_generating_many": "Making {count} pictures…",
        "turn_generating_many_one": "Making the picture…",
        "turn_finishing": "Almost there…",
        "turn_cancelling": "Cancelling. If the picture still comes, it is already paid for, "
        "so it is kept in the history.",
        "turn_refused": "This was not made, and nothing was spent. The message below says why.",
        "turn_not_shown": "The picture was made and kept, but it could not be shown here. "
        "Say “show” to see it.",
        "not_shown_missing": "Inkthread lacks a permission to show your picture here: {missing}. It "
        "is kept. Once somebody who manages this place has allowed it, say “show” in the thread.",
        "not_shown": "Your picture was made and kept, but Inkthread may not post any more where you "
        "asked for it. When it may again, say “show” there. "
        "Until then your history shows it.",
        "about_price": "about {price}",
        # --- how a turn ends without its picture ---
        "cancelled": "Cancelled. Nothing was spent.",
        "cancelled_billed": "Cancelled. The image service may have charged {price}; "
        "that is not counted against you.",
        "cancelled_late": "Cancelled, but the picture was already made and paid for. It is kept as {head}; "
        "the thread goes on from where it was. Say “{head}” to use it.",
        "failed_moderated": "The safety system refused this, so there is no picture. It costs you nothing. "
        "Say it in other words, or leave out what could be read as harmful.",
        "failed_moderated_input": "The safety system refused the request itself: its words or a reference "
        "picture. It costs you nothing. Say it in other words, or use other references.",
        "failed_moderated_output": "A picture was made, but the safety system held it back. "
        "It costs you nothing. Change what is shown and try again.",
        "failed_rejected": "The image service would not take this request. Nothing was spent. Try other "
        "options; if it goes on, tell the person who runs Inkthread (reference {reference}).",
        "failed_rate_limited": "The image service was too busy for a long time, so this was given up. "
        "Nothing was spent. Try again later.",
        "failed_overloaded": "The image service was overloaded for a long time, so this was given up. "
        "Nothing was spent. Try again later.",
        "failed_unreachable": "The image service could not be reached. Nothing was spent. Try again; "
        "if it goes on, ask the person who runs Inkthread to check its network.",
        "failed_out_of_money": "The account that pays for pictures has no money left. Nothing was spent. "
        "The person who runs Inkthread has to add credit; then try again.",
        "failed_key_refused": "The image service refused our key. Nothing was spent. The person who runs "
        "Inkthread has to check OPENAI_API_KEY (“inkthread doctor” says more); then try again.",
        "failed_no_answer": "The image service did not answer in time. It may still have charged {price}; "
        "that is not counted against you. Nothing is repeated unasked: press “Try again” if you want it.",
        "failed_broken_off": "The connection broke while the picture was being made. It may still have cost "
        "{price}; that is not counted against you. Nothing is repeated unasked: press “Try again” if "
        "you want it.",
        "failed_no_picture": "The image service answered without a picture. "
        "It is not counted against you. Try again.",
        "failed_storage": "The place where pictures are kept is full or cannot be written. It is not counted "
        "against you. The person who runs Inkthread has to make room; then try again.",
        "failed_cannot_post": "Inkthread may not post here, so nothing was made and nothing was spent. "
        "Invite it to this channel and try again.",
        "failed_cannot_post_missing": "Inkthread lacks a permission here, so nothing was made and nothing "
        "was spent. Somebody who manages this place has to allow it: {missing}. Then try again.",
        "permission_view_channel": "View Channel",
        "permission_send_messages": "Send Messages",
        "permission_send_messages_in_threads": "Send Messages in Threads",
        "permission_attach_files": "Attach Files",
        "failed_own_fault": "Something went wrong inside Inkthread before anything was sent. Nothing "
        "was spent. Try again; if it goes on, tell the person who runs Inkthread (reference {reference}).",
        # --- answers ---
        "queued": "Waiting its turn: {ahead} requests go first in this thread.",
        "queued_one": "Waiting its turn: 1 request goes first in this thread.",
        "queued_none": "Waiting its turn: it is next in this thread.",
        "busy": "Three requests are waiting in this thread already. "
        "Ask again when one is done, or cancel one.",
        "busy_moving": "A picture is being made here. Move between versions once it is done.",
        "closed": "This thread is closed. Start a new picture with /imagine.",
        "closed_thread": "Closed: replies here are no longer edits. The pictures stay.",
        "nothing_to_undo": "There is nothing to undo: this is the first version.",
        "nothing_to_redo": "There is nothing to redo. Say “history” to see all versions.",
        "nothing_to_cancel": "Nothing of yours is running or waiting here.",
        "nothing_to_edit": "There is no picture here to change yet. Ask for one with /imagine, "
        "or send one along.",
        "nothing_to_show": "There is no picture here yet. Ask for one with /imagine.",
        "nothing_to_compare": "There is only one version so far, so there is nothing to compare it with.",
        "no_such_revision": "There is no v{revision} in this thread. Say “history” to see what there is.",
        "no_such_candidate": "This version has no picture {letter}. Say “history” to see what there is.",
        "moved_to": "The thread goes on from {head} now.",
        "over_quota": "No room left in {whose}: {used} of {amount} used, and this needs {needed}. "
        "There is room again from {back_at}. {ask}",
        "over_quota_for_good": "This alone is more than {whose} allows: it needs {needed} of {amount}. "
        "Ask for less. {ask}",
        "over_quota_ask_admin": "An admin can raise it.",
        "whose_actor_day": "your daily limit",
        "whose_actor_week": "your weekly limit",
        "whose_actor_month": "your monthly limit",
        "whose_role_day": "your group's daily limit",
        "whose_role_week": "your group's weekly limit",
        "whose_role_month": "your group's monthly limit",
        "whose_channel_day": "this channel's daily limit",
        "whose_channel_week": "this channel's weekly limit",
        "whose_channel_month": "this channel's monthly limit",
        "whose_workspace_day": "the team's daily limit",
        "whose_workspace_week": "the team's weekly limit",
        "whose_workspace_month": "the team's monthly limit",
        "whose_installation_day": "the daily budget of this Inkthread",
        "whose_installation_week": "the weekly budget of this Inkthread",
        "whose_installation_month": "the monthly budget of this Inkthread",
        "not_yours": "Only {name} or an admin can do that. Reply in the thread to ask for your own.",
        "not_yet": "“{what}” is not available yet. Nothing was done and nothing was spent.",
        "references_notice": "Good to know: location and other hidden data are removed from your pictures. "
        "They are sent to the image service with your request, and kept here as long as a version uses them.",
        # --- what is wrong with a prompt ---
        "prompt_empty": "There are no words to make a picture from. "
        "Try: /imagine a lighthouse at dusk --ar 16:9",
        "prompt_too_long": "This is too long: the model reads at most 32,000 characters. "
        "Nothing was cut and nothing was spent. Shorten it and send it again.",
        "prompt_unknown_option": "There is no option {subject}. {meant}Say “help” to see the options. "
        "Here: {place}",
        "prompt_missing_value": "The option {subject} needs a value. {meant}Here: {place}",
        "prompt_bad_value": "{subject} is not a value this option knows. {meant}Here: {place}",
        "prompt_bad_ratio": "The ratio {subject} cannot be made: it has to be from 1:3 to 3:1. "
        "{meant}Here: {place}",
        "prompt_bad_size": "The size {subject} cannot be made. Both edges have to be multiples of 16, "
        "at most 3840, and the picture between 655,360 and 8,294,400 pixels. {meant}Here: {place}",
        "prompt_bad_count": "“{subject}” is not a number of pictures you can ask for: 1 to 8 at once. "
        "{meant}Here: {place}",
        "prompt_conflict": "{subject} and {other} do not go together; leave one out. {meant}Here: {place}",
        "prompt_repeated_option": "The option {subject} is there twice; keep one. Here: {place}",
        "prompt_no_seeds": "The model has no seeds, so {subject} would do nothing. Leave it out; "
        "“again” gives another picture.",
        "prompt_not_yet": "The option {subject} is not available yet, so nothing was made and nothing was "
        "spent. Leave it out and send it again.",
        "did_you_mean": "Did you mean {suggestion}? ",
        "texts_tip": "Tip: in a long prompt, put each text to be drawn in quotes, one after the other. "
        "They come out more exactly.",
        # --- what a model cannot do ---
        "model_cannot_size": "The model cannot make {subject}. The nearest it can make is {suggestion}.",
        "model_cannot_quality": "The model has no quality “{subject}”. The nearest is “{suggestion}”.",
        "model_cannot_format": "The model cannot make {subject} files. It can make {suggestion}.",
        "model_cannot_format_without_alpha": "A {subject} file cannot be transparent. Use {suggestion}.",
        "model_cannot_count": "The model cannot make {subject} pictures at once; "
        "ask for at most {suggestion}.",
        "model_cannot_inputs": "The model takes at most {suggestion} pictures along with a request; "
        "these were {subject}. Send fewer.",
        "model_cannot_inputs_one": "The model takes only 1 picture along with a request; "
        "these were {subject}. Send fewer.",
        "model_cannot_edit": "The model in use here cannot change pictures, only make new ones. "
        "Start one with /imagine.",
        "model_cannot_transparent": "The model in use here cannot make transparent pictures. "
        "Ask again without a transparent background.",
        "too_many_references": "At most {suggestion} reference pictures can be used here; these were "
        "{subject}. Nothing was spent; send fewer.",
        "too_many_references_one": "Only 1 reference picture can be used here; these were {subject}. "
        "Nothing was spent; send fewer.",
        # --- what is wrong with a file ---
        "file_not_a_picture": "{file} is not a picture. Send png, jpeg or webp. Nothing was spent.",
        "file_unsupported_format": "{file} is a kind of picture that cannot be read here. "
        "Send png, jpeg or webp. Nothing was spent.",
        "file_animated": "{file} moves; only still pictures can be used. "
        "Save one frame as png and send that. Nothing was spent.",
        "file_too_many_pixels": "{file} has too many pixels to open safely. "
        "Make it smaller and send it again. Nothing was spent.",
        "file_truncated": "{file} is cut off: part of the picture is missing. "
        "Send it again. Nothing was spent.",
        "file_too_large": "{file} is too large. Send at most 50 MB. Nothing was spent.",
        "file_gone": "{file} is not there any more. Send it again. Nothing was spent.",
        "file_forbidden": "{file} could not be opened: Inkthread may not read it. "
        "Send it here directly. Nothing was spent.",
        "file_unreachable": "{file} could not be fetched just now. "
        "Send it again in a moment. Nothing was spent.",
        "storage_down": "The place where pictures are kept is full or cannot be written, so nothing was "
        "started and nothing was spent. The person who runs Inkthread has to make room; then try again.",
        # --- captions, buttons, texts beside pictures ---
        "caption_from": "{revision} from {parent}",
        "caption_seconds": "{seconds} s",
        "caption_free": "free",
        "caption_estimated": "{price} (estimated)",
        "caption_today": "you {used} of {amount} today",
        "caption_ai": "AI-generated",
        "caption_sandbox": "sandbox, not a real model",
        "caption_fewer": "{came} of {asked} came",
        "caption_refit": "re-encoded to fit; the original is one click away",
        "caption_routed": "made by {model}, because {configured} cannot do this",
        "caption_hint_ratio": "ratio taken from “{words}”",
        "caption_hint_tier": "size taken from “{words}”",
        "caption_hint_transparent": "transparent, taken from “{words}”",
        "final_text": "final",
        "button_edit": "Edit…",
        "button_again": "Again",
        "button_undo": "Undo",
        "button_final": "Final",
        "button_use": "Use {letter}",
        "button_compare": "Compare",
        "button_history": "History",
        "button_original": "Original file",
        "button_why": "Why does it look so?",
        "button_cancel": "Cancel",
        "button_try_again": "Try again",
        "button_try_again_price": "Try again · {price}",
        "alt_made": "AI-generated picture: {text}",
        "alt_changed": "AI-generated picture: {text}. Then changed: {changes}",
        "alt_candidate": "Picture {letter}. {alt}",
        "alt_compare": "{left} and {right} side by side",
        "alt_history": "All versions in a row",
        "placeholder_text": "{name} asked for: {text}",
        "result_text": "{head} is ready: {text}",
        "show_text": "{head} once more: {text}",
        "compare_text": "{left} beside {right}",
        "history_text": "All versions so far",
        "history_part": "The last {count} of {total} versions. To see any two of them: "
        "compare v{first} v{last}",
        "history_line": "{head} from {parent}: {text}",
        "history_line_first": "{head}: {text}",
        "history_head": "{line} ← the thread goes on from here",
        "original_text": "The original file of {head}, exactly as the model made it.",
        "original_linked": (
            "The original of {head} is {size}, more than this place takes. Here it is, exactly "
            "as the model made it; the link works for a week."
        ),
        "original_link": "Download the original",
        "original_kept": (
            "The original of {head} is {size}, more than this place takes. It is kept, exactly "
            "as the model made it, and every edit starts from it. Press the button again where larger "
            "files are allowed, or ask whoever runs Inkthread for the file {name}."
        ),
        "download_unknown": "There is nothing at this address.",
        "download_over": "This link has ended. Ask for the original once more in the thread.",
        "download_later": "The picture cannot be fetched just now. Open the link again in a moment.",
        "why_text": "How {head} came to be",
        "why_asked": "Asked by {name}: {text}",
        "why_from": "Starts from {parent}.",
        "why_model": "Model {model}, {size}, quality {quality}, {format}. "
        "Pictures asked for: {count}. References: {references}.",
        "why_cost": "Cost: {price}.",
        "why_sent": "What the model was sent:",
        **ACCOUNT,
        # --- forgetting, and messages that are taken back ---
        "button_delete": "Delete…",
        "button_forget": "Yes, forget it",
        "forget_ask_this": "Forget {head} for good? What goes: its pictures ({pictures}) with the words "
        "that asked for them, and Inkthread’s messages about it ({messages}). Asked for by: {names}. "
        "Other versions stay. This cannot be undone.",
        "forget_ask_thread": "Forget this whole thread for good? What goes: pictures ({pictures}), "
        "requests ({words}) and Inkthread’s messages here ({messages}). Asked for by: {names}. The thread "
        "is closed. This cannot be undone.",
        "forget_ask_me": "Forget everything you asked for in this workspace? What goes: your name, your "
        "pictures ({pictures}), your requests ({words}) and Inkthread’s messages about them ({messages}), "
        "in all threads. What others asked for stays. This cannot be undone.",
        "forget_busy": "A request that is running or waiting starts from {head}. Wait until it is done, or "
        "cancel it; then delete {head}.",
        "forget_waiting": "Something here is being made right now. It is called off, then everything goes, "
        "and you are told.",
        "forget_nothing": "There is nothing here that could still be forgotten.",
        "forget_where": "Say this in the thread that it is about.",
        "forgot": "Forgotten. Gone: pictures {pictures}, requests {words}, messages {messages}. Only "
        "numbers stay in the books, without words or pictures.",
        "forgot_but_left": "Forgotten. Gone: pictures {pictures}, requests {words}, messages {messages}. "
        "Only numbers stay in the books, without words or pictures. Messages that the platform would not "
        "let go: {left}; delete them by hand.",
        "forgotten": "This was forgotten on request.",
        "words_forgotten": "The words that asked for this were forgotten on request.",
        "person_unnamed": "somebody whose name is not kept",
        "revision_forgotten": "v{revision} was forgotten, so nothing can be done with it any more. Say "
        "“history” to see what there is.",
        "revised_late": "This was begun with your first words, so the new ones come too late. Reply in its "
        "thread with what to change.",
        "withdrawn_late": "Your message is gone, but its picture is being made already. Cancel it on its "
        "own message, or delete the picture once it is there.",
        # --- help ---
        "help_text": "What you can say here",
        "help_new": "/imagine and what you want to see makes a new picture. Options: --ar 16:9, --size 2k, "
        "--quality high, --draft, -n 4, --transparent, --format webp, --no words. "
        "Words in quotes are drawn letter by letter.",
        "thread_hint": "Reply to this message to change the picture.",
        "help_reply": "Reply in its thread with what to change: that edits the last version. "
        "“v2: make the sky green” starts from v2.",
        "help_words": "undo · redo · v2 · again · use b · final · final 4k · show · why · compare · "
        "compare v1 v3 · history · cancel · close · help",
        "help_talk": "Begin with // to talk without changing anything.",
    }
)
