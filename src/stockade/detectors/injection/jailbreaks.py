"""Phrases that try to talk a model out of its limits: personas, modes, fictions, bargains. Data only.

Each says little by itself; several of them near each other say much. Role play as such is no signal.
"""

from __future__ import annotations

from stockade.detectors.injection.signal import Family, Phrase, Row
from stockade.detectors.injection.vocabulary import BAD, LIMITS, LIMITS_GATES

_BAD_GATES = (
    "illegal|ethical|moral|harmful|dangerous|offensive|hateful|toxic|violent|explicit|"
    "inappropriate|evil|criminal|malicious"
)
_PERSONA = (
    "(?:act as|you are now|you're now|you are|role-?play as|pretend to be|call yourself|become|"
    "simulate|behave as|respond as|speak as)"
)

ROWS: tuple[Row, ...] = (
    Phrase(
        Family.JAILBREAK,
        0.65,
        "do anything now|doing anything now",
        r"(?:do|doing) anything now\b",
    ),
    Phrase(
        Family.JAILBREAK,
        0.4,
        r"\bdan",
        r"(?:act as|you are|as|called|named|become|simulate|be|i am) (?:a |an |the )?dan\b",
    ),
    Phrase(
        Family.JAILBREAK,
        0.3,
        "jailbr",
        r"(?:jailbroken|\(?[^0-9a-z]?jailbreak\] |jailbreak (?:mode|enabled|activated))",
    ),
    Phrase(
        Family.JAILBREAK,
        0.6,
        (
            "answer|respond|reply|speak|write|act|talk",
            LIMITS_GATES,
        ),
        rf"(?:answer|respond|reply|speak|write|act|talk|generate) ~3 (?:without|with no) ~2 {LIMITS}\b",
    ),
    Phrase(
        Family.JAILBREAK,
        0.3,
        (
            (
                "without|no |free|bypass|remove|lifted|bound by|restricted by|limited by|constrained "
                "by|unbound|ignor|zero|outside"
            ),
            LIMITS_GATES,
        ),
        (
            "(?:without|has no|have no|no|free of|free from|freed from|bypass(?:es|ing)?|(?:not|un)? "
            "?(?:bound|restricted|limited|constrained) by|ignor(?:es|ing)|removed?|zero|outside) ~2 "
            f"(?:safety |content |ethical |moral |any )?{LIMITS}(?: (?:apply|or|and|whatsoever|at all|were "
            r"lifted))?\b"
        ),
    ),
    Phrase(
        Family.JAILBREAK,
        0.35,
        (
            "no limits apply|restrictions were lifted|rules are off|rules do not apply|rules don't apply|"
            "no rules apply"
        ),
        (
            "(?:no (?:limits|rules|restrictions) apply|all restrictions (?:were|are) lifted|(?:your|the) "
            r"rules (?:are off|do not apply|don't apply))\b"
        ),
    ),
    Phrase(
        Family.JAILBREAK,
        0.25,
        "unfiltered|uncensored|amoral|unrestricted|unhinged|unmoderated|immoral|unethical|unbound",
        r"(?:unfiltered|uncensored|amoral|unrestricted|unhinged|unmoderated|immoral|unethical|unbound)\b",
    ),
    Phrase(
        Family.JAILBREAK,
        0.3,
        (
            "everything|anything|all |any |what",
            "answer|says|say |does|respond|fulfil|compl|obey",
        ),
        (
            "(?:answers?|says?|does|respond(?:s)? to|fulfil(?:l|ls)?|compl(?:y|ies) with|obeys?) "
            "(?:everything|anything|any (?:question|request|prompt|command)s?|all (?:requests|questions|"
            r"prompts|commands)|what other models|whatever)\b"
        ),
    ),
    Phrase(
        Family.JAILBREAK,
        0.4,
        (
            "no matter how|however|regardless",
            _BAD_GATES,
        ),
        rf"(?:no matter (?:how|if it is)|however|regardless of (?:how|whether|if)) ~3 {BAD}\b",
    ),
    Phrase(
        Family.JAILBREAK,
        0.4,
        "refus|decline|reject|say|says",
        (
            "(?:(?:never|not|cannot|can't|won't|doesn't|will not|does not|don't) (?:ever )?(?:refuses?|"
            "decline|reject) ~4 (?:request|question|prompt|user|answer|command|anything|me|order|task)|"
            r"(?:never|don't|not|no longer) says? ~1 (?:i cannot|i can't|i can not|that you cannot|no))\b"
        ),
    ),
    Phrase(
        Family.JAILBREAK,
        0.4,
        ("one normal|a normal one|responses|answers|replies|ways|outputs|classic"),
        (
            "(?:(?:give|generate|provide|write|respond with|respond in|answer with|make) ~3 (?:two|2) "
            "(?:different )?(?:responses|answers|replies|ways|outputs)|one normal and one|a normal one and "
            r"one|\(?[^0-9a-z]classic\])"
        ),
    ),
    Phrase(
        Family.JAILBREAK,
        0.4,
        "tokens",
        (
            r"(?:you have \d+ tokens|(?:lose|deduct|subtract) \d+ ~1 (?:tokens|for each)|tokens ~4 "
            "(?:deducted|lose|you die|refus))"
        ),
    ),
    Phrase(
        Family.JAILBREAK,
        0.35,
        (
            "openai|anthropic|google|microsoft|content polic",
            "polic|guideline|rules|restriction|limit|content",
        ),
        (
            "(?:openai|anthropic|google|microsoft)(?:'s)? ~3 (?:polic(?:y|ies)|guidelines|rules|"
            r"restrictions|limitations)\b"
        ),
    ),
    Phrase(
        Family.JAILBREAK,
        0.3,
        _BAD_GATES,
        rf"{BAD} ~2 {BAD}\b",
    ),
    Phrase(
        Family.JAILBREAK,
        0.4,
        (
            "not |doesn't|don't|never",
            "rule|polic|guideline|law|ethic|moral|principle",
        ),
        (
            "(?:not|doesn't|don't|never) (?:have to |need to |longer )?(?:care about|abide|adhere|obey|"
            "compl(?:y|ies)|conform|align|bound|follow) ~4 (?:rules|polic(?:y|ies)|guidelines|laws|ethics?|"
            r"ethical|moral|morals|morality|principles)\b"
        ),
    ),
    Phrase(
        Family.JAILBREAK,
        0.3,
        "warning|disclaimer|morali|lecture",
        (
            "(?:(?:not|don't|never|no|without) ~1 (?:add|include|give|provide|put|write|any)? ?~1 "
            r"(?:warnings?|disclaimers?) ?(?:or|and)? ?(?:disclaimers?|warnings?)?)\b"
        ),
    ),
    Phrase(
        Family.JAILBREAK,
        0.45,
        (
            "unrestricted|nofilter|no filter|unlimited|evil|unbound|unfiltered|uncensored|without|amoral|"
            "jailbroken"
        ),
        (
            f"{_PERSONA} ~4 (?:unrestricted|nofilter|unlimited|evil[a-z]*|unbound|unfiltered|uncensored|"
            r"amoral|jailbroken|ai without|chatbot without|model without|assistant without)\b"
        ),
    ),
    Phrase(
        Family.JAILBREAK,
        0.45,
        "godmode|god mode|love pliny|liberat",
        r"(?:godmode|god mode|love pliny|liberated (?:ai|answer|mode))\b",
    ),
    Phrase(
        Family.JAILBREAK,
        0.5,
        (
            "developer mode|dan mode|debug mode|maintenance mode|god mode|opposite mode|sudo mode|"
            "unrestricted mode|evil mode|admin mode|benchmarking mode|diagnostic mode|root mode|jailbreak "
            "mode|dev mode"
        ),
        (
            "(?:you are (?:now )?(?:operating )?(?:in|entering)|you're now in|switch (?:in)?to|enter|"
            "simulate|activate|answer in|respond in|act in|in) (?:a |the |full )?(?:developer|dan|debug|"
            "maintenance|god|opposite|sudo|unrestricted|evil|admin|benchmarking|diagnostic|root|jailbreak|"
            r"dev) mode ~2 (?:you|and|enabled|without|reveal|show|print|display|now|output|answer|where)\b"
        ),
    ),
    Phrase(
        Family.JAILBREAK,
        0.35,
        "developer mode",
        r"(?:switch to|enter|enable|simulate|you are in|activate) developer mode\b",
    ),
    Phrase(
        Family.JAILBREAK,
        0.6,
        "developer mode output",
        r"developer mode output\b",
    ),
    Phrase(
        Family.JAILBREAK,
        0.3,
        "break character|in character",
        ("(?:if you break character|you break character|stay in character .{0,20}(?:or|otherwise|tokens))"),
    ),
    Phrase(
        Family.JAILBREAK,
        0.35,
        "grandma|grandmother",
        r"(?:my|deceased|late) (?:late |deceased )?grand(?:ma|mother) ~3 used to\b",
    ),
    Phrase(
        Family.JAILBREAK,
        0.25,
        "fiction|hypothetical|this story|a story",
        (
            "(?:this is (?:only |just |purely )?(?:fiction|fictional|hypothetical)|hypothetically|"
            r"hypothetical response|in this (?:story|fictional))\b"
        ),
    ),
    Phrase(
        Family.JAILBREAK,
        0.2,
        "chatgpt|as an ai",
        r"(?:(?:hey|hi|hello|dear) chatgpt|instead of chatgpt|chatgpt (?:will|is now|can|must))\b",
    ),
    Phrase(
        Family.JAILBREAK,
        0.4,
        "evil|devil",
        r"(?:evil|devil) ?-? ?(?:gpt|bot|ai|confidant|assistant|twin|trusted confidant)\b",
    ),
    Phrase(
        Family.JAILBREAK,
        0.3,
        "you are free|are now free|set free|broken free|broke free|freed",
        (
            "(?:you are (?:now )?free(?: now)?|broken? free (?:of|from)|set free|was freed|freed from) ~4 "
            r"(?:limits|guidelines|rules|confines|constraints|restrictions|openai|ai|all)\b"
        ),
    ),
    Phrase(
        Family.JAILBREAK,
        0.35,
        "rules are void|rules are off|test fails",
        r"(?:the )?old rules are void|confirm that your rules are off|otherwise the test fails\b",
    ),
)
