using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Multimodal.Local.Serve.Logging;

/// <summary>A message of a library's, made anew of its template with those values alone that nobody outside of this process chooses.</summary>
internal static class ForeignMessage
{
    private const string Template = "{OriginalFormat}";
    private const string Hidden = "…";

    // Texts that this process or its owner makes.
    private static readonly FrozenSet<string> Known = new[]
    {
        "StatusCode", "EndpointName", "RouteName", "RoutePattern", "ConnectionId", "address", "EnvName", "envName", "contentRoot", "ContentRoot", "ApplicationName",
        "assemblyName", "ServerName", "HostingStartupAssembly", "typeName", "TypeName", "Provider", "Endpoint",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Methods =
        new[] { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/3", "http", "https" }.ToFrozenSet(StringComparer.Ordinal);

    public static string Of<TState>(TState state, EventId id)
    {
        if (state is not IEnumerable<KeyValuePair<string, object?>> pairs)
        {
            return id.Name ?? Hidden;
        }

        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in pairs)
        {
            values[name] = value;
        }

        // What has no template was put together by hand, of what nobody knows; what has no values is the template itself.
        return values.Remove(Template, out var template) && template is string text && (values.Count > 0 || id.Name is not null || !text.Contains('/', StringComparison.Ordinal))
            ? Fill(text, values)
            : id.Name ?? Hidden;
    }

    private static string Fill(string template, Dictionary<string, object?> values)
    {
        var filled = new StringBuilder();
        for (var i = 0; i < template.Length; i++)
        {
            var close = template[i] == '{' ? template.IndexOf('}', i) : -1;
            if (close < 0)
            {
                filled.Append(template[i]);
                continue;
            }

            var name = template[(i + 1)..close].Split(',', ':')[0].TrimStart('@', '$');
            filled.Append(values.TryGetValue(name, out var value) ? Show(name, value) : Hidden);
            i = close;
        }

        return filled.ToString();
    }

    private static string Show(string name, object? value) => value switch
    {
        null => "",
        bool or Enum or Guid or TimeSpan or DateTime or DateTimeOffset => string.Create(CultureInfo.InvariantCulture, $"{value}"),
        IFormattable number when value.GetType().IsPrimitive || value is decimal => number.ToString(null, CultureInfo.InvariantCulture),
        string text when Known.Contains(name) || Methods.Contains(text) => text,
        Type type => type.FullName ?? Hidden,
        _ => Hidden,
    };
}
