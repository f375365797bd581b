namespace Multimodal.Onnx.Optimization;

/// <summary>What weights are to the nodes that take them.</summary>
internal enum WeightRole
{
    /// <summary>The table of a <c>Gather</c>: rows are looked up.</summary>
    Table,

    /// <summary>The right side of <c>MatMul</c> or <c>Gemm</c>.</summary>
    Product,

    /// <summary>Both weights of an <c>LSTM</c>.</summary>
    Lstm,

    /// <summary>Anything else, the kernels of <c>Conv</c> and the weights of <c>GRU</c> among them.</summary>
    Other,
}
