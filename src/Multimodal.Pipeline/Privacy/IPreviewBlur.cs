using Multimodal.Pipeline.Preprocessing.Views;

namespace Multimodal.Pipeline.Privacy;

/// <summary>Makes regions of pictures unrecognisable before they are shown. Safe for concurrent use.</summary>
public interface IPreviewBlur
{
    /// <summary>The picture with what was found in it made unrecognisable; null where that cannot be done, so that it must not be shown.</summary>
    PictureView? Blur(PictureView picture);
}
