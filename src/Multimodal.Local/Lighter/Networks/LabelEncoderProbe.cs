using Multimodal.Onnx;
using Multimodal.Pipeline.Models;

namespace Multimodal.Local.Lighter.Networks;

/// <summary>The encoder of labels and queries in a space, measured by its embeddings.</summary>
internal sealed class LabelEncoderProbe(OnnxModelFactory models, string space, EncoderDefinition definition, SampleItems items) : INetworkProbe
{
    public string File => definition.Model;

    public string Role => $"labels of {space}";

    public IReadOnlyList<string> Outputs => [definition.Output];

    public string Items => items.Words;

    public async Task<IReadOnlyList<float[]>> RunAsync(ModelFolder folder, CancellationToken cancellationToken)
    {
        using var encoder = models.CreateLabelEncoder(folder, space);
        var embeddings = await encoder.GenerateAsync(items.Features, cancellationToken: cancellationToken);
        return [.. embeddings.Select(embedding => embedding.Vector.ToArray())];
    }
}
