using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Multimodal.Onnx.Speech;

/// <summary>Values in native memory that are made of others there; no byte of them passes through managed memory.</summary>
internal static class NativeTensors
{
    /// <summary>Rows of a value along its first axis, in another order or several times.</summary>
    public static OrtValue Gather(OrtValue value, IReadOnlyList<int> rows)
    {
        var info = value.GetTensorTypeAndShape();
        var shape = info.Shape;
        var count = (int)shape[0];
        shape[0] = rows.Count;
        var gathered = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, info.ElementDataType, shape);
        var from = value.GetTensorMutableRawData();
        var to = gathered.GetTensorMutableRawData();
        var size = from.Length / count;
        for (var i = 0; i < rows.Count; i++)
        {
            from.Slice(rows[i] * size, size).CopyTo(to.Slice(i * size, size));
        }

        return gathered;
    }

    /// <summary>A value without elements where an axis is free, as a decoder takes it before there is a cache.</summary>
    /// <param name="type">The element type.</param>
    /// <param name="declared">The declared shape; -1 where it is free.</param>
    public static OrtValue Empty(TensorElementType type, IReadOnlyList<int> declared) => OrtValue.CreateAllocatedTensorValue(
        OrtAllocator.DefaultInstance, type, [.. declared.Select((extent, axis) => axis == 0 ? 1L : Math.Max(0, extent))]);

    public static OrtValue Of(long[] values, params long[] shape) => OrtValue.CreateTensorValueFromMemory(values, shape);
}
