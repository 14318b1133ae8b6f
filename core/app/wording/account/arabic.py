"""The sentences about the account in Arabic."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

ACCOUNT: Final[Mapping[str, str]] = MappingProxyType(
    {
        # --- answers ---
        "help_account": "كلمة «حصتي» تخبرك بما بقي لك ومتى يتجدد.",
        "admins_only": "لا يمكن ذلك إلا لأحد مشرفي هذا الفريق. تجد أسماءهم في الإعدادات.",
        "not_your_scope": "هذا الحد ليس من حدود هذا الفريق، فلا يمكن تغييره هنا.",
        "bad_amount": "لا يمكن تعيين {amount} حدًا ولا منحه. اكتب عددًا غير سالب وغير هائل.",
        "nothing_to_grant": "لا يوجد حد كهذا هنا، فلا شيء يُزاد عليه. عيّن حدًا أولًا.",
        "bad_time_zone": "لا توجد منطقة زمنية باسم «{zone}». اكتب اسمًا مثل Europe/Berlin أو Asia/Riyadh.",
        "bad_admins": "لا يمكن تسمية مشرفين إلا من هذا الفريق، والحد الأقصى: {limit}.",
        "waiting_period": "رفض نظام الأمان طلباتك خلال يوم واحد بهذا العدد: {count}، لذلك لن يُنشأ لك شيء "
        "جديد حتى {until}. لم يُنفَق شيء. صورك باقية ويمكنك عرضها.",
        "prompt_unknown_service": "لا يمكن السؤال هنا عن «{subject}». {meant}اكتب «مساعدة» لترى ما يمكن "
        "السؤال عنه. الموضع: {place}",
        "prompt_bad_days": "لا يمكن الرجوع بهذا العدد من الأيام: {subject}. المسموح من 1 إلى 366. "
        "{meant}الموضع: {place}",
        # --- what is left, and what was spent ---
        "quota_text": "ما بقي لك",
        "quota_line": "{whose}: بقي {left} من {most}، والمستخدم {used}. يبدأ من جديد في {back_at}.",
        "quota_line_held": "{whose}: بقي {left} من {most}، والمستخدم {used}، والمحجوز لما يجري إنشاؤه "
        "{held}. يبدأ من جديد في {back_at}.",
        "quota_extra": "{line} ويشمل ذلك حتى حينها زيادة على المعتاد: {extra}.",
        "usage_text": "من أنفق وكم أنفق. عدد الأيام الأخيرة: {days}",
        "usage_text_one": "من أنفق اليوم وكم أنفق",
        "usage_line": "{name}: {price}، {pictures}",
        "usage_more": "عدد الآخرين: {count}.",
        "usage_total": "المجموع {price}، {pictures}",
        "usage_total_lost": "المجموع {price}، {pictures}، إضافة إلى {lost} احتُسبت بلا نتيجة ولا تُحسب على أحد",
        "usage_nothing": "لم يُنشأ شيء ولم يُنفَق شيء.",
        "alt_usage": "أعمدة لما أنفقه كل شخص في اليوم. عدد الأيام: {days}",
        "chart_others": "آخرون",
        "chart_written_off": "مشطوب",
        # --- pictures, and what is set ---
        "gallery_text": "أحدث صورك",
        "gallery_nothing": "لم تنشئ هنا أي صورة بعد. ابدأ واحدة باستخدام /imagine.",
        "gallery_line": "{number} · {head}: {text}",
        "alt_gallery": "أحدث صورك مرقمة",
        "settings_text": "الإعدادات هنا",
        "settings_zone": "المنطقة الزمنية: {zone}",
        "settings_open": "يمكن لأي شخص الضغط على أزرار غيره، ويتحمل حينها التكلفة.",
        "settings_closed": "الأزرار التي تكلف شيئًا لا يضغطها إلا من طلب الصورة.",
        "settings_admins": "المشرفون: {names}",
        "settings_no_admins": "لم يُعرف هنا أي مشرف بعد.",
        "settings_everybody": "عدد الصور في اليوم لمن ليس له حد خاص: {amount}",
        "settings_limit": "حد {whose}: {rate}",
        "settings_changes": "آخر التغييرات",
        # --- who changed what ---
        "audit_line": "{at}، {name}: {what}",
        "audit_operator": "مسؤول Inkthread",
        "audit_limit": "عُيّن حد {whose}: {rate}",
        "audit_limit_removed": "أُزيل حد {whose}",
        "audit_grant": "زيادة مؤقتة لصالح {whose}: {amount}",
        "audit_admin_named": "سُمّي {admin} مشرفًا",
        "audit_admin_dropped": "لم يعد {admin} مشرفًا مسمّى",
        # --- parts of sentences ---
        "scope_actor": "{name}",
        "scope_role": "المجموعة {name}",
        "scope_channel": "القناة {name}",
        "scope_workspace": "الفريق",
        "scope_installation": "كامل Inkthread هذا",
        "amount_pictures": "عدد الصور: {amount}",
        "rate_pictures_day": "عدد الصور في اليوم: {amount}",
        "rate_pictures_week": "عدد الصور في الأسبوع: {amount}",
        "rate_pictures_month": "عدد الصور في الشهر: {amount}",
        "rate_micros_day": "{amount} في اليوم",
        "rate_micros_week": "{amount} في الأسبوع",
        "rate_micros_month": "{amount} في الشهر",
        # --- what admins are told ---
        "admin_share": "للمشرفين: استُخدم {share}% من حد {whose} ({rate}، والمستخدم {used}). يبدأ من جديد "
        "في {back_at}.",
        "admin_out_of_money": "للمشرفين: نفد رصيد الحساب الذي تُدفع منه تكلفة الصور، فلا تُنشأ صور. على "
        "مسؤول Inkthread إضافة رصيد.",
        "admin_key_refused": "للمشرفين: ترفض خدمة الصور مفتاحنا، فلا تُنشأ صور. على مسؤول Inkthread "
        "التحقق من OPENAI_API_KEY.",
        "admin_moderated": "للمشرفين: رفض نظام الأمان خلال يوم واحد طلبات {name} بهذا العدد: {count}. على "
        "{name} الانتظار قبل إنشاء شيء جديد، ولم يُحتسب شيء.",
    }
)
