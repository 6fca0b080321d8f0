"""``python -m stockade``. Nothing else."""

from stockade.cli import main

if __name__ == "__main__":
    main()
