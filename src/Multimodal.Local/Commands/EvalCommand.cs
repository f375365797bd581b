using System.CommandLine;
using Multimodal.Local.Evaluation;
using Multimodal.Local.Evaluation.Degradation;

namespace Multimodal.Local.Commands;

/// <summary>The command <c>multimodal eval</c>.</summary>
internal static class EvalCommand
{
    public static Command Create()
    {
        var pipeline = new Argument<string>("PIPELINE") { Description = "The pipeline to be evaluated, such as digits." };
        var data = new Option<string>("--data")
        {
            Description = "Folder with mnist/ (t10k-*.gz) and fsdd/ (the recordings of the Free Spoken Digit Dataset).",
            HelpName = "DIR",
            Required = true,
        };
        var texts = new Option<string?>("--texts")
        {
            Description = "Evaluate these texts instead of the pipeline's own: JSON Lines of {\"text\": …, \"label\": …}.",
            HelpName = "FILE",
        };
        var seed = new Option<long>("--seed")
        {
            Description = "Chooses the degradations, the pairs and the resamples.",
            HelpName = "N",
            DefaultValueFactory = _ => 0,
            CustomParser = NumberParser.Between("--seed", long.MinValue, long.MaxValue),
        };
        var level = new Option<double>("--level")
        {
            Description = "Strength of the degradation: 0 is none, 1 that of the published figures, at most 2.",
            HelpName = "X",
            DefaultValueFactory = _ => 1,
            CustomParser = NumberParser.Between("--level", 0, DegradationLevel.Maximum),
        };
        var resamples = new Option<int>("--resamples")
        {
            Description = "How many bootstrap resamples the intervals are of.",
            HelpName = "N",
            DefaultValueFactory = _ => 1000,
            CustomParser = NumberParser.Between("--resamples", 1, 1_000_000),
        };
        var models = CommandOptions.Models();
        var output = new Option<string?>("--out", "-o")
        {
            Description = "Write evaluation.json, evaluation.md and the charts here. Default: artifacts/eval/PIPELINE.",
            HelpName = "DIR",
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON document instead of the table." };

        var command = new Command("eval", "Measure a pipeline's accuracy for every subset of the modalities, clean and degraded, and compare its methods of fusion.")
        {
            pipeline, data, texts, seed, level, resamples, models, output, json,
        };
        command.SetAction((parsed, cancellationToken) => CommandRunner.RunAsync(() => new EvaluationSession(new EvaluationSettings
        {
            Pipeline = parsed.GetRequiredValue(pipeline),
            Models = ModelFolders.Find(parsed.GetValue(models)),
            Data = parsed.GetRequiredValue(data),
            Texts = parsed.GetValue(texts),
            Output = parsed.GetValue(output),
            Json = parsed.GetValue(json),
            Seed = parsed.GetValue(seed),
            Level = parsed.GetValue(level),
            Resamples = parsed.GetValue(resamples),
        }).RunAsync(cancellationToken)));
        return command;
    }
}
