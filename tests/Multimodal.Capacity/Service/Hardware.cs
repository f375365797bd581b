using Multimodal.Capacity.Encoding;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Capacity.Service;

/// <summary>What a replica of the encoders is.</summary>
/// <param name="Name">Its name, as in <c>ENCODER_HARDWARE</c>.</param>
/// <param name="HasGpu">Whether runs are on a GPU; else each takes a core.</param>
/// <param name="Cores">Its cores.</param>
/// <param name="GiB">Its memory.</param>
/// <param name="MaximumBatch">The most items of a run.</param>
/// <param name="Runs">Runs at once of all networks.</param>
/// <param name="Curves">The networks on it.</param>
internal sealed record Hardware(
    string Name, bool HasGpu, int Cores, int GiB, int MaximumBatch, int Runs, IReadOnlyDictionary<Modality, EncoderCurve> Curves)
{
    /// <summary>Activities at once on a replica, as <c>encoders.bicep</c> computes it: what runs, and as much again.</summary>
    public int AtOnce => 2 * MaximumBatch * Runs;
}
