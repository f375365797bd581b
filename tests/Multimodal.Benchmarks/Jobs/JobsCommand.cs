using System.CommandLine;

namespace Multimodal.Benchmarks.Jobs;

/// <summary>The command <c>jobs</c>: whole jobs through the local engine beside the bare compute time of their encoders.</summary>
internal static class JobsCommand
{
    public static Command Create()
    {
        var models = new Option<string>("--models") { Description = "A model repository, such as models/make.py makes.", Required = true };
        var pipeline = new Option<string>("--pipeline") { Description = "Which pipeline of it; it must have samples.", DefaultValueFactory = _ => "trio" };
        var jobs = new Option<int>("--jobs") { Description = "Jobs of a round.", DefaultValueFactory = _ => 64 };
        var atOnce = new Option<int>("--at-once") { Description = "Jobs at once.", DefaultValueFactory = _ => 16 };
        var rounds = new Option<int>("--rounds") { Description = "Rounds, in which jobs and bare sessions take turns.", DefaultValueFactory = _ => 5 };
        var threads = new Option<int[]>("--threads")
        {
            Description = "Threads that the runs of all encoders take together; several numbers take turns. Default: the cores.",
            AllowMultipleArgumentsPerToken = true,
        };
        var command = new Command("jobs", "Jobs through the local engine beside bare sessions.") { models, pipeline, jobs, atOnce, rounds, threads };
        command.SetAction((parsed, token) => new JobsBenchmark(new JobsSettings(
            Path.GetFullPath(parsed.GetRequiredValue(models)),
            parsed.GetRequiredValue(pipeline),
            parsed.GetValue(jobs),
            parsed.GetValue(atOnce),
            parsed.GetValue(rounds),
            parsed.GetValue(threads) ?? [])).RunAsync(token));
        return command;
    }
}
