using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Multimodal.Local.Page;

/// <summary>The page at <c>/</c>: jobs submitted, watched and looked at in a browser. It holds nothing of jobs itself and needs no key.</summary>
internal static class PageEndpoints
{
    /// <summary>
    /// Nothing but this host's own files runs, styles or is asked; no frame holds the page; no markup is made of strings. Pictures and
    /// sound may also be what the page holds itself.
    /// </summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>Maps the page and its files.</summary>
    public static void MapPage(this IEndpointRouteBuilder endpoints)
    {
        foreach (var file in PageFile.LoadAll())
        {
            endpoints.MapMethods(file.Route, [HttpMethods.Get, HttpMethods.Head], context => AnswerAsync(context, file))
                .ExcludeFromDescription();
        }
    }

    private static async Task AnswerAsync(HttpContext context, PageFile file)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "microphone=(self), camera=(), geolocation=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.ETag = file.ETag;

        // Asked for each time: a service that is replaced by a newer one shows its own page.
        headers.CacheControl = "no-cache";
        var tag = EntityTagHeaderValue.Parse(file.ETag);
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: true)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = file.ContentType;
        context.Response.ContentLength = file.Content.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(file.Content, context.RequestAborted);
        }
    }
}
