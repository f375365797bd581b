using System.Numerics;

namespace Multimodal.Onnx.Batching;

/// <summary>
/// What an item of a network costs, in seconds of a run, by the item's size and the size of the batch, each in classes of powers of two:
/// averages in which the newest run has a fifth of the weight. Not safe for concurrent use: its batcher locks.
/// </summary>
internal sealed class RunCosts
{
    /// <summary>How many classes of sizes there are.</summary>
    public const int SizeClasses = 32;

    private const double Newest = 0.2;
    private const int BatchClasses = 13;

    private readonly double[,] _seconds = new double[SizeClasses, BatchClasses];

    /// <summary>The class of a size: 0 for 0 and 1, 1 for 2 and 3, 2 for 4 to 7 …</summary>
    public static int ClassOf(int size) => BitOperations.Log2((uint)Math.Max(1, size));

    /// <summary>Notes a run.</summary>
    /// <param name="sizeClass">The class of its largest item's size.</param>
    /// <param name="batch">Its items.</param>
    /// <param name="seconds">How long it took.</param>
    public void Note(int sizeClass, int batch, double seconds)
    {
        ref var kept = ref _seconds[sizeClass, BatchClassOf(batch)];
        var each = seconds / batch;
        kept = kept > 0 ? kept + (Newest * (each - kept)) : each;
    }

    /// <summary>
    /// What an item costs: what was noted of its class, else of the nearest batch, else of the nearest size, in proportion to it.
    /// </summary>
    /// <param name="sizeClass">The class of its size.</param>
    /// <param name="batch">How many share its run.</param>
    /// <returns>Seconds; 0 where nothing was noted.</returns>
    public double SecondsOf(int sizeClass, int batch)
    {
        var batchClass = BatchClassOf(batch);
        for (var distance = 0; distance < SizeClasses; distance++)
        {
            if (Nearest(sizeClass - distance, batchClass) is > 0 and var smaller)
            {
                return smaller * Math.Pow(2, distance);
            }

            if (Nearest(sizeClass + distance, batchClass) is > 0 and var larger)
            {
                return larger * Math.Pow(2, -distance);
            }
        }

        return 0;
    }

    private double Nearest(int sizeClass, int batchClass)
    {
        if (sizeClass is < 0 or >= SizeClasses)
        {
            return 0;
        }

        for (var distance = 0; distance < BatchClasses; distance++)
        {
            var (smaller, larger) = (batchClass - distance, batchClass + distance);
            if (smaller >= 0 && _seconds[sizeClass, smaller] > 0)
            {
                return _seconds[sizeClass, smaller];
            }

            if (larger < BatchClasses && _seconds[sizeClass, larger] > 0)
            {
                return _seconds[sizeClass, larger];
            }
        }

        return 0;
    }

    private static int BatchClassOf(int batch) => Math.Min(BitOperations.Log2((uint)Math.Max(1, batch)), BatchClasses - 1);
}
