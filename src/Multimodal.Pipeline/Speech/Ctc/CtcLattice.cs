using System.Numerics.Tensors;

namespace Multimodal.Pipeline.Speech.Ctc;

/// <summary>The natural logarithms of each label's probability at each step.</summary>
internal sealed class CtcLattice
{
    private readonly double[] _values;

    private CtcLattice(double[] values, int labels)
    {
        _values = values;
        Labels = labels;
        Steps = values.Length / labels;
    }

    /// <summary>The number of steps, 0 or more.</summary>
    public int Steps { get; }

    /// <summary>The number of labels, the blank among them.</summary>
    public int Labels { get; }

    /// <summary>The logarithms of a step, by label.</summary>
    public ReadOnlySpan<double> this[int step] => _values.AsSpan(step * Labels, Labels);

    /// <summary>Makes it of scores [steps, labels]: logits, or logarithms of probabilities, which stay what they are.</summary>
    public static CtcLattice Of(ReadOnlySpan<float> scores, int labels)
    {
        var values = new double[scores.Length];
        TensorPrimitives.ConvertChecked(scores, values);
        for (var at = 0; at < values.Length; at += labels)
        {
            var row = values.AsSpan(at, labels);
            var greatest = TensorPrimitives.Max<double>(row);
            var sum = 0.0;
            foreach (var value in row)
            {
                sum += Math.Exp(value - greatest);
            }

            TensorPrimitives.Subtract(row, greatest + Math.Log(sum), row);
        }

        return new CtcLattice(values, labels);
    }
}
