namespace Multimodal.Orchestration.Batches;

/// <summary>The stable codes of what batches refuse, beside those of inputs.</summary>
public static class BatchCodes
{
    /// <summary>The blob lies in no folder, or in a folder of a folder, where folders become jobs.</summary>
    public const string Misplaced = "misplaced";

    /// <summary>The folder has more blobs than a job of a batch may have.</summary>
    public const string TooMany = "too-many-inputs";

    /// <summary>The folder has no blob that could be an input.</summary>
    public const string NoInputs = "no-inputs";

    /// <summary>The folder's <c>job.json</c> cannot be used.</summary>
    public const string BadOptions = "bad-options";

    /// <summary>The blob was deleted before it could be copied.</summary>
    public const string Gone = "gone";

    /// <summary>The job of that name was erased, and its tombstone still stands.</summary>
    public const string Erased = "job-erased";

    /// <summary>It failed again and again for a reason outside of it, while others went well.</summary>
    public const string Failed = "failed";
}
