using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Models.Signing;

namespace Multimodal.Local.Repository;

/// <summary>Which pipelines the commands take: the settings of the services, as variables.</summary>
internal static class ModelTrustVariables
{
    /// <summary>The folder of the public keys.</summary>
    public const string TrustedKeys = "Models__TrustedKeys";

    /// <summary>What is done with pipelines that none of them signed.</summary>
    public const string RequireSignature = "Models__RequireSignature";

    /// <exception cref="UsageException">A variable is none that can be used.</exception>
    public static ModelTrustOptions Read() => Read(Environment.GetEnvironmentVariable(TrustedKeys));

    /// <summary>As <see cref="Read()"/>, with a folder of keys that is given.</summary>
    /// <exception cref="UsageException">The folder or the variable is none that can be used.</exception>
    public static ModelTrustOptions Read(string? trustedKeys)
    {
        try
        {
            return ModelTrustOptions.Parse(trustedKeys, Environment.GetEnvironmentVariable(RequireSignature));
        }
        catch (FormatException e)
        {
            throw new UsageException(e.Message);
        }
    }

    /// <summary>The pipelines of a folder that these variables let be taken.</summary>
    /// <exception cref="UsageException">A variable is none that can be used.</exception>
    public static ModelRepository Open(string models) => new(models, new ModelTrust(Read()));
}
