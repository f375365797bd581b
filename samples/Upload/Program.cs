// Uploads the files of a job: Upload JOB FILE…
// The storage account is that of AZURE_STORAGE_CONNECTION_STRING; for Azurite, UseDevelopmentStorage=true.

using System.Text.Json;
using Azure.Storage.Blobs;

if (args.Length < 2 || Environment.GetEnvironmentVariable("AZURE_STORAGE_CONNECTION_STRING") is not { Length: > 0 } account)
{
    Console.Error.WriteLine("Usage: Upload JOB FILE…, with AZURE_STORAGE_CONNECTION_STRING set.");
    return 2;
}

var (job, files) = (args[0], args[1..]);
var uploads = new BlobContainerClient(account, "uploads");

// The names first: then the job starts with the last of them, and not after a quiet period.
var manifest = new Dictionary<string, string[]> { ["inputs"] = [.. files.Select(file => Path.GetFileName(file))] };
await uploads.GetBlobClient($"{job}/job.json").UploadAsync(BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(manifest)), overwrite: true);
foreach (var file in files)
{
    await uploads.GetBlobClient($"{job}/{Path.GetFileName(file)}").UploadAsync(file, overwrite: true);
    Console.WriteLine($"uploads/{job}/{Path.GetFileName(file)}");
}

return 0;
