using Microsoft.Extensions.AI;

namespace Multimodal.Pipeline.Retrieval.VectorData;

/// <summary>The types in which vectors come and go.</summary>
internal static class VectorValues
{
    /// <summary>The names of the types, for messages.</summary>
    public const string Names = "ReadOnlyMemory<float>, float[], Embedding<float>";

    /// <summary>Whether a type is one of them.</summary>
    public static bool Supports(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) == typeof(ReadOnlyMemory<float>) || type == typeof(float[]) || type == typeof(Embedding<float>);

    /// <summary>The vector in a value; null where it is of no such type, or null.</summary>
    public static ReadOnlyMemory<float>? Find(object? value) => value switch
    {
        ReadOnlyMemory<float> memory => memory,
        float[] array => array,
        Embedding<float> embedding => embedding.Vector,
        _ => (ReadOnlyMemory<float>?)null,
    };

    /// <summary>A vector as a value of a type.</summary>
    public static object Create(float[] vector, Type type) =>
        type == typeof(float[]) ? vector
        : type == typeof(Embedding<float>) ? new Embedding<float>(vector)
        : new ReadOnlyMemory<float>(vector);
}
