using FFMpegCore.Pipes;

namespace Multimodal.Audio.FFmpeg;

/// <summary>Writes a file into ffmpeg's pipe; that ffmpeg reads no further is no fault.</summary>
internal sealed class MemoryPipeSource(ReadOnlyMemory<byte> file) : IPipeSource
{
    private const int BlockLength = 1 << 16;

    public string GetStreamArguments() => "";

    public async Task WriteAsync(Stream outputStream, CancellationToken cancellationToken)
    {
        try
        {
            for (var rest = file; !rest.IsEmpty; rest = rest[Math.Min(rest.Length, BlockLength)..])
            {
                await outputStream.WriteAsync(rest[..Math.Min(rest.Length, BlockLength)], cancellationToken);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // It has ended, or has all that it wants.
        }
    }
}
