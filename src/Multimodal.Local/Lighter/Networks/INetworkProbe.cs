using Multimodal.Pipeline.Models;

namespace Multimodal.Local.Lighter.Networks;

/// <summary>One network of a pipeline, and what it is measured by.</summary>
internal interface INetworkProbe
{
    /// <summary>Its file, relative to the pipeline's folder.</summary>
    string File { get; }

    /// <summary>What it is in the pipeline, for people.</summary>
    string Role { get; }

    /// <summary>The outputs that are measured.</summary>
    IReadOnlyList<string> Outputs { get; }

    /// <summary>What it is measured on, for people.</summary>
    string Items { get; }

    /// <summary>Runs it on its items.</summary>
    /// <param name="folder">The pipeline; only this network's files need be there.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A vector for each item.</returns>
    /// <exception cref="PipelineException">The network cannot be used.</exception>
    Task<IReadOnlyList<float[]>> RunAsync(ModelFolder folder, CancellationToken cancellationToken);
}
