namespace Multimodal.Pipeline.Preprocessing.Audio.Extractors;

/// <summary>What CLAP puts behind a sound that is shorter than it hears.</summary>
internal enum ClapPadding
{
    /// <summary>The sound again, as often as it fits whole, then zeros.</summary>
    RepeatPad,

    /// <summary>The sound again and again.</summary>
    Repeat,

    /// <summary>Zeros.</summary>
    Pad,
}
