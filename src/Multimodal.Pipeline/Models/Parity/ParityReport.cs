using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Models.Parity;

/// <summary>How near an encoder comes to its references on this machine.</summary>
/// <param name="Modality">The encoder.</param>
/// <param name="Items">How many references there are.</param>
/// <param name="LeastCosine">The least cosine of an embedding and its reference; 1 where there are none.</param>
public sealed record ParityReport(Modality Modality, int Items, double LeastCosine)
{
    /// <summary>Below it an encoder is not the one that its references are of, where the pipeline says nothing else.</summary>
    public const double Threshold = 0.999;

    /// <summary>The least cosine that is asked.</summary>
    public double Asked { get; init; } = Threshold;

    /// <summary>Whether it is the encoder that its references are of.</summary>
    public bool Holds => LeastCosine >= Asked;
}
