using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Local.Serve.Uploads;

/// <summary>Stands for one version of one upload in a few bytes, since a host remembers as many as there are uploads.</summary>
internal static class UploadVersion
{
    /// <summary>The first half of a hash of name and ETag.</summary>
    public static UInt128 Of(BlobEntry upload) =>
        BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{upload.Path.Name}\n{upload.ETag}")));
}
