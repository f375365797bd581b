using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Multimodal.Local.Evaluation.Degradation;

/// <summary>Principal components of pictures as vectors of raw levels, 0 to 255.</summary>
internal sealed class PrincipalComponents
{
    private readonly double[] _mean;

    /// <summary>Orthonormal, in falling order of the variance along them.</summary>
    private readonly double[][] _directions;

    /// <summary>The share of the variance that the first components hold together: [0] of one, [1] of two.</summary>
    private readonly double[] _held;

    private PrincipalComponents(double[] mean, double[][] directions, double[] held)
    {
        _mean = mean;
        _directions = directions;
        _held = held;
    }

    /// <summary>Fits: the eigenvectors of the pixels' covariance.</summary>
    /// <param name="pictures">At least one, all of one size.</param>
    public static PrincipalComponents Fit(IReadOnlyList<byte[]> pictures)
    {
        var size = pictures[0].Length;
        var (mean, products) = Moments(pictures, size);
        var covariance = Matrix<double>.Build.Dense(size, size);
        for (var row = 0; row < size; row++)
        {
            for (var column = row; column < size; column++)
            {
                var value = (products[row][column] / pictures.Count) - (mean[row] * mean[column]);
                covariance[row, column] = value;
                covariance[column, row] = value;
            }
        }

        var eigen = covariance.Evd(Symmetricity.Symmetric);
        var order = Enumerable.Range(0, size).OrderByDescending(i => eigen.EigenValues[i].Real).ToArray();
        return new PrincipalComponents(
            mean,
            [.. order.Select(i => eigen.EigenVectors.Column(i).ToArray())],
            Shares([.. order.Select(i => Math.Max(0, eigen.EigenValues[i].Real))]));
    }

    /// <summary>The fewest leading components that hold this share of the variance, at least 1; all of them for 1.</summary>
    public int CountFor(double share)
    {
        // Rounding may keep the last sums below 1, or bring them there too early.
        var index = share >= 1 ? -1 : Array.FindIndex(_held, held => held >= share);
        return index < 0 ? _held.Length : index + 1;
    }

    /// <summary>The share of the variance, 0 to 1, that the first components hold.</summary>
    public double Held(int components) => _held[components - 1];

    /// <summary>A picture as its first components give it, clipped to 0–255 and rounded.</summary>
    public byte[] Reconstruct(byte[] picture, int components)
    {
        var centred = new double[picture.Length];
        for (var i = 0; i < centred.Length; i++)
        {
            centred[i] = picture[i] - _mean[i];
        }

        var rebuilt = (double[])_mean.Clone();
        foreach (var direction in _directions.AsSpan(0, components))
        {
            TensorPrimitives.MultiplyAdd(direction, TensorPrimitives.Dot<double>(centred, direction), rebuilt, rebuilt);
        }

        return [.. rebuilt.Select(level => (byte)Math.Round(Math.Clamp(level, 0, 255)))];
    }

    /// <summary>The mean, and the upper triangle of the sums of products; both exact, since the sums of whole numbers stay below 2^53.</summary>
    private static (double[] Mean, double[][] Products) Moments(IReadOnlyList<byte[]> pictures, int size)
    {
        var sums = new double[size];
        var products = Enumerable.Range(0, size).Select(_ => new double[size]).ToArray();
        var levels = new double[size];
        foreach (var picture in pictures)
        {
            TensorPrimitives.ConvertChecked<byte, double>(picture, levels);
            TensorPrimitives.Add<double>(sums, levels, sums);
            for (var i = 0; i < size; i++)
            {
                // Most pixels of a drawing are empty.
                if (levels[i] != 0)
                {
                    var row = products[i].AsSpan(i);
                    TensorPrimitives.MultiplyAdd(levels.AsSpan(i), levels[i], row, row);
                }
            }
        }

        TensorPrimitives.Divide(sums, pictures.Count, sums);
        return (sums, products);
    }

    private static double[] Shares(double[] variances)
    {
        var total = variances.Sum();
        var held = 0.0;
        return [.. variances.Select(variance => total > 0 ? (held += variance) / total : 1)];
    }
}
