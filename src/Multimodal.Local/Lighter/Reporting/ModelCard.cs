using System.Globalization;
using System.Text;

namespace Multimodal.Local.Lighter.Reporting;

/// <summary>The card of a lighter pipeline: what was done and what it costs, then the original's own.</summary>
internal static class ModelCard
{
    public const string FileName = "README.md";

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string Write(OptimizeReport report, string? original)
    {
        var card = new StringBuilder();
        card.Append(Culture, $"""
            # {report.Name}
            `{report.Pipeline.Name}` {report.Pipeline.Version} (digest `{report.Pipeline.Digest}`), made lighter by `multimodal models optimize {report.Pipeline.Name} --precision {report.Precision} --minimum-cosine {report.MinimumCosine.ToString(Culture)}`.
            Its references are the original's. What holds of the original's use, data and licences holds of it.

            | network | size | parts | measured on | least cosine | mean cosine | load | batch 1 | batch 8 |
            | --- | --- | --- | --- | ---: | ---: | --- | --- | --- |

            """);
        foreach (var network in report.Networks)
        {
            card.Append(
                Culture,
                $"| {network.Role}, `{network.File}` | {OptimizeText.Size(network.Bytes)} | {OptimizeText.Treatments(network)} | {network.Items} | {OptimizeText.Cosine(network.LeastCosine)} | {OptimizeText.Cosine(network.MeanCosine)} | {OptimizeText.Load(network)} | {OptimizeText.Speed(network, 1)} | {OptimizeText.Speed(network, 8)} |\n");
        }

        card.Append(Culture, $"\nNetworks: {OptimizeText.Size(report.Graphs)}; all files: {OptimizeText.Size(report.Files)}.\n");
        if (report.FusedCosine is { } fused)
        {
            card.Append(Culture, $"Least cosine of what is fused: {OptimizeText.Cosine(fused)}.\n");
        }

        card.Append(Culture, $"Speed: one thread, old and new taking turns, {report.Runtime}, a processor with {report.Processor}.\n");
        if (report.Accuracy is { Count: > 0 } accuracy)
        {
            card.Append("\n| labelled items | number | right before | right after | told differently |\n| --- | ---: | ---: | ---: | ---: |\n");
            foreach (var row in accuracy)
            {
                card.Append(Culture, $"| {row.Items} | {row.Count} | {row.Before} | {row.After} | {row.Changed} |\n");
            }
        }

        if (original is not null)
        {
            card.Append(Culture, $"\n---\n\n*The card of `{report.Pipeline.Name}`, whose figures are its own:*\n\n{original.TrimEnd()}\n");
        }

        return card.ToString();
    }
}
