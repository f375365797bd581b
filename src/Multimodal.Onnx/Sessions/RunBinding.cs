using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Multimodal.Onnx.Encoders;

namespace Multimodal.Onnx.Sessions;

/// <summary>
/// The buffers of one run at a time, and what ties the run to them: inputs are copied to the device when they are bound, outputs of a known
/// shape are copied from it straight to their buffer. Not safe for concurrent use.
/// </summary>
internal sealed class RunBinding : IDisposable
{
    private readonly BoundSession _session;
    private readonly OrtIoBinding _binding;

    /// <param name="session">What it belongs to.</param>
    /// <param name="allocator">What the buffers are taken from; null: ordinary memory.</param>
    public RunBinding(BoundSession session, OrtAllocator? allocator)
    {
        _session = session;
        Inputs = Buffers(session.InputMetadata.Count, allocator);
        Outputs = Buffers(session.OutputMetadata.Count, allocator);
        _binding = session.CreateIoBinding();
    }

    /// <summary>A buffer for each input of the model.</summary>
    public AlignedBuffer[] Inputs { get; }

    /// <summary>A buffer for each output that is asked for, in that order; what is not known beforehand does not lie there.</summary>
    public AlignedBuffer[] Outputs { get; }

    /// <summary>Whether its session was closed.</summary>
    public bool IsClosed => _binding.IsClosed;

    /// <summary>Runs the session; the caller disposes of the outputs before this.</summary>
    /// <param name="options">How.</param>
    /// <param name="names">The names of the inputs.</param>
    /// <param name="values">The inputs.</param>
    /// <param name="outputs">The outputs that are asked for, and how large they will be where that is known.</param>
    /// <exception cref="OnnxRuntimeException">The network refuses the inputs, or there is not enough memory.</exception>
    public IDisposableReadOnlyCollection<OrtValue> Run(
        RunOptions options, IEnumerable<string> names, IEnumerable<OrtValue> values, IReadOnlyList<KnownOutput> outputs)
    {
        try
        {
            foreach (var (name, value) in names.Zip(values))
            {
                _binding.BindInput(name, value);
            }

            for (var i = 0; i < outputs.Count; i++)
            {
                Bind(outputs[i], Outputs[i]);
            }

            // The copies to the device and from it need not be ordered with the run otherwise. It waits for all that the device is at.
            _binding.SynchronizeBoundInputs();
            _session.RunWithBinding(options, _binding);
            _binding.SynchronizeBoundOutputs();
            return _binding.GetOutputValues();
        }
        catch (OnnxRuntimeException)
        {
            // What was begun on the device may still write to the buffers.
            _binding.SynchronizeBoundOutputs();
            throw;
        }
        finally
        {
            // It would keep what lies on the device, and lead the next run to what is no longer there.
            _binding.ClearBoundInputs();
            _binding.ClearBoundOutputs();
        }
    }

    /// <summary>Gives the buffers back to the session.</summary>
    public void Dispose() => _session.Return(this);

    /// <summary>Lets go of the buffers, for the session is about to close.</summary>
    public void Close()
    {
        _binding.Dispose();
        Array.ForEach(Inputs, buffer => buffer.Dispose());
        Array.ForEach(Outputs, buffer => buffer.Dispose());
    }

    private void Bind(KnownOutput output, AlignedBuffer buffer)
    {
        if (output.Shape is not { } shape)
        {
            _binding.BindOutputToDevice(output.Name, OrtMemoryInfo.DefaultInstance);
            return;
        }

        var elements = (int)shape.Aggregate(1L, (product, extent) => product * extent);
        var bytes = output.Type == TensorElementType.Float ? buffer.Take<float>(elements).Length * (long)sizeof(float) : buffer.Take<Half>(elements).Length * 2L;
        using var value = OrtValue.CreateTensorValueWithData(AlignedBuffer.Memory, output.Type, shape, buffer.Address, bytes);
        _binding.BindOutput(output.Name, value);
    }

    private static AlignedBuffer[] Buffers(int count, OrtAllocator? allocator) =>
        [.. Enumerable.Range(0, count).Select(_ => new AlignedBuffer(allocator))];
}
