using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Multimodal.Imaging.Vips;
using Multimodal.Onnx;
using Multimodal.Orchestration.Composition;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Testing;
using Multimodal.Trials.Service;

namespace Multimodal.Trials.Load;

/// <summary>The encoders without a service, on the same inputs: what no service on the machine can be faster than.</summary>
internal sealed class BareEncoders : IDisposable
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);
    private readonly ServiceProvider _services;
    private readonly LoadedPipeline _pipeline;

    public BareEncoders()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMultimodalPipeline(TestPaths.Models).UseVipsImaging().UseOnnxRuntime();
        _services = services.BuildServiceProvider();
        _pipeline = _services.GetRequiredService<PipelineCatalog>().Get("digits");
    }

    /// <summary>Jobs a second, one job at a time on each core.</summary>
    /// <param name="samples">The jobs.</param>
    /// <param name="preprocesses">Whether their inputs are preprocessed each time, or once before.</param>
    /// <param name="cancellationToken">Ends the measurement.</param>
    public async Task<double> MeasureAsync(IReadOnlyList<SampleFiles> samples, bool preprocesses, CancellationToken cancellationToken)
    {
        var ready = samples.Select(sample => sample.Files.Select(Preprocess).ToList()).ToList();
        var done = 0;
        var clock = Stopwatch.StartNew();
        await Parallel.ForAsync(0, Environment.ProcessorCount, cancellationToken, async (core, token) =>
        {
            for (var i = core; clock.Elapsed < Length; i++)
            {
                var sample = i % samples.Count;
                await EncodeAsync(preprocesses ? [.. samples[sample].Files.Select(Preprocess)] : ready[sample], token);
                Interlocked.Increment(ref done);
            }
        });
        return done / clock.Elapsed.TotalSeconds;
    }

    public void Dispose() => _services.Dispose();

    private Features Preprocess((string Name, byte[] Content) file)
    {
        var content = new InputContent(file.Name, file.Content);
        var detected = ContentDetector.Detect(content);
        return _pipeline.Preprocessor(detected.Modality).Preprocess(content, detected.MediaType);
    }

    // As an activity gets them: the inputs of one modality of one job together.
    private async Task EncodeAsync(IReadOnlyList<Features> features, CancellationToken cancellationToken)
    {
        foreach (var modality in features.GroupBy(item => item.Modality))
        {
            await _pipeline.Encoder(modality.Key).GenerateAsync(modality, cancellationToken: cancellationToken);
        }
    }
}
