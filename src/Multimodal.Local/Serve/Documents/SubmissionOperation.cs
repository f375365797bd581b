using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Multimodal.Http.Submission;

namespace Multimodal.Local.Serve.Documents;

/// <summary>Describes what the routes read themselves: the form of a submission, and the header that asks to wait for the result.</summary>
internal sealed class SubmissionOperation : IOpenApiOperationTransformer
{
    private static readonly string Accepted = StatusCodes.Status202Accepted.ToString(CultureInfo.InvariantCulture);

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (operation.Responses?.ContainsKey(Accepted) == true)
        {
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = "Prefer",
                In = ParameterLocation.Header,
                Description = "wait=N waits for the result up to N seconds, 60 at the most.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }

        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<SubmissionBody>().Any())
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [SubmissionBody.MediaType] = new()
                    {
                        Schema = await context.GetOrCreateSchemaAsync(typeof(SubmissionBody), cancellationToken: cancellationToken),
                    },
                },
            };
        }
    }
}
