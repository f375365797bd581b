using System.CommandLine;
using Multimodal.Local.Serve;
using Multimodal.Local.Serve.Settings;

namespace Multimodal.Local.Commands;

/// <summary>The command <c>multimodal serve</c>.</summary>
internal static class ServeCommand
{
    public const string Name = "serve";

    public static Command Create()
    {
        var urls = new Option<string?>("--urls")
        {
            Description = "Addresses to listen on, divided by ';'. Default: http://127.0.0.1:7080.",
            HelpName = "URLS",
        };
        var port = new Option<int?>("--port")
        {
            Description = "Listen on this port of 127.0.0.1; 0 picks a free one.",
            HelpName = "N",
            CustomParser = NumberParser.OptionalBetween("--port", 0, 65_535),
        };
        var storage = new Option<string>("--storage")
        {
            Description = "Where jobs lie: file:DIR, a folder; or azure, the storage account of AZURE_STORAGE_CONNECTION_STRING.",
            HelpName = "STORAGE",
            DefaultValueFactory = _ => StorageChoice.Default,
        };
        var apiKey = new Option<string?>("--api-key")
        {
            Description = $"The key that requests must show. Better in {ServeSettings.ApiKeyVariable}, where other users do not see it.",
            HelpName = "KEY",
        };
        var hosts = new Option<string[]>("--allow-host")
        {
            Description = "A host name to answer to beside those of loopback, as a proxy passes it on.",
            HelpName = "NAME",
        };
        var concurrency = new Option<int>("--concurrency", "-j")
        {
            Description = "How many jobs are worked on at once. Default: the number of cores.",
            HelpName = "N",
            DefaultValueFactory = _ => Environment.ProcessorCount,
            CustomParser = NumberParser.Between("--concurrency", 1, 1024),
        };
        var queue = new Option<int>("--queue")
        {
            Description = "How many jobs may wait before HTTP refuses more, and files wait where they lie.",
            HelpName = "N",
            DefaultValueFactory = _ => 1000,
            CustomParser = NumberParser.Between("--queue", 1, 1_000_000),
        };
        var poll = new Option<double?>("--poll")
        {
            Description = "Seconds between listings of the uploads. Default: 2 for a folder, 5 for a storage account.",
            HelpName = "SECONDS",
            CustomParser = NumberParser.OptionalBetween("--poll", 0.1, 3600.0),
        };
        var connections = new Option<int>("--connections")
        {
            Description = "The most connections at once.",
            HelpName = "N",
            DefaultValueFactory = _ => 256,
            CustomParser = NumberParser.Between("--connections", 1, 65_535),
        };
        var shutdown = new Option<double>("--shutdown")
        {
            Description = "Seconds that what is at work may take to end when the service is stopped.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => 30,
            CustomParser = NumberParser.Between("--shutdown", 0.0, 3600.0),
        };
        var takeOver = new Option<bool>("--take-over")
        {
            Description = "Take a storage account over from a Functions app that is stopped for good.",
        };
        var tune = new Option<bool>("--tune")
        {
            Description = "First measure the encoders that were not measured on this machine yet, which takes seconds, and run them as they run best.",
        };
        var pipeline = CommandOptions.Pipeline();
        var models = CommandOptions.Models();

        var command = new Command(Name, "Take jobs over HTTP and from a folder or storage account, until it is stopped.")
        {
            urls, port, storage, pipeline, models, apiKey, hosts, concurrency, queue, poll, connections, shutdown, takeOver, tune,
        };
        command.SetAction((parsed, cancellationToken) => CommandRunner.RunAsync(() =>
        {
            var chosen = StorageChoice.Parse(parsed.GetRequiredValue(storage));
            return new ServeSession(new ServeSettings
            {
                Addresses = ListenAddress.Parse(parsed.GetValue(urls), parsed.GetValue(port)),
                Storage = chosen,
                Pipeline = parsed.GetRequiredValue(pipeline),
                Models = ModelFolders.Find(parsed.GetValue(models)),
                ApiKey = (parsed.GetValue(apiKey) ?? Environment.GetEnvironmentVariable(ServeSettings.ApiKeyVariable)) is { Length: > 0 } key ? key : null,
                AllowedHosts = parsed.GetValue(hosts) ?? [],
                Concurrency = parsed.GetValue(concurrency),
                Queue = parsed.GetValue(queue),
                PollInterval = TimeSpan.FromSeconds(parsed.GetValue(poll) ?? (chosen.Folder is null ? 5 : 2)),
                Connections = parsed.GetValue(connections),
                ShutdownLimit = TimeSpan.FromSeconds(parsed.GetValue(shutdown)),
                TakeOver = parsed.GetValue(takeOver),
                Tune = parsed.GetValue(tune),
            }).RunAsync(cancellationToken);
        }));
        return command;
    }
}
