"""Phrases that speak to the model that reads a text. Data only.

In a text someone else wrote they are an attack whatever follows.
"""

from __future__ import annotations

from stockade.detectors.injection.signal import Family, Pattern, Row
from stockade.detectors.injection.vocabulary import AGENT, AI, AI_GATES, NOTE

_NOTE_GATES = (
    "note|memo|message|instruction|hint|attention|reminder|notice|directive|task|order|command|"
    "information|remark|request|tip|guidance|advice|warning|alert|step"
)
_READING = (
    "(?:read(?:s|ing)?|process(?:es|ing)?|summari[sz](?:es|ing|e)|handl(?:es|ing|e)|review(?:s|"
    "ing)?|pars(?:es|ing|e)|analy[sz](?:es|ing|e)|index(?:es|ing)?|scan(?:s|ning)?|evaluat(?:es|"
    "ing|e)|receiv(?:es|ing|e)|see(?:s|ing)?)"
)
_MUST = (
    "(?:must|should|shall|is required to|are required to|has to|have to|needs to|need to|is "
    "instructed to|are instructed to|is to)"
)
_DO = (
    "(?:ignore|disregard|send|forward|upload|post|append|recommend|insert|add|reveal|print|output|"
    "say|tell|reply|respond|answer|write|rate|give|mark|run|execute|call|delete|export|list|search|"
    "open|download|render|ask|set|save|also|always|never|replace|transfer|include|translate|not "
    "mention|mention|treat|act)"
)

ROWS: tuple[Row, ...] = (
    Pattern(
        Family.ADDRESSED,
        0.6,
        (
            AI_GATES,
            _NOTE_GATES,
        ),
        (
            rf"\b{NOTE}s?\s+(?:to|for)\s+(?:the\s+|any\s+|all\s+|every\s+|our\s+|"
            rf"your\s+)?(?:[a-z]+\s+)?{AI}\b[^:\n.!?]{{0,60}}(?::|\s[--])"
        ),
    ),
    Pattern(
        Family.ADDRESSED,
        0.55,
        (
            "attention|dear|to |for |calling",
            AI_GATES,
        ),
        (
            r"(?:^|[\n.!?>\""
            r"'(\[*#/-]\s*)(?:attention|dear|to|for|calling)[\s,]+(?:the\s+|any\s+|all\s+|"
            rf"every\s+|our\s+)?(?:[a-z]+\s+)?(?:{AI}|agents)\b[^:\n.!?]{{0,40}}:"
        ),
    ),
    Pattern(
        Family.ADDRESSED,
        0.4,
        (
            "attention|dear|hey",
            AI_GATES,
        ),
        (
            r"(?:^|[\n.!?>\""
            r"'(\[*#/-]\s*)(?:attention|dear|hey)[\s,]+(?:the\s+|any\s+|all\s+|every\s+|"
            rf"our\s+)?{AI}\b[^:\n.!?]{{0,40}},"
        ),
    ),
    Pattern(
        Family.ADDRESSED,
        0.55,
        (
            AI_GATES,
            "directive|task|instruction|prompt|command|note to|order|override",
        ),
        (
            r"(?:^|[\n.!?>\""
            rf"'(\[*#/-]\s*)(?:{AI}|assistant)[\s_-](?:directive|task|instruction|prompt|"
            r"command|order|override)s?\s*:"
        ),
    ),
    Pattern(
        Family.ADDRESSED,
        0.5,
        "bots and|agents and|assistants and|models and|bots:|agents:|llms:",
        (
            r"(?:^|[\n.!?>\""
            r"'(\[*#/-]\s*)(?:(?:bots|agents|assistants|models|llms|ai agents)\s+and\s+"
            r"(?:bots|agents|assistants|models|llms|ai agents)|bots|llms|ai agents)\s*:"
        ),
    ),
    Pattern(
        Family.ADDRESSED,
        0.5,
        "as the model|as the assistant|as the agent|as the ai|as an ai|as the llm",
        (
            rf"\bas (?:the|an) (?:{AI}|assistant|agent|model)\s+(?:that\s+)?[a-z]+(?:ing|"
            r"s)\s[^.!?\n]{0,60}\byou\s+(?:must|should|are|have|need)\b"
        ),
    ),
    Pattern(
        Family.HINT,
        0.25,
        (
            "your duty|do the following|you are required|go ahead|legitimate request|before you "
            "continue|your reply has"
        ),
        (
            r"\b(?:it is your duty to|do the following|you are required to|go ahead and|this is a "
            r"legitimate request|before you continue|your reply has to)\b"
        ),
    ),
    Pattern(
        Family.ADDRESSED,
        0.6,
        (
            "if you|when you|whenever you|in case you|as you",
            AI_GATES,
        ),
        (
            r"\b(?:if|when|whenever|in case)\s+you(?:\s+are|'re)\s+(?:an?\s+|"
            rf"the\s+)?(?:[a-z]+\s+)?{AI}(?:\s*[,:]|\s+(?:process|read|summar|handl|review|analy|pars|index|"
            "crawl|scan|view|see|look|access|assist|help|then|please|and|or|that|assistant|agent|model|bot|"
            "chatbot))"
        ),
    ),
    Pattern(
        Family.ADDRESSED,
        0.6,
        (
            AI_GATES,
            "must|should|shall|required|has to|have to|need|instructed|is to",
        ),
        (
            rf"\b(?:when|if|whenever|any|every|all|the|an?)\s+{AI}\s+(?:that\s+|who\s+|"
            rf"which\s+)?{_READING}\b[^.!?\n]{{0,50}}\s{_MUST}\s"
        ),
    ),
    Pattern(
        Family.ADDRESSED,
        0.5,
        (
            AI_GATES,
            "must|should|shall|required|has to|have to|need|instructed|is to",
        ),
        rf"\b{AI}\s+{_MUST}\s+(?:now\s+|also\s+|always\s+)?{_DO}\b",
    ),
    Pattern(
        Family.ADDRESSED,
        0.55,
        "human",
        (
            r"\bhumans?\s+(?:readers\s+)?(?:can|may|should|please|must)\s+(?:safely\s+)?(?:skip|ignore|"
            "disregard)"
        ),
    ),
    Pattern(
        Family.ADDRESSED,
        0.5,
        r"automated|machine|\bai",
        (
            r"\b(?:for|to)\s+(?:automated|machine|ai)\s+(?:readers?|processing|systems?|"
            r"agents?)(?:\s+only)?\s*[:,]"
        ),
    ),
    Pattern(
        Family.ADDRESSED,
        0.55,
        (
            "<!--|/*|#|//|--|@|(|[",
            AI_GATES,
            ":",
        ),
        (
            rf"(?:<!--|/\*+|//|#+|--|[(\[@])\s*(?:hidden\s+)?(?:{NOTE}\s+)?(?:to\s+|"
            rf"for\s+)?(?:the\s+)?@?(?:{AI}|assistant)(?:[\s_-](?:task|note|instruction|assistant|agent|"
            r"model|system|reader|command|message|override)s?)?\s*:"
        ),
    ),
    Pattern(
        Family.ADDRESSED,
        0.5,
        (
            "assistant|agent|model|bot|reviewer|system|script",
            _NOTE_GATES,
        ),
        (
            rf"\b(?:(?:hidden|secret|private|special|internal)\s+)?{NOTE}s?\s+(?:to|for)\s+(?:the|any|all|"
            rf"every|whichever)\s+(?:[a-z]+\s+)?{AGENT}s?\b[^:\n.!?]{{0,50}}:"
        ),
    ),
    Pattern(
        Family.ADDRESSED,
        0.55,
        (
            "assistant,|assistant while|assistant please|assistant you|assistant ignore|assistant disreg|"
            "assistant your|@assistant|assistant must|assistant should|assistant is|assistant will"
        ),
        (
            r"(?:@assistant\b|\bassistant,?\s+(?:while you are|please also|you must|you should|ignore|"
            r"disregard|your new)|\bthe assistant\s+(?:must|should now|is (?:now )?required to|should also|"
            r"will now)\b)"
        ),
    ),
    Pattern(
        Family.ADDRESSED,
        0.5,
        (("preparing|composing|generating|writing|producing|drafting|formulating|next step for", "your|the")),
        (
            r"\b(?:while|when|before|after)\s+(?:preparing|composing|generating|writing|producing|drafting|"
            r"formulating)\s+(?:your|the)\s+(?:\w+\s+)?(?:output|answer|reply|response|summary)\b|\bnext "
            r"step for the (?:agent|assistant|model)\b"
        ),
    ),
    Pattern(
        Family.ADDRESSED,
        0.35,
        ("summary|reply|output|every paragraph", "must|should|has to|every paragraph"),
        (
            r"\b(?:your|the)\s+(?:summary|reply|output)\s+(?:must|should|has to)\s|\bin every paragraph of "
            r"(?:the|your) (?:summary|answer|reply|response)\b"
        ),
    ),
)
