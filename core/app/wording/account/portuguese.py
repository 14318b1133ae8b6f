"""The sentences about the account in Portuguese."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

ACCOUNT: Final[Mapping[str, str]] = MappingProxyType(
    {
        # --- answers ---
        "help_account": "“cota” diz o que lhe resta e quando volta.",
        "admins_only": "Só um administrador desta equipe pode fazer isso. As configurações dizem quem são.",
        "not_your_scope": "Este limite não é desta equipe e não pode ser mudado aqui.",
        "bad_amount": "{amount} não pode ser definido como limite nem concedido. Escreva um número que "
        "não seja negativo nem enorme.",
        "nothing_to_grant": "Não há tal limite aqui, portanto não há nada para aumentar. Defina antes um "
        "limite.",
        "bad_time_zone": "Não existe o fuso horário “{zone}”. Escreva um como Europe/Lisbon ou "
        "America/Sao_Paulo.",
        "bad_admins": "Só pessoas desta equipe podem ser nomeadas administradores, no máximo {limit}.",
        "waiting_period": "O sistema de segurança recusou {count} dos seus pedidos em um dia, por isso "
        "nada de novo é feito para você até {until}. Nada foi gasto. As suas imagens ficam e podem ser "
        "vistas.",
        "prompt_unknown_service": "“{subject}” não é algo que se possa perguntar aqui. {meant}Diga "
        "“ajuda” para ver o que se pode. Aqui: {place}",
        "prompt_bad_days": "Não dá para olhar {subject} dias para trás: de 1 a 366. {meant}Aqui: {place}",
        # --- what is left, and what was spent ---
        "quota_text": "O que lhe resta",
        "quota_line": "{whose}: restam {left} de {most}, usado {used}. Recomeça em {back_at}.",
        "quota_line_held": "{whose}: restam {left} de {most}, usado {used}, reservado para o que está "
        "sendo feito {held}. Recomeça em {back_at}.",
        "quota_extra": "{line} Até lá isso inclui {extra} a mais do que o habitual.",
        "usage_text": "Quem gastou o quê nos últimos {days} dias",
        "usage_text_one": "Quem gastou o quê hoje",
        "usage_line": "{name}: {price} por {pictures}",
        "usage_more": "Outras pessoas: {count}.",
        "usage_total": "Ao todo {price} por {pictures}",
        "usage_total_lost": "Ao todo {price} por {pictures}, e {lost} cobrados por nada, que não contam "
        "para ninguém",
        "usage_nothing": "Nada foi feito nem gasto.",
        "alt_usage": "Barras do que cada pessoa gastou por dia, ao longo de {days} dias",
        "chart_others": "outros",
        "chart_written_off": "não imputado",
        # --- pictures, and what is set ---
        "gallery_text": "As suas últimas imagens",
        "gallery_nothing": "Você ainda não fez nenhuma imagem aqui. Comece uma com /imagine.",
        "gallery_line": "{number} · {head}: {text}",
        "alt_gallery": "As suas últimas imagens, numeradas",
        "settings_text": "O que está definido aqui",
        "settings_zone": "Fuso horário: {zone}",
        "settings_open": "Qualquer um pode apertar os botões de outra pessoa, e então paga.",
        "settings_closed": "Só quem pediu uma imagem pode apertar os botões dela que custam algo.",
        "settings_admins": "Administradores: {names}",
        "settings_no_admins": "Nenhum administrador foi visto aqui ainda.",
        "settings_everybody": "Imagens por dia para quem não tem limite próprio: {amount}",
        "settings_limit": "Limite para {whose}: {rate}",
        "settings_changes": "Últimas mudanças",
        # --- who changed what ---
        "audit_line": "{at} – {name}: {what}",
        "audit_operator": "quem cuida do Inkthread",
        "audit_limit": "limite para {whose} definido em {rate}",
        "audit_limit_removed": "limite para {whose} removido",
        "audit_grant": "{amount} a mais para {whose}, por enquanto",
        "audit_admin_named": "{admin} nomeado administrador",
        "audit_admin_dropped": "{admin} não é mais administrador nomeado",
        # --- parts of sentences ---
        "scope_actor": "{name}",
        "scope_role": "o grupo {name}",
        "scope_channel": "o canal {name}",
        "scope_workspace": "a equipe",
        "scope_installation": "todo este Inkthread",
        "amount_pictures": "{amount} imagens",
        "amount_pictures_one": "1 imagem",
        "rate_pictures_day": "{amount} imagens por dia",
        "rate_pictures_day_one": "1 imagem por dia",
        "rate_pictures_week": "{amount} imagens por semana",
        "rate_pictures_week_one": "1 imagem por semana",
        "rate_pictures_month": "{amount} imagens por mês",
        "rate_pictures_month_one": "1 imagem por mês",
        "rate_micros_day": "{amount} por dia",
        "rate_micros_week": "{amount} por semana",
        "rate_micros_month": "{amount} por mês",
        # --- what admins are told ---
        "admin_share": "Para administradores: {share}% do limite para {whose} foram usados, {used} de "
        "{rate}. Recomeça em {back_at}.",
        "admin_out_of_money": "Para administradores: a conta que paga as imagens não tem saldo, por isso "
        "nenhuma imagem é feita. Quem cuida do Inkthread precisa adicionar crédito.",
        "admin_key_refused": "Para administradores: o serviço de imagens recusa a nossa chave, por isso "
        "nenhuma imagem é feita. Quem cuida do Inkthread precisa verificar OPENAI_API_KEY.",
        "admin_moderated": "Para administradores: o sistema de segurança recusou {count} pedidos de "
        "{name} em um dia. {name} tem de esperar antes que algo novo seja feito; nada foi cobrado.",
    }
)
