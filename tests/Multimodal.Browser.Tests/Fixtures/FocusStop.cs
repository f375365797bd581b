namespace Multimodal.Browser.Tests.Fixtures;

/// <summary>Where the focus came when the Tab key was pressed.</summary>
/// <param name="Name">What it is called there.</param>
/// <param name="IsSeen">Whether one sees that it is there.</param>
internal sealed record FocusStop(string Name, bool IsSeen);
