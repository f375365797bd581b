using Microsoft.AspNetCore.Http;

namespace Multimodal.Http;

/// <summary>An answer without a body.</summary>
internal sealed class StatusResult(int status) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => status;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        httpContext.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
