using Gatehouse.Load;

var (options, problem) = LoadOptions.Read(args);
if (options is null)
{
    await (problem is null ? Console.Out : Console.Error).WriteLineAsync(problem ?? LoadOptions.Help);
    return problem is null ? 0 : 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The processes that were started are stopped on the way out.
    pressed.Cancel = true;
    stop.Cancel();
};
return await LoadRun.RunAsync(options, stop.Token);
