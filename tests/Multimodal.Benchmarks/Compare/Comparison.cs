using System.Globalization;
using MathNet.Numerics.Statistics;
using Spectre.Console;

namespace Multimodal.Benchmarks.Compare;

/// <summary>Runs contenders in turn on the same work, so that what the machine does besides falls on all of them alike.</summary>
internal sealed class Comparison(IReadOnlyList<IContender> contenders, int warmups, int runs)
{
    /// <summary>Measures and prints medians in milliseconds, with half of the distance between the quartiles as the noise.</summary>
    /// <returns>By work, the median of each contender.</returns>
    public IReadOnlyDictionary<string, double[]> Run(IReadOnlyList<string> works)
    {
        var table = new Table().AddColumn("work");
        foreach (var contender in contenders)
        {
            table.AddColumn(new TableColumn(Markup.Escape($"{contender.Name}, ms")).RightAligned());
        }

        var medians = new Dictionary<string, double[]>();
        foreach (var work in works)
        {
            var times = Measure(work);
            medians[work] = [.. times.Select(Statistics.Median)];
            table.AddRow([Markup.Escape(Path.GetFileName(work)), .. times.Select(Describe)]);
        }

        AnsiConsole.Write(table);
        return medians;
    }

    private double[][] Measure(string work)
    {
        var times = contenders.Select(_ => new double[runs]).ToArray();
        for (var run = -warmups; run < runs; run++)
        {
            for (var i = 0; i < contenders.Count; i++)
            {
                // Each goes first equally often.
                var index = (i + run + warmups) % contenders.Count;
                var time = contenders[index].Run(work);
                if (run >= 0)
                {
                    times[index][run] = time;
                }
            }
        }

        return times;
    }

    private static string Describe(double[] times) => string.Create(
        CultureInfo.InvariantCulture, $"{Statistics.Median(times):0.00} ± {Statistics.InterquartileRange(times) / 2:0.00}");
}
