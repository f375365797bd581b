using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using MathNet.Numerics.Statistics;
using Microsoft.Extensions.DependencyInjection;
using Multimodal.Pipeline.Composition;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Texts;
using Multimodal.Pipeline.Privacy;
using Multimodal.Privacy;
using Multimodal.Privacy.Settings;
using Spectre.Console;

namespace Multimodal.Benchmarks.Privacy;

/// <summary>The command <c>masking</c>: megabytes a second that masking reads, beside the preprocessing of the same texts.</summary>
internal static class MaskingCommand
{
    private const int Characters = 1 << 15;
    private const int Warmups = 40;
    private const int Runs = 41;

    public static Command Create()
    {
        var command = new Command("masking", "How fast texts are searched for personal data, beside their preprocessing.");
        command.SetAction(_ => Run());
        return command;
    }

    private static void Run()
    {
        var vocabulary = Path.GetTempFileName();
        File.WriteAllText(vocabulary, """{ "[PAD]": 0, "[UNK]": 1, " ": 2, "a": 3, "e": 4, "i": 5, "o": 6, "n": 7, "r": 8, "s": 9, "t": 10 }""");
        var settings = new CharacterSettings { Vocabulary = vocabulary, MaximumLength = Characters };
        var preprocessor = new CharacterPreprocessor(settings, CharacterVocabulary.Load(vocabulary), new InputLimits());
        var (international, national) = (CreateMask([]), CreateMask(["DE", "US"]));
        var table = new Table().AddColumns("text", "masking, MB/s", "with two countries, MB/s", "preprocessing, MB/s", "masking's time : preprocessing's");
        foreach (var (name, text) in Texts())
        {
            var content = new InputContent("text", Encoding.UTF8.GetBytes(text));
            var times = Measure(() => international.Apply(text), () => national.Apply(text), () => preprocessor.Preprocess(content, MediaTypes.Text));
            var megabytes = content.Bytes.Length / 1e6;
            table.AddRow([name, .. times.Select(time => Format(megabytes / time)), Format(times[0] / times[2])]);
        }

        AnsiConsole.Write(table);
        File.Delete(vocabulary);
    }

    private static ITextMask CreateMask(string[] regions)
    {
        var services = new ServiceCollection();
        new MultimodalBuilder(services).UseMasking(new MaskingOptions { Regions = regions });
        return services.BuildServiceProvider().GetRequiredService<ITextMask>();
    }

    // In turn, so that what the machine does besides falls on all alike.
    private static double[] Measure(params Action[] works)
    {
        var times = works.Select(_ => new List<double>()).ToArray();
        for (var run = -Warmups; run < Runs; run++)
        {
            for (var i = 0; i < works.Length; i++)
            {
                var time = Time(works[i]);
                if (run >= 0)
                {
                    times[i].Add(time);
                }
            }
        }

        return [.. times.Select(Statistics.Median)];
    }

    private static double Time(Action work)
    {
        var begun = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    private static IEnumerable<(string Name, string Text)> Texts()
    {
        const string Prose =
            "The harbour was quiet when the last ferry came in, and nobody on the quay asked where the old lighthouse keeper had gone. " +
            "In 1998 there were three of them; two had moved inland, to a town with a market and a railway. ";
        const string Umlauts = "Über den Dächern lag Nebel, als die Fähre gegen halb sieben anlegte; niemand fragte, wohin der alte Wärter gegangen war. ";
        yield return ("prose, nothing to find", Fill(Prose, null));
        yield return ("prose in German", Fill(Umlauts, null));
        yield return ("prose, an address or number in each 1,000 characters", Fill(Prose, 1000));
        yield return ("log lines full of numbers", Fill("2026-11-26T10:11:12.345Z INFO 4711 203.0.113.77 GET /a/b?id=42 200 5316 0.0123 8f14e45fceea167a5a36dedd4bea2543\n", null));
    }

    private static string Fill(string sentence, int? every)
    {
        string[] found = ["alice@example.com. ", "+44 7911 123456. ", "4111 1111 1111 1111. ", "DE89 3704 0044 0532 0130 00. ", "https://example.com/a?token=a8Bc9dEf0. "];
        var text = new StringBuilder();
        for (var next = 0; text.Length < Characters;)
        {
            text.Append(sentence);
            if (every is { } distance && text.Length / distance > next)
            {
                text.Append(found[next++ % found.Length]);
            }
        }

        return text.ToString();
    }

    private static string Format(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
