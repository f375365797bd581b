using Microsoft.Extensions.DependencyInjection;
using Multimodal.Imaging.Vips;
using Multimodal.Local.Composition;
using Multimodal.Local.Engine;
using Multimodal.Local.Files;
using Multimodal.Onnx;
using Multimodal.Orchestration.Flow;
using Multimodal.Pipeline.Storage;
using Multimodal.Testing.Engines;

namespace Multimodal.Local.Tests.Engine;

public sealed class LocalEngineConformanceTests : EngineConformance, IDisposable
{
    private readonly string _leases = Directory.CreateTempSubdirectory("multimodal-test-").FullName;

    public void Dispose() => Directory.Delete(_leases, recursive: true);

    protected override SampleJobHost CreateHost() => new(builder =>
    {
        builder.UseVipsImaging().UseOnnxRuntime(new OnnxOptions()).UseLocalEngine();
        builder.Services.AddSingleton<IJobLeases>(new FileJobLeases(_leases));
    });

    protected override async Task<bool> RunToItsEndAsync(SampleJobHost host, RunJobRequest request)
    {
        try
        {
            await host.Get<LocalEngine>().RunAsync(request);
            return true;
        }
        catch (ActivityFailedException)
        {
            return false;
        }
    }
}
