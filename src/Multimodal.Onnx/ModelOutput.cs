namespace Multimodal.Onnx;

/// <summary>What a network gave for a batch.</summary>
/// <param name="Values">The elements, row-major.</param>
/// <param name="Shape">The shape; the first dimension is the batch.</param>
internal sealed record ModelOutput(float[] Values, IReadOnlyList<int> Shape)
{
    /// <summary>The elements of one item.</summary>
    public ReadOnlySpan<float> ItemOf(int item)
    {
        var size = Values.Length / Shape[0];
        return Values.AsSpan(item * size, size);
    }
}
