"""What stands on commands and menus, in Portuguese."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "name_edit": "editar",
        "name_quota": "cota",
        "name_gallery": "galeria",
        "name_settings": "configurações",
        "name_help": "ajuda",
        "name_forget": "esquecer",
        "name_show": "ver",
        "name_limit": "limite",
        "name_more": "mais",
        "name_server": "servidor",
        "name_usage": "consumo",
        "name_days": "dias",
        "name_prompt": "descrição",
        "name_change": "mudança",
        "name_version": "versão",
        "name_aspect": "proporção",
        "name_size": "tamanho",
        "name_quality": "qualidade",
        "name_count": "quantidade",
        "name_background": "fundo",
        "name_format": "arquivo",
        "name_image": "imagem",
        "name_what": "quê",
        "about_imagine": "Cria uma imagem e abre um tópico; cada resposta nele a edita",
        "about_edit": "Muda a última imagem deste tópico ou outra versão dela",
        "about_quota": "Veja quantas imagens restam e quando haverá mais",
        "about_gallery": "Veja suas últimas imagens e os tópicos em que estão",
        "about_settings": "Veja o que está configurado neste servidor; admins mudam",
        "about_help": "Veja o que se pode dizer e fazer aqui",
        "about_forget": "Apaga imagens e palavras para sempre; antes pergunta-se de novo",
        "about_show": "O que está configurado, quem pode mudar e quem mudou o quê",
        "about_limit": "Para admins: limite um membro, um cargo, um canal ou o servidor",
        "about_more": "Para admins: dê mais no dia, semana ou mês em curso",
        "about_server": "Para admins: fuso horário, botões dos outros, outros admins",
        "about_usage": "Para admins: quem fez quantas imagens e quanto custaram",
        "about_days": "Quantos dias para trás, 30 se não disser",
        "about_prompt": "O que você quer ver; palavras entre aspas são desenhadas como texto",
        "about_change": "O que deve mudar; o resto fica como está",
        "about_version": "De que versão partir; se não disser, a última",
        "about_aspect": "Largura e altura, como 16:9, ou square, portrait, wide",
        "about_size": "Que tamanho; 4K custa mais",
        "about_quality": "Baixa é rápida e barata, alta é lenta e cara",
        "about_count": "Quantas imagens diferentes",
        "about_background": "Se o fundo é transparente",
        "about_format": "O tipo de arquivo",
        "about_image": "Uma imagem de referência",
        "about_what": "O que deve ser esquecido",
        "choice_quality_low": "Baixa",
        "choice_quality_medium": "Média",
        "choice_quality_high": "Alta",
        "choice_transparent": "Transparente",
        "choice_forget_this": "A última imagem deste tópico",
        "choice_forget_thread": "Este tópico inteiro",
        "choice_forget_me": "Tudo sobre mim",
        "menu_edit": "Editar esta imagem",
        "menu_reference": "Usar como referência",
        "menu_why": "Por que ficou assim?",
        "said_unknown_button": "Este botão é de outra versão do Inkthread. Diga com palavras o que quer, por "
        "exemplo “de novo”.",
        "said_form_lost": "Este formulário ficou velho demais. Nada foi gasto; abra-o de novo.",
        "said_edit_where": "Não há imagem minha para mudar aqui. Use isto no tópico de uma imagem, ou "
        "responda à imagem.",
        "said_not_ours": "Não há imagem minha nesta mensagem.",
        "said_hint_replies": "Não consigo ler respostas comuns aqui. Para mudar a imagem, responda a ela com "
        "a menção ligada, mencione-me ou aperte “Editar…”.",
        "label_whom": "Membro ou cargo",
        "label_whom_hint": "Vazio: o canal abaixo ou, senão, o servidor inteiro",
        "label_channel": "Canal",
        "choice_not_open": "Só quem pediu pode apertar os botões",
        "said_saved": "Salvo.",
    }
)
