using Multimodal.Local.Evaluation.Randomness;
using Multimodal.Pipeline.Preprocessing.Images;

namespace Multimodal.Local.Evaluation.Degradation;

/// <summary>Degrades grey pictures: only the leading principal components stay, then a square at a random place is set to zero.</summary>
internal sealed class PictureDegrader
{
    private readonly PrincipalComponents _components;
    private readonly int _side;
    private readonly long _seed;

    public PictureDegrader(PrincipalComponents components, DegradationLevel level, long seed)
    {
        _components = components;
        _side = level.SquareSide;
        _seed = seed;
        Components = components.CountFor(level.Variance);
    }

    /// <summary>How many components stay.</summary>
    public int Components { get; }

    /// <summary>Degrades.</summary>
    /// <param name="picture">Grey, of the size that the components were fitted on.</param>
    /// <param name="item">The picture's number among those tested: it chooses the place.</param>
    public PixelBuffer Degrade(PixelBuffer picture, int item)
    {
        var degraded = new PixelBuffer(picture.Width, picture.Height, 1, _components.Reconstruct(picture.Pixels, Components));
        var random = RandomStream.For(_seed, RandomPurpose.Square, item);
        var left = random.Next(picture.Width - _side + 1);
        var top = random.Next(picture.Height - _side + 1);
        for (var y = top; y < top + _side; y++)
        {
            degraded.Pixels.AsSpan((y * picture.Width) + left, _side).Clear();
        }

        return degraded;
    }
}
