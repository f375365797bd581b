using Microsoft.Extensions.AI;
using Multimodal.Onnx;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Local.Bench.Resources;

/// <summary>A pipeline's encoders, and what to send to them.</summary>
internal sealed class FloodedPipeline
{
    private readonly (Modality Modality, IEmbeddingGenerator<Features, Embedding<float>> Encoder, IReadOnlyList<Features> Inputs)[] _encoders;

    /// <param name="pipeline">The pipeline.</param>
    /// <param name="models">What opens its encoders.</param>
    /// <param name="repository">Where its samples lie.</param>
    /// <param name="modalities">Which encoders; empty: all.</param>
    public FloodedPipeline(LoadedPipeline pipeline, OnnxModelFactory models, ModelRepository repository, IReadOnlyList<Modality> modalities)
    {
        var inputs = new BenchInputs(pipeline, models, repository);
        Reference = new PipelineReference(pipeline.Definition.Name, pipeline.Definition.Version, pipeline.Digest);
        _encoders = [.. pipeline.Definition.Encoders.Keys.Order()
            .Where(modality => modalities is [] || modalities.Contains(modality))
            .Select(modality => (modality, pipeline.Encoder(modality), inputs.Read(modality, null).Features))];
        if (_encoders.Length == 0)
        {
            throw new UsageException($"The pipeline '{pipeline.Definition.Name}' has none of the encoders asked for.");
        }
    }

    private FloodedPipeline(FloodedPipeline all, int encoder) => (Reference, _encoders) = (all.Reference, [all._encoders[encoder]]);

    /// <summary>The pipeline.</summary>
    public PipelineReference Reference { get; }

    /// <summary>How many encoders it has.</summary>
    public int Count => _encoders.Length;

    /// <summary>One of its encoders alone.</summary>
    public FloodedPipeline Only(int encoder) => new(this, encoder);

    /// <summary>The name of an encoder.</summary>
    public string NameOf(int encoder) => $"{Reference.Name}/{_encoders[encoder].Modality.ToName()}";

    /// <summary>Refuses a request that would wait too long, as the HTTP route does.</summary>
    /// <exception cref="EncoderBusyException">It would.</exception>
    public void Admit(int encoder) => _encoders[encoder].Encoder.GetService<EncoderLoad>()?.Admit(RequestPriority.Interactive);

    /// <summary>Encodes one of the inputs.</summary>
    /// <returns>What it took.</returns>
    public async Task<EncodeLedger> SendAsync(int encoder, int input, CancellationToken cancellationToken)
    {
        var (_, generator, inputs) = _encoders[encoder];
        return EncodeLedger.Of(await generator.GenerateAsync([inputs[input % inputs.Count]], cancellationToken: cancellationToken)) ?? new EncodeLedger();
    }
}
