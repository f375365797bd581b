using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Multimodal.Http.Embeddings;

namespace Multimodal.Functions.Http;

/// <summary>Encoders without a job; the answers are the same with every host.</summary>
public sealed class EmbeddingFunctions(EmbeddingsApi api)
{
    /// <summary>Embeds files or texts.</summary>
    [Function(nameof(Embed))]
    public Task<IResult> Embed(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "pipelines/{name}/embeddings")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) => api.EmbedAsync(request, name, cancellationToken);
}
