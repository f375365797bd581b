using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Models.Provenance;

/// <summary>Where a pipeline's weights come from, so that it can be traced and made again. It states; a signature over the definition vouches for it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PipelineProvenance
{
    /// <summary>The day on which it was made.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>What it was trained on.</summary>
    public IReadOnlyList<ProvenanceData> Data { get; set; } = [];

    /// <summary>The scripts that made it.</summary>
    public IReadOnlyList<ProvenanceScripts> Scripts { get; set; } = [];

    /// <summary>The seeds of its random numbers, by what they are for.</summary>
    public IReadOnlyDictionary<string, long> Seeds { get; set; } = new Dictionary<string, long>();

    /// <summary>The versions of what the scripts ran with: <c>python</c>, <c>torch</c>, <c>numpy</c>.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; set; } = new Dictionary<string, string>();

    /// <summary>What it was made of: another pipeline, where it is an optimised or fitted version, or models of a hub.</summary>
    public IReadOnlyList<ProvenanceParent> Parents { get; set; } = [];
}
