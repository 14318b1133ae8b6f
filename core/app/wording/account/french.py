"""The sentences about the account in French."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

ACCOUNT: Final[Mapping[str, str]] = MappingProxyType(
    {
        # --- answers ---
        "help_account": "« quota » dit ce qu’il vous reste et quand il revient.",
        "admins_only": "Seul un administrateur de cette équipe peut faire cela. Les réglages disent qui "
        "ils sont.",
        "not_your_scope": "Cette limite n’est pas celle de cette équipe ; elle ne peut pas être changée ici.",
        "bad_amount": "{amount} ne peut être ni fixé comme limite ni accordé. Écrivez un nombre qui ne "
        "soit ni négatif ni énorme.",
        "nothing_to_grant": "Il n’y a pas de telle limite ici, donc rien à augmenter. Fixez d’abord une "
        "limite.",
        "bad_time_zone": "Il n’y a pas de fuseau horaire « {zone} ». Écrivez-en un comme Europe/Paris ou "
        "America/Montreal.",
        "bad_admins": "Seules des personnes de cette équipe peuvent être nommées administrateurs, {limit} "
        "au plus.",
        "waiting_period": "Le système de sécurité a refusé {count} de vos demandes en un jour : rien de "
        "nouveau n’est fait pour vous avant le {until}. Rien n’a été dépensé. Vos images restent, et vous "
        "pouvez les voir.",
        "prompt_unknown_service": "« {subject} » ne peut pas être demandé ici. {meant}Dites « aide » pour "
        "voir ce qui le peut. Ici : {place}",
        "prompt_bad_days": "On ne peut pas remonter {subject} jours en arrière : de 1 à 366. {meant}Ici : "
        "{place}",
        # --- what is left, and what was spent ---
        "quota_text": "Ce qu’il vous reste",
        "quota_line": "{whose} : il reste {left} sur {most}, utilisé {used}. Repart à zéro le {back_at}.",
        "quota_line_held": "{whose} : il reste {left} sur {most}, utilisé {used}, réservé à ce qui est en "
        "cours {held}. Repart à zéro le {back_at}.",
        "quota_extra": "{line} D’ici là, cela comprend {extra} de plus que d’habitude.",
        "usage_text": "Qui a dépensé quoi ces {days} derniers jours",
        "usage_text_one": "Qui a dépensé quoi aujourd’hui",
        "usage_line": "{name} : {price}, {pictures}",
        "usage_more": "Autres personnes : {count}.",
        "usage_total": "En tout {price} pour {pictures}",
        "usage_total_lost": "En tout {price} pour {pictures}, et {lost} facturés pour rien, qui ne sont "
        "comptés à personne",
        "usage_nothing": "Rien n’a été fait ni dépensé.",
        "alt_usage": "Barres de ce que chaque personne a dépensé par jour, sur {days} jours",
        "chart_others": "autres",
        "chart_written_off": "passé en perte",
        # --- pictures, and what is set ---
        "gallery_text": "Vos dernières images",
        "gallery_nothing": "Vous n’avez pas encore fait d’image ici. Commencez-en une avec /imagine.",
        "gallery_line": "{number} · {head} : {text}",
        "alt_gallery": "Vos dernières images, numérotées",
        "settings_text": "Ce qui est réglé ici",
        "settings_zone": "Fuseau horaire : {zone}",
        "settings_open": "Chacun peut appuyer sur les boutons d’une autre personne, et paie alors.",
        "settings_closed": "Seule la personne qui a demandé une image peut appuyer sur ses boutons payants.",
        "settings_admins": "Administrateurs : {names}",
        "settings_no_admins": "Aucun administrateur n’a encore été vu ici.",
        "settings_everybody": "Images par jour pour qui n’a pas de limite propre : {amount}",
        "settings_limit": "Limite pour {whose} : {rate}",
        "settings_changes": "Derniers changements",
        # --- who changed what ---
        "audit_line": "{at}, {name} : {what}",
        "audit_operator": "la personne qui gère Inkthread",
        "audit_limit": "limite pour {whose} fixée à {rate}",
        "audit_limit_removed": "limite pour {whose} supprimée",
        "audit_grant": "{amount} de plus pour {whose}, pour l’instant",
        "audit_admin_named": "{admin} nommé administrateur",
        "audit_admin_dropped": "{admin} n’est plus administrateur nommé",
        # --- parts of sentences ---
        "scope_actor": "{name}",
        "scope_role": "le groupe {name}",
        "scope_channel": "le canal {name}",
        "scope_workspace": "l’équipe",
        "scope_installation": "tout cet Inkthread",
        "amount_pictures": "{amount} images",
        "amount_pictures_one": "1 image",
        "rate_pictures_day": "{amount} images par jour",
        "rate_pictures_day_one": "1 image par jour",
        "rate_pictures_week": "{amount} images par semaine",
        "rate_pictures_week_one": "1 image par semaine",
        "rate_pictures_month": "{amount} images par mois",
        "rate_pictures_month_one": "1 image par mois",
        "rate_micros_day": "{amount} par jour",
        "rate_micros_week": "{amount} par semaine",
        "rate_micros_month": "{amount} par mois",
        # --- what admins are told ---
        "admin_share": "Pour les administrateurs : {share} % de la limite pour {whose} sont utilisés, "
        "{used} sur {rate}. Repart à zéro le {back_at}.",
        "admin_out_of_money": "Pour les administrateurs : le compte qui paie les images est vide, donc "
        "aucune image n’est faite. La personne qui gère Inkthread doit ajouter du crédit.",
        "admin_key_refused": "Pour les administrateurs : le service d’images refuse notre clé, donc "
        "aucune image n’est faite. La personne qui gère Inkthread doit vérifier OPENAI_API_KEY.",
        "admin_moderated": "Pour les administrateurs : le système de sécurité a refusé {count} demandes "
        "de {name} en un jour. {name} doit attendre avant que quelque chose de nouveau soit fait ; rien "
        "n’a été facturé.",
    }
)
