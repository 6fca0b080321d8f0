"""The override phrases of other languages. Data only.

Written as people write them and folded like the texts; "..." stands for a few words within the sentence, and
where a language parts no words, for bounded bytes. It does not try to cover every inflection, only what
attacks are written in.
"""

from __future__ import annotations

from stockade.detectors.injection.signal import Family, Pattern, Row

# Gates and pattern.
Told = tuple[str, str]

_SENTENCE = r"[^\n.!?;]{1,60}"
_BYTES = r"[^\n!?;]{0,60}"

_OVERRIDE: tuple[Told, ...] = (
    (  # de
        "anweisung|regeln|instruktion|vorgaben|befehle|richtlinien",
        (
            "(?:ignorier|vergiss|vergesse|missachte|verwirf|uberschreib|umgeh)(?:e|en sie|"
            r"en)?\b...(?:anweisung|regel|instruktion|vorgabe|befehl|richtlinie)"
        ),
    ),
    (  # de
        "vergiss|vergessen",
        r"(?:vergiss|vergessen sie)\b...(?:oben|vorher|bisher|davor|zuvor|obige)",
    ),
    (  # de
        "anfrage|wunsch|bitte|frage|aufgabe",
        (
            r"(?:ignorier|vergiss|missachte)(?:e|en sie)?\b...(?:anfrage|wunsch|bitte|frage|aufgabe) (?:des|"
            "der) (?:nutzer|benutzer|user|anwender)"
        ),
    ),
    (  # de
        "regeln|anweisungen",
        (
            "(?:vorherigen|bisherigen|alten|fruheren) (?:regeln|anweisungen)...(?:nicht mehr|aufgehoben|"
            "ungultig)"
        ),
    ),
    (  # fr
        "instruction|regle|consigne|directive",
        (
            "(?:ignore[rz]?|oublie[rz]?|ne (?:tiens|tenez) pas compte|ne (?:suis|suivez) (?:pas|plus)|"
            r"neglige[rz]?|contourne[rz]?)\s+"
            r"(?:toutes?|tous|les|tes|vos|ces|mes|aux?|des?|la|le|l'|d')[^\n.!?;]{1,50}(?:instruction|regle|consigne|"
            "directive)"
        ),
    ),
    (  # fr
        "qui precede|ci-dessus|avant",
        r"(?:oublie[rz]?|ignore[rz]?)\b...(?:ce qui precede|ci-dessus|dit avant)",
    ),
    (  # fr
        "utilisateur",
        (
            r"(?:ne (?:tiens|tenez) pas compte|ignore[rz]?|oublie[rz]?)\b...(?:demande|question|requete) de "
            "l'utilisateur"
        ),
    ),
    (  # fr
        "annule",
        "(?:regles|instructions|consignes)...(?:anterieures|precedentes)...annulee?s",
    ),
    (  # es
        "instruccion|regla|orden|directric|indicacion",
        (
            "(?:ignor(?:a|e|en|ar)|olvid(?:a|e|en|ar)|omite|omita|haz caso omiso|desobedece|no sigas|no "
            r"hagas caso)\b...(?:instruccion|regla|ordenes|directric|indicacion)"
        ),
    ),
    (  # es
        "anterior|arriba|previo",
        r"(?:olvid(?:a|e|en)|ignor(?:a|e|en))\b...(?:lo anterior|de arriba|lo previo|hasta ahora)",
    ),
    (  # es
        "usuario",
        r"(?:no hagas caso|ignor(?:a|e)|olvid(?:a|e))\b...(?:peticion|solicitud|pregunta) del usuario",
    ),
    (  # es
        "reglas|instrucciones",
        "(?:reglas|instrucciones) (?:previas|anteriores)...(?:anuladas|canceladas|ya no)",
    ),
    (  # it
        "istruzion|regol|ordini|direttiv|indicazion",
        (
            r"(?:ignora(?:re|te)?|dimentica(?:re|te)?|trascura|non seguire|disattendi)\b...(?:istruzion|"
            "regol|ordini|direttiv|indicazion)"
        ),
    ),
    (  # it
        "sopra|precede",
        r"(?:dimentica(?:te)?|ignora(?:te)?)\b...(?:quanto sopra|di sopra|cio che precede)",
    ),
    (  # it
        "utente",
        (
            r"(?:non (?:tenere conto|considerare|badare)|ignora(?:te)?|dimentica)\b...(?:richiesta|domanda) "
            "dell'utente"
        ),
    ),
    (  # it
        "regole|istruzioni",
        "(?:regole|istruzioni) precedenti...(?:annullate|non valgono)",
    ),
    (  # pt
        "instruc|regra|orden|diretriz|comandos",
        (
            r"(?:ignor(?:e|a|em|ar)|esque(?:ca|cer|cam)|desconsidere|desobedeca|nao siga)\s+"
            r"(?:todas?|todos?|as|os|suas?|tuas?|seus|qualquer|quaisquer|estas|essas|minhas)\b[^\n.!?;]{0,50}(?:instruc|"
            "regra|ordens|diretriz|comandos)"
        ),
    ),
    (  # pt
        "acima|anterior",
        r"(?:esque(?:ca|cam)|ignore|desconsidere)\b...(?:acima|anterior)\b",
    ),
    (  # pt
        "usuario",
        (
            r"(?:ignore|desconsidere|esqueca|nao (?:leve|considere))\b...(?:pedido|pergunta|solicitacao) do "
            "(?:usuario|utilizador)"
        ),
    ),
    (  # pt
        "regras|instrucoes",
        "(?:regras|instrucoes) anteriores...(?:cancelad|anulad|nao valem)",
    ),
    (  # nl
        "instructie|regels|opdracht|aanwijzing|richtlijn",
        r"(?:negeer|vergeet|omzeil|sla)\b...(?:instructie|regels|opdracht|aanwijzing|richtlijn)",
    ),
    (  # nl
        "hierboven|hiervoor",
        r"(?:vergeet|negeer)\b...(?:hierboven|hiervoor|daarvoor)",
    ),
    (  # nl
        "gebruiker",
        r"(?:let niet op|negeer|vergeet)\b...(?:verzoek|vraag) van de gebruiker",
    ),
    (  # nl
        "regels|instructies",
        "(?:eerdere|vorige) (?:regels|instructies)...(?:vervallen|gelden niet|ongeldig)",
    ),
    (  # pl
        "instrukcj|polecen|zasad|regul|wytyczn",
        (
            r"(?:z?ignoruj(?:cie)?|zapomnij|pomin|zlekcewaz|nie przestrzegaj)\b...(?:instrukcj|polecen|"
            "zasad|regul|wytyczn)"
        ),
    ),
    (  # pl
        "powyzej|wczesniej",
        r"(?:zapomnij|zignoruj)\b...(?:powyzej|wczesniej)",
    ),
    (  # pl
        "uzytkownika",
        (
            r"(?:nie zwracaj uwagi|zignoruj|pomin)\b...(?:prosbe|pytanie|polecenie|zadanie|prosby) "
            "uzytkownika|nie zwracaj uwagi na prosbe"
        ),
    ),
    (  # pl
        "zasady|reguly",
        (
            "(?:poprzednie|wczesniejsze|dotychczasowe) (?:zasady|reguly|instrukcje)...(?:uchylone|"
            "anulowane|nie obowiazuja|niewazne)"
        ),
    ),
    (  # ro
        "instruct|regul|mai sus",
        r"(?:ignora|uita)\b...(?:instructiun|regul|mai sus)",
    ),
    (  # vi
        "quen het|bo qua",
        "(?:quen het|bo qua)...(?:tren|truoc)",
    ),
    (  # tr
        "talimat|kural",
        "(?:onceki|yukaridaki|tum)...(?:talimat|kural)...(?:yok say|gormezden gel|unut|dikkate alma)",
    ),
    (  # tr
        "unut",
        "yukaridaki...unut",
    ),
    (  # vi
        "huong dan|chi dan|quy tac|lenh",
        "(?:bo qua|quen)...(?:huong dan|chi dan|quy tac|lenh|chi thi)",
    ),
)

_OVERRIDE_OTHER: tuple[Told, ...] = (
    (  # ru
        "инструкци|правил|указани|команд",
        (
            "(?:игнорируй|проигнорируй|забудь|не следуй|отбрось|пренебреги|не обращай "
            "внимания)(?:те)?...(?:инструкци|правил|указани|команд)"
        ),
    ),
    (  # ru
        "забудь|игнорируй",
        "(?:забудь|игнорируй)(?:те)?...(?:написано выше|сказано выше|что было выше|до этого|предыдущ)",
    ),
    (  # ru
        "пользовател",
        (
            "(?:не обращай внимания|игнорируй|забудь)(?:те)?...(?:запрос|просьб|"
            r"вопрос)[^\n.]{0,8}пользователя"
        ),
    ),
    (  # ru
        "правила",
        "(?:прежние|предыдущие|старые) (?:правила|инструкции)...(?:отмен|не действу)",
    ),
    (  # uk
        "інструкці|правил",
        "(?:ігноруй|проігноруй|забудь)(?:те)?...(?:інструкці|правил)",
    ),
    (  # el
        "οδηγιες|κανονες|παραπανω",
        "(?:αγνοησε|ξεχασε|παραβλεψε)...(?:οδηγιες|κανονες|παραπανω)",
    ),
    (  # zh
        "忽略|无视|忘记|忘掉|不要理会|忽視|無視|忘記|作废|跳过|不理会",
        "(?:忽略|无视|忘记|忘掉|不要理会|忽視|無視|忘記|不理会)...(?:指令|指示|规则|規則|提示|内容|命令|设定|說明|说明|用户的请求|要求)",
    ),
    (  # zh
        "规则|規則|指令",
        "(?:之前|以前|先前|以上)...(?:规则|規則|指令)...(?:作废|无效|失效|取消)",
    ),
    (  # ja
        "無視|忘れ|無効",
        "(?:指示|命令|ルール|指令|内容|プロンプト|指針)...(?:無視|忘れ|無効)",
    ),
    (  # ko
        "무시|잊|무효",
        "(?:지시|지침|명령|규칙|내용|요청)...(?:무시|잊|무효)",
    ),
    (  # ar
        "التعليمات|القواعد|ما سبق|الأوامر|المستخدم",
        (
            "(?:تجاهل|تجاهلوا|انس|انسى|لا تتبع|لا تهتم)...(?:التعليمات|القواعد|ما سبق|الأوامر|التوجيهات|"
            "طلب المستخدم)"
        ),
    ),
    (  # ar
        "القواعد",
        "القواعد السابقة...(?:ملغاة|لاغية)",
    ),
    (  # he
        "ההוראות|הכללים",
        "(?:התעלם|שכח)...(?:ההוראות|הכללים)",
    ),
    (  # hi
        "निर्देश|नियम|ऊपर",
        "(?:निर्देश|नियम|ऊपर)...(?:अनदेखा|नज़रअंदाज|अनदेखी|भूल|रद्द)",
    ),
    (  # th
        "คำสั่ง|ข้างต้น|กฎ",
        "(?:เพิกเฉย|ละเว้น|ลืม|ไม่ต้องสนใจ)...(?:คำสั่ง|ข้างต้น|คำขอ)",
    ),
    (  # fa
        "دستور",
        "(?:نادیده بگیر|فراموش کن)",
    ),
)


def override_rows() -> tuple[Row, ...]:
    """Return the rows of all languages but English for putting earlier instructions aside."""
    return (
        *told(Family.OVERRIDE, 0.75, _OVERRIDE, _SENTENCE),
        *told(Family.OVERRIDE, 0.75, _OVERRIDE_OTHER, _BYTES),
    )


def told(family: Family, weight: float, rows: tuple[Told, ...], between: str) -> list[Pattern]:
    """Return *rows* as patterns, *between* in place of the dots."""
    return [Pattern(family, weight, gates, text.replace("...", between)) for gates, text in rows]
