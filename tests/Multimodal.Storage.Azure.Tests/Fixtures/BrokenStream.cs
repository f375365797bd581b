namespace Multimodal.Storage.Azure.Tests.Fixtures;

/// <summary>The first bytes of an answer, after which the connection breaks.</summary>
internal sealed class BrokenStream(byte[] bytes) : MemoryStream(bytes)
{
    public override int Read(byte[] buffer, int offset, int count) =>
        base.Read(buffer, offset, count) is > 0 and var read ? read : throw new IOException("The connection broke.");
}
