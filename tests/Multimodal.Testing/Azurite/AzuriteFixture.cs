using System.Security.Cryptography;

namespace Multimodal.Testing.Azurite;

/// <summary>
/// One Azurite for a test project, started by the first test that asks for an account; the project declares
/// <c>[assembly: AssemblyFixture(typeof(AzuriteFixture))]</c>. Tests keep apart by an account each, so that they use
/// containers by their real names.
/// </summary>
public sealed class AzuriteFixture : IAsyncDisposable
{
    // Accounts are named when Azurite starts; an unused one costs nothing.
    private const int MaximumAccounts = 300;

    private readonly Lazy<Task<AzuriteServer>> _server;
    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private int _accounts;

    public AzuriteFixture() => _server = new Lazy<Task<AzuriteServer>>(StartAsync);

    /// <summary>An empty account of the test's own. Without Node, or where Azurite cannot be installed, the test is skipped or fails.</summary>
    public async ValueTask<AzuriteAccount> CreateAccountAsync()
    {
        try
        {
            var server = await _server.Value;
            var number = Interlocked.Increment(ref _accounts);
            Assert.True(number <= MaximumAccounts, $"More than {MaximumAccounts} accounts are used: raise {nameof(MaximumAccounts)}.");
            var name = NameOf(number);
            return new AzuriteAccount(name, _key, new(server.Blobs, name), new(server.Queues, name), new(server.Tables, name));
        }
        catch (AzuriteAbsentException e)
        {
            Requirements.Need("azurite", present: false, e.Message);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } server })
        {
            await (await server).DisposeAsync();
        }
    }

    private async Task<AzuriteServer> StartAsync()
    {
        var node = await AzuriteInstallation.EnsureAsync();
        var accounts = string.Join(';', Enumerable.Range(1, MaximumAccounts).Select(number => $"{NameOf(number)}:{_key}"));
        return await AzuriteServer.StartAsync(node, AzuriteInstallation.Folder, accounts);
    }

    private static string NameOf(int number) => $"account{number:d3}";
}
