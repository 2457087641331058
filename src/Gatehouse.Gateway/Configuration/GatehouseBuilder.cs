using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;

namespace Gatehouse.Gateway.Configuration;

/// <summary>Where configuration comes from, the same for serving and for every other command.</summary>
public static class GatehouseBuilder
{
    /// <summary>Configuration is read once and checked. Watching it would make every file written below the working directory, the data folder's too, an event.</summary>
    private const string NoReload = "--hostBuilder:reloadConfigOnChange=false";

    /// <summary>
    /// .NET's own sources: <c>appsettings.json</c> and <c>appsettings.{Environment}.json</c> beside the program and in the working directory, secrets by file, environment variables, the command
    /// line, each over the one before. A Debug build is Development and a Release build Production unless <c>ASPNETCORE_ENVIRONMENT</c> (or <c>DOTNET_ENVIRONMENT</c>,
    /// <c>--environment</c>) says otherwise.
    /// </summary>
    /// <exception cref="UnreadableConfigurationException">A file, the secrets or the command line cannot be read.</exception>
    public static WebApplicationBuilder Create(string[] args)
    {
        try
        {
            return WithSources(args);
        }
        catch (InvalidDataException file)
        {
            throw UnreadableConfigurationException.Of(file);
        }
        catch (FormatException word)
        {
            throw new UnreadableConfigurationException($"The command line cannot be read: {word.Message}", word);
        }
        catch (DirectoryNotFoundException folder)
        {
            throw new UnreadableConfigurationException($"--contentRoot is \"{folder.Message}\": there is no such folder.", folder);
        }
    }

    /// <summary>Reads and checks the configuration of a builder made here.</summary>
    public static ConfigurationResult ReadOptions(this WebApplicationBuilder builder) =>
        GatehouseOptions.Read(builder.Configuration, builder.Environment.EnvironmentName);

    private static WebApplicationBuilder WithSources(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [.. args, NoReload], EnvironmentName = IsEnvironmentGiven(args) ? null : DefaultEnvironment });
        var beside = AppContext.BaseDirectory;
        if (!string.Equals(Path.TrimEndingDirectorySeparator(beside), Path.TrimEndingDirectorySeparator(builder.Environment.ContentRootPath), StringComparison.Ordinal))
        {
            Insert(builder.Configuration, Path.Combine(beside, $"appsettings.{builder.Environment.EnvironmentName}.json"));
            Insert(builder.Configuration, Path.Combine(beside, "appsettings.json"));
        }

        SecretFiles.Add(builder.Configuration);
        return builder;
    }

    private static string DefaultEnvironment =>
#if DEBUG
        "Development";
#else
        "Production";
#endif

    private static bool IsEnvironmentGiven(string[] args) =>
        !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT"))
        || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT"))
        || args.Any(a => a.StartsWith("--environment", StringComparison.OrdinalIgnoreCase));

    private static void Insert(ConfigurationManager configuration, string path)
    {
        var source = new JsonConfigurationSource { Path = path, Optional = true };
        source.ResolveFileProvider();
        ((IConfigurationBuilder)configuration).Sources.Insert(0, source);
    }
}
