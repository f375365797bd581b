using System.Runtime.CompilerServices;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Privacy;

namespace Multimodal.Pipeline.Storage;

/// <summary>A job's uploads, and what became of them.</summary>
public sealed class InputStore
{
    private readonly IBlobStore _store;
    private readonly ITextMask _mask;

    /// <summary>Keeps inputs in a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="mask">What is masked in what is said of inputs; null: nothing.</param>
    public InputStore(IBlobStore store, ITextMask? mask = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _mask = mask ?? NoMask.Instance;
    }

    /// <summary>
    /// Stores an upload. The same content again leaves the version that is there, so that what was made of it is found.
    /// </summary>
    /// <returns>The stored version.</returns>
    public async ValueTask<InputIdentity> UploadAsync(
        JobId job, string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        var path = JobPaths.Upload(job, name);

        // Nearly always it is new, so that it is written before it is looked at.
        for (BlobEntry? entry = null; ; entry = await _store.FindAsync(path, cancellationToken))
        {
            if (entry?.Length == content.Length
                && await _store.ReadAsync(path, cancellationToken) is { } blob
                && blob.Content.Span.SequenceEqual(content.Span))
            {
                return new InputIdentity(name, blob.ETag);
            }

            // Only over what was looked at: two who send the same content at once must not make two versions of it.
            var condition = entry is null ? WriteCondition.IfAbsent : WriteCondition.IfMatch(entry.ETag);
            if (await _store.WriteAsync(path, content, condition, cancellationToken) is { } eTag)
            {
                return new InputIdentity(name, eTag);
            }
        }
    }

    /// <summary>An upload without its content, or null where there is none.</summary>
    public ValueTask<BlobEntry?> FindUploadAsync(JobId job, string name, CancellationToken cancellationToken = default) =>
        _store.FindAsync(JobPaths.Upload(job, name), cancellationToken);

    /// <summary>An upload with its content, or null where there is none.</summary>
    public ValueTask<StoredBlob?> ReadUploadAsync(JobId job, string name, CancellationToken cancellationToken = default) =>
        _store.ReadAsync(JobPaths.Upload(job, name), cancellationToken);

    /// <summary>A job's uploads, but for <see cref="InputName.Manifest"/>, in the order of their names.</summary>
    public async IAsyncEnumerable<(string Name, BlobEntry Entry)> ListUploadsAsync(
        JobId job, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var prefix = $"{job}/";
        await foreach (var entry in _store.ListAsync(Containers.Uploads, prefix, cancellationToken))
        {
            var name = entry.Path.Name[prefix.Length..];
            if (InputName.FindFault(name) is null)
            {
                yield return (name, entry);
            }
        }
    }

    /// <summary>Deletes an upload; false where there was none.</summary>
    public ValueTask<bool> DeleteUploadAsync(JobId job, string name, CancellationToken cancellationToken = default) =>
        _store.DeleteAsync(JobPaths.Upload(job, name), cancellationToken);

    /// <summary>The names of those inputs of which something became, whichever version it was.</summary>
    public async IAsyncEnumerable<string> ListReceiptNamesAsync(
        JobId job, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var prefix = $"{job}/";
        await foreach (var entry in _store.ListAsync(Containers.Inputs, prefix, cancellationToken))
        {
            yield return entry.Path.Name[prefix.Length..^".json".Length];
        }
    }

    /// <summary>What became of an upload's latest processed version, or null where nothing is known.</summary>
    public async ValueTask<InputReceipt?> FindReceiptAsync(JobId job, string name, CancellationToken cancellationToken = default) =>
        (await _store.ReadJsonAsync(JobPaths.Receipt(job, name), PipelineJson.Default.InputReceipt, cancellationToken))?.Value;

    /// <summary>Stores what became of an upload.</summary>
    public async ValueTask WriteReceiptAsync(JobId job, InputReceipt receipt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        receipt = receipt.Error is { } error ? receipt with { Error = _mask.Apply(error) } : receipt;
        await _store.WriteJsonAsync(
            JobPaths.Receipt(job, receipt.Input.Name), receipt, PipelineJson.Default.InputReceipt, WriteCondition.None, cancellationToken);
    }

    /// <summary>Keeps a refused upload aside, with the reason beside it; without content the reason alone.</summary>
    public async ValueTask QuarantineAsync(
        JobId job, string name, ReadOnlyMemory<byte>? content, InputError error, CancellationToken cancellationToken = default)
    {
        if (content is { } bytes)
        {
            await _store.WriteAsync(JobPaths.Quarantined(job, name), bytes, WriteCondition.None, cancellationToken);
        }

        await _store.WriteJsonAsync(
            JobPaths.QuarantineError(job, name), _mask.Apply(error), PipelineJson.Default.InputError, WriteCondition.None, cancellationToken);
    }
}
