using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Multimodal.Testing;

/// <summary>Reads float32 arrays that numpy saved (NEP 1, versions 1 and 2), in C order.</summary>
public sealed partial record NumpyArray(int[] Shape, float[] Values)
{
    /// <summary>Reads a file.</summary>
    public static NumpyArray Load(string path)
    {
        var bytes = File.ReadAllBytes(path);
        Assert.Equal("NUMPY"u8, bytes.AsSpan(1, 5));
        var start = bytes[6] == 1 ? 10 : 12;
        var length = bytes[6] == 1 ? BitConverter.ToUInt16(bytes, 8) : (int)BitConverter.ToUInt32(bytes, 8);
        var header = Encoding.ASCII.GetString(bytes, start, length);
        Assert.Contains("'<f4'", header, StringComparison.Ordinal);
        Assert.Contains("'fortran_order': False", header, StringComparison.Ordinal);
        var shape = Numbers().Matches(Shapes().Match(header).Groups[1].Value).Select(match => int.Parse(match.Value, CultureInfo.InvariantCulture));
        return new NumpyArray([.. shape], MemoryMarshal.Cast<byte, float>(bytes.AsSpan(start + length)).ToArray());
    }

    [GeneratedRegex(@"'shape': \(([^)]*)\)")]
    private static partial Regex Shapes();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Numbers();
}
