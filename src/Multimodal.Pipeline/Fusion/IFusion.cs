namespace Multimodal.Pipeline.Fusion;

/// <summary>Makes one embedding of those of the modalities that are present. Safe for concurrent use.</summary>
public interface IFusion
{
    /// <summary>The method's name in <c>pipeline.json</c>: one of <see cref="FusionMethods"/>.</summary>
    string Method { get; }

    /// <summary>Fuses a batch.</summary>
    /// <param name="inputs">What is present, one after the other; none depends on another.</param>
    /// <returns>One embedding for each input, in their order.</returns>
    IReadOnlyList<FusedEmbedding> Fuse(IReadOnlyList<FusionInput> inputs);
}
