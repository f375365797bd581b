using System.Buffers.Binary;
using System.Text;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Pipeline.Models.HuggingFace;

/// <summary>A small input of each modality, to find out whether an encoder works.</summary>
internal static class TrialInputs
{
    private const int Width = 64, Height = 48, SampleRate = 16_000;

    public static InputContent Of(Modality modality) => modality switch
    {
        Modality.Image => new InputContent("trial.bmp", Picture()),
        Modality.Audio => new InputContent("trial.wav", Recording()),
        Modality.Text => new InputContent("trial.txt", Encoding.UTF8.GetBytes("a photo of a red house in the rain")),
        _ => throw new ArgumentOutOfRangeException(nameof(modality), modality, "Unknown modality."),
    };

    /// <summary>A bitmap of 24 bits: colours that change from corner to corner.</summary>
    private static byte[] Picture()
    {
        const int Header = 54, Row = Width * 3;
        var file = new byte[Header + (Row * Height)];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), Header);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), Width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), Height);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(26), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(28), 24);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(34), Row * Height);
        for (var i = 0; i < Width * Height; i++)
        {
            var (x, y) = (i % Width, i / Width);
            file[Header + (3 * i)] = (byte)(4 * x);
            file[Header + (3 * i) + 1] = (byte)(5 * y);
            file[Header + (3 * i) + 2] = (byte)(255 - (2 * (x + y)));
        }

        return file;
    }

    /// <summary>A second of a tone that fades, WAV of 16 bits.</summary>
    private static byte[] Recording()
    {
        const int Header = 44, Bytes = SampleRate * 2;
        var file = new byte[Header + Bytes];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(28), SampleRate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(34), 16);
        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), Bytes);
        for (var i = 0; i < SampleRate; i++)
        {
            var sample = 8000 * Math.Exp(-2.0 * i / SampleRate) * Math.Sin(2 * Math.PI * 440 * i / SampleRate);
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(Header + (2 * i)), (short)sample);
        }

        return file;
    }
}
