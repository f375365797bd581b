using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;

namespace Multimodal.Onnx.Sessions;

/// <summary>
/// A session whose runs may be bound to buffers of its own, in memory that its device likes. The buffers are kept for the next runs, as many
/// sets as there are runs at once, and go before the session does. Safe for concurrent use.
/// </summary>
internal sealed class BoundSession : InferenceSession
{
    private readonly ConcurrentStack<RunBinding> _idle = [];
    private readonly OrtAllocator? _allocator;

    /// <param name="path">The model file.</param>
    /// <param name="options">How it is opened.</param>
    /// <param name="memory">What the buffers lie in, where the session has such memory; otherwise they lie in ordinary memory.</param>
    public BoundSession(string path, SessionOptions options, BoundMemory memory)
        : base(path, options) => _allocator = memory.AllocatorOf(this);

    /// <param name="model">The model.</param>
    /// <param name="options">How it is opened.</param>
    /// <param name="memory">What the buffers lie in, where the session has such memory; otherwise they lie in ordinary memory.</param>
    public BoundSession(byte[] model, SessionOptions options, BoundMemory memory)
        : base(model, options) => _allocator = memory.AllocatorOf(this);

    /// <summary>Whether it has the memory that was wished for.</summary>
    public bool HasMemory => _allocator is not null;

    /// <summary>Buffers for a run. Dispose of them when the run has ended and its outputs are read; the session is not closed before.</summary>
    public RunBinding Rent() => _idle.TryPop(out var binding) ? binding : new RunBinding(this, _allocator);

    /// <summary>Takes the buffers of a run back.</summary>
    internal void Return(RunBinding binding) => _idle.Push(binding);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            while (_idle.TryPop(out var binding))
            {
                binding.Close();
            }

            _allocator?.Dispose();
        }

        base.Dispose(disposing);
    }
}
