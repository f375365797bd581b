using System.Collections;
using System.Numerics;

namespace Multimodal.Pipeline.Jobs;

/// <summary>Some modalities, perhaps none; in the order of <see cref="Modality"/>.</summary>
public readonly record struct ModalitySet : IReadOnlyCollection<Modality>
{
    private readonly uint _bits;

    private ModalitySet(uint bits) => _bits = bits;

    /// <summary>How many there are.</summary>
    public int Count => BitOperations.PopCount(_bits);

    /// <summary>The set of these.</summary>
    public static ModalitySet Of(IEnumerable<Modality> modalities)
    {
        ArgumentNullException.ThrowIfNull(modalities);
        return new ModalitySet(modalities.Aggregate(0u, (bits, modality) => bits | (1u << (int)modality)));
    }

    /// <summary>The set of one.</summary>
    public static ModalitySet Of(Modality modality) => new(1u << (int)modality);

    /// <summary>Whether a modality is in it.</summary>
    public bool Contains(Modality modality) => (_bits & (1u << (int)modality)) != 0;

    /// <summary>This set without a modality.</summary>
    public ModalitySet Without(Modality modality) => new(_bits & ~(1u << (int)modality));

    /// <summary>
    /// All 2^n subsets, the empty one first and this set last. The bits of a subset's place say which members it has, the first member by
    /// the lowest bit.
    /// </summary>
    public IReadOnlyList<ModalitySet> Subsets()
    {
        Modality[] members = [.. this];
        return [.. Enumerable.Range(0, 1 << members.Length).Select(place => Of(members.Where((_, i) => (place & (1 << i)) != 0)))];
    }

    /// <inheritdoc/>
    public IEnumerator<Modality> GetEnumerator()
    {
        for (var bits = _bits; bits != 0; bits &= bits - 1)
        {
            yield return (Modality)BitOperations.TrailingZeroCount(bits);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(" + ", this.Select(modality => modality.ToName()));

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
