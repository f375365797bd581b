namespace Multimodal.Pipeline.Tensors;

/// <summary>The element type of a <see cref="HostTensor"/>.</summary>
public enum TensorType
{
    /// <summary>IEEE 754 single precision.</summary>
    Float32,

    /// <summary>IEEE 754 half precision.</summary>
    Float16,

    /// <summary>Signed 64-bit integer.</summary>
    Int64,

    /// <summary>Unsigned 8-bit integer.</summary>
    UInt8,
}
