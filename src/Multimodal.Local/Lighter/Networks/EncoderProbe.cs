using Multimodal.Onnx;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;

namespace Multimodal.Local.Lighter.Networks;

/// <summary>The encoder of a modality, measured by its embeddings.</summary>
internal sealed class EncoderProbe(OnnxModelFactory models, Modality modality, EncoderDefinition definition, SampleItems items) : INetworkProbe
{
    public Modality Modality => modality;

    /// <summary>What it is measured on.</summary>
    public SampleItems Samples => items;

    public string File => definition.Model;

    public string Role => $"{modality.ToName()} encoder";

    public IReadOnlyList<string> Outputs => [definition.Output];

    public string Items => items.Words;

    public async Task<IReadOnlyList<float[]>> RunAsync(ModelFolder folder, CancellationToken cancellationToken)
    {
        using var encoder = models.CreateEncoder(WithoutTranscription(folder), modality);
        var embeddings = await encoder.GenerateAsync(items.Features, cancellationToken: cancellationToken);
        return [.. embeddings.Select(embedding => embedding.Vector.ToArray())];
    }

    // What writes down what is said is another network, and none that is measured here.
    private ModelFolder WithoutTranscription(ModelFolder folder)
    {
        var encoders = folder.Definition.Encoders.ToDictionary();
        encoders[modality] = encoders[modality] with { Transcription = null };
        return folder with { Definition = folder.Definition with { Encoders = encoders } };
    }
}
