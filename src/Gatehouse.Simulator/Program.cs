using Gatehouse.Simulator;

return await SimulatorHost.RunAsync(args, Console.Out, Console.Error);
