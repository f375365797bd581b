using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Multimodal.Storage.Azure.Encryption;

namespace Multimodal.Local.Composition;

/// <summary>The section <c>Encryption</c> of the configuration.</summary>
internal static class EncryptionSettings
{
    private const string Section = "Encryption";

    /// <summary>Reads it, from the variables of the process where nothing else is given.</summary>
    public static EncryptionOptions Read(IConfiguration? configuration = null) =>
        (configuration ?? EnvironmentSettings.Read()).GetSection(Section).Get<EncryptionOptions>() ?? new EncryptionOptions();

    /// <summary>The keys that it names; null where it names none.</summary>
    /// <exception cref="UsageException">They cannot be used.</exception>
    public static BlobKeys? OpenKeys(EncryptionOptions options)
    {
        try
        {
            return BlobKeys.Open(options);
        }
        catch (OptionsValidationException e)
        {
            throw new UsageException(e.Message);
        }
    }
}
