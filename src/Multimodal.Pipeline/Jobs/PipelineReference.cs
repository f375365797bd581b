namespace Multimodal.Pipeline.Jobs;

/// <summary>Which pipeline made a result.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Digest">SHA-256 of its definition, in lower-case hexadecimal.</param>
public sealed record PipelineReference(string Name, string Version, string Digest);
