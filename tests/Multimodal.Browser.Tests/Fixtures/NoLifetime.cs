using Microsoft.Extensions.Hosting;

namespace Multimodal.Browser.Tests.Fixtures;

/// <summary>The test says when the service ends, not the signals of this process.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
