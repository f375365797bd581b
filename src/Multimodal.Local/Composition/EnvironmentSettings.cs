using Microsoft.Extensions.Configuration;
using Multimodal.Privacy.Settings;

namespace Multimodal.Local.Composition;

/// <summary>What commands that have no configuration of their own take from the environment, as the service does.</summary>
internal static class EnvironmentSettings
{
    /// <summary>How personal data is masked: the variables <c>Masking__…</c>.</summary>
    /// <exception cref="UsageException">One of them cannot be used.</exception>
    public static MaskingOptions ReadMasking()
    {
        try
        {
            return MaskingOptionsReader.Read(new ConfigurationBuilder().AddEnvironmentVariables().Build().GetSection("Masking"));
        }
        catch (FormatException e)
        {
            throw new UsageException(e.Message);
        }
    }
}
