using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>Turns rows of levels into planes of values, each by a table, at their place in the upright picture.</summary>
/// <param name="target">[3, height, width]; what the picture does not cover stays.</param>
/// <param name="plane">Elements from one channel's plane to the next.</param>
/// <param name="tables">The values of each channel's levels, [256] each.</param>
/// <param name="placement">Where rows and columns lie.</param>
/// <param name="channels">1, which is written to all planes, or 3.</param>
internal sealed class TensorSink(Memory<byte> target, int plane, float[][] tables, Placement placement, int channels) : IRowSink
{
    public void Write(int row, ReadOnlySpan<byte> pixels)
    {
        var values = MemoryMarshal.Cast<byte, float>(target.Span);
        var count = pixels.Length / channels;
        for (var c = 0; c < 3; c++)
        {
            var at = (c * plane) + placement.Origin + (row * placement.RowStep);

            // The loop below is not checked; the first and the last of its accesses are.
            _ = values[at];
            _ = values[at + ((count - 1) * placement.ColumnStep)];
            ref var to = ref Unsafe.Add(ref MemoryMarshal.GetReference(values), at);
            ref var from = ref Unsafe.Add(ref MemoryMarshal.GetReference(pixels), channels == 1 ? 0 : c);
            ref var table = ref MemoryMarshal.GetArrayDataReference(tables[c]);
            for (var x = 0; x < count; x++)
            {
                to = Unsafe.Add(ref table, from);
                to = ref Unsafe.Add(ref to, placement.ColumnStep);
                from = ref Unsafe.Add(ref from, channels);
            }
        }
    }
}
