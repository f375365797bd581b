using Microsoft.Extensions.Hosting;
using Multimodal.Local.Engine;

namespace Multimodal.Local.Serve.Upkeep;

/// <summary>Lets running activities end when the host stops. Registered first, so that it stops last: by then nothing new comes.</summary>
internal sealed class EngineShutdown(LocalEngine engine) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => engine.DrainAsync(cancellationToken);
}
