using Microsoft.Extensions.AI;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Pipeline.Models;

/// <summary>The port to the runtime that executes networks.</summary>
public interface IModelFactory
{
    /// <summary>Opens the encoder of a modality: features in, one embedding for each out.</summary>
    /// <exception cref="PipelineException">The model's inputs or outputs are not those that the pipeline declares.</exception>
    IEmbeddingGenerator<Features, Embedding<float>> CreateEncoder(ModelFolder folder, Modality modality);

    /// <summary>Opens the encoder of texts that are said to the pipeline itself, in a space that <c>labelEncoders</c> names.</summary>
    /// <exception cref="PipelineException">The model's inputs or outputs are not those that the pipeline declares.</exception>
    IEmbeddingGenerator<Features, Embedding<float>> CreateLabelEncoder(ModelFolder folder, string space);

    /// <summary>Opens a task's head.</summary>
    /// <exception cref="PipelineException">The model's inputs or outputs are not those that the pipeline declares.</exception>
    ITaskHead CreateHead(ModelFolder folder, string model);
}
