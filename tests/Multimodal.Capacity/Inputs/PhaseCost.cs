namespace Multimodal.Capacity.Inputs;

/// <summary>What one step of a job asks of storage and processor.</summary>
/// <param name="Reads">Blobs read, or looked at.</param>
/// <param name="Writes">Blobs written.</param>
/// <param name="Lists">Listings begun.</param>
/// <param name="Deletes">Blobs deleted.</param>
/// <param name="Messages">Messages put on the queue <c>results</c>.</param>
/// <param name="Rounds">How many of these follow one another; the others go on at the same time.</param>
/// <param name="BytesWritten">What is written, in bytes.</param>
/// <param name="ProcessorMilliseconds">Processor time, without that of the networks.</param>
/// <param name="Shared">How many of the requests are to the one blob that all jobs share most: the manifest of the index of past jobs.</param>
internal sealed record PhaseCost(
    double Reads,
    double Writes,
    double Lists,
    double Deletes,
    double Messages,
    double Rounds,
    double BytesWritten,
    double ProcessorMilliseconds,
    double Shared = 0)
{
    public static PhaseCost Zero { get; } = new(0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>Requests to the storage account.</summary>
    public double Requests => Reads + Writes + Lists + Deletes + Messages;

    public static PhaseCost operator +(PhaseCost a, PhaseCost b) => new(
        a.Reads + b.Reads,
        a.Writes + b.Writes,
        a.Lists + b.Lists,
        a.Deletes + b.Deletes,
        a.Messages + b.Messages,
        a.Rounds + b.Rounds,
        a.BytesWritten + b.BytesWritten,
        a.ProcessorMilliseconds + b.ProcessorMilliseconds,
        a.Shared + b.Shared);

    public static PhaseCost operator *(double factor, PhaseCost a) => new(
        factor * a.Reads,
        factor * a.Writes,
        factor * a.Lists,
        factor * a.Deletes,
        factor * a.Messages,
        factor * a.Rounds,
        factor * a.BytesWritten,
        factor * a.ProcessorMilliseconds,
        factor * a.Shared);

    public static PhaseCost operator -(PhaseCost a, PhaseCost b) => a + (-1 * b);
}
