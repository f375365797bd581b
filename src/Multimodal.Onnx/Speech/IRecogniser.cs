using Multimodal.Pipeline.Speech;

namespace Multimodal.Onnx.Speech;

/// <summary>Turns what an encoder's network gives into transcripts. Safe for concurrent use.</summary>
internal interface IRecogniser : IDisposable
{
    /// <summary>The network's output that it reads, [N, steps, values].</summary>
    string Output { get; }

    /// <summary>How many of an item's steps are its own, where the item has so many positions; what follows is padding.</summary>
    /// <param name="positions">The item's positions; 0 where the network is not told of padding.</param>
    /// <param name="steps">The steps that the network gave.</param>
    int StepsOf(int positions, int steps);

    /// <summary>Transcribes a window.</summary>
    /// <param name="window">What the network gave for it.</param>
    /// <param name="seconds">How much of it is sound; null: nobody knows.</param>
    /// <param name="language">The language that is spoken, where the caller says.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A transcript timed from the beginning of the window.</returns>
    Task<Transcript> TranscribeAsync(SpeechWindow window, double? seconds, string? language, CancellationToken cancellationToken);
}
