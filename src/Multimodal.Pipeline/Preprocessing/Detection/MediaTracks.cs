namespace Multimodal.Pipeline.Preprocessing.Detection;

/// <summary>The kinds of tracks that a container holds.</summary>
/// <param name="Sound">Whether one is sound.</param>
/// <param name="Pictures">Whether one is pictures.</param>
/// <param name="IsWebM">Whether a Matroska file calls itself WebM.</param>
internal sealed record MediaTracks(bool Sound, bool Pictures, bool IsWebM = false);
