using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Multimodal.Local.Files;

/// <summary>
/// Short exclusive locks on names, between the threads of a process and between processes. Names share a fixed
/// number of lock files, so that locks leave no trace that grows.
/// </summary>
internal sealed class FileLocks(string folder)
{
    private const int Stripes = 64;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(2);
    private readonly SemaphoreSlim[] _inProcess = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1, 1))];

    public async ValueTask<IDisposable> AcquireAsync(string name, CancellationToken cancellationToken)
    {
        var stripe = SHA256.HashData(Encoding.UTF8.GetBytes(name))[0] % Stripes;
        await _inProcess[stripe].WaitAsync(cancellationToken);
        try
        {
            var path = Path.Combine(folder, stripe.ToString("d2", CultureInfo.InvariantCulture));
            FileStream? file;
            while ((file = ExclusiveFile.TryOpen(path)) is null)
            {
                await Task.Delay(Poll, cancellationToken);
            }

            return new Held(_inProcess[stripe], file);
        }
        catch
        {
            _inProcess[stripe].Release();
            throw;
        }
    }

    private sealed class Held(SemaphoreSlim semaphore, FileStream file) : IDisposable
    {
        public void Dispose()
        {
            file.Dispose();
            semaphore.Release();
        }
    }
}
