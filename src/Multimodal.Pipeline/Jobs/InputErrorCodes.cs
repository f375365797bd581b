namespace Multimodal.Pipeline.Jobs;

/// <summary>The stable codes of <see cref="InputError"/>.</summary>
public static class InputErrorCodes
{
    /// <summary>The file has no content.</summary>
    public const string Empty = "empty";

    /// <summary>The file, or what its header announces, is beyond a limit.</summary>
    public const string TooLarge = "too-large";

    /// <summary>The content is of no kind that is read here.</summary>
    public const string Unsupported = "unsupported";

    /// <summary>The content announces a kind but does not decode as such.</summary>
    public const string Corrupt = "corrupt";

    /// <summary>The content decodes but carries nothing to encode: a blank picture, silence, white space.</summary>
    public const string NoContent = "no-content";

    /// <summary>The file name is not allowed.</summary>
    public const string BadName = "bad-name";

    /// <summary>The pipeline has no encoder for this modality.</summary>
    public const string NoEncoder = "no-encoder";

    /// <summary>The encoder could not turn this input's features into an embedding.</summary>
    public const string EncodingFailed = "encoding-failed";

    /// <summary><c>job.json</c> cannot be used.</summary>
    public const string BadManifest = "bad-manifest";

    /// <summary>Processing failed again and again for a reason outside the input.</summary>
    public const string Failed = "failed";
}
