namespace Multimodal.Pipeline.Retrieval.Search;

/// <summary>Vectors to search, with their keys and which of them still stand.</summary>
/// <param name="Block">The vectors.</param>
/// <param name="Keys">Their keys [count].</param>
/// <param name="Dead">A bit for each row that was replaced or removed; null where none was.</param>
internal sealed record SearchPart(VectorBlock Block, string[] Keys, ulong[]? Dead)
{
    /// <summary>Whether a row still stands.</summary>
    public bool IsLive(int row) => Dead is null || (Dead[row >> 6] & (1UL << row)) == 0;
}
