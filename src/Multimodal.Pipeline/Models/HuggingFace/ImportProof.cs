using System.Diagnostics;
using System.Numerics.Tensors;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Pipeline.Models.HuggingFace;

/// <summary>Proves a pipeline that was put together: what will be loaded later is loaded, and encodes a small input of each modality.</summary>
internal sealed class ImportProof(PreprocessorFactory preprocessors, IModelFactory models)
{
    /// <summary>Proves it.</summary>
    /// <returns>The encoders with what they took.</returns>
    /// <exception cref="PipelineException">It cannot be loaded, or an encoder gives nothing usable.</exception>
    public async Task<IReadOnlyList<ImportedEncoder>> RunAsync(
        string name, SortedDictionary<Modality, ImportedEncoder> encoders, StagingFolder staging, CancellationToken cancellationToken)
    {
        using var pipeline = new LoadedPipeline(staging.Repository.Load(name), preprocessors, models);
        var proved = new List<ImportedEncoder>();
        foreach (var (modality, encoder) in encoders)
        {
            var begun = Stopwatch.GetTimestamp();
            var features = EncoderStager.Preprocess(pipeline.Preprocessor(modality), modality);
            proved.Add(encoder with
            {
                Norm = await ProveAsync(pipeline, encoder, features, cancellationToken),
                Milliseconds = Stopwatch.GetElapsedTime(begun).TotalMilliseconds,
            });
        }

        foreach (var (space, encoder) in pipeline.Definition.LabelEncoders)
        {
            var embedding = (await pipeline.Texts.EncodeAsync(space, ["a red house"], cancellationToken))[0];
            NormOf(embedding, $"{encoder.Model} gives no usable embedding for a label");
        }

        return proved;
    }

    private static async Task<double> ProveAsync(LoadedPipeline pipeline, ImportedEncoder encoder, Features features, CancellationToken cancellationToken)
    {
        try
        {
            var embedding = (await pipeline.Encoder(encoder.Modality).GenerateAsync([features], cancellationToken: cancellationToken))[0].Vector;
            return NormOf(embedding, $"{encoder.Definition.Model} gives no usable embedding for a small {encoder.Modality.ToName()} input");
        }
        catch (InputException) when (encoder.Definition.Transcription?.Through is not null)
        {
            // It ran, and heard no words in a tone: there is nothing to embed.
            return 0;
        }
    }

    private static double NormOf(ReadOnlyMemory<float> embedding, string fault)
    {
        var norm = TensorPrimitives.Norm(embedding.Span);
        return float.IsFinite(norm) && norm > 0 ? norm : throw new PipelineException($"{fault}: its values are zero or not finite.");
    }
}
