using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Models;

/// <summary>What makes one embedding of an encoder's output; N items, D dimensions.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Pooling>))]
public enum Pooling
{
    /// <summary>Nothing: the output is [N,D] already.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>The mean of [N,T,D] over the positions that the attention mask keeps; over all where there is no mask.</summary>
    [JsonStringEnumMemberName("mean")]
    Mean,

    /// <summary>The first position of [N,T,D], as BERT's <c>[CLS]</c>.</summary>
    [JsonStringEnumMemberName("first")]
    First,

    /// <summary>The last position of [N,T,D] that the attention mask keeps.</summary>
    [JsonStringEnumMemberName("last")]
    Last,

    /// <summary>The mean of [N,D,H,W] over height and width.</summary>
    [JsonStringEnumMemberName("spatial-mean")]
    SpatialMean,
}
