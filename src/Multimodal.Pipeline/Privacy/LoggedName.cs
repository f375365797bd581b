using System.Security.Cryptography;
using System.Text;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Privacy;

/// <summary>
/// What logs call an upload, since a file name may say who somebody is: the first 12 hexadecimal digits of the SHA-256 of
/// <c>{jobId}/{fileName}</c> in UTF-8. Who knows the name finds it in the log; the log does not give it away.
/// </summary>
public static class LoggedName
{
    /// <summary>Of an input of a job.</summary>
    public static string Of(JobId job, string name) => Of($"{job}/{name}");

    /// <summary>Of an upload by its full name within the container.</summary>
    public static string Of(string blobName)
    {
        ArgumentNullException.ThrowIfNull(blobName);
        return "#" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(blobName)).AsSpan(0, 6));
    }
}
