using Microsoft.Extensions.Logging;
using Multimodal.Onnx.Tests.Memory;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Testing;

namespace Multimodal.Onnx.Tests.Sessions;

/// <summary>Real sessions under a budget, and on execution providers that cannot be had.</summary>
/// <remarks>What a session takes is measured by the growth of the process's native heap.</remarks>
[Collection(Alone.Name)]
public sealed class SessionBudgetTests
{
    private static readonly ModelFolder Digits = new ModelRepository(TestPaths.Models).Load("digits");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Generate_EncodersThatDoNotFitTogether_TakeTurns()
    {
        var factory = new OnnxModelFactory(new OnnxOptions { MemoryBudgetBytes = 1_000_000, TuningFolder = null });
        Modality[] modalities = [Modality.Image, Modality.Text, Modality.Audio];
        var inputs = modalities.ToDictionary(modality => modality, modality => factory.MakeUp(Digits, modality));
        var encoders = modalities.ToDictionary(modality => modality, modality => factory.CreateEncoder(Digits, modality));
        var first = new Dictionary<Modality, float[]>();
        for (var round = 0; round < 3; round++)
        {
            foreach (var modality in modalities)
            {
                var vector = (await encoders[modality].GenerateAsync([inputs[modality]], cancellationToken: Token))[0].Vector.ToArray();
                Assert.Equal(first.TryGetValue(modality, out var before) ? before : first[modality] = vector, vector);
            }
        }

        // Each is larger than half of the budget, so that each closes the one before it.
        Assert.InRange(factory.Evicted, 8, long.MaxValue);
        foreach (var encoder in encoders.Values)
        {
            encoder.Dispose();
        }
    }

    [Fact]
    public async Task Generate_EncodersThatFitTogether_StayOpen()
    {
        var factory = new OnnxModelFactory(new OnnxOptions { MemoryBudgetBytes = 10_000_000, TuningFolder = null });
        using var image = factory.CreateEncoder(Digits, Modality.Image);
        using var text = factory.CreateEncoder(Digits, Modality.Text);
        await image.GenerateAsync([factory.MakeUp(Digits, Modality.Image)], cancellationToken: Token);
        await text.GenerateAsync([factory.MakeUp(Digits, Modality.Text)], cancellationToken: Token);

        Assert.Equal(0, factory.Evicted);
    }

    [Fact]
    public async Task CreateEncoder_ProvidersThatCannotBeHad_FallsBackInTheirOrderAndSaysSo()
    {
        var logger = new Warnings();
        var factory = new OnnxModelFactory(
            new OnnxOptions { ExecutionProviders = [ExecutionProvider.TensorRt, ExecutionProvider.Cuda], TuningFolder = null }, logger);
        Assert.SkipUnless(factory.ExecutionProvider == ExecutionProvider.Cpu, "This machine has a GPU.");

        using var encoder = factory.CreateEncoder(Digits, Modality.Image);
        await encoder.GenerateAsync([factory.MakeUp(Digits, Modality.Image)], cancellationToken: Token);

        Assert.Equal(2, logger.Messages.Count);
        Assert.StartsWith("The execution provider 'tensorrt' cannot be used; 'cuda' takes its place: ", logger.Messages[0], StringComparison.Ordinal);
        Assert.StartsWith("The execution provider 'cuda' cannot be used; 'cpu' takes its place: ", logger.Messages[1], StringComparison.Ordinal);
        Assert.Equal(["CPUExecutionProvider"], new OnnxRuntimeStatus(factory).ExecutionProviders);
    }

    private sealed class Warnings : ILogger<OnnxModelFactory>
    {
        public List<string> Messages { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Messages.Add(formatter(state, exception));
            }
        }
    }
}
