using Multimodal.Http.Submission;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Http.Embeddings;

/// <summary>The inputs of a request, wholly read: files whose kind their content tells, or texts.</summary>
internal sealed class InputSet : IAsyncDisposable
{
    private readonly SubmittedJob? _files;

    /// <summary>Takes files over.</summary>
    public InputSet(SubmittedJob files)
    {
        _files = files;
        Inputs = [.. files.Files.Select(file => (Func<CancellationToken, Task<InputContent>>)(async token => new InputContent(file.Name, await file.ReadAllAsync(token))))];
        Names = [.. files.Files.Select(file => file.Name)];
    }

    /// <summary>Takes texts, as UTF-8.</summary>
    public InputSet(IReadOnlyList<InputContent> texts)
    {
        AreTexts = true;
        Inputs = [.. texts.Select(text => (Func<CancellationToken, Task<InputContent>>)(_ => Task.FromResult(text)))];
        Names = [.. texts.Select(text => text.Name)];
    }

    /// <summary>Whether they are texts whatever they look like.</summary>
    public bool AreTexts { get; }

    /// <summary>How each is named in messages and answers.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>What reads each; one at a time, so that a request is not held in memory as a whole.</summary>
    public IReadOnlyList<Func<CancellationToken, Task<InputContent>>> Inputs { get; }

    public ValueTask DisposeAsync() => _files?.DisposeAsync() ?? ValueTask.CompletedTask;
}
