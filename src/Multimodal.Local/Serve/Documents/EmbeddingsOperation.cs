using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Multimodal.Http.Embeddings;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Serve.Documents;

/// <summary>Describes what the route reads itself that runs encoders directly: its two bodies, and its query.</summary>
internal sealed class EmbeddingsOperation : IOpenApiOperationTransformer
{
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (!context.Description.ActionDescriptor.EndpointMetadata.OfType<EmbeddingsForm>().Any())
        {
            return;
        }

        (operation.Parameters ??= []).Add(new OpenApiParameter
        {
            Name = "priority",
            In = ParameterLocation.Query,
            Description = "bulk lets others go first where the encoders are busy.",
            Schema = await context.GetOrCreateSchemaAsync(typeof(RequestPriority), cancellationToken: cancellationToken),
        });
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [EmbeddingsForm.MediaType] = new()
                {
                    Schema = await context.GetOrCreateSchemaAsync(typeof(EmbeddingsForm), cancellationToken: cancellationToken),
                },
                [EmbeddingsTexts.MediaType] = new()
                {
                    Schema = await context.GetOrCreateSchemaAsync(typeof(EmbeddingsTexts), cancellationToken: cancellationToken),
                },
            },
        };
    }
}
