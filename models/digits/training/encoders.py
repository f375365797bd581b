"""Training of the three encoders, each alone, against the fixed class directions."""

import numpy as np
import torch
import torch.nn.functional as F

import audio
import images
import preprocessing
import texts
from fitting import fit
from networks import AudioEncoder, ImageEncoder, TextEncoder, class_directions

BUCKET = 16
"""Batches drawn at once, so that recordings or texts of like length come together."""


def new_networks():
    """Untrained encoders by modality."""
    return {
        "image": ImageEncoder(),
        "audio": AudioEncoder(),
        "text": TextEncoder(len(preprocessing.vocabulary())),
    }


def _class_loss(embeddings, labels):
    return F.cross_entropy(embeddings @ class_directions().T, labels)


class ImageBatches:
    """Training batches of pictures, as `pixel_values` and labels."""

    def __init__(self, corpus, seed):
        self.generator = torch.Generator().manual_seed(seed)
        self.mnist = corpus.picture_levels()[corpus.train_pictures]
        self.labels = torch.from_numpy(corpus.picture_labels[corpus.train_pictures])
        self.copies = corpus.degraded_levels()
        self.drawn, drawn_labels = corpus.drawn_digits()
        self.drawn_labels = torch.from_numpy(drawn_labels)

    def _picks(self, population, count):
        return torch.randint(population, (count,), generator=self.generator)

    def clean(self, mnist, drawn, strength=1.0):
        """So many distorted pictures of MNIST and digits drawn with fonts and strokes."""
        m, d = self._picks(len(self.mnist), mnist), self._picks(len(self.drawn), drawn)
        ink = images.ink_tensor(np.concatenate([self.mnist[m], self.drawn[d]]))
        labels = torch.cat([self.labels[m], self.drawn_labels[d]])
        return images.standardise(images.augment(ink, self.generator, strength)), labels

    def degraded(self, count, strength=0.4):
        """So many degraded pictures of MNIST, distorted a little."""
        picks = self._picks(len(self.mnist), count)
        ink = images.ink_tensor(self.copies[self._picks(len(self.copies), count), picks])
        ink = images.augment(ink, self.generator, strength)
        return images.standardise(ink), self.labels[picks]


def train_image_encoder(corpus, steps, seed=1):
    """Residual network on batches of 128 pictures."""
    torch.manual_seed(seed)
    batches = ImageBatches(corpus, seed)
    network = new_networks()["image"].to(memory_format=torch.channels_last)

    def loss():
        parts = [batches.clean(mnist=92, drawn=16), batches.degraded(20)]
        pixels, labels = (torch.cat(column) for column in zip(*parts))
        return _class_loss(network(pixels.contiguous(memory_format=torch.channels_last)), labels)

    return fit("image", network, loss, steps, rate=3e-3, weight_decay=0.02)


class AudioBatches:
    """Training batches of recordings: FSDD, espeak-ng, and FSDD under talkers."""

    def __init__(self, corpus, seed):
        self.generator = torch.Generator().manual_seed(seed)
        spoken = [corpus.recordings[i] for i in corpus.train_recordings]
        synthetic, synthetic_labels = corpus.synthetic_speech()
        bank, lengths = audio.stack(spoken + synthetic)
        spoken_labels = corpus.recording_labels[corpus.train_recordings]
        labels = np.concatenate([spoken_labels, synthetic_labels])
        self.labels = torch.from_numpy(labels)
        self.spoken, self.total = len(spoken), len(labels)
        self.waiting = []
        self.augmenter = audio.Augmenter(bank, lengths, self.labels, self.spoken, self.generator)

    def draw(self, spoken, synthetic, degraded):
        """`input_features`, `attention_mask` and labels with so many of each."""
        if not self.waiting:
            ranges = [
                (0, self.spoken, spoken),
                (self.spoken, self.total, synthetic),
                (0, self.spoken, degraded),
            ]
            parts = []
            for first, end, count in ranges:
                picks = torch.randint(first, end, (count * BUCKET,), generator=self.generator)
                order = self.augmenter.lengths[picks].argsort()
                parts.append(picks[order].view(BUCKET, count))
            mixed = torch.cat(parts, 1)
            self.waiting = list(mixed[torch.randperm(BUCKET, generator=self.generator)])
        picks = self.waiting.pop()
        heavy = torch.arange(len(picks)) >= spoken + synthetic
        features, mask = self.augmenter(picks, heavy)
        return features, mask, self.labels[picks]


def train_audio_encoder(corpus, steps, seed=2):
    """Convolutions and a recurrent layer on batches of 128 recordings."""
    torch.manual_seed(seed)
    batches = AudioBatches(corpus, seed)
    network = new_networks()["audio"]

    def loss():
        features, mask, labels = batches.draw(spoken=64, synthetic=24, degraded=40)
        return _class_loss(network(features, mask), labels)

    return fit("audio", network, loss, steps, rate=2e-3, weight_decay=0.02)


class TextBatches:
    """Training batches of fresh sentences; a share of them has letters replaced at random."""

    def __init__(self, corpus, seed, size, corrupted):
        self.maker = texts.SentenceMaker(corpus.text_split, seed)
        self.rng = np.random.default_rng(seed)
        self.size, self.corrupted = size, corrupted
        self.waiting = []

    def draw(self):
        """`input_ids`, `attention_mask` and labels of one batch."""
        if not self.waiting:
            sentences, labels, _ = self.maker.sentences(self.size * BUCKET)
            rows = []
            for sentence in sentences:
                if self.rng.random() < self.corrupted:
                    sentence = texts.corrupted(sentence, self.rng)
                rows.append(preprocessing.text_features(sentence))
            order = np.argsort([len(row) for row in rows], kind="stable").reshape(-1, self.size)
            for picks in self.rng.permutation(order):
                ids, mask = texts.pad([rows[i] for i in picks])
                self.waiting.append((ids, mask, torch.from_numpy(labels[picks])))
        return self.waiting.pop()


def train_text_encoder(corpus, steps, seed=3):
    """Embedding, convolutions and a recurrent layer on batches of 128 sentences."""
    torch.manual_seed(seed)
    batches = TextBatches(corpus, seed, size=128, corrupted=0.3)
    network = new_networks()["text"]

    def loss():
        ids, mask, labels = batches.draw()
        return _class_loss(network(ids, mask), labels)

    return fit("text", network, loss, steps, rate=3e-3, weight_decay=0.02)
