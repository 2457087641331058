using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.KeyPerFile;
using Microsoft.Extensions.FileProviders;

namespace Gatehouse.Gateway.Configuration;

/// <summary>
/// Secrets by file: in <c>Secrets:Directory</c> each file is a key, named as the environment would name it (<c>Genesys__ClientSecret</c>), and its content the value. That is how Docker,
/// Kubernetes and systemd hand secrets out: unlike an environment variable, a file shows in no listing of processes and is inherited by none. Over <c>appsettings</c>, under environment and
/// command line.
/// </summary>
internal static class SecretFiles
{
    /// <exception cref="UnreadableConfigurationException">The folder that was configured is not there, or one of its files cannot be read.</exception>
    public static void Add(ConfigurationManager configuration)
    {
        var given = configuration[Keys.SecretsDirectory.Name]?.Trim() ?? "";
        var folder = Path.GetFullPath(given.Length == 0 ? Keys.SecretsDirectory.Default : given);
        if (!Directory.Exists(folder))
        {
            if (given.Length == 0) return;
            throw new UnreadableConfigurationException($"{Keys.SecretsDirectory.Name} is \"{given}\": there is no such folder.");
        }

        CheckReadable(folder);
        var sources = ((IConfigurationBuilder)configuration).Sources;
        var environment = sources.Select((source, at) => (source, at)).Last(s => s.source is EnvironmentVariablesConfigurationSource { Prefix: null or "" }).at;
        sources.Insert(environment, new KeyPerFileConfigurationSource { FileProvider = new PhysicalFileProvider(folder) });
    }

    /// <summary>.NET's own reader would end the start with a stack trace.</summary>
    private static void CheckReadable(string folder)
    {
        try
        {
            foreach (var file in Directory.EnumerateFiles(folder)) File.OpenHandle(file).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableConfigurationException($"{Keys.SecretsDirectory.Name} is \"{folder}\", where a file cannot be read: {e.Message} The user that Gatehouse runs as must be able to read all of them.", e);
        }
    }
}
