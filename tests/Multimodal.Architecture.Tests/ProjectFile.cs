using System.Xml.Linq;
using Multimodal.Testing;

namespace Multimodal.Architecture.Tests;

/// <summary>What a project file refers to.</summary>
internal sealed record ProjectFile(string Name, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages, IReadOnlyList<string> Frameworks)
{
    /// <summary>Every project under <c>src/</c>.</summary>
    public static IReadOnlyList<ProjectFile> Source { get; } = [.. Find("src").Select(Read)];

    /// <summary>The project files under a folder of the repository, but for those that a build generates.</summary>
    public static IEnumerable<string> Find(string folder) =>
        Directory.EnumerateFiles(Path.Combine(TestPaths.Repository, folder), "*.csproj", SearchOption.AllDirectories)
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Contains("obj"))
            .Order(StringComparer.Ordinal);

    public override string ToString() => Name;

    private static ProjectFile Read(string path)
    {
        var xml = XDocument.Load(path);
        return new ProjectFile(
            Path.GetFileNameWithoutExtension(path),
            [.. Includes(xml, "ProjectReference").Select(include => Path.GetFileNameWithoutExtension(include.Replace('\\', '/')))],
            [.. Includes(xml, "PackageReference")],
            [.. Includes(xml, "FrameworkReference")]);
    }

    private static IEnumerable<string> Includes(XDocument xml, string element) =>
        xml.Descendants(element).Select(reference => reference.Attribute("Include")?.Value).OfType<string>();
}
