using Multimodal.Testing;

namespace Multimodal.Infra.Tests;

/// <summary>Where what is deployed is described.</summary>
internal static class InfraPaths
{
    public static string Infra { get; } = Path.Combine(TestPaths.Repository, "infra");

    public static string Functions { get; } = Path.Combine(TestPaths.Repository, "src", "Multimodal.Functions");

    public static string Dockerfile { get; } = Path.Combine(Infra, "images", "Dockerfile");

    /// <summary>Every file of Bicep, relative to <see cref="Infra"/>.</summary>
    public static IReadOnlyList<string> BicepFiles { get; } =
    [
        .. Directory.EnumerateFiles(Infra, "*.bicep*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is ".bicep" or ".bicepparam")
            .Select(path => Path.GetRelativePath(Infra, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    public static string Read(params string[] parts) => File.ReadAllText(Path.Combine([TestPaths.Repository, .. parts]));
}
