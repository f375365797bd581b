using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Pipeline.Models;

/// <summary>The port that tells what a model file holds, without a pipeline around it.</summary>
public interface IModelInspector
{
    /// <summary>
    /// The files beside a model that hold its large tensors, relative to the model's folder, with <c>/</c>. The model is not opened, and
    /// nothing says that they exist or lie within the folder.
    /// </summary>
    /// <exception cref="PipelineException">The file is not a model.</exception>
    IReadOnlyList<string> FindExternalData(string path);

    /// <summary>Opens a model, and tells what it takes and gives.</summary>
    /// <exception cref="PipelineException">The file is no model that this runtime reads.</exception>
    ModelSignature Inspect(string path);

    /// <summary>Runs a model once, to find out extents that its file leaves free.</summary>
    /// <returns>The shape of the output for one item, the batch among it.</returns>
    /// <exception cref="PipelineException">The model does not take these features.</exception>
    IReadOnlyList<int> RunOnce(string path, string output, Features features);
}
