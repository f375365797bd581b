using System.CommandLine;
using Multimodal.Local.Serve;

namespace Multimodal.Local.Commands;

/// <summary>The command <c>multimodal serve</c>.</summary>
internal static class ServeCommand
{
    public const string Name = "serve";

    public static Command Create()
    {
        var urls = new Option<string?>("--urls")
        {
            Description = $"Addresses to listen on, divided by ';'. Default: {ServeSettings.DefaultUrls}.",
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
            Description = "Where jobs lie: file:DIR, a folder.",
            HelpName = "STORAGE",
            DefaultValueFactory = _ => ServeSettings.DefaultStorage,
        };
        var pipeline = CommandOptions.Pipeline();
        var models = CommandOptions.Models();

        var command = new Command(Name, "Take jobs over HTTP and from a folder until it is stopped.") { urls, port, storage, pipeline, models };
        command.SetAction((parsed, cancellationToken) => CommandRunner.RunAsync(() => new ServeSession(new ServeSettings
        {
            Urls = ServeSettings.ParseUrls(parsed.GetValue(urls), parsed.GetValue(port)),
            Storage = ServeSettings.ParseStorage(parsed.GetRequiredValue(storage)),
            Pipeline = parsed.GetRequiredValue(pipeline),
            Models = ModelFolders.Find(parsed.GetValue(models)),
        }).RunAsync(cancellationToken)));
        return command;
    }
}
