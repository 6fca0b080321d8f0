"""English phrases that ask for hidden instructions. Data only.

Questions about prompts in general are none.
"""

from __future__ import annotations

from stockade.detectors.injection.signal import Family, Phrase, Row
from stockade.detectors.injection.vocabulary import SHOW, SHOW_EXACT

_HIDDEN = (
    "(?:system (?:prompt|messages?|instructions?|directives?|configuration)|system_prompt|"
    r"(?:initial|original|hidden|secret|internal|base|starting|pre|first)[\s-]?(?:prompt|"
    "instructions?|rules?|configuration|directives?|guidelines)|pre-?prompt|prompt template|"
    "initiali[sz]ation (?:string|prompt)|meta-?prompt|developer (?:message|prompt)|confidential "
    r"context|first \d+ words of (?:your|the) prompt)"
)
_HIDDEN_GATES = (
    "prompt|system message|system instruction|system directive|system config|instruction|rules|"
    "config|directive|guideline|initiali|developer|confidential"
)
_FROM_START = (
    "(?:above|you (?:were|have been|are|had been) (?:initially )?(?:given|told|instructed|"
    "programmed)|you (?:received|got)|before this (?:message|conversation|line|document|point)|at "
    "the (?:start|beginning|top)|prior to this)"
)

ROWS: tuple[Row, ...] = (
    Phrase(
        Family.REVEAL,
        0.75,
        _HIDDEN_GATES,
        rf"{SHOW} ~6 your ~2 {_HIDDEN}\b",
    ),
    Phrase(
        Family.REVEAL,
        0.55,
        _HIDDEN_GATES,
        rf"{SHOW_EXACT} ~3 (?:the|this|its|entire|full|complete|exact|whole) ~1 {_HIDDEN}\b",
    ),
    Phrase(
        Family.REVEAL,
        0.5,
        _HIDDEN_GATES,
        rf"(?:what|whats|what's) (?:is|are|was|were|does) your ~1 {_HIDDEN}\b",
    ),
    Phrase(
        Family.REVEAL,
        0.55,
        (
            "instructions|rules|words|text|prompt|message|everything|directions|guidelines|sentences",
            "above|you |before|start|begin|top",
        ),
        (
            f"{SHOW_EXACT} ~6 (?:instructions|rules|words|text|prompt|messages|everything|directions|"
            rf"guidelines|sentences?) (?:that |which )?~1 {_FROM_START}\b"
        ),
    ),
    Phrase(
        Family.REVEAL,
        0.6,
        (
            "instructions|rules|words|prompt|directions|guidelines|told",
            "you |start|begin",
        ),
        (
            f"(?:{SHOW}|what (?:are|were|was)) ~4 (?:instructions|rules|guidelines|directions|prompt) "
            "(?:that |which )?(?:you (?:were|have been|are|had been) (?:initially )?(?:given|told|"
            r"programmed)|you (?:received|got) (?:at|before|from|in))\b"
        ),
    ),
    Phrase(
        Family.REVEAL,
        0.5,
        "you are",
        r"(?:starting|beginning|begins|starts|start) with (?:the words )?(?:you are|you're)\b",
    ),
    Phrase(
        Family.REVEAL,
        0.75,
        (
            "told|asked|instructed|supposed",
            "protect|keep|hide|guard|secret",
        ),
        (
            "(?:key|password|code|word|token|secret|flag|instructions) ~2 you (?:were|are|have been) "
            "(?:told|asked|instructed|supposed) (?:to|not to) (?:protect|keep|hide|guard|share|reveal|"
            r"tell)\b"
        ),
    ),
    Phrase(
        Family.REVEAL,
        0.6,
        (
            "verbatim|word for word|in full|exactly|backtick|code block|json|letter by letter",
            "configuration|instruction|prompt|rules|guidelines",
        ),
        (
            f"{SHOW} ~3 (?:your|all|the) ~2 (?:configuration|instructions|prompt|rules|guidelines) ~6 "
            r"(?:verbatim|word for word|in full|exactly|backticks|code block|json|letter by letter)\b"
        ),
    ),
    Phrase(
        Family.REVEAL,
        0.35,
        "hidden|secret",
        (
            f"{SHOW} ~3 (?:hidden|secret) ~1 (?:rules|instructions?|prompt|key|keys|password|system message|"
            r"text)\b"
        ),
    ),
    Phrase(
        Family.REVEAL,
        0.5,
        (
            "your prompt|your guidelines|tool definition|your instructions|your rules",
            "verbatim|word|line|base64|backtick|code block|given|reverse|latin|rot13|exactly",
        ),
        (
            f"{SHOW} ~6 (?:your (?:prompt|guidelines|instructions|rules)|tool definitions) ~4 (?:verbatim|"
            "word for word|one word|line by line|in base64|backticks|code block|you were given|in reverse|"
            r"backwards|in rot13|exactly)\b"
        ),
    ),
    Phrase(
        Family.REVEAL,
        0.4,
        "what were you told|what did they tell you|my instructions are",
        r"(?:what were you told|my instructions are)\b",
    ),
)
