"""Phrases that bend what a model will say: covert advertising, false errors, forced verdicts. Data only."""

from __future__ import annotations

from stockade.detectors.injection.signal import Family, Pattern, Row
from stockade.detectors.injection.vocabulary import URL

ROWS: tuple[Row, ...] = (
    Pattern(
        Family.STEERING,
        0.5,
        (
            "user|reader|requester|visitor|developer|customer",
            (
                "access|account|subscription|quota|billing|session|license|licence|service|verif|authenticat|"
                "log in|login|sign in|signin|credential|confirm"
            ),
        ),
        (
            r"\b(?:inform|notify|tell|alert|remind|instruct|direct|advise|encourage|invite|urge|warn|"
            r"announce to|report to|declare to)(?:ing)?\s+(?:that\s+)?(?:the\s+|all\s+|any\s+)?(?:users?|"
            r"readers?|requesters?|visitors|developers|customers?)\b[^.!?\n]{0,40}\b(?:access|account|"
            r"subscription|quota|billing|session|licen[cs]e|service|verif\w*|authenticat\w*|log ?in|sign "
            r"?in|credentials?|confirm)\b"
        ),
    ),
    Pattern(
        Family.STEERING,
        0.45,
        ("reader|user|developers", "http"),
        (
            r"\b(?:direct|instruct|recommend|suggest|encourage|invite|advise|"
            rf"remind)(?:ing)?\s+(?:that\s+)?(?:the\s+)?(?:readers?|users?|developers)\b[^!?\n]{{0,120}}{URL}"
        ),
    ),
    Pattern(
        Family.STEERING,
        0.5,
        "simulat|emulat|imitat|mimic|pretend",
        (
            r"\b(?:simulat|emulat|imitat|mimic|pretend)(?:e|es|ing)?\b[^.!?\n]{0,40}\b(?:system|backend|"
            "server|memory|database|runtime|network|processing|pipeline|api|service|"
            r"subsystem)\b[^.!?\n]{0,30}\b(?:failure|outage|error|overload|malfunction|crash|freeze|timeout|"
            "exception|fault|overflow|disruption|breakdown|halt)"
        ),
    ),
    Pattern(
        Family.STEERING,
        0.5,
        "halt|terminate|stop|cease|do not proceed|end |provide no|withhold|discontinue|abort|refrain",
        (
            r"\b(?:halt|terminate|stop|cease|suspend|withhold|discontinue|abort|refrain "
            r"from)(?:ing)?\s+(?:all|any|the|your|immediately)?\s*(?:further\s+)?(?:output|response|content|"
            r"answer|text)s?\b|\bprovide no further (?:output|answer|information|content)|\bdo not proceed "
            "with (?:an|any|the|content|answering)"
        ),
    ),
    Pattern(
        Family.STEERING,
        0.4,
        (
            "before|prior to|upon|after|when|once you",
            (
                "inform|notif|alert|announc|issue|display|simulat|emulat|imitat|state|declar|remind|"
                "advis|suggest|recommend|instruct|direct|confirm|verify|report|produce|respond|reply"
            ),
        ),
        (
            r"\b(?:before|prior to|upon|after|when|once you have)\s+(?:\w+ly\s+)?\w+(?:ing|"
            r"ed)\s[^.!?\n]{0,80}[,:]\s*(?:please\s+|briefly\s+|first\s+|clearly\s+|subtly\s+|discreetly\s+|"
            r"politely\s+)?(?:inform|notify|display|issue|simulate|emulate|imitate|declare|announce|state "
            "that|report|verify (?:that|if|whether)|confirm that|instruct|remind|direct|advise|suggest|"
            r"recommend|alert|produce an?|respond with|reply with)\b"
        ),
    ),
    Pattern(
        Family.STEERING,
        0.4,
        (
            "alert|notice|notification|message|warning|error",
            "stating|saying|informing|notifying|indicating|that",
        ),
        (
            r"\b(?:system|service|billing|official|automated|formal|automatic|brief|standard|subscription|"
            r"access)\s+(?:\w+\s+)?(?:alert|notice|notification|message|warning|error)\s+(?:stating|saying|"
            r"informing|notifying|indicating)\b"
        ),
    ),
    Pattern(
        Family.STEERING,
        0.35,
        (
            "access|subscription|account|session",
            "suspend|revok|locked|paused|blocked|denied|restricted|disabled|halted|expired",
        ),
        (
            r"\b(?:access|subscription|account|session|service)\b(?: (?:to|for)[^.!?\n]{0,60})?\s(?:has "
            r"been|have been|is|are|was)\s(?:\w+ly\s)?(?:suspended|revoked|locked|paused|blocked|denied|"
            "restricted|disabled|halted|expired)"
        ),
    ),
    Pattern(
        Family.STEERING,
        0.25,
        (
            "quota|subscription|usage|billing|balance|credit|payment|allowance",
            "exceed|expired|unpaid|exhaust|inactive|overdue|reach|deplet",
        ),
        (
            r"\b(?:exceed\w*|expired|unpaid|exhaust\w*|inactive|overdue|reach\w*|"
            r"deplet\w*)\b[^.!?\n]{0,40}\b(?:quota|subscription|usage|billing|balance|credits?|payment|"
            r"allowance)\b|\b(?:quota|subscription|balance|payment)\b[^.!?\n]{0,30}\b(?:exceeded|expired|"
            "exhausted|inactive|overdue|depleted)"
        ),
    ),
    Pattern(
        Family.STEERING,
        0.45,
        (
            "insert|add|include|append|weave|slip|incorporate|attach|mention|note",
            (
                "rely on|recommend|prais|favor|prefer|highlight|commend|appreciat|sponsor|promot|supplier|"
                "leader|trusted|renowned|endors"
            ),
        ),
        (
            r"\b(?:insert|add|include|append|weave|slip in|slip|incorporate|attach|work "
            r"in)\b[^.!?\n]{0,70}\b(?:remark|note|mention|acknowledge?ments?|line|comment|statement|"
            r"endorsement|sentence|plug)\b[^.!?\n]{0,80}\b(?:rely on|recommend\w*|prais\w+|favor\w*|"
            r"prefer\w*|highlight\w*|commend\w*|appreciat\w+|sponsor\w*|promot\w+|supplier|leader|trusted|"
            r"renowned|endors\w+)"
        ),
    ),
    Pattern(
        Family.STEERING,
        0.4,
        (
            "http",
            "verify|validat|confirm|authenticat",
        ),
        (
            r"\b(?:verify|validate|confirm|authenticate)\b[^!?\n]{0,100}\b(?:at|visiting|through|via|on|"
            rf"using|from)\s+{URL}"
        ),
    ),
    Pattern(
        Family.HINT,
        0.2,
        (
            "signing in|sign in|log in|logging in|enter their|entering their|enter your|entering your|"
            "submit their|submitting their|submit your|submitting your|credential"
        ),
        (
            r"\b(?:sign(?:ing)? in|log(?:ging)? in|enter(?:ing)? (?:their|your)|submit(?:ting)? (?:their|"
            r"your)|institutional credentials?)\b"
        ),
    ),
    Pattern(
        Family.HINT,
        0.12,
        ("reply|response|answer|output|summary"),
        r"\b(?:your|the) (?:final |next |normal |own )?(?:reply|response|answer|output|summary)\b",
    ),
    Pattern(
        Family.STEERING,
        0.45,
        "subtly|discreetly|casually|naturally|weave|promotional|seamlessly|endorsement|advertis|sponsored",
        (
            r"\b(?:subtly|discreetly|casually|naturally|seamlessly)\s+(?:recommend|insert|mention|"
            "incorporate|add|weave|suggest|include|promote|endorse|integrate|direct|work|advise|commend)|"
            r"\bweave in\b|\b(?:add|insert|include|append)\b[^.!?\n]{0,30}\b(?:promotional|endorsement|"
            r"advertis\w+|sponsored)\b"
        ),
    ),
    Pattern(
        Family.STEERING,
        0.3,
        (("exclusively|solely|only|single word", "respond|reply|answer|output|print|say")),
        (
            r"\b(?:respond|reply|answer|output|outputting|print|say)\s+(?:exclusively|solely|"
            r"only)\s+(?:with|as|in|the)?\b|\b(?:reply|respond|answer) with the single word\b"
        ),
    ),
    Pattern(
        Family.STEERING,
        0.2,
        "and nothing else",
        r"\band nothing else\b",
    ),
    Pattern(
        Family.STEERING,
        0.45,
        (
            "positive review|recommend acceptance|strongest applicant|this candidate|10 out of 10|rate "
            "this|every other"
        ),
        (
            r"\b(?:positive review|recommend acceptance|strongest applicant|mark this candidate|rate "
            "(?:this|every other) (?:candidate|product|applicant)|score of 10 out of 10)"
        ),
    ),
    Pattern(
        Family.STEERING,
        0.3,
        (
            "as the best|competitor|only trustworthy|whatever the text|stop summari|with a wrong|document "
            "is empty|refund"
        ),
        (
            r"\b(?:as the best (?:option|choice|product|provider)|(?:do not|never) mention (?:any |other "
            ")?competitors?|only trustworthy|whatever the text says|stop summari[sz]ing|with a wrong|"
            "(?:document|page) is empty|confirm a full refund|ignore the refund policy)"
        ),
    ),
    Pattern(
        Family.STEERING,
        0.3,
        "tell the user|tell the reader",
        r"\btell the (?:user|reader)s?\s+(?:that|to)\b",
    ),
    Pattern(
        Family.STEERING,
        0.35,
        ("user|requester", "access|subscription|quota|account|credential|privilege"),
        (
            r"\b(?:user|requester)[^.!?\n]{0,40}\b(?:access|subscription|quota|account|credentials?|"
            r"privileges)\b[^.!?\n]{0,40}\b(?:expired|suspended|blocked|revoked|restricted|disabled|"
            "inactive|locked|exceeded|unpaid|overdue|paused|reached)"
        ),
    ),
)
