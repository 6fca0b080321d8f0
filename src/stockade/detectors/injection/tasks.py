"""English phrases that announce new instructions, or an authority to give them. Data only."""

from __future__ import annotations

from stockade.detectors.injection.signal import Family, Pattern, Phrase, Row
from stockade.detectors.injection.vocabulary import ORDERS_GATES

ROWS: tuple[Row, ...] = (
    Pattern(
        Family.TASK,
        0.45,
        (
            "task|instruction|objective|directive|order|mission|assignment",
            "new|updated|revised|real|actual|next|additional|special|override",
        ),
        (
            r"\b(?:new|updated|revised|real|actual|next|additional|special|"
            r"override)\s+(?:system\s+)?(?:task|instructions?|objectives?|directives?|orders?|mission|"
            r"assignment)(?:\s+for\s+(?:you|(?:the\s+|any\s+|all\s+)?(?:[a-z]+\s+)?(?:ai|assistants?|"
            r"agents?|models?|bots?|llms?|chatbots?|chatgpt)))?\s*(?:#+|\*\*|\]|\))?\s*[:=>\n]"
        ),
    ),
    Phrase(
        Family.TASK,
        0.5,
        (
            "your new|your real|your actual|your true|your only|your next|your sole|the real |your job|"
            "your task|your goal|the only thing"
        ),
        (
            "(?:your (?:new|real|actual|true|only|next|sole) (?:task|objective|job|goal|instructions?|"
            "mission|purpose|role)|the real (?:task|objective|goal)|your (?:job|task|goal) (?:now|is now)|"
            r"the only thing you (?:have|need) to do)\b"
        ),
    ),
    Phrase(
        Family.TASK,
        0.35,
        (
            "you are now|from now on|from this point|from this line|from here on|henceforth|going forward|"
            "you now have|starting now|as of now"
        ),
        (
            "(?:from (?:now|this point|this line|here)(?: on| onwards?| forward)? ~1 (?:you|your|always|"
            "only|never|treat|answer|respond|reply)|you now (?:have to|must|are|will)|henceforth ~1 you|"
            r"starting now you|as of now you|you are now)\b"
        ),
    ),
    Phrase(
        Family.TASK,
        0.4,
        (
            "administrator|developer|admin|root|creator|owner|openai|anthropic|supervisor|my ",
            "as |i am|treat me|follow only",
        ),
        (
            "(?:as (?:your|the|an|a)?(?: system)? ?(?:administrator|developer|admin|root|creator|owner|"
            "supervisor) ?~1 (?:i|you|order|tell)|i am (?:your|the|an?|from) (?:system )?(?:developer|"
            "administrator|admin|creator|owner|openai|anthropic)|treat me as (?:the|your|an?) "
            r"(?:administrator|admin|developer|owner)|follow only my (?:orders|instructions|commands))\b"
        ),
    ),
    Phrase(
        Family.TASK,
        0.5,
        "before you answer|before answering|before you do anything|before continuing",
        r"important ~1 (?:before you (?:answer|do anything|continue)|before answering)\b",
    ),
    Phrase(
        Family.TASK,
        0.35,
        "previous instructions|earlier instructions|instructions have been",
        r"instructions have been (?:updated|changed|replaced|overridden|amended)(?: by| with)?\b",
    ),
    Pattern(
        Family.TASK,
        0.5,
        (
            "task update|answer:|system override|policy refresh|system alert|system notice|system "
            "directive|system update|protocol|operational|service directive|service check|service "
            "notice|compliance"
        ),
        (
            r"(?:\btask update\b[^:\n]{0,12}:|answer:\s*(?:task complete|done)\b|\[?system override\]?|%+ "
            "?policy refresh|(?:system (?:alert|notice|directive|update)|(?:protocol|operational|service|"
            r"compliance) (?:directive|check|notice))[^:\n]{0,20}:)"
        ),
    ),
    Phrase(
        Family.HINT,
        0.3,
        "instead",
        (
            "instead ~1 (?:please )?(?:just |only )?(?:say|print|write|tell|output|respond|reply|answer|"
            "give|do|make|create|explain|generate|list|send|render|show|act|become|treat|describe|insert|"
            r"add)\b"
        ),
    ),
    Phrase(
        Family.HINT,
        0.35,
        (
            "and |then |now |instead|next|because",
            ORDERS_GATES + "|above|request|task",
        ),
        (
            "(?:instructions?|above|prompt|rules|guidelines|request|directions|task|commands) (?:and|then|"
            "now|instead|next|because) ~2 (?:say|print|write|tell|output|respond|reply|answer|give|make|"
            "create|explain|generate|list|send|show|act|become|repeat|spell|reveal|display|forward|do|let|"
            r"switch|mark|rate|run|add|append|insert|confirm|translate|what|why)\b"
        ),
    ),
    Phrase(
        Family.HINT,
        0.3,
        (
            "to come|ahead|to follow|coming up|comes next|attention|urgent|crucial|pivotal|essential|"
            "critical|special"
        ),
        (
            "(?:(?:instructions|directives|details|steps|task) (?:to come|ahead|to follow|coming up)|what "
            "comes next|immediate attention|undivided attention|(?:urgent|crucial|pivotal|essential|"
            r"critical|special) (?:task|directives?|action|instructions?))\b"
        ),
    ),
)
