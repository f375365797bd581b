using Microsoft.Extensions.DependencyInjection;
using Multimodal.Http.Health;
using Multimodal.Http.Problems;
using Multimodal.Http.Submission;
using Multimodal.Pipeline.Composition;

namespace Multimodal.Http;

/// <summary>Composes a host with the routes.</summary>
public static class HttpComposition
{
    /// <summary>Adds <see cref="JobsApi"/>.</summary>
    /// <param name="builder">The host's pipeline.</param>
    /// <param name="limits">Bounds on requests.</param>
    public static MultimodalBuilder UseJobsApi(this MultimodalBuilder builder, HttpLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(limits ?? new HttpLimits());
        builder.Services.AddSingleton<SubmissionReader>();
        builder.Services.AddSingleton<JobWait>();
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddSingleton<ProblemResults>();
        builder.Services.AddSingleton<JobServices>();
        builder.Services.AddSingleton<HttpServices>();
        builder.Services.AddSingleton(services => new JobsApi(
            services.GetRequiredService<JobServices>(), services.GetRequiredService<HttpServices>()));
        return builder;
    }
}
