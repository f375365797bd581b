using System.CommandLine;

namespace Multimodal.Benchmarks.Retrieval;

/// <summary>The command <c>retrieval</c>: exact search beside a plain scan and the speed of memory.</summary>
internal static class RetrievalCommand
{
    public static Command Create()
    {
        var count = new Option<int>("--count") { Description = "Vectors.", DefaultValueFactory = _ => 1_000_000 };
        var dimension = new Option<int>("--dimension") { Description = "Numbers in a vector.", DefaultValueFactory = _ => 128 };
        var neighbours = new Option<int>("--k") { Description = "How many to find.", DefaultValueFactory = _ => 10 };
        var threads = new Option<int>("--threads") { Description = "Threads.", DefaultValueFactory = _ => 2 };
        var queries = new Option<int>("--queries") { Description = "Queries a contender.", DefaultValueFactory = _ => 100 };
        var command = new Command("retrieval", "Exact search beside a plain scan and the speed of memory.")
        {
            count, dimension, neighbours, threads, queries,
        };
        command.SetAction(parsed => new RetrievalBenchmark(new RetrievalSettings(
            parsed.GetValue(count),
            parsed.GetValue(dimension),
            parsed.GetValue(neighbours),
            parsed.GetValue(threads),
            parsed.GetValue(queries))).Run());
        return command;
    }
}
