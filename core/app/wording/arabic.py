"""The sentences in Arabic.

A version is نسخة, a picture صورة, a thread محادثة. Numbers stand behind a colon, because
Arabic has six plurals. Values and Latin words are set off by `direction.py`, so that they keep their order.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from core.app.wording.account.arabic import ACCOUNT
from core.app.wording.direction import isolated

if TYPE_CHECKING:
    from collections.abc import Mapping

_WRITTEN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "unknown": "حدث شيء لا يعرف Inkthread كيف يصفه بعد ({code}).",
        "gone": "هذا لم يعد موجودًا هنا.",
        # --- a turn on its way ---
        "turn_waiting": "في الانتظار. الطلبات التي تسبقه في هذه المحادثة: {ahead}.",
        "turn_waiting_none": "في الانتظار: هو التالي في هذه المحادثة.",
        "turn_queued_behind": "في قائمة الانتظار. الصور التي تسبقه: {ahead}.",
        "turn_rate_limited": "تطلب منا خدمة الصور الانتظار قليلًا. لم يفشل شيء، وسيتابع العمل تلقائيًا.",
        "turn_minute_full": "في انتظار الدور: عدد الصور في الدقيقة محدود. سيُستأنف ذلك تلقائيًا.",
        "turn_overloaded": "خدمة الصور مثقلة الآن. لم يفشل شيء، وستُعاد المحاولة تلقائيًا.",
        "turn_unreachable": "يتعذر الوصول إلى خدمة الصور. لم يُنفَق شيء، وستُعاد المحاولة تلقائيًا.",
        "turn_resumed": "استؤنف العمل بعد إعادة تشغيل Inkthread.",
        "turn_generating": "جارٍ إنشاء الصورة…",
        "turn_generating_many": "جارٍ إنشاء الصور، وعددها: {count}…",
        "turn_generating_many_one": "جارٍ إنشاء الصورة…",
        "turn_finishing": "أوشكنا على الانتهاء…",
        "turn_cancelling": "جارٍ الإلغاء. إذا وصلت الصورة رغم ذلك فقد دُفع ثمنها، ولذلك تُحفظ في السجل.",
        "turn_refused": "لم يُنشأ شيء ولم يُنفَق شيء. الرسالة أدناه توضح السبب.",
        "turn_not_shown": "أُنشئت الصورة وحُفظت، لكن تعذر عرضها هنا. اكتب «اعرض» لرؤيتها.",
        "not_shown_missing": "ينقص Inkthread إذنٌ لعرض صورتك هنا: {missing}. الصورة محفوظة. بعد "
        "السماح بذلك اكتب «اعرض» في السلسلة.",
        "not_shown": "أُنشئت صورتك وحُفظت، لكن لم يعد بإمكان Inkthread الكتابة حيث طلبتها. "
        "عندما يُسمح له مجددًا اكتب «اعرض» هناك. "
        "وحتى ذلك الحين تجدها في سجلك.",
        "about_price": "نحو {price}",
        # --- how a turn ends without its picture ---
        "cancelled": "أُلغي الطلب. لم يُنفَق شيء.",
        "cancelled_billed": "أُلغي الطلب. ربما احتسبت خدمة الصور {price}، ولن يُحسب ذلك عليك.",
        "cancelled_late": "أُلغي الطلب، لكن الصورة كانت قد أُنشئت ودُفع ثمنها. حُفظت باسم {head}، وتتابع "
        "المحادثة من حيث كانت. اكتب «{head}» لاستخدامها.",
        "failed_moderated": "رفض نظام الأمان هذا الطلب، فلا توجد صورة. لن يكلفك ذلك شيئًا. عبّر بكلمات أخرى "
        "أو احذف ما قد يُفهم على أنه ضار.",
        "failed_moderated_input": "رفض نظام الأمان الطلب نفسه: كلماته أو صورة مرجعية فيه. لن يكلفك ذلك "
        "شيئًا. عبّر بكلمات أخرى أو استخدم صورًا مرجعية أخرى.",
        "failed_moderated_output": "أُنشئت صورة، لكن نظام الأمان حجبها. لن يكلفك ذلك شيئًا. غيّر ما يظهر "
        "فيها ثم أعد المحاولة.",
        "failed_rejected": "لم تقبل خدمة الصور هذا الطلب. لم يُنفَق شيء. جرّب خيارات أخرى، وإذا تكرر ذلك "
        "فأخبر مسؤول Inkthread (المرجع {reference}).",
        "failed_rate_limited": "ظلت خدمة الصور مشغولة مدة طويلة، فتوقفت المحاولة. لم يُنفَق شيء. أعد "
        "المحاولة لاحقًا.",
        "failed_overloaded": "ظلت خدمة الصور مثقلة مدة طويلة، فتوقفت المحاولة. لم يُنفَق شيء. أعد المحاولة "
        "لاحقًا.",
        "failed_unreachable": "تعذر الوصول إلى خدمة الصور. لم يُنفَق شيء. أعد المحاولة، وإذا تكرر ذلك فاطلب "
        "من مسؤول Inkthread فحص الشبكة.",
        "failed_out_of_money": "نفد رصيد الحساب الذي تُدفع منه تكلفة الصور. لم يُنفَق شيء. على مسؤول "
        "Inkthread إضافة رصيد، ثم أعد المحاولة.",
        "failed_key_refused": "رفضت خدمة الصور مفتاحنا. لم يُنفَق شيء. على مسؤول Inkthread التحقق من "
        "OPENAI_API_KEY (للتفاصيل: «inkthread doctor»)، ثم أعد المحاولة.",
        "failed_no_answer": "لم تُجب خدمة الصور في الوقت المناسب. ربما احتسبت {price} رغم ذلك، ولن يُحسب "
        "ذلك عليك. لا يتكرر شيء دون طلبك: اضغط «إعادة المحاولة» إن أردت.",
        "failed_broken_off": "انقطع الاتصال أثناء إنشاء الصورة. ربما كلّف ذلك {price}، ولن يُحسب عليك. لا "
        "يتكرر شيء دون طلبك: اضغط «إعادة المحاولة» إن أردت.",
        "failed_no_picture": "أجابت خدمة الصور دون صورة. لن يُحسب ذلك عليك. أعد المحاولة.",
        "failed_storage": "مكان حفظ الصور ممتلئ أو لا يمكن الكتابة فيه. لن يُحسب ذلك عليك. على مسؤول "
        "Inkthread توفير مساحة، ثم أعد المحاولة.",
        "failed_cannot_post": "لا يُسمح لـ Inkthread بالنشر هنا، لذلك لم يُنشأ شيء ولم يُنفَق شيء. ادعه إلى "
        "هذه القناة ثم أعد المحاولة.",
        "failed_cannot_post_missing": "ينقص Inkthread إذنٌ هنا، فلم يُنشأ شيء ولم يُنفَق شيء. "
        "على من يدير هذا المكان أن يسمح بما يلي: {missing}. ثم أعد المحاولة.",
        "permission_view_channel": "عرض القناة",
        "permission_send_messages": "إرسال الرسائل",
        "permission_send_messages_in_threads": "إرسال الرسائل في المواضيع",
        "permission_attach_files": "إرفاق الملفات",
        "failed_own_fault": "حدث خطأ داخل Inkthread قبل إرسال أي شيء. لم يُنفَق شيء. أعد المحاولة، "
        "وإذا تكرر ذلك فأخبر مسؤول Inkthread (المرجع {reference}).",
        # --- answers ---
        "queued": "في الانتظار. الطلبات التي تسبقه في هذه المحادثة: {ahead}.",
        "queued_none": "في الانتظار: هو التالي في هذه المحادثة.",
        "busy": "هناك ثلاثة طلبات تنتظر في هذه المحادثة بالفعل. أعد الطلب بعد انتهاء أحدها، أو ألغِ واحدًا "
        "منها.",
        "busy_moving": "يجري الآن إنشاء صورة هنا. انتقل بين النسخ بعد أن تكتمل.",
        "closed": "هذه المحادثة مغلقة. ابدأ صورة جديدة بكتابة /imagine.",
        "closed_thread": "أُغلقت المحادثة: لم تعد الردود هنا تعديلات. الصور باقية.",
        "nothing_to_undo": "لا يوجد ما يمكن التراجع عنه: هذه هي النسخة الأولى.",
        "nothing_to_redo": "لا يوجد ما تمكن إعادته. اكتب «السجل» لرؤية كل النسخ.",
        "nothing_to_cancel": "لا يوجد لك هنا طلب قيد التنفيذ أو الانتظار.",
        "nothing_to_edit": "لا توجد هنا صورة لتعديلها بعد. اطلب واحدة بكتابة /imagine أو أرسل صورة.",
        "nothing_to_show": "لا توجد هنا صورة بعد. اطلب واحدة بكتابة /imagine.",
        "nothing_to_compare": "لا توجد حتى الآن إلا نسخة واحدة، فلا يوجد ما تُقارَن به.",
        "no_such_revision": "لا توجد النسخة v{revision} في هذه المحادثة. اكتب «السجل» لرؤية النسخ الموجودة.",
        "no_such_candidate": "لا توجد الصورة {letter} في هذه النسخة. اكتب «السجل» لرؤية النسخ الموجودة.",
        "moved_to": "تتابع المحادثة الآن من {head}.",
        "over_quota": "لم يبقَ ما يكفي في {whose}: استُخدم {used} من {amount}، وهذا الطلب يحتاج إلى "
        "{needed}. يتجدد في {back_at}. {ask}",
        "over_quota_for_good": "هذا الطلب وحده يتجاوز {whose}: يحتاج إلى {needed} من {amount}. اطلب أقل. "
        "{ask}",
        "over_quota_ask_admin": "يمكن للمشرف رفع الحد.",
        "whose_actor_day": "حدك اليومي",
        "whose_actor_week": "حدك الأسبوعي",
        "whose_actor_month": "حدك الشهري",
        "whose_role_day": "الحد اليومي لمجموعتك",
        "whose_role_week": "الحد الأسبوعي لمجموعتك",
        "whose_role_month": "الحد الشهري لمجموعتك",
        "whose_channel_day": "الحد اليومي لهذه القناة",
        "whose_channel_week": "الحد الأسبوعي لهذه القناة",
        "whose_channel_month": "الحد الشهري لهذه القناة",
        "whose_workspace_day": "الحد اليومي للفريق",
        "whose_workspace_week": "الحد الأسبوعي للفريق",
        "whose_workspace_month": "الحد الشهري للفريق",
        "whose_installation_day": "الميزانية اليومية لـ Inkthread",
        "whose_installation_week": "الميزانية الأسبوعية لـ Inkthread",
        "whose_installation_month": "الميزانية الشهرية لـ Inkthread",
        "not_yours": "هذا متاح فقط لـ {name} أو للمشرف. لطلب صورتك الخاصة، اكتب ردًا في المحادثة.",
        "not_yet": "«{what}» غير متاح بعد. لم يُنفَّذ شيء ولم يُنفَق شيء.",
        "references_notice": "للعلم: يُزال الموقع والبيانات المخفية الأخرى من صورك، ثم تُرسل مع طلبك إلى "
        "خدمة الصور، وتُحفظ هنا ما دامت نسخة ما تستخدمها.",
        # --- what is wrong with a prompt ---
        "prompt_empty": "لا توجد كلمات لإنشاء صورة منها. جرّب: /imagine منارة عند الغروب --ar 16:9",
        "prompt_too_long": "النص طويل جدًا: يقرأ النموذج 32,000 حرف على الأكثر. لم يُقتطع شيء ولم يُنفَق "
        "شيء. اختصره ثم أرسله مجددًا.",
        "prompt_unknown_option": "لا يوجد خيار باسم {subject}. {meant}اكتب «مساعدة» لرؤية الخيارات. الموضع: "
        "{place}",
        "prompt_missing_value": "الخيار {subject} يحتاج إلى قيمة. {meant}الموضع: {place}",
        "prompt_bad_value": "القيمة {subject} غير معروفة لهذا الخيار. {meant}الموضع: {place}",
        "prompt_bad_ratio": "لا يمكن إنشاء النسبة {subject}: يجب أن تكون بين 1:3 و 3:1. {meant}الموضع: "
        "{place}",
        "prompt_bad_size": "لا يمكن إنشاء المقاس {subject}. يجب أن يكون كل ضلع من مضاعفات 16 ولا يزيد على "
        "3840، وأن تكون الصورة بين 655,360 و 8,294,400 بكسل. {meant}الموضع: {place}",
        "prompt_bad_count": "لا يمكن طلب هذا العدد من الصور: «{subject}». العدد من 1 إلى 8 في المرة. "
        "{meant}الموضع: {place}",
        "prompt_conflict": "لا يجتمع {subject} مع {other}؛ احذف أحدهما. {meant}الموضع: {place}",
        "prompt_repeated_option": "الخيار {subject} مكرر مرتين؛ أبقِ واحدًا فقط. الموضع: {place}",
        "prompt_no_seeds": "ليس للنموذج بذرة عشوائية، فلن يفيد {subject} بشيء. احذفه؛ واكتب «مرة أخرى» "
        "لتحصل على صورة مختلفة.",
        "prompt_not_yet": "الخيار {subject} غير متاح بعد، فلم يُنشأ شيء ولم يُنفَق شيء. احذفه ثم أرسل الطلب "
        "مجددًا.",
        "did_you_mean": "هل تقصد {suggestion}؟ ",
        "texts_tip": "نصيحة: في الطلب الطويل، ضع كل نص تريد رسمه بين علامتي اقتباس، واحدًا بعد الآخر، "
        "ليُرسم بدقة أكبر.",
        # --- what a model cannot do ---
        "model_cannot_size": "لا يستطيع النموذج إنشاء {subject}. أقرب مقاس هو {suggestion}.",
        "model_cannot_quality": "لا توجد في النموذج الجودة «{subject}». أقرب جودة هي «{suggestion}».",
        "model_cannot_format": "لا يستطيع النموذج إنشاء ملفات {subject}. يستطيع إنشاء {suggestion}.",
        "model_cannot_format_without_alpha": "لا يمكن أن يكون ملف {subject} شفافًا. استخدم {suggestion}.",
        "model_cannot_count": "لا يستطيع النموذج إنشاء هذا العدد من الصور دفعة واحدة: {subject}. الحد "
        "الأقصى: {suggestion}.",
        "model_cannot_inputs": "عدد الصور المرسلة مع الطلب: {subject}، والحد الأقصى للنموذج: {suggestion}. "
        "أرسل عددًا أقل.",
        "model_cannot_edit": "النموذج المستخدم هنا لا يعدّل الصور، بل ينشئ صورًا جديدة فقط. ابدأ واحدة "
        "بكتابة /imagine.",
        "model_cannot_transparent": "النموذج المستخدم هنا لا ينشئ صورًا شفافة. أعد الطلب دون خلفية شفافة.",
        "too_many_references": "عدد الصور المرجعية: {subject}، والحد الأقصى هنا: {suggestion}. لم يُنفَق "
        "شيء؛ أرسل عددًا أقل.",
        # --- what is wrong with a file ---
        "file_not_a_picture": "{file} ليس صورة. أرسل png أو jpeg أو webp. لم يُنفَق شيء.",
        "file_unsupported_format": "{file} نوع من الصور لا تمكن قراءته هنا. أرسل png أو jpeg أو webp. لم "
        "يُنفَق شيء.",
        "file_animated": "{file} صورة متحركة، ولا تُستخدم هنا إلا الصور الثابتة. احفظ لقطة واحدة بصيغة png "
        "وأرسلها. لم يُنفَق شيء.",
        "file_too_many_pixels": "{file} فيه بكسلات أكثر مما يمكن فتحه بأمان. صغّره ثم أرسله مجددًا. لم "
        "يُنفَق شيء.",
        "file_truncated": "{file} ناقص: جزء من الصورة مفقود. أرسله مجددًا. لم يُنفَق شيء.",
        "file_too_large": "{file} كبير جدًا. الحد الأقصى 50 MB. لم يُنفَق شيء.",
        "file_gone": "{file} لم يعد موجودًا. أرسله مجددًا. لم يُنفَق شيء.",
        "file_forbidden": "تعذر فتح {file}: لا يُسمح لـ Inkthread بقراءته. أرسله هنا مباشرة. لم يُنفَق شيء.",
        "file_unreachable": "تعذر جلب {file} الآن. أرسله مجددًا بعد قليل. لم يُنفَق شيء.",
        "storage_down": "مكان حفظ الصور ممتلئ أو لا يمكن الكتابة فيه، لذلك لم يبدأ شيء ولم يُنفَق شيء. على "
        "مسؤول Inkthread توفير مساحة، ثم أعد المحاولة.",
        # --- captions, buttons, texts beside pictures ---
        "caption_from": "{revision} من {parent}",
        "caption_seconds": "{seconds} ث",
        "caption_free": "مجاني",
        "caption_estimated": "{price} (تقديري)",
        "caption_today": "استخدمت اليوم {used} من {amount}",
        "caption_ai": "مُنشأة بالذكاء الاصطناعي",
        "caption_sandbox": "وضع تجريبي، ليس نموذجًا حقيقيًا",
        "caption_fewer": "وصلت {came} من {asked}",
        "caption_refit": "أُعيد ترميزها لتناسب الحد؛ الأصل بنقرة واحدة",
        "caption_routed": "أنشأها {model} لأن {configured} لا يستطيع ذلك",
        "caption_hint_ratio": "النسبة مأخوذة من «{words}»",
        "caption_hint_tier": "المقاس مأخوذ من «{words}»",
        "caption_hint_transparent": "شفافة، من «{words}»",
        "final_text": "النسخة النهائية",
        "button_edit": "تعديل…",
        "button_again": "مرة أخرى",
        "button_undo": "تراجع",
        "button_final": "النسخة النهائية",
        "button_use": "استخدم {letter}",
        "button_compare": "مقارنة",
        "button_history": "السجل",
        "button_original": "الملف الأصلي",
        "button_why": "لماذا تبدو هكذا؟",
        "button_cancel": "إلغاء",
        "button_try_again": "إعادة المحاولة",
        "button_try_again_price": "إعادة المحاولة · {price}",
        "alt_made": "صورة مُنشأة بالذكاء الاصطناعي: {text}",
        "alt_changed": "صورة مُنشأة بالذكاء الاصطناعي: {text}. ثم عُدّلت: {changes}",
        "alt_candidate": "الصورة {letter}. {alt}",
        "alt_compare": "{left} و {right} جنبًا إلى جنب",
        "alt_history": "كل النسخ في صف واحد",
        "placeholder_text": "طلب {name}: {text}",
        "result_text": "{head} جاهزة: {text}",
        "show_text": "{head} من جديد: {text}",
        "compare_text": "{left} بجانب {right}",
        "history_text": "كل النسخ حتى الآن",
        "history_part": "آخر {count} من أصل {total} من النسخ. لعرض أي نسختين: compare v{first} v{last}",
        "history_line": "{head} من {parent}: {text}",
        "history_line_first": "{head}: {text}",
        "history_head": "{line} → تتابع المحادثة من هنا",
        "original_text": "الملف الأصلي للنسخة {head}، كما أنشأه النموذج تمامًا.",
        "original_linked": (
            "حجم الملف الأصلي للنسخة {head} هو {size}، وهو أكبر مما يُسمح به هنا. ها هو كما أنشأه "
            "النموذج تمامًا، والرابط صالح لمدة أسبوع."
        ),
        "original_link": "تنزيل الملف الأصلي",
        "original_kept": (
            "حجم الملف الأصلي للنسخة {head} هو {size}، وهو أكبر مما يُسمح به هنا. إنه محفوظ كما هو، وكل "
            "تعديل ينطلق منه. اضغط مرة أخرى حيث يُسمح بملفات أكبر، أو اطلب الملف {name} ممن يدير "
            "Inkthread."
        ),
        "download_unknown": "لا يوجد شيء في هذا العنوان.",
        "download_over": "انتهت صلاحية هذا الرابط. اطلب الملف الأصلي مرة أخرى في السلسلة.",
        "download_later": "لا يمكن جلب الصورة الآن. افتح الرابط مرة أخرى بعد قليل.",
        "why_text": "كيف أُنشئت {head}",
        "why_asked": "طلب {name}: {text}",
        "why_from": "انطلقت من {parent}.",
        "why_model": "النموذج {model}، {size}، الجودة {quality}، {format}. الصور المطلوبة: {count}. الصور "
        "المرجعية: {references}.",
        "why_cost": "التكلفة: {price}.",
        "why_sent": "ما أُرسل إلى النموذج:",
        **ACCOUNT,
        # --- forgetting, and messages that are taken back ---
        "button_delete": "حذف…",
        "button_forget": "نعم، انسَها",
        "forget_ask_this": "هل تُنسى {head} نهائيا؟ سيزول: صورها ({pictures}) مع الكلمات التي طلبتها، "
        "ورسائل Inkthread عنها ({messages}). طلبها: {names}. تبقى النسخ الأخرى. لا يمكن التراجع عن ذلك.",
        "forget_ask_thread": "هل تُنسى هذه المحادثة كلها نهائيا؟ سيزول: الصور ({pictures}) والطلبات "
        "({words}) ورسائل Inkthread هنا ({messages}). طلبها: {names}. تُغلق المحادثة. لا يمكن التراجع عن "
        "ذلك.",
        "forget_ask_me": "هل يُنسى كل ما طلبته في مساحة العمل هذه؟ سيزول: اسمك وصورك ({pictures}) وطلباتك "
        "({words}) ورسائل Inkthread عنها ({messages}) في كل المحادثات. يبقى ما طلبه الآخرون. لا يمكن "
        "التراجع عن ذلك.",
        "forget_busy": "طلب جارٍ أو منتظر يبدأ من {head}. انتظر حتى ينتهي أو ألغه، ثم احذف {head}.",
        "forget_waiting": "يُصنع شيء هنا الآن. يُلغى أولا، ثم يزول كل شيء، وستُبلَّغ بذلك.",
        "forget_nothing": "لا يوجد هنا ما يمكن نسيانه بعد.",
        "forget_where": "قل هذا في المحادثة المعنية.",
        "forgot": "تم النسيان. زال: الصور {pictures}، الطلبات {words}، الرسائل {messages}. لا تبقى في "
        "الدفاتر إلا أرقام، بلا كلمات ولا صور.",
        "forgot_but_left": "تم النسيان. زال: الصور {pictures}، الطلبات {words}، الرسائل {messages}. لا "
        "تبقى في الدفاتر إلا أرقام، بلا كلمات ولا صور. رسائل لم تسمح المنصة بإزالتها: {left}؛ احذفها "
        "بنفسك.",
        "forgotten": "نُسي هذا بناء على طلب.",
        "words_forgotten": "نُسيت كلمات هذا الطلب بناء على طلب.",
        "person_unnamed": "شخص لا يُحفظ اسمه",
        "revision_forgotten": "نُسيت v{revision}، فلا يمكن استعمالها بعد الآن. قل “السجل” لترى ما هو موجود.",
        "revised_late": "بدأ هذا بكلماتك الأولى، فجاءت الجديدة متأخرة. اكتب في محادثتها ما تريد تغييره.",
        "withdrawn_late": "زالت رسالتك، لكن صورتها قيد الصنع. ألغها من رسالتها، أو احذف الصورة حين تصل.",
        # --- help ---
        "help_text": "ما يمكنك قوله هنا",
        "help_new": "اكتب /imagine ثم ما تريد رؤيته لإنشاء صورة جديدة. الخيارات: --ar 16:9، --size 2k، "
        "--quality high، --draft، -n 4، --transparent، --format webp، --no كلمات. الكلمات بين علامتي اقتباس "
        "تُرسم حرفًا حرفًا.",
        "thread_hint": "رُدّ على هذه الرسالة لتغيير الصورة.",
        "help_reply": "اكتب في محادثتها ردًا بما تريد تغييره، فتُعدَّل آخر نسخة. «v2: اجعل السماء خضراء» "
        "ينطلق من v2.",
        "help_words": "تراجع · إعادة · v2 · مرة أخرى · استخدم b · نهائي · نهائي 4k · اعرض · لماذا · قارن · "
        "قارن v1 v3 · السجل · إلغاء · إغلاق · مساعدة",
        "help_talk": "ابدأ بـ // لتتحدث دون تغيير أي شيء.",
    }
)

SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {code: isolated(text) for code, text in _WRITTEN.items()}
)
