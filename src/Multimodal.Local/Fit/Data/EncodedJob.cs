using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Fit.Data;

/// <summary>A labelled job after its encoders: the mean embedding of each modality that it has.</summary>
internal sealed record EncodedJob(string Name, string Label, string? Group, IReadOnlyDictionary<Modality, float[]> Embeddings);
