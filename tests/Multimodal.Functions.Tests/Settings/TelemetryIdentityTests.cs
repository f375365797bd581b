using Azure.Identity;
using Multimodal.Functions.Composition;

namespace Multimodal.Functions.Tests.Settings;

public sealed class TelemetryIdentityTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Read_NoSetting_NoIdentity(string? value) => Assert.Null(TelemetryIdentity.Read(value));

    [Theory]
    [InlineData("Authorization=AAD")]
    [InlineData("Authorization=AAD;ClientId=00000000-0000-0000-0000-000000000001")]
    [InlineData(" clientid = 00000000-0000-0000-0000-000000000001 ; authorization=aad ")]
    public void Read_EntraId_IsAManagedIdentity(string value) => Assert.IsType<ManagedIdentityCredential>(TelemetryIdentity.Read(value));

    [Theory]
    [InlineData("ClientId=00000000-0000-0000-0000-000000000001")]
    [InlineData("Authorization=ApiKey")]
    public void Read_AnythingElse_NamesTheSetting(string value)
    {
        var e = Assert.Throws<FormatException>(() => TelemetryIdentity.Read(value));

        Assert.Contains(TelemetryIdentity.Setting, e.Message, StringComparison.Ordinal);
    }
}
