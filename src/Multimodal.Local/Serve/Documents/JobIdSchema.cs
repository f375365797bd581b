using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Serve.Documents;

/// <summary>A job id is written by a converter of its own, which a schema does not see into.</summary>
internal sealed class JobIdSchema : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type == typeof(JobId))
        {
            schema.Type = JsonSchemaType.String;
            schema.Pattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$";
        }

        return Task.CompletedTask;
    }
}
