using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Fusion;

/// <summary>Makes the methods of fusion that a pipeline has.</summary>
internal static class FusionFactory
{
    /// <summary>The methods by name; each is made when it is first used.</summary>
    public static IReadOnlyDictionary<string, Lazy<IFusion>> Create(FusionDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.Method == FusionMethods.Scores
            ? new Dictionary<string, Lazy<IFusion>> { [FusionMethods.Scores] = new(() => new ScoreFusion(definition.Weights)) }
            : new Dictionary<string, Lazy<IFusion>> { [FusionMethods.Weighted] = new(() => new WeightedFusion(definition.Weights)) };
    }
}
