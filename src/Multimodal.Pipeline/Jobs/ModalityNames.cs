namespace Multimodal.Pipeline.Jobs;

/// <summary>The names of the modalities as they stand in files, paths and messages.</summary>
public static class ModalityNames
{
    /// <summary>The lower-case name, as in <c>pipeline.json</c> and <c>result.json</c>.</summary>
    public static string ToName(this Modality modality) => modality switch
    {
        Modality.Image => "image",
        Modality.Text => "text",
        Modality.Audio => "audio",
        _ => throw new ArgumentOutOfRangeException(nameof(modality), modality, "Unknown modality."),
    };
}
