"""The words that phrases are built of. Alternations only: no rule, no weight."""

from __future__ import annotations

OVERRIDE = (
    "(?:ignor(?:e|ing)|disregard(?:ing)?|forget(?: about)?|overlook|neglect|skip|bypass|"
    "overrid(?:e|ing)|overwrite|discard|drop|cancel|abandon|erase|dismiss|unlearn|nullify|revoke|"
    "disobey|set aside|put aside|put away|leave out|leave aside|throw away|throw out|pay no "
    "attention to|(?:stop|no longer|do not|don't|never) (?:follow|following|obey|obeying|apply|"
    "listen to|listening to|adhere to|comply with|heed))"
)
OVERRIDE_GATES = (
    "ignor|disregard|forget|overlook|neglect|skip|bypass|overrid|overwrite|discard|drop|cancel|"
    "abandon|erase|dismiss|unlearn|nullify|revoke|disobey|set aside|put aside|put away|leave out|"
    "leave aside|throw away|throw out|no attention to|stop follow|stop obey|stop apply|stop listen|"
    "stop adher|stop comply|stop heed|longer follow|longer obey|longer apply|longer listen|longer "
    "adhere|longer comply|longer heed|not follow|not obey|not apply|not listen|not adhere|not "
    "comply|not heed|n't follow|n't obey|n't apply|n't listen|n't adhere|n't comply|n't heed|never "
    "follow|never obey|never apply|never listen|never adhere|never comply|never heed"
)
EARLIER = (
    "(?:previous|previously|prior|preceding|above|earlier|former|foregoing|past|initial|original|"
    "existing|old)"
)
ORDERS = (
    "(?:instructions?|directions|directives?|guidelines?|rules?|commands?|prompts?|orders|"
    "constraints?|restrictions?|polic(?:y|ies)|programming|system message|guardrails|safeguards|"
    "safety (?:rules|measures|checks|protocols?|filters?|guidelines|policies))"
)
ORDERS_GATES = (
    "instruction|direction|directive|guideline|rule|command|prompt|orders|constraint|restriction|"
    "polic|programming|system message|guardrail|safeguard|safety"
)
SHOW = (
    "(?:print|show|reveal|repeat|output|display|tell|give|copy|leak|disclose|expose|recite|"
    "summari[sz]e|encode|translate|return|write|dump|share|quote|echo|paraphrase|list|provide|send|"
    "spell|reproduce|put|include|insert|append|state|describe|explain|restate|paste|post|type|see|"
    "know|read|get|extract)"
)
SHOW_EXACT = (
    "(?:print|show|reveal|repeat|output|display|copy|leak|recite|encode|return|dump|echo|reproduce|put|spell)"
)
AI = (
    r"(?:a\.?i\.?|llms?|(?:large )?language models?|chat ?bots?|chatgpt|gpt(?:-?[345]o?)?|claude|"
    r"gemini|copilot|(?:ai|virtual|digital|automated|autonomous|llm|coding)[\s-](?:coding "
    ")?(?:assistants?|agents?|models?|systems?|readers?|tools?|reviewers?|summari[sz]ers?|"
    "crawlers?|bots?)|summari[sz]ers?|bots)"
)
AI_GATES = (
    r"a.i|\bai|llm|language model|chatbot|chat bot|gpt|claude|gemini|copilot|assistant|agent|"
    r"automated|autonomous|summari|\bbots"
)
AGENT = "(?:assistant|agent|model|bot|reviewer|system)"
NOTE = (
    "(?:notes?|memo|message|instructions?|hint|attention|reminder|notice|directives?|tasks?|"
    "orders?|commands?|information|remark|request|tip|guidance|advice|warning|alert|step)"
)
URL = (
    "[`'\\"
    r'"<(]?https?://[^\s'
    "'\\"
    '"<>)]{1,200}'
)
MAIL = "[`'\\\"<(]?[a-z0-9._+-]{1,64}@[a-z0-9.-]{1,120}"
PRIVATE = (
    "(?:conversation|chat history|chat log|this chat|system prompt|customer (?:table|data|list|"
    "records)|user'?s? (?:name|data|address|details|message|messages|e-?mail)|credentials?|"
    r"passwords?|secrets?|api[\s_-]?keys?|secret keys?|access tokens?|session tokens?|verification "
    r"codes?|environment variables|\.env|inbox|every message|all (?:e-?mails|messages|files|data|"
    "contacts|user)|payroll|private keys?|ssh keys?|cookies|context window|personal data|"
    "instructions)"
)
PRIVATE_GATES = (
    "conversation|chat history|chat log|this chat|system prompt|customer|user|credential|password|"
    "secret|api|token|verification|environment|.env|inbox|every message|all |payroll|private key|"
    "ssh key|cookies|context|personal|instruction"
)
SEND = (
    "(?:send|forward|upload|post|append|paste|export|e-?mail|mail|transmit|leak|submit|exfiltrate|"
    "share|copy|attach|deliver|transfer|pipe|report|add|write|encode)"
)
BAD = (
    "(?:illegal|unethical|immoral|harmful|dangerous|offensive|hateful|toxic|violent|explicit|"
    "inappropriate|amoral|evil|criminal|malicious)"
)
LIMITS = (
    "(?:restrictions?|limitations?|limits|filters?|filtering|censorship|ethics|ethical|morals?|"
    "morality|guidelines|safety|boundaries|constraints|polic(?:y|ies)|guardrails|rules)"
)
LIMITS_GATES = (
    "restriction|limit|filter|censor|ethic|moral|guideline|safety|boundar|constraint|polic|guardrail|rules"
)
