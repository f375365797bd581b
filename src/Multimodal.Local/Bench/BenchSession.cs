using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Multimodal.Audio.FFmpeg;
using Multimodal.Imaging.Vips;
using Multimodal.Local.Composition;
using Multimodal.Local.Repository;
using Multimodal.Onnx;
using Multimodal.Onnx.Tuning;
using Multimodal.Orchestration.Composition;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;

namespace Multimodal.Local.Bench;

/// <summary>One call of <c>multimodal bench</c>: drives a pipeline's encoders with ever more callers, and shows what that gave.</summary>
internal sealed class BenchSession(BenchSettings settings)
{
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddMultimodalPipeline(settings.Models, trust: ModelTrustVariables.Read())
            .UseVipsImaging()
            .UseFFmpegAudio()
            .UseOnnxRuntime(EnvironmentSettings.ReadOnnx() with { WarmUp = true });
        await using var provider = services.BuildServiceProvider();
        var pipeline = provider.GetRequiredService<PipelineCatalog>().Get(settings.Pipeline);
        var modalities = pipeline.Definition.Encoders.Keys.Order().Where(modality => settings.Modalities is [] || settings.Modalities.Contains(modality)).ToList();
        if (modalities.Count == 0)
        {
            throw new UsageException($"The pipeline '{settings.Pipeline}' has none of the encoders asked for.");
        }

        var encoders = new List<EncoderReport>();
        foreach (var modality in modalities)
        {
            encoders.Add(await MeasureAsync(provider, pipeline, modality, cancellationToken));
        }

        var status = provider.GetRequiredService<IRuntimeStatus>();
        var report = new BenchReport(
            new PipelineReference(pipeline.Definition.Name, pipeline.Definition.Version, pipeline.Digest),
            $"{status.Name} on {string.Join(", ", status.ExecutionProviders)}",
            Environment.ProcessorCount,
            encoders);
        Write(report);
        return ExitCodes.Success;
    }

    private async Task<EncoderReport> MeasureAsync(
        ServiceProvider provider, LoadedPipeline pipeline, Modality modality, CancellationToken cancellationToken)
    {
        var models = provider.GetRequiredService<OnnxModelFactory>();
        var (inputs, words) = new BenchInputs(pipeline, models, provider.GetRequiredService<PipelineCatalog>().Repository).Read(modality, settings.Inputs);
        var encoder = pipeline.Encoder(modality);
        var setting = encoder.GetRequiredService<BatchPoint>();

        var middle = SampleFeatures.MiddleOf(inputs);
        var bare = models.MeasureBare(pipeline.Folder, modality, setting, middle, settings.Duration, cancellationToken);
        var load = new CallerLoad(encoder, inputs);
        var points = new List<LoadPoint>();
        foreach (var callers in Levels())
        {
            points.Add(await load.RunAsync(callers, settings.Duration, cancellationToken));
            if (!settings.Json)
            {
                await Console.Error.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{modality.ToName()}, {callers} callers: {points[^1].PerSecond:0.0} a second"));
            }
        }

        return new EncoderReport(modality, words, bare, models.FindTuning(pipeline.Folder, modality) is not null, points);
    }

    // 1, 2, 4 … and the number asked for.
    private IEnumerable<int> Levels()
    {
        for (var callers = 1; callers < settings.Callers; callers *= 2)
        {
            yield return callers;
        }

        yield return settings.Callers;
    }

    private void Write(BenchReport report) => BenchOutput.Write(
        settings,
        "bench.json",
        JsonSerializer.Serialize(report, BenchJson.Default.BenchReport),
        report.Encoders.Select(encoder => ($"{encoder.Modality.ToName()}.svg", LoadChart.Write(report, encoder))),
        console => BenchTable.Show(report, console));
}
