using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Recovery;

/// <summary>
/// Finds receipts of uploads that are asked for in their listing's order. Both containers are listed in the order of their
/// folders, one for each job, so that one pass over each is enough, and one job's receipts are all that is held.
/// </summary>
internal sealed class ReceiptReader(IAsyncEnumerable<BlobEntry> receipts) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<BlobEntry> _receipts = receipts.GetAsyncEnumerator();
    private readonly Dictionary<BlobPath, BlobEntry> _ofFolder = [];
    private string _folder = "";
    private bool _begun;
    private bool _ended;

    public async ValueTask<BlobEntry?> FindAsync(BlobPath path)
    {
        if (!_begun)
        {
            _begun = true;
            await MoveAsync();
        }

        var folder = FolderOf(path);
        if (folder != _folder)
        {
            _folder = folder;
            _ofFolder.Clear();
            while (!_ended && string.CompareOrdinal(FolderOf(_receipts.Current.Path), folder) is <= 0 and var order)
            {
                if (order == 0)
                {
                    _ofFolder[_receipts.Current.Path] = _receipts.Current;
                }

                await MoveAsync();
            }
        }

        return _ofFolder.GetValueOrDefault(path);
    }

    public ValueTask DisposeAsync() => _receipts.DisposeAsync();

    private async ValueTask MoveAsync() => _ended = !await _receipts.MoveNextAsync();

    private static string FolderOf(BlobPath path) => path.Name[..(path.Name.IndexOf('/', StringComparison.Ordinal) + 1)];
}
