namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>What an image's header announces.</summary>
/// <param name="Width">Width as stored, before orientation, in pixels.</param>
/// <param name="Height">Height as stored, before orientation, in pixels.</param>
/// <param name="Frames">Number of frames or pages, 1 or more.</param>
/// <param name="Orientation">EXIF orientation, 1 to 8; 1 where none is given.</param>
public sealed record ImageHeader(int Width, int Height, int Frames, int Orientation);
