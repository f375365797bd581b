namespace Multimodal.Pipeline.Preprocessing;

/// <summary>An input as it was uploaded.</summary>
/// <param name="Name">The file name, for messages; its ending decides nothing.</param>
/// <param name="Bytes">The whole file.</param>
public sealed record InputContent(string Name, ReadOnlyMemory<byte> Bytes);
