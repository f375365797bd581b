namespace Multimodal.Pipeline.Tensors;

/// <summary>What a safetensors file holds.</summary>
/// <param name="Tensors">The tensors by name.</param>
/// <param name="Metadata">The header's free text entries.</param>
public sealed record SafetensorsFile(
    IReadOnlyDictionary<string, HostTensor> Tensors, IReadOnlyDictionary<string, string> Metadata);
