using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Multimodal.Onnx.Encoders;
using Multimodal.Onnx.Format;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Onnx;

/// <summary>Tells what an ONNX file holds.</summary>
public sealed class OnnxModelInspector(OnnxModelFactory models) : IModelInspector
{
    /// <inheritdoc/>
    public IReadOnlyList<string> FindExternalData(string path) => FindExternalFiles(path);

    /// <summary>The files beside a model that hold its weights, relative to its folder.</summary>
    /// <exception cref="PipelineException">The file is no ONNX model.</exception>
    public static IReadOnlyList<string> FindExternalFiles(string path) => OnnxFileReader.Read(path).ExternalData;

    /// <inheritdoc/>
    public ModelSignature Inspect(string path)
    {
        using var model = models.Open(path);
        return new ModelSignature(Describe(model.Inputs), Describe(model.Outputs));
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> RunOnce(string path, string output, Features features)
    {
        ArgumentNullException.ThrowIfNull(features);
        using var model = models.Open(path);
        using var batcher = new FeatureBatcher(model, features.Modality, Pooling.None, 0);
        using var batch = batcher.Stack([FeatureItem.Of(0, features).First()]);
        return model.Run(batcher.Names, batch.Values, [output], 1, (_, shape) => Array.ConvertAll(shape.ToArray(), extent => (int)extent));
    }

    private static ModelTensor[] Describe(IReadOnlyDictionary<string, NodeMetadata> metadata) =>
    [
        .. metadata.Where(pair => pair.Value.IsTensor).Select(pair => new ModelTensor(
            pair.Key, NameOf(pair.Value.ElementDataType), pair.Value.Dimensions, pair.Value.SymbolicDimensions)),
    ];

    private static string NameOf(TensorElementType type) => type switch
    {
        TensorElementType.Float => "float32",
        TensorElementType.Double => "float64",
        _ => type.ToString().ToLowerInvariant(),
    };
}
