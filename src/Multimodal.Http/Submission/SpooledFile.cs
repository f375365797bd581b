using System.Buffers;
using Microsoft.AspNetCore.WebUtilities;
using Multimodal.Http.Problems;
using Multimodal.Orchestration.Intake;

namespace Multimodal.Http.Submission;

/// <summary>A file of a request, held until the whole request is known to be sound: in memory where it is small, else in a temporary file.</summary>
internal sealed class SpooledFile : IAsyncDisposable
{
    private const int BufferSize = 16 * 1024;
    private readonly FileBufferingReadStream _stream;

    private SpooledFile(string name, FileBufferingReadStream stream)
    {
        Name = name;
        _stream = stream;
    }

    public string Name { get; }

    public long Length => _stream.Length;

    /// <summary>Reads a part to its end.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="body">The part's content.</param>
    /// <param name="memoryThreshold">The most bytes that are held in memory.</param>
    /// <param name="limit">The most bytes, and what is thrown beyond them.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<SpooledFile> ReadAsync(
        string name, Stream body, int memoryThreshold, (long Bytes, Func<RequestException> Refusal) limit, CancellationToken cancellationToken)
    {
        var file = new SpooledFile(name, new FileBufferingReadStream(body, memoryThreshold, bufferLimit: null, Path.GetTempPath));
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (await file._stream.ReadAsync(buffer, cancellationToken) > 0)
            {
                if (file.Length > limit.Bytes)
                {
                    throw limit.Refusal();
                }
            }

            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public async Task<ReadOnlyMemory<byte>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var content = new byte[Length];
        _stream.Position = 0;
        await _stream.ReadExactlyAsync(content, cancellationToken);
        return content;
    }

    public JobFile ToJobFile() => new(Name, Length, ReadAllAsync);

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
