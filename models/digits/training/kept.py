"""Encoders and head that a former run left: kept weights, or the files of the pipeline."""

import torch

from committed import frozen, read_networks
from corpus import temporary_folder
from encoders import new_networks
from networks import DigitHead


def _file(corpus):
    return temporary_folder() / f"encoders-{corpus.text_split}.pt"


def keep(corpus, encoders, head=None):
    """Keep the weights for the next run."""
    networks = encoders if head is None else {**encoders, "head": head}
    torch.save({name: n.state_dict() for name, n in networks.items()}, _file(corpus))


def find_encoders(corpus):
    """The encoders that were kept last."""
    weights = torch.load(_file(corpus))
    networks = new_networks()
    for modality, network in networks.items():
        network.load_state_dict(weights[modality])
    return {m: frozen(network) for m, network in networks.items()}


def find_networks(corpus, folder):
    """Encoders and head: the committed ones, or where a part of the training data is left out,
    those that were kept last, since the committed ones have seen it."""
    if not corpus.validate:
        return read_networks(folder)
    head = DigitHead()
    head.load_state_dict(torch.load(_file(corpus))["head"])
    return find_encoders(corpus), frozen(head)
