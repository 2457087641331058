using Gatehouse.Benchmarks.Inspection;

switch (args)
{
    case ["inspection"]:
        InspectionSpeed.Run();
        break;
    default:
        Console.WriteLine("usage: Gatehouse.Benchmarks inspection");
        break;
}
