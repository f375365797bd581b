using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Multimodal.Local.Lighter;

/// <summary>What the processor can do with integers of 8 bits, on which the speed of such networks depends.</summary>
internal static class ProcessorText
{
    private const int ExtendedFeatures = 7, Avx512VnniBit = 11, AvxVnniBit = 4;

    public static string Describe()
    {
        if (X86Base.IsSupported)
        {
            var hasVnni512 = Avx512F.IsSupported && (X86Base.CpuId(ExtendedFeatures, 0).Ecx >> Avx512VnniBit & 1) == 1;
            var hasVnni = Avx2.IsSupported && (X86Base.CpuId(ExtendedFeatures, 1).Eax >> AvxVnniBit & 1) == 1;
            return hasVnni512 ? "AVX-512 with VNNI" : hasVnni ? "AVX2 with VNNI" : Avx512F.IsSupported ? "AVX-512 without VNNI" : Avx2.IsSupported ? "AVX2 without VNNI" : "no AVX2";
        }

        return Dp.IsSupported ? "Arm with dot products" : "no known instructions for integers";
    }
}
