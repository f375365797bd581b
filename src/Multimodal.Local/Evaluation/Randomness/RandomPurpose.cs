namespace Multimodal.Local.Evaluation.Randomness;

/// <summary>What random numbers are drawn for; each purpose has streams of its own. The values are part of the results: never reuse one.</summary>
internal enum RandomPurpose
{
    /// <summary>Where the square lies in a picture.</summary>
    Square = 1,

    /// <summary>Which recordings talk over a recording.</summary>
    Talkers = 2,

    /// <summary>Which characters of a text are replaced, and by what.</summary>
    Characters = 3,

    /// <summary>Which recording goes with a picture.</summary>
    RecordingPartner = 4,

    /// <summary>Which text goes with a picture.</summary>
    TextPartner = 5,

    /// <summary>The order of the recordings in the shuffled control.</summary>
    RecordingShuffle = 6,

    /// <summary>The order of the texts in the shuffled control.</summary>
    TextShuffle = 7,

    /// <summary>A resample of the pictures.</summary>
    ImageResample = 8,

    /// <summary>A resample of the recordings.</summary>
    AudioResample = 9,

    /// <summary>A resample of the texts.</summary>
    TextResample = 10,

    /// <summary>Which inputs of a pair are missing.</summary>
    MissingInput = 11,

    /// <summary>The order of the pictures in the shuffled control.</summary>
    ImageShuffle = 12,

    /// <summary>Which jobs of a fit are held back together.</summary>
    FitFolds = 41,

    /// <summary>A resample of what a fit was judged on.</summary>
    FitResample = 42,
}
