using System.CommandLine;
using System.Globalization;
using Multimodal.Local.Search;
using Multimodal.Local.Serve.Settings;
using Multimodal.Orchestration.Search;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Retrieval.Jobs;

namespace Multimodal.Local.Commands;

/// <summary>The command <c>multimodal search</c>.</summary>
internal static class SearchCommand
{
    private static readonly string[] Vectors = [RetrievalDefinition.Fused, .. Enum.GetValues<Modality>().Select(modality => modality.ToName())];

    public static Command Create()
    {
        var text = new Argument<string?>("TEXT") { Description = "Find jobs near to this text.", Arity = ArgumentArity.ZeroOrOne };
        var file = new Option<string?>("--file", "-f") { Description = "Find jobs near to this picture, recording or text.", HelpName = "FILE" };
        var job = new Option<string?>("--job") { Description = "Find jobs near to this one.", HelpName = "ID" };
        var storage = new Option<string>("--storage")
        {
            Description = "Where jobs lie: file:DIR, the folder of 'serve' or of 'run --out'; or azure.",
            HelpName = "STORAGE",
            DefaultValueFactory = _ => StorageChoice.Default,
        };
        var pipeline = new Option<string>("--pipeline", "-p")
        {
            Description = "The pipeline whose encoders read the query, and whose index is searched.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "digits",
        };
        var index = new Option<string?>("--index") { Description = "The index. Default: the pipeline's first.", HelpName = "NAME" };
        var count = new Option<int>("--count", "-k")
        {
            Description = "How many jobs to find.",
            HelpName = "N",
            DefaultValueFactory = _ => new SearchQuery().Count,
            CustomParser = NumberParser.Between("--count", 1, SearchQuery.MostJobs),
        };
        var vectors = new Option<string[]>("--in") { Description = "Look at these embeddings of jobs alone: fused, image, text, audio.", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
        vectors.AcceptOnlyFromAmong(Vectors);
        var label = new Option<string?>("--label") { Description = "Only jobs of this verdict.", HelpName = "LABEL" };
        var jobPipeline = new Option<string?>("--job-pipeline") { Description = "Only jobs of this pipeline, where several share an index.", HelpName = "NAME" };
        var since = Time("--since", "Only jobs done at this time or later.");
        var until = Time("--until", "Only jobs done at this time or earlier.");
        var models = CommandOptions.Models();
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("search", "Find jobs near to a text, a file or a job, whatever they are made of.")
        {
            text, file, job, storage, pipeline, index, count, vectors, label, jobPipeline, since, until, models, json,
        };
        command.Validators.Add(result =>
        {
            if (new[] { result.GetResult(text) is { Tokens.Count: > 0 }, result.GetResult(file) is not null, result.GetResult(job) is not null }.Count(given => given) != 1)
            {
                result.AddError("Name a text, --file or --job: one of them.");
            }
        });
        command.SetAction((parsed, cancellationToken) => CommandRunner.RunAsync(() => new SearchSession(new SearchSettings
        {
            Text = parsed.GetValue(text),
            File = parsed.GetValue(file),
            Job = parsed.GetValue(job),
            Storage = StorageChoice.Parse(parsed.GetRequiredValue(storage)),
            Pipeline = parsed.GetRequiredValue(pipeline),
            Index = parsed.GetValue(index),
            Count = parsed.GetValue(count),
            Models = ModelFolders.Find(parsed.GetValue(models)),
            Json = parsed.GetValue(json),
            Filter = new JobFilter
            {
                Vectors = parsed.GetValue(vectors) ?? [],
                Label = parsed.GetValue(label),
                Pipeline = parsed.GetValue(jobPipeline),
                Since = parsed.GetValue(since),
                Until = parsed.GetValue(until),
            },
        }).RunAsync(cancellationToken)));
        return command;
    }

    private static Option<DateTimeOffset?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            var given = result.Tokens[^1].Value;
            if (DateTimeOffset.TryParse(given, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time))
            {
                return time;
            }

            result.AddError($"{name} must be a time such as 2026-01-31T12:00, not '{given}'.");
            return null;
        },
    };
}
