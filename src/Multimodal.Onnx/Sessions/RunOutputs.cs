using Microsoft.ML.OnnxRuntime;
using Multimodal.Pipeline.Models;

namespace Multimodal.Onnx.Sessions;

/// <summary>What a run gave: one output or several, read one after another. Dispose of it when all is read.</summary>
internal sealed class RunOutputs(string path, IReadOnlyList<string> names, IDisposableReadOnlyCollection<OrtValue> outputs, int items) : IDisposable
{
    /// <summary>Reads an output of float32 or float16.</summary>
    /// <param name="place">Its place among those that were asked for.</param>
    /// <param name="read">Takes what it needs of the output, which is gone afterwards.</param>
    /// <exception cref="PipelineException">The output is not one of as many items as the run had.</exception>
    public T Read<T>(int place, OnnxModel.OutputReader<T> read)
    {
        var shape = outputs[place].GetTensorTypeAndShape().Shape;
        return shape.Length > 0 && shape[0] == items
            ? OnnxModel.Read(outputs[place], shape, read)
            : throw new PipelineException(
                $"{path} gave '{names[place]}' of shape [{string.Join(',', shape)}] for {items} items; [{items},…] was expected.");
    }

    public void Dispose() => outputs.Dispose();
}
