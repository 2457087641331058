using System.Globalization;

namespace Gatehouse.Load;

/// <summary>One invocation: the simulator once, fresh servers and data folders for every size, so that each peak of memory is that size's own.</summary>
internal static class LoadRun
{
    public static async Task<int> RunAsync(LoadOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var cells = new List<Cell>();
            var simulatorDll = await Programs.SimulatorAsync(options, cancellationToken);
            var gatehouseDll = options.Direct ? null : await Programs.GatehouseAsync(options, cancellationToken);
            foreach (var size in options.Sizes)
            {
                await Console.Error.WriteLineAsync($"{size} bytes, {options.Connections} connections …");
                cells.Add(await CellAsync(size, simulatorDll, gatehouseDll, options, cancellationToken));
            }

            await ReportAsync(cells, options, cancellationToken);
            return cells.TrueForAll(cell => cell.Problems.Count == 0) ? 0 : 1;
        }
        catch (LoadException failed)
        {
            await Console.Error.WriteLineAsync(failed.Message);
            return 2;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return 2;
        }
    }

    private static async Task<Cell> CellAsync(int size, string simulatorDll, string? gatehouseDll, LoadOptions options, CancellationToken cancellationToken)
    {
        await using var simulator = await Servers.SimulatorAsync(simulatorDll, cancellationToken);
        using var check = new ReceivedCheck(simulator.Address);
        var source = new UploadSource(new PngTemplate(size, options.Seed), options.Seed, options.Contacts);
        if (gatehouseDll is null)
        {
            var target = new Target(simulator.Address, await SimulatorToken.GetAsync(simulator.Address, cancellationToken));
            return await Measurement.TakeAsync([simulator], [target], source, check, options, cancellationToken);
        }

        var data = Directory.CreateTempSubdirectory("gatehouse-load-");
        var nodes = new List<ServerProcess>();
        try
        {
            // One after the other: the first makes what they share.
            while (nodes.Count < options.Nodes) nodes.Add(await Servers.GatehouseAsync(gatehouseDll, simulator.Address, data.FullName, nodes.Count, options, cancellationToken));
            return await Measurement.TakeAsync(nodes, [.. nodes.Select(node => new Target(node.Address, Token: null))], source, check, options, cancellationToken);
        }
        finally
        {
            foreach (var node in Enumerable.Reverse(nodes)) await node.DisposeAsync();
            data.Delete(recursive: true);
        }
    }

    private static async Task ReportAsync(List<Cell> cells, LoadOptions options, CancellationToken cancellationToken)
    {
        if (options.Json is "-")
            await Console.Out.WriteLineAsync(Table.Json(cells, options));
        else
            await Console.Out.WriteLineAsync(Table.Markdown(cells));
        if (options.Json is { } file and not "-")
            await File.WriteAllTextAsync(file, Table.Json(cells, options) + Environment.NewLine, cancellationToken);
        foreach (var cell in cells)
        {
            foreach (var problem in cell.Problems)
                await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{cell.FileBytes} bytes: {problem}"));
        }
    }
}
