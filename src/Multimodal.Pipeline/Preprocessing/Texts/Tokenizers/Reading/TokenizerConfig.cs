namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Reading;

/// <summary>What <c>tokenizer_config.json</c> and <c>special_tokens_map.json</c> beside a tokenizer say; every member may be absent.</summary>
internal sealed class TokenizerConfig(ConfigNode? config, ConfigNode? specialTokens)
{
    /// <summary>The Python class without its ending <c>Fast</c>, such as <c>BertTokenizer</c>; empty where it is not said.</summary>
    public string Class => (config?.FindText("tokenizer_class") ?? "") is var name && name.EndsWith("Fast", StringComparison.Ordinal) ? name[..^4] : name;

    /// <summary>The most tokens a model takes; null where it is not said, or said to be without bound.</summary>
    public int? MaximumLength =>
        config?.Find("model_max_length")?.AsNumber() is { } length and >= 1 and <= int.MaxValue ? (int)length : null;

    public bool CutsLeft => config?.FindText("truncation_side") == "left";

    public bool PadsLeft => config?.FindText("padding_side") == "left";

    public bool? FindFlag(string member) => config?.FindFlag(member);

    /// <summary>How a special token, such as <c>pad_token</c>, is written.</summary>
    public string? FindToken(string member) => Content(config?.Find(member)) ?? Content(specialTokens?.Find(member));

    /// <summary>The members of <c>added_tokens_decoder</c>, by id.</summary>
    public IEnumerable<AddedToken> AddedTokens()
    {
        foreach (var (name, value) in config?.Find("added_tokens_decoder")?.Members() ?? [])
        {
            yield return AddedTokenReader.Read(
                value, int.TryParse(name, out var id) && id >= 0 ? id : throw value.Fault($"lists the id \"{name}\", which is not a number of 0 or more"));
        }
    }

    private static string? Content(ConfigNode? node) => node switch
    {
        null => null,
        { Element.ValueKind: System.Text.Json.JsonValueKind.Object } token => token.Text("content"),
        { } text => text.AsText(),
    };
}
