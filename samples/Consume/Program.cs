// Reads the queue of results and prints each one once: Consume [--once]
// The storage account is that of AZURE_STORAGE_CONNECTION_STRING; --once ends when the queue is empty.

using System.Text.Json;
using Azure.Storage.Queues;

if (Environment.GetEnvironmentVariable("AZURE_STORAGE_CONNECTION_STRING") is not { Length: > 0 } account)
{
    Console.Error.WriteLine("Usage: Consume [--once], with AZURE_STORAGE_CONNECTION_STRING set.");
    return 2;
}

var queue = new QueueClient(account, "results", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

// A queue may deliver a message twice, and a result may be announced twice: what tells them apart is the event's id.
// Kept in a file, so that a consumer that is started again knows them too.
const string SeenFile = "seen-results.txt";
var seen = File.Exists(SeenFile) ? File.ReadLines(SeenFile).ToHashSet() : [];
while (true)
{
    var messages = (await queue.ReceiveMessagesAsync(maxMessages: 16, visibilityTimeout: TimeSpan.FromMinutes(1))).Value;
    foreach (var message in messages)
    {
        using var cloudEvent = JsonDocument.Parse(message.Body);
        var id = cloudEvent.RootElement.GetProperty("id").GetString()!;
        if (!seen.Contains(id))
        {
            Handle(cloudEvent.RootElement.GetProperty("data"));
            File.AppendAllLines(SeenFile, [id]);
            seen.Add(id);
        }

        // Last: a consumer that dies before gets the message again.
        await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
    }

    if (messages.Length == 0)
    {
        if (args.Contains("--once"))
        {
            return 0;
        }

        await Task.Delay(TimeSpan.FromSeconds(2));
    }
}

static void Handle(JsonElement result)
{
    var verdicts = result.GetProperty("verdicts").EnumerateArray().Select(verdict => $"{verdict.GetProperty("task")} {verdict.GetProperty("label")}");
    Console.WriteLine($"{result.GetProperty("jobId")} {result.GetProperty("status")}: {string.Join(", ", verdicts)} ({result.GetProperty("result")})");
}
