"""Every bound in one place: whatever grows has a number here, with its reason.

Doors may lower a bound by configuration; nothing may raise one of these at run time.
"""

# 10 MiB: OpenAI and Anthropic accept request bodies up to 32 MiB, almost all of it base64 images.
# Text beyond this is not a prompt; a door may set less.
BODY_BYTES_MAX = 10 * 1024 * 1024

# RFC 8259 §9 lets a parser bound nesting. Deepest provider schema in use: 14. JSONTestSuite sends 100,000.
JSON_DEPTH_MAX = 64

# String leaves in one body. A 10 MiB body of one-letter strings would otherwise cost minutes of screening.
LEAVES_MAX = 50_000

# Code points in one message. One detector pass over 10 MiB takes about half a second.
TEXT_CHARS_MAX = 10 * 1024 * 1024

# Findings kept for one message; beyond this the message is treated as hostile and the rest is one finding.
FINDINGS_MAX = 10_000

# Characters a stream holds back where nothing shows that a finding could not still begin there (text without
# a single break). A PEM private key of 8,192 bits is 6.4 KiB.
HOLD_CHARS_MAX = 64 * 1024

# Characters of one finding that is still growing. Beyond this the check counts as failed, and nothing of it
# comes out: to let it go in parts would show its end in the clear.
FINDING_CHARS_MAX = 1024 * 1024

# Entries of the cache of findings by keyed text hash, and the longest text it keeps findings of.
CACHE_ENTRIES_MAX = 4_096

# Bytes of one server-sent event and of one upstream answer that is not a stream.
EVENT_BYTES_MAX = 1024 * 1024
ANSWER_BYTES_MAX = 64 * 1024 * 1024

# Surrogates of one request. 10 MiB holds at most about 700,000 e-mail addresses; nobody needs them mapped.
SURROGATES_MAX = 100_000
