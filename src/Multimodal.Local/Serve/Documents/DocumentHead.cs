using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Multimodal.Local.Serve.Security;

namespace Multimodal.Local.Serve.Documents;

/// <summary>Says what the service is, and which key it takes.</summary>
internal sealed class DocumentHead(bool hasKey) : IOpenApiDocumentTransformer
{
    private const string KeyScheme = "apiKey";
    private const string BearerScheme = "bearer";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Multimodal.Functions",
            Version = "v1",
            Description = "Multimodal inference: jobs of images, texts and recordings. Errors are problem details (RFC 9457) with a stable code.",
        };
        if (hasKey)
        {
            AddKey(document);
        }

        return Task.CompletedTask;
    }

    private static void AddKey(OpenApiDocument document)
    {
        document.AddComponent<IOpenApiSecurityScheme>(
            KeyScheme, new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = ApiKey.Header });
        document.AddComponent<IOpenApiSecurityScheme>(
            BearerScheme, new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" });

        // Either of them.
        document.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, document)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(BearerScheme, document)] = [] },
        ];
    }
}
