"""From the data folder to the shipped model: prepare, train, export, calibrate, pin.

    python training/injection/make.py DATA_FOLDER RUN_FOLDER [--model FOLDER] [--from STAGE]

DATA_FOLDER holds ``train.jsonl``. Every stage leaves its result in RUN_FOLDER, so that a later one can be
repeated. The figures come afterwards, from ``bench/injection.py`` on data that nothing here has read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
import shutil
from multiprocessing import Process
from pathlib import Path

import torch
from calibrate import calibrate, measure, rows_for_calibration
from export import export
from model import First, Second
from prepare import prepare
from train import PLANS, backbone, train

from stockade.detectors.injection.classifier_files import FIRST, NAMES, PINS, SCALE, SECOND, VOCABULARY

STAGES = ("prepare", "train", "export", "calibrate", "install")
FILES = {"first": FIRST, "second": SECOND}
KINDS = {"first": First, "second": Second}


def train_both(run: Path) -> None:
    """Train both networks side by side, each on one core."""
    workers = [Process(target=train, args=(kind, run / "train.npz", run / kind)) for kind in PLANS]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        if worker.exitcode:
            raise SystemExit("a training failed")


def export_both(run: Path) -> None:
    """Write the int8 files of both networks."""
    for kind, name in FILES.items():
        weights = torch.load(run / kind / "average.pt")
        network = KINDS[kind](weights["table.weight"].clone())
        network.load_state_dict(weights)
        print(f"{name}: int8 differs by up to {export(network, run / name):.3f}")


def calibrate_on(data: Path, run: Path) -> None:
    """Write the scale, from the calibration part of the training data and the int8 files."""
    vocabulary = (backbone() / "vocab.txt").read_text("utf-8").rstrip("\n")
    (run / VOCABULARY).write_text(vocabulary, "utf-8")
    rows = rows_for_calibration(data / "train.jsonl")
    # Every harmless row, for the thresholds; half of the attacks are enough for the weights.
    rows = [row for row in rows if not row["label"]] + [row for row in rows if row["label"]][::2]
    first, second = (run / FIRST).read_bytes(), (run / SECOND).read_bytes()
    texts = measure(rows, first, second, tuple(vocabulary.split("\n")))
    with (run / "measured.pickle").open("wb") as kept:
        pickle.dump(texts, kept)
    (run / SCALE).write_text(json.dumps(calibrate(texts), indent=1) + "\n", "utf-8")
    print((run / SCALE).read_text("utf-8"))


def install(run: Path, model: Path) -> None:
    """Copy the files to *model* and pin them."""
    model.mkdir(parents=True, exist_ok=True)
    pins = {}
    for name in NAMES:
        shutil.copyfile(run / name, model / name)
        pins[name] = hashlib.sha256((model / name).read_bytes()).hexdigest()
    (model / PINS).write_text(json.dumps(pins, indent=1) + "\n", "utf-8")
    for name, digest in pins.items():
        print(f"{name:16} {(model / name).stat().st_size:>10,} bytes  {digest}")


def main() -> None:
    """Run the stages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--model", type=Path, default=Path("src/stockade/detectors/injection/model"))
    parser.add_argument("--from", dest="first", choices=STAGES, default=STAGES[0])
    options = parser.parse_args()
    options.run.mkdir(parents=True, exist_ok=True)
    todo = STAGES[STAGES.index(options.first) :]
    if "prepare" in todo:
        prepare(options.data / "train.jsonl", backbone() / "vocab.txt", options.run / "train.npz")
    if "train" in todo:
        train_both(options.run)
    if "export" in todo:
        export_both(options.run)
    if "calibrate" in todo:
        calibrate_on(options.data, options.run)
    install(options.run, options.model)


if __name__ == "__main__":
    main()
