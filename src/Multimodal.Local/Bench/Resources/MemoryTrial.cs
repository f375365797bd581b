using System.Diagnostics;
using Multimodal.Onnx;

namespace Multimodal.Local.Bench.Resources;

/// <summary>What a pipeline takes of the memory, and what is given back when nobody uses it.</summary>
internal static class MemoryTrial
{
    // So often it is looked whether all sessions are closed, and for so much longer than the idle time.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50), Patience = TimeSpan.FromSeconds(10);

    /// <summary>Measures.</summary>
    /// <param name="open">Opens all encoders of a pipeline.</param>
    /// <param name="models">What opens them, with an idle time.</param>
    /// <param name="callers">Callers of each encoder.</param>
    /// <param name="duration">For how long it is used.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<MemoryReport> RunAsync(
        Func<FloodedPipeline> open, OnnxModelFactory models, int callers, TimeSpan duration, CancellationToken cancellationToken)
    {
        var before = Resident();
        var pipeline = open();
        var (opened, sessions) = (Resident(), models.OpenBytes);
        await new Contest(pipeline, callers * pipeline.Count, null, 0).RunAsync(duration, cancellationToken);
        var used = Resident();
        for (var begun = Stopwatch.GetTimestamp();
            models.OpenBytes > 0 && Stopwatch.GetElapsedTime(begun) < models.Options.IdleTime + Patience;)
        {
            await Task.Delay(Pause, cancellationToken);
        }

        // What is closed is given back just after.
        await Task.Delay(Pause * 4, cancellationToken);
        var idle = Resident();
        return new MemoryReport(
            before, opened, sessions, used, idle, await TimeAsync(pipeline, cancellationToken), await TimeAsync(pipeline, cancellationToken));
    }

    private static async Task<double> TimeAsync(FloodedPipeline pipeline, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        await pipeline.SendAsync(0, 0, cancellationToken);
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    // Without what is managed and forgotten.
    private static long Resident()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
