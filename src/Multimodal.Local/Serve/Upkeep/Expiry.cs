using Microsoft.Extensions.Logging;
using Multimodal.Orchestration.Retention;

namespace Multimodal.Local.Serve.Upkeep;

/// <summary>Deletes what is past its retention, as the Functions app does.</summary>
internal sealed class Expiry(RetentionSweep sweep, TimeProvider time, ILogger<Expiry> logger)
    : PeriodicTask(TimeSpan.FromHours(1), time, logger)
{
    protected override Task RunOnceAsync(bool first, CancellationToken cancellationToken) => sweep.RunAsync(cancellationToken);
}
