from __future__ import annotations

import subprocess
import sys


def test_the_package_can_be_run_as_a_module():
    done = subprocess.run(
        [sys.executable, "-m", "stockade", "--version"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert "stockade" in done.stdout
