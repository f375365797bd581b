using System.Diagnostics;
using System.Globalization;
using Multimodal.Pipeline.Retrieval.Search;
using Spectre.Console;

namespace Multimodal.Benchmarks.Retrieval;

/// <summary>Measures exact search, in turn with a plain scan and with reading memory, and checks that both find the same.</summary>
internal sealed class RetrievalBenchmark(RetrievalSettings settings)
{
    /// <summary>Scores of the plain scan are of single precision.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>Prints a table; 1 where the results differ.</summary>
    public int Run()
    {
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, 
            $"{settings.Count:n0} vectors of {settings.Dimension}, {settings.Neighbours} neighbours, {settings.Threads} threads, {settings.Queries} queries; times in ms."));
        var table = new Table().AddColumns("vectors", "contender", "median", "p95", "GB/s");
        var same = true;
        foreach (var make in new Func<VectorSet>[] { () => VectorSet.Uniform(settings), () => VectorSet.Clustered(settings, 1_000, 0.5), () => VectorSet.Clustered(settings, 10, 0.1) })
        {
            same &= Measure(make(), table);
            GC.Collect();
        }

        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(same ? "Exact search and the plain scan found the same." : "Exact search and the plain scan found different vectors.");
        return same ? 0 : 1;
    }

    private bool Measure(VectorSet set, Table table)
    {
        var numbers = (double)settings.Count * settings.Dimension;
        var sink = 0;
        (string Name, double Bytes, Action<float[]> Run)[] contenders =
        [
            ("exact search", numbers, query => Find(set, query, settings.Threads)),
            ("exact search, one thread", numbers, query => Find(set, query, 1)),
            ("plain scan", numbers * sizeof(float), query => PlainScan.Find(set.Parts, query, settings.Neighbours, settings.Threads)),
            ("reading all vectors", numbers * sizeof(float), _ => sink ^= PlainScan.Read(set.Parts, false, settings.Threads)),
            ("reading all codes", numbers, _ => sink ^= PlainScan.Read(set.Parts, true, settings.Threads)),
        ];
        var times = contenders.Select(_ => new List<double>()).ToArray();
        var same = true;
        foreach (var query in set.Queries.Prepend(set.Queries[0]))
        {
            for (var i = 0; i < contenders.Length; i++)
            {
                var begun = Stopwatch.GetTimestamp();
                contenders[i].Run(query);
                times[i].Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }

            same &= Agree(set, query);
        }

        for (var i = 0; i < contenders.Length; i++)
        {
            // The first warms up.
            var sorted = times[i].Skip(1).Order().ToArray();
            var median = sorted[sorted.Length / 2];
            table.AddRow(
                set.Name, contenders[i].Name, Format(median, 2), Format(sorted[sorted.Length * 95 / 100], 2), Format(contenders[i].Bytes / median / 1e6, 1));
        }

        return same;
    }

    private Hit[] Find(VectorSet set, float[] query, int threads) =>
        ExactSearch.Find(set.Parts, query, settings.Neighbours, null, threads, CancellationToken.None);

    private bool Agree(VectorSet set, float[] query)
    {
        var ours = Find(set, query, settings.Threads);
        var plain = PlainScan.Find(set.Parts, query, settings.Neighbours, settings.Threads);
        return ours.Length == plain.Length && ours.Zip(plain).All(pair => Math.Abs(pair.First.Score - pair.Second.Score) < Tolerance);
    }

    private static string Format(double value, int places) => Math.Round(value, places).ToString(CultureInfo.InvariantCulture);
}
