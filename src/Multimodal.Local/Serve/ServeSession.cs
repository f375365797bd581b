using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Multimodal.Pipeline.Models;

namespace Multimodal.Local.Serve;

/// <summary>One call of <c>multimodal serve</c>: serves until it is told to stop.</summary>
internal sealed class ServeSession(ServeSettings settings)
{
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var application = ServeHost.Build(settings);

        // Refused at once, before any job is touched.
        application.Services.GetRequiredService<PipelineCatalog>().Get(settings.Pipeline);
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (IOException e) when (e.InnerException is SocketException or Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new ServeException($"{e.Message} Choose another by --port or --urls.");
        }

        await Console.Out.WriteLineAsync($"Listening on {string.Join(' ', application.Urls)}");
        await application.WaitForShutdownAsync(cancellationToken);
        return ExitCodes.Success;
    }
}
