"""The verifier as ``python -m stockade_verify``."""

from __future__ import annotations

import sys

from stockade_verify.cli import main

if __name__ == "__main__":
    sys.exit(main())
