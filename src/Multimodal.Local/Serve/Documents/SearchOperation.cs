using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Multimodal.Http.Search;
using Multimodal.Http.Submission;

namespace Multimodal.Local.Serve.Documents;

/// <summary>Describes the fields of a search, which its routes read themselves: in the query, in a form, or in JSON.</summary>
internal sealed class SearchOperation : IOpenApiOperationTransformer
{
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (!context.Description.ActionDescriptor.EndpointMetadata.OfType<SearchForm>().Any())
        {
            return;
        }

        if (context.Description.HttpMethod == HttpMethods.Get)
        {
            foreach (var field in typeof(SearchForm).GetProperties().Where(field => field.Name != nameof(SearchForm.File)))
            {
                (operation.Parameters ??= []).Add(new OpenApiParameter
                {
                    Name = JsonNamingPolicy.CamelCase.ConvertName(field.Name),
                    In = ParameterLocation.Query,
                    Description = field.GetCustomAttribute<DescriptionAttribute>()?.Description,
                    Schema = await context.GetOrCreateSchemaAsync(field.PropertyType, cancellationToken: cancellationToken),
                });
            }

            return;
        }

        var schema = await context.GetOrCreateSchemaAsync(typeof(SearchForm), cancellationToken: cancellationToken);
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [SubmissionBody.MediaType] = new() { Schema = schema },
            },
        };
    }
}
