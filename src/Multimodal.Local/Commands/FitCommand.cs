using System.CommandLine;
using Multimodal.Local.Fit;

namespace Multimodal.Local.Commands;

/// <summary>The command <c>multimodal fit</c>.</summary>
internal static class FitCommand
{
    public static Command Create()
    {
        var pipeline = new Argument<string>("PIPELINE") { Description = "The pipeline whose encoders are used, such as digits." };
        var data = new Argument<string>("DIR")
        {
            Description = "Labelled jobs: LABEL/JOB/files, or any jobs with a labels.csv or labels.jsonl of job, label and, if known, group.",
        };
        var task = new Option<string>("--task") { Description = "The name of the task that is made.", HelpName = "NAME", Required = true };
        var labels = new Option<string?>("--labels") { Description = "The file of labels, where it lies elsewhere.", HelpName = "FILE" };
        var name = new Option<string?>("--name", "-n") { Description = "The pipeline that is written. Default: PIPELINE-TASK.", HelpName = "NAME" };
        var replace = new Option<bool>("--replace") { Description = "Let a pipeline of that name give way to its next version." };
        var keep = new Option<bool>("--keep-tasks") { Description = "Keep the pipeline's own tasks beside the new one, and its fusion as it is." };
        var folds = new Option<int>("--folds")
        {
            Description = "How many folds the cross-validation has.",
            HelpName = "N",
            DefaultValueFactory = _ => 5,
            CustomParser = NumberParser.Between("--folds", 2, 100),
        };
        var seed = new Option<int>("--seed")
        {
            Description = "Chooses the folds and the resamples.",
            HelpName = "N",
            DefaultValueFactory = _ => 0,
            CustomParser = NumberParser.Between("--seed", int.MinValue, int.MaxValue),
        };
        var risk = new Option<double?>("--risk")
        {
            Description = "Add a decision: review below the confidence above which at most this share of verdicts is wrong.",
            HelpName = "SHARE",
            CustomParser = NumberParser.OptionalBetween("--risk", 0.0, 1.0),
        };
        var models = CommandOptions.Models();
        var output = new Option<string?>("--out", "-o")
        {
            Description = "Write fit.json and fit.md here. Default: artifacts/fit/NAME.",
            HelpName = "DIR",
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON document instead of the figures." };

        var command = new Command("fit", "Fit fusion weights, a classification head, its temperature and a threshold on labelled jobs.")
        {
            pipeline, data, task, labels, name, replace, keep, folds, seed, risk, models, output, json,
        };
        command.SetAction((parsed, cancellationToken) => CommandRunner.RunAsync(() => new FitSession(new FitSettings
        {
            Pipeline = parsed.GetRequiredValue(pipeline),
            Models = ModelFolders.Find(parsed.GetValue(models)),
            Data = parsed.GetRequiredValue(data),
            Labels = parsed.GetValue(labels),
            Task = parsed.GetRequiredValue(task),
            Name = parsed.GetValue(name),
            Replace = parsed.GetValue(replace),
            KeepTasks = parsed.GetValue(keep),
            Folds = parsed.GetValue(folds),
            Seed = parsed.GetValue(seed),
            Risk = parsed.GetValue(risk),
            Output = parsed.GetValue(output),
            Json = parsed.GetValue(json),
        }).RunAsync(cancellationToken)));
        return command;
    }
}
