using System.Buffers.Binary;
using System.Text;
using Multimodal.Audio.FFmpeg.Containers;

namespace Multimodal.Audio.FFmpeg.Tests;

public sealed class FastStartTests
{
    [Theory]
    [InlineData("stco", 4)]
    [InlineData("co64", 8)]
    public void Arrange_IndexBehindTheContent_MovesItAndItsOffsets(string table, int size)
    {
        var head = Box("ftyp", "M4A "u8.ToArray());
        var content = Box("mdat", [.. Enumerable.Range(1, 40).Select(i => (byte)i)]);
        var entries = new[] { head.Length + 8, head.Length + 20 };
        var movie = Movie(table, size, entries);
        byte[] rest = Box("free", [9, 9, 9]);

        var arranged = FastStart.Arrange((byte[])[.. head, .. content, .. movie, .. rest]).ToArray();

        Assert.Equal([.. head, .. Movie(table, size, [.. entries.Select(offset => offset + movie.Length)]), .. content, .. rest], arranged);
        Assert.Equal(1, arranged[entries[0] + movie.Length]);
        Assert.Equal(13, arranged[entries[1] + movie.Length]);
    }

    [Fact]
    public void Arrange_IndexFirstOrNone_LeavesTheFileAlone()
    {
        byte[] first = [.. Box("ftyp", []), .. Movie("stco", 4, [60]), .. Box("mdat", new byte[5])];
        byte[] none = [.. Box("ftyp", []), .. Box("mdat", new byte[5])];
        byte[] torn = [.. none, .. Movie("stco", 4, [60])[..^1]];

        Assert.All(
            (byte[][])[first, none, torn, [], [0, 0, 0, 1, 2, 3, 4, 5]], file => Assert.True(FastStart.Arrange(file).Span == file.AsSpan()));
    }

    private static byte[] Movie(string table, int size, int[] offsets)
    {
        var body = new byte[8 + (size * offsets.Length)];
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(4), offsets.Length);
        for (var i = 0; i < offsets.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(8 + (size * (i + 1)) - 4), offsets[i]);
        }

        return Box("moov", [.. Box("mvhd", new byte[3]), .. Box("trak", Box("mdia", Box("minf", Box("stbl", Box(table, body)))))]);
    }

    private static byte[] Box(string type, byte[] body)
    {
        var box = new byte[8 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        Encoding.ASCII.GetBytes(type).CopyTo(box, 4);
        body.CopyTo(box, 8);
        return box;
    }
}
