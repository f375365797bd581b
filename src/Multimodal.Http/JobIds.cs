using Multimodal.Http.Problems;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Http;

/// <summary>Reads job ids of routes.</summary>
internal static class JobIds
{
    /// <exception cref="RequestException">It is none.</exception>
    public static JobId Parse(string id) => JobId.TryParse(id, out var job) ? job : throw RequestException.BadJobId(id);
}
