using Multimodal.Pipeline.Preprocessing.Views;

namespace Multimodal.Onnx.Blurring;

/// <summary>Makes a detector's input of a picture.</summary>
internal static class PictureInput
{
    /// <summary>The picture at the declared size, bilinear, as planes of the declared channels: [1, 3, height, width].</summary>
    public static float[] Of(PictureView picture, DetectorDeclaration declaration)
    {
        var (width, height) = (declaration.Width, declaration.Height);
        var values = new float[3 * width * height];
        for (var y = 0; y < height; y++)
        {
            var (top, bottom, down) = Between(y, height, picture.Height);
            for (var x = 0; x < width; x++)
            {
                var (left, right, across) = Between(x, width, picture.Width);
                for (var c = 0; c < 3; c++)
                {
                    var source = picture.Channels == 1 ? 0 : declaration.Bgr ? 2 - c : c;
                    var upper = Mix(Level(picture, left, top, source), Level(picture, right, top, source), across);
                    var lower = Mix(Level(picture, left, bottom, source), Level(picture, right, bottom, source), across);
                    values[(((c * height) + y) * width) + x] = (Mix(upper, lower, down) - declaration.Mean[c]) / declaration.Scale[c];
                }
            }
        }

        return values;
    }

    private static (int First, int Second, float Share) Between(int at, int length, int sourceLength)
    {
        var place = Math.Clamp(((at + 0.5f) * sourceLength / length) - 0.5f, 0, sourceLength - 1);
        var first = (int)place;
        return (first, Math.Min(first + 1, sourceLength - 1), place - first);
    }

    private static float Level(PictureView picture, int x, int y, int channel) => picture.Pixels[(((y * picture.Width) + x) * picture.Channels) + channel];

    private static float Mix(float a, float b, float share) => a + ((b - a) * share);
}
