using System.Buffers;

namespace Multimodal.Pipeline.Preprocessing.Audio.Extractors;

/// <summary>Steps that several extractors share.</summary>
internal static class SpectrumSteps
{
    /// <summary>
    /// Lays samples into a rented array of this length with zeros behind, and mirrors it at both ends without repeating the outermost
    /// samples, so that frames centred on the first and on the last sample are whole.
    /// </summary>
    /// <returns>length + 2 · margin samples; the caller gives the array back.</returns>
    public static float[] RentMirrored(ReadOnlySpan<float> samples, int length, int margin)
    {
        var padded = ArrayPool<float>.Shared.Rent(length + (2 * margin));
        var middle = padded.AsSpan(margin, length);
        samples.CopyTo(middle);
        middle[samples.Length..].Clear();
        for (var i = 1; i <= margin; i++)
        {
            padded[margin - i] = middle[i];
            padded[margin + length - 1 + i] = middle[length - 1 - i];
        }

        return padded;
    }

    /// <summary>From [rows, columns] to [columns, rows].</summary>
    public static float[] Transpose(ReadOnlySpan<float> values, int rows, int columns)
    {
        var turned = new float[values.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                turned[(column * rows) + row] = values[(row * columns) + column];
            }
        }

        return turned;
    }
}
