using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Onnx.Encoders;

/// <summary>Items of the shapes that a network declares, of noise, to warm it up and to measure it.</summary>
internal static class MadeUpItems
{
    // What a free axis gets where the pipeline does not say: a sentence of tokens, three seconds of frames, the side of a common picture.
    private const int Tokens = 32, Frames = 300, Side = 224;

    // An id that every vocabulary has.
    private const long TokenId = 1;

    /// <summary>Makes one item.</summary>
    /// <param name="main">The input that carries the content.</param>
    /// <param name="modality">Its modality.</param>
    /// <param name="length">The extent of free axes; null: that of the modality.</param>
    public static FeatureItem Create(ModelInput main, Modality modality, int? length)
    {
        int[] shape = [.. main.Shape.Skip(1).Select(extent => extent > 0 ? extent : length ?? ExtentOf(modality))];
        var count = shape.Aggregate(1, (product, extent) => checked(product * extent));
        return new FeatureItem(0, new Dictionary<string, HostTensor> { [main.Name] = Fill(modality, shape, count) });
    }

    private static HostTensor Fill(Modality modality, int[] shape, int count)
    {
        if (modality == Modality.Text)
        {
            return HostTensor.Create<long>([.. Enumerable.Repeat(TokenId, count)], shape);
        }

        // Not zeros: arithmetic with them can be faster.
        var random = new Random(0);
        return HostTensor.Create<float>([.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 2) - 1))], shape);
    }

    private static int ExtentOf(Modality modality) => modality switch
    {
        Modality.Text => Tokens,
        Modality.Audio => Frames,
        _ => Side,
    };
}
