using Microsoft.Extensions.AI;

namespace Multimodal.Pipeline.Models;

/// <summary>What an encoding took, beside the embeddings in <see cref="GeneratedEmbeddings{TEmbedding}.AdditionalProperties"/>.</summary>
public sealed class EncodeLedger
{
    private const string Key = "multimodal.ledger";

    /// <summary>How long the item that waited longest waited for its run.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>The time of the runs, each counted by the share of its items that were this call's.</summary>
    public TimeSpan Computed { get; private set; }

    /// <summary>The largest batch that an item was part of.</summary>
    public int LargestBatch { get; private set; }

    /// <summary>How long the item that waited longest was expected to wait, when it was taken.</summary>
    public TimeSpan Foreseen { get; private set; }

    /// <summary>Notes one item.</summary>
    /// <param name="waited">From the request to the beginning of its run.</param>
    /// <param name="ran">How long that run took.</param>
    /// <param name="batch">How many items shared it.</param>
    /// <param name="foreseen">How long it was expected to wait.</param>
    public void Note(TimeSpan waited, TimeSpan ran, int batch, TimeSpan foreseen = default)
    {
        Foreseen = waited >= Waited ? foreseen : Foreseen;
        Waited = waited > Waited ? waited : Waited;
        Computed += ran / batch;
        LargestBatch = Math.Max(LargestBatch, batch);
    }

    /// <summary>Puts it beside embeddings.</summary>
    public void AttachTo(GeneratedEmbeddings<Embedding<float>> embeddings)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        (embeddings.AdditionalProperties ??= [])[Key] = this;
    }

    /// <summary>What lies beside embeddings; null where nothing does.</summary>
    public static EncodeLedger? Of(GeneratedEmbeddings<Embedding<float>> embeddings)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        return embeddings.AdditionalProperties?.GetValueOrDefault(Key) as EncodeLedger;
    }
}
