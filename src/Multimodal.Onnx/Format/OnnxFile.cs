namespace Multimodal.Onnx.Format;

/// <summary>What an ONNX file says of itself before any network is made of it.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="IrVersion">The version of the format; 0 where it states none.</param>
/// <param name="Opsets">The version of each set of operators by its domain; that of ONNX itself has the empty name.</param>
/// <param name="ExternalData">The files beside it that hold its large tensors, relative to its folder, each once, sorted.</param>
/// <param name="Bytes">How much it and the files beside it take; one that is not there counts nothing.</param>
internal sealed record OnnxFile(
    string Path, long IrVersion, IReadOnlyDictionary<string, long> Opsets, IReadOnlyList<string> ExternalData, long Bytes)
{
    /// <summary>SHA-256 in hexadecimal of it and of the files beside it, by their full paths; null where no pipeline vouches for them.</summary>
    public IReadOnlyDictionary<string, string>? Hashes { get; init; }
}
