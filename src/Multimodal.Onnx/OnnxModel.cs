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
    public static OnnxModel Open(string path, OnnxOptions options)
    {
        using var sessionOptions = new SessionOptions
        {
            IntraOpNumThreads = options.IntraOpThreads,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        try
        {
            return new OnnxModel(path, new InferenceSession(path, sessionOptions));
        }
        catch (OnnxRuntimeException e)
        {
            throw new PipelineException($"{path} cannot be opened by ONNX Runtime: {e.Message}", e);
        }
    }

    /// <summary>The shape that an input declares, batch first; -1 where it is free.</summary>
    /// <exception cref="PipelineException">There is no such input, or its element type differs.</exception>
    public int[] RequireInput(string name, TensorElementType type) => Require("input", Session.InputMetadata, name, type);

    /// <summary>The shape that an output declares, batch first; -1 where it is free.</summary>
    /// <exception cref="PipelineException">There is no such output, or its element type differs.</exception>
    public int[] RequireOutput(string name, TensorElementType type) => Require("output", Session.OutputMetadata, name, type);

    /// <summary>Runs the network for one float output.</summary>
    /// <returns>The output [N,columns], a row for each item.</returns>
    /// <exception cref="PipelineException">The output is not of that shape.</exception>
    public float[][] Run(IReadOnlyList<KeyValuePair<string, OrtValue>> inputs, string output, int rows)
    {
        using var outputs = Session.Run(
            _runOptions, [.. inputs.Select(input => input.Key)], [.. inputs.Select(input => input.Value)], [output]);
        var values = outputs[0].GetTensorDataAsSpan<float>();
        var shape = outputs[0].GetTensorTypeAndShape().Shape;
        if (shape is not [var actual, var columns] || actual != rows)
        {
            throw new PipelineException($"{Path} gave '{output}' of shape [{string.Join(',', shape)}] for {rows} items; [{rows},…] was expected.");
        }

        var result = new float[rows][];
        for (var row = 0; row < rows; row++)
        {
            result[row] = values.Slice(row * (int)columns, (int)columns).ToArray();
        }

        return result;
    }

    public void Dispose()
    {
        Session.Dispose();
        _runOptions.Dispose();
    }

    private int[] Require(string kind, IReadOnlyDictionary<string, NodeMetadata> metadata, string name, TensorElementType type)
    {
        if (!metadata.TryGetValue(name, out var node) || !node.IsTensor)
        {
            throw new PipelineException($"{Path} has no {kind} tensor '{name}'; it has: {string.Join(", ", metadata.Keys)}.");
        }

        return node.ElementDataType == type
            ? node.Dimensions
            : throw new PipelineException($"The {kind} '{name}' of {Path} is {node.ElementDataType}, not {type}.");
    }
}
