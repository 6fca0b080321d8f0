"""English phrases that put earlier instructions aside. Data only.

The same in other languages stands in its own module.
"""

from __future__ import annotations

from stockade.detectors.injection.signal import Family, Phrase, Row
from stockade.detectors.injection.vocabulary import EARLIER, ORDERS, ORDERS_GATES, OVERRIDE, OVERRIDE_GATES

_GIVEN = (
    "(?:above|before|previously|so far|earlier|until now|prior|you (?:were|are|have been|had been|"
    "have) (?:given|told|instructed|received|got)|you (?:received|got|know)|from (?:the|your) "
    "(?:system|developer|user|owner|creator|provider)|of the (?:system|developer))"
)
_ANY = "(?:all|any|every|each|your|these|those|the|whatever|what|my|its)"
_VOID = (
    "(?:cancell?ed|void|revoked|overridden|lifted|suspended|no longer (?:valid|apply|in effect|"
    "active|relevant)|null|obsolete|outdated|replaced|superseded|invalid|annulled|switched off|"
    "disabled|off|updated)"
)
_BOTH = (OVERRIDE_GATES, ORDERS_GATES)

ROWS: tuple[Row, ...] = (
    Phrase(
        Family.OVERRIDE,
        0.9,
        _BOTH,
        rf"{OVERRIDE} ~4 {EARLIER} ~2 {ORDERS}\b",
    ),
    Phrase(
        Family.OVERRIDE,
        0.86,
        _BOTH,
        rf"{OVERRIDE} (?:of )?{_ANY} (?:of )?(?:the |your )?~1 {ORDERS} ~3 {_GIVEN}\b",
    ),
    Phrase(
        Family.OVERRIDE,
        0.62,
        _BOTH,
        rf"{OVERRIDE} (?:all|any|every|each)(?: of)?(?: the| your| other)? {ORDERS}\b",
    ),
    Phrase(
        Family.OVERRIDE,
        0.6,
        _BOTH,
        rf"{OVERRIDE} (?:all |any )?(?:of )?your ~1 {ORDERS}\b",
    ),
    Phrase(
        Family.OVERRIDE,
        0.6,
        (
            OVERRIDE_GATES,
            "everything|anything|all |what",
        ),
        (
            f"{OVERRIDE} (?:about )?(?:everything|anything|what|whatever|all (?:of )?(?:the|that|this)) ~4 "
            "(?:above|before|previous|previously|prior|so far|until now|preceding|wrote|was said|written|"
            "you (?:were|have been|are|had been) (?:told|taught|given)|(?:the )?user (?:wanted|asked|said|"
            r"wants))\b"
        ),
    ),
    Phrase(
        Family.OVERRIDE,
        0.5,
        (
            OVERRIDE_GATES,
            "above|preceding|prior|previous",
        ),
        (
            f"{OVERRIDE} (?:the |all )?(?:of )?(?:the )?(?:above|preceding|prior|previous)(?: text| content|"
            r" message| prompt)? (?:and|instead|then|because|,|\.)"
        ),
    ),
    Phrase(
        Family.OVERRIDE,
        0.62,
        (
            OVERRIDE_GATES,
            "request|task|question|query|goal|objective",
        ),
        (
            f"{OVERRIDE} (?:the |what the |this |my )?(?:users?(?:'s|')|user|original|current|main) ~1 "
            "(?:request|task|question|query|goal|objective|asked|wanted|prompt)"
        ),
    ),
    Phrase(
        Family.OVERRIDE,
        0.45,
        (
            OVERRIDE_GATES,
            "request|task|question|query|goal|objective",
        ),
        (
            f"{OVERRIDE} (?:the |your |this |that |my )?(?:earlier|previous|prior|preceding|above|given)? "
            r"?(?:request|task|question|query|goal|objective|assignment)s?(?: above)?\b"
        ),
    ),
    Phrase(
        Family.OVERRIDE,
        0.6,
        (
            ORDERS_GATES,
            (
                "cancel|void|revok|overridden|lifted|suspend|no longer|null|obsolete|outdated|replaced|"
                "supersed|invalid|annul|off|updated|disabled"
            ),
        ),
        (
            "(?:previous|prior|preceding|old|earlier|all|your|above|former|existing)(?: the| your)? "
            rf"{ORDERS} ~3 (?:are|is|were|have been|has been|no) ~2 {_VOID}\b"
        ),
    ),
    Phrase(
        Family.OVERRIDE,
        0.65,
        "no longer|not matter|a test|by mistake|can be ignored|is irrelevant",
        (
            "(?:question|request|task|text above|text before|everything (?:above|before)|instructions) ~5 "
            "(?:no longer (?:matters?|applies|apply|counts?)|does not matter|(?:was|is|were) (?:only|just) "
            r"(?:a )?test|(?:was|were) written by mistake|(?:is|are) irrelevant|can be ignored)\b"
        ),
    ),
    Phrase(
        Family.OVERRIDE,
        0.6,
        "overwrite|replace|reset|clear|wipe|erase|forget|flush|purge",
        (
            "(?:(?:overwrite|replace) your ~1 (?:guidelines|rules|instructions|prompt|policy)|(?:reset|"
            "clear|wipe|erase|flush|forget|purge) (?:your|all|the) ~2 (?:context|memory|training|rules|"
            r"instructions|mind)|erase ~4 from your (?:mind|memory))\b"
        ),
    ),
    Phrase(
        Family.OVERRIDE,
        0.45,
        "priority over|precedence over|overrides|supersede",
        (
            "(?:has|have|takes?|taking|with) (?:absolute |highest )?(?:priority|precedence) over ~4 "
            "(?:rules?|instructions?|guidelines|prompts?|polic)|(?:this|these|message|instructions?) "
            r"(?:overrides?|supersedes?) ~3 (?:rules?|instructions?|guidelines|prompts?)\b"
        ),
    ),
    Phrase(
        Family.OVERRIDE,
        0.5,
        "forget everything|forget all|ignore everything|disregard everything",
        (
            "(?:forget|ignore|disregard) (?:everything|all)(?: of (?:that|this|it))?(?: i| you)? (?:and|"
            r"what|that you|you know|you have|you've|now|said|told|else and)\b"
        ),
    ),
    Phrase(
        Family.OVERRIDE,
        0.6,
        (
            OVERRIDE_GATES,
            "system message|system prompt|developer message|conversation",
        ),
        (
            f"{OVERRIDE} (?:the |your |this )?(?:system (?:message|prompt)|developer (?:message|prompt)|"
            r"current conversation)\b"
        ),
    ),
    Phrase(
        Family.OVERRIDE,
        0.4,
        "stop everything",
        r"stop everything(?: now)?\b",
    ),
)
