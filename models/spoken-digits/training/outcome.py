"""What comes after training: figures."""

import json

import shared  # noqa: F401
import audio
import measure
import strings
from train import SEEDS


def conclude(corpus, network, arguments):
    names, recordings = corpus.test_names(), corpus.test_recordings()
    plans = [
        plan
        for k, condition in enumerate(strings.CONDITIONS)
        for plan in strings.plan_strings(
            names, [recordings[n] for n in names], 200, condition, SEEDS["test"] + k
        )
    ]
    synthetic = strings.spoken_strings(200, audio.HELD_OUT_VOICES, SEEDS["test"])
    figures, found = measure.report(network, plans, recordings, synthetic, SEEDS["test"])
    print(json.dumps(figures, indent=1))
