using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Multimodal.Audio.FFmpeg;
using Multimodal.Imaging.Vips;
using Multimodal.Local.Evaluation;
using Multimodal.Local.Fit.Data;
using Multimodal.Local.Fit.Reporting;
using Multimodal.Local.Repository;
using Multimodal.Onnx;
using Multimodal.Orchestration.Composition;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Models.HuggingFace;
using Multimodal.Pipeline.Preprocessing;
using Spectre.Console;

namespace Multimodal.Local.Fit;

/// <summary>One call of <c>multimodal fit</c>: encodes labelled jobs, fits a head on them, writes the pipeline that has it, and the report.</summary>
internal sealed class FitSession(FitSettings settings)
{
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        var name = PipelineName.Of(settings.Name ?? $"{settings.Pipeline}-{settings.Task}", isGiven: settings.Name is not null);
        var jobs = LabelledFolder.Read(settings.Data, settings.Labels);
        await using var services = Compose();
        var pipeline = services.GetRequiredService<PipelineCatalog>().Get(settings.Pipeline);
        var notes = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var refused = new List<string>();
        var fitted = await WatchAsync(notes, async progress =>
        {
            Require(pipeline.Definition);
            var encoder = new JobEncoder(pipeline, services.GetRequiredService<InputLimits>(), progress);
            var encoded = await encoder.EncodeAsync(jobs, cancellationToken);
            refused.AddRange(encoder.Refused);
            return encoded.Count > 0
                ? await Task.Run(() => new PipelineFitter(pipeline.Definition, settings, progress).Fit(encoded, cancellationToken), cancellationToken)
                : throw new UsageException($"No input of '{settings.Data}' could be used. {refused.FirstOrDefault()}");
        });
        var folder = DerivedPipeline.Write(
            pipeline.Folder,
            fitted.Definition with { Name = name },
            new Dictionary<string, byte[]> { [fitted.HeadFile] = fitted.Head },
            settings.Models,
            settings.Replace,
            "fit");
        var report = fitted.Report with { Pipeline = name, Version = fitted.Definition.Version, Refused = refused };
        var output = Path.GetFullPath(settings.Output ?? Path.Combine("artifacts", "fit", name));
        Write(output, report);
        Show(report, folder);
        notes.MarkupLineInterpolated($"[grey]{Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s. Reports: {output}[/]");
        return ExitCodes.Success;
    }

    private static void Require(PipelineDefinition definition)
    {
        if (definition.Encoders.Values.Select(encoder => encoder.Space).Distinct().Count() > 1)
        {
            throw new UsageException($"The encoders of '{definition.Name}' share no space, and a head takes embeddings of one. Fit on a pipeline whose encoders do.");
        }
    }

    private ServiceProvider Compose()
    {
        var services = new ServiceCollection();
        services.AddMultimodalPipeline(settings.Models, trust: ModelTrustVariables.Read()).UseVipsImaging().UseFFmpegAudio().UseOnnxRuntime();
        return services.BuildServiceProvider();
    }

    private static async Task<FittedPipeline> WatchAsync(IAnsiConsole notes, Func<IProgress<StageProgress>, Task<FittedPipeline>> fit)
    {
        if (Console.IsErrorRedirected || !notes.Profile.Capabilities.Interactive)
        {
            return await fit(new NoProgress());
        }

        FittedPipeline? fitted = null;
        await notes.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context => fitted = await fit(new EvaluationProgressBars(context)));
        return fitted!;
    }

    private static void Write(string folder, FitReport report)
    {
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "fit.json"), JsonSerializer.Serialize(report, FitJson.Default.FitReport) + "\n");
            File.WriteAllText(Path.Combine(folder, "fit.md"), FitText.Write(report));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The reports cannot be written to '{folder}': {e.Message} Name another folder by --out.");
        }
    }

    private void Show(FitReport report, string folder)
    {
        if (settings.Json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(report, FitJson.Default.FitReport));
            return;
        }

        var console = AnsiConsole.Console;
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = 160;
        }

        foreach (var (name, value) in FitText.Lines(report))
        {
            console.MarkupLineInterpolated($"{name}: [bold]{value}[/]");
        }

        if (settings.Risk is { } risk && report.Threshold is null)
        {
            console.MarkupLineInterpolated($"[yellow]No confidence keeps the wrong ones within {100 * risk:0.##} %: no decision was made.[/]");
        }

        if (report.Refused.Count > 0)
        {
            console.MarkupLineInterpolated($"[yellow]{report.Refused.Count} inputs were left out:[/] {report.Refused[0]}");
        }

        console.MarkupLineInterpolated($"[green]Written[/] [bold]{report.Pipeline}[/] {report.Version}, in {folder}");
        console.MarkupLineInterpolated($"[grey]Try it: multimodal run --pipeline {report.Pipeline} FILE…[/]");
    }
}
