namespace Multimodal.Onnx.Optimization;

/// <summary>How a network is made lighter.</summary>
public enum LighterFormat
{
    /// <summary>Weights in 8 bits; large products computed in integers.</summary>
    Int8,

    /// <summary>Weights in 16 bits, and computed so too: for GPUs.</summary>
    Half,

    /// <summary>Weights in 16 bits in the file; computed in 32.</summary>
    HalfWeights,
}
