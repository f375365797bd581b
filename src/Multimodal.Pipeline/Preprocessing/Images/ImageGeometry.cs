namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>
/// Where a picture comes to lie in a tensor: it is resized, a part of it is kept, and that part is padded with zeros. All in pixels of
/// the upright picture.
/// </summary>
/// <param name="ResizedWidth">The width that the whole picture is resized to.</param>
/// <param name="ResizedHeight">The height that the whole picture is resized to.</param>
/// <param name="Columns">What is kept across.</param>
/// <param name="Rows">What is kept down.</param>
public sealed record ImageGeometry(long ResizedWidth, long ResizedHeight, ImageSpan Columns, ImageSpan Rows);
