using FsCheck;
using FsCheck.Fluent;

namespace Gatehouse.Inspection.Tests.Judging;

/// <summary>A property over random cases, each made from a seed; a failure prints the seed and how to replay the run.</summary>
internal static class Property
{
    public static void Holds(int cases, Action<Random> check) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => check(new Random(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(cases));

    /// <summary>Sizes for cutting a file: single bytes, small and large pieces.</summary>
    public static int[] Pieces(Random random) =>
        [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => random.Next(3) switch { 0 => 1, 1 => random.Next(1, 40), _ => random.Next(1, 70_000) })];
}
