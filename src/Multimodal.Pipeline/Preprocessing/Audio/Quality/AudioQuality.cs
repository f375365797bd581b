namespace Multimodal.Pipeline.Preprocessing.Audio.Quality;

/// <summary>What was measured of a whole recording, over all its channels.</summary>
/// <param name="Peak">The greatest magnitude of a sample, 1 being full scale.</param>
/// <param name="ClippedShare">Share of samples at full scale or beyond, 0 to 1.</param>
/// <param name="Loudness">Integrated loudness in LUFS; null where nothing is loud or long enough to have one.</param>
/// <param name="SilentShare">Share of blocks of 20 ms whose level is below -60 dB of full scale, 0 to 1.</param>
internal sealed record AudioQuality(double Peak, double ClippedShare, double? Loudness, double SilentShare);
