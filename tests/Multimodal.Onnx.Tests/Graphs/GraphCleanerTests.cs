using Multimodal.Onnx.Graphs;

namespace Multimodal.Onnx.Tests.Graphs;

/// <summary>What computes nothing goes, and what a network gives stays the same to the bit.</summary>
public sealed class GraphCleanerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cleaner-").FullName;

    [Fact]
    public void Clean_WhatComputesNothing_Goes()
    {
        var weights = GraphMaker.Random(1, 64);
        var made = new GraphMaker().Input("x", ElementType.Float, "n", "8").Output("y", ElementType.Float, "n", "8")
            .Constant("w", weights, 8, 8).Constant("again", weights, 8, 8).Constant("unused", weights, 64)
            .Node("Identity", "w", "v").Node("Dropout", "x", "d").Node("MatMul", "d, v", "a")
            .Node("Identity", "a", "b").Node("MatMul", "b, again", "c").Node("Relu", "a", "dead").Node("Tanh", "dead", "deader").Node("Identity", "c", "y");

        var document = Clean(made);

        // The last Identity gives the output its name.
        Assert.Equal(["MatMul", "MatMul", "Identity"], document.Graph.Nodes.Select(node => node.Operator));
        Assert.Equal(["w"], document.Graph.Constants.Select(constant => constant.Name));
    }

    [Fact]
    public void Clean_ValueThatAGraphWithinTakes_StaysAndIsTheSame()
    {
        var made = new GraphMaker().Input("x", ElementType.Float, "n", "4").Input("c", 9).Output("y", ElementType.Float, "n", "4")
            .Constant("w", GraphMaker.Random(2, 16), 4, 4).Constant("unused", GraphMaker.Random(3, 16), 4, 4)
            .Node("Identity", "x", "i").Node("MatMul", "i, w", "a")
            .If("c", "y",
                new GraphMaker().Output("t", ElementType.Float, "n", "4").Node("Relu", "i", "r").Node("Add", "r, a", "t"),
                new GraphMaker().Output("e", ElementType.Float, "n", "4").Node("MatMul", "i, w", "e"));

        var document = Clean(made, ("c", Microsoft.ML.OnnxRuntime.OrtValue.CreateTensorValueFromMemory([true], [])));

        Assert.Equal(["MatMul", "If"], document.Graph.Nodes.Select(node => node.Operator));
        Assert.Equal(["w"], document.Graph.Constants.Select(constant => constant.Name));
    }

    [Fact]
    public void Clean_DropoutWhoseMaskIsTaken_Stays()
    {
        var made = new GraphMaker().Input("x", ElementType.Float, "n", "4").Output("y", ElementType.Float, "n", "4")
            .Node("Dropout", "x, , ", "d, m").Node("Cast", "m", "f", OnnxAttribute.Create("to", ElementType.Float)).Node("Add", "d, f", "y");

        Assert.Equal(["Dropout", "Cast", "Add"], Clean(made).Graph.Nodes.Select(node => node.Operator));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private OnnxDocument Clean(GraphMaker made, params (string Name, Microsoft.ML.OnnxRuntime.OrtValue Value)[] more)
    {
        var path = made.Write(_folder);
        var document = OnnxDocument.Read(path, File.ReadAllBytes(path));
        var width = document.Graph.Constants.FirstOrDefault()?.Dims[0] ?? 4;
        var before = document.Graph.Nodes.Count + document.Graph.Constants.Count;
        var (nodes, constants) = GraphCleaner.Clean(document);
        Assert.Equal(before - nodes - constants, document.Graph.Nodes.Count + document.Graph.Constants.Count);
        var cleaned = Path.Combine(_folder, "cleaned.onnx");
        File.WriteAllBytes(cleaned, document.Write().ToArray());
        (string, Microsoft.ML.OnnxRuntime.OrtValue)[] inputs = [("x", GraphMaker.Floats(GraphMaker.Random(9, 3 * width), 3, width)), .. more];
        Assert.Equal(GraphMaker.Run(path, inputs)[0], GraphMaker.Run(cleaned, inputs)[0]);
        return document;
    }
}
