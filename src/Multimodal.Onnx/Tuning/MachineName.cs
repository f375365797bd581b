using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Microsoft.ML.OnnxRuntime;

namespace Multimodal.Onnx.Tuning;

/// <summary>Names what a measurement holds for, so that another machine measures for itself.</summary>
internal static class MachineName
{
    /// <summary>Processor, cores, runtime and execution provider, in words.</summary>
    public static string Of(ExecutionProvider provider) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Processor()}, {Environment.ProcessorCount} cores, ONNX Runtime {OrtEnv.Instance().GetVersionString()}, {provider.ToName()}");

    /// <summary>The instruction sets that an optimised graph may be laid out for.</summary>
    public static string InstructionSets { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"{RuntimeInformation.ProcessArchitecture}, AVX2 {Avx2.IsSupported}, FMA {Fma.IsSupported}, AVX-512 {Avx512F.IsSupported}, VNNI {AvxVnni.IsSupported}, " +
        $"dot product {Dp.IsSupported}");

    private static string Processor()
    {
        try
        {
            // Linux tells the model; elsewhere the architecture must do.
            var line = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
            return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return RuntimeInformation.ProcessArchitecture.ToString();
        }
    }
}
