using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Multimodal.Onnx;

/// <summary>Reads the section <c>Onnx</c> of a host's configuration.</summary>
public static class OnnxOptionsReader
{
    // That of hosts: what is used alone, as a library or for one job, has no need of it.
    private const double IdleMinutes = 15;

    /// <summary>Reads; what is absent keeps its default, and sessions are closed when nobody has used them for a quarter of an hour.</summary>
    /// <exception cref="FormatException">A setting is none that can be used; the message names it.</exception>
    /// <exception cref="InvalidOperationException">A setting is not of its type; the message names it.</exception>
    public static OnnxOptions Read(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        var defaults = new OnnxOptions();
        return defaults with
        {
            IntraOpThreads = Positive<int>(section, nameof(OnnxOptions.IntraOpThreads)),
            MaximumBatch = Positive<int>(section, nameof(OnnxOptions.MaximumBatch)),
            ConcurrentRuns = Positive<int>(section, nameof(OnnxOptions.ConcurrentRuns)),
            QueueLimit = Positive<int>(section, nameof(OnnxOptions.QueueLimit)) ?? defaults.QueueLimit,
            MemoryBudgetBytes = Positive<long>(section, nameof(OnnxOptions.MemoryBudgetBytes)) ?? defaults.MemoryBudgetBytes,
            MemoryLimitBytes = Positive<long>(section, nameof(OnnxOptions.MemoryLimitBytes)),
            MaximumDelay = TimeSpan.FromMilliseconds(section.GetValue("MaximumDelayMilliseconds", 0.0)),
            BulkPatience = TimeSpan.FromMilliseconds(section.GetValue("BulkPatienceMilliseconds", defaults.BulkPatience.TotalMilliseconds)),
            MaximumPaddingShare = section.GetValue(nameof(OnnxOptions.MaximumPaddingShare), defaults.MaximumPaddingShare) is >= 0 and <= 1 and var share
                ? share
                : throw new FormatException("Onnx:MaximumPaddingShare must be 0 to 1."),
            TuningFolder = section[nameof(OnnxOptions.TuningFolder)] is { Length: > 0 } folder ? folder : defaults.TuningFolder,
            GraphFolder = section[nameof(OnnxOptions.GraphFolder)] is { Length: > 0 } graphs ? graphs : defaults.GraphFolder,
            Threads = Positive<int>(section, nameof(OnnxOptions.Threads)),
            MaximumWait = TimeSpan.FromSeconds(AboveZero(section, "MaximumWaitSeconds", defaults.MaximumWait.TotalSeconds)),
            IdleTime = ReadIdleTime(section),
            Pipelines = PipelineBudgets.Parse(section[nameof(OnnxOptions.Pipelines)]),
            WarmUp = section.GetValue(nameof(OnnxOptions.WarmUp), defaults.WarmUp),
            FillBatches = section.GetValue(nameof(OnnxOptions.FillBatches), defaults.FillBatches),
            BindMemory = section.GetValue(nameof(OnnxOptions.BindMemory), defaults.BindMemory),
            TensorRtHalfPrecision = section.GetValue(nameof(OnnxOptions.TensorRtHalfPrecision), defaults.TensorRtHalfPrecision),
            DeviceId = section.GetValue(nameof(OnnxOptions.DeviceId), defaults.DeviceId),
            ExecutionProviders = ExecutionProviderOrder.Parse(section[nameof(OnnxOptions.ExecutionProviders)]),
        };
    }

    private static TimeSpan? ReadIdleTime(IConfiguration section) => section.GetValue(nameof(IdleMinutes), IdleMinutes) switch
    {
        0 => null,
        > 0 and <= 100_000 and var minutes => TimeSpan.FromMinutes(minutes),
        var minutes => throw new FormatException(string.Create(
            CultureInfo.InvariantCulture, $"Onnx:{nameof(IdleMinutes)} is {minutes}; it must be above 0, or 0 to keep sessions open.")),
    };

    private static double AboveZero(IConfiguration section, string name, double absent) => section.GetValue(name, absent) switch
    {
        > 0 and <= 1e6 and var value => value,
        var value => throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Onnx:{name} is {value}; it must be above 0, and a million at the most.")),
    };

    private static T? Positive<T>(IConfiguration section, string name)
        where T : struct, System.Numerics.INumber<T> => section.GetValue<T?>(name) switch
        {
            { } value when value < T.One => throw new FormatException($"Onnx:{name} is {value}; it must be 1 or more."),
            var value => value,
        };
}
