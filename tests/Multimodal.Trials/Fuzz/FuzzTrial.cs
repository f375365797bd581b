using System.Diagnostics;
using Multimodal.Testing.Audio;
using Multimodal.Testing.Fuzzing;

namespace Multimodal.Trials.Fuzz;

/// <summary>
/// Damages samples of every format that is read and has them preprocessed as uploads are: each must end as features or as a typed error, in
/// time, and as nothing else.
/// </summary>
internal sealed class FuzzTrial(FuzzTrialSettings settings, Action<string> tell)
{
    public FuzzTrialReport Run(CancellationToken cancellationToken)
    {
        var begun = Stopwatch.StartNew();
        var formats = Choose();
        var weights = formats.Sum(format => (long)format.Weight);
        var rows = new List<FuzzFormatReport>();
        var failures = new List<string>();
        long before = 0;
        foreach (var format in formats)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = (int)Math.Max(
                1, (settings.Mutations * (before + format.Weight) / weights) - (settings.Mutations * before / weights));
            before += format.Weight;
            tell($"{begun.Elapsed:mm\\:ss} {format.Name} as {format.Kind}: {count} mutations from seed {settings.Seed}");
            var report = PreprocessorFuzzer.Run(format.Preprocessor, format.Samples, count, settings.Seed, format.Limit);
            foreach (var failure in report.Failures)
            {
                failures.Add($"{format.Name} as {format.Kind}: {failure}");
                tell($"failed: {failures[^1]}");
            }

            rows.Add(new FuzzFormatReport
            {
                Format = format.Name,
                Kind = format.Kind,
                Samples = format.Samples.Count,
                Mutations = count,
                Succeeded = report.Processed,
                Refused = report.RefusedByCode,
                Failed = report.Failures.Count,
                SlowestMilliseconds = Math.Round(report.Slowest.TotalMilliseconds, 1),
                LimitMilliseconds = format.Limit.TotalMilliseconds,
                PeakMemory = PeakMemory(),
            });
        }

        return new FuzzTrialReport
        {
            Seed = settings.Seed,
            Mutations = rows.Sum(row => row.Mutations),
            Succeeded = rows.Sum(row => row.Succeeded),
            Refused = rows.Sum(row => row.Refused.Values.Sum()),
            Formats = rows,
            LeftOut = [.. LeftOut()],
            Failures = failures,
            SlowestMilliseconds = Slowest(PreprocessorFuzzer.Limit),
            SlowestOfProcessesMilliseconds = Slowest(FuzzFormats.ProcessLimit),
            PeakMemory = PeakMemory(),
            Elapsed = begun.Elapsed,
        };

        double Slowest(TimeSpan limit) =>
            rows.Where(row => row.LimitMilliseconds == limit.TotalMilliseconds).Select(row => row.SlowestMilliseconds).DefaultIfEmpty().Max();
    }

    private IReadOnlyList<FuzzFormat> Choose()
    {
        var all = FuzzFormats.Make(settings.Data);
        var chosen = settings.Only is null ? all : [.. all.Where(format => format.Name == settings.Only)];
        return chosen.Count > 0
            ? chosen
            : throw new ArgumentException($"There is no format '{settings.Only}'. There are: {string.Join(", ", all.Select(format => format.Name).Distinct())}.");
    }

    private IEnumerable<string> LeftOut()
    {
        if (settings.Data is null)
        {
            yield return "The data folder's images: neither --data nor MULTIMODAL_DATA names it.";
        }

        if (!FFmpegTool.IsPresent)
        {
            yield return $"{string.Join(", ", AudioFormat.All.Keys)}: ffmpeg is not on the PATH.";
        }
    }

    private static double PeakMemory()
    {
        using var process = Process.GetCurrentProcess();
        return Math.Round(process.PeakWorkingSet64 / (double)(1 << 20), 1);
    }
}
