using Microsoft.Extensions.DependencyInjection;
using Multimodal.Onnx;
using Multimodal.Pipeline.Composition;
using Multimodal.Pipeline.Models;

namespace Multimodal.Local.Tests;

public sealed class RuntimeStatusTests
{
    [Fact]
    public void UseOnnxRuntime_Status_NamesProvidersThatTheNativeLibraryHolds()
    {
        var services = new ServiceCollection();
        new MultimodalBuilder(services).UseOnnxRuntime();
        using var provider = services.BuildServiceProvider();

        var status = provider.GetRequiredService<IRuntimeStatus>();

        Assert.Matches(@"^ONNX Runtime \d+\.\d+\.\d+", status.Name);
        Assert.Equal("CPUExecutionProvider", status.ExecutionProviders[^1]);
        Assert.Subset(status.AvailableProviders.ToHashSet(), status.ExecutionProviders.ToHashSet());
    }
}
