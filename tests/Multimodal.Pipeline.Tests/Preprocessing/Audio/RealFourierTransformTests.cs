using System.Numerics;
using CsCheck;
using Multimodal.Pipeline.Preprocessing.Audio;

namespace Multimodal.Pipeline.Tests.Preprocessing.Audio;

public sealed class RealFourierTransformTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(64)]
    [InlineData(256)]
    public void Power_AnySamples_EqualsTheDefinition(int length)
    {
        var transform = new RealFourierTransform(length);
        Gen.Double[-1, 1].Array[length].Sample(
            samples =>
            {
                var power = new double[(length / 2) + 1];
                transform.Power(samples, power, new double[length]);

                for (var k = 0; k < power.Length; k++)
                {
                    var sum = Complex.Zero;
                    for (var i = 0; i < length; i++)
                    {
                        sum += samples[i] * Complex.Exp(new Complex(0, -2 * Math.PI * k * i / length));
                    }

                    Assert.Equal((sum * Complex.Conjugate(sum)).Real, power[k], 1e-9);
                }
            },
            iter: 20);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(200)]
    public void Constructor_LengthThatIsNoPowerOfTwo_Throws(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RealFourierTransform(length));
}
