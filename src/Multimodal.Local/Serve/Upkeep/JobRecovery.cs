using Microsoft.Extensions.Logging;
using Multimodal.Orchestration.Recovery;

namespace Multimodal.Local.Serve.Upkeep;

/// <summary>Resumes every open job at the start, and later those whose run failed.</summary>
internal sealed class JobRecovery(OpenJobSweep sweep, TimeProvider time, ILogger<JobRecovery> logger)
    : PeriodicTask(TimeSpan.FromMinutes(1), time, logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    protected override async Task RunOnceAsync(bool first, CancellationToken cancellationToken)
    {
        var resumed = await sweep.RunAsync(first ? TimeSpan.Zero : Patience, cancellationToken);
        if (first && resumed > 0)
        {
            Log.JobsResumed(logger, resumed);
        }
    }
}
