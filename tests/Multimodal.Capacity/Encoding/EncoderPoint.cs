namespace Multimodal.Capacity.Encoding;

/// <summary>A network's throughput with runs of one size.</summary>
/// <param name="Batch">Items of a run on average, 1 or more.</param>
/// <param name="Runs">Runs at once on average, more than 0.</param>
/// <param name="PerSecond">Items a second of all runs together.</param>
internal sealed record EncoderPoint(double Batch, double Runs, double PerSecond)
{
    /// <summary>How long a run takes, in seconds: by Little's law the items under way are those a second times their time.</summary>
    public double RunSeconds => Runs * Batch / PerSecond;
}
