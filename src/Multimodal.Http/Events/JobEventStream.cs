using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Multimodal.Http.Problems;
using Multimodal.Http.Views;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Http.Events;

/// <summary>
/// Sends a job whenever it has changed, until it is closed. It asks the store, so that it is the same with every engine and on every
/// host of several.
/// </summary>
internal sealed class JobEventStream(JobId job, JobAnswers answers, StreamSlots slots, StreamClock clock, ProblemResults problems) : IResult
{
    /// <summary>The media type of server-sent events.</summary>
    public const string ContentType = "text/event-stream";

    // An event's data is one line.
    private static readonly HttpJson Compact = new(new JsonSerializerOptions(HttpJson.Default.Options) { WriteIndented = false });

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        if (!slots.TryTake())
        {
            await ProblemResults.TooManyStreams(slots.Limit).ExecuteAsync(httpContext);
            return;
        }

        try
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, clock.Stopping);
            httpContext.Response.ContentType = ContentType;
            httpContext.Response.Headers.CacheControl = "no-store";
            httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await WatchAsync(httpContext.Response.Body, ended.Token);
        }
        catch (OperationCanceledException)
        {
            // The client went away, or the host stops: then the client opens the stream anew elsewhere.
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task WatchAsync(Stream body, CancellationToken cancellationToken)
    {
        byte[] last = [];
        var delay = StreamClock.Shortest;
        var sent = clock.Time.GetTimestamp();
        while (true)
        {
            JobView view;
            try
            {
                view = await answers.ReadAsync(job, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                await SendAsync(body, "problem", JsonSerializer.SerializeToUtf8Bytes(problems.Describe(e), Compact.Problem), cancellationToken);
                return;
            }

            var data = JsonSerializer.SerializeToUtf8Bytes(view, Compact.JobView);
            if (!data.AsSpan().SequenceEqual(last))
            {
                await SendAsync(body, "job", data, cancellationToken);
                (last, delay, sent) = (data, StreamClock.Shortest, clock.Time.GetTimestamp());
            }
            else if (clock.Time.GetElapsedTime(sent) >= StreamClock.Heartbeat)
            {
                await body.WriteAsync(":\n\n"u8.ToArray(), cancellationToken);
                await body.FlushAsync(cancellationToken);
                sent = clock.Time.GetTimestamp();
            }

            if (view.State == JobState.Closed)
            {
                await SendAsync(body, "end", "{}"u8.ToArray(), cancellationToken);
                return;
            }

            await Task.Delay(delay, clock.Time, cancellationToken);
            delay = delay * 1.5 < StreamClock.Longest ? delay * 1.5 : StreamClock.Longest;
        }
    }

    private static async Task SendAsync(Stream body, string name, byte[] data, CancellationToken cancellationToken)
    {
        await body.WriteAsync(Encoding.UTF8.GetBytes($"event: {name}\ndata: "), cancellationToken);
        await body.WriteAsync(data, cancellationToken);
        await body.WriteAsync("\n\n"u8.ToArray(), cancellationToken);
        await body.FlushAsync(cancellationToken);
    }
}
