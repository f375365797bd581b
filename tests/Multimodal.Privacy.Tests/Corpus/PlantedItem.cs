namespace Multimodal.Privacy.Tests.Corpus;

/// <summary>What was planted in a text.</summary>
internal readonly record struct PlantedItem(int Start, int End, string Kind);
