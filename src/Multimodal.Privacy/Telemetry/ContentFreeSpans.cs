using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;

namespace Multimodal.Privacy.Telemetry;

/// <summary>
/// Takes off the spans of libraries what people send, before they are exported: paths, queries, blob names, addresses and browsers of
/// clients, messages of faults. What stays is a list of attributes whose values are numbers or nobody's choice. Our own spans hold ids and
/// numbers alone.
/// </summary>
public sealed class ContentFreeSpans : BaseProcessor<Activity>
{
    private const string Own = "Multimodal.";

    private static readonly FrozenSet<string> Kept = new[]
    {
        "http.request.method", "http.response.status_code", "http.status_code", "http.route", "network.protocol.version", "network.protocol.name", "url.scheme", "error.type",
        "az.namespace", "azure.resource_provider.namespace", "az.client_request_id", "az.service_request_id", "azure.client.id", "azure.service.request.id",
        "durabletask.type", "durabletask.task.name", "durabletask.task.version", "durabletask.task.task_id", "durabletask.task.instance_id", "faas.invocation_id", "faas.name",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Methods =
        new[] { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE", "QUERY", "_OTHER" }.ToFrozenSet(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Source.Name.StartsWith(Own, StringComparison.Ordinal))
        {
            return;
        }

        foreach (var (name, value) in data.TagObjects.ToArray())
        {
            if (!IsKept(name, value))
            {
                data.SetTag(name, null);
            }
        }

        if (data.StatusDescription is not null)
        {
            data.SetStatus(data.Status);
        }
    }

    private static bool IsKept(string name, object? value) =>
        value is not string text || (Kept.Contains(name) && (name != "http.request.method" || Methods.Contains(text)));
}
