using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Models.Provenance;

/// <summary>The scripts of a folder.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ProvenanceScripts
{
    /// <summary>The folder, relative to the pipeline's, with <c>/</c>.</summary>
    public required string Folder { get; init; }

    /// <summary>Those of its files that were used; absent: every <c>*.py</c> that lies in it.</summary>
    public IReadOnlyList<string>? Files { get; init; }

    /// <summary>
    /// SHA-256 in hexadecimal over one line a file, sorted by the bytes of the names: the file's own SHA-256, two spaces, its name, a line feed. It is what
    /// <c>LC_ALL=C; sha256sum *.py | sha256sum</c> prints in the folder.
    /// </summary>
    public required string Sha256 { get; init; }
}
