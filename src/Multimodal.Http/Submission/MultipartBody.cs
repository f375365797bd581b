using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Multimodal.Http.Problems;

namespace Multimodal.Http.Submission;

/// <summary>A body of <c>multipart/form-data</c>, read as it streams in.</summary>
internal static class MultipartBody
{
    private const int LongestBoundary = 70;

    /// <exception cref="RequestException">The request has another body, or one that is beyond a limit.</exception>
    public static MultipartReader Open(HttpRequest request, HttpLimits limits)
    {
        var boundary = BoundaryOf(request);
        RaiseServerLimit(request.HttpContext, limits);
        return request.ContentLength > limits.MaximumBodyBytes
            ? throw RequestException.BodyTooLarge(limits.MaximumBodyBytes)
            : new MultipartReader(boundary, request.Body)
            {
                HeadersCountLimit = limits.MaximumPartHeaders,
                HeadersLengthLimit = limits.MaximumPartHeaderBytes,
            };
    }

    private static string BoundaryOf(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            throw RequestException.UnsupportedMediaType(request.ContentType);
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        return boundary.Length is > 0 and <= LongestBoundary
            ? boundary
            : throw RequestException.BadMultipart($"its boundary must have 1 to {LongestBoundary} characters.");
    }

    /// <summary>The server's own limit would cut off what ours allows.</summary>
    public static void RaiseServerLimit(HttpContext context, HttpLimits limits)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = limits.MaximumBodyBytes;
        }
    }
}
