using System.Text.Json;

namespace Multimodal.Orchestration.Batches;

/// <summary>Tells whether two batches are asked to do the same.</summary>
internal static class BatchComparison
{
    /// <summary>As they would be stored, since lists are no values of their own.</summary>
    public static bool AreSame(BatchSpecification a, BatchSpecification b) => Write(a) == Write(b);

    private static string Write(BatchSpecification specification) =>
        JsonSerializer.Serialize(specification, OrchestrationJson.Default.BatchSpecification);
}
