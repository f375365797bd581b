using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Models;

/// <summary>What waits for an encoder at a moment; an encoder gives it as a service.</summary>
/// <param name="Encoder">Its name: pipeline and modality.</param>
/// <param name="Waiting">Items that wait for a run.</param>
/// <param name="Work">What these will take, as runs one after the other.</param>
/// <param name="InteractiveWait">How long an interactive item that came now would wait.</param>
/// <param name="BulkWait">How long an item for which nobody waits would.</param>
/// <param name="MaximumWait">How long a request may wait that somebody waits for.</param>
public sealed record EncoderLoad(
    string Encoder, int Waiting, TimeSpan Work, TimeSpan InteractiveWait, TimeSpan BulkWait, TimeSpan MaximumWait)
{
    /// <summary>How long an item of a priority that came now would wait.</summary>
    public TimeSpan WaitOf(RequestPriority priority) => priority == RequestPriority.Bulk ? BulkWait : InteractiveWait;

    /// <summary>Refuses a request of a priority that would wait too long.</summary>
    /// <exception cref="EncoderBusyException">It would.</exception>
    public void Admit(RequestPriority priority)
    {
        if (WaitOf(priority) is var wait && wait > MaximumWait)
        {
            throw new EncoderBusyException(Encoder, wait, MaximumWait);
        }
    }
}
