using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Multimodal.Pipeline.Privacy;

namespace Multimodal.Local.Serve.Upkeep;

/// <summary>Does something at the start and then again and again; a failure is logged and ends nothing.</summary>
internal abstract class PeriodicTask(TimeSpan period, TimeProvider time, ILogger logger) : BackgroundService
{
    /// <summary>Does it once.</summary>
    /// <param name="first">Whether this is the host's start.</param>
    /// <param name="cancellationToken">The host stops.</param>
    protected abstract Task RunOnceAsync(bool first, CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off the thread that starts the host.
        await Task.Yield();
        using var timer = new PeriodicTimer(period, time);
        var first = true;
        try
        {
            do
            {
                try
                {
                    await RunOnceAsync(first, stoppingToken);
                    first = false;
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    Log.UpkeepFailed(logger, LoggedException.Of(e), GetType().Name);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // It was told to stop.
        }
    }
}
