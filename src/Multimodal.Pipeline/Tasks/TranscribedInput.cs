using Multimodal.Pipeline.Speech;

namespace Multimodal.Pipeline.Tasks;

/// <summary>A recording and what is said in it.</summary>
/// <param name="Name">The input's file name.</param>
/// <param name="Transcript">What was heard.</param>
public sealed record TranscribedInput(string Name, Transcript Transcript);
