using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Multimodal.Local.Serve.Documents;

/// <summary>The OpenAPI document of the service, <c>/openapi/v1.json</c>.</summary>
internal static class ApiDocument
{
    private const string Name = "v1";

    /// <param name="services">The host's services.</param>
    /// <param name="hasKey">Whether requests must show a key.</param>
    public static void AddApiDocument(this IServiceCollection services, bool hasKey) => services.AddOpenApi(Name, options =>
    {
        options.AddDocumentTransformer(new DocumentHead(hasKey));
        options.AddOperationTransformer<SubmissionOperation>();
        options.AddOperationTransformer<EmbeddingsOperation>();
        options.AddOperationTransformer<SearchOperation>();
        options.AddOperationTransformer<BatchOperation>();
        options.AddSchemaTransformer<JobIdSchema>();
    });

    /// <summary>Serves the document.</summary>
    public static void MapApiDocument(this IEndpointRouteBuilder endpoints) => endpoints.MapOpenApi("/openapi/{documentName}.json");
}
