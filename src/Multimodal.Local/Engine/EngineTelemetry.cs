using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Multimodal.Local.Engine;

/// <summary>What the engine and the watch over uploads tell of themselves; the stages of jobs tell of theirs.</summary>
internal static class EngineTelemetry
{
    private const string Name = "Multimodal.Local";

    private static readonly Meter Meter = new(Name);

    public static ActivitySource Source { get; } = new(Name);

    public static UpDownCounter<int> Running { get; } = Meter.CreateUpDownCounter<int>(
        "multimodal.jobs.running", "{job}", "Jobs that are worked on, or wait for inputs.");

    public static UpDownCounter<int> Waiting { get; } = Meter.CreateUpDownCounter<int>(
        "multimodal.jobs.waiting", "{job}", "Jobs whose inputs are there and that wait for their turn.");

    public static Counter<int> Stopped { get; } = Meter.CreateCounter<int>(
        "multimodal.jobs.stopped", "{job}", "Runs that failed and left their job open.");

    public static Counter<int> Uploads { get; } = Meter.CreateCounter<int>(
        "multimodal.uploads.taken", "{upload}", "Uploads that were taken in, had been already, or failed.");
}
