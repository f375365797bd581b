using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace Multimodal.Local.Hub;

/// <summary>Composes what speaks to a hub.</summary>
internal static class HubComposition
{
    /// <summary>Adds the hub's client: requests that fail for a reason that may pass are made again, as the server asks or after longer and longer pauses.</summary>
    public static IServiceCollection AddHub(this IServiceCollection services, HubSettings settings, HubLimits? limits = null)
    {
        limits ??= new HubLimits();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddSingleton(limits);
        services.AddTransient<FileFetcher>();
        services.AddHttpClient<HubClient>(client =>
            {
                // Of a large file only silence tells that it does not come.
                client.Timeout = Timeout.InfiniteTimeSpan;
                var version = Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "0";
                client.DefaultRequestHeaders.UserAgent.ParseAdd($"multimodal/{version}");
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(20),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            .AddResilienceHandler("hub", builder => builder
                .AddRetry(new HttpRetryStrategyOptions
                {
                    MaxRetryAttempts = limits.MaximumAttempts,
                    Delay = limits.Pause,
                    MaxDelay = TimeSpan.FromSeconds(60),
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                })
                .AddTimeout(limits.Silence));
        return services;
    }
}
