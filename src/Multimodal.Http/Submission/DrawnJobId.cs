using System.Security.Cryptography;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Http.Submission;

/// <summary>
/// Draws ids for jobs that bring none: a UUID of version 7 (RFC 9562), so that jobs lie in the store as they came, whose 74 random bits
/// are drawn for cryptography, so that one id says nothing of another.
/// </summary>
internal static class DrawnJobId
{
    private const int TimeBytes = 6;

    public static JobId Draw(DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(now).TryWriteBytes(bytes, bigEndian: true, out _);
        var (version, variant) = ((byte)(bytes[6] & 0xF0), (byte)(bytes[8] & 0xC0));
        RandomNumberGenerator.Fill(bytes[TimeBytes..]);
        bytes[6] = (byte)(version | (bytes[6] & 0x0F));
        bytes[8] = (byte)(variant | (bytes[8] & 0x3F));
        return JobId.Parse(new Guid(bytes, bigEndian: true).ToString("n"));
    }
}
