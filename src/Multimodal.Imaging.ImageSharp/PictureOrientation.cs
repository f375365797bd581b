using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;

namespace Multimodal.Imaging.ImageSharp;

/// <summary>Reads EXIF orientation.</summary>
internal static class PictureOrientation
{
    /// <summary>1 to 8; 1 where none is given. TIFF keeps it with the frame, the others with the image.</summary>
    public static int Of(ImageInfo info) =>
        Find(info.Metadata.ExifProfile)
        ?? Find(info.FrameMetadataCollection.Count > 0 ? info.FrameMetadataCollection[0].ExifProfile : null)
        ?? 1;

    private static int? Find(ExifProfile? profile) =>
        profile is not null && profile.TryGetValue(ExifTag.Orientation, out var value) && value.Value is >= 1 and <= 8 ? value.Value : null;
}
