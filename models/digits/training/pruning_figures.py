"""What pruned encoders can do."""

import torch
import torch.nn.functional as F

import pruning
from evaluate import MODALITIES, TestSet, verdicts
from pruning_plans import PLANS


def measure(corpus, seed, networks, pruned, head):
    """Figures of the whole encoders and of the pruned ones: {modality: {name: figures}}."""
    test = TestSet(corpus, seed)
    names = {m: ["whole", *pruned[m]] for m in MODALITIES}
    figures = {m: {} for m in MODALITIES}
    whole = {d: test.embeddings(networks, degraded=d) for d in (False, True)}
    for i in range(max(len(n) for n in names.values())):
        picked = {m: names[m][min(i, len(names[m]) - 1)] for m in MODALITIES}
        encoders = {m: {"whole": networks[m], **pruned[m]}[picked[m]] for m in MODALITIES}
        found = {d: test.embeddings(encoders, degraded=d) for d in (False, True)}
        for m in MODALITIES:
            figures[m][picked[m]] = {
                **size(encoders[m], m),
                "clean": _accuracy(head, found[False][m], test.labels[m]),
                "degraded": _accuracy(head, found[True][m], test.labels[m]),
                "cosine": round(float(F.cosine_similarity(found[False][m], whole[False][m]).mean()), 4),
            }
            print(m, picked[m], figures[m][picked[m]], flush=True)
    return figures


def size(network, modality):
    """Parameters, millions of multiplications for an input, and widths."""
    selection = pruning.Selection(network, PLANS[modality](network))
    parameters, multiplications = selection.cost()
    return {
        "parameters": parameters,
        "megamultiplications": round(multiplications / 1e6, 3),
        "widths": selection.widths(),
    }


@torch.no_grad()
def _accuracy(head, embeddings, labels):
    """Accuracy in percent."""
    return round(100.0 * float((verdicts(head, embeddings) == labels).mean()), 2)
