using System.Text;
using System.Text.Json;
using Multimodal.Local.Repository;
using Multimodal.Pipeline.Models;
using Spectre.Console;

namespace Multimodal.Local.Lighter.Reporting;

/// <summary>Where a report of <c>multimodal models optimize</c> goes.</summary>
internal static class OptimizeOutput
{
    /// <summary>What lies beside the new version's files: its card and the report.</summary>
    public static Dictionary<string, byte[]> Beside(ModelFolder basis, OptimizeReport report)
    {
        var card = Path.Combine(basis.Path, ModelCard.FileName);
        return new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [ModelCard.FileName] = Encoding.UTF8.GetBytes(ModelCard.Write(report, File.Exists(card) ? File.ReadAllText(card) : null)),
            ["optimize.json"] = JsonSerializer.SerializeToUtf8Bytes(report, OptimizeJson.Default.OptimizeReport),
        };
    }

    /// <summary>Writes report and charts into a folder.</summary>
    /// <exception cref="UsageException">It cannot be written to.</exception>
    public static void Save(string folder, OptimizeReport report, Dictionary<string, string> charts)
    {
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "optimize.json"), JsonSerializer.Serialize(report, OptimizeJson.Default.OptimizeReport) + "\n");
            foreach (var (file, chart) in charts)
            {
                File.WriteAllText(Path.Combine(folder, file), chart);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The report cannot be written to '{folder}': {e.Message} Name another folder by --out.");
        }
    }

    /// <summary>Shows the report, and where the new version lies.</summary>
    public static void Show(RepositoryScreen screen, OptimizeReport report, string folder, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(report, OptimizeJson.Default.OptimizeReport));
            return;
        }

        OptimizeTable.Show(report, screen.Results);
        screen.Results.MarkupLineInterpolated($"[green]Written[/] [bold]{report.Name}[/] {report.Version}, in {folder}");
        screen.Results.MarkupLineInterpolated($"[grey]Try it: multimodal run --pipeline {report.Name} FILE…[/]");
    }
}
