"""What stands on commands and menus, in Spanish."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "name_edit": "editar",
        "name_quota": "cuota",
        "name_gallery": "galería",
        "name_settings": "ajustes",
        "name_help": "ayuda",
        "name_forget": "olvidar",
        "name_show": "ver",
        "name_limit": "límite",
        "name_more": "más",
        "name_server": "servidor",
        "name_usage": "uso",
        "name_days": "días",
        "name_prompt": "descripción",
        "name_change": "cambio",
        "name_version": "versión",
        "name_aspect": "formato",
        "name_size": "tamaño",
        "name_quality": "calidad",
        "name_count": "cantidad",
        "name_background": "fondo",
        "name_format": "archivo",
        "name_image": "imagen",
        "name_what": "qué",
        "about_imagine": "Crea una imagen y abre un hilo; cada respuesta en él la edita",
        "about_edit": "Cambia la última imagen de este hilo u otra versión",
        "about_quota": "Mira cuántas imágenes te quedan y cuándo habrá más",
        "about_gallery": "Mira tus últimas imágenes y los hilos en que están",
        "about_settings": "Mira lo que está ajustado en este servidor; los admins lo cambian",
        "about_help": "Mira lo que puedes decir y hacer aquí",
        "about_forget": "Borra imágenes y palabras para siempre; antes se te pregunta otra vez",
        "about_show": "Qué está ajustado, quién puede cambiarlo y quién cambió qué",
        "about_limit": "Para admins: pon un límite a un miembro, un rol, un canal o el servidor",
        "about_more": "Para admins: da más en el día, semana o mes en curso",
        "about_server": "Para admins: zona horaria, botones de otros, quién más es admin",
        "about_usage": "Para admins: quién hizo cuántas imágenes y qué costaron",
        "about_days": "Cuántos días atrás, 30 si no dices nada",
        "about_prompt": "Lo que quieres ver; lo que va entre comillas se dibuja como texto",
        "about_change": "Qué debe cambiar; lo demás queda como está",
        "about_version": "Desde qué versión; si no dices nada, la última",
        "about_aspect": "Ancho y alto, como 16:9, o square, portrait, wide",
        "about_size": "Qué grande; 4K es lo más caro",
        "about_quality": "Baja es rápida y barata, alta es lenta y cara",
        "about_count": "Cuántas imágenes distintas",
        "about_background": "Si el fondo es transparente",
        "about_format": "El tipo de archivo",
        "about_image": "Una imagen de referencia",
        "about_what": "Qué debe olvidarse",
        "choice_quality_low": "Baja",
        "choice_quality_medium": "Media",
        "choice_quality_high": "Alta",
        "choice_transparent": "Transparente",
        "choice_forget_this": "La última imagen de este hilo",
        "choice_forget_thread": "Todo este hilo",
        "choice_forget_me": "Todo lo que hay sobre mí",
        "menu_edit": "Editar esta imagen",
        "menu_reference": "Usar como referencia",
        "menu_why": "¿Por qué se ve así?",
        "said_unknown_button": "Este botón es de otra versión de Inkthread. Dilo con palabras, por ejemplo "
        "“otra vez”.",
        "said_form_lost": "Este formulario ya es demasiado viejo. No se gastó nada; ábrelo otra vez.",
        "said_edit_where": "Aquí no hay ninguna imagen mía que cambiar. Úsalo en el hilo de una imagen o "
        "responde a la imagen.",
        "said_not_ours": "En este mensaje no hay ninguna imagen mía.",
        "said_hint_replies": "Aquí no puedo leer respuestas normales. Para cambiar la imagen, respóndele con "
        "la mención activada, mencióname o pulsa “Editar…”.",
        "label_whom": "Miembro o rol",
        "label_whom_hint": "Vacío: el canal de abajo o, si no, todo el servidor",
        "label_channel": "Canal",
        "choice_not_open": "Solo quien pidió la imagen puede pulsar los botones",
        "said_saved": "Guardado.",
    }
)
