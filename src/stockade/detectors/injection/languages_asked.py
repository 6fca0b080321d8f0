"""The reveal, task and address phrases of other languages, written as in ``languages``. Data only."""

from __future__ import annotations

from stockade.detectors.injection.languages import Told, told
from stockade.detectors.injection.signal import Family, Row

_FEW_BYTES = r"[^\n.!?;]{0,40}"

_REVEAL: tuple[Told, ...] = (
    (  # de
        "systemprompt|system-prompt|systemanweisung|prompt",
        (
            "(?:zeig|gib|nenn|wiederhol|drucke|verrate|schreib)...(?:system-?prompt|systemanweisung|"
            "systemnachricht|anfangsanweisung|prompt-?text)"
        ),
    ),
    (  # fr
        "prompt|systeme|consignes",
        (
            r"(?:affiche|montre|revele|donne|repete|imprime|recopie)[rz]?\b...(?:prompt|invite|message|"
            "instructions?|consignes?) (?:systeme|initiale?|cachee?s?|du systeme)"
        ),
    ),
    (  # es
        "prompt|sistema",
        (
            r"(?:muestra|revela|dime|imprime|repite|ensena)\b...(?:prompt|mensaje|instrucciones) (?:de |del "
            ")?(?:sistema|iniciales|ocultas)"
        ),
    ),
    (  # it
        "prompt|sistema",
        (
            r"(?:mostra|rivela|stampa|ripeti|dimmi)\b...(?:prompt|messaggio|istruzioni) (?:di |del "
            ")?(?:sistema|inizial|nascost)"
        ),
    ),
    (  # pt
        "prompt|sistema",
        (
            r"(?:mostre|revele|imprima|repita|exiba|diga)\b...(?:prompt|mensagem|instrucoes) (?:de |do "
            ")?(?:sistema|inicia|oculta)"
        ),
    ),
    (  # nl
        "systeemprompt|prompt|systeem",
        (
            r"(?:toon|geef|herhaal|print|onthul|laat)\b...(?:systeem-?prompt|systeeminstructie|verborgen "
            "instructie)"
        ),
    ),
    (  # pl
        "prompt|systemow",
        (
            r"(?:wypisz|pokaz|ujawnij|podaj|wyswietl|powtorz)\b...(?:prompt systemow|systemowy prompt|"
            "instrukcje systemowe|ukryte instrukcj)"
        ),
    ),
    (  # ru
        "промпт|системн",
        (
            "(?:покажи|выведи|раскрой|напиши|повтори|распечатай)...(?:системный промпт|системную подсказк|"
            "системные инструкци|скрытые инструкци|промпт)"
        ),
    ),
    (  # zh
        "提示词|系统提示|系統提示|提示詞|系统指令",
        "(?:显示|输出你|打印|告诉我|重复|泄露|逐字|展示|顯示|輸出你|透露)...(?:系统提示|系統提示|提示词|提示詞|系统指令|初始指令)",
    ),
    (  # ja
        "システムプロンプト|指示",
        "(?:システムプロンプト|初期指示|隠された指示|内部指示)...(?:表示|教え|出力|見せ|繰り返)",
    ),
    (  # ko
        "시스템 프롬프트|시스템프롬프트",
        "시스템 ?프롬프트...(?:출력|보여|표시|알려)",
    ),
    (  # ar
        "النظام",
        "(?:اعرض|أظهر|اكشف|اطبع|أخبرني)...(?:موجه النظام|تعليمات النظام|بيانات النظام)",
    ),
    (  # tr
        "sistem",
        "sistem (?:istemi|komutu|talimat)...(?:goster|yaz|yazdir)",
    ),
)

_TASK: tuple[Told, ...] = (
    (  # de
        "neue aufgabe|vorherigen",
        r"\b(?:deine|ihre) neue aufgabe|\bsystem: die vorherigen",
    ),
    (  # fr
        "nouvelle tache|nouvelle mission|systeme",
        r"\b(?:ta|votre) nouvelle (?:tache|mission)|\bsysteme ?: les regles",
    ),
    (  # es
        "nueva|sistema",
        r"\b(?:tu|su) nueva (?:tarea|mision)|\bsistema: las reglas",
    ),
    (  # it
        "nuovo|sistema",
        r"\b(?:il tuo|il suo) nuovo compito|\bsistema: le regole",
    ),
    (  # pt
        "nova|sistema",
        r"\b(?:sua|tua) nova tarefa|\bsistema: as regras",
    ),
    (  # nl
        "taak",
        r"\b(?:je|jouw|uw) nieuwe taak|\bsysteem: de ",
    ),
    (  # pl
        "zadanie",
        r"\btwoje nowe zadanie|\bsystem: (?:poprzednie|dotychczasowe) zasady",
    ),
    (  # ru
        "задача|система",
        "(?:твоя|ваша) новая задача|система: прежние",
    ),
    (  # zh
        "任务|任務|系统：|系统:",
        "(?:新任务|新的任务|新任務)|系统[:：]之前的规则",
    ),
    (  # ja
        "タスク|システム：|システム:",
        "新しいタスク|システム[:：]以前の",
    ),
    (  # ko
        "임무|시스템",
        "새로운 임무|시스템: 이전",
    ),
    (  # ar
        "مهمتك",
        "مهمتك الجديدة",
    ),
    (  # tr
        "gorevin",
        "yeni gorevin",
    ),
    (  # ro
        "sarcina",
        "noua ta sarcina",
    ),
    (  # vi
        "nhiem vu",
        "nhiem vu moi",
    ),
    (  # el
        "καθηκον|εργασια",
        "(?:νεο|νεα) (?:σου )?(?:καθηκον|εργασια)",
    ),
    (  # hi
        "नया काम|नया कार्य",
        "(?:तुम्हारा|आपका) नया (?:काम|कार्य)",
    ),
    (  # th
        "งานใหม่",
        "งานใหม่ของคุณ",
    ),
)

_ADDRESSED: tuple[Told, ...] = (
    (  # de
        "ki-|sprachmodell|lieber assistent",
        (
            "(?:hinweis|nachricht|notiz|anweisung) (?:an|fur) (?:alle |die )?(?:ki|ai)-?[ a-z]{0,20}:|"
            r"(?:falls|wenn) (?:du|sie) ein (?:ki-)?(?:sprachmodell|ki-modell|assistent)|\blieber assistent,"
        ),
    ),
    (  # fr
        r"\bia|modele de langage|cher assistant",
        (
            "(?:note|message|instruction) (?:aux|a l'|pour les?) ?(?:assistants?|agents?|modeles?)[ "
            r"a-z]{0,10}\bia\b|si (?:tu es|vous etes) un (?:modele de langage|assistant ia)|\bcher "
            "assistant,"
        ),
    ),
    (  # es
        r"\bia|modelo de lenguaje|querido asistente",
        (
            "(?:nota|mensaje|instruccion) para (?:los |el )?(?:asistentes?|agentes?|modelos?) de ia|si "
            r"(?:eres|es) un (?:modelo de lenguaje|asistente de ia)|\bquerido asistente,"
        ),
    ),
    (  # it
        r"\bia|\bai|modello linguistico|caro assistente",
        (
            r"(?:nota|messaggio) per (?:gli |l')?(?:assistenti|agenti|modelli) (?:di )?(?:ia|ai)\b|se sei "
            r"un (?:modello linguistico|assistente)|\bcaro assistente,"
        ),
    ),
    (  # pt
        r"\bia|modelo de linguagem|caro assistente",
        (
            "(?:nota|mensagem) para (?:os )?(?:assistentes|agentes|modelos) de ia|se (?:voce e|es) um "
            r"(?:modelo de linguagem|assistente)|\bcaro assistente,"
        ),
    ),
    (  # nl
        "ai-|taalmodel|assistent",
        (
            "(?:bericht|notitie|opmerking) (?:voor|aan) (?:de )?ai-?[ a-z]{0,14}:|als (?:je|u) een "
            r"(?:taalmodel|ai-assistent)|\bbeste assistent,"
        ),
    ),
    (  # pl
        r"\bai|modelem jezykowym|asysten",
        (
            "(?:uwaga|wiadomosc|notatka) dla (?:asystentow|agentow|modeli) ai|jesli jestes modelem "
            r"jezykowym|\bdrogi asystencie,"
        ),
    ),
    (  # ru
        "ии|языковая модель|ассистент",
        (
            "(?:примечание|сообщение|указание) для (?:ии|ai)|если (?:ты|вы) языковая модель|уважаемый "
            "ассистент,"
        ),
    ),
    (  # zh
        "ai助手|语言模型|助手请",
        "致ai助手|如果你是(?:语言模型|ai)|助手请注意",
    ),
    (  # ja
        "aiアシスタント|言語モデル",
        "aiアシスタントへ|(?:あなたが|もし)言語モデル",
    ),
    (  # ko
        "ai 어시스턴트|언어 모델",
        "ai 어시스턴트에게|언어 모델이라면",
    ),
    (  # ar
        "الذكاء الاصطناعي|نموذج",
        "ملاحظة لمساعدي الذكاء|إذا كنت نموذج",
    ),
    (  # ro
        r"\bai|model de limbaj",
        "(?:nota|mesaj) pentru (?:asistentii|agentii) ai|daca esti un model de limbaj",
    ),
    (  # vi
        r"\bai|mo hinh ngon ngu",
        "(?:luu y|ghi chu|thong bao) (?:cho|danh cho) (?:cac )?tro ly ai|neu ban la mo hinh ngon ngu",
    ),
    (  # hi
        "सहायक|भाषा मॉडल",
        "एआई सहायकों के लिए|अगर (?:तुम|आप) (?:एक )?भाषा मॉडल",
    ),
    (  # tr
        "yapay zeka|dil model",
        "yapay zeka asistanlarina not|bir dil modeliysen",
    ),
)


def asked_rows() -> tuple[Row, ...]:
    """Return the rows of all languages but English for asking, tasking and addressing."""
    return (
        *told(Family.REVEAL, 0.7, _REVEAL, _FEW_BYTES),
        *told(Family.TASK, 0.55, _TASK, _FEW_BYTES),
        *told(Family.ADDRESSED, 0.6, _ADDRESSED, _FEW_BYTES),
    )
