using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Multimodal.Http.Problems;

namespace Multimodal.Http.Listing;

/// <summary>Where a page ended: the next one goes on after that job, whatever has come or gone meanwhile.</summary>
/// <param name="StartedAt">The last job's time, in ticks.</param>
/// <param name="JobId">Its id.</param>
internal sealed record PageToken(long StartedAt, string JobId)
{
    public static PageToken Of(JobListEntry last) => new(last.StartedAt.UtcTicks, last.JobId.Value);

    /// <exception cref="RequestException">It is none of ours.</exception>
    public static PageToken Parse(string text)
    {
        try
        {
            if (Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(' ', 2) is [var ticks, var id])
            {
                return new PageToken(long.Parse(ticks, NumberStyles.None, CultureInfo.InvariantCulture), id);
            }
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            // Answered below.
        }

        throw RequestException.BadQuery("continuation", text, "Send back the continuation of the page before.");
    }

    /// <summary>Whether a job comes after this in a list.</summary>
    public bool IsBefore(JobListEntry job) =>
        job.StartedAt.UtcTicks != StartedAt
            ? job.StartedAt.UtcTicks < StartedAt
            : string.CompareOrdinal(job.JobId.Value, JobId) > 0;

    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{StartedAt} {JobId}")));
}
