using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Multimodal.Pipeline.Models;

namespace Multimodal.Onnx;

/// <summary>An open session, and the checks of its signature. Runs may be concurrent.</summary>
internal sealed class OnnxModel : IDisposable
{
    // What goes wrong is thrown; the native log would only repeat it on standard error.
    private readonly RunOptions _runOptions = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };

    private OnnxModel(string path, InferenceSession session)
    {
        Path = path;
        Session = session;
    }

    /// <summary>The file it was opened from, for messages.</summary>
    public string Path { get; }

    /// <summary>The session.</summary>
    public InferenceSession Session { get; }

    /// <exception cref="PipelineException">The file is no model that this runtime reads.</exception>
    public static OnnxModel Open(string path, SessionOpener sessions)
    {
        try
        {
            return new OnnxModel(path, sessions.Open(path));
        }
        catch (OnnxRuntimeException e)
        {
            throw new PipelineException($"{path} cannot be opened by ONNX Runtime: {e.Message}", e);
        }
    }

    /// <summary>The shape that an input declares, batch first; -1 where it is free.</summary>
    /// <exception cref="PipelineException">There is no such input, or its element type differs.</exception>
    public int[] RequireInput(string name, TensorElementType type) => Require("input", Session.InputMetadata, name, type);

    /// <summary>The element type and the shape that an input declares, batch first; -1 where it is free.</summary>
    /// <exception cref="PipelineException">There is no such input.</exception>
    public (TensorElementType Type, int[] Shape) RequireInput(string name) => Find("input", Session.InputMetadata, name);

    /// <summary>The element type and the shape that an output declares, batch first; -1 where it is free.</summary>
    /// <exception cref="PipelineException">There is no such output.</exception>
    public (TensorElementType Type, int[] Shape) RequireOutput(string name) => Find("output", Session.OutputMetadata, name);

    /// <summary>The shape that an output declares, batch first; -1 where it is free.</summary>
    /// <exception cref="PipelineException">There is no such output, or its element type differs.</exception>
    public int[] RequireOutput(string name, TensorElementType type) => Require("output", Session.OutputMetadata, name, type);

    /// <summary>Runs the network for one output of float32 or float16.</summary>
    /// <param name="inputs">The inputs by name; the first dimension of each is the batch.</param>
    /// <param name="output">The output's name.</param>
    /// <param name="items">How many items the batch has.</param>
    /// <exception cref="PipelineException">The network refuses the inputs, or the output is not one of that many items.</exception>
    public ModelOutput Run(IReadOnlyList<KeyValuePair<string, OrtValue>> inputs, string output, int items)
    {
        using var outputs = Start(inputs, output);
        int[] shape = [.. outputs[0].GetTensorTypeAndShape().Shape.Select(extent => (int)extent)];
        return shape.Length > 0 && shape[0] == items
            ? new ModelOutput(TensorConversion.ToFloats(outputs[0]), shape)
            : throw new PipelineException($"{Path} gave '{output}' of shape [{string.Join(',', shape)}] for {items} items; [{items},…] was expected.");
    }

    public void Dispose()
    {
        Session.Dispose();
        _runOptions.Dispose();
    }

    private IDisposableReadOnlyCollection<OrtValue> Start(IReadOnlyList<KeyValuePair<string, OrtValue>> inputs, string output)
    {
        try
        {
            return Session.Run(
                _runOptions, [.. inputs.Select(input => input.Key)], [.. inputs.Select(input => input.Value)], [output]);
        }
        catch (OnnxRuntimeException e) when (!MayPass(e.Message))
        {
            throw new PipelineException($"{Path} cannot process such inputs: {e.Message}", e);
        }
    }

    // Want of memory may pass, and what ails a device; what else a network refuses, it refuses again.
    private static bool MayPass(string message) =>
        message.Contains("allocate", StringComparison.OrdinalIgnoreCase) || message.Contains("CUDA", StringComparison.Ordinal);

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
