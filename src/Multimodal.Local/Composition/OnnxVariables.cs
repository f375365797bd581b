using Microsoft.Extensions.Configuration;
using Multimodal.Onnx;

namespace Multimodal.Local.Composition;

/// <summary>How networks are run by commands: the settings <c>Onnx__…</c> of the services, as variables, so that one can see what they do.</summary>
internal static class OnnxVariables
{
    /// <exception cref="UsageException">A variable is none that can be used.</exception>
    public static OnnxOptions Read()
    {
        try
        {
            return OnnxOptionsReader.Read(new ConfigurationBuilder().AddEnvironmentVariables().Build().GetSection("Onnx"));
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            throw new UsageException(e.Message);
        }
    }
}
