namespace Multimodal.Pipeline.Models;

/// <summary>An input or output of a network, as its file declares it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The element type, for messages: float32, int64.</param>
/// <param name="Shape">The extents, batch first; -1 where an extent is free. Empty where no shape is declared.</param>
/// <param name="Axes">The names of the free extents, in the place of each; empty where an extent is fixed or has no name.</param>
public sealed record ModelTensor(string Name, string Type, IReadOnlyList<int> Shape, IReadOnlyList<string> Axes)
{
    /// <summary>The shape for people: <c>[batch, 3, 224, 224]</c>.</summary>
    public string ShapeText => $"[{string.Join(", ", Shape.Select((extent, i) => extent >= 0 ? $"{extent}" : Axes[i].Length > 0 ? Axes[i] : "?"))}]";
}
