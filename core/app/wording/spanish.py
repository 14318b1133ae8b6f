"""The sentences in Spanish.

A version is versión, a picture imagen, a thread hilo; people are tú.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from core.app.wording.account.spanish import ACCOUNT

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "unknown": "Ha pasado algo para lo que Inkthread aún no tiene palabras ({code}).",
        "gone": "Esto ya no está aquí.",
        # --- a turn on its way ---
        "turn_waiting": "En espera: antes van {ahead} peticiones en este hilo.",
        "turn_waiting_one": "En espera: antes va 1 petición en este hilo.",
        "turn_waiting_none": "En espera: es la siguiente en este hilo.",
        "turn_queued_behind": "En la cola: antes van {ahead} imágenes.",
        "turn_queued_behind_one": "En la cola: antes va 1 imagen.",
        "turn_rate_limited": "El servicio de imágenes nos pide esperar un momento. Nada ha fallado; sigue "
        "solo.",
        "turn_minute_full": "Esperando turno: solo se pueden crear unas cuantas imágenes "
        "por minuto. Sigue por sí solo.",
        "turn_overloaded": "El servicio de imágenes está saturado. Nada ha fallado; se reintenta solo.",
        "turn_unreachable": "No se puede contactar con el servicio de imágenes. No se ha gastado nada; se "
        "reintenta solo.",
        "turn_resumed": "Retomado tras el reinicio de Inkthread.",
        "turn_generating": "Creando la imagen…",
        "turn_generating_many": "Creando {count} imágenes…",
        "turn_generating_many_one": "Creando la imagen…",
        "turn_finishing": "Casi listo…",
        "turn_cancelling": "Cancelando. Si la imagen llega de todos modos, ya estará pagada, así que se "
        "guarda en el historial.",
        "turn_refused": "No se ha creado y no se ha gastado nada. El mensaje de abajo explica por qué.",
        "turn_not_shown": "La imagen se ha creado y guardado, pero no se ha podido mostrar aquí. Di "
        "“mostrar” para verla.",
        "not_shown_missing": "A Inkthread le falta permiso para mostrar tu imagen aquí: {missing}. "
        "Está guardada. Cuando quien administra este lugar lo permita, di “mostrar” en el hilo.",
        "not_shown": "Tu imagen se ha creado y guardado, pero Inkthread ya no puede escribir donde la "
        "pediste. Cuando pueda, di allí “mostrar”. "
        "Hasta entonces está en tu historial.",
        "about_price": "unos {price}",
        # --- how a turn ends without its picture ---
        "cancelled": "Cancelado. No se ha gastado nada.",
        "cancelled_billed": "Cancelado. Puede que el servicio de imágenes haya cobrado {price}; eso no "
        "cuenta para tu límite.",
        "cancelled_late": "Cancelado, pero la imagen ya estaba creada y pagada. Se guarda como {head}; el "
        "hilo sigue desde donde estaba. Di “{head}” para usarla.",
        "failed_moderated": "El sistema de seguridad lo ha rechazado, así que no hay imagen. No te cuesta "
        "nada. Dilo con otras palabras o quita lo que pueda parecer dañino.",
        "failed_moderated_input": "El sistema de seguridad ha rechazado la petición en sí: sus palabras o "
        "una imagen de referencia. No te cuesta nada. Dilo con otras palabras o usa otras referencias.",
        "failed_moderated_output": "Se creó una imagen, pero el sistema de seguridad la retuvo. No te "
        "cuesta nada. Cambia lo que se muestra e inténtalo otra vez.",
        "failed_rejected": "El servicio de imágenes no ha aceptado esta petición. No se ha gastado nada. "
        "Prueba otras opciones; si sigue pasando, avisa a quien administra Inkthread (referencia "
        "{reference}).",
        "failed_rate_limited": "El servicio de imágenes ha estado demasiado ocupado mucho tiempo, así que "
        "se ha abandonado. No se ha gastado nada. Inténtalo más tarde.",
        "failed_overloaded": "El servicio de imágenes ha estado saturado mucho tiempo, así que se ha "
        "abandonado. No se ha gastado nada. Inténtalo más tarde.",
        "failed_unreachable": "No se ha podido contactar con el servicio de imágenes. No se ha gastado "
        "nada. Inténtalo otra vez; si sigue pasando, pide a quien administra Inkthread que revise la red.",
        "failed_out_of_money": "La cuenta que paga las imágenes se ha quedado sin saldo. No se ha gastado "
        "nada. Quien administra Inkthread tiene que añadir saldo; después, inténtalo otra vez.",
        "failed_key_refused": "El servicio de imágenes ha rechazado nuestra clave. No se ha gastado nada. "
        "Quien administra Inkthread tiene que revisar OPENAI_API_KEY (“inkthread doctor” da más detalles); "
        "después, inténtalo otra vez.",
        "failed_no_answer": "El servicio de imágenes no ha respondido a tiempo. Puede que haya cobrado "
        "{price}; eso no cuenta para tu límite. Nada se repite sin que lo pidas: si lo quieres, pulsa "
        "“Reintentar”.",
        "failed_broken_off": "La conexión se ha cortado mientras se creaba la imagen. Puede que haya "
        "costado {price}; eso no cuenta para tu límite. Nada se repite sin que lo pidas: si lo quieres, "
        "pulsa “Reintentar”.",
        "failed_no_picture": "El servicio de imágenes ha respondido sin ninguna imagen. No cuenta para tu "
        "límite. Inténtalo otra vez.",
        "failed_storage": "El lugar donde se guardan las imágenes está lleno o no admite escritura. No "
        "cuenta para tu límite. Quien administra Inkthread tiene que hacer sitio; después, inténtalo otra "
        "vez.",
        "failed_cannot_post": "Inkthread no puede publicar aquí, así que no se ha creado ni gastado nada. "
        "Invítalo a este canal e inténtalo otra vez.",
        "failed_cannot_post_missing": "A Inkthread le falta un permiso aquí, así que no se ha creado ni "
        "gastado nada. Quien administra este lugar tiene que permitirlo: {missing}. "
        "Después, inténtalo de nuevo.",
        "permission_view_channel": "Ver canal",
        "permission_send_messages": "Enviar mensajes",
        "permission_send_messages_in_threads": "Enviar mensajes en hilos",
        "permission_attach_files": "Adjuntar archivos",
        "failed_own_fault": "Algo ha fallado dentro de Inkthread antes de enviar nada. No se ha "
        "gastado nada. Inténtalo otra vez; si sigue pasando, avisa a quien administra Inkthread "
        "(referencia {reference}).",
        # --- answers ---
        "queued": "En espera: antes van {ahead} peticiones en este hilo.",
        "queued_one": "En espera: antes va 1 petición en este hilo.",
        "queued_none": "En espera: es la siguiente en este hilo.",
        "busy": "Ya hay tres peticiones en espera en este hilo. Vuelve a pedirlo cuando termine una, o "
        "cancela alguna.",
        "busy_moving": "Se está creando una imagen aquí. Cambia de versión cuando termine.",
        "closed": "Este hilo está cerrado. Empieza una imagen nueva con /imagine.",
        "closed_thread": "Cerrado: las respuestas aquí ya no son cambios. Las imágenes se quedan.",
        "nothing_to_undo": "No hay nada que deshacer: esta es la primera versión.",
        "nothing_to_redo": "No hay nada que rehacer. Di “historial” para ver todas las versiones.",
        "nothing_to_cancel": "Aquí no tienes nada en marcha ni en espera.",
        "nothing_to_edit": "Aquí aún no hay ninguna imagen que cambiar. Pide una con /imagine o envía una.",
        "nothing_to_show": "Aquí aún no hay ninguna imagen. Pide una con /imagine.",
        "nothing_to_compare": "Por ahora solo hay una versión, así que no hay con qué compararla.",
        "no_such_revision": "No hay v{revision} en este hilo. Di “historial” para ver lo que hay.",
        "no_such_candidate": "Esta versión no tiene imagen {letter}. Di “historial” para ver lo que hay.",
        "moved_to": "El hilo sigue ahora desde {head}.",
        "over_quota": "No queda margen en {whose}: usado {used} de {amount}, y esto necesita {needed}. "
        "Vuelve a haber margen desde el {back_at}. {ask}",
        "over_quota_for_good": "Solo esto ya supera {whose}: necesita {needed} de {amount}. Pide menos. "
        "{ask}",
        "over_quota_ask_admin": "Quien administra puede ampliarlo.",
        "whose_actor_day": "tu límite diario",
        "whose_actor_week": "tu límite semanal",
        "whose_actor_month": "tu límite mensual",
        "whose_role_day": "el límite diario de tu grupo",
        "whose_role_week": "el límite semanal de tu grupo",
        "whose_role_month": "el límite mensual de tu grupo",
        "whose_channel_day": "el límite diario de este canal",
        "whose_channel_week": "el límite semanal de este canal",
        "whose_channel_month": "el límite mensual de este canal",
        "whose_workspace_day": "el límite diario del equipo",
        "whose_workspace_week": "el límite semanal del equipo",
        "whose_workspace_month": "el límite mensual del equipo",
        "whose_installation_day": "el presupuesto diario de este Inkthread",
        "whose_installation_week": "el presupuesto semanal de este Inkthread",
        "whose_installation_month": "el presupuesto mensual de este Inkthread",
        "not_yours": "Solo {name} o quien administra puede hacer eso. Responde en el hilo para pedir tu "
        "propia imagen.",
        "not_yet": "“{what}” aún no está disponible. No se ha hecho ni gastado nada.",
        "references_notice": "Para que lo sepas: quitamos de tus imágenes la ubicación y otros datos "
        "ocultos. Se envían al servicio de imágenes con tu petición y se guardan aquí mientras alguna "
        "versión las use.",
        # --- what is wrong with a prompt ---
        "prompt_empty": "No hay palabras con las que crear una imagen. Prueba: /imagine un faro al "
        "atardecer --ar 16:9",
        "prompt_too_long": "Es demasiado largo: el modelo lee como mucho 32\u00a0000 caracteres. No se ha "
        "recortado ni gastado nada. Acórtalo y envíalo otra vez.",
        "prompt_unknown_option": "No existe la opción {subject}. {meant}Di “ayuda” para ver las opciones. "
        "Aquí: {place}",
        "prompt_missing_value": "La opción {subject} necesita un valor. {meant}Aquí: {place}",
        "prompt_bad_value": "{subject} no es un valor que esta opción conozca. {meant}Aquí: {place}",
        "prompt_bad_ratio": "No se puede crear la proporción {subject}: tiene que estar entre 1:3 y 3:1. "
        "{meant}Aquí: {place}",
        "prompt_bad_size": "No se puede crear el tamaño {subject}. Los dos lados deben ser múltiplos de 16, "
        "de 3840 como mucho, y la imagen debe tener entre 655\u00a0360 y 8\u00a0294\u00a0400 píxeles. "
        "{meant}Aquí: {place}",
        "prompt_bad_count": "“{subject}” no es un número de imágenes que se pueda pedir: de 1 a 8 a la vez. "
        "{meant}Aquí: {place}",
        "prompt_conflict": "{subject} y {other} no van juntos; quita uno. {meant}Aquí: {place}",
        "prompt_repeated_option": "La opción {subject} aparece dos veces; deja solo una. Aquí: {place}",
        "prompt_no_seeds": "El modelo no tiene semillas, así que {subject} no haría nada. Quítalo; “otra "
        "vez” da una imagen distinta.",
        "prompt_not_yet": "La opción {subject} aún no está disponible, así que no se ha creado ni gastado "
        "nada. Quítala y envíalo otra vez.",
        "did_you_mean": "¿Querías decir {suggestion}? ",
        "texts_tip": "Consejo: si el texto es largo, pon entre comillas cada frase que deba dibujarse, una "
        "tras otra. Salen con más exactitud.",
        # --- what a model cannot do ---
        "model_cannot_size": "El modelo no puede crear {subject}. Lo más cercano es {suggestion}.",
        "model_cannot_quality": "El modelo no tiene la calidad “{subject}”. La más cercana es “{suggestion}”"
        ".",
        "model_cannot_format": "El modelo no puede crear archivos {subject}. Puede crear {suggestion}.",
        "model_cannot_format_without_alpha": "Un archivo {subject} no puede ser transparente. Usa "
        "{suggestion}.",
        "model_cannot_count": "El modelo no puede crear {subject} imágenes a la vez; pide como mucho "
        "{suggestion}.",
        "model_cannot_inputs": "El modelo acepta como mucho {suggestion} imágenes por petición; eran "
        "{subject}. Envía menos.",
        "model_cannot_inputs_one": "El modelo solo acepta 1 imagen por petición; eran {subject}. Envía "
        "menos.",
        "model_cannot_edit": "El modelo que se usa aquí no puede cambiar imágenes, solo crear nuevas. "
        "Empieza una con /imagine.",
        "model_cannot_transparent": "El modelo que se usa aquí no puede crear imágenes transparentes. "
        "Pídelo otra vez sin fondo transparente.",
        "too_many_references": "Aquí se pueden usar como mucho {suggestion} imágenes de referencia; eran "
        "{subject}. No se ha gastado nada; envía menos.",
        "too_many_references_one": "Aquí solo se puede usar 1 imagen de referencia; eran {subject}. No se "
        "ha gastado nada; envía menos.",
        # --- what is wrong with a file ---
        "file_not_a_picture": "{file} no es una imagen. Envía png, jpeg o webp. No se ha gastado nada.",
        "file_unsupported_format": "{file} es un tipo de imagen que aquí no se puede leer. Envía png, jpeg "
        "o webp. No se ha gastado nada.",
        "file_animated": "{file} es una animación; solo sirven imágenes fijas. Guarda un fotograma como png "
        "y envíalo. No se ha gastado nada.",
        "file_too_many_pixels": "{file} tiene demasiados píxeles para abrirlo con seguridad. Redúcelo y "
        "envíalo otra vez. No se ha gastado nada.",
        "file_truncated": "{file} está cortado: falta parte de la imagen. Envíalo otra vez. No se ha "
        "gastado nada.",
        "file_too_large": "{file} es demasiado grande. Envía 50 MB como mucho. No se ha gastado nada.",
        "file_gone": "{file} ya no está. Envíalo otra vez. No se ha gastado nada.",
        "file_forbidden": "No se ha podido abrir {file}: Inkthread no tiene permiso para leerlo. Envíalo "
        "aquí directamente. No se ha gastado nada.",
        "file_unreachable": "No se ha podido descargar {file} ahora mismo. Envíalo otra vez dentro de un "
        "momento. No se ha gastado nada.",
        "storage_down": "El lugar donde se guardan las imágenes está lleno o no admite escritura, así que "
        "no se ha empezado ni gastado nada. Quien administra Inkthread tiene que hacer sitio; después, "
        "inténtalo otra vez.",
        # --- captions, buttons, texts beside pictures ---
        "caption_from": "{revision} a partir de {parent}",
        "caption_seconds": "{seconds} s",
        "caption_free": "gratis",
        "caption_estimated": "{price} (estimado)",
        "caption_today": "hoy llevas {used} de {amount}",
        "caption_ai": "generada con IA",
        "caption_sandbox": "modo de prueba, sin modelo real",
        "caption_fewer": "han llegado {came} de {asked}",
        "caption_refit": "recodificada para que quepa; el original está a un clic",
        "caption_routed": "creada con {model}, porque {configured} no puede hacerlo",
        "caption_hint_ratio": "proporción tomada de “{words}”",
        "caption_hint_tier": "tamaño tomado de “{words}”",
        "caption_hint_transparent": "transparente, tomado de “{words}”",
        "final_text": "versión final",
        "button_edit": "Editar…",
        "button_again": "Otra vez",
        "button_undo": "Deshacer",
        "button_final": "Versión final",
        "button_use": "Usar {letter}",
        "button_compare": "Comparar",
        "button_history": "Historial",
        "button_original": "Archivo original",
        "button_why": "¿Por qué ha salido así?",
        "button_cancel": "Cancelar",
        "button_try_again": "Reintentar",
        "button_try_again_price": "Reintentar · {price}",
        "alt_made": "Imagen generada con IA: {text}",
        "alt_changed": "Imagen generada con IA: {text}. Cambios posteriores: {changes}",
        "alt_candidate": "Imagen {letter}. {alt}",
        "alt_compare": "{left} y {right}, una al lado de la otra",
        "alt_history": "Todas las versiones en fila",
        "placeholder_text": "{name} ha pedido: {text}",
        "result_text": "{head} está lista: {text}",
        "show_text": "{head} de nuevo: {text}",
        "compare_text": "{left} junto a {right}",
        "history_text": "Todas las versiones hasta ahora",
        "history_part": "Las últimas {count} de {total} versiones. Para ver dos cualesquiera: "
        "compare v{first} v{last}",
        "history_line": "{head} a partir de {parent}: {text}",
        "history_line_first": "{head}: {text}",
        "history_head": "{line} ← el hilo sigue desde aquí",
        "original_text": "El archivo original de {head}, tal como lo creó el modelo.",
        "original_linked": (
            "El original de {head} ocupa {size}, más de lo que se admite aquí. Aquí está, tal como lo "
            "creó el modelo; el enlace vale una semana."
        ),
        "original_link": "Descargar el original",
        "original_kept": (
            "El original de {head} ocupa {size}, más de lo que se admite aquí. Se conserva sin cambios y "
            "cada edición parte de él. Pulsa otra vez donde se admitan archivos más grandes o pide el "
            "archivo {name} a quien gestiona Inkthread."
        ),
        "download_unknown": "No hay nada en esta dirección.",
        "download_over": "Este enlace ha caducado. Pide otra vez el original en el hilo.",
        "download_later": "Ahora mismo no se puede obtener la imagen. Abre el enlace otra vez en un momento.",
        "why_text": "Cómo se creó {head}",
        "why_asked": "Petición de {name}: {text}",
        "why_from": "Parte de {parent}.",
        "why_model": "Modelo {model}, {size}, calidad {quality}, {format}. Imágenes pedidas: {count}. "
        "Referencias: {references}.",
        "why_cost": "Coste: {price}.",
        "why_sent": "Lo que se envió al modelo:",
        **ACCOUNT,
        # --- forgetting, and messages that are taken back ---
        "button_delete": "Eliminar…",
        "button_forget": "Sí, olvidarlo",
        "forget_ask_this": "¿Olvidar {head} para siempre? Desaparecen: sus imágenes ({pictures}) con las "
        "palabras que las pidieron y los mensajes de Inkthread sobre ella ({messages}). Lo pidió: "
        "{names}. Las demás versiones se quedan. No se puede deshacer.",
        "forget_ask_thread": "¿Olvidar todo este hilo para siempre? Desaparecen: imágenes ({pictures}), "
        "peticiones ({words}) y los mensajes de Inkthread aquí ({messages}). Lo pidió: {names}. El hilo "
        "se cierra. No se puede deshacer.",
        "forget_ask_me": "¿Olvidar todo lo que has pedido en este espacio? Desaparecen: tu nombre, tus "
        "imágenes ({pictures}), tus peticiones ({words}) y los mensajes de Inkthread sobre ellas "
        "({messages}), en todos los hilos. Lo que pidieron otros se queda. No se puede deshacer.",
        "forget_busy": "Una petición en marcha o en espera parte de {head}. Espera a que termine o "
        "cancélala; después elimina {head}.",
        "forget_waiting": "Ahora mismo se está haciendo algo aquí. Primero se cancela, luego desaparece "
        "todo y se te avisa.",
        "forget_nothing": "Aquí no queda nada que se pueda olvidar.",
        "forget_where": "Dilo en el hilo del que se trata.",
        "forgot": "Olvidado. Han desaparecido: imágenes {pictures}, peticiones {words}, mensajes "
        "{messages}. En las cuentas solo quedan números, sin palabras ni imágenes.",
        "forgot_but_left": "Olvidado. Han desaparecido: imágenes {pictures}, peticiones {words}, mensajes "
        "{messages}. En las cuentas solo quedan números, sin palabras ni imágenes. Mensajes que la "
        "plataforma no dejó quitar: {left}; bórralos a mano.",
        "forgotten": "Esto se olvidó a petición.",
        "words_forgotten": "Las palabras de esta solicitud se olvidaron a petición.",
        "person_unnamed": "una persona cuyo nombre no se guarda",
        "revision_forgotten": "v{revision} se olvidó, así que ya no se puede usar. Di “historial” para ver "
        "lo que hay.",
        "revised_late": "Esto empezó con tus primeras palabras, así que el cambio llega tarde. Responde en "
        "su hilo con lo que quieres cambiar.",
        "withdrawn_late": "Tu mensaje ya no está, pero su imagen ya se está haciendo. Cancélala en su "
        "propio mensaje o elimínala cuando llegue.",
        # --- help ---
        "help_text": "Qué puedes decir aquí",
        "help_new": "/imagine y lo que quieras ver crea una imagen nueva. Opciones: --ar 16:9, --size 2k, "
        "--quality high, --draft, -n 4, --transparent, --format webp, --no texto. Las palabras entre "
        "comillas se dibujan letra por letra.",
        "thread_hint": "Responde a este mensaje para cambiar la imagen.",
        "help_reply": "Responde en su hilo con lo que quieras cambiar: eso edita la última versión. “v2: "
        "pon el cielo verde” parte de v2.",
        "help_words": "deshacer · rehacer · v2 · otra vez · usar b · final · final 4k · mostrar · por qué · "
        "comparar · comparar v1 v3 · historial · cancelar · cerrar · ayuda",
        "help_talk": "Empieza con // para conversar sin cambiar nada.",
    }
)
