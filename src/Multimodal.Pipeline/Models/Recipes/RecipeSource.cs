using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Models.Recipes;

/// <summary>A model repository of a hub that a recipe takes files from.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RecipeSource
{
    /// <summary>The repository: <c>owner/name</c>.</summary>
    public required string Repository { get; init; }

    /// <summary>A branch, a tag or a commit.</summary>
    public string Revision { get; set; } = "main";

    /// <summary>The variant of the ONNX files; empty for the plain ones.</summary>
    public string Variant { get; set; } = "";

    /// <summary>Files that are needed besides the encoders and what they are read with.</summary>
    public IReadOnlyList<string> Files { get; set; } = [];

    /// <summary>The licence that its keeper states, for people: look at the repository before use.</summary>
    public required string License { get; init; }

    /// <summary>Whose model it is, for people.</summary>
    public required string Origin { get; init; }
}
