using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Multimodal.Http;

/// <summary>An answer in JSON. It needs none of the host's services, so that every host writes it alike.</summary>
internal sealed class JsonResult<T>(T value, JsonTypeInfo<T> type, int status, string contentType = "application/json")
    : IResult, IStatusCodeHttpResult
{
    /// <summary>What is answered.</summary>
    public T Value => value;

    /// <summary>Further headers.</summary>
    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>Whether a client that has this answer already is told so, by a weak ETag of the content.</summary>
    public bool Conditional { get; init; }

    public int? StatusCode => status;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var content = JsonSerializer.SerializeToUtf8Bytes(Value, type);
        var response = httpContext.Response;
        response.Headers.CacheControl = Conditional ? "no-cache" : "no-store";
        foreach (var (name, text) in Headers)
        {
            response.Headers[name] = text;
        }

        if (Conditional && IsKnown(httpContext, content))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = content.Length;
        await response.Body.WriteAsync(content, httpContext.RequestAborted);
    }

    private static bool IsKnown(HttpContext context, byte[] content)
    {
        var eTag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}\"", isWeak: true);
        context.Response.Headers.ETag = eTag.ToString();
        return context.Request.GetTypedHeaders().IfNoneMatch.Any(
            known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(eTag, useStrongComparison: false));
    }
}
