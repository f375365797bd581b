using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Multimodal.Http;

/// <summary>The routes of ASP.NET Core hosts.</summary>
public static class JobsEndpoints
{
    /// <summary>Where jobs are submitted; a job lies below.</summary>
    public const string Jobs = "/api/jobs";

    /// <summary>Maps the routes of <see cref="JobsApi"/>.</summary>
    /// <returns>All of them, to be given conventions such as authorization.</returns>
    public static RouteGroupBuilder MapJobsApi(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var api = endpoints.ServiceProvider.GetRequiredService<JobsApi>();
        var group = endpoints.MapGroup("");
        group.MapPost(Jobs, Answer(context => api.SubmitAsync(context.Request, context.RequestAborted)));
        group.MapGet($"{Jobs}/{{id}}", Answer(context => api.GetAsync(IdOf(context), context.RequestAborted)));
        group.MapDelete($"{Jobs}/{{id}}", Answer(context => api.DeleteAsync(IdOf(context), context.RequestAborted)));
        group.MapPost($"{Jobs}/{{id}}/rerun", Answer(context => api.RerunAsync(context.Request, IdOf(context), context.RequestAborted)));
        group.MapGet("/api/pipelines", Answer(_ => Task.FromResult(api.ListPipelines())));
        group.MapGet("/api/health/live", Answer(_ => Task.FromResult(api.Live())));
        group.MapGet("/api/health/ready", Answer(context => api.ReadyAsync(context.RequestAborted)));
        return group;
    }

    private static RequestDelegate Answer(Func<HttpContext, Task<IResult>> answerAsync) => async context =>
    {
        try
        {
            var result = await answerAsync(context);
            await result.ExecuteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
    };

    private static string IdOf(HttpContext context) => (string)context.Request.RouteValues["id"]!;
}
