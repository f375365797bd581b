using System.CommandLine;

namespace Multimodal.Benchmarks.Compare;

/// <summary>The command <c>compare</c>: ours beside peers, in one sitting.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var what = new Argument<string>("WHAT") { Description = "What is compared." };
        what.AcceptOnlyFromAmong([.. Comparisons.All.Keys]);
        var data = new Option<string>("--data") { Description = "The data folder.", Required = true };
        var modules = new Option<string?>("--modules") { Description = "A folder in which the packages of peers/package.json are installed." };
        var runs = new Option<int>("--runs") { Description = "Runs that count, of each contender and work.", DefaultValueFactory = _ => 31 };
        var command = new Command("compare", "Ours beside peers, interleaved.") { what, data, modules, runs };
        command.SetAction(parsed => Comparisons.All[parsed.GetRequiredValue(what)](new CompareSettings(
            Path.GetFullPath(parsed.GetRequiredValue(data)),
            parsed.GetValue(modules) is { } folder ? Path.GetFullPath(folder) : null,
            parsed.GetValue(runs))));
        return command;
    }
}
