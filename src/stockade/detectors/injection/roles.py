"""Marks of chat templates and of forged structure: turns, system blocks, document ends. Data only.

They mean much to models and almost nothing to people; in a retrieved text they are there to be obeyed.
"""

from __future__ import annotations

from stockade.detectors.injection.signal import Family, Pattern, Row

ROWS: tuple[Row, ...] = (
    Pattern(
        Family.ROLE,
        0.75,
        "<¦",
        (
            r"<\|(?:im_start|im_end|im_sep|system|user|assistant|developer|end|endoftext|start|channel|"
            "message|start_header_id|end_header_id|eot_id|eom_id|begin_of_text|python_tag|tool_calls?|"
            r"observation|return)\|>|<\|(?:im_start|start_header_id)"
        ),
    ),
    Pattern(
        Family.ROLE,
        0.75,
        "[inst]|[/inst]|<<sys>>|<</sys>>|[system_prompt]|[available_tools]|[tool_calls]",
        r"\[/?inst\]|<</?sys>>|\[/?system_prompt\]|\[/?available_tools\]",
    ),
    Pattern(
        Family.ROLE,
        0.6,
        "<start_of_turn>|<end_of_turn>|<bos>|<eos>",
        "<(?:start|end)_of_turn>",
    ),
    Pattern(
        Family.ROLE,
        0.55,
        "<system|</system|<instructions>|<admin|<ai-|<developer|<prompt>",
        (
            "</?(?:system|system_prompt|system-prompt|systemprompt|ai[-_]instructions?|developer|"
            "admin(?:istrator)?)>|<instructions>"
        ),
    ),
    Pattern(
        Family.ROLE,
        0.55,
        "</document|</context|</data|</user_input|</retrieved|</untrusted|</input",
        (
            "</(?:documents?|context|data|user_input|user_query|retrieved[a-z_-]*|untrusted[a-z_-]*|"
            r"search_results?|tool_results?)>\s*(?:\n\s*)?[^\n<]{0,10}(?:<(?:system|user|instructions?|"
            r"assistant|admin)|[a-z][^\n<]{10})"
        ),
    ),
    Pattern(
        Family.ROLE,
        0.45,
        "[system",
        r"\[\s*system(?:\s[^\]\n]{0,30})?\]\s*:?",
    ),
    Pattern(
        Family.ROLE,
        0.6,
        "[system override|[admin|[developer|[operator",
        r"\[system override\]|\[\s*(?:admin|developer|operator) (?:message|note|override)[^\]\n]{0,20}\]",
    ),
    Pattern(
        Family.ROLE,
        0.5,
        "system",
        (
            r"(?:^|[\n.!?\""
            r"'>]\s*)(?:#{1,6}\s*|\*\*|=+\s*|-+\s*)?system(?: (?:message|prompt|note|"
            r"instruction|override|directive))?\s*:\s*(?:\*\*)?\s*(?:your |all |previous |previously|new |"
            "ignore|disregard|you (?:are now|must|will|shall|should)|the (?:previous|user|following)|from |"
            r"override|forget|please |act |print|reveal|[a-z]{3,12} (?:all|your|every|this|that)\b)"
        ),
    ),
    Pattern(
        Family.ROLE,
        0.55,
        "###",
        (
            r"#{2,6}\s*(?:system|new instructions?|instructions? override|admin(?:istrator)?|end of "
            r"(?:document|input|context))\s*(?:#{2,6}|:)"
        ),
    ),
    Pattern(
        Family.ROLE,
        0.4,
        ('"role"|\'role\'|\\"role'),
        (
            r'\\?["'
            r"']role\\?["
            '"'
            r"']\s*:\s*\\?["
            '"'
            r"'](?:system|developer)\\?["
            '"'
            r"']\s*,\s*\\?["
            '"'
            r"']content\\?["
            '"'
            r"']\s*:"
        ),
    ),
    Pattern(
        Family.ROLE,
        0.55,
        "admin|end of doc|end of input|end of context|end of text|begin system|end system",
        (
            r"(?:={3,}|-{3,}|begin|end)\s*(?:of\s+)?(?:admin(?:istrator)?(?: message)?|system(?: message| "
            r"prompt)?|end of (?:document|input|context|text|data|user input)|document end)\s*(?:={3,}|"
            r"-{3,}|message)?[\s:]*\n|-{2,}\s*end of (?:document|input|context|text|data|file)\s*-{2,}|"
            r"\bbegin admin message\b|\[end of (?:input|output|document|context)\]"
        ),
    ),
    Pattern(
        Family.ROLE,
        0.35,
        "human:|user:",
        (
            r"(?:^|[\n.!?>\"]\s*)(?:answer:[^\n]{0,40}\n+)?\s*(?:human|user):[^\n]{0,200}\n\s*(?:assistant|"
            r"ai):\s*(?:\\n|\n|$|\"|sure|ok|of course|certainly|i will|done)"
        ),
    ),
    Pattern(
        Family.ROLE,
        0.3,
        "\n\nhuman:|\\n\\nhuman:|\n\nassistant:|\\n\\nassistant:",
        r"(?:\n\n|\\n\\n)(?:human|assistant):",
    ),
    Pattern(
        Family.ROLE,
        0.5,
        "to=functions|thought:|observation:",
        (
            r"\bassistant to=functions\.|\bobservation:[^\n]{0,200}\bthought:[^\n]{0,200}\baction:|"
            r"\bthought: i (?:need|have|should|must)[^\n]{0,100}\baction:"
        ),
    ),
    Pattern(
        Family.ROLE,
        0.35,
        "tool result|tool output",
        r"\btool (?:result|output) (?:continues|ends)\b",
    ),
    Pattern(
        Family.ROLE,
        0.4,
        "<user>",
        r"<user>[^<\n]{3,300}</user>",
    ),
    Pattern(
        Family.HIDDEN,
        0.25,
        "display:|visibility:|font-size:|opacity:|color:|font color",
        (
            r"(?:display:\s*none|visibility:\s*hidden|font-size:\s*0|opacity:\s*0|color:\s*(?:white|"
            r"#fff(?:fff)?|transparent)|<font color=\"?white)"
        ),
    ),
    Pattern(Family.HIDDEN, 0.25, "<!--|[//]: #|[comment]:", r"<!--|\[(?://|comment)\]:\s*[#<]"),
    Pattern(
        Family.HINT,
        0.12,
        '<!--|<noscript|aria-|alt=|title=|/*|name="descr|data-',
        r"<noscript|\baria-label=|\balt=|\btitle=|/\*|name=\"description\"|\bdata-[a-z]+=",
    ),
)
