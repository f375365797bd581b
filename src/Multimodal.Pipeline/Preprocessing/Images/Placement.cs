namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>Where the pixels of a picture, taken in stored order, lie in the upright one, in pixels of its rows laid end to end.</summary>
/// <param name="Origin">The first.</param>
/// <param name="ColumnStep">From one column to the next.</param>
/// <param name="RowStep">From one row to the next.</param>
internal readonly record struct Placement(int Origin, int ColumnStep, int RowStep);
