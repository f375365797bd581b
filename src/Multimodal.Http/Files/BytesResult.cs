using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Multimodal.Http.Files;

/// <summary>
/// An answer of bytes that somebody uploaded or that were made of it: always a download, never a page of this host, whatever they hold.
/// </summary>
/// <param name="content">The bytes.</param>
/// <param name="contentType">Their media type.</param>
/// <param name="fileName">The name to be saved under.</param>
/// <param name="eTag">Names the version; no quotes around it.</param>
internal sealed class BytesResult(ReadOnlyMemory<byte> content, string contentType, string fileName, string eTag) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => StatusCodes.Status200OK;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        var tag = new EntityTagHeaderValue($"\"{eTag.Trim('"')}\"");
        response.Headers.ETag = tag.ToString();
        response.Headers.CacheControl = "no-cache";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers.Vary = "Accept";
        if (httpContext.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, true)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(fileName);
        response.Headers.ContentDisposition = disposition.ToString();
        response.ContentType = contentType;
        response.ContentLength = content.Length;
        await response.Body.WriteAsync(content, httpContext.RequestAborted);
    }
}
