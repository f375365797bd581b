using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;
using Multimodal.Onnx;

namespace Multimodal.Functions.Tests.Onnx;

public sealed class ExecutionProviderTests
{
    [Theory]
    [InlineData(ExecutionProvider.Cuda)]
    [InlineData(ExecutionProvider.TensorRt)]
    public void ExecutionProvider_CannotBeHad_FallsBackToTheProcessorWithAWarning(ExecutionProvider wanted)
    {
        Assert.SkipWhen(OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider"), "This runtime is of the GPU flavour.");
        var logger = new WarningCounter();
        var models = new OnnxModelFactory(new OnnxOptions { ExecutionProviders = [wanted] }, logger);

        Assert.Equal(ExecutionProvider.Cpu, models.ExecutionProvider);
        Assert.Equal(["CPUExecutionProvider"], new OnnxRuntimeStatus(models).ExecutionProviders);
        Assert.Equal(1, logger.Warnings);
    }

    [Fact]
    public void ExecutionProvider_ProcessorAskedFor_WarnsOfNothing()
    {
        var logger = new WarningCounter();
        var models = new OnnxModelFactory(new OnnxOptions { ExecutionProviders = [ExecutionProvider.Cpu, ExecutionProvider.Cuda] }, logger);

        Assert.Equal(ExecutionProvider.Cpu, models.ExecutionProvider);
        Assert.Equal(0, logger.Warnings);
    }

    private sealed class WarningCounter : ILogger<OnnxModelFactory>
    {
        public int Warnings { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Warnings += logLevel == LogLevel.Warning ? 1 : 0;
    }
}
