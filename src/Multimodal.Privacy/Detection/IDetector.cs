namespace Multimodal.Privacy.Detection;

/// <summary>Finds personal data of one kind. Safe for concurrent use.</summary>
internal interface IDetector
{
    /// <summary>Adds what it finds in a text, in any order.</summary>
    void Find(string text, ICollection<Finding> findings);
}
