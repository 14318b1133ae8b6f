"""The sentences in Portuguese.

A version is versão, a picture imagem, a thread conversa; people are você.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from core.app.wording.account.portuguese import ACCOUNT

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "unknown": "Aconteceu algo que o Inkthread ainda não sabe explicar ({code}).",
        "gone": "Isto não está mais aqui.",
        # --- a turn on its way ---
        "turn_waiting": "Aguardando a vez: {ahead} pedidos vão antes nesta conversa.",
        "turn_waiting_one": "Aguardando a vez: 1 pedido vai antes nesta conversa.",
        "turn_waiting_none": "Aguardando a vez: é o próximo nesta conversa.",
        "turn_queued_behind": "Na fila: {ahead} imagens vão antes.",
        "turn_queued_behind_one": "Na fila: 1 imagem vai antes.",
        "turn_rate_limited": "O serviço de imagens pediu para esperar um momento. Nada falhou; isto "
        "continua sozinho.",
        "turn_minute_full": "Aguardando a vez: o número de imagens por minuto é limitado. Continua sozinho.",
        "turn_overloaded": "O serviço de imagens está sobrecarregado. Nada falhou; uma nova tentativa é "
        "automática.",
        "turn_unreachable": "Não dá para acessar o serviço de imagens. Nada foi gasto; uma nova tentativa é "
        "automática.",
        "turn_resumed": "Retomado depois que o Inkthread reiniciou.",
        "turn_generating": "Criando a imagem…",
        "turn_generating_many": "Criando {count} imagens…",
        "turn_generating_many_one": "Criando a imagem…",
        "turn_finishing": "Quase lá…",
        "turn_cancelling": "Cancelando. Se a imagem chegar mesmo assim, já estará paga e ficará guardada no "
        "histórico.",
        "turn_refused": "Nada foi criado e nada foi gasto. A mensagem abaixo explica o motivo.",
        "turn_not_shown": "A imagem foi criada e guardada, mas não pôde ser mostrada aqui. Diga “mostrar” "
        "para vê-la.",
        "not_shown_missing": "Falta ao Inkthread permissão para mostrar sua imagem aqui: {missing}. "
        "Ela está guardada. Quando for permitido, diga “mostrar” na conversa.",
        "not_shown": "Sua imagem foi criada e guardada, mas o Inkthread não pode mais escrever onde você a "
        "pediu. Quando puder, diga “mostrar” lá. "
        "Até lá, ela está no seu histórico.",
        "about_price": "cerca de {price}",
        # --- how a turn ends without its picture ---
        "cancelled": "Cancelado. Nada foi gasto.",
        "cancelled_billed": "Cancelado. O serviço de imagens pode ter cobrado {price}; isso não conta no "
        "seu limite.",
        "cancelled_late": "Cancelado, mas a imagem já estava criada e paga. Ela fica guardada como {head}; "
        "a conversa continua de onde estava. Diga “{head}” para usá-la.",
        "failed_moderated": "O sistema de segurança recusou isto, então não há imagem. Não custa nada para "
        "você. Diga com outras palavras ou tire o que possa parecer nocivo.",
        "failed_moderated_input": "O sistema de segurança recusou o próprio pedido: as palavras ou uma "
        "imagem de referência. Não custa nada para você. Diga com outras palavras ou use outras referências.",
        "failed_moderated_output": "Uma imagem foi criada, mas o sistema de segurança a reteve. Não custa "
        "nada para você. Mude o que é mostrado e tente de novo.",
        "failed_rejected": "O serviço de imagens não aceitou este pedido. Nada foi gasto. Tente outras "
        "opções; se continuar, avise quem administra o Inkthread (referência {reference}).",
        "failed_rate_limited": "O serviço de imagens ficou ocupado demais por muito tempo, então o pedido "
        "foi abandonado. Nada foi gasto. Tente mais tarde.",
        "failed_overloaded": "O serviço de imagens ficou sobrecarregado por muito tempo, então o pedido foi "
        "abandonado. Nada foi gasto. Tente mais tarde.",
        "failed_unreachable": "Não foi possível acessar o serviço de imagens. Nada foi gasto. Tente de "
        "novo; se continuar, peça a quem administra o Inkthread para verificar a rede.",
        "failed_out_of_money": "A conta que paga as imagens está sem saldo. Nada foi gasto. Quem administra "
        "o Inkthread precisa adicionar crédito; depois, tente de novo.",
        "failed_key_refused": "O serviço de imagens recusou a nossa chave. Nada foi gasto. Quem administra "
        "o Inkthread precisa verificar OPENAI_API_KEY (“inkthread doctor” mostra mais); depois, tente de "
        "novo.",
        "failed_no_answer": "O serviço de imagens não respondeu a tempo. Ele pode ter cobrado {price} mesmo "
        "assim; isso não conta no seu limite. Nada é repetido sem você pedir: se quiser, toque em “Tentar "
        "de novo”.",
        "failed_broken_off": "A conexão caiu enquanto a imagem era criada. Pode ter custado {price} mesmo "
        "assim; isso não conta no seu limite. Nada é repetido sem você pedir: se quiser, toque em “Tentar "
        "de novo”.",
        "failed_no_picture": "O serviço de imagens respondeu sem imagem. Isso não conta no seu limite. "
        "Tente de novo.",
        "failed_storage": "O lugar onde as imagens são guardadas está cheio ou não aceita gravação. Isso "
        "não conta no seu limite. Quem administra o Inkthread precisa liberar espaço; depois, tente de novo.",
        "failed_cannot_post": "O Inkthread não pode publicar aqui, então nada foi criado e nada foi gasto. "
        "Convide-o para este canal e tente de novo.",
        "failed_cannot_post_missing": "Falta uma permissão ao Inkthread aqui, então nada foi criado nem "
        "gasto. Quem administra este lugar precisa permitir: {missing}. Depois, tente de novo.",
        "permission_view_channel": "Ver canal",
        "permission_send_messages": "Enviar mensagens",
        "permission_send_messages_in_threads": "Enviar mensagens em tópicos",
        "permission_attach_files": "Anexar arquivos",
        "failed_own_fault": "Algo deu errado dentro do Inkthread antes de qualquer envio. Nada foi "
        "gasto. Tente de novo; se continuar, avise quem administra o Inkthread (referência {reference}).",
        # --- answers ---
        "queued": "Aguardando a vez: {ahead} pedidos vão antes nesta conversa.",
        "queued_one": "Aguardando a vez: 1 pedido vai antes nesta conversa.",
        "queued_none": "Aguardando a vez: é o próximo nesta conversa.",
        "busy": "Já há três pedidos esperando nesta conversa. Peça de novo quando um terminar, ou cancele "
        "um.",
        "busy_moving": "Uma imagem está sendo criada aqui. Mude de versão quando ela ficar pronta.",
        "closed": "Esta conversa está fechada. Comece uma imagem nova com /imagine.",
        "closed_thread": "Fechada: as respostas aqui não são mais edições. As imagens ficam.",
        "nothing_to_undo": "Não há nada para desfazer: esta é a primeira versão.",
        "nothing_to_redo": "Não há nada para refazer. Diga “histórico” para ver todas as versões.",
        "nothing_to_cancel": "Nada seu está em andamento nem esperando aqui.",
        "nothing_to_edit": "Ainda não há imagem para mudar aqui. Peça uma com /imagine ou envie uma.",
        "nothing_to_show": "Ainda não há imagem aqui. Peça uma com /imagine.",
        "nothing_to_compare": "Por enquanto há só uma versão, então não há com o que comparar.",
        "no_such_revision": "Não há v{revision} nesta conversa. Diga “histórico” para ver o que há.",
        "no_such_candidate": "Esta versão não tem a imagem {letter}. Diga “histórico” para ver o que há.",
        "moved_to": "A conversa continua agora a partir de {head}.",
        "over_quota": "Falta espaço: {whose} já tem {used} de {amount} em uso, e isto precisa de {needed}. "
        "Volta a haver espaço a partir de {back_at}. {ask}",
        "over_quota_for_good": "Só isto já ultrapassa {whose}: precisa de {needed} de {amount}. Peça menos. "
        "{ask}",
        "over_quota_ask_admin": "Um admin pode aumentar.",
        "whose_actor_day": "o seu limite diário",
        "whose_actor_week": "o seu limite semanal",
        "whose_actor_month": "o seu limite mensal",
        "whose_role_day": "o limite diário do seu grupo",
        "whose_role_week": "o limite semanal do seu grupo",
        "whose_role_month": "o limite mensal do seu grupo",
        "whose_channel_day": "o limite diário deste canal",
        "whose_channel_week": "o limite semanal deste canal",
        "whose_channel_month": "o limite mensal deste canal",
        "whose_workspace_day": "o limite diário da equipe",
        "whose_workspace_week": "o limite semanal da equipe",
        "whose_workspace_month": "o limite mensal da equipe",
        "whose_installation_day": "o orçamento diário deste Inkthread",
        "whose_installation_week": "o orçamento semanal deste Inkthread",
        "whose_installation_month": "o orçamento mensal deste Inkthread",
        "not_yours": "Só {name} ou um admin pode fazer isso. Responda na conversa para pedir a sua própria "
        "imagem.",
        "not_yet": "“{what}” ainda não está disponível. Nada foi feito e nada foi gasto.",
        "references_notice": "Bom saber: a localização e outros dados ocultos são retirados das suas "
        "imagens. Elas são enviadas ao serviço de imagens com o seu pedido e ficam guardadas aqui enquanto "
        "alguma versão as usar.",
        # --- what is wrong with a prompt ---
        "prompt_empty": "Não há palavras para criar uma imagem. Tente: /imagine um farol ao entardecer --ar "
        "16:9",
        "prompt_too_long": "Está longo demais: o modelo lê no máximo 32.000 caracteres. Nada foi cortado e "
        "nada foi gasto. Encurte e envie de novo.",
        "prompt_unknown_option": "Não existe a opção {subject}. {meant}Diga “ajuda” para ver as opções. "
        "Aqui: {place}",
        "prompt_missing_value": "A opção {subject} precisa de um valor. {meant}Aqui: {place}",
        "prompt_bad_value": "{subject} não é um valor que esta opção conheça. {meant}Aqui: {place}",
        "prompt_bad_ratio": "Não dá para criar a proporção {subject}: ela precisa estar entre 1:3 e 3:1. "
        "{meant}Aqui: {place}",
        "prompt_bad_size": "Não dá para criar o tamanho {subject}. Os dois lados precisam ser múltiplos de "
        "16, no máximo 3840, e a imagem precisa ter entre 655.360 e 8.294.400 pixels. {meant}Aqui: {place}",
        "prompt_bad_count": "“{subject}” não é um número de imagens que se possa pedir: de 1 a 8 por vez. "
        "{meant}Aqui: {place}",
        "prompt_conflict": "{subject} e {other} não combinam; tire um deles. {meant}Aqui: {place}",
        "prompt_repeated_option": "A opção {subject} aparece duas vezes; deixe só uma. Aqui: {place}",
        "prompt_no_seeds": "O modelo não tem sementes, então {subject} não faria nada. Tire essa opção; “de "
        "novo” dá outra imagem.",
        "prompt_not_yet": "A opção {subject} ainda não está disponível, então nada foi criado e nada foi "
        "gasto. Tire essa opção e envie de novo.",
        "did_you_mean": "Você quis dizer {suggestion}? ",
        "texts_tip": "Dica: em um pedido longo, ponha cada texto a ser desenhado entre aspas, um depois do "
        "outro. Eles saem com mais exatidão.",
        # --- what a model cannot do ---
        "model_cannot_size": "O modelo não consegue criar {subject}. O mais próximo é {suggestion}.",
        "model_cannot_quality": "O modelo não tem a qualidade “{subject}”. A mais próxima é “{suggestion}”.",
        "model_cannot_format": "O modelo não consegue criar arquivos {subject}. Ele pode criar {suggestion}.",
        "model_cannot_format_without_alpha": "Um arquivo {subject} não pode ser transparente. Use "
        "{suggestion}.",
        "model_cannot_count": "O modelo não consegue criar {subject} imagens de uma vez; peça no máximo "
        "{suggestion}.",
        "model_cannot_inputs": "O modelo aceita no máximo {suggestion} imagens por pedido; eram {subject}. "
        "Envie menos.",
        "model_cannot_inputs_one": "O modelo aceita só 1 imagem por pedido; eram {subject}. Envie menos.",
        "model_cannot_edit": "O modelo em uso aqui não consegue mudar imagens, só criar novas. Comece uma "
        "com /imagine.",
        "model_cannot_transparent": "O modelo em uso aqui não consegue criar imagens transparentes. Peça de "
        "novo sem fundo transparente.",
        "too_many_references": "Aqui dá para usar no máximo {suggestion} imagens de referência; eram "
        "{subject}. Nada foi gasto; envie menos.",
        "too_many_references_one": "Aqui dá para usar só 1 imagem de referência; eram {subject}. Nada foi "
        "gasto; envie menos.",
        # --- what is wrong with a file ---
        "file_not_a_picture": "{file} não é uma imagem. Envie png, jpeg ou webp. Nada foi gasto.",
        "file_unsupported_format": "{file} é um tipo de imagem que não dá para ler aqui. Envie png, jpeg ou "
        "webp. Nada foi gasto.",
        "file_animated": "{file} é animado; só dá para usar imagens paradas. Salve um quadro como png e "
        "envie. Nada foi gasto.",
        "file_too_many_pixels": "{file} tem pixels demais para abrir com segurança. Reduza e envie de novo. "
        "Nada foi gasto.",
        "file_truncated": "{file} está cortado: falta parte da imagem. Envie de novo. Nada foi gasto.",
        "file_too_large": "{file} é grande demais. Envie no máximo 50 MB. Nada foi gasto.",
        "file_gone": "{file} não está mais lá. Envie de novo. Nada foi gasto.",
        "file_forbidden": "Não foi possível abrir {file}: o Inkthread não tem permissão para ler. Envie "
        "direto aqui. Nada foi gasto.",
        "file_unreachable": "Não foi possível buscar {file} agora. Envie de novo daqui a pouco. Nada foi "
        "gasto.",
        "storage_down": "O lugar onde as imagens são guardadas está cheio ou não aceita gravação, então "
        "nada foi iniciado e nada foi gasto. Quem administra o Inkthread precisa liberar espaço; depois, "
        "tente de novo.",
        # --- captions, buttons, texts beside pictures ---
        "caption_from": "{revision} a partir de {parent}",
        "caption_seconds": "{seconds} s",
        "caption_free": "grátis",
        "caption_estimated": "{price} (estimado)",
        "caption_today": "você usou {used} de {amount} hoje",
        "caption_ai": "gerada por IA",
        "caption_sandbox": "modo de teste, sem modelo real",
        "caption_fewer": "vieram {came} de {asked}",
        "caption_refit": "recodificada para caber; o original está a um clique",
        "caption_routed": "criada com {model}, porque {configured} não consegue fazer isso",
        "caption_hint_ratio": "proporção tirada de “{words}”",
        "caption_hint_tier": "tamanho tirado de “{words}”",
        "caption_hint_transparent": "transparente, tirado de “{words}”",
        "final_text": "versão final",
        "button_edit": "Editar…",
        "button_again": "De novo",
        "button_undo": "Desfazer",
        "button_final": "Versão final",
        "button_use": "Usar {letter}",
        "button_compare": "Comparar",
        "button_history": "Histórico",
        "button_original": "Arquivo original",
        "button_why": "Por que ficou assim?",
        "button_cancel": "Cancelar",
        "button_try_again": "Tentar de novo",
        "button_try_again_price": "Tentar de novo · {price}",
        "alt_made": "Imagem gerada por IA: {text}",
        "alt_changed": "Imagem gerada por IA: {text}. Mudanças depois: {changes}",
        "alt_candidate": "Imagem {letter}. {alt}",
        "alt_compare": "{left} e {right} lado a lado",
        "alt_history": "Todas as versões em fila",
        "placeholder_text": "{name} pediu: {text}",
        "result_text": "{head} está pronta: {text}",
        "show_text": "{head} mais uma vez: {text}",
        "compare_text": "{left} ao lado de {right}",
        "history_text": "Todas as versões até agora",
        "history_part": "As últimas {count} de {total} versões. Para ver duas quaisquer: "
        "compare v{first} v{last}",
        "history_line": "{head} a partir de {parent}: {text}",
        "history_line_first": "{head}: {text}",
        "history_head": "{line} ← a conversa continua daqui",
        "original_text": "O arquivo original de {head}, exatamente como o modelo criou.",
        "original_linked": (
            "O original de {head} tem {size}, mais do que cabe aqui. Aqui está ele, exatamente como o "
            "modelo criou; o link vale por uma semana."
        ),
        "original_link": "Baixar o original",
        "original_kept": (
            "O original de {head} tem {size}, mais do que cabe aqui. Ele está guardado sem alterações, e "
            "cada edição parte dele. Aperte de novo onde arquivos maiores são permitidos ou peça o "
            "arquivo {name} a quem cuida do Inkthread."
        ),
        "download_unknown": "Não há nada neste endereço.",
        "download_over": "Este link expirou. Peça o original de novo na conversa.",
        "download_later": "Não é possível obter a imagem agora. Abra o link de novo daqui a pouco.",
        "why_text": "Como {head} foi criada",
        "why_asked": "Pedido de {name}: {text}",
        "why_from": "Parte de {parent}.",
        "why_model": "Modelo {model}, {size}, qualidade {quality}, {format}. Imagens pedidas: {count}. "
        "Referências: {references}.",
        "why_cost": "Custo: {price}.",
        "why_sent": "O que foi enviado ao modelo:",
        **ACCOUNT,
        # --- forgetting, and messages that are taken back ---
        "button_delete": "Excluir…",
        "button_forget": "Sim, esquecer",
        "forget_ask_this": "Esquecer {head} para sempre? Desaparecem: as imagens ({pictures}) com as "
        "palavras que as pediram e as mensagens do Inkthread sobre ela ({messages}). Pedido por: {names}. "
        "As outras versões ficam. Não dá para desfazer.",
        "forget_ask_thread": "Esquecer toda esta conversa para sempre? Desaparecem: imagens ({pictures}), "
        "pedidos ({words}) e as mensagens do Inkthread aqui ({messages}). Pedido por: {names}. A conversa "
        "é fechada. Não dá para desfazer.",
        "forget_ask_me": "Esquecer tudo o que você pediu neste espaço? Desaparecem: o seu nome, as suas "
        "imagens ({pictures}), os seus pedidos ({words}) e as mensagens do Inkthread sobre eles "
        "({messages}), em todas as conversas. O que outros pediram fica. Não dá para desfazer.",
        "forget_busy": "Um pedido em andamento ou à espera parte de {head}. Espere até acabar, ou "
        "cancele-o; depois exclua {head}.",
        "forget_waiting": "Algo está sendo feito aqui agora. Primeiro é cancelado, depois tudo desaparece, "
        "e você é avisado.",
        "forget_nothing": "Aqui não há mais nada que possa ser esquecido.",
        "forget_where": "Diga isso na conversa de que se trata.",
        "forgot": "Esquecido. Desapareceram: imagens {pictures}, pedidos {words}, mensagens {messages}. "
        "Nas contas ficam só números, sem palavras nem imagens.",
        "forgot_but_left": "Esquecido. Desapareceram: imagens {pictures}, pedidos {words}, mensagens "
        "{messages}. Nas contas ficam só números, sem palavras nem imagens. Mensagens que a plataforma "
        "não deixou tirar: {left}; apague-as à mão.",
        "forgotten": "Isto foi esquecido a pedido.",
        "words_forgotten": "As palavras deste pedido foram esquecidas a pedido.",
        "person_unnamed": "uma pessoa cujo nome não é guardado",
        "revision_forgotten": "v{revision} foi esquecida, já não dá para usá-la. Diga “histórico” para ver "
        "o que há.",
        "revised_late": "Isto começou com as suas primeiras palavras, as novas chegam tarde. Responda na "
        "conversa dizendo o que mudar.",
        "withdrawn_late": "A sua mensagem já não está aqui, mas a imagem já está sendo feita. Cancele-a na "
        "mensagem dela, ou exclua a imagem quando chegar.",
        # --- help ---
        "help_text": "O que você pode dizer aqui",
        "help_new": "/imagine e o que você quer ver cria uma imagem nova. Opções: --ar 16:9, --size 2k, "
        "--quality high, --draft, -n 4, --transparent, --format webp, --no texto. As palavras entre aspas "
        "são desenhadas letra por letra.",
        "thread_hint": "Responda a esta mensagem para mudar a imagem.",
        "help_reply": "Responda na conversa com o que mudar: isso edita a última versão. “v2: deixe o céu "
        "verde” parte de v2.",
        "help_words": "desfazer · refazer · v2 · de novo · usar b · final · final 4k · mostrar · por que · "
        "comparar · comparar v1 v3 · histórico · cancelar · fechar · ajuda",
        "help_talk": "Comece com // para conversar sem mudar nada.",
    }
)
