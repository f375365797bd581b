namespace Multimodal.Pipeline.Preprocessing.Detection;

/// <summary>What an Ogg file holds.</summary>
internal enum OggContent
{
    /// <summary>No stream that is known.</summary>
    Unknown,

    /// <summary>Sound, and no pictures.</summary>
    Sound,

    /// <summary>Pictures that move.</summary>
    Video,
}
