using Multimodal.Onnx.Encoders;

namespace Multimodal.Onnx.Tuning;

/// <summary>An encoder that is measured on made-up items.</summary>
internal sealed class MeasuredEncoder(EncoderModel model) : IMeasuredModel
{
    private readonly FeatureItem _item = model.MakeUp();

    /// <inheritdoc/>
    public void Run(int batch) => model.Run([.. Enumerable.Repeat(_item, batch)]);

    /// <inheritdoc/>
    public void Dispose() => model.Dispose();
}
