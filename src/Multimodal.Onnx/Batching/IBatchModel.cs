namespace Multimodal.Onnx.Batching;

/// <summary>What a <see cref="DynamicBatcher{TItem, TResult}"/> needs of a network. Runs may be concurrent.</summary>
internal interface IBatchModel<TItem, TResult>
{
    /// <summary>Its name, for messages and measures.</summary>
    string Name { get; }

    /// <summary>What runs it, for measures.</summary>
    string Provider { get; }

    /// <summary>The item's extent along the axis that is padded; 0 where none is.</summary>
    int LengthOf(TItem item);

    /// <summary>Equal for items that may share a run, whatever their lengths.</summary>
    int KindOf(TItem item);

    /// <summary>How much of it there is to compute, in units of the network's own.</summary>
    int SizeOf(TItem item) => LengthOf(item);

    /// <summary>How long the network will take to be opened; zero where it is open.</summary>
    TimeSpan OpeningTime => TimeSpan.Zero;

    /// <summary>Opens the network, where it was closed because nobody used it.</summary>
    void Open()
    {
    }

    /// <summary>Runs the network once.</summary>
    /// <returns>A result for each item, in their order.</returns>
    TResult[] Run(IReadOnlyList<TItem> items);

    /// <summary>Whether a failure of <see cref="Run"/> was for want of memory.</summary>
    bool IsOutOfMemory(Exception failure);

    /// <summary>Closes the network's session and opens another, which returns what memory the old one had gathered.</summary>
    void Recycle();
}
