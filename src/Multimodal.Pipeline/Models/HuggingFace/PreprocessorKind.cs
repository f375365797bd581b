using System.Text.Json;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Models.HuggingFace;

/// <summary>Tells configurations of image processors from those of feature extractors for sound.</summary>
public static class PreprocessorKind
{
    private static readonly string[] ImageMembers = ["image_processor_type", "image_mean", "do_resize", "do_center_crop", "crop_size"];
    private static readonly string[] AudioMembers = ["sampling_rate"];

    /// <summary>The modality that a configuration is for, by its members; old configurations of images name their type as those of sound do.</summary>
    /// <returns>Null where it is for neither.</returns>
    public static Modality? Of(JsonElement config) =>
        AudioMembers.Any(member => ExportFolder.MemberOf(config, member) is not null) ? Modality.Audio
        : ImageMembers.Any(member => ExportFolder.MemberOf(config, member) is not null) ? Modality.Image
        : null;

    /// <summary>The modality that a configuration file is for.</summary>
    /// <exception cref="PipelineException">It is absent, not JSON, or for neither.</exception>
    public static Modality OfFile(string path)
    {
        var folder = new ExportFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var config = folder.Read(Path.GetFileName(path)) ?? throw new PipelineException($"The configuration '{path}' does not exist.");
        return Of(config)
            ?? (ExportFolder.MemberOf(config, PreprocessingFinder.ImageSection) is not null ? Modality.Image : (Modality?)null)
            ?? throw new PipelineException($"{path} is the configuration of neither an image processor nor a feature extractor for sound.");
    }
}
