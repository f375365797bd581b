using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Audio.Sources;
using Multimodal.Pipeline.Privacy;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Http.Files;

/// <summary>Where what is stored of jobs is read from.</summary>
internal sealed record JobFileStores(IBlobStore Blobs, InputStore Inputs, FeatureStore Features, InputLimits Limits, IAudioDecoder? AudioDecoder = null, IPreviewBlur? Blur = null);
