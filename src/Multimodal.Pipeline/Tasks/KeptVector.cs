using System.Text.Json.Serialization;
using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Tasks;

/// <summary>An embedding that is kept in an index.</summary>
/// <param name="Vector">Which one: <c>fused</c>, or the name of a modality.</param>
/// <param name="Collection">The collection of the vector store, which holds embeddings of one space.</param>
public sealed record KeptVector(string Vector, string Collection)
{
    /// <summary>Its name in <c>embeddings.safetensors</c>.</summary>
    [JsonIgnore]
    public string TensorName => Vector == RetrievalDefinition.Fused ? Vector : $"modalities/{Vector}";
}
