namespace Multimodal.Pipeline.Preprocessing.Views;

/// <summary>A token as its encoder sees it.</summary>
/// <param name="Id">Its id in the vocabulary.</param>
/// <param name="Text">What it stands for; null where that is not known.</param>
public sealed record TokenView(long Id, string? Text);
