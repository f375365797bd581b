using System.CommandLine;

namespace Multimodal.Benchmarks.Engine;

/// <summary>The command <c>engine</c>: dynamic batching beside bare sessions.</summary>
internal static class EngineCommand
{
    public static Command Create()
    {
        var models = new Option<string>("--models") { Description = "A model repository, such as models/make.py makes.", Required = true };
        var pipelines = new Option<string[]>("--pipeline") { Description = "Which pipelines of it; default: all." };
        var callers = new Option<int>("--callers") { Description = "Callers at once.", DefaultValueFactory = _ => 32 };
        var seconds = new Option<double>("--seconds") { Description = "For how long, each contender and round.", DefaultValueFactory = _ => 3 };
        var rounds = new Option<int>("--rounds") { Description = "Rounds, in which the contenders take turns.", DefaultValueFactory = _ => 5 };
        var loneRuns = new Option<int>("--lone") { Description = "Pairs of a lone request and a run of the bare session.", DefaultValueFactory = _ => 300 };
        var requests = new Option<int>("--requests") { Description = "Send so many more, and watch memory.", DefaultValueFactory = _ => 0 };
        var command = new Command("engine", "The encoder engine beside bare sessions.") { models, pipelines, callers, seconds, rounds, loneRuns, requests };
        command.SetAction((parsed, token) => new EngineBenchmark(new EngineSettings(
            Path.GetFullPath(parsed.GetRequiredValue(models)),
            parsed.GetValue(pipelines) is { Length: > 0 } named ? named : null,
            parsed.GetValue(callers),
            TimeSpan.FromSeconds(parsed.GetValue(seconds)),
            parsed.GetValue(rounds),
            parsed.GetValue(loneRuns),
            parsed.GetValue(requests))).RunAsync(token));
        return command;
    }
}
