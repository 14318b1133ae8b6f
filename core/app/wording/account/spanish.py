"""The sentences about the account in Spanish."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

ACCOUNT: Final[Mapping[str, str]] = MappingProxyType(
    {
        # --- answers ---
        "help_account": "«cuota» dice qué te queda y cuándo vuelve.",
        "admins_only": "Solo puede hacerlo un administrador de este equipo. Los ajustes dicen quiénes son.",
        "not_your_scope": "Este límite no es de este equipo, así que no se puede cambiar aquí.",
        "bad_amount": "{amount} no se puede fijar como límite ni conceder. Escribe un número que no sea "
        "negativo ni enorme.",
        "nothing_to_grant": "Aquí no hay tal límite, así que no hay nada que ampliar. Fija antes un límite.",
        "bad_time_zone": "No existe la zona horaria «{zone}». Escribe una como Europe/Madrid o "
        "America/Bogota.",
        "bad_admins": "Solo se puede nombrar administradores a personas de este equipo, y como mucho a "
        "{limit}.",
        "waiting_period": "El sistema de seguridad ha rechazado {count} de tus peticiones en un día, así "
        "que no se hace nada nuevo para ti hasta el {until}. No se ha gastado nada. Tus imágenes siguen "
        "aquí y puedes verlas.",
        "prompt_unknown_service": "«{subject}» no es algo que se pueda preguntar aquí. {meant}Di «ayuda» "
        "para ver qué se puede. Aquí: {place}",
        "prompt_bad_days": "No se puede mirar {subject} días atrás: de 1 a 366. {meant}Aquí: {place}",
        # --- what is left, and what was spent ---
        "quota_text": "Lo que te queda",
        "quota_line": "{whose}: quedan {left} de {most}, usado {used}. Empieza de nuevo el {back_at}.",
        "quota_line_held": "{whose}: quedan {left} de {most}, usado {used}, reservado para lo que se está "
        "haciendo {held}. Empieza de nuevo el {back_at}.",
        "quota_extra": "{line} Hasta entonces incluye {extra} más de lo habitual.",
        "usage_text": "Quién ha gastado qué en los últimos {days} días",
        "usage_text_one": "Quién ha gastado qué hoy",
        "usage_line": "{name}: {price} · {pictures}",
        "usage_more": "Personas más: {count}.",
        "usage_total": "En total {price} por {pictures}",
        "usage_total_lost": "En total {price} por {pictures}, y {lost} que se cobró por nada y no se "
        "carga a nadie",
        "usage_nothing": "No se ha hecho ni gastado nada.",
        "alt_usage": "Barras de lo que gastó cada persona al día, durante {days} días",
        "chart_others": "otros",
        "chart_written_off": "no imputado",
        # --- pictures, and what is set ---
        "gallery_text": "Tus últimas imágenes",
        "gallery_nothing": "Todavía no has hecho ninguna imagen aquí. Empieza una con /imagine.",
        "gallery_line": "{number} · {head}: {text}",
        "alt_gallery": "Tus últimas imágenes, numeradas",
        "settings_text": "Lo que está fijado aquí",
        "settings_zone": "Zona horaria: {zone}",
        "settings_open": "Cualquiera puede pulsar los botones de otra persona, y entonces paga.",
        "settings_closed": "Solo quien pidió una imagen puede pulsar los botones suyos que cuestan algo.",
        "settings_admins": "Administradores: {names}",
        "settings_no_admins": "Aquí todavía no se ha visto a ningún administrador.",
        "settings_everybody": "Imágenes al día para quien no tiene un límite propio: {amount}",
        "settings_limit": "Límite para {whose}: {rate}",
        "settings_changes": "Últimos cambios",
        # --- who changed what ---
        "audit_line": "{at} · {name}: {what}",
        "audit_operator": "quien lleva Inkthread",
        "audit_limit": "límite para {whose} fijado en {rate}",
        "audit_limit_removed": "límite para {whose} quitado",
        "audit_grant": "{amount} más para {whose}, por ahora",
        "audit_admin_named": "{admin} nombrado administrador",
        "audit_admin_dropped": "{admin} ya no es administrador nombrado",
        # --- parts of sentences ---
        "scope_actor": "{name}",
        "scope_role": "el grupo {name}",
        "scope_channel": "el canal {name}",
        "scope_workspace": "el equipo",
        "scope_installation": "todo este Inkthread",
        "amount_pictures": "{amount} imágenes",
        "amount_pictures_one": "1 imagen",
        "rate_pictures_day": "{amount} imágenes al día",
        "rate_pictures_day_one": "1 imagen al día",
        "rate_pictures_week": "{amount} imágenes a la semana",
        "rate_pictures_week_one": "1 imagen a la semana",
        "rate_pictures_month": "{amount} imágenes al mes",
        "rate_pictures_month_one": "1 imagen al mes",
        "rate_micros_day": "{amount} al día",
        "rate_micros_week": "{amount} a la semana",
        "rate_micros_month": "{amount} al mes",
        # --- what admins are told ---
        "admin_share": "Para administradores: se ha usado el {share} % del límite para {whose}, {used} de "
        "{rate}. Empieza de nuevo el {back_at}.",
        "admin_out_of_money": "Para administradores: la cuenta que paga las imágenes no tiene saldo, así "
        "que no se hacen imágenes. Quien lleva Inkthread tiene que añadir crédito.",
        "admin_key_refused": "Para administradores: el servicio de imágenes rechaza nuestra clave, así "
        "que no se hacen imágenes. Quien lleva Inkthread tiene que revisar OPENAI_API_KEY.",
        "admin_moderated": "Para administradores: el sistema de seguridad ha rechazado {count} peticiones "
        "de {name} en un día. {name} tiene que esperar antes de que se haga algo nuevo; no se ha cobrado "
        "nada.",
    }
)
