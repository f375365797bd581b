"""What can be pruned in the three encoders; see `pruning.py`."""

from pruning import Group, Plan, Slot

FRAMES = 45
"""Steps of a sequence for which multiplications are counted: about what a recording and a text have."""


def _norm(key, axis=0):
    names = ("weight", "bias", "running_mean", "running_var")
    return tuple(Slot(f"{key}.{name}", axis) for name in names)


def _filters(convolution, norm):
    """The slots that make the channels of a convolution with its normalisation."""
    return (Slot(f"{convolution}.weight", 0), *_norm(norm))


def image_plan(network):
    """Channels inside each residual block, and those of the three stretches that shortcuts join."""
    inner, uses, side = [], {"stem.0.weight": 28 * 28, "project.weight": 1}, 28
    for i, block in enumerate(network.blocks):
        key = f"blocks.{i}"
        made = _filters(f"{key}.first", f"{key}.first_norm")
        used = (Slot(f"{key}.second.weight", 1),)
        inner.append((Group(f"inside block {i + 1}", block.first.out_channels, made, used),))
        side //= block.first.stride[0]
        for name in ("first", "second", "shortcut.0"):
            uses[f"{key}.{name}.weight"] = side * side

    def joined(name, size, blocks, used, stem=False):
        made = _filters("stem.0", "stem.1") if stem else ()
        for i in blocks:
            made += _filters(f"blocks.{i}.second", f"blocks.{i}.second_norm")
            if network.blocks[i].shortcut is not None:
                made += _filters(f"blocks.{i}.shortcut.0", f"blocks.{i}.shortcut.1")
        return (Group(name, size, made, tuple(used)),)

    narrow, middle = network.stem[0].out_channels, network.blocks[1].second.out_channels
    wide = network.blocks[3].second.out_channels
    into = [Slot(f"blocks.{i}.first.weight", 1) for i in range(4)]
    past = {i: Slot(f"blocks.{i}.shortcut.0.weight", 1) for i in (0, 2)}
    families = (
        joined("stem", narrow, (), (into[0], past[0]), stem=True),
        joined("middle", middle, (0, 1), (into[1], into[2], past[2])),
        joined("wide", wide, (2, 3), (into[3], Slot("project.weight", 1, (0, wide)))),
        *inner,
    )
    return Plan(families, uses)


def _recurrent(hidden, reverse):
    """Hidden units of one direction of the recurrent layer, with what pools them."""
    suffix, offset = ("_l0_reverse", hidden) if reverse else ("_l0", 0)
    key = "pooling.recurrent"
    gates = (0, hidden, 2 * hidden)
    kinds = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    made = tuple(Slot(f"{key}.{kind}{suffix}", 0, gates) for kind in kinds)
    used = (
        Slot(f"{key}.weight_hh{suffix}", 1),
        Slot("pooling.score.weight", 1, (offset,)),
        Slot("project.weight", 1, (offset, 2 * hidden + offset)),
    )
    return Group("backward" if reverse else "forward", hidden, made, used)


def sequence_plan(network):
    """Channels of the two convolutions, which a shortcut joins, hidden units of both directions,
    and dimensions of the characters' embedding where there is one."""
    hidden = network.pooling.recurrent.hidden_size
    channels = Group(
        "channels",
        network.first.convolution.out_channels,
        _filters("first.convolution", "first.norm") + _filters("second.convolution", "second.norm"),
        (
            Slot("second.convolution.weight", 1),
            Slot("pooling.recurrent.weight_ih_l0", 1),
            Slot("pooling.recurrent.weight_ih_l0_reverse", 1),
        ),
    )
    families = [(channels,), (_recurrent(hidden, False), _recurrent(hidden, True))]
    if hasattr(network, "embed"):
        made, used = (Slot("embed.weight", 1),), (Slot("first.convolution.weight", 1),)
        families.append((Group("characters", network.embed.embedding_dim, made, used),))
    uses = {"first.convolution.weight": FRAMES, "second.convolution.weight": FRAMES}
    for suffix in ("_l0", "_l0_reverse"):
        uses[f"pooling.recurrent.weight_ih{suffix}"] = FRAMES
        uses[f"pooling.recurrent.weight_hh{suffix}"] = FRAMES
    return Plan(tuple(families), {**uses, "pooling.score.weight": FRAMES, "project.weight": 1})


PLANS = {"image": image_plan, "audio": sequence_plan, "text": sequence_plan}
