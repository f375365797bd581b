using System.Globalization;
using System.Text.Json;

namespace Multimodal.Pipeline.Privacy;

/// <summary>Where JSON is wrong. The reader's own words quote what was sent.</summary>
public static class JsonPlace
{
    /// <summary>As in <c>line 1, byte 20</c>.</summary>
    public static string Of(JsonException fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return string.Create(CultureInfo.InvariantCulture, $"line {(fault.LineNumber ?? 0) + 1}, byte {(fault.BytePositionInLine ?? 0) + 1}");
    }
}
