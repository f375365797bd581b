"""Embeddings, fusion and the figures of the model card, computed with PyTorch."""

import itertools

import numpy as np
import torch

import degrade
import images
import preprocessing
import texts

MODALITIES = ["image", "audio", "text"]


def subsets():
    """Every combination of modalities, from single ones to all three."""
    return [s for n in (1, 2, 3) for s in itertools.combinations(MODALITIES, n)]


@torch.no_grad()
def embed_images(encoder, levels):
    """Ink levels uint8 [count, 28, 28] -> embeddings float32 [count, 128]."""
    parts = torch.from_numpy(preprocessing.pixel_values(levels)).unsqueeze(1).split(500)
    return torch.cat([encoder(part) for part in parts])


def pad_features(features):
    """Log-mel arrays [mels, frames] of differing length -> batch [count, mels, T] and mask."""
    longest = max(f.shape[1] for f in features)
    batch = torch.zeros(len(features), preprocessing.LOG_MEL["mels"], longest)
    mask = torch.zeros(len(features), longest, dtype=torch.int64)
    for i, f in enumerate(features):
        batch[i, :, : f.shape[1]] = torch.from_numpy(f)
        mask[i, : f.shape[1]] = 1
    return batch, mask


@torch.no_grad()
def embed_recordings(encoder, recordings):
    """Samples at 8 kHz, float [n] each -> embeddings float32 [count, 128]."""
    features = [preprocessing.audio_features(r) for r in recordings]
    parts = (features[i : i + 100] for i in range(0, len(features), 100))
    return torch.cat([encoder(*pad_features(part)) for part in parts])


@torch.no_grad()
def embed_texts(encoder, sentences):
    """Texts -> embeddings float32 [count, 128]."""
    rows = [preprocessing.text_features(s) for s in sentences]
    parts = (rows[i : i + 200] for i in range(0, len(rows), 200))
    return torch.cat([encoder(*texts.pad(part)) for part in parts])


@torch.no_grad()
def verdicts(head, embeddings):
    """Labels int64 [count] that the head gives to embeddings [count, 128]."""
    return head(embeddings).argmax(1).numpy()


def fuse(embeddings):
    """Mean of the embeddings of several modalities, each [count, 128]."""
    return torch.stack(list(embeddings)).mean(0)


class TestSet:
    """The test split of every modality, clean and degraded, and pairs of one label."""

    def __init__(self, corpus, seed):
        rng = np.random.default_rng(seed)
        self.pictures = corpus.pictures[corpus.test_pictures]
        self.names = [corpus.names[i] for i in corpus.test_recordings]
        self.recordings = [corpus.recordings[i] for i in corpus.test_recordings]
        self.sentences, sentence_labels, _ = corpus.test_sentences
        self.labels = {
            "image": corpus.picture_labels[corpus.test_pictures],
            "audio": corpus.recording_labels[corpus.test_recordings],
            "text": sentence_labels,
        }
        self.degraded_pictures = degrade.degrade_pictures(self.pictures, corpus.components, rng)
        self.degraded_recordings = [
            self._under_talkers(i, rng) for i in range(len(self.recordings))
        ]
        self.degraded_sentences = [degrade.degrade_text(s, rng) for s in self.sentences]
        self.partners = {
            modality: self._partners(modality, rng) for modality in ("audio", "text")
        }

    def _under_talkers(self, item, rng):
        labels = self.labels["audio"]
        others = rng.choice(
            np.flatnonzero(labels != labels[item]), degrade.AUDIO_TALKERS, replace=False
        )
        return degrade.degrade_recording(
            self.recordings[item], [self.recordings[o] for o in others]
        )

    def _partners(self, modality, rng):
        """For every test picture a random item of the modality with its label."""
        by_label = [np.flatnonzero(self.labels[modality] == digit) for digit in range(10)]
        return np.array([rng.choice(by_label[label]) for label in self.labels["image"]])

    def embeddings(self, encoders, degraded):
        """Embeddings of the three test splits: {modality: float32 [count, 128]}."""
        pictures = self.degraded_pictures if degraded else self.pictures
        recordings = self.degraded_recordings if degraded else self.recordings
        sentences = self.degraded_sentences if degraded else self.sentences
        return {
            "image": embed_images(encoders["image"], images.preprocess_pictures(pictures)),
            "audio": embed_recordings(encoders["audio"], recordings),
            "text": embed_texts(encoders["text"], sentences),
        }

    def figures(self, encoders, head, degraded):
        """Accuracy in percent of every subset of modalities, {"image+audio": 99.9, ...}.

        Single modalities are measured on their own test split; combinations on the test pictures
        with a recording and a text of the same label.
        """
        embeddings = self.embeddings(encoders, degraded)
        paired = {"image": embeddings["image"]}
        for modality, partners in self.partners.items():
            paired[modality] = embeddings[modality][partners]
        figures = {}
        for subset in subsets():
            if len(subset) == 1:
                fused, labels = embeddings[subset[0]], self.labels[subset[0]]
            else:
                fused, labels = fuse(paired[m] for m in subset), self.labels["image"]
            right = verdicts(head, fused) == labels
            figures["+".join(subset)] = round(100.0 * float(right.mean()), 2)
        return figures


def report(corpus, test, encoders, head):
    """Measure, print and return all figures: accuracies in percent."""
    figures = {
        "clean": test.figures(encoders, head, degraded=False),
        "degraded": test.figures(encoders, head, degraded=True),
    }
    for name, values in figures.items():
        print(name, ", ".join(f"{subset} {value:.2f} %" for subset, value in values.items()))
    best = max(figures["degraded"][modality] for modality in MODALITIES)
    gain = figures["degraded"]["+".join(MODALITIES)] - best
    print(f"degraded: all three are {gain:.2f} points above the best single modality")

    levels, labels = corpus.drawn_check()
    drawn = verdicts(head, embed_images(encoders["image"], levels)) == labels
    recordings, labels = corpus.synthetic_check()
    voices = verdicts(head, embed_recordings(encoders["audio"], recordings)) == labels
    figures["unseen"] = {
        "fonts and strokes": round(100.0 * float(drawn.mean()), 2),
        "espeak-ng voices": round(100.0 * float(voices.mean()), 2),
    }
    print("unseen", figures["unseen"], flush=True)
    return figures
