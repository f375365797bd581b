using System.Globalization;

namespace Multimodal.Onnx;

/// <summary>
/// Reads budgets from one line, <c>clip-vit: Threads=2, MemoryBytes=600000000; digits: Share=3</c>: a pipeline, a colon, settings of
/// <see cref="PipelineBudget"/>; pipelines are set apart by semicolons. One variable holds them all, for names of pipelines have hyphens,
/// which names of variables must not have in many shells.
/// </summary>
internal static class PipelineBudgets
{
    private const string Setting = "Onnx:Pipelines";
    private const double MostShare = 1e6;

    /// <summary>Reads.</summary>
    /// <param name="line">The line; null or empty: none.</param>
    /// <returns>By pipeline, whatever its case.</returns>
    /// <exception cref="FormatException">It is not of that form; the message names what is wrong.</exception>
    public static IReadOnlyDictionary<string, PipelineBudget> Parse(string? line)
    {
        var budgets = new Dictionary<string, PipelineBudget>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in (line ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (entry.Split(':', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } pipeline, { Length: > 0 } settings])
            {
                throw new FormatException($"{Setting} holds '{entry}', which is no budget. Write a pipeline, a colon and settings: digits: Threads=2, Share=3.");
            }

            var budget = settings.Split(',', StringSplitOptions.TrimEntries).Aggregate(PipelineBudget.Default, (sum, setting) => Add(sum, pipeline, setting));
            if (!budgets.TryAdd(pipeline, budget))
            {
                throw new FormatException($"{Setting} names the pipeline '{pipeline}' twice. Write its settings together, with commas between.");
            }
        }

        return budgets;
    }

    private static PipelineBudget Add(PipelineBudget budget, string pipeline, string setting)
    {
        var (name, value) = setting.Split('=', 2, StringSplitOptions.TrimEntries) is [var left, var right] ? (left, right) : (setting, "");
        return name.ToUpperInvariant() switch
        {
            "MEMORYBYTES" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes > 0 => budget with { MemoryBytes = bytes },
            "THREADS" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var threads) && threads > 0 => budget with { Threads = threads },
            "SHARE" when double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share is > 0 and <= MostShare =>
                budget with { Share = share },
            "MEMORYBYTES" or "THREADS" => throw new FormatException($"{Setting} sets {name} of '{pipeline}' to '{value}'; it must be a whole number, 1 or more."),
            "SHARE" => throw new FormatException($"{Setting} sets {name} of '{pipeline}' to '{value}'; it must be above 0, and a million at the most."),
            _ => throw new FormatException($"{Setting} sets '{name}' of '{pipeline}', which is not known; known: MemoryBytes, Threads, Share."),
        };
    }
}
