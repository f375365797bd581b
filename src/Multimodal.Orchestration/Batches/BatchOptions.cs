using System.Text.RegularExpressions;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Batches;

/// <summary>What a host allows to batches.</summary>
public sealed partial record BatchOptions
{
    /// <summary>The setting that names the containers.</summary>
    public const string ContainersSetting = "Batches:Containers";

    private static readonly string[] Reserved = [.. Containers.All, "leases"];

    /// <summary>The containers that batches may read; none turns batches off.</summary>
    public IReadOnlyList<string> AllowedContainers { get; init; } = [Containers.Bulk];

    /// <summary>Reads the setting: names divided by commas, or <c>none</c>; absent it is <see cref="Containers.Bulk"/>.</summary>
    /// <exception cref="FormatException">It names what cannot be such a container.</exception>
    public static BatchOptions Read(string? containers)
    {
        if (string.IsNullOrWhiteSpace(containers))
        {
            return new BatchOptions();
        }

        var names = containers.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names is ["none"] ? new BatchOptions { AllowedContainers = [] }
            : Array.Find(names, name => !Container().IsMatch(name) || name.Contains("--", StringComparison.Ordinal)) is { } bad
                ? throw new FormatException($"{ContainersSetting} names '{bad}'; a container has 3 to 63 lower-case letters, digits and single '-'.")
            : Array.Find(names, name => Reserved.Contains(name, StringComparer.Ordinal)) is { } own
                ? throw new FormatException($"{ContainersSetting} names '{own}', which holds what the pipeline keeps itself; name a container of your own.")
            : new BatchOptions { AllowedContainers = names };
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{1,61}[a-z0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex Container();
}
