"""Encoders that a former run left in the folder for temporary files."""

import torch

from committed import frozen
from corpus import temporary_folder
from encoders import new_networks


def _file(corpus):
    return temporary_folder() / f"encoders-{corpus.text_split}.pt"


def keep(corpus, encoders):
    """Keep the weights for the next run."""
    torch.save({name: network.state_dict() for name, network in encoders.items()}, _file(corpus))


def find_encoders(corpus):
    """The encoders that were kept last."""
    weights = torch.load(_file(corpus))
    networks = new_networks()
    for modality, network in networks.items():
        network.load_state_dict(weights[modality])
    return {m: frozen(network) for m, network in networks.items()}
