namespace Multimodal.Http.Problems;

/// <summary>The stable codes of problems.</summary>
internal static class ProblemCodes
{
    public const string BadRequest = "bad-request";
    public const string BadMultipart = "bad-multipart";
    public const string BadJobId = "bad-job-id";
    public const string BadOptions = "bad-options";
    public const string DuplicateFile = "duplicate-file";
    public const string NoInputs = "no-inputs";
    public const string TooManyParts = "too-many-parts";
    public const string TooLarge = "too-large";
    public const string UnsupportedMediaType = "unsupported-media-type";
    public const string JobNotFound = "job-not-found";
    public const string JobErased = "job-erased";
    public const string NoResult = "no-result";
    public const string InputNotFound = "input-not-found";
    public const string NoFeatures = "no-features";
    public const string FeaturesExpired = "features-expired";
    public const string SampleNotFound = "sample-not-found";
    public const string NotAcceptable = "not-acceptable";
    public const string TooManyStreams = "too-many-streams";
    public const string PipelineUnusable = "pipeline-unusable";
    public const string IndexDamaged = "index-damaged";
    public const string KeyMissing = "key-missing";
    public const string NotReady = "not-ready";
    public const string QueueFull = "queue-full";
    public const string PipelineNotFound = "pipeline-not-found";
    public const string OutOfMemory = "out-of-memory";
    public const string EncoderBusy = "encoder-busy";
    public const string Unauthorized = "unauthorized";
    public const string UnknownHost = "unknown-host";
    public const string CrossSite = "cross-site";
    public const string Internal = "internal";
}
