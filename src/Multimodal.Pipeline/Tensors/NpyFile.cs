using System.Buffers.Binary;
using System.Text;

namespace Multimodal.Pipeline.Tensors;

/// <summary>
/// NumPy's file format for one array, version 1.0: a magic text, the length of a header, the header as a Python literal, then the
/// elements. Format: numpy.org/doc/stable/reference/generated/numpy.lib.format.html.
/// </summary>
public static class NpyFile
{
    private const int Alignment = 64, Prefix = 10;

    /// <summary>Writes a tensor; numpy.load reads it back with its type and shape.</summary>
    public static byte[] Write(HostTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);

        // A tuple of one has a comma of its own.
        var shape = string.Join(", ", tensor.Shape) + (tensor.Shape.Count == 1 ? "," : "");
        var literal = $"{{'descr': '{NameOf(tensor.Type)}', 'fortran_order': False, 'shape': ({shape}), }}";
        var length = (Prefix + literal.Length + 1 + Alignment - 1) / Alignment * Alignment;
        var file = new byte[length + tensor.Bytes.Length];
        file[0] = 0x93;
        "NUMPY"u8.CopyTo(file.AsSpan(1));
        file[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), checked((ushort)(length - Prefix)));
        file.AsSpan(Prefix, length - Prefix).Fill((byte)' ');
        Encoding.ASCII.GetBytes(literal, file.AsSpan(Prefix));
        file[length - 1] = (byte)'\n';
        tensor.Bytes.CopyTo(file.AsMemory(length));
        return file;
    }

    private static string NameOf(TensorType type) => type switch
    {
        TensorType.Float32 => "<f4",
        TensorType.Float16 => "<f2",
        TensorType.Int64 => "<i8",
        TensorType.UInt8 => "|u1",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown element type."),
    };
}
