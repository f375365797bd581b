namespace Multimodal.Onnx.Tuning;

/// <summary>Measures encoders on this machine, and remembers what it found.</summary>
/// <param name="cache">Where it is remembered.</param>
/// <param name="machine">What a measurement holds for.</param>
/// <param name="range">What is tried.</param>
internal sealed class EncoderTuner(TuningCache cache, string machine, TuningRange range)
{
    private static readonly TimeSpan PointDuration = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan LongestRun = TimeSpan.FromMilliseconds(500);

    /// <summary>What was found before; null where nothing was.</summary>
    /// <param name="hash">SHA-256 of the model file.</param>
    public EncoderTuning? Find(string hash) => cache.Find(hash, machine);

    /// <summary>Measures, and remembers.</summary>
    /// <param name="hash">SHA-256 of the model file.</param>
    /// <param name="open">Opens the encoder with a number of threads within a run.</param>
    /// <param name="progress">Told of each point.</param>
    /// <param name="cancellationToken">Ends it; nothing is remembered then.</param>
    public EncoderTuning Measure(string hash, Func<int, BareSession> open, IProgress<BatchPoint>? progress, CancellationToken cancellationToken)
    {
        BareSession? session = null;
        var opened = 0;
        try
        {
            var points = BatchTuner.Search(range.Cores, range.MaximumThreads, range.MaximumBatch, LongestRun, (batch, runs, threads) =>
            {
                if (threads != opened)
                {
                    session?.Dispose();
                    session = open(threads);
                    opened = threads;
                }

                var point = BatchMeter.Measure(session!, batch, runs, threads, PointDuration, cancellationToken);
                progress?.Report(point);
                return point;
            });
            var tuning = new EncoderTuning(machine, BatchTuner.FindKnee(points), points);
            cache.Store(hash, tuning);
            return tuning;
        }
        finally
        {
            session?.Dispose();
        }
    }
}
