"""The HTTP door: what comes in, where it goes, what comes back, and what is recorded of it.

The only room that knows asyncio. It contains no rules: what is found and decided is the pipeline's matter.
"""
