using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Multimodal.Http.Health;
using Multimodal.Http.Problems;
using Multimodal.Http.Submission;
using Multimodal.Pipeline.Composition;
using Multimodal.Pipeline.Storage;

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

        // Whoever describes the routes sees the answers as they are written.
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, HttpJson.Default);
        });
        builder.Services.TryAddSingleton<IJobAdmission, UnboundedAdmission>();
        builder.Services.AddSingleton<SubmissionReader>();
        builder.Services.AddSingleton(services => new JobWait(
            services.GetRequiredService<JobRecords>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None));
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddSingleton<ProblemResults>();
        builder.Services.AddSingleton<JobServices>();
        builder.Services.AddSingleton<HttpServices>();
        builder.Services.AddSingleton(services => new JobsApi(
            services.GetRequiredService<JobServices>(), services.GetRequiredService<HttpServices>()));
        return builder;
    }
}
