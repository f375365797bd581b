using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;

namespace Multimodal.Trials.Faults;

/// <summary>The answer of a storage account that has too much to do.</summary>
internal sealed class BusyResponse(int status, string errorCode, string requestId) : Response
{
    private const string ErrorCodeHeader = "x-ms-error-code";

    public override int Status => status;

    public override string ReasonPhrase => errorCode;

    public override Stream? ContentStream { get; set; } = new MemoryStream();

    public override string ClientRequestId { get; set; } = requestId;

    public override bool IsError => true;

    public override void Dispose() => ContentStream?.Dispose();

    protected override bool ContainsHeader(string name) => name.Equals(ErrorCodeHeader, StringComparison.OrdinalIgnoreCase);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => [new HttpHeader(ErrorCodeHeader, errorCode)];

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        value = ContainsHeader(name) ? errorCode : null;
        return value is not null;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = ContainsHeader(name) ? [errorCode] : null;
        return values is not null;
    }
}
