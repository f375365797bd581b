using Multimodal.Pipeline.Preprocessing.Images;

namespace Multimodal.Pipeline.Tests.Preprocessing.Images;

public sealed class ExifOrientationTests
{
    // The letter F of three by two pixels, as EXIF stores it in each orientation; upright it is abc / def.
    [Theory]
    [InlineData(1, 3, "abcdef")]
    [InlineData(2, 3, "cbafed")]
    [InlineData(3, 3, "fedcba")]
    [InlineData(4, 3, "defabc")]
    [InlineData(5, 2, "adbecf")]
    [InlineData(6, 2, "cfbead")]
    [InlineData(7, 2, "fcebda")]
    [InlineData(8, 2, "daebfc")]
    [InlineData(0, 3, "abcdef")]
    [InlineData(9, 3, "abcdef")]
    public void Apply_EveryOrientation_GivesTheUprightPicture(int orientation, int storedWidth, string stored)
    {
        var pixels = stored.SelectMany(c => new[] { (byte)c, (byte)1, (byte)2 }).ToArray();

        var upright = ExifOrientation.Apply(new PixelBuffer(storedWidth, 6 / storedWidth, 3, pixels), orientation);

        Assert.Equal((3, 2), (upright.Width, upright.Height));
        Assert.Equal("abcdef", string.Concat(upright.Pixels.Where((_, i) => i % 3 == 0).Select(p => (char)p)));
        Assert.All(upright.Pixels.Where((_, i) => i % 3 == 2), blue => Assert.Equal(2, blue));
    }
}
