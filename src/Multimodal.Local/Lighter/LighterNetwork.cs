using Multimodal.Local.Lighter.Networks;
using Multimodal.Onnx.Optimization;

namespace Multimodal.Local.Lighter;

/// <summary>A network that was made lighter.</summary>
/// <param name="Probe">The network.</param>
/// <param name="Graph">Its graph.</param>
/// <param name="Treatments">What becomes of each part.</param>
/// <param name="Losses">Of each part: 1 − the least cosine where it alone is made as light as can be; empty where that was not measured.</param>
/// <param name="Steps">The steps to it; the last is what it is.</param>
/// <param name="Curve">Points that show the trade: ever more of the most harmful parts spared.</param>
/// <param name="Written">Its files.</param>
/// <param name="Known">What the original gives for each item.</param>
/// <param name="Given">What it gives itself.</param>
internal sealed record LighterNetwork(
    INetworkProbe Probe,
    LighterGraph Graph,
    IReadOnlyDictionary<string, LighterTreatment> Treatments,
    IReadOnlyDictionary<string, double> Losses,
    IReadOnlyList<LighterStep> Steps,
    IReadOnlyList<LighterStep> Curve,
    IReadOnlyList<string> Written,
    IReadOnlyList<float[]> Known,
    IReadOnlyList<float[]> Given)
{
    /// <summary>What it is.</summary>
    public LighterStep Result => Steps[^1];
}
