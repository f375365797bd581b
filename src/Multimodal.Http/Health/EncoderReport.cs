using Multimodal.Pipeline.Models;

namespace Multimodal.Http.Health;

/// <summary>What waits for an encoder.</summary>
/// <param name="Name">Its name: pipeline and modality.</param>
/// <param name="Waiting">Items that wait for a run.</param>
/// <param name="WorkSeconds">What these will take, as runs one after the other.</param>
/// <param name="WaitSeconds">How long an interactive item that came now would wait.</param>
internal sealed record EncoderReport(string Name, int Waiting, double WorkSeconds, double WaitSeconds)
{
    /// <summary>That of a load.</summary>
    public static EncoderReport Of(EncoderLoad load) => new(
        load.Encoder, load.Waiting, Math.Round(load.Work.TotalSeconds, 3), Math.Round(load.InteractiveWait.TotalSeconds, 3));
}
