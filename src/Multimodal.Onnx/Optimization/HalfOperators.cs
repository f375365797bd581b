using Multimodal.Onnx.Graphs;

namespace Multimodal.Onnx.Optimization;

/// <summary>What half precision means to the operators.</summary>
internal static class HalfOperators
{
    private static readonly HashSet<string> Computing = ["MatMul", "Gemm", "Conv", "ConvTranspose", "GRU", "LSTM", "RNN"];

    // Those whose results are as precise as what they are given, within the range of half precision.
    private static readonly HashSet<string> Following =
    [
        "Add", "Sub", "Mul", "Div", "Neg", "Abs", "Relu", "LeakyRelu", "PRelu", "Elu", "Selu", "Sigmoid", "HardSigmoid", "HardSwish", "Tanh", "Erf", "Gelu",
        "Clip", "Softmax", "BatchNormalization", "LayerNormalization", "Where", "Concat", "MaxPool", "AveragePool", "GlobalMaxPool", "GlobalAveragePool",
        "Transpose", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Split", "Slice", "Gather", "Expand", "Identity", "Tile", "DepthToSpace", "SpaceToDepth",
    ];

    // Those that sum many, square or take exponents: half precision overflows at 65504 and has eleven bits.
    private static readonly HashSet<string> Keeping =
    [
        "ReduceMean", "ReduceSum", "ReduceSumSquare", "ReduceL1", "ReduceL2", "ReduceProd", "ReduceMax", "ReduceMin", "ReduceLogSumExp", "ReduceLogSum",
        "Pow", "Sqrt", "Exp", "Log", "Reciprocal", "CumSum", "InstanceNormalization", "LpNormalization", "Resize", "Upsample", "Range", "LogSoftmax",
        "GroupNormalization", "RMSNormalization", "Sin", "Cos",
    ];

    // Of these the first input alone is data; the others are extents, indices or lengths.
    private static readonly HashSet<string> FirstOnly =
    [
        "Reshape", "Squeeze", "Unsqueeze", "Split", "Slice", "Gather", "Expand", "Tile", "ReduceMean", "ReduceSum", "ReduceSumSquare", "ReduceL1", "ReduceL2",
        "ReduceProd", "ReduceMax", "ReduceMin", "ReduceLogSumExp", "ReduceLogSum", "CumSum", "Resize", "Upsample",
    ];

    /// <summary>Whether half precision pays for itself here.</summary>
    public static bool IsCompute(OnnxNode node) => node.Domain.Length == 0 && Computing.Contains(node.Operator);

    /// <summary>Whether it may go with what it is given. Where poolings and norms give more than their result, that is of other types.</summary>
    public static bool Follows(OnnxNode node) =>
        node.Domain.Length == 0 && Following.Contains(node.Operator) && (node.Operator == "Split" || node.Outputs.Count == 1);

    /// <summary>Whether it stays in float32, and what comes of it.</summary>
    public static bool IsKept(OnnxNode node) => node.Domain.Length == 0 && Keeping.Contains(node.Operator);

    /// <summary>Whether what it gives is of the type that it takes.</summary>
    public static bool KeepsType(OnnxNode node) => IsCompute(node) || Follows(node) || IsKept(node);

    /// <summary>Which of its inputs are of the type that it computes in.</summary>
    public static IEnumerable<int> FloatInputs(OnnxNode node) => node.Operator switch
    {
        _ when !KeepsType(node) => [],
        "GRU" or "LSTM" or "RNN" => Enumerable.Range(0, node.Inputs.Count).Where(index => index != 4),
        "Where" => [1, 2],
        var name when FirstOnly.Contains(name) => [0],
        _ => Enumerable.Range(0, node.Inputs.Count),
    };
}
