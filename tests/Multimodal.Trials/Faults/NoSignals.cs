using Microsoft.Extensions.Hosting;

namespace Multimodal.Trials.Faults;

/// <summary>A service in this process ends when the trial says so.</summary>
internal sealed class NoSignals : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
