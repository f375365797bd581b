namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>Where the parts of a WAV file lie.</summary>
/// <param name="Format">How its samples are stored.</param>
/// <param name="DataStart">Offset of the first sample.</param>
/// <param name="DataLength">Bytes of samples that the file holds.</param>
/// <param name="MissingBytes">Bytes of samples that the header announces and the file lacks.</param>
internal sealed record WavLayout(WavFormat Format, int DataStart, int DataLength, long MissingBytes);
