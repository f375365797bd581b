namespace Multimodal.Onnx;

/// <summary>What runs a network's operators, as ONNX Runtime names it.</summary>
public enum ExecutionProvider
{
    /// <summary>The processor; every native flavour has it.</summary>
    Cpu,

    /// <summary>NVIDIA CUDA; in the GPU flavour, with the CUDA and cuDNN libraries on the machine.</summary>
    Cuda,

    /// <summary>NVIDIA TensorRT; in the GPU flavour, with the TensorRT libraries on the machine.</summary>
    TensorRt,
}
