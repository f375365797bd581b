using System.CommandLine;
using Multimodal.Local.Bench;
using Multimodal.Local.Bench.Resources;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Commands;

/// <summary>The command <c>multimodal bench</c>.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var pipeline = new Argument<string>("PIPELINE") { Description = "The pipeline whose encoders are driven." };
        var modalities = new Option<Modality[]>("--modality", "-m")
        {
            Description = "Which encoders: image, text, audio. Default: all.",
            HelpName = "MODALITY",
            AllowMultipleArgumentsPerToken = true,
        };
        var inputs = new Option<string?>("--inputs")
        {
            Description = "A folder or file to encode. Default: the pipeline's samples; noise where it has none.",
            HelpName = "PATH",
        };
        var callers = new Option<int>("--callers", "-c")
        {
            Description = "The most callers at once; measured at 1, 2, 4 … as well.",
            HelpName = "N",
            DefaultValueFactory = _ => 32,
            CustomParser = NumberParser.Between("--callers", 1, 4096),
        };
        var seconds = new Option<double>("--seconds")
        {
            Description = "For how long, each number of callers.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => 5,
            CustomParser = NumberParser.Between("--seconds", 0.1, 3600.0),
        };
        var output = new Option<string?>("--out", "-o")
        {
            Description = "Folder of the report and the curves. Default: artifacts/bench/PIPELINE.",
            HelpName = "DIR",
        };
        var beside = new Option<string?>("--beside")
        {
            Description = "Another pipeline, whose encoders are flooded meanwhile: latency and throughput with budgets and without, memory given back, waits foreseen and real.",
            HelpName = "PIPELINE",
        };
        var json = new Option<bool>("--json") { Description = "Print the report as JSON." };
        var models = CommandOptions.Models();
        var command = new Command("bench", "Drive a pipeline's encoders with many callers: throughput, latency, batches, and the bare session's limit.")
        {
            pipeline, modalities, inputs, callers, seconds, beside, models, output, json,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var settings = Settings(parsed);
            return CommandRunner.RunAsync(() => parsed.GetValue(beside) is { } other
                ? new BesideSession(settings, other).RunAsync(cancellationToken)
                : new BenchSession(settings).RunAsync(cancellationToken));
        });
        return command;

        BenchSettings Settings(ParseResult parsed) => new()
        {
            Pipeline = parsed.GetRequiredValue(pipeline),
            Models = ModelFolders.Find(parsed.GetValue(models)),
            Modalities = parsed.GetValue(modalities) ?? [],
            Inputs = parsed.GetValue(inputs),
            Callers = parsed.GetValue(callers),
            Duration = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
            Output = parsed.GetValue(output),
            Json = parsed.GetValue(json),
        };
    }
}
