using System.Numerics;
using System.Runtime.Intrinsics;
using Multimodal.Pipeline.Preprocessing.Audio.Spectra;

namespace Multimodal.Pipeline.Tests.Preprocessing.Audio.Spectra;

public sealed class VectorFourierTransformTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(10)]
    [InlineData(12)]
    [InlineData(18)]
    [InlineData(22)]
    [InlineData(98)]
    [InlineData(256)]
    [InlineData(400)]
    [InlineData(480)]
    [InlineData(512)]
    [InlineData(1024)]
    [InlineData(1102)]
    public void Power_AnyEvenLength_IsThatOfTheDefinition(int length)
    {
        Check<double>(length, 1e-11);
        Check<float>(length, 3e-6);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(401)]
    public void Constructor_LengthThatIsOddOrTooSmall_Throws(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new VectorFourierTransform<double>(length));

    // The error is measured against the greatest power of the frame.
    private static void Check<T>(int length, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(length);
        var lanes = Vector256<T>.Count;
        var frames = Enumerable.Range(0, lanes).Select(_ => Enumerable.Range(0, length).Select(_ => (random.NextDouble() * 2) - 1).ToArray()).ToArray();
        var vectors = new Vector256<T>[length];
        var values = new T[lanes];
        for (var i = 0; i < length; i++)
        {
            for (var lane = 0; lane < lanes; lane++)
            {
                values[lane] = T.CreateTruncating(frames[lane][i]);
            }

            vectors[i] = Vector256.Create<T>(values);
        }

        var power = new Vector256<T>[(length / 2) + 1];
        new VectorFourierTransform<T>(length).Power(vectors, new Vector256<T>[length], power);

        for (var lane = 0; lane < lanes; lane++)
        {
            var expected = Enumerable.Range(0, power.Length).Select(k => PowerAt(frames[lane], k)).ToArray();
            for (var k = 0; k < power.Length; k++)
            {
                Assert.Equal(expected[k], double.CreateTruncating(power[k][lane]), tolerance * expected.Max());
            }
        }
    }

    private static double PowerAt(double[] samples, int k)
    {
        var sum = Complex.Zero;
        for (var i = 0; i < samples.Length; i++)
        {
            sum += samples[i] * Complex.FromPolarCoordinates(1, -2 * Math.PI * ((long)k * i % samples.Length) / samples.Length);
        }

        return (sum.Real * sum.Real) + (sum.Imaginary * sum.Imaginary);
    }
}
