using System.Buffers.Binary;
using CsCheck;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Testing;

namespace Multimodal.Pipeline.Tests.Preprocessing.Audio;

public sealed class WavReaderTests
{
    private static readonly double[] Samples = [0, 0.25, -0.25, 0.5, -1, 0.75, 0.001, -0.003];

    // Half a quantisation step for integers; G.711 keeps some 13 bits of small samples and 4 below the leading one of large ones.
    [Theory]
    [InlineData(WavSampleFormat.Pcm8, 0.5 / 128)]
    [InlineData(WavSampleFormat.Pcm16, 0.5 / 32768)]
    [InlineData(WavSampleFormat.Pcm24, 0.5 / 8388608)]
    [InlineData(WavSampleFormat.Pcm32, 1e-9)]
    [InlineData(WavSampleFormat.Float32, 1e-9)]
    [InlineData(WavSampleFormat.Float64, 1e-9)]
    [InlineData(WavSampleFormat.ALaw, 0.02)]
    [InlineData(WavSampleFormat.MuLaw, 0.02)]
    public void Read_EveryFormat_GivesBackTheSamples(WavSampleFormat format, double tolerance)
    {
        foreach (var extensible in new[] { false, true })
        {
            foreach (var bigEndian in new[] { false, true })
            {
                var file = new WavFile { Samples = Samples, Format = format, Extensible = extensible, BigEndian = bigEndian };

                var recording = Read(file.ToBytes());

                Assert.Equal(Samples.Length, recording.Samples.Length);
                Assert.Empty(recording.Notes);
                for (var i = 0; i < Samples.Length; i++)
                {
                    // Float32 holds -0.003 to 2e-10.
                    Assert.InRange(recording.Samples[i], Samples[i] - tolerance - 1e-9, Samples[i] + tolerance + 1e-9);
                }
            }
        }
    }

    // ITU-T G.711: the outermost and innermost code words, at 16 bits.
    [Theory]
    [InlineData(WavSampleFormat.ALaw, 0xAA, 32256)]
    [InlineData(WavSampleFormat.ALaw, 0x2A, -32256)]
    [InlineData(WavSampleFormat.ALaw, 0xD5, 8)]
    [InlineData(WavSampleFormat.ALaw, 0x55, -8)]
    [InlineData(WavSampleFormat.MuLaw, 0x80, 32124)]
    [InlineData(WavSampleFormat.MuLaw, 0x00, -32124)]
    [InlineData(WavSampleFormat.MuLaw, 0xFF, 0)]
    [InlineData(WavSampleFormat.MuLaw, 0xFE, 8)]
    public void Read_G711CodeWord_GivesTheStandardsValue(WavSampleFormat format, int code, int value)
    {
        var file = new WavFile { Samples = [0], Format = format }.ToBytes();
        file[^2] = (byte)code;

        Assert.Equal(value / 32768f, Assert.Single(Read(file).Samples));
    }

    [Fact]
    public void Read_SeveralChannels_AveragesThem() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 20]).SelectMany((c, n) => Gen.Double[-1, 1].Array[c * n].Select(s => (c, s)))
            .Sample((channels, samples) =>
            {
                var recording = Read(new WavFile { Samples = samples, Channels = channels, Format = WavSampleFormat.Float64 }.ToBytes());

                Assert.Equal(channels, recording.Channels);
                for (var i = 0; i < recording.Samples.Length; i++)
                {
                    Assert.Equal(samples.Skip(i * channels).Take(channels).Average(), recording.Samples[i], 1e-6);
                }
            });

    [Theory]
    [InlineData("fmt ", "data", "LIST")]
    [InlineData("LIST", "fmt ", "fact", "data")]
    [InlineData("data", "bext", "fmt ")]
    public void Read_ChunksInAnyOrderWithOddSizes_FindsTheSamples(params string[] chunks)
    {
        var recording = Read(new WavFile { Samples = [0.5, -0.5, 0.25], Format = WavSampleFormat.Pcm8, Chunks = chunks }.ToBytes());

        Assert.Equal([0.5f, -0.5f, 0.25f], recording.Samples);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(0x7FFFF000u)]
    public void Read_SizeNeverFilledIn_ReadsToTheEnd(uint size)
    {
        var recording = Read(new WavFile { Samples = Samples, DataSize = size }.ToBytes());

        Assert.Equal(Samples.Length, recording.Samples.Length);
        Assert.Empty(recording.Notes);
    }

    [Fact]
    public void Read_Rf64_TakesTheSizeOfDs64()
    {
        byte[] file = [.. new WavFile { Samples = Samples, Long = true }.ToBytes(), .. "LIST"u8, 2, 0, 0, 0, 1, 1];

        Assert.Equal(Samples.Length, Read(file).Samples.Length);
    }

    [Fact]
    public void Read_DataShorterThanAnnounced_ReadsWhatIsThereAndSaysSo()
    {
        var file = new WavFile { Samples = Samples }.ToBytes();

        var recording = Read(file[..^5]);

        Assert.Equal(Samples.Length - 3, recording.Samples.Length);
        Assert.Contains("10 of 16 bytes", Assert.Single(recording.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EveryTruncation_GivesSamplesOrATypedError()
    {
        var file = new WavFile { Samples = Samples, Chunks = ["LIST", "fmt ", "data"] }.ToBytes();

        for (var length = 0; length < file.Length; length++)
        {
            try
            {
                Assert.NotEmpty(Read(file[..length]).Samples);
            }
            catch (InputException e)
            {
                Assert.Contains(e.Error.Code, new[] { InputErrorCodes.Corrupt, InputErrorCodes.Empty });
            }
        }
    }

    [Fact]
    public void Read_NoDataChunk_IsCorrupt() => AssertRefused(InputErrorCodes.Corrupt, new WavFile { Samples = Samples, Chunks = ["fmt "] });

    [Fact]
    public void Read_NoFormatChunk_IsCorrupt() => AssertRefused(InputErrorCodes.Corrupt, new WavFile { Samples = Samples, Chunks = ["data"] });

    [Fact]
    public void Read_DataOfNoBytes_IsWithoutContent()
    {
        AssertRefused(InputErrorCodes.NoContent, new WavFile { Samples = [] });
        AssertRefused(InputErrorCodes.NoContent, new WavFile { Samples = [], Chunks = ["fmt ", "data", "LIST"] });
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    public void Read_SampleThatIsNotFinite_IsCorrupt(double sample) =>
        AssertRefused(InputErrorCodes.Corrupt, new WavFile { Samples = [0, sample], Format = WavSampleFormat.Float64 });

    [Fact]
    public void Read_LongerThanTheLimit_IsTooLarge() =>
        AssertRefused(InputErrorCodes.TooLarge, new WavFile { Samples = new double[8001] }, new InputLimits { MaximumSeconds = 1 });

    [Theory]
    [InlineData(20, 2, "ADPCM")]
    [InlineData(20, 0x55, "MP3")]
    [InlineData(34, 64, "64 bits")]
    public void Read_EncodingThatIsNotRead_IsNamed(int offset, int value, string named)
    {
        var file = new WavFile { Samples = Samples }.ToBytes();
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(offset), (ushort)value);
        if (offset == 34)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(32), 8);
        }

        var e = Assert.Throws<InputException>(() => Read(file));

        Assert.Equal(InputErrorCodes.Unsupported, e.Error.Code);
        Assert.Contains(named, e.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(22, 0)]
    [InlineData(24, 0)]
    [InlineData(32, 1)]
    [InlineData(34, 0)]
    [InlineData(34, 24)]
    public void Read_FormatThatContradictsItself_IsCorrupt(int offset, int value)
    {
        var file = new WavFile { Samples = Samples, SampleRate = 8000 }.ToBytes();
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(offset), (ushort)value);

        Assert.Equal(InputErrorCodes.Corrupt, Assert.Throws<InputException>(() => Read(file)).Error.Code);
    }

    [Fact]
    public void Read_MutatedBytes_GivesFiniteSamplesOrATypedError()
    {
        var formats = Enum.GetValues<WavSampleFormat>();
        Gen.Select(Gen.Int[0, formats.Length - 1], Gen.Bool, Gen.Select(Gen.Int[0, 95], Gen.Byte).Array[1, 8], Gen.Int[0, 40])
            .Sample(
                (format, extensible, mutations, cut) =>
                {
                    var file = new WavFile { Samples = Samples, Format = formats[format], Extensible = extensible }.ToBytes();
                    foreach (var (at, value) in mutations)
                    {
                        file[at % file.Length] = value;
                    }

                    try
                    {
                        Assert.All(Read(file[..Math.Max(1, file.Length - cut)]).Samples, sample => Assert.True(float.IsFinite(sample)));
                    }
                    catch (InputException)
                    {
                        // Refused with a typed error, as it should be.
                    }
                },
                iter: 5000);
    }

    private static Recording Read(byte[] file) => WavReader.Read(new InputContent("a.wav", file), new InputLimits());

    private static void AssertRefused(string code, WavFile file, InputLimits? limits = null)
    {
        var e = Assert.Throws<InputException>(() => WavReader.Read(new InputContent("a.wav", file.ToBytes()), limits ?? new InputLimits()));

        Assert.Equal(code, e.Error.Code);
        Assert.Contains("a.wav", e.Error.Message, StringComparison.Ordinal);
    }
}
