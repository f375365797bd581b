"""Train the pipeline `spoken-digits`, export it, measure it and make its samples.

    python3 models/spoken-digits/training/train.py --data ../shared/data

`--validate` measures on recordings 5..9, which it leaves out of training, instead of the test
recordings and writes nothing; choices are made that way.
"""

import argparse
import os
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np  # noqa: E402
import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402

import shared  # noqa: E402,F401
import audio  # noqa: E402
import outcome  # noqa: E402
from fitting import fit  # noqa: E402
from recogniser import Recogniser, steps  # noqa: E402
from strings import Bank, StringBatches  # noqa: E402

HERE = Path(__file__).resolve().parent
STEPS = 2400
BATCH = 32
SYNTHETIC_PER_DIGIT = 250
SEEDS = {"network": 1, "batches": 2, "synthetic": 21, "test": 5}


class Corpus:
    """FSDD, split by the index in the file name: 0..4 test, the others train."""

    def __init__(self, data, validate=False):
        self.folder = Path(data) / "fsdd"
        self.names, self.recordings, self.labels = audio.read_fsdd(self.folder)
        index = np.array([audio.recording_index(n) for n in self.names])
        held = range(5, 10) if validate else audio.FSDD_TEST_INDICES
        self.test = np.flatnonzero(np.isin(index, held))
        self.train = np.flatnonzero((index >= 5) & ~np.isin(index, held))

    def bank(self):
        """The training recordings."""
        speakers = np.array([self.names[i].split("_")[1] for i in self.train])
        return Bank([self.recordings[i] for i in self.train], self.labels[self.train], speakers)

    def test_names(self):
        return [self.names[i] for i in self.test]

    def test_recordings(self):
        return {self.names[i]: self.recordings[i] for i in self.test}


def synthetic_bank():
    """Single digits of espeak-ng in the training voices of `digits`, as one speaker."""
    recordings, labels = audio.synthetic_digits(
        SYNTHETIC_PER_DIGIT, audio.TRAINING_VOICES, SEEDS["synthetic"]
    )
    return Bank(recordings, labels, np.zeros(len(labels), int))


def train(corpus, count):
    """The network, trained for `count` steps with connectionist temporal classification
    (Graves 2006)."""
    torch.manual_seed(SEEDS["network"])
    batches = StringBatches([corpus.bank(), synthetic_bank()], [0.75, 0.25], BATCH, SEEDS["batches"])
    network = Recogniser()

    def loss():
        features, mask, labels, counts = batches.draw()
        _, logits = network(features, mask)
        scores = F.log_softmax(logits, 2).transpose(0, 1)
        return F.ctc_loss(scores, labels, steps(mask.sum(1)), counts, zero_infinity=True)

    return fit("recogniser", network, loss, count, rate=3e-3, weight_decay=0.02)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=os.environ.get("MULTIMODAL_DATA", "../shared/data"))
    parser.add_argument("--out", type=Path, default=HERE.parent, help="folder of the pipeline")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the training steps")
    parser.add_argument("--validate", action="store_true", help="measure on held-out training data")
    parser.add_argument("--weights", type=Path, help="keep the weights here, or take them from here")
    arguments = parser.parse_args()

    started = time.time()
    torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
    corpus = Corpus(arguments.data, arguments.validate)
    if arguments.weights and arguments.weights.exists():
        network = Recogniser().eval()
        network.load_state_dict(torch.load(arguments.weights))
    else:
        network = train(corpus, max(20, int(STEPS * arguments.scale)))
        if arguments.weights:
            torch.save(network.state_dict(), arguments.weights)
    print(f"trained after {time.time() - started:.0f} s", flush=True)
    outcome.conclude(corpus, network, arguments, SEEDS, STEPS)
    print(f"finished after {time.time() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
