using Spectre.Console;

namespace Multimodal.Local.Bench;

/// <summary>Where a report of <c>multimodal bench</c> goes: into the folder of its settings, and onto the screen.</summary>
internal static class BenchOutput
{
    // As wide as the tables, where no window says how wide.
    private const int RedirectedWidth = 140;

    /// <summary>Writes a report.</summary>
    /// <param name="settings">What was asked for.</param>
    /// <param name="name">The name of its JSON file.</param>
    /// <param name="json">The report as JSON.</param>
    /// <param name="charts">Its charts, by the names of their files.</param>
    /// <param name="show">Shows it as tables.</param>
    public static void Write(
        BenchSettings settings, string name, string json, IEnumerable<(string File, string Chart)> charts, Action<IAnsiConsole> show)
    {
        var output = Path.GetFullPath(settings.Output ?? Path.Combine("artifacts", "bench", settings.Pipeline));
        Directory.CreateDirectory(output);
        File.WriteAllText(Path.Combine(output, name), json + "\n");
        foreach (var (file, chart) in charts)
        {
            File.WriteAllText(Path.Combine(output, file), chart);
        }

        if (settings.Json)
        {
            Console.Out.WriteLine(json);
            return;
        }

        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Console.Profile.Width = RedirectedWidth;
        }

        show(AnsiConsole.Console);
        AnsiConsole.MarkupLine($"[grey]Report and charts: {Markup.Escape(output)}[/]");
    }
}
