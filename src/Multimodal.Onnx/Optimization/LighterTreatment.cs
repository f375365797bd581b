namespace Multimodal.Onnx.Optimization;

/// <summary>What becomes of a part of a network; more is lighter.</summary>
public enum LighterTreatment
{
    /// <summary>It stays as it is.</summary>
    Keep,

    /// <summary>Its weights are kept in the lighter format, and made float32 again when the network is opened or run.</summary>
    Weights,

    /// <summary>It is computed in the lighter format.</summary>
    Compute,
}
