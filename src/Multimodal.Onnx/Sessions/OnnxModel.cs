using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Multimodal.Onnx.Format;
using Multimodal.Pipeline.Models;

namespace Multimodal.Onnx.Sessions;

/// <summary>
/// A network, the checks of its signature, and its runs. Its session is opened when it is needed and may be closed in between. Runs may be
/// concurrent.
/// </summary>
internal sealed class OnnxModel : IDisposable
{
    // What goes wrong is thrown; the native log would only repeat it on standard error.
    private readonly RunOptions _runOptions = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
    private readonly ResourcePool<InferenceSession>.Slot _session;

    private OnnxModel(string path, ResourcePool<InferenceSession>.Slot session)
    {
        Path = path;
        _session = session;
        using var lease = session.Rent();
        (Inputs, Outputs) = (lease.Resource.InputMetadata, lease.Resource.OutputMetadata);
        IsBound = lease.Resource is BoundSession;
    }

    /// <summary>What takes an output: its elements, row-major, and its shape, batch first.</summary>
    public delegate T OutputReader<out T>(ReadOnlySpan<float> values, ReadOnlySpan<long> shape);

    /// <summary>The file it is opened from, for messages.</summary>
    public string Path { get; }

    /// <summary>The inputs that it declares, in its order.</summary>
    public IReadOnlyDictionary<string, NodeMetadata> Inputs { get; }

    /// <summary>The outputs that it declares.</summary>
    public IReadOnlyDictionary<string, NodeMetadata> Outputs { get; }

    /// <summary>Whether its sessions are <see cref="BoundSession"/>s.</summary>
    public bool IsBound { get; }

    /// <summary>Opens a network.</summary>
    /// <param name="file">The file.</param>
    /// <param name="sessions">What opens sessions.</param>
    /// <param name="threads">Threads within a run.</param>
    /// <param name="identity">Names the content of the file and of those beside it; null where nothing does.</param>
    /// <param name="owner">The pipeline that it belongs to; null where it belongs to none.</param>
    /// <exception cref="PipelineException">The file is no model that this runtime reads.</exception>
    public static OnnxModel Open(OnnxFile file, SessionOpener sessions, int threads, string? identity = null, PoolShare? owner = null)
    {
        var session = sessions.Declare(file, threads, identity, owner);
        try
        {
            return new OnnxModel(file.Path, session);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The shape that an input declares, batch first; -1 where it is free.</summary>
    /// <exception cref="PipelineException">There is no such input, or its element type differs.</exception>
    public int[] RequireInput(string name, TensorElementType type) => Require("input", Inputs, name, type);

    /// <summary>The element type and the shape that an input declares, batch first; -1 where it is free.</summary>
    /// <exception cref="PipelineException">There is no such input.</exception>
    public (TensorElementType Type, int[] Shape) RequireInput(string name) => Find("input", Inputs, name);

    /// <summary>The element type and the shape that an output declares, batch first; -1 where it is free.</summary>
    /// <exception cref="PipelineException">There is no such output.</exception>
    public (TensorElementType Type, int[] Shape) RequireOutput(string name) => Find("output", Outputs, name);

    /// <summary>The shape that an output declares, batch first; -1 where it is free.</summary>
    /// <exception cref="PipelineException">There is no such output, or its element type differs.</exception>
    public int[] RequireOutput(string name, TensorElementType type) => Require("output", Outputs, name, type);

    /// <summary>Runs the network for one output of float32 or float16.</summary>
    /// <param name="names">The names of the inputs.</param>
    /// <param name="values">The inputs; the first dimension of each is the batch.</param>
    /// <param name="output">The output's name, alone in a list.</param>
    /// <param name="items">How many items the batch has.</param>
    /// <param name="read">Takes what it needs of the output, which is gone afterwards.</param>
    /// <exception cref="PipelineException">The network refuses the inputs, or the output is not one of that many items.</exception>
    /// <exception cref="OnnxRuntimeException">There is not enough memory: <see cref="MemoryFaults"/>.</exception>
    public T Run<T>(
        IReadOnlyCollection<string> names, IReadOnlyCollection<OrtValue> values, IReadOnlyCollection<string> output, int items, OutputReader<T> read)
    {
        using var session = _session.Rent();
        using var outputs = new RunOutputs(Path, [.. output], Start(session.Resource, names, values, output), items);
        return outputs.Read(0, read);
    }

    /// <summary>Runs the network for several outputs of float32 or float16.</summary>
    /// <param name="names">The names of the inputs.</param>
    /// <param name="values">The inputs; the first dimension of each is the batch.</param>
    /// <param name="outputs">The outputs' names.</param>
    /// <param name="items">How many items the batch has.</param>
    /// <param name="read">Reads the outputs, which are gone afterwards.</param>
    /// <exception cref="PipelineException">The network refuses the inputs, or an output is not one of that many items.</exception>
    /// <exception cref="OnnxRuntimeException">There is not enough memory: <see cref="MemoryFaults"/>.</exception>
    public T Run<T>(
        IReadOnlyCollection<string> names, IReadOnlyCollection<OrtValue> values, IReadOnlyList<string> outputs, int items, Func<RunOutputs, T> read)
    {
        using var session = _session.Rent();
        using var given = new RunOutputs(Path, outputs, Start(session.Resource, names, values, outputs), items);
        return read(given);
    }

    /// <summary>Runs the network in the buffers of a session that is rented.</summary>
    /// <param name="binding">The buffers, which hold the inputs.</param>
    /// <param name="names">The names of the inputs.</param>
    /// <param name="values">The inputs; the first dimension of each is the batch.</param>
    /// <param name="outputs">The outputs' names.</param>
    /// <param name="items">How many items the batch has.</param>
    /// <param name="read">Reads the outputs, which are gone afterwards.</param>
    /// <exception cref="PipelineException">The network refuses the inputs, or an output is not one of that many items.</exception>
    /// <exception cref="OnnxRuntimeException">There is not enough memory: <see cref="MemoryFaults"/>.</exception>
    public T Run<T>(
        RunBinding binding,
        IReadOnlyCollection<string> names,
        IReadOnlyCollection<OrtValue> values,
        IReadOnlyList<string> outputs,
        int items,
        Func<RunOutputs, T> read)
    {
        var known = outputs.Select(name => Foresee(name, items)).ToArray();
        using var given = new RunOutputs(Path, outputs, Guard(() => binding.Run(_runOptions, names, values, known)), items);
        return read(given);
    }

    /// <summary>How long the session will take to be opened, as last time; zero where it is open.</summary>
    public TimeSpan OpeningTime => _session.OpeningTime;

    /// <summary>Opens the session where it is not open.</summary>
    public void OpenSession() => _session.Rent().Dispose();

    /// <summary>The session, for runs that belong together; while it is rented it stays open.</summary>
    public ResourcePool<InferenceSession>.Lease Rent() => _session.Rent();

    /// <summary>Closes the session as soon as no run uses it; the next run opens another.</summary>
    public void Recycle() => _session.Retire();

    public void Dispose()
    {
        _session.Dispose();
        _runOptions.Dispose();
    }

    /// <summary>Reads a value of float32 or float16.</summary>
    public static T Read<T>(OrtValue value, long[] shape, OutputReader<T> read)
    {
        if (value.GetTensorTypeAndShape().ElementDataType == TensorElementType.Float)
        {
            return read(value.GetTensorDataAsSpan<float>(), shape);
        }

        var halves = MemoryMarshal.Cast<Float16, Half>(value.GetTensorDataAsSpan<Float16>());
        var floats = ArrayPool<float>.Shared.Rent(halves.Length);
        try
        {
            TensorPrimitives.ConvertToSingle(halves, floats);
            return read(floats.AsSpan(0, halves.Length), shape);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(floats);
        }
    }

    /// <summary>Runs a rented session; the caller disposes of the outputs.</summary>
    /// <exception cref="PipelineException">The network refuses the inputs.</exception>
    /// <exception cref="OnnxRuntimeException">There is not enough memory: <see cref="MemoryFaults"/>.</exception>
    public IDisposableReadOnlyCollection<OrtValue> Start(
        InferenceSession session, IReadOnlyCollection<string> names, IReadOnlyCollection<OrtValue> values, IReadOnlyCollection<string> output) =>
        Guard(() => session.Run(_runOptions, names, values, output));

    /// <summary>What is known of an output before a run of so many items.</summary>
    internal KnownOutput Foresee(string name, int items)
    {
        if (!Outputs.TryGetValue(name, out var node)
            || !node.IsTensor
            || node.ElementDataType is not (TensorElementType.Float or TensorElementType.Float16)
            || node.Dimensions is not [var batch, _, ..] shape
            || (batch >= 0 && batch != items)
            || shape.Skip(1).Any(extent => extent <= 0))
        {
            return new KnownOutput(name, default, null);
        }

        // Exporters write down extents that hold for the example they saw. An embedding's is checked, and others cannot differ where the
        // inputs' cannot.
        var isSure = shape.Length == 2 || Inputs.Values.All(input => input.Dimensions.Skip(1).All(extent => extent > 0));
        long[] known = [items, .. shape.Skip(1)];
        return new KnownOutput(name, node.ElementDataType, isSure && known.Aggregate(1.0, (product, extent) => product * extent) <= int.MaxValue ? known : null);
    }

    // What a network refuses is told from what may pass.
    private T Guard<T>(Func<T> run)
    {
        try
        {
            return run();
        }
        catch (OnnxRuntimeException e) when (!MemoryFaults.Is(e) && !e.Message.Contains("CUDA", StringComparison.Ordinal))
        {
            // Want of memory may pass, and what ails a device; what else a network refuses, it refuses again.
            throw new PipelineException($"{Path} cannot process such inputs: {e.Message}", e);
        }
    }

    private int[] Require(string kind, IReadOnlyDictionary<string, NodeMetadata> metadata, string name, TensorElementType type)
    {
        var (declared, shape) = Find(kind, metadata, name);
        return declared == type ? shape : throw new PipelineException($"The {kind} '{name}' of {Path} is {declared}, not {type}.");
    }

    private (TensorElementType Type, int[] Shape) Find(string kind, IReadOnlyDictionary<string, NodeMetadata> metadata, string name) =>
        metadata.TryGetValue(name, out var node) && node.IsTensor
            ? (node.ElementDataType, node.Dimensions)
            : throw new PipelineException($"{Path} has no {kind} tensor '{name}'; it has: {string.Join(", ", metadata.Keys)}.");
}
