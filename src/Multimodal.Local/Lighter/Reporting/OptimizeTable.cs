using System.Globalization;
using Spectre.Console;

namespace Multimodal.Local.Lighter.Reporting;

/// <summary>Shows the report to a person.</summary>
internal static class OptimizeTable
{
    // The most harmful parts of a network that are shown.
    private const int Worst = 5;

    public static void Show(OptimizeReport report, IAnsiConsole console)
    {
        var table = new Table { Border = TableBorder.Rounded, Title = new TableTitle(Markup.Escape($"{report.Pipeline.Name} {report.Pipeline.Version} → {report.Name} {report.Version}")) };
        table.AddColumns("network", "size", "what became of its parts", "least cosine", "load", "batch 1", "batch 8");
        foreach (var network in report.Networks)
        {
            table.AddRow(
                new Text($"{network.Role}\n{network.File}"),
                new Text(OptimizeText.Size(network.Bytes)),
                new Text(OptimizeText.Treatments(network)),
                new Text($"{OptimizeText.Cosine(network.LeastCosine)}\n{network.Items}"),
                new Text(OptimizeText.Load(network)),
                new Text(OptimizeText.Speed(network, 1)),
                new Text(OptimizeText.Speed(network, 8)));
        }

        console.Write(table);
        ShowParts(report, console);
        console.MarkupLineInterpolated($"networks: [bold]{OptimizeText.Size(report.Graphs)}[/]; all files: [bold]{OptimizeText.Size(report.Files)}[/]");
        if (report.FusedCosine is { } fused)
        {
            console.MarkupLineInterpolated($"least cosine of what is fused: [bold]{OptimizeText.Cosine(fused)}[/]");
        }

        foreach (var accuracy in report.Accuracy ?? [])
        {
            console.MarkupLineInterpolated($"{OptimizeText.Accuracy(accuracy)}");
        }

        foreach (var network in report.Networks.Where(network => network.IsMadeUp))
        {
            console.MarkupLineInterpolated($"[yellow]{network.File} was measured on {network.Items}, for want of real ones: name a folder by --data.[/]");
        }

        console.MarkupLineInterpolated($"[grey]{report.Runtime}; the processor has {report.Processor}.[/]");
    }

    private static void ShowParts(OptimizeReport report, IAnsiConsole console)
    {
        var parts = report.Networks.SelectMany(network => network.Parts.Select(part => (network.File, Part: part)))
            .Where(pair => pair.Part.Loss is not null).OrderByDescending(pair => pair.Part.Loss).Take(Worst).ToList();
        if (parts.Count == 0)
        {
            return;
        }

        var table = new Table { Border = TableBorder.Minimal, Title = new TableTitle("what costs most, made lighter alone") };
        table.AddColumns("network", "part", "operator");
        table.AddColumn(new TableColumn("weights").RightAligned());
        table.AddColumn(new TableColumn("1 − cosine").RightAligned());
        table.AddColumn("became");
        foreach (var (file, part) in parts)
        {
            table.AddRow(
                new Text(file),
                new Text(part.Id),
                new Text(part.Operator),
                new Text(part.Weights.ToString("#,0", CultureInfo.InvariantCulture)),
                new Text(string.Create(CultureInfo.InvariantCulture, $"{part.Loss:0.0e-0}")),
                new Text(part.Treatment));
        }

        console.Write(table);
    }
}
