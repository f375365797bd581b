using Microsoft.Extensions.Configuration;
using Multimodal.Onnx;
using Multimodal.Privacy.Settings;

namespace Multimodal.Local.Composition;

/// <summary>What commands that have no configuration of their own take from the environment, as the service does.</summary>
internal static class EnvironmentSettings
{
    /// <summary>All variables, as settings.</summary>
    public static IConfiguration Read() => new ConfigurationBuilder().AddEnvironmentVariables().Build();

    /// <summary>How personal data is masked: the variables <c>Masking__…</c>.</summary>
    /// <exception cref="UsageException">One of them cannot be used.</exception>
    public static MaskingOptions ReadMasking() => Read("Masking", MaskingOptionsReader.Read);

    /// <summary>How networks are run: the variables <c>Onnx__…</c>.</summary>
    /// <exception cref="UsageException">One of them cannot be used.</exception>
    public static OnnxOptions ReadOnnx() => Read("Onnx", OnnxOptionsReader.Read);

    private static T Read<T>(string section, Func<IConfiguration, T> read)
    {
        try
        {
            return read(Read().GetSection(section));
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            throw new UsageException(e.Message);
        }
    }
}
