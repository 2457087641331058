using Gatehouse.Benchmarks.Inspection;

switch (args)
{
    case ["inspection", .. var files]:
        InspectionSpeed.Run(files);
        break;
    case ["corpus", var folder]:
        CorpusRun.Print(folder);
        break;
    case ["fuzz", .. var options]:
        FuzzRun.Run(options);
        break;
    default:
        Console.WriteLine("usage: Gatehouse.Benchmarks inspection [FILE…] | corpus FOLDER | fuzz [--inputs N] [--seed S] [--open N] [--keep FOLDER]");
        break;
}
