using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Models.HuggingFace;

/// <summary>An encoder of a pipeline that was made, and how it was found.</summary>
/// <param name="Modality">What it encodes.</param>
/// <param name="Definition">What stands in <c>pipeline.json</c>.</param>
/// <param name="Signature">What its model takes and gives.</param>
/// <param name="Preprocessing">How its inputs are made, in a few words.</param>
/// <param name="Norm">The length of the embedding that it gave for a small input.</param>
/// <param name="Milliseconds">The time that it took for it, preprocessing among it.</param>
public sealed record ImportedEncoder(
    Modality Modality, EncoderDefinition Definition, ModelSignature Signature, string Preprocessing, double Norm, double Milliseconds);
