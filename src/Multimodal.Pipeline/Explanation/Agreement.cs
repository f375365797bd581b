using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Pipeline.Explanation;

/// <summary>How the verdicts of the single modalities stand to each other and to the fused one.</summary>
/// <param name="State">Whether they agree.</param>
/// <param name="Words">The same as a sentence for people.</param>
/// <param name="Dissenting">The modalities whose own verdict is another than the fused one.</param>
public sealed record Agreement(AgreementState State, string Words, IReadOnlyList<Modality> Dissenting)
{
    /// <summary>Compares verdicts.</summary>
    /// <param name="fused">The verdict on the fused embedding.</param>
    /// <param name="own">The verdict on each used modality alone; at least one.</param>
    public static Agreement Of(ScoredOutcome fused, IReadOnlyDictionary<Modality, ScoredOutcome> own)
    {
        ArgumentNullException.ThrowIfNull(fused);
        ArgumentNullException.ThrowIfNull(own);
        if (own.Count == 0)
        {
            throw new ArgumentException("No modality was used.", nameof(own));
        }

        var sides = own.OrderBy(pair => pair.Key).GroupBy(pair => pair.Value.Label, pair => pair.Key, StringComparer.Ordinal)
            .Select(side => (Label: side.Key, Modalities: side.ToList()))
            .OrderByDescending(side => side.Label == fused.Label)
            .ThenByDescending(side => side.Modalities.Count)
            .ToList();
        List<Modality> dissenting = [.. sides.Where(side => side.Label != fused.Label).SelectMany(side => side.Modalities).Order()];
        return own.Count == 1
            ? new Agreement(AgreementState.Single, $"Only the {own.Keys.Single().ToName()} speaks: it says {sides[0].Label}.", dissenting)
            : dissenting.Count == 0
                ? new Agreement(AgreementState.Agree, $"{Upper(List(sides[0].Modalities))} {(own.Count == 2 ? "both" : "all")} say {fused.Label}.", dissenting)
                : new Agreement(AgreementState.Conflict, $"{Upper(string.Join("; ", sides.Select(Say)))}. Together they make it {fused.Label}.", dissenting);
    }

    private static string Say((string Label, List<Modality> Modalities) side) =>
        $"{List(side.Modalities)} {(side.Modalities.Count == 1 ? "says" : "say")} {side.Label}";

    private static string List(List<Modality> modalities)
    {
        var names = modalities.Select(modality => $"the {modality.ToName()}").ToList();
        return names.Count == 1 ? names[0] : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";
    }

    private static string Upper(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
