namespace Multimodal.Privacy.Settings;

/// <summary>What takes the place of personal data.</summary>
public enum MaskingMode
{
    /// <summary>Its kind alone: <c>[email]</c>.</summary>
    Remove,

    /// <summary>Its kind and a pseudonym, the same for the same value under one key: <c>email-3f9a…</c>.</summary>
    Pseudonym,

    /// <summary>Nothing: texts stay as they are.</summary>
    Off,
}
