using System.Collections.Concurrent;

namespace Multimodal.Onnx.Encoders;

/// <summary>Sets of buffers, one for each input of a model; as many sets as there are runs at once. Safe for concurrent use.</summary>
internal sealed class BufferPool(int inputs) : IDisposable
{
    private readonly ConcurrentBag<AlignedBuffer[]> _idle = [];
    private volatile bool _disposed;

    public AlignedBuffer[] Rent() =>
        _idle.TryTake(out var buffers) ? buffers : [.. Enumerable.Range(0, inputs).Select(_ => new AlignedBuffer())];

    public void Return(AlignedBuffer[] buffers)
    {
        if (_disposed)
        {
            Free(buffers);
        }
        else
        {
            _idle.Add(buffers);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var buffers))
        {
            Free(buffers);
        }
    }

    private static void Free(AlignedBuffer[] buffers) => Array.ForEach(buffers, buffer => buffer.Dispose());
}
