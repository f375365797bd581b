using System.Text.Json;
using Multimodal.Infra.Tests.Templates;

namespace Multimodal.Infra.Tests.Settings;

/// <summary>Tells which variables change a member of <c>host.json</c>.</summary>
internal static class HostJson
{
    private const string Prefix = "AzureFunctionsJobHost__";

    /// <summary>Whether the variable names a member that the file has.</summary>
    public static bool HasPath(string hostJson, string variable)
    {
        using var document = JsonDocument.Parse(hostJson);
        return variable.StartsWith(Prefix, StringComparison.Ordinal)
            && document.RootElement.Has(variable[Prefix.Length..].Replace("__", ".", StringComparison.Ordinal));
    }
}
