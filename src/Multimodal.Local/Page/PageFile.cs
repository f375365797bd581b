using System.Reflection;
using System.Security.Cryptography;

namespace Multimodal.Local.Page;

/// <summary>A file of the page, kept in the assembly.</summary>
/// <param name="Route">Where it is served.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="ETag">A strong tag of its content, in quotes.</param>
internal sealed record PageFile(string Route, string ContentType, byte[] Content, string ETag)
{
    private const string Prefix = "page/";
    private const string Index = "index.html";

    /// <summary>All files of the page.</summary>
    public static IReadOnlyList<PageFile> LoadAll()
    {
        var assembly = typeof(PageFile).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => Load(assembly, name))];
    }

    private static PageFile Load(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var name = resource[Prefix.Length..];
        return new PageFile(
            name == Index ? "/" : $"/page/{name}", TypeOf(name), content, $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}\"");
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var ending => throw new InvalidOperationException($"No media type is known for the page's files that end in '{ending}'."),
    };
}
