using System.ComponentModel;
using Microsoft.AspNetCore.Http;

namespace Multimodal.Http.Embeddings;

/// <summary>The form of files that are to be embedded, for those who describe its route: found among the route's metadata.</summary>
public sealed record EmbeddingsForm
{
    /// <summary>The media type.</summary>
    public const string MediaType = "multipart/form-data";

    /// <summary>The inputs, a part with a file name for each.</summary>
    [Description("The inputs, a part with a file name for each.")]
    public IFormFileCollection? File { get; init; }
}
