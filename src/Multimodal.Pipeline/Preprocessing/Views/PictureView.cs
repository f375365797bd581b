namespace Multimodal.Pipeline.Preprocessing.Views;

/// <summary>A picture as its encoder sees it, in values that can be shown.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Channels">1: grey; 3: red, green, blue, side by side for each pixel.</param>
/// <param name="Pixels">Row by row from the top left, 0 (black) to 255; in JSON in Base64.</param>
public sealed record PictureView(int Width, int Height, int Channels, byte[] Pixels);
