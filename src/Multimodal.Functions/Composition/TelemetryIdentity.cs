using Azure.Core;
using Azure.Identity;

namespace Multimodal.Functions.Composition;

/// <summary>
/// Who sends telemetry where Application Insights takes it from identities only. The host reads the same setting for what it sends itself.
/// </summary>
internal static class TelemetryIdentity
{
    /// <summary><c>Authorization=AAD</c>, with <c>ClientId=…</c> for a user-assigned identity.</summary>
    public const string Setting = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    private const string ClientId = "ClientId";
    private const string Authorization = "Authorization";

    /// <summary>Reads the setting.</summary>
    /// <returns>The managed identity that it means; null where it is absent, and the connection string alone lets in.</returns>
    /// <exception cref="FormatException">It is none that can be used; the message names it.</exception>
    public static TokenCredential? Read(string? value)
    {
        if (value is null or "")
        {
            return null;
        }

        var parts = value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2, StringSplitOptions.TrimEntries))
            .ToDictionary(part => part[0], part => part.Length > 1 ? part[1] : "", StringComparer.OrdinalIgnoreCase);
        if (!string.Equals(parts.GetValueOrDefault(Authorization), "AAD", StringComparison.OrdinalIgnoreCase))
        {
            throw new FormatException($"{Setting} is '{value}'; it must hold {Authorization}=AAD, and ClientId for a user-assigned identity.");
        }

        return new ManagedIdentityCredential(
            parts.GetValueOrDefault(ClientId) is { Length: > 0 } id ? ManagedIdentityId.FromUserAssignedClientId(id) : ManagedIdentityId.SystemAssigned);
    }
}
