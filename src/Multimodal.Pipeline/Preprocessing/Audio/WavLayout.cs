namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>Where the parts of a WAV file lie.</summary>
/// <param name="Format">How its samples are stored.</param>
/// <param name="DataStart">Offset of the first sample.</param>
/// <param name="DataLength">Bytes of whole samples that the file holds.</param>
/// <param name="AnnouncedLength">Bytes of samples that the header announces.</param>
/// <param name="IsTruncated">Whether the file ends before what is announced.</param>
internal sealed record WavLayout(WavFormat Format, int DataStart, int DataLength, long AnnouncedLength, bool IsTruncated);
