using Gatehouse.Benchmarks.Inspection;

switch (args)
{
    case ["inspection", .. var files]:
        InspectionSpeed.Run(files);
        break;
    case ["corpus", var folder]:
        CorpusRun.Print(folder);
        break;
    default:
        Console.WriteLine("usage: Gatehouse.Benchmarks inspection [FILE…] | corpus FOLDER");
        break;
}
