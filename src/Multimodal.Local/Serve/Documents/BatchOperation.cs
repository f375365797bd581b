using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Multimodal.Http.Batches;

namespace Multimodal.Local.Serve.Documents;

/// <summary>Describes the body of a batch, which its route reads itself.</summary>
internal sealed class BatchOperation : IOpenApiOperationTransformer
{
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<BatchRequest>().Any())
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [BatchRequest.MediaType] = new()
                    {
                        Schema = await context.GetOrCreateSchemaAsync(typeof(BatchRequest), cancellationToken: cancellationToken),
                    },
                },
            };
        }
    }
}
