using System.CommandLine;
using Multimodal.Local.Run;

namespace Multimodal.Local.Commands;

/// <summary>The command <c>multimodal run</c>.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "A folder of files is a job; a folder of folders is many; a file is a job of its own.",
            Arity = ArgumentArity.OneOrMore,
        };
        var pipeline = CommandOptions.Pipeline();
        var models = CommandOptions.Models();
        var output = new Option<string?>("--out", "-o")
        {
            Description = "Keep results/{jobId}/result.json, embeddings.safetensors and all else that the stages store in this folder.",
            HelpName = "DIR",
        };
        var json = new Option<bool>("--json") { Description = "Print one line of JSON for each job." };
        var concurrency = new Option<int>("--concurrency", "-j")
        {
            Description = "How many jobs run at once. Default: the number of cores.",
            HelpName = "N",
            DefaultValueFactory = _ => Environment.ProcessorCount,
            CustomParser = NumberParser.Between("--concurrency", 1, 1024),
        };
        var labels = new Option<string?>("--labels")
        {
            Description = "The labels of zero-shot classification, divided by commas, in place of those of job.json and of the pipeline.",
            HelpName = "A,B,…",
        };
        var fusion = new Option<string?>("--fusion")
        {
            Description = "Fuse by this method, in place of those of job.json and of the pipeline.",
            HelpName = "METHOD",
        };

        var command = new Command("run", "Process jobs and show what came of them.") { paths, pipeline, models, output, json, concurrency, labels, fusion };
        command.SetAction((parsed, cancellationToken) => CommandRunner.RunAsync(() => new RunSession(new RunSettings
        {
            Paths = parsed.GetRequiredValue(paths),
            Pipeline = parsed.GetRequiredValue(pipeline),
            Models = ModelFolders.Find(parsed.GetValue(models)),
            Output = parsed.GetValue(output),
            Json = parsed.GetValue(json),
            Concurrency = parsed.GetValue(concurrency),
            Labels = parsed.GetValue(labels)?.Split(',', StringSplitOptions.TrimEntries),
            Fusion = parsed.GetValue(fusion),
        }).RunAsync(cancellationToken)));
        return command;
    }
}
