namespace Multimodal.Local.Evaluation.Data;

/// <summary>A WAV file and what is said in it.</summary>
internal sealed record LabelledRecording(string Name, byte[] File, string Label);
