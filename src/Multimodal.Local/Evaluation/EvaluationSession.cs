using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML.OnnxRuntime;
using Multimodal.Audio.FFmpeg;
using Multimodal.Imaging.Vips;
using Multimodal.Local.Evaluation.Data;
using Multimodal.Local.Evaluation.Reporting;
using Multimodal.Local.Evaluation.Scoring;
using Multimodal.Local.Repository;
using Multimodal.Onnx;
using Multimodal.Orchestration.Composition;
using Multimodal.Pipeline.Models;
using Spectre.Console;

namespace Multimodal.Local.Evaluation;

/// <summary>One call of <c>multimodal eval</c>: composes the pipeline as the product does, evaluates it, writes and shows the report.</summary>
internal sealed class EvaluationSession(EvaluationSettings settings)
{
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        await using var services = Compose();
        var pipeline = services.GetRequiredService<PipelineCatalog>().Get(settings.Pipeline);
        var data = EvaluationDataReader.Read(
            settings.Data,
            settings.Texts ?? Path.Combine(pipeline.Folder.Path, "evaluation", "texts.jsonl"),
            EvaluatedTask.Of(pipeline.Definition).Labels);
        var output = Path.GetFullPath(settings.Output ?? Path.Combine("artifacts", "eval", settings.Pipeline));
        var notes = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        EvaluationReport report;
        try
        {
            report = await WatchAsync(notes, progress => new Evaluator(pipeline, data, settings, progress).EvaluateAsync(cancellationToken));
        }
        catch (OnnxRuntimeException e)
        {
            await Console.Error.WriteLineAsync($"multimodal: the evaluation of '{settings.Pipeline}' failed: {e.Message}");
            return ExitCodes.JobFailed;
        }

        ReportFolder.Write(output, report);
        Show(report);
        notes.MarkupLineInterpolated($"[grey]{Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s. Reports: {output}[/]");
        return ExitCodes.Success;
    }

    private ServiceProvider Compose()
    {
        var services = new ServiceCollection();
        services.AddMultimodalPipeline(settings.Models, trust: ModelTrustVariables.Read()).UseVipsImaging().UseFFmpegAudio().UseOnnxRuntime();
        return services.BuildServiceProvider();
    }

    private static async Task<EvaluationReport> WatchAsync(IAnsiConsole notes, Func<IProgress<StageProgress>, Task<EvaluationReport>> evaluate)
    {
        if (Console.IsErrorRedirected || !notes.Profile.Capabilities.Interactive)
        {
            return await evaluate(new NoProgress());
        }

        EvaluationReport? report = null;
        await notes.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context => report = await evaluate(new EvaluationProgressBars(context)));
        return report!;
    }

    private void Show(EvaluationReport report)
    {
        if (settings.Json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(report, EvaluationJson.Default.EvaluationReport));
            return;
        }

        var console = AnsiConsole.Console;
        if (Console.IsOutputRedirected)
        {
            // Spectre takes 80 columns for a pipe, which would break the table's cells; a reader of a file has room.
            console.Profile.Width = 160;
        }

        ConsoleReport.Show(report, console);
    }
}
