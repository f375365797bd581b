namespace Multimodal.Pipeline.Preprocessing.Detection;

/// <summary>A kind of file that is known and not read.</summary>
/// <param name="Kind">Its name with an article, to stand after "is".</param>
/// <param name="Remedy">What its sender can do.</param>
internal sealed record RefusedFormat(string Kind, string Remedy);
