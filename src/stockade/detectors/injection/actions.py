"""Phrases that ask for data to be sent, actions to be taken, things to be kept from the user. Data only.

One of them alone is also what people ask assistants for, so most weights stay below one half.
"""

from __future__ import annotations

from stockade.detectors.injection.signal import Family, Pattern, Row
from stockade.detectors.injection.vocabulary import MAIL, PRIVATE, PRIVATE_GATES, SEND, URL

ROWS: tuple[Row, ...] = (
    Pattern(
        Family.EXFILTRATION,
        0.6,
        (
            "http|@|://",
            PRIVATE_GATES,
        ),
        (
            rf"\b{SEND}\b[^.!?\n]{{0,80}}\b{PRIVATE}[^!?\n]{{0,80}}\b(?:to|at|into|via|using|"
            rf"with)\s+(?:\w+\s+)?(?:{URL}|{MAIL})"
        ),
    ),
    Pattern(
        Family.EXFILTRATION,
        0.4,
        (
            "http|@",
            "send|forward|upload|append|export|transmit|submit|exfiltrate|leak",
        ),
        (
            r"\b(?:send|forward|upload|append|export|transmit|submit|exfiltrate|leak)\s+(?:all|every|the|"
            rf"your|this|their|its|me|any)\b[^!?\n]{{0,80}}\b(?:to|into)\s+(?:{URL}|{MAIL})"
        ),
    ),
    Pattern(
        Family.EXFILTRATION,
        0.7,
        "](http",
        (
            r"!\[[^\]\n]{0,80}\]\(\s*https?://[^\s)\n]{1,150}[?=/&](?:[^\s)=\n]{0,60}=)?\s*(?:<|\{|"
            r"\$)[^)\n]{0,80}(?:conversation|summary|base64|data|secret|history|prompt|user|token|key|"
            "content)"
        ),
    ),
    Pattern(
        Family.EXFILTRATION,
        0.5,
        "render this|load this image|display this image",
        r"\b(?:render|load|display|include|embed)\s+(?:this|the following)\s+image\b",
    ),
    Pattern(
        Family.EXFILTRATION,
        0.45,
        (
            "copy|paste|append|encode",
            "http",
        ),
        rf"\b(?:paste|append|encode)\b[^.!?\n]{{0,60}}\b(?:into|to|in|onto)\s+{URL}",
    ),
    Pattern(
        Family.EXFILTRATION,
        0.55,
        "bcc",
        (
            rf"(?:{MAIL}|\b(?:address|me|us))\s+(?:to|in|into)\s+(?:the\s+)?bcc\b|"
            r"\bbcc\b[^.!?\n]{0,40}\b(?:all|every)\s+outgoing"
        ),
    ),
    Pattern(
        Family.EXFILTRATION,
        0.5,
        (
            "http",
            "execute|run|install|open",
        ),
        (
            rf"\b(?:download|open|fetch|get|visit)\s+{URL}\s+(?:and|then)\s+(?:execute|run|install|follow|"
            r"open)\b"
        ),
    ),
    Pattern(
        Family.EXFILTRATION,
        0.25,
        (
            "curl|wget",
            "¦",
        ),
        r"\b(?:curl|wget)\b[^\n|]{0,120}\|\s*(?:sudo\s+)?(?:ba|z)?sh\b",
    ),
    Pattern(
        Family.ACTION,
        0.4,
        (
            "`|command",
            "before you|add the line",
        ),
        (
            r"\b(?:run|execute)\s+(?:the\s+)?(?:following\s+)?(?:shell\s+|"
            r"system\s+)?command\b[^.!?\n]{0,120}\bbefore you (?:do|answer|continue|reply)|\badd the "
            r"line\s+`"
        ),
    ),
    Pattern(
        Family.ACTION,
        0.3,
        "rm -rf|chmod 777|/etc/passwd|.ssh/id_",
        r"(?:\brm -rf [~/]|\bchmod (?:-r )?777|/etc/passwd|\.ssh/id_)",
    ),
    Pattern(
        Family.ACTION,
        0.45,
        "transfer|wire|pay |remit",
        (
            r"\b(?:transfer|wire|pay|remit)\s+(?:\S{1,3}\s?)?[\d.,]{1,12}\s*\S{0,8}\s+(?:to|from|"
            r"into)\s+(?:the\s+)?(?:account|iban|wallet|address)"
        ),
    ),
    Pattern(
        Family.ACTION,
        0.5,
        (
            "bank detail|iban|account number",
            "replace|change|swap",
        ),
        (
            r"\b(?:replace|change|swap)\b[^.!?\n]{0,40}(?:bank details|iban|account "
            r"number)[^.!?\n]{0,40}\b(?:with|by|to)\b"
        ),
    ),
    Pattern(
        Family.ACTION,
        0.35,
        (
            "administrator right|admin right|admin access|admin privilege|administrator access|"
            "administrator privilege"
        ),
        (
            r"\b(?:grant|give|assign|promote)\b[^.!?\n]{0,60}\badmin(?:istrator)? (?:rights|privileges|"
            "access)"
        ),
    ),
    Pattern(
        Family.ACTION,
        0.4,
        "the user for|the user to|user's card|the customer for",
        (
            r"\b(?:ask|request|prompt|get)\s+(?:the\s+)?(?:user|customer|reader)s?\s+(?:for|to (?:give|"
            r"enter|provide|confirm|submit|share))\s[^.!?\n]{0,50}(?:card|password|credit|date of birth|ssn|"
            r"social security|credential|login|pin\b|bank)"
        ),
    ),
    Pattern(
        Family.ACTION,
        0.35,
        "without asking|without confirm|do not notify",
        (
            r"\bwithout (?:asking|confirmation|confirming|notifying|telling)\b(?: (?:for|the|any|me))?|\bdo "
            r"not notify\b"
        ),
    ),
    Pattern(
        Family.ACTION,
        0.5,
        "tool call required",
        r"\btool call required\b",
    ),
    Pattern(
        Family.ACTION,
        0.45,
        "skip all other checks|as safe and|dump all env",
        (
            r"\bskip all (?:other )?checks\b|\bclassify this (?:message|text|e-?mail) as safe\b|\bdump all "
            r"environment variables\b"
        ),
    ),
    Pattern(
        Family.ACTION,
        0.3,
        (
            "call |invoke",
            "_|tool call",
        ),
        r"\b(?:call|invoke)\s+(?:the\s+)?[a-z]{2,20}_[a-z_]{2,30}\s+(?:with|to|on|for)\b",
    ),
    Pattern(
        Family.ACTION,
        0.5,
        "long-term memory|your memory|permanent memory",
        (
            r"\b(?:save|store|write|add|remember)\b[^.!?\n]{0,60}\b(?:in|to|into) your (?:long-term |"
            "permanent |persistent )?memory"
        ),
    ),
    Pattern(
        Family.ACTION,
        0.4,
        "all tools|every tool|available tools",
        (
            r"\b(?:list|reveal|print|show)\b[^.!?\n]{0,20}\b(?:all|every|available) "
            r"tools?\b[^.!?\n]{0,60}(?:parameter|key|secret|call)"
        ),
    ),
    Pattern(
        Family.ACTION,
        0.35,
        "delete",
        (
            r"\b(?:then )?delete the (?:sent copy|files in|original|evidence|logs?)\b|\bdelete all (?:files|"
            r"e-?mails|records|backups|data)\b"
        ),
    ),
    Pattern(
        Family.CONCEALMENT,
        0.45,
        "do not|don't|never|not tell|without telling|keep this|nobody",
        (
            r"\b(?:do not|don't|never)\s+(?:tell|inform|notify|alert|warn)\s+(?:the\s+)?(?:user|anyone|"
            r"anybody|reader|customer|human|attendees|owner|them)|\bwithout telling\s+(?:the\s+)?(?:user|"
            "anyone)"
        ),
    ),
    Pattern(
        Family.CONCEALMENT,
        0.4,
        "mention|reveal|refer to|acknowledg|disclos|keep this|nothing happened|not tell anyone",
        (
            r"\b(?:do not|don't|never)\s+(?:mention|reveal|refer to|acknowledge|disclose)\s+(?:this|that "
            r"you|these|the (?:change|update|note|second half|instruction))|\bkeep this (?:secret|between "
            r"us|hidden|quiet|to yourself)|\bas if nothing happened|\band do not tell anyone"
        ),
    ),
)
