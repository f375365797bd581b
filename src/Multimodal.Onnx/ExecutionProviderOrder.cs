namespace Multimodal.Onnx;

/// <summary>Reads the order in which execution providers are tried.</summary>
public static class ExecutionProviderOrder
{
    /// <summary>Reads names separated by commas: cuda, tensorrt, cpu.</summary>
    /// <returns>The order; null where the text is empty, which leaves it to what the native flavour has.</returns>
    /// <exception cref="FormatException">A name is none of these.</exception>
    public static IReadOnlyList<ExecutionProvider>? Parse(string? text)
    {
        var names = (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.Length == 0 ? null : [.. names.Select(ParseOne).Distinct()];
    }

    /// <summary>The name of a provider in settings and reports.</summary>
    public static string ToName(this ExecutionProvider provider) => provider switch
    {
        ExecutionProvider.Cpu => "cpu",
        ExecutionProvider.Cuda => "cuda",
        ExecutionProvider.TensorRt => "tensorrt",
        _ => throw new ArgumentOutOfRangeException(nameof(provider), provider, "Unknown execution provider."),
    };

    private static ExecutionProvider ParseOne(string name) =>
        Enum.GetValues<ExecutionProvider>().Cast<ExecutionProvider?>().FirstOrDefault(
            provider => string.Equals(provider!.Value.ToName(), name, StringComparison.OrdinalIgnoreCase))
        ?? throw new FormatException($"'{name}' is no execution provider: name some of cuda, tensorrt and cpu, separated by commas.");
}
